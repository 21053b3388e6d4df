"""What a look at the target tells: it is untranslated, repeats itself, is too short, has foreign letters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import ClassVar

from mtkit.checks.base import CheckContext, finding
from mtkit.text.placeables import Kind, find_placeables
from mtkit.text.unicode import has_cyrillic, has_vietnamese_letters
from mtkit.types import Finding, Segment, Severity, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIXED_KINDS = (Kind.CODE, Kind.URL, Kind.EMAIL)


def _words(text: str, lang: str) -> Iterator[re.Match[str]]:
    """Words outside document codes, URLs and e-mail addresses."""
    fixed = [p.span for p in find_placeables(text, lang) if p.kind in _FIXED_KINDS]
    for match in _WORD.finditer(text):
        if not any(span.overlaps(Span(*match.span())) for span in fixed):
            yield match


def _is_quoted(target: str, span: Span) -> bool:
    before = target[: span.start]
    return before.rfind("«") > before.rfind("»") or before.count('"') % 2 == 1


class UntranslatedCheck:
    """The target is empty, has no Russian in it, or keeps four words in a row of a Latin-script source.

    Names in capitals and what stands between quotation marks may be kept. Known false alarms: titles of
    works given in their own language without quotation marks.
    """

    id = "untranslated"
    severity = Severity.ERROR
    words_in_a_row = 4

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        source_words = [match.group() for match in _words(segment.source, segment.src_lang)]
        if not target.strip():
            if segment.source.strip():
                yield finding(self, segment, "The target is empty.")
            return
        if segment.tgt_lang != "ru" or not source_words:
            return
        if not has_cyrillic(target):
            if sum(any(character.islower() for character in word) for word in source_words) > 1:
                yield finding(
                    self, segment, "There is no Russian in the target.", tgt_span=Span(0, len(target))
                )
            return
        for span in self._copied(source_words, target, segment.tgt_lang):
            if not _is_quoted(target, span):
                yield finding(self, segment, f"Left as in the source: {span.of(target)}.", tgt_span=span)

    def _copied(self, source_words: list[str], target: str, lang: str) -> Iterator[Span]:
        source = f" {' '.join(source_words)} "
        run: list[re.Match[str]] = []
        for match in [*_words(target, lang), None]:
            longer = [*run, match] if match else []
            if match and f" {' '.join(each.group() for each in longer)} " in source:
                run = longer
                continue
            plain = sum(each.group().islower() for each in run)
            if len(run) >= self.words_in_a_row and 2 * plain >= len(run):
                yield Span(run[0].start(), run[-1].end())
            run = [match] if match and f" {match.group()} " in source else []


class RepetitionCheck:
    """Words that repeat in a row: a loop of the decoder (error), a word doubled (warning).

    A repetition that the source has too is left alone. Known false alarms: names of two equal syllables.
    """

    id = "repetition"
    severity = Severity.ERROR
    longest_ngram = 12
    _hyphenated = re.compile(r"[^\W\d_]+(?:[-'’][^\W_]+)*")
    _emphatic = frozenset(("очень", "еле", "чуть", "едва", "да", "нет", "ну", "так", "вот", "давно", "долго"))

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        in_source = max((times for _, times in self._loops(segment.source)), default=1)
        for span, times in self._loops(target):
            words = self._hyphenated.findall(target, span.start, span.end)
            if times <= in_source:
                continue
            if len(words) == times == 2:
                if "," in span.of(target) or words[0].istitle() or words[0].lower() in self._emphatic:
                    continue
                message, severity = f"Doubled word: {span.of(target)}.", Severity.WARNING
            else:
                message, severity = (
                    f"Repeated {times} times in a row: {' '.join(words[: len(words) // times])}.",
                    Severity.ERROR,
                )
            yield finding(self, segment, message, severity=severity, tgt_span=span)

    def _loops(self, text: str) -> Iterator[tuple[Span, int]]:
        """Stretches of two or more equal n-grams in a row, and how often; only spaces and commas between."""
        matches = list(self._hyphenated.finditer(text))
        words = [match.group().lower() for match in matches]
        start = 0
        while start < len(words):
            times, size = max(
                (self._times(words, start, size), -size)
                for size in range(1, min(self.longest_ngram, (len(words) - start) // 2 or 1) + 1)
            )
            end = start + times * -size
            gaps = (text[a.end() : b.start()] for a, b in pairwise(matches[start:end]))
            if times > 1 and all(not gap.strip(" ,\u00a0") for gap in gaps):
                yield Span(matches[start].start(), matches[end - 1].end()), times
                start = end
            else:
                start += 1

    @staticmethod
    def _times(words: list[str], start: int, size: int) -> int:
        ngram = words[start : start + size]
        times = 1
        while words[start + times * size : start + (times + 1) * size] == ngram:
            times += 1
        return times


class LengthRatioCheck:
    """The target is much shorter or longer than targets of such sources are.

    Bounds are on the logarithm of the ratio of characters, around its mean in human translations of news,
    and wider for short segments; segments under 40 characters on both sides are left alone.
    """

    id = "length-ratio"
    severity = Severity.WARNING
    shortest = 40
    _mean: ClassVar[Mapping[str, float]] = {"vi": 0.13, "en": 0.04}

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        source_length, target_length = len(segment.source.strip()), len(target.strip())
        longer = max(source_length, target_length)
        if not source_length or not target_length or longer < self.shortest:
            return
        deviation = math.log(target_length / source_length) - self._mean.get(segment.src_lang, 0.0)
        if abs(deviation) > 0.5 + 3 / math.sqrt(longer):
            amount = "short" if deviation < 0 else "long"
            yield finding(
                self,
                segment,
                f"Unusually {amount}: {target_length} characters for {source_length} of the source.",
                tgt_span=Span(0, len(target)),
            )


class ForeignLettersCheck:
    """Letters that a Russian text has not: Vietnamese and other scripts (error), stray Latin (warning).

    Latin words in small letters are warned of, unless they follow a Latin word with a capital (brands,
    titles, species) or stand between quotation marks. Known false alarms: foreign phrases given as such.
    """

    id = "foreign-letters"
    severity = Severity.ERROR
    _other_script = re.compile(r"[^\W\d_\u0000-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff\u2100-\u214f]")
    _mixed = re.compile(r"[A-Za-z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][A-Za-z]")
    _name = re.compile(r"[A-Z][A-Za-z]*(?:[-'’ .&]+[A-Za-z]+)*|(?<!\w)wi-fi|(?<!\w)e-mail")

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru":
            return
        names = [Span(*match.span()) for match in self._name.finditer(target)]
        for match in _words(target, segment.tgt_lang):
            word, span = match.group(), Span(*match.span())
            if has_vietnamese_letters(word):
                yield finding(self, segment, f"Vietnamese letters: {word}.", tgt_span=span)
            elif self._other_script.search(word):
                yield finding(self, segment, f"Not Russian: {word}.", tgt_span=span)
            elif self._mixed.search(word):
                message = f"Latin and Cyrillic letters in one word: {word}."
                yield finding(self, segment, message, severity=Severity.WARNING, tgt_span=span)
            elif (
                word.isascii()
                and word.islower()
                and len(word) > 1
                and not _is_quoted(target, span)
                and not any(span.overlaps(name) for name in names)
            ):
                message = f"Latin letters: {word}."
                yield finding(self, segment, message, severity=Severity.WARNING, tgt_span=span)
