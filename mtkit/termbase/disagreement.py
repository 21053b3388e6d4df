"""What does not agree around a Russian term in a finished sentence, and with what.

Looked at are: what stands before the term and governs it (a preposition, «член», «секретарь», «решение»);
the adjectives between the two; the numeral that counts the term; a nominative that nothing has room for
(mtkit.termbase.nominatives); the past verb or short participle of which the term is the subject. Participles
and relative clauses after a comma are not: «комитет партии, принявший» may go with either noun.

Only what no reading of the words allows is told. pymorphy3 gives every reading of a word; a tagger gives the
likeliest in its sentence, and in a sentence with an error that is the wrong one to ask.
Government after Rosental, Handbook of spelling and style, § 198 to 202; subject and predicate § 183 to 191.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mtkit.termbase import context
from mtkit.termbase.agreement import Head, agrees, expected_cases, is_modifier, word_before
from mtkit.termbase.compile import WORD_OR_HYPHENATED
from mtkit.termbase.nominatives import JOINTS, Nominative, stray_nominative
from mtkit.text.morphology import SUBSTANTIVISED, Parse, parse
from mtkit.types import Span

Readings = Sequence[tuple[str, str]]

_ADVERBS = r"(?:(?:не|уже|также|тоже|ещё|вновь|снова|сегодня|вчера|недавно|ранее)\s+)*"
_NAME = r"(?:\s+[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*){0,5}"
_PREDICATE = re.compile(rf"(?P<name>{_NAME})\s+{_ADVERBS}(?P<verb>[а-яё]+)(?![\w-])")
_NEXT_WORD = re.compile(r"\s+([а-яё]+)(?![\w-])")
_SUBJECT_START = re.compile(r"(?:^|[.!?…:]\s+|[\n–—]\s*)[«„“\"(\s]*$")
_CLAUSE_END = re.compile(r"[.,;:!?()—]")
_REACH = 6
_UNLIKELY = 0.1
_GOVERNING = frozenset(
    {"близкий", "верный", "доступный", "известный", "нужный", "подведомственный", "подконтрольный"}
    | {"подотчётный", "подчинённый", "присущий", "равный", "свойственный", "характерный", "который"}
)
"""Adjectives that may stand before a noun that they do not describe: «подведомственные комитету школы»."""

_NAMES = frozenset({"Geox", "Name", "Surn", "Patr"})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The word that a term does not go with; `kind`: government, noun, joint, adjective, numeral or verb."""

    kind: str
    word: str
    span: Span


def disagreement(text: str, span: Span, readings: Readings, head: Head | None) -> Disagreement | None:
    """The first thing that cannot agree with a form of these (case, number) readings at `span`, or None.

    `head` is the head noun of the term; without one no gender is asked for and no verb.
    """
    words = span.of(text)
    if (described := _described(text, span, readings)) is not None:
        return Disagreement("adjective", described.of(text), described)
    found = word_before(text, span.start)
    if found is not None:
        word = found.of(text)
        governing = parse(word)[0].lemma in _GOVERNING
        if not governing and not agrees(text, span, tuple(readings), head):
            return Disagreement("adjective" if is_modifier(word) else "government", word, found)
    counted = not is_modifier(words) and _has_common_noun(words)
    if counted and not context.number_agrees(text, span, readings, head.gender if head else None):
        numeral = found or word_before(text, len(text[: span.start].rstrip(" .\u00a0"))) or span
        return Disagreement("numeral", numeral.of(text), numeral)
    numbers = {number for case, number in readings if case == "nom"}
    if head is None or len(numbers) != 1 or any(case not in ("nom", "acc") for case, _ in readings):
        return None
    nominative = Nominative(
        span=span,
        number=numbers.pop(),
        head=head,
        accusative=any(case == "acc" for case, _ in readings),
        name=words.istitle() or not _has_common_noun(words),
    )
    if (stray := stray_nominative(text, nominative)) is not None:
        joint = stray.of(text).lower() in JOINTS
        return Disagreement("joint" if joint else "noun", stray.of(text), stray)
    return _predicate(text, nominative) if _has_common_noun(words) else None


def _described(text: str, span: Span, readings: Readings) -> Span | None:
    """The word after a term that is one adjective, where it cannot be what the term describes."""
    found = _NEXT_WORD.match(text, span.end)
    words = span.of(text)
    if found is None or " " in words:
        return None
    term = parse(words)[0]
    if not term.adjectival or term.lemma in SUBSTANTIVISED:
        return None
    described = [r for r in parse(found[1]) if r.pos == "NOUN" or r.adjectival]
    if not described or described[0] != parse(found[1])[0] or not described[0].known:
        return None
    if any(reading.fixed or (reading.case, reading.number) in readings for reading in described):
        return None
    return Span(*found.span(1))


def _predicate(text: str, term: Nominative) -> Disagreement | None:
    """The past verb right after a term in the nominative, where the term can only be its subject.

    Inside a sentence only the gender is compared: there a plural verb may have more subjects than the term.
    """
    if "nom" not in expected_cases(text, term.span):
        return None
    found = _PREDICATE.match(text, term.span.end)
    if found is None or (found["name"] and _dictionary_word(found["name"])):
        return None
    verbs = [reading for reading in parse(found["verb"]) if _past(reading)]
    if not verbs or verbs[0] != parse(found["verb"])[0]:
        return None
    if verbs[0].number != term.number and not _SUBJECT_START.search(text[: term.span.start]):
        return None
    if any(term.head.agrees(verb, term.number) for verb in verbs) or _other_subject(
        text, found.end("verb"), verbs
    ):
        return None
    return Disagreement("verb", found["verb"], Span(found.start("verb"), found.end("verb")))


def _has_common_noun(words: str) -> bool:
    """Whether one of the words is a noun of the dictionary; not of a name («Хо Ши Мин»)."""
    if words.istitle() and " " in words:
        return False
    return any(
        reading.known and reading.pos == "NOUN" and not reading.grammemes & _NAMES
        for word in WORD_OR_HYPHENATED.findall(words)
        for reading in parse(word)
    )


def _past(reading: Parse) -> bool:
    return reading.pos == "PRTS" or (reading.pos == "VERB" and "past" in reading.grammemes)


def _other_subject(text: str, start: int, verbs: Sequence[Parse]) -> bool:
    """Whether what follows the verb can be its subject, so that the term before it is its object."""
    clause = _CLAUSE_END.split(text[start:], maxsplit=1)[0]
    for word in WORD_OR_HYPHENATED.findall(clause)[:_REACH]:
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
