"""Spans of a source are found again in the target."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.alignment import align_spans, same_words
from mtkit.text.words import word_spans
from mtkit.types import Span

SOURCE = "The head of the Party met the King of Laos"
TARGET = "Глава партии встретил короля Лаоса"


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def found(shares=(), known=(), *parts: str) -> dict[str, str]:
    spans = [span(SOURCE, part) for part in parts]
    aligned = align_spans(SOURCE, TARGET, spans, shares, known)
    return {src.of(SOURCE): tgt.of(TARGET) for src, tgt in aligned}


def test_the_words_with_the_largest_shares() -> None:
    assert found([(0.1, 0.2, 0.1, 0.9, 0.8)], (), "King of Laos") == {"King of Laos": "короля Лаоса"}


def test_a_weak_word_between_strong_ones_belongs_to_them() -> None:
    assert found([(0.9, 0.3, 0.8, 0.1, 0.1)], (), "head of the Party met")["head of the Party met"] == (
        "Глава партии встретил"
    )


def test_nothing_is_found_where_nothing_speaks_for_it() -> None:
    assert found([(0.1, 0.1, 0.1, 0.1, 0.1)], (), "King") == {}


def test_what_is_known_goes_before_shares() -> None:
    known = ((span(SOURCE, "Party"), span(TARGET, "партии")),)
    assert found([(0.9, 0.1, 0.9, 0.9, 0.9)], known, "Party") == {"Party": "партии"}
    assert found([(0.2, 0.9, 0.1, 0.1, 0.5)], known, "Laos") == {"Laos": "Лаоса"}


def test_spans_apart_share_no_word_and_inner_ones_stay_inside() -> None:
    shares = [(0.0, 0.0, 0.0, 0.9, 0.6), (0.0, 0.0, 0.0, 0.8, 0.5)]
    assert found(shares, (), "King", "Laos") == {"King": "короля Лаоса"} or found(
        shares, (), "King", "Laos"
    ) == {"King": "короля", "Laos": "Лаоса"}
    nested = [(0.9, 0.9, 0.1, 0.1, 0.1), (0.1, 0.4, 0.1, 0.9, 0.1)]
    assert found(nested, (), "head of the Party", "Party")["Party"] == "партии"


def test_words_that_are_the_same_on_both_sides() -> None:
    pairs = same_words("Decision 57 of 2026 and 2026", "Решение 57 от 2026")
    assert [target for _, target in pairs] == [Span(8, 10)]


@given(st.data())
def test_what_is_found_are_words_and_spans_apart_stay_apart(data: st.DataObject) -> None:
    source, target = (data.draw(st.text("ab 12-.", max_size=30)) for _ in range(2))
    words, places = word_spans(source), word_spans(target)
    spans = [
        Span(words[first].start, words[last].end)
        for first, last in data.draw(
            st.lists(st.tuples(*[st.integers(0, max(0, len(words) - 1))] * 2).map(sorted), max_size=4)
        )
        if words
    ]
    share = st.tuples(*[st.floats(0, 1)] * len(places))
    shares = data.draw(st.tuples(*[share] * len(spans)))
    aligned = align_spans(source, target, spans, shares)
    assert {src for src, _ in aligned} <= set(spans)
    for src, tgt in aligned:
        assert tgt.start in [place.start for place in places] and tgt.end in [place.end for place in places]
        for other, its in aligned:
            if not src.overlaps(other):
                assert not tgt.overlaps(its)
