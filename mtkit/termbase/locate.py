"""Where in a target the rendering of a source term stands that is to be replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtkit.engines.base import Hypothesis
from mtkit.termbase.agreement import PREPOSITIONS
from mtkit.termbase.stray_names import nearest_name, whole_name, with_noun_before
from mtkit.termbase.verify import forbidden_forms
from mtkit.text.markup import MARKUP
from mtkit.text.morphology import lemmas, parse
from mtkit.types import Concept, Span

_TARGET_WORD = re.compile(r"⟦[^⟦⟧\s]*⟧|[^\W_]+(?:[-‑./][^\W_]+)*")
_BORDER = re.compile(r"[.,;:!?()—«»⟦]")
_BARE_FUNCTION_WORDS = frozenset({"CONJ", "PRCL", "PREP", "INTJ"})
PERSONS = frozenset({"person", "surname"})
PLACES = frozenset({"place", "province", "former-province"})
_SAME_WORD_SHARE = 0.5
_STEM_SHARE = 0.7


def locate(
    hypothesis: Hypothesis,
    concept: Concept,
    form: str,
    source: str,
    source_spans: Sequence[Span],
    taken: Sequence[Span],
) -> Span | None:
    """The words of the target that render the source term some other way; None where nothing tells.

    Tried in turn: a forbidden rendering of the concept; words aligned to one of `source_spans`, together with
    a stretch that shares lemmas with `form` where the two meet; such a stretch alone, if it shares most of
    them; for a name, another name that nothing accounts for. Spans in `taken` (terms that are right),
    placeable tokens and numbers are never part.
    """
    text = hypothesis.text
    person, named = concept.subject in PERSONS, concept.subject in PERSONS | PLACES
    for found in forbidden_forms(text, concept):
        if not any(found.span.overlaps(span) for span in taken):
            return found.span
    words = [
        span
        for span in (Span(*found.span()) for found in _TARGET_WORD.finditer(text))
        if not any(span.overlaps(other) for other in taken)
    ]
    similar, share = _similar(text, words, form)
    for source_span in source_spans:
        aligned = _aligned(hypothesis, words, source_span, len(form.split()))
        if aligned is None:
            continue
        if similar is not None and similar.overlaps(aligned):
            aligned = Span(min(similar.start, aligned.start), max(similar.end, aligned.end))
        if named:
            aligned = with_noun_before(text, whole_name(text, aligned, taken), form)
        if (trimmed := _trim(text, aligned, taken)) is not None:
            return _with_remains(text, words, trimmed, form)
    if similar is not None and share > _SAME_WORD_SHARE:
        trimmed = _trim(text, whole_name(text, similar, taken) if named else similar, taken)
        return trimmed and _with_remains(text, words, trimmed, form)
    place = _share_before(source, source_spans[0])
    return nearest_name(text, taken, place, form, person=person) if named else None


def _share_before(source: str, span: Span) -> float:
    """What share of a request's words stands before `span`."""
    visible, before = (MARKUP.sub("", text).split() for text in (source, source[: span.start]))
    return len(before) / max(1, len(visible))


def guess_anchors(
    hypothesis: Hypothesis, source: str, source_span: Span, taken: Sequence[Span], count: int
) -> list[int]:
    """`count` word starts in the target where the term could stand, likeliest first.

    After what renders the word before the term in the source, before what renders the word after it, then
    near the place that it has in the source. For a decoder that rewrites what follows; never for pasting.
    Inside no term of `taken`; the start of the text is the last where there are several.
    """
    text = hypothesis.text
    wanted = _share_before(source, source_span) * len(text)
    starts = [
        found.start()
        for found in _TARGET_WORD.finditer(text)
        if not any(span.start < found.start() < span.end for span in taken)
    ]
    beside = [start for start in _beside(hypothesis, source_span, starts) if start is not None]
    nearest = sorted(starts, key=lambda start: (abs(start - wanted), start))
    likeliest = list(dict.fromkeys([*beside, *nearest]))[:count]
    return list(dict.fromkeys([*likeliest, *starts[: count - 1][:1]])) or [0]


def _beside(hypothesis: Hypothesis, source_span: Span, starts: Sequence[int]) -> Iterator[int | None]:
    """Which of `starts` follows the rendering of the source before the term, which begins that after it."""
    pairs = hypothesis.alignment
    before = max((pair for pair in pairs if pair[1].end <= source_span.start), key=_ends_last, default=None)
    after = min((pair for pair in pairs if pair[1].start >= source_span.end), key=_starts_first, default=None)
    if before is not None:
        yield next((start for start in starts if start >= before[0].end), None)
    if after is not None:
        yield next((start for start in reversed(starts) if start <= after[0].start), None)


def _ends_last(pair: tuple[Span, Span]) -> tuple[int, int]:
    return pair[1].end, pair[0].end


def _starts_first(pair: tuple[Span, Span]) -> tuple[int, int]:
    return pair[1].start, pair[0].start


def _similar(text: str, words: Sequence[Span], form: str) -> tuple[Span | None, float]:
    """The shortest stretch of words with the most content words of the term, and their share of the term.

    Only function words may stand between them. A term of one content word has none.
    """
    wanted = [lemmas(word.lower()) for word in form.split() if not _function_word(word)]
    if len(wanted) < 2:
        return None, 0.0
    best: tuple[int, int, Span] | None = None
    for first in range(len(words)):
        if not any(_related(words[first].of(text), lemma) for lemma in wanted):
            continue
        left = list(wanted)
        for last in range(first, min(len(words), first + len(wanted) + 2)):
            if last > first and _BORDER.search(text[words[last - 1].end : words[last].start]):
                break
            hit = next((lemma for lemma in left if _related(words[last].of(text), lemma)), None)
            if hit is None and _function_word(words[last].of(text)):
                continue
            if hit is None:
                break
            left.remove(hit)
            candidate = (len(wanted) - len(left), first - last, Span(words[first].start, words[last].end))
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    return (None, 0.0) if best is None else (best[2], best[0] / len(wanted))


def _with_remains(text: str, words: Sequence[Span], span: Span, form: str) -> Span:
    """`span` and the words directly beside it that say the same as words of the term."""
    wanted = [lemmas(word.lower()) for word in form.split() if not _function_word(word)]

    def remains(word: Span, gap: str) -> bool:
        same = any(lemmas(word.of(text).lower()) & lemma for lemma in wanted)
        return same and gap in (" ", "\u00a0")

    for word in reversed([word for word in words if word.end <= span.start]):
        if not remains(word, text[word.end : span.start]):
            break
        span = Span(word.start, span.end)
    for word in (word for word in words if word.start >= span.end):
        if not remains(word, text[span.end : word.start]):
            break
        span = Span(span.start, word.end)
    return span


def _related(word: str, wanted: frozenset[str]) -> bool:
    """Whether a word has a lemma of the wanted one or its stem (партия, партийный; провинция, …альный)."""
    return any(
        lemma == other or _common_prefix(lemma, other) >= max(4, _STEM_SHARE * min(len(lemma), len(other)))
        for lemma in lemmas(word.lower())
        for other in wanted
    )


def _common_prefix(one: str, other: str) -> int:
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _aligned(
    hypothesis: Hypothesis, words: Sequence[Span], source_span: Span, term_words: int
) -> Span | None:
    """The longest run of words mostly aligned to the term; one word may be missing in it."""
    text = hypothesis.text
    inside = []
    for index, word in enumerate(words):
        tokens = [(tgt, src) for tgt, src in hypothesis.alignment if tgt.overlaps(word)]
        hits = sum(1 for _, src in tokens if src.overlaps(source_span))
        if tokens and hits * 2 >= len(tokens) and not _kept(word.of(text)):
            inside.append(index)
    runs: list[list[int]] = []
    for index in inside:
        gap = text[words[runs[-1][-1]].end : words[index].start] if runs else ""
        near = runs and index - runs[-1][-1] <= 2 and not _BORDER.search(gap)
        if near and not any(_kept(words[between].of(text)) for between in range(runs[-1][-1] + 1, index)):
            runs[-1].append(index)
        else:
            runs.append([index])
    if not runs:
        return None
    run = max(runs, key=lambda each: (len(each), -each[0]))
    if run[-1] - run[0] + 1 > 2 * term_words + 2:
        return None
    return Span(words[run[0]].start, words[run[-1]].end)


def _trim(text: str, span: Span, taken: Sequence[Span]) -> Span | None:
    """Take function words off both ends; None where nothing or something to keep would be left."""
    words = [Span(span.start + m.start(), span.start + m.end()) for m in _TARGET_WORD.finditer(span.of(text))]
    while words and _function_word(words[0].of(text)):
        words.pop(0)
    while words and _function_word(words[-1].of(text)):
        words.pop()
    if not words:
        return None
    trimmed = Span(words[0].start, words[-1].end)
    if any(trimmed.overlaps(other) for other in taken) or any(_kept(word.of(text)) for word in words):
        return None
    return trimmed


def _kept(word: str) -> bool:
    return word.startswith("⟦") or any(char.isdigit() for char in word)


def _function_word(word: str) -> bool:
    low = word.lower()
    return low in PREPOSITIONS or parse(low)[0].pos in _BARE_FUNCTION_WORDS
