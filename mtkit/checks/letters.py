"""Letters that a Russian text has not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtkit.checks.analysis import has_foreign_letters, is_quoted, words
from mtkit.checks.base import CheckContext, finding
from mtkit.text.unicode import has_vietnamese_letters
from mtkit.types import Finding, Segment, Severity, Span

_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff\u2100-\u214f]")
_MIXED = re.compile(r"[A-Za-z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][A-Za-z]")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]*(?:[-'’ .&]+[A-Za-z]+)*|(?<!\w)wi-fi|(?<!\w)e-mail")


class VietnameseLettersCheck:
    """Vietnamese letters, or letters of another script, are left in the target outside document codes.

    A single letter between quotation marks is spoken of, not left. Known false alarms: foreign words with an
    accent that Vietnamese has too (café).
    """

    id = "vietnamese-letters"
    severity = Severity.ERROR
    its_type = "characters"
    needs_source = False

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru" or not has_foreign_letters(target):
            return
        for word in words(target):
            if len(word.text) == 1 and is_quoted(target, word.span):
                continue
            if has_vietnamese_letters(word.text):
                yield finding(self, segment, f"Vietnamese letters: {word.text}.", tgt_span=word.span)
            elif _OTHER_SCRIPT.search(word.text):
                yield finding(self, segment, f"Not Russian: {word.text}.", tgt_span=word.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class LatinOptions:
    """`allow` lists words that may stay in Latin letters, whatever their capitals."""

    allow: tuple[str, ...] = ()


class LatinCheck:
    """A word is left in small Latin letters, or mixes Latin and Cyrillic letters.

    Words after a Latin word with a capital (brands, titles, species), those between quotation marks, here or
    in the source, and those in the option `allow` may stay. Known false alarms: foreign phrases given as
    such.
    """

    id = "latin"
    severity = Severity.WARNING
    its_type = "untranslated"
    needs_source = False
    options_type = LatinOptions

    def __init__(self, options: LatinOptions = LatinOptions()) -> None:
        self._allowed = frozenset(word.casefold() for word in options.allow)

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru" or not has_foreign_letters(target):
            return
        names = [Span(*match.span()) for match in _LATIN_NAME.finditer(target)]
        for word in words(target):
            if word.text.casefold() in self._allowed or has_vietnamese_letters(word.text):
                continue
            if _MIXED.search(word.text):
                message = f"Latin and Cyrillic letters in one word: {word.text}."
                yield finding(self, segment, message, tgt_span=word.span)
            elif (
                len(word.text) > 1
                and word.text.isascii()
                and word.text.islower()
                and not is_quoted(target, word.span)
                and not any(word.span.overlaps(name) for name in names)
                and not _is_quoted_in(segment.source, word.text)
            ):
                yield finding(self, segment, f"Latin letters: {word.text}.", tgt_span=word.span)


def _is_quoted_in(source: str, word: str) -> bool:
    straight = source.replace("“", '"').replace("”", '"')
    return any(each.text == word and is_quoted(straight, each.span) for each in words(source))
