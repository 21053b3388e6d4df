"""Put a missing term beside its neighbour of the source that is in the target already.

«X và Y», «X, Y» stand in one case; a post before a name agrees with it; a place after a kind of place stays
in the nominative.
"""

from __future__ import annotations

from mtkit.termbase import context
from mtkit.termbase.candidates import Placed, place_form
from mtkit.termbase.compile import Paradigm
from mtkit.termbase.forms import FormMatch
from mtkit.text.morphology import parse
from mtkit.types import Span

_CONJUNCTIONS = frozenset({"và", "and", "&", ",", "cùng", "as well as", ", and", "cùng với"})
_PLACE_KINDS = frozenset({"провинция", "община", "квартал", "город", "район", "уезд"})


def joined(
    text: str, paradigm: Paradigm, kind: str, gap: str, neighbour: FormMatch, *, first: bool, name: bool
) -> list[Placed]:
    """The text with the term before (`first`) or after its neighbour; empty where the two are not joined.

    `gap` is what stands between the two in the source, `kind` is "person" or "place" for a name, `name`
    whether the neighbour is a person's.
    """
    between = " ".join(gap.split()).lower()
    if between in _CONJUNCTIONS:
        return _coordinated(text, paradigm, between, neighbour, first=first)
    if between:
        return []
    if (kind == "person" and not first) or (name and first):
        return _agreeing(text, paradigm, neighbour, first=first)
    if kind == "place" and not first:
        return _place_after(text, paradigm, neighbour)
    return []


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


def _place_after(text: str, paradigm: Paradigm, neighbour: FormMatch) -> list[Placed]:
    """«Народный комитет провинции | Хатинь», «партийный комитет | Хюэ» in the genitive."""
    last = parse(neighbour.span.of(text).split()[-1].lower())[0].lemma
    case = "nom" if last in _PLACE_KINDS else "gen"
    form = paradigm.form(case)
    return [_inserted(text, neighbour.span.end, " ", form, "", paradigm, (case, paradigm.numbers[0]))]


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
