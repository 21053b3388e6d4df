"""What case a place in a Russian sentence asks for, and how to mend the words around it.

Government of prepositions after Rosental, Handbook of spelling and style, § 198 to 202.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mtkit.text.morphology import (
    CASES,
    INDECLINABLE,
    SUBSTANTIVISED,
    VOWELS,
    Parse,
    inflect,
    like_case,
    parse,
)
from mtkit.types import Span

ALL_CASES = frozenset(CASES)

_GENITIVE = frozenset({"gen"})
PREPOSITIONS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("без", "безо", "близ", "вблизи", "ввиду", "вдоль", "взамен", "вместо", "вне", "внутри", "возле"),
        _GENITIVE,
    ),
    **dict.fromkeys(
        ("вокруг", "вроде", "вследствие", "для", "до", "из", "изо", "из-за", "из-под", "касательно", "кроме"),
        _GENITIVE,
    ),
    **dict.fromkeys(
        ("мимо", "накануне", "насчёт", "насчет", "около", "от", "ото", "относительно", "позади", "помимо"),
        _GENITIVE,
    ),
    **dict.fromkeys(
        ("посредством", "после", "посреди", "против", "путём", "путем", "ради", "сверх", "свыше", "среди"),
        _GENITIVE,
    ),
    **dict.fromkeys(("у", "напротив", "впереди", "наподобие"), _GENITIVE),
    **dict.fromkeys(
        ("к", "ко", "благодаря", "вопреки", "навстречу", "наперекор", "согласно", "соразмерно"),
        frozenset({"dat"}),
    ),
    **dict.fromkeys(("про", "сквозь", "спустя", "через", "включая", "исключая"), frozenset({"acc"})),
    **dict.fromkeys(("над", "надо", "перед", "передо"), frozenset({"ins"})),
    **dict.fromkeys(("за", "под", "подо"), frozenset({"acc", "ins"})),
    **dict.fromkeys(("в", "во", "на"), frozenset({"acc", "loc"})),
    **dict.fromkeys(("о", "об", "обо"), frozenset({"loc"})),
    **dict.fromkeys(("с", "со"), frozenset({"gen", "ins"})),
    "при": frozenset({"loc"}),
    "по": frozenset({"dat"}),
    "между": frozenset({"gen", "ins"}),
}

_WITH_INSTRUMENTAL = (
    ("в", "соответствии"),
    ("в", "связи"),
    ("во", "главе"),
    ("вместе",),
    ("совместно",),
    ("наряду",),
    ("по", "сравнению"),
    ("встреча",),
    ("встречу",),
    ("встрече",),
    ("сотрудничество",),
    ("заседание",),
    ("переговоры",),
)
"""Words after which «с» governs the instrumental only."""

_COMPOUND = frozenset(
    {("в", word) for word in ("адрес", "качестве", "лице", "отношении", "пользу", "присутствии", "рамках")}
    | {("в", word) for word in ("ходе", "целях", "честь", "преддверии", "составе", "интересах")}
    | {("во", word) for word in ("время", "исполнение", "имя", "избежание")}
    | {
        ("от", "имени"),
        ("от", "лица"),
        ("со", "стороны"),
        ("с", "участием"),
        ("с", "помощью"),
        ("за", "счёт"),
    }
    | {("под", word) for word in ("руководством", "председательством", "контролем", "эгидой", "началом")}
    | {("по", word) for word in ("поручению", "решению", "инициативе", "приглашению", "случаю", "итогам")}
    | {("по", word) for word in ("линии", "мнению", "словам", "просьбе", "предложению", "указанию", "данным")}
    | {("на", word) for word in ("основе", "основании", "имя", "благо", "базе", "уровне")}
    | {("при", word) for word in ("участии", "поддержке", "содействии", "помощи", "посредстве")}
)
"""Prepositional phrases that govern the genitive."""

_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_SMALL_NUMERALS = frozenset({"два", "две", "три", "четыре", "оба", "обе", "полтора", "полторы"})
"""After these a noun is genitive singular and its adjective genitive plural."""
POSTS = frozenset(
    {"глава", "делегат", "депутат", "директор", "заместитель", "кандидат", "министр"}
    | {"начальник", "помощник", "посол", "председатель", "представитель", "президент", "работник", "ректор"}
    | {"руководитель", "секретарь", "советник", "сотрудник", "член"}
)
_UNLIKELY = 0.045
_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Head:
    """The inflecting noun of a term: what adjectives and verbs beside it agree with."""

    gender: str
    animate: bool

    def agrees(self, word: Parse, number: str) -> bool:
        """Whether a word goes with it in this number and in gender; a man's title may be a woman's."""
        women = self.animate and word.gender == "femn"
        return word.number == number and (number == "pl" or women or word.gender in (None, self.gender))


def expected_cases(text: str, span: Span) -> frozenset[str]:
    """Cases that the words directly before `span` leave open; every case where none decides.

    A preposition decides by its government, adjectives by their own form, together by what both allow; a
    noun that names a post («секретарь», «член») wants an organ after it in the genitive.
    """
    before = _words_before(text, span.start, 8)
    allowed = ALL_CASES
    while before and (modifier := _modifier_cases(before[-1])):
        narrowed = allowed & modifier
        if not narrowed:
            return allowed
        allowed = narrowed
        before = before[:-1]
    if not before:
        return allowed
    governed = _governed(before)
    if governed is not None:
        return (allowed & governed) or governed
    if allowed == ALL_CASES and _post(before[-1]) and is_organ(span.of(text)):
        return _GENITIVE
    return allowed


def agrees(text: str, span: Span, readings: tuple[tuple[str, str], ...], head: Head | None = None) -> bool:
    """Whether a form with these (case, number) readings can stand at `span`.

    It must have a case that the words before it ask for (or be the nominative of «кандидат в члены»), and
    agree with an adjective right before it, in gender too where `head` tells the term's.
    """
    expected = expected_cases(text, span)
    fitting = [(case, number) for case, number in readings if plain_case(case) in expected]
    before = _words_before(text, span.start, 3)
    if not fitting:
        return ("nom", "pl") in readings and before[-1:] in (["в"], ["во"])
    if not before or not _modifier_cases(before[-1]):
        return True
    if any(word.lower() in _SMALL_NUMERALS or word.isdigit() for word in before[:-1]):
        return True
    return any(
        reading.case == plain_case(case)
        and reading.number == number
        and (head is None or number == "pl" or reading.gender == head.gender)
        for reading in parse(before[-1])
        if reading.pos == "ADJF"
        for case, number in fitting
    )


def phrase_cases(text: str, span: Span) -> frozenset[tuple[str, str]]:
    """(case, number) readings of the noun phrase at `span`; empty where no word of it is a known noun."""
    words = _WORD.findall(span.of(text))
    shared: set[tuple[str, str]] | None = None
    for word in words:
        readings = [reading for reading in parse(word) if reading.known]
        noun = [r for r in readings if r.pos == "NOUN" and not r.fixed]
        adjectives = [r for r in readings if r.pos in _ADJECTIVES]
        found = {(r.case, r.number) for r in (adjectives or noun) if r.case and r.number}
        if noun and adjectives:
            found |= {(r.case, r.number) for r in noun if r.case and r.number}
        if not found:
            if shared:
                break
            continue
        shared = found if shared is None else (shared & found) or shared
        if noun:
            return frozenset(shared)
    return frozenset()


def head_of(nominative: str, instrumental: str) -> Head | None:
    """The head noun of a term, from two of its forms: the first inflecting word that reads as a noun.

    Of a term whose noun does not inflect («Постоянное бюро», «Политбюро ЦК КПВ») it is the first such noun.
    """
    first, second = _WORD.findall(nominative), _WORD.findall(instrumental)
    if len(first) != len(second):
        return None
    for word, other in zip(first, second, strict=True):
        for reading in parse(word):
            if reading.pos != "NOUN" or not reading.gender:
                continue
            if word.lower() in INDECLINABLE if word == other else reading.case == "nom":
                return Head(reading.gender, bool(reading.animate))
    return None


def mend_adjectives(text: str, span: Span, case: str, number: str, head: Head) -> tuple[str, Span]:
    """Make adjectives directly before `span` agree with the term there; the text and where it now stands."""
    start = span.start
    while (found := word_before(text, start)) is not None and _modifier_cases(found.of(text)):
        word = found.of(text)
        adjectives = [reading for reading in parse(word) if reading.pos == "ADJF"]
        if any(
            reading.case == plain_case(case)
            and reading.number == number
            and reading.gender in (head.gender, None)
            for reading in adjectives
        ):
            start = found.start
            continue
        reading = adjectives[0]
        form = reading.form(plain_case(case), number, head.gender, head.animate)
        if form is None:
            break
        form = like_case(form, word)
        shift = len(form) - len(word)
        text = text[: found.start] + form + text[found.end :]
        span = span.shifted(shift)
        start = found.start
    return text, span


def mend_preposition(text: str, start: int) -> tuple[str, int]:
    """Choose between о and об, в and во, с and со, к and ко before position `start`; text and new start."""
    found = word_before(text, start)
    if found is None:
        return text, start
    word = found.of(text)
    following = text[start : start + 2].lower()
    wanted = _preposition_variant(word.lower(), following)
    if wanted is None or wanted == word.lower():
        return text, start
    wanted = like_case(wanted, word)
    return text[: found.start] + wanted + text[found.end :], start + len(wanted) - len(word)


def mend_verb(text: str, span: Span, number: str, head: Head) -> str:
    """Make a singular past verb or short participle right after a nominative agree with it.

    A plural one stays: it may have several subjects.
    """
    found = re.match(r"\s+(?=(\w+))", text[span.end :])
    if found is None:
        return text
    word = found.group(1)
    start = span.end + found.end()
    reading = parse(word)[0]
    past = reading.pos == "PRTS" or (reading.pos == "VERB" and "past" in reading.grammemes)
    if not past or reading.number != "sg":
        return text
    form = inflect(word, ["pl"] if number == "pl" else ["sg", head.gender])
    return text if form is None else text[:start] + form + text[start + len(word) :]


def _preposition_variant(word: str, following: str) -> str | None:
    first, second = following[:1], following[1:2]
    cluster = bool(second) and second not in VOWELS
    if word in ("о", "об"):
        return "об" if first and first in "аэиоу" else "о"
    if word in ("в", "во"):
        return "во" if first in ("в", "ф") and cluster else "в"
    if word in ("с", "со"):
        return "со" if first and first in "сзшж" and cluster else "с"
    return None


def _words_before(text: str, start: int, count: int) -> list[str]:
    """Up to `count` words before `start`, nearest last, up to the first punctuation mark."""
    words: list[str] = []
    while len(words) < count and (found := word_before(text, start)) is not None:
        words.insert(0, found.of(text))
        start = found.start
    return words


@lru_cache(maxsize=4096)
def word_before(text: str, start: int) -> Span | None:
    """The word before position `start`, over spaces and opening quotes; None after other punctuation."""
    end = start
    while end > 0 and (text[end - 1].isspace() or text[end - 1] in '«„“"('):
        end -= 1
    begin = end
    while begin > 0 and (text[begin - 1].isalnum() or text[begin - 1] in "-‑"):
        begin -= 1
    return Span(begin, end) if begin < end else None


def is_modifier(word: str) -> bool:
    """Whether a word is most likely an adjective that agrees with the noun after it."""
    return bool(_modifier_cases(word))


def modified_start(text: str, start: int) -> int:
    """Where the adjectives directly before `start` begin."""
    while (found := word_before(text, start)) is not None and is_modifier(found.of(text)):
        start = found.start
    return start


@lru_cache(maxsize=65536)
def _modifier_cases(word: str) -> frozenset[str]:
    """Cases of a word that is most likely an adjective; empty for others.

    Participles are no modifiers here: they may govern what follows («принятая комитетом»).
    """
    readings = likely(word)
    adjectives = [reading for reading in readings if reading.pos == "ADJF"]
    if not adjectives or adjectives[0] != readings[0] or adjectives[0].lemma in SUBSTANTIVISED:
        return frozenset()
    if any(char.isdigit() for char in word) or any(reading.pos == "PRTF" for reading in readings):
        return frozenset()
    return frozenset(reading.case for reading in parse(word) if reading.pos == "ADJF" and reading.case)


@lru_cache(maxsize=65536)
def likely(word: str) -> tuple[Parse, ...]:
    """Readings of the dictionary that are not rare."""
    return tuple(reading for reading in parse(word) if reading.known and reading.score >= _UNLIKELY)


def _governed(before: list[str]) -> frozenset[str] | None:
    """What a simple or compound preposition at the end of `before` governs; None where there is none."""
    words = [word.lower() for word in before]
    last = words[-1]
    if tuple(words[-2:]) in _COMPOUND:
        return _GENITIVE
    if last == "на" and words[-2:-1] == ["несмотря"]:
        return frozenset({"acc"})
    if last in ("с", "со"):
        for phrase in _WITH_INSTRUMENTAL:
            if tuple(words[-1 - len(phrase) : -1]) == phrase:
                return frozenset({"ins"})
    return PREPOSITIONS.get(last)


def _post(word: str) -> bool:
    return any(reading.lemma in POSTS for reading in likely(word))


def is_organ(words: str) -> bool:
    """Whether a phrase is headed by a known noun that names no person; capitals throughout are a name."""
    if words.istitle() and " " in words:
        return False
    for word in _WORD.findall(words):
        readings = [reading for reading in parse(word) if reading.known]
        if not readings:
            return False
        nouns: list[Parse] = [r for r in readings if r.pos == "NOUN"]
        if nouns:
            return not any(r.animate for r in nouns)
        if not any(r.pos in _ADJECTIVES for r in readings):
            return False
    return False


def plain_case(case: str) -> str:
    """The case itself, without the second locative."""
    return "loc" if case == "loc2" else case
