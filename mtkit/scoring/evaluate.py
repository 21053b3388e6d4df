"""Score parallel segments: segment scores, confidence intervals, sacreBLEU's output."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mtkit.errors import ConfigError, InputError, LengthMismatchError
from mtkit.scoring.base import Bootstrap, DetailedScore, Metric, ParallelText, Statistics
from mtkit.scoring.resampling import confidence_interval
from mtkit.types import Score


def segment_statistics(metric: Metric, text: ParallelText) -> list[Statistics]:
    """Statistics of each segment.

    Raises LengthMismatchError where two sides differ, InputError where there are no segments, ConfigError
    where a side that the metric needs is missing.
    """
    hypotheses = text.hypotheses
    if not hypotheses:
        raise InputError("There are no segments to score.", "Give a file with at least one line.")
    if metric.needs_reference and not text.references:
        raise ConfigError(f"{metric.name} needs a reference.", "Give one with --ref.")
    if metric.needs_source and text.sources is None:
        raise ConfigError(f"{metric.name} needs the source.", "Give it with --src.")
    sides = {f"reference {n}": side for n, side in enumerate(text.references, 1)}
    sides |= {
        name: side
        for name, side in (("source", text.sources), ("documents", text.documents))
        if side is not None
    }
    for side_name, side in sides.items():
        if len(side) != len(hypotheses):
            raise LengthMismatchError("hypothesis", len(hypotheses), side_name, len(side))
    return metric.stats(text)


def evaluate(
    metric: Metric, text: ParallelText, *, segments: bool = False, bootstrap: Bootstrap | None = None
) -> Score:
    """Score one system.

    `segments` asks for segment scores (N, same order; NaN where a segment has nothing to score),
    `bootstrap` for a 95% confidence interval. Raises what `segment_statistics` raises.
    """
    stats = segment_statistics(metric, text)
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


def nothing_counted(score: Score) -> bool:
    """Whether a rate is over nothing, so that its value says nothing."""
    return isinstance(score, DetailedScore) and score.counted == 0


def decimal_places(score: Score, width: int) -> int:
    """`width`, or more where the metric's scale needs more."""
    return max(width, score.decimals) if isinstance(score, DetailedScore) else width


def as_sacrebleu_json(score: Score, width: int = 1) -> dict[str, Any]:
    """A score under sacreBLEU's field names, the parts of the signature among them.

    Segments without a score are null in `segment_scores`.
    """
    width = decimal_places(score, width)
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
        fields["segment_scores"] = [
            None if math.isnan(value) else round(value, width) for value in score.segment_values
        ]
    return fields


def as_sacrebleu_line(score: Score, width: int = 1) -> str:
    """A score as sacreBLEU's text format prints it: `name|signature = score (μ = mean ± half width) …`."""
    width = decimal_places(score, width)
    fields = as_sacrebleu_json(score, width)
    line = f"{score.metric}|{score.signature} = {score.value:.{width}f}"
    if "confidence" in fields:
        line += f" ({fields['confidence']})"
    return f"{line} {fields.get('verbose_score', '')}".rstrip()


def segment_table(scores: Sequence[Score], width: int = 1) -> list[list[str]]:
    """Rows of segment number and scores, under a row of names; "-" where a segment has nothing to score."""
    columns = [each for each in scores if each.segment_values]
    rows = [["segment", *(each.metric for each in columns)]]
    for number, values in enumerate(zip(*(each.segment_values for each in columns), strict=True), 1):
        cells = (
            "-" if math.isnan(value) else f"{value:.{decimal_places(score, width)}f}"
            for score, value in zip(columns, values, strict=True)
        )
        rows.append([str(number), *cells])
    return rows
