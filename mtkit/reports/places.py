"""Where a finding stands in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtkit.checks.places import Place
from mtkit.checks.run import CheckReport
from mtkit.text.words import around, opening
from mtkit.types import Finding


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding with its lines and columns from 1, code points, the end exclusive.

    `line` is None where the file has no lines to point at; `text` is what the finding covers. `near` tells
    people where it is: the cue of a subtitle, words where no line does. `asked` are the words of the source
    that something is missing of.
    """

    finding: Finding
    line: int | None
    column: int
    end_line: int | None
    end_column: int
    text: str
    near: str = ""
    asked: str = ""

    @property
    def where(self) -> str:
        """Line and column, else the words or the segment."""
        if self.line:
            return f"{self.line}:{self.column}"
        return self.near or f"segment {self.finding.segment_id}"

    def location(self, path: str) -> str:
        """The place in a file as compilers write it."""
        return f"{path}: {self.near}" if self.near and not self.line else f"{path}:{self.where}"

    @property
    def said(self) -> str:
        """The message, with what the place does not tell."""
        cue = f" [{self.near}]" if self.line and self.near else ""
        source = f" Source: {self.asked}" if self.asked else ""
        return f"{self.finding.message}{source}{cue}"


def placed(report: CheckReport) -> Iterator[PlacedFinding]:
    """Findings of a report in order."""
    by_id = report.text.by_id()
    sources = {segment.id: segment.source for segment in report.text.segments}
    before: dict[str, str] = {}
    last = ""
    for segment, target in zip(report.text.segments, report.text.targets, strict=True):
        before[segment.id] = last
        last = target or last
    for finding in report.findings:
        target, place = by_id[finding.segment_id]
        span = finding.tgt_span
        start, end = (span.start, span.end) if span else (0, 0)
        (line, column), (end_line, end_column) = place.at(start), place.at(max(end - 1, start))
        source = sources[finding.segment_id]
        asked = finding.src_span if span is None else None
        yield PlacedFinding(
            finding,
            line or None,
            column,
            end_line or None,
            end_column + (end > start),
            span.of(target) if span else "",
            _near(place, finding, target, before[finding.segment_id]),
            around(source, asked) if asked is not None and asked.of(source) != source else "",
        )


def _near(place: Place, finding: Finding, target: str, before: str) -> str:
    if not place.quoted:
        return place.cue
    if finding.tgt_span is not None and target:
        return around(target, finding.tgt_span)
    if target:
        return opening(target)
    return f"after {opening(before)}" if before else ""
