"""Places for marks by the order and length of a sentence, where there is no alignment.

Marks keep their order. A pair goes around the words it held where these stand unchanged in the target
(codes, names, numbers), else around words at the same share of the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtkit.documents.markup_tree import Node

if TYPE_CHECKING:
    from mtkit.documents.skeleton import Mark

_WORD = re.compile(r"\S+")
_CORE = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_NEAR = 8


@dataclass(frozen=True, slots=True)
class _Words:
    """`cores` are the words without the punctuation around them, `places` where each core stands."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cores: tuple[tuple[int, int], ...]
    places: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, text: str) -> _Words:
        spans = [match.span() for match in _WORD.finditer(text)]
        cores = tuple(
            core.span() if (core := _CORE.search(text, start, end)) else (start, end) for start, end in spans
        )
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, (start, end) in enumerate(cores):
            places[text[start:end]].append(index)
        return cls(text, tuple(start for start, _ in spans), tuple(end for _, end in spans), cores, places)

    def forms(self, first: int, last: int) -> tuple[str, ...]:
        return tuple(self.text[start:end] for start, end in self.cores[first:last])

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """First word that ends after `start`, and one past the last word that starts before `end`."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))

    def after(self, count: int, *, core: bool = False) -> int:
        """Offset after the first `count` words, or after the core of the last of them."""
        if not count:
            return 0
        return self.cores[count - 1][1] if core else self.ends[count - 1]


def place_by_share(nodes: list[Node], source: str, target: str) -> list[tuple[int, Mark]]:
    """The marks of a tree at offsets of the target; offsets may fall."""
    src, tgt = _Words.of(source), _Words.of(target)
    placed: list[tuple[int, Mark]] = []
    _place_children(nodes, src, (0, len(src.starts)), tgt, (0, len(tgt.starts)), placed)
    return placed


def _place_children(
    nodes: list[Node],
    src: _Words,
    src_range: tuple[int, int],
    tgt: _Words,
    tgt_range: tuple[int, int],
    placed: list[tuple[int, Mark]],
) -> None:
    src_low, src_high = src_range
    low, high = tgt_range
    scale = (high - low) / max(1, src_high - src_low)
    cursor = low
    reached = 0
    pairs_left = sum(1 for node in nodes if not node.is_point)
    pair_end = -1
    for node in nodes:
        first, last = src.covering(node.start, node.end)
        if node.is_point and node.start == pair_end and node.opening:
            placed.append((reached, node.opening))
            continue
        if node.is_point:
            before = bisect_left(src.starts, node.start)
            cursor = min(high, max(cursor, low + round((before - src_low) * scale)))
            if node.opening:
                begins_word = cursor < high and src.starts[before : before + 1] == (node.start,)
                ends_core = before > 0 and node.start <= src.cores[before - 1][1]
                at = tgt.starts[cursor] if begins_word else tgt.after(cursor, core=ends_core)
                placed.append((at, node.opening))
            continue
        pairs_left -= 1
        pair_end = node.end
        limit = max(cursor, high - pairs_left)
        begin, end = _verbatim(src.forms(first, last), tgt, cursor, limit) or (
            _share(first - src_low, last - first, scale, low, cursor, limit)
        )
        inside = _inside_word(node, src, tgt, (cursor, high), begin, reached)
        if not inside and is_figure_in_word(node, src.text):
            begin = end = max(cursor, begin)
            opens = reached = max(reached, tgt.after(begin))
        elif inside:
            begin, (opens, reached) = inside
            cursor = begin if reached < tgt.ends[begin] else begin + 1
            end = begin + 1
        else:
            begin = low if node.opening is None else begin
            end = high if node.closing is None else end
            cursor = end
            opens, reached = _around_words(node, src, tgt, begin, end)
        if node.opening:
            placed.append((opens, node.opening))
        _place_children(node.children, src, (first, last), tgt, (begin, end), placed)
        if node.closing:
            placed.append((reached, node.closing))


def _verbatim(forms: tuple[str, ...], tgt: _Words, low: int, high: int) -> tuple[int, int] | None:
    """Words low..high of the target that are just these, where they stand there once."""
    if not forms:
        return None
    length = len(forms)
    found = [
        at
        for at in tgt.places.get(forms[0], ())
        if low <= at <= high - length and tgt.forms(at, at + length) == forms
    ]
    return (found[0], found[0] + length) if len(found) == 1 else None


def _share(offset: int, count: int, scale: float, low: int, cursor: int, limit: int) -> tuple[int, int]:
    begin = max(cursor, min(low + round(offset * scale), limit - 1))
    end = min(limit, begin + max(1, round(count * scale))) if count else begin
    return begin, max(begin, end)


def _inside_word(
    node: Node, src: _Words, tgt: _Words, words: tuple[int, int], wanted: int, reached: int
) -> tuple[int, tuple[int, int]] | None:
    """For a pair around part of a word (H<sub>2</sub>O): the word next to `wanted` that has that part.

    Returns its index and the offsets of the part; None where the pair is none such, or no word has it.
    """
    held = src.text[node.start : node.end]
    if not held or any(map(str.isspace, held)) or not cuts_word(node, src.text):
        return None
    near = range(max(words[0], wanted - _NEAR), min(words[1], wanted + _NEAR + 1))
    for index in sorted(near, key=lambda index: abs(index - wanted)):
        at = find_part(node, src.text, tgt.text, max(reached, tgt.starts[index]), tgt.ends[index])
        if at >= 0:
            return index, (at, at + len(held))
    return None


def _around_words(node: Node, src: _Words, tgt: _Words, begin: int, end: int) -> tuple[int, int]:
    """Offsets of a pair around words `begin` to `end`, with quotes and stops where it held such."""
    if begin >= end:
        return tgt.after(begin), tgt.after(begin)
    held = src.text[node.start : node.end].strip()
    if held and not any(map(str.isalnum, held)):
        first, _ = src.covering(node.start, node.end)
        if node.start < src.cores[first][1]:
            return tgt.starts[begin], tgt.cores[begin][0]
        return tgt.after(end, core=True), tgt.after(end)
    opens = tgt.cores[begin][0] if held[:1].isalnum() else tgt.starts[begin]
    return opens, tgt.after(end, core=held[-1:].isalnum())


def find_part(node: Node, source: str, target: str, low: int, high: int) -> int:
    """Where the target has what a pair holds, as in the source behind a digit or not; -1 for nowhere."""
    held = source[node.start : node.end]
    behind_digit = source[: node.start][-1:].isdigit()
    at = target.find(held, low, high)
    while at > 0 and target[at - 1].isdigit() != behind_digit:
        at = target.find(held, at + 1, high)
    return at


def is_figure_in_word(node: Node, text: str) -> bool:
    """Whether an optional pair holds what its target may spell out: m², 10⁶."""
    held = text[node.start : node.end].strip()
    is_figure = bool(held) and not any(map(str.isalpha, held))
    return is_figure and node.opening is not None and node.opening.optional and cuts_word(node, text)


def cuts_word(node: Node, text: str) -> bool:
    """Whether the pair begins or ends inside a word."""
    return text[node.start - 1 : node.start + 1].isalnum() or text[node.end - 1 : node.end + 1].isalnum()
