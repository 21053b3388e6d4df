"""Texts in capitals written as sentences, so that matchers, hints and models tell a word from a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from mtkit.names.syllables import parse_syllable, to_ascii
from mtkit.names.tables import normal_key, persons, surnames
from mtkit.text.countries import countries
from mtkit.text.number_words import ROMAN
from mtkit.text.placeables import Kind, find_placeables
from mtkit.types import Origin, Segment, Span, Translation

TermFinder = Callable[[str, str], Iterable[tuple[Span, str]]]
"""(text, language) -> where terms stand in it, and how they are written."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INSIDE = re.compile(r"[\w,;)”»][ -]$")
_VOWELS = frozenset("aeiouy")
_LANGUAGES = ("vi", "en")
_ABBREVIATIONS = frozenset(
    {"AI", "APEC", "ASEAN", "BRICS", "CIS", "EEU", "EU", "FAO", "FIFA", "ILO", "IMF", "NATO", "ODA", "OECD"}
    | {"OPEC", "UAE", "UK", "UN", "UNDP", "UNESCO", "UNICEF", "US", "USA", "VCCI", "VNA", "WTO"}
)
_PART_NUMBER = re.compile(
    r"(?:Chương|Phần|Mục|Điều|Phụ lục|Chapter|Part|Section|Article|Annex|Appendix) (?:\d+|[IVXLC]+)[.:]? "
)
_ROMAN = re.compile(ROMAN)
_NUMBERED = frozenset(
    {"chương", "đoạn", "khóa", "khoá", "lần", "lục", "mục", "phần", "quý", "thứ"}
    | {"annex", "appendix", "article", "chapter", "part", "phase", "quarter", "section", "volume", "war"}
)
"""Words that a Roman numeral follows, which may be a word («vi») elsewhere."""
_ROMAN_OR_NAME = frozenset({"XI"})
_LONGEST_ABBREVIATION = 4
_FEWEST_LETTERS = 4
_SHORT_COUNTRY = re.compile(
    r"(?<!\w)(?:(?:tổng thống|thủ tướng|chủ tịch(?: nước)?|ngoại trưởng|đại sứ(?: quán)?|chính phủ|quốc hội|"
    r"nước|với|sang|thăm|tại|ở|giữa|[-–]) (?P<headed>pháp|đức|mỹ|ý|úc|séc)|(?P<alone>nga|lào))(?!\w)"
)
"""One syllable that is a country, by itself or after words that want a country (and not pháp luật)."""
_MIDDLES = frozenset({"văn", "thị"})


def as_sentences(segments: Sequence[Segment], terms: TermFinder) -> list[Segment]:
    """The segments of a document in order, those in capitals written as sentences of the same length.

    What the document writes with capitals elsewhere keeps them, and so do its terms and abbreviations.
    """
    read = list(segments)
    for lang in {segment.src_lang for segment in segments}:
        shouted = [
            place
            for place, segment in enumerate(segments)
            if segment.src_lang == lang and in_capitals(segment.source, lang)
        ]
        if shouted:
            runs = capitalised_runs((s.source for s in segments if s.src_lang == lang), lang)
            for place in shouted:
                source = segments[place].source
                read[place] = replace(
                    segments[place], source=as_sentence(source, lang, runs, terms(source, lang))
                )
    return read


def capitals_again(segment: Segment, read: Segment, translation: Translation) -> Translation:
    """What an engine made of a segment in capitals that was `read` as a sentence, in capitals.

    Where it made nothing, the source stands as it was written.
    """
    if translation.origin is Origin.FAILED:
        return replace(translation, target=segment.source)
    if (
        translation.origin is not Origin.ENGINE
        or segment.source == read.source
        or not segment.source.isupper()
    ):
        return translation
    hits = tuple(replace(hit, form=hit.form.upper()) for hit in translation.hits)
    return replace(translation, target=translation.target.upper(), hits=hits)


def in_capitals(text: str, lang: str) -> bool:
    """Whether a text is written in capitals and is more than abbreviations and an OK.

    The number of a chapter or the like may stand before it (Chương II. QUY ĐỊNH CHUNG).
    """
    numbered = _PART_NUMBER.match(text)
    text = text[numbered.end() :] if numbered else text
    if not text.isupper():
        return False
    words = (word for word in _WORD.findall(text) if not _is_abbreviation(word, lang))
    return sum(map(len, words)) >= _FEWEST_LETTERS


def capitalised_runs(texts: Iterable[str], lang: str) -> tuple[str, ...]:
    """Words that a document writes with capitals inside its sentences, neighbours together, longest first."""
    runs = set(_country_names(lang))
    for text in texts:
        if in_capitals(text, lang):
            continue
        begun: int | None = None
        words = [*_WORD.finditer(text), None]
        for word, after in pairwise(words):
            assert word is not None
            if (
                begun is None
                and word.group()[0].isupper()
                and _INSIDE.search(text, max(0, word.start() - 2), word.start())
            ):
                begun = word.start()
            goes_on = after and after.start() - word.end() == 1 and after.group()[0].isupper()
            if begun is not None and not goes_on:
                runs.add(text[begun : word.end()])
                begun = None
    told = (run for run in runs if not (lang == "vi" and parse_syllable(run)))
    return tuple(sorted(told, key=lambda run: (-len(run), run)))


@cache
def _country_names(lang: str) -> frozenset[str]:
    place = _LANGUAGES.index(lang)
    words = (entry[place].split("|") for country, entry in countries().items() if country)
    return frozenset(word.rstrip("*") for own in words for word in own if word[:1].isupper())


def as_sentence(text: str, lang: str, runs: Sequence[str], terms: Iterable[tuple[Span, str]]) -> str:
    """A text in capitals as a sentence of the same length; the text itself where that cannot be.

    Capitals stay at its beginning, in abbreviations, in names that are known or plain to see, in what stands
    in `runs`, and in `terms`: stretches of the text with the terms they are.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        return text
    letters = list(lowered)

    def write(start: int, surface: str) -> None:
        letters[start : start + len(surface)] = surface

    words = list(_WORD.finditer(text))
    for before, word in zip([None, *words], words, strict=False):
        counted = before is not None and before.group().lower() in _NUMBERED
        if _is_abbreviation(word.group(), lang) or _is_roman(word.group(), lang, counted=counted):
            write(word.start(), word.group())
        elif lang == "vi" and not parse_syllable(word.group()):
            write(word.start(), word.group().capitalize())
    if lang == "vi":
        for start, stop in _names(words):
            for word in words[start:stop]:
                write(word.start(), word.group().capitalize())
        for country in _SHORT_COUNTRY.finditer(lowered):
            name = country["headed"] or country["alone"]
            write(country.end() - len(name), name.capitalize())
    known = (person.vietnamese for person in persons().values())
    for run in (*known, *reversed(runs)):
        if (small := run.lower()) in lowered:
            for found in re.finditer(rf"(?<!\w){re.escape(small)}(?!\w)", lowered):
                write(found.start(), run)
    for span, term in terms:
        if len(term) == span.end - span.start:
            write(span.start, term)
    for placeable in find_placeables(text, lang):
        if placeable.kind is not Kind.NUMBER:
            write(placeable.span.start, placeable.text)
    if words:
        first = words[0].start()
        letters[first] = letters[first].upper()
    return "".join(letters)


def _names(words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where full names stand that Văn or Thị gives away: surname, one of these, given name."""
    for place in range(len(words) - 2):
        surname, middle, given = (normal_key(word.group()) for word in words[place : place + 3])
        if surname in surnames() and middle in _MIDDLES and parse_syllable(given):
            yield place, place + 3


def _is_roman(word: str, lang: str, *, counted: bool) -> bool:
    """Whether a word is a Roman numeral, or the English I; `counted` where one is wanted («khóa VI»)."""
    if lang == "en" and word == "I":
        return True
    if not _ROMAN.fullmatch(word):
        return False
    return counted or (
        len(word) > 1 and word not in _ROMAN_OR_NAME and not (lang == "vi" and parse_syllable(word))
    )


def _is_abbreviation(word: str, lang: str) -> bool:
    if word in _ABBREVIATIONS or not _VOWELS & set(to_ascii(word).lower()):
        return True
    return lang == "vi" and len(word) <= _LONGEST_ABBREVIATION and not parse_syllable(word)
