"""What a termbase does to a translation: terms, their forms, the text around them, and time, in one run."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtkit.engines.base import Engine
from mtkit.engines.guarded import GuardedEngine
from mtkit.pipeline import Pipeline
from mtkit.runners.bench import TestSet
from mtkit.runners.local import GROUP_SEGMENTS, Progress
from mtkit.scoring.base import ParallelText
from mtkit.scoring.evaluate import evaluate
from mtkit.scoring.opening import open_metrics
from mtkit.scoring.term_index import RussianTermIndex
from mtkit.scoring.term_metrics import TermFalseInsertions
from mtkit.scoring.terms import TermAnalysis, TermOutcome
from mtkit.termbase.candidates import well_formed
from mtkit.termbase.enforce import ALIGNED, N_BEST, PREFIX
from mtkit.termbase.model import Termbase
from mtkit.types import Score, TermHit, Translation

METRICS = ("chrf", "term-presence", "term-form", "term-oracle", "term-insertions", "term-forbidden")
UNCONSTRAINED, ANNOTATED, ENFORCED = "unconstrained", "annotated", "enforced"
ENFORCING = frozenset({N_BEST, PREFIX, ALIGNED})
"""Strategies by which enforcement itself brings a term in."""
NAME = "name:"
"""What the concept of a name begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """One way to decode a test set, scored; `seconds` of processor time.

    `oblique` counts terms that it has and the reference has in a case that is no nominative, `nominatives`
    those of them that it has in the nominative, `stray` those of these that cannot be nominatives in their
    own sentence: what stands before them governs, counts or describes another case
    (mtkit.termbase.disagreement). The others may be right: where the hypothesis is another sentence than the
    reference, the term may be its subject or object. Of nominatives put in the place of another case that
    check tells about half, so that `stray` is the least that there can be.
    """

    name: str
    scores: tuple[Score, ...]
    oblique: int
    nominatives: int
    stray: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyCount:
    """How many terms came about by one strategy, and how many of those the reference has agree with it."""

    strategy: str
    terms: int
    in_reference: int
    agreeing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRow:
    """A test set decoded in each way.

    `time_ratio` is processor time with the termbase over time without. `inserted` counts the false insertions
    that enforcement itself makes, `pasted` the nominatives that it puts where the reference has another case,
    `pasted_stray` those of these that cannot be nominatives in their own sentence (as in Decoding);
    `names` and `names_present` are names of persons and places that no entry of the termbase accounts for.
    """

    test_set: str
    segments: int
    terms: int
    decodings: tuple[Decoding, ...]
    strategies: tuple[StrategyCount, ...]
    time_ratio: float
    inserted: int
    pasted: int
    pasted_stray: int
    names: int
    names_present: int


def measure_terms(
    engine: Engine,
    termbase: Termbase,
    test_sets: Sequence[TestSet],
    *,
    beam: int = 4,
    progress: Progress = lambda count: None,
) -> Iterator[TermsRow]:
    """Decode each test set without the termbase, with annotations alone, and enforced; a row for each.

    They take turns every hundred segments, so that a busy machine slows all alike. Loading the model and
    compiling the termbase is not counted; checks are left out, since they cost the same on all sides.
    `progress` is told segments of one decoding.
    """
    for test_set in test_sets:
        yield _measure(GuardedEngine(engine), termbase, test_set, beam, progress)


def _measure(
    engine: Engine, termbase: Termbase, test_set: TestSet, beam: int, progress: Progress
) -> TermsRow:
    from mtkit.engines.base import DecodingOptions

    decoding = DecodingOptions(beam=beam)
    pipelines = {
        UNCONSTRAINED: Pipeline(engine, None, decoding=decoding, checks=()),
        ENFORCED: Pipeline(engine, termbase, decoding=decoding, checks=()),
        ANNOTATED: Pipeline(engine, termbase, decoding=decoding, checks=(), enforcing=False),
    }
    segments = test_set.segments()
    translations: dict[str, list[Translation]] = {name: [] for name in pipelines}
    seconds = dict.fromkeys(pipelines, 0.0)
    RussianTermIndex(termbase)
    for name in pipelines:
        pipelines[name].translate(segments[:1])
    for first in range(0, len(segments), GROUP_SEGMENTS):
        group = segments[first : first + GROUP_SEGMENTS]
        for name, pipeline in pipelines.items():
            started = time.process_time()
            translations[name] += pipeline.translate(group)
            seconds[name] += time.process_time() - started
            progress(len(group))
    analysis = TermAnalysis(termbase, test_set.src_lang)
    texts = {name: _parallel(test_set, found) for name, found in translations.items()}
    outcomes = {name: analysis.segments(text) for name, text in texts.items()}
    enforced = list(zip(outcomes[ENFORCED], translations[ENFORCED], strict=True))
    pasted = [
        outcome
        for row in enforced
        for outcome, hit in _pairs(*row)
        if hit.strategy in ENFORCING and _nominative_for_oblique(outcome)
    ]
    names = [hit for each in translations[ENFORCED] for hit in each.hits if hit.concept_id.startswith(NAME)]
    return TermsRow(
        test_set=test_set.name,
        segments=len(segments),
        terms=sum(map(len, outcomes[ENFORCED])),
        decodings=tuple(
            _decoding(name, texts[name], outcomes[name], analysis, seconds[name])
            for name in (UNCONSTRAINED, ANNOTATED, ENFORCED)
        ),
        strategies=tuple(_strategies([_pairs(*row) for row in enforced])),
        time_ratio=seconds[ENFORCED] / seconds[UNCONSTRAINED] if seconds[UNCONSTRAINED] else 0.0,
        inserted=_inserted(TermFalseInsertions(analysis), texts[ANNOTATED], texts[ENFORCED]),
        pasted=len(pasted),
        pasted_stray=_stray(pasted, texts[ENFORCED]),
        names=len(names),
        names_present=sum(hit.ok for hit in names),
    )


def _parallel(test_set: TestSet, translations: Sequence[Translation]) -> ParallelText:
    return ParallelText(
        hypotheses=[each.target for each in translations],
        references=[test_set.references],
        sources=test_set.sources,
    )


def _decoding(
    name: str,
    text: ParallelText,
    outcomes: Sequence[Sequence[TermOutcome]],
    analysis: TermAnalysis,
    seconds: float,
) -> Decoding:
    every = [outcome for segment in outcomes for outcome in segment]
    return Decoding(
        name=name,
        scores=tuple(evaluate(metric, text) for metric in open_metrics(METRICS, analysis)),
        oblique=sum(_oblique(each) and each.in_hypothesis is not None for each in every),
        nominatives=sum(map(_nominative_for_oblique, every)),
        stray=_stray([each for each in every if _nominative_for_oblique(each)], text),
        seconds=seconds,
    )


def _oblique(outcome: TermOutcome) -> bool:
    """Whether the reference has the term in a form that is no nominative."""
    found = outcome.in_reference
    return found is not None and all(case != "nom" for case, _ in found.readings)


def _nominative_for_oblique(outcome: TermOutcome) -> bool:
    """Whether the hypothesis has a nominative, or an accusative like it, and the reference another case."""
    found = outcome.in_hypothesis
    cases = {case for case, _ in found.readings} if found is not None else set()
    return _oblique(outcome) and "nom" in cases and cases <= {"nom", "acc"}


def _stray(outcomes: Sequence[TermOutcome], text: ParallelText) -> int:
    """How many of these terms do not agree with what stands before them in the hypothesis."""
    return sum(
        not well_formed(text.hypotheses[outcome.segment], outcome.in_hypothesis)
        for outcome in outcomes
        if outcome.in_hypothesis is not None
    )


def _pairs(outcomes: Sequence[TermOutcome], translation: Translation) -> list[tuple[TermOutcome, TermHit]]:
    """The outcomes with the hit of each, by the place of the term in the source."""
    hits = {hit.src_span: hit for hit in translation.hits}
    return [(each, hits[each.match.span]) for each in outcomes if each.match.span in hits]


def _strategies(segments: Sequence[Sequence[tuple[TermOutcome, TermHit]]]) -> Iterator[StrategyCount]:
    pairs = [pair for segment in segments for pair in segment]
    for strategy, count in Counter(hit.strategy or "none" for _, hit in pairs).most_common():
        own = [outcome for outcome, hit in pairs if (hit.strategy or "none") == strategy]
        yield StrategyCount(
            strategy=strategy,
            terms=count,
            in_reference=sum(outcome.in_reference is not None for outcome in own),
            agreeing=sum(bool(outcome.agrees) for outcome in own),
        )


def _inserted(metric: TermFalseInsertions, before: ParallelText, after: ParallelText) -> int:
    """False insertions of each segment beyond those that it has without enforcement."""
    return int(
        sum(
            max(0, new[0] - old[0])
            for old, new in zip(metric.counts(before), metric.counts(after), strict=True)
        )
    )


def spread(test_set: TestSet, count: int) -> TestSet:
    """`count` segments spread over the test set; all of them where it is 0."""
    total = len(test_set.sources)
    if not count or count >= total:
        return test_set
    kept = [number * total // count for number in range(count)]
    return replace(
        test_set,
        sources=[test_set.sources[number] for number in kept],
        references=[test_set.references[number] for number in kept],
    )
