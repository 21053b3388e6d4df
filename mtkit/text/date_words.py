"""Days of a month in words: mồng ba tháng Tư, the third of April, «третьего апреля».

Days of the lunar calendar, which Vietnamese also counts in months, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mtkit.text.edits import Edit
from mtkit.text.number_words import ORDINAL_STEMS_RU, ORDINALS_EN, UNITS_VI
from mtkit.text.placeables import NO_BREAK_SPACE
from mtkit.text.spans import SpanSet
from mtkit.types import Span

RUSSIAN_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
GENITIVE_MONTHS = tuple(f"{month[:-1]}я" if month[-1] in "ьй" else f"{month}а" for month in RUSSIAN_MONTHS)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTHS_VI = dict(zip((*UNITS_VI, "mười một", "mười hai"), range(1, 13), strict=True)) | {"tư": 4, "bẩy": 7}


def _days_vi() -> Iterator[tuple[str, int]]:
    for unit, name in enumerate(UNITS_VI, 1):
        yield name, unit
    units = [*enumerate(UNITS_VI[:9], 1), (5, "lăm"), (5, "nhăm"), (7, "bẩy")]
    yield from ((f"mười {name}", 10 + unit) for unit, name in units)
    yield "hai mươi", 20
    for unit, name in (*units, (1, "mốt"), (4, "tư")):
        yield from ((f"{tens} {name}", 20 + unit) for tens in ("hai mươi", "hăm"))
    yield from (("ba mươi", 30), ("ba mươi mốt", 31), ("ba mươi một", 31), ("bẩy", 7))


def _days_en() -> Iterator[tuple[str, int]]:
    yield from ((name, day) for day, name in enumerate(ORDINALS_EN, 1))
    yield from ((f"twenty-{name}", 20 + unit) for unit, name in enumerate(ORDINALS_EN[:9], 1))
    yield from (("thirtieth", 30), ("thirty-first", 31))


def _days_ru() -> Iterator[tuple[str, int]]:
    single = {day: [stem + ending for ending in _ENDINGS_RU] for day, stem in ORDINAL_STEMS_RU.items()}
    single[3] = ["третье", "третьего", "третьему", "третьем", "третьим"]
    yield from ((form, day) for day, forms in single.items() for form in forms)
    yield from ((f"двадцать {form}", 20 + unit) for unit in range(1, 10) for form in single[unit])
    yield from ((f"тридцать {form}", 31) for form in single[1])


_ENDINGS_RU = ("ое", "ого", "ому", "ом", "ым")
_DAYS = {"vi": dict(_days_vi()), "en": dict(_days_en()), "ru": dict(_days_ru())}


def one_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


DAY_VI = rf"(?i:{one_of(_DAYS['vi'])})(?!\w)"
_DAY_EN = rf"(?i:{one_of(_DAYS['en']).replace('-', '[- ]')})(?![\w-])"
_DAY_RU = rf"(?i:{one_of(_DAYS['ru'])})(?!\w)"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_NO_COUNT_VI = "(?! (?:số|bên|nước|người|ông|bà|đoàn|tỉnh|nhà) )"
"""After a month: what makes its second word a number of its own («tháng Mười một số xã»)."""
_NEW_VI = "[Mm][ồù]ng "
"""Before one of the first ten days; of the lunar calendar, where nothing tells otherwise, at feasts."""
_MONTH_EN = rf"(?P<month>{one_of(ENGLISH_MONTHS)})(?![\w-])"
_THE_DAY_OF_MONTH = re.compile(
    rf"(?<![\w-])(?P<sure>[Tt]he )?(?P<day>{_DAY_EN})(?: day)? of {_MONTH_EN}(?:,? {_YEAR})?"
)
_MONTH_THE_DAY = re.compile(rf"(?<![\w-]){_MONTH_EN} (?:the )?(?P<day>{_DAY_EN})(?:,? {_YEAR})?")
_PATTERNS = {
    "vi": (
        re.compile(
            rf"(?<![\w/.,-])(?P<sure>{_NEW_VI})?(?P<day>{DAY_VI}|0?[1-9]|[12]\d|3[01]) [Tt]háng "
            rf"(?P<month>(?i:{one_of(MONTHS_VI)})(?!\w){_NO_COUNT_VI}|1[0-2]|0?[1-9](?!\d))"
            rf"(?:(?:,? năm |/| ){_YEAR})?"
        ),
    ),
    "en": (_THE_DAY_OF_MONTH, _MONTH_THE_DAY),
    "ru": (
        re.compile(rf"(?<![\w-])(?P<day>{_DAY_RU}) (?P<month>{one_of(GENITIVE_MONTHS)})(?!\w)(?: {_YEAR})?"),
    ),
}
_MAY_HAVE_WORDS = {
    "vi": re.compile(rf"[Tt]háng (?:(?i:{one_of(MONTHS_VI)})|\d)"),
    "en": re.compile(one_of(ENGLISH_MONTHS)),
    "ru": re.compile(rf"[оеум] (?:{one_of(GENITIVE_MONTHS)})"),
}
_LEAD = {
    "vi": re.compile(
        rf"(?<!\w)(?P<sure>{_NEW_VI})?(?P<day>{DAY_VI})(?P<link>(?: và|,| đến| tới| hoặc)(?: ngày)? )$"
    ),
    "en": re.compile(rf"(?<![\w-])(?P<sure>[Tt]he )(?P<day>{_DAY_EN})(?P<link>(?:,| and| or| to| until) )$"),
    "ru": re.compile(rf"(?<![\w-])(?P<day>{_DAY_RU})(?P<link> (?:и|по|до|или) )$"),
}
_LONGEST_LEAD = 40

_DAY_WORD_VI = re.compile(
    r"\b(?:ngày(?: \d+,)*(?: \d+(?:[/-]\d+){0,2} (?:và|đến|tới))?"
    r"|(?:sáng|trưa|chiều|tối|đêm|hôm)(?: (?:nay|qua|mai),?)?|mồng|mùng|(?:thứ \w+|chủ nhật),?"
    r"|đợt|dịp|lễ|quốc khánh) \(?$",
    re.IGNORECASE,
)
_PREPOSITION_VI = re.compile(r"\b(?:từ|đến|tới|trước|sau|vào)\s$", re.IGNORECASE)
_LONGEST_BEFORE = 24
_KINGS_DAY = (10, 3)
"""Mồng mười tháng Ba, of the Hung Kings, is lunar even where that is not said."""
_LUNAR = re.compile(
    r"(?:\sđến\s(?:tháng\s)?\d+(?:/\d+)?)?\s\(?âm\slịch|\snăm\s(?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý)"
    r"\s(?:tý|sửu|dần|mão|thìn|tỵ|ngọ|mùi|thân|dậu|tuất|hợi)\b",
    re.IGNORECASE,
)
_LUNAR_FEAST = re.compile(
    r"\b(?:âm lịch|lịch âm|lễ hội|hội (?:làng|chùa|đền|xuân)|giỗ|hùng vương|đoan ngọ|hàn thực|trung thu"
    r"|vu lan|phật đản|rằm|tết m[ồù]ng)\b|\((?:tức|nhằm) |, (?:tức|nhằm) ",
    re.IGNORECASE,
)
"""Where a day of the moon may be meant."""
_ON = re.compile(r"\b(?:[Oo]n|[Dd]ated|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?) $")
_IN = re.compile(r"\b(?:in|last|next|this|every|during|early|late|mid)[ -]$", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\W*\s)\W*$")
_AFTER_DAY_EN = re.compile(
    r"\W*$|[.,;:!?)]| ?[—–]| (?:was|is|will|would|has|had|at|to|as|when|by|after|before|between)\b"
)
_NO_DAY_EN = re.compile(r" (?:quarter|round|wave|graders?)\b", re.IGNORECASE)
_POSSESSIVE = re.compile("['’]s?")
_NAME = re.compile(" [A-Z][a-z]")
_NAMES_OF_PEOPLE = frozenset({"April", "May", "June", "August"})


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


def worded_dates(text: str, lang: str) -> Iterator[Date]:
    """Dates with the day or the month in words; of a list (the first and second of May) each day."""
    text = text.replace(NO_BREAK_SPACE, " ")
    if not _MAY_HAVE_WORDS[lang].search(text):
        return
    if lang == "ru":
        text = text.replace("ё", "е").replace("Ё", "Е")
    for pattern in _PATTERNS[lang]:
        for match in pattern.finditer(text):
            leads = list(_leads(text, match.start(), lang))
            if lang == "ru" or (
                _is_solar(match, leads, text) if lang == "vi" else _is_day_en(match, leads, text)
            ):
                month = _month(match["month"], lang)
                year = int(match["year"]) if match["year"] else None
                yield Date(Span(*match.span()), _day(match["day"], lang), month, year)
                for lead in leads:
                    span = Span(lead.start(), lead.start("link"))
                    yield Date(span, _day(lead["day"], lang), month, None)


def dates_in_digits(text: str, lang: str, taken: Sequence[Span]) -> list[Edit]:
    """The edits that write dates in words as models know them, 3/4/2025, April 3, 2025; none over `taken`."""
    closed = SpanSet(taken)
    return [
        Edit(span=date.span, text=in_digits(date, lang))
        for date in worded_dates(text, lang)
        if not closed.overlaps(date.span)
    ]


def in_digits(date: Date, lang: str) -> str:
    """A date as models know it in Vietnamese or English: 3/4/2025, April 3, 2025."""
    if lang == "vi":
        return f"{date.day}/{date.month}" + (f"/{date.year}" if date.year else "")
    return f"{ENGLISH_MONTHS[date.month - 1]} {date.day}" + (f", {date.year}" if date.year else "")


def is_lunar(text: str, end: int) -> bool:
    """Whether what follows a Vietnamese date or month makes it one of the lunar calendar."""
    return bool(_LUNAR.match(text, end))


def _day(words: str, lang: str) -> int:
    if words.isdigit():
        return int(words)
    return _DAYS[lang][words.lower().replace(" ", "-") if lang == "en" else words.lower()]


def month_vi(written: str) -> int:
    """The month of its number or its word, 1 to 12."""
    return int(written) if written.isdigit() else MONTHS_VI[written.lower()]


def _month(word: str, lang: str) -> int:
    if lang == "vi":
        return month_vi(word)
    return (ENGLISH_MONTHS if lang == "en" else GENITIVE_MONTHS).index(word) + 1


def _leads(text: str, end: int, lang: str) -> Iterator[re.Match[str]]:
    """The days of a list that end at `end`, the last first."""
    while lead := _LEAD[lang].search(text, max(0, end - _LONGEST_LEAD), end):
        if lang == "vi" and not lead["sure"] and not is_day_vi(text, lead.start()):
            return
        yield lead
        end = lead.start()


def is_day_vi(text: str, start: int) -> bool:
    """Whether a word before `start` says that a day follows."""
    before = text[max(0, start - _LONGEST_BEFORE) : start].replace(NO_BREAK_SPACE, " ")
    return bool(_DAY_WORD_VI.search(before))


def follows_preposition_vi(text: str, start: int) -> bool:
    """Whether a preposition before `start` may have a date after it."""
    return bool(_PREPOSITION_VI.search(text, max(0, start - _LONGEST_BEFORE), start))


def _is_solar(match: re.Match[str], leads: Sequence[re.Match[str]], text: str) -> bool:
    """Whether a Vietnamese day and month, one of them in words, are neither lunar nor months (ba tháng)."""
    day, month = match["day"], match["month"]
    if (day.isdigit() and month.isdigit()) or is_lunar(text, match.end()):
        return False
    start = (leads[-1] if leads else match).start()
    is_new = any(each["sure"] for each in (match, *leads))
    if is_new and (_day(day, "vi"), month_vi(month)) == _KINGS_DAY:
        return False
    if (is_new or not day.isdigit()) and _has_lunar_feast(text):
        return False
    if is_new or text[:start].endswith(("ngày ", "Ngày ")):
        return True
    if month.islower():
        return False
    return day.isdigit() or (" " in day and follows_preposition_vi(text, start)) or is_day_vi(text, start)


@lru_cache(maxsize=64)
def _has_lunar_feast(text: str) -> bool:
    return bool(_LUNAR_FEAST.search(text))


def _is_day_en(match: re.Match[str], leads: Sequence[re.Match[str]], text: str) -> bool:
    """Whether an English ordinal beside a month is a day of it, not the first of its sort or of Mrs May's."""
    day, month, start, end = match["day"], match["month"], match.start(), match.end()
    from_here = max(0, start - _LONGEST_BEFORE)
    on = _ON.search(text, from_here, start)
    if match.re is _THE_DAY_OF_MONTH:
        if month == "May" and _POSSESSIVE.match(text, end):
            return False
        if month in _NAMES_OF_PEOPLE and not on and day.islower() and _NAME.match(text, end):
            return False
        return bool(match["sure"] or leads or on or day.istitle())
    if on or match["year"]:
        return True
    if _IN.search(text, from_here, start) or _NO_DAY_EN.match(text, end):
        return False
    if day.istitle() and _day(day, "en") > 3:
        return True
    if month == "May" and _SENTENCE_START.search(text, from_here, start):
        return False
    return bool(_AFTER_DAY_EN.match(text, end))
