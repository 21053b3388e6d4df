"""The Check protocol: a segment and its target in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from mtkit.types import Finding, Segment, Severity, Span

if TYPE_CHECKING:
    from mtkit.termbase.match import Matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What checks need beside the segment; `matchers` by source language, empty without a termbase."""

    matchers: Mapping[str, Matcher] = field(default_factory=dict)


@runtime_checkable
class Check(Protocol):
    """`severity` is the gravest that the check reports."""

    id: str
    severity: Severity

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterable[Finding]:
        """Findings for one segment, in any order; none where there is nothing to say."""
        ...


def finding(
    check: Check,
    segment: Segment,
    message: str,
    *,
    severity: Severity | None = None,
    src_span: Span | None = None,
    tgt_span: Span | None = None,
    suggestion: str | None = None,
) -> Finding:
    """A finding of `check` on `segment`, at the check's own severity unless another is given."""
    return Finding(
        check=check.id,
        severity=severity or check.severity,
        segment_id=segment.id,
        message=message,
        src_span=src_span,
        tgt_span=tgt_span,
        suggestion=suggestion,
    )
