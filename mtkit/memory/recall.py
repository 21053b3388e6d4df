"""What the pipeline takes from a memory in place of the engine's work, and what it says about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from mtkit.config import Settings
from mtkit.errors import ConfigError
from mtkit.memory.entries import MemoryMatch
from mtkit.memory.folders import MemorySet, open_memory
from mtkit.memory.keys import OTHER_CAPITALS
from mtkit.memory.repair import TermReader
from mtkit.memory.store import LOWEST_SIMILARITY
from mtkit.types import Finding, Segment, Severity, TermHit

CHECK = "memory"


@dataclass(frozen=True, slots=True)
class Recall:
    """A memory, and the similarity (0-100, after repairs and penalties) from which on a match is taken."""

    memory: MemorySet
    threshold: int = Settings().memory_threshold

    def taken(self, segments: Sequence[Segment], terms: TermReader | None = None) -> dict[int, MemoryMatch]:
        """The matches that stand in for the engine, by the place of their segment. Raises StoreError."""
        at_least = max(1, min(LOWEST_SIMILARITY, self.threshold))
        found = self.memory.lookup(segments, at_least=at_least, terms=terms)
        return {
            place: match
            for place, match in enumerate(found)
            if match is not None and (match.enforced or match.similarity >= self.threshold)
        }


@contextmanager
def open_recall(path: str, threshold: int) -> Iterator[Recall | None]:
    """The memory that a run uses; None for "none". Raises ConfigError, InputError, StoreError."""
    if threshold > 100:
        raise ConfigError(f"memory_threshold goes from 0 to 100, it is {threshold}.", "Mend the value.")
    if path == "none":
        yield None
        return
    with open_memory(path) as memory:
        yield Recall(memory, threshold)


def findings(segment: Segment, match: MemoryMatch, hits: Sequence[TermHit]) -> Iterator[Finding]:
    """That a target from the memory breaks the termbase, was repaired, or is not that of this very text."""
    missing = [hit.src_span.of(segment.source) for hit in hits if not hit.ok]
    where = f" of {match.document}" if match.document else ""
    if missing:
        message = (
            f"The {match.origin} target{where} has not the termbase's rendering of {', '.join(missing)}."
        )
        yield _finding(segment, Severity.WARNING, message)
    if match.similarity + match.penalty <= OTHER_CAPITALS:
        message = f"A {match.found}% match{where} was taken as it is; its source is: {match.source}"
        yield _finding(segment, Severity.WARNING, message)
    elif match.repairs:
        repairs = ", ".join(map(str, match.repairs))
        yield _finding(segment, Severity.INFO, f"A {match.found}% match{where}, repaired: {repairs}.")


def _finding(segment: Segment, severity: Severity, message: str) -> Finding:
    return Finding(check=CHECK, severity=severity, segment_id=segment.id, message=message)
