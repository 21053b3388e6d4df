from __future__ import annotations

import pytest

from mtkit.termbase.model import Place, Termbase, once_each
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


def test_what_is_worked_out_once_each_is_told_apart_by_identity() -> None:
    asked: list[str] = []

    @once_each
    def name(concept: Concept) -> str:
        asked.append(concept.id)
        return concept.id.upper()

    twin = Concept(id="party", terms=PARTY.terms)
    assert [name(PARTY), name(PARTY), name(twin)] == ["PARTY"] * 3
    assert asked == ["party", "party"]
