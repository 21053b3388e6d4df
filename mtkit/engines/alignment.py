"""Align given targets with their sources by the attention of an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mtkit.engines.base import DecodingOptions, Engine, Request
from mtkit.errors import EngineError, OutOfMemoryError
from mtkit.types import Span

_FORCED = DecodingOptions(beam=1, n_best=1, max_length_ratio=0.0, alignment=True, scores=False)


def align_targets(
    engine: Engine, pairs: Sequence[tuple[Request, str]]
) -> list[tuple[tuple[Span, Span], ...]]:
    """N requests with their targets -> N alignments as in Hypothesis, same order.

    The target is forced as a prefix, at about half the cost of decoding it; what the engine adds to it is
    not looked at; one that is too long to be forced gets an empty alignment. For engines with `prefix` and
    `alignment`. Raises OutOfMemoryError.
    """
    requests = [replace(request, prefix=target) for request, target in pairs]
    try:
        forced = engine.translate(requests, _FORCED) if requests else []
    except OutOfMemoryError:
        raise
    except EngineError:
        if len(pairs) == 1:
            return [()]
        middle = len(pairs) // 2
        return align_targets(engine, pairs[:middle]) + align_targets(engine, pairs[middle:])
    return [
        tuple((tgt, src) for tgt, src in hypotheses[0].alignment if tgt.end <= len(target))
        for (_, target), hypotheses in zip(pairs, forced, strict=True)
    ]
