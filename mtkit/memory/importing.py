"""Take a file into a store: an exchange file, or an edited translation with its run record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mtkit.checks.base import NO_TERMS
from mtkit.checks.registered import active_checks
from mtkit.checks.run import run_checks
from mtkit.documents.base import RUN_RECORD_SUFFIX
from mtkit.documents.parts import Text
from mtkit.documents.strings import string_parts
from mtkit.errors import InputError
from mtkit.memory.entries import UNREVIEWED, Entry, now, sentences
from mtkit.memory.exchange import BILINGUAL, read_entries
from mtkit.memory.folders import files_below
from mtkit.memory.post_edited import (
    ORIGIN,
    LeftOut,
    has_record,
    is_untouched,
    machine_targets,
    read_post_edited,
)
from mtkit.memory.store import TranslationMemory
from mtkit.types import Segment, Severity

_COPIED = ("date", "document-code", "number", "url-email")
"""Checks of what a translation has to keep."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with an edited target that was taken."""

    target: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file.

    `new`, `known` and `empty` as in Added; `unreviewed` counts what nobody has edited or accepted and is
    left out for that; `unpaired` and `lost` as in PostEdited. `doubtful` are edited targets that were taken
    though a number, date or code in them is another than in their source.
    """

    file: str
    new: int
    known: int
    empty: int
    unreviewed: int = 0
    unpaired: tuple[LeftOut, ...] = ()
    lost: tuple[LeftOut, ...] = ()
    doubtful: tuple[Doubt, ...] = ()


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Files to import, each once: of a folder the bilingual ones and those with a run record.

    A run record stands for its translation. Raises InputError for a folder with nothing to import.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path.with_name(path.name.removesuffix(RUN_RECORD_SUFFIX)))
            continue
        own = [file for file in files_below(path) if has_record(file) or file.suffix.lower() in BILINGUAL]
        if not own:
            raise InputError(f"{path}: nothing to import in this folder.", "Name the files one by one.")
        found += own
    return list(dict.fromkeys(found))


def import_file(
    store: TranslationMemory, path: Path, *, src_lang: str = "", author: str = "", unreviewed: bool = False
) -> Imported:
    """Import a file; `unreviewed` takes machine translations, too, that nobody has edited or accepted.

    `src_lang` as in read_entries; `author` of entries that name none. Raises InputError, FormatError,
    StoreError.
    """
    written = now()

    def signed(entry: Entry) -> Entry:
        return replace(entry, author=entry.author or author, written=entry.written or written)

    if has_record(path) and path.suffix.lower() not in BILINGUAL:
        edited = read_post_edited(path, unedited=unreviewed)
        added = store.add(map(signed, edited.entries))
        return Imported(
            file=str(path),
            new=added.new,
            known=added.known,
            empty=added.empty,
            unreviewed=edited.unedited,
            unpaired=edited.unpaired,
            lost=edited.lost,
            doubtful=_doubtful(edited.entries),
        )
    left_out = 0
    edits: list[Entry] = []
    is_edited = _edited_since(path)

    def taken() -> Iterator[Entry]:
        nonlocal left_out
        for entry in read_entries(path, src_lang):
            if entry.origin != UNREVIEWED:
                yield signed(entry)
            elif is_edited(entry):
                edits.append(entry)
                yield signed(replace(entry, origin=ORIGIN))
            elif unreviewed:
                yield signed(replace(entry, origin=ORIGIN))
            else:
                left_out += 1

    added = store.add(taken())
    return Imported(
        file=str(path),
        new=added.new,
        known=added.known,
        empty=added.empty,
        unreviewed=left_out,
        doubtful=_doubtful(edits),
    )


def _doubtful(entries: Sequence[Entry]) -> tuple[Doubt, ...]:
    """What in edited targets is another than in their sources, though it should have been kept."""
    segments = [
        Segment(id=str(number), source=each.source, src_lang=each.src_lang, tgt_lang=each.tgt_lang)
        for number, each in enumerate(entries)
    ]
    targets = [each.target for each in entries]
    found = run_checks(segments, targets, active_checks({}, _COPIED), NO_TERMS)
    return tuple(
        Doubt(targets[int(each.segment_id)], each.message)
        for each in found
        if each.severity is Severity.ERROR
    )


def _edited_since(path: Path) -> Callable[[Entry], bool]:
    """Whether the target of an entry is another than the machine's, where the run record tells."""
    if not has_record(path) or is_untouched(path):
        return lambda entry: False
    machine = {
        _characters(text) for target in machine_targets(path) for text in (target, *sentences(target, "ru"))
    }
    return lambda entry: _characters(entry.target) not in machine


def _characters(text: str) -> str:
    """What is left of a text without markup and spaces."""
    words = (part.text for part in string_parts(text, str) if isinstance(part, Text))
    return "".join("".join(words).split())
