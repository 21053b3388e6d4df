"""The Metric protocol: statistics of each segment, apart from what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from mtkit.types import Score

Statistics = Sequence[float]
"""What one segment adds to a corpus score; the sum over segments, element by element, is statistics again."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParallelText:
    """The sides of a test set: N hypotheses, R references of N segments each, N sources.

    `documents` says for each segment which document it is in (None: all are one document).
    """

    hypotheses: Sequence[str]
    references: Sequence[Sequence[str]] = ()
    sources: Sequence[str] | None = None
    documents: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailedScore(Score):
    """A Score with the breakdown that sacreBLEU calls `verbose_score` ("" where there is none).

    `counted` is what a rate is a rate of: 0 means that the value says nothing, None that the metric counts
    nothing. `decimals` are the places that the metric's scale needs at least.
    """

    verbose: str = ""
    counted: float | None = None
    decimals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap:
    """Bootstrap resampling (Koehn 2004); sacreBLEU's own defaults, so that intervals agree with it."""

    resamples: int = 1000
    seed: int = 12345


@runtime_checkable
class Metric(Protocol):
    """`name` is the one in the registry; the Score carries the metric's full name ("chrF2++")."""

    name: str
    needs_source: bool
    needs_reference: bool

    def stats(self, text: ParallelText) -> list[Statistics]:
        """Statistics of each of N segments; sides that the metric does not need may be missing."""
        ...

    def aggregate(self, stats: Sequence[Statistics]) -> Score:
        """Score of one or more segments taken together."""
        ...

    def value(self, total: Statistics) -> float:
        """The corpus score alone, from statistics that are summed already."""
        ...

    def segment_value(self, stats: Statistics) -> float:
        """Score of one segment, on the scale of the corpus score; NaN where it has nothing to score."""
        ...

    def signature(self, bootstrap: Bootstrap | None = None) -> str:
        """Everything another person needs for the same number: `key:value` pairs joined by "|"."""
        ...
