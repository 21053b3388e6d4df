"""Terms are found in one pass: a small run of the benchmark, held to a generous limit."""

from __future__ import annotations

import pytest

from mtkit.termbase.benchmark import match_benchmark
from mtkit.termbase.io import load_termbase


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_ten_thousand_entries(lang: str) -> None:
    result = match_benchmark(load_termbase("bundled"), lang, entries=10_000, segments=1_000)
    assert (result.entries, result.segments) == (10_000, 1_000)
    assert result.matches > 1_000
    assert result.find_seconds < 5


def test_time_does_not_grow_with_the_entries() -> None:
    termbase = load_termbase("bundled")
    few, many = (
        match_benchmark(termbase, "vi", entries=entries, segments=500).find_seconds
        for entries in (1_000, 10_000)
    )
    assert many < 4 * few + 0.1
