"""Where the targets of an XLIFF file come from: qualifiers of states, and entries of a memory beside them.

An entry stands in `alt-trans` (1.2, clause 2.2.4) or in the Translation Candidates module (2.x, clause 5.1).
The reader leaves marks where that will be; what they begin with cannot stand in XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mtkit.documents.skeleton import Piece, Skeleton, Slot, Variant
from mtkit.documents.xml_tokens import escape_xml
from mtkit.types import MemoryEntry, Origin, Translation

_MARK = re.compile("\0([^\0]*)\0")
_DECLARED = ' xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"'
QUALIFIER_1 = "\0qualifier\0"
QUALIFIER_2 = "\0sub-state\0"


def alternatives_mark(prefix: str, indent: str) -> str:
    """Where the alt-trans elements of a trans-unit will be."""
    return f"\0alt-trans|{prefix}|{indent}\0"


def matches_mark(prefix: str, indent: str, *, inside: bool) -> str:
    """Where the matches of a unit will be; `inside` where it has an element for such already."""
    return f"\0{'match' if inside else 'matches'}|{prefix}|{indent}\0"


def segment_mark(id: str, *, given: bool) -> str:
    """At the end of a segment's tag: its id, written where it was not given and a match points to it."""
    return f"\0{'given' if given else 'id'}|{id}\0"


def with_origins(skeleton: Skeleton, translations: Mapping[str, Translation]) -> Skeleton:
    """The skeleton with its marks resolved; a target without a translation is taken for a machine's."""
    return _resolved(skeleton, translations)[0]


def _resolved(
    pieces: Sequence[Piece], translations: Mapping[str, Translation]
) -> tuple[Skeleton, list[tuple[str, MemoryEntry]]]:
    """Pieces with marks resolved, and the entries for the segments in them, with the ids of these."""
    inner = {
        at: _resolved(piece.translated, translations)
        for at, piece in enumerate(pieces)
        if isinstance(piece, Variant)
    }
    ids = list(_ids(pieces))
    made = [translations[id] for id in ids if id in translations]
    entries = [each.entry for each in made if each.entry is not None and len(made) == len(ids)]
    marks = [mark for piece in pieces if isinstance(piece, str) for mark in _MARK.findall(piece)]
    segment = next((mark.partition("|")[2] for mark in marks if mark.startswith(("id|", "given|"))), "")
    matches = [(segment, entry) for entry in entries]
    matches += [match for _, found in inner.values() for match in found]

    def resolve(mark: re.Match[str]) -> str:
        kind, *details = mark[1].split("|")
        match kind:
            case "qualifier":
                return _qualifier(made)
            case "sub-state":
                return "mtkit:mt-suggestion" if _qualifier(made) == "mt-suggestion" else "mtkit:tm-suggestion"
            case "id":
                return f' id="{segment}"' if entries else ""
            case "alt-trans":
                return "".join(_alternative(entry, *details) for entry in entries)
            case "match":
                return "".join(_match(*each, details[0], _DECLARED) for each in matches)
            case "matches" if matches:
                written = "".join(_match(*each, details[0]) for each in matches)
                return f"{details[1]}<mtc:matches{_DECLARED}>{written}</mtc:matches>"
        return ""

    resolved: list[Piece] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Variant):
            resolved.append(replace(piece, translated=inner[at][0]))
        else:
            resolved.append(_MARK.sub(resolve, piece) if isinstance(piece, str) else piece)
    return tuple(resolved), matches


def _ids(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Slot):
            yield piece.segment_id
            yield from _ids([part for _, mark in piece.marks for part in mark.pieces])


def _qualifier(made: Sequence[Translation]) -> str:
    """The state-qualifier (1.2, clause 2.3) of a target with these sentences: that of the weakest."""
    origins = {translation.origin for translation in made} - {Origin.COPIED}
    if not origins <= {Origin.TM_EXACT, Origin.TM_FUZZY} or not origins:
        return "mt-suggestion"
    return "fuzzy-match" if Origin.TM_FUZZY in origins else "exact-match"


def _alternative(entry: MemoryEntry, prefix: str, indent: str) -> str:
    origin = f' origin="{_attribute(entry.document)}"' if entry.document else ""
    return (
        f'{indent}<{prefix}alt-trans match-quality="{entry.similarity}%"{origin}>{_sides(entry, prefix)}'
        f"</{prefix}alt-trans>"
    )


def _match(segment: str, entry: MemoryEntry, prefix: str, declared: str = "") -> str:
    origin = f' origin="{_attribute(entry.document)}"' if entry.document else ""
    return (
        f'<mtc:match{declared} ref="#{_attribute(segment)}" type="tm" similarity="{entry.similarity}"'
        f' matchQuality="{entry.similarity}"{origin}>{_sides(entry, prefix)}</mtc:match>'
    )


def _sides(entry: MemoryEntry, prefix: str) -> str:
    return (
        f"<{prefix}source>{escape_xml(entry.source)}</{prefix}source>"
        f"<{prefix}target>{escape_xml(entry.target)}</{prefix}target>"
    )


def _attribute(text: str) -> str:
    return escape_xml(text).replace('"', "&quot;")
