"""Look a term or a text up in a termbase, in any of its languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mtkit.errors import InputError
from mtkit.termbase.forms import find_concept
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.types import Concept, Span, Term

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_BOTH_ALPHABETS = re.compile(r"(?=\w*[а-яё])(?=\w*[a-z])[^\W\d_]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept found in a text, by which term; the term's condition tells why it may not be meant."""

    concept: Concept
    term: Term
    span: Span


def look_up(text: str, termbase: Termbase) -> tuple[Entry, ...]:
    """Concepts of a Vietnamese, English or Russian text, sorted by place; ambiguous terms are included.

    Spans refer to the NFC form of the text.
    """
    text = unicodedata.normalize("NFC", text)
    if _CYRILLIC.search(text):
        found = {
            (match.span, concept.id): Entry(concept, match.term, match.span)
            for concept in termbase.concepts
            for match in find_concept(text, concept)
            if match.term is not None
        }
    else:
        found = {
            (match.span, match.concept.id): Entry(match.concept, match.term, match.span)
            for lang in SOURCE_LANGUAGES
            for match in Matcher(termbase, lang, ambiguous=True).find_at_home(text)
        }
    return tuple(found[key] for key in sorted(found))


def russian_entry(text: str, termbase: Termbase) -> Term:
    """The Russian term of this text as the termbase has it, else as it would be without an entry.

    InputError for a text that is no Russian: an empty one, one without a Russian letter, or one with a word
    in two alphabets («cъезд» with a Latin c).
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text:
        raise InputError("The term is empty.", 'Write one, for example: mtkit glossary forms "съезд партии".')
    for concept in termbase.concepts:
        for term in concept.in_lang("ru"):
            if term.text == text:
                return term
    if not _CYRILLIC.search(text):
        raise InputError(
            f"{text!r} is no Russian term.", "Look others up: mtkit glossary find; names: mtkit names."
        )
    if mixed := _BOTH_ALPHABETS.search(text):
        raise InputError(
            f"{mixed[0]!r} has Russian and Latin letters in one word.", "Write it in Russian ones."
        )
    return Term(lang="ru", text=text)
