"""Bring every termbase term of the source into the target, in a form that fits.

For each segment, cheapest first: the best hypothesis that has all terms; a forced prefix that ends in each
form of a missing term, rewritten onward by the decoder and ranked by the model's score; the form put in the
place of the words it stands for. What none of them can have is reported as failed, the text left as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mtkit.engines.base import DecodingOptions, Engine, Hypotheses, Hypothesis, Request
from mtkit.errors import TermbaseError
from mtkit.termbase.candidates import (
    Candidate,
    Placed,
    carry_alignment,
    lost_tokens,
    placements,
    sound,
    surplus,
)
from mtkit.termbase.compile import Paradigm, compile_paradigm
from mtkit.termbase.forms import FormMatch, assign, russian_terms
from mtkit.termbase.locate import guess_anchor, locate
from mtkit.termbase.match import SourceMatch
from mtkit.text.markup import TERM_OPEN
from mtkit.types import Span

ANNOTATION = "annotation"
FREE = "free"
N_BEST = "n-best"
PREFIX = "prefix"
ALIGNED = "aligned"
FAILED = "failed"
PREFIX_ROUNDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TermConstraint:
    """A term that the target must have; `request_span` is where it stands in the text of the request."""

    match: SourceMatch
    request_span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Enforced:
    """The target, its score (nats a token, None: not known) and one strategy a constraint.

    annotation: already there, and the request was annotated with it; free: already there; n-best, prefix,
    aligned: how it came in; failed: it is not there.
    """

    text: str
    score: float | None
    strategies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Nats a token that each strategy may cost, and what keeping the case of the words replaced is worth."""

    n_best: float = 0.5
    prefix: float = 1.0
    guessed_prefix: float = 0.35
    aligned: float = 2.0
    same_case: float = 0.1


@dataclass(slots=True)
class _Work:
    """A segment on its way: the hypothesis so far and the strategy of each constraint."""

    request: Request
    constraints: tuple[TermConstraint, ...]
    hypothesis: Hypothesis
    strategies: list[str]
    tried: set[int] = field(default_factory=set)

    @property
    def places(self) -> tuple[FormMatch | None, ...]:
        return assign(self.hypothesis.text, [constraint.match.concept for constraint in self.constraints])

    def missing(self) -> list[int]:
        return [index for index, place in enumerate(self.places) if place is None]


def enforce(
    engine: Engine,
    requests: Sequence[Request],
    constraints: Sequence[tuple[TermConstraint, ...]],
    hypotheses: Sequence[Hypotheses],
    options: DecodingOptions,
    margins: Margins = Margins(),
) -> list[Enforced]:
    """N requests with their constraints and hypotheses -> N targets, same order.

    Each round sends one batch over all segments to the engine; there are at most two rounds of prefixes,
    one of alignment and one of scoring after each. A target that has its terms already is returned as it is.
    """
    works = [
        _choose(request, tuple(wanted), hyps, margins)
        for request, wanted, hyps in zip(requests, constraints, hypotheses, strict=True)
    ]
    pending = [work for work in works if work.missing()]
    if pending and engine.capabilities.alignment:
        _align(engine, pending, options)
    if engine.capabilities.prefix:
        for _ in range(PREFIX_ROUNDS):
            pending = [work for work in pending if set(work.missing()) - work.tried]
            if not pending:
                break
            _force_prefixes(engine, pending, options, margins)
    for work in works:
        work.tried.clear()
    while pending := [work for work in works if set(work.missing()) - work.tried]:
        _replace_located(engine, pending, margins)
    return [_finish(work) for work in works]


def _choose(
    request: Request, constraints: tuple[TermConstraint, ...], hyps: Hypotheses, margins: Margins
) -> _Work:
    """Take the hypothesis with the most terms and placeables among those not much worse than the first."""
    concepts = [constraint.match.concept for constraint in constraints]
    first = hyps[0] if hyps else Hypothesis(text="")
    before = assign(first.text, concepts)

    def cost(index: int) -> tuple[int, int, int, int]:
        text = hyps[index].text
        missing = sum(place is None for place in assign(text, concepts))
        return lost_tokens(request.text, text), missing, surplus(text, concepts), index

    allowed = [
        index
        for index, hypothesis in enumerate(hyps)
        if index == 0
        or (hypothesis.score is None or first.score is None)
        or hypothesis.score >= first.score - margins.n_best
    ]
    chosen = min(allowed, key=cost) if constraints and allowed and None in before else 0
    hypothesis = hyps[chosen] if hyps else first
    strategies = []
    for constraint, place, earlier in zip(
        constraints, assign(hypothesis.text, concepts), before, strict=True
    ):
        if place is None:
            strategies.append(FAILED)
        elif earlier is None:
            strategies.append(N_BEST)
        else:
            strategies.append(ANNOTATION if _annotated(request.text, constraint.request_span) else FREE)
    return _Work(request, constraints, hypothesis, strategies)


def _annotated(text: str, span: Span) -> bool:
    return TERM_OPEN in span.of(text) or text[span.end :].lstrip().startswith(TERM_OPEN)


def _align(engine: Engine, works: Sequence[_Work], options: DecodingOptions) -> None:
    """Decode once more with attention where the hypotheses came without it."""
    bare = [work for work in works if not work.hypothesis.alignment and work.hypothesis.text]
    if not bare:
        return
    wanted = replace(options, n_best=1, alignment=True)
    for work, hyps in zip(bare, engine.translate([work.request for work in bare], wanted), strict=True):
        for hypothesis in hyps:
            if hypothesis.text == work.hypothesis.text:
                work.hypothesis = replace(work.hypothesis, alignment=hypothesis.alignment)


def _force_prefixes(
    engine: Engine, works: Sequence[_Work], options: DecodingOptions, margins: Margins
) -> None:
    """One round: for each segment the leftmost missing term, every form of it, all in one batch."""
    plans: list[tuple[_Work, int, Placed, bool]] = []
    for work in works:
        anchors = [(*_anchor(work, index), index) for index in work.missing() if index not in work.tried]
        if not anchors:
            continue
        span, located, index = min(anchors, key=lambda anchor: (anchor[0], anchor[2]))
        work.tried.add(index)
        plans.extend((work, index, each, located) for each in _placements(engine, work, index, span, located))
    if not plans:
        return
    requests = [replace(work.request, prefix=each.text[: each.end]) for work, _, each, _ in plans]
    decoded = engine.translate(requests, replace(options, n_best=1, alignment=engine.capabilities.alignment))
    candidates: dict[int, list[Candidate]] = {}
    for (work, index, placed, located), hyps in zip(plans, decoded, strict=True):
        margin = margins.prefix if located else margins.guessed_prefix
        bonus = margins.same_case if placed.same_case else 0.0
        for hypothesis in hyps[:1]:
            candidates.setdefault(id(work), []).append(Candidate(index, hypothesis, margin, bonus))
    _accept(engine, works, candidates, PREFIX)


def _replace_located(engine: Engine, works: Sequence[_Work], margins: Margins) -> None:
    """One round: for each segment the next missing term, its forms in the place of the words located."""
    candidates: dict[int, list[Candidate]] = {}
    for work in works:
        index = next(index for index in work.missing() if index not in work.tried)
        work.tried.add(index)
        span = _locate(work, index)
        if span is None:
            continue
        candidates[id(work)] = [
            Candidate(
                index,
                carry_alignment(work.hypothesis, placed.text),
                margins.aligned,
                margins.same_case if placed.same_case else 0.0,
            )
            for placed in _placements(engine, work, index, span, True)
        ]
    _accept(engine, works, candidates, ALIGNED)


def _placements(engine: Engine, work: _Work, index: int, span: Span, located: bool) -> list[Placed]:
    match = work.constraints[index].match
    paradigm = _paradigm(match)
    if paradigm is None:
        return []
    return placements(
        work.hypothesis.text,
        span,
        paradigm,
        plural=match.plural,
        ranked=engine.capabilities.scores,
        located=located,
    )


def _anchor(work: _Work, index: int) -> tuple[Span, bool]:
    """Where the term should stand in the target, and whether more than its position tells so."""
    found = _locate(work, index)
    if found is not None:
        return found, True
    taken = [place.span for place in work.places if place is not None]
    source_span = work.constraints[index].request_span
    anchor = guess_anchor(work.hypothesis.text, work.request.text, source_span, taken)
    return Span(anchor, anchor), False


def _locate(work: _Work, index: int) -> Span | None:
    match = work.constraints[index].match
    paradigm = _paradigm(match)
    if paradigm is None:
        return None
    same = [each for each in work.constraints if each.match.concept.id == match.concept.id]
    own = work.constraints[index].request_span
    return locate(
        work.hypothesis,
        match.concept,
        paradigm.form("nom"),
        [own, *(each.request_span for each in same if each.request_span != own)],
        [place.span for place in work.places if place is not None],
    )


def _accept(
    engine: Engine, works: Sequence[_Work], candidates: dict[int, list[Candidate]], strategy: str
) -> None:
    """Score the sound candidates of all segments in one batch; each segment takes its best, if any."""
    sound_ones = {
        id(work): kept
        for work in works
        if (kept := [each for each in candidates.get(id(work), ()) if _sound(work, each, strategy)])
    }
    works = [work for work in works if id(work) in sound_ones]
    scores = _scores(engine, works, sound_ones)
    for work in works:
        floor = scores.get((id(work), work.hypothesis.text))
        best: Candidate | None = None
        best_rank = float("-inf")
        for candidate in sound_ones[id(work)]:
            score = scores.get((id(work), candidate.hypothesis.text), candidate.hypothesis.score)
            if score is not None and floor is not None and score < floor - candidate.margin:
                continue
            rank = (score or 0.0) + candidate.bonus
            if rank > best_rank:
                best, best_rank = candidate, rank
        if best is None:
            continue
        before = work.missing()
        score = scores.get((id(work), best.hypothesis.text), best.hypothesis.score)
        work.hypothesis = replace(best.hypothesis, score=score)
        for index in set(before) - set(work.missing()):
            work.strategies[index] = strategy


def _scores(
    engine: Engine, works: Sequence[_Work], sound_ones: dict[int, list[Candidate]]
) -> dict[tuple[int, str], float]:
    """The engine's score of every candidate and of the text so far; empty where the engine has none."""
    if not engine.capabilities.scores or not works:
        return {}
    pairs = [
        (work, text)
        for work in works
        for text in dict.fromkeys(
            [work.hypothesis.text, *(each.hypothesis.text for each in sound_ones[id(work)])]
        )
    ]
    values = engine.score([(replace(work.request, prefix=""), text) for work, text in pairs])
    return {(id(work), text): value for (work, text), value in zip(pairs, values, strict=True)}


def _sound(work: _Work, candidate: Candidate, strategy: str) -> bool:
    """Whether a candidate has the term, agreeing, and has lost nothing that the text before it had."""
    concepts = [constraint.match.concept for constraint in work.constraints]
    before, after = work.places, assign(candidate.hypothesis.text, concepts)
    kept = all(new is not None for old, new in zip(before, after, strict=True) if old is not None)
    place = after[candidate.constraint]
    if not kept or place is None:
        return False
    return sound(
        work.request.text,
        work.hypothesis.text,
        candidate.hypothesis.text,
        place,
        concepts[candidate.constraint],
        rewritten=strategy == PREFIX,
    )


def _paradigm(match: SourceMatch) -> Paradigm | None:
    """The paradigm of the preferred term; None where it has none."""
    terms = russian_terms(match.concept)
    if not terms:
        return None
    try:
        return compile_paradigm(terms[0])
    except TermbaseError:
        return None


def _finish(work: _Work) -> Enforced:
    return Enforced(text=work.hypothesis.text, score=work.hypothesis.score, strategies=tuple(work.strategies))
