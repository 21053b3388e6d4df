"""Termbase: the right rendering in a form of its paradigm, and no forbidden one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mtkit.checks.base import CheckContext, finding
from mtkit.termbase.forms import FormMatch, assign, find_concept, russian_terms
from mtkit.types import Concept, Finding, Segment, Severity, Status

_WORD = re.compile(r"\w{3,}")
_LONGEST_ENDING = 3
_SHORTEST_STEM = 4


class TermCheck:
    """A term of the source has no preferred or admitted rendering, or a forbidden one in its place (error).

    What is missing is a warning where the target has nothing of the term, and for information where it has
    a part of it (a second mention in short) or the term is a common word («провинция», «товарищ») that a
    good sentence may leave out. Forbidden renderings count only while the right one is missing, and not
    inside the rendering of another term. Without a termbase the check has nothing to say.
    """

    id = "term"
    severity = Severity.ERROR

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        matcher = context.matchers.get(segment.src_lang)
        if matcher is None or not target.strip():
            return
        matches = matcher.find(segment.source)
        found = assign(target, [match.concept for match in matches])
        rendered = [form for form in found if form is not None]
        told: set[str] = set()
        for match, form in zip(matches, found, strict=True):
            concept = match.concept
            terms = russian_terms(concept)
            if form is not None or concept.id in told or not terms:
                continue
            told.add(concept.id)
            wanted = terms[0].text
            words = match.span.of(segment.source)
            forbidden = _forbidden(target, concept, rendered)
            for wrong in forbidden:
                yield finding(
                    self,
                    segment,
                    f"{words}: «{wrong.form}» is forbidden, write «{wanted}».",
                    src_span=match.span,
                    tgt_span=wrong.span,
                    suggestion=wanted,
                )
            if not forbidden:
                yield finding(
                    self,
                    segment,
                    f"{words}: «{wanted}» is not there in any of its forms.",
                    severity=self._gravity(concept, target, rendered),
                    src_span=match.span,
                    suggestion=wanted,
                )

    @staticmethod
    def _gravity(concept: Concept, target: str, rendered: Sequence[FormMatch]) -> Severity:
        terms = russian_terms(concept)
        wanted = terms[0].text
        if " " not in wanted and wanted.islower():
            return Severity.INFO
        elsewhere = _hide(target, rendered).casefold()
        stems = {_stem(word) for term in terms for word in _WORD.findall(term.text)}
        has_part = any(_stem(word) in stems for word in _WORD.findall(elsewhere))
        return Severity.INFO if has_part else Severity.WARNING


def _stem(word: str) -> str:
    """The word without an ending, roughly: enough to see that two forms belong together."""
    folded = word.casefold().replace("ё", "е")
    return folded[: max(_SHORTEST_STEM, len(folded) - _LONGEST_ENDING)]


def _hide(target: str, rendered: Sequence[FormMatch]) -> str:
    for form in rendered:
        target = target[: form.span.start] + " " * (form.span.end - form.span.start) + target[form.span.end :]
    return target


def _forbidden(target: str, concept: Concept, rendered: Sequence[FormMatch]) -> list[FormMatch]:
    terms = concept.in_lang("ru", Status.FORBIDDEN, Status.DEPRECATED)
    wrong = replace(
        concept, terms=tuple(replace(t, status=Status.ADMITTED) for t in terms if not t.condition)
    )
    return [
        form
        for form in find_concept(target, wrong)
        if not any(form.span.overlaps(other.span) for other in rendered)
    ]
