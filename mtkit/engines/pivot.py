"""Translate through a language in between: vi -> en -> ru with two engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mtkit.engines.base import (
    Capabilities,
    DecodingOptions,
    Engine,
    Hypotheses,
    Hypothesis,
    Rendering,
    Request,
    Shares,
)
from mtkit.errors import ConfigError, UnsupportedPairError
from mtkit.text.alignment import align_spans
from mtkit.text.words import word_count
from mtkit.types import Span


class PivotEngine:
    """Two engines in a row; a pair that one of them has goes straight through it."""

    name = "pivot"

    def __init__(self, first: Engine, second: Engine) -> None:
        self.first = first
        self.second = second
        self._pivots = {
            (src, tgt): middle
            for src, middle in sorted(first.capabilities.pairs)
            for start, tgt in sorted(second.capabilities.pairs)
            if middle == start and src != tgt
        }
        if not self._pivots:
            raise ConfigError(
                "The two models of the pivot share no language in between.",
                "The first must translate into a language that the second translates from.",
            )
        one, two = first.capabilities, second.capabilities
        self.capabilities = Capabilities(
            pairs=one.pairs | two.pairs | self._pivots.keys(),
            placeables=one.placeables and two.placeables,
            tags=one.tags,
            prefix=two.prefix,
            scores=two.scores,
            alignment=one.alignment and two.alignment,
        )

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        """Translate; a pivoted hypothesis has the sum of both steps' scores and their alignments composed."""
        routes = [self._route(request) for request in requests]
        found: dict[int, Hypotheses] = {}
        for engine in (self.first, self.second):
            direct = [i for i, route in enumerate(routes) if route is engine]
            translated = engine.translate([requests[i] for i in direct], options) if direct else []
            found.update(zip(direct, translated, strict=True))
        pivoted = [i for i in range(len(requests)) if i not in found]
        if pivoted:
            chained = self._chain([requests[i] for i in pivoted], options)
            found.update(zip(pivoted, chained, strict=True))
        return [found[i] for i in range(len(requests))]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        """Score each target given its source in the language in between."""
        scores: dict[int, float] = {}
        routes = [self._route(request) for request, _ in pairs]
        for engine in (self.first, self.second):
            direct = [i for i, route in enumerate(routes) if route is engine]
            scores.update(
                zip(direct, engine.score([pairs[i] for i in direct]) if direct else [], strict=True)
            )
        pivoted = [i for i in range(len(pairs)) if i not in scores]
        if pivoted:
            middle = self._middle([pairs[i][0] for i in pivoted], DecodingOptions())
            given = [
                (self._onward(pairs[i][0], hypothesis.text), pairs[i][1])
                for i, hypothesis in zip(pivoted, middle, strict=True)
            ]
            scores.update(zip(pivoted, self.second.score(given), strict=True))
        return [scores[i] for i in range(len(pairs))]

    def attribute(self, renderings: Sequence[Rendering]) -> list[Shares]:
        """Through the words in between: what a span became there is looked for in the target."""
        found: dict[int, Shares] = {}
        routes = [self._route(rendering.request) for rendering in renderings]
        for engine in (self.first, self.second):
            direct = [i for i, route in enumerate(routes) if route is engine]
            found.update(zip(direct, engine.attribute([renderings[i] for i in direct]), strict=True))
        pivoted = [i for i in range(len(renderings)) if i not in found]
        middle = self._middle([renderings[i].request for i in pivoted], DecodingOptions()) if pivoted else []
        steps = [
            replace(renderings[i], target=hypothesis.text, request=self._to_middle(renderings[i].request))
            for i, hypothesis in zip(pivoted, middle, strict=True)
        ]
        onward: list[Rendering] = []
        places: list[list[Span | None]] = []
        for i, step, shares in zip(pivoted, steps, self.first.attribute(steps), strict=True):
            aligned = dict(align_spans(step.request.text, step.target, step.spans, shares))
            places.append([aligned.get(span) for span in step.spans])
            request = self._onward(renderings[i].request, step.target)
            onward.append(
                Rendering(request=request, target=renderings[i].target, spans=tuple(aligned.values()))
            )
        for i, wanted, shares in zip(pivoted, places, self.second.attribute(onward), strict=True):
            rows = iter(shares)
            nothing = (0.0,) * word_count(renderings[i].target)
            found[i] = tuple(nothing if place is None else next(rows, nothing) for place in wanted)
        return [found[i] for i in range(len(renderings))]

    def fingerprint(self) -> dict[str, str]:
        return {
            "engine": self.name,
            **{f"first_{key}": value for key, value in self.first.fingerprint().items()},
            **{f"second_{key}": value for key, value in self.second.fingerprint().items()},
        }

    def close(self) -> None:
        self.first.close()
        self.second.close()

    def _route(self, request: Request) -> Engine | None:
        """The one engine that has this pair, None where both are needed."""
        pair = request.src_lang, request.tgt_lang
        for engine in (self.second, self.first):
            if pair in engine.capabilities.pairs:
                return engine
        if pair not in self._pivots:
            raise UnsupportedPairError(*pair, self.capabilities.pairs, "This pivot")
        return None

    def _chain(self, requests: Sequence[Request], options: DecodingOptions) -> list[Hypotheses]:
        middle = self._middle(requests, options)
        onward = [
            self._onward(request, hypothesis.text)
            for request, hypothesis in zip(requests, middle, strict=True)
        ]
        last = self.second.translate(onward, options)
        return [
            tuple(_compose(step, hypothesis) for hypothesis in hypotheses)
            for step, hypotheses in zip(middle, last, strict=True)
        ]

    def _middle(self, requests: Sequence[Request], options: DecodingOptions) -> list[Hypothesis]:
        """The best translation of each source into its language in between."""
        onto = [self._to_middle(request) for request in requests]
        translated = self.first.translate(onto, replace(options, n_best=1))
        return [hypotheses[0] for hypotheses in translated]

    def _to_middle(self, request: Request) -> Request:
        return replace(request, tgt_lang=self._pivots[request.src_lang, request.tgt_lang], prefix="")

    def _onward(self, request: Request, text: str) -> Request:
        return replace(request, text=text, src_lang=self._pivots[request.src_lang, request.tgt_lang])


def _compose(step: Hypothesis, hypothesis: Hypothesis) -> Hypothesis:
    score = None
    if step.score is not None and hypothesis.score is not None:
        score = step.score + hypothesis.score
    alignment = tuple(
        (target, source)
        for target, middle in hypothesis.alignment
        if (source := _source_of(middle, step.alignment))
    )
    return Hypothesis(text=hypothesis.text, score=score, alignment=alignment)


def _source_of(middle: Span, alignment: tuple[tuple[Span, Span], ...]) -> Span | None:
    """The source span of the first middle token that overlaps a span of the middle text."""
    return next((source for target, source in alignment if target.overlaps(middle)), None)
