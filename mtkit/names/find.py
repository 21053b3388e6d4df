"""Vietnamese names in Vietnamese and English text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mtkit.errors import ConfigError
from mtkit.names import lexicon, tables
from mtkit.names.resolve import is_ascii_syllable, resolve
from mtkit.names.syllables import parse_syllable, to_ascii
from mtkit.names.transcription import HOUSE_STYLE, Kind, NameStyle, transcribe
from mtkit.types import Span

_WORDS = {
    lang: re.compile(
        rf"(?<![^\W\d_])(?:(?<![^\W\d_]['’])|{apart})[^\W\d_a-z][^\W\d_]*(?:['’](?!{apart})[^\W\d_]+)*"
    )
    for lang, apart in (("vi", r"(?!)"), ("en", r"(?=[sS]\b)"))
}
"""Words that do not begin with a small letter of ASCII; a possessive is no part of an English word."""
_JOINTS = (" ", "\u00a0", "-", " - ", " – ")
_ONE_WORD_PLACES = frozenset({"hanoi", "haiphong", "danang", "hue"})
_REACH = 60
_LONGEST = 5
_GIVEN_SEX = frozenset({"thị"})
_LAKE = tables.normal_key("hồ")
_NOT_GIVEN = frozenset(map(tables.normal_key, lexicon.NOT_GIVEN))
_NOT_NAMES = {
    first: tuple(name for name in lexicon.NOT_NAMES if name[0] == first)
    for first in {name[0] for name in lexicon.NOT_NAMES}
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """A name in a source text and its Russian in the nominative.

    `vietnamese` is the name as resolved, with diacritics; `sex` "m", "f" or None where nothing tells.
    """

    span: Span
    text: str
    kind: Kind
    russian: str
    vietnamese: str
    sex: str | None = None


def find_names(text: str, lang: str, style: NameStyle = HOUSE_STYLE) -> tuple[NameMatch, ...]:
    """Names in one text, disjoint and sorted by start.

    For a whole document use one NameTable, which remembers. `lang` is "vi" or "en".
    """
    if lang in _WORDS and not any(_may_begin_name(word, lang) for word in _WORDS[lang].findall(text)):
        return ()
    return NameTable(style).find(text, lang)


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    """Lower case without diacritics."""
    return to_ascii(word).lower()


@lru_cache(maxsize=65536)
def _may_begin_place(key: str) -> bool:
    """Whether the names of some known place begin with this word, its syllables together or apart."""
    return key in tables.place_beginnings() or _plain(key) in tables.place_beginnings()


@lru_cache(maxsize=65536)
def _may_begin_name(word: str, lang: str) -> bool:
    if lang == "en" and word.lower() in lexicon.ENGLISH_STOPWORDS:
        return False
    if _plain(word) in _NOT_NAMES or _may_begin_place(tables.normal_key(word)):
        return True
    return _is_spelt_as_syllable(word, lang)


def _is_spelt_as_syllable(word: str, lang: str) -> bool:
    if lang == "en" and word.isascii():
        return is_ascii_syllable(word)
    return parse_syllable(word) is not None


class NameTable:
    """Names of one document: what was written in full tells the reading and the sex of what comes later."""

    def __init__(self, style: NameStyle = HOUSE_STYLE) -> None:
        self.style = style
        self._full: dict[str, NameMatch] = {}
        self._given: dict[str, NameMatch] = {}

    def find(self, text: str, lang: str) -> tuple[NameMatch, ...]:
        """Names in the next segment of the document. ConfigError for languages other than vi and en."""
        if lang not in ("vi", "en"):
            raise ConfigError(f"Names are found in vi and en text, not in {lang!r}.")
        matches = tuple(_Reader(self, text, lang).read())
        for match in matches:
            self._remember(match)
        return matches

    def full_name(self, name: str) -> NameMatch | None:
        """The person or place seen under this name, diacritics or not."""
        return self._full.get(_plain(name))

    def by_given_name(self, name: str) -> NameMatch | None:
        """The person whose last part this is, the latest one seen."""
        return self._given.get(_plain(name))

    def _remember(self, match: NameMatch) -> None:
        key = _plain(match.vietnamese)
        known = self._full.get(key)
        if known is None or (known.sex is None and match.sex is not None):
            self._full[key] = match
        if match.kind == "person" and " " in match.vietnamese:
            self._given[key.rsplit(" ", 1)[1]] = self._full[key]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    span: Span

    @property
    def key(self) -> str:
        return tables.normal_key(self.text)


class _Reader:
    """One pass over one text."""

    def __init__(self, table: NameTable, text: str, lang: str) -> None:
        self._table = table
        self._text = text
        self._lang = lang

    def read(self) -> Iterator[NameMatch]:
        for run in self._runs():
            start = 0
            while start < len(run):
                match, length = self._at(run[start:])
                if match is not None:
                    yield match
                start += length

    def _runs(self) -> Iterator[list[_Word]]:
        """Capitalised words that stand together."""
        run: list[_Word] = []
        for found in _WORDS[self._lang].finditer(self._text):
            if not found[0][0].isupper():
                continue
            word = _Word(found[0], Span(*found.span()))
            if run and self._text[run[-1].span.end : word.span.start] not in _JOINTS:
                yield run
                run = []
            run.append(word)
        if run:
            yield run

    def _at(self, words: list[_Word]) -> tuple[NameMatch | None, int]:
        if not _may_begin_name(words[0].text, self._lang):
            return None, 1
        first = _plain(words[0].text)
        if not (first in _NOT_NAMES or self._is_syllable(words[0]) or _may_begin_place(words[0].key)):
            return None, 1
        if first in _NOT_NAMES:
            plain = tuple(_plain(word.text) for word in words[:3])
            for excluded in _NOT_NAMES[first]:
                if plain[: len(excluded)] == excluded and not self._person_length(words, ""):
                    return None, len(excluded)
        if len(words) > 1 and self._is_head(words):
            return None, 1
        place_head = self._head(lexicon.PLACE_HEAD[self._lang], words[0])
        personal = self._head(lexicon.PERSONAL_HEAD[self._lang], words[0])
        title = personal or self._head(lexicon.TITLE_HEAD[self._lang], words[0])
        if place_head and title.endswith(f" {place_head}"):
            place_head = ""
        length = self._known_place(words)
        person = self._person_length(words, title)
        if length and not self._is_person(words, length, person, place_head, title):
            return self._place(words[:length]), length
        if place_head and not (person and self._holder(words, place_head)):
            length = self._unknown_place(words, place_head)
            if length:
                return self._place(words[:length]), length
        if person:
            return self._person(words[:person], personal), person
        length = self._place_by_tail(words)
        if length:
            return self._place(words[:length]), length
        length = self._bare_given(words) if personal else 0
        if length:
            return self._person(words[:length], personal), length
        return None, 1

    def _is_head(self, words: list[_Word]) -> bool:
        """Whether a capitalised word is itself a title or a kind of place ("Ông Nguyễn…", "TP Huế")."""
        lake = words[0].key == _LAKE and self._known_place(words[1:]) > 0
        if not lake and (self._surname(words[0]) == "yes" or self._known_place(words)):
            return False
        end = words[1].span.start
        return any(
            (found := pattern[self._lang].search(self._text, max(0, end - _REACH), end)) is not None
            and found.start() == words[0].span.start
            for pattern in (lexicon.PLACE_HEAD, lexicon.PERSONAL_HEAD, lexicon.TITLE_HEAD)
        )

    def _head(self, pattern: lexicon.HeadPattern, word: _Word) -> str:
        end = word.span.start
        found = pattern.search(self._text, max(0, end - _REACH), end)
        return found.group("head").lower() if found else ""

    def _known_place(self, words: list[_Word]) -> int:
        """How many words are a place that the tables or the document know."""
        if not words or not _may_begin_place(words[0].key):
            return 0
        for length in range(min(4, len(words)), 0, -1):
            if self._is_known_place(words[:length]):
                return length
        return 0

    def _is_known_place(self, words: list[_Word]) -> bool:
        name = self._between(words)
        spellings = name, re.sub(r"\s*[-–]\s*", " - ", name)
        if any(tables.normal_key(spelling) in tables.places() for spelling in spellings):
            return True
        if self._lang == "vi" or (len(words) == 1 and name.lower() not in _ONE_WORD_PLACES):
            return False
        return tables.known_ascii_place(name) is not None

    def _is_person(self, words: list[_Word], place: int, person: int, place_head: str, title: str) -> bool:
        """Whether words that are a known place too stand for a person ("Chủ tịch Hồ Chí Minh")."""
        if place_head or self._tail_after(words[:place]):
            return False
        if place == 1:
            return bool(title) or len(words) > 1
        return self._is_listed_person(self._between(words[:place])) or (person > place and bool(title))

    def _holder(self, words: list[_Word], place_head: str) -> bool:
        """Whether the place word belongs to the organ before it, so that a person follows."""
        if self._lang != "vi":
            return False
        end = words[0].span.start
        before = lexicon.ORGAN_BEFORE_PLACE.search(self._text, max(0, end - _REACH), end)
        return place_head in lexicon.FEW_PLACES or before is not None

    def _unknown_place(self, words: list[_Word], place_head: str) -> int:
        words = self._unhyphenated(words)
        if place_head in lexicon.FEW_PLACES and self._lang == "vi":
            return 0
        for start in range(2, len(words) - 1):
            if self._person_length(words[start:], "title"):
                return start
        length = min(3, len(words))
        if length == 1 and place_head not in lexicon.ONE_WORD_PLACES:
            return 0
        return length if self._syllables(words) >= length else 0

    def _place_by_tail(self, words: list[_Word]) -> int:
        if self._lang != "en":
            return 0
        words = self._unhyphenated(words)
        lengths = range(min(4, self._syllables(words)), 1, -1)
        return next((length for length in lengths if self._tail_after(words[:length])), 0)

    def _tail_after(self, words: list[_Word]) -> bool:
        pattern = lexicon.PLACE_TAIL[self._lang]
        return pattern is not None and pattern.match(self._text, words[-1].span.end) is not None

    def _person_length(self, words: list[_Word], title: str) -> int:
        """How many words are a person's name headed by a surname; 0 where they are none."""
        words = self._unhyphenated(words)[:_LONGEST]
        length = self._syllables(words)
        if length < 2 or self._tail_after(words[:length]):
            return 0
        for known in range(length, 1, -1):
            if self._is_known_person(words[:known]):
                return known
        if length > 3 and self._known_place(words[length - 2 :][:2]) == 2 and length - 2 >= 2:
            length -= 2
        surname = self._surname(words[0])
        if not surname or (length == 2 and not title):
            return 0
        if surname == "word" and not title and _plain(words[1].text) not in ("thi", "van"):
            return 0
        return length

    def _is_known_person(self, words: list[_Word]) -> bool:
        name = self._between(words)
        if self._is_listed_person(name):
            return True
        seen = self._table.full_name(name)
        return seen is not None and seen.kind == "person" and (self._lang == "en" or seen.vietnamese == name)

    def _is_listed_person(self, name: str) -> bool:
        if tables.known_person(name) is not None:
            return True
        return self._lang == "en" and tables.known_ascii_person(name) is not None

    def _surname(self, word: _Word) -> str:
        """ "yes", "word" (an ordinary word as well) or ""."""
        if self._lang == "en" and word.text.isascii():
            low = word.text.lower()
            if low not in tables.ascii_surnames():
                return ""
            return "word" if low in lexicon.ENGLISH_WORDS else "yes"
        kind = tables.surnames().get(word.key)
        return "" if kind is None else ("word" if kind else "yes")

    def _bare_given(self, words: list[_Word]) -> int:
        words = self._unhyphenated(words)[:3]
        length = self._syllables(words)
        if not length or words[0].key in _NOT_GIVEN:
            return 0
        if self._lang == "en" and length == 1 and self._table.by_given_name(words[0].text) is None:
            return length if not words[0].text.isascii() else 0
        return length

    def _syllables(self, words: list[_Word]) -> int:
        """How many words from the first on are spelt as Vietnamese syllables."""
        return next((i for i, word in enumerate(words) if not self._is_syllable(word)), len(words))

    def _is_syllable(self, word: _Word) -> bool:
        if len(word.text) > 1 and word.text.isupper() and not self._all_capitals(word):
            return False
        return _is_spelt_as_syllable(word.text, self._lang)

    def _all_capitals(self, word: _Word) -> bool:
        """Whether the text around is in capitals, so that a word in capitals is no abbreviation."""
        around = self._text[max(0, word.span.start - 12) : word.span.end + 12]
        return not any(char.islower() for char in around)

    def _unhyphenated(self, words: list[_Word]) -> list[_Word]:
        """The words up to the first hyphen."""
        for index, (left, right) in enumerate(pairwise(words), 1):
            if self._text[left.span.end : right.span.start] not in (" ", "\u00a0"):
                return words[:index]
        return words

    def _between(self, words: list[_Word]) -> str:
        return " ".join(self._text[words[0].span.start : words[-1].span.end].split())

    def _place(self, words: list[_Word]) -> NameMatch:
        span = Span(words[0].span.start, words[-1].span.end)
        name = self._title_case(self._between(words))
        seen = self._table.full_name(name)
        if self._lang == "en" and seen is not None and seen.kind == "place":
            name = seen.vietnamese
        elif self._lang == "en" and name.isascii():
            name = resolve(name, "place")
        return NameMatch(
            span=span,
            text=span.of(self._text),
            kind="place",
            russian=transcribe(name, "place", self._table.style),
            vietnamese=name,
        )

    def _person(self, words: list[_Word], head: str) -> NameMatch:
        span = Span(words[0].span.start, words[-1].span.end)
        name = self._title_case(self._between(words))
        seen = self._table.full_name(name)
        if seen is None and len(words) == 1:
            seen = self._table.by_given_name(name)
        russian = ""
        if seen is not None and seen.kind == "person" and (self._lang == "en" or len(words) == 1):
            if len(words) == 1:
                name = seen.vietnamese.rsplit(" ", 1)[-1]
                russian = seen.russian.rsplit(" ", 1)[-1]
            else:
                name = seen.vietnamese
        elif self._lang == "en" and name.isascii():
            name = resolve(name, "person")
        return NameMatch(
            span=span,
            text=span.of(self._text),
            kind="person",
            russian=russian or transcribe(name, "person", self._table.style),
            vietnamese=name,
            sex=self._sex(name, head) or (seen.sex if seen is not None else None),
        )

    def _sex(self, name: str, head: str) -> str | None:
        known = tables.known_person(name)
        if known is not None and known.sex:
            return known.sex
        if head in lexicon.FEMALE[self._lang] or _GIVEN_SEX & set(name.lower().split()):
            return "f"
        return "m" if head in lexicon.MALE[self._lang] else None

    def _title_case(self, name: str) -> str:
        return " ".join(
            word.capitalize() if word.isupper() and len(word) > 1 else word for word in name.split()
        )
