"""Bootstrap intervals and paired significance tests over segment statistics.

The same draws and the same figures as sacreBLEU's, for any Metric and in bounded memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mtkit.scoring.base import Bootstrap, Metric, Statistics

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

DRAWN_AT_ONCE = 20_000_000
"""Segments drawn at a time, which bounds the memory (about 200 MB)."""

TIE = 1e-9
"""Points of a score by which two equal differences may differ."""

RANDOMISATION_TRIALS = 10_000
"""sacreBLEU's default for approximate randomisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedTest:
    """A system against a baseline on the same segments.

    `bootstrap_p` and `randomisation_p` are two-sided; `mean` and `ci` (half width of the 95% interval) are
    of the system's resampled scores.
    """

    difference: float
    bootstrap_p: float
    randomisation_p: float
    mean: float
    ci: float


def confidence_interval(
    metric: Metric, stats: Sequence[Statistics], bootstrap: Bootstrap
) -> tuple[float, float]:
    """95% interval around the mean of the resampled scores (Koehn, EMNLP 2004), as sacreBLEU computes it."""
    from sacrebleu.significance import estimate_ci

    (values,) = _resampled([(metric, _table(stats))], bootstrap)
    mean, half_width = estimate_ci(values)
    return float(mean - half_width), float(mean + half_width)


def paired_test(
    metric: Metric,
    baseline: Sequence[Statistics],
    system: Sequence[Statistics],
    bootstrap: Bootstrap,
    trials: int = RANDOMISATION_TRIALS,
) -> PairedTest:
    """Test whether the difference of two systems could be chance; both have N segments, the same ones.

    Paired bootstrap resampling (Koehn, EMNLP 2004) with the differences shifted to a mean of 0, and paired
    approximate randomisation (Riezler & Maxwell, ACL 2005 workshop), both seeded with `bootstrap.seed`. Equal
    scores have p = 1, where sacreBLEU gives them the least p there is; a difference that chance reaches
    exactly, as where one segment differs, counts for chance in the second test, as Riezler and Maxwell have
    it and sacreBLEU has not.
    """
    import numpy
    from sacrebleu.significance import _compute_p_value, estimate_ci

    tables = [_table(baseline), _table(system)]
    difference = metric.value(tables[1].sum(0)) - metric.value(tables[0].sum(0))
    base_values, values = _resampled([(metric, table) for table in tables], bootstrap)
    mean, half_width = estimate_ci(values)
    differences = numpy.abs(values - base_values)
    shuffled = _shuffled_differences(metric, tables, bootstrap.seed, trials)
    return PairedTest(
        difference=difference,
        bootstrap_p=_compute_p_value(differences - differences.mean(), abs(difference))
        if difference
        else 1.0,
        randomisation_p=float((numpy.sum(shuffled >= abs(difference) - TIE) + 1) / (trials + 1)),
        mean=float(mean),
        ci=float(half_width),
    )


def _table(stats: Sequence[Statistics]) -> NDArray[Any]:
    import numpy

    return numpy.array(stats, dtype="float64")


def _resampled(
    systems: Sequence[tuple[Metric, NDArray[Any]]], bootstrap: Bootstrap
) -> list[numpy.ndarray[Any, Any]]:
    """For each system the scores of the same resamples."""
    import numpy

    count = len(systems[0][1])
    generator = numpy.random.default_rng(bootstrap.seed)
    values: list[list[float]] = [[] for _ in systems]
    for rows in _pieces(bootstrap.resamples, count):
        drawn = generator.choice(count, size=(rows, count), replace=True)
        times = numpy.stack([numpy.bincount(row, minlength=count) for row in drawn]).astype("float64")
        for found, (metric, table) in zip(values, systems, strict=True):
            found.extend(metric.value(total) for total in times @ table)
    return [numpy.array(found) for found in values]


def _shuffled_differences(
    metric: Metric, tables: Sequence[NDArray[Any]], seed: int, trials: int
) -> numpy.ndarray[Any, Any]:
    """Absolute differences between two systems whose segments change sides at random."""
    import numpy

    base, system = tables
    whole, count = base + system, len(base)
    generator = numpy.random.default_rng(seed)
    found: list[float] = []
    for rows in _pieces(trials, count):
        from_base = generator.integers(2, size=(rows, count), dtype=bool)
        one = from_base @ base + (~from_base) @ system
        other = whole.sum(0) - one
        found.extend(
            abs(metric.value(left) - metric.value(right)) for left, right in zip(one, other, strict=True)
        )
    return numpy.array(found)


def _pieces(total: int, width: int) -> Iterator[int]:
    """Row counts that add up to `total`, each of at most DRAWN_AT_ONCE cells."""
    at_once = max(1, DRAWN_AT_ONCE // max(width, 1))
    for start in range(0, total, at_once):
        yield min(at_once, total - start)
