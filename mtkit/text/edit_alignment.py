"""Edited sentences find the machine's: in order, by words, letters, paragraphs and lengths.

What is unchanged and stands once anchors the rest. Between anchors the cheapest chain of beads (one to one,
one to two, two to one …) is taken, as Gale and Church (1993) do, with words and letters in common in place of
lengths; words that stand everywhere count less. A sentence or paragraph written wholly anew shares no words:
its length and its digits must be those its source lets expect, and it counts only between sure neighbours.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mtkit.text.beads import Range, cheapest_chain

_LEAST_ALIKE = 0.3
_SKIPPED = 0.7
"""Cost of a sentence that is left out."""
_REWRITTEN = 1.26
"""Cost of a pair that shares no words: more than any other pair, less than leaving both out."""
_MERGED = 0.06
_ACROSS = 0.2
"""Cost of each paragraph border inside a bead."""
_BEADS = ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
_STEM = 5
_SLACK = 12
_STRETCHED = 1.9
"""How many times longer or shorter than expected a rewritten sentence may be, give or take _SLACK letters."""
_WRITTEN_OUT = 20
"""So many letters longer an abbreviation may become (VT, «канцелярия»)."""
_ABBREVIATION = re.compile(r"\b[^\W\d_]{2,6}\b")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
_GROUPED = re.compile(r"(?<=\d)[., \u00a0](?=\d{3})")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A single-spaced text; `first` where a line or paragraph begins with it, `source` of a machine's one."""

    text: str
    first: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Half-open ranges that belong together: of the machine's sentences, of the edited ones."""

    machine: tuple[int, int]
    edited: tuple[int, int]
    rewritten: bool = False


def align(machine: Sequence[Sentence], edited: Sequence[Sentence]) -> list[Pair]:
    """Pairs in order; what belongs to nothing for sure is in none."""
    from rapidfuzz.distance import LCSseq

    likeness = _Likeness(machine, edited)
    found: list[Pair] = []
    i = j = 0
    for block in LCSseq.opcodes(*_anchors(machine, edited)):
        if block.tag == "equal":
            found += likeness.chain((i, block.src_start), (j, block.dest_start))
            found += [
                Pair((block.src_start + step, block.src_start + step + 1), (place, place + 1))
                for step, place in enumerate(range(block.dest_start, block.dest_end))
            ]
            i, j = block.src_end, block.dest_end
    found += likeness.chain((i, len(machine)), (j, len(edited)))
    border = Pair((len(machine), len(machine)), (len(edited), len(edited)))
    return list(_anchored([*found, border]))[:-1]


def _anchors(*sides: Sequence[Sentence]) -> list[list[object]]:
    """The texts of both sides; one that stands twice on a side anchors nothing."""
    repeated = {
        text for side in sides for text, times in Counter(each.text for each in side).items() if times > 1
    }
    return [
        [(number, place) if each.text in repeated else each.text for place, each in enumerate(side)]
        for number, side in enumerate(sides)
    ]


def _anchored(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Without the rewritten pairs that do not follow each other from one sure pair or border to the next."""
    run: list[Pair] = []
    close, ends = True, (0, 0)
    for pair in pairs:
        close = close and ends == (pair.machine[0], pair.edited[0])
        ends = pair.machine[1], pair.edited[1]
        run.append(pair)
        if not pair.rewritten:
            yield from run if close else run[-1:]
            run, close = [], True


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some sentences in a row: their text, how often each stem stands in it, and the weight of all."""

    text: str
    stems: Counter[str]
    weight: float


class _Likeness:
    """Two sequences of sentences, and what pairing stretches of them costs."""

    def __init__(self, machine: Sequence[Sentence], edited: Sequence[Sentence]) -> None:
        from rapidfuzz.distance import Indel

        self._machine, self._edited = machine, edited
        self._letters = Indel.normalized_similarity
        frequency = Counter(stem for each in machine for stem in _stems(each.text))
        self._weights = {
            stem: math.log(1 + len(machine) / count) * len(stem) for stem, count in frequency.items()
        }
        self._rare = math.log(1 + len(machine)) * _STEM
        self._left: dict[Range, _Stretch] = {}
        self._right: dict[Range, _Stretch] = {}
        self._known: dict[tuple[Range, Range], float] = {}
        letters = sum(len(each.source) for each in machine)
        self._growth = sum(len(each.text) for each in machine) / letters if letters else 1.0

    def chain(self, left: Range, right: Range) -> list[Pair]:
        """The cheapest chain of beads over a stretch."""
        return [
            Pair(*ranges, self._cost(*ranges)[1])
            for ranges in cheapest_chain(left, right, _BEADS, lambda *ranges: self._cost(*ranges)[0])
        ]

    def _cost(self, left: Range, right: Range) -> tuple[float, bool]:
        """How unlike the sentences of a bead are, weighed by how many they are; whether it is a rewriting.

        A bead of several, short of whole paragraphs, is none where it is better without its first or its last
        sentence.
        """
        a, b = left[1] - left[0], right[1] - right[0]
        if not (a and b):
            return _SKIPPED, False
        alike = self._alike(left, right)
        whole = (a, b) == (1, 1) or (
            _is_paragraph(self._machine, left) and _is_paragraph(self._edited, right)
        )
        if alike >= _LEAST_ALIKE and (
            whole or all(self._alike(*each) < alike for each in _fewer(left, right))
        ):
            inner = [*self._machine[left[0] + 1 : left[1]], *self._edited[right[0] + 1 : right[1]]]
            borders = sum(each.first for each in inner)
            return (1 - alike) * (a + b) / 2 + _MERGED * (a * b - 1) + _ACROSS * borders, False
        if whole and self._rewritten(left, right):
            return _REWRITTEN * (a + b) / 2, True
        return math.inf, False

    def _alike(self, left: Range, right: Range) -> float:
        if (left, right) not in self._known:
            self._known[left, right] = self._compared(left, right)
        return self._known[left, right]

    def _compared(self, left: Range, right: Range) -> float:
        """0 to 1: the mean of the weight of the stems in common and of the letters in common.

        Where that is less than _LEAST_ALIKE, the letters may be left out.
        """
        one = self._stretch(self._left, self._machine, left)
        other = self._stretch(self._right, self._edited, right)
        if one.text == other.text:
            return 1.0
        common = 0.0
        if not one.stems.keys().isdisjoint(other.stems):
            common = sum(
                min(count, other.stems[stem]) * self._weights[stem]
                for stem, count in one.stems.items()
                if stem in other.stems
            )
        weight = one.weight + other.weight
        stems = 2 * common / weight if weight else 0.0
        least = 2 * _LEAST_ALIKE - stems - 1e-6
        return (stems + self._letters(one.text, other.text, score_cutoff=max(0.0, least))) / 2

    def _stretch(self, known: dict[Range, _Stretch], sentences: Sequence[Sentence], own: Range) -> _Stretch:
        if own not in known:
            text = " ".join(each.text for each in sentences[slice(*own)])
            stems = _stems(text)
            weight = sum(self._weights.get(stem, self._rare) * count for stem, count in stems.items())
            known[own] = _Stretch(text, stems, weight)
        return known[own]

    def _rewritten(self, left: Range, right: Range) -> bool:
        """Whether the lengths, the numbers and the places in their paragraphs allow of a rewriting."""
        source = " ".join(each.source for each in self._machine[slice(*left)])
        target = self._stretch(self._right, self._edited, right).text
        same_place = self._machine[left[0]].first == self._edited[right[0]].first
        return same_place and may_translate(source, target, self._growth)


def may_translate(source: str, target: str, growth: float) -> bool:
    """Whether lengths and numbers allow of a translation; `growth` is the usual ratio of its characters.

    Abbreviations may be written out.
    """
    expected, written = len(source) * growth + _SLACK, len(target) + _SLACK
    words = [] if source.isupper() else _ABBREVIATION.findall(source)
    most = expected + _WRITTEN_OUT * sum(map(str.isupper, words))
    if not expected / _STRETCHED < written < most * _STRETCHED:
        return False
    asked, told = numbers(source), numbers(target)
    telling = any(len(number) > 1 for number in asked | told)
    return bool(asked & told) or not telling


@lru_cache(maxsize=4096)
def numbers(text: str) -> frozenset[str]:
    """The digits of each number of a text, grouped ones as one: 1.246 and 1 246 are 1246."""
    return frozenset(_NUMBER.findall(_GROUPED.sub("", text)))


def _stems(text: str) -> Counter[str]:
    return Counter(word[:_STEM] for word in _WORD.findall(text.casefold()))


def _fewer(left: Range, right: Range) -> Iterator[tuple[Range, Range]]:
    """A bead without its first or its last sentence of each side that has several."""
    (i, i_end), (j, j_end) = left, right
    if i_end - i > 1:
        yield from (((i + 1, i_end), right), ((i, i_end - 1), right))
    if j_end - j > 1:
        yield from ((left, (j + 1, j_end)), (left, (j, j_end - 1)))


def _is_paragraph(sentences: Sequence[Sentence], span: Range) -> bool:
    start, end = span
    return (
        sentences[start].first
        and (end == len(sentences) or sentences[end].first)
        and not any(each.first for each in sentences[start + 1 : end])
    )
