"""A concept of Viet Nam as it is called elsewhere: without what names Viet Nam in Russian.

«Thủ tướng» is «Премьер-министр Вьетнама», but «Thủ tướng Ấn Độ» is «премьер-министр Индии».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtkit.termbase.model import once_each
from mtkit.types import Concept, Status, Term

PREFIX = "abroad:"
"""What the ids of concepts elsewhere begin with, so that both may stand in one sentence."""
_SHARED, _PARTY = "shared:", "party:"
_NAMES_HOME = re.compile(r"вьетнам|(?<!\w)(?:КПВ|СРВ|ОФВ|ВНА|ВКТВ)(?!\w)", re.IGNORECASE)
_SOURCE_NAMES_HOME = re.compile(r"(?i:viet ?nam|việt nam)|(?<!\w)[A-ZĐ]{3,}(?!\w)")
_OF_HOME = re.compile(
    r"(?<!Южного)\s+"
    r"(?:Социалистической Республики Вьетнам|Коммунистической партии Вьетнама|Вьетнама|КПВ|СРВ)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Abroad:
    """The same concept in another country (`state`), in another party (`party`), in both (`shared`).

    «генеральный секретарь», but «Генеральный секретарь ЦК» where a party is named beside it. None: nothing is
    left without Viet Nam.
    """

    state: Concept | None
    party: Concept | None
    shared: Concept | None


def id_at_home(concept_id: str) -> str:
    """The id that the termbase has for a concept, at home or elsewhere."""
    return concept_id.removeprefix(PREFIX).removeprefix(_SHARED).removeprefix(_PARTY)


def names_home(russian: str) -> bool:
    """Whether a Russian term names Viet Nam, its party or its army."""
    return _NAMES_HOME.search(russian) is not None


def may_be_abroad(concept: Concept, term: Term) -> bool:
    """Whether a source term of a concept gets Viet Nam in Russian that it does not name itself."""
    return abroad(concept) is not None and _SOURCE_NAMES_HOME.search(term.text) is None


@once_each
def abroad(concept: Concept) -> Abroad | None:
    """The concept elsewhere; None where its Russian terms do not name Viet Nam."""
    right = concept.in_lang("ru", Status.PREFERRED, Status.ADMITTED)
    home = [term for term in right if names_home(term.text)]
    if not home or concept.id.startswith(PREFIX):
        return None
    neutral = [term for term in right if term not in home]
    bare = [term for term in map(_without_home, home) if not names_home(term.text)]
    others = [*neutral, *bare]
    candidates = [term for term in others if not term.condition]
    if not candidates:
        return Abroad(None, None, None)
    full = _without_home(right[0])
    state = party = candidates[0]
    if not names_home(full.text):
        state, party = _shortest_start(full, candidates), _own_spelling(full, candidates)
    wrong = [replace(term, status=Status.FORBIDDEN) for term in home]
    return Abroad(
        _concept(concept, PREFIX, state, others, wrong),
        _concept(concept, PREFIX + _PARTY * (party is not state), party, others, wrong),
        _concept(concept, PREFIX + _SHARED, state, [*others, *home]),
    )


def _without_home(term: Term) -> Term:
    forms = {key: _OF_HOME.sub("", form) for key, form in term.forms.items()}
    return replace(term, text=_OF_HOME.sub("", term.text), forms=forms)


def _own_spelling(full: Term, terms: list[Term]) -> Term:
    """`full` in the spelling that the termbase admits («премьер-министр»)."""
    return next((term for term in terms if term.text.casefold() == full.text.casefold()), full)


def _shortest_start(full: Term, terms: list[Term]) -> Term:
    """The shortest of the terms that `full` begins with, or is."""
    start = f"{full.text.casefold()} "
    starts = [term for term in terms if start.startswith(f"{term.text.casefold()} ")]
    return min(starts, key=lambda term: len(term.text), default=full)


def _concept(
    concept: Concept, prefix: str, first: Term, others: list[Term], wrong: Sequence[Term] = ()
) -> Concept:
    sources = tuple(term for term in concept.terms if term.lang != "ru")
    return replace(concept, id=prefix + concept.id, terms=(*sources, *_russian(first, others), *wrong))


def _russian(first: Term, others: list[Term]) -> Iterator[Term]:
    yield replace(first, status=Status.PREFERRED)
    known = {first.text.casefold()}
    for term in others:
        if term.text.casefold() not in known:
            known.add(term.text.casefold())
            yield replace(term, status=Status.ADMITTED)
