"""Dates: the same day of the same month on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtkit.checks.base import CheckContext, changed, finding
from mtkit.text.dates import dated_fractions, find_dates, mismatches, month_first, named_months
from mtkit.types import Finding, Segment, Severity

_NUMBERS = re.compile(r"\d+")


class DateCheck:
    """A date of the source stands in the target with another day, month or year, or a month named in
    words has become another.

    A date that is missing altogether is the number check's to tell. English dates in digits are read with the
    day first; where they may be meant the other way that is told for information, and the other way is right,
    too. Known false alarms: lunar and solar
    dates of one event; days reckoned in another time zone.
    """

    id = "date"
    severity = Severity.ERROR
    its_type = "numbers"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        wrong = mismatches(segment.source, segment.src_lang, target, segment.tgt_lang)
        ambiguous = [
            date
            for date in (find_dates(segment.source, "en") if segment.src_lang == "en" else ())
            if month_first(date, segment.source)
        ]
        for date in ambiguous:
            written = date.span.of(segment.source)
            message = f"{written} may be day {date.day} or month {date.day}; it is read with the day first."
            yield finding(self, segment, message, severity=Severity.INFO, src_span=date.span)
        for expected, found in wrong:
            if expected not in ambiguous or (found.day, found.month) != (expected.month, expected.day):
                yield changed(self, segment, target, expected.span, found.span)
        for src_span, tgt_span in dated_fractions(segment.source, segment.src_lang, target):
            yield changed(self, segment, target, src_span, tgt_span)
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
