"""One concept, one rendering over a document: named in full first, later in full or in one short form.

What is short is told from the entry: an admitted term that abbreviates the preferred one or leaves words of
it out. Other admitted terms of several words give way to the preferred one where a document mixes them. A
capital that the sentence has and the entry has not («Постановление № 178/2024/NĐ-CP») stays, and so does a
small letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mtkit.errors import TermbaseError
from mtkit.termbase import agreement, context
from mtkit.termbase.candidates import doubled, place_form, term_head
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import FormMatch, assign, russian_terms
from mtkit.termbase.match import SourceMatch
from mtkit.text.morphology import lemmas
from mtkit.types import Concept, Span, Term

_Mention = tuple[int, FormMatch]


def consistent(
    targets: Sequence[str], matches: Sequence[Sequence[SourceMatch]], headlines: Sequence[bool] = ()
) -> list[str]:
    """N targets of one document in order, with the terms of their sources -> N targets, same order.

    Only forms that are right already are exchanged, each in its case and number; a target where that would
    cost another term or its agreement stays. `headlines` (empty, or one a target) are left as they are and
    name nothing first.
    """
    texts = list(targets)
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
