"""Findings as SARIF 2.1.0 (OASIS standard), for code scanning and editors."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mtkit import __version__
from mtkit.checks.baseline import fingerprints
from mtkit.checks.registered import ActiveCheck
from mtkit.checks.run import CheckReport
from mtkit.reports.places import PlacedFinding, placed
from mtkit.types import Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(reports: Sequence[CheckReport]) -> str:
    """One run with a rule for each check; columns count code points, fixes carry the suggestions."""
    rules = list({check.id: check for report in reports for check in report.checks}.values())
    index = {check.id: number for number, check in enumerate(rules)}
    results = [
        _result(report.text.path, each, index[each.finding.check], key)
        for report in reports
        for each, key in zip(placed(report), fingerprints(report.text, report.findings), strict=True)
    ]
    driver = {"name": "mtkit", "semanticVersion": __version__, "rules": [_rule(check) for check in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    value = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _rule(check: ActiveCheck) -> dict[str, Any]:
    page = inspect.getdoc(type(check.check)) or check.id
    summary, _, rest = page.partition("\n\n")
    return {
        "id": check.id,
        "shortDescription": {"text": " ".join(summary.split())},
        "fullDescription": {"text": " ".join(rest.split()) or " ".join(summary.split())},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"itsLocQualityIssueType": check.check.its_type},
    }


def _result(path: str, each: PlacedFinding, rule: int, key: tuple[str, ...]) -> dict[str, Any]:
    found = each.finding
    artifact = {"uri": quote(Path(path).as_posix())}
    physical: dict[str, Any] = {"artifactLocation": artifact}
    region = {"startLine": each.line, "startColumn": each.column, "endColumn": each.end_column}
    if each.end_line != each.line:
        region["endLine"] = each.end_line
    if each.line:
        physical["region"] = region
    result: dict[str, Any] = {
        "ruleId": found.check,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": each.said if each.line else f"{each.where}: {each.said}"},
        "locations": [
            {
                "physicalLocation": physical,
                "logicalLocations": [{"name": found.segment_id, "kind": "segment"}],
            }
        ],
        "partialFingerprints": {"mtkit/v1": hashlib.sha256("\0".join(key).encode()).hexdigest()},
    }
    if each.line and found.tgt_span and found.suggestion is not None:
        replacement = {"deletedRegion": region, "insertedContent": {"text": found.suggestion}}
        change = {"artifactLocation": artifact, "replacements": [replacement]}
        result["fixes"] = [{"artifactChanges": [change]}]
    return result
