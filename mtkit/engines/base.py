"""The Engine protocol: text in, n-best hypotheses out, same length, same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from mtkit.models.lexicon import Lexicon
from mtkit.types import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What an engine can do beyond plain translation.

    `annotations`: reads target lemmas inline (mtkit.text.markup); `placeables`: copies placeable tokens;
    `tags`: domain tags it was trained with; `prefix`: continues a forced target prefix; `lexicon`: hints for
    rare words that it reads inline.
    """

    pairs: frozenset[tuple[str, str]]
    annotations: bool = False
    placeables: bool = False
    tags: frozenset[str] = frozenset()
    prefix: bool = False
    scores: bool = False
    alignment: bool = False
    lexicon: Lexicon = field(default_factory=Lexicon)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One text to translate. `prefix` is target text that every hypothesis must begin with."""

    text: str
    src_lang: str
    tgt_lang: str
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One target with its length-normalised log-probability (nats a token).

    `alignment` holds (target span, source span) for each target token, from attention; empty where
    the engine has none or was not asked.
    """

    text: str
    score: float | None = None
    alignment: tuple[tuple[Span, Span], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodingOptions:
    """beam width, hypotheses a request, tokens a target at most (relative to the source), n-gram ban.

    With `scores` False a hypothesis may come without its score, where that saves time.
    """

    beam: int = 4
    n_best: int = 1
    max_length_ratio: float = 3.0
    no_repeat_ngram: int = 0
    alignment: bool = False
    scores: bool = True


Hypotheses = tuple[Hypothesis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A target of a request, and the stretches of the request's text that are to be found again in it."""

    request: Request
    target: str
    spans: tuple[Span, ...]


Shares = tuple[tuple[float, ...], ...]
"""For each span of a rendering, for each word of its target (mtkit.text.words): how far, from 0 to 1, the
word renders the span. Empty where that is not known."""


@runtime_checkable
class Engine(Protocol):
    name: str
    capabilities: Capabilities

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        """N requests -> N tuples of 1..n_best hypotheses, best first, in the order of the requests.

        An empty or blank text gives one empty hypothesis. Raises UnsupportedPairError, EngineError.
        """
        ...

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        """Log-probability (nats, mean a target token, end token included) of each given target."""
        ...

    def attribute(self, renderings: Sequence[Rendering]) -> list[Shares]:
        """N renderings -> N Shares, same order. Called only where `capabilities.alignment` says so."""
        ...

    def fingerprint(self) -> dict[str, str]:
        """What a run record needs to name this engine exactly: name, model, hash of its files."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOptions:
    """Options common to local engines. `threads` is the number of cores to use in all.

    `lexicon` is "model" for the model's own, "none", or a file whose entries go before the model's.
    """

    model: str = "bundled"
    threads: int = 2
    batch_tokens: int = 1024
    compute_type: str = "int8"
    device: str = "cpu"
    lexicon: str = "model"
