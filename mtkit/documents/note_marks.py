"""Marks of notes: raised figures and links like [1] that belong to the page, not to its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mtkit.documents.parts import Break, Part, Tag, TagKind, Text

_BRACKETED_MARK = re.compile(r"[\[(]\d{1,3}(?:[,;–-] ?\d{1,3})*[\])]|[*†‡§]+")
_NUMBERED_MARK = re.compile(r"\d{1,3}")
_ENDS_SENTENCE = (".", "!", "?", "…", ")", "]", "»", "”", '"')
_POWER_BASE = re.compile(r"(?:(?<![^\W\d_])(?<!['’])(?:[cdkmnµμ]?m|[дкмс]?м|ft|s|с)|(?<![\d/.,-])10)\Z")
"""A unit, or the ten of a power."""
_LONGEST_MARK = 16


def with_whole_marks(parts: Sequence[Part]) -> Iterator[Part]:
    """Parts with the mark of each note (<sup>2</sup>, a link [1]) as one tag that no sentence has in it.

    A figure raised or lowered in a formula stays in its word, as a pair that goes where its target has none.
    """
    before, index, optional = "", 0, set[int]()
    while index < len(parts):
        part = parts[index]
        end = _closing(parts, index) if isinstance(part, Tag) and part.role == "open" and part.kind else None
        if isinstance(part, Tag) and end:
            held = "".join(each.text for each in parts[index:end] if isinstance(each, Text))
            after = _text_after(parts, end)
            if _is_mark(part.kind, held, before, after):
                pieces = ((each.raw,) if isinstance(each, Text) else each.pieces for each in parts[index:end])
                yield Tag("alone", tuple(piece for some in pieces for piece in some))
                if held[-1].isspace() and after[:1].isalnum():
                    yield Text(" ", "")
                index = end
                continue
            if part.kind != "link" and before[-1:].isalnum():
                optional |= {index, end - 1}
        if isinstance(part, Text):
            before = (before + part.text)[-8:]
        elif isinstance(part, Break):
            before = ""
        yield replace(part, optional=True) if isinstance(part, Tag) and index in optional else part
        index += 1


def _closing(parts: Sequence[Part], start: int) -> int | None:
    """One past the tag that closes the one at `start`, where they hold something, but no letter."""
    depth, held = 0, ""
    for index, part in enumerate(parts[start : start + _LONGEST_MARK], start):
        if isinstance(part, Break):
            return None
        if isinstance(part, Text):
            held += part.text
            if any(map(str.isalpha, part.text)):
                return None
        else:
            depth += {"open": 1, "close": -1, "alone": 0}[part.role]
            if not depth:
                return index + 1 if held.strip() else None
    return None


def _text_after(parts: Sequence[Part], start: int) -> str:
    for index in range(start, len(parts)):
        part = parts[index]
        if isinstance(part, Break):
            return ""
        if isinstance(part, Text) and part.text:
            return part.text
    return ""


def _is_mark(kind: TagKind, held: str, before: str, after: str) -> bool:
    """Whether what a tag holds marks a note, rather than being a figure of the text or of a formula."""
    text = held.strip()
    if kind == "link":
        is_behind = before[-1:].isalpha() or before.endswith(_ENDS_SENTENCE)
        is_numbered = _NUMBERED_MARK.fullmatch(text) and is_behind and not after[:1].isalnum()
        return bool(_BRACKETED_MARK.fullmatch(text) or is_numbered)
    is_formula = kind == "sub" or (text == held and after[:1].isalpha()) or _POWER_BASE.search(before)
    return not (is_formula and before[-1:].isalnum() and any(map(str.isdigit, text)))
