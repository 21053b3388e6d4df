from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.beads import Pair, Range, cheapest_chain

BEADS = ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1))


def cost(ours: Range, theirs: Range) -> float:
    """Whole numbers, so that sums are exact."""
    if ours[0] == ours[1] or theirs[0] == theirs[1]:
        return 5
    return (7 * ours[0] + 3 * ours[1] + 5 * theirs[0] + 2 * theirs[1]) % 11


def every_chain(left: Range, right: Range) -> list[tuple[float, list[Pair]]]:
    if left[0] == left[1] and right[0] == right[1]:
        return [(0, [])]
    return [
        (cost(*pair) + rest, [pair, *chain] if a and b else chain)
        for a, b in BEADS
        if left[0] + a <= left[1] and right[0] + b <= right[1]
        for pair in [((left[0], left[0] + a), (right[0], right[0] + b))]
        for rest, chain in every_chain((left[0] + a, left[1]), (right[0] + b, right[1]))
    ]


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 4), st.integers(0, 4))
def test_no_chain_is_cheaper(i: int, j: int, rows: int, columns: int) -> None:
    left, right = (i, i + rows), (j, j + columns)
    least = min(each for each, _ in every_chain(left, right))
    cheapest = [chain for each, chain in every_chain(left, right) if each == least]
    assert cheapest_chain(left, right, BEADS, cost) in cheapest
