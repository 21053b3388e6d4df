"""Marks that come in pairs, the mark at the end, and marks that stand too close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from mtkit.checks.analysis import fixed
from mtkit.checks.base import CheckContext, finding
from mtkit.types import Finding, Segment, Severity, Span

_BRACKETS = {")": "(", "]": "[", "}": "{"}
_QUOTES = {"»": "«"}
_PAIRED = re.compile(r"[()\[\]{}«»\"„“”]")
_QUOTE_EDGES = (
    (
        re.compile(r"(?<![\w'])['‘](?=\w)"),
        re.compile(r"(?<=[\w.,!?…])(?<!s)['’](?![\w'])|(?<=s)['’](?! [a-z])(?!\w)"),
    ),
    (re.compile(r"(?<!\S)\"(?=\w)"), re.compile(r"(?<=[\w.,!?…'’\"])\"(?=\W|$)")),
)
"""How single and double straight marks open and close in a source."""
_ENUMERATOR = re.compile(r"(?:^|(?<=[\s;:,.]))(?:[а-яёa-z]|\d{1,2})\)(?=\s)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"«»„“”‘]|(?<!\w)'")
_SET_OFF = re.compile(r"[—–] .*[—–] |\[")
_QUOTE_OPENS = re.compile(r"(?<![^\s([{\"“„«—–-])[\"“„](?=\S)")
_AFTER_QUOTATION = re.compile(r"[.,!?…]*\s*(?:$|[-–—])")
_SMILEY = re.compile(r"[:;]-?[()]+")

_CLOSERS = " \u00a0\"'»”“’)]}*_"
_FINAL = ".!?…:;,"
_SENTENCE = 40
_WEAK = frozenset(":;,")
_ASKING = frozenset("?!")
_ABBREVIATED = re.compile(
    r"(?:\b[A-ZА-ЯЁĐ]|\.\w|\b(?:Inc|Co|Ltd|Jr|Sr|Corp|etc|гг?|вв?|руб|долл|тыс|др|пр))\.[\"'»”)\s]*$"
)
_SAME = {"…": ".", "。": ".", "？": "?", "！": "!", "：": ":", "；": ";"}


class PairedMarksCheck:
    """A bracket or a quotation mark has no partner.

    A source with the same odd mark excuses the target, as in a quotation that goes on in the next segment; a
    quotation mark at the very edge, where the source has none at all, is for information. One mark may end
    two quotations of which one is inside the other. Known false alarms: inches and minutes of arc.
    """

    id = "paired-marks"
    severity = Severity.WARNING
    its_type = "typographical"
    needs_source = False
    signs = '()[]{}«»"„“”'

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        odd = _unpaired(target)
        if not odd:
            return
        excused = {_kind(mark) for mark, _ in _unpaired(segment.source)}
        if any(len(a.findall(segment.source)) != len(b.findall(segment.source)) for a, b in _QUOTE_EDGES):
            excused.add("quote")
        for mark, position in odd:
            if _kind(mark) not in excused:
                yield finding(
                    self,
                    segment,
                    f"{mark} has no partner.",
                    severity=Severity.INFO if _may_go_on(mark, position, target, segment.source) else None,
                    tgt_span=Span(position, position + 1),
                )


def _may_go_on(mark: str, position: int, target: str, source: str) -> bool:
    """Whether a quotation of several sentences can begin or end with this segment."""
    if _kind(mark) == "bracket" or not source or _QUOTED.search(source):
        return False
    return not target[:position].strip() or not target[position + 1 :].strip(_FINAL + _CLOSERS)


def _kind(mark: str) -> str:
    return "bracket" if mark in "()[]{}" else "quote"


def _unpaired(text: str) -> list[tuple[str, int]]:
    """Marks without a partner, with their places."""
    if not _PAIRED.search(text):
        return []
    enumerators = {
        match.end() - 1
        for match in _ENUMERATOR.finditer(text)
        if text.rfind("(", 0, match.start()) <= text.rfind(")", 0, match.start())
    }
    smileys = {place for match in _SMILEY.finditer(text) for place in range(*match.span())}
    opened: list[tuple[str, int]] = []
    odd: list[tuple[str, int]] = []
    straight: list[int] = []
    curly: list[int] = []
    for match in _PAIRED.finditer(text):
        mark, place = match.group(), match.start()
        if place in smileys or place in enumerators:
            continue
        if mark in "([{«":
            opened.append((mark, place))
        elif mark in ")]}»":
            partner = _BRACKETS.get(mark) or _QUOTES[mark]
            last = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == partner), None)
            if last is None:
                odd.append((mark, place))
            else:
                del opened[last]
        elif mark == '"':
            straight.append(place)
        else:
            curly.append(place)
    odd += opened
    for places in (straight, curly):
        if len(places) % 2 and not _ends_two(text, places):
            odd.append((text[places[-1]], places[-1]))
    return sorted(odd, key=lambda each: each[1])


def _ends_two(text: str, places: list[int]) -> bool:
    """Whether the last mark ends a quotation and another inside it, as marks of one shape do in Russian."""
    depths = list(accumulate(1 if _QUOTE_OPENS.match(text, place) else -1 for place in places))
    return depths[-2:] == [2, 1] and min(depths) > 0 and bool(_AFTER_QUOTATION.match(text, places[-1] + 1))


class ParenthesisCheck:
    """The source has words in parentheses, the target has none.

    Brackets or a pair of dashes may do their work. Known false alarms: an abbreviation that Russian does not
    give, commas instead.
    """

    id = "parenthesis"
    severity = Severity.INFO
    its_type = "omission"
    needs_source = True
    signs = "("
    _words = re.compile(r"\([^()]*[^\W\d_]{2}[^()]*\)")

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        found = self._words.search(segment.source)
        if found and "(" not in target and not _SET_OFF.search(target):
            message = f"No parentheses, the source has {found[0]}."
            yield finding(self, segment, message, src_span=Span(*found.span()))


class QuotationCheck:
    """The source has words between quotation marks, the target has no such marks.

    Known false alarms: a title that Russian sets without them.
    """

    id = "quotation"
    severity = Severity.INFO
    its_type = "typographical"
    needs_source = True
    signs = '«»"„“”'
    _words = re.compile(r"[\"“«][^\"“”«»]*[^\W\d_]{2}[^\"“”«»]*[\"”»]")

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        found = self._words.search(segment.source)
        if found and not _QUOTED.search(target):
            message = f"No quotation marks, the source has {found[0]}."
            yield finding(self, segment, message, src_span=Span(*found.span()))


class RepeatedPunctuationCheck:
    """Two punctuation marks stand where one belongs («,,», «;,», two full stops).

    What the source has too is left alone. Known false alarms: none known.
    """

    id = "repeated-punctuation"
    severity = Severity.WARNING
    its_type = "typographical"
    needs_source = False
    _repeated = re.compile(r"[,;:](?:[,;:]|(?<!:)\.(?![.\w]))|\.(?<![.?!]\.)\.(?!\.)")

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        for match in self._repeated.finditer(target):
            if match[0] not in segment.source:
                yield finding(self, segment, f"Repeated: {match[0]}", tgt_span=Span(*match.span()))


class SpaceAfterPunctuationCheck:
    """No space after a punctuation mark («слово,слово»).

    Reported only between Russian words, outside addresses. Known false alarms: none known.
    """

    id = "space-after-punctuation"
    severity = Severity.INFO
    its_type = "whitespace"
    needs_source = False
    _joined = re.compile(r"[,;:!?](?<=[а-яё].)(?=[А-Яа-яЁё])|\.(?<=[а-яё]{2}\.)(?=[А-ЯЁ][а-яё])")

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        for match in self._joined.finditer(target):
            span = Span(*match.span())
            if not any(span.overlaps(each.span) for each in fixed(target)):
                message = f"No space after {match[0]}"
                yield finding(self, segment, message, tgt_span=span, suggestion=f"{match[0]} ")


class EndPunctuationCheck:
    """A full stop, question or exclamation mark at the end is missing or added, or a question is none.

    Dots and an ellipsis count as the same, quotation marks and brackets at the end are passed over; colons,
    commas, and fragments that begin with a small letter are left alone. A full stop after a sentence that has
    none in the source is for information; a question or an exclamation may be followed by something else.
    Known false alarms: headlines that the other language ends differently, questions turned into statements.
    """

    id = "end-punctuation"
    severity = Severity.WARNING
    its_type = "typographical"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        source_mark, target_mark = _end(segment.source), _end(target)
        if source_mark == target_mark or not target.strip() or not segment.source.strip():
            return
        if source_mark in _WEAK or target_mark in _WEAK or target.lstrip()[0].islower():
            return
        if source_mark == "." and target_mark:
            return
        if source_mark in _ASKING and target.count(source_mark) >= segment.source.count(source_mark):
            return
        if _is_abbreviation(segment.source) or _is_abbreviation(target):
            return
        stripped = target.rstrip(_CLOSERS)
        place = Span(max(len(stripped) - 1, 0), len(stripped))
        if not target_mark:
            message = f"No {source_mark} at the end, the source has one."
        elif not source_mark:
            message = f"{target_mark} at the end, the source has none."
        else:
            message = f"{target_mark} at the end, the source has {source_mark}."
        prose = not source_mark and target_mark == "." and len(segment.source) >= _SENTENCE
        yield finding(self, segment, message, severity=Severity.INFO if prose else None, tgt_span=place)


def _end(text: str) -> str:
    stripped = text.rstrip(_CLOSERS)
    if stripped.endswith(("?!", "!?")):
        return "?"
    last = stripped[-1:]
    last = _SAME.get(last, last)
    return last if last and last in _FINAL else ""


def _is_abbreviation(text: str) -> bool:
    """Whether the last dot may belong to a short form or an initial: «Фото: М.Д.», "Inc."."""
    return bool(_ABBREVIATED.search(text))
