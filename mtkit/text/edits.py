"""Replacements in a text, with positions carried over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mtkit.types import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Put `text` in place of `span`; an empty span inserts."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    text: str
    edits: tuple[Edit, ...]

    def project(self, span: Span) -> Span:
        """Where a span of the original text lies in the edited one; edits inside it belong to it."""
        return Span(self._project(span.start, at_end=False), self._project(span.end, at_end=True))

    def _project(self, offset: int, *, at_end: bool) -> int:
        shift = 0
        for edit in self.edits:
            inserted = edit.span.start == edit.span.end
            if edit.span.end < offset or (edit.span.end == offset and not (inserted and at_end)):
                shift += len(edit.text) - (edit.span.end - edit.span.start)
            elif edit.span.start < offset:
                return edit.span.start + shift + (len(edit.text) if at_end else 0)
            else:
                break
        return offset + shift


def apply_edits(text: str, edits: Iterable[Edit]) -> Edited:
    """Apply disjoint edits in one pass; where two overlap, the earlier and longer one wins;
    an insertion at the start of a replacement stands before it."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end > e.span.start, -e.span.end)):
        if not kept or edit.span.start >= kept[-1].span.end:
            kept.append(edit)
    pieces: list[str] = []
    position = 0
    for edit in kept:
        pieces += (text[position : edit.span.start], edit.text)
        position = edit.span.end
    pieces.append(text[position:])
    return Edited(text="".join(pieces), edits=tuple(kept))
