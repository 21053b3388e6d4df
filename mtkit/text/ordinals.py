"""Numbers of congresses, sessions, terms and classes, and those that a translation got wrong.

Russian writes most of them in Roman numerals (XX съезд, орден II степени), some in digits (34-я сессия). A
model that has seen few of them guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtkit.text.date_words import one_of
from mtkit.text.edits import Edit, apply_edits
from mtkit.text.number_words import ORDINAL_STEMS_RU, ORDINALS_EN, ROMAN, UNITS_VI, roman, roman_value
from mtkit.types import Span

_ROMAN = rf"(?=[IVX]){ROMAN}(?![\w-])"
_CLASSES_VI = {"nhất": 1, "nhì": 2, "ba": 3, "tư": 4}
_WORDS_VI = dict(zip(UNITS_VI, range(1, 11), strict=True)) | _CLASSES_VI
_SEVERAL = r"(?=[IVX]{2})" + _ROMAN
"""Of two letters and more: one alone may be a word, an initial, a point of a list."""
_SURE = {
    "vi": re.compile(
        r"(?i:(?<!\w)(?:khóa|khoá|quý|(?:lần|họp|kỳ|phiên|khóa|nghị|hội) thứ|thứ(?= (?:[89]|\d\d|[IVX])))) "
        rf"(?:(?P<digits>\d{{1,3}})(?![\w.,/-]*\d)|(?P<roman>{_ROMAN}))"
        rf"|(?i:(?<!\w)lần thứ (?P<word>{one_of(_WORDS_VI)})(?!\w))"
        rf"|(?i:(?<!\w)hạng (?P<class>{one_of(_CLASSES_VI)})(?!\w))"
        rf"|(?<![\w-])(?P<bare>{_SEVERAL})"
    ),
    "en": re.compile(
        rf"(?<![\w.,/-])(?P<digits>\d{{1,3}})(?:st|nd|rd|th)(?!\w)|(?<![\w'’-])(?P<bare>{_SEVERAL})"
    ),
}
"""What is certainly the number of something; groups say how it is written."""

_WRITTEN = re.compile(
    rf"(?<![\w-])(?P<bare>{_ROMAN})|(?<![\w.,/-])(?P<digits>\d{{1,3}})(?=-(?:[йяею]|г?о|му)(?!\w))"
)
_SIGNED_PART = re.compile(
    r"(?<!\w)((?:[Пп]од)?[Пп]ункт(?:а|у|е|ом)?|[Сс]тать(?:я|и|е|ю|ёй|ей)) №[ \u00a0](?=\d+(?![\w/-]))"
)
_BEYOND = {
    "vi": re.compile(r"(?i)(?<!\w)(?:mười \w|mươi|trăm)"),
    "en": re.compile(r"(?i)(?<!\w)(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)(?:y-\w|ieth)|hundredth"),
}
"""Ordinals in words that are not read here."""
_NUMBER = re.compile(r"\d+")
_WORDS = {
    "vi": re.compile(rf"(?i)(?<!\w)(?:{one_of(_WORDS_VI)})(?!\w)"),
    "en": re.compile(rf"(?i)(?<!\w)(?:{one_of(ORDINALS_EN)})(?!\w)"),
}
_STEM_VALUES = {stem: value for value, stem in ORDINAL_STEMS_RU.items()} | {"трет": 3}
_TENS_RU = {"двадцать": 20, "тридцать": 30}
_WORD_RU = re.compile(
    rf"(?i)(?<!\w)(?:(?P<tens>{one_of(_TENS_RU)}) )?(?P<stem>{one_of(_STEM_VALUES)})"
    r"(?:[ыоьи]?[йеяюх]|[ауя][яю]|(?:о|ь?е)(?:го|му?)|ь?[ыи]ми?)(?!\w)"
)


def mend_ordinals(source: str, src_lang: str, target: str) -> str:
    """A Russian target whose one wrong ordinal is that of its source which it lacks.

    Wrong is what stands for no number of the source at all. Where several are wrong or lacking, nothing is
    changed. Parts of a law are numbered without a sign (пункт 2 статьи 15).
    """
    target = _SIGNED_PART.sub(r"\1 ", target)
    found = list(_WRITTEN.finditer(target))
    if not found or _BEYOND[src_lang].search(source):
        return target
    sure = set(_sure(source, src_lang))
    lacking = sure - set(_all_in_target(target))
    wrong = set(map(_value, found)) - sure - set(_any(source, src_lang))
    if len(lacking) != 1 or len(wrong) != 1 or not 0 < (right := lacking.pop()) < 40:
        return target
    edits = [
        Edit(span=Span(*match.span()), text=roman(right) if match["bare"] else str(right))
        for match in found
        if _value(match) in wrong
    ]
    return apply_edits(target, edits).text


def _sure(source: str, lang: str) -> Iterator[int]:
    for match in _SURE[lang].finditer(source):
        groups = match.groupdict()
        if word := groups.get("word") or groups.get("class"):
            yield _WORDS_VI[word.lower()]
        elif groups.get("digits"):
            yield int(match["digits"])
        else:
            yield roman_value(groups.get("roman") or match["bare"])


def _any(source: str, lang: str) -> Iterator[int]:
    """Every number that a source may speak of."""
    yield from (int(number) for number in _NUMBER.findall(source) if len(number) < 6)
    for word in _WORDS[lang].findall(source):
        yield _WORDS_VI[word.lower()] if lang == "vi" else ORDINALS_EN.index(word.lower()) + 1


def _all_in_target(target: str) -> Iterator[int]:
    yield from map(_value, _WRITTEN.finditer(target))
    yield from (int(number) for number in _NUMBER.findall(target) if len(number) < 6)
    for match in _WORD_RU.finditer(target.replace("ё", "е")):
        yield _STEM_VALUES[match["stem"].lower()] + _TENS_RU.get((match["tens"] or "").lower(), 0)


def _value(match: re.Match[str]) -> int:
    return int(match["digits"]) if match["digits"] else roman_value(match["bare"])
