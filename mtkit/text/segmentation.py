"""Sentences of Vietnamese, English and Russian: one mechanism, one table a language.

A sentence ends at a run of stops and the quotes and brackets that close after it, when whitespace follows and
neither the words before nor the word after speak against it; where they leave a doubt it does not end,
because two sentences in one segment cost a translation less than half a sentence. A blank line always ends
one. A single line break is whitespace like any other. Nothing is split where no whitespace stands, so
codes, dates, numbers, URLs and file names stay whole. Time is linear in the length of the text.
"""

from __future__ import annotations

import re

from mtkit.errors import UnknownNameError
from mtkit.text.abbreviations import ABBREVIATIONS, Abbreviations
from mtkit.types import Span

_STOPS = ".!?…。！？"
_OPENERS = "\"'«“„‘([{"
_CLOSERS = "\"'»”’“)]}"
_DASHES = "-–—―−"

_CANDIDATE = re.compile(rf"(?P<stops>[{_STOPS}]++)[{re.escape(_CLOSERS + _STOPS)}]*+|[\n\u2029]\s*+")
_SPACE = re.compile(r"\s*+")
_TOKEN_BEFORE = 40
_OPENING_LENGTH = 48
_SHORT_OPENING = 5
_SHORT_CLAUSE = 4
_CLAUSE_WORDS = frozenset(("и", "а", "но"))

_MARKER = re.compile(r"\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,5}|[^\W\d_]")
_ORDINAL = re.compile(r"\d{1,4}(?:\.\d{1,3})*|[IVXLC]{1,8}|[^\W\d_]")
_LETTERS_WITH_STOPS = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_NUMBER = re.compile(r"[(«“\"]?(?:\d[\d.,/–-]*|[IVXLC]+(?:[–-][IVXLC]+)?)%?")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_NUMBER_AHEAD = re.compile(r"[№#\d]|[IVXLC]{2,}\b|[VXL]\b")
_LOWER_MARKER = re.compile(r"[^\W\d_]\)\s")
_BRAND = re.compile(r"[a-z][A-Z]")
_WORD = re.compile(r"[^\W\d_](?!\.)[\w-]*+")


def split_sentences(text: str, lang: str) -> list[Span]:
    """Return half-open spans, code points, that tile the text: the whitespace after a sentence belongs to it.

    Whitespace before the first sentence belongs to the first. "" gives [], whitespace alone one span.
    `lang` is vi, en or ru, else UnknownNameError.
    """
    if lang not in ABBREVIATIONS:
        raise UnknownNameError("language", lang, ABBREVIATIONS)
    if not text:
        return []
    table = ABBREVIATIONS[lang]
    ends = []
    start = len(text) - len(text.lstrip())
    for match in _CANDIDATE.finditer(text):
        if match.start() < start:
            continue
        stops = match["stops"]
        space = _SPACE.match(text, match.end() if stops else match.start())
        end = space.end() if space else match.end()
        if end == len(text):
            break
        if _blank_line(text[match.end() if stops else match.start() : end]) or (
            stops and end > match.end() and _Site(text, start, match, end).ends_sentence(table)
        ):
            ends.append(end)
            start = end
    ends.append(len(text))
    return [Span(begin, end) for begin, end in zip([0, *ends[:-1]], ends, strict=True)]


def split_paragraph(text: str, lang: str) -> list[tuple[str, str]]:
    """Return (sentence, whitespace after it) pairs; joined they give the very text.

    Whitespace before the first sentence stands in a pair ("", whitespace) of its own.
    """
    pairs = []
    for span in split_sentences(text, lang):
        chunk = span.of(text)
        body = chunk.lstrip()
        if len(body) < len(chunk):
            pairs.append(("", chunk[: len(chunk) - len(body)]))
        if sentence := body.rstrip():
            pairs.append((sentence, body[len(sentence) :]))
    return pairs


def _blank_line(space: str) -> bool:
    return space.count("\n") > 1 or "\u2029" in space


def _all_titles(word: str, table: Abbreviations) -> bool:
    parts = word.split(".")
    return len(parts) > 1 and all(part in table.before_name for part in parts)


class _Site:
    """One run of stops followed by whitespace, and what stands around it."""

    __slots__ = ("after", "closers", "start", "stop", "stops", "text")

    def __init__(self, text: str, start: int, match: re.Match[str], after: int) -> None:
        self.text = text
        self.start = start
        self.stop = match.start()
        self.stops = match["stops"]
        self.closers = match.group()[len(self.stops) :]
        self.after = after

    def ends_sentence(self, table: Abbreviations) -> bool:
        if not self._goes_on() and self._has_words_before():
            if self.stops == ".":
                return self._full_stop(table)
            return "!" in self.stops or "?" in self.stops or self._capital_follows()
        return False

    def _full_stop(self, table: Abbreviations) -> bool:
        word, before = self._words_before()
        if self._is_marker(word, before, table):
            return False
        known = {word, before + word} if before.endswith(".") else {word}
        letters = _LETTERS_WITH_STOPS.fullmatch(word)
        initial = len(word) == 1 and word.isupper() and word not in table.one_letter_words
        if self.closers[:1] in (")", "]") and (letters or initial or known & table.known):
            return self.text[self.start] in "(["
        if known & table.units and (_NUMBER.fullmatch(before) or before.rstrip(".") in table.multipliers):
            if known & table.years and self._clause_is_short():
                return self._opens_sentence(table)
            return self._capital_follows()
        if known & table.may_end:
            return self._capital_follows() and self._next_word() not in table.continuing
        if known & table.before_name or _all_titles(word, table):
            return False
        if known & table.before_number and self._number_follows():
            return False
        if known & table.seldom_ends or letters:
            return self._opens_sentence(table)
        if initial:
            return before in table.lettered or self._opens_sentence(table)
        return True

    def _words_before(self) -> tuple[str, str]:
        """The word that the stop ends and the one before it, openers stripped, both of this sentence."""
        left = self.text[max(self.start, self.stop - 2 * _TOKEN_BEFORE) : self.stop]
        words = left.split()
        if not words or left[-1].isspace():
            return "", words[-1] if words else ""
        return words[-1].lstrip(_OPENERS + _DASHES), words[-2].lstrip(_OPENERS) if len(words) > 1 else ""

    def _has_words_before(self) -> bool:
        """False for an ellipsis that leads, or stands in brackets or after an opening quote: […], “…and."""
        before = self.text[self.stop - 1 : self.stop] if self.stop > self.start else ""
        if not before or before in "«“„‘([{" or (before in "\"'" and self._opens(self.stop - 1)):
            return False
        limit = self.start + _OPENING_LENGTH
        return self.stop > limit or bool(_LETTER_OR_DIGIT.search(self.text, self.start, self.stop))

    def _opens(self, position: int) -> bool:
        return position <= self.start or self.text[position - 1].isspace()

    def _is_marker(self, word: str, before: str, table: Abbreviations) -> bool:
        """Whether the stop belongs to the number of a list entry or heading: "1.", "a.", "Điều 5."."""
        if self.stop - self.start <= _OPENING_LENGTH:
            opening = self.text[self.start : self.stop].strip().lstrip(_OPENERS + _DASHES + "#* ")
            if _MARKER.fullmatch(opening):
                return True
            head, _, ordinal = opening.partition(" ")
            if head in table.headings and _ORDINAL.fullmatch(ordinal):
                return True
        return before[-1:] in (":", ";") and len(word) <= 2 and bool(_MARKER.fullmatch(word))

    def _clause_is_short(self) -> bool:
        """Whether no more than a date stands since the start or the last clause: В мае 2025 г. Ханой…"""
        first = max(self.start, self.stop - 2 * _TOKEN_BEFORE)
        words = self.text[first : self.stop].split()
        for length, word in enumerate(reversed(words)):
            if word in _CLAUSE_WORDS or word[-1] in ",;:—":
                return length <= _SHORT_CLAUSE
        return first == self.start and len(words) <= _SHORT_OPENING

    def _following(self) -> int:
        """Offset of the first character after the whitespace that is no opening quote or bracket."""
        position = self.after
        limit = min(len(self.text), position + 8)
        while position < limit and self.text[position] in _OPENERS:
            position += 1
        return position

    def _goes_on(self) -> bool:
        """A small letter follows, or the author's words after direct speech: «Да!» — сказал он."""
        position = self._following()
        if position == self.after and self.text[position] in _DASHES:
            space = _SPACE.match(self.text, position + 1)
            position = space.end() if space else position + 1
            direct_speech = "»" in self.closers or "“" in self.closers
            return direct_speech or not self.text[position : position + 1].isupper()
        return self.text[position : position + 1].islower() and not (
            _LOWER_MARKER.match(self.text, position) or _BRAND.match(self.text, position)
        )

    def _capital_follows(self) -> bool:
        position = self._following()
        following = self.text[position : position + 1]
        return not following.isdigit() and (following.isalpha() or not following.isalnum())

    def _number_follows(self) -> bool:
        return bool(_NUMBER_AHEAD.match(self.text, self._following()))

    def _opens_sentence(self, table: Abbreviations) -> bool:
        """A word that opens sentences follows, or a label: Nguồn: TTXVN."""
        word = self._next_word()
        position = self._following() + len(word)
        return word in table.starters or (bool(word) and self.text[position : position + 1] == ":")

    def _next_word(self) -> str:
        match = _WORD.match(self.text, self._following())
        return match.group() if match else ""
