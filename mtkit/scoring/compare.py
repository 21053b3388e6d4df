"""Compare systems on one test set: significance, buckets, wins and losses, worst regressions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mtkit.scoring.base import Bootstrap, Metric, ParallelText, Statistics
from mtkit.scoring.buckets import Bucket
from mtkit.scoring.evaluate import segment_statistics
from mtkit.scoring.resampling import RANDOMISATION_TRIALS, PairedTest, confidence_interval, paired_test
from mtkit.types import Score

TIE = 1e-6
"""Segment scores that differ by less are a tie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    name: str
    hypotheses: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemScore:
    """`test` is against the first system and None for that one itself."""

    system: str
    score: Score
    test: PairedTest | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketScore:
    """`scores` has one score a system, in their order."""

    bucket: Bucket
    metric: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Segments on which a system is better than, worse than and equal to the first one.

    `differences` has one value a segment: above 0 the system is better, NaN where there is nothing to score.
    """

    system: str
    metric: str
    differences: tuple[float, ...]

    @property
    def wins(self) -> int:
        return sum(difference > TIE for difference in self.differences)

    @property
    def losses(self) -> int:
        return sum(difference < -TIE for difference in self.differences)

    @property
    def ties(self) -> int:
        return sum(abs(difference) <= TIE for difference in self.differences)

    def worst(self, count: int) -> list[int]:
        """Numbers, from 0, of the segments that lost most, worst first; at most `count` of the losses."""
        losses = [n for n, difference in enumerate(self.differences) if difference < -TIE]
        return sorted(losses, key=self.differences.__getitem__)[:count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Scores by metric and system, bucket scores by bucket and metric, a standing for each later system."""

    scores: tuple[SystemScore, ...]
    bucket_scores: tuple[BucketScore, ...]
    standings: tuple[Standing, ...]


def compare(
    systems: Sequence[System],
    sides: ParallelText,
    metrics: Sequence[Metric],
    *,
    bootstrap: Bootstrap,
    trials: int = RANDOMISATION_TRIALS,
    buckets: Sequence[Bucket] = (),
) -> Comparison:
    """Compare systems with the first of them, the baseline.

    `sides` has references and sources; its hypotheses are not looked at. Wins and losses go by
    chrF where it is among `metrics`, else by the first. Raises what `segment_statistics` raises.
    """
    stats = [
        [segment_statistics(metric, replace(sides, hypotheses=system.hypotheses)) for metric in metrics]
        for system in systems
    ]
    judge = next((n for n, metric in enumerate(metrics) if metric.name == "chrf"), 0)
    return Comparison(
        scores=tuple(
            _system_score(
                system, metric, stats[0][column], row[column], bootstrap, trials, first=row is stats[0]
            )
            for column, metric in enumerate(metrics)
            for system, row in zip(systems, stats, strict=True)
        ),
        bucket_scores=tuple(
            BucketScore(
                bucket=bucket,
                metric=metric.name,
                scores=tuple(metric.aggregate([row[column][n] for n in bucket.segments]) for row in stats),
            )
            for bucket in buckets
            for column, metric in enumerate(metrics)
        ),
        standings=tuple(
            _standing(system, metrics[judge], stats[0][judge], row[judge])
            for system, row in zip(systems[1:], stats[1:], strict=True)
        ),
    )


def _system_score(
    system: System,
    metric: Metric,
    baseline: Sequence[Statistics],
    stats: Sequence[Statistics],
    bootstrap: Bootstrap,
    trials: int,
    *,
    first: bool,
) -> SystemScore:
    test = None if first else paired_test(metric, baseline, stats, bootstrap, trials)
    ci95 = (
        confidence_interval(metric, stats, bootstrap)
        if test is None
        else (test.mean - test.ci, test.mean + test.ci)
    )
    score = replace(metric.aggregate(stats), ci95=ci95, signature=metric.signature(bootstrap))
    return SystemScore(system=system.name, score=score, test=test)


def _standing(
    system: System, metric: Metric, baseline: Sequence[Statistics], stats: Sequence[Statistics]
) -> Standing:
    sign = 1 if metric.aggregate(stats).higher_is_better else -1
    differences = tuple(
        sign * (metric.segment_value(mine) - metric.segment_value(theirs))
        for mine, theirs in zip(stats, baseline, strict=True)
    )
    return Standing(system=system.name, metric=metric.aggregate(stats).metric, differences=differences)


def marked(before: str, after: str) -> tuple[str, str]:
    """Two texts with the words that differ marked, [-so-] in the first and {+so+} in the second."""
    from difflib import SequenceMatcher

    left, right = before.split(), after.split()
    old: list[str] = []
    new: list[str] = []
    for operation, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if operation == "equal":
            old += left[i:j]
            new += right[k:m]
            continue
        if i < j:
            old.append(f"[-{' '.join(left[i:j])}-]")
        if k < m:
            new.append(f"{{+{' '.join(right[k:m])}+}}")
    return " ".join(old), " ".join(new)
