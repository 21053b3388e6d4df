"""What several checks ask of the same text, worked out once: the last few texts are remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mtkit.termbase.forms import FormMatch, assign
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.text import placeables as text_placeables
from mtkit.text.placeables import Kind, Placeable
from mtkit.text.segmentation import split_sentences
from mtkit.types import Span

_REMEMBERED = 64
_DOCUMENT = 8192
"""Segments whose terms are remembered, so that document checks need not look for them again."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIXED_KINDS = (Kind.CODE, Kind.URL, Kind.EMAIL)
_MAY_BE_FIXED = re.compile(
    r"[@⟦]|://|www\.|\.(?:vn|com|org|net|ru|gov|edu|info|asia|int|eu)(?!\w)|\d\w{0,3}[-/][A-ZÀ-ÝĐƠƯ]"
)
"""What a text has that has a code or an address: a quick look that spares most texts the search."""


@dataclass(frozen=True, slots=True)
class Word:
    """Letters, with apostrophes inside."""

    text: str
    span: Span


@lru_cache(maxsize=_REMEMBERED)
def placeables(text: str, lang: str) -> tuple[Placeable, ...]:
    return text_placeables.find_placeables(text, lang)


@lru_cache(maxsize=_REMEMBERED)
def fixed_spans(text: str, lang: str) -> tuple[Span, ...]:
    """Document codes, URLs and e-mail addresses."""
    if not _MAY_BE_FIXED.search(text):
        return ()
    return tuple(placeable.span for placeable in placeables(text, lang) if placeable.kind in _FIXED_KINDS)


@lru_cache(maxsize=_REMEMBERED)
def words(text: str, lang: str) -> tuple[Word, ...]:
    """Words outside document codes, URLs and e-mail addresses, in order."""
    fixed = fixed_spans(text, lang)
    found = (Word(match.group(), Span(*match.span())) for match in _WORD.finditer(text))
    if not fixed:
        return tuple(found)
    return tuple(word for word in found if not any(word.span.overlaps(span) for span in fixed))


@lru_cache(maxsize=_REMEMBERED)
def sentences(text: str, lang: str) -> tuple[str, ...]:
    """Sentences that have a letter or a digit, without the white space around them."""
    found = (span.of(text).strip() for span in split_sentences(text, lang))
    return tuple(sentence for sentence in found if any(map(str.isalnum, sentence)))


@lru_cache(maxsize=_DOCUMENT)
def term_matches(matcher: Matcher, source: str) -> tuple[SourceMatch, ...]:
    return matcher.find(source)


@lru_cache(maxsize=_DOCUMENT)
def renderings(matcher: Matcher, source: str, target: str) -> tuple[FormMatch | None, ...]:
    """Where each term match of the source stands in the target; None where it does not."""
    return assign(target, [match.concept for match in term_matches(matcher, source)])


def is_quoted(target: str, span: Span) -> bool:
    """Whether a stretch stands between quotation marks."""
    before = target[: span.start]
    return before.rfind("«") > before.rfind("»") or before.count('"') % 2 == 1
