"""Where a finding stands in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtkit.checks.run import CheckReport
from mtkit.types import Finding


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding with its line and columns from 1, code points, the end exclusive.

    `line` is None where the file has no lines to point at; `text` is what the finding covers.
    """

    finding: Finding
    line: int | None
    column: int
    end_column: int
    text: str


def placed(report: CheckReport) -> Iterator[PlacedFinding]:
    """Findings of a report in order."""
    by_id = report.text.by_id()
    for finding in report.findings:
        target, place = by_id[finding.segment_id]
        span = finding.tgt_span
        start, end = (span.start, span.end) if span else (0, 0)
        text = span.of(target) if span else ""
        yield PlacedFinding(finding, place.line or None, place.column + start, place.column + end, text)
