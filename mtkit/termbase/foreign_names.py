"""Names of foreign men of two words: «Дональд Трамп», «Сонсай Сипхандон».

A man's name in a consonant declines, the first name too, save for the syllable that comes first in names of
East Asia («Си Цзиньпина»); a vowel stays (Rosental, Handbook of spelling and style, § 149). A woman's in a
consonant does not decline: where the first name is in no dictionary, nothing tells her from a man.
"""

from __future__ import annotations

import re

from mtkit.text.morphology import CASES, VOWELS, Parse, decline_name, like_case, parse

_TWO_WORDS = re.compile(r"([А-ЯЁ][а-яё]+) ([А-ЯЁ][а-яё]+)")
_NAMES = frozenset(("Name", "Surn"))
_DECLINED_OTHERWISE = ("а", "я", "ий", "ый", "ой", "ых", "их")
_SYLLABLE = re.compile(rf"[^{VOWELS}]*[{VOWELS}]+[^{VOWELS}]*")
_SHORT = 3
"""So few letters may be a syllable of a name whatever else they mean: Си, Ли, Ван."""


def foreign_man(text: str) -> dict[tuple[str, str], str] | None:
    """The forms of a name, by case and number; None for what is no such name, or a woman's for sure."""
    match = _TWO_WORDS.fullmatch(text)
    if match is None:
        return None
    first, last = match.groups()
    is_syllable = _SYLLABLE.fullmatch(first.lower()) is not None
    is_short = is_syllable and len(first) <= _SHORT
    if not (_may_name(last) and (_may_name(first) or (is_short and not _is_known(last)))):
        return None
    known = _in_dictionary(first, "Name") or (None if is_syllable else _in_dictionary(first, "Surn"))
    if _is_feminine(first) or (known is None and first.endswith(_DECLINED_OTHERWISE)):
        return None
    surname = _in_dictionary(last, "Surn")
    if surname is None and last.endswith(_DECLINED_OTHERWISE):
        return None
    return {
        (case, "sg"): f"{first if is_syllable and known is None else _form(first, known, case)}"
        f" {_form(last, surname, case)}"
        for case in CASES
    }


def is_surely_a_man(text: str) -> bool:
    """Whether the first name of such a name is a man's in the dictionary, or nothing of it declines."""
    forms = foreign_man(text)
    if forms is None:
        return False
    return len(set(forms.values())) == 1 or _in_dictionary(text.split()[0], "Name") is not None


def _form(word: str, reading: Parse | None, case: str) -> str:
    form = reading.form(case, "sg") if reading is not None else None
    return like_case(form, word) if form else decline_name(word, case, animate=True)


def _is_known(word: str) -> bool:
    return any(reading.known for reading in parse(word))


def _may_name(word: str) -> bool:
    """Whether no dictionary has the word, or one has it as a name of a person."""
    return not _is_known(word) or any(reading.known and reading.grammemes & _NAMES for reading in parse(word))


def _in_dictionary(word: str, kind: str) -> Parse | None:
    """The reading of a word as a man's first name or surname that the dictionary has."""
    return next(
        (
            reading
            for reading in parse(word)
            if reading.known
            and kind in reading.grammemes
            and reading.gender == "masc"
            and reading.number == "sg"
            and (reading.case == "nom" or reading.fixed)
        ),
        None,
    )


def _is_feminine(word: str) -> bool:
    """Whether the dictionary has the word as a woman's first name and as no man's."""
    women = any(
        r.known and "Name" in r.grammemes and r.gender == "femn" and r.case == "nom" for r in parse(word)
    )
    return women and _in_dictionary(word, "Name") is None
