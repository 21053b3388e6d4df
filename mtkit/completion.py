"""What must come out of an engine again: targets that lack a placeable are mended, replaced, or cut.

Codes, numbers and addresses are carried past the engine as tokens, or as they stand. Where a target lacks
one, another hypothesis that has it is taken; else the source is cut there and its pieces are translated on
their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtkit.engines.base import Hypotheses, Request
from mtkit.engines.pieces import continued
from mtkit.termbase.enforce import Enforced, TermConstraint
from mtkit.termbase.match import SourceMatch
from mtkit.termbase.verify import verify
from mtkit.text.carriage import lost, mend, untied
from mtkit.text.placeables import Placeable, needs_translation, restore
from mtkit.types import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A source as the engine gets it, and what has to come out again.

    `carried` are the strings that must stand in the engine's target, each with what it stands for:
    tokens where the model copies tokens, else the codes, URLs and addresses themselves.
    """

    segment: Segment
    request: Request
    matches: tuple[SourceMatch, ...]
    constraints: tuple[TermConstraint, ...]
    carried: tuple[tuple[str, Placeable], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A target with its placeables back in place; one strategy for each constraint."""

    prepared: Prepared
    target: str
    score: float | None
    strategies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomplete:
    """A target that nothing brings what is `lost`, short of a cut."""

    lost: frozenset[str]


def complete(prepared: Prepared, enforced: Enforced, hypotheses: Hypotheses) -> Decoded | Incomplete:
    """The target with everything carried in it, mended or taken from another hypothesis."""
    wanted = Counter(text for text, _ in prepared.carried)
    target = mend(enforced.text, wanted)
    score, strategies = enforced.score, enforced.strategies
    if missing := lost(target, wanted):
        terms = _terms(prepared, target)
        others = [h for h in hypotheses if not lost(h.text, wanted) and _terms(prepared, h.text) >= terms]
        if not others:
            return Incomplete(lost=frozenset(missing))
        target, score, strategies = others[0].text, others[0].score, ("n-best",) * len(strategies)
    return Decoded(
        prepared=prepared, target=restore(target, prepared.carried), score=score, strategies=strategies
    )


def _terms(prepared: Prepared, target: str) -> int:
    return sum(hit.ok for hit in verify(prepared.matches, target))


def cut(prepared: Prepared, incomplete: Incomplete) -> list[Segment | str]:
    """The source in pieces: what stands around the lost placeables, and those as they will stand."""
    segment, position = prepared.segment, 0
    pieces: list[Segment | str] = []
    lost_ones = [pair for pair in prepared.carried if pair[0] in incomplete.lost]
    for text, placeable in sorted(lost_ones, key=lambda pair: pair[1].span):
        pieces += _pieces(segment, position, placeable.span.start)
        pieces.append(restore(text, prepared.carried))
        position = placeable.span.end
    return pieces + _pieces(segment, position, len(segment.source))


def _pieces(segment: Segment, start: int, end: int) -> list[Segment | str]:
    """A stretch of the source, apart from the white space and the marks that tie it to its neighbours."""
    before, inner, after = untied(segment.source[start:end])
    if not needs_translation(inner, segment.src_lang):
        return [segment.source[start:end]]
    return [before, replace(segment, source=inner), after]


def joined(pieces: Sequence[Segment | str], targets: Iterator[str]) -> str:
    """The pieces of a cut source as one sentence; `targets` are those of the segments among them."""
    sentence = ""
    for piece in pieces:
        if isinstance(piece, str):
            sentence += piece
            continue
        target = next(targets).strip() or piece.source
        if target.endswith(".") and not piece.source.endswith("."):
            target = target[:-1]
        sentence += continued(target, piece.source) if sentence.strip() else target
    return sentence
