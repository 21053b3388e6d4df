"""Names in a target that no source term accounts for: what a model made of a name it did not know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mtkit.text.morphology import is_name, lemmas, parse
from mtkit.types import Span

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST_SYLLABLE = 6
_REACH = 0.35


def stray_names(text: str, taken: Sequence[Span]) -> list[Span]:
    """Runs of capitalised words that are no ordinary words and overlap nothing in `taken`, by their place."""
    runs: list[list[Span]] = []
    for found in _WORD.finditer(text):
        span = Span(*found.span())
        if any(span.overlaps(other) for other in taken) or not _may_be_name(found[0]):
            continue
        if runs and text[runs[-1][-1].end : span.start] in (" ", "\u00a0"):
            runs[-1].append(span)
        else:
            runs.append([span])
    return [Span(run[0].start, run[-1].end) for run in runs if any(is_name(word.of(text)) for word in run)]


def nearest_name(text: str, taken: Sequence[Span], share: float, form: str, *, person: bool) -> Span | None:
    """The stray name that most likely stands for a name at `share` (0 to 1) of the source.

    `form` is the rendering wanted: «провинция …» takes the noun before the name along. A person has at least
    two words, a place one.
    """
    candidates = [span for span in stray_names(text, taken) if (" " in span.of(text)) == person]
    if not candidates:
        return None
    wanted = share * len(text)
    best = min(candidates, key=lambda span: abs((span.start + span.end) / 2 - wanted))
    if abs((best.start + best.end) / 2 - wanted) > max(_REACH * len(text), 20):
        return None
    return with_noun_before(text, best, form)


def whole_name(text: str, span: Span, taken: Sequence[Span]) -> Span:
    """`span` and all of the stray names that it overlaps or that follow it."""
    for run in stray_names(text, taken):
        if run.overlaps(span) or run.start - span.end == 1:
            span = Span(min(run.start, span.start), max(run.end, span.end))
    return span


def with_noun_before(text: str, span: Span, form: str) -> Span:
    """`span` with the word before it, where that is the first word of `form` in some case."""
    first, _, rest = form.partition(" ")
    before = re.search(r"(\w+)\s+$", text[: span.start])
    if not rest or before is None or first[:1].isupper():
        return span
    return Span(before.start(1), span.end) if lemmas(before[1].lower()) & lemmas(first) else span


@lru_cache(maxsize=16384)
def _may_be_name(word: str) -> bool:
    """Whether a word can belong to a name: written like one, and no ordinary word longer than a syllable."""
    if not word[:1].isupper() or (len(word) > 1 and word.isupper()):
        return False
    if parse(word)[0].pos in ("PREP", "CONJ", "NPRO", "PRCL", "ADVB"):
        return False
    return len(word) <= _LONGEST_SYLLABLE or is_name(word)
