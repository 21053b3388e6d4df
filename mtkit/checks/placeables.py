"""What must be the same on both sides: document codes, URLs, e-mail addresses, and the values of numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mtkit.checks.analysis import fixed, has_digits, is_quoted
from mtkit.checks.base import CheckContext, Pair, changed, finding
from mtkit.checks.quantities import Quantity, Value, designations, find_quantities, same_digits
from mtkit.checks.units import is_conversion
from mtkit.text.dates import mismatches
from mtkit.text.minus import MINUS, lost_minuses
from mtkit.text.placeables import Kind, Placeable
from mtkit.text.times import agreed_times, differing_times
from mtkit.text.unicode import strip_diacritics
from mtkit.types import Finding, Segment, Severity, Span

_LATIN_LETTERS = "A B BCV DG DEZ EF CZ IN K L M HN O P RP CS T UY F HX C UY"
"""What a Cyrillic letter after a number may be in Latin: by sound, look, or place in the alphabet."""
_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_LETTERED = re.compile(r"(?<![\w.,/-])(\d{1,4})-?([A-ZА-Я])(?![\w/-]|\.\w)")
_LATIN_OF = dict(zip("АБВГДЕЗИКЛМНОПРСТУФХЦЮ", _LATIN_LETTERS.split(), strict=True))
_REACH = 24
_COMPANY = re.compile(r"([A-Z]\w+)\.com")
_NO_CODE = re.compile(r"^(?:\d+-[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)*$|[%$\{⟦])")
"""What is found as a code and is none: 4-Year-Old in a headline, placeholders, which are inline tags."""


class _CopiedCheck:
    """Placeables of some kinds stand in the target as often as in the source; diacritics do not count."""

    id: str
    severity = Severity.ERROR
    its_type = "mistranslation"
    needs_source = True
    kinds: tuple[Kind, ...]

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if not fixed(segment.source) and not fixed(target):
            return
        source_side, target_side = self._find(segment.source), self._find(target)
        extra = _surplus(target_side, source_side)
        for missing in _surplus(source_side, target_side):
            if self._is_named(missing, target):
                continue
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

    def _find(self, text: str) -> list[Placeable]:
        found = (placeable for placeable in fixed(text) if placeable.kind in self.kinds)
        return [placeable for placeable in found if not _NO_CODE.search(placeable.text)]

    def _is_named(self, placeable: Placeable, target: str) -> bool:
        """Whether the target has it in another, right form."""
        return False

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
    signs = "0%{⟦"
    kinds = (Kind.CODE,)


class UrlEmailCheck(_CopiedCheck):
    """A URL or an e-mail address is missing, changed or not in the source.

    A company may lose its domain («Amazon» for Amazon.com). Known false alarms: addresses of language
    versions (…/en/ for …/ru/).
    """

    id = "url-email"
    kinds = (Kind.URL, Kind.EMAIL)

    def _is_named(self, placeable: Placeable, target: str) -> bool:
        name = _COMPANY.fullmatch(placeable.text)
        return bool(name and re.search(rf"(?<!\w){re.escape(name.group(1))}(?!\w|\.\w)", target))


class NumberCheck:
    """A number in digits or a Roman numeral has its value nowhere on the other side, in whatever notation, or
    has another letter after it there (7A, «7Б») or no minus (-2.5°C, «2,5 °C»).

    Dates and times that the checks of those report are left to them. Number words and months excuse digits on
    the other side but are not asked for themselves; units turned into metric ones are right. A number in the
    notation of the source («12.500») is a warning, so is a Roman numeral in whose place no other number
    stands, and a number that only a title in quotation marks has, or that has moved to or from a neighbouring
    segment. Known false alarms: sums and differences worked out by the translator; numbers that are part of a
    name ("10 Downing Street", "4-wheel drive").
    """

    id = "number"
    severity = Severity.ERROR
    its_type = "numbers"
    needs_source = True
    signs = "0IVXLІХ"

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        yield from self._other_letters(segment, target)
        yield from self._lost_minuses(segment, target)
        sides = (segment.source, segment.src_lang), (target, segment.tgt_lang)
        digits = any(has_digits(text) for text, _ in sides) and not same_digits(*sides[0], *sides[1])
        if not digits and designations(*sides[0]) == designations(*sides[1]):
            return
        source_side = find_quantities(segment.source, segment.src_lang)
        target_side = find_quantities(target, segment.tgt_lang)
        source_told, target_told = _told(segment, target)
        source_side, target_side = _outside(source_side, source_told), _outside(target_side, target_told)
        extra = _unmatched(target_side, source_side, digits)
        missing_ones = []
        converted: set[Quantity] = set()
        for missing in _unmatched(source_side, target_side, digits):
            found = _conversions(missing, segment, extra)
            converted.update(found)
            if not found:
                missing_ones.append(missing)
        extra = [each for each in extra if each not in converted]
        for missing in missing_ones:
            instead = min(extra, key=lambda each: each.roman != missing.roman, default=None)
            if instead is not None:
                extra.remove(instead)
            if instead is not None and _is_foreign_notation(missing.text, instead.text):
                message = f"{instead.text} is not how Russian writes {missing.text}."
                yield finding(
                    self,
                    segment,
                    message,
                    severity=Severity.WARNING,
                    src_span=missing.span,
                    tgt_span=instead.span,
                )
                continue
            yield finding(
                self,
                segment,
                f"{missing.text} is missing" + (f"; the target has {instead.text}." if instead else "."),
                severity=Severity.WARNING if missing.roman and instead is None else self.severity,
                src_span=missing.span,
                tgt_span=instead.span if instead else None,
            )
        for quantity in extra:
            yield finding(
                self,
                segment,
                f"{quantity.text} is not in the source.",
                severity=Severity.WARNING if quantity.roman or is_quoted(target, quantity.span) else None,
                tgt_span=quantity.span,
            )

    def eased(self, found: Finding, segment: Segment, target: str, around: Sequence[Pair]) -> Finding:
        if found.severity is not self.severity or (found.src_span and found.tgt_span):
            return found
        if found.src_span is not None:
            values = _values(segment.source, segment.src_lang, found.src_span)
            moved = any(
                values & _values(other, each.tgt_lang) and not values & _values(each.source, each.src_lang)
                for each, other in around
            )
        else:
            values = _values(target, segment.tgt_lang, found.tgt_span)
            moved = any(values & _values(each.source, each.src_lang) for each, _ in around)
        if not moved:
            return found
        message = f"{found.message.removesuffix('.')}; a neighbouring segment has it."
        return replace(found, severity=Severity.WARNING, message=message)

    def _other_letters(self, segment: Segment, target: str) -> Iterator[Finding]:
        there = list(_LETTERED.finditer(target))
        for match in _LETTERED.finditer(segment.source) if there else ():
            same = [each for each in there if each[1] == match[1]]
            if same and not any(match[2] in _LATIN_OF.get(each[2], each[2]) for each in same):
                yield changed(self, segment, target, Span(*match.span()), Span(*same[0].span()))

    def _lost_minuses(self, segment: Segment, target: str) -> Iterator[Finding]:
        for negative, there in lost_minuses(segment.source, segment.src_lang, target):
            number = there.of(target)
            yield finding(
                self,
                segment,
                f"{negative.span.of(segment.source)} has lost its minus; the target has {number}.",
                src_span=negative.span,
                tgt_span=there,
                suggestion=MINUS + number,
            )


def _told(segment: Segment, target: str) -> tuple[list[Span], list[Span]]:
    """Where numbers stand of which the date check or the time check tells, and times that both sides have."""
    pair = segment.source, segment.src_lang, target, segment.tgt_lang
    source_told, target_told = agreed_times(*pair)
    for wrong in (mismatches(*pair), zip(*differing_times(*pair), strict=False)):
        for expected, found in wrong:
            source_told.append(expected.span)
            target_told.append(found.span)
    return source_told, target_told


def _values(text: str, lang: str, within: Span | None = None) -> frozenset[Value]:
    """Every value of the numbers of a text, or of a stretch of it."""
    found = find_quantities(text, lang)
    return frozenset[Value]().union(*(q.values for q in found if within is None or q.span.overlaps(within)))


def _unmatched(side: list[Quantity], other: list[Quantity], digits: bool) -> list[Quantity]:
    """Roman numerals, and numbers in `digits`, whose value is nowhere on the other side.

    Each stands there once; how often it is in the text is style. No idiom excuses a Roman numeral.
    """
    sure = frozenset[Value]().union(*(quantity.values for quantity in other if not quantity.idiom))
    known = sure.union(*(quantity.values for quantity in other))
    unmatched: dict[str, Quantity] = {}
    for quantity in side:
        asked = quantity.roman or (quantity.digits and digits)
        if asked and not quantity.values & (sure if quantity.roman else known):
            unmatched.setdefault(quantity.text, quantity)
    return list(unmatched.values())


def _conversions(missing: Quantity, segment: Segment, extra: list[Quantity]) -> list[Quantity]:
    """The numbers of the target that are the missing one in metric units."""
    after = _after(missing, segment.source)
    return [
        each
        for each in extra
        if any(
            is_conversion(one, after, segment.src_lang, other)
            for one in missing.values
            for other in each.values
        )
    ]


def _after(quantity: Quantity, text: str) -> str:
    return text[quantity.span.end : quantity.span.end + _REACH]


def _is_foreign_notation(source: str, target: str) -> bool:
    """Whether a number has kept the groups of the source: 12,500 as «12.500» or «12,500»."""
    if not (_GROUPS.fullmatch(source) and _GROUPS.fullmatch(target)):
        return False
    return source.replace(",", ".") == target.replace(",", ".")


def _outside(side: list[Quantity], told: list[Span]) -> list[Quantity]:
    return [quantity for quantity in side if not any(quantity.span.overlaps(span) for span in told)]
