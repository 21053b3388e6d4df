"""Decode again what came out wrong: where they are lost, small models repeat, drop clauses and copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mtkit.engines.base import DecodingOptions, Engine, Hypotheses, Hypothesis, Rendering, Request, Shares
from mtkit.engines.faults import Fault, clauses, faults, repetitions
from mtkit.text.markup import TAGS
from mtkit.types import Span

RETRY_NGRAM = 3
"""No n-gram of this many tokens twice, in the second attempt."""

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
        strict = replace(options, no_repeat_ngram=RETRY_NGRAM)
        looping = [i for i, request in enumerate(requests) if _faults(found[i], request) & _STRICT]
        if not options.no_repeat_ngram:
            self._retry(found, requests, looping, lambda retried: self.engine.translate(retried, strict))
        broken = [
            i
            for i, request in enumerate(requests)
            if not request.prefix and _faults(found[i], request) & _CUT and len(clauses(request.text)) > 1
        ]
        self._retry(found, requests, broken, lambda retried: self._by_clauses(retried, options))
        return found

    def _retry(
        self,
        found: list[Hypotheses],
        requests: Sequence[Request],
        chosen: Sequence[int],
        attempt: Callable[[list[Request]], list[Hypotheses]],
    ) -> None:
        """Replace what a second attempt makes better."""
        if not chosen:
            return
        second = attempt([requests[i] for i in chosen])
        for i, hypotheses in zip(chosen, second, strict=True):
            if hypotheses[0].text.strip() and _cost(hypotheses[0], requests[i]) < _cost(
                found[i][0], requests[i]
            ):
                found[i] = hypotheses

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


def _best_first(hypotheses: Hypotheses, request: Request) -> Hypotheses:
    """The hypotheses with the one of the fewest faults first; else as they were."""
    if not _faults(hypotheses, request):
        return hypotheses
    best = min(range(len(hypotheses)), key=lambda i: _cost(hypotheses[i], request))
    return (hypotheses[best], *hypotheses[:best], *hypotheses[best + 1 :])


def _faults(hypotheses: Hypotheses, request: Request) -> frozenset[Fault]:
    best = hypotheses[0]
    return faults(best.text, request.text, best.alignment)


def _cost(hypothesis: Hypothesis, request: Request) -> tuple[int, int]:
    found = faults(hypothesis.text, request.text, hypothesis.alignment)
    return len(found), repetitions(hypothesis.text)


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
        if text and target and not source[:1].isupper() and not target[1:2].isupper():
            target = target[:1].lower() + target[1:]
        text = f"{text} {target}".strip()
    return Hypothesis(text=text)
