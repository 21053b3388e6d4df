"""Decode again what came out wrong: where they are lost, small models repeat, drop clauses and copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mtkit.engines.base import DecodingOptions, Engine, Hypotheses, Hypothesis, Rendering, Request, Shares
from mtkit.engines.faults import Fault, clauses, faults, is_shortish, repetitions
from mtkit.engines.pieces import continued
from mtkit.text.markup import TAGS
from mtkit.types import Span

RETRY_NGRAM = 3
"""No n-gram of this many tokens twice, in the second attempt."""

RENDERED = 0.1
"""Share from which on a word renders a clause (engines.base.Shares)."""

_BORDERS = tuple(",;:")
_STRICT = frozenset({Fault.LOOP, Fault.LONG})
_CUT = frozenset({Fault.LOOP, Fault.LONG, Fault.SHORT, Fault.CLAUSE, Fault.COPIED})


class GuardedEngine:
    """Wraps an engine; of every request the attempt with the fewest faults stays.

    Tried in turn, and only while something is wrong: the other hypotheses, decoding without repetition,
    the clauses one by one.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = engine.name
        self.capabilities = engine.capabilities

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        """Translate (see engines.base.Engine); what no attempt mends stays as it was decoded."""
        decoded = self.engine.translate(requests, options)
        found = [_best_first(*row) for row in zip(decoded, requests, strict=True)]
        wrong = found_faults(self.engine, requests, found)
        strict = replace(options, no_repeat_ngram=RETRY_NGRAM)
        attempts: list[tuple[frozenset[Fault], Callable[[list[Request]], list[Hypotheses]]]] = [
            (_STRICT, lambda retried: self.engine.translate(retried, strict)),
            (_CUT, lambda retried: self._by_clauses(retried, options)),
        ]
        for curable, attempt in attempts:
            chosen = [i for i in range(len(requests)) if wrong[i] & curable and not requests[i].prefix]
            if not chosen:
                continue
            retried = [requests[i] for i in chosen]
            second = attempt(retried)
            rows = zip(chosen, second, found_faults(self.engine, retried, second), strict=True)
            for i, hypotheses, left in rows:
                if _cost(hypotheses, left) < _cost(found[i], wrong[i]):
                    found[i], wrong[i] = hypotheses, left
        return found

    def _by_clauses(self, requests: Sequence[Request], options: DecodingOptions) -> list[Hypotheses]:
        """Each request cut at its clause borders, translated in pieces and joined."""
        cuts = [clauses(request.text) for request in requests]
        pieces = [
            replace(request, text=_leading_tag(request.text, span) + span.of(request.text).strip())
            for request, spans in zip(requests, cuts, strict=True)
            for span in spans
        ]
        translated = iter(self.engine.translate(pieces, replace(options, n_best=1)))
        return [
            (_joined(request, [(span, next(translated)[0].text) for span in spans]),)
            for request, spans in zip(requests, cuts, strict=True)
        ]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        return self.engine.score(pairs)

    def attribute(self, renderings: Sequence[Rendering]) -> list[Shares]:
        return self.engine.attribute(renderings)

    def fingerprint(self) -> dict[str, str]:
        return {**self.engine.fingerprint(), "guard": f"n-best, no-repeat-{RETRY_NGRAM}, clauses"}

    def close(self) -> None:
        self.engine.close()


def found_faults(
    engine: Engine, requests: Sequence[Request], found: Sequence[Hypotheses]
) -> list[frozenset[Fault]]:
    """What is wrong with the best hypothesis of each request.

    A target that is short for its source, but not so short as to be a fault, is asked for its clauses: one
    that none of its words render is lost.
    """
    wrong = [faults(own[0].text, request.text) for request, own in zip(requests, found, strict=True)]
    if not engine.capabilities.alignment:
        return wrong
    asked = {
        i: tuple(borders)
        for i, (request, own) in enumerate(zip(requests, found, strict=True))
        if not (wrong[i] or request.prefix)
        and is_shortish(own[0].text, request.text)
        and len(borders := clauses(request.text)) > 1
    }
    shares = engine.attribute(
        [Rendering(request=requests[i], target=found[i][0].text, spans=spans) for i, spans in asked.items()]
    )
    for i, own in zip(asked, shares, strict=True):
        if any(max(row, default=0.0) < RENDERED for row in own):
            wrong[i] = frozenset({Fault.CLAUSE})
    return wrong


def _best_first(hypotheses: Hypotheses, request: Request) -> Hypotheses:
    """The hypotheses with the one of the fewest faults first; else as they were."""
    costs: list[tuple[int, int]] = []
    for each in hypotheses:
        costs.append(_cost((each,), faults(each.text, request.text)))
        if costs[-1] == (0, 0):
            break
    best = costs.index(min(costs))
    return (hypotheses[best], *hypotheses[:best], *hypotheses[best + 1 :])


def _cost(hypotheses: Hypotheses, wrong: frozenset[Fault]) -> tuple[int, int]:
    """Faults, an empty target being the worst, then repetitions where there are faults."""
    text = hypotheses[0].text
    return (len(wrong) if text.strip() else len(Fault), repetitions(text) if wrong else 0)


def _leading_tag(text: str, piece: Span) -> str:
    """The domain tag that a piece after the first has lost."""
    tag = next((tag for tag in TAGS.values() if text.startswith(tag)), "")
    return f"{tag} " if tag and piece.start else ""


def _joined(request: Request, pieces: Sequence[tuple[Span, str]]) -> Hypothesis:
    """The translated clauses as one sentence: borders as in the source, capitals only where it has them."""
    text = ""
    for span, target in pieces:
        source, target = span.of(request.text).strip(), target.strip()
        if source[-1] in _BORDERS and target.endswith((".", *_BORDERS)):
            target = target[:-1].rstrip() + source[-1]
        text = f"{text} {continued(target, source) if text else target}".strip()
    return Hypothesis(text=text)
