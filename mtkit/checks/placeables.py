"""What must be the same on both sides: document codes, URLs, e-mail addresses, and the values of numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtkit.checks.analysis import fixed_spans, placeables
from mtkit.checks.base import CheckContext, finding
from mtkit.checks.dates import mismatches
from mtkit.checks.quantities import Quantity, Value, find_quantities, same_digits
from mtkit.text.placeables import Kind, Placeable
from mtkit.text.unicode import strip_diacritics
from mtkit.types import Finding, Segment, Severity, Span

_DIGIT = re.compile(r"\d")
_WORDS_JOINED = re.compile(r"^\d+-[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)*$")
"""What looks like a code in a headline with capitals: 4-Year-Old."""


class _CopiedCheck:
    """Placeables of some kinds stand in the target as often as in the source; diacritics do not count."""

    id: str
    severity = Severity.ERROR
    its_type = "mistranslation"
    needs_source = True
    kinds: tuple[Kind, ...]

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        source_side = self._find(segment.source, segment.src_lang)
        target_side = self._find(target, segment.tgt_lang)
        extra = _surplus(target_side, source_side)
        for missing in _surplus(source_side, target_side):
            instead = extra.pop(0) if extra else None
            yield finding(
                self,
                segment,
                f"{missing.text} is missing" + (f"; the target has {instead.text}." if instead else "."),
                src_span=missing.span,
                tgt_span=instead.span if instead else None,
                suggestion=missing.text,
            )
        for placeable in extra:
            if not self._is_completed(placeable, segment.source):
                yield finding(
                    self, segment, f"{placeable.text} is not in the source.", tgt_span=placeable.span
                )

    def _find(self, text: str, lang: str) -> list[Placeable]:
        if not fixed_spans(text, lang):
            return []
        found = (placeable for placeable in placeables(text, lang) if placeable.kind in self.kinds)
        return [placeable for placeable in found if not _WORDS_JOINED.search(placeable.text)]

    def _is_completed(self, placeable: Placeable, source: str) -> bool:
        """Whether the source has the beginning of it, as "Resolution 57" of 57-NQ/TW."""
        number = re.match(r"\d+", placeable.text)
        return bool(number and re.search(rf"(?<!\d){number.group()}(?!\d)", source))


def _surplus(side: list[Placeable], other: list[Placeable]) -> list[Placeable]:
    left = Counter(strip_diacritics(placeable.value) for placeable in other)
    surplus = []
    for placeable in side:
        value = strip_diacritics(placeable.value)
        if left[value]:
            left[value] -= 1
        else:
            surplus.append(placeable)
    return surplus


class DocumentCodeCheck(_CopiedCheck):
    """A document code (57-NQ/TW) is missing, changed or not in the source.

    Diacritics do not count, and a code may complete a bare number ("Resolution 57"). Known false alarms: a
    code that the target mentions more often than the source.
    """

    id = "document-code"
    kinds = (Kind.CODE,)


class UrlEmailCheck(_CopiedCheck):
    """A URL or an e-mail address is missing, changed or not in the source.

    Known false alarms: addresses of language versions (…/en/ for …/ru/).
    """

    id = "url-email"
    kinds = (Kind.URL, Kind.EMAIL)


class NumberCheck:
    """A number written in digits has its value nowhere on the other side, in whatever notation.

    Dates that the date check reports are left to it. Number words, months and Roman numerals excuse digits
    on the other side but are not asked for themselves.
    Known false alarms: converted units, sums and differences worked out by the translator.
    """

    id = "number"
    severity = Severity.ERROR
    its_type = "numbers"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if not _DIGIT.search(segment.source) and not _DIGIT.search(target):
            return
        if same_digits(segment.source, segment.src_lang, target, segment.tgt_lang):
            return
        source_side = find_quantities(segment.source, segment.src_lang)
        target_side = find_quantities(target, segment.tgt_lang)
        wrong_dates = mismatches(segment.source, segment.src_lang, target, segment.tgt_lang)
        source_side = _outside(source_side, [date.span for date, _ in wrong_dates])
        target_side = _outside(target_side, [date.span for _, date in wrong_dates])
        extra = _unmatched(target_side, source_side)
        for missing in _unmatched(source_side, target_side):
            instead = extra.pop(0) if extra else None
            yield finding(
                self,
                segment,
                f"{missing.text} is missing" + (f"; the target has {instead.text}." if instead else "."),
                src_span=missing.span,
                tgt_span=instead.span if instead else None,
            )
        for quantity in extra:
            yield finding(self, segment, f"{quantity.text} is not in the source.", tgt_span=quantity.span)


def _unmatched(side: list[Quantity], other: list[Quantity]) -> list[Quantity]:
    """Numbers in digits whose value is nowhere on the other side; how often it stands there is style."""
    known = frozenset[Value]().union(*(quantity.values for quantity in other))
    return [quantity for quantity in side if quantity.digits and not quantity.values & known]


def _outside(side: list[Quantity], dates: list[Span]) -> list[Quantity]:
    return [quantity for quantity in side if not any(quantity.span.overlaps(span) for span in dates)]
