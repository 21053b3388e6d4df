"""Normal forms of a source: its tokens, keys of it, and the similarity of two.

Similarity is word-level, as OmegaT's score is: 100 · (1 - d / max(n, m)), rounded down, where d is the
Levenshtein distance of the two token sequences (insertions, deletions and substitutions cost 1) and n, m are
their lengths. Tokens are words (NFC, small letters, the tone of Vietnamese oa, oe, uy in one place), and
numbers, codes, addresses and dates by value, and the signs that change what a number says (per cent,
currencies, degrees, more or less than, minus); other punctuation is none. It is 100 only for the same text up
to white space; the same tokens with another punctuation give 99, with other capitals 98. A text without
tokens is similar to nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from mtkit.text.placeables import Kind, Placeable, find_placeables
from mtkit.text.unicode import fold_tone_placement
from mtkit.types import Span

OTHER_PUNCTUATION = 99
OTHER_CAPITALS = 98

_NUMBER, _FIXED = "#", "§"
_STRANGER = "\0"
SIGN = r"[%‰°$¢£¤¥\u20a0-\u20cf<>≤≥±]|(?<!\S)[-−](?=\d)"
_WORD = re.compile(rf"[^\W_]+(?:['’][^\W_]+)*|{SIGN}")
_PLACEABLE_LIKELY = re.compile(r"\d|@|://|www\.|⟦|\w\.\w")
_NUMBERS_READ_IN = frozenset({"vi", "en", "ru"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a placeable of a text. `key` is what compares, without spaces; `span` its place."""

    key: str
    span: Span
    placeable: Placeable | None = None

    @property
    def feature(self) -> str:
        """The key with what adapts left open: every number is one feature, every code another."""
        return self.key if self.placeable is None else self.key[0]


def tokens_of(text: str, lang: str) -> tuple[Token, ...]:
    """Tokens of an NFC text in order."""
    found: list[Token] = []
    position = 0
    for placeable in _placeables(text, lang):
        found += _words(text, position, placeable.span.start, lang)
        found.append(Token(_placeable_key(placeable), placeable.span, placeable))
        position = placeable.span.end
    return (*found, *_words(text, position, len(text), lang))


def _placeables(text: str, lang: str) -> tuple[Placeable, ...]:
    if not _PLACEABLE_LIKELY.search(text):
        return ()
    return find_placeables(text, lang if lang in _NUMBERS_READ_IN else "en")


def _placeable_key(placeable: Placeable) -> str:
    return (_NUMBER if placeable.kind is Kind.NUMBER else _FIXED) + placeable.value


def _words(text: str, start: int, end: int, lang: str) -> list[Token]:
    return [
        Token(_word_key(match.group(), lang), Span(match.start(), match.end()))
        for match in _WORD.finditer(text, start, end)
    ]


@lru_cache(maxsize=65536)
def _word_key(word: str, lang: str) -> str:
    return (fold_tone_placement(word) if lang == "vi" else word).casefold()


def form_of(text: str, lang: str) -> str:
    """Keys of the tokens, joined by one space: the normal form that a store keeps and compares."""
    keys: list[str] = []
    position = 0
    for placeable in _placeables(text, lang):
        keys += [_word_key(word, lang) for word in _WORD.findall(text, position, placeable.span.start)]
        keys.append(_placeable_key(placeable))
        position = placeable.span.end
    keys += [_word_key(word, lang) for word in _WORD.findall(text, position)]
    return " ".join(keys)


def features_of(form: str) -> list[str]:
    """Features of a normal form, one a token (see Token.feature)."""
    return [key[0] if key[0] in (_NUMBER, _FIXED) else key for key in form.split(" ")] if form else []


def skeleton_key(form: str, src_lang: str, tgt_lang: str) -> int:
    """Key of a normal form with what adapts left open."""
    return hash64(src_lang, tgt_lang, " ".join(features_of(form)))


def single_spaced(text: str) -> str:
    """NFC text with each stretch of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def hash64(*parts: str) -> int:
    """A 64-bit hash as SQLite stores integers (signed); never 0, which stands for nothing known."""
    digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True) or 1


def text_key(text: str) -> int:
    """Key of a text up to white space; of "", the border of a document, too."""
    return hash64(single_spaced(text))


def key_from(text: str) -> int | None:
    """A key as a file has it, 0 among them; None for anything else."""
    if not re.fullmatch(r"-?[0-9]{1,19}", text) or not -(1 << 63) <= int(text) < 1 << 63:
        return None
    return int(text)


def similarity(source: str, other: str, lang: str) -> int:
    """Similarity (0-100) of two texts of one language, as the module says."""
    return Comparison(source, lang).with_text(other)


class Comparison:
    """One text, compared with many."""

    def __init__(self, text: str, lang: str) -> None:
        from rapidfuzz.distance import Levenshtein

        self.text = single_spaced(text)
        self.lang = lang
        self.form = form_of(self.text, lang)
        keys = self.form.split(" ") if self.form else []
        self.length = len(keys)
        letters: dict[str, str] = {}
        self._coded = "".join(letters.setdefault(key, chr(len(letters) + 1)) for key in keys)
        self._letter: Callable[[str, str], str] = letters.get
        self._distance = Levenshtein.distance

    def with_text(self, other: str) -> int:
        """Similarity with another text."""
        return self.with_entry(single_spaced(other), form_of(single_spaced(other), self.lang))

    def with_entry(self, text: str, form: str, at_least: int = 0) -> int:
        """Similarity with a text whose normal form is known; 0 where it is below `at_least`."""
        if not self.length or not form:
            return 0
        if form == self.form:
            found = grade_of_same_words(self.text, text)
            return found if found >= at_least else 0
        others = form.split(" ")
        longest = max(self.length, len(others))
        allowed = longest * (100 - at_least) // 100
        coded = "".join([self._letter(key, _STRANGER) for key in others])
        distance = self._distance(self._coded, coded, score_cutoff=allowed)
        return 0 if distance > allowed else 100 * (longest - distance) // longest


def grade_of_same_words(text: str, other: str) -> int:
    """100 for the same text up to white space, 99 for other punctuation or signs, 98 for other capitals."""
    if text == other or single_spaced(text) == single_spaced(other):
        return 100
    return OTHER_PUNCTUATION if _letters(text) == _letters(other) else OTHER_CAPITALS


def _letters(text: str) -> list[str]:
    return [character for character in fold_tone_placement(text) if character.isalpha()]


def most_edits(length: int, at_least: int) -> int:
    """How many tokens of a text of `length` tokens can be missing from one that is similar to `at_least`.

    With m tokens of the other, d <= (1 - t) · max(n, m), and where m > n at least m - n of the edits insert,
    so that in either case no more than (1 - t) · n tokens of the text are lost.
    """
    return length * (100 - at_least) // 100


def lengths(length: int, at_least: int) -> tuple[int, int]:
    """Fewest and most tokens that a text similar to `at_least` can have."""
    return -(-length * at_least // 100), length * 100 // max(1, at_least)


def opcodes(left: Sequence[Token], right: Sequence[Token]) -> list[tuple[str, int, int, int, int]]:
    """How token sequences differ: (equal|replace|insert|delete, left start, end, right start, end)."""
    from rapidfuzz.distance import Levenshtein

    found = Levenshtein.opcodes([token.key for token in left], [token.key for token in right])
    return [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in found]
