"""What is a term elsewhere and here part of a name or a code: «Nguyễn Quốc Khánh», 15/QĐ-UBND."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mtkit.names.find import find_names
from mtkit.text.placeables import Kind, find_placeables
from mtkit.types import Span

_CAPITALISED_BEFORE = re.compile(r"[^\W\d_]+[ \u00a0]$")
_MAY_HAVE_CODE = re.compile(r"\d\w*[-/]|[-/]\w*\d")
_LONGEST_IN_CAPITALS = 4
"""Syllables of a name in capitals, behind which a title in capitals may go on."""


def within_others(text: str, lang: str, spans: Sequence[Span]) -> frozenset[Span]:
    """Those of the spans that are only part of a person's name, or of a code, of an NFC text."""
    return _within_names(text, lang, spans) | _within_codes(text, lang, spans)


def _within_names(text: str, lang: str, spans: Iterable[Span]) -> frozenset[Span]:
    """Those of the spans that lie in a person's name of an NFC text, behind the surname."""
    likely = [span for span in spans if _follows_a_capital(text, span)]
    if not likely:
        return frozenset()
    names = [
        name.span
        for name in find_names(text, lang)
        if name.kind == "person"
        and not (name.text.isupper() and len(name.text.split()) > _LONGEST_IN_CAPITALS)
    ]
    return frozenset(
        span for span in likely for name in names if name.start < span.start and span.end <= name.end
    )


def _follows_a_capital(text: str, span: Span) -> bool:
    before = _CAPITALISED_BEFORE.search(text, 0, span.start)
    return before is not None and before[0][0].isupper() and text[span.start].isupper()


def _within_codes(text: str, lang: str, spans: Sequence[Span]) -> frozenset[Span]:
    if not spans or not _MAY_HAVE_CODE.search(text):
        return frozenset()
    codes = [each.span for each in find_placeables(text, lang) if each.kind is Kind.CODE]
    return frozenset(
        span
        for span in spans
        for code in codes
        if code.start <= span.start and span.end <= code.end and span != code
    )
