"""The marks of a sentence as a tree: pairs with what they hold, and points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mtkit.text.words import word_spans
from mtkit.types import Span

if TYPE_CHECKING:
    from mtkit.documents.skeleton import Mark

MAX_DEPTH = 50


@dataclass(slots=True)
class Node:
    """A pair around start to end of the source; one whose partner stands elsewhere reaches to the edge.

    A point has one mark, `opening`.
    """

    start: int
    end: int
    opening: Mark | None = None
    closing: Mark | None = None
    children: list[Node] = field(default_factory=list)
    is_point: bool = False

    @property
    def is_unclosed(self) -> bool:
        return self.closing is None and not self.is_point


def tree(length: int, marks: Sequence[tuple[int, Mark]]) -> tuple[list[Node], int]:
    """Pair the marks and say how deep they nest."""
    root: list[Node] = []
    stack: list[Node] = []
    deepest = wrapped = 0
    for offset, mark in marks:
        siblings = stack[-1].children if stack else root
        if mark.role == "open":
            stack.append(Node(offset, length, opening=mark))
            siblings.append(stack[-1])
            deepest = max(deepest, len(stack))
        elif mark.role == "alone":
            siblings.append(Node(offset, offset, opening=mark, is_point=True))
        elif stack:
            node = stack.pop()
            node.end, node.closing = offset, mark
        else:
            root = [Node(0, offset, closing=mark, children=root)]
            wrapped += 1
    return root, deepest + wrapped


def nodes_of(nodes: Sequence[Node]) -> Iterator[Node]:
    """All nodes of a tree, each before those inside it."""
    for node in nodes:
        yield node
        yield from nodes_of(node.children)


def stretch(node: Node, source: str) -> Span | None:
    """What a pair holds, without the white space at its ends; else the word that it stands at."""
    held = source[node.start : node.end]
    if held.strip():
        start = node.start + len(held) - len(held.lstrip())
        return Span(start, start + len(held.strip()))
    words = word_spans(source)
    if follows_word(node, source):
        return next((word for word in reversed(words) if word.start < node.start), None)
    return next((word for word in words if word.start >= node.start), None)


def follows_word(node: Node, source: str) -> bool:
    return node.start > 0 and not source[node.start - 1].isspace()
