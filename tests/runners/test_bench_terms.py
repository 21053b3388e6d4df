"""What `mtkit bench terms` and `forms` measure; how good it is is not the matter here."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtkit.runners import bench
from mtkit.runners.bench_forms import learned_table, measure_forms
from mtkit.runners.bench_terms import measure_terms, spread
from mtkit.runners.bench_words import ordinary_words
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Term
from tests.fakes import RuleEngine

TERMBASE = Termbase(
    concepts=(
        Concept(id="district", terms=(Term(lang="en", text="rural district"), Term(lang="ru", text="уезд"))),
        Concept(id="council", terms=(Term(lang="en", text="council"), Term(lang="ru", text="совет"))),
    )
)
SET = bench.TestSet(
    name="own",
    src_lang="en",
    sources=["The rural district opened a school.", "It rained.", "Head of the council spoke."],
    references=["Уезд открыл школу.", "Шёл дождь.", "Глава совета выступил."],
)
ANSWERS = {
    SET.sources[0]: ["Район открыл школу.", "Уезд открыл школу."],
    SET.sources[1]: ["Шёл дождь."],
    SET.sources[2]: ["Глава совет выступил."],
}


def test_three_decodings_and_their_terms() -> None:
    told: list[int] = []
    (row,) = measure_terms(RuleEngine(lambda text: ANSWERS[text]), TERMBASE, [SET], progress=told.append)
    assert sum(told) == 9
    assert (row.test_set, row.segments, row.terms) == ("own", 3, 2)
    assert [decoding.name for decoding in row.decodings] == ["unconstrained", "annotated", "enforced"]
    presence = [{s.metric: s.value for s in d.scores}["TermPresence"] for d in row.decodings]
    assert presence == [50, 50, 100]
    assert {each.strategy: each.terms for each in row.strategies} == {"n-best": 1, "free": 1}
    assert row.time_ratio > 0
    assert (row.inserted, row.names) == (0, 0)


def test_a_nominative_for_an_oblique_case_is_counted() -> None:
    (row,) = measure_terms(RuleEngine(lambda text: ANSWERS[text]), TERMBASE, [SET])
    unconstrained = row.decodings[0]
    assert (unconstrained.nominatives, unconstrained.oblique, unconstrained.stray) == (1, 1, 1)
    assert (row.pasted, row.pasted_stray) == (0, 0)


def test_a_nominative_that_is_right_in_another_sentence_is_no_stray() -> None:
    answers = {**ANSWERS, SET.sources[2]: ["Совет выступил."]}
    (row,) = measure_terms(RuleEngine(lambda text: answers[text]), TERMBASE, [SET])
    unconstrained = row.decodings[0]
    assert (unconstrained.nominatives, unconstrained.oblique, unconstrained.stray) == (1, 1, 0)


def test_spread() -> None:
    assert spread(SET, 0) is SET
    assert spread(SET, 9) is SET
    assert spread(SET, 2).sources == [SET.sources[0], SET.sources[1]]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [
        ["d", "body", "Mưa.", "The council of the village bought a tractor.", "Совет деревни купил трактор."],
        ["d", "body", "Gió.", "A head of the council sold it.", "Глава совета его продал."],
        ["d", "body", "Trăng.", "An old tractor stood there.", "Там стоял старый трактор."],
    ]
    for part in ("train", "dev"):
        text = "".join("\t".join(row) + "\n" for row in rows * 8)
        (tmp_path / f"{part}.tsv").write_text(text, encoding="utf-8")
    return tmp_path


def test_ordinary_words_are_no_terms(corpus: Path) -> None:
    found = {c.terms[0].text: c.terms[1].text for c in ordinary_words(corpus, "en", TERMBASE).concepts}
    assert found["tractor"] == "трактор"
    assert "council" not in found


def test_forms_are_measured_and_learned(corpus: Path) -> None:
    vi, en = measure_forms(corpus, "dev", TERMBASE)
    assert (vi.terms, en.terms) == (0, 16)
    assert 0 <= en.told <= en.terms
    rows = [line.split("\t") for line in learned_table(corpus, TERMBASE).splitlines()]
    assert {len(row) for row in rows} == {13}
