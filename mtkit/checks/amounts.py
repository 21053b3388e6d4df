"""What a number counts: units of measure and currencies that have become others or are lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mtkit.checks.base import CheckContext, changed, exchanged, finding
from mtkit.text.money import currencies, lost_currencies, russian_name, target_currencies
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
        "nautical mile": "nautical miles?",
        "mile": "miles?",
        "tael": "taels?",
        "°C": "° ?C|℃|degrees? (?:C|Celsius)",
        "°F": "° ?F|℉|degrees? (?:F|Fahrenheit)",
        "degree": "degrees?",
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
        "nautical mile": "hải lý",
        "mile": "dặm",
        "tael": "lượng(?= vàng)|(?<=/)lượng|(?<=mỗi )lượng",
        "°C": "(?:°|độ) ?C|℃",
        "°F": "(?:°|độ) ?F|℉",
        "degree": "độ(?! [CF](?!\\w))",
        "%": "%|phần trăm",
    },
    "ru": {
        "km": "км|километр[а-я]*",
        "m": "(?<!-)м|метр(?:а|ов|ами?|ах)?",
        "cm": "см|сантиметр[а-я]*",
        "mm": "мм|миллиметр[а-я]*",
        "kg": "кг|килограмм[а-я]*|кило",
        "g": "грамм[а-я]*",
        "t": "т|тонн(?!ел)[а-я]*",
        "ha": "га|гектар[а-я]*",
        "quintal": "ц|центнер[а-я]*",
        "l": "л|литр[а-я]*",
        "nautical mile": "морск[а-я]+ мил[а-я]+",
        "mile": "мил(?:[яиью]|ей|ям|ями|ях)",
        "tael": "таэл[а-я]*|лян[а-я]*|лыонг[а-я]*",
        "°C": "°[ \u00a0]?[CС]|градус[а-я]*(?: по)? Цельси[а-я]+",
        "°F": "°[ \u00a0]?F|градус[а-я]*(?: по)? Фаренгейт[а-я]*",
        "degree": "градус[а-я]*|°",
        "%": "%|процент[а-я]*",
    },
}
_ALIKE = ({"°C", "degree"}, {"mile", "nautical mile"})
"""Of these one may stand for the other."""
_PER = {
    "en": r"(?:\bper |/ ?)",
    "vi": r"(?:\bmỗi |/ ?)",
    "ru": r"(?:(?<!\w)(?:за|на|со?)[ \u00a0]|/[ \u00a0]?)",
}
"""Before the unit that a price or a yield is for."""


def _compiled(before: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    """One pattern a language; the name of the group is the number of the table's row."""
    return {
        lang: re.compile(
            before[lang]
            + "(?:"
            + "|".join(f"(?P<u{n}>{each})" for n, each in enumerate(table.values()))
            + r")(?![\w²³])"
        )
        for lang, table in _UNITS.items()
    }


_WITH_UNIT = _compiled(dict.fromkeys(_UNITS, r"(?P<number>\d[\d\u00a0 .,]{0,24}?)[ \u00a0-]?"))
_PER_UNIT = _compiled(_PER)
_UNIT_ROWS = {lang: tuple(table) for lang, table in _UNITS.items()}


class UnitCheck:
    """A number stands in the target with another unit of measure than in the source (5 km, «5 м»), or
    something is counted by another one (per tael, «за гектар»).

    Only units of length, weight, volume, area and temperature and per cent are compared, and only beside the
    same digits. Known false alarms: one number that counts two things.
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
            if others and units and not _has_one_of(units, others):
                (_, src_span), (_, tgt_span) = next(iter(units.items())), next(iter(others.items()))
                yield changed(self, segment, target, src_span, tgt_span)


def _has_one_of(units: Mapping[str, Span], others: Mapping[str, Span]) -> bool:
    return any(unit == other or {unit, other} in _ALIKE for unit in units for other in others)


@lru_cache(maxsize=64)
def _measures(text: str, lang: str) -> dict[str, dict[str, Span]]:
    """Units and their places by the digits before them; under "per" those that something is counted by."""
    found: dict[str, dict[str, Span]] = {}
    for match in _WITH_UNIT[lang].finditer(text) if lang in _WITH_UNIT else ():
        digits = "".join(filter(str.isdigit, match["number"]))
        found.setdefault(digits, {})[_unit(match, lang)] = Span(*match.span())
    for match in _PER_UNIT[lang].finditer(text) if lang in _PER_UNIT else ():
        found.setdefault("per", {})[_unit(match, lang)] = Span(*match.span())
    return found


def _unit(match: re.Match[str], lang: str) -> str:
    return _UNIT_ROWS[lang][int(str(match.lastgroup)[1:])]


class CurrencyCheck:
    """The target names another currency in place of the source's (dollars, «донгов»), or has the number of
    an amount and its currency nowhere ($30, «30»).

    A currency that is lost is a warning. Known false alarms: a currency that the target converts, or leaves
    to the reader to understand («занял 20 млн»).
    """

    id = "currency"
    severity = Severity.ERROR
    its_type = "mistranslation"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.src_lang not in ("vi", "en") or segment.tgt_lang != "ru":
            return
        wanted = currencies(segment.source, segment.src_lang)
        if not wanted:
            return
        there = target_currencies(segment.source, segment.src_lang, target)
        if wanted.keys() <= there.keys():
            return
        found = tuple(exchanged(self, segment, target, wanted, there))
        yield from found or self._lost(segment, target)

    def _lost(self, segment: Segment, target: str) -> Iterator[Finding]:
        for amount, span in lost_currencies(segment.source, segment.src_lang, target):
            number = span.of(target)
            name = russian_name(amount, segment.source, number)
            expected = f"{number} {name}" if name else None
            yield finding(
                self,
                segment,
                f"{amount.span.of(segment.source)} has lost its currency; the target has {number}"
                + (f" in place of {expected}." if expected else "."),
                severity=Severity.WARNING,
                src_span=amount.span,
                tgt_span=span,
                suggestion=expected,
            )
