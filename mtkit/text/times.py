"""Times of day, in Vietnamese, English and Russian: 7 giờ tối, 19h30, 7 p.m., «семь часов вечера»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mtkit.text.date_words import one_of
from mtkit.text.edits import Edit, apply_edits
from mtkit.text.number_words import UNITS_EN, UNITS_VI
from mtkit.text.placeables import NO_BREAK_SPACE
from mtkit.text.spans import SpanSet
from mtkit.text.time_context import is_day, is_duration, is_title, just_before, opens_range
from mtkit.types import Span


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day; `minutes` since midnight, several where the half of the day is not said.

    `part` is the part of the day in English, "" where no word says it; one that is not `certain` may be a
    duration, a ratio or a score.
    """

    span: Span
    minutes: frozenset[int]
    part: str
    certain: bool

    @property
    def russian(self) -> str:
        """As Russian writes it in digits, 19:00; "" where it is not sure."""
        if len(self.minutes) != 1:
            return ""
        (minutes,) = self.minutes
        return f"{minutes // 60}:{minutes % 60:02}"


_DAY = 24 * 60
_PARTS = {
    **{"sáng": "morning", "rạng sáng": "morning", "trưa": "noon", "chiều": "afternoon", "tối": "evening"},
    **{"đêm": "night", "khuya": "night"},
    **{"am": "morning", "pm": "afternoon", "in the morning": "morning", "in the afternoon": "afternoon"},
    **{"in the evening": "evening", "at night": "night"},
    **{"утра": "morning", "дня": "afternoon", "пополудни": "afternoon", "после полудня": "afternoon"},
    **{"вечера": "evening", "ночи": "late"},
}
_HOURS_VI = {name: hour for hour, name in enumerate((*UNITS_VI, "mười một", "mười hai"), 1)}
_HOURS_EN = {name: hour for hour, name in enumerate(UNITS_EN[1:13], 1)}
_HOURS_RU = {
    **{"два": 2, "двух": 2, "двум": 2, "три": 3, "трех": 3, "трем": 3, "четыре": 4, "четырех": 4},
    **{"четырем": 4, "восемь": 8, "восьми": 8},
    **{
        f"{stem}{ending}": hour
        for hour, stem in (
            *((5, "пят"), (6, "шест"), (7, "сем"), (9, "девят"), (10, "десят"), (11, "одиннадцат")),
            (12, "двенадцат"),
        )
        for ending in "ьи"
    },
}
_HOURS = {"vi": _HOURS_VI, "en": _HOURS_EN, "ru": _HOURS_RU}
_TO_SECOND_HALF = {
    "noon": range(3),
    "afternoon": range(12),
    "evening": range(13),
    "night": range(6, 13),
    "late": range(10, 13),
}
"""The hours that a part of the day puts after noon; twelve in the evening or at night is midnight.

Russian night is late: 9 «ночи» is not said of 21:00."""
_NOON, _MIDNIGHT = 12 * 60, 0

_START = r"(?<![\w:.,/])(?<!\d-)"
_HOUR = r"(?:[01]?\d|2[0-4])"
_COLON = r"(?::(?P<m>[0-5]\d)(?![\d:]|[.,]\d| \d{3}(?!\d)))"
_PART_VI = (
    r"(?: (?P<part>rạng sáng|sáng(?! (?:tạo|lập|kiến|tác|chế)(?!\w))|trưa"
    r"|chiều(?! (?:dài|cao|rộng|sâu|ngang|hướng)(?!\w))"
    r"|tối(?! (?:đa|thiểu|ưu|tân|tăm|mật|cao|giản)(?!\w))|đêm|khuya)(?!\w))"
)
_MINUTE_VI = r"(?: ?(?P<m>[0-5]\d)(?![\d/-]|[.,]\d)(?: ?phút)?| (?P<single>\d) phút| (?P<half>rưỡi))"
_PART_EN = r"(?:in the (?:morning|afternoon|evening)|at night)"
_PART_RU = r"(?P<part>утра|дня|вечера|ночи|пополудни|после полудня)(?!\w)"
_PATTERNS = {
    "vi": (
        re.compile(
            rf"{_START}(?:(?P<lead>{_HOUR})(?P<lead_unit> ?(?:giờ|h)(?: ?(?P<lead_m>[0-5]\d)(?: ?phút)?)?)?"
            rf"(?P<link> (?:đến|tới|và) | ?[-–—] ?))?"
            rf"(?P<h>{_HOUR}|(?i:{one_of(_HOURS_VI)})) ?(?:giờ|[hH](?!\w*[^\W\d])|g(?=[0-5]\d))"
            rf"{_MINUTE_VI}?(?!\w){_PART_VI}?"
        ),
        re.compile(rf"{_START}(?P<h>{_HOUR}){_COLON}{_PART_VI}?"),
    ),
    "en": (
        re.compile(
            rf"{_START}(?:(?P<lead>{_HOUR})(?:[:.](?P<lead_m>[0-5]\d))?"
            rf"(?P<link> (?:to|until|till|and|or) | ?[-–—] ?))?"
            rf"(?P<h>{_HOUR}|(?i:{one_of(_HOURS_EN)}))(?:[:.](?P<m>[0-5]\d))?"
            rf"(?: ?(?P<part>[ap]m(?!\w)|[ap]\.m(?!\w)\.?)| (?P<clock>o['’]clock)(?: (?P<of>{_PART_EN}))?)",
            re.IGNORECASE,
        ),
        re.compile(rf"{_START}(?P<h>{_HOUR}){_COLON}(?: (?P<part>{_PART_EN}))?"),
        re.compile(rf"(?<=\bat )(?P<h>{_HOUR}|{one_of(_HOURS_EN)}) (?P<part>{_PART_EN})"),
        re.compile(r"\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight)\b", re.IGNORECASE),
    ),
    "ru": (
        re.compile(
            rf"{_START}(?P<h>{_HOUR})(?:{_COLON}|\.(?P<dotted>[0-5]\d)(?![\d:]| ?%|[.,]\d| \d{{3}}(?!\d)))"
            rf"(?: {_PART_RU})?"
        ),
        re.compile(
            rf"{_START}(?:(?P<lead>{_HOUR})(?P<link> (?:до|и|или) | ?[-–—] ?))?(?P<h>{_HOUR}) "
            rf"(?P<clock>час(?:а|ов|у|ам|ами|ах)?(?!\w)|ч(?!\w)\.?)"
            rf"(?: (?P<m>[0-5]?\d) (?:минут(?:[аыу]|ам)?(?!\w)|мин(?!\w)\.?))?(?: {_PART_RU})?"
        ),
        re.compile(
            rf"{_START}(?:(?P<lead>{_HOUR})(?P<link> (?:до|и|или) | ?[-–—] ?))?(?P<h>{_HOUR}) {_PART_RU}"
        ),
        re.compile(
            rf"(?<![\w-])(?:(?P<h>(?i:{one_of(_HOURS_RU)}))(?P<clock> час(?:а|ов|ам))?"
            rf"|(?P<one>[Чч]ас[уа]?)) {_PART_RU}"
        ),
        re.compile(
            r"(?<![\w-])(?<!после )(?<!до )(?:(?P<noon>пол(?:день|уд(?:ня|ню)))"
            r"|(?P<midnight>пол(?:ночь|у?ночи)))(?!\w)",
            re.IGNORECASE,
        ),
    ),
}
_MAY_HAVE_TIME = {
    "vi": re.compile(rf"\d ?(?:giờ|[hH](?!\w)|[hg]\d|:\d)|(?:{one_of(_HOURS_VI)}) giờ", re.IGNORECASE),
    "en": re.compile(
        r"\d(?::\d| ?[ap]\.?m)| [ap]\.m|clock|noon|midday|midnight|in the [mae]|at night", re.IGNORECASE
    ),
    "ru": re.compile(r"\d[:.]\d\d|\d ч|утра|вечера|дня|ночи|полу?[дн]"),
}
"""What a text with a time of day has: a quick look that spares most texts the search."""
_POINT = {
    "vi": re.compile(r"\b(?:lúc|hồi) $", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)[вк] $", re.IGNORECASE),
}
_BOUND = {
    "vi": re.compile(r"\b(?:vào|từ|đến|tới|trước|sau) $", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)(?:до|со?|после|около) $", re.IGNORECASE),
}
_LATER_RU = re.compile(r"(?<!\w)(?:вечер|днем|дня|ноч)", re.IGNORECASE)
_FEW = 4
"""Up to here a number before «дня», «ночи» or «вечера» may count them."""
_LONGEST_BEFORE = 8
_SCORE_RU = re.compile(r"(?<!\w)сч[её]т\w* $", re.IGNORECASE)
_OF_A_ZONE_RU = re.compile(r",? \(?(?:по [\w-]+(?: \w+)? времени|по Гринвичу|(?:UTC|GMT|МСК|мск)(?!\w))")
_AFTER_ZONE_RU = re.compile(r"(?:(?<!\w)времени|Гринвичу),?(?: в)? $")


@lru_cache(maxsize=64)
def find_times(text: str, lang: str) -> tuple[Time, ...]:
    """Times of day in order; `lang` is vi, en or ru. Of a range (7 to 9 p.m.) both ends."""
    if not _MAY_HAVE_TIME[lang].search(text):
        return ()
    text = text.replace(NO_BREAK_SPACE, " ")
    if lang == "ru":
        text = text.replace("ё", "е").replace("Ё", "Е")
    taken = SpanSet()
    found = [
        time
        for pattern in _PATTERNS[lang]
        for match in pattern.finditer(text)
        for time in _read(match, lang)
        if taken.take(time.span)
    ]
    return tuple(sorted(found, key=lambda time: time.span))


def _read(match: re.Match[str], lang: str) -> Iterator[Time]:
    """The times of one match: the start of a range before the time that says the part of the day."""
    groups = match.groupdict()
    if groups.get("noon") or groups.get("midnight"):
        minutes = frozenset({_NOON if groups.get("noon") else _MIDNIGHT})
        yield Time(Span(*match.span()), minutes, "", certain=True)
        return
    if lang == "en" and (is_day(match) or is_title(match)):
        return
    part, hour, end = _part(groups), _hour(groups["h"], lang), match.end()
    if part and lang == "vi" and is_duration(match):
        part, end = "", match.start("part") - 1
    minute = 30 if groups.get("half") else int(_first(groups, "m", "dotted", "single") or 0)
    minutes = _since_midnight(hour, minute, part, lang)
    if groups.get("clock") and not part and lang == "ru" and _is_later(match.string):
        minutes = _since_midnight(hour, minute, "", "")
    start = match.start()
    if groups.get("lead"):
        if opens_range(match, lang):
            first, first_minute = int(groups["lead"]), int(groups.get("lead_m") or 0)
            same = _since_midnight(first, first_minute, part, lang)
            inherits = bool(part) and first < min(hour, 12) and max(same) < min(minutes)
            yield Time(
                Span(start, match.start("link")),
                same if inherits else _since_midnight(first, first_minute, "", ""),
                part if inherits else "",
                certain=False,
            )
        elif match["link"] in "-–—":
            return
        start = match.end("link")
    yield Time(Span(start, end), minutes, part, _is_certain(match, start, hour, part, lang))


@lru_cache(maxsize=64)
def _is_later(text: str) -> bool:
    """Whether words of a Russian text may put its hours after noon."""
    return bool(_LATER_RU.search(text))


def _first(groups: dict[str, str | None], *names: str) -> str | None:
    return next((groups[name] for name in names if groups.get(name)), None)


def _part(groups: dict[str, str | None]) -> str:
    written = _first(groups, "part", "of")
    return _PARTS[written.lower().replace(".", "")] if written else ""


def _hour(written: str | None, lang: str) -> int:
    if written is None:
        return 1
    return int(written) if written.isdigit() else _HOURS[lang][written.lower()]


def _since_midnight(hour: int, minute: int, part: str, lang: str) -> frozenset[int]:
    """Where no word tells the part of the day, a Russian hour is what it says, another of either half."""
    if not part and lang != "ru" and 1 <= hour <= 12:
        return frozenset({(hour * 60 + minute) % _DAY, (hour + 12) % 24 * 60 + minute})
    if part == "morning" and hour >= 12:
        hour -= 12
    elif part in _TO_SECOND_HALF and hour in _TO_SECOND_HALF[part]:
        hour += 12
    return frozenset({(hour * 60 + minute) % _DAY})


def _is_certain(match: re.Match[str], start: int, hour: int, part: str, lang: str) -> bool:
    if lang == "en":
        return True
    groups = match.groupdict()
    before = match.string[max(0, start - _LONGEST_BEFORE) : start]
    if lang == "ru" and _SCORE_RU.search(before):
        return False
    minute = _first(groups, "m", "single", "half")
    bound = (13 <= hour < 24 or bool(minute)) and bool(_BOUND[lang].search(before))
    if _POINT[lang].search(before) or bound or (minute and not (lang == "ru" and groups.get("clock"))):
        return True
    if lang == "vi" or _first(groups, "clock", "one", "dotted"):
        return bool(part)
    return part == "morning" or (part == "evening" and hour > _FEW)


def mend_times(source: str, src_lang: str, target: str) -> str:
    """A Russian target whose only wrong time is that of its source, where the source has just one missing."""
    missing, extra = differing_times(source, src_lang, target, "ru")
    if len(missing) != 1 or len(extra) != 1 or not missing[0].russian:
        return target
    span = extra[0].span
    if _is_of_a_zone(span, target) or _is_another(span.of(target), source, src_lang):
        return target
    return apply_edits(target, [Edit(span=span, text=missing[0].russian)]).text


def _is_of_a_zone(span: Span, target: str) -> bool:
    """Whether a Russian time is said to be that of a place: it may have been converted."""
    plain = target.replace(NO_BREAK_SPACE, " ")
    return bool(_OF_A_ZONE_RU.match(plain, span.end) or _AFTER_ZONE_RU.search(just_before(plain, span.start)))


def _is_another(written: str, source: str, lang: str) -> bool:
    """Whether the digits of a Russian time are those of a score, or of hours that pass, in the source."""
    digits = re.findall(r"\d+", written)
    pattern = r"(?<!\d)" + r"(?!\d)\W{1,3}".join(digits) + r"(?!\d)"
    if len(digits) == 1:
        pattern += "[ -](?:hour|tiếng)"
    times = SpanSet(time.span for time in find_times(source, lang))
    found = (Span(*match.span()) for match in re.finditer(pattern, source))
    return bool(digits) and not all(map(times.overlaps, found))


@lru_cache(maxsize=64)
def differing_times(
    source: str, src_lang: str, target: str, tgt_lang: str
) -> tuple[tuple[Time, ...], tuple[Time, ...]]:
    """Times of the source that the target has not, and those of the target that the source has not."""
    source_side = find_times(source, src_lang)
    target_side = find_times(target, tgt_lang) if source_side else ()
    return _only_in(source_side, target_side), _only_in(target_side, source_side)


def _only_in(side: Sequence[Time], other: Sequence[Time]) -> tuple[Time, ...]:
    """Certain times of a side that the other has not; none where the other has no time at all."""
    there = _minutes(other)
    return tuple(time for time in side if there and time.certain and there.isdisjoint(time.minutes))


def _minutes(times: Sequence[Time]) -> frozenset[int]:
    return frozenset().union(*(time.minutes for time in times))


def agreed_times(source: str, src_lang: str, target: str, tgt_lang: str) -> tuple[list[Span], list[Span]]:
    """Where the times stand that are on both sides, in the source and in the target."""
    source_side, target_side = find_times(source, src_lang), find_times(target, tgt_lang)
    agreed = _minutes(source_side) & _minutes(target_side)
    sides = (source_side, target_side)
    in_source, in_target = ([each.span for each in side if each.minutes & agreed] for side in sides)
    return in_source, in_target
