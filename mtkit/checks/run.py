"""Run checks over the segments of one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtkit.checks.base import Check, CheckContext, DocumentCheck
from mtkit.checks.registered import ActiveCheck
from mtkit.types import Finding, Segment, Severity

_OF_BLANK = ("untranslated", "omission")
"""Issue types of the checks that speak of a blank target."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target begins in its file: line and column from 1; line 0 where that is not known."""

    line: int = 0
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedText:
    """Segments and their targets, in order, and where each target stands in `path`.

    A segment has the source "" where the target is read on its own.
    """

    path: str
    segments: tuple[Segment, ...]
    targets: tuple[str, ...]
    places: tuple[Place, ...]

    def by_id(self) -> dict[str, tuple[str, Place]]:
        """Target and place of each segment."""
        ids = (segment.id for segment in self.segments)
        return dict(zip(ids, zip(self.targets, self.places, strict=True), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What the checks say about one text; `accepted` findings were known from a baseline."""

    text: CheckedText
    checks: tuple[ActiveCheck, ...]
    findings: tuple[Finding, ...]
    accepted: int = 0


def run_checks(
    segments: Sequence[Segment],
    targets: Sequence[str],
    checks: Iterable[ActiveCheck],
    context: CheckContext,
) -> tuple[Finding, ...]:
    """Findings by segment, then by place in the target, then by gravity.

    Checks that need a source pass over segments without one. Of a blank target only those speak that tell
    that it is.
    """
    rank = {severity: number for number, severity in enumerate(Severity)}
    order = {segment.id: number for number, segment in enumerate(segments)}
    found: list[Finding] = []
    active = tuple(checks)
    single = [each for each in active if not each.whole_document]
    alone = [each for each in single if not each.check.needs_source]
    of_blank = [each for each in single if each.check.its_type in _OF_BLANK]
    for segment, target in zip(segments, targets, strict=True):
        for each in (single if target.strip() else of_blank) if segment.source else alone:
            check: Check = each.check  # type: ignore[assignment]
            for one in check.run(segment, target, context):
                found.append(each.graded(one))
    for each in active:
        if each.whole_document and not (each.check.needs_source and not any(s.source for s in segments)):
            whole: DocumentCheck = each.check  # type: ignore[assignment]
            found += map(each.graded, whole.run(segments, targets, context))

    def position(finding: Finding) -> tuple[int, int, int, str]:
        start = finding.tgt_span.start if finding.tgt_span else -1
        return order[finding.segment_id], start, rank[finding.severity], finding.check

    return tuple(sorted(found, key=position))
