"""The SQLite file of a translation memory (see mtkit.database).

A commit is synced, so what was committed survives a killed process and a power cut.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mtkit import database
from mtkit.errors import InputError, StoreError
from mtkit.memory.migrations import SCHEMA

_MAGIC = b"SQLite format 3\0"
_HEADER = 100


class Database:
    """One file; connections are opened on first use, one a process, and shared by its threads."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open `path`; with `create` it is made on first use where it is absent.

        Raises InputError, StoreError.
        """
        self.path = path
        self._lock = threading.RLock()
        self._owner = 0
        self._connection: sqlite3.Connection | None = None
        if path.exists():
            with self.reading():
                pass
        elif not create:
            raise InputError(f"{path}: there is no such translation memory.", "Make it: mtkit memory import.")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for queries. Raises StoreError."""
        with self._lock, database.said(self.path, SCHEMA):
            yield self._open()

    @contextmanager
    def transaction(self, kind: str) -> Iterator[sqlite3.Connection]:
        """The connection inside one transaction of a kind of SQLite's ("IMMEDIATE", "DEFERRED").

        Committed at the end, rolled back on any error.
        """
        with self.reading() as connection, database.transaction(connection, kind):
            yield connection

    def close(self) -> None:
        with self._lock, database.said(self.path, SCHEMA):
            if self._connection is not None and self._owner == os.getpid():
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._owner != os.getpid():
            if self.path.exists():
                _check_header(self.path)
            else:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = database.connect(self.path, SCHEMA)
            self._owner = os.getpid()
        return self._connection


def damaged(path: Path, problem: str) -> StoreError:
    return database.damaged(path, SCHEMA, problem)


def _check_header(path: Path) -> None:
    """Refuse what is no SQLite file (InputError), and one that was cut off; an empty file is not yet made."""
    if path.is_dir():
        raise InputError(f"{path}: this is a folder, not a translation memory.", "Name a file in it.")
    with open(path, "rb") as stream:
        head = stream.read(_HEADER)
    if not head:
        return
    if not head.startswith(_MAGIC):
        raise InputError(
            f"{path}: this is not a translation memory of mtkit.",
            "TMX, XLIFF and TSV files are imported: mtkit memory import FILE.",
        )
    if len(head) < _HEADER:
        raise damaged(path, "it is cut off")
    size, changes, pages, counted = struct.unpack(">16xH6xII60xI4x", head)
    page_size = 65536 if size == 1 else size
    if changes == counted and not database.has_log(path) and path.stat().st_size < pages * page_size:
        raise damaged(path, f"it is cut off: {path.stat().st_size} bytes of {pages * page_size}")
