"""Whether what a target must carry is in it, and mending it where a model garbled it."""

from __future__ import annotations

import re
from collections import Counter

from mtkit.text.markup import PLACEABLE_TOKEN

_CODE_LIKE = re.compile(r"(?<![\w/-])\d+\w*[/-][\w/-]*\w")


def lost(target: str, wanted: Counter[str]) -> Counter[str]:
    """Strings that stand less often in the target than wanted, with how often they lack."""
    return wanted - Counter({text: target.count(text) for text in wanted})


def mend(target: str, wanted: Counter[str]) -> str:
    """Put lost strings in the place of what a model made of them.

    A token of the same kind that was not in the source stands for a lost one; so does something shaped like
    a code that begins with the same number (57-НЦ/ТВ for 57-NQ/TW).
    """
    missing = list(lost(target, wanted).elements())
    if not missing:
        return target

    def successor(match: re.Match[str]) -> str:
        found = match.group()
        if any(found in text or text in found for text in wanted):
            return found
        for text in missing:
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
    return wanted[:1].isdigit() and re.findall(r"\d+", found)[:1] == re.findall(r"\d+", wanted)[:1]
