"""How often the transcription rules alone give the Russian name, over names whose Russian is known.

`golden.tsv`: the 63 provinces of before 2025 after CLDR (subdivisions, ru), persons and surnames as the
termbase has them with their evidence, other places of the news.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from mtkit.names.transcription import RULES_ONLY, Kind, transcribe

_KINDS: Mapping[str, Kind] = {
    "province": "place",
    "place": "place",
    "person": "person",
    "surname": "person",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRendering:
    """A Vietnamese name with the Russian that it has; `group` is province, place, person or surname."""

    group: str
    vietnamese: str
    russian: str

    @property
    def kind(self) -> Kind:
        return _KINDS[self.group]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """Counts over the names of one group.

    `by_rules`: given by the rules without the list of exceptions; `in_all`: with it, in house style;
    `missed`: (name, what the rules give) of those that need an exception.
    """

    group: str
    names: int
    by_rules: int
    in_all: int
    missed: tuple[tuple[KnownRendering, str], ...]


@cache
def known_renderings() -> tuple[KnownRendering, ...]:
    """The golden names in file order."""
    lines = resources.files(__package__).joinpath("golden.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return tuple(KnownRendering(group=group, vietnamese=vi, russian=ru) for group, vi, ru in rows)


def rule_accuracy() -> tuple[Accuracy, ...]:
    """The accuracy of each group, in the order of the file."""
    return tuple(_accuracy(group) for group in dict.fromkeys(each.group for each in known_renderings()))


def _accuracy(group: str) -> Accuracy:
    names = [each for each in known_renderings() if each.group == group]
    written = [(each, transcribe(each.vietnamese, each.kind, RULES_ONLY)) for each in names]
    missed = tuple((each, russian) for each, russian in written if russian != each.russian)
    return Accuracy(
        group=group,
        names=len(names),
        by_rules=len(names) - len(missed),
        in_all=sum(transcribe(each.vietnamese, each.kind) == each.russian for each in names),
        missed=missed,
    )
