"""A file of findings that are known and accepted, so that only new ones are reported."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from mtkit.checks.run import CheckedText, CheckReport
from mtkit.documents.files import atomic_write, read_bytes
from mtkit.errors import FormatError
from mtkit.types import Finding

_FIELDS = ("path", "check", "message", "text")
_Key = tuple[str, str, str, str]


def fingerprints(text: CheckedText, findings: Iterable[Finding]) -> Iterator[_Key]:
    """What makes each finding the same one after the text around it has changed: no line, no place."""
    targets = text.by_id()
    for finding in findings:
        covered = finding.tgt_span.of(targets[finding.segment_id][0]) if finding.tgt_span else ""
        yield Path(text.path).name, finding.check, finding.message, covered


def write_baseline(path: str | Path, reports: Iterable[CheckReport]) -> int:
    """Write every finding of the reports, and return how many. Raises StoreError."""
    counts = Counter(key for report in reports for key in fingerprints(report.text, report.findings))
    accepted = [dict(zip(_FIELDS, key, strict=True)) | {"count": counts[key]} for key in sorted(counts)]
    content = json.dumps({"accepted": accepted}, ensure_ascii=False, indent=1) + "\n"
    atomic_write(path, content.encode())
    return counts.total()


def read_baseline(path: str | Path) -> Counter[_Key]:
    """How often each finding is accepted. Raises InputError, FormatError."""
    try:
        entries = json.loads(read_bytes(path))["accepted"]
        return Counter({_key(entry): int(entry["count"]) for entry in entries})
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(path, "not a baseline of mtkit check.", "Make it with --write-baseline.") from error


def new_findings(
    text: CheckedText, findings: Sequence[Finding], accepted: Counter[_Key]
) -> tuple[tuple[Finding, ...], int]:
    """Findings beyond the accepted ones, and how many were accepted."""
    left = accepted.copy()
    kept = []
    for found, key in zip(findings, fingerprints(text, findings), strict=True):
        if left[key] > 0:
            left[key] -= 1
        else:
            kept.append(found)
    return tuple(kept), len(findings) - len(kept)


def _key(entry: Any) -> _Key:
    path, check, message, text = (str(entry[name]) for name in _FIELDS)
    return path, check, message, text
