"""Vietnamese syllables: taking off tone marks, and onset + glide + nucleus + coda.

Spelling rules after Thompson, A Vietnamese Reference Grammar (1987), chapter 3.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")

ONSETS = (
    *("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"),
    *("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x"),
)
CODAS = ("ch", "ng", "nh", "c", "k", "m", "n", "p", "t")
VOWELS = "aăâeêioôơuưy"


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable without its tone, lower case; `onset` and `coda` may be empty."""

    onset: str
    nucleus: str
    coda: str


@cache
def nuclei() -> frozenset[str]:
    """Every vowel group that a syllable may have."""
    lines = resources.files(__package__).joinpath("rules.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(vi for position, vi, _ in (line.split("\t") for line in lines) if position == "nucleus")


def strip_tones(text: str) -> str:
    """Take off the five tone marks; vowel letters (â, ơ…) and đ stay. NFC in, NFC out."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in TONE_MARKS))


def to_ascii(text: str) -> str:
    """Take off every diacritic, as English papers write Vietnamese names: Đặng -> Dang."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def tone_key(text: str) -> str:
    """Move every tone mark to the end of its word, so that "hòa" and "hoà" compare equal."""
    if text.isascii():
        return text
    words = []
    for word in text.split(" "):
        decomposed = unicodedata.normalize("NFD", word)
        tones = "".join(char for char in decomposed if char in TONE_MARKS)
        plain = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in TONE_MARKS))
        words.append(plain + tones)
    return " ".join(words)


@lru_cache(maxsize=8192)
def parse_syllable(word: str) -> Syllable | None:
    """Split one written syllable; None where it is not a Vietnamese one."""
    plain = strip_tones(word.lower())
    for onset in (*(o for o in ONSETS if plain.startswith(o)), ""):
        rest = plain[len(onset) :]
        if onset == "gi" and re.match(r"ê[ua]?", rest):
            rest = "i" + rest
        if onset == "gi" and (not rest or rest[0] not in VOWELS):
            rest = "i" + rest
        if onset == "qu" and not rest:
            continue
        for coda in (*(c for c in CODAS if rest.endswith(c) and len(rest) > len(c)), ""):
            nucleus = rest[: len(rest) - len(coda)]
            if nucleus in nuclei():
                return Syllable(onset, nucleus, coda)
    return None
