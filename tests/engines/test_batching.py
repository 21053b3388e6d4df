from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtkit.engines.batching import in_batches, split_long
from mtkit.engines.tokenization import Tokens
from mtkit.types import Span

WORDS = st.text(alphabet="ab. ,;\n", max_size=200)


def run_by_length(lengths: list[int], batch_tokens: int, workers: int) -> tuple[list[int], list[list[int]]]:
    seen: list[list[int]] = []

    def run(batches: list[list[int]]) -> list[list[int]]:
        seen.extend(batches)
        return [[length * 10 for length in batch] for batch in batches]

    return in_batches(lengths, lambda x: x, run, batch_tokens=batch_tokens, workers=workers), seen


@given(st.lists(st.integers(1, 50)), st.integers(1, 120), st.integers(1, 4))
def test_results_keep_their_order_and_batches_their_limit(
    lengths: list[int], batch_tokens: int, workers: int
) -> None:
    results, batches = run_by_length(lengths, batch_tokens, workers)
    assert results == [length * 10 for length in lengths]
    flat = [length for batch in batches for length in batch]
    assert flat == sorted(lengths, reverse=True)
    assert all(len(batch) * batch[0] <= batch_tokens or len(batch) == 1 for batch in batches)


def test_every_worker_gets_a_batch() -> None:
    _, batches = run_by_length([10] * 8, batch_tokens=1024, workers=2)
    assert [len(batch) for batch in batches] == [4, 4]


def character_tokens(text: str) -> Tokens:
    spans: list[Span | None] = [Span(i, i + 1) for i in range(len(text))]
    return Tokens(["<lang>", *text, "</s>"], [None, *spans, None])


@given(WORDS, st.integers(1, 30))
def test_stretches_join_to_the_very_text_and_are_short(text: str, limit: int) -> None:
    spans = split_long(text, character_tokens(text), limit)
    assert "".join(span.of(text) for span in spans) == text
    assert all(len(span.of(text)) <= limit for span in spans)
    assert len(spans) == 1 or all(span.of(text) for span in spans)


def test_a_cut_prefers_the_end_of_a_sentence() -> None:
    text = "One two. Three, four five six seven"
    assert [span.of(text) for span in split_long(text, character_tokens(text), 20)] == [
        "One two. ",
        "Three, ",
        "four five six seven",
    ]
