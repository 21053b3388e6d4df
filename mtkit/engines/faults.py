"""What small models do wrong, told from a source and its target alone."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum

from mtkit.text.markup import ANNOTATION, MARKUP, PLACEABLE_TOKEN
from mtkit.types import Span

TOLERATED = 2
"""Times that three words may stand in a target, if they do not so in the source."""

SHORTEST, LONGEST = 0.4, 3.0
"""Target letters for each source letter; a few letters more or less are never counted."""

ALLOWANCE = 15
SHORTISH = 0.75
CLAUSE_WORDS = 4
"""Words that a clause has at least."""

_WORD = re.compile(r"\w+")
_STUTTER = re.compile(r"(\w{1,3})\1{4,}")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")
_BORDER = re.compile(r"[;:,](?=\s)|\s[–—-](?=\s)")
_LATIN = re.compile(r"\b[A-Za-zÀ-ỹ]{2,}\b")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")


class Fault(StrEnum):
    """loop: three words or some letters again and again; short, long: out of proportion; copied: Latin words
    of the source in place of a translation; number: a number or token that the source has not; clause: a
    clause of the source that no target word renders.
    """

    LOOP = "loop"
    SHORT = "short"
    LONG = "long"
    COPIED = "copied"
    NUMBER = "number"
    CLAUSE = "clause"


def faults(target: str, source: str) -> frozenset[Fault]:
    """What can be told to be wrong with a target by its letters: everything but a lost clause."""
    plain = _plain(source)
    found = set[Fault]()
    if loops(target, source):
        found.add(Fault.LOOP)
    if len(target) + ALLOWANCE < SHORTEST * len(plain):
        found.add(Fault.SHORT)
    if len(target) > LONGEST * len(plain) + ALLOWANCE:
        found.add(Fault.LONG)
    if _copies(target, plain):
        found.add(Fault.COPIED)
    if _invents_number(target, source):
        found.add(Fault.NUMBER)
    return frozenset(found)


def loops(target: str, source: str) -> bool:
    """Whether a target repeats three words, or stutters letters, more often than its source."""
    if _STUTTER.search(target) and not _STUTTER.search(source):
        return True
    return _most(target) > max(TOLERATED, _most(source))


def repetitions(text: str) -> int:
    """Repeated three-word sequences and stuttered letters in all."""
    stuttered = sum(len(match.group()) for match in _STUTTER.finditer(text))
    return stuttered + sum(count - 1 for count in _counts(text).values())


def clauses(text: str) -> list[Span]:
    """Stretches between commas, semicolons, colons and dashes; short ones join what follows."""
    spans: list[Span] = []
    start = 0
    masked = ANNOTATION.sub(lambda annotation: "_" * len(annotation.group()), text)
    for match in _BORDER.finditer(masked):
        if len(_WORD.findall(_plain(text[start : match.end()]))) >= CLAUSE_WORDS:
            spans.append(Span(start, match.end()))
            start = match.end()
    if start < len(text):
        if spans and len(_WORD.findall(_plain(text[start:]))) < CLAUSE_WORDS:
            start = spans.pop().start
        spans.append(Span(start, len(text)))
    return spans


def is_shortish(target: str, source: str) -> bool:
    """Whether a target is so short for its source that something may be missing."""
    return len(target) < SHORTISH * len(_plain(source))


def _plain(source: str) -> str:
    return MARKUP.sub("", ANNOTATION.sub("", source))


def _copies(target: str, source: str) -> bool:
    """Whether most of a target is Latin words of the source that are no names."""
    copied = [word for word in _LATIN.findall(target) if word.islower() and word in source]
    return len(copied) > 2 and sum(map(len, copied)) > len(_CYRILLIC.findall(target))


def _invents_number(target: str, source: str) -> bool:
    tokens = Counter(PLACEABLE_TOKEN.findall(target)) - Counter(PLACEABLE_TOKEN.findall(source))
    if tokens:
        return True
    bare_target, bare_source = PLACEABLE_TOKEN.sub("", target), PLACEABLE_TOKEN.sub("", source)
    theirs = Counter(map(_digits, _NUMBER.findall(bare_source)))
    ours = Counter(map(_digits, _NUMBER.findall(bare_target)))
    return bool(ours - theirs) and ours.total() > theirs.total()


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number).lstrip("0")


def _counts(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return Counter(zip(words, words[1:], words[2:], strict=False))


def _most(text: str) -> int:
    return max(_counts(text).values(), default=0)
