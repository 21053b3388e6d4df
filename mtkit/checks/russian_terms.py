"""Find every Russian term of a termbase in a text that has no source beside it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from mtkit.errors import TermbaseError
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import FormMatch, find_forms
from mtkit.termbase.model import Termbase, once_each
from mtkit.text.morphology import fold_yo
from mtkit.types import Concept, Term

_FIRST_WORD = re.compile(r"[^\W_]+")
_LONGEST_KEY = 8


@dataclass(frozen=True, slots=True)
class RussianTerm:
    """A term of some status in a text, with the concept it belongs to."""

    concept: Concept
    term: Term
    form: FormMatch


class RussianIndex:
    """All Russian terms without a condition, by how the first word of their forms begins."""

    def __init__(self, termbase: Termbase) -> None:
        self._by_prefix: dict[str, list[tuple[Concept, Term]]] = {}
        self._owners: Counter[str] = Counter()
        for concept in termbase.concepts:
            for term in concept.in_lang("ru"):
                self._owners[_folded(term.text)] += 1
                key = _key(term)
                if key and not term.condition:
                    self._by_prefix.setdefault(key, []).append((concept, term))

    def owners(self, term: Term) -> int:
        """How many concepts have this term, whatever its status."""
        return self._owners[_folded(term.text)]

    @lru_cache(maxsize=256)  # noqa: B019 - one index a termbase, kept as long as the process
    def find(self, text: str) -> tuple[RussianTerm, ...]:
        """Terms by their place; of those that overlap the longest, all of one stretch."""
        prefixes = {
            word[:length]
            for word in map(_folded, _FIRST_WORD.findall(text))
            for length in range(1, min(len(word), _LONGEST_KEY) + 1)
        }
        found = [
            RussianTerm(concept, term, form)
            for prefix in sorted(prefixes & self._by_prefix.keys())
            for concept, term in self._by_prefix[prefix]
            for form in find_forms(text, compile_paradigm(term))
        ]
        found.sort(key=lambda each: (each.form.span.start - each.form.span.end, each.form.span.start))
        kept: list[RussianTerm] = []
        for each in found:
            if all(
                each.form.span == other.form.span or not each.form.span.overlaps(other.form.span)
                for other in kept
            ):
                kept.append(each)
        return tuple(sorted(kept, key=lambda each: each.form.span))


@once_each
def russian_index(termbase: Termbase) -> RussianIndex:
    """The index of a termbase, built on first use."""
    return RussianIndex(termbase)


def _key(term: Term) -> str:
    """What the first words of all forms begin with; empty for a term that has no paradigm."""
    try:
        forms = compile_paradigm(term).variants()
    except TermbaseError:
        return ""
    first = [match.group() for form in forms if (match := _FIRST_WORD.search(form))]
    shortest, longest = min(map(_folded, first), default=""), max(map(_folded, first), default="")
    shared = takewhile(lambda letters: letters[0] == letters[1], zip(shortest, longest, strict=False))
    return "".join(letter for letter, _ in shared)[:_LONGEST_KEY]


def _folded(word: str) -> str:
    return fold_yo(word.lower())
