"""Dates: the same day of the same month on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtkit.checks.base import CheckContext, changed
from mtkit.text.dates import mismatches, named_months
from mtkit.types import Finding, Segment, Severity

_NUMBERS = re.compile(r"\d+")


class DateCheck:
    """A date of the source stands in the target with another day, month or year, or a month named in
    words has become another.

    A date that is missing altogether is the number check's to tell. Known false alarms: lunar and solar
    dates of one event; days reckoned in another time zone.
    """

    id = "date"
    severity = Severity.ERROR
    its_type = "numbers"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        wrong = mismatches(segment.source, segment.src_lang, target, segment.tgt_lang)
        for expected, found in wrong:
            yield changed(self, segment, target, expected.span, found.span)
        if not wrong and segment.src_lang == "en":
            yield from self._renamed_month(segment, target)

    def _renamed_month(self, segment: Segment, target: str) -> Iterator[Finding]:
        expected = named_months(segment.source, "en")
        if not expected:
            return
        found = named_months(target, "ru")
        missing = [each for each in expected if each[0] not in {month for month, _ in found}]
        digits = {int(number) for number in _NUMBERS.findall(segment.source)}
        extra = [each for each in found if each[0] not in {m for m, _ in expected} and each[0] not in digits]
        for (_, src_span), (_, tgt_span) in zip(missing, extra, strict=False):
            yield changed(self, segment, target, src_span, tgt_span)
