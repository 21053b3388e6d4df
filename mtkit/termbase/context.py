"""Which case and number a place in a Russian sentence speaks for: evidence, where agreement has rules.

Weights were set on the development part of the domain corpus. Numerals after Rosental, Handbook of spelling
and style, § 163 to 166; names in apposition after § 197.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mtkit.termbase import agreement
from mtkit.text.morphology import CASES, Parse, parse
from mtkit.types import Span

Key = tuple[str, str]
Evidence = dict[Key, float]

OBLIQUE = frozenset({"gen", "dat", "ins", "loc"})
_NUMBERS = ("sg", "pl")
_FEW_WORDS = frozenset({"два", "три", "четыре", "оба", "полтора"})
_MANY_WORDS = frozenset({"много", "мало", "немало", "несколько", "сколько", "столько", "немного"})
_COLLECTIONS = frozenset(
    {"большинство", "десяток", "количество", "миллиард", "миллион", "множество", "ряд", "сотня"}
    | {"тысяча", "число"}
)
"""After these a noun is genitive plural."""
TIMES = frozenset(
    {"век", "вечер", "год", "день", "декабрь", "июль", "июнь", "май", "март", "месяц", "минута", "неделя"}
    | {"ноябрь", "октябрь", "пора", "раз", "сентябрь", "срок", "утро", "февраль", "час", "январь", "август"}
    | {"апрель", "начало"}
)
"""What stands after these is seldom their attribute: «в этом году провинция…»."""
_LABELLED = frozenset({"глава", "зона", "пункт", "проект", "раздел", "статья", "часть", "шоссе", "этап"})
"""A number after these names them and counts nothing: «статья 7 закона»."""
PLACE_KINDS = frozenset(
    {"гора", "город", "деревня", "квартал", "муниципалитет", "область", "община", "озеро", "остров"}
    | {"посёлок", "провинция", "район", "река", "село", "уезд", "хутор", "штат"}
)
_TOKEN_CLASS = re.compile(r"⟦(one|few|many)[1-8]⟧\s*$")
_NUMBER_BEFORE = re.compile(r"(?P<sign>№\s*)?(?<![\d,.:/])(?P<digits>\d+(?:[\s\u00a0\u202f]\d{3})*)\s+$")
_THOUSANDS = re.compile(r"\d\s*(?:тыс\.|млн|млрд)\s+$")
_VERB_AFTER = re.compile(r"\s+(?:не\s+|уже\s+|также\s+)?(\w+)")
_NEIGHBOUR, _REPLACED, _START, _VERB = 1.0, 1.5, 0.8, 0.6


def allowed_keys(text: str, span: Span) -> frozenset[Key]:
    """(case, number) pairs that the words before `span` leave open: government and numerals decide."""
    cases = agreement.expected_cases(text, span)
    start = agreement.modified_start(text, span.start)
    numeral = _numeral(text, start)
    if numeral is None:
        return frozenset((case, number) for case in cases for number in _NUMBERS)
    return _counted(text, *numeral)


def number_agrees(text: str, span: Span, readings: Iterable[Key], gender: str | None = None) -> bool:
    """Whether a form with these readings can stand after the numeral before `span`, if there is one."""
    numeral = _numeral(text, agreement.modified_start(text, span.start))
    if numeral is None:
        return True
    allowed = _counted(text, *numeral)
    if gender == "femn" and ("gen", "sg") in allowed:
        allowed |= {("nom", "pl")}  # две партийные ячейки
    return not allowed.isdisjoint((agreement.plain_case(case), number) for case, number in readings)


def is_counted(text: str, start: int) -> bool:
    """Whether a numeral stands before `start`, with adjectives or without."""
    return _numeral(text, agreement.modified_start(text, start)) is not None


def follows_few(text: str, start: int) -> bool:
    """Whether two, three or four stands before `start`, so that adjectives and noun part."""
    numeral = _numeral(text, start)
    return numeral is not None and numeral[0] == "few" and ("gen", "sg") in _counted(text, *numeral)


def evidence(text: str, span: Span, kind: str = "") -> Evidence:
    """How much each (case, number) is spoken for by the words around `span` and those in it.

    `kind` is "person" or "place" where what will stand there is a name. Nothing is spoken for where nothing
    tells; the scale is that of `_REPLACED`.
    """
    found: Evidence = {}
    _add(found, _before(text, span, kind))
    _add(found, _after(text, span))
    return found


def apposed_keys(text: str, span: Span, kind: str) -> frozenset[Key]:
    """What a name takes from the noun before it: a person its case, a place after its kind the nominative."""
    word = _previous(text, agreement.modified_start(text, span.start))
    beside = nouns(word) if word is not None else []
    if kind == "place" and beside and beside[0].lemma in PLACE_KINDS:
        return frozenset({("nom", "sg")})
    if kind == "person" and any(noun.animate for noun in beside):
        return frozenset((noun.case, "sg") for noun in beside if noun.case)
    return frozenset()


def replaced_evidence(text: str, span: Span) -> Evidence:
    """What the form of the words in `span` speaks for; the likelier reading weighs more."""
    pairs = agreement.phrase_cases(text, span)
    weights = {key: 0.0 for key in pairs}
    for word in re.findall(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*", span.of(text)):
        for reading in parse(word):
            key = (reading.case or "", reading.number or "")
            if key in weights and reading.pos in {"NOUN", "ADJF", "PRTF"}:
                weights[key] = max(weights[key], reading.score)
    top = max(weights.values(), default=0.0)
    return {key: _REPLACED * (0.5 + weight / top / 2 if top else 1.0) for key, weight in weights.items()}


def cases_before_comma(text: str, start: int) -> frozenset[str]:
    """The cases that the noun can have which a comma parts from what stands at `start`."""
    start = agreement.modified_start(text, start)
    head = text[:start].rstrip()
    word = _previous(text, len(head) - 1) if head.endswith(",") else None
    return frozenset(noun.case for noun in nouns(word or "") if noun.case)


def is_attribute(text: str, start: int) -> bool:
    """Whether a noun right before `start` takes what stands there as its attribute or apposition."""
    found = _previous(text, agreement.modified_start(text, start))
    return found is not None and bool(nouns(found))


def _before(text: str, span: Span, kind: str) -> Iterable[tuple[Key, float]]:
    start = agreement.modified_start(text, span.start)
    head = text[:start].rstrip(' \u00a0«„“"(')
    if not head or head[-1] in ".!?…:;—":
        return [(("nom", number), _START) for number in _NUMBERS]
    word = _previous(text, start)
    if word is None:
        return [(("nom", number), _START / 4) for number in _NUMBERS]
    beside = nouns(word)
    if not beside:
        return _coordinated(text, start) if word.lower() in ("и", "или") else []
    return _beside_noun(beside, kind)


def _beside_noun(beside: list[Parse], kind: str) -> Iterable[tuple[Key, float]]:
    lemma = beside[0].lemma
    own = [((noun.case, "sg"), _NEIGHBOUR) for noun in beside if noun.case]
    if kind == "place" and lemma in PLACE_KINDS:
        return [(("nom", "sg"), 2 * _NEIGHBOUR)]
    if kind == "person" and any(noun.animate for noun in beside):
        return own
    if lemma in _COLLECTIONS:
        return [(("gen", "pl"), 2 * _NEIGHBOUR)]
    if lemma in TIMES:
        return [(("nom", number), _NEIGHBOUR / 2) for number in _NUMBERS]
    return [(("gen", number), _NEIGHBOUR) for number in _NUMBERS]


def _coordinated(text: str, start: int) -> Iterable[tuple[Key, float]]:
    """Evidence from the noun before «и»: what is joined stands in one case."""
    found = re.search(r"(\w[\w-]*)\s+(?:и|или)\s+[«„“\"(]*$", text[:start])
    if found is None:
        return []
    cases = {noun.case for noun in nouns(found[1]) if noun.case}
    return [((case, number), _NEIGHBOUR / 2) for case in cases for number in _NUMBERS]


def _after(text: str, span: Span) -> Iterable[tuple[Key, float]]:
    verb = verb_after(text, span.end)
    return [(("nom", verb.number), _VERB)] if verb is not None and verb.number is not None else []


def verb_after(text: str, end: int) -> Parse | None:
    """The finite verb or short participle right after `end`, in the third person; None for other words."""
    found = _VERB_AFTER.match(text, end)
    reading = parse(found[1])[0] if found is not None else None
    if reading is None or reading.pos not in ("VERB", "PRTS") or reading.grammemes & {"1per", "2per", "impr"}:
        return None
    return reading


def _previous(text: str, start: int) -> str | None:
    span = agreement.word_before(text, start)
    return None if span is None else span.of(text)


@lru_cache(maxsize=8192)
def nouns(word: str) -> list[Parse]:
    """Noun readings of a word that is most likely a noun."""
    readings = [reading for reading in parse(word) if reading.score >= 0.05]
    if not readings or readings[0].pos != "NOUN" or word.lower() in agreement.PREPOSITIONS:
        return []
    return [reading for reading in readings if reading.pos == "NOUN"]


def _numeral(text: str, start: int) -> tuple[str, frozenset[str], int] | None:
    """(one, few or many; the cases that the numeral itself can have; where it begins) of a numeral before."""
    every = frozenset(CASES)
    if token := _TOKEN_CLASS.search(text[:start]):
        return token[1], every, token.start()
    if thousands := _THOUSANDS.search(text[:start]):
        return "many", every, thousands.start()
    if digits := _NUMBER_BEFORE.search(text[:start]):
        label = _previous(text, digits.start())
        labelled = label is not None and any(noun.lemma in _LABELLED for noun in nouns(label))
        return None if digits["sign"] or labelled else (number_class(digits["digits"]), every, digits.start())
    span = agreement.word_before(text, start)
    if span is None:
        return None
    readings = [reading for reading in parse(span.of(text)) if reading.pos in ("NUMR", "ADVB")]
    for reading in readings:
        cases = frozenset(r.case for r in readings if r.case) or every
        if reading.lemma in _FEW_WORDS:
            return "few", cases, span.start
        if reading.pos == "NUMR" or reading.lemma in _MANY_WORDS:
            return "many", cases, span.start
    return None


def number_class(digits: str) -> str:
    """one, few or many: the form of a noun after a whole number (21 год, 22 года, 25 лет)."""
    last = digits[-2:].strip()
    if len(last) == 2 and last[0] == "1":
        return "many"
    return {"1": "one", "2": "few", "3": "few", "4": "few"}.get(last[-1:], "many")


def _counted(text: str, kind: str, own_cases: frozenset[str], start: int) -> frozenset[Key]:
    """What a numeral that begins at `start` leaves open for the noun after it."""
    before = agreement.expected_cases(text, Span(start, start))
    cases = before & own_cases or before
    if kind == "one":
        return frozenset((case, "sg") for case in cases)
    keys = {(case, "pl") for case in cases & OBLIQUE}
    if cases & {"nom", "acc"}:
        keys.add(("gen", "sg" if kind == "few" and "nom" in own_cases else "pl"))
    return frozenset(keys)


def _add(found: Evidence, more: Iterable[tuple[Key, float]]) -> None:
    for key, weight in more:
        found[key] = found.get(key, 0.0) + weight
