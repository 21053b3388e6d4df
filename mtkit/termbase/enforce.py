"""Bring every termbase term of the source into the target, in a form that fits.

For each segment, cheapest first: the best hypothesis that has all terms; each form of a missing term in the
place of the words it stands for, and the likeliest of them as prefixes that the decoder continues, ranked by
the model's score and by what the words around speak for; prefixes at the places where the term should stand.
What none of them can have is reported as failed, the text left as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mtkit.engines.alignment import align_targets
from mtkit.engines.base import DecodingOptions, Engine, Hypotheses, Hypothesis, Request
from mtkit.termbase.candidates import Candidate, Placed, carry_alignment, lost_tokens, sound, surplus
from mtkit.termbase.forms import assign
from mtkit.termbase.plans import LOCATED, MEND, Plan, TermConstraint, TermsIn, Work, next_mending, next_plan
from mtkit.text.markup import TERM_OPEN
from mtkit.types import Span

__all__ = ["Enforced", "Margins", "TermConstraint", "enforce", "mend_forms"]

ANNOTATION = "annotation"
FREE = "free"
N_BEST = "n-best"
PREFIX = "prefix"
ALIGNED = "aligned"
FAILED = "failed"
MENDINGS = 3
"""How often the terms of a segment are looked through for wrong forms, at most."""
CONTINUED_FORMS = 1
"""How many forms of a located term are continued by the decoder, at most."""
CONTINUING = DecodingOptions(beam=2, max_length_ratio=1.5, no_repeat_ngram=10)
"""How the decoder goes on after a prefix: a narrow beam, few more tokens than the source, no loops."""


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
    """Nats a token that each strategy may cost, and what a nat of a form's likelihood in context is worth.

    `n_best` is what another hypothesis may cost that has more terms, `repeated` one that says none too often.
    `guessed` is for a term whose place only its position in the source tells. Replacement that costs less
    than `sure` is taken without asking the decoder for something better.
    """

    n_best: float = 0.5
    repeated: float = 0.2
    prefix: float = 2.0
    guessed: float = 2.5
    aligned: float = 2.5
    sure: float = 0.4
    context: float = 0.1


def enforce(
    engine: Engine,
    requests: Sequence[Request],
    constraints: Sequence[tuple[TermConstraint, ...]],
    hypotheses: Sequence[Hypotheses],
    margins: Margins = Margins(),
    *,
    terms_in: TermsIn = lambda target: Counter(),
) -> list[Enforced]:
    """N requests with their constraints and hypotheses -> N targets, same order.

    `terms_in` counts the concepts of the whole termbase that a target has, so that a rewritten target gains
    none that its source does not ask for.

    Each round takes the leftmost missing term of every segment and sends at most one batch to score and one
    to decode. A target that has its terms already is returned as it is.
    """
    works = [
        _choose(request, tuple(wanted), hyps, margins, terms_in)
        for request, wanted, hyps in zip(requests, constraints, hypotheses, strict=True)
    ]
    pending = [work for work in works if work.missing()]
    _align(engine, pending)
    while plans := [found for work in pending if (found := next_plan(engine, work)) is not None]:
        _place(engine, plans, margins)
        _align(engine, [work for work in pending if work.missing()])
        pending = [work for work in pending if work.missing()]
    _mend(engine, works, margins)
    return [_finish(work) for work in works]


def mend_forms(
    engine: Engine,
    requests: Sequence[Request],
    constraints: Sequence[tuple[TermConstraint, ...]],
    targets: Sequence[str],
    margins: Margins = Margins(),
) -> list[str]:
    """Put the terms of N targets into forms that fit where they stand; none is brought in. Same order."""
    works = [
        Work(request, wanted, Hypothesis(text=target), [FREE] * len(wanted), lambda target: Counter())
        for request, wanted, target in zip(requests, constraints, targets, strict=True)
    ]
    _mend(engine, works, margins)
    return [work.hypothesis.text for work in works]


def _choose(
    request: Request,
    constraints: tuple[TermConstraint, ...],
    hyps: Hypotheses,
    margins: Margins,
    terms_in: TermsIn,
) -> Work:
    """Take the hypothesis with the most placeables and terms and the fewest too often, if not much worse."""
    concepts = [constraint.match.concept for constraint in constraints]
    first = hyps[0] if hyps else Hypothesis(text="")
    before = assign(first.text, concepts)

    def cost(index: int) -> tuple[int, int, int, int]:
        text = hyps[index].text
        missing = sum(place is None for place in assign(text, concepts))
        return lost_tokens(request.text, text), missing, surplus(text, concepts), index

    margin = margins.n_best if None in before else margins.repeated
    allowed = [
        index
        for index, hypothesis in enumerate(hyps)
        if index == 0
        or (hypothesis.score is None or first.score is None)
        or hypothesis.score >= first.score - margin
    ]
    wanting = constraints and (None in before or surplus(first.text, concepts))
    chosen = min(allowed, key=cost) if wanting and allowed else 0
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
    return Work(request, constraints, hypothesis, strategies, terms_in)


def _annotated(text: str, span: Span) -> bool:
    return TERM_OPEN in span.of(text) or text[span.end :].lstrip().startswith(TERM_OPEN)


def _align(engine: Engine, works: Sequence[Work]) -> None:
    """Align the hypotheses that came without an alignment."""
    bare = [work for work in works if not work.hypothesis.alignment and work.hypothesis.text]
    if bare and engine.capabilities.prefix and engine.capabilities.alignment:
        found = align_targets(engine, [(work.request, work.hypothesis.text) for work in bare])
        for work, alignment in zip(bare, found, strict=True):
            work.hypothesis = replace(work.hypothesis, alignment=alignment)


def _place(engine: Engine, plans: Sequence[Plan], margins: Margins) -> None:
    """One round: texts that have the term in place of other words, prefixes that the decoder continues."""
    candidates = _scored(engine, plans, {id(plan.work): _replaced(plan, margins) for plan in plans})
    if engine.capabilities.scores:
        plans = [plan for plan in plans if not _accept(plan.work, candidates[id(plan.work)], margins.sure)]
    continued: list[tuple[Plan, Placed]] = []
    for plan in plans if engine.capabilities.prefix else ():
        likeliest = plan.anchored
        if plan.kind == LOCATED:
            ranks = {each.hypothesis.text: each.rank for each in candidates[id(plan.work)]}
            likeliest = sorted(likeliest, key=lambda each: -ranks.get(each.text, float("-inf")))
            likeliest = likeliest[:CONTINUED_FORMS]
        continued += [(plan, each) for each in likeliest]
    for key, more in _continued(engine, continued, margins).items():
        candidates[key] += more
    for plan in plans:
        _accept(plan.work, candidates[id(plan.work)])


def _mend(engine: Engine, works: Sequence[Work], margins: Margins) -> None:
    """Give terms that are there in a form that cannot stand there, or is unlikely there, another.

    What is changed is looked through again: the form of one term may rest on that of its neighbour.
    """
    changed = list(works)
    for _ in range(MENDINGS):
        before = [work.hypothesis.text for work in changed]
        _mend_each(engine, changed, margins)
        changed = [work for work, text in zip(changed, before, strict=True) if work.hypothesis.text != text]
        for work in changed:
            work.tried = {tried for tried in work.tried if tried[1] != MEND}


def _mend_each(engine: Engine, works: Sequence[Work], margins: Margins) -> None:
    """Mend each term of each work once."""
    while plans := [found for work in works if (found := next_mending(engine, work)) is not None]:
        candidates = _scored(engine, plans, {id(plan.work): _replaced(plan, margins) for plan in plans})
        for plan in plans:
            strategies = list(plan.work.strategies)
            _accept(plan.work, candidates[id(plan.work)], more=0)
            plan.work.strategies = strategies


def _replaced(plan: Plan, margins: Margins) -> list[Candidate]:
    """The texts that have the term without the decoder's help."""
    return [
        Candidate(
            plan.index,
            carry_alignment(plan.work.hypothesis, each.text),
            ALIGNED,
            margins.aligned,
            margins.context * each.weight,
        )
        for each in plan.replaced
    ]


def _continued(
    engine: Engine, wanted: Sequence[tuple[Plan, Placed]], margins: Margins
) -> dict[int, list[Candidate]]:
    """What the decoder makes of the text from each form on, by segment."""
    found: dict[int, list[Candidate]] = {}
    requests = [replace(plan.work.request, prefix=each.text[: each.span.end]) for plan, each in wanted]
    for (plan, each), hyps in zip(wanted, engine.translate(requests, CONTINUING), strict=True):
        margin = margins.prefix if plan.kind == LOCATED else margins.guessed
        bonus = margins.context * each.weight
        found.setdefault(id(plan.work), []).append(Candidate(plan.index, hyps[0], PREFIX, margin, bonus))
    return found


def _scored(
    engine: Engine, plans: Sequence[Plan], candidates: dict[int, list[Candidate]]
) -> dict[int, list[Candidate]]:
    """The candidates with the engine's score, and the hypotheses so far with theirs, in one batch."""
    plans = [plan for plan in plans if candidates[id(plan.work)]]
    if not engine.capabilities.scores or not plans:
        return candidates
    pairs = [(plan.work, text) for plan in plans for text in _unscored(plan.work, candidates[id(plan.work)])]
    values = engine.score([(replace(work.request, prefix=""), text) for work, text in pairs])
    scores = {(id(work), text): value for (work, text), value in zip(pairs, values, strict=True)}
    for plan in plans:
        own = plan.work.hypothesis
        plan.work.hypothesis = replace(own, score=scores.get((id(plan.work), own.text), own.score))
    return {
        key: [
            replace(each, hypothesis=replace(each.hypothesis, score=scores.get((key, each.hypothesis.text))))
            for each in own
        ]
        for key, own in candidates.items()
    }


def _unscored(work: Work, candidates: Sequence[Candidate]) -> list[str]:
    """The texts that a score has to choose between; none where there is one candidate only."""
    texts = dict.fromkeys(each.hypothesis.text for each in candidates)
    if len(texts) < 2:
        return []
    return [*texts] if work.hypothesis.score is not None else [work.hypothesis.text, *texts]


def _accept(work: Work, candidates: Sequence[Candidate], margin: float | None = None, more: int = 1) -> bool:
    """Take the best candidate that is sound and within its margin (or `margin`); whether there was one.

    `more` is how many terms it must have more than the text so far.
    """
    floor = work.hypothesis.score
    for candidate in sorted(candidates, key=lambda each: -each.rank):
        score = candidate.hypothesis.score
        allowed = candidate.margin if margin is None else margin
        if score is not None and floor is not None and score < floor - allowed:
            continue
        if not _sound(work, candidate, more):
            continue
        before = set(work.missing())
        work.hypothesis = candidate.hypothesis
        missing = set(work.missing())
        for index in before - missing:
            work.strategies[index] = candidate.strategy
        for index in missing - before:
            work.strategies[index] = FAILED
        return True
    return False


def _sound(work: Work, candidate: Candidate, more: int) -> bool:
    """Whether a candidate has the term, agreeing, `more` terms than before, and has lost nothing else."""
    before, after = work.places, assign(candidate.hypothesis.text, work.concepts)
    place = after[candidate.constraint]
    if place is None or after.count(None) + more > before.count(None):
        return False
    old, new, rewritten = work.hypothesis.text, candidate.hypothesis.text, candidate.strategy == PREFIX
    concept = work.concepts[candidate.constraint]
    if surplus(new, work.concepts) > surplus(old, work.concepts):
        return False
    if not sound(work.request.text, old, new, place, concept, rewritten=rewritten):
        return False
    return not rewritten or work.unasked(new) <= work.unasked(old)


def _finish(work: Work) -> Enforced:
    return Enforced(text=work.hypothesis.text, score=work.hypothesis.score, strategies=tuple(work.strategies))
