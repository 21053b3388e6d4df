"""Give names their diacritics back: "Nguyen Dang Quang" -> "Nguyễn Đăng Quang"."""

from __future__ import annotations

from functools import cache

from mtkit.names import tables
from mtkit.names.syllables import CODAS, ONSETS, nuclei, to_ascii
from mtkit.names.transcription import Kind

_NEXT_BEST = {"surname": ("middle", "given"), "middle": ("given",), "given": ("middle",), "place": ("given",)}


def resolve(name: str, kind: Kind) -> str:
    """The likeliest Vietnamese spelling of a name without diacritics.

    Known names first, then syllable by syllable, by what is commonest in that part of a name. Syllables
    that no table has stay as they are; most transcribe the same with any diacritics.
    """
    known = tables.known_ascii_person(name) if kind == "person" else tables.known_ascii_place(name)
    if known is not None:
        return known.vietnamese
    words = name.split()
    return " ".join(
        _syllable(word, _role(index, len(words), kind)) if word.isascii() else word
        for index, word in enumerate(words)
    )


def _role(index: int, length: int, kind: Kind) -> str:
    if kind == "place":
        return "place"
    if index == length - 1:
        return "given"
    return "surname" if index == 0 else "middle"


def _syllable(word: str, role: str) -> str:
    known = tables.ascii_syllables()
    for place in (role, *_NEXT_BEST[role]):
        if found := known.get((place, word.lower())):
            return found.capitalize()
    return word


_ASCII_ONSETS = tuple(map(to_ascii, ONSETS))


@cache
def _ascii_nuclei() -> frozenset[str]:
    return frozenset(to_ascii(nucleus) for nucleus in nuclei())


@cache
def is_ascii_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable that lost its diacritics."""
    low = word.lower()
    for onset in (*filter(low.startswith, _ASCII_ONSETS), ""):
        rest = low[len(onset) :]
        rest = "i" + rest if onset == "gi" and (not rest or rest[0] not in "aeiouy") else rest
        if any(
            rest.endswith(coda) and rest[: len(rest) - len(coda)] in _ascii_nuclei() for coda in (*CODAS, "")
        ):
            return True
    return False
