"""Countries that Vietnamese news speak of, with their peoples and languages, in three languages.

`countries.tsv` has their words, separated by "|"; one that ends in * goes on (Russian*). The row without a
country has words that are of none, though one stands in them (Indiana, US dollar). Vietnamese syllables that
are mostly something else (Anh, Áo, Bỉ) stand there with a word that makes them a country's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

HOME = "Vietnam"
_LANGUAGES = ("vi", "en", "ru")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    lines = resources.files(__package__).joinpath("countries.tsv").read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return tuple(dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:])


@cache
def countries() -> Mapping[str, tuple[str, str, str]]:
    """Country -> its words in Vietnamese, English and Russian; "" -> words that are of none."""
    return {
        row["country"]: (row["vi"], "|".join(filter(None, (row["en"], row["en_adjective"]))), row["ru"])
        for row in _rows()
    }


@cache
def words_of(lang: str, *, home: bool, adjectives: bool = True) -> str:
    """A regular expression for a word of Viet Nam (`home`) or of any other country, longest first.

    `adjectives` False leaves out what is said of a country's people and language in English.
    """
    place = _LANGUAGES.index(lang)
    words: set[str] = set()
    for row, entry in zip(_rows(), countries().values(), strict=True):
        if row["country"] and (row["country"] == HOME) == home:
            words.update((entry[place] if adjectives or lang != "en" else row["en"]).split("|"))
    none = "|".join(re.escape(word.rstrip("*")) for word in countries()[""][place].split("|"))
    patterns = (re.escape(word.rstrip("*")) + r"\w*" * word.endswith("*") for word in _literals(words))
    return rf"(?!(?:{none}))(?<!\w)(?:{'|'.join(patterns)})(?!\w)"


def _literals(words: set[str] | list[str]) -> list[str]:
    return sorted(filter(None, words), key=lambda word: (-len(word), word))
