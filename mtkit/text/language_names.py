"""Headers of tables: how they are compared, and the language that one names."""

from __future__ import annotations

import re

from mtkit.text.unicode import normalize, strip_diacritics

LANGUAGE_TITLES = {"vi": "Vietnamese", "en": "English", "ru": "Russian"}
_NAMES = {
    "vi": "vi|vie|vn|vietnamese|tieng viet|viet ngu|viet van|вьетнамский|вьетнамском|по вьетнамски",
    "en": "en|eng|english|tieng anh|anh ngu|anh van|английский|английском|по английски",
    "ru": "ru|rus|russian|tieng nga|nga ngu|nga van|русский|русском|по русски",
}
_LANGUAGES = {name: language for language, names in _NAMES.items() for name in names.split("|")}
_BESIDE = frozenset(
    ("text", "source", "original", "translation", "target", "version", "term", "title", "in", "ban", "goc",
     "dich", "nguyen", "van", "thuat", "ngu", "tu", "текст", "термин", "перевод", "оригинал", "на", "язык")
)  # fmt: skip
"""Words that stand beside the name of a language, as in "English term" and "bản dịch tiếng Nga"."""
_BETWEEN = re.compile(r"[\s_\-()\[\]/.,:;*]+")
_REGION = re.compile(r"(vi|en|ru)[-_][a-z]{2,4}", re.IGNORECASE)


def header_key(cell: str) -> str:
    """A header in small letters without diacritics, its words apart by one space: "Tiêu_đề:" -> "tieu de"."""
    return _BETWEEN.sub(" ", strip_diacritics(normalize(cell)).casefold()).strip()


def language_named(cell: str) -> str | None:
    """The language that a header names: "vi" of "vi-VN", "Vietnamese text" and "tiếng Việt"; else None."""
    if match := _REGION.fullmatch(cell.strip()):
        return match[1].lower()
    key = header_key(cell)
    named = _LANGUAGES.get(key)
    return named or _LANGUAGES.get(" ".join(word for word in key.split() if word not in _BESIDE))
