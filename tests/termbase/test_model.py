from __future__ import annotations

import pytest

from mtkit.termbase.model import Place, Termbase
from mtkit.types import Concept, Term

PARTY = Concept(id="party", terms=(Term(lang="en", text="the Party"), Term(lang="ru", text="партия")))


def test_concepts_are_found_by_id() -> None:
    termbase = Termbase(concepts=(PARTY,), places={"party": Place("party.tsv", 7)})
    assert termbase.concept("party") is PARTY
    assert len(termbase) == 1
    assert str(termbase.places["party"]) == "party.tsv:7"


def test_unknown_id() -> None:
    with pytest.raises(KeyError):
        Termbase(concepts=()).concept("party")
