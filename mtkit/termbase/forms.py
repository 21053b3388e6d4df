"""Find a Russian term in a text in any form of its paradigm.

Compared on whole words, without regard to capitals, to ё or е, and to kinds of space, hyphen and quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, takewhile

from mtkit.errors import TermbaseError
from mtkit.termbase.abroad import PREFIX, id_at_home
from mtkit.termbase.compile import CASES, Paradigm, compile_paradigm
from mtkit.termbase.model import once_each
from mtkit.types import Concept, Span, Status, Term

_FOLD = {
    "ё": "е",
    "\N{NO-BREAK SPACE}": " ",
    "\N{NARROW NO-BREAK SPACE}": " ",
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("«»„“”\N{LEFT DOUBLE QUOTATION MARK}", '"'),
}
_SHORT_WORD = 6
_SPACES = re.compile(r"\s\s+|[^\S ]")
"""White space that is not one plain space."""


@dataclass(frozen=True, slots=True)
class FormMatch:
    """A form in a text; `form` is the paradigm's spelling of it, `term` the term whose form it is."""

    span: Span
    form: str
    readings: tuple[tuple[str, str], ...]
    term: Term | None = None


def find_forms(text: str, paradigm: Paradigm) -> tuple[FormMatch, ...]:
    """Where the term stands in a text, longest form first, disjoint, sorted by start."""
    return _search(_fold(text), paradigm)


def find_concept(text: str, concept: Concept) -> tuple[FormMatch, ...]:
    """Where a concept stands: its preferred and admitted terms, longest first, disjoint, sorted by start."""
    taken: list[FormMatch] = []
    for match in sorted(_all_forms(text, concept), key=_longest_first):
        if not any(match.span.overlaps(other.span) for other in taken):
            taken.append(match)
    return tuple(sorted(taken, key=lambda match: match.span))


def assign(text: str, concepts: Sequence[Concept]) -> tuple[FormMatch | None, ...]:
    """Give each of the concepts (one for every source match, repeats included) its own place in a text.

    No place is given twice. Longer forms choose first; a concept left without a place may take one from
    another that has a second choice. The places of a concept, at home and elsewhere, follow the order of the
    text; None where nothing is left for a match.
    """
    candidates = {concept.id: sorted(_all_forms(text, concept), key=_longest_first) for concept in concepts}
    wanted = Counter(concept.id for concept in concepts)
    placed: list[tuple[str, FormMatch]] = []
    pairs = [(match, concept_id) for concept_id, matches in candidates.items() for match in matches]
    for match, concept_id in sorted(pairs, key=lambda pair: _longest_first(pair[0])):
        if wanted[concept_id] and not _rivals(match, placed):
            placed.append((concept_id, match))
            wanted[concept_id] -= 1
    for concept_id, missing in wanted.items():
        for _ in range(missing):
            _make_room(concept_id, candidates, placed)
    queues = {
        concept_id: iter(sorted((m for owner, m in placed if owner == concept_id), key=lambda m: m.span))
        for concept_id in candidates
    }
    places = [next(queues[concept.id], None) for concept in concepts]
    if any(concept.id.startswith(PREFIX) for concept in concepts):
        _tell_home_from_abroad(concepts, places, candidates)
    return tuple(places)


def _tell_home_from_abroad(
    concepts: Sequence[Concept], places: list[FormMatch | None], candidates: Mapping[str, list[FormMatch]]
) -> None:
    """Mend the places of a concept at home and of the same elsewhere, where either has the other's.

    They follow the order of the source, and a person who follows the title there follows it in the text.
    """
    for first, second in combinations(range(len(concepts)), 2):
        one, other = concepts[first].id, concepts[second].id
        if one == other or id_at_home(one) != id_at_home(other):
            continue
        left, right = places[first], places[second]
        if left is None or right is None:
            _leave_room(concepts, places, candidates, (first, second))
            continue
        for_one = next((match for match in candidates[one] if match.span == right.span), None)
        for_other = next((match for match in candidates[other] if match.span == left.span), None)
        if right.span < left.span and for_one is not None and for_other is not None:
            places[first], places[second] = for_one, for_other
        elif for_other is not None and _holder_follows(concepts, places, second, left):
            places[first], places[second] = None, for_other
        elif for_one is not None and _holder_follows(concepts, places, first, right):
            places[first], places[second] = for_one, None


def _leave_room(
    concepts: Sequence[Concept],
    places: list[FormMatch | None],
    candidates: Mapping[str, list[FormMatch]],
    pair: tuple[int, int],
) -> None:
    """Of several places for the one of a pair that has one, take that which its order or its holder tells."""
    taken = next((index for index in pair if places[index] is not None), None)
    if taken is None:
        return
    others = [place for index, place in enumerate(places) if place is not None and index != taken]
    free: list[FormMatch] = []
    for match in candidates[concepts[taken].id]:
        if not any(match.span.overlaps(other.span) for other in (*others, *free)):
            free.append(match)
    free.sort(key=lambda match: match.span)
    held = [match for match in free if _holder_follows(concepts, places, taken, match)]
    places[taken] = held[0] if held else free[0 if taken == pair[0] else -1]


def _holder_follows(
    concepts: Sequence[Concept], places: Sequence[FormMatch | None], title: int, place: FormMatch
) -> bool:
    """Whether the person named next in the source stands right behind a place, or a short word after it."""
    if title + 1 == len(concepts) or concepts[title + 1].subject != "person":
        return False
    person = places[title + 1]
    return person is not None and 0 < person.span.start - place.span.end <= _SHORT_WORD


def _rivals(match: FormMatch, placed: Iterable[tuple[str, FormMatch]]) -> list[tuple[str, FormMatch]]:
    return [(owner, other) for owner, other in placed if match.span.overlaps(other.span)]


def _make_room(
    concept_id: str, candidates: dict[str, list[FormMatch]], placed: list[tuple[str, FormMatch]]
) -> None:
    """Place one more match of a concept by moving the one rival in its way, if that has a second choice."""
    for match in candidates[concept_id]:
        rivals = _rivals(match, placed)
        if len(rivals) != 1:
            continue
        others = [pair for pair in placed if pair != rivals[0]] + [(concept_id, match)]
        owner = rivals[0][0]
        second = next((other for other in candidates[owner] if not _rivals(other, others)), None)
        if second is not None:
            placed[:] = [*others, (owner, second)]
            return


@once_each
def russian_terms(concept: Concept) -> tuple[Term, ...]:
    """The terms that count as a right rendering: preferred and admitted without a condition."""
    terms = concept.in_lang("ru", Status.PREFERRED, Status.ADMITTED)
    return tuple(term for term in terms if not term.condition)


def _all_forms(text: str, concept: Concept) -> Iterator[FormMatch]:
    """The right renderings, but for what is a part of a wrong one («Политбюро» in «Политбюро ЦК КПК»)."""
    folded = _fold(text)
    found = [match for paradigm in _paradigms(concept) for match in _search(folded, paradigm)]
    if not found:
        return
    wrong = [match.span for paradigm in _wrong_paradigms(concept) for match in _search(folded, paradigm)]
    for match in found:
        length = match.span.end - match.span.start
        if not any(match.span.overlaps(span) and length < span.end - span.start for span in wrong):
            yield match


@once_each
def _paradigms(concept: Concept) -> tuple[Paradigm, ...]:
    """Those of the right renderings; a term that has none is looked for as it is written."""
    return tuple(map(_paradigm, russian_terms(concept)))


@once_each
def _wrong_paradigms(concept: Concept) -> tuple[Paradigm, ...]:
    terms = concept.in_lang("ru", Status.FORBIDDEN, Status.DEPRECATED)
    return tuple(_paradigm(term) for term in terms if not term.condition)


@dataclass(frozen=True, slots=True, eq=False)
class _Folded:
    """A text as it is compared; `places` of its characters in the given text, None where the same."""

    text: str
    places: Sequence[int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Wanted:
    """The folded forms of a term, longest first, with their spelling and readings.

    `shared` is what the first words of all begin with.
    """

    shared: str
    forms: tuple[str, ...]
    spelt: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]


@lru_cache(maxsize=16384)
def _search(folded: _Folded, paradigm: Paradigm) -> tuple[FormMatch, ...]:
    text, wanted = folded.text, _wanted(paradigm)
    if not (wanted.shared in text if wanted.shared else any(form in text for form in wanted.forms)):
        return ()
    found = _places_of(text, wanted)
    if folded.places is not None:
        places = folded.places
        found = ((places[start], places[end], form) for start, end, form in found)
    return tuple(
        FormMatch(Span(start, end), *wanted.spelt[form], paradigm.term) for start, end, form in found
    )


def _places_of(text: str, wanted: _Wanted) -> Iterator[tuple[int, int, str]]:
    """(start, end, form) of whole words from left to right, at each place the longest form; disjoint."""
    start = text.find(wanted.shared)
    while start >= 0:
        end = start + 1
        if text.startswith(wanted.forms, start) and not _word_goes_on(text[max(0, start - 2) : start][::-1]):
            for form in wanted.forms:
                after = start + len(form)
                if text.startswith(form, start) and not _word_goes_on(text[after : after + 2]):
                    yield start, after, form
                    end = after
                    break
        start = text.find(wanted.shared, end)


def _word_goes_on(beyond: str) -> bool:
    """Whether the two characters beyond a border, nearest first, belong to the same word; a hyphen joins."""
    return _in_word(beyond[:1]) or (beyond[:1] == "-" and _in_word(beyond[1:]))


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


@lru_cache(maxsize=32768)
def _wanted(paradigm: Paradigm) -> _Wanted:
    forms, readings = sorted(paradigm.variants()), paradigm.all_readings()
    spelt: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}
    for form, folded in zip(forms, _plain("\n".join(forms)).split("\n"), strict=True):
        folded = " ".join(folded.split())
        first, known = spelt.get(folded, (form, ()))
        spelt[folded] = first, tuple(dict.fromkeys((*known, *readings.get(form, ()))))
    shared = _common_start(min(spelt), max(spelt))
    return _Wanted(shared, tuple(sorted(spelt, key=len, reverse=True)), spelt)


def _common_start(one: str, other: str) -> str:
    """What two texts begin with, up to the first space."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(letter for letter, _ in same).partition(" ")[0]


def _paradigm(term: Term) -> Paradigm:
    try:
        return compile_paradigm(term)
    except TermbaseError:
        return Paradigm(term, {(case, "sg"): term.text for case in CASES}, fixed=True)


def _longest_first(match: FormMatch) -> tuple[int, int]:
    return match.span.start - match.span.end, match.span.start


def _plain(text: str) -> str:
    lowered = text.lower()
    # Lowering may lengthen a text (İ); spans must refer to the given one.
    folded = lowered if len(lowered) == len(text) else text
    for character, plain in _FOLD.items():
        folded = folded.replace(character, plain)
    return folded


@lru_cache(maxsize=1024)
def _fold(text: str) -> _Folded:
    folded = _plain(text)
    if not _SPACES.search(folded):
        return _Folded(folded)
    kept = [i for i, here in enumerate(folded) if not (here.isspace() and folded[i - 1 : i].isspace())]
    return _Folded("".join(" " if folded[i].isspace() else folded[i] for i in kept), [*kept, len(text)])
