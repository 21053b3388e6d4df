"""Say of every term found in a source what became of it in a target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtkit.errors import TermbaseError
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import FormMatch, assign, find_forms
from mtkit.termbase.match import SourceMatch
from mtkit.types import Concept, Span, Status, TermHit


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenHit:
    """A deprecated or forbidden rendering of a concept in a target."""

    concept_id: str
    src_span: Span
    tgt_span: Span
    form: str


def verify(
    matches: Sequence[SourceMatch], target: str, strategies: Sequence[str] = ()
) -> tuple[TermHit, ...]:
    """One TermHit a match, in order.

    Forms are matched exclusively and counted: a term that stands in the source twice must stand in the
    target twice, and no stretch of the target serves two matches; the longest renderings choose first.
    `strategies` (empty, or one a match) says how each rendering got there. Where a match has no rendering
    but a forbidden one stands in the target, the hit (`ok` False) has the forbidden form and its span.
    """
    places = assign(target, [match.concept for match in matches])
    forbidden = list(_forbidden(matches, target, places))
    hits = []
    for index, (match, place) in enumerate(zip(matches, places, strict=True)):
        strategy = strategies[index] if strategies else ""
        span = place.span if place is not None else None
        wrong = next((hit for hit in forbidden if hit.concept_id == match.concept.id), None)
        if span is None and wrong is not None:
            forbidden.remove(wrong)
            span = wrong.tgt_span
        hits.append(
            TermHit(
                concept_id=match.concept.id,
                src_span=match.span,
                tgt_span=span,
                form=span.of(target) if span is not None else "",
                ok=place is not None,
                strategy=strategy,
            )
        )
    return tuple(hits)


def forbidden_renderings(matches: Sequence[SourceMatch], target: str) -> tuple[ForbiddenHit, ...]:
    """Renderings in the target that the termbase forbids for a concept of the source, by their place.

    A stretch that is the right rendering of another match is not forbidden; terms with a condition are not
    taken literally.
    """
    places = assign(target, [match.concept for match in matches])
    return tuple(sorted(_forbidden(matches, target, places), key=lambda hit: hit.tgt_span))


def _forbidden(
    matches: Sequence[SourceMatch], target: str, places: Sequence[FormMatch | None]
) -> Iterator[ForbiddenHit]:
    taken = [place.span for place in places if place is not None]
    seen: set[tuple[str, Span]] = set()
    for match in matches:
        for found in forbidden_forms(target, match.concept):
            if (match.concept.id, found.span) in seen or any(found.span.overlaps(span) for span in taken):
                continue
            seen.add((match.concept.id, found.span))
            yield ForbiddenHit(
                concept_id=match.concept.id,
                src_span=match.span,
                tgt_span=found.span,
                form=found.span.of(target),
            )


def forbidden_forms(text: str, concept: Concept) -> Iterator[FormMatch]:
    """Deprecated and forbidden renderings of a concept in any form; terms with a condition are left out."""
    for term in concept.in_lang("ru", Status.FORBIDDEN, Status.DEPRECATED):
        if term.condition:
            continue
        try:
            yield from find_forms(text, compile_paradigm(term))
        except TermbaseError:
            continue
