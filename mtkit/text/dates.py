"""Dates with a day and a month, in Vietnamese, English and Russian."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from mtkit.text.date_words import (
    GENITIVE_MONTHS,
    MONTHS_VI,
    RUSSIAN_MONTHS,
    Date,
    follows_preposition_vi,
    in_digits,
    is_day_vi,
    is_lunar,
    month_vi,
    one_of,
    worded_dates,
)
from mtkit.text.edits import Edit, apply_edits
from mtkit.text.placeables import NO_BREAK_SPACE
from mtkit.text.spans import SpanSet
from mtkit.types import Span

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
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_NUMERIC = rf"(?<![\w/.,-]){_DAY}[/.-](?P<month>0?[1-9]|1[0-2])[/.-]{_YEAR}(?![\w/-]|[.,]\d)"
_YEAR_FIRST = re.compile(rf"(?<![\w/.,-]){_YEAR}-(?P<month>0[1-9]|1[0-2])-{_DAY}(?![\w/-]|[.,]\d)")
_PATTERNS = {
    "vi": (
        re.compile(_NUMERIC),
        _YEAR_FIRST,
        re.compile(rf"(?<![\w/.,-]){_DAY}[/-](?P<month>0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)"),
        re.compile(
            rf"(?<![\w/.,-]){_DAY} tháng (?P<month>1[0-2]|0?[1-9])(?!\d)(?:(?:,? năm |/)(?P<year>\d{{4}}))?",
            re.IGNORECASE,
        ),
    ),
    "en": (
        re.compile(_NUMERIC),
        _YEAR_FIRST,
        re.compile(
            rf"(?<![\w/.,-])(?P<month>0?[1-9]|1[0-2])[/.-](?P<day>1[3-9]|2\d|3[01])[/.-]{_YEAR}"
            r"(?![\w/-]|[.,]\d)"
        ),
        re.compile(
            rf"\b(?:{_month(_MONTHS_EN)})\.? {_DAY}(?:st|nd|rd|th)?(?!\w|[.,]\d{{1,3}}\b)"
            rf"(?:,? {_YEAR}\b)?",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<![\w/.,-]){_DAY}(?:st|nd|rd|th)?(?: of)? (?:{_month(_MONTHS_EN)})\b"
            rf"(?:,? {_YEAR}\b)?",
            re.IGNORECASE,
        ),
    ),
    "ru": (
        re.compile(_NUMERIC),
        _YEAR_FIRST,
        re.compile(
            rf"(?<![\w/.,-]){_DAY}(?:-?го)? (?:{_month(_MONTHS_RU)})\b"
            rf"(?: {_YEAR}\b)?"
        ),
    ),
}
_MONTH_NAMES = {
    "en": re.compile(rf"\b(?:{_month(_MONTHS_EN)})\b", re.IGNORECASE),
    "ru": re.compile(rf"(?<![\w-])(?:{_month(_MONTHS_RU)})(?![\w-])"),
}
_MAY_HAVE_DATE = {
    "vi": re.compile(r"\d(?:[/.-]\d| tháng)", re.IGNORECASE),
    "en": re.compile(r"\d[/.-]\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
    "ru": re.compile(r"\d(?:[./-]\d|(?:-?го)? (?:янв|фев|мар|апр|ма[яйею]|июн|июл|авг|сен|окт|ноя|дек))"),
}
"""What a text with a day and a month has: a quick look that spares most texts the search."""
_NIGHT_TO = re.compile(r"\bноч(?:ь|ью|и)\s(?:с(?:\s\w+){1,3}\s)?на\s(?:\w+,\s)?$", re.IGNORECASE)
_LONGEST_NIGHT = 80
_NUMBERS = re.compile(r"\d+")
_ROUND_THE_CLOCK = "24/7"
_FRACTION_VI = re.compile(r"(?<![\w/.,-])(?P<part>[1-9]\d?)/(?P<whole>[1-9]\d?)(?![\w/-]|[.,]\d)")
_SHARE_VI = re.compile(
    r"\b(?:t[ỷỉ] (?:lệ|số|trọng)|chiếm|khoảng|gần|hơn|trên|quá|ít nhất|tối thiểu|đạt)\s$", re.IGNORECASE
)
_OF_A_WHOLE_VI = re.compile(
    r"\s(?:tổng|số|diện tích|dân số|đại biểu|thành viên|chiều dài|quãng đường|thời gian|(?:khối|sản) lượng)\b"
)
_LONGEST_BEFORE = 16
_MONTH_VI = re.compile(
    r"(?<!\d\s)(?<!mỗi\s)(?<!rằm\s)\btháng\s(?P<month>0?[1-9]|1[0-2])(?:[/-](?:19|20)\d\d)?(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_MONTH_IN_WORDS_VI = re.compile(rf"\b[Tt]háng\s(?P<month>{one_of(map(str.title, MONTHS_VI))})\b")
_OF_A_LUNAR_DAY = re.compile(r"\b(?:rằm|m[ồù]ng(?:\s\w+){1,3})\s$", re.IGNORECASE)
_LONGEST_LUNAR_DAY = 40
_WRITTEN_OUT = re.compile(
    rf"(?P<day>\d+)[ \u00a0](?P<month>{'|'.join(GENITIVE_MONTHS)})(?:[ \u00a0](?P<year>\d{{4}}))?"
)


@lru_cache(maxsize=64)
def find_dates(text: str, lang: str) -> tuple[Date, ...]:
    """Dates with a day and a month, in order; `lang` is vi, en or ru."""
    text = text.replace(NO_BREAK_SPACE, " ")
    taken = SpanSet()
    found = (*_dates_in_digits(text, lang), *worded_dates(text, lang))
    return tuple(sorted((date for date in found if taken.take(date.span)), key=lambda date: date.span))


def _dates_in_digits(text: str, lang: str) -> Iterator[Date]:
    if not _NUMBERS.search(text) or not _MAY_HAVE_DATE[lang].search(text):
        return
    for pattern in _PATTERNS[lang]:
        for match in pattern.finditer(text):
            if lang == "vi" and _is_fraction(match.start(), match.end(), text):
                continue
            groups = match.groupdict()
            month = int(groups["month"]) if groups.get("month") else _month_of(groups)
            year = int(groups["year"]) if groups.get("year") else None
            yield Date(Span(*match.span()), int(groups["day"]), month, year)


def _is_fraction(start: int, end: int, text: str) -> bool:
    """Whether words of a Vietnamese text make numbers a share of a whole (tỷ lệ 2/3, 2/3 số xã)."""
    written = _FRACTION_VI.fullmatch(text, start, end)
    if written is None or is_day_vi(text, start):
        return False
    if int(written["part"]) >= int(written["whole"]):
        return False
    before = _SHARE_VI.search(text, max(0, start - _LONGEST_BEFORE), start)
    return bool(before or _OF_A_WHOLE_VI.match(text, end))


def dated_fractions(source: str, src_lang: str, target: str) -> Iterator[tuple[Span, Span]]:
    """Fractions of a Vietnamese source (tỷ lệ 2/3) that are a day of a month in the target («2 марта»)."""
    fractions = [
        match
        for match in (_FRACTION_VI.finditer(source) if src_lang == "vi" and "/" in source else ())
        if _is_fraction(*match.span(), source)
    ]
    for match in fractions:
        day, month = int(match["part"]), int(match["whole"])
        if any((date.day, date.month) == (day, month) for date in find_dates(source, src_lang)):
            continue
        for date in find_dates(target, "ru"):
            if (date.day, date.month, date.year) == (day, month, None) and "/" not in date.span.of(target):
                yield Span(*match.span()), date.span


def month_first(date: Date, text: str) -> bool:
    """Whether a date of an English text, read with the day first, may be meant the other way (03/04/2025)."""
    numeric = not any(map(str.isalpha, date.span.of(text)))
    return numeric and date.day <= 12 and date.day != date.month


def numeric_dates_as_known(text: str, lang: str, taken: Sequence[Span]) -> list[Edit]:
    """The edits that write dates in digits as models know them; none over `taken`.

    English ones name their month, April 3, 2025; certain Vietnamese ones with hyphens or dots get strokes.
    """
    closed = SpanSet(taken)
    return [
        Edit(span=date.span, text=in_digits(date, lang))
        for date in find_dates(text, lang)
        if not any(map(str.isalpha, written := date.span.of(text)))
        and (lang == "en" or ("/" not in written and _is_certain(date, text)))
        and not closed.overlaps(date.span)
    ]


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
    dates = find_dates(text, "vi")
    taken = SpanSet(date.span for date in dates)
    for date in dates:
        if _is_certain(date, text):
            yield date.span, RUSSIAN_MONTHS[date.month - 1]
    for match in (*_MONTH_VI.finditer(text), *_MONTH_IN_WORDS_VI.finditer(text)):
        span = Span(*match.span())
        before = max(0, span.start - _LONGEST_LUNAR_DAY)
        of_a_day = taken.overlaps(span) or _OF_A_LUNAR_DAY.search(text, before, span.start)
        if not of_a_day and not is_lunar(text, span.end):
            yield span, RUSSIAN_MONTHS[month_vi(match["month"]) - 1]


def _is_certain(date: Date, text: str) -> bool:
    """Whether numbers of a Vietnamese text are a solar date and no fraction, ratio or score.

    Without a year, a day word stands before them, or a preposition, or the day is above the month; with a
    hyphen between them («2-1») only the word counts.
    """
    written = date.span.of(text)
    if is_lunar(text, date.span.end):
        return False
    if date.year or any(map(str.isalpha, written)) or is_day_vi(text, date.span.start):
        return True
    may_be = date.day > date.month or follows_preposition_vi(text, date.span.start)
    return may_be and "-" not in written and written != _ROUND_THE_CLOCK


def mend_dates(source: str, src_lang: str, target: str) -> str:
    """A Russian target whose dates are those of its source where day, month or year alone went wrong.

    A date is mended where just one that the target lacks shares the day or the month with it, and it alone
    with that one. A year is mended, not added; what «в ночь на» has is left, it may be the next day.
    """
    missing, extra = _differing(source, src_lang, target, "ru")
    edits = []
    for found in extra:
        if _is_of_a_night(found, target):
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
    edits += [
        Edit(span=there, text=span.of(source)) for span, there in dated_fractions(source, src_lang, target)
    ]
    return apply_edits(target, edits).text


def _is_of_a_night(date: Date, target: str) -> bool:
    return bool(_NIGHT_TO.search(target, max(0, date.span.start - _LONGEST_NIGHT), date.span.start))


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
    missing = _only_in(source_side, target, target_side)
    extra = _only_in(target_side, source, source_side)
    nights = (
        (date, other)
        for other in extra
        if _is_of_a_night(other, target)
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
    agreed = {_key(date) for date in source_side} & {_key(date) for date in target_side}
    sides = ((source, source_side), (target, target_side))
    source, target = (
        _blanked(text, [date.span for date in dates if _key(date) in agreed]) for text, dates in sides
    )
    return source, target


def _key(date: Date) -> tuple[int, int, int | None]:
    return date.day, date.month, date.year


def _blanked(text: str, spans: Iterable[Span]) -> str:
    blanks = (Edit(span=span, text=" " * (span.end - span.start)) for span in spans)
    return apply_edits(text, blanks).text


def _only_in(side: Iterable[Date], text: str, dates: Iterable[Date]) -> list[Date]:
    """Dates of a side that a text with these dates has not, be it as one of several («15 и 16 декабря»)."""
    years: defaultdict[tuple[int, int], set[int | None]] = defaultdict(set)
    for date in dates:
        years[date.day, date.month].add(date.year)
    months = {month for _, month in years}
    numbers = {int(number) for number in _NUMBERS.findall(text) if len(number) <= 2}

    def stands_there(date: Date) -> bool:
        if known := years.get((date.day, date.month)):
            return date.year is None or None in known or date.year in known
        return date.day in numbers and date.month in months

    return [date for date in side if not stands_there(date)]
