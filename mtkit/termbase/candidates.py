"""Candidate targets for enforcement: how they are built, and which of them are sound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log

from mtkit.engines.base import Hypothesis
from mtkit.errors import TermbaseError
from mtkit.termbase import agreement, context
from mtkit.termbase.case_model import NO_SOURCE, SourceContext, joined_cases, log_probabilities
from mtkit.termbase.compile import CASES, NUMBERS, Paradigm, compile_paradigm
from mtkit.termbase.disagreement import disagreement
from mtkit.termbase.forms import FormMatch, assign, find_concept
from mtkit.termbase.verify import forbidden_forms
from mtkit.text.markup import PLACEABLE_TOKEN
from mtkit.text.morphology import lemmas, parse
from mtkit.types import Concept, Span

MOST_FORMS = 3
LEAST_WEIGHT = -3.0
"""Nats that a form may be less likely than the likeliest one to be tried."""
OTHER_NUMBER = 1.0
"""Nats that a number other than that of the source or of the words replaced has against it."""
REPLACED = 2.0
"""Nats that a unit of evidence from the words replaced is worth."""
DOUBT, MOST_DOUBT = 1.0, 10.0
"""Nats by which a form must be less likely than another for this to be tried; what is counted at most."""
APPOSED = 8.0
"""Nats that apposition to the noun before a name is worth."""
SURE = -0.7
"""Log-probability (nats) from which on a form is put in where no model ranks it."""
_SHORTEST, _LONGEST = 0.5, 1.8
_SLACK = 40
_SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+|[\n:]\s*[«„\"]\s*)[«„“\"(\s]*$")
_NUMBER = re.compile(r"\d+")
_GENDERS = ("femn", "neut", "masc")
"""Of the further forms that the paradigm of one adjective has."""
_CLAUSE_BORDER = re.compile(r"[.,;:!?()«»—]|\bи\b|\bили\b")
_WORD = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target that may have the term of constraint `constraint`.

    `margin` is what it may cost in nats a token, `bonus` what the words around say for its form, in the same.
    """

    constraint: int
    hypothesis: Hypothesis
    strategy: str
    margin: float
    bonus: float = 0.0

    @property
    def rank(self) -> float:
        return (self.hypothesis.score or 0.0) + self.bonus


@dataclass(frozen=True, slots=True)
class Placed:
    """The target with a form of the term at `span`, the words around it mended.

    `weight` is what speaks for the form less what speaks for the likeliest one: 0 or below.
    """

    text: str
    span: Span
    weight: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is known of a term from outside the place where it is to stand.

    `number` is that of the source, "" where it has none to show; `kind` as in mtkit.termbase.context; `terms`
    are others in the target.
    """

    number: str = ""
    kind: str = ""
    source: SourceContext = NO_SOURCE
    terms: Sequence[FormMatch] = ()


def placements(
    text: str,
    span: Span,
    paradigm: Paradigm,
    wanted: Wanted = Wanted(),
    *,
    ranked: bool,
    located: bool = True,
    standing: FormMatch | None = None,
) -> list[Placed]:
    """The text with the words at `span` replaced by forms that fit there, likeliest first, three at most.

    Case and number come from what governs the place, from the words around it, here and in the source, and
    from the words replaced. With `ranked` every likely form is given, for a model to rank; without, only the
    likeliest, and none where nothing tells the case. `located` False: the words at `span` say nothing.
    `standing` is a form of the term that is there; its number is kept where the source has none to show.
    """
    weights = _weights(text, span, paradigm, wanted, located=located, standing=standing)
    keys = sorted(weights, key=lambda key: (-weights[key], _likelihood(key)))
    if not ranked:
        told = located and context.replaced_evidence(text, span)
        certain = told or (keys and weights[keys[0]] >= SURE) or len({case for case, _ in keys}) < len(CASES)
        keys = keys[:1] if certain else []
    placed: dict[str, Placed] = {}
    for key in keys:
        candidate = replace(place_form(text, span, paradigm, key), weight=weights[key] - weights[keys[0]])
        placed.setdefault(candidate.text, candidate)
    return [each for each in placed.values() if each.weight >= LEAST_WEIGHT][:MOST_FORMS]


def doubt(text: str, place: FormMatch, paradigm: Paradigm, wanted: Wanted = Wanted()) -> float:
    """Nats by which another form is likelier than that at `place` by the words around it; 0 where none is.

    None is, either, for a form that agrees: a nominative with the verb after it, an oblique case with what a
    comma or «и» joins it to, be it apposition or a list; nor for the time when («в День независимости»).
    """
    right = _is_subject(text, place, wanted.number) or _agrees_with_joined(text, place, wanted.terms)
    if right or _tells_when(text, place):
        return 0.0
    weights = _weights(text, place.span, paradigm, wanted, located=False, standing=place)
    own = max((weights.get(reading, -MOST_DOUBT) for reading in place.readings), default=-MOST_DOUBT)
    return min(max(weights.values()) - own, MOST_DOUBT)


def _is_subject(text: str, place: FormMatch, number: str) -> bool:
    """Whether the verb after a nominative agrees with it, alone or as the last of several subjects.

    `number` is that of the source, "" where it has none to show.
    """
    verb, head = context.verb_after(text, place.span.end), form_head(place)
    numbers = {each for case, each in place.readings if case == "nom"}
    if verb is None or head is None or context.is_attribute(text, place.span.start):
        return False
    before = text[: agreement.modified_start(text, place.span.start)].rstrip()
    if verb.number == "pl" and before.endswith((",", " и")):
        return bool(numbers)
    return any(head.agrees(verb, each) for each in numbers if number in ("", each))


def _tells_when(text: str, place: FormMatch) -> bool:
    before, first = agreement.word_before(text, place.span.start), _WORD.match(place.form)
    day = first is not None and first[0].lower() == "день"
    return day and before is not None and before.of(text).lower() in ("в", "во")


def _agrees_with_joined(text: str, place: FormMatch, terms: Sequence[FormMatch]) -> bool:
    start = place.span.start
    joined = context.cases_before_comma(text, start) | joined_cases(text, start, terms)
    return bool(joined & context.OBLIQUE & {agreement.plain_case(case) for case, _ in place.readings})


def _weights(
    text: str, span: Span, paradigm: Paradigm, wanted: Wanted, *, located: bool, standing: FormMatch | None
) -> dict[tuple[str, str], float]:
    """Log-probability (nats) of each form that is grammatical at `span`."""
    pasted = text[: span.start] + paradigm.form("nom") + text[span.end :]
    there = Span(span.start, span.start + len(paradigm.form("nom")))
    allowed = context.allowed_keys(pasted, there)
    replaced = context.replaced_evidence(text, span) if located else {}
    forms = {key: (agreement.plain_case(key[0]), key[1]) for key in paradigm.forms}
    counted = len(allowed) < 2 * len({case for case, _ in allowed})
    numbers = {wanted.number} if wanted.number == "pl" else {*NUMBERS}
    if standing is not None and not wanted.number:
        numbers = {number for _, number in standing.readings}
    keys = [key for key in forms if counted or key[1] in numbers] or list(forms)
    fitting = [key for key in keys if forms[key] in allowed]
    if not fitting:
        cases = {case for case, _ in allowed}
        fitting = [key for key in keys if forms[key][0] in cases] or keys
    told = {wanted.number} if wanted.number else {number for _, number in replaced} or {"sg"}
    shift = len(pasted) - len(text)
    terms = [
        replace(term, span=term.span.shifted(shift)) if term.span.start >= span.end else term
        for term in wanted.terms
        if not term.span.overlaps(span)
    ]
    likely = log_probabilities(
        pasted, there, wanted.source, wanted.kind, {forms[key] for key in fitting}, terms
    )
    apposed = context.apposed_keys(pasted, there, wanted.kind)
    weights = {
        key: likely[forms[key]]
        + APPOSED * (forms[key] in apposed)
        + REPLACED * _likeness(replaced, forms[key])
        - (0.0 if counted or key[1] in told else OTHER_NUMBER)
        for key in fitting
    }
    total = log(sum(map(exp, weights.values())))
    return {key: weight - total for key, weight in weights.items()}


def _likeness(replaced: context.Evidence, key: tuple[str, str]) -> float:
    """What the words replaced say for a form; its case counts half where the number is another."""
    same_case = (weight / 2 for (case, _), weight in replaced.items() if case == key[0])
    return replaced.get(key) or max(same_case, default=0.0)


def _likelihood(key: tuple[str, str]) -> int:
    """Commonest case first among those that nothing tells apart."""
    return ("loc", "gen", "ins", "dat", "acc", "nom").index(agreement.plain_case(key[0]))


def place_form(text: str, span: Span, paradigm: Paradigm, key: tuple[str, str]) -> Placed:
    """Put one form in the place of `span` and mend the adjectives, preposition and verb beside it."""
    case, number = key
    form = paradigm.forms[key]
    if key == ("gen", "sg") and key in paradigm.others and context.follows_few(text, span.start):
        form = paradigm.others[key][0]
    elif number == "sg" and len(paradigm.others.get(key, ())) == len(_GENDERS):
        form = _agreeing_adjective(text[span.end :], paradigm, key)
    if _SENTENCE_START.search(text[: span.start]) and (not span.start or text[span.start].isupper()):
        form = form[:1].upper() + form[1:]
    text = text[: span.start] + form + text[span.end :]
    span = Span(span.start, span.start + len(form))
    head = term_head(paradigm)
    if head is not None:
        text, span = agreement.mend_adjectives(text, span, case, number, head)
        if case == "nom" and not context.is_attribute(text, span.start):
            text = agreement.mend_verb(text, span, number, head)
    text, start = agreement.mend_preposition(text, span.start)
    return Placed(text, Span(start, start + len(form)))


def _agreeing_adjective(following: str, paradigm: Paradigm, key: tuple[str, str]) -> str:
    """The form of a term that is one adjective, in the gender of the noun after it."""
    found = _WORD.search(following)
    nouns = [reading for reading in parse(found[0].lower()) if reading.pos == "NOUN"] if found else []
    if not nouns or nouns[0].gender == "masc":
        return paradigm.others[key][2] if nouns and nouns[0].animate else paradigm.forms[key]
    return paradigm.others[key][_GENDERS.index(nouns[0].gender)] if nouns[0].gender else paradigm.forms[key]


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
            kept.append((target.shifted(shift), source))
    return Hypothesis(text=text, alignment=tuple(kept))


def sound(
    source: str, before: str, text: str, place: FormMatch, concept: Concept, *, rewritten: bool
) -> bool:
    """Whether a candidate agrees around its term and has neither lost nor doubled anything."""
    if not well_formed(text, place):
        return False
    if lost_tokens(source, text) > lost_tokens(source, before) or _lost_numbers(source, before, text):
        return False
    if len(find_concept(text, concept)) > len(find_concept(before, concept)) + 1:
        return False
    if len(list(forbidden_forms(text, concept))) > len(list(forbidden_forms(before, concept))):
        return False
    if doubled(text, place.span):
        return False
    return not rewritten or len(before) * _SHORTEST - _SLACK <= len(text) <= len(before) * _LONGEST + _SLACK


def well_formed(text: str, place: FormMatch) -> bool:
    """Whether the form at `place` can stand there by what stands before it."""
    found = disagreement(text, place.span, place.readings, form_head(place))
    return found is None or found.kind == "verb"


def form_head(place: FormMatch) -> agreement.Head | None:
    """The head noun of the term at `place`; None where it is not known."""
    try:
        return term_head(compile_paradigm(place.term)) if place.term is not None else None
    except TermbaseError:
        return None


def lost_tokens(source: str, text: str) -> int:
    """How many placeable tokens of the source the text lacks."""
    return (Counter(PLACEABLE_TOKEN.findall(source)) - Counter(PLACEABLE_TOKEN.findall(text))).total()


def surplus(text: str, concepts: Sequence[Concept]) -> int:
    """How many renderings of its concepts a text has beside those that the source asks for."""
    taken = [place.span for place in assign(text, concepts) if place is not None]
    return sum(
        not any(found.span.overlaps(span) for span in taken)
        for concept in {concept.id: concept for concept in concepts}.values()
        for found in find_concept(text, concept)
    )


def _lost_numbers(source: str, before: str, text: str) -> bool:
    """Whether a number of the source that stood in the text before is gone."""
    numbers = [Counter(_NUMBER.findall(PLACEABLE_TOKEN.sub("", each))) for each in (source, before, text)]
    return bool((numbers[0] & numbers[1]) - numbers[2])


def doubled(text: str, span: Span) -> bool:
    """Whether the words right after or right before a term say part of it again."""
    words = [word for word in _WORD.findall(span.of(text)) if _content(word)]
    term = [lemmas(word.lower()) for word in words]
    following = _CLAUSE_BORDER.split(text[span.end :], maxsplit=1)[0]
    nearby = [word for word in _WORD.findall(following) if _content(word)][: len(term)]
    repeated = sum(1 for word in nearby if any(lemmas(word.lower()) & lemma for lemma in term))
    if repeated > 0 and repeated * 2 >= len(term):
        return True
    preceding = _CLAUSE_BORDER.split(text[: span.start])[-1]
    nearby = [word for word in _WORD.findall(preceding) if _content(word)][-len(term) :] if term else []
    repeated = sum(1 for word in nearby if any(lemmas(word.lower()) & lemma for lemma in term))
    return (repeated > 0 and repeated * 2 >= len(term)) or _repeated_head(text, span, term)


def _repeated_head(text: str, span: Span, term: list[frozenset[str]]) -> bool:
    """Whether the word before a term is one of its first two again: «министерство Министерство …»."""
    before = agreement.word_before(text, span.start)
    first = frozenset().union(*term[:2])
    return before is not None and bool(lemmas(before.of(text).lower()) & first)


def _content(word: str) -> bool:
    return parse(word.lower())[0].pos in {"NOUN", "ADJF", "PRTF"}
