"""The titles before a person's name: nouns of persons that it may be in apposition to, and their cases.

They are looked for from the name leftwards, along a chain of genitives and over what belongs to them: a
country, an organ, what stands in brackets, what a preposition adds («заместитель министра по делам…»).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from mtkit.termbase import agreement
from mtkit.text.morphology import SUBSTANTIVISED, Parse
from mtkit.types import Span

TOKEN = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*|\S")
SPACES = (" ", "\u00a0")
_WINDOW = 240
_DEPUTIES = frozenset({"заместитель", "исполняющий"})
"""Posts that have another's title after them, and the name is their own."""
_INSIDE = frozenset({"в", "во", "на", "от", "по", "при", "с", "со"})
"""Prepositions that a title can have in it: «заведующий отделом по делам…», «посол в Японии»."""
_BORDERS = frozenset({"VERB", "INFN", "GRND", "PRTS", "ADJS", "ADVB", "NPRO", "PRED", "CONJ", "PRCL", "COMP"})
_OPENING = {"»": "«", ")": "(", "”": "“"}
_NAMES = frozenset({"Name", "Surn", "Patr"})
_NAMED_AFTER = frozenset({"имя", "мавзолей", "мысль", "площадь", "проспект", "улица", "эпоха"})
"""Nouns with a name in the genitive after them, whatever stands before."""


@dataclass(frozen=True, slots=True)
class Title:
    """A noun that a name may be in apposition to, and its cases where it stands.

    `woman`: it is a woman's only. `reading` is its likeliest.
    """

    span: Span
    lemma: str
    cases: frozenset[str]
    plural: bool
    woman: bool
    reading: Parse


def titles_before(text: str, end: int, names: Sequence[Span]) -> list[Title]:
    """Titles before a name that begins at `end`, nearest first; nothing in the chain governs the last.

    `names` are the names of persons in the text, in order: the chain goes over none.
    """
    return _Chain(text, names).read(end) if text[:end].endswith(SPACES) else []


def own(titles: Sequence[Title]) -> list[Title]:
    """Titles that can be the name's own, in order: not of the person whose deputy it is."""
    return [
        title
        for at, title in enumerate(titles)
        if not any(outer.lemma in _DEPUTIES for outer in titles[at + 1 : at + 2])
    ]


@dataclass(slots=True)
class _Chain:
    """What stands before a name, read leftwards as far as it can be a title and what belongs to it."""

    text: str
    names: Sequence[Span]
    titles: list[Title] = field(default_factory=list)
    _wanted: str = ""
    """The case of a noun in the title that a preposition, or the title's own word, has to govern."""
    _joined: bool = False
    _begun: bool = False

    def read(self, end: int) -> list[Title]:
        """Persons in the chain that ends at `end`, nearest first; the last is not governed by a person."""
        for span in self._leftwards(end):
            if not self._takes(span):
                break
            self._begun = True
        return self.titles

    def _leftwards(self, end: int) -> Iterator[Span]:
        """Words, numbers and commas before `end`; brackets and quotations are passed over."""
        offset = max(0, end - _WINDOW)
        tokens = [Span(*found.span()).shifted(offset) for found in TOKEN.finditer(self.text[offset:end])]
        first = bisect_right(self.names, offset, key=attrgetter("end"))
        names = self.names[first : bisect_left(self.names, end, key=attrgetter("start"))]
        while tokens:
            span = tokens.pop()
            if (opening := _OPENING.get(span.of(self.text))) is not None:
                while tokens and tokens[-1].of(self.text) != opening:
                    tokens.pop()
                del tokens[-1:]
            elif any(span.overlaps(name) for name in names):
                return
            else:
                yield span

    def _takes(self, span: Span) -> bool:
        """Whether the chain goes on with a word, and what that says of it."""
        word = span.of(self.text)
        if word == ",":
            return self._joined and not self.titles
        if word.lower() == "и":
            self._joined = True
            return True
        if word.isdigit() or word.isascii() or (word.isupper() and len(word) > 1):
            return word[0].isalnum()
        if word.lower() in agreement.PREPOSITIONS:
            self._wanted = ""
            return self._begun and not self.titles and word.lower() in _INSIDE
        readings = agreement.likely(word)
        if not readings or any("Geox" in reading.grammemes for reading in readings):
            return word[0].isupper()
        if readings[0].pos in _BORDERS or readings[0].grammemes & _NAMES:
            return False
        if not self._begun and readings[0].lemma in _NAMED_AFTER:
            return False
        if (title := self._title(span, readings)) is not None:
            return self._takes_person(title)
        return self._takes_thing(readings)

    def _title(self, span: Span, readings: Sequence[Parse]) -> Title | None:
        """The noun of a person at `span`; None for other words."""
        nouns = [r for r in readings if r.pos == "NOUN"]
        titled = [r for r in readings if r.adjectival and r.form("nom", "sg") in SUBSTANTIVISED]
        if not titled and (not nouns or not nouns[0].animate or nouns[0] != readings[0]):
            return None
        persons = titled or [r for r in nouns if r.animate]
        lemma = (titled and titled[0].form("nom", "sg")) or persons[0].lemma
        singular = any(r.number == "sg" for r in persons)
        counted = (r for r in persons if r.number == "sg" or not singular or r.case == "nom")
        cases = frozenset(agreement.plain_case(r.case) for r in counted if r.case)
        narrowed = cases & agreement.expected_cases(self.text, span) or cases
        if "loc" in narrowed and not self._after_preposition(span):
            narrowed = narrowed - {"loc"} or narrowed
        return Title(
            span=span,
            lemma=lemma,
            cases=narrowed,
            plural=all(reading.number == "pl" for reading in persons),
            woman=all(reading.gender == "femn" for reading in persons),
            reading=persons[0],
        )

    def _after_preposition(self, span: Span) -> bool:
        before = agreement.word_before(self.text, agreement.modified_start(self.text, span.start))
        return before is not None and before.of(self.text).lower() in agreement.PREPOSITIONS

    def _takes_person(self, title: Title) -> bool:
        if self._wanted and not (self._wanted == "ins" and title.lemma in SUBSTANTIVISED):
            return False
        before = agreement.word_before(self.text, title.span.start)
        candidate = title.plural and before is not None and before.of(self.text).lower() == "в"
        self._wanted = "acc" if candidate else ""
        if candidate or (title.plural and "gen" in title.cases):
            return True
        self.titles.append(title)
        return "gen" in title.cases

    def _takes_thing(self, readings: Sequence[Parse]) -> bool:
        cases = {agreement.plain_case(reading.case) for reading in readings if reading.case}
        if "gen" in cases or any(reading.fixed for reading in readings):
            return True
        if readings[0].adjectival:
            return self._wanted in cases
        open_cases = ("ins",) if self.titles else ("dat", "loc", "ins", "acc")
        self._wanted = next((case for case in open_cases if case in cases), "")
        return bool(self._wanted)
