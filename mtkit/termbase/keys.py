"""Words of a source text as keys that compare equal where the words are the same for a termbase.

Vietnamese: no capitals, tone mark wherever it is put (hòa, hoà), lone y as i (Mỹ, Mĩ), UBND as Ủy ban nhân
dân. English: no capitals, number, possessive, article or inner hyphen, British spelling, Vietnam as Viet
Nam.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

TOKEN = re.compile(r"T\.Ư\b|TP\.(?=\s?[^\W\d_])|[^\W_]+|[^\w\s]|_")
_DASHES = frozenset("-‐‑‒–—−")
_APOSTROPHES = frozenset("'’ʼ")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHORT_Y = re.compile(r"(h|k|l|m|s|t|v|qu)y")

_SPELT_OUT = {
    "vi": {
        "BCH": "Ban Chấp hành",
        "BTV": "Ban Thường vụ",
        "CAND": "Công an nhân dân",
        "HĐND": "Hội đồng nhân dân",
        "LĐLĐ": "Liên đoàn Lao động",
        "MTTQ": "Mặt trận Tổ quốc",
        "QĐND": "Quân đội nhân dân",
        "TAND": "Tòa án nhân dân",
        "TP": "Thành phố",
        "TP.": "Thành phố",
        "TW": "Trung ương",
        "TƯ": "Trung ương",
        "T.Ư": "Trung ương",
        "UBKT": "Ủy ban Kiểm tra",
        "UBND": "Ủy ban nhân dân",
        "VKSND": "Viện kiểm sát nhân dân",
        "VN": "Việt Nam",
        "ĐBQH": "Đại biểu Quốc hội",
    },
    "en": {
        "Danang": "Da Nang",
        "Haiphong": "Hai Phong",
        "Hanoi": "Ha Noi",
        "NA": "National Assembly",
        "PCC": "Party Central Committee",
        "VFF": "Viet Nam Fatherland Front",
        "VIETNAM": "VIET NAM",
        "Vietnam": "Viet Nam",
    },
}
"""Written in one word or in capitals what termbases spell out; compared as written."""

_SPECIAL = {
    "vi": _DASHES | _SPELT_OUT["vi"].keys(),
    "en": _DASHES | _APOSTROPHES | {"s", "S", ",", "the", "The", "THE"} | _SPELT_OUT["en"].keys(),
}
"""Tokens that do not simply count as themselves."""

_SAME_WORD = {
    "center": "centre",
    "chairperson": "chairman",
    "chairwoman": "chairman",
    "defense": "defence",
    "offense": "offence",
    "license": "licence",
    "procuratorate": "procuracy",
    "programme": "program",
    "skillful": "skilful",
    "theater": "theatre",
}


class Token(NamedTuple):
    """One word or punctuation mark with its code-point offsets.

    `first` and `last` are false inside an abbreviation that was spelt out: no match may begin or end there.
    """

    key: str
    surface: str
    start: int
    end: int
    first: bool = True
    last: bool = True


_Raw = tuple[str, int, int]
_make: Callable[[tuple[str, str, int, int, bool, bool]], Token] = partial(tuple.__new__, Token)

MAY_FALL_AWAY = ""
"""Rough key of a mark or word that counts in some places only."""


def tokens(text: str, lang: str) -> list[Token]:
    """The tokens of an NFC text that count for matching, in order."""
    key, special = _KEY[lang], _SPECIAL[lang]
    found: list[_Raw] = [(match[0], *match.span()) for match in TOKEN.finditer(text)]
    kept: list[Token] = []
    for index, (surface, start, end) in enumerate(found):
        if surface not in special:
            kept.append(_make((key(surface), surface, start, end, True, True)))
            continue
        before = found[index - 1] if index else ("", -2, -2)
        after = found[index + 1] if index + 1 < len(found) else ("", end + 2, end + 2)
        if surface in _DASHES:
            if before[2] != start or after[1] != end or surface == "—":
                kept.append(Token("-", surface, start, end))
        elif surface in _SPELT_OUT[lang]:
            words = _SPELT_OUT[lang][surface].split()
            for number, word in enumerate(words):
                kept.append(Token(key(word), word, start, end, number == 0, number == len(words) - 1))
        elif not _falls_away(surface, start, before, after):
            kept.append(Token(key(surface), surface, start, end))
    return kept


def rough_keys(surface: str, lang: str) -> tuple[str, ...]:
    """The keys of one token, or MAY_FALL_AWAY where it may be none."""
    words = _SPELT_OUT[lang].get(surface, surface).split()
    fixed = surface in _SPELT_OUT[lang] or surface not in _SPECIAL[lang]
    return tuple(map(_KEY[lang], words)) if fixed else (MAY_FALL_AWAY,)


def _falls_away(surface: str, start: int, before: _Raw, after: _Raw) -> bool:
    """Articles, apostrophes and possessive s, the comma before a last "and"."""
    if surface in _APOSTROPHES:
        return before[2] == start
    if surface in {"s", "S"}:
        return before[0] in _APOSTROPHES and before[2] == start
    if surface == ",":
        return after[0].casefold() == "and"
    return surface.casefold() == "the"


@lru_cache(maxsize=65536)
def _vietnamese_key(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    letters = "".join(char for char in decomposed if char not in _TONES)
    tone = "".join(char for char in decomposed if char in _TONES)
    return (_SHORT_Y.sub(r"\1i", letters) if _SHORT_Y.fullmatch(letters) else letters) + tone


@lru_cache(maxsize=65536)
def _english_key(word: str) -> str:
    if word == "&":
        return "and"
    key = _singular(word.casefold())
    key = re.sub(r"iz(e|ed|ing|ation|er|ational)$", r"is\1", key)
    key = re.sub(r"^(lab|neighb|hon|fav|col|harb|behavi|endeav)or(?!i)", r"\1our", key)
    return _SAME_WORD.get(key, key)


_KEY: dict[str, Callable[[str], str]] = {"vi": _vietnamese_key, "en": _english_key}


@lru_cache(maxsize=65536)
def is_plural(word: str) -> bool:
    """Whether an English word looks like a plural."""
    lowered = word.casefold()
    return _singular(lowered) != lowered


_IRREGULAR = {
    "chairmen": "chairman",
    "chairwomen": "chairwoman",
    "men": "man",
    "women": "woman",
    "womens": "woman",
}


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word[-2] in "suiy":
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|z)es$", word):
        return word[:-2]
    return word[:-1]
