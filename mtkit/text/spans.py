"""Sets of spans that tell quickly, however many they are, whether another overlaps one of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from mtkit.types import Span


class SpanSet:
    """Stretches of a text that are taken; empty spans take nothing."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            elif span.start < span.end:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlaps(self, span: Span) -> bool:
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start

    def take(self, span: Span) -> bool:
        """Take a span if none of it is taken yet; whether it was."""
        if self.overlaps(span):
            return False
        place = bisect_left(self._starts, span.start)
        self._starts.insert(place, span.start)
        self._ends.insert(place, span.end)
        return True
