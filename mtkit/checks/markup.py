"""Inline tags and placeholders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtkit.checks.base import CheckContext, finding
from mtkit.types import Finding, Segment, Severity, Span

_TAG = re.compile(
    r"</?[A-Za-z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>"
    r"|&(?:[A-Za-z]{2,8}|\#\d{1,7}|\#x[0-9A-Fa-f]{1,6});"
    r"|\{\{\s*[\w.]+\s*\}\}|\{\w*\}"
    r"|%\(\w+\)[sdif]|%(?:\d\$)?[sd](?![\w%])"
    r"|⟦[^⟦⟧\s]*⟧"
)
_EXPONENT = re.compile(r"(?<=m)<sup>\s*[23]\s*</sup>")
"""Of m² and m³, which the target may write as a word."""


class InlineTagsCheck:
    """Tags, entities and placeholders (<b>, &nbsp;, {name}, %s) stand in the target as often as in the
    source, and each closing tag comes after its opening one.

    White space inside a tag does not count. Known false alarms: an ampersand entity that the target writes
    as a word.
    """

    id = "inline-tags"
    severity = Severity.ERROR
    its_type = "markup"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if not (_has_sign(segment.source) or _has_sign(target)):
            return
        source = segment.source if "<sup" in target else _EXPONENT.sub(_blank, segment.source)
        source_side, target_side = _tags(source), _tags(target)
        extra = _surplus(target_side, source_side)
        for tag, span in _surplus(source_side, target_side):
            yield finding(self, segment, f"{tag} is missing.", src_span=span, suggestion=tag)
        for tag, span in extra:
            yield finding(self, segment, f"{tag} is not in the source.", tgt_span=span)
        if not extra and (misplaced := _closed_too_early(target_side)):
            tag, span = misplaced
            yield finding(self, segment, f"{tag} closes what is not open.", tgt_span=span)


def _has_sign(text: str) -> bool:
    return "<" in text or "&" in text or "{" in text or "%" in text or "⟦" in text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _tags(text: str) -> list[tuple[str, Span]]:
    return [
        (" ".join(match.group().split()).replace(" >", ">"), Span(*match.span()))
        for match in _TAG.finditer(text)
    ]


def _surplus(side: list[tuple[str, Span]], other: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    left = Counter(tag for tag, _ in other)
    surplus = []
    for tag, span in side:
        if left[tag]:
            left[tag] -= 1
        else:
            surplus.append((tag, span))
    return surplus


def _closed_too_early(tags: list[tuple[str, Span]]) -> tuple[str, Span] | None:
    opened: Counter[str] = Counter()
    for tag, span in tags:
        name = re.match(r"</?([\w:.-]+)", tag)
        if name is None or tag.endswith("/>"):
            continue
        opened[name.group(1)] += -1 if tag.startswith("</") else 1
        if opened[name.group(1)] < 0 and any(f"<{name.group(1)}" in other for other, _ in tags):
            return tag, span
    return None
