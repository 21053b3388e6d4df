"""What must be the same on both sides: document codes, URLs, e-mail addresses, and the values of numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtkit.checks.base import CheckContext, finding
from mtkit.checks.quantities import Quantity, Value, find_quantities
from mtkit.text.placeables import Kind, Placeable, find_placeables
from mtkit.text.unicode import strip_diacritics
from mtkit.types import Finding, Segment, Severity

_DIGIT = re.compile(r"\d")


class _CopiedCheck:
    """Placeables of some kinds stand in the target as often as in the source; diacritics do not count."""

    id: str
    severity = Severity.ERROR
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
        return [placeable for placeable in find_placeables(text, lang) if placeable.kind in self.kinds]

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
    """Codes of documents (57-NQ/TW) come out as they are, Vietnamese letters included."""

    id = "document-code"
    kinds = (Kind.CODE,)


class UrlEmailCheck(_CopiedCheck):
    """URLs and e-mail addresses come out as they are."""

    id = "url-email"
    kinds = (Kind.URL, Kind.EMAIL)


class NumberCheck:
    """Each number written in digits has its value on the other side, in whatever notation.

    Number words, months and Roman numerals excuse digits on the other side but are not asked for themselves.
    Known false alarms: converted units, sums and differences worked out by the translator.
    """

    id = "number"
    severity = Severity.ERROR

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if not _DIGIT.search(segment.source) and not _DIGIT.search(target):
            return
        source_side = find_quantities(segment.source, segment.src_lang)
        target_side = find_quantities(target, segment.tgt_lang)
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
