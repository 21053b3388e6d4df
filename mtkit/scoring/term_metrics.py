"""Term metrics: each a rate over the terms of the source, of the hypothesis or of the segments.

A source match is a termbase entry found in the source (mtkit.termbase.match); a rendering is one of its
Russian terms in any form of the paradigm (mtkit.termbase.forms), matched exclusively: no stretch of the
target serves two matches. With several references the first one decides.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from mtkit import __version__
from mtkit.scoring.base import Bootstrap, DetailedScore, ParallelText, Statistics
from mtkit.scoring.term_index import RussianTermIndex
from mtkit.scoring.terms import TermAnalysis, TermOutcome
from mtkit.termbase.match import Matcher
from mtkit.termbase.verify import forbidden_forms, forbidden_renderings

HASH_LENGTH = 12


class TermMetric(ABC):
    """100 × a sum of counts / a sum of counts. Without an analysis, the termbase of the settings is used."""

    name: str
    full_name: str
    needs_source = True
    needs_reference = False
    higher_is_better = True
    unit = "terms"

    def __init__(self, analysis: TermAnalysis | None = None) -> None:
        if analysis is None:
            from mtkit.config import load_settings
            from mtkit.termbase.io import load_termbase

            analysis = TermAnalysis(load_termbase(load_settings().glossary))
        self.analysis = analysis

    @abstractmethod
    def counts(self, text: ParallelText) -> list[tuple[float, float]]:
        """For each segment what is counted and what it is counted among."""

    def stats(self, text: ParallelText) -> list[Statistics]:
        self.analysis.settle(text)
        return list(self.counts(text))

    def aggregate(self, stats: Sequence[Statistics]) -> DetailedScore:
        part, whole = (sum(column) for column in zip(*stats, strict=True))
        return DetailedScore(
            metric=self.full_name,
            value=self.value((part, whole)),
            higher_is_better=self.higher_is_better,
            signature=self.signature(),
            verbose=f"({part:.10g} of {whole:.10g} {self.unit})",
            counted=whole,
        )

    def value(self, total: Statistics) -> float:
        part, whole = total
        return 100 * part / whole if whole else 0.0

    def segment_value(self, stats: Statistics) -> float:
        return self.value(stats) if stats[1] else math.nan

    def signature(self, bootstrap: Bootstrap | None = None) -> str:
        analysis = self.analysis
        parts = [f"src:{analysis.src_lang}", f"termbase:{analysis.termbase.fingerprint[:HASH_LENGTH]}"]
        if bootstrap:
            parts += [f"bs:{bootstrap.resamples}", f"seed:{bootstrap.seed}"]
        return "|".join([*parts, f"version:mtkit-{__version__}"])

    def segments(self, text: ParallelText) -> list[tuple[TermOutcome, ...]]:
        return self.analysis.segments(text)


class TermPresence(TermMetric):
    """Source matches whose concept stands in the hypothesis, percent of all source matches.

    In any form of a preferred or admitted term, exclusive and counted: a term that is twice in the source
    must be twice in the hypothesis. The term success rate of WMT 2023 (Semenov et al.), stricter in the
    counting, with paradigms in place of lemmas.
    """

    name = "term-presence"
    full_name = "TermPresence"

    def counts(self, text: ParallelText) -> list[tuple[float, float]]:
        return [
            (sum(outcome.in_hypothesis is not None for outcome in segment), len(segment))
            for segment in self.segments(text)
        ]


class TermForm(TermMetric):
    """Terms in the case and number of the reference, percent of the source matches that the reference has.

    A form agrees if it can stand for one of the (case, number) pairs that the reference's form can; a term
    that is missing does not agree. After the form accuracy of Bergmanis & Pinnis (EACL 2021).
    """

    name = "term-form"
    full_name = "TermForm"
    needs_reference = True

    def counts(self, text: ParallelText) -> list[tuple[float, float]]:
        return [
            (
                sum(bool(outcome.agrees) for outcome in segment),
                sum(outcome.in_reference is not None for outcome in segment),
            )
            for segment in self.segments(text)
        ]


class TermOracle(TermMetric):
    """The presence that the reference itself reaches: the most that this termbase can ask for.

    What is missing are free renderings in the reference, entries matched where they are not meant, and
    forms that the matcher does not know (Öz & Sukhareva, RANLP 2021, on false matches).
    """

    name = "term-oracle"
    full_name = "TermOracle"
    needs_reference = True

    def counts(self, text: ParallelText) -> list[tuple[float, float]]:
        return [
            (sum(outcome.in_reference is not None for outcome in segment), len(segment))
            for segment in self.segments(text)
        ]


class TermConsistency(TermMetric):
    """Occurrences that have their concept's most frequent rendering in the document, percent.

    Counted are the source matches of concepts that a document's source has at least twice. Renderings are
    the concept's Russian terms of every status; an occurrence with none of them is not consistent. The
    micro average with the most frequent rendering as pseudo-reference of Semenov & Bojar (WMT 2022).
    """

    name = "term-consistency"
    full_name = "TermConsistency"

    def counts(self, text: ParallelText) -> list[tuple[float, float]]:
        documents = text.documents or [""] * len(text.hypotheses)
        rendered = [
            list(zip((o.match.concept.id for o in outcomes), _renderings(outcomes, hyp), strict=True))
            for outcomes, hyp in zip(self.segments(text), text.hypotheses, strict=True)
        ]
        used: dict[tuple[str, str], Counter[str | None]] = {}
        for document, segment in zip(documents, rendered, strict=True):
            for concept_id, rendering in segment:
                used.setdefault((document, concept_id), Counter())[rendering] += 1
        counts: list[tuple[float, float]] = []
        for document, segment in zip(documents, rendered, strict=True):
            repeated = [(c, r) for c, r in segment if used[document, c].total() > 1]
            consistent = sum(
                rendering is not None and rendering == _most_frequent(used[document, concept_id])
                for concept_id, rendering in repeated
            )
            counts.append((consistent, len(repeated)))
        return counts


def _renderings(outcomes: Sequence[TermOutcome], hyp: str) -> list[str | None]:
    """The Russian term that each occurrence is rendered with, None where none of the concept's is there."""
    places = [o.in_hypothesis.span for o in outcomes if o.in_hypothesis is not None]
    rendered: list[str | None] = []
    for outcome in outcomes:
        found = outcome.in_hypothesis
        if found is None:
            others = forbidden_forms(hyp, outcome.match.concept)
            found = next((o for o in others if not any(o.span.overlaps(place) for place in places)), None)
            if found is not None:
                places.append(found.span)
        rendered.append(found.term.text if found is not None and found.term is not None else None)
    return rendered


def _most_frequent(renderings: Counter[str | None]) -> str | None:
    """The rendering used most often, the first of them where several are."""
    return max((r for r in renderings if r is not None), key=renderings.__getitem__, default=None)


class TermForbidden(TermMetric):
    """Deprecated and forbidden renderings in the hypothesis, per 100 source matches; lower is better.

    Only renderings forbidden for a concept of the source count, and not where they are the right rendering
    of another match. The negative constraints of the WMT 2023 terminology task, counted.
    """

    name = "term-forbidden"
    full_name = "TermForbidden"
    higher_is_better = False

    def counts(self, text: ParallelText) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []
        for source, hyp in zip(self.analysis.settle(text), text.hypotheses, strict=True):
            matches = self.analysis.matches(source)
            found.append((len(forbidden_renderings(matches, hyp)), len(matches)))
        return found


class TermFalseInsertions(TermMetric):
    """Terms in the hypothesis that nobody asked for, percent of its terms; lower is better.

    A term of the termbase in the hypothesis is false as often as it stands there more than in the source
    (entries of doubtful sense included) and more than in any reference. What constraints forced on false
    matches do to a translation (Öz & Sukhareva, RANLP 2021).

    A model makes such insertions without any constraint. Those that enforcement itself makes are what each
    segment has more of them than the same decoding without enforcement (mtkit.runners.bench_terms).
    """

    name = "term-insertions"
    full_name = "TermFalseInsertions"
    higher_is_better = False
    unit = "terms in the hypothesis"

    @cached_property
    def _index(self) -> RussianTermIndex:
        return RussianTermIndex(self.analysis.termbase)

    @cached_property
    def _doubtful(self) -> Matcher:
        return Matcher(self.analysis.termbase, self.analysis.src_lang, ambiguous=True)

    def counts(self, text: ParallelText) -> list[tuple[float, float]]:
        return [
            self._segment(source, text.hypotheses[number], [side[number] for side in text.references])
            for number, source in enumerate(self.analysis.settle(text))
        ]

    def _segment(self, source: str, hyp: str, refs: Sequence[str]) -> tuple[float, float]:
        used = self._terms(hyp)
        if not used:
            return 0, 0
        asked: Counter[str] = Counter()
        for found in (self._doubtful.find(source), self.analysis.matches(source)):
            own: Counter[str] = Counter()
            for match in found:
                own.update({_key(term.text) for term in match.concept.in_lang("ru")})
            asked |= own
        for ref in refs:
            asked |= self._terms(ref)
        return (used - asked).total(), used.total()

    def _terms(self, text: str) -> Counter[str]:
        return Counter(
            _key(rendering.match.term.text)
            for rendering in self._index.find(text)
            if rendering.match.term is not None
        )


def _key(term: str) -> str:
    return " ".join(term.lower().replace("ё", "е").split())
