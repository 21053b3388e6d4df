"""Words of persons' names that are terms elsewhere: «Nguyễn Quốc Khánh» has no «Quốc khánh»."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mtkit.names.find import find_names
from mtkit.types import Span

_CAPITALISED_BEFORE = re.compile(r"[^\W\d_]+[ \u00a0]$")
_LONGEST_IN_CAPITALS = 4
"""Syllables of a name in capitals, behind which a title in capitals may go on."""


def within_names(text: str, lang: str, spans: Iterable[Span]) -> frozenset[Span]:
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
