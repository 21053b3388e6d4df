"""Tokens that stand in a source for something the model copies or obeys.

Models trained by `mtkit train` know them as single vocabulary symbols; opaque models never see them.
"""

from __future__ import annotations

import re

from mtkit.text.edits import Edit
from mtkit.types import Span

OPEN, CLOSE = "⟦", "⟧"

TERM_OPEN, TERM_CLOSE = "⟦t⟧", "⟦/t⟧"
"""Around the dictionary form of the wanted Russian rendering, right after the source words."""

TAGS = {name: f"⟦{name}⟧" for name in ("dom", "news", "bt", "gen", "docs")}
"""Domain and quality tags at the start of a source."""

TARGET_LANGUAGES = {lang: f"⟦2{lang}⟧" for lang in ("ru", "en", "vi")}

CODE_TOKENS = tuple(f"⟦c{i}⟧" for i in range(1, 9))
"""Document codes, URLs, e-mail addresses."""

NUMBER_CLASSES = ("one", "few", "many")
NUMBER_TOKENS = {kind: tuple(f"⟦{kind}{i}⟧" for i in range(1, 9)) for kind in NUMBER_CLASSES}
"""Numbers, by the form of the Russian noun after them: 21 год, 3 года (and 4,5 года), 15 лет."""

HINT_OPEN, HINT_CLOSE = "⟦r0⟧", "⟦r1⟧"
"""Around the dictionary form that a lexicon has for the source words before it."""

RESERVED = tuple(f"⟦r{i}⟧" for i in range(2, 16))

SYMBOLS = (
    TERM_OPEN,
    TERM_CLOSE,
    *TAGS.values(),
    *TARGET_LANGUAGES.values(),
    *CODE_TOKENS,
    *(token for kind in NUMBER_CLASSES for token in NUMBER_TOKENS[kind]),
    HINT_OPEN,
    HINT_CLOSE,
    *RESERVED,
)

PLACEABLE_TOKEN = re.compile(r"⟦(?:c|one|few|many)[1-8]⟧")
ANNOTATION = re.compile(rf"{TERM_OPEN}[^⟦]*{TERM_CLOSE}|{HINT_OPEN}[^⟦]*{HINT_CLOSE}")
"""A dictionary form that stands inline, with its marks."""

MARKUP = re.compile(r"⟦/?\w+⟧")


def annotation(end: int, target_lemma: str) -> Edit:
    """Put the dictionary form of a rendering after the source words that end at `end`."""
    return Edit(span=Span(end, end), text=f" {TERM_OPEN} {target_lemma} {TERM_CLOSE}")


def hint(end: int, target_lemma: str) -> Edit:
    """Put what a lexicon has for them after the source words that end at `end`."""
    return Edit(span=Span(end, end), text=f" {HINT_OPEN} {target_lemma} {HINT_CLOSE}")
