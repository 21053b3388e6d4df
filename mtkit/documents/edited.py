"""Edited outputs read again: what stands in a row, a line, a paragraph now, and the source beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from mtkit.documents.base import create_format
from mtkit.documents.files import read_bytes
from mtkit.documents.flow import assemble
from mtkit.documents.parts import Block
from mtkit.types import Segment

_CELLS = frozenset(("csv", "tsv", "json", "jsonl"))
"""Formats in which a text is a cell or a field of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedUnit:
    """What belongs together in an edited output: a row, a line, an entry, a paragraph.

    `id` is what the ids of its segments in the run record have before the dot ("7" of "7" and "7.2").
    `sources` are its sentences in the source language, cut as the record has them, () where the file was
    translated in place and holds none. `targets` are its sentences as they stand now, () where blank.
    """

    id: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]

    def sentences(self) -> list[tuple[str, str]]:
        """The targets with the ids that their segments have."""
        return [
            (self.id if number == 1 else f"{self.id}.{number}", text)
            for number, text in enumerate(self.targets, 1)
        ]


@runtime_checkable
class KeepsSources(Protocol):
    """A format that writes targets beside their sources."""

    def sides(self, raw: bytes, path: str, src_lang: str) -> Sequence[tuple[Block | None, Block]]:
        """Source and target of each unit of an output, on one line; None for one translated in place.

        None at all where the file, read as Russian, says itself where the targets are. Raises FormatError.
        """
        ...


def read_edited(
    path: str | Path,
    *,
    format: str,
    options: Mapping[str, Any] | None = None,
    src_lang: str,
    tgt_lang: str = "ru",
) -> list[EditedUnit]:
    """Read an output as its run record says that it was written: `options` are those of the one format.

    Units in their order, those without text left out. Raises InputError, FormatError.
    """
    if format == "html":
        options = {**(options or {}), "article": False}  # the output is nothing but the article
    raw, kind = read_bytes(path), create_format(format, options)
    sides = kind.sides(raw, str(path), src_lang) if isinstance(kind, KeepsSources) else ()
    if not sides:
        targets = _by_unit(kind.read(raw, str(path), tgt_lang, tgt_lang).segments)
        return [EditedUnit(id=id, sources=(), targets=texts) for id, texts in targets.items()]

    def sentences(blocks: Iterable[Block | None], lang: str) -> dict[str, tuple[str, ...]]:
        draft = [block for block in blocks if block is not None]
        document = assemble(draft, path=str(path), format=format, src_lang=lang, tgt_lang=tgt_lang)
        return _by_unit(document.segments)

    sources = sentences((source for source, _ in sides), src_lang)
    targets = sentences((target for _, target in sides), tgt_lang)
    ids = dict.fromkeys(str(target.line) for _, target in sides)
    return [
        EditedUnit(id=id, sources=sources.get(id, ()), targets=targets.get(id, ()))
        for id in ids
        if id in sources or id in targets
    ]


def stays_in_place(format: str, written: Sequence[tuple[str, str]], units: Sequence[EditedUnit]) -> bool:
    """Whether each sentence of a table or of data stands where one was written: cell by cell, field by field.

    `written` are the ids and targets of the run record. So it is where the ids are the same, and no sentence
    that stands once is found in the place of another.
    """
    now = [sentence for unit in units for sentence in unit.sentences()]
    if format not in _CELLS or [id for id, _ in now] != [id for id, _ in written]:
        return False
    places: dict[str, list[int]] = {}
    for place, (_, text) in enumerate(written):
        places.setdefault(" ".join(text.split()), []).append(place)
    return all(place in places.get(" ".join(text.split()), [place]) for place, (_, text) in enumerate(now))


def _by_unit(segments: Iterable[Segment]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for segment in segments:
        id = segment.id.partition(".")[0]
        found[id] = (*found.get(id, ()), segment.source)
    return found
