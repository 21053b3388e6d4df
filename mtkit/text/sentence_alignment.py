"""Find which sentences of a text and of its translation belong together, in order.

The cheapest chain of beads (1 to 1, 1 to 2, 2 to 1, none to 1 …) is taken, by dynamic programming. As Gale
and Church (1993) have it, a bead costs what its lengths differ from what is usual, and here the numbers that
only one side has, the words that it should have and has not, and the borders of paragraphs that it does not
keep. For two versions of one text see mtkit.text.edit_alignment.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from mtkit.text.beads import Pair, Range, cheapest_chain
from mtkit.text.edit_alignment import Sentence, numbers

_BEADS = ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
_LEFT_OUT = 4.0
_JOINED = 3.0
"""Negative logarithms of how rare a sentence is that is left out, and each one more in a bead."""
_STRANGERS = 7.5
"""The most that a pair of one sentence each costs: less than leaving out both."""
_SPREAD = (0.12, 1.0)
"""Standard deviation of the logarithm of target over source characters, and what the root of few adds."""
_OTHER_NUMBERS = 4.0
"""Cost where no number stands on both sides."""
_UNTOLD = 5.0
"""How much more a bead costs with none of the expected words than with all."""
_ACROSS = 1.2
"""Cost of a bead that begins a paragraph on one side alone, or of each border inside it."""
_STEM = 5
_WORD = re.compile(r"[^\W\d_]+")


def align_translation(
    sources: Sequence[Sentence],
    targets: Sequence[Sentence],
    growth: float = 1.0,
    expected: Sequence[str] = (),
) -> list[Pair]:
    """Ranges of a text and its translation that belong together, in order; what fits nothing is in none.

    `growth` is the usual ratio of target to source characters; `expected` are for each source words that its
    target should have in some form, such as its terms and names.
    """
    cost = _cost_of_beads(sources, targets, growth, expected or [""] * len(sources))
    return cheapest_chain((0, len(sources)), (0, len(targets)), _BEADS, cost)


def _cost_of_beads(
    sources: Sequence[Sentence], targets: Sequence[Sentence], growth: float, expected: Sequence[str]
) -> Callable[[Range, Range], float]:
    """What a range of sources costs with a range of targets; one of both may be empty."""
    sides = (sources, targets)
    lengths = [[len(each.text) for each in side] for side in sides]
    counted = [[numbers(each.text) for each in side] for side in sides]
    wanted, written = [_stems(text) for text in expected], [_stems(each.text) for each in targets]

    def cost(ours: Range, theirs: Range) -> float:
        ranges = (slice(*ours), slice(*theirs))
        size = ours[1] - ours[0] + theirs[1] - theirs[0]
        if size == 1:
            return _LEFT_OUT
        source, target = (max(sum(own[part]), 1) for own, part in zip(lengths, ranges, strict=True))
        spread = _SPREAD[0] + _SPREAD[1] / math.sqrt(max(source, target))
        price = (math.log(target / (source * growth)) / spread) ** 2 / 2 + _JOINED * (size - 2)
        told = [frozenset().union(*own[part]) for own, part in zip(counted, ranges, strict=True)]
        if count := len(told[0]) + len(told[1]):
            price += _OTHER_NUMBERS * len(told[0] ^ told[1]) / count
        if hoped := frozenset().union(*wanted[ranges[0]]):
            missing = len(hoped.difference(*written[ranges[1]])) / len(hoped)
            price += _UNTOLD * (missing - 0.5)
        parts = [own[part] for own, part in zip(sides, ranges, strict=True)]
        crossed = sum(each.first for part in parts for each in part[1:])
        price += _ACROSS * (crossed + (parts[0][0].first != parts[1][0].first))
        return min(price, _STRANGERS) if size == 2 else price

    return cost


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))
