"""Whether what a target must carry is in it, and mending it where a model garbled it."""

from __future__ import annotations

import re
from collections import Counter

from mtkit.text.markup import PLACEABLE_TOKEN

_CODE_LIKE = re.compile(r"(?<![\w/-])\d+\w*[/-][\w/-]*\w")
_DIGITS = re.compile(r"\d+")
_TIED_BEFORE = " \t\n\u00a0,;:.!?…)]»”"
_TIED_BEHIND = " \t\n\u00a0([«“"


def lost(target: str, wanted: Counter[str]) -> Counter[str]:
    """Strings that stand less often in the target than wanted, with how often they lack.

    Each stands for itself only: 7-NQ/TW is not found inside 57-NQ/TW. A placeable token may be part of a word
    (⟦many1⟧-страничный).
    """
    found: Counter[str] = Counter()
    for text in sorted(wanted, key=len, reverse=True):
        alone = re.escape(text)
        if not PLACEABLE_TOKEN.fullmatch(text):
            alone = rf"(?<![\w/@-]){alone}(?![\w/-])"
        target, found[text] = re.subn(alone, "\0", target)
    return wanted - found


def mend(target: str, wanted: Counter[str]) -> str:
    """Put lost strings in the place of what a model made of them.

    A token of the same kind that was not in the source stands for a lost one; so does something shaped like
    a code that has capitals and the same numbers (57-НЦ/ТВ for 57-NQ/TW).
    """
    missing = list(lost(target, wanted).elements())
    if not missing:
        return target

    def successor(match: re.Match[str]) -> str:
        found = match.group()
        for text in missing if found not in wanted else ():
            if _alike(found, text):
                missing.remove(text)
                return text
        return found

    for pattern in (PLACEABLE_TOKEN, _CODE_LIKE):
        target = pattern.sub(successor, target)
    return target


def _alike(found: str, wanted: str) -> bool:
    tokens = [PLACEABLE_TOKEN.fullmatch(text) is not None for text in (found, wanted)]
    if any(tokens):
        return all(tokens) and found.startswith("⟦c") == wanted.startswith("⟦c")
    capitals = any(character.isupper() for character in found)
    return capitals and wanted[:1].isdigit() and _DIGITS.findall(found) == _DIGITS.findall(wanted)


def untied(text: str) -> tuple[str, str, str]:
    """A stretch of text without the white space and the marks that tie it to its neighbours, and these."""
    inner = text.lstrip(_TIED_BEFORE)
    core = inner.rstrip(_TIED_BEHIND)
    return text[: len(text) - len(inner)], core, inner[len(core) :]
