"""The cheapest chain of beads over two sequences, by dynamic programming (Gale and Church 1993)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Range = tuple[int, int]
"""Half-open."""
Pair = tuple[Range, Range]
"""What belongs together of two sides."""
_WIDEST = 400


def cheapest_chain(
    left: Range, right: Range, beads: Sequence[tuple[int, int]], cost: Callable[[Range, Range], float]
) -> list[Pair]:
    """Ranges of both sides that are paired, in order; what is left out is in none.

    A bead takes so many of the left side and so many of the right; one of both may be none. `cost` tells
    what pairing two ranges costs. Of long sequences only a band around the diagonal is looked at.
    """
    rows, columns = left[1] - left[0], right[1] - right[0]
    width = max(_WIDEST // max(1, min(rows, columns)), 12) + abs(rows - columns)
    costs: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}

    def ranges(i: int, j: int, a: int, b: int) -> Pair:
        return (left[0] + i - a, left[0] + i), (right[0] + j - b, right[0] + j)

    for i in range(rows + 1):
        for j in range(max(0, i - width), min(columns, i + width) + 1):
            options = [
                (costs[i - a, j - b][0] + cost(*ranges(i, j, a, b)), (a, b))
                for a, b in beads
                if (i - a, j - b) in costs
            ]
            if options:
                costs[i, j] = min(options)
    chain: list[Pair] = []
    i, j = rows, columns
    while (i, j) != (0, 0):
        a, b = costs[i, j][1]
        if a and b:
            chain.append(ranges(i, j, a, b))
        i, j = i - a, j - b
    return chain[::-1]
