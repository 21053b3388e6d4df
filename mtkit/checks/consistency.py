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
_AGREEING = r"(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыиое]м|[оеую]ю|[ыи]х|[ыи]ми|ей)"
_MAY_VARY = re.compile(
    rf"(?<![\w-])(?=(?:(?:{'|'.join(sorted({organ[:5].capitalize() for organ in _ORGANS}))})[а-яё]*"
    rf" [^.,;:]{{1,60}} и |[А-ЯЁа-яё-]+{_AGREEING} и [а-яё-]+{_AGREEING} [а-яё]))"
)
"""Where a wording may begin that is compared."""
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
            for start in (match.start() for match in _MAY_VARY.finditer(target)):
                tokens = _tokens(target, start)
                for key, variant, span in (*_organ_name(tokens), *_coordinated_adjectives(tokens)):
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
