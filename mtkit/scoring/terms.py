"""What became of the terms of a source in a translation and in its reference.

Presence follows the term success rate of the WMT 2023 and 2025 terminology tasks (Semenov et al., WMT 2023),
with generated paradigms in place of lemmatised text and each occurrence counted once. Form agreement counts
whether a term stands in the case and number of the reference, as the inflection-aware evaluations of
Bergmanis & Pinnis (EACL 2021) ask for. The two are two numbers and never one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtkit.errors import LengthMismatchError
from mtkit.scoring.base import ParallelText
from mtkit.termbase.forms import FormMatch, assign
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.termbase.model import Termbase
from mtkit.text.language import source_language


@dataclass(frozen=True, slots=True, kw_only=True)
class TermOutcome:
    """One source match and what became of it; segments count from 0.

    `in_reference` is None without references. `agrees`: the hypothesis has a form that can stand in a case
    and number that the reference's form can; None where the reference does not have the term.
    """

    segment: int
    match: SourceMatch
    in_hypothesis: FormMatch | None
    in_reference: FormMatch | None
    agrees: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermReport:
    """Counts over a corpus; the rates are shares from 0 to 1, None where nothing was counted.

    presence: source matches whose concept stands in the hypothesis in a form of its paradigm.
    oracle: the same for the reference, the most that this termbase can ask for.
    form_agreement: of the matches whose concept the reference has, those that the hypothesis has in a form
    that can be the same case and number.
    """

    matches: int
    present: int
    in_reference: int | None
    agreeing: int | None
    outcomes: tuple[TermOutcome, ...]

    @property
    def presence(self) -> float | None:
        return _rate(self.present, self.matches)

    @property
    def oracle(self) -> float | None:
        return _rate(self.in_reference, self.matches)

    @property
    def form_agreement(self) -> float | None:
        return _rate(self.agreeing, self.in_reference)


def term_report(
    sources: Sequence[str],
    hyps: Sequence[str],
    refs: Sequence[str] | None,
    termbase: Termbase,
    src_lang: str,
) -> TermReport:
    """Count the terms of parallel segments; LengthMismatchError where the sides differ in number."""
    for name, side in (("The translation", hyps), ("The reference", refs)):
        if side is not None and len(side) != len(sources):
            raise LengthMismatchError("The source", len(sources), name, len(side))
    text = ParallelText(hypotheses=hyps, references=[refs] if refs is not None else [], sources=sources)
    segments = TermAnalysis(termbase, src_lang).segments(text)
    outcomes = tuple(outcome for segment in segments for outcome in segment)
    return TermReport(
        matches=len(outcomes),
        present=sum(outcome.in_hypothesis is not None for outcome in outcomes),
        in_reference=None if refs is None else sum(o.in_reference is not None for o in outcomes),
        agreeing=None if refs is None else sum(bool(o.agrees) for o in outcomes),
        outcomes=outcomes,
    )


def joined(reports: Sequence[TermReport]) -> TermReport:
    """The counts of several texts as one; of the reference where every text has one."""
    with_reference = all(report.in_reference is not None for report in reports)
    return TermReport(
        matches=sum(report.matches for report in reports),
        present=sum(report.present for report in reports),
        in_reference=sum(report.in_reference or 0 for report in reports) if with_reference else None,
        agreeing=sum(report.agreeing or 0 for report in reports) if with_reference else None,
        outcomes=tuple(outcome for report in reports for outcome in report.outcomes),
    )


class TermAnalysis:
    """The terms of parallel texts under one termbase; what was found is kept, for many metrics and systems.

    `src_lang` "auto" is settled by the first sources seen.
    """

    def __init__(self, termbase: Termbase, src_lang: str = "auto") -> None:
        self.termbase = termbase
        self.src_lang = src_lang
        self._matcher: Matcher | None = None
        self._matches: dict[str, tuple[SourceMatch, ...]] = {}
        self._places: dict[tuple[str, str], tuple[FormMatch | None, ...]] = {}

    def matches(self, source: str) -> tuple[SourceMatch, ...]:
        """Termbase matches of one source; `settle` comes first where the language is "auto"."""
        if self._matcher is None:
            self._matcher = Matcher(self.termbase, self.src_lang)
        if source not in self._matches:
            self._matches[source] = self._matcher.find(source)
        return self._matches[source]

    def places(self, source: str, target: str) -> tuple[FormMatch | None, ...]:
        """For each match of the source its own place in a target, None where it has none."""
        key = source, target
        if key not in self._places:
            self._places[key] = assign(target, [match.concept for match in self.matches(source)])
        return self._places[key]

    def settle(self, text: ParallelText) -> Sequence[str]:
        """The sources; their language is known from here on. ConfigError where it is neither vi nor en."""
        sources = text.sources or ()
        self.src_lang = source_language(sources, self.src_lang, "The source")
        return sources

    def segments(self, text: ParallelText) -> list[tuple[TermOutcome, ...]]:
        """Outcomes of each segment, by its first reference where there are several."""
        reference = text.references[0] if text.references else None
        return [
            self._segment(
                number, source, text.hypotheses[number], None if reference is None else reference[number]
            )
            for number, source in enumerate(self.settle(text))
        ]

    def _segment(self, number: int, source: str, hyp: str, ref: str | None) -> tuple[TermOutcome, ...]:
        matches = self.matches(source)
        in_hyp = self.places(source, hyp)
        in_ref = self.places(source, ref) if ref is not None else (None,) * len(matches)
        agreeing = _agreeing(matches, in_hyp, in_ref)
        return tuple(
            TermOutcome(segment=number, match=match, in_hypothesis=hyp, in_reference=ref, agrees=agrees)
            for match, hyp, ref, agrees in zip(matches, in_hyp, in_ref, agreeing, strict=True)
        )


def _agreeing(
    matches: Sequence[SourceMatch],
    hyps: Sequence[FormMatch | None],
    refs: Sequence[FormMatch | None],
) -> list[bool | None]:
    """For each match whether its reference form has a partner of its own in the hypothesis.

    Occurrences of one concept may change places in translation, so they are paired by form, not by order.
    """
    left: dict[str, list[FormMatch]] = {}
    for match, hyp in zip(matches, hyps, strict=True):
        if hyp is not None:
            left.setdefault(match.concept.id, []).append(hyp)
    agreeing: list[bool | None] = []
    for match, ref in zip(matches, refs, strict=True):
        if ref is None:
            agreeing.append(None)
            continue
        partners = left.get(match.concept.id, [])
        partner = next((hyp for hyp in partners if _same_form(hyp, ref)), None)
        if partner is not None:
            partners.remove(partner)
        agreeing.append(partner is not None)
    return agreeing


def _same_form(hyp: FormMatch, ref: FormMatch) -> bool:
    return hyp.form == ref.form or bool(set(hyp.readings) & set(ref.readings))


def _rate(count: int | None, total: int | None) -> float | None:
    return count / total if count is not None and total else None
