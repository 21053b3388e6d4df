"""An engine that keeps its answers in the job state, so that a killed run goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Protocol, TypeVar

from mtkit.engines.base import DecodingOptions, Engine, Hypotheses, Rendering, Request, Shares
from mtkit.engines.cached import from_json, to_json
from mtkit.record import content_hash
from mtkit.runners.local import GROUP_SEGMENTS

Unit = TypeVar("Unit")


class Answers(Protocol):
    """The kept answers of one article, by the hash of the call."""

    def find(self, call: str) -> bytes | None: ...

    def keep(self, call: str, answer: bytes) -> None: ...


class _NotKept:
    def find(self, call: str) -> bytes | None:
        return None

    def keep(self, call: str, answer: bytes) -> None:
        pass


NOT_KEPT = _NotKept()


class JournaledEngine:
    """Asks an engine in groups and keeps each answer; what a killed run asked is not asked again.

    Groups are cut from the calls of one article alone, and asked whole or not at all: an engine may answer
    differently in other company (in another batch its sums are rounded differently), and the result must
    depend neither on where a run was killed nor on what else is translated.
    """

    def __init__(
        self,
        engine: Engine,
        answers: Answers = NOT_KEPT,
        advance: Callable[[int], None] = lambda count: None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        """`advance` is told how many requests were answered, those of enforcement left out.

        Where `stopping` says so, KeyboardInterrupt is raised before the next group.
        """
        self.engine = engine
        self.name = engine.name
        self.capabilities = engine.capabilities
        self._answers = answers
        self._advance = advance
        self._stopping = stopping

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        """Translate group by group; the answer of a group is kept before the next is asked."""
        found: list[Hypotheses] = []
        for group in _groups(requests):
            asked = [[asdict(request) for request in group], asdict(options)]
            answer = self._kept(asked)
            if answer is None:
                answer = [to_json(hypotheses) for hypotheses in self.engine.translate(group, options)]
                self._keep(asked, answer)
            found += map(from_json, answer)
            self._advance(sum(not request.prefix for request in group))
        return found

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        found: list[float] = []
        for group in _groups(pairs):
            asked = [[asdict(request), target] for request, target in group]
            values = self._kept(asked)
            if values is None:
                values = self.engine.score(group)
                self._keep(asked, values)
            found += values
        return found

    def attribute(self, renderings: Sequence[Rendering]) -> list[Shares]:
        found: list[Shares] = []
        for group in _groups(renderings):
            asked = [asdict(rendering) for rendering in group]
            shares = self._kept(asked)
            if shares is None:
                shares = list(self.engine.attribute(group))
                self._keep(asked, shares)
            found += [tuple(tuple(row) for row in share) for share in shares]
        return found

    def fingerprint(self) -> dict[str, str]:
        return self.engine.fingerprint()

    def close(self) -> None:
        self.engine.close()

    def _kept(self, asked: list[Any]) -> list[Any] | None:
        kept = self._answers.find(_call(asked))
        if kept is None and self._stopping():
            raise KeyboardInterrupt
        answer: list[Any] | None = None if kept is None else json.loads(kept)
        return answer

    def _keep(self, asked: list[Any], answer: list[Any]) -> None:
        self._answers.keep(_call(asked), json.dumps(answer, ensure_ascii=False).encode())


def _call(asked: list[Any]) -> str:
    return content_hash(json.dumps(asked, sort_keys=True).encode())


def _groups(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    for start in range(0, len(units), GROUP_SEGMENTS):
        yield units[start : start + GROUP_SEGMENTS]
