"""Read a Russian term as noun phrases: which of its words inflect, and how.

Tokens are words (with their hyphens), stretches of space and single punctuation marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mtkit.text.morphology import CASES, SUBSTANTIVISED, Parse, like_case, parse

Inflector = Callable[[str, str], str | None]
"""(case, number) -> the word in that form, lower case; None where it has none."""

WORD = re.compile(r"[^\W_]")

_TOKEN = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*|\s+|.")
_ROMAN = re.compile(r"[IVXLCDM]+")
_ORDINAL = re.compile(r"(\d+)-(й|я|е)")
_COORDINATORS = frozenset({",", ";", "и", "или", "/", "-", "–", "—"})
_OPENING, _CLOSING = frozenset("«(„“["), frozenset("»)”]")
_INVARIABLE_FIRST_PARTS = frozenset(
    {"бизнес", "веб", "вице", "генерал", "интернет", "инженер", "капитан", "контр", "лейб", "медиа", "мини"}
    | {"обер", "онлайн", "премьер", "пресс", "унтер", "штаб", "экс"}
)
_FUNCTION_WORDS = frozenset({"PREP", "CONJ", "PRCL", "INTJ"})
_ORDINAL_ENDINGS = {
    "masc": ("й", "го", "му", "й", "м", "м"),
    "femn": ("я", "й", "й", "ю", "й", "й"),
    "neut": ("е", "го", "му", "е", "м", "м"),
    "pl": ("е", "х", "м", "е", "ми", "х"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A nominative noun phrase: which tokens inflect and how; `end` is the index after its head."""

    inflectors: Mapping[int, Inflector]
    end: int
    number: str
    both_numbers: bool


def tokenise(text: str) -> list[str]:
    """Words, stretches of space and punctuation marks; joined again they are the text."""
    return _TOKEN.findall(text)


def phrase_with_head(tokens: list[str], head: int) -> Phrase | None:
    """The noun phrase that ends at a given head, with as many agreeing modifiers before it as there are."""
    start = head
    while start >= 2 and tokens[start - 1].isspace() and _modifier(tokens[start - 2]):
        start -= 2
    while start <= head:
        phrase = phrase_at(tokens, start)
        if phrase is not None and phrase.end == head + 1:
            return phrase
        start += 2
    return None


def _modifier(token: str) -> bool:
    return bool(
        _ROMAN.fullmatch(token)
        or _ORDINAL.fullmatch(token)
        or any(reading.adjectival and reading.case == "nom" for reading in parse(token))
    )


def phrase_at(tokens: list[str], start: int) -> Phrase | None:
    """Read modifiers and the nominative noun that they agree with from token `start`.

    A word that can be both («военный») is a modifier where an agreeing noun follows.
    """
    modifiers: list[int] = []
    found: Phrase | None = None
    for index in range(start, len(tokens)):
        token = tokens[index]
        if not WORD.match(token) or token == "и":
            if token.isspace() or token in _OPENING or (token in {",", "и"} and modifiers):
                continue
            break
        found = _close(tokens, modifiers, index) or found
        if not _modifier(token):
            break
        modifiers.append(index)
    last = modifiers[-1] if modifiers else -1
    return found if found and found.end > last else _substantivised(tokens, modifiers) or found


def _close(tokens: list[str], modifiers: list[int], index: int) -> Phrase | None:
    """Take token `index` as the head if it has a nominative reading that all modifiers agree with."""
    for gender, number, animate, inflector, both in noun_readings(tokens[index]):
        inflectors: dict[int, Inflector] = {index: inflector}
        for modifier in modifiers:
            agreed = _agreeing(tokens[modifier], gender, number, animate)
            if agreed is None:
                break
            inflectors[modifier] = agreed
        else:
            return Phrase(inflectors, index + 1, number, both)
    return None


NounReading = tuple[str | None, str, bool, Inflector, bool]


def noun_readings(token: str) -> Iterator[NounReading]:
    """(gender, number, animate, inflector, has both numbers) of every way to read a token as a head."""
    if "-" in token and (compound := _compound(token)) is not None:
        yield compound
        return
    readings = parse(token)
    if _ROMAN.fullmatch(token) or any(reading.pos in _FUNCTION_WORDS for reading in readings):
        return
    if _is_abbreviation(token):
        gender = next((reading.gender for reading in readings if reading.pos == "NOUN"), None)
        yield gender, "sg", False, lambda case, number: token, False
        return
    if token.lower() in SUBSTANTIVISED and any(reading.adjectival for reading in readings):
        return
    for reading in readings:
        if reading.pos != "NOUN" or not (reading.fixed or reading.case == "nom"):
            continue
        if reading.grammemes & {"Surn", "Name", "Patr"} and not token[:1].isupper():
            continue
        number = reading.number or "sg"
        both = number == "sg" and not reading.grammemes & {"Geox"}
        yield reading.gender, number, bool(reading.animate), _noun_inflector(reading), both
        if reading.fixed and number == "sg":
            return


def _is_abbreviation(token: str) -> bool:
    return token.isupper() and 1 < len(token) <= 6


def _noun_inflector(reading: Parse) -> Inflector:
    def inflect(case: str, number: str) -> str | None:
        return reading.form(case, number)

    return inflect


def _compound(token: str) -> NounReading | None:
    """Hyphenated noun that the dictionary lacks: both parts inflect, or the second after вице-, генерал-…"""
    if any(reading.known and reading.pos == "NOUN" for reading in parse(token)):
        return None
    first, _, second = token.partition("-")
    if first.lower() in _INVARIABLE_FIRST_PARTS:
        heads = [next(_part_readings(second), None)]
        prefix = f"{first}-"
    else:
        heads = [next(_part_readings(first), None), next(_part_readings(second), None)]
        prefix = ""
    readings = [head for head in heads if head is not None]
    if len(readings) < len(heads) or len({number for _, number, *_ in readings}) > 1:
        return None

    def inflect(case: str, number: str) -> str | None:
        parts = [part(case, number) for _, _, _, part, _ in readings]
        return None if None in parts else prefix + "-".join(map(str, parts))

    gender, number, animate, _, both = readings[0]
    return gender, number, animate, inflect, both


def _part_readings(part: str) -> Iterator[NounReading]:
    yield from noun_readings(part)
    if part.lower() in SUBSTANTIVISED and (reading := nominative_adjective(part)) is not None:
        yield "masc", "sg", True, _adjective_inflector(reading, "masc", True), True


def nominative_adjective(token: str) -> Parse | None:
    return next((r for r in parse(token) if r.adjectival and r.case == "nom"), None)


def _adjective_inflector(reading: Parse, gender: str | None, animate: bool) -> Inflector:
    def inflect(case: str, number: str) -> str | None:
        return None if case == "loc2" else reading.form(case, number, gender, animate)

    return inflect


def _agreeing(token: str, gender: str | None, number: str, animate: bool) -> Inflector | None:
    """How a modifier inflects beside such a noun; None where it does not agree with it."""
    if _ROMAN.fullmatch(token):
        return lambda case, number: None if case == "loc2" else token
    if ordinal := _ORDINAL.fullmatch(token):
        return _ordinal_inflector(ordinal[1], gender or "masc", animate)
    for reading in parse(token):
        if not reading.adjectival or reading.case != "nom" or reading.number != number:
            continue
        if number == "sg" and gender is not None and reading.gender != gender:
            continue
        return _adjective_inflector(reading, gender or reading.gender, animate)
    return None


def _ordinal_inflector(digits: str, gender: str, animate: bool) -> Inflector:
    def inflect(case: str, number: str) -> str | None:
        if case == "loc2":
            return None
        endings = _ORDINAL_ENDINGS["pl" if number == "pl" else gender]
        if case == "acc" and animate and (number == "pl" or gender == "masc"):
            case = "gen"
        return f"{digits}-{endings[CASES.index(case)]}"

    return inflect


def _substantivised(tokens: list[str], modifiers: list[int]) -> Phrase | None:
    """A phrase without a noun, headed by its last adjective: заведующий, исполняющий; or a lone adjective."""
    if not modifiers:
        return None
    head = modifiers[-1]
    alone = sum(1 for token in tokens if WORD.match(token)) == 1
    reading = None if _ORDINAL.fullmatch(tokens[head]) else nominative_adjective(tokens[head])
    if reading is None:
        return None
    person = reading.form("nom", "sg", "masc") in SUBSTANTIVISED
    if not (person or alone):
        return None
    number, gender = reading.number or "sg", reading.gender
    inflectors: dict[int, Inflector] = {head: _adjective_inflector(reading, gender, person)}
    for modifier in modifiers[:-1]:
        agreed = _agreeing(tokens[modifier], gender, number, person)
        if agreed is None:
            return None
        inflectors[modifier] = agreed
    return Phrase(inflectors, head + 1, number, True)


def coordinated(tokens: list[str], first: Phrase) -> Iterator[Phrase]:
    """Further nominative phrases joined to the head by a comma, dash or conjunction.

    A noun that could also share an oblique case with the word before the joint is left frozen:
    «комитет партии и области» has one head.
    """
    phrase, index, depth = first, first.end, 0
    while index < len(tokens):
        token = tokens[index]
        depth += (token in _OPENING) - (token in _CLOSING)
        if depth == 0 and token in _COORDINATORS:
            found = phrase_at(tokens, index + 1)
            if found is not None and _joins(tokens, index, phrase, found):
                yield found
                phrase, index = found, found.end
                continue
        index += 1


def _joins(tokens: list[str], joint: int, phrase: Phrase, found: Phrase) -> bool:
    before = next((i for i in range(joint - 1, -1, -1) if WORD.match(tokens[i])), None)
    if before is None or before == phrase.end - 1:
        return True
    head = tokens[found.end - 1]
    return not (_oblique_cases(tokens[before]) & _oblique_cases(head))


def _oblique_cases(token: str) -> frozenset[str]:
    if _is_abbreviation(token):
        return frozenset(CASES) - {"nom"}
    readings = parse(token)
    if any(reading.fixed for reading in readings):
        return frozenset(CASES) - {"nom"}
    nominal = (r for r in readings if r.pos in {"NOUN", "ADJF", "PRTF"})
    return frozenset(r.case for r in nominal if r.case and r.case != "nom")


def pluralised_tails(tokens: list[str], start: int) -> Iterator[str]:
    """The frozen words from token `start`, with one, two… of their leading singular phrases in the plural.

    «(секретари) провинциального комитета партии» -> «провинциальных комитетов партии». Only common nouns
    in one case, genitive or instrumental, and the adjectives before them; anything else ends it.
    """
    tail = list(tokens)
    index = start
    while index < len(tokens):
        modifiers: list[int] = []
        while index < len(tokens) and not (
            WORD.match(tokens[index]) and not _oblique_adjective(tokens[index])
        ):
            if WORD.match(tokens[index]):
                modifiers.append(index)
            elif not tokens[index].isspace():
                return
            index += 1
        noun = _oblique_noun(tokens[index]) if index < len(tokens) else None
        if noun is None or not _pluralise(tail, tokens, modifiers, index, noun):
            return
        index += 1
        yield "".join(tail[start:])


def _oblique_adjective(token: str) -> bool:
    return any(r.adjectival and r.number == "sg" and r.case in {"gen", "ins"} for r in parse(token))


def _oblique_noun(token: str) -> Parse | None:
    readings = parse(token)
    if _is_abbreviation(token) or any(reading.pos in _FUNCTION_WORDS for reading in readings):
        return None
    return next(
        (
            reading
            for reading in readings
            if reading.pos == "NOUN"
            and reading.number == "sg"
            and reading.case in {"gen", "ins"}
            and not reading.fixed
            and not reading.grammemes & {"Geox", "Name", "Surn", "Sgtm", "Abbr"}
        ),
        None,
    )


def _pluralise(tail: list[str], tokens: list[str], modifiers: list[int], index: int, noun: Parse) -> bool:
    """Put one phrase of `tail` into the plural; whether that was possible."""
    case = str(noun.case)
    forms = {index: noun.form(case, "pl")}
    for modifier in modifiers:
        reading = next((r for r in parse(tokens[modifier]) if r.adjectival and r.case == case), None)
        forms[modifier] = reading.form(case, "pl") if reading else None
    if None in forms.values():
        return False
    for position, form in forms.items():
        tail[position] = like_case(str(form), tokens[position])
    return True
