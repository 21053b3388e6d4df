"""Run checks over the segments of one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mtkit.checks.analysis import has_digits, has_foreign_letters
from mtkit.checks.base import ANY_DIGIT, FOREIGN_LETTER, Check, CheckContext, DocumentCheck, EasingCheck
from mtkit.checks.parallel import spread
from mtkit.checks.places import Place
from mtkit.checks.registered import ActiveCheck
from mtkit.types import Finding, Segment, Severity

_OF_BLANK = ("untranslated", "omission")
"""Issue types of the checks that speak of a blank target."""


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
    jobs: int = 1,
) -> tuple[Finding, ...]:
    """Findings by segment, then by place in the target, then by gravity.

    Checks that need a source pass over segments without one. Of a blank target only those speak that tell
    that it is. With more `jobs` than one, the segments of a long document are checked in so many processes.
    """
    rank = {severity: number for number, severity in enumerate(Severity)}
    order = {segment.id: number for number, segment in enumerate(segments)}
    active = tuple(checks)
    context = _of_this_document(segments, context)
    single = _SegmentChecks(segments, targets, [each for each in active if not each.whole_document], context)
    with spread(single, len(segments), jobs) as of_segments:
        of_document = list(_of_document(segments, targets, active, context))
        found = [*of_segments, *of_document]

    def position(finding: Finding) -> tuple[int, int, int, str]:
        start = finding.tgt_span.start if finding.tgt_span else -1
        return order[finding.segment_id], start, rank[finding.severity], finding.check

    return tuple(sorted(found, key=position))


def _of_this_document(segments: Sequence[Segment], context: CheckContext) -> CheckContext:
    """The context with matchers that know the foreigners of the document."""
    matchers = {
        lang: matcher.of_document(segment.source for segment in segments if segment.src_lang == lang)
        for lang, matcher in context.matchers.items()
    }
    return replace(context, matchers=matchers)


def _of_document(
    segments: Sequence[Segment], targets: Sequence[str], checks: Iterable[ActiveCheck], context: CheckContext
) -> Iterator[Finding]:
    for each in checks:
        if each.whole_document and not (each.check.needs_source and not any(s.source for s in segments)):
            check: DocumentCheck = each.check  # type: ignore[assignment]
            yield from map(each.graded, check.run(segments, targets, context))


class _SegmentChecks:
    """The checks of single segments, on a part of a document at a time."""

    def __init__(
        self,
        segments: Sequence[Segment],
        targets: Sequence[str],
        checks: Sequence[ActiveCheck],
        context: CheckContext,
    ) -> None:
        self._segments = segments
        self._targets = targets
        self._context = context
        self._easing = {each.id: each.check for each in checks if isinstance(each.check, EasingCheck)}
        self._alone = _BySigns(each for each in checks if not each.check.needs_source)
        self._of_blank = _BySigns(each for each in checks if each.check.its_type in _OF_BLANK)
        self._beside = _BySigns(checks)

    def __call__(self, part: range) -> list[Finding]:
        found: list[Finding] = []
        for number in part:
            segment, target = self._segments[number], self._targets[number]
            beside = self._beside if target.strip() else self._of_blank
            by_signs = beside if segment.source else self._alone
            for each in by_signs.that_may_speak(segment.source, target):
                check: Check = each.check  # type: ignore[assignment]
                for one in check.run(segment, target, self._context):
                    found.append(each.graded(self._eased(one, number)))
        return found

    def _eased(self, found: Finding, number: int) -> Finding:
        check = self._easing.get(found.check)
        if check is None:
            return found
        around = [
            (self._segments[place], self._targets[place])
            for place in (number - 1, number + 1)
            if 0 <= place < len(self._segments)
        ]
        return check.eased(found, self._segments[number], self._targets[number], around)


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
