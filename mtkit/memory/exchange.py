"""Exchange files: entries from TMX, XLIFF 1.2 and 2.x, TSV and PO, and back to the first three."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from mtkit.documents.files import keep_others, replacing
from mtkit.documents.languages import primary
from mtkit.documents.xliff import XliffFormat
from mtkit.errors import InputError, UnknownNameError
from mtkit.memory import po, tmx, tsv, xliff
from mtkit.memory.entries import Entry, by_sentence

BILINGUAL = frozenset({".tmx", *XliffFormat.suffixes, ".po"})
"""Suffixes of files that hold sources beside their targets, whatever else lies beside them."""
SUFFIXES = BILINGUAL | {".tsv"}
WRITERS: dict[str, Callable[[TextIO, Iterable[Entry]], int]] = {
    "tmx": tmx.write,
    "tsv": tsv.write,
    "xliff": xliff.write_12,
    "xliff2": xliff.write_21,
}

READING = 3
"""Another number whenever the same file is read into other entries, so that what was read is read again."""


def read_entries(path: str | Path, src_lang: str = "", tgt_lang: str = "ru") -> Iterator[Entry]:
    """The entries of a file in order, into `tgt_lang`, sentence by sentence; read as they are asked for.

    `src_lang` is the language of a source that the file does not tell ("": it must tell), and the only one
    taken where a file has several. Raises InputError, FormatError.
    """
    place = Path(path)
    suffix = place.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"{path}: not a file that a translation memory is made from.",
            f"mtkit reads {', '.join(sorted(SUFFIXES))}, and edited translations with their run record.",
        )
    if not place.is_file():
        raise InputError(f"{path}: there is no such file.", "Check the path.")
    reader = {".tmx": tmx.read, ".tsv": tsv.read, ".po": po.read}.get(suffix, xliff.read)
    return (each for entry in reader(place, primary(src_lang), tgt_lang) for each in by_sentence(entry))


def writer_for(path: str | Path, format: str | None) -> Callable[[TextIO, Iterable[Entry]], int]:
    """How to write a file: by the name of the format, else by its suffix. Raises UnknownNameError."""
    name = format or {".tmx": "tmx", ".tsv": "tsv", ".xlf": "xliff", ".xliff": "xliff"}.get(
        Path(path).suffix.lower(), Path(path).suffix or str(path)
    )
    if name not in WRITERS:
        raise UnknownNameError("exchange format", name, WRITERS)
    return WRITERS[name]


def write_entries(path: str | Path, entries: Iterable[Entry], format: str | None = None) -> int:
    """Write entries to a file that appears when it is whole; returns how many.

    Raises StoreError, also where a file is in the place that mtkit did not export.
    """
    write = writer_for(path, format)
    keep_others(path, tmx.MARK, tsv.MARK, xliff.MARK)
    with (
        replacing(path) as descriptor,
        open(descriptor, "w", encoding="utf-8", newline="", closefd=False) as stream,
    ):
        return write(stream, entries)
