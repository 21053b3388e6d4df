"""Russian typography, for information: each finding has its fix.

The fixes are those of mtkit.text.typography, told apart by what they change; digits and ё have their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from mtkit.checks.base import CheckContext, finding
from mtkit.errors import ConfigError
from mtkit.text.edits import Edit
from mtkit.text.morphology import fold_yo, like_case, parse, spellings
from mtkit.text.placeables import NO_BREAK_SPACE
from mtkit.text.typography import russian_typography
from mtkit.types import Finding, Segment, Severity, Span

_SPACES = (" ", NO_BREAK_SPACE)
_QUOTES = '"«»„“”'
_DASHES = "-–—"
_STRIDE = 64
"""How many characters are compared at once."""


_SPACED = re.compile(r"[ \u00a0](?:[ \u00a0.,;:!?]|(?:--?|–)[ \u00a0])| —")
_DIGITS = re.compile(r"\d(?: \d|\d{4})")
_NUMBER_SIGN = re.compile(r"№(?!\u00a0)")
_NESTED = re.compile("«[^»]*«")


def _may_change(text: str) -> bool:
    """A quick look for what house typography may have something to say about."""
    if '"' in text or "“" in text or "”" in text or "„" in text or "—\u00a0" in text:
        return True
    if ("«" in text and _NESTED.search(text)) or ("№" in text and _NUMBER_SIGN.search(text)):
        return True
    return _SPACED.search(text) is not None or _DIGITS.search(text) is not None


class _Change(StrEnum):
    QUOTES = "quotes"
    DASH = "dash"
    DIGITS = "digit-groups"
    NUMBER_SIGN = "number-sign"
    DOUBLE_SPACE = "double-space"
    SPACE_BEFORE = "space-before-punctuation"


_MESSAGES: dict[str, str] = {
    _Change.QUOTES: "Quotation marks: {new} in place of {old}.",
    _Change.DASH: "A dash is — with a no-break space before it.",
    _Change.DIGITS: "No-break spaces between groups of digits.",
    _Change.NUMBER_SIGN: "A no-break space after №.",
    _Change.DOUBLE_SPACE: "A doubled space.",
    _Change.SPACE_BEFORE: "A space before a punctuation mark.",
}


@lru_cache(maxsize=64)
def _changes(text: str) -> Mapping[str, Sequence[Edit]]:
    """What house typography changes in a text, edit by edit, by kind."""
    found: dict[str, list[Edit]] = {}
    if _may_change(text) and (wanted := russian_typography(text)) != text:
        for change, edit in _compare(text, wanted):
            found.setdefault(change, []).append(edit)
    return found


def _compare(old: str, new: str) -> Iterator[tuple[_Change, Edit]]:
    """Edits between two texts that differ only in quotes, dashes and spaces."""
    i = j = 0
    stride = _STRIDE
    while i < len(old) or j < len(new):
        if (same := old[i : i + stride]) and same == new[j : j + stride]:
            i, j = i + len(same), j + len(same)
            continue
        if stride > 1:
            stride //= 2
            continue
        stride = _STRIDE
        before, begin = old[i - 1 : i], i
        start = j
        while i < len(old) and old[i] in _SPACES + tuple(_DASHES):
            i += 1
        while j < len(new) and new[j] in _SPACES + tuple(_DASHES):
            j += 1
        if i == begin and j == start:
            i, j = i + 1, j + 1
        removed, added = old[begin:i], new[start:j]
        after = old[i : i + 1]
        yield _kind(before, removed, added, after), Edit(span=Span(begin, i), text=added)


def _kind(before: str, removed: str, added: str, after: str) -> _Change:
    if set(removed) & set(_QUOTES):
        return _Change.QUOTES
    if "—" in added or (set(removed) & set(_DASHES)):
        return _Change.DASH
    if before == "№":
        return _Change.NUMBER_SIGN
    if before.isdigit() and after.isdigit():
        return _Change.DIGITS
    doubled = added or len(removed) > 1 or before in _SPACES
    return _Change.DOUBLE_SPACE if doubled else _Change.SPACE_BEFORE


class _TypographyCheck:
    """One kind of change that house typography asks for."""

    severity = Severity.INFO
    its_type = "typographical"
    needs_source = False
    id: str

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterable[Finding]:
        edits = _changes(target).get(self.id, ()) if segment.tgt_lang == "ru" else ()
        return [
            finding(
                self,
                segment,
                _MESSAGES[self.id].format(old=edit.span.of(target), new=edit.text),
                tgt_span=edit.span,
                suggestion=edit.text,
            )
            for edit in edits
        ]


class QuotesCheck(_TypographyCheck):
    """Quotation marks are not «ёлочки» with „лапки“ inside.

    Reported only where all marks of a line pair up. Known false alarms: inches.
    """

    id = "quotes"
    signs = _QUOTES


class DashCheck(_TypographyCheck):
    """A hyphen or an en dash stands for a dash, or no no-break space stands before an em dash.

    Ranges, minus signs and compounds are left alone. Known false alarms: none known.
    """

    id = "dash"
    signs = _DASHES


class NumberSignCheck(_TypographyCheck):
    """No no-break space after №. Known false alarms: none known."""

    id = "number-sign"
    signs = "№"
    its_type = "whitespace"


class DoubleSpaceCheck(_TypographyCheck):
    """Two or more spaces in a row. Known false alarms: tables drawn with spaces."""

    id = "double-space"
    its_type = "whitespace"


class SpaceBeforePunctuationCheck(_TypographyCheck):
    """A space before a punctuation mark. Known false alarms: none known."""

    id = "space-before-punctuation"
    its_type = "whitespace"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitGroupsOptions:
    """Numbers of `from_digits` digits and more are set in groups."""

    from_digits: int = 5


class DigitGroupsCheck(_TypographyCheck):
    """The digits of a long number are not in groups with no-break spaces between them.

    Telephone numbers, years, codes and solid numbers without a unit are left alone. Known false alarms:
    numbers of things that are not counted.
    """

    id = "digit-groups"
    signs = "0"
    its_type = "locale-violation"
    options_type = DigitGroupsOptions
    _solid_thousand = re.compile(
        rf"(?<![\w.,/:+–—-])(?<!№[ {NO_BREAK_SPACE}])([1-9])(\d{{3}})(?=[ {NO_BREAK_SPACE}]"
        r"(?:донг|доллар|рубл|евро|человек|жител|сем[ье]|тонн|гектар|километр|метр|штук|га|км|кг|т)\w*)"
    )

    def __init__(self, options: DigitGroupsOptions = DigitGroupsOptions()) -> None:
        self._from_digits = options.from_digits

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        yield from super().run(segment, target, context)
        if self._from_digits > 4 or segment.tgt_lang != "ru":
            return
        for match in self._solid_thousand.finditer(target):
            yield finding(
                self,
                segment,
                _MESSAGES[_Change.DIGITS],
                tgt_span=Span(*match.span()),
                suggestion=f"{match.group(1)}{NO_BREAK_SPACE}{match.group(2)}",
            )


class DecimalCommaCheck:
    """A decimal point where Russian has a comma.

    Only where it can be nothing else: before %, млн, млрд, трлн or a unit of measure. Known false alarms:
    none known.
    """

    id = "decimal-comma"
    severity = Severity.INFO
    its_type = "locale-violation"
    needs_source = False
    signs = "0"
    _point = re.compile(
        rf"(?<![\w.,/:-])(\d+)\.(\d+)(?=[ {NO_BREAK_SPACE}]?%"
        rf"|[ {NO_BREAK_SPACE}](?:тыс|млн|млрд|трлн|миллион|миллиард|триллион|процент|га|км|кг|кв)\w*)"
    )

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru":
            return
        for match in self._point.finditer(target):
            whole, fraction = match.groups()
            if len(fraction) == 3 and len(whole) < 4:
                continue  # 1.500 млн may be the thousands of the source
            span = Span(*match.span())
            message = f"A decimal comma: {whole},{fraction}."
            yield finding(self, segment, message, tgt_span=span, suggestion=f"{whole},{fraction}")


class HyphenSpaceCheck:
    """A space inside a hyphenated word («общественно -политический»).

    Reported where the first part ends as the parts of compounds do and the rest is an adjective. Known
    false alarms: none known.
    """

    id = "hyphen-space"
    severity = Severity.INFO
    its_type = "whitespace"
    needs_source = False
    signs = "-"
    _torn = re.compile(
        rf"(?<![\w-])([А-Яа-яё]+[ое])(?:[ {NO_BREAK_SPACE}]+-[ {NO_BREAK_SPACE}]*|-[ {NO_BREAK_SPACE}]+)"
        r"([а-яё]{4,})(?![\w-])"
    )

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru":
            return
        for match in self._torn.finditer(target):
            first, second = match.groups()
            readings = parse(second)
            if readings[0].pos != "ADJF" or parse(first.lower())[0].pos in ("NOUN", "VERB"):
                continue
            yield finding(
                self,
                segment,
                f"A space inside a word: {match.group()}.",
                tgt_span=Span(*match.span()),
                suggestion=f"{first}-{second}",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class YoOptions:
    """`policy`: "mixed" reports е in a document that writes ё too, "always" and "never" what they say."""

    policy: str = "mixed"


_YO_POLICIES = ("mixed", "always", "never")
_E_WORD = re.compile(r"(?<![\w-])[А-Яа-яё]*[еЕ][А-Яа-яё]*(?![\w-])")
_NEVER_YO = re.compile(r"(?<=...)(?:[оыие]е|и?ей|его|ему|ев|(?<=[бвгдзклмнпрстфхжшчц])е)$")
"""Endings whose е is never ё in a word of more than four letters."""
_YO_WORD = re.compile(r"(?<![\w-])[А-Яа-яёЁ]*[ёЁ][А-Яа-яёЁ]*(?![\w-])")


class YoCheck:
    """The letter ё against the policy: by default, е for it in a document that writes ё elsewhere.

    Only words that can be read in no other way («объем», not «все»). Known false alarms: names, and words
    that no dictionary has.
    """

    id = "yo"
    severity = Severity.INFO
    its_type = "inconsistency"
    needs_source = False
    options_type = YoOptions

    def __init__(self, options: YoOptions = YoOptions()) -> None:
        if options.policy not in _YO_POLICIES:
            raise ConfigError(
                f"The policy of check yo is {options.policy!r}.", f"Known: {', '.join(_YO_POLICIES)}."
            )
        self._policy = options.policy

    def run(
        self, segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
    ) -> Iterator[Finding]:
        if self._policy == "never":
            yield from self._without(segments, targets)
            return
        if self._policy == "mixed" and not any("ё" in target for target in targets):
            return
        for segment, target in zip(segments, targets, strict=True):
            if segment.tgt_lang != "ru":
                continue
            if not any(map(_with_yo, _E_WORD.findall(target))):
                continue
            for match in _E_WORD.finditer(target):
                word = _with_yo(match.group())
                if word is not None:
                    yield finding(
                        self,
                        segment,
                        f"{match.group()} is written with ё: {word}.",
                        tgt_span=Span(*match.span()),
                        suggestion=word,
                    )

    def _without(self, segments: Sequence[Segment], targets: Sequence[str]) -> Iterator[Finding]:
        for segment, target in zip(segments, targets, strict=True):
            for match in _YO_WORD.finditer(target):
                word = fold_yo(match.group())
                message = f"{match.group()} is written with е: {word}."
                yield finding(self, segment, message, tgt_span=Span(*match.span()), suggestion=word)


@lru_cache(maxsize=65536)
def _with_yo(surface: str) -> str | None:
    """The spelling with ё of a word that every reading has with ё; None for all others."""
    word = surface.lower()
    if "е" not in _NEVER_YO.sub("", word):
        return None
    spelt = spellings(word)
    return like_case(spelt[0], surface) if len(spelt) == 1 and spelt[0] != word else None
