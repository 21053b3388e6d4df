"""Find a Russian term in a text in any form of its paradigm.

Compared on whole words, without regard to capitals, to ё or е, and to kinds of space, hyphen and quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from mtkit.errors import TermbaseError
from mtkit.termbase.compile import CASES, Paradigm, compile_paradigm
from mtkit.types import Concept, Span, Status, Term

_FOLD = str.maketrans(
    {
        "ё": "е",
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("«»„“”\N{LEFT DOUBLE QUOTATION MARK}", '"'),
    }
)
_SpeltForms = dict[str, tuple[str, tuple[tuple[str, str], ...]]]
_WORD = re.compile(r"\w")
_SPACES = re.compile(r"\s\s|[^\S ]")
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
    another that has a second choice. A concept's places follow the order of the text; None where nothing
    is left for a match.
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
    return tuple(next(queues[concept.id], None) for concept in concepts)


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


def russian_terms(concept: Concept) -> tuple[Term, ...]:
    """The terms that count as a right rendering: preferred and admitted without a condition."""
    terms = concept.in_lang("ru", Status.PREFERRED, Status.ADMITTED)
    return tuple(term for term in terms if not term.condition)


def _all_forms(text: str, concept: Concept) -> Iterator[FormMatch]:
    folded = _fold(text)
    for term in russian_terms(concept):
        yield from _search(folded, _paradigm(term))


@lru_cache(maxsize=16384)
def _search(folded: str, paradigm: Paradigm) -> tuple[FormMatch, ...]:
    shared, forms = _searchable(paradigm)
    return tuple(_places_of(folded, forms, paradigm.term)) if shared in folded else ()


def _places_of(folded: str, forms: _SpeltForms, term: Term) -> Iterator[FormMatch]:
    found = [
        (start, -len(form), form)
        for form in forms
        for start in _places(folded, form)
        if _whole_words(folded, start, start + len(form))
    ]
    if _SPACES.search(folded):
        found += [
            (match.start(), match.start() - match.end(), form)
            for form in forms
            if " " in form
            for match in re.finditer(re.escape(form).replace(r"\ ", r"\s+"), folded)
            if _whole_words(folded, *match.span())
        ]
    end = 0
    for start, length, form in sorted(found):
        if start >= end:
            end = start - length
            yield FormMatch(Span(start, end), *forms[form], term)


def _places(folded: str, form: str) -> Iterator[int]:
    start = folded.find(form)
    while start >= 0:
        yield start
        start = folded.find(form, start + 1)


def _whole_words(folded: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends at word borders; a hyphen joins words."""
    before, after = folded[max(0, start - 2) : start], folded[end : end + 2]
    if before and (_WORD.match(before[-1]) or (before[-1] == "-" and _WORD.match(before))):
        return False
    return not (after and (_WORD.match(after) or (after[0] == "-" and _WORD.match(after[1:]))))


@lru_cache(maxsize=32768)
def _searchable(paradigm: Paradigm) -> tuple[str, _SpeltForms]:
    """What the first words of all forms begin with; for each folded form its spelling and readings."""
    spelt: dict[str, list[str]] = {}
    for form in sorted(paradigm.variants()):
        spelt.setdefault(" ".join(_fold(form).split()), []).append(form)
    forms = {
        folded: (same[0], tuple(dict.fromkeys(r for form in same for r in paradigm.readings(form))))
        for folded, same in spelt.items()
    }
    return _common_start(min(forms), max(forms)), forms


def _common_start(one: str, other: str) -> str:
    """What two texts begin with, up to the first space."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(letter for letter, _ in same).partition(" ")[0]


def _paradigm(term: Term) -> Paradigm:
    """The paradigm; a term that has none is looked for as it is written."""
    try:
        return compile_paradigm(term)
    except TermbaseError:
        return Paradigm(term, {(case, "sg"): term.text for case in CASES}, fixed=True)


def _longest_first(match: FormMatch) -> tuple[int, int]:
    return match.span.start - match.span.end, match.span.start


@lru_cache(maxsize=64)
def _fold(text: str) -> str:
    lowered = text.lower()
    # Lowering may lengthen a text (İ); spans must refer to the given one.
    return (lowered if len(lowered) == len(text) else text).translate(_FOLD)
