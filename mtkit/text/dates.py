"""Dates with a day and a month, in Vietnamese, English and Russian."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mtkit.text.edits import Edit, apply_edits
from mtkit.text.placeables import NO_BREAK_SPACE
from mtkit.types import Span

RUSSIAN_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
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
            rf"(?<![\w/.,-]){_DAY}(?:-?го)? (?:{_month(_MONTHS_RU)})\b"
            r"(?: (?P<year>(?:19|20)\d\d)\b)?"
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
    "ru": re.compile(r"\d(?:[./-]\d|(?:-?го)? (?:янв|фев|мар|апр|ма[яйею]|июн|июл|авг|сен|окт|ноя|дек))"),
}
"""What a text with a day and a month has: a quick look that spares most texts the search."""
_NIGHT_TO = re.compile(r"\bноч(?:ь|ью|и)\s(?:с\s\d+(?:\s\w+)?\s)?на\s(?:\w+,\s)?$", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_AFTER_DAY_WORD = re.compile(
    r"\b(?:ngày(?: \d+,)*(?: \d+ (?:và|đến))?|(?:sáng|trưa|chiều|tối|đêm|hôm)(?: (?:nay|qua|mai),?)?"
    r"|mồng|mùng|(?:thứ \w+|chủ nhật),?|đợt|dịp|lễ|quốc khánh) \(?$",
    re.IGNORECASE,
)
_AFTER_PREPOSITION = re.compile(r"\b(?:từ|đến|tới|trước|sau|vào) $", re.IGNORECASE)
_LONGEST_BEFORE = 24
_ROUND_THE_CLOCK = "24/7"
_LUNAR = re.compile(r"(?:\sđến\s(?:tháng\s)?\d+(?:/\d+)?)?\sâm\slịch", re.IGNORECASE)
_MONTH_VI = re.compile(
    r"(?<!\d\s)(?<!mỗi\s)(?<!rằm\s)\btháng\s(?P<month>0?[1-9]|1[0-2])(?:[/-](?:19|20)\d\d)?(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_MONTH_WORDS_VI = {
    word: number
    for number, word in enumerate(
        ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai"), start=2
    )
}
_MONTH_IN_WORDS_VI = re.compile(
    rf"\b[Tt]háng\s(?P<month>{'|'.join(sorted(_MONTH_WORDS_VI, key=len, reverse=True))})\b"
)
GENITIVE_MONTHS = tuple(f"{month[:-1]}я" if month[-1] in "ьй" else f"{month}а" for month in RUSSIAN_MONTHS)
_WRITTEN_OUT = re.compile(
    rf"(?P<day>\d+)[ \u00a0](?P<month>{'|'.join(GENITIVE_MONTHS)})(?:[ \u00a0](?P<year>\d{{4}}))?"
)


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
    text = text.replace(NO_BREAK_SPACE, " ")
    if not _NUMBERS.search(text) or not _MAY_HAVE_DATE[lang].search(text):
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


@lru_cache(maxsize=64)
def named_months(text: str, lang: str) -> tuple[tuple[int, Span], ...]:
    """Months named in words, 1 to 12, in order; `lang` is en or ru. English ones with a capital."""
    if lang == "en" and not _MAY_HAVE_DATE["en"].search(text):
        return ()
    found = (
        (_month_of(match.groupdict()), Span(*match.span())) for match in _MONTH_NAMES[lang].finditer(text)
    )
    return tuple((month, span) for month, span in found if lang != "en" or span.of(text).istitle())


def numbered_months(text: str) -> Iterator[tuple[Span, str]]:
    """Dates and months that Vietnamese counts (2/1, tháng 1, tháng Tư), with the Russian month as its lemma.

    Months of the lunar calendar, which Russian counts, and what may be a fraction or a score are left out.
    """
    for date in find_dates(text, "vi"):
        if _is_certain(date, text):
            yield date.span, RUSSIAN_MONTHS[date.month - 1]
    for match in _MONTH_VI.finditer(text):
        if not _LUNAR.match(text, match.end()):
            yield Span(*match.span()), RUSSIAN_MONTHS[int(match["month"]) - 1]
    for match in _MONTH_IN_WORDS_VI.finditer(text):
        if not _LUNAR.match(text, match.end()):
            yield Span(*match.span()), RUSSIAN_MONTHS[_MONTH_WORDS_VI[match["month"]] - 1]


def _is_certain(date: Date, text: str) -> bool:
    """Whether numbers of a Vietnamese text are a solar date and no fraction, ratio or score.

    Without a year, a day word stands before them, or a preposition, or the day is above the month; with a
    hyphen between them («2-1») only the word counts.
    """
    written = date.span.of(text)
    if _LUNAR.match(text, date.span.end):
        return False
    if date.year or "tháng" in written.lower():
        return True
    before = text[max(0, date.span.start - _LONGEST_BEFORE) : date.span.start].replace(NO_BREAK_SPACE, " ")
    if _AFTER_DAY_WORD.search(before):
        return True
    may_be = date.day > date.month or _AFTER_PREPOSITION.search(before)
    return bool(may_be) and "-" not in written and written != _ROUND_THE_CLOCK


def mend_dates(source: str, src_lang: str, target: str) -> str:
    """A Russian target whose dates are those of its source where day, month or year alone went wrong.

    A date is mended where just one that the target lacks shares the day or the month with it, and it alone
    with that one. A year is mended, not added; what «в ночь на» has is left, it may be the next day.
    """
    missing, extra = _differing(source, src_lang, target, "ru")
    edits = []
    for found in extra:
        if _NIGHT_TO.search(target, 0, found.span.start):
            continue
        wanted = _only_alike(found, missing)
        written = _WRITTEN_OUT.fullmatch(target, found.span.start, found.span.end)
        if wanted is None or written is None or _only_alike(wanted, extra) is None:
            continue
        if src_lang == "vi" and not _is_certain(wanted, source):
            continue
        parts = {"day": wanted.day, "month": GENITIVE_MONTHS[wanted.month - 1], "year": wanted.year}
        edits += [
            Edit(span=Span(*written.span(name)), text=str(part))
            for name, part in parts.items()
            if part and written[name]
        ]
    return apply_edits(target, edits).text


def _only_alike(date: Date, others: Iterable[Date]) -> Date | None:
    """The one date of others that shares the day or the month; None where there is none, or several."""
    alike = [other for other in others if other.day == date.day or other.month == date.month]
    return alike[0] if alike and all(alike[0].agrees(other) for other in alike) else None


def _month_of(groups: dict[str, str | None]) -> int:
    return next(number for number in range(1, 13) if groups.get(f"m{number}"))


def mismatches(source: str, src_lang: str, target: str, tgt_lang: str) -> tuple[tuple[Date, Date], ...]:
    """Dates of one side that the other has not, paired in order: (source, target)."""
    return tuple(zip(*_differing(source, src_lang, target, tgt_lang), strict=False))


@lru_cache(maxsize=64)
def _differing(
    source: str, src_lang: str, target: str, tgt_lang: str
) -> tuple[tuple[Date, ...], tuple[Date, ...]]:
    """Dates of the source that the target has not, and those of the target that the source has not.

    The night of a day may be given as that to the next («в ночь на 19 марта»).
    """
    source_side, target_side = find_dates(source, src_lang), find_dates(target, tgt_lang)
    if not source_side or not target_side:
        return (), ()
    missing = [date for date in source_side if not _stands_in(date, target, target_side)]
    extra = [date for date in target_side if not _stands_in(date, source, source_side)]
    nights = (
        (date, other)
        for other in extra
        if _NIGHT_TO.search(target, 0, other.span.start)
        for date in source_side
        if _is_next_day(date, other)
    )
    told = {date for pair in nights for date in pair}
    source_only, target_only = (tuple(date for date in side if date not in told) for side in (missing, extra))
    return source_only, target_only


def _is_next_day(date: Date, other: Date) -> bool:
    if date.month == other.month:
        return date.day + 1 == other.day
    return date.day >= 28 and other.day == 1 and other.month == date.month % 12 + 1


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
