"""What a look at the target tells: it is empty, untranslated, or repeats itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from mtkit.checks.analysis import Word, foreign_words, is_quoted, words
from mtkit.checks.base import MISSING, CheckContext, finding
from mtkit.names.find import find_names
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.text.morphology import parse
from mtkit.text.unicode import has_cyrillic
from mtkit.types import Finding, Segment, Severity, Span

_LONGEST_NGRAM = 12
_HYPHENATED = re.compile(r"[^\W\d_]+(?:[-'’][^\W_]+)*")
_PAIRING = frozenset(("один", "одна", "одно", "раз", "день", "год", "лицом"))
"""Words that stand twice around a preposition: «один на один», «день за днём»."""
_EMPHATIC = frozenset(("очень", "еле", "чуть", "едва", "да", "нет", "ну", "так", "вот", "давно", "долго"))
_FUNCTION_WORDS = frozenset(("CONJ", "PREP", "PRCL"))
"""Parts of speech that the syllables of names are spelt as: И, На, По, То."""


class UntranslatedCheck:
    """The target is empty, has no Russian in it, or keeps four words in a row of a Latin-script source.

    Names in capitals and what stands between quotation marks may be kept. Known false alarms: titles of
    works given in their own language without quotation marks.
    """

    id = "untranslated"
    severity = Severity.ERROR
    its_type = "untranslated"
    needs_source = True
    words_in_a_row = 4

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if not target.strip():
            if segment.source.strip() and MISSING not in segment.tags:
                yield finding(self, segment, "The target is empty.")
            return
        if segment.tgt_lang != "ru":
            return
        if has_cyrillic(target) and len(foreign_words(target)) < self.words_in_a_row:
            return
        source_words = [word.text for word in words(segment.source)]
        if not source_words:
            return
        if not has_cyrillic(target):
            if sum(any(character.islower() for character in word) for word in source_words) > 1:
                yield finding(
                    self, segment, "There is no Russian in the target.", tgt_span=Span(0, len(target))
                )
            return
        for span in self._copied(source_words, words(target)):
            if not is_quoted(target, span):
                yield finding(self, segment, f"Left as in the source: {span.of(target)}.", tgt_span=span)

    def _copied(self, source_words: list[str], target_words: tuple[Word, ...]) -> Iterator[Span]:
        known = set(source_words)
        if sum(word.text in known for word in target_words) < self.words_in_a_row:
            return
        source = f" {' '.join(source_words)} "
        run: list[Word] = []
        for word in [*target_words, None]:
            longer = [*run, word] if word else []
            if word and f" {' '.join(each.text for each in longer)} " in source:
                run = longer
                continue
            plain = sum(each.text.islower() for each in run)
            if len(run) >= self.words_in_a_row and 2 * plain >= len(run):
                yield Span(run[0].span.start, run[-1].span.end)
            run = [word] if word and f" {word.text} " in source else []


class RepetitionCheck:
    """Words repeat in a row: three times, or several words twice, as when a decoder loops.

    A repetition that the source has too is left alone, so are «один на один» and one or two words said again
    after a comma. Known false alarms: slogans and verse.
    """

    id = "repetition"
    severity = Severity.ERROR
    its_type = "duplication"
    needs_source = False

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        for span, repeated, times in _unexpected_loops(segment.source, target):
            if len(repeated) * times > 2 and not _is_rhetorical(span.of(target), repeated, times):
                message = f"Repeated {times} times in a row: {' '.join(repeated)}."
                yield finding(self, segment, message, tgt_span=span)


class DoubledWordCheck:
    """A word stands twice in a row.

    Emphatic pairs («очень, очень»), names (Чан Чан), a name before a word that is spelt as it («Ван И и
    министр») and repetitions that the source has too are left alone; the first syllable of a name that the
    source has once is an error. Known false alarms: two equal words that belong to different phrases.
    """

    id = "doubled-word"
    severity = Severity.WARNING
    its_type = "duplication"
    needs_source = False

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        for span, (word, *more), times in _unexpected_loops(segment.source, target):
            if more or times != 2 or "," in span.of(target) or _is_name_and_word(span, target):
                continue
            is_name = span.of(target).split()[-1].istitle()
            if is_name and not _begins_a_name(word, segment, target[span.end :]):
                continue
            if is_name or word.lower() not in _EMPHATIC:
                yield finding(
                    self,
                    segment,
                    f"Doubled word: {span.of(target)}.",
                    severity=Severity.ERROR if is_name else None,
                    tgt_span=span,
                    suggestion=word,
                )


def _is_name_and_word(span: Span, target: str) -> bool:
    """Whether two words are a capitalised syllable in mid-sentence, and a conjunction or the like."""
    first, second = span.of(target).split()
    if not (first.istitle() and second.islower() and target[: span.start].rstrip()[-1:].isalpha()):
        return False
    return any(reading.pos in _FUNCTION_WORDS for reading in parse(second))


def _begins_a_name(word: str, segment: Segment, after: str) -> bool:
    """Whether a name of the source begins with the word and goes on as the target, and none doubles it."""
    if segment.src_lang not in SOURCE_LANGUAGES:
        return False
    names = [name.russian.split() for name in find_names(segment.source, segment.src_lang)]
    if any((word, word) in pairwise(parts) for parts in names):
        return False
    return any(
        len(parts) > 1 and parts[0] == word and after.lstrip().startswith(parts[1].rstrip("аяй"))
        for parts in names
    )


def _is_rhetorical(words: str, repeated: tuple[str, ...], times: int) -> bool:
    if times != 2 or len(repeated) > 2:
        return False
    return "," in words or repeated[0].lower() in _PAIRING


def _unexpected_loops(source: str, target: str) -> Iterator[tuple[Span, tuple[str, ...], int]]:
    """Loops of the target that go round more often than any in the source."""
    loops = _loops(target)
    if loops:
        in_source = max((times for _, _, times in _loops(source)), default=1)
        yield from (loop for loop in loops if loop[2] > in_source)


@lru_cache(maxsize=64)
def _loops(text: str) -> tuple[tuple[Span, tuple[str, ...], int], ...]:
    """Stretches of two or more equal n-grams in a row, the n-gram, and how often it stands there.

    Only spaces and commas may stand between them.
    """
    if not _has_loop(_HYPHENATED.findall(text.lower())):
        return ()
    matches = list(_HYPHENATED.finditer(text))
    folded = [match.group().lower() for match in matches]
    found = []
    start = 0
    while start < len(folded):
        if folded[start] not in folded[start + 1 : start + 1 + _LONGEST_NGRAM]:
            start += 1
            continue
        times, size = max(
            (_times(folded, start, size), -size)
            for size in range(1, min(_LONGEST_NGRAM, (len(folded) - start) // 2 or 1) + 1)
        )
        end = start + times * -size
        gaps = (text[a.end() : b.start()] for a, b in pairwise(matches[start:end]))
        if times > 1 and all(not gap.strip(" ,\u00a0") for gap in gaps):
            ngram = tuple(match.group() for match in matches[start : start - size])
            found.append((Span(matches[start].start(), matches[end - 1].end()), ngram, times))
            start = end
        else:
            start += 1
    return tuple(found)


def _has_loop(folded: list[str]) -> bool:
    """Whether some n-gram stands twice in a row, whatever is between them."""
    if len(set(folded)) == len(folded):
        return False
    places: dict[str, list[int]] = {}
    for second, word in enumerate(folded):
        before = places.setdefault(word, [])
        for first in before:
            near = second - first <= _LONGEST_NGRAM
            if near and folded[first:second] == folded[second : 2 * second - first]:
                return True
        before.append(second)
    return False


def _times(folded: list[str], start: int, size: int) -> int:
    ngram = folded[start : start + size]
    times = 1
    while folded[start + times * size : start + (times + 1) * size] == ngram:
        times += 1
    return times
