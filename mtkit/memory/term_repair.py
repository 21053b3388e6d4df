"""Put the Russian of another term or name in the place of the one that an entry's target has.

Case and number are those of the form that stands there. It is done only where every reading of that form
leads to one and the same text, and nothing around has to agree otherwise.
"""

from __future__ import annotations

from mtkit.errors import TermbaseError
from mtkit.memory.entries import Repair
from mtkit.names.find import find_names
from mtkit.termbase import agreement, context
from mtkit.termbase.candidates import doubled, place_form, term_head
from mtkit.termbase.compile import Paradigm, compile_paradigm
from mtkit.termbase.forms import FormMatch, find_concept, russian_terms
from mtkit.termbase.match import SourceMatch
from mtkit.types import Span

_NOMINATIVE = "nom"
_APPOSITION = 2.0
"""Evidence for the nominative after the kind of a place («провинция Нгеан»), see mtkit.termbase.context."""


def exchanged_term(
    target: str, entry_source: str, source: str, old: SourceMatch, new: SourceMatch, lang: str
) -> tuple[str, Repair] | None:
    """The target with `new` for `old`, and the repair; None where that is not certain."""
    places = find_concept(target, old.concept)
    terms = russian_terms(new.concept)
    if len(places) != 1 or not terms or old.plural != new.plural:
        return None
    (place,) = places
    if place.term is None or old.concept.id == new.concept.id:
        return None
    try:
        paradigm = compile_paradigm(terms[0])
        replaced = compile_paradigm(place.term)
    except TermbaseError:
        return None
    keys = _keys(target, place, old)
    if not keys or any(key not in paradigm.forms for key in keys):
        return None
    if _person(old) or _person(new):
        sexes = {_sex(entry_source, old.span, lang), _sex(source, new.span, lang)}
        if len(sexes) != 1 or None in sexes or not (_person(old) and _person(new)):
            return None
    elif not _alike(target, place.span, keys, replaced, paradigm):
        return None
    placed = {place_form(target, place.span, paradigm, key) for key in keys}
    if len({each.text for each in placed}) != 1:
        return None
    (first, *_) = placed
    if not agreement.agrees(first.text, first.span, tuple(keys), term_head(paradigm)):
        return None
    if doubled(first.text, first.span) or len(find_concept(first.text, new.concept)) != 1:
        return None
    kind = "name" if old.concept.id.startswith("name:") or new.concept.id.startswith("name:") else "term"
    return first.text, Repair(kind=kind, old=place.span.of(target), new=first.span.of(first.text))


def _keys(target: str, place: FormMatch, old: SourceMatch) -> list[tuple[str, str]]:
    """The (case, number) readings of the form that its place leaves open."""
    kind = "place" if old.concept.subject in ("place", "province", "former-province") else ""
    if kind and context.evidence(target, place.span, kind).get((_NOMINATIVE, "sg"), 0.0) >= _APPOSITION:
        return [(_NOMINATIVE, "sg")]
    allowed = context.allowed_keys(target, place.span)
    return [key for key in place.readings if (key[0].removesuffix("2"), key[1]) in allowed]


def _alike(
    target: str, span: Span, keys: list[tuple[str, str]], replaced: Paradigm, paradigm: Paradigm
) -> bool:
    """Whether adjectives and verbs beside the term stay right: the same gender and animacy, or none there."""
    old, new = term_head(replaced), term_head(paradigm)
    if old is not None and old == new:
        return True
    before = agreement.word_before(target, span.start)
    modified = before is not None and agreement.is_modifier(before.of(target))
    apposition = context.evidence(target, span, "place").get((_NOMINATIVE, "sg"), 0.0) >= _APPOSITION
    return not modified and (apposition or all(case != _NOMINATIVE for case, _ in keys))


def _person(match: SourceMatch) -> bool:
    return match.concept.subject == "person"


def _sex(text: str, span: Span, lang: str) -> str | None:
    return next((name.sex for name in find_names(text, lang) if name.span.overlaps(span)), None)
