"""Times: the same hour and minute on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from mtkit.checks.base import CheckContext, finding
from mtkit.text.times import differing_times
from mtkit.types import Finding, Segment, Severity


class TimeCheck:
    """A time of day of the source stands in the target as another one (7 p.m., «17:00»; 7 giờ tối, «7:00»).

    A time that is missing altogether is the number check's to tell. Known false alarms: times reckoned in
    another time zone.
    """

    id = "time"
    severity = Severity.ERROR
    its_type = "numbers"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        differing = differing_times(segment.source, segment.src_lang, target, segment.tgt_lang)
        for expected, found in zip(*differing, strict=False):
            written, instead = expected.span.of(segment.source), found.span.of(target)
            meant = f" in place of {expected.russian}" if expected.russian else ""
            yield finding(
                self,
                segment,
                f"{written} has become {instead}{meant}.",
                src_span=expected.span,
                tgt_span=found.span,
                suggestion=expected.russian or None,
            )
