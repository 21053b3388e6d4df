"""Find stretches of a source again in its target.

What is known for certain comes first (terms, names, words that are the same on both sides), then what an
engine says of each target word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mtkit.text.words import word_spans
from mtkit.types import Alignment, Span

MAX_SPANS = 64
"""Spans of one segment that are looked for."""

_THRESHOLD = 0.35
"""A word whose share is above this speaks for a place, below it against."""

_LEAST = 0.15
"""The share that the best word must have where none is above the threshold."""

_Words = tuple[int, int]
"""Words from the first up to but without the second."""


def align_spans(
    source: str,
    target: str,
    spans: Sequence[Span],
    shares: Sequence[Sequence[float]] = (),
    known: Alignment = (),
) -> Alignment:
    """Each span with the words of the target that render it; spans that are not found are left out.

    `shares` has for each span, for each target word (mtkit.text.words), how far the word renders it, from 0
    to 1, or is empty. A span inside another is found inside the other's words; spans apart share no word.
    """
    words = word_spans(target)
    certain = (*known, *same_words(source, target))
    wanted = list(dict.fromkeys(spans))[:MAX_SPANS]
    weights = {
        span: _weights(span, words, shares[spans.index(span)] if shares else (), certain) for span in wanted
    }
    found: dict[Span, _Words] = {}
    waiting = wanted
    while waiting:
        outer = [span for span in waiting if not any(_holds(other, span) for other in waiting)]
        best = {span: _best(weights[span], *_free(span, found, len(words))) for span in outer}
        for span in (span for span in outer if best[span] is None):
            waiting = [each for each in waiting if each != span]
        placed = [(span, place) for span in outer if (place := best[span]) is not None]
        if placed:
            span, (_, first, last) = max(placed, key=lambda each: each[1][0])
            found[span] = first, last
            waiting = [each for each in waiting if each != span]
    return tuple(
        (span, Span(words[first].start, words[last - 1].end)) for span, (first, last) in found.items()
    )


def same_words(source: str, target: str) -> Alignment:
    """Numbers, codes and names that stand once in the source and once, letter for letter, in the target."""
    sides = [{span.of(text): span for span in word_spans(text)} for text in (source, target)]
    once = [
        {word for word, count in Counter(span.of(text) for span in word_spans(text)).items() if count == 1}
        for text in (source, target)
    ]
    return tuple((sides[0][word], sides[1][word]) for word in sides[0] if word in once[0] & once[1])


def _holds(outer: Span, inner: Span) -> bool:
    return outer != inner and outer.start <= inner.start and inner.end <= outer.end


def _weights(span: Span, words: Sequence[Span], shares: Sequence[float], certain: Alignment) -> list[float]:
    """For each target word what speaks for it, with what is certain put in place of its share."""
    weights = list(shares) if len(shares) == len(words) else [0.0] * len(words)
    for source, target in certain:
        for index, word in enumerate(words):
            inside = word.overlaps(target)
            if span == source:
                weights[index] = float(inside)
            elif _holds(span, source):
                weights[index] = 1.0 if inside else weights[index]
            elif (_holds(source, span) and not inside) or (not span.overlaps(source) and inside):
                weights[index] = 0.0
    return weights


def _free(span: Span, found: dict[Span, _Words], count: int) -> tuple[_Words, list[_Words]]:
    """The words that a span may take: inside those of what holds it, outside those of the others."""
    within = 0, count
    taken = []
    for other, place in found.items():
        if _holds(other, span):
            within = max(within[0], place[0]), min(within[1], place[1])
        elif not _holds(span, other):
            taken.append(place)
    return within, taken


def _best(weights: Sequence[float], within: _Words, taken: Sequence[_Words]) -> tuple[float, int, int] | None:
    """The free stretch of words that most speaks for, with how much; None where nothing does."""
    best: tuple[float, int, int] | None = None
    total, first = 0.0, within[0]
    for index in range(*within):
        if any(start <= index < end for start, end in taken):
            total, first = 0.0, index + 1
            continue
        if total <= 0.0:
            total, first = 0.0, index
        total += weights[index] - _THRESHOLD
        if weights[index] >= _LEAST and (best is None or total > best[0]):
            best = total, first, index + 1
    return best
