"""The skeleton: a document as pieces of text with slots where targets go.

Every piece knows how it stood in the file, so rendering without targets gives the very text that was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from mtkit.documents.placement import place
from mtkit.types import Alignment, Span

Escape = Callable[[str, str, bool], str]
"""(escaping named by the slot, text of a target, whether the slot ends with it) -> text for the file."""

NO_SEGMENTS: Mapping[str, str] = MappingProxyType({"": ""})
"""The targets of a translated document without segments; one that is untranslated has none."""
NO_ALIGNMENTS: Mapping[str, Alignment] = MappingProxyType({})

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_LINE_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup inside a sentence; an `optional` pair is left out where it would hold no word."""

    role: Literal["open", "close", "alone"]
    pieces: tuple[Piece, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The place of one segment. `marks` stand at code-point offsets of `source`, the segment's own text."""

    segment_id: str
    source: str
    raw: tuple[Piece, ...]
    escape: str
    marks: tuple[tuple[int, Mark], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Text that is another one once the document is translated (lang="vi" -> lang="ru").

    A `whole` one changes only where each segment in it has a target.
    """

    raw: str
    translated: tuple[Piece, ...]
    whole: bool = False


Piece = str | Slot | Variant
Skeleton = tuple[Piece, ...]


def render(
    skeleton: Sequence[Piece],
    targets: Mapping[str, str],
    escape: Escape,
    alignments: Mapping[str, Alignment] = NO_ALIGNMENTS,
) -> str:
    """Return the text of the document with each target at its place.

    A segment without a target, with a blank one or with its source keeps that as it stood in the file.
    `alignments` (segment id -> alignment of its source and target) say where the marks of a target go.
    """
    out: list[str] = []
    for piece in skeleton:
        if isinstance(piece, str):
            out.append(piece)
        elif isinstance(piece, Variant):
            changed = targets and not (piece.whole and _lacks_target(piece.translated, targets))
            out.append(render(piece.translated, targets, escape, alignments) if changed else piece.raw)
        elif targets.get(piece.segment_id, "").strip():
            out.append(_fill(piece, targets, escape, alignments))
        else:
            out.append(render(piece.raw, targets, escape, alignments))
    return "".join(out)


def _lacks_target(skeleton: Sequence[Piece], targets: Mapping[str, str]) -> bool:
    for piece in skeleton:
        if isinstance(piece, Slot):
            inside = [part for _, mark in piece.marks for part in mark.pieces]
            if not targets.get(piece.segment_id, "").strip() or _lacks_target(inside, targets):
                return True
        elif isinstance(piece, Variant) and _lacks_target(piece.translated, targets):
            return True
    return False


def _fill(slot: Slot, targets: Mapping[str, str], escape: Escape, alignments: Mapping[str, Alignment]) -> str:
    given = targets[slot.segment_id]
    target = given.strip()
    if target == slot.source:
        return render(slot.raw, targets, escape, alignments)
    if not slot.marks:
        return escape(slot.escape, target, True)
    indent = len(given) - len(given.lstrip())
    alignment = tuple(
        (source, Span(max(0, span.start - indent), span.end - indent))
        for source, span in alignments.get(slot.segment_id, ())
    )
    out: list[str] = []
    done = 0
    for offset, mark in place(slot.source, slot.marks, target, alignment):
        if offset > done:
            out.append(escape(slot.escape, target[done:offset], False))
            done = offset
        out.append(render(mark.pieces, targets, escape, alignments))
    if done < len(target):
        out.append(escape(slot.escape, target[done:], True))
    return "".join(out)


def split_lines(text: str) -> list[tuple[str, str]]:
    """Return (line, line end) pairs that rejoin to `text`; ends are CRLF, LF, CR or, at the end, nothing.

    Other characters that `str.splitlines` splits at stay inside a line.
    """
    lines = [match.groups() for match in _LINE.finditer(text)]
    if lines and lines[-1] == ("", ""):
        lines.pop()
    return [(line, end) for line, end in lines]


def on_one_line(text: str) -> str:
    """Replace whatever any program takes for a line break by a space."""
    return _LINE_BREAKS.sub(" ", text)
