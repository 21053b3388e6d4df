"""Which terms of joined termbases yield to those of the first, where they share words of a text.

«Giám đốc Sở» yields to the user's «Sở Ngoại vụ», which it overlaps, and «Chủ tịch UBND tỉnh» to the user's
«UBND tỉnh», which it contains. A term whose Russian has the user's does not («đảng viên», член партии, beside
«đảng», партия).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from mtkit.errors import TermbaseError
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import find_forms
from mtkit.termbase.keys import tokens
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.types import Concept, Status, Term


def prevailing(first: Iterable[Concept], second: Iterable[Concept]) -> frozenset[str]:
    """The ids of the concepts of `first` that say something else than `second` says of the same terms."""
    known: dict[tuple[str, ...], set[str]] = {}
    for concept in second:
        russian = set(map(str.casefold, _texts(concept, "ru")))
        for key in _keys(concept):
            known.setdefault(key, set()).update(russian)
    return frozenset(
        concept.id
        for concept in first
        for wanted in [_preferred(concept).text.casefold()]
        if not any(wanted in known.get(key, ()) for key in _keys(concept))
    )


def has_russian_of(longer: Concept, shorter: Concept) -> bool:
    """Whether the preferred Russian term of one concept has that of another in it, in any case."""
    return _has(_preferred(longer).text, _preferred(shorter).text)


@lru_cache(maxsize=8192)
def _has(text: str, wanted: str) -> bool:
    try:
        return bool(find_forms(text, compile_paradigm(Term(lang="ru", text=wanted))))
    except TermbaseError:
        return wanted.casefold() in text.casefold()


def _preferred(concept: Concept) -> Term:
    return concept.in_lang("ru", Status.PREFERRED)[0]


def _texts(concept: Concept, lang: str) -> list[str]:
    return [term.text for term in concept.in_lang(lang, Status.PREFERRED, Status.ADMITTED)]


def _keys(concept: Concept) -> Iterator[tuple[str, ...]]:
    """The language and the keys of the words of each source term."""
    for lang in SOURCE_LANGUAGES:
        for text in _texts(concept, lang):
            yield lang, *(token.key for token in tokens(text, lang))
