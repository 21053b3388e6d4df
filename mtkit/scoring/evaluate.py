"""Score parallel segments: several metrics at once, segment scores, confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mtkit.errors import InputError, LengthMismatchError
from mtkit.scoring.base import Bootstrap, DetailedScore, Metric, Statistics
from mtkit.types import Score

RESAMPLES_AT_ONCE = 2_000_000
"""Segments drawn at a time, which bounds the memory of a bootstrap (about 200 MB for chrF2++)."""


def evaluate(
    metric: Metric,
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]] = (),
    sources: Sequence[str] | None = None,
    *,
    segments: bool = False,
    bootstrap: Bootstrap | None = None,
) -> Score:
    """Score N hypotheses against R references of N segments each.

    `segments` asks for segment scores (N, same order), `bootstrap` for a 95% confidence interval.
    Raises LengthMismatchError where two sides differ, InputError where a side that the metric needs is
    missing or there are no segments.
    """
    if not hypotheses:
        raise InputError("There are no segments to score.", "Give a file with at least one line.")
    if metric.needs_reference and not references:
        raise InputError(f"{metric.name} needs a reference.", "Give one with --ref.")
    if metric.needs_source and sources is None:
        raise InputError(f"{metric.name} needs the source.", "Give it with --src.")
    sides = {f"reference {n}": side for n, side in enumerate(references, 1)}
    if sources is not None:
        sides["source"] = sources
    for side_name, side in sides.items():
        if len(side) != len(hypotheses):
            raise LengthMismatchError("hypothesis", len(hypotheses), side_name, len(side))
    stats = [
        metric.stats(sources[n] if sources is not None else "", hyp, [side[n] for side in references])
        for n, hyp in enumerate(hypotheses)
    ]
    score = metric.aggregate(stats)
    if segments:
        score = replace(score, segment_values=tuple(metric.segment_value(each) for each in stats))
    if bootstrap:
        score = replace(
            score,
            ci95=confidence_interval(metric, stats, bootstrap),
            signature=metric.signature(bootstrap),
        )
    return score


def confidence_interval(
    metric: Metric, stats: Sequence[Statistics], bootstrap: Bootstrap
) -> tuple[float, float]:
    """95% interval around the mean of the resampled scores, as sacreBLEU computes it."""
    import numpy

    table = numpy.array(stats, dtype="float64")
    generator = numpy.random.default_rng(bootstrap.seed)
    rows = max(1, RESAMPLES_AT_ONCE // len(stats))
    values: list[float] = []
    while len(values) < bootstrap.resamples:
        count = min(rows, bootstrap.resamples - len(values))
        drawn = generator.choice(len(stats), size=(count, len(stats)), replace=True)
        values += (metric.aggregate([total]).value for total in table[drawn].sum(1))
    values.sort()
    outside = len(values) // 40
    half_width = (values[-outside - 1] - values[outside]) / 2
    mean = sum(values) / len(values)
    return mean - half_width, mean + half_width


def as_sacrebleu_json(score: Score, width: int = 1) -> dict[str, Any]:
    """A score under sacreBLEU's field names, the parts of the signature among them."""
    fields: dict[str, Any] = {
        "name": score.metric,
        "score": round(score.value, width),
        "signature": score.signature,
    }
    if score.ci95:
        low, high = score.ci95
        mean, half_width = (low + high) / 2, (high - low) / 2
        fields["confidence_mean"] = round(mean, width)
        fields["confidence_var"] = round(half_width, width)
        fields["confidence"] = f"μ = {mean:.{width}f} ± {half_width:.{width}f}"
    if isinstance(score, DetailedScore) and score.verbose:
        fields["verbose_score"] = score.verbose
    fields |= dict(part.split(":", 1) for part in score.signature.split("|") if part)
    if score.segment_values:
        fields["segment_scores"] = [round(value, width) for value in score.segment_values]
    return fields


def as_sacrebleu_line(score: Score, width: int = 1) -> str:
    """A score as sacreBLEU's text format prints it: `name|signature = score (μ = mean ± half width) …`."""
    fields = as_sacrebleu_json(score, width)
    line = f"{score.metric}|{score.signature} = {score.value:.{width}f}"
    if "confidence" in fields:
        line += f" ({fields['confidence']})"
    return f"{line} {fields.get('verbose_score', '')}".rstrip()
