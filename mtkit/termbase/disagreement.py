"""What does not agree around a Russian term in a finished sentence, and with what.

Looked at are: what stands before the term and governs it (a preposition, «член», «секретарь», «решение»);
the adjectives between the two; the numeral that counts the term; the past verb or short participle of which
the term is the subject. Participles and relative clauses after a comma are not: «комитет партии, принявший»
may go with either noun.

Only what no reading of the words allows is told. pymorphy3 gives every reading of a word; a tagger gives the
likeliest in its sentence, and in a sentence with an error that is the wrong one to ask.
Government after Rosental, Handbook of spelling and style, § 198 to 202; subject and predicate § 183 to 191.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mtkit.termbase import context
from mtkit.termbase.agreement import (
    PREPOSITIONS,
    Head,
    agrees,
    expected_cases,
    is_modifier,
    is_organ,
    word_before,
)
from mtkit.text.morphology import Parse, parse
from mtkit.types import Span

Readings = Sequence[tuple[str, str]]

_ADVERBS = r"(?:(?:не|уже|также|тоже|ещё|вновь|снова|сегодня|вчера|недавно|ранее)\s+)*"
_NAME = r"(?:\s+[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*){0,5}"
_PREDICATE = re.compile(rf"(?P<name>{_NAME})\s+{_ADVERBS}(?P<verb>[а-яё]+)(?![\w-])")
_SUBJECT_START = re.compile(r"(?:^|[.!?…:]\s+|[\n–—]\s*)[«„“\"(\s]*$")
_WORDS = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
_CLAUSE_END = re.compile(r"[.,;:!?()—]")
_REACH = 6
_UNLIKELY = 0.1
_GOVERNING = frozenset(
    {"близкий", "верный", "доступный", "известный", "нужный", "подведомственный", "подконтрольный"}
    | {"подотчётный", "подчинённый", "присущий", "равный", "свойственный", "характерный", "который"}
)
"""Adjectives that may stand before a noun that they do not describe: «подведомственные комитету школы»."""

_NAMES = frozenset({"Geox", "Name", "Surn", "Patr"})
_OWNED = frozenset(
    {"аппарат", "деятельность", "доклад", "заключение", "заседание", "канцелярия", "конференция", "отчёт"}
    | {"поддержка", "пленум", "поручение", "постановление", "представитель", "пресс-служба", "работа"}
    | {"резолюция", "решение", "руководство", "сессия", "совещание", "указание", "член"}
)
"""Nouns that an organ follows in the genitive, saying whose they are."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The word that a term does not go with; `kind` is government, noun, adjective, numeral or verb."""

    kind: str
    word: str
    span: Span


def disagreement(text: str, span: Span, readings: Readings, head: Head | None) -> Disagreement | None:
    """The first thing that cannot agree with a form of these (case, number) readings at `span`, or None.

    `head` is the head noun of the term; without one no gender is asked for and no verb.
    """
    found = word_before(text, span.start)
    if found is not None:
        word = found.of(text)
        governing = parse(word)[0].lemma in _GOVERNING
        if not governing and not agrees(text, span, tuple(readings), head):
            return Disagreement("adjective" if is_modifier(word) else "government", word, found)
        gender = head.gender if head else None
        if not is_modifier(span.of(text)) and not context.number_agrees(text, span, readings, gender):
            return Disagreement("numeral", word, found)
        if _ungoverned(text, span, readings, found):
            return Disagreement("noun", word, found)
    return _predicate(text, span, readings, head)


def _ungoverned(text: str, span: Span, readings: Readings, noun: Span) -> bool:
    """Whether an organ follows what is an organ's own («решение», «сессия») in the nominative."""
    if any(case not in ("nom", "acc") for case, _ in readings) or not is_organ(span.of(text)):
        return False
    owned = [reading for reading in parse(noun.of(text)) if reading.pos == "NOUN"]
    if not owned or owned[0].lemma not in _OWNED or owned[0].case not in ("nom", "acc"):
        return False
    before = word_before(text, noun.start)
    while before is not None and is_modifier(before.of(text)):
        before = word_before(text, before.start)
    return before is None or before.of(text).lower() not in PREPOSITIONS


def _predicate(text: str, span: Span, readings: Readings, head: Head | None) -> Disagreement | None:
    """The past verb right after a term in the nominative, where the term can only be its subject.

    Inside a sentence only the gender is compared: there a plural verb may have more subjects than the term.
    """
    numbers = {number for case, number in readings if case == "nom"}
    if head is None or len(numbers) != 1 or any(case not in ("nom", "acc") for case, _ in readings):
        return None
    if "nom" not in expected_cases(text, span) or not _has_common_noun(span.of(text)):
        return None
    found = _PREDICATE.match(text, span.end)
    if found is None or (found["name"] and _dictionary_word(found["name"])):
        return None
    verbs = [reading for reading in parse(found["verb"]) if _past(reading)]
    if not verbs or verbs[0] != parse(found["verb"])[0]:
        return None
    (number,) = numbers
    if verbs[0].number != number and not _SUBJECT_START.search(text[: span.start]):
        return None
    if any(_agrees(verb, number, head) for verb in verbs) or _other_subject(text, found.end("verb"), verbs):
        return None
    return Disagreement("verb", found["verb"], Span(found.start("verb"), found.end("verb")))


def _has_common_noun(words: str) -> bool:
    """Whether one of the words is a noun of the dictionary; not of a name («Хо Ши Мин»)."""
    if words.istitle() and " " in words:
        return False
    return any(
        reading.known and reading.pos == "NOUN" and not reading.grammemes & _NAMES
        for word in _WORDS.findall(words)
        for reading in parse(word)
    )


def _past(reading: Parse) -> bool:
    return reading.pos == "PRTS" or (reading.pos == "VERB" and "past" in reading.grammemes)


def _agrees(verb: Parse, number: str, head: Head) -> bool:
    """Whether a verb can have such a subject; a man's title takes a woman's verb («министр сказала»)."""
    if number == "pl" or verb.number == "pl":
        return verb.number == number
    return verb.gender == head.gender or (head.animate and verb.gender in ("masc", "femn"))


def _other_subject(text: str, start: int, verbs: Sequence[Parse]) -> bool:
    """Whether what follows the verb can be its subject, so that the term before it is its object."""
    clause = _CLAUSE_END.split(text[start:], maxsplit=1)[0]
    for word in _WORDS.findall(clause)[:_REACH]:
        if word[:1].isupper():
            return True
        for reading in parse(word):
            if reading.score < _UNLIKELY:
                continue
            nominative = reading.pos in ("NOUN", "NPRO") and reading.case == "nom"
            if nominative and any(
                verb.number == reading.number and verb.gender in (None, reading.gender) for verb in verbs
            ):
                return True
    return False


def _dictionary_word(words: str) -> bool:
    """Whether one of the words in capitals is a known word, so that they are no name."""
    return any(parse(word)[0].known and "Name" not in parse(word)[0].grammemes for word in words.split())
