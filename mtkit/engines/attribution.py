"""Which words of a target render a stretch of its source, from attention and from probabilities.

A target word belongs to a span as far as its attention lies there, and as far as it becomes less likely
when the span is taken out of the source and stays likely when nothing but the span is left (prediction
difference: Li et al., On the Word Alignment from Neural Machine Translation, ACL 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from mtkit.engines.base import Engine, Rendering, Request, Shares
from mtkit.engines.tokenization import Tokenization, Tokens
from mtkit.text.alignment import align_spans
from mtkit.text.words import word_spans
from mtkit.types import Segment, Span, Translation

_NOISE = 0.5
"""Nats by which a word may become less likely without meaning anything."""

_REST = 0.7
"""Weight of what the rest of the source adds to a word's probability."""

Attention = Sequence[Sequence[float]]
"""A row for each target token, a column for each source token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTarget:
    """A source with a target to be scored, both as tokens; `ends` says whether the end counts too."""

    source: list[str]
    start: list[str]
    target: list[str]
    ends: bool = True


Scorer = Callable[[Sequence[GivenTarget]], Sequence[Sequence[float]]]
Attender = Callable[[Sequence[GivenTarget]], Sequence[Attention]]


def attribute(
    renderings: Sequence[Rendering],
    tokenization: Tokenization,
    positions: int,
    score: Scorer,
    attend: Attender,
) -> list[Shares]:
    """Shares for each rendering, in order; `score` gives log-probabilities (nats) of target tokens."""
    works = {
        index: work
        for index, rendering in enumerate(renderings)
        if rendering.spans and (work := _Work.of(rendering, tokenization)).fits(positions)
    }
    variants = [given for work in works.values() for given in work.variants(tokenization)]
    log_probs = iter(score(variants))
    attentions = attend([work.given for work in works.values()])
    shares: list[Shares] = [()] * len(renderings)
    for (index, work), attention in zip(works.items(), attentions, strict=True):
        shares[index] = work.shares(attention, [next(log_probs) for _ in range(1 + 2 * len(work.spans))])
    return shares


@dataclass(frozen=True, slots=True)
class _Work:
    rendering: Rendering
    source: Tokens
    target: Tokens
    given: GivenTarget

    @classmethod
    def of(cls, rendering: Rendering, tokenization: Tokenization) -> _Work:
        request = rendering.request
        source = tokenization.source(request.text, request.src_lang, request.tgt_lang)
        target = tokenization.target(rendering.target)
        start = tokenization.start(request.tgt_lang)
        given = GivenTarget(source=source.tokens, start=start, target=target.tokens, ends=False)
        return cls(rendering, source, target, given)

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.rendering.spans

    def fits(self, positions: int) -> bool:
        longest = max(len(self.given.source), len(self.given.start) + len(self.given.target) + 1)
        return bool(self.given.target) and longest <= positions

    def variants(self, tokenization: Tokenization) -> list[GivenTarget]:
        """The target with its source; then for each span without it, and with nothing else."""
        request = self.rendering.request
        text = request.text
        sources = [
            part
            for span in self.spans
            for part in (f"{text[: span.start].rstrip()} {text[span.end :].lstrip()}", span.of(text))
        ]
        tokens = (tokenization.source(part, request.src_lang, request.tgt_lang).tokens for part in sources)
        return [self.given, *(replace(self.given, source=each) for each in tokens)]

    def shares(self, attention: Attention, log_probs: Sequence[Sequence[float]]) -> Shares:
        """Mean of attention and prediction difference for each target word, for each span."""
        whole, *parts = log_probs
        words = [_overlapping(self.target.spans, word) for word in word_spans(self.rendering.target)]
        attended = self._attended(attention, words)
        found = []
        for index, span in enumerate(self.spans):
            without, alone = parts[2 * index], parts[2 * index + 1]
            inside = [
                column
                for column, word in enumerate(word_spans(self.rendering.request.text))
                if word.overlaps(span)
            ]
            row = []
            for word, tokens in enumerate(words):
                taken = max((max(0.0, whole[i] - without[i]) for i in tokens), default=0.0)
                rest = max((max(0.0, whole[i] - alone[i]) for i in tokens), default=0.0)
                total = sum(attended[word])
                looked = sum(attended[word][column] for column in inside) / total if total else 0.0
                row.append((looked + taken / (taken + _REST * rest + _NOISE)) / 2)
            found.append(tuple(row))
        return tuple(found)

    def _attended(self, attention: Attention, words: Sequence[Sequence[int]]) -> list[list[float]]:
        """Attention between words: the geometric mean of its shares in both directions."""
        columns = [_overlapping(self.source.spans, word) for word in word_spans(self.rendering.request.text)]
        table = [
            [
                sum(attention[i][j] for i in tokens for j in column) / len(tokens) if tokens else 0.0
                for column in columns
            ]
            for tokens in words
        ]
        down = [sum(row[column] for row in table) for column in range(len(columns))]
        return [
            [
                value / sqrt(across * down[column]) if value else 0.0
                for across in (sum(row),)
                for column, value in enumerate(row)
            ]
            for row in table
        ]


def _overlapping(spans: Sequence[Span | None], word: Span) -> list[int]:
    return [index for index, span in enumerate(spans) if span is not None and span.overlaps(word)]


def aligned(
    engine: Engine, segments: Sequence[Segment], translations: Sequence[Translation]
) -> list[Translation]:
    """N translations of N segments, in order, those of marked segments with an alignment.

    Terms found in a target are certain. An engine without attention leaves only these and equal words.
    """
    marked = [
        index
        for index, (segment, translation) in enumerate(zip(segments, translations, strict=True))
        if segment.marked and translation.target != segment.source
    ]
    renderings = [_rendering(segments[index], translations[index]) for index in marked]
    shares: Sequence[Shares] = [()] * len(marked)
    if renderings and engine.capabilities.alignment:
        shares = engine.attribute(renderings)
    found = list(translations)
    for index, own in zip(marked, shares, strict=True):
        segment, translation = segments[index], translations[index]
        known = tuple((hit.src_span, hit.tgt_span) for hit in translation.hits if hit.tgt_span is not None)
        alignment = align_spans(segment.source, translation.target, segment.marked, own, known)
        found[index] = replace(translation, alignment=alignment)
    return found


def _rendering(segment: Segment, translation: Translation) -> Rendering:
    request = Request(text=segment.source, src_lang=segment.src_lang, tgt_lang=segment.tgt_lang)
    return Rendering(request=request, target=translation.target, spans=segment.marked)
