"""Candidate targets for enforcement: how they are built, and which of them are sound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mtkit.engines.base import Hypothesis
from mtkit.termbase import agreement
from mtkit.termbase.compile import Paradigm, compile_paradigm
from mtkit.termbase.forms import FormMatch, find_concept
from mtkit.termbase.verify import forbidden_forms
from mtkit.text.markup import PLACEABLE_TOKEN
from mtkit.text.morphology import lemmas, parse
from mtkit.types import Concept, Span

MOST_FORMS = 6
_SHORTEST, _LONGEST = 0.5, 1.8
_SLACK = 40
_SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+|[\n:]\s*[«„\"]\s*)[«„“\"(\s]*$")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target that may have the term of constraint `constraint`.

    `margin` is what it may cost in nats a token; `bonus` what its case is worth that the words before it had.
    """

    constraint: int
    hypothesis: Hypothesis
    margin: float
    bonus: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """The target with a form of the term in it, the words before it mended, and where the form ends."""

    text: str
    end: int
    same_case: bool


def placements(
    text: str, span: Span, paradigm: Paradigm, *, plural: bool, ranked: bool, located: bool = True
) -> list[Placed]:
    """The text with the words at `span` replaced by each form that fits there, at most six.

    The case comes from the replaced phrase and from what governs it, the number from the source or, where
    that is no plural, from the replaced phrase. With `ranked` every fitting form is
    given, for a model to rank; without, only the likeliest, and none where nothing tells the case.
    `located` False: the words at `span` say nothing.
    """
    replaced = agreement.phrase_cases(text, span) if located else frozenset()
    numbers = {number for _, number in replaced}
    wanted = "pl" if plural or numbers == {"pl"} else "sg"
    keys = [key for key in paradigm.forms if key[1] == wanted] or list(paradigm.forms)
    nominative = paradigm.form("nom", wanted)
    pasted = text[: span.start] + nominative + text[span.end :]
    expected = agreement.expected_cases(pasted, Span(span.start, span.start + len(nominative)))
    fitting = [key for key in keys if key[0].removesuffix("2") in expected] or keys
    same = [key for key in fitting if any(key[0] == case for case, _ in replaced)]
    if not ranked:
        told = sorted(fitting, key=_likelihood) if expected != agreement.ALL_CASES else []
        fitting = (same or told)[:1]
    placed: dict[str, Placed] = {}
    for key in fitting:
        candidate = _place(text, span, paradigm, key, key in same)
        placed.setdefault(candidate.text, candidate)
    return list(placed.values())[:MOST_FORMS]


def _likelihood(key: tuple[str, str]) -> int:
    """Commonest case first among those that a preposition leaves open."""
    return ("loc", "gen", "ins", "dat", "acc", "nom").index(key[0].removesuffix("2"))


def _place(text: str, span: Span, paradigm: Paradigm, key: tuple[str, str], same_case: bool) -> Placed:
    case, number = key
    form = paradigm.forms[key]
    if _SENTENCE_START.search(text[: span.start]) and (not span.start or text[span.start].isupper()):
        form = form[:1].upper() + form[1:]
    text = text[: span.start] + form + text[span.end :]
    span = Span(span.start, span.start + len(form))
    head = term_head(paradigm)
    if head is not None:
        text, span = agreement.mend_adjectives(text, span, case, number, head)
        if case == "nom":
            text = agreement.mend_verb(text, span, number, head)
    text, start = agreement.mend_preposition(text, span.start)
    return Placed(text, start + len(form), same_case)


def term_head(paradigm: Paradigm) -> agreement.Head | None:
    number = paradigm.numbers[0]
    return agreement.head_of(paradigm.form("nom", number), paradigm.form("ins", number))


def carry_alignment(hypothesis: Hypothesis, text: str) -> Hypothesis:
    """The hypothesis with its text edited in one place; tokens before and after the edit stay aligned."""
    old = hypothesis.text
    shortest = min(len(old), len(text))
    head = next((i for i in range(shortest) if old[i] != text[i]), shortest)
    tail = next((i for i in range(shortest - head) if old[-1 - i] != text[-1 - i]), shortest - head)
    shift = len(text) - len(old)
    kept = []
    for target, source in hypothesis.alignment:
        if target.end <= head:
            kept.append((target, source))
        elif target.start >= len(old) - tail:
            kept.append((Span(target.start + shift, target.end + shift), source))
    return Hypothesis(text=text, alignment=tuple(kept))


def sound(
    source: str, before: str, text: str, place: FormMatch, concept: Concept, *, rewritten: bool
) -> bool:
    """Whether a candidate agrees around its term and has neither lost nor doubled anything."""
    head = term_head(compile_paradigm(place.term)) if place.term is not None else None
    if not agreement.agrees(text, place.span, place.readings, head):
        return False
    if lost_tokens(source, text) > lost_tokens(source, before) or _lost_numbers(before, text):
        return False
    if len(find_concept(text, concept)) > len(find_concept(before, concept)) + 1:
        return False
    if len(list(forbidden_forms(text, concept))) > len(list(forbidden_forms(before, concept))):
        return False
    if not rewritten:
        return True
    if not len(before) * _SHORTEST - _SLACK <= len(text) <= len(before) * _LONGEST + _SLACK:
        return False
    return not _doubled(text, place.span)


def lost_tokens(source: str, text: str) -> int:
    """How many placeable tokens of the source the text lacks."""
    return (Counter(PLACEABLE_TOKEN.findall(source)) - Counter(PLACEABLE_TOKEN.findall(text))).total()


def surplus(text: str, concepts: Sequence[Concept]) -> int:
    """How many more renderings of its concepts a text has than the source asks for."""
    wanted = Counter(concept.id for concept in concepts)
    by_id = {concept.id: concept for concept in concepts}
    return sum(max(0, len(find_concept(text, by_id[key])) - count) for key, count in wanted.items())


def _lost_numbers(before: str, text: str) -> bool:
    plain = [_NUMBER.findall(PLACEABLE_TOKEN.sub("", each)) for each in (before, text)]
    return bool(Counter(plain[0]) - Counter(plain[1]))


def _doubled(text: str, span: Span) -> bool:
    """Whether the words right after a term say part of it again."""
    term = [lemmas(word.lower()) for word in _WORD.findall(span.of(text)) if _content(word)]
    following = re.split(r"[.,;:!?()«»—]", text[span.end :], maxsplit=1)[0]
    nearby = [word for word in _WORD.findall(following) if _content(word)][: len(term)]
    repeated = sum(1 for word in nearby if any(lemmas(word.lower()) & lemma for lemma in term))
    return repeated > 0 and repeated * 2 >= len(term)


def _content(word: str) -> bool:
    return parse(word.lower())[0].pos in {"NOUN", "ADJF", "PRTF"}
