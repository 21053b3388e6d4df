"""What is to be done next for a segment: which missing term, where, in which forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mtkit.engines.base import Engine, Hypothesis, Request
from mtkit.errors import TermbaseError
from mtkit.termbase.abroad import id_at_home
from mtkit.termbase.candidates import DOUBT, Placed, Wanted, doubt, placements, well_formed
from mtkit.termbase.case_model import SourceContext, source_context
from mtkit.termbase.compile import Paradigm, compile_paradigm
from mtkit.termbase.forms import FormMatch, assign, russian_terms
from mtkit.termbase.joining import joined
from mtkit.termbase.locate import PERSONS, PLACES, guess_anchors, locate
from mtkit.termbase.match import SourceMatch
from mtkit.text.markup import (
    ANNOTATION,
    MARKUP,
    PLACEABLE_TOKEN,
)
from mtkit.types import Concept, Span, Term

LOCATED, GUESSED, WIDE, MEND = "located", "guessed", "wide", "mend"
GUESSES, WIDE_GUESSES = (1, 1), (4, 1)
"""Places near the likeliest one that are tried for a term that nothing locates, and forms at each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermConstraint:
    """A term that the target must have; `request_span` is where it stands in the text of the request."""

    match: SourceMatch
    request_span: Span


TermsIn = Callable[[str], Counter[str]]


@dataclass(slots=True)
class Work:
    """A segment on its way: the hypothesis so far and the strategy of each constraint.

    `terms_in` counts the concepts of the whole termbase that a target has.
    """

    request: Request
    constraints: tuple[TermConstraint, ...]
    hypothesis: Hypothesis
    strategies: list[str]
    terms_in: TermsIn
    tried: set[tuple[int, str]] = field(default_factory=set)
    _placed: tuple[str, tuple[FormMatch | None, ...]] | None = None

    @property
    def concepts(self) -> list[Concept]:
        return [constraint.match.concept for constraint in self.constraints]

    @property
    def places(self) -> tuple[FormMatch | None, ...]:
        text = self.hypothesis.text
        if self._placed is None or self._placed[0] != text:
            self._placed = text, assign(text, self.concepts)
        return self._placed[1]

    def missing(self) -> list[int]:
        return [index for index, place in enumerate(self.places) if place is None]

    def unasked(self, text: str) -> int:
        """How many terms a text has that the source does not ask for."""
        asked = {id_at_home(concept.id) for concept in self.concepts}
        return sum(count for concept_id, count in self.terms_in(text).items() if concept_id not in asked)

    def taken(self) -> list[Span]:
        return [place.span for place in self.places if place is not None]


@dataclass(frozen=True, slots=True)
class Plan:
    """The next missing term of a segment, and the kind of plan.

    `replaced` are texts that have it already, `anchored` are to be continued after it; likeliest first.
    """

    work: Work
    index: int
    kind: str
    replaced: list[Placed]
    anchored: list[Placed]


def next_plan(engine: Engine, work: Work) -> Plan | None:
    """The leftmost missing term with a way that was not tried; None where there is none.

    The words that stand for it are tried first, then its neighbours and, where the engine can continue a
    prefix, the place where it should stand; at the very last more places around that.
    """
    found: list[tuple[bool, int, int, int, str]] = []
    for index in work.missing():
        if (index, LOCATED) not in work.tried and (span := _locate(work, index)) is not None:
            found.append((False, span.start, span.end, index, LOCATED))
            continue
        kind = next((kind for kind in (GUESSED, WIDE) if (index, kind) not in work.tried), None)
        if kind is not None:
            anchor = _anchors(work, index, 1)[0]
            found.append((kind == WIDE, anchor, len(work.hypothesis.text), index, kind))
    if not found:
        return None
    _, start, end, index, kind = min(found)
    work.tried.add((index, kind))
    if kind == LOCATED:
        placed = _placements(engine, work, index, Span(start, end), located=True)
        return Plan(work, index, kind, placed, placed)
    places, forms = WIDE_GUESSES if kind == WIDE else GUESSES
    anchored = [
        each
        for anchor in (_anchors(work, index, places) if engine.capabilities.prefix else ())
        for each in _placements(engine, work, index, Span(anchor, anchor), located=False)[:forms]
    ]
    return Plan(work, index, kind, list(_joined(work, index)) if kind == GUESSED else [], anchored)


def next_mending(engine: Engine, work: Work) -> Plan | None:
    """The next term in a form that cannot stand where it stands, or that is unlikely there; each once."""
    for index, place in enumerate(work.places):
        if place is None or place.term is None or (index, MEND) in work.tried:
            continue
        work.tried.add((index, MEND))
        if not well_formed(work.hypothesis.text, place):
            placed = _placements(engine, work, index, place.span, located=True, standing=place)
            return Plan(work, index, MEND, placed, [])
        if engine.capabilities.scores and (doubted := _doubt(work, index, place)) >= DOUBT:
            placed = _placements(engine, work, index, place.span, located=False, standing=place)
            as_it_is = Placed(work.hypothesis.text, place.span, -doubted)
            return Plan(work, index, MEND, [*placed, as_it_is], [])
    return None


def _doubt(work: Work, index: int, place: FormMatch) -> float:
    paradigm = _paradigm(work.constraints[index].match, place.term)
    if paradigm is None:
        return 0.0
    return doubt(work.hypothesis.text, place, paradigm, _wanted(work, index))


def _joined(work: Work, index: int) -> Iterator[Placed]:
    """The term beside its neighbours of the source, where the target has these."""
    own = work.constraints[index]
    paradigm = _paradigm(own.match)
    if paradigm is None:
        return
    for other, place in zip(work.constraints, work.places, strict=True):
        if place is None:
            continue
        first = own.request_span.end <= other.request_span.start
        if not first and other.request_span.end > own.request_span.start:
            continue
        ends = (own, other) if first else (other, own)
        gap = work.request.text[ends[0].request_span.end : ends[1].request_span.start]
        gap = MARKUP.sub("", ANNOTATION.sub("", gap))
        kinds = name_kind(own.match), name_kind(other.match)
        attribute = first == (work.request.src_lang == "en")
        yield from joined(
            work.hypothesis.text, paradigm, gap, place, kinds=kinds, first=first, attribute=attribute
        )


def _anchors(work: Work, index: int, count: int) -> list[int]:
    source_span = work.constraints[index].request_span
    return guess_anchors(work.hypothesis, work.request.text, source_span, work.taken(), count)


def _placements(
    engine: Engine, work: Work, index: int, span: Span, *, located: bool, standing: FormMatch | None = None
) -> list[Placed]:
    """The forms of a term at `span`; those of `standing` where that is given, in its own number."""
    match = work.constraints[index].match
    paradigm = _paradigm(match, standing.term if standing is not None else None)
    if paradigm is None:
        return []
    return placements(
        work.hypothesis.text,
        span,
        paradigm,
        _wanted(work, index),
        ranked=engine.capabilities.scores,
        located=located,
        standing=standing,
    )


def _wanted(work: Work, index: int) -> Wanted:
    match = work.constraints[index].match
    return Wanted(
        number=_number(match),
        kind=name_kind(match),
        source=_source_context(work, index),
        terms=[place for at, place in enumerate(work.places) if place is not None and at != index],
    )


def _source_context(work: Work, index: int) -> SourceContext:
    """The neighbours of a term in the text of the request, without its markup."""
    constraint, text = work.constraints[index], work.request.text
    before, after = (
        MARKUP.sub(" ", PLACEABLE_TOKEN.sub("0", ANNOTATION.sub(" ", part)))
        for part in (text[: constraint.request_span.start], text[constraint.request_span.end :])
    )
    return source_context(
        f"{before} {after}",
        Span(len(before), len(before)),
        work.request.src_lang,
        plural=constraint.match.plural,
        subject=constraint.match.concept.subject,
    )


def _locate(work: Work, index: int) -> Span | None:
    match = work.constraints[index].match
    paradigm = _paradigm(match)
    if paradigm is None:
        return None
    same = [each for each in work.constraints if each.match.concept.id == match.concept.id]
    own = work.constraints[index].request_span
    return locate(
        work.hypothesis,
        match.concept,
        paradigm.form("nom"),
        work.request.text,
        [own, *(each.request_span for each in same if each.request_span != own)],
        work.taken(),
    )


def _number(match: SourceMatch) -> str:
    """The number that the source shows: a name of one thing and an English term without s are singular."""
    if match.plural:
        return "pl"
    one_thing = russian_terms(match.concept)[0].text[:1].isupper()
    return "sg" if match.term.lang == "en" or one_thing else ""


def name_kind(match: SourceMatch) -> str:
    """Whether a term is the name of a person or a place."""
    subject = match.concept.subject
    if subject in PERSONS:
        return "person"
    named = subject in PLACES
    return "place" if named and russian_terms(match.concept)[0].text[:1].isupper() else ""


def _paradigm(match: SourceMatch, term: Term | None = None) -> Paradigm | None:
    """The paradigm of the preferred term, or of `term`; None where it has none."""
    terms = russian_terms(match.concept) if term is None else (term,)
    if not terms:
        return None
    try:
        return compile_paradigm(terms[0])
    except TermbaseError:
        return None
