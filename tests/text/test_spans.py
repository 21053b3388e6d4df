from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.spans import SpanSet
from mtkit.types import Span

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(1, 6))


@given(spans=st.lists(SPANS), asked=SPANS)
def test_a_set_overlaps_what_one_of_its_spans_does(spans: list[Span], asked: Span) -> None:
    assert SpanSet(spans).overlaps(asked) == any(asked.overlaps(span) for span in spans)


@given(spans=st.lists(SPANS), more=st.lists(SPANS))
def test_only_what_is_free_is_taken(spans: list[Span], more: list[Span]) -> None:
    taken, known = SpanSet(spans), list(spans)
    for span in more:
        free = not any(span.overlaps(other) for other in known)
        assert taken.take(span) == free
        known += [span] * free


def test_an_empty_span_takes_nothing() -> None:
    assert not SpanSet([Span(3, 3)]).overlaps(Span(0, 9))
