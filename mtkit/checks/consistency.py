"""One thing, one name: terms, wording and capitals through a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mtkit.checks.analysis import DOCUMENT, renderings, term_matches
from mtkit.checks.base import CheckContext, finding
from mtkit.checks.russian_terms import russian_index
from mtkit.checks.variants import Variants
from mtkit.text.morphology import fold_yo, parse
from mtkit.types import Finding, Segment, Severity, Span, Status

_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
_CONTENT_WORD = re.compile(r"\w{4,}")
_Wording = tuple[tuple[str, ...], tuple[str, ...], Span]
"""What stands around a wording, its lemmas, and where it stands."""


class TermConsistencyCheck:
    """One term of the source is rendered by several terms of the termbase within a document.

    Short forms of the longer rendering, abbreviations and adjectives count as the same. Without a source,
    the terms of one concept are compared, forbidden ones too where they are no other concept's. Known false
    alarms: two renderings kept apart on purpose.
    """

    id = "term-consistency"
    severity = Severity.WARNING
    its_type = "inconsistency"
    needs_source = False

    def run(
        self, segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
    ) -> Iterator[Finding]:
        rendered = Variants[str, str]()
        for segment, target in zip(segments, targets, strict=True):
            for concept_id, text, span in self._rendered(segment, target, context):
                rendered.add(concept_id, text, segment, target, span)
        for odd in rendered.odd_ones():
            text, usual, segment = odd.way, odd.usual, odd.first.segment
            if _is_short_form(text, usual) or _is_short_form(usual, text):
                continue
            if (" " not in text and text.islower()) or _glossed(segments, targets, segment, usual):
                continue
            yield finding(
                self,
                segment,
                f"«{odd.first.text}» ({odd.times}) is «{usual}» ({odd.often}) elsewhere in the text.",
                tgt_span=odd.first.span,
                suggestion=usual,
            )

    @staticmethod
    def _rendered(segment: Segment, target: str, context: CheckContext) -> Iterator[tuple[str, str, Span]]:
        matcher = context.matchers.get(segment.src_lang)
        if segment.source:
            matches = term_matches(matcher, segment.source) if matcher else ()
            found = renderings(matcher, segment.source, target) if matcher and matches else ()
            for match, form in zip(matches, found, strict=True):
                if form is not None and form.term is not None:
                    yield match.concept.id, form.term.text, form.span
        elif context.termbase is not None:
            index = russian_index(context.termbase)
            for each in index.find(target):
                if each.term.status in (Status.PREFERRED, Status.ADMITTED) or index.owners(each.term) == 1:
                    yield each.concept.id, each.term.text, each.form.span


def _glossed(segments: Sequence[Segment], targets: Sequence[str], segment: Segment, term: str) -> bool:
    """Whether the other term stands in the same segment, as in «Хоангша (Парасельские острова)»."""
    words = _CONTENT_WORD.findall(fold_yo(term.lower()))
    target = fold_yo(targets[segments.index(segment)].lower())
    return all(word[:4] in target for word in words)


def _is_short_form(text: str, longer: str) -> bool:
    """Whether every word of `text` begins as some word of `longer` does, or it is an abbreviation."""
    words = _CONTENT_WORD.findall(fold_yo(text.lower()))
    others = _CONTENT_WORD.findall(fold_yo(longer.lower()))
    if any(word.isupper() and len(word) > 1 for word in _WORD.findall(text)):
        return True
    return all(any(word[:4] == other[:4] for other in others) for word in words)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a target; `lemma` has е for ё."""

    text: str
    span: Span
    lemma: str
    pos: str


def _tokens(target: str, start: int) -> tuple[_Token, ...]:
    """Words from `start` on as far as only spaces stand between them."""
    tokens: list[_Token] = []
    for match in _WORD.finditer(target, start):
        if tokens and target[tokens[-1].span.end : match.start()] not in (" ", "\u00a0"):
            break
        reading = parse(match.group())[0]
        tokens.append(_Token(match.group(), Span(*match.span()), fold_yo(reading.lemma), reading.pos))
        if len(tokens) == _LONGEST_NAME + 2:
            break
    return tuple(tokens)


class CapitalConsistencyCheck:
    """The same two words stand with and without a capital («Центрального Комитета», «Центрального
    комитета»).

    Words at the start of a sentence or a quotation are not compared. Known false alarms: a common phrase
    that is also a part of a name.
    """

    id = "capital-consistency"
    severity = Severity.WARNING
    its_type = "inconsistency"
    needs_source = False

    def run(
        self, segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
    ) -> Iterator[Finding]:
        written = Variants[tuple[str, str, str], str]()
        varying = _varying_pairs(targets)
        for segment, target in zip(segments, targets, strict=True):
            if not varying.isdisjoint(_rough_pairs(target)):
                for key, shape, span in _pairs(target, varying):
                    written.add(key, shape, segment, target, span)
        told: set[str] = set()
        for odd in written.odd_ones():
            first, second, _ = odd.thing
            changed = second if odd.usual[1] != odd.way[1] else first
            if changed not in told:
                told.add(changed)
                message = odd.said("has other capitals than")
                yield finding(self, odd.first.segment, message, tgt_span=odd.first.span)


@lru_cache(maxsize=DOCUMENT)
def _rough_pairs(target: str) -> dict[tuple[str, str], tuple[bool, bool]]:
    """Neighbouring words, cut to their stems, and what of them is capitalised."""
    return {
        (one[:_ROUGH_STEM].lower(), other[:_ROUGH_STEM].lower()): (one[0].isupper(), other[0].isupper())
        for one, other in _NEIGHBOURS.findall(target)
    }


def _varying_pairs(targets: Sequence[str]) -> set[tuple[str, str]]:
    """Pairs that stand with and without a capital: a rough look that spares the rest the grammar."""
    seen: dict[tuple[str, str], tuple[bool, bool]] = {}
    varying: set[tuple[str, str]] = set()
    for target in targets:
        for pair, shape in _rough_pairs(target).items():
            if seen.setdefault(pair, shape) != shape:
                varying.add(pair)
    return varying


def _begins(target: str, place: int) -> bool:
    """Whether a sentence or a quotation begins at a place."""
    start = place
    while start and not (target[start - 1].isalnum() or target[start - 1] == "_"):
        start -= 1
    return not start or not _BEFORE_BEGINNING.isdisjoint(target[start:place])


def _pairs(target: str, wanted: set[tuple[str, str]]) -> Iterator[tuple[tuple[str, str, str], str, Span]]:
    """Nouns after an adjective or a Roman numeral: lemmas and number, what is capitalised, where."""
    for match in _NEIGHBOURS.finditer(target):
        one, other = match.groups()
        if (one[:_ROUGH_STEM].lower(), other[:_ROUGH_STEM].lower()) not in wanted:
            continue
        roman = bool(_ROMAN.fullmatch(one))
        if (not roman and (one.isupper() or _begins(target, match.start()))) or other.isupper():
            continue
        left, right = parse(one)[0], parse(other)[0]
        if left.lemma in _PRONOUNS:
            continue
        if right.pos != "NOUN" or not (roman or left.pos in _MODIFYING):
            continue
        shape = "".join("Aa"[not word[0].isupper()] for word in (one, other))
        number = left.number or right.number or ""
        key = fold_yo(one.lower() if roman else left.lemma), fold_yo(right.lemma), number
        yield key, shape, Span(match.start(1), match.end(2))


_NEIGHBOURS = re.compile(
    r"(?<![\w-])([А-ЯЁа-яё]++(?:(?<=[ыиое]й|[ая]я|[оеыи]е|[ыиое]м|[оеуюы]ю|[ыи]х)|(?<=[ое]го|[ое]му|[ыи]ми))|[IVX]+)"
    r"[ \u00a0](?=([А-ЯЁа-яё]{4,}))"
)
"""What looks like an adjective or a Roman numeral, and the word after it."""
_BEFORE_BEGINNING = frozenset('.!?:;…«„"(—–\n')
_ROUGH_STEM = 4
_PRONOUNS = frozenset({"весь", "каждый", "мой", "наш", "свой", "такой", "твой", "тот", "этот"})
_MODIFYING = frozenset({"ADJF", "PRTF"})
_NAMING = frozenset({"NOUN", "ADJF", "PRTF"})
_ROMAN = re.compile(r"[IVX]{1,6}")
_ORGANS = frozenset(
    {"агентство", "академия", "ассоциация", "департамент", "институт", "комиссия", "комитет", "министерство"}
    | {"общество", "отдел", "отделение", "программа", "совет", "союз", "университет", "управление", "фонд"}
    | {"фронт", "центр", "штаб"}
)
_AGREEING = r"(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыиое]м|[оеую]ю|[ыи]х|[ыи]ми|ей)"
_ORGAN_AND = re.compile(
    rf"(?:{'|'.join(sorted({organ[:5].capitalize() for organ in _ORGANS}))})[а-яё]*(?= [^.,;:]{{1,60}} и )"
)
_AND_ADJECTIVE = re.compile(rf" и(?= [а-яё-]+{_AGREEING} [а-яё])")
_ADJECTIVE_BEFORE = re.compile(rf"[А-ЯЁа-яё-]+{_AGREEING}$")
_LONGEST_WORD = 60
_LONGEST_NAME = 8
_STEM = 6


class WordingConsistencyCheck:
    """An organ goes on in two ways after the same beginning («Комиссия по пропаганде и мобилизации масс», «…и
    просвещению»), or an adjective in the same place has several wordings («и мобилизационной работе», «и
    массово-мобилизационной работе»).

    Known false alarms: two organs whose names begin alike.
    """

    id = "wording-consistency"
    severity = Severity.WARNING
    its_type = "inconsistency"
    needs_source = False

    def run(
        self, segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
    ) -> Iterator[Finding]:
        worded = Variants[tuple[str, ...], tuple[str, ...]]()
        for segment, target in zip(segments, targets, strict=True):
            for start in _beginnings(target):
                tokens = _tokens(target, start)
                for key, wording, span in (*_organ_name(tokens), *_coordinated_adjectives(tokens)):
                    worded.add(key, wording, segment, target, span)
        for odd in worded.odd_ones():
            if odd.thing[0] != "" or _alike(odd.way, odd.usual):
                yield finding(self, odd.first.segment, odd.said("is"), tgt_span=odd.first.span)


def _beginnings(target: str) -> Iterator[int]:
    """Where a wording may begin that is compared."""
    if " и " not in target:
        return
    starts = {match.start() for match in _ORGAN_AND.finditer(target)}
    for match in _AND_ADJECTIVE.finditer(target):
        before = _ADJECTIVE_BEFORE.search(target, max(0, match.start() - _LONGEST_WORD), match.start())
        if before is not None:
            starts.add(before.start())
    for start in sorted(starts):
        if not start or not (target[start - 1].isalnum() or target[start - 1] in "-_"):
            yield start


def _organ_name(tokens: Sequence[_Token]) -> Iterator[_Wording]:
    """The beginning of an organ's name up to a conjunction, and the word after it."""
    if not tokens or tokens[0].lemma not in _ORGANS or not tokens[0].text[0].isupper():
        return
    for end in range(1, len(tokens) - 1):
        following = tokens[end + 1]
        if tokens[end].text[0].isupper():
            return
        if tokens[end].lemma == "и" and end >= 2:
            if following.text[0].islower() and following.pos in _NAMING:
                key = tuple(each.lemma for each in tokens[: end + 1])
                yield key, (following.lemma,), Span(tokens[0].span.start, following.span.end)
            return


def _coordinated_adjectives(tokens: Sequence[_Token]) -> Iterator[_Wording]:
    """Of «adjective и … noun»: what stands between the conjunction and the noun."""
    if len(tokens) < 4 or tokens[0].pos != "ADJF" or tokens[1].lemma != "и":
        return
    for end in range(3, min(5, len(tokens))):
        inside = tokens[2:end]
        if not all(each.pos == "ADJF" for each in inside):
            return
        if tokens[end].pos == "NOUN":
            parts = tuple(part for each in inside for part in each.lemma.split("-"))
            yield (
                ("", tokens[0].lemma, tokens[end].lemma),
                parts,
                Span(tokens[0].span.start, tokens[end].span.end),
            )
            return


def _alike(wording: tuple[str, ...], usual: tuple[str, ...]) -> bool:
    """Whether two wordings share the stem of a word."""
    return (
        any(len(one) >= _STEM and one[:_STEM] == other[:_STEM] for one in wording for other in usual)
        and wording != usual
    )
