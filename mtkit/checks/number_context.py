"""Second values that the words around a number give it: 6 p.m. is 18, 24 months are two years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

_UNITS: dict[str, tuple[tuple[str, int], ...]] = {
    "vi": (
        *(("tháng", 12), ("giờ|tiếng", 24), ("phút|giây", 60), ("ngày", 7), ("ngày", 30), ("tạ", 10)),
        *(("mét|m|kg|ki-lô-gam|gam|g|ký|cân", 1000), ("kg|ký|cân", 100)),
    ),
    "en": (
        *(("months?", 12), ("hours?", 24), ("minutes?|seconds?", 60), ("days?", 7), ("days?", 30)),
        *(("metres?|meters?|m|kg|kilograms?|grams?|g", 1000), ("kg|kilograms?", 100)),
    ),
    "ru": (
        *((r"месяц\w*", 12), (r"час\w*", 24), (r"минут\w*|секунд\w*", 60), (r"дн\w+", 7), (r"дн\w+", 30)),
        *((r"метр\w*|м|кг|килограмм\w*|г|грамм\w*", 1000), (r"кг|килограмм\w*", 100)),
    ),
}
"""How many of a unit make the next one."""

_UNIT_PATTERNS = {
    lang: tuple((re.compile(rf"[-\s\u00a0]*(?:{pattern})\b"), size) for pattern, size in table)
    for lang, table in _UNITS.items()
}
_MILLIONS = re.compile(r"m\b")
_HUNDREDWEIGHT = re.compile(r"\s*tạ\b")
_HUNDREDTHS = re.compile(r"\s*giây\s+(\d\d)(?!\d)")
_SECONDS = re.compile(r"(\d+)\s*giây\s+$")
_HOUR = {lang: re.compile(pattern) for lang, pattern in (("vi", r"\s*(?:giờ|h|g)\b"), ("ru", r"\s*час"))}
_AFTERNOON = {
    "vi": re.compile(r"\s*(?:giờ|h|g)?(?:\s*\d+)?(?:\s*phút)?\s*(?:chiều|tối|đêm)", re.IGNORECASE),
    "en": re.compile(
        r"(?:[:.]\d\d)?(?:\s*(?:to|and|[-–])\s*\d+(?:[:.]\d\d)?)?"
        r"\s*(?:p\.?m\b|in the (?:afternoon|evening)|at night|o'clock)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?:[:.]\d\d)?\s*(?:час\w*)?(?:\s*\d+\s*мин\w*)?\s*(?:вечера|дня|ночи|пополудни)", re.IGNORECASE
    ),
}
_MORNING = re.compile(r"(?:[:.]\d\d)?\s*a\.?m\b", re.IGNORECASE)
_DECADE = re.compile(r"'?s\b|[-‑]?[ехмо]\w{0,2}\b")
_COLLECTION = re.compile(r"(?<![A-Za-z])(?:SS|AW|FW)$")
"""Spring and summer, autumn and winter: SS19 is the season of 2019."""
_SEASON = re.compile(r"(?<!\d)(19|20)\d\d[/–-]$")
_YEAR_OF_LIFE = re.compile(r"\s*[-‑]?\w{0,2} году (?:жизни|своей)")
_NIGHT_TO = re.compile(r"ночь (?:с \d+ )?на $", re.IGNORECASE)
_DATE_BEFORE = re.compile(r"\d/$|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*\s$")
_DATE_AFTER = re.compile(
    r"/\d|\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|"
    r"\s(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
)
_AND_A_HALF = {
    "vi": re.compile(r"\s+(?:\w+\s+)?rưỡi\b"),
    "en": re.compile(r"\s+and a half\b"),
    "ru": re.compile(r"\s+с половиной\b"),
}


_ROMAN = r"[IVXІХ]+"
_ROMAN_BEFORE = {
    "vi": re.compile(r"\b(?:quý|khóa|khoá|lần thứ|đại hội|thế kỷ|kỳ họp) $", re.IGNORECASE),
    "en": re.compile(r"\b(?:Quarter|Congress|Session|Plenum|Tenure|Term) $"),
    "ru": re.compile(r"(?!)"),
}
_ROMAN_AFTER = {
    "vi": re.compile(r"(?!)"),
    "en": re.compile(r" (?:Party |National )?(?:Congress|Session|Plenum)"),
    "ru": re.compile(
        rf"(?:(?:,| и|[-–—])\s?{_ROMAN})*[ \u00a0]"
        r"(?:квартал|съезд|созыв|век(?:а|у|ом|е|ов)?\b|пленум|сесси|заседани|конференци)"
    ),
}
_APOSTROPHES = frozenset("'’")
_BEFORE_NO_NUMERAL = _APOSTROPHES | frozenset("-–—+.")
_NO_NUMERALS_EN = frozenset({"IV", "XI", "XV"})
"""Intravenous, and the teams of football and rugby."""


def is_designation(text: str, start: int, end: int, lang: str) -> bool:
    """Whether a Roman numeral is one by its surroundings, or by its two letters or more, to XXXIX.

    The English pronoun, initials and parts of names (95-III) are none.
    """
    if text[max(0, start - 1) : start] in _BEFORE_NO_NUMERAL or text[end : end + 1] in _APOSTROPHES:
        return False
    if _ROMAN_BEFORE[lang].search(text, max(0, start - 12), start) or _ROMAN_AFTER[lang].match(text, end):
        return True
    numeral = text[start:end]
    return len(numeral) > 1 and "L" not in numeral and not (lang == "en" and numeral in _NO_NUMERALS_EN)


def alternatives(value: Fraction, before: str, after: str, lang: str) -> Iterator[Fraction]:
    """Other values that digits may have, given the text on both sides of them."""
    whole = value.denominator == 1
    if whole and 1 <= value <= 12 and _AFTERNOON[lang].match(after):
        yield from (Fraction(0), Fraction(24)) if value == 12 else (value + 12,)
    if whole and 12 < value < 24 and lang in _HOUR and _HOUR[lang].match(after):
        yield value - 12
    if lang == "en" and value == 12 and _MORNING.match(after):
        yield Fraction(0)
    if whole and 1900 <= value < 2100 and value % 10 == 0 and _DECADE.match(after):
        yield value % 100
    if whole and value < 100 and _COLLECTION.search(before):
        yield 2000 + value
    if value < 100 and (season := _SEASON.search(before)):
        yield int(season.group(1)) * 100 + value
    if lang == "ru" and (_YEAR_OF_LIFE.match(after) or _NIGHT_TO.search(before)):
        yield value - 1
    if lang == "en" and _MILLIONS.match(after):
        yield value * 10**6
    if lang == "vi" and _HUNDREDWEIGHT.match(after):
        yield value * 100
    if lang == "vi" and (hundredths := _HUNDREDTHS.match(after)):
        yield value + Fraction(int(hundredths.group(1)), 100)
    if lang == "vi" and value < 100 and (seconds := _SECONDS.search(before)):
        yield int(seconds.group(1)) + value / 100
    for pattern, size in _UNIT_PATTERNS[lang]:
        if pattern.match(after):
            yield value / size


def has_half_after(after: str, lang: str) -> bool:
    """Whether "and a half" follows a number."""
    return bool(_AND_A_HALF[lang].match(after))


def is_day_or_month(before: str, after: str) -> bool:
    """Whether digits stand in a date (1/7, July 1, 1 июля)."""
    return bool(_DATE_BEFORE.search(before) or _DATE_AFTER.match(after))
