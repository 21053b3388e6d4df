"""Decode again what came out looping: small models repeat themselves where they are lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mtkit.engines.base import DecodingOptions, Engine, Hypotheses, Request

RETRY_NGRAM = 3
"""No n-gram of this many tokens twice, in the second attempt."""

TOLERATED = 2
"""Times that three words may stand in a target, if they do not so in the source."""

_WORD = re.compile(r"\w+")
_STUTTER = re.compile(r"(\w{1,3})\1{4,}")


class GuardedEngine:
    """Wraps an engine; requests whose best hypothesis loops are decoded once more without repetition."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = engine.name
        self.capabilities = engine.capabilities

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        """Translate; of two attempts the one that loops less stays."""
        hypotheses = self.engine.translate(requests, options)
        looping = [i for i, found in enumerate(hypotheses) if loops(found[0].text, requests[i].text)]
        if looping and not options.no_repeat_ngram:
            strict = replace(options, no_repeat_ngram=RETRY_NGRAM)
            second = self.engine.translate([requests[i] for i in looping], strict)
            for i, found in zip(looping, second, strict=True):
                if found[0].text.strip() and _excess(found[0].text) < _excess(hypotheses[i][0].text):
                    hypotheses[i] = found
        return hypotheses

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        return self.engine.score(pairs)

    def fingerprint(self) -> dict[str, str]:
        return {**self.engine.fingerprint(), "guard": f"no-repeat-{RETRY_NGRAM}"}

    def close(self) -> None:
        self.engine.close()


def loops(target: str, source: str) -> bool:
    """Whether a target repeats three words, or stutters letters, more often than its source."""
    if _STUTTER.search(target) and not _STUTTER.search(source):
        return True
    return _most(target) > max(TOLERATED, _most(source))


def _counts(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return Counter(zip(words, words[1:], words[2:], strict=False))


def _most(text: str) -> int:
    return max(_counts(text).values(), default=0)


def _excess(text: str) -> int:
    """Repeated three-word sequences and stuttered letters in all."""
    stuttered = sum(len(match.group()) for match in _STUTTER.finditer(text))
    return stuttered + sum(count - 1 for count in _counts(text).values())
