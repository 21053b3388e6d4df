"""The Check protocols: a segment and its target, or a whole document, in; findings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from mtkit.types import Finding, Segment, Severity, Span

if TYPE_CHECKING:
    from mtkit.termbase.match import Matcher
    from mtkit.termbase.model import Termbase


ANY_DIGIT = "0"
FOREIGN_LETTER = "a"
MISSING = "missing"
"""Tag of a segment that no sentence of the translation renders; its target is ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What checks need beside the segment.

    `matchers` by source language, empty without a termbase; `termbase` for checks that read the target
    without its source.
    """

    matchers: Mapping[str, Matcher] = field(default_factory=dict)
    termbase: Termbase | None = None


NO_TERMS = CheckContext()

Pair = tuple[Segment, str]
"""A segment and its target."""


@runtime_checkable
class _Described(Protocol):
    """What every check says of itself.

    `severity` is the gravest that it reports, `its_type` its localization quality issue type (ITS 2.0,
    § 8.17). A check that `needs_source` is not run on a target without its source. One that speaks only
    where certain characters stand on either side may name them in `signs`, ANY_DIGIT for all digits and
    FOREIGN_LETTER for a letter of the target that is not Cyrillic: it is not run elsewhere. The docstring is
    the check's page: a line, and a paragraph that ends with its known false alarms. Checks with options take
    one frozen dataclass, `options_type`.
    """

    id: str
    severity: Severity
    its_type: str
    needs_source: bool


@runtime_checkable
class Check(_Described, Protocol):
    """Looks at one segment."""

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterable[Finding]:
        """Findings for one segment, in any order; none where there is nothing to say."""
        ...


@runtime_checkable
class EasingCheck(Check, Protocol):
    """Looks at one segment, and takes some findings lighter for what stands around it."""

    def eased(self, found: Finding, segment: Segment, target: str, around: Sequence[Pair]) -> Finding:
        """One finding of `run`, lighter where the segments before and after it, in `around`, excuse it."""
        ...


@runtime_checkable
class DocumentCheck(_Described, Protocol):
    """Looks at all segments of a document together."""

    def run(
        self, segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
    ) -> Iterable[Finding]:
        """Findings for one document, N segments and their N targets, in any order."""
        ...


AnyCheck = Check | DocumentCheck


def finding(
    check: AnyCheck,
    segment: Segment,
    message: str,
    *,
    severity: Severity | None = None,
    src_span: Span | None = None,
    tgt_span: Span | None = None,
    suggestion: str | None = None,
) -> Finding:
    """A finding of `check` on `segment`, at the check's own severity unless another is given.

    `suggestion` is the text to put in place of `tgt_span`, or of what is missing where there is none.
    """
    return Finding(
        check=check.id,
        severity=severity or check.severity,
        segment_id=segment.id,
        message=message,
        src_span=src_span,
        tgt_span=tgt_span,
        suggestion=suggestion,
    )


def changed(
    check: AnyCheck,
    segment: Segment,
    target: str,
    src_span: Span,
    tgt_span: Span,
    suggestion: str | None = None,
) -> Finding:
    """A finding that what the source has at `src_span` is something else at `tgt_span` of the target."""
    message = f"{src_span.of(segment.source)} has become {tgt_span.of(target)}."
    return finding(check, segment, message, src_span=src_span, tgt_span=tgt_span, suggestion=suggestion)


def exchanged(
    check: AnyCheck, segment: Segment, target: str, wanted: Mapping[str, Span], there: Mapping[str, Span]
) -> Iterator[Finding]:
    """Findings that of the things `wanted` by the source one has become another of those that are `there`."""
    missing = [span for name, span in wanted.items() if name not in there]
    extra = [span for name, span in there.items() if name not in wanted]
    for src_span, tgt_span in zip(missing, extra, strict=False):
        yield changed(check, segment, target, src_span, tgt_span)
