"""What a number counts: units of measure and currencies that have become others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mtkit.checks.base import CheckContext, changed, exchanged
from mtkit.types import Finding, Segment, Severity, Span

_UNITS: dict[str, dict[str, str]] = {
    "en": {
        "km": "km|kilomet(?:er|re)s?",
        "m": "m|met(?:er|re)s?",
        "cm": "cm|centimet(?:er|re)s?",
        "mm": "mm|millimet(?:er|re)s?",
        "kg": "kg|kilograms?|kilos?",
        "g": "grams?",
        "t": "(?:metric )?tons?|tonnes?",
        "ha": "ha|hectares?",
        "quintal": "quintals?",
        "l": "lit(?:er|re)s?",
        "%": "%|per ?cent",
    },
    "vi": {
        "km": "km|ki-?lô-?mét|cây số",
        "m": "m|mét",
        "cm": "cm|xen-?ti-?mét|phân",
        "mm": "mm|mi-?li-?mét",
        "kg": "kg|ki-?lô-?gam|ký|cân",
        "g": "g|gam|gram",
        "t": "tấn",
        "ha": "ha|héc-?ta",
        "quintal": "tạ",
        "l": "lít",
        "%": "%|phần trăm",
    },
    "ru": {
        "km": "км|километр[а-я]*",
        "m": "м|метр(?:а|ов|ами?|ах)?",
        "cm": "см|сантиметр[а-я]*",
        "mm": "мм|миллиметр[а-я]*",
        "kg": "кг|килограмм[а-я]*|кило",
        "g": "грамм[а-я]*",
        "t": "т|тонн(?!ел)[а-я]*",
        "ha": "га|гектар[а-я]*",
        "quintal": "ц|центнер[а-я]*",
        "l": "л|литр[а-я]*",
        "%": "%|процент[а-я]*",
    },
}
_CURRENCIES: dict[str, dict[str, str]] = {
    "en": {
        "dollar": r"(?:US|A|C|S)?\$|\bUSD\b|\bdollars?\b",
        "euro": r"€|\bEUR\b|\beuros?\b",
        "dong": r"\bVND\b|(?<=\d )dong\b|(?<=illion )dong\b",
        "yuan": r"\byuan\b|\bRMB\b|\bCNY\b",
        "yen": r"\byen\b|\bJPY\b",
        "rouble": r"\brou?bles?\b|\bRUB\b|₽",
    },
    "vi": {
        "dollar": r"\bUSD\b|\bđô la\b|\$",
        "euro": r"\beuro\b|\bEUR\b|€",
        "dong": r"(?<=[\dỷỉuệnà] )đồng(?! (?:chí|bằng|thời|bào|hành|tình|thuận|bộ|ý|loạt))\b|\bVND\b",
        "yuan": r"\bnhân dân tệ\b|\bCNY\b",
        "yen": r"\byên Nhật\b|\bJPY\b",
        "rouble": r"\brúp\b|\bRUB\b",
    },
    "ru": {
        "dollar": r"\bдоллар\w*|\$|\bUSD\b|\bдолл\b",
        "euro": r"\bевро\b|€|\bEUR\b",
        "dong": r"\bдонг\w*|\bVND\b",
        "yuan": r"\bюан\w*|\bCNY\b",
        "yen": r"\bй?иен\w*|\bйен\w*",
        "rouble": r"\bрубл\w*|\bруб\b|₽|\bRUB\b",
    },
}


def _compiled(tables: Mapping[str, Mapping[str, str]], pattern: str) -> dict[str, re.Pattern[str]]:
    """One pattern a language; the name of the group is the number of the table's row."""
    return {
        lang: re.compile(
            pattern.format("|".join(f"(?P<u{n}>{each})" for n, each in enumerate(table.values())))
        )
        for lang, table in tables.items()
    }


_WITH_UNIT = _compiled(_UNITS, r"(?P<number>\d[\d\u00a0 .,]{{0,24}}?)[ \u00a0-]?(?:{})(?![\w²³])")
_CURRENCY = _compiled(_CURRENCIES, "(?:{})")
_OF_MONEY = (
    *("долл", "донг", "евро", "юан", "иен", "йен", "руб"),
    *("$", "€", "₽", "VND", "USD", "EUR", "CNY", "RUB"),
)
"""What a Russian text that names a currency has."""
_UNIT_ROWS = {lang: tuple(table) for lang, table in _UNITS.items()}
_CURRENCY_ROWS = {lang: tuple(table) for lang, table in _CURRENCIES.items()}


class UnitCheck:
    """A number stands in the target with another unit of measure than in the source (5 km, «5 м»).

    Only units of length, weight, volume and area and per cent are compared, and only beside the same digits.
    Known false alarms: one number that counts two things.
    """

    id = "unit"
    severity = Severity.ERROR
    its_type = "numbers"
    needs_source = True
    signs = "0"

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        wanted, there = _measures(segment.source, segment.src_lang), _measures(target, segment.tgt_lang)
        for number, units in wanted.items():
            others = there.get(number, {})
            if others and units and not units.keys() & others.keys():
                (_, src_span), (_, tgt_span) = next(iter(units.items())), next(iter(others.items()))
                yield changed(self, segment, target, src_span, tgt_span)


@lru_cache(maxsize=64)
def _measures(text: str, lang: str) -> dict[str, dict[str, Span]]:
    """Units and their places by the digits before them."""
    found: dict[str, dict[str, Span]] = {}
    for match in _WITH_UNIT[lang].finditer(text) if lang in _WITH_UNIT else ():
        digits = "".join(filter(str.isdigit, match["number"]))
        unit = _UNIT_ROWS[lang][int(str(match.lastgroup)[1:])]
        found.setdefault(digits, {})[unit] = Span(*match.span())
    return found


class CurrencyCheck:
    """The target names another currency in place of the source's (dollars, «донгов»).

    Known false alarms: a currency that the target converts.
    """

    id = "currency"
    severity = Severity.ERROR
    its_type = "mistranslation"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.src_lang not in _CURRENCY or segment.tgt_lang not in _CURRENCY:
            return
        if not any(map(target.__contains__, _OF_MONEY)):
            return
        there = _currencies(target, segment.tgt_lang)
        wanted = _currencies(segment.source, segment.src_lang)
        yield from exchanged(self, segment, target, wanted, there)


def _currencies(text: str, lang: str) -> dict[str, Span]:
    """Currencies by name, and where each stands first."""
    found: dict[str, Span] = {}
    for match in _CURRENCY[lang].finditer(text):
        found.setdefault(_CURRENCY_ROWS[lang][int(str(match.lastgroup)[1:])], Span(*match.span()))
    return found
