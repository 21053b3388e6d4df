"""Term metrics on a small termbase: what each counts, and properties that hold whatever is counted."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtkit import registry
from mtkit.errors import ConfigError
from mtkit.scoring.base import DetailedScore, ParallelText
from mtkit.scoring.evaluate import evaluate, nothing_counted
from mtkit.scoring.opening import METRIC_GROUPS, metric_names, open_metrics
from mtkit.scoring.term_index import RussianTermIndex
from mtkit.scoring.terms import TermAnalysis
from mtkit.scoring.wmt_terms import TERM_WORD_COST
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Status, Term

COMMITTEE = Concept(
    id="committee",
    terms=(
        Term(lang="en", text="Party committee"),
        Term(lang="ru", text="партийный комитет"),
        Term(lang="ru", text="партком", status=Status.ADMITTED),
        Term(lang="ru", text="партбюро", status=Status.FORBIDDEN),
    ),
)
CELL = Concept(
    id="cell", terms=(Term(lang="en", text="Party cell"), Term(lang="ru", text="партийная ячейка"))
)
AMBASSADOR = Concept(
    id="ambassador", terms=(Term(lang="en", text="Ambassador"), Term(lang="ru", text="посол"))
)
SURNAME = Concept(id="do", terms=(Term(lang="en", text="Do"), Term(lang="ru", text="До")), subject="surname")
TERMBASE = Termbase(concepts=(COMMITTEE, CELL, AMBASSADOR, SURNAME), fingerprint="0123456789abcdef")
NAMES = METRIC_GROUPS["terms"]
LOWER_IS_BETTER = {"term-forbidden", "term-insertions"}


def scores(
    sources: Sequence[str],
    hypotheses: Sequence[str],
    references: Sequence[str] | None = None,
    documents: Sequence[str] | None = None,
) -> dict[str, DetailedScore]:
    text = ParallelText(
        hypotheses=hypotheses,
        references=[] if references is None else [references],
        sources=sources,
        documents=documents,
    )
    names = metric_names("terms", has_reference=references is not None)
    found = {}
    for name, metric in zip(names, open_metrics(names, TermAnalysis(TERMBASE, "en")), strict=True):
        score = evaluate(metric, text)
        assert isinstance(score, DetailedScore)
        found[name] = score
    return found


def values(*sides: Sequence[str], documents: Sequence[str] | None = None) -> dict[str, float]:
    return {name: score.value for name, score in scores(*sides, documents=documents).items()}


def test_every_term_metric_is_in_the_group() -> None:
    assert set(NAMES) == {name for name in registry.names("metrics") if name.startswith("term-")}


def test_without_a_reference_only_what_needs_none() -> None:
    names = metric_names("bleu, terms,term-presence", has_reference=False)
    assert names[:2] == ["bleu", "term-presence"]
    assert names.count("term-presence") == 1
    assert "term-form" not in names
    assert "term-form" in metric_names("terms", has_reference=True)


def test_presence_and_success_differ_in_counting() -> None:
    found = values(["Party committee and Party committee, Party cell"], ["партийный комитет и ячейка"])
    assert found["term-presence"] == pytest.approx(100 / 3)
    assert found["term-success"] == 50


def test_success_takes_a_substring_or_lemmas_presence_only_words() -> None:
    found = values(
        ["The Party committee met.", "The Party cell met."],
        ["Собрание парткомовцев прошло.", "Встреча с партийною ячейкою."],
    )
    assert found["term-success"] == 100
    assert found["term-presence"] < 100


def test_form_needs_the_case_of_the_reference() -> None:
    sources = ["Of the Party cell", "To the Party cell", "The Party cell"]
    found = values(
        sources,
        ["партийной ячейки", "партийная ячейка", "ничего"],
        ["партийной ячейки", "партийной ячейке", "ячейка"],
    )
    assert found["term-form"] == 50
    assert found["term-oracle"] == pytest.approx(200 / 3)


def test_consistency_by_document() -> None:
    sources = ["Party committee"] * 5
    hyps = ["партком", "партийный комитет", "партийному комитету", "партбюро", "партком"]
    assert values(sources, hyps)["term-consistency"] == 40
    documents = ["a", "b", "b", "c", "d"]
    # Only document b has the concept twice.
    assert values(sources, hyps, documents=documents)["term-consistency"] == 100
    assert nothing_counted(scores(sources[:1], hyps[:1])["term-consistency"])


def test_a_missing_term_is_not_consistent_and_a_forbidden_one_may_be() -> None:
    sources = ["Party committee"] * 3
    assert values(sources, ["партбюро", "партбюро", "ничего"])["term-consistency"] == pytest.approx(200 / 3)
    assert values(sources, ["ничего"] * 3)["term-consistency"] == 0


def test_forbidden_renderings_are_counted() -> None:
    found = values(["Party committee of a Party committee", "Party cell"], ["партбюро партбюро", "партбюро"])
    assert found["term-forbidden"] == pytest.approx(200 / 3)


def test_false_insertions() -> None:
    found = values(
        ["The Party cell met.", "The union met.", "Nothing."],
        ["Партийная ячейка парткома.", "Партком собрался.", "После дождя до вечера, посол."],
        ["Партийная ячейка.", "Партком собрался.", "Ничего."],
    )
    # партком in the first and посол in the last; после is no посол, до no surname.
    assert found["term-insertions"] == pytest.approx(200 / 4)
    assert values(["The Party cell"], ["Партийная ячейка партийной ячейки"])["term-insertions"] == 50


def test_index_prefers_the_longest_and_reads_every_form() -> None:
    termbase = Termbase(
        concepts=(
            COMMITTEE,
            Concept(id="c", terms=(Term(lang="ru", text="комитет"),)),
        )
    )
    found = RussianTermIndex(termbase).find("В партийном комитете и комитетах")
    assert [rendering.concept.id for rendering in found] == ["committee", "c"]


def test_term_ter_charges_terms_twice() -> None:
    sources = ["The Party cell met today"]
    reference = ["партийная ячейка собралась сегодня"]
    outside = values(sources, ["партийная ячейка собралась вчера"], reference)["term-ter"]
    inside = values(sources, ["партийная группа собралась сегодня"], reference)["term-ter"]
    assert outside == pytest.approx(100 * (1 - 1 / 4))
    assert inside == pytest.approx(100 * (1 - TERM_WORD_COST / 4))
    shifted = values(sources, ["сегодня партийная ячейка собралась"], reference)["term-ter"]
    assert shifted == pytest.approx(75)
    assert values(sources, [""], reference)["term-ter"] == pytest.approx(-50)


def test_window_overlap_looks_at_the_neighbours() -> None:
    sources = ["Yesterday the whole Party cell met outside the city", "Party cell", "Rain"]
    references = ["Вчера вся партийная ячейка собралась за городом", "Партийная ячейка", "Дождь"]
    hyps = ["Вчера, вся партийную ячейку видела за рекой", "Ячейка", "Дождь"]
    # Three of four neighbours in the first, no term in the second, none wanted in the third.
    assert values(sources, hyps, references)["term-window"] == pytest.approx(75 / 2)


def test_segments_without_terms_have_no_value() -> None:
    (metric,) = open_metrics(["term-presence"], TermAnalysis(TERMBASE, "en"))
    text = ParallelText(hypotheses=["партком", "дождь"], sources=["Party committee", "rain"])
    first, second = evaluate(metric, text, segments=True).segment_values
    assert first == 100
    assert math.isnan(second)


def test_nothing_to_count_says_so() -> None:
    score = scores(["rain"], ["дождь"])["term-presence"]
    assert nothing_counted(score)
    assert score.verbose == "(0 of 0 terms)"


def test_signature_names_the_termbase_and_the_language() -> None:
    assert scores(["Party cell"], ["ячейка"])["term-presence"].signature.startswith(
        "src:en|termbase:0123456789ab|version:mtkit-"
    )


def test_language_is_guessed_from_the_sources() -> None:
    analysis = TermAnalysis(TERMBASE)
    (metric,) = open_metrics(["term-presence"], analysis)
    evaluate(metric, ParallelText(hypotheses=["партком"], sources=["The Party committee met in the city."]))
    assert analysis.src_lang == "en"
    with pytest.raises(ConfigError, match="neither Vietnamese nor English"):
        evaluate(
            open_metrics(["term-presence"], TermAnalysis(TERMBASE))[0],
            ParallelText(hypotheses=["партком"], sources=["Собрание прошло вчера."]),
        )


PAIRS = {
    "Party committee": ("партийный комитет", "партийному комитету", "партийным комитетом"),
    "Party cell": ("партийная ячейка", "партийной ячейки", "партийными ячейками"),
    "Ambassador": ("посол", "послом", "послу"),
}
FILLERS = {"met": "видел", "today": "сегодня", "and": "и", "rain": "дождь"}

pieces = st.lists(st.sampled_from([*PAIRS, *FILLERS]), min_size=1, max_size=6)


@st.composite
def parallel(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    sources, references = [], []
    for words in draw(st.lists(pieces, min_size=1, max_size=4)):
        sources.append(" , ".join(words))
        forms = [draw(st.sampled_from(PAIRS[w])) if w in PAIRS else FILLERS[w] for w in words]
        references.append(" , ".join(forms))
    return sources, references


@given(parallel())
@settings(max_examples=40, deadline=None)
def test_a_perfect_hypothesis_is_perfect(sides: tuple[list[str], list[str]]) -> None:
    sources, references = sides
    for name, score in scores(sources, references, references).items():
        if not nothing_counted(score):
            assert score.value == pytest.approx(0 if name in LOWER_IS_BETTER else 100), name


@given(parallel())
@settings(max_examples=40, deadline=None)
def test_nothing_is_nothing(sides: tuple[list[str], list[str]]) -> None:
    sources, references = sides
    for name, score in scores(sources, [""] * len(sources), references).items():
        if name == "term-oracle":
            continue  # says something of the reference alone
        assert score.value <= 0, name


@given(parallel(), st.data())
@settings(max_examples=40, deadline=None)
def test_adding_a_missing_term_raises_presence(
    sides: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    sources, _ = sides
    with_terms = [n for n, source in enumerate(sources) if any(term in source for term in PAIRS)]
    if not with_terms:
        return
    number = data.draw(st.sampled_from(with_terms))
    term = data.draw(st.sampled_from([term for term in PAIRS if term in sources[number]]))
    form = data.draw(st.sampled_from(PAIRS[term]))
    before = [""] * len(sources)
    after = [form if n == number else "" for n in range(len(sources))]
    assert values(sources, after)["term-presence"] > values(sources, before)["term-presence"]
    assert values(sources, after)["term-insertions"] == 0
