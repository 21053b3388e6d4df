"""Run checks over the segments of one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtkit.checks.analysis import has_digits, has_foreign_letters
from mtkit.checks.base import ANY_DIGIT, FOREIGN_LETTER, Check, CheckContext, DocumentCheck
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
    alone = _BySigns(each for each in single if not each.check.needs_source)
    of_blank = _BySigns(each for each in single if each.check.its_type in _OF_BLANK)
    beside = _BySigns(single)
    for segment, target in zip(segments, targets, strict=True):
        by_signs = (beside if target.strip() else of_blank) if segment.source else alone
        for each in by_signs.that_may_speak(segment.source, target):
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


class _BySigns:
    """Checks of single segments, and which of them the characters of a segment call for."""

    def __init__(self, checks: Iterable[ActiveCheck]) -> None:
        self._checks = [(each, each.signs) for each in checks]
        signs = frozenset[str]().union(*(own for _, own in self._checks)) - {ANY_DIGIT, FOREIGN_LETTER}
        self._sign = re.compile(f"[{re.escape(''.join(sorted(signs)))}]" if signs else "(?!)")
        self._called: dict[frozenset[str], tuple[ActiveCheck, ...]] = {}

    def that_may_speak(self, source: str, target: str) -> tuple[ActiveCheck, ...]:
        """All but those none of whose signs stands on either side."""
        signs = {*self._sign.findall(source), *self._sign.findall(target)}
        if has_digits(source) or has_digits(target):
            signs.add(ANY_DIGIT)
        if has_foreign_letters(target):
            signs.add(FOREIGN_LETTER)
        there = frozenset(signs)
        called = self._called.get(there)
        if called is None:
            called = tuple(each for each, own in self._checks if not own or own & there)
            self._called[there] = called
        return called
