"""Exchange files: entries from TMX, XLIFF 1.2 and 2.x and TSV, and back."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from mtkit.errors import InputError, StoreError, UnknownNameError
from mtkit.memory import tmx, tsv, xliff
from mtkit.memory.entries import Entry

BILINGUAL = frozenset({".tmx", ".xlf", ".xliff"})
"""Suffixes of files that hold sources beside their targets, whatever else lies beside them."""
SUFFIXES = BILINGUAL | {".tsv"}
WRITERS: dict[str, Callable[[TextIO, Iterable[Entry]], int]] = {
    "tmx": tmx.write,
    "tsv": tsv.write,
    "xliff": xliff.write_12,
    "xliff2": xliff.write_21,
}


def read_entries(path: str | Path, src_lang: str = "", tgt_lang: str = "ru") -> Iterator[Entry]:
    """The entries of a file in order, into `tgt_lang`; read as they are asked for.

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
    reader = {".tmx": tmx.read, ".tsv": tsv.read}.get(suffix, xliff.read)
    return reader(place, src_lang, tgt_lang)


def writer_for(path: str | Path, format: str | None) -> Callable[[TextIO, Iterable[Entry]], int]:
    """How to write a file: by the name of the format, else by its suffix. Raises UnknownNameError."""
    name = format or {".tmx": "tmx", ".tsv": "tsv", ".xlf": "xliff", ".xliff": "xliff"}.get(
        Path(path).suffix.lower(), Path(path).suffix or str(path)
    )
    if name not in WRITERS:
        raise UnknownNameError("exchange format", name, WRITERS)
    return WRITERS[name]


def write_entries(path: str | Path, entries: Iterable[Entry], format: str | None = None) -> int:
    """Write entries to a file that appears when it is whole; returns how many. Raises StoreError."""
    write = writer_for(path, format)
    with _appearing(Path(path)) as stream:
        return write(stream, entries)


@contextmanager
def _appearing(path: Path) -> Iterator[TextIO]:
    final = Path(os.path.realpath(path))
    unfinished = final.with_name(f".mtkit-{secrets.token_hex(8)}.tmp")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        with open(unfinished, "x", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, final)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error.strerror or error}).", "See to folder and free space."
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
