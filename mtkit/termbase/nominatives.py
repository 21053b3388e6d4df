"""Which nominatives cannot stand where they stand, by the words before them.

A nominative is a subject or a predicate, joined to one or in apposition to one. Where the words before it and
the verbs of its sentence leave none of these open, something else governs it. A noun whose accusative is like
its nominative («комитет», «решение») may be an object as well, so that less can be said of it.
Government after Rosental, Handbook of spelling and style, § 198 to 209.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtkit.termbase import context
from mtkit.termbase.agreement import PREPOSITIONS, Head, likely, modified_start, word_before
from mtkit.termbase.compile import WORD_OR_HYPHENATED
from mtkit.text.morphology import Parse, parse
from mtkit.types import Span

_BORDER = re.compile(r"[.;:!?«»()\n]|\s[–—]\s")
JOINTS = frozenset({"и", "или"})
_DIGIT = re.compile(r"\d")
_PREDICATES = frozenset({"VERB", "PRTS", "ADJS", "PRED", "COMP"})
_VERBAL = _PREDICATES | {"INFN", "GRND", "PRTF"}
_OWNED = frozenset(
    {"администрация", "аппарат", "бюро", "делегация", "деятельность", "департамент", "доклад", "заключение"}
    | {"заседание", "канцелярия", "коллегия", "командование", "комиссия", "комитет", "конференция", "отдел"}
    | {"отчёт", "пленум", "поддержка", "полиция", "поручение", "постановление", "представитель"}
    | {"пресс-служба", "работа", "резолюция", "решение", "руководство", "сессия", "совет", "совещание"}
    | {"указание", "управление", "фронт", "член"}
)
"""Nouns after which an organ or a place stands in the genitive, saying whose they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominative:
    """A nominative at `span`: its number and its head noun.

    `accusative`: it can be the accusative, too; `name`: it may stand beside a common noun («город Ханой»).
    """

    span: Span
    number: str
    head: Head
    accusative: bool
    name: bool

    def subject_of(self, verb: Parse) -> bool:
        """Whether a verb can have it as a subject, alone or with others."""
        if verb.pos not in _PREDICATES or verb.grammemes & {"1per", "2per", "impr"}:
            return False
        return verb.number != "sg" or self.head.agrees(verb, self.number)


def stray_nominative(text: str, term: Nominative) -> Span | None:
    """The word before a nominative that leaves no room for it; None where there may be room."""
    start = modified_start(text, term.span.start)
    found = word_before(text, start)
    if found is None or not text[found.end : start].isspace() or text[term.span.start] in '«„“"(':
        return None
    clause = _BORDER.split(text[:start])[-1]
    before = _readings(clause)
    after = _readings(_BORDER.split(text[term.span.end :], maxsplit=1)[0])
    word = found.of(text)
    if word.lower() in JOINTS:
        stray = not text[: found.start].rstrip().endswith(",") and _joins_nothing(clause, before, term)
    elif context.nouns(word):
        stray = _follows_noun(text, found, term, [*before, *after])
    else:
        stray = not (term.accusative or term.name) and _follows_verb(likely(word), term)
    return found if stray else None


def _joins_nothing(clause: str, readings: Sequence[Parse], term: Nominative) -> bool:
    """Whether no noun before «и» can have the term's case, and no verb there has another subject.

    A genitive after a number has the case of the number, which digits do not tell: «78 общин и | зона».
    """
    cases = {"nom"} | ({"acc"} if term.accusative else set()) | ({"gen"} if _DIGIT.search(clause) else set())
    return any(reading.pos == "NOUN" for reading in readings) and not any(
        (reading.pos in ("NOUN", "NPRO") and (reading.fixed or reading.case in cases))
        or reading.pos in _VERBAL
        or not reading.known
        for reading in readings
    )


def _follows_noun(text: str, noun: Span, term: Nominative, around: Sequence[Parse]) -> bool:
    """Whether the noun before a nominative takes it as its own, or no verb around is left for it."""
    word, readings = noun.of(text), context.nouns(noun.of(text))
    lemma = readings[0].lemma
    if lemma in context.TIMES or any(reading.adjectival for reading in parse(word)):
        return False
    if word.istitle() and lemma not in _OWNED and _BORDER.split(text[: noun.start])[-1].strip():
        return False
    root, governor = _root(text, noun)
    roots = context.nouns(root.of(text))
    if (term.head.animate or term.name) and any(reading.animate for reading in [*readings, *roots]):
        return False
    governed = governor is not None and governor.of(text).lower() in PREPOSITIONS
    free = not governed and any(reading.fixed or reading.case == "nom" for reading in roots)
    owned = lemma in _OWNED and not term.head.animate
    certain = not (term.accusative or term.name) and all(reading.case == "nom" for reading in roots)
    if free and (owned or certain):
        return True
    if term.name or (term.head.animate and not any(reading.pos in _PREDICATES for reading in around)):
        return False
    busy = _VERBAL if term.accusative and not free else frozenset()
    return not any(not reading.known or reading.pos in busy or term.subject_of(reading) for reading in around)


def _root(text: str, noun: Span) -> tuple[Span, Span | None]:
    """The first noun of a chain of genitives that ends at `noun`; the word before it, over adjectives."""
    while True:
        before = word_before(text, modified_start(text, noun.start))
        genitive = any(reading.fixed or reading.case == "gen" for reading in context.nouns(noun.of(text)))
        if before is None or not genitive or not context.nouns(before.of(text)):
            return noun, before
        noun = before


def _follows_verb(readings: Iterable[Parse], term: Nominative) -> bool:
    """Whether a gerund, participle or verb with a gender, right before a nominative, needs another case."""
    verbs = list(readings)
    kinds = {reading.pos for reading in verbs}
    if kinds == {"PRTF"}:
        return not any(reading.case == "nom" and term.head.agrees(reading, term.number) for reading in verbs)
    gendered = kinds <= {"PRTS", "ADJS"} or all("past" in reading.grammemes for reading in verbs)
    return kinds == {"GRND"} or (
        bool(kinds) and gendered and not any(term.subject_of(reading) for reading in verbs)
    )


def _readings(words: str) -> list[Parse]:
    return [reading for word in WORD_OR_HYPHENATED.findall(words) for reading in likely(word)]
