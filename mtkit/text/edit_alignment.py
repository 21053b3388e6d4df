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

_LEAST_ALIKE = 0.3
_SKIPPED = 0.7
"""Cost of a sentence that is left out."""
_REWRITTEN = 1.26
"""Cost of a pair that shares no words: more than any other pair, less than leaving both out."""
_MERGED = 0.06
_ACROSS = 0.2
"""Cost of each paragraph border inside a bead."""
_BEADS = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
_WIDEST = 400
_STEM = 5
_SLACK = 12
_STRETCHED = 1.9
"""How many times longer or shorter than expected a rewritten sentence may be, give or take _SLACK letters."""
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


_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some sentences in a row: their text, how often each stem stands in it, and the weight of all."""

    text: str
    stems: Counter[str]
    weight: float


class _Likeness:
    """Two sequences of sentences, and what pairing stretches of them costs."""

    def __init__(self, machine: Sequence[Sentence], edited: Sequence[Sentence]) -> None:
        self._machine, self._edited = machine, edited
        frequency = Counter(stem for each in machine for stem in _stems(each.text))
        self._weights = {
            stem: math.log(1 + len(machine) / count) * len(stem) for stem, count in frequency.items()
        }
        self._rare = math.log(1 + len(machine)) * _STEM
        self._left: dict[_Range, _Stretch] = {}
        self._right: dict[_Range, _Stretch] = {}
        self._known: dict[tuple[_Range, _Range], float] = {}
        letters = sum(len(each.source) for each in machine)
        self._growth = sum(len(each.text) for each in machine) / letters if letters else 1.0

    def chain(self, left: _Range, right: _Range) -> list[Pair]:
        """The cheapest chain of beads over a stretch, by dynamic programming."""
        rows, columns = left[1] - left[0], right[1] - right[0]
        width = max(_WIDEST // max(1, min(rows, columns)), 12) + abs(rows - columns)
        costs: dict[tuple[int, int], tuple[float, tuple[int, int], bool]] = {(0, 0): (0.0, (0, 0), False)}
        for i in range(rows + 1):
            for j in range(max(0, i - width), min(columns, i + width) + 1):
                options = [
                    (costs[i - a, j - b][0] + _SKIPPED, (a, b), False)
                    for a, b in ((1, 0), (0, 1))
                    if (i - a, j - b) in costs
                ]
                for a, b in _BEADS:
                    if (i - a, j - b) in costs:
                        ranges = (left[0] + i - a, left[0] + i), (right[0] + j - b, right[0] + j)
                        cost, rewritten = self._cost(*ranges)
                        options.append((costs[i - a, j - b][0] + cost, (a, b), rewritten))
                if options:
                    costs[i, j] = min(options)
        found: list[Pair] = []
        i, j = rows, columns
        while (i, j) != (0, 0):
            _, (a, b), rewritten = costs[i, j]
            if a and b:
                ranges = (left[0] + i - a, left[0] + i), (right[0] + j - b, right[0] + j)
                found.append(Pair(*ranges, rewritten))
            i, j = i - a, j - b
        return found[::-1]

    def _cost(self, left: _Range, right: _Range) -> tuple[float, bool]:
        """How unlike the sentences of a bead are, weighed by how many they are; whether it is a rewriting.

        A bead of several, short of whole paragraphs, is none where it is better without its first or its last
        sentence.
        """
        alike = self._alike(left, right)
        a, b = left[1] - left[0], right[1] - right[0]
        paragraph = _is_paragraph(self._machine, left) and _is_paragraph(self._edited, right)
        fewer = [
            *(((left[0] + 1, left[1]), right), ((left[0], left[1] - 1), right)) * (a > 1),
            *((left, (right[0] + 1, right[1])), (left, (right[0], right[1] - 1))) * (b > 1),
        ]
        if alike >= _LEAST_ALIKE and (paragraph or all(self._alike(*each) < alike for each in fewer)):
            inner = [*self._machine[left[0] + 1 : left[1]], *self._edited[right[0] + 1 : right[1]]]
            borders = sum(each.first for each in inner)
            return (1 - alike) * (a + b) / 2 + _MERGED * (a * b - 1) + _ACROSS * borders, False
        if (paragraph or (a, b) == (1, 1)) and self._rewritten(left, right):
            return _REWRITTEN * (a + b) / 2, True
        return math.inf, False

    def _alike(self, left: _Range, right: _Range) -> float:
        if (left, right) not in self._known:
            self._known[left, right] = self._compared(left, right)
        return self._known[left, right]

    def _compared(self, left: _Range, right: _Range) -> float:
        """0 to 1: the mean of the weight of the stems in common and of the letters in common."""
        from rapidfuzz.distance import Indel

        one = self._stretch(self._left, self._machine, left)
        other = self._stretch(self._right, self._edited, right)
        if one.text == other.text:
            return 1.0
        common = sum(
            min(count, other.stems[stem]) * self._weights[stem]
            for stem, count in one.stems.items()
            if stem in other.stems
        )
        weight = one.weight + other.weight
        stems = 2 * common / weight if weight else 0.0
        return (stems + Indel.normalized_similarity(one.text, other.text)) / 2

    def _stretch(self, known: dict[_Range, _Stretch], sentences: Sequence[Sentence], own: _Range) -> _Stretch:
        if own not in known:
            text = " ".join(each.text for each in sentences[slice(*own)])
            stems = _stems(text)
            weight = sum(self._weights.get(stem, self._rare) * count for stem, count in stems.items())
            known[own] = _Stretch(text, stems, weight)
        return known[own]

    def _rewritten(self, left: _Range, right: _Range) -> bool:
        """Whether the lengths, the numbers and the places in their paragraphs allow of a rewriting."""
        source = " ".join(each.source for each in self._machine[slice(*left)])
        target = self._stretch(self._right, self._edited, right).text
        expected = len(source) * self._growth + _SLACK
        numbers, written = _numbers(source), _numbers(target)
        telling = any(len(number) > 1 for number in numbers | written)
        return (
            self._machine[left[0]].first == self._edited[right[0]].first
            and (bool(numbers & written) or not telling)
            and 1 / _STRETCHED < (len(target) + _SLACK) / expected < _STRETCHED
        )


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(_GROUPED.sub("", text)))


def _stems(text: str) -> Counter[str]:
    return Counter(word[:_STEM] for word in _WORD.findall(text.casefold()))


def _is_paragraph(sentences: Sequence[Sentence], span: _Range) -> bool:
    start, end = span
    own = [each.first for each in sentences[start:end]]
    return own == [True, *[False] * (len(own) - 1)] and (end == len(sentences) or sentences[end].first)
