"""Several ways of writing one thing within a document: gather them, then name the odd ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from mtkit.types import Segment, Span

Thing = TypeVar("Thing")
Way = TypeVar("Way")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written, and how."""

    segment: Segment
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OddOne(Generic[Thing, Way]):
    """A way of writing a thing that is not its usual one, with the first place of each and their counts."""

    thing: Thing
    way: Way
    first: Place
    times: int
    usual: Way
    shown: Place
    often: int

    def said(self, difference: str) -> str:
        """«This» (1) `difference` «that» (2) elsewhere in the text."""
        first, shown = f"«{self.first.text}» ({self.times})", f"«{self.shown.text}» ({self.often})"
        return f"{first} {difference} {shown} elsewhere in the text."


class Variants(Generic[Thing, Way]):
    """Places of a document by what stands there and in which way."""

    def __init__(self) -> None:
        self._places: dict[Thing, dict[Way, list[Place]]] = {}

    def add(self, thing: Thing, way: Way, segment: Segment, target: str, span: Span) -> None:
        place = Place(segment, span, span.of(target))
        self._places.setdefault(thing, {}).setdefault(way, []).append(place)

    def odd_ones(self) -> Iterator[OddOne[Thing, Way]]:
        """All but the commonest way of each thing; of equally common ones the first is usual."""
        for thing, ways in self._places.items():
            counts = Counter({way: len(places) for way, places in ways.items()})
            (usual, often), *others = counts.most_common()
            for way, times in others:
                yield OddOne(
                    thing=thing,
                    way=way,
                    first=ways[way][0],
                    times=times,
                    usual=usual,
                    shown=ways[usual][0],
                    often=often,
                )
