"""How often the words around a term tell its form: measured on references, without any model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtkit.errors import InputError
from mtkit.runners.bench import corpus_sets
from mtkit.termbase import context
from mtkit.termbase.case_learning import Occurrence, learn, occurrences
from mtkit.termbase.case_model import log_probabilities
from mtkit.termbase.model import Termbase
from mtkit.termbase.plans import name_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsRow:
    """Terms of a test set that inflect and that the references have, and for how many the form is told."""

    test_set: str
    terms: int
    told: int


def measure_forms(corpus: Path, part: str, termbase: Termbase) -> Iterator[FormsRow]:
    """Take each term out of its reference and let the words around it and its source choose the form.

    A row for each source language. Raises InputError.
    """
    for test_set in corpus_sets(corpus, part):
        found = list(occurrences(termbase, test_set.src_lang, test_set.sources, test_set.references))
        yield FormsRow(test_set=test_set.name, terms=len(found), told=sum(map(_told, found)))


def _told(occurrence: Occurrence) -> bool:
    """Whether the likeliest form can stand for what the reference's form stands for."""
    keys = {(case, number) for case, number in occurrence.paradigm.forms if case != "loc2"}
    text, span = occurrence.text, occurrence.place.span
    fitting = keys & context.allowed_keys(text, span) or keys
    likely = log_probabilities(
        text, span, occurrence.source, name_kind(occurrence.match), sorted(fitting), occurrence.terms
    )
    form = occurrence.paradigm.forms[max(likely, key=likely.__getitem__)]
    return bool({*occurrence.paradigm.readings(form)} & {*occurrence.place.readings})


def learned_table(corpus: Path, termbase: Termbase) -> str:
    """The table of mtkit.termbase.case_model, learned anew from the training part. Raises InputError.

    A term that is a whole segment (a table cell) teaches nothing: no words are around it.
    """
    examples = [
        (occurrence, name_kind(occurrence.match))
        for test_set in corpus_sets(corpus, "train")
        for occurrence in occurrences(termbase, test_set.src_lang, test_set.sources, test_set.references)
        if occurrence.place.form != occurrence.text
    ]
    if not examples:
        raise InputError(f"{corpus}: no term of the termbase is in its training part.", "Check the corpus.")
    weights = learn(examples)
    return "".join(f"{name}\t" + "\t".join(map(str, row)) + "\n" for name, row in weights.items())
