"""Findings as JSON: one document, or one line a finding."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from mtkit.checks.run import CheckReport
from mtkit.reports.places import PlacedFinding, placed
from mtkit.types import Severity, Span


def render(reports: Sequence[CheckReport]) -> str:
    """One object: counts by severity, and for each file its findings. Spans count code points."""
    counts = Counter(found.severity for report in reports for found in report.findings)
    value = {
        "counts": {severity.value: counts[severity] for severity in Severity},
        "files": [
            {
                "path": report.text.path,
                "segments": len(report.text.segments),
                "accepted": report.accepted,
                "findings": [finding_json(each) for each in placed(report)],
            }
            for report in reports
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def render_lines(reports: Sequence[CheckReport]) -> str:
    """One object a finding, with its path."""
    return "".join(
        json.dumps({"path": report.text.path} | finding_json(each), ensure_ascii=False) + "\n"
        for report in reports
        for each in placed(report)
    )


def finding_json(each: PlacedFinding) -> dict[str, Any]:
    found = each.finding
    return {
        "check": found.check,
        "severity": found.severity.value,
        "segment": found.segment_id,
        "line": each.line,
        "column": each.column if each.line else None,
        "near": each.near or None,
        "message": found.message,
        "text": each.text,
        "src": _span(found.src_span),
        "tgt": _span(found.tgt_span),
        "suggestion": found.suggestion,
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
