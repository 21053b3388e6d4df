"""Words that no dictionary has, where a letter makes them one that it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mtkit.checks.base import CheckContext, finding
from mtkit.text.morphology import in_dictionary, spellings
from mtkit.text.spelling import nearest
from mtkit.types import Finding, Segment, Severity, Span

_STRESS = "\u0301"
_WORD = re.compile(rf"(?<![\w{_STRESS}-])[а-яё][а-яё{_STRESS}]{{4,}}(?![\w-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingOptions:
    """`allow` lists words that are right, in the form in which they stand."""

    allow: tuple[str, ...] = ()


class SpellingCheck:
    """A word in small letters is in no dictionary, and one letter left out, added, changed or exchanged with
    its neighbour makes it a word («предлами» for «пределами»).

    Known false alarms: new words and terms that are spelt almost as an old one; the option `allow` takes
    them.
    """

    id = "spelling"
    severity = Severity.WARNING
    its_type = "misspelling"
    needs_source = False
    options_type = SpellingOptions

    def __init__(self, options: SpellingOptions = SpellingOptions()) -> None:
        self._allowed = frozenset(options.allow)

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.tgt_lang != "ru" or all(map(_is_known, map(_plain, _WORD.findall(target)))):
            return
        for match in _WORD.finditer(target):
            word = _plain(match.group())
            if word in self._allowed or not (near := nearest(word)):
                continue
            yield finding(
                self,
                segment,
                f"{word} is in no dictionary: {' or '.join(near)}?",
                tgt_span=Span(*match.span()),
                suggestion=near[0],
            )


def _plain(word: str) -> str:
    """A word without stress marks."""
    return word.replace(_STRESS, "")


@lru_cache(maxsize=131072)
def _is_known(word: str) -> bool:
    """Whether a word is spelt right, or no word of the dictionary is like it."""
    return in_dictionary(word) or bool(spellings(word)) or not nearest(word)
