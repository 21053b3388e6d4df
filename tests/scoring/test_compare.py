from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from mtkit import registry
from mtkit.scoring.base import Bootstrap, ParallelText
from mtkit.scoring.buckets import buckets
from mtkit.scoring.compare import Comparison, Standing, System, compare, marked
from mtkit.scoring.evaluate import evaluate
from mtkit.scoring.terms import TermAnalysis
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Term

SOURCES = [
    "Mr Nguyễn Văn An met the Party cell.",
    "The road was repaired in 12 days.",
    "It rained all day and nobody in the whole town went outside before the evening.",
    "Snow.",
]
REFERENCES = [
    "Господин Нгуен Ван Ан встретился с партийной ячейкой.",
    "Дорогу отремонтировали за 12 дней.",
    "Весь день шёл дождь, и никто во всём городе до самого вечера не выходил на улицу.",
    "Снег.",
]
BASELINE = ["Господин Нгуен Ван Ан видел ячейку.", REFERENCES[1], "Весь день шёл дождь.", "Снег."]
SYSTEM = [REFERENCES[0], "Дорога.", "Дождь.", "Снег."]
TERMBASE = Termbase(
    concepts=(
        Concept(
            id="cell", terms=(Term(lang="en", text="Party cell"), Term(lang="ru", text="партийная ячейка"))
        ),
    )
)
SIDES = ParallelText(hypotheses=(), references=[REFERENCES], sources=SOURCES)


def compared(*names: str) -> Comparison:
    return compare(
        [System(name="A", hypotheses=BASELINE), System(name="B", hypotheses=SYSTEM)],
        SIDES,
        [registry.load("metrics", name)() for name in names],
        bootstrap=Bootstrap(resamples=50, seed=5),
        trials=50,
        buckets=buckets(SIDES, TermAnalysis(TERMBASE, "en")),
    )


def test_scores_are_those_of_each_system_alone() -> None:
    comparison = compared("bleu", "chrf")
    assert [(each.system, each.score.metric) for each in comparison.scores] == [
        ("A", "BLEU"),
        ("B", "BLEU"),
        ("A", "chrF2++"),
        ("B", "chrF2++"),
    ]
    alone = evaluate(
        registry.load("metrics", "chrf")(),
        ParallelText(hypotheses=SYSTEM, references=[REFERENCES]),
        bootstrap=Bootstrap(resamples=50, seed=5),
    )
    scored = comparison.scores[3]
    assert scored.score.value == alone.value
    assert scored.score.ci95 == alone.ci95
    assert scored.score.signature == alone.signature
    assert comparison.scores[0].test is None
    assert scored.test is not None
    assert scored.test.difference < 0


def test_wins_losses_and_worst() -> None:
    (standing,) = compared("bleu", "chrf").standings
    assert (standing.system, standing.metric) == ("B", "chrF2++")
    assert (standing.wins, standing.losses, standing.ties) == (1, 2, 1)
    assert standing.worst(1) == [1]
    assert standing.worst(9) == [1, 2]


def test_where_lower_is_better_losses_are_losses() -> None:
    (standing,) = compared("ter").standings
    assert (standing.wins, standing.losses, standing.ties) == (1, 2, 1)


def test_segments_without_a_score_are_neither() -> None:
    standing = Standing(system="B", metric="x", differences=(math.nan, 1.0, -1.0, 0.0))
    assert (standing.wins, standing.losses, standing.ties) == (1, 1, 1)
    assert standing.worst(5) == [2]


def test_buckets() -> None:
    found = {bucket.name: bucket.segments for bucket in buckets(SIDES, TermAnalysis(TERMBASE, "en"))}
    assert found == {
        "0-9 words": (0, 1, 3),
        "10-19 words": (2,),
        "with terms": (0,),
        "without terms": (1, 2, 3),
        "with names": (0,),
        "without names": (1, 2, 3),
        "with numbers": (1,),
        "without numbers": (0, 2, 3),
    }
    without_source = ParallelText(hypotheses=(), references=[REFERENCES])
    assert {bucket.group for bucket in buckets(without_source)} == {"length", "numbers"}


def test_bucket_scores_are_corpus_scores_of_the_bucket() -> None:
    comparison = compared("chrf")
    row = next(each for each in comparison.bucket_scores if each.bucket.name == "with numbers")
    expected = evaluate(
        registry.load("metrics", "chrf")(),
        ParallelText(hypotheses=[SYSTEM[1]], references=[[REFERENCES[1]]]),
    )
    assert [score.value for score in row.scores] == [100, expected.value]


@given(
    st.lists(st.integers(0, 60).map(lambda n: " ".join(["слово"] * n)), min_size=1, max_size=20),
)
def test_every_segment_is_in_one_bucket_of_each_group(references: list[str]) -> None:
    sides = ParallelText(hypotheses=(), references=[references])
    by_group: dict[str, list[int]] = {}
    for bucket in buckets(sides):
        by_group.setdefault(bucket.group, []).extend(bucket.segments)
    assert all(sorted(numbers) == list(range(len(references))) for numbers in by_group.values())


def test_marked_differences() -> None:
    assert marked("Весь день шёл дождь", "Весь вечер шёл") == (
        "Весь [-день-] шёл [-дождь-]",
        "Весь {+вечер+} шёл",
    )


words = st.lists(st.sampled_from(["а", "б", "в"]), max_size=8)


@given(words, words)
def test_without_the_marks_the_texts_are_whole(before: list[str], after: list[str]) -> None:
    old, new = marked(" ".join(before), " ".join(after))
    assert old.replace("[-", "").replace("-]", "").split() == before
    assert new.replace("{+", "").replace("+}", "").split() == after
