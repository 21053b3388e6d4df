"""Pieces of a sentence that were translated on their own, as parts of it again."""

from __future__ import annotations

from mtkit.names.transcription import is_syllable
from mtkit.text.morphology import is_name, parse


def continued(target: str, source: str) -> str:
    """A piece that goes on a sentence: with a capital only where its source begins so, or it with a name."""
    if not target or source[:1].isupper() or _begins_with_name(target):
        return target
    return target[:1].lower() + target[1:]


def _begins_with_name(target: str) -> bool:
    """Whether a target begins with an abbreviation or a name; «Во» and «Ле» may be names, too."""
    first, second, third = (*target.split(maxsplit=3), "", "", "")[:3]
    word = first.rstrip(",;:.")
    if word[1:2].isupper() or is_name(word):
        return True
    if parse(word)[0].pos in ("PREP", "CONJ", "PRCL", "NPRO"):
        return is_name(second) and third.istitle()
    return word == first and is_syllable(word) and second.istitle()
