"""What engines with a model folder share: cutting, batching, joining, alignment."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Self, TypeVar

from mtkit.engines.attribution import Attention, GivenTarget, attribute
from mtkit.engines.base import (
    Capabilities,
    DecodingOptions,
    EngineOptions,
    Hypotheses,
    Hypothesis,
    Rendering,
    Request,
    Shares,
)
from mtkit.engines.batching import in_batches, split_long
from mtkit.engines.tokenization import WORD_START, Tokenization, Tokens, open_tokenization
from mtkit.errors import ConfigError, EngineError, OutOfMemoryError, UnsupportedPairError
from mtkit.models.lexicon import open_lexicon
from mtkit.models.store import InstalledModel, resolve
from mtkit.types import Span

Result = TypeVar("Result")

SPARE_TARGET_TOKENS = 16
"""What a target may gain over `max_length_ratio`; short sources need it."""

MARKS_AROUND_SOURCE = 4
"""Room for language tokens and the end when a long source is cut."""

SCORED_BATCH_TOKENS = 512
"""Source and target tokens that are scored at once: probabilities of a whole vocabulary for each of them."""

_MEMORY_WORDS = ("out of memory", "t allocate", "cannot allocate", "bad_alloc", "bad allocation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is decoded at once: a request, or one stretch of a request that is too long.

    `text` lies at `offset` in the request. `start` are the target's language tokens; the tokens of
    `prefix` are forced after them.
    """

    text: str
    offset: int
    source: Tokens
    start: list[str]
    prefix: str
    prefix_tokens: Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One decoded target: tokens without start and end, prefix included.

    `score` is the mean log-probability (nats) of its tokens and its end, if it was not cut off by the
    length limit; None where nobody asked. `attention` has a row for each token and a column for each source
    token, or is empty.
    """

    tokens: list[str]
    score: float | None
    attention: Attention = ()


class LocalEngine(ABC):
    """Translate through a model folder; subclasses decode and score batches of tokens."""

    name: str

    def __init__(self, model: InstalledModel, options: EngineOptions, folder: Path) -> None:
        """`folder` holds the tokenizer files. Raises ModelLoadError."""
        self.model = model
        self.options = options
        self.capabilities = Capabilities(
            pairs=frozenset(model.card.pairs),
            annotations=model.card.capabilities.annotations,
            placeables=model.card.capabilities.placeables,
            tags=frozenset(model.card.capabilities.tags),
            prefix=True,
            scores=True,
            alignment=True,
            lexicon=open_lexicon(folder, options.lexicon),
        )
        self._tokenization: Tokenization = open_tokenization(folder, model.card)
        self._positions = model.positions
        self._model_hash = model.hash

    @classmethod
    def open(cls, options: EngineOptions) -> Self:
        """Load the model that `options.model` names. Raises ModelLoadError, UnknownNameError."""
        return cls(resolve(options.model), options)  # type: ignore[call-arg]

    @abstractmethod
    def _decode(self, batches: list[list[Part]], options: DecodingOptions) -> Iterator[list[list[Candidate]]]:
        """For each batch the candidates of each of its parts, best first."""

    @abstractmethod
    def _score(self, batches: list[list[GivenTarget]]) -> Iterator[list[list[float]]]:
        """For each batch the log-probabilities (nats) of the tokens of each target, end included."""

    @abstractmethod
    def _attend(self, batches: list[list[GivenTarget]]) -> Iterator[list[Attention]]:
        """For each batch the attention of each target."""

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        """Translate each different request once, longest first (see engines.base.Engine).

        A text of more than half the model's positions is cut at a boundary and joined again.
        """
        if not 1 <= options.n_best <= options.beam:
            raise ConfigError(
                f"{options.n_best} hypotheses from a beam of {options.beam}.", "Ask for 1 to beam hypotheses."
            )
        self._require_pairs(requests)
        parts = {request: self._parts(request) for request in requests if request.text.strip()}
        decoded = iter(
            in_batches(
                [part for cut in parts.values() for part in cut],
                lambda part: len(part.source.tokens),
                lambda batches: self._decode(batches, options),
                batch_tokens=self.options.batch_tokens,
                workers=self.options.threads,
            )
        )
        hypotheses = {
            request: _join(cut, [self._hypotheses(part, next(decoded), options) for part in cut])
            for request, cut in parts.items()
        }
        return [hypotheses.get(request, (Hypothesis(text=""),)) for request in requests]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        """Log-probability (nats, mean a token, end included) of each target. Raises EngineError.

        Sources and targets longer than the model's positions are refused.
        """
        self._require_pairs([request for request, _ in pairs])
        return self._scores([self._given(request, target) for request, target in pairs])

    def attribute(self, renderings: Sequence[Rendering]) -> list[Shares]:
        """Shares from attention and from what is less likely without a span (see engines.base.Engine).

        A rendering longer than the model's positions gets none. Raises EngineError.
        """
        self._require_pairs([rendering.request for rendering in renderings])
        return attribute(
            renderings,
            self._tokenization,
            self._positions,
            score=lambda given: self._over_batches(given, self._score),
            attend=lambda given: self._over_batches(given, self._attend),
        )

    def _scores(self, given: Sequence[GivenTarget]) -> list[float]:
        return [fmean(log_probs) for log_probs in self._over_batches(given, self._score)]

    def _over_batches(
        self,
        given: Sequence[GivenTarget],
        run: Callable[[list[list[GivenTarget]]], Iterator[list[Result]]],
    ) -> list[Result]:
        return in_batches(
            given,
            lambda each: len(each.source) + len(each.target),
            run,
            batch_tokens=min(SCORED_BATCH_TOKENS, self.options.batch_tokens),
            workers=self.options.threads,
        )

    def fingerprint(self) -> dict[str, str]:
        """Engine, model, hash of the model's files; the lexicon where it is not the model's own."""
        own = {"engine": self.name, "model": self.model.name, "model_hash": self._model_hash}
        if self.options.lexicon == "model":
            return own
        return {**own, "lexicon": self.capabilities.lexicon.fingerprint()}

    @abstractmethod
    def close(self) -> None: ...

    def _target_limit(self, parts: Sequence[Part], options: DecodingOptions) -> int:
        """Tokens a target of this batch may have, start and prefix included."""
        wanted = max(
            int(len(part.source.tokens) * options.max_length_ratio)
            + len(part.start)
            + len(part.prefix_tokens.tokens)
            for part in parts
        )
        return min(wanted + SPARE_TARGET_TOKENS, self._positions - 1)

    def _require_pairs(self, requests: Sequence[Request]) -> None:
        for src_lang, tgt_lang in dict.fromkeys((r.src_lang, r.tgt_lang) for r in requests):
            if (src_lang, tgt_lang) not in self.capabilities.pairs:
                raise UnsupportedPairError(
                    src_lang, tgt_lang, self.capabilities.pairs, f"Model {self.model.name}"
                )

    def _parts(self, request: Request) -> list[Part]:
        languages = request.src_lang, request.tgt_lang
        start = self._tokenization.start(request.tgt_lang)
        prefix = self._tokenization.target(request.prefix)
        if len(start) + len(prefix.tokens) > self._positions // 2:
            raise EngineError(
                f"A forced prefix of {len(prefix.tokens)} tokens is too long for {self.model.name}.",
                f"It may have {self._positions // 2}.",
            )
        whole = self._tokenization.source(request.text, *languages)
        spans = [Span(0, len(request.text))]
        if len(whole.tokens) > self._positions // 2:
            spans = split_long(request.text, whole, self._positions // 2 - MARKS_AROUND_SOURCE)
        parts: list[Part] = []
        for span in spans:
            text = span.of(request.text)
            if not text.strip():
                continue
            parts.append(
                Part(
                    text=text,
                    offset=span.start,
                    source=self._tokenization.source(text, *languages) if len(spans) > 1 else whole,
                    start=start,
                    prefix="" if parts else request.prefix,
                    prefix_tokens=Tokens([], []) if parts else prefix,
                )
            )
        return parts

    def _hypotheses(
        self, part: Part, candidates: list[Candidate], options: DecodingOptions
    ) -> list[tuple[Hypothesis, int]]:
        """Hypotheses of a part, each with the number of tokens its score is the mean of."""
        found = []
        sources = _source_columns(part) if options.alignment else {}
        for candidate in candidates:
            rest = candidate.tokens[len(part.prefix_tokens.tokens) :]
            decoded = self._tokenization.decode(rest)
            text = decoded.strip()
            joined = part.prefix + text
            if part.prefix and text and rest[0].startswith(WORD_START) and not part.prefix[-1].isspace():
                joined = f"{part.prefix} {text}"
            alignment: tuple[tuple[Span, Span], ...] = ()
            if options.alignment:
                shift = len(joined) - len(text) - (len(decoded) - len(decoded.lstrip()))
                spans = [
                    *part.prefix_tokens.spans,
                    *(span and span.shifted(shift) for span in self._tokenization.spans(rest)),
                ]
                alignment = align(joined, spans, sources, candidate.attention)
            hypothesis = Hypothesis(text=joined, score=candidate.score, alignment=alignment)
            found.append((hypothesis, len(candidate.tokens) + 1))
        return found

    def _given(self, request: Request, target: str) -> GivenTarget:
        given = GivenTarget(
            source=self._tokenization.source(request.text, request.src_lang, request.tgt_lang).tokens,
            start=self._tokenization.start(request.tgt_lang),
            target=self._tokenization.target(target).tokens,
        )
        longest = max(len(given.source), len(given.start) + len(given.target) + 1)
        if longest > self._positions:
            raise EngineError(
                f"{longest} tokens are too long for {self.model.name} to score, it takes {self._positions}.",
                f"Split the segment that begins {request.text[:40]!r}.",
            )
        return given

    @contextmanager
    def _engine_errors(self) -> Iterator[None]:
        """Turn what a library raises while it computes into EngineError or OutOfMemoryError."""
        try:
            yield
        except (RuntimeError, MemoryError) as error:
            if isinstance(error, MemoryError) or any(words in str(error) for words in _MEMORY_WORDS):
                raise OutOfMemoryError(
                    f"{self.name} ran out of memory with {self.model.name}.",
                    "Use smaller batches (MTKIT_BATCH_TOKENS=256) or a smaller --beam.",
                ) from error
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise EngineError(
                f"{self.name} failed with {self.model.name}: {reason}.",
                "Try --engine transformers, or fetch the model again.",
            ) from error


def _source_columns(part: Part) -> dict[int, Span]:
    """What the columns of the attention stand for in the request's text, those that are text."""
    return {
        column: trimmed.shifted(part.offset)
        for column, span in enumerate(part.source.spans)
        if (trimmed := _trim(span, part.text))
    }


def align(
    text: str,
    spans: Sequence[Span | None],
    sources: Mapping[int, Span],
    attention: Attention,
) -> tuple[tuple[Span, Span], ...]:
    """(target span, source span) for each target token that is text: the source token it attends to most.

    `sources` as in `_source_columns`; no span has white space at its ends.
    """
    pairs = []
    for span, row in zip(spans, attention, strict=False):
        trimmed = _trim(span, text)
        if trimmed and sources:
            pairs.append((trimmed, sources[max(sources, key=row.__getitem__)]))
    return tuple(pairs)


def _trim(span: Span | None, text: str) -> Span | None:
    """A span without white space at its ends; None where nothing is left."""
    if span is None or not (inside := span.of(text)).strip():
        return None
    start = span.start + len(inside) - len(inside.lstrip())
    return Span(start, start + len(inside.strip()))


def _join(parts: list[Part], found: list[list[tuple[Hypothesis, int]]]) -> Hypotheses:
    """Put the hypotheses of a request's parts together, k-th best with k-th best."""
    joined = []
    for ranked in zip(*found, strict=False):
        text, scores, tokens = "", [], 0
        alignment: list[tuple[Span, Span]] = []
        for before, (hypothesis, count) in zip([None, *parts], ranked, strict=False):
            if before and before.text[-1].isspace():
                text += " "
            alignment += [(tgt.shifted(len(text)), src) for tgt, src in hypothesis.alignment]
            text += hypothesis.text
            scores.append(None if hypothesis.score is None else hypothesis.score * count)
            tokens += count
        known = [score for score in scores if score is not None]
        mean = sum(known) / tokens if len(known) == len(scores) else None
        joined.append(Hypothesis(text=text, score=mean, alignment=tuple(alignment)))
    return tuple(joined)
