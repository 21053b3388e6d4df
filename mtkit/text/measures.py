"""Measures that models mistake for others: taels, and degrees Fahrenheit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtkit.text.edits import Edit, apply_edits
from mtkit.text.spans import SpanSet
from mtkit.types import Span

_EACH_TAEL_VI = re.compile(r"(?<=đồng)[ \u00a0](?:mỗi|một)[ \u00a0](?=lượng(?!\w))")
_TAEL_EN = re.compile(r"(?<!\w)taels?(?!\w)")
_FAHRENHEIT = re.compile(
    r"(?<![\d.,])(?P<number>[-−]?\d+(?:[.,]\d+)?) ?(?:(?:°|độ) ?F|℉|degrees? F(?:ahrenheit)?)(?!\w)"
)
_DEGREES_RU = re.compile(
    r"(?<![\d.,])(?P<number>[-−]?\d+(?:,\d+)?)[ \u00a0](?:градус(?P<word>а|ов|ам|ами|ах)?(?![\w])"
    r"(?! (?:по )?(?:Фаренгейт|Цельси))|°[ \u00a0]?(?P<sign>[CС]))"
)


def measures_as_known(text: str, lang: str, taken: Sequence[Span]) -> list[Edit]:
    """The edits that write a price in đồng mỗi lượng as one in đồng/lượng; none over `taken`."""
    found = _EACH_TAEL_VI.finditer(text) if lang == "vi" and "lượng" in text else ()
    spans, closed = [Span(*match.span()) for match in found], SpanSet(taken)
    return [Edit(span=span, text="/") for span in spans if not closed.overlaps(span)]


def named_measures(text: str, lang: str) -> Iterator[tuple[Span, str]]:
    """English taels, with the Russian lemma."""
    for match in _TAEL_EN.finditer(text) if lang == "en" else ():
        yield Span(*match.span()), "таэль"


def mend_degrees(source: str, src_lang: str, target: str) -> str:
    """A Russian target whose degrees are Fahrenheit's where the same number has those in the source."""
    numbers = {match["number"].replace(".", ",") for match in _FAHRENHEIT.finditer(source)}
    edits = []
    for match in _DEGREES_RU.finditer(target) if numbers else ():
        if match["number"] in numbers and match["sign"]:
            edits.append(Edit(span=Span(*match.span("sign")), text="F"))
        elif match["number"] in numbers:
            edits.append(Edit(span=Span(match.end(), match.end()), text=" по Фаренгейту"))
    return apply_edits(target, edits).text
