"""What can be wrong with a termbase that loads: entries that collide, are never reached or do not inflect."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from mtkit.errors import TermbaseError
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import russian_terms
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.termbase.model import Place, Termbase
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.text.morphology import in_dictionary
from mtkit.text.spelling import nearest
from mtkit.text.unicode import has_cyrillic
from mtkit.types import Concept, Status, Term

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SPELT = re.compile(r"(?<![\w-])(?:[а-яё]{5,}|\A[А-ЯЁ][а-яё]{4,}(?= [а-яё]))(?![\w-])")
"""Words that may be misspelt: small ones, and the first of a title; other capitalised ones are names."""
_TO_SEPARATE = 'put " | " between sources, other Russian terms into a column ru_admitted'
_OF_A_PLACE = re.compile(r"[А-ЯЁ].*[сц]к(?:[ио]й|[ао]я|ое|ие)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one concept.

    Kinds: duplicate, conflict, unreachable, no-paradigm, contradiction, several-terms, script, misspelling.
    """

    kind: str
    place: Place
    concept_id: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def validate(termbase: Termbase, allowed: Collection[str] = ()) -> tuple[Problem, ...]:
    """Problems in file order; none for a termbase that can be used as it is.

    `allowed` are words that are spelt right though no dictionary has them.
    """
    matchers = {lang: Matcher(termbase, lang) for lang in SOURCE_LANGUAGES}
    problems = []
    for concept in termbase.concepts:
        place = termbase.places.get(concept.id, Place(termbase.path, 0))
        found = [
            *_source_problems(concept, termbase, matchers),
            *_russian_problems(concept),
            *_spelling_problems(concept, allowed),
        ]
        problems += [Problem(kind, place, concept.id, message) for kind, message in found]
    return tuple(problems)


def _source_problems(
    concept: Concept, termbase: Termbase, matchers: dict[str, Matcher]
) -> Iterator[tuple[str, str]]:
    for lang, matcher in matchers.items():
        seen: set[tuple[str, str]] = set()
        for term in concept.in_lang(lang, Status.PREFERRED, Status.ADMITTED):
            if (term.text, term.condition) in seen:
                yield "duplicate", f"{term.text!r} stands twice in this entry."
            seen.add((term.text, term.condition))
            if term.condition:
                continue
            matches = matcher.find_at_home(term.text)
            if len(matches) != 1 or matches[0].span.end != len(term.text):
                yield "unreachable", _shadow(term, matches, termbase)
                continue
            rival = matches[0].concept
            if rival.id == concept.id:
                continue
            kind = "duplicate" if _target(rival) == _target(concept) else "conflict"
            yield kind, _rivalry(term, concept, rival, termbase)


def _shadow(term: Term, matches: Sequence[SourceMatch], termbase: Termbase) -> str:
    """What is found where a term is looked up that is never reached."""
    found = ", ".join(
        f"{match.span.of(term.text)!r} ({termbase.places.get(match.concept.id, match.concept.id)})"
        for match in matches
    )
    if found:
        return f"{term.text!r} is never matched: {found} is in its way."
    return f"{term.text!r} is never matched: it has no word that counts, or another entry excludes it."


def _rivalry(term: Term, concept: Concept, rival: Concept, termbase: Termbase) -> str:
    where = termbase.places.get(rival.id, rival.id)
    if _target(rival) == _target(concept):
        return f"{term.text!r} is already an entry with the same target ({where})."
    return f"{term.text!r} already means {_target(rival)!r} ({where}), here {_target(concept)!r}."


def _russian_problems(concept: Concept) -> Iterator[tuple[str, str]]:
    right = russian_terms(concept)
    for term in right:
        try:
            compile_paradigm(term)
        except TermbaseError as error:
            yield "no-paradigm", str(error)
    for term in concept.in_lang("ru", Status.FORBIDDEN, Status.DEPRECATED):
        if term.condition:
            continue
        clash = next((each for each in right if _same_forms(each, term)), None)
        if clash is not None:
            yield "contradiction", f"{term.text!r} is both right and {term.status.value}."
    for text, count in Counter(term.text for term in right).items():
        if count > 1:
            yield "duplicate", f"{text!r} stands twice in this entry."


def _spelling_problems(concept: Concept, allowed: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with how the terms are written."""
    right = russian_terms(concept)
    sources = [
        term for lang in SOURCE_LANGUAGES for term in concept.in_lang(lang, Status.PREFERRED, Status.ADMITTED)
    ]
    for term in (*sources, *right):
        if ";" in term.text:
            yield "several-terms", f"{term.text!r} is read as one term: {_TO_SEPARATE}."
    as_in_source = " ".join(term.text for term in sources).casefold()
    for term in right:
        words = _LETTERS.findall(term.text)
        foreign = [word for word in words if not has_cyrillic(word)]
        mixed = [word for word in words if has_cyrillic(word) and re.search("[A-Za-z]", word)]
        if mixed:
            yield "script", f"{mixed[0]!r} in {term.text!r} has Latin and Russian letters."
        elif words == foreign and any(_is_new(word, as_in_source) for word in words):
            yield "script", f"{term.text!r} is not written in Russian letters."
        for match in _SPELT.finditer(term.text):
            word = match.group().lower()
            if word in allowed or in_dictionary(word) or _OF_A_PLACE.fullmatch(match.group()):
                continue
            if near := nearest(word):
                yield "misspelling", f"{match.group()!r} is in no dictionary: {' or '.join(near)}?"


def _is_new(word: str, sources: str) -> bool:
    """Whether a Latin word is none that the source has, and no abbreviation."""
    return not word.isupper() and word.casefold() not in sources


def _same_forms(right: Term, wrong: Term) -> bool:
    """Whether a wrong term is a right one in some form, so that right renderings count as wrong."""
    try:
        forms = {form.casefold() for form in compile_paradigm(right).variants()}
    except TermbaseError:
        forms = {right.text.casefold()}
    return wrong.text.casefold() in forms


def _target(concept: Concept) -> str:
    return concept.in_lang("ru", Status.PREFERRED)[0].text
