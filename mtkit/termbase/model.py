"""The termbase: concepts in memory, and where each was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TypeVar

from mtkit.types import Concept

_Thing = TypeVar("_Thing")
_Value = TypeVar("_Value")
_MOST_REMEMBERED = 32768


def once_each(build: Callable[[_Thing], _Value]) -> Callable[[_Thing], _Value]:
    """Work something out once for each termbase or concept, which have no hash: by identity, in memory."""
    known: dict[int, tuple[_Thing, _Value]] = {}

    @wraps(build)
    def remembered(thing: _Thing) -> _Value:
        found = known.get(id(thing))
        if found is None:
            if len(known) >= _MOST_REMEMBERED:
                known.clear()
            found = known[id(thing)] = thing, build(thing)
        return found[1]

    return remembered


@dataclass(frozen=True, slots=True)
class Place:
    """File and line (from 1) of an entry."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Termbase:
    """Concepts in file order.

    `fingerprint` is the SHA-256 of the files read, `path` where they lie, `places` the line of each concept.
    In the source languages a term's `condition` says why it is not matched by default ("ambiguous"),
    `exact` that its capitals count, and status forbidden marks words that look like the concept and are not.
    `prevailing` are the ids of concepts to which longer terms of the others yield.
    """

    concepts: tuple[Concept, ...]
    fingerprint: str = ""
    path: str = ""
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)
    prevailing: frozenset[str] = frozenset()
    _by_id: Mapping[str, Concept] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {concept.id: concept for concept in self.concepts})

    def __len__(self) -> int:
        return len(self.concepts)

    def concept(self, concept_id: str) -> Concept:
        """The concept with this id; KeyError where there is none."""
        return self._by_id[concept_id]
