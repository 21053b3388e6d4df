"""Dates: the same day of the same month on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mtkit.checks.analysis import has_digits
from mtkit.checks.base import CheckContext, finding
from mtkit.types import Finding, Segment, Severity, Span

_MONTHS_EN = (
    *("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?"),
    *("sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
)
_MONTHS_RU = (
    *("январ[яьею]|янв", "феврал[яьею]|фев", "март[ае]?|марту", "апрел[яьею]|апр", "ма[яйею]", "июн[яьею]"),
    *("июл[яьею]", "август[ае]?|августу|авг", "сентябр[яьею]|сент?", "октябр[яьею]|окт"),
    *("ноябр[яьею]|нояб?", "декабр[яьею]|дек"),
)


def _month(alternatives: tuple[str, ...]) -> str:
    return "|".join(f"(?P<m{number}>{each})" for number, each in enumerate(alternatives, 1))


_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_NUMERIC = rf"(?<![\w/.,-]){_DAY}[/.-](?P<month>0?[1-9]|1[0-2])[/.-](?P<year>(?:19|20)\d\d)(?![\w/-]|[.,]\d)"
_PATTERNS = {
    "vi": (
        re.compile(_NUMERIC),
        re.compile(rf"(?<![\w/.,-]){_DAY}[/-](?P<month>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)"),
        re.compile(
            rf"(?<![\w/.,-]){_DAY} tháng (?P<month>1[0-2]|0?[1-9])(?!\d)(?:(?:,? năm |/)(?P<year>\d{{4}}))?",
            re.IGNORECASE,
        ),
    ),
    "en": (
        re.compile(
            rf"\b(?:{_month(_MONTHS_EN)})\.? {_DAY}(?:st|nd|rd|th)?(?!\w|[.,]\d{{1,3}}\b)"
            r"(?:,? (?P<year>(?:19|20)\d\d)\b)?",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<![\w/.,-]){_DAY}(?:st|nd|rd|th)?(?: of)? (?:{_month(_MONTHS_EN)})\b"
            r"(?:,? (?P<year>(?:19|20)\d\d)\b)?",
            re.IGNORECASE,
        ),
    ),
    "ru": (
        re.compile(_NUMERIC),
        re.compile(
            rf"(?<![\w/.,-]){_DAY}(?:-?го)?[ \u00a0](?:{_month(_MONTHS_RU)})\b"
            r"(?:[ \u00a0](?P<year>(?:19|20)\d\d)\b)?"
        ),
    ),
}
_MONTH_NAMES = {
    "en": re.compile(rf"\b(?:{_month(_MONTHS_EN)})\b", re.IGNORECASE),
    "ru": re.compile(rf"(?<![\w-])(?:{_month(_MONTHS_RU)})(?![\w-])"),
}
_MAY_HAVE_DATE = {
    "vi": re.compile(r"\d(?:[/.-]\d| tháng)", re.IGNORECASE),
    "en": re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
    "ru": re.compile(
        r"\d(?:[./-]\d|(?:-?го)?[ \u00a0](?:янв|фев|мар|апр|ма[яйею]|июн|июл|авг|сен|окт|ноя|дек))"
    ),
}
"""What a text with a day and a month has: a quick look that spares most texts the search."""
_NIGHT_TO = re.compile(r"\bночь (?:с \d+ )?на $", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Date:
    """A day of a month; `year` None where it is not said."""

    span: Span
    day: int
    month: int
    year: int | None

    def agrees(self, other: Date) -> bool:
        if (self.day, self.month) != (other.day, other.month):
            return False
        return self.year is None or other.year is None or self.year == other.year


@lru_cache(maxsize=64)
def find_dates(text: str, lang: str) -> tuple[Date, ...]:
    """Dates with a day and a month, in order; `lang` is vi, en or ru."""
    if not has_digits(text) or not _MAY_HAVE_DATE[lang].search(text):
        return ()
    found: dict[int, Date] = {}
    for pattern in _PATTERNS[lang]:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            month = int(groups["month"]) if groups.get("month") else _month_of(groups)
            year = int(groups["year"]) if groups.get("year") else None
            date = Date(Span(*match.span()), int(groups["day"]), month, year)
            if not any(date.span.overlaps(other.span) for other in found.values()):
                found[match.start()] = date
    return tuple(found[start] for start in sorted(found))


def _month_of(groups: dict[str, str | None]) -> int:
    return next(number for number in range(1, 13) if groups.get(f"m{number}"))


@lru_cache(maxsize=64)
def mismatches(source: str, src_lang: str, target: str, tgt_lang: str) -> tuple[tuple[Date, Date], ...]:
    """Dates of one side that the other has not, paired in order: (source, target)."""
    source_side, target_side = find_dates(source, src_lang), find_dates(target, tgt_lang)
    missing = [date for date in source_side if not _stands_in(date, target, target_side)]
    extra = [date for date in target_side if not _stands_in(date, source, source_side)]
    pairs = zip(missing, extra, strict=False)
    return tuple((one, other) for one, other in pairs if not _is_night_to(one, other, target))


def _is_night_to(date: Date, other: Date, target: str) -> bool:
    """Whether the night of a day is given as that to the next («в ночь на 19 марта»)."""
    return date.day + 1 == other.day and bool(_NIGHT_TO.search(target, 0, other.span.start))


def without_agreed(source: str, src_lang: str, target: str, tgt_lang: str) -> tuple[str, str]:
    """Both sides without the dates that stand in both, blanks in their places."""
    source_side, target_side = find_dates(source, src_lang), find_dates(target, tgt_lang)
    agreed = [
        (one, other)
        for one in source_side
        for other in target_side
        if one.agrees(other) and one.year == other.year
    ]
    for one, other in agreed:
        source, target = _blanked(source, one.span), _blanked(target, other.span)
    return source, target


def _blanked(text: str, span: Span) -> str:
    return text[: span.start] + " " * (span.end - span.start) + text[span.end :]


def _stands_in(date: Date, text: str, dates: tuple[Date, ...]) -> bool:
    """Whether a text has the date, be it as one of several days of a month («15 и 16 декабря»)."""
    if any(date.agrees(other) for other in dates):
        return True
    if any((date.day, date.month) == (other.day, other.month) for other in dates):
        return False
    numbers = {int(number) for number in _NUMBERS.findall(text)}
    return date.day in numbers and any(date.month == other.month for other in dates)


class DateCheck:
    """A date of the source stands in the target with another day, month or year, or a month named in
    words has become another.

    A date that is missing altogether is the number check's to tell. Known false alarms: lunar and solar
    dates of one event; days reckoned in another time zone.
    """

    id = "date"
    severity = Severity.ERROR
    its_type = "numbers"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        wrong = mismatches(segment.source, segment.src_lang, target, segment.tgt_lang)
        for expected, found in wrong:
            yield finding(
                self,
                segment,
                f"{expected.span.of(segment.source)} has become {found.span.of(target)}.",
                src_span=expected.span,
                tgt_span=found.span,
            )
        if not wrong and segment.src_lang == "en" and _MAY_HAVE_DATE["en"].search(segment.source):
            yield from self._renamed_month(segment, target)

    def _renamed_month(self, segment: Segment, target: str) -> Iterator[Finding]:
        expected = _months(segment.source, "en")
        found = _months(target, "ru")
        missing = [each for each in expected if each[0] not in {month for month, _ in found}]
        digits = {int(number) for number in _NUMBERS.findall(segment.source)}
        extra = [each for each in found if each[0] not in {m for m, _ in expected} and each[0] not in digits]
        for (_, src_span), (_, tgt_span) in zip(missing, extra, strict=False):
            yield finding(
                self,
                segment,
                f"{src_span.of(segment.source)} has become {tgt_span.of(target)}.",
                src_span=src_span,
                tgt_span=tgt_span,
            )


def _months(text: str, lang: str) -> list[tuple[int, Span]]:
    found = (
        (_month_of(match.groupdict()), Span(*match.span())) for match in _MONTH_NAMES[lang].finditer(text)
    )
    return [(month, span) for month, span in found if lang != "en" or span.of(text).istitle()]
