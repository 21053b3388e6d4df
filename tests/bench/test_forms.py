"""The words around a term tell its form: the development part of the domain corpus, held to a floor."""

from __future__ import annotations

from pathlib import Path

from mtkit.runners.bench_forms import measure_forms
from mtkit.termbase.io import load_termbase

CORPUS = Path(__file__).parents[2] / "data" / "corpus"


def test_most_forms_are_told_by_the_words_around_them() -> None:
    for row in measure_forms(CORPUS, "dev", load_termbase("bundled")):
        assert row.told > 0.82 * row.terms
