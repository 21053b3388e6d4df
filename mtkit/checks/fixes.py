"""Apply what can be proven: the suggestions of info-level findings, and show the difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import unified_diff

from mtkit.checks.base import CheckContext
from mtkit.checks.inputs import Article
from mtkit.checks.registered import ActiveCheck
from mtkit.checks.run import CheckedText, run_checks
from mtkit.documents.base import render_document
from mtkit.text.edits import Edit, apply_edits
from mtkit.types import Finding, Segment, Severity

_MOST_ROUNDS = 4


def is_fixable(finding: Finding, checks: Iterable[ActiveCheck]) -> bool:
    """Whether a finding says what to put where, and its check is one for information only."""
    return (
        finding.tgt_span is not None
        and finding.suggestion is not None
        and any(each.id == finding.check and each.check.severity is Severity.INFO for each in checks)
    )


def fixed_targets(
    text: CheckedText, checks: Sequence[ActiveCheck], context: CheckContext
) -> tuple[tuple[str, ...], int]:
    """Targets with every fix applied, and how many there were; run until nothing is left to fix."""
    fixers = tuple(each for each in checks if each.check.severity is Severity.INFO)
    targets = list(text.targets)
    applied = 0
    for _ in range(_MOST_ROUNDS):
        edits: dict[str, list[Edit]] = {}
        for found in run_checks(text.segments, targets, fixers, context):
            if is_fixable(found, fixers) and found.tgt_span is not None and found.suggestion is not None:
                edit = Edit(span=found.tgt_span, text=found.suggestion)
                edits.setdefault(found.segment_id, []).append(edit)
        if not edits:
            break
        for number, segment in enumerate(text.segments):
            edited = apply_edits(targets[number], edits.get(segment.id, ()))
            targets[number] = edited.text
            applied += len(edited.edits)
    return tuple(targets), applied


def fixed_article(article: Article, targets: Sequence[str]) -> bytes:
    """The article's file with the fixed targets in it; everything else as it was.

    A cell or field is written whole, so that the sentences beside a fixed one are given, too.
    """
    rows = list(zip(article.text.segments, targets, article.text.targets, strict=True))
    changed = {_line(segment) for segment, target, old in rows if target != old}
    return render_document(
        article.document, {segment.id: target for segment, target, _ in rows if _line(segment) in changed}
    )


def _line(segment: Segment) -> str:
    return segment.id.partition(".")[0]


def fixed_lines(content: str, old: Sequence[str], targets: Sequence[str]) -> bytes:
    """A file of plain lines with the fixed targets in it; line ends and spaces before them stay."""
    lines = content.split("\n")
    for number, (before, after) in enumerate(zip(old, targets, strict=True)):
        if before != after:
            lines[number] = after + lines[number][len(before) :]
    return "\n".join(lines).encode()


def difference(path: str, old: Sequence[str], new: Sequence[str]) -> str:
    """A unified difference of the targets; no-break spaces are shown as ⍽."""
    shown = unified_diff(
        [_visible(line) for line in old], [_visible(line) for line in new], path, path, "", "", 0, ""
    )
    return "\n".join(shown)


def _visible(line: str) -> str:
    return line.replace("\u00a0", "⍽")
