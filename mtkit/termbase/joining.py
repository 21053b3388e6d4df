"""Put a missing term beside its neighbour of the source that is in the target already.

«X và Y», «X, Y» stand in one case; a post before a name agrees with it; what describes the other stands after
it in the genitive, a place after a kind of place in the nominative.
"""

from __future__ import annotations

from mtkit.errors import TermbaseError
from mtkit.termbase import context
from mtkit.termbase.candidates import Placed, place_form
from mtkit.termbase.compile import Paradigm, compile_paradigm
from mtkit.termbase.forms import FormMatch
from mtkit.text.morphology import parse
from mtkit.types import Span

_CONJUNCTIONS = frozenset({"và", "and", "&", ",", "cùng", "as well as", ", and", "cùng với"})


def joined(
    text: str,
    paradigm: Paradigm,
    gap: str,
    neighbour: FormMatch,
    *,
    kinds: tuple[str, str] = ("", ""),
    first: bool,
    attribute: bool = False,
) -> list[Placed]:
    """The text with the term before (`first`) or after its neighbour; empty where the two are not joined.

    `gap` is what stands between the two in the source. `kinds` are those of the term and of its neighbour:
    "person" or "place" for a name. `attribute`: of two that stand side by side in the source, the term is
    what Vietnamese has after its head and English before it.
    """
    between = " ".join(gap.split()).lower()
    if between in _CONJUNCTIONS:
        return _coordinated(text, paradigm, between, neighbour, first=first)
    if between:
        return []
    own, other = kinds
    if "person" in kinds:
        apposed = not first if own == "person" else first
        return _agreeing(text, paradigm, neighbour, first=first) if apposed else []
    if attribute:
        return [_attribute(text, paradigm, own, neighbour)]
    return _head(text, paradigm, other, neighbour)


def _coordinated(
    text: str, paradigm: Paradigm, conjunction: str, neighbour: FormMatch, *, first: bool
) -> list[Placed]:
    comma = conjunction == ","
    placed = []
    for case in _cases(text, neighbour):
        for number in paradigm.numbers[:1]:
            form = paradigm.form(case, number)
            if first:
                glue = ", " if comma else " и "
                start = neighbour.span.start
                placed.append(_inserted(text, start, "", form, glue, paradigm, (case, number)))
            else:
                following = text[neighbour.span.end :].lstrip()
                glue = ", " if comma and following.startswith((",", "и ")) else " и "
                placed.append(_inserted(text, neighbour.span.end, glue, form, "", paradigm, (case, number)))
    return placed


def _agreeing(text: str, paradigm: Paradigm, neighbour: FormMatch, *, first: bool) -> list[Placed]:
    start = neighbour.span.start if first else neighbour.span.end
    before, after = ("", " ") if first else (" ", "")
    return [
        _inserted(text, start, before, paradigm.form(case), after, paradigm, (case, paradigm.numbers[0]))
        for case in _cases(text, neighbour)
    ]


def _attribute(text: str, paradigm: Paradigm, kind: str, neighbour: FormMatch) -> Placed:
    """«резолюция | Народного совета», «партийный комитет | Хюэ»: genitive; «провинция | Хатинь» is not."""
    case = _attribute_case(neighbour.span.of(text).split()[-1], kind)
    form = paradigm.form(case)
    return _inserted(text, neighbour.span.end, " ", form, "", paradigm, (case, paradigm.numbers[0]))


def _head(text: str, paradigm: Paradigm, kind: str, neighbour: FormMatch) -> list[Placed]:
    """«в | Хатине» -> «в провинции Хатинь»: the term takes the neighbour's case, the neighbour its own."""
    case = _attribute_case(paradigm.form("nom").split()[-1], kind)
    try:
        attribute = compile_paradigm(neighbour.term).form(case) if neighbour.term is not None else ""
    except TermbaseError:
        attribute = ""
    if not attribute:
        return []
    start, end = neighbour.span.start, neighbour.span.end
    opened = text[:start] + attribute + text[end:]
    return [
        _inserted(opened, start, "", paradigm.form(case), " ", paradigm, (case, paradigm.numbers[0]))
        for case in _cases(text, neighbour)
    ]


def _attribute_case(head: str, kind: str) -> str:
    """The case of what describes a head whose last word is given; `kind` "place" for the name of a place."""
    return "nom" if kind == "place" and parse(head.lower())[0].lemma in context.PLACE_KINDS else "gen"


def _inserted(
    text: str, at: int, before: str, form: str, after: str, paradigm: Paradigm, key: tuple[str, str]
) -> Placed:
    key = key if key in paradigm.forms else next(k for k in paradigm.forms if k[0] == key[0])
    opened = text[:at] + before + form + after + text[at:]
    start = at + len(before)
    return place_form(opened, Span(start, start + len(form)), paradigm, key)


def _cases(text: str, neighbour: FormMatch) -> list[str]:
    """The cases that the neighbour's form can stand for, the likeliest first, at most two."""
    allowed = context.allowed_keys(text, neighbour.span)
    weights = context.evidence(text, neighbour.span)
    keys = [key for key in neighbour.readings if key in allowed] or list(neighbour.readings)
    ranked = sorted(keys, key=lambda key: -weights.get(key, 0.0))
    return list(dict.fromkeys(case for case, _ in ranked))[:2]
