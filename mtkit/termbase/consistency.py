"""One concept, one rendering over a document: named in full first, later in full or in one short form.

A name is always spelt as the entry spells it first; another spelling that is admitted gives way. What is
short is told from the entry: an admitted term that abbreviates the preferred one or leaves words of it out.
Other admitted terms of several words give way to the preferred one where a document mixes them. A capital
that the sentence has and the entry has not («Постановление № 178/2024/NĐ-CP») stays, and a small letter too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from mtkit.errors import TermbaseError
from mtkit.termbase import agreement, context
from mtkit.termbase.candidates import doubled, place_form, term_head
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import FormMatch, assign, russian_terms
from mtkit.termbase.locate import PERSONS, PLACES
from mtkit.termbase.match import SourceMatch
from mtkit.termbase.model import once_each
from mtkit.text.edits import Edit, apply_edits
from mtkit.text.morphology import lemmas
from mtkit.types import Concept, Span, Term

_ALIKE = 0.6
"""Share of the letters that two spellings of a place have in common at least."""
_Mention = tuple[int, FormMatch]


def consistent(
    targets: Sequence[str], matches: Sequence[Sequence[SourceMatch]], headlines: Sequence[bool] = ()
) -> list[str]:
    """N targets of one document in order, with the terms of their sources -> N targets, same order.

    Only forms that are right already are exchanged, each in its case and number; a target where that would
    cost another term or its agreement stays. `headlines` (empty, or one a target) are left as they are, but
    for the spelling of names, and name nothing first.
    """
    texts = [
        _respelt(text, [match.concept for match in own]) for text, own in zip(targets, matches, strict=True)
    ]
    mentions: dict[str, list[_Mention]] = {}
    concepts: dict[str, Concept] = {}
    for number, (text, own) in enumerate(zip(texts, matches, strict=True)):
        if headlines and headlines[number]:
            continue
        for match, place in zip(own, assign(text, [match.concept for match in own]), strict=True):
            if place is not None and place.term is not None:
                concepts[match.concept.id] = match.concept
                mentions.setdefault(match.concept.id, []).append((number, place))
    changes = [
        (number, place, wanted)
        for concept_id, own_mentions in mentions.items()
        for number, place, wanted in _changes(concepts[concept_id], own_mentions)
    ]
    for number, place, wanted in sorted(changes, key=lambda change: (change[0], -change[1].span.start)):
        exchanged = _exchanged(texts[number], place, wanted)
        own_concepts = [match.concept for match in matches[number]]
        if exchanged is not None and _held(exchanged, own_concepts) >= _held(texts[number], own_concepts):
            texts[number] = exchanged
    return texts


def _respelt(text: str, concepts: Sequence[Concept]) -> str:
    """A target with the names of its concepts in the spelling that comes first in their entries."""
    if not any(map(_spellings, concepts)):
        return text
    edits = []
    for concept, place in zip(concepts, assign(text, concepts), strict=True):
        if place is None or place.term is None:
            continue
        wanted = _spellings(concept).get(place.term.text)
        form = _same_form(place, wanted) if wanted is not None else None
        if form is not None:
            capitals = place.span.of(text).isupper()
            edits.append(Edit(span=place.span, text=form.upper() if capitals else form))
    return apply_edits(text, edits).text


@once_each
def _spellings(concept: Concept) -> Mapping[str, Term]:
    """Terms of a name that are another spelling of one of its terms, and the first such term."""
    if concept.subject not in PERSONS | PLACES:
        return {}
    terms = russian_terms(concept)
    person = concept.subject in PERSONS
    return {
        term.text: first
        for at, term in enumerate(terms)
        for first in reversed(terms[:at])
        if _is_spelling(term, first, person=person)
    }


def _is_spelling(term: Term, first: Term, *, person: bool) -> bool:
    """Whether two terms are one name: of a person with as many parts, of a place with words nearly alike."""
    words, others = term.text.split(), first.text.split()
    if len(words) != len(others) or (person and len(words) == 1):
        return False
    return person or all(
        word[:1] == other[:1]
        and len(word) == len(other)
        and SequenceMatcher(None, word, other, autojunk=False).ratio() >= _ALIKE
        for word, other in zip(words, others, strict=True)
    )


def _same_form(place: FormMatch, wanted: Term) -> str | None:
    """The wanted term in the case and number of the form at `place`; None where it has no such form."""
    try:
        forms = compile_paradigm(wanted).forms
    except TermbaseError:
        return None
    return next((forms[key] for key in place.readings if key in forms), None)


def is_short(term: Term, preferred: Term) -> bool:
    """Whether a term abbreviates another or leaves words of it out."""
    words, full = term.text.split(), preferred.text.split()
    if len(words) >= len(full):
        return False
    return all(word.isupper() or any(_same_word(word, other) for other in full) for word in words)


def _changes(concept: Concept, mentions: Sequence[_Mention]) -> Iterator[tuple[int, FormMatch, Term]]:
    """Which mentions of one concept are to be exchanged for which of its terms."""
    preferred = russian_terms(concept)[0]
    if len(mentions) < 2:
        return
    in_order = sorted(mentions, key=lambda mention: (mention[0], mention[1].span))
    short: Term | None = None
    long = {
        (preferred if is_short(term, preferred) else term).text
        for position, (_, place) in enumerate(in_order)
        if (term := place.term) is not None and (position == 0 or not is_short(term, preferred))
    }
    mixed = len(long) > 1
    for position, (number, place) in enumerate(in_order):
        term = place.term
        if term is None or term == preferred:
            continue
        if not is_short(term, preferred):
            if mixed and len(term.text.split()) > 1 and len(preferred.text.split()) > 1:
                yield number, place, preferred
        elif position == 0:
            yield number, place, preferred
        elif short is None:
            short = term
        elif term != short:
            yield number, place, short


def _exchanged(text: str, place: FormMatch, wanted: Term) -> str | None:
    """The text with the wanted term in the case and number of the form at `place`; None where that fails."""
    try:
        paradigm = compile_paradigm(wanted)
    except TermbaseError:
        return None
    allowed = context.allowed_keys(text, place.span)
    weights = context.evidence(text, place.span)
    keys = [key for key in place.readings if key in paradigm.forms and key in allowed]
    if not keys:
        return None
    key = max(keys, key=lambda each: weights.get(each, 0.0))
    placed = place_form(text, place.span, paradigm, key)
    if place.term is not None and _capital_of_the_sentence(text, place.span, place.term, wanted):
        start = placed.span.start
        capital = placed.text[start].upper()
        placed = replace(placed, text=placed.text[:start] + capital + placed.text[start + 1 :])
    readings = paradigm.readings(paradigm.forms[key])
    if not agreement.agrees(placed.text, placed.span, readings, term_head(paradigm)):
        return None
    return None if doubled(placed.text, placed.span) else placed.text


def _capital_of_the_sentence(text: str, span: Span, term: Term, wanted: Term) -> bool:
    """Whether a term stands with a capital that neither it nor the wanted one has by itself."""
    return text[span.start].isupper() and term.text[:1].islower() and wanted.text[:1].islower()


def _held(text: str, concepts: Sequence[Concept]) -> int:
    return sum(place is not None for place in assign(text, concepts))


def _same_word(word: str, other: str) -> bool:
    return word.lower() == other.lower() or bool(lemmas(word.lower()) & lemmas(other.lower()))
