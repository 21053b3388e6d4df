"""How many segments the guard against a small model's faults saves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mtkit.engines.base import DecodingOptions, Engine, Hypotheses, Rendering, Request, Shares
from mtkit.engines.faults import Fault
from mtkit.engines.guarded import GuardedEngine, found_faults
from mtkit.pipeline import Pipeline
from mtkit.runners.bench import TestSet
from mtkit.runners.local import Progress
from mtkit.termbase.model import Termbase


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRow:
    """Segments of a test set with a fault, and how often each fault was found, before and after the guard."""

    test_set: str
    segments: int
    faulty: int
    faulty_guarded: int
    found: Mapping[Fault, int]
    left: Mapping[Fault, int]


def measure_guards(
    engine: Engine,
    termbase: Termbase | None,
    test_sets: Sequence[TestSet],
    *,
    beam: int = 4,
    progress: Progress = lambda count: None,
) -> Iterator[GuardRow]:
    """Decode each test set and count faults in what came first and in what the guard made of it.

    Terms are annotated and not enforced, so that only the guard is at work. `progress` is told segments.
    """
    for test_set in test_sets:
        probe = _Probe(engine)
        pipeline = Pipeline(probe, termbase, decoding=DecodingOptions(beam=beam), enforcing=False, checks=())
        pipeline.translate(test_set.segments())
        progress(len(test_set.sources))
        yield GuardRow(
            test_set=test_set.name,
            segments=len(test_set.sources),
            faulty=sum(map(bool, probe.found)),
            faulty_guarded=sum(map(bool, probe.left)),
            found=Counter(fault for each in probe.found for fault in each),
            left=Counter(fault for each in probe.left for fault in each),
        )


class _First:
    """Passes requests on and keeps the first answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.name
        self.capabilities = engine.capabilities
        self.answer: list[Hypotheses] | None = None

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        answer = self._engine.translate(requests, options)
        if self.answer is None:
            self.answer = list(answer)
        return answer

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        return self._engine.score(pairs)

    def attribute(self, renderings: Sequence[Rendering]) -> list[Shares]:
        return self._engine.attribute(renderings)

    def fingerprint(self) -> dict[str, str]:
        return self._engine.fingerprint()

    def close(self) -> None:
        self._engine.close()


class _Probe(_First):
    """A guarded engine that keeps the faults of each request's best hypothesis, without guard and with it."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.found: list[frozenset[Fault]] = []
        self.left: list[frozenset[Fault]] = []

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        first = _First(self._engine)
        guarded = GuardedEngine(first).translate(requests, options)
        self.found += found_faults(self._engine, requests, first.answer or [])
        self.left += found_faults(self._engine, requests, guarded)
        return guarded
