"""What the pipeline takes from a memory in place of the engine's work, and what it says about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

from mtkit.config import Settings
from mtkit.errors import ConfigError
from mtkit.memory.entries import MemoryMatch
from mtkit.memory.folders import MemorySet, open_memory
from mtkit.memory.keys import OTHER_CAPITALS
from mtkit.memory.labels import Labels
from mtkit.memory.repair import TermReader
from mtkit.memory.store import LOWEST_SIMILARITY
from mtkit.termbase.verify import verify
from mtkit.types import Finding, Segment, Severity, TermHit

CHECK = "memory"


@dataclass(frozen=True, slots=True)
class Recall:
    """A memory, and the similarity (0-100, after repairs and penalties) from which on a match is taken.

    Where it has none, a segment that is a label is rendered as one.
    """

    memory: MemorySet | None = None
    threshold: int = Settings().memory_threshold
    labels: Labels = field(default_factory=Labels)

    def taken(self, segments: Sequence[Segment], terms: TermReader | None = None) -> dict[int, MemoryMatch]:
        """The matches that stand in for the engine, by the place of their segment. Raises StoreError."""
        labels = (self._label(segment, terms) for segment in segments)
        found = {place: label for place, label in enumerate(labels) if label is not None}
        if self.memory is not None:
            at_least = max(1, min(LOWEST_SIMILARITY, self.threshold))
            for place, match in enumerate(self.memory.lookup(segments, at_least=at_least, terms=terms)):
                if match is not None and (match.enforced or match.similarity >= self.threshold):
                    found[place] = match
        return found

    def _label(self, segment: Segment, terms: TermReader | None) -> MemoryMatch | None:
        """The label that a segment is, if it has the renderings of the termbase."""
        label = self.labels.find(segment)
        if label is None or terms is None:
            return label
        hits = verify(terms(segment.source, segment.src_lang), label.target)
        return label if all(hit.ok for hit in hits) else None


@contextmanager
def open_recall(settings: Settings) -> Iterator[Recall]:
    """The memory and the labels that a run uses. Raises ConfigError, InputError, FormatError, StoreError."""
    threshold = settings.memory_threshold
    if threshold > 100:
        raise ConfigError(f"memory_threshold goes from 0 to 100, it is {threshold}.", "Mend the value.")
    labels = Labels.open(settings.labels)
    with nullcontext() if settings.memory == "none" else open_memory(settings.memory) as memory:
        yield Recall(memory, threshold, labels)


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
