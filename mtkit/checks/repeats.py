"""Sentences that come twice: translated in two ways, or two that became one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtkit.checks.base import CheckContext, finding
from mtkit.checks.variants import Variants
from mtkit.types import Finding, Segment, Severity, Span

_WORD = re.compile(r"\w+")
_SPACES = 2
"""Of a sentence long enough to mean the same each time."""
_EDGES = " .,;:!?…«»\"“”'()"
_ALIKE = 0.5


class TranslationConsistencyCheck:
    """One sentence of the source is translated in several ways within a document.

    Sentences of three words and more count, capitals and punctuation do not. Known false alarms: a phrase
    that means something else in its second place.
    """

    id = "translation-consistency"
    severity = Severity.WARNING
    its_type = "inconsistency"
    needs_source = True

    def run(
        self, segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
    ) -> Iterator[Finding]:
        translated = Variants[tuple[str, ...], tuple[str, ...]]()
        for number in _said_again([segment.source for segment in segments]):
            segment, target = segments[number], targets[number]
            if target.strip():
                span = Span(0, len(target))
                translated.add(_words(segment.source), _words(target), segment, target, span)
        for odd in translated.odd_ones():
            message = odd.said("has the same source as")
            yield finding(self, odd.first.segment, message, tgt_span=odd.first.span)


class SameTargetCheck:
    """Sentences of the source that have little in common became one and the same in the target.

    As when a line was pasted twice. Sentences of three words and more count. Known false alarms: none known.
    """

    id = "same-target"
    severity = Severity.WARNING
    its_type = "mistranslation"
    needs_source = True

    def run(
        self, segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
    ) -> Iterator[Finding]:
        first: dict[tuple[str, ...], Segment] = {}
        for number in _said_again(targets):
            segment, target = segments[number], targets[number]
            other = first.setdefault(_words(target), segment)
            if other is not segment and not _alike(other.source, segment.source):
                message = f"The same as in segment {other.id}, whose source is: {other.source}"
                yield finding(self, segment, message, tgt_span=Span(0, len(target)))


def _said_again(texts: Sequence[str]) -> list[int]:
    """Places of the texts of three words and more that come more than once, capitals and edges apart."""
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        if text.count(" ") >= _SPACES:
            places.setdefault(text.strip(_EDGES).casefold(), []).append(number)
    return sorted(number for each in places.values() if len(each) > 1 for number in each)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _alike(one: str, other: str) -> bool:
    words, others = set(_words(one)), set(_words(other))
    return len(words & others) > _ALIKE * min(len(words), len(others))
