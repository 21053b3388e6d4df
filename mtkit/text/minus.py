"""Minus signs before degrees and per cent: -2.5°C, từ -5 đến -2 độ C, «−2,5 °C»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mtkit.text.edits import Edit, apply_edits
from mtkit.text.placeables import NO_BREAK_SPACE, number_value
from mtkit.types import Span

MINUS = "−"
_NUMBER = r"\d+(?:[.,]\d+)*"
_DEGREES = {"vi": r"(?:°|℃|℉|độ(?!\w))", "en": r"(?:°|℃|℉|degrees?(?!\w))"}
_PER_CENT = {"vi": r"(?:%|phần trăm(?!\w))", "en": r"(?:%|per ?cent(?!\w)|percentage points?(?!\w))"}
_UP_TO = {
    lang: rf"(?:(?: (?:{words}) | ?[–—] ?| - )[-−–+]?{_NUMBER})?"
    for lang, words in (("vi", "đến|tới|và|hoặc"), ("en", "to|and|or|until"))
}
_SIGNED = {
    lang: re.compile(
        rf"(?<![^\s(])(?<![\d%CF] )[-−–](?P<degrees>{_NUMBER})(?={_UP_TO[lang]} ?{_DEGREES[lang]})"
        rf"|(?<=\S |.\()(?<![\d%] )[-−](?P<share>{_NUMBER})(?={_UP_TO[lang]} ?{_PER_CENT[lang]})"
        rf"|(?<=\()[-−](?P<alone>{_NUMBER})(?=\))"
    )
    for lang in _DEGREES
}
"""Of a bullet before a share nothing is made, nor of a dash between two."""
_NUMBERS = re.compile(_NUMBER)
_NUMBER_RU = re.compile(rf"(?P<sign>(?<![^\s(])[-−–])?(?P<number>(?<![\d.,]){_NUMBER})")
_BELOW_ZERO = re.compile(r"(?<!\w)(?:минус|мороз|ниже нул|холода|отрицательн)", re.IGNORECASE)
_FALL = re.compile(
    r"(?<!\w)(?:сни[жз]|сокра[тщ]|упа[лд]|пад[еа]|умень|спад|убы|потер|дефицит|отста|недо|минус|отрицательн"
    r"|меньше|ниже)",
    re.IGNORECASE,
)
"""What says the same of per cent as a minus does."""


@dataclass(frozen=True, slots=True)
class Negative:
    """A number below zero, sign included; `value` without it is a plain decimal."""

    span: Span
    value: str
    of_degrees: bool


@lru_cache(maxsize=64)
def find_negatives(text: str, lang: str) -> tuple[Negative, ...]:
    """Degrees, per cent and numbers alone in brackets with a minus, in order; `lang` is vi or en."""
    if lang not in _SIGNED or not re.search(r"[-−–]\d", text):
        return ()
    text = text.replace(NO_BREAK_SPACE, " ")
    return tuple(
        Negative(
            Span(*match.span()),
            number_value(match.group()[1:], lang),
            of_degrees=match["degrees"] is not None,
        )
        for match in _SIGNED[lang].finditer(text)
    )


@lru_cache(maxsize=64)
def lost_minuses(source: str, src_lang: str, target: str) -> tuple[tuple[Negative, Span], ...]:
    """Numbers below zero of the source that the Russian target has without a minus, each with its place.

    Left out are those that words put below zero, and those that stand several times on either side.
    """
    negatives = find_negatives(source, src_lang)
    if not negatives:
        return ()
    times = Counter(number_value(number, src_lang) for number in _NUMBERS.findall(source))
    return tuple(
        (negative, Span(*places[0].span("number")))
        for negative in negatives
        if times[negative.value] == 1
        and not (_BELOW_ZERO if negative.of_degrees else _FALL).search(target)
        and len(places := list(_places(negative, target))) == 1
        and not places[0]["sign"]
    )


def _places(negative: Negative, target: str) -> Iterator[re.Match[str]]:
    for match in _NUMBER_RU.finditer(target):
        if number_value(match["number"], "ru") == negative.value:
            yield match


def mend_minuses(source: str, src_lang: str, target: str) -> str:
    """A Russian target whose numbers below zero have the minus that they have in the source."""
    edits = [
        Edit(span=Span(there.start, there.start), text=MINUS)
        for _, there in lost_minuses(source, src_lang, target)
    ]
    edits += [
        Edit(span=Span(*match.span("sign")), text=MINUS)
        for negative in find_negatives(source, src_lang)
        for match in _places(negative, target)
        if match["sign"] not in (None, MINUS)
    ]
    return apply_edits(target, edits).text
