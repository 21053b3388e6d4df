"""Amounts of money as models know them: €5bn as 5 billion euros."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtkit.text.edits import Edit
from mtkit.text.money import LEAST_DONG, MULTIPLIER, NUMBER, Amount, find_amounts, in_full
from mtkit.text.placeables import NO_BREAK_SPACE
from mtkit.text.spans import SpanSet
from mtkit.types import Span

_KNOWN = {
    "en": {
        **{"€": "euros", "EUR": "euros", "¥": "yen", "JPY": "yen", "CNY": "yuan", "RMB": "yuan"},
        **{"KRW": "won", "GBP": "pounds", "₫": "VND", "A$": "Australian dollars", "C$": "Canadian dollars"},
        **{"S$": "Singapore dollars", "HK$": "Hong Kong dollars", "NZ$": "New Zealand dollars"},
        **{"AUD": "Australian dollars", "AU$": "Australian dollars", "SGD": "Singapore dollars"},
        **{"LAK": "kip", "₭": "kip", "KHR": "riels", "៛": "riels", "THB": "baht", "฿": "baht"},
    },
    "vi": {
        **{"€": "euro", "EUR": "euro", "ơ-rô": "euro", "¥": "yên", "JPY": "yên", "yên Nhật": "yên"},
        **{"KRW": "won", "GBP": "bảng Anh", "£": "bảng Anh", "₫": "đồng", "đ": "đồng"},
        **{"LAK": "kíp", "₭": "kíp", "KHR": "riel", "៛": "riel", "THB": "baht", "฿": "baht"},
    },
}
_NEIGHBOURS = {"kip": "кип", "riel": "риель"}
_HINTS = {
    "en": {"yen": "иена", **_NEIGHBOURS},
    "vi": {"yen": "иена", "pound": "фунт", "singapore dollar": "сингапурский доллар", **_NEIGHBOURS},
}
_RANGE_GOES_ON = {
    lang: re.compile(
        r"(?:[-–]|(?P<loose> (?:[-–]|to|or|and|đến|tới|hoặc) ))(?:(?P<sign>[A-Z]{1,3}\$?|[^\w\s.,;:()-]) ?)?"
        rf"{NUMBER}{multiplier}"
    )
    for lang, multiplier in MULTIPLIER.items()
}
_GOES_ON = re.compile(r"\w|[-–]\d")


def money_as_known(text: str, lang: str, taken: Sequence[Span]) -> list[Edit]:
    """The edits that name currencies as models know them, €5bn and 5 EUR as 5 billion euros and 5 euros; none
    over `taken`."""
    plain, closed = text.replace(NO_BREAK_SPACE, " "), SpanSet(taken)
    edits: list[Edit] = []
    for amount in find_amounts(text, lang):
        written = amount.money.of(text)
        if closed.overlaps(amount.span):
            continue
        if written in ("đ", "₫") and amount.value < LEAST_DONG:
            continue
        if amount.money.start < amount.number.start:
            edits += _named_behind(amount, plain, lang)
        else:
            edits += _multiplier_in_full(amount.multiplier, plain)
            name = _KNOWN[lang].get(written, written)
            if written != name:
                space = "" if text[amount.money.start - 1].isspace() else " "
                edits.append(Edit(span=amount.money, text=space + name))
    return edits


def _named_behind(amount: Amount, text: str, lang: str) -> Iterator[Edit]:
    """The edits that put the currency before an amount behind it, or behind the range that it opens."""
    written, end = amount.money.of(text), amount.span.end
    name = _KNOWN[lang].get(written, "")
    if written == "USD" and text[: amount.money.start].endswith("("):
        name = written
    rest = _rest_of_range(amount, text, lang)
    if _GOES_ON.match(text, rest.end() if rest else end):
        return
    yield from _multiplier_in_full(amount.multiplier, text)
    if rest and not rest["sign"]:
        yield from _multiplier_in_full(Span(*rest.span("multiplier")), text)
        end = rest.end()
    if name:
        yield Edit(span=Span(amount.span.start, amount.number.start), text="")
        if not (rest and rest["sign"]):
            yield Edit(span=Span(end, end), text=f" {name}")


def _rest_of_range(amount: Amount, text: str, lang: str) -> re.Match[str] | None:
    """What follows an amount with its currency before it that opens a range (€5-7 billion, €5m-€7m)."""
    if amount.money.start > amount.number.start:
        return None
    rest = _RANGE_GOES_ON[lang].match(text, amount.span.end)
    has_own = amount.multiplier.start < amount.multiplier.end
    if rest is None or (rest["loose"] and (has_own or not rest["multiplier"])):
        return None
    return rest if rest["sign"] in (None, amount.money.of(text)) else None


def _multiplier_in_full(multiplier: Span, text: str) -> Iterator[Edit]:
    written = multiplier.of(text)
    if in_full(written) != written:
        yield Edit(span=multiplier, text=in_full(written))


def named_currencies(text: str, lang: str) -> Iterator[tuple[Span, str]]:
    """Currencies of amounts that models know badly, with the Russian lemma; the place is after the amount, or
    the range."""
    plain = text.replace(NO_BREAK_SPACE, " ")
    for amount in find_amounts(text, lang):
        rest = _rest_of_range(amount, plain, lang)
        lemma = _HINTS[lang].get(amount.currency)
        if lemma and not (rest and rest["sign"]):
            end = rest.end() if rest else amount.span.end
            yield Span(end, end), lemma
