"""Find every term of a termbase in a Russian text, whatever the source says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from mtkit.errors import TermbaseError
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import FormMatch, find_concept, russian_terms
from mtkit.termbase.model import Termbase
from mtkit.text.morphology import parse
from mtkit.types import Concept, Term

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A preferred or admitted term of a concept in a text."""

    concept: Concept
    match: FormMatch


class RussianTermIndex:
    """Terms of a termbase in Russian text, by the words that their forms begin with.

    Left out is what only looks like a term: surnames (До, То), a term with a capital written small, one
    word whose likeliest reading is another (после, of посол).
    """

    def __init__(self, termbase: Termbase) -> None:
        self._by_first_word: dict[str, list[Concept]] = {}
        for concept in termbase.concepts:
            if concept.subject == "surname":
                continue
            for word in {word for term in russian_terms(concept) for word in _first_words(term)}:
                self._by_first_word.setdefault(word, []).append(concept)

    def find(self, text: str) -> tuple[Rendering, ...]:
        """Renderings in a text, longest first where they overlap, disjoint, sorted by start."""
        candidates = {
            concept.id: concept for word in _words(text) for concept in self._by_first_word.get(word, ())
        }
        found = [
            Rendering(concept, match)
            for concept in candidates.values()
            for match in find_concept(text, concept)
            if _is_meant(match, text)
        ]
        taken: list[Rendering] = []
        for rendering in sorted(found, key=_longest_first):
            if not any(rendering.match.span.overlaps(other.match.span) for other in taken):
                taken.append(rendering)
        return tuple(sorted(taken, key=lambda rendering: rendering.match.span))


def lazy_counts(termbase: Termbase) -> Callable[[str], Counter[str]]:
    """How often each concept (by its id) stands in a text; the index is made when first asked."""

    @cache
    def index() -> RussianTermIndex:
        return RussianTermIndex(termbase)

    return lambda text: Counter(rendering.concept.id for rendering in index().find(text))


def _is_meant(match: FormMatch, text: str) -> bool:
    term = match.term.text if match.term is not None else match.form
    found = match.span.of(text)
    if term[0].isupper() and not found[0].isupper():
        return False
    return len(_words(found)) > 1 or parse(found.lower())[0].lemma == parse(term.lower())[0].lemma


def _longest_first(rendering: Rendering) -> tuple[int, int]:
    span = rendering.match.span
    return span.start - span.end, span.start


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("ё", "е"))


def _first_words(term: Term) -> set[str]:
    try:
        forms = compile_paradigm(term).variants()
    except TermbaseError:
        forms = frozenset({term.text})
    return {words[0] for form in forms if (words := _words(form))}
