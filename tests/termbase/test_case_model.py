from __future__ import annotations

from math import exp

import pytest

from mtkit.termbase import case_model
from mtkit.termbase.case_learning import learn, occurrences
from mtkit.termbase.case_model import (
    KEYS,
    NO_SOURCE,
    SourceContext,
    features,
    log_probabilities,
    source_context,
)
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import find_forms
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Span, Term


def at(text: str) -> tuple[str, Span]:
    """A text with the place in question in square brackets."""
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), Span(start, end)


def likeliest_case(text: str, source: SourceContext = NO_SOURCE) -> str:
    singular = [key for key in KEYS if key[1] == "sg"]
    likely = log_probabilities(*at(text), source, "", singular)
    return max(likely, key=likely.__getitem__)[0]


def test_probabilities_add_up() -> None:
    likely = log_probabilities(*at("Решение [комитета] принято."), NO_SOURCE, "", KEYS)
    assert set(likely) == set(KEYS)
    assert sum(map(exp, likely.values())) == pytest.approx(1)
    assert log_probabilities(*at("[Совет]"), NO_SOURCE, "", []) == {}


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("[Комитет] рассмотрел вопрос.", "nom"),
        ("Решение [комитета] принято.", "gen"),
        ("Доклад был подготовлен [комитетом].", "ins"),
        ("Об этом говорили в [комитете].", "loc"),
    ],
)
def test_the_words_around_tell_the_case(text: str, case: str) -> None:
    assert likeliest_case(text) == case


def test_the_source_tells_too() -> None:
    text = at("Хмф [хмф].")
    genitive = ("gen", "sg")
    owned, plain = (
        log_probabilities(*text, SourceContext("vi", before, "."), "", KEYS)[genitive]
        for before in ("của", "là")
    )
    assert owned > plain


@pytest.mark.parametrize(
    ("source", "term", "before", "after"),
    [
        ("The office of the Party Committee, Monday", "Party Committee", "of", ","),
        ("Tỉnh ủy họp", "Tỉnh ủy", "", "họp"),
        ("họp Tỉnh ủy", "Tỉnh ủy", "họp", ""),
    ],
)
def test_the_neighbours_in_the_source(source: str, term: str, before: str, after: str) -> None:
    start = source.index(term)
    found = source_context(source, Span(start, start + len(term)), "en")
    assert (found.before, found.after) == (before, after)


def test_what_stands_around_counts_apart_for_names() -> None:
    place = at("Он говорил с полковником [Нгуеном]")
    left = "left=NOUN:ins"
    assert {left, f"person+{left}"} <= {*features(*place, NO_SOURCE, "person")}
    assert f"term+{left}" in features(*place, NO_SOURCE)
    assert "subject=party-post" in features(*place, SourceContext("vi", "", "", subject="party-post"))


def test_the_words_replaced_say_nothing() -> None:
    texts = ("Решение [комитета] принято.", "Решение [хмф] принято.")
    assert len({features(*at(text), NO_SOURCE) for text in texts}) == 1


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Для Народного совета и [партийной ячейки]", "with=иgen"),
        ("Народным советом, [партийной ячейкой]", "with=,ins"),
        ("[Партийной ячейке] и Народному совету", "and=иdat"),
    ],
)
def test_a_term_joined_to_it_tells_its_case(text: str, joined: str) -> None:
    council = compile_paradigm(Term(lang="ru", text="Народный совет"))
    place = at(text)
    assert joined in features(*place, NO_SOURCE, terms=find_forms(place[0], council))
    assert joined not in features(*place, NO_SOURCE)


def test_what_and_joins_to_a_term_stands_where_that_stands() -> None:
    place = at("Благодаря Народному совету и [партийной ячейке]")
    council = find_forms(place[0], compile_paradigm(Term(lang="ru", text="Народный совет")))
    assert "preposition=благодаря" in features(*place, NO_SOURCE, terms=council)
    counted = at("В трёх Народных советах и [партийной ячейке]")
    councils = find_forms(counted[0], compile_paradigm(Term(lang="ru", text="Народный совет")))
    assert not {"left=NUMR:loc", "lemma=три"} & {*features(*counted, NO_SOURCE, terms=councils)}


def test_every_row_of_the_table_has_a_weight_for_each_key() -> None:
    assert all(len(row) == len(KEYS) for row in case_model._weights().values())
    assert "bias" in case_model._weights()


def test_learning_finds_the_case_that_a_word_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    concept = Concept(id="x", terms=(Term(lang="en", text="council"), Term(lang="ru", text="совет")))
    references = ["Решение совета принято.", "Совет решил."] * 10
    sources = ["The decision of the council is taken.", "Council decided."] * 10
    found = list(occurrences(Termbase(concepts=(concept,)), "en", sources, references))
    assert len(found) == 20
    assert found[0].keys == {("gen", "sg")}
    weights = learn([(each, "") for each in found])
    monkeypatch.setattr(case_model, "_weights", lambda: weights)
    assert likeliest_case("Решение [совета] принято.") == "gen"
    assert likeliest_case("[Совет] решил.") == "nom"
