"""Ranges of dates in brackets, (30/01/1950 - 30/01/2025), which go past the model as Russian writes them."""

from __future__ import annotations

import re

from mtkit.text.date_words import GENITIVE_MONTHS, Date
from mtkit.text.dates import find_dates
from mtkit.text.placeables import NO_BREAK_SPACE, Kind, Placeable
from mtkit.types import Span

_BRACKETS = re.compile(r"(?<=\()(?P<text>[^()\n]{7,60})(?=\))")
_LINKS = {
    "vi": re.compile(
        r"(?P<lead>(?:[Tt]ừ )?(?:ngày )?)(?P<first>.+?)(?: ?[–—] ?| - |(?P<to> đến (?:ngày )?))(?P<last>.+)"
    ),
    "en": re.compile(
        r"(?P<lead>(?:[Ff]rom )?)(?P<first>.+?)(?: ?[–—] ?| - |(?P<to> (?:to|until|till) ))(?P<last>.+)"
    ),
}
_YEAR = f"{NO_BREAK_SPACE}года"
_SOLID = re.compile(r"(?P<lead>)(?P<first>[^-]+)-(?P<to>(?!))?(?P<last>[^-]+)")


def date_ranges(text: str, lang: str) -> tuple[Placeable, ...]:
    """Ranges that are all of what their brackets hold, in order; the last date has a year.

    `russian` has both dates written out: 30 января 1950 — 30 января 2025 года.
    """
    if "(" not in text or lang not in _LINKS:
        return ()
    found = []
    for match in _BRACKETS.finditer(text):
        if russian := _written_out(match["text"].replace(NO_BREAK_SPACE, " "), lang):
            surface = match["text"]
            found.append(
                Placeable(
                    kind=Kind.DATE, span=Span(*match.span()), text=surface, value=surface, russian=russian
                )
            )
    return tuple(found)


def _written_out(text: str, lang: str) -> str:
    match = _LINKS[lang].fullmatch(text) or _SOLID.fullmatch(text)
    if match is None:
        return ""
    first, last = _whole(match["first"], lang), _whole(match["last"], lang)
    if first is None or last is None or last.year is None or not _in_order(first, last):
        return ""
    if match["to"]:
        return f"с {_russian(first)} по {_russian(last)}"
    return f"{_russian(first).removesuffix(_YEAR)}{NO_BREAK_SPACE}— {_russian(last)}"


def _whole(text: str, lang: str) -> Date | None:
    """The date that is all of a text."""
    dates = find_dates(text, lang)
    return dates[0] if len(dates) == 1 and dates[0].span == Span(0, len(text)) else None


def _in_order(first: Date, last: Date) -> bool:
    years = (first.year or last.year or 0), last.year or 0
    return (years[0], first.month, first.day) < (years[1], last.month, last.day)


def _russian(date: Date) -> str:
    day = f"{date.day}{NO_BREAK_SPACE}{GENITIVE_MONTHS[date.month - 1]}"
    return f"{day} {date.year}{_YEAR}" if date.year else day
