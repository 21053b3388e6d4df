"""The Metric protocol: statistics of each segment, apart from what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from mtkit.types import Score

Statistics = Sequence[float]
"""What one segment adds to a corpus score; the sum over segments, element by element, is statistics again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailedScore(Score):
    """A Score with the breakdown that sacreBLEU calls `verbose_score` ("" where there is none)."""

    verbose: str = ""


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

    def stats(self, src: str, hyp: str, refs: Sequence[str]) -> Statistics:
        """Statistics of one segment; `src` is "" and `refs` empty where the metric does not need them."""
        ...

    def aggregate(self, stats: Sequence[Statistics]) -> Score:
        """Score of one or more segments taken together."""
        ...

    def segment_value(self, stats: Statistics) -> float:
        """Score of one segment, on the scale of the corpus score."""
        ...

    def signature(self, bootstrap: Bootstrap | None = None) -> str:
        """Everything another person needs for the same number: `key:value` pairs joined by "|"."""
        ...
