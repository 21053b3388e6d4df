"""Cut long texts, make batches of similar lengths, put results back in order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from mtkit.engines.tokenization import Tokens
from mtkit.types import Span

Unit = TypeVar("Unit")
Result = TypeVar("Result")

_BOUNDARIES = tuple(map(re.compile, (r"[.!?…][\"'»”)\]]*\s+", r"[;:,—–]\s+", r"\s+")))


def in_batches(
    units: Sequence[Unit],
    length: Callable[[Unit], int],
    run: Callable[[list[list[Unit]]], Iterable[list[Result]]],
    *,
    batch_tokens: int,
    workers: int,
) -> list[Result]:
    """Run units longest first in batches of at most `batch_tokens` padded tokens; results in their order.

    `run` gets all batches and gives the results of each. With little to do the batches are smaller, so
    that every worker has one. A single unit may be longer than a batch.
    """
    order = sorted(range(len(units)), key=lambda i: -length(units[i]))
    budget = min(batch_tokens, -(-sum(map(length, units)) // workers))
    batches: list[list[int]] = []
    for i in order:
        if batches and length(units[batches[-1][0]]) * (len(batches[-1]) + 1) <= budget:
            batches[-1].append(i)
        else:
            batches.append([i])
    results: dict[int, Result] = {}
    for batch, found in zip(batches, run([[units[i] for i in batch] for batch in batches]), strict=True):
        results.update(zip(batch, found, strict=True))
    return [results[i] for i in range(len(units))]


def split_long(text: str, tokens: Tokens, limit: int) -> list[Span]:
    """Cut a text into stretches of at most about `limit` tokens that join to the very text.

    Cuts fall after a sentence, else after a clause, else between words, else between tokens.
    """
    starts = [span.start for span in tokens.spans if span]
    cuts = [0]
    while (first := bisect_left(starts, cuts[-1])) + limit < len(starts):
        window_end = max(starts[first + limit], cuts[-1] + 1)
        cuts.append(_boundary(text, cuts[-1], window_end))
    return [Span(start, end) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _boundary(text: str, start: int, end: int) -> int:
    """The best place to cut in the last three quarters of a window, its end where there is none."""
    earliest = start + max((end - start) // 4, 1)
    for boundary in _BOUNDARIES:
        places = [match.end() for match in boundary.finditer(text, start, end) if match.end() >= earliest]
        if places:
            return places[-1]
    return end
