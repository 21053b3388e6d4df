"""What several checks ask of the same text, worked out once: the last few texts are remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mtkit.termbase.forms import FormMatch, assign
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.text.placeables import Kind, Placeable, fixed_placeables
from mtkit.text.segmentation import split_sentences
from mtkit.types import Span

_REMEMBERED = 64
DOCUMENT = 131072
"""Segments of which something is remembered, so that document checks need not look for it again."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIXED_KINDS = (Kind.CODE, Kind.URL, Kind.EMAIL)
_FOREIGN = re.compile(r"[^\W\d_\u0400-\u052f]")
_DOMAIN = re.compile(r"\.(?:vn|com|org|net|ru|gov|edu|info|asia|int|eu)(?!\w)")
_MAY_HAVE_TWO = re.compile(r"[.!?…。！？]\S*\s+\S|[\n\u2029]")
"""What a text of several sentences has."""
_CODE = re.compile(r"\d\w{0,3}[-/][A-ZÀ-ÝĐƠƯ]")


@dataclass(frozen=True, slots=True)
class Word:
    """Letters, with apostrophes inside."""

    text: str
    span: Span


@lru_cache(maxsize=_REMEMBERED)
def has_foreign_letters(text: str) -> bool:
    """Whether a text has letters that are not Cyrillic."""
    return _FOREIGN.search(text) is not None


@lru_cache(maxsize=_REMEMBERED)
def has_digits(text: str) -> bool:
    return _DIGIT.search(text) is not None


@lru_cache(maxsize=_REMEMBERED)
def fixed(text: str) -> tuple[Placeable, ...]:
    """Document codes, URLs and e-mail addresses; placeholders count as codes."""
    if not _may_have_fixed(text):
        return ()
    return tuple(placeable for placeable in fixed_placeables(text) if placeable.kind in _FIXED_KINDS)


def _may_have_fixed(text: str) -> bool:
    """A quick look that spares texts without codes and addresses the search."""
    if "@" in text or "⟦" in text or "{" in text or "://" in text or "www." in text or "%" in text:
        return True
    joined = ("-" in text or "/" in text) and has_digits(text)
    return bool(joined and _CODE.search(text)) or _DOMAIN.search(text) is not None


@lru_cache(maxsize=_REMEMBERED)
def words(text: str) -> tuple[Word, ...]:
    """Words outside document codes, URLs and e-mail addresses, in order."""
    hidden = [placeable.span for placeable in fixed(text)]
    found = (Word(match.group(), Span(*match.span())) for match in _WORD.finditer(text))
    if not hidden:
        return tuple(found)
    return tuple(word for word in found if not any(word.span.overlaps(span) for span in hidden))


@lru_cache(maxsize=_REMEMBERED)
def foreign_words(text: str) -> tuple[Word, ...]:
    """Those of the words that have letters that are not Cyrillic."""
    if not has_foreign_letters(text):
        return ()
    hidden = [placeable.span for placeable in fixed(text)]
    found = (Word(each[0], Span(*each.span())) for each in _WORD.finditer(text) if _FOREIGN.search(each[0]))
    return tuple(word for word in found if not any(word.span.overlaps(span) for span in hidden))


@lru_cache(maxsize=_REMEMBERED)
def sentences(text: str, lang: str) -> tuple[str, ...]:
    """Sentences that have a letter or a digit, without the white space around them."""
    spans = split_sentences(text, lang) if _MAY_HAVE_TWO.search(text) else [Span(0, len(text))]
    found = (span.of(text).strip() for span in spans)
    return tuple(sentence for sentence in found if any(map(str.isalnum, sentence)))


@lru_cache(maxsize=DOCUMENT)
def term_matches(matcher: Matcher, source: str) -> tuple[SourceMatch, ...]:
    return matcher.find(source)


@lru_cache(maxsize=DOCUMENT)
def renderings(matcher: Matcher, source: str, target: str) -> tuple[FormMatch | None, ...]:
    """Where each term match of the source stands in the target; None where it does not."""
    concepts = [match.concept for match in term_matches(matcher, source)]
    return assign(target, concepts) if concepts else ()


def is_quoted(target: str, span: Span) -> bool:
    """Whether a stretch stands between quotation marks."""
    before = target[: span.start]
    return before.rfind("«") > before.rfind("»") or before.count('"') % 2 == 1
