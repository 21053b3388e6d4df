"""Letters that a Russian text has not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import name

from mtkit.checks.analysis import Word, foreign_words, is_quoted, words
from mtkit.checks.base import FOREIGN_LETTER, CheckContext, finding
from mtkit.text.unicode import has_vietnamese_letters
from mtkit.types import Finding, Segment, Severity, Span

_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff\u2100-\u214f]")
_MIXED = re.compile(r"[A-Za-z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][A-Za-z]")
_WITHIN_A_NAME = frozenset("@#0123456789")
_NAMED_BEFORE = re.compile(
    r"(?:слов(?:о|а|у|ом|е|ами?|ах)|термин\w*|выражени\w+|названи\w+)[ \u00a0]$", re.IGNORECASE
)
_NAMED_AFTER = re.compile(r"[ \u00a0](?:[—–-] )?(?:означа\w+|знач[аи]\w+|переводится)(?!\w)")
"""What stands around a foreign word that is spoken of."""
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]*(?:[-'’ .&]+[A-Za-z]+)*|(?<!\w)wi-fi|(?<!\w)e-mail")


class VietnameseLettersCheck:
    """Vietnamese letters are left in the target outside document codes.

    A single letter between quotation marks is spoken of, not left. Known false alarms: foreign words with an
    accent that Vietnamese has too (café).
    """

    id = "vietnamese-letters"
    signs = FOREIGN_LETTER
    severity = Severity.ERROR
    its_type = "characters"
    needs_source = False

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru":
            return
        for word in foreign_words(target):
            if has_vietnamese_letters(word.text) and not _is_a_letter(word, target):
                yield finding(self, segment, f"Vietnamese letters: {word.text}.", tgt_span=word.span)


class ForeignScriptCheck:
    """A word of the target is in another script than Cyrillic or Latin (Chinese, Arabic, Thai).

    A single letter between quotation marks is spoken of, not left. Known false alarms: a word given in its
    own script on purpose.
    """

    id = "foreign-script"
    signs = FOREIGN_LETTER
    severity = Severity.ERROR
    its_type = "characters"
    needs_source = False

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru":
            return
        for word in foreign_words(target):
            foreign = _OTHER_SCRIPT.search(word.text) and not has_vietnamese_letters(word.text)
            if foreign and not _is_a_letter(word, target):
                yield finding(self, segment, f"Not Russian: {word.text}.", tgt_span=word.span)


def _is_a_letter(word: Word, target: str) -> bool:
    """Whether a single letter is spoken of, between quotation marks."""
    return len(word.text) == 1 and is_quoted(target, word.span)


class MixedLettersCheck:
    """A word mixes Latin and Cyrillic letters («Банk»): no search and no dictionary finds it.

    Known false alarms: a brand written so.
    """

    id = "mixed-letters"
    signs = FOREIGN_LETTER
    severity = Severity.WARNING
    its_type = "characters"
    needs_source = False

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru":
            return
        for word in foreign_words(target):
            if _MIXED.search(word.text) and not has_vietnamese_letters(word.text):
                message = f"Latin and Cyrillic letters in one word: {word.text}."
                yield finding(self, segment, message, tgt_span=word.span)


class LatinNameCheck:
    """A name in Latin letters differs from one of the source by a letter or two («La Rivera», La Riviera).

    Known false alarms: two names that differ so.
    """

    id = "latin-name"
    signs = FOREIGN_LETTER
    severity = Severity.WARNING
    its_type = "inconsistent-entities"
    needs_source = True
    _likeness = 0.8
    _shortest = 5

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        names = [
            word
            for word in foreign_words(target)
            if len(word.text) >= self._shortest and word.text.isascii() and not word.text.islower()
        ]
        source = segment.source.casefold() if names else ""
        for each in names:
            if each.text.casefold() in source:
                continue
            near = [
                word.text
                for word in words(segment.source)
                if word.text[0] == each.text[0] and len(word.text) >= self._shortest
            ]
            meant = get_close_matches(each.text, near, 1, self._likeness)
            if meant:
                yield finding(
                    self,
                    segment,
                    f"{each.text} is {meant[0]} in the source.",
                    tgt_span=each.span,
                    suggestion=meant[0],
                )


class InvisibleCharactersCheck:
    """The target has a character that nobody sees or can read: a zero-width space, a soft hyphen, a control
    character, the sign of a character lost in conversion.

    What the source has too is left alone. Known false alarms: none known.
    """

    id = "invisible-characters"
    severity = Severity.WARNING
    its_type = "characters"
    needs_source = False
    signs = "".join(
        map(
            chr,
            (
                *(0x7F, 0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFD),
                *(*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x80, 0xA0), *range(0x202A, 0x202F)),
            ),
        )
    )
    _pattern = re.compile(f"[{re.escape(signs)}]")

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        for match in self._pattern.finditer(target):
            if match[0] not in segment.source:
                message = f"Invisible or unreadable: U+{ord(match[0]):04X} {name(match[0], 'control')}."
                yield finding(self, segment, message, tgt_span=Span(*match.span()), suggestion="")


@dataclass(frozen=True, slots=True, kw_only=True)
class LatinOptions:
    """`allow` lists words that may stay in Latin letters, whatever their capitals."""

    allow: tuple[str, ...] = ()


class LatinCheck:
    """A word is left in small Latin letters.

    Words after a Latin word with a capital (brands, titles, species), names of accounts and names with digits
    (247sports), what stands between quotation marks, here or in the source, words that are spoken of («слово
    cella», «lead означает»), and those in the option `allow` may stay. Known false alarms: foreign phrases
    given as such.
    """

    id = "latin"
    signs = FOREIGN_LETTER
    severity = Severity.WARNING
    its_type = "untranslated"
    needs_source = False
    options_type = LatinOptions

    def __init__(self, options: LatinOptions = LatinOptions()) -> None:
        self._allowed = frozenset(word.casefold() for word in options.allow)

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru":
            return
        names: list[Span] | None = None
        for word in foreign_words(target):
            if word.text.casefold() in self._allowed or target[: word.span.start][-1:] in _WITHIN_A_NAME:
                continue
            if (
                len(word.text) > 1
                and word.text.isascii()
                and word.text.islower()
                and not is_quoted(target, word.span)
                and not _is_spoken_of(target, word.span)
                and not _is_quoted_in(segment.source, word.text)
            ):
                names = _latin_names(target) if names is None else names
                if any(word.span.overlaps(name) for name in names):
                    continue
                yield finding(self, segment, f"Latin letters: {word.text}.", tgt_span=word.span)


def _is_spoken_of(target: str, span: Span) -> bool:
    return bool(_NAMED_BEFORE.search(target, 0, span.start) or _NAMED_AFTER.match(target, span.end))


def _latin_names(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _LATIN_NAME.finditer(text)]


def _is_quoted_in(source: str, word: str) -> bool:
    straight = source.replace("“", '"').replace("”", '"')
    return any(each.text == word and is_quoted(straight, each.span) for each in words(source))
