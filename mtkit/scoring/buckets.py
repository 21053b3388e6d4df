"""Groups of segments to score apart: by length, and with or without terms, names and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from mtkit.names.find import find_names
from mtkit.scoring.base import ParallelText
from mtkit.scoring.terms import TermAnalysis
from mtkit.text.placeables import Kind, find_placeables

LENGTH_BORDERS = (0, 10, 20, 30, 40)
"""Words of the reference, where each length bucket begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Numbers, from 0, of the segments of one kind; `group` is what it divides the test set by."""

    group: str
    name: str
    segments: tuple[int, ...]


def buckets(text: ParallelText, analysis: TermAnalysis | None = None) -> list[Bucket]:
    """The buckets that have a segment in them.

    Length is that of the first reference, else of the source. Terms and names are those of the source, with
    `analysis` only; numbers those of the source in its language, else of the reference.
    """
    measured = text.references[0] if text.references else text.sources or text.hypotheses
    found = _by_length([len(segment.split()) for segment in measured])
    if analysis is not None and text.sources is not None:
        sources = analysis.settle(text)
        lang = analysis.src_lang
        found += _with_and_without("terms", [bool(analysis.matches(source)) for source in sources])
        found += _with_and_without("names", [bool(find_names(source, lang)) for source in sources])
        found += _with_and_without("numbers", [_has_number(source, lang) for source in sources])
    elif text.references:
        found += _with_and_without("numbers", [_has_number(ref, "ru") for ref in text.references[0]])
    return [bucket for bucket in found if bucket.segments]


def _by_length(lengths: list[int]) -> list[Bucket]:
    last = LENGTH_BORDERS[-1]
    ranges = [(low, high, f"{low}-{high - 1} words") for low, high in pairwise(LENGTH_BORDERS)]
    ranges.append((last, max([last, *lengths]) + 1, f"{last} words and more"))
    return [
        Bucket(group="length", name=name, segments=_numbers([low <= n < high for n in lengths]))
        for low, high, name in ranges
    ]


def _with_and_without(what: str, has: list[bool]) -> list[Bucket]:
    return [
        Bucket(group=what, name=f"with {what}", segments=_numbers(has)),
        Bucket(group=what, name=f"without {what}", segments=_numbers([not each for each in has])),
    ]


def _numbers(chosen: list[bool]) -> tuple[int, ...]:
    return tuple(number for number, wanted in enumerate(chosen) if wanted)


def _has_number(text: str, lang: str) -> bool:
    return any(placeable.kind is Kind.NUMBER for placeable in find_placeables(text, lang))
