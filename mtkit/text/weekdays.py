"""Days of the week, in Vietnamese, English and Russian: thứ Hai, Monday, «понедельник»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mtkit.text.date_words import DAY_VI, MONTHS_VI, one_of
from mtkit.text.dates import find_dates
from mtkit.text.edits import Edit, apply_edits
from mtkit.text.placeables import NO_BREAK_SPACE
from mtkit.text.spans import SpanSet
from mtkit.types import Span

_LEMMAS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_ON_DAY = ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье")
_ENUMERATED = ("Во-вторых", "В-третьих", "В-четвёртых", "В-пятых", "В-шестых", "В-седьмых", "")
"""What a model makes of thứ Hai at the start of a sentence, where thứ hai is also "secondly"."""
_IN_SHORT_RU = r"(?:(?:(?<=\()|(?<=, ))(?=[а-я])|^){}(?=\.?[,)]|\.? ?$)"
"""A day of the week in short: in brackets, after a comma, at the start of a text (пн, воскр.)."""
_NAMES = {
    "vi": (
        *("[Tt]hứ (?:[Hh]ai|2)", "[Tt]hứ (?:[Bb]a|3)", "[Tt]hứ (?:[Tt]ư|4)", "[Tt]hứ (?:[Nn]ăm|5)"),
        *("[Tt]hứ (?:[Ss]áu|6)", "[Tt]hứ (?:[Bb]ảy|7)", "[Cc]hủ [Nn]hật"),
    ),
    "en": tuple(f"{name}days?" for name in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")),
    "ru": tuple(
        f"{name}|{_IN_SHORT_RU.format(short)}"
        for name, short in (
            (r"[Пп]онедельни\w+", "[Пп](?:н|онед)"),
            (r"[Вв]торни\w+", "[Вв]т(?:орн)?"),
            (r"[Сс]ред(?:а|у|ы|е|ой|ам)", "[Сс]р"),
            (r"[Чч]етверг\w*", "[Чч]е?тв?"),
            (r"[Пп]ятни[цч]\w+", "[Пп]я?тн?"),
            (r"[Сс]уббот\w*", "[Сс]у?бб?"),
            (r"(?<!Светлое )[Вв]оскрес(?:ен|н)\w+", "[Вв](?:с|оскр)"),
        )
    ),
}
_MONTH_VI = rf"(?:\d|(?:{one_of(map(str.title, MONTHS_VI))})(?!\w))"
_AFTER = {
    "vi": rf",? \(?(?:(?:ngày )?(?:m[ồù]ng (?:\d|{DAY_VI})|\d{{1,2}}(?:[/-]\d| [Tt]háng {_MONTH_VI}))"
    rf"|ngày (?:\d{{1,2}}|{DAY_VI}) tháng)",
    "en": " (?:school|mass)",
    "ru": r"\)",
}
_BEFORE = {
    "vi": r"(?:\b(?i:sáng|trưa|chiều|tối|đêm|hôm|vào) |\()",
    "en": "(?!)",
    "ru": r"\b(?:[ВвНнКк]|[Вв]о|[Нн]а|[Сс]о|[Дд]о|[Пп]о) ",
}
_PATTERNS = {
    lang: re.compile(
        rf"(?P<before>{_BEFORE[lang]})?(?<!\w)(?P<name>"
        + "|".join(f"(?P<d{day}>{name})" for day, name in enumerate(names))
        + rf")(?!\w)(?P<after>{_AFTER[lang]})?"
    )
    for lang, names in _NAMES.items()
}
_MAY_HAVE_WEEKDAY = {
    "vi": re.compile(r"[Tt]hứ [haibtưnămsáuyHBTNS2-7]|hủ [nN]"),
    "en": re.compile("day"),
    "ru": re.compile(
        r"недельн|торни|[Сс]ред|етверг|ятни|уббот|оскрес"
        r"|(?<!\w)(?:[Пп](?:н|онед|т|ятн)|[Вв](?:т|торн|с|оскр)|[Сс](?:р|б|убб)|[Чч](?:т|етв))(?!\w)"
    ),
}
_NO_WEEKDAY_VI = re.compile(r"\b(?:lần|kỳ họp|phiên|phiên họp|khóa|khoá|đợt|vòng) $", re.IGNORECASE)
_NIGHT_TO_RU = re.compile(r"\bноч\w+ (?:с \w+ )?$", re.IGNORECASE)
_LONGEST_BEFORE = 24
_NEAR = 8
"""Characters between a day of the week and its date at most (Thứ Hai, ngày 3/11)."""
_NO_ROOM = re.compile(r"[ \u00a0]?[(№]")
"""What may stand after a date for no more brackets to fit between: brackets, or the number of a document."""
_OF_THE_YEAR = re.compile(r"[ \u00a0](?:года|г\.)")


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 0 to 6; one that is not `certain` may be something else (thứ hai is "second")."""

    span: Span
    day: int
    certain: bool

    @property
    def lemma(self) -> str:
        """Its Russian name."""
        return _LEMMAS[self.day]


@lru_cache(maxsize=64)
def find_weekdays(text: str, lang: str) -> tuple[Weekday, ...]:
    """Days of the week in order; `lang` is vi, en or ru."""
    if not _MAY_HAVE_WEEKDAY[lang].search(text):
        return ()
    text = text.replace(NO_BREAK_SPACE, " ")
    found = []
    for match in _PATTERNS[lang].finditer(text):
        span = Span(*match.span("name"))
        day = next(day for day in range(7) if match[f"d{day}"] is not None)
        if lang == "vi" and _NO_WEEKDAY_VI.search(text, max(0, span.start - _LONGEST_BEFORE), span.start):
            continue
        found.append(Weekday(span, day, _is_certain(match, day, lang)))
    return tuple(found)


def _is_certain(match: re.Match[str], day: int, lang: str) -> bool:
    name, beside = match["name"], bool(match["before"] or match["after"])
    if lang == "en":
        return not match["after"]
    if lang == "ru":
        start = match.start()
        if _NIGHT_TO_RU.search(match.string, max(0, start - _LONGEST_BEFORE), start):
            return False
        return beside or day != _LEMMAS.index("среда")
    if day == _LEMMAS.index("воскресенье") or (match["after"] and not match["after"].startswith(" ngày")):
        return True
    return beside and not name.rpartition(" ")[2].islower()


def weekdays_as_known(text: str, lang: str, taken: Sequence[Span]) -> list[Edit]:
    """The edit that tells thứ Hai from "secondly" at the start of a text: Vào thứ Hai; none over `taken`."""
    closed = SpanSet(taken)
    return [
        Edit(span=Span(each.span.start, each.span.start + 1), text="Vào t")
        for each in _opening(text, lang)
        if not closed.overlaps(each.span)
    ]


def named_weekdays(text: str, lang: str) -> Iterator[tuple[Span, str]]:
    """The day of the week that opens a Vietnamese text with its date, with the Russian lemma."""
    for each in _opening(text, lang):
        yield each.span, each.lemma


def _opening(text: str, lang: str) -> Iterator[Weekday]:
    if lang == "vi" and text.startswith("Thứ "):
        yield from (each for each in find_weekdays(text, lang)[:1] if each.certain and not each.span.start)


def lost_weekdays(source: str, src_lang: str, target: str) -> tuple[Weekday, ...]:
    """Days of the week that the source has for sure, where the Russian target has none at all."""
    if src_lang not in _NAMES or find_weekdays(target, "ru"):
        return ()
    return tuple(each for each in find_weekdays(source, src_lang) if each.certain)


def mend_weekdays(source: str, src_lang: str, target: str) -> str:
    """A Russian target with the day of the week of its source where that is lost.

    It takes the place of the "secondly" that the model made of it, else it stands in brackets after the date
    that it belongs to.
    """
    lost = lost_weekdays(source, src_lang, target)
    if len(lost) != 1:
        return target
    (weekday,) = lost
    opening = _ENUMERATED[weekday.day]
    if src_lang == "vi" and not weekday.span.start and opening and target.startswith(f"{opening}, "):
        on_day = _ON_DAY[weekday.day]
        return on_day[0].upper() + on_day[1:] + target[len(opening) :]
    for date in find_dates(source, src_lang):
        if _is_beside(weekday.span, date.span):
            places = [other.span.end for other in find_dates(target, "ru") if other.agrees(date)]
            if len(places) == 1:
                of_the_year = _OF_THE_YEAR.match(target, places[0])
                end = of_the_year.end() if of_the_year else places[0]
                if _NO_ROOM.match(target, end):
                    return target
                return apply_edits(target, [Edit(span=Span(end, end), text=f" ({weekday.lemma})")]).text
    return target


def _is_beside(weekday: Span, date: Span) -> bool:
    return 0 <= date.start - weekday.end <= _NEAR or 0 <= weekday.start - date.end <= _NEAR // 2
