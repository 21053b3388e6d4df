"""The words of a text, as alignment and the lexicon count them, and as people look for them."""

from __future__ import annotations

import re

from mtkit.types import Span

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def word_spans(text: str) -> list[Span]:
    """Where each word stands, in order; an inner hyphen or apostrophe joins, punctuation is no word."""
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def word_count(text: str) -> int:
    return len(_WORD.findall(text))


def opening(text: str, at_most: int = 6) -> str:
    """The first words of a text, as one looks for it in a file: «Уезд открыл новую школу…»."""
    words = text.split()
    return f"«{' '.join(words[:at_most])}{'…' if len(words) > at_most else ''}»"


def around(text: str, span: Span, at_most: int = 3) -> str:
    """A stretch of a text with the words before and after it: «…завершат через 7 дней после…»."""
    before, after = text[: span.start].split(" "), text[span.end :].split(" ")
    left = " ".join(before[-at_most - 1 :])
    right = " ".join(after[: at_most + 1])
    opened = "…" if len(before) > at_most + 1 else ""
    closed = "…" if len(after) > at_most + 1 else ""
    return f"«{opened}{' '.join(f'{left}{span.of(text)}{right}'.split())}{closed}»"
