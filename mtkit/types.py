"""The values that travel through mtkit: frozen, keyword-only, stdlib only.

All spans are half-open and count code points of the text they lie in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Origin(StrEnum):
    """Where a target came from."""

    ENGINE = "engine"
    COPIED = "copied"
    FAILED = "failed"
    TM_EXACT = "tm-exact"
    TM_FUZZY = "tm-fuzzy"


class Status(StrEnum):
    """Administrative status of a term (ISO 30042)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


Alignment = tuple[tuple[Span, Span], ...]
"""Pairs of (source span, target span) that mean the same; a word may be in several, or in none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One stretch of text to translate; `tags` name its role (headline, caption, body…).

    `marked` are the stretches of the source that inline markup holds or stands at: where an alignment is
    needed to find the place of the markup again.
    """

    id: str
    source: str
    src_lang: str
    tgt_lang: str
    tags: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    marked: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Segments, and the skeleton that the same format needs to write them back."""

    path: str
    format: str
    segments: tuple[Segment, ...]
    skeleton: Any = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One designation of a concept in one language.

    `head` is the inflecting noun, `forms` overrides the compiled paradigm ("nom.sg" -> form), `exact`
    keeps the term as written in every case, `condition` says when a forbidden term is wrong.
    """

    lang: str
    text: str
    status: Status = Status.PREFERRED
    head: str | None = None
    forms: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    id: str
    terms: tuple[Term, ...]
    subject: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    verified: bool = True

    def in_lang(self, lang: str, *statuses: Status) -> tuple[Term, ...]:
        """Terms of one language in order of entry; without `statuses` all of them."""
        return tuple(t for t in self.terms if t.lang == lang and (not statuses or t.status in statuses))


@dataclass(frozen=True, slots=True, kw_only=True)
class TermHit:
    """A termbase concept found in a source, and what became of it in the target.

    `form` is the Russian form in the target, `tgt_span` its place (None: absent), `ok` whether the target
    has the preferred or an admitted term in a form of its paradigm, `strategy` how it got there.
    """

    concept_id: str
    src_span: Span
    tgt_span: Span | None = None
    form: str = ""
    ok: bool = False
    strategy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    src_span: Span
    russian: str
    tgt_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check has to say about one segment (segment_id "" = the document)."""

    check: str
    severity: Severity
    segment_id: str
    message: str
    src_span: Span | None = None
    tgt_span: Span | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryEntry:
    """The entry of a translation memory that a target was made from; `similarity` of the sources is 0-100."""

    source: str
    target: str
    similarity: int
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One target; `score` is the engine's log-probability in nats (None: not known).

    `alignment` says where the marked stretches of a segment are in the target, `entry` what it was taken from
    where that is a memory.
    """

    segment_id: str
    target: str
    origin: Origin
    engine: str = ""
    score: float | None = None
    hits: tuple[TermHit, ...] = ()
    findings: tuple[Finding, ...] = ()
    alignment: Alignment = ()
    entry: MemoryEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A corpus score with sacreBLEU's signature; `segment_values` and `ci95` where asked for."""

    metric: str
    value: float
    higher_is_better: bool
    signature: str
    segment_values: tuple[float, ...] = ()
    ci95: tuple[float, float] | None = None
