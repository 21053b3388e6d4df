"""Labels: headings, table cells and frames of documents, rendered whole and without an engine.

A label is a segment that says one or a few words and nothing else («Y tế», «Nơi nhận:», "II. CONCLUSION").
Engines, made for sentences, guess at them. What stands around the words, a number before them or marks
behind, is carried over, and so are numbers and abbreviations after a colon («Số: 15/QĐ-UBND»); a unit in
brackets is rendered, too. Capitals follow the source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from mtkit.memory.entries import Entry, MatchKind, MemoryMatch
from mtkit.memory.exchange import read_entries
from mtkit.memory.keys import single_spaced
from mtkit.names.syllables import parse_syllable
from mtkit.text.morphology import is_name
from mtkit.text.unicode import fold_tone_placement
from mtkit.types import Segment

BUNDLED = Path(__file__).with_name("labels.tsv")
_PARTS = re.compile(
    r"(?P<before>(?:(?:\d+(?:\.\d+)*[.)/]|(?:[IVXLC]+|[a-zđ]|[A-E])[.)]|[^\W\d_]\))(?!\d)\s*"
    r"|\d+(?:\.\d+)+\s+|[-–—•*+]\s*)*)"
    r"(?P<words>.*?)"
    r"(?P<after>\s*(?:\((?P<unit>[^()]*)\))?[\s:;.,!?…*]*)",
    re.DOTALL,
)
_LONGEST = 160
"""Characters of a segment that may be a label."""
_LONGEST_ABBREVIATION = 5
_SYMBOL = re.compile(r"[а-я]{1,2}[²³]?(?:/[а-я]{1,2})?")


@dataclass(frozen=True, slots=True)
class Labels:
    """Entries by (language, key of their words); `fingerprint` is that of the files, empty without any."""

    entries: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    fingerprint: str = ""

    @classmethod
    def open(cls, path: str) -> Self:
        """Labels of a file that `memory import` reads, "bundled" or "none".

        Of "mine.tsv+bundled" the first counts where both have a label. Raises InputError, FormatError.
        """
        entries: dict[tuple[str, str], Entry] = {}
        digest = hashlib.sha256()
        for part in [path] if Path(path).exists() else path.split("+"):
            if part == "none":
                continue
            file = BUNDLED if part == "bundled" else Path(part)
            for entry in read_entries(file):
                if entry.source.strip() and entry.target.strip():
                    entries.setdefault((entry.src_lang, _key(entry.source)), entry)
            digest.update(file.read_bytes())
        return cls(entries, digest.hexdigest() if entries else "")

    def find(self, segment: Segment) -> MemoryMatch | None:
        """The label that a segment is, with its own marks and capitals; None where it is none."""
        if segment.tgt_lang != "ru" or not self.entries or len(segment.source) > _LONGEST:
            return None
        found = self._whole(segment.source, segment.src_lang) or self._headed(
            segment.source, segment.src_lang
        )
        if found is None:
            return None
        entry, target = found
        return MemoryMatch(
            target=target, similarity=100, kind=MatchKind.EXACT, entry=entry, found=100, memory="labels"
        )

    def _whole(self, source: str, lang: str) -> tuple[Entry, str] | None:
        for before, words, after, unit in _readings(source):
            entry = self.entries.get((lang, _key(words)))
            if entry is None:
                continue
            if unit and any(map(str.isalpha, unit)):
                inside = self.entries.get((lang, _key(unit)))
                if inside is None:
                    return None
                after = after.replace(unit, _capitals(inside, unit))
            return entry, before + _capitals(entry, words) + after
        return None

    def _headed(self, source: str, lang: str) -> tuple[Entry, str] | None:
        """A label with its colon before what nobody translates: numbers, codes, abbreviations."""
        head, colon, rest = source.strip().partition(":")
        if not rest.strip() or not all(_is_untranslated(word, lang) for word in rest.split()):
            return None
        entry = self.entries.get((lang, _key(head + colon)))
        return (entry, _capitals(entry, head) + rest) if entry is not None else None


def _is_untranslated(word: str, lang: str) -> bool:
    """Whether a word has a digit, or is a Vietnamese abbreviation (VT, NC)."""
    if any(map(str.isdigit, word)):
        return True
    letters = word.strip(".,;()")
    short = letters.isupper() and len(letters) <= _LONGEST_ABBREVIATION
    return not letters or (lang == "vi" and short and parse_syllable(letters) is None)


def _readings(source: str) -> Iterable[tuple[str, str, str, str]]:
    """A text without marks at its ends, which may be the label's own («KT.»): before, words, after, unit."""
    text = source.strip()
    yield "", text, "", ""
    parts = _PARTS.fullmatch(text)
    if parts is not None and parts["words"]:
        unit = (parts["unit"] or "").strip()
        yield "", parts["before"] + parts["words"], parts["after"], unit
        yield parts["before"], parts["words"], parts["after"], unit


def _key(words: str) -> str:
    return fold_tone_placement(single_spaced(words)).casefold()


def _capitals(entry: Entry, words: str) -> str:
    """The target in capitals where the words are and the entry is not; begun as the words begin.

    Symbols of units (т, кг) stay small.
    """
    target = entry.target.strip()
    if _SYMBOL.fullmatch(target):
        return target
    if words.isupper() and not entry.source.isupper():
        return target.upper()
    first, begins = target.split(maxsplit=1)[0], words[:1]
    if (
        begins.islower()
        and entry.source[:1].isupper()
        and first[1:] == first[1:].lower()
        and not is_name(first)
    ):
        return target[:1].lower() + target[1:]
    if begins.isupper() and entry.source[:1].islower():
        return target[:1].upper() + target[1:]
    return target
