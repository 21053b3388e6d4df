"""What a translation memory holds, and what it answers with."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from mtkit.memory.keys import text_key
from mtkit.text.abbreviations import ABBREVIATIONS
from mtkit.text.edit_alignment import may_translate
from mtkit.text.segmentation import split_paragraph
from mtkit.types import MemoryEntry, Origin

UNREVIEWED = "unreviewed"
"""Origin of what exchange files have from a machine, or say is not reviewed yet; no store keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A source and its target.

    Languages are primary subtags ("vi"). `before` and `after` are keys of the neighbouring sources (see
    mtkit.memory.keys.text_key; 0: not known), `written` is the ISO 8601 time of the last change in UTC
    ("": not known), `id` the number in its store (0: in none).
    """

    source: str
    target: str
    src_lang: str
    tgt_lang: str
    before: int = 0
    after: int = 0
    origin: str = ""
    author: str = ""
    written: str = ""
    document: str = ""
    id: int = 0

    @property
    def in_context(self) -> bool:
        return bool(self.before and self.after)


class MatchKind(StrEnum):
    """How an entry's source equals a segment's.

    CONTEXT: the same text between the same neighbours (in-context exact match); EXACT: the same text;
    NORMALISED: the same words and numbers, other punctuation, capitals or signs; FUZZY: other words, too.
    """

    CONTEXT = "context"
    EXACT = "exact"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that made an entry's target fit: what stood in it and what stands there now."""

    kind: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.kind} «{self.old}» → «{self.new}»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry with its similarity to a text (0-100, before penalties and repairs)."""

    entry: Entry
    kind: MatchKind
    similarity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryMatch:
    """The best match of a segment.

    `target` is the entry's target after `repairs`, `similarity` (0-100) that of the segment and the entry's
    source after the same repairs, less the `penalty` of its folder; `found` is the similarity before both.
    `enforced` marks a match that is taken whatever else there is.
    """

    target: str
    similarity: int
    kind: MatchKind
    entry: Entry
    found: int
    repairs: tuple[Repair, ...] = ()
    penalty: int = 0
    memory: str = ""
    enforced: bool = False

    @property
    def origin(self) -> Origin:
        exact = self.kind in (MatchKind.CONTEXT, MatchKind.EXACT) and not self.repairs
        return Origin.TM_EXACT if exact else Origin.TM_FUZZY

    @property
    def taken_from(self) -> MemoryEntry:
        """The entry as it stands in the memory, and how like its source is to the segment's."""
        entry = self.entry
        return MemoryEntry(
            source=entry.source, target=entry.target, similarity=self.found, document=entry.document
        )

    @property
    def source(self) -> str:
        return self.entry.source

    @property
    def document(self) -> str:
        return self.entry.document


def now() -> str:
    """The time as entries have it: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_sequence(sources: list[str]) -> list[tuple[int, int]]:
    """For N sources of one document in order the keys (before, after) of their neighbours."""
    keys = [text_key(source) for source in ["", *sources, ""]]
    return [(keys[place], keys[place + 2]) for place in range(len(sources))]


def by_sentence(entry: Entry) -> list[Entry]:
    """An entry of several sentences as one for each, where they pair; else itself.

    They do where source and target have as many, and each may be the translation of the other. Documents are
    looked up sentence by sentence.
    """
    sources, targets = sentences(entry.source, entry.src_lang), sentences(entry.target, entry.tgt_lang)
    growth = len(entry.target) / max(1, len(entry.source))
    if len(sources) != len(targets) or len(sources) < 2:
        return [entry]
    if not all(may_translate(*pair, growth) for pair in zip(sources, targets, strict=True)):
        return [entry]
    befores = [entry.before, *map(text_key, sources[:-1])]
    afters = [*map(text_key, sources[1:]), entry.after]
    return [
        replace(entry, source=source, target=target, before=before, after=after)
        for source, target, before, after in zip(sources, targets, befores, afters, strict=True)
    ]


def sentences(text: str, lang: str) -> list[str]:
    """The sentences of a text, as a document has them; the whole of it in a language that is not split."""
    if lang not in ABBREVIATIONS:
        return [text]
    return [sentence for sentence, _ in split_paragraph(text, lang) if sentence]


def clean(text: str) -> str:
    """NFC text without white space around it; what is no character becomes U+FFFD."""
    sound = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", sound).strip()
