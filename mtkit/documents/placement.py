"""Where inline markup of a source sentence goes in its target.

By an alignment a pair goes around the words that render what it held, and pairs change their order where
the words do; nesting stays valid. Without one see `mtkit.documents.placement_shares`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mtkit.documents.markup_tree import MAX_DEPTH, Node, follows_word, nodes_of, stretch, tree
from mtkit.documents.placement_shares import cuts_word, find_part, is_figure_in_word, place_by_share
from mtkit.text.words import word_spans
from mtkit.types import Alignment, Span

if TYPE_CHECKING:
    from mtkit.documents.skeleton import Mark


def marked_spans(source: str, marks: Sequence[tuple[int, Mark]]) -> tuple[Span, ...]:
    """The stretches of a source that its marks hold or stand at, apart from the whole of it."""
    root, depth = tree(len(source), marks)
    if depth > MAX_DEPTH:
        return ()
    spans = dict.fromkeys(stretch(node, source) for node in nodes_of(root))
    return tuple(span for span in spans if span is not None and span != Span(0, len(source)))


def place(
    source: str, marks: Sequence[tuple[int, Mark]], target: str, alignment: Alignment = ()
) -> list[tuple[int, Mark]]:
    """Return the marks at rising code-point offsets of `target`, without optional pairs left empty.

    `alignment` is of the spans that `marked_spans` gives; those not in it are placed by their share of the
    sentence.
    """
    if source == target:
        return list(marks)
    root, depth = tree(len(source), marks)
    if depth > MAX_DEPTH:
        placed = [(round(offset * len(target) / max(1, len(source))), mark) for offset, mark in marks]
    elif alignment:
        placed = _Aligned(source, target, dict(alignment)).place(root)
    else:
        placed = place_by_share(root, source, target)
    result: list[tuple[int, Mark]] = []
    reached = 0
    for offset, mark in placed:
        reached = max(reached, offset)
        if mark.optional and mark.role == "close" and result:
            last_offset, last = result[-1]
            if last.optional and last.role == "open" and last_offset == reached:
                result.pop()
                continue
        result.append((reached, mark))
    return result


class _Aligned:
    def __init__(self, source: str, target: str, alignment: Mapping[Span, Span]) -> None:
        self._source = source
        self._target = target
        self._alignment = alignment
        self._words = word_spans(target)
        self._placed: list[tuple[int, Mark]] = []

    def place(self, root: Sequence[Node]) -> list[tuple[int, Mark]]:
        self._place(root, Span(0, len(self._source)), Span(0, len(self._target)))
        return self._placed

    def _place(self, nodes: Sequence[Node], held: Span, within: Span) -> None:
        """Place nodes that stand in `held` of the source inside `within` of the target, side by side.

        Marks whose partners stand in other sentences stay outermost.
        """
        places = self._places(nodes, held, within)
        order = sorted(
            range(len(nodes)),
            key=lambda i: (nodes[i].opening is not None, nodes[i].is_unclosed, places[i].start, i),
        )
        cursor = within.start
        for i in order:
            node = nodes[i]
            start = min(max(cursor, places[i].start), within.end)
            end = min(max(start, places[i].end), within.end)
            if node.is_unclosed:
                end = within.end
            if node.opening is None:
                start = within.start
            if node.opening is not None:
                self._placed.append((start, node.opening))
            self._place(node.children, Span(node.start, node.end), Span(start, end))
            if node.closing is not None:
                self._placed.append((end, node.closing))
            cursor = end

    def _places(self, nodes: Sequence[Node], held: Span, within: Span) -> list[Span]:
        found = {i: place for i, node in enumerate(nodes) if (place := self._rendered(node, within))}
        for i, node in enumerate(nodes):
            if i not in found:
                found[i] = self._free(node, held, within, list(found.values()))
        for i, node in enumerate(nodes):
            stands_behind = i > 0 and node.start == node.end == nodes[i - 1].end
            if stands_behind:
                found[i] = Span(found[i - 1].end, found[i - 1].end)
        return [found[i] for i in range(len(nodes))]

    def _rendered(self, node: Node, within: Span) -> Span | None:
        """Where the alignment has what a node holds, or the side of the word that it stands at."""
        span = stretch(node, self._source)
        place = self._alignment.get(span) if span else None
        if place is None or not place.overlaps(within):
            inner = [p for child in node.children if (p := self._rendered(child, within))]
            return Span(min(p.start for p in inner), max(p.end for p in inner)) if inner else None
        place = Span(max(place.start, within.start), min(place.end, within.end))
        if not self._source[node.start : node.end].strip():
            return self._beside(node, place)
        if part := self._part(node, place):
            return part
        if is_figure_in_word(node, self._source):
            return Span(place.end, place.end)
        return self._with_punctuation(node, place)

    def _beside(self, node: Node, place: Span) -> Span:
        """The side of a word, or of the punctuation behind it where the node stands behind such."""
        if not follows_word(node, self._source):
            return Span(place.start, place.start)
        end = place.end
        while (
            _is_mark(self._source[node.start - 1]) and end < len(self._target) and _is_mark(self._target[end])
        ):
            end += 1
        return Span(end, end)

    def _part(self, node: Node, place: Span) -> Span | None:
        """For a pair around part of a word (H<sub>2</sub>O): the same part in the words around `place`."""
        if not cuts_word(node, self._source):
            return None
        part = self._source[node.start : node.end]
        begin = self._target.rfind(" ", 0, place.start) + 1
        at = find_part(node, self._source, self._target, begin, place.end + len(part))
        return Span(at, at + len(part)) if at >= 0 else None

    def _with_punctuation(self, node: Node, place: Span) -> Span:
        """The place with the quotes and stops around it, where the node held such."""
        held = self._source[node.start : node.end].strip()
        start, end = place.start, place.end
        while not held[0].isalnum() and start > 0 and _is_mark(self._target[start - 1]):
            start -= 1
        while not held[-1].isalnum() and end < len(self._target) and _is_mark(self._target[end]):
            end += 1
        return Span(start, end)

    def _free(self, node: Node, held: Span, within: Span, taken: Sequence[Span]) -> Span:
        """Words at the same share of the sentence, of those that no other node has."""
        free = [
            word
            for word in self._words
            if within.start <= word.start
            and word.end <= within.end
            and not any(word.overlaps(place) for place in taken)
        ]
        scale = (within.end - within.start) / max(1, held.end - held.start)
        start = within.start + round((node.start - held.start) * scale)
        end = within.start + round((node.end - held.start) * scale)
        if not free or not self._source[node.start : node.end].strip():
            nearest = min((word.end for word in self._words), key=lambda at: abs(at - start), default=start)
            side = min(max(nearest if node.start else start, within.start), within.end)
            return Span(side, side)
        first = min(free, key=lambda word: abs(word.start - start))
        last = first
        for word in free[free.index(first) + 1 :]:
            gap = Span(last.end, word.start)
            if word.end > end or any(place.overlaps(gap) or place.start == gap.end for place in taken):
                break
            last = word
        return Span(first.start, last.end)


def _is_mark(character: str) -> bool:
    return not character.isalnum() and not character.isspace()
