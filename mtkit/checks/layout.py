"""How a segment is laid out: line breaks, spaces at its edges, the mark of a list item, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mtkit.checks.base import CheckContext, finding
from mtkit.types import Finding, Segment, Severity, Span


class LineBreaksCheck:
    """The target has more or fewer line breaks or tabs than the source.

    Those at the edges are left to edge-space. Known false alarms: lines that were wrapped by hand.
    """

    id = "line-breaks"
    severity = Severity.WARNING
    its_type = "formatting"
    needs_source = True
    signs = "\n\t"

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        source, inside = segment.source.strip(), target.strip()
        for mark, name in (("\n", "line breaks"), ("\t", "tabs")):
            wanted, there = source.count(mark), inside.count(mark)
            if wanted != there:
                message = f"The target has {there} {name}, the source {wanted}."
                yield finding(self, segment, message, tgt_span=Span(0, len(target)))


class EdgeSpaceCheck:
    """White space at the beginning or the end of the target is not that of the source.

    In a program such a space joins two strings. Known false alarms: none known.
    """

    id = "edge-space"
    severity = Severity.INFO
    its_type = "whitespace"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        source = segment.source
        if not (
            source[:1].isspace() or source[-1:].isspace() or target[:1].isspace() or target[-1:].isspace()
        ):
            return
        first, last = len(target) - len(target.lstrip()), len(target.rstrip())
        wanted = source[: len(source) - len(source.lstrip())], source[len(source.rstrip()) :]
        for place, span, space in (
            ("beginning", Span(0, first), wanted[0]),
            ("end", Span(last, len(target)), wanted[1]),
        ):
            if span.of(target) != space:
                message = f"The spaces at the {place} are not those of the source."
                yield finding(self, segment, message, tgt_span=span, suggestion=space)


class ListMarkerCheck:
    """The source begins with the mark of a list item (-, •, 2., b)) and the target does not, or the other
    way round, or with another number.

    The dash of direct speech may be added. Known false alarms: a sentence that begins with an initial.
    """

    id = "list-marker"
    severity = Severity.WARNING
    its_type = "formatting"
    needs_source = True
    _marker = re.compile(
        r"\s*(?:(?P<dash>[-–—])|[•*▪◦·]|\(?(?P<item>\d{1,3}|[^\W\d_])\)|(?P<number>\d{1,3})\.)\s"
    )

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        wanted, there = self._marker.match(segment.source), self._marker.match(target)
        if wanted is None:
            if there is not None and not there["dash"]:
                message = f"{there[0].strip()} at the beginning, the source has no list mark."
                yield finding(self, segment, message, tgt_span=Span(*there.span()))
        elif there is None:
            yield finding(self, segment, f"{wanted[0].strip()} is missing at the beginning.")
        elif _number(wanted) != _number(there):
            message = f"{there[0].strip()} at the beginning, the source has {wanted[0].strip()}."
            yield finding(self, segment, message, tgt_span=Span(*there.span()))


def _number(marker: re.Match[str]) -> str:
    number = marker["number"] or marker["item"] or ""
    return number if number.isdigit() else ""


class StartCapitalCheck:
    """The source begins with a capital, the target with a small letter.

    Items of a list, which end with a semicolon, may, and so may the last of them, and what stands in
    brackets as a whole. Known false alarms: a source that begins with a name in the middle of a sentence.
    """

    id = "start-capital"
    severity = Severity.WARNING
    its_type = "typographical"
    needs_source = True
    _aside = re.compile(r"[(\[][^()\[\].!?…]*[)\]]")
    _opening = "\"'«„“‘([{—–-•… \u00a0"

    def run(
        self, segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
    ) -> Iterator[Finding]:
        for segment, (before, target) in zip(segments, pairwise(("", *targets)), strict=True):
            source, start = segment.source.lstrip(self._opening), target.lstrip(self._opening)
            if not ("а" <= start[:1] <= "ё" and source[:1].isupper()) or self._is_item(before, target):
                continue
            if self._aside.fullmatch(target.strip()):
                continue
            place = len(target) - len(start)
            yield finding(
                self,
                segment,
                f"{start[0]} at the beginning, the source has a capital.",
                tgt_span=Span(place, place + 1),
                suggestion=start[0].upper(),
            )

    @staticmethod
    def _is_item(before: str, target: str) -> bool:
        return target.endswith(";") or (before.endswith(";") and before.lstrip()[:1].islower())


class CapitalsCheck:
    """The target, or three words of it in a row, is in capitals, and the source is not.

    Known false alarms: abbreviations one after the other.
    """

    id = "capitals"
    severity = Severity.WARNING
    its_type = "style"
    needs_source = True
    _shouted = re.compile(
        r"(?<![\w-])[А-ЯЁ]{4,}(?:[ \u00a0,–—-]+[А-ЯЁ]{1,}){1,}(?:[ \u00a0,–—-]+[А-ЯЁ]{4,})(?![\w-])"
    )
    _loud = re.compile(r"[А-ЯЁ]{4}")
    _capitals = re.compile(r"[^\W\d_a-z]{4,}")

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        found = self._shouted.search(target) if self._loud.search(target) else None
        if found and not any(word.isupper() for word in self._capitals.findall(segment.source)):
            yield finding(self, segment, f"In capitals: {found[0]}.", tgt_span=Span(*found.span()))
