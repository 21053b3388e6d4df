"""Findings for people to read: one a line, a count at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mtkit.checks.run import CheckReport
from mtkit.reports.places import placed
from mtkit.types import Severity


def render(reports: Sequence[CheckReport]) -> str:
    """`PATH:LINE:COLUMN: severity check: message`, as compilers do; without lines words or segments."""
    lines = []
    for report in reports:
        for each in placed(report):
            found = each.finding
            message = f"{each.location(report.text.path)}: {found.severity} {found.check}: {each.said}"
            lines.append(message.replace("\u00a0", " "))
    return "\n".join([*lines, summary(reports)]) + "\n"


def summary(reports: Sequence[CheckReport]) -> str:
    """How many findings of each severity, in how many segments."""
    counts = Counter(found.severity for report in reports for found in report.findings)
    said = ", ".join(
        _plural(counts[severity], name)
        for severity, name in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"))
    )
    segments = sum(len(report.text.segments) for report in reports)
    accepted = sum(report.accepted for report in reports)
    known = f"; {accepted} more in the baseline" if accepted else ""
    return f"{said}, {counts[Severity.INFO]} for information in {_plural(segments, 'segment')}{known}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
