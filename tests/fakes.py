"""Engines for tests: they translate by table or rule and remember what they were asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mtkit.engines.base import Capabilities, DecodingOptions, Hypotheses, Hypothesis, Request


class RuleEngine:
    """Applies one function to each text; `asked` holds every request in order."""

    name = "rule"

    def __init__(
        self,
        rule: Callable[[str], str | Sequence[str]],
        *,
        placeables: bool = False,
        annotations: bool = False,
        tags: Sequence[str] = (),
    ) -> None:
        self._rule = rule
        self.asked: list[Request] = []
        self.capabilities = Capabilities(
            pairs=frozenset({("vi", "ru"), ("en", "ru")}),
            placeables=placeables,
            annotations=annotations,
            tags=frozenset(tags),
        )

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        self.asked += requests
        answers = []
        for request in requests:
            targets = self._rule(request.text)
            targets = [targets] if isinstance(targets, str) else list(targets)
            answers.append(
                tuple(Hypothesis(text=target, score=-0.1 * rank) for rank, target in enumerate(targets, 1))
            )
        return answers

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        return [-1.0 for _ in pairs]

    def fingerprint(self) -> dict[str, str]:
        return {"engine": self.name}

    def close(self) -> None:
        pass
