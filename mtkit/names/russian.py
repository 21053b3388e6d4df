"""Names of persons in a Russian text: where they stand, in which case, and how they are written in another.

Vietnamese names are told by their surname; only the last part of a man's declines (Rosental, Handbook of
spelling and style, § 149). Other names are a first name of the dictionary with the surname after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from mtkit.names import tables
from mtkit.names.declension import declined
from mtkit.names.transcription import is_syllable, transcribe
from mtkit.text.morphology import CASES, FEMALE_MIDDLE_NAME, Parse, decline_name, like_case, parse
from mtkit.types import Span

_CAPITALISED = re.compile(r"(?<![\w-])[А-ЯЁ][а-яё]*(?:-[А-ЯЁ]?[а-яё]+)*(?![\w-])")
_MOST_PARTS = 5
_LAST_PART = re.compile(
    r"(?P<stem>[бвгджзйклмнпрстфхчшщ]*ь?[аеёиоуыэюя][аеёиоуыэюяй]{0,3}?)"
    r"(?:(?P<hard>нг|[кмнпт])(?:|а|у|ом)|(?P<soft>[нт])(?:ь|я|ю|ем)|(?:й|я|ю|ем))",
    re.IGNORECASE,
)
"""A syllable and its ending; «-е» is as often part of a name as it is the prepositional."""
_BEFORE_J = "аоуыэ"
_SEX = {"masc": "m", "femn": "f"}
_NOMINATIVE_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|[сц]кий)$")
_INVARIABLE_SURNAME = re.compile(r"(?:[еёиоуыэю]|[ыи]х)$")
_DICTIONARY_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|[сц]кий|ой|ый|ь|ец|[её]к|ок)$")
"""Surnames that do not decline as other names in a consonant do, or lose a vowel where they do."""


_OF_WOMEN = frozenset(
    {"Бить", "Зьеу", "Куинь", "Ми", "Муй", "Нгует", "Ны", FEMALE_MIDDLE_NAME, "Тху", "Тхюи", "Фыонг"}
)
"""Middle names of women."""
_OF_MEN = frozenset(
    {"Ба", "Ван", "Вьет", "Дак", "Динь", "Дык", "Конг", "Куанг", "Куок", "Суан", "Тьен", "Хыу", "Чонг", "Ши"}
)
"""Middle names that tell a man, whatever follows them."""
_GIVEN_TO_WOMEN = frozenset(
    {"Ань", "Бить", "Ван", "Зоань", "Зуен", "Зьем", "Зьеп", "Йен", "Куен", "Куинь", "Кук", "Лан", "Лиен"}
    | {"Линь", "Лоан", "Льен", "Май", "Нган", "Нгок", "Нгует", "Ньунг", "Нюнг", "Оань", "Тует", "Туен"}
    | {"Тхам", "Уен", "Фыонг", "Ханг", "Хань", "Хоай", "Хонг", "Хыонг", "Хьен", "Хюен", "Хюйен", "Чам"}
    | {"Чанг", "Чук", "Шыонг"}
)
"""Last parts of names that women have as often as men, or oftener."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RussianName:
    """A person's name at `span` of a text; `forms` by case, where it declines.

    `written` are the cases whose form it has; all for a name that is the same in each. `sex` is "m", "f", or
    None where it tells neither.
    """

    span: Span
    forms: dict[str, str]
    written: frozenset[str]
    sex: str | None


def russian_names(text: str) -> Iterator[RussianName]:
    """Names of persons in a text, by their place; disjoint."""
    for run in _runs(text):
        start = 0
        while start < len(run) - 1:
            found, length = _name(text, run[start:])
            if found is not None:
                yield found
            start += length


def _runs(text: str) -> Iterator[list[Span]]:
    """Capitalised words that stand together, two at least."""
    run: list[Span] = []
    for found in _CAPITALISED.finditer(text):
        if run and text[run[-1].end : found.start()] not in (" ", "\u00a0"):
            if len(run) > 1:
                yield run
            run = []
        run.append(Span(*found.span()))
    if len(run) > 1:
        yield run


def _name(text: str, run: list[Span]) -> tuple[RussianName | None, int]:
    """The name that a run begins with, and how many of its words are done with."""
    words = [span.of(text) for span in run]
    if words[0] in russian_surnames():
        length = next((i for i, word in enumerate(words) if not _is_syllable(word)), len(words))
        if 1 < length <= _MOST_PARTS:
            return _vietnamese(text, run[:length]), length
    if len(run) == 2 and not (_is_syllable(words[0]) and _is_syllable(words[1])):
        found = _foreign(*words)
        if found is not None:
            return replace(found, span=Span(run[0].start, run[1].end)), 2
    return None, 1


def _is_syllable(word: str) -> bool:
    """Whether a word can be a part of a Vietnamese name."""
    return "ё" not in word and is_syllable(word)


def _vietnamese(text: str, parts: list[Span]) -> RussianName:
    span = Span(parts[0].start, parts[-1].end)
    name = " ".join(span.of(text).split())
    first, _, last = name.rpartition(" ")
    nominative = f"{first} {_nominative(last)}"
    sex = _sex(nominative, declined=nominative != name)
    forms = declined(nominative, sex)
    written = frozenset(case for case in CASES if forms[case] == name)
    return RussianName(span=span, forms=forms, written=written, sex=sex)


def _sex(name: str, *, declined: bool) -> str | None:
    """Whose a Vietnamese name is; one that is declined is a man's, as women's are not."""
    _, *middle, last = name.split()
    if name in _known("f") or FEMALE_MIDDLE_NAME in (*middle, last):
        return "f"
    if declined or name in _known("m") or not _OF_MEN.isdisjoint(middle):
        return "m"
    return "f" if last in _GIVEN_TO_WOMEN or not _OF_WOMEN.isdisjoint((*middle, last)) else None


@lru_cache(maxsize=4096)
def _nominative(part: str) -> str:
    """The last part of a Vietnamese name without the ending of its case."""
    found = _LAST_PART.fullmatch(part)
    if found is None:
        return part
    if found["hard"]:
        return found["stem"] + found["hard"]
    if found["soft"]:
        return found["stem"] + found["soft"] + "ь"
    return found["stem"] + "й" if found["stem"][-1] in _BEFORE_J else part


@cache
def russian_surnames() -> frozenset[str]:
    """Vietnamese surnames in Russian."""
    return frozenset(transcribe(name) for name in tables.surnames())


@cache
def _known(sex: str) -> frozenset[str]:
    """Names of persons of one sex, in Russian."""
    persons = (known for known in tables.persons().values() if known.sex == sex)
    return frozenset(known.russian or transcribe(known.vietnamese) for known in persons)


@lru_cache(maxsize=4096)
def _foreign(first: str, surname: str) -> RussianName | None:
    """A first name in the nominative with a surname; None where one of them is unsure. At no span yet.

    A first name in another case counts where the surname is certainly in the nominative: the two then agree
    in none.
    """
    reading = next((each for each in _readings(first, "Name") if each.case == "nom"), None)
    if reading is None and _NOMINATIVE_SURNAME.search(surname):
        reading = next(iter(_readings(first, "Name")), None)
    if reading is None or reading != parse(first)[0] or reading.gender not in _SEX or not reading.known:
        return None
    if reading.fixed and not _readings(surname, "Surn"):
        return None
    forms = {}
    for case in CASES:
        own, other = reading.form(case, "sg"), _surname(surname, case, reading.gender)
        if own is None or other is None:
            return None
        forms[case] = f"{like_case(own, first)} {other}"
    if reading.case == "nom" and forms["nom"] != f"{first} {surname}":
        return None
    written = frozenset(case for case in CASES if forms[case] == f"{first} {surname}")
    return RussianName(span=Span(0, 0), forms=forms, written=written, sex=_SEX[reading.gender])


def _surname(surname: str, case: str, gender: str) -> str | None:
    """A surname in the nominative in another case; None where that is not known."""
    if _INVARIABLE_SURNAME.search(surname):
        return surname
    readings = [each for each in _readings(surname, "Surn") if each.gender in (gender, None)]
    known = next((each for each in readings if each.case == "nom" and not each.fixed), None)
    consonant = surname[-1].lower() not in "аеёиоуыэюя"
    if gender == "femn" and consonant:
        return surname
    if known is not None:
        form = known.form(case, "sg")
        return None if form is None else like_case(form, surname)
    if not consonant or _DICTIONARY_SURNAME.search(surname) or parse(surname)[0].known:
        return None
    return decline_name(surname, case, animate=True)


def _readings(word: str, kind: str) -> list[Parse]:
    return [each for each in parse(word) if kind in each.grammemes and each.number == "sg"]
