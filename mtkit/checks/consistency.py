"""One thing, one name: terms, wording and capitals through a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mtkit.checks.analysis import renderings, term_matches
from mtkit.checks.base import CheckContext, finding
from mtkit.checks.russian_terms import russian_index
from mtkit.text.morphology import fold_yo, parse
from mtkit.types import Finding, Segment, Severity, Span, Status

_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
_CONTENT_WORD = re.compile(r"\w{4,}")
_Place = tuple[Segment, Span, str]
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
        rendered: dict[str, dict[str, list[_Place]]] = defaultdict(lambda: defaultdict(list))
        for segment, target in zip(segments, targets, strict=True):
            for concept_id, text, span in self._rendered(segment, target, context):
                rendered[concept_id][text].append((segment, span, span.of(target)))
        for renderings_of_one in rendered.values():
            counts = Counter({text: len(places) for text, places in renderings_of_one.items()})
            (usual, often), *others = counts.most_common()
            for text, times in others:
                if _is_short_form(text, usual) or _is_short_form(usual, text):
                    continue
                segment, span, form = renderings_of_one[text][0]
                if (" " not in text and text.islower()) or _glossed(segments, targets, segment, usual):
                    continue
                yield finding(
                    self,
                    segment,
                    f"«{form}» ({times}) is «{usual}» ({often}) elsewhere in the text.",
                    tgt_span=span,
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
    """A word of a target: `lemma` folded, `first` at the start of a sentence or a quotation."""

    text: str
    span: Span
    lemma: str
    pos: str
    number: str | None
    first: bool
    joined: bool


@lru_cache(maxsize=256)
def _tokens(target: str) -> tuple[_Token, ...]:
    """Words in order; `joined`: only a space stands before it."""
    tokens: list[_Token] = []
    end = 0
    for match in _WORD.finditer(target):
        gap = target[end : match.start()]
        reading = parse(match.group())[0]
        first = not tokens or bool(re.search(r"[.!?:;…«„\"(—–\n]", gap))
        tokens.append(
            _Token(
                match.group(),
                Span(*match.span()),
                fold_yo(reading.lemma),
                reading.pos,
                reading.number,
                first,
                bool(tokens) and gap in (" ", "\u00a0"),
            )
        )
        end = match.end()
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
        written: dict[tuple[str, str, str], dict[str, list[_Place]]] = defaultdict(lambda: defaultdict(list))
        varying = _varying_pairs(targets)
        for segment, target in zip(segments, targets, strict=True):
            if not varying.isdisjoint(_rough_pairs(target)):
                for key, shape, span in _pairs(target, varying):
                    written[key][shape].append((segment, span, span.of(target)))
        told: set[str] = set()
        for (first, second, _), shapes in written.items():
            counts = Counter({shape: len(places) for shape, places in shapes.items()})
            (usual, often), *others = counts.most_common()
            for shape, times in others:
                changed = second if usual[1] != shape[1] else first
                if changed in told:
                    continue
                told.add(changed)
                segment, span, text = shapes[shape][0]
                shown = shapes[usual][0][2]
                yield finding(
                    self,
                    segment,
                    f"«{text}» ({times}) has other capitals than «{shown}» ({often}) elsewhere in the text.",
                    tgt_span=span,
                )


@lru_cache(maxsize=8192)
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


def _pairs(target: str, wanted: set[tuple[str, str]]) -> Iterator[tuple[tuple[str, str, str], str, Span]]:
    """Nouns after an adjective or a Roman numeral: lemmas and number, what is capitalised, where."""
    for match in _NEIGHBOURS.finditer(target):
        one, other = match.groups()
        if (one[:_ROUGH_STEM].lower(), other[:_ROUGH_STEM].lower()) not in wanted:
            continue
        roman = bool(_ROMAN.fullmatch(one))
        if (not roman and (one.isupper() or _BEGINNING.search(target, 0, match.start()))) or other.isupper():
            continue
        left, right = parse(one)[0], parse(other)[0]
        if right.pos != "NOUN" or not (roman or left.pos in _MODIFYING):
            continue
        shape = "".join("Aa"[not word[0].isupper()] for word in (one, other))
        number = left.number or right.number or ""
        key = fold_yo(one.lower() if roman else left.lemma), fold_yo(right.lemma), number
        yield key, shape, Span(match.start(1), match.end(2))


_BEGINNING = re.compile(r"(?:^|[.!?:;…«„\"(—–\n])[^\w]*$")
_NEIGHBOURS = re.compile(
    r"(?<!\w)([А-ЯЁа-яё]*(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыиое]м|[оеуюы]ю|[ыи]х|[ыи]ми|ей)|[IVX]+)"
    r"[ \u00a0](?=([А-ЯЁа-яё]{4,}))"
)
"""What looks like an adjective or a Roman numeral, and the word after it."""
_ROUGH_STEM = 4
_MODIFYING = frozenset({"ADJF", "PRTF"})
_NAMING = frozenset({"NOUN", "ADJF", "PRTF"})
_ROMAN = re.compile(r"[IVX]{1,6}")
_ORGANS = frozenset(
    {"агентство", "академия", "ассоциация", "департамент", "институт", "комиссия", "комитет", "министерство"}
    | {"общество", "отдел", "отделение", "программа", "совет", "союз", "университет", "управление", "фонд"}
    | {"фронт", "центр", "штаб"}
)
_MAY_VARY = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted({organ[:5].capitalize() for organ in _ORGANS}))})[а-яё]* [^.,;:]{{1,60}} и "
    r"|[а-яё](?:й|е|я|ю|го|му|м|х|ми) и [а-яё-]+(?:й|е|я|ю|го|му|м|х|ми) [а-яё]"
)
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
        variants: dict[tuple[str, ...], dict[tuple[str, ...], list[_Place]]] = {}
        for segment, target in zip(segments, targets, strict=True):
            if not _MAY_VARY.search(target):
                continue
            tokens = _tokens(target)
            for key, variant, span in (*_organ_names(tokens), *_coordinated_adjectives(tokens)):
                places = variants.setdefault(key, {}).setdefault(variant, [])
                places.append((segment, span, span.of(target)))
        for key, wordings in variants.items():
            counts = Counter({wording: len(places) for wording, places in wordings.items()})
            (usual, often), *others = counts.most_common()
            shown = wordings[usual][0][2]
            for wording, times in others:
                if key[0] == "" and not _alike(wording, usual):
                    continue
                segment, span, text = wordings[wording][0]
                yield finding(
                    self,
                    segment,
                    f"«{text}» ({times}) is «{shown}» ({often}) elsewhere in the text.",
                    tgt_span=span,
                )


def _organ_names(tokens: Sequence[_Token]) -> Iterator[_Wording]:
    """The beginning of an organ's name up to a conjunction, and the word after it."""
    for start, token in enumerate(tokens):
        if token.lemma not in _ORGANS or not token.text[0].isupper():
            continue
        for end in range(start + 1, min(start + _LONGEST_NAME, len(tokens) - 1)):
            if not tokens[end].joined or tokens[end].text[0].isupper():
                break
            following = tokens[end + 1]
            if tokens[end].lemma == "и" and end - start >= 2 and following.joined:
                if following.text[0].islower() and following.pos in _NAMING:
                    key = tuple(each.lemma for each in tokens[start : end + 1])
                    yield key, (following.lemma,), Span(token.span.start, following.span.end)
                break


def _coordinated_adjectives(
    tokens: Sequence[_Token],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Span]]:
    """Around «adjective и … noun»: what stands between the conjunction and the noun."""
    for start in range(len(tokens) - 3):
        if tokens[start].pos != "ADJF" or tokens[start + 1].lemma != "и" or not tokens[start + 1].joined:
            continue
        for end in range(start + 3, min(start + 5, len(tokens))):
            inside = tokens[start + 2 : end]
            if not all(each.joined and each.pos == "ADJF" for each in inside) or not tokens[end].joined:
                break
            if tokens[end].pos == "NOUN":
                parts = tuple(part for each in inside for part in each.lemma.split("-"))
                key = ("", tokens[start].lemma, tokens[end].lemma)
                yield key, parts, Span(tokens[start].span.start, tokens[end].span.end)
                break


def _alike(wording: tuple[str, ...], usual: tuple[str, ...]) -> bool:
    """Whether two wordings share the stem of a word."""
    return (
        any(len(one) >= _STEM and one[:_STEM] == other[:_STEM] for one in wording for other in usual)
        and wording != usual
    )
