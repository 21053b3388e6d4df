"""Learn the weights of mtkit.termbase.case_model from parallel text that has the terms.

Multinomial logistic regression with a quadratic penalty. A form that can stand for several cases counts for
all of them that the words around it allow, in the shares that the model gives them so far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtkit.errors import TermbaseError
from mtkit.termbase import agreement, case_model, context
from mtkit.termbase.compile import Paradigm, compile_paradigm
from mtkit.termbase.forms import FormMatch, assign
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.termbase.model import Termbase
from mtkit.termbase.name_terms import terms_and_names

LEAST_COUNT = 8
"""Occurrences that a feature must have."""
PENALTY = 3e-5
STEPS = 150
RATE = 0.5
DECIMALS = 2
WITHOUT_SUBJECT = 3
"""One in so many occurrences is learned without its subject: users' glossaries have others, or none."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term in a reference: where, its paradigm, and the (case, number) pairs that its form stands for.

    `terms` are the others in the same reference.
    """

    text: str
    place: FormMatch
    paradigm: Paradigm
    match: SourceMatch
    source: case_model.SourceContext
    keys: frozenset[case_model.Key]
    terms: tuple[FormMatch, ...]


def occurrences(
    termbase: Termbase, lang: str, sources: Sequence[str], references: Sequence[str]
) -> Iterator[Occurrence]:
    """Every inflecting term and name of the sources that stands in its reference."""
    matcher = Matcher(termbase, lang)
    for source, reference in zip(sources, references, strict=True):
        matches = terms_and_names(source, matcher)
        places = assign(reference, [match.concept for match in matches])
        for match, place in zip(matches, places, strict=True):
            if place is None or place.term is None:
                continue
            try:
                paradigm = compile_paradigm(place.term)
            except TermbaseError:
                continue
            if paradigm.fixed:
                continue
            readings = {(agreement.plain_case(case), number) for case, number in place.readings}
            allowed = context.allowed_keys(reference, place.span)
            yield Occurrence(
                reference,
                place,
                paradigm,
                match,
                case_model.source_context(
                    source, match.span, lang, plural=match.plural, subject=match.concept.subject
                ),
                frozenset(readings & allowed or readings),
                tuple(each for each in places if each is not None and each is not place),
            )


def learn(examples: Sequence[tuple[Occurrence, str]]) -> dict[str, tuple[float, ...]]:
    """Weights of the features of occurrences, each with the kind of its term; rare features are left out."""
    import numpy as np

    sources = [
        o.source if i % WITHOUT_SUBJECT else replace(o.source, subject="")
        for i, (o, _) in enumerate(examples)
    ]
    named = [
        case_model.features(o.text, o.place.span, source, kind, o.terms)
        for (o, kind), source in zip(examples, sources, strict=True)
    ]
    counts = Counter(name for names in named for name in names)
    vocabulary = {name: i for i, name in enumerate(n for n, count in counts.items() if count >= LEAST_COUNT)}
    lengths = [sum(n in vocabulary for n in names) for names in named]
    columns = np.array([vocabulary[n] for names in named for n in names if n in vocabulary])
    by_column = np.argsort(columns, kind="stable")
    rows_by_column = np.repeat(np.arange(len(named)), lengths)[by_column]
    row_starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    column_starts = np.searchsorted(columns[by_column], np.arange(len(vocabulary)))
    gold = np.array([[key in o.keys for key in case_model.KEYS] for o, _ in examples], dtype=float)
    possible = np.array(
        [[key in o.paradigm.forms for key in case_model.KEYS] for o, _ in examples], dtype=float
    )
    weights = np.zeros((len(vocabulary), len(case_model.KEYS)))
    squares = np.full_like(weights, 1e-8)
    for _ in range(STEPS):
        sums = np.add.reduceat(weights[columns], row_starts)
        shares = possible * np.exp(sums - sums.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        aims = shares * gold + 1e-9 * gold
        aims /= aims.sum(axis=1, keepdims=True)
        slope = np.add.reduceat((shares - aims)[rows_by_column], column_starts) / len(examples)
        slope += PENALTY * weights
        squares += slope**2
        weights -= RATE * slope / np.sqrt(squares)
    return {
        name: tuple(round(float(value), DECIMALS) for value in weights[index])
        for name, index in sorted(vocabulary.items())
    }
