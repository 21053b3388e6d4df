"""Vietnamese names in Cyrillic: rules generate, exceptions override, a house style picks the variant.

The rules are the practical transcription of 1973 (tones dropped; a place is one word, the parts of a
person's name stand apart).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mtkit.names.syllables import Syllable, parse_syllable, strip_tones
from mtkit.names.tables import known_person, known_place, rules

Kind = Literal["person", "place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameStyle:
    """A house's choices where the press varies.

    `chi`: "ти" or "тьи" or "чи" for chi (Chính: Тинь, Тьинь, Чинь); `gi`: "з" or "ж" for gi (Giang: Зянг,
    Жанг); `duy`: "зюи" or "зуй"; `r`: "р", "ж" or "з"; `exceptions`: whether the list overrides.
    """

    chi: Literal["ти", "тьи", "чи"] = "ти"
    gi: Literal["з", "ж"] = "з"
    duy: Literal["зюи", "зуй"] = "зюи"
    r: Literal["р", "ж", "з"] = "р"
    exceptions: bool = True


HOUSE_STYLE = NameStyle()
RULES_ONLY = NameStyle(exceptions=False)
_SYLLABLE = re.compile(
    r"(?:кх|тх|ть|нг|нь|зь|дз|кв|[бвгджзклмнпрстфхчш])?ь?[аеёиоуыэюяй][аеёиоуыэюяй]{0,3}"
    r"(?:нг|нь|ть|[кмнптй])?(?:ом|ем|[ауеюя])?",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def transcribe(name: str, kind: Kind = "person", style: NameStyle = HOUSE_STYLE) -> str:
    """Write a Vietnamese name in Cyrillic.

    `name` has its diacritics. Parts of a person's name stay apart, syllables of a place are one word and
    the sides of a hyphen keep it ("Bà Rịa - Vũng Tàu" -> "Бариа-Вунгтау"). Syllables that are not
    Vietnamese go letter by letter.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if style.exceptions:
        known = known_person(name) if kind == "person" else known_place(name)
        if known is not None and known.russian:
            return known.russian
    sides = re.split(r"\s*[-–]\s*", name)
    join = "".join if kind == "place" else " ".join
    written = [join(_syllable(word, style) for word in side.split()) for side in sides]
    if kind == "person":
        return "-".join(" ".join(_capital(part) for part in side.split()) for side in written)
    return "-".join(_capital(side) for side in written)


def foreign_parts(name: str) -> tuple[str, ...]:
    """Parts of a name that are no Vietnamese syllables, so that they are written letter by letter."""
    return tuple(part for part in re.split(r"[\s\-–]+", name) if part and parse_syllable(part) is None)


def is_vietnamese(name: str) -> bool:
    """Whether every word of `name` is a Vietnamese syllable."""
    return not foreign_parts(name)


def _capital(word: str) -> str:
    return re.sub(r"(?:^|[’'])\w", lambda letter: letter.group().upper(), word)


def _syllable(word: str, style: NameStyle) -> str:
    parsed = parse_syllable(word)
    return _letters(word) if parsed is None else _compose(parsed, style)


def _compose(syllable: Syllable, style: NameStyle) -> str:
    onset, nucleus = rules("onset").get(syllable.onset, ""), syllable.nucleus
    coda = rules("coda").get(syllable.coda, "")
    if syllable.onset == "qu":
        return onset + rules("after qu").get(nucleus, "у" + rules("nucleus")[nucleus]) + coda
    if syllable.onset == "r":
        onset = style.r
    if syllable.onset == "d" and nucleus == "uy" and not coda:
        return style.duy
    if syllable.onset == "h" and nucleus == "uyê":
        return "хюйе" + coda
    if not onset:
        return rules("first").get(nucleus, rules("nucleus")[nucleus]) + coda
    vowels = rules("nucleus")[nucleus]
    if syllable.onset == "gi" and style.gi == "ж":
        return "ж" + vowels.removeprefix("ь") + coda
    if onset.endswith("ь"):
        return _soften(onset[:-1], vowels, style) + coda
    return onset + vowels + coda


def _soften(onset: str, vowels: str, style: NameStyle) -> str:
    if vowels[0] == "и" and onset == "т":
        return style.chi + vowels[1:]
    if vowels[0] == "ы":
        return onset + "ь" + vowels
    return onset + rules("after soft").get(vowels[0], vowels[0]) + vowels[1:]


_LETTER_PATTERN = re.compile(r"ph|th|kh|ch|nh|\w|.")


def _letters(word: str) -> str:
    plain = strip_tones(word.lower())
    written = "".join(rules("letters").get(piece, piece) for piece in _LETTER_PATTERN.findall(plain))
    return "э" + written[1:] if written.startswith("е") else written


def is_syllable(word: str) -> bool:
    """Whether a Russian word reads as a transcribed syllable, endings of the cases included."""
    return len(word) <= 9 and _SYLLABLE.fullmatch(word) is not None
