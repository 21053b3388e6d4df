"""The SQLite file of a translation memory: opened, migrated, and every trouble with it said in one sentence.

Write-ahead logging lets several processes read while one writes; writers wait for each other. A commit is
synced, so what was committed survives a killed process and a power cut.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from mtkit.errors import InputError, StoreError
from mtkit.memory.migrations import APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION

BUSY_SECONDS = 60.0

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_DAMAGED = "Restore the file from a copy, or make it anew from an export (mtkit memory import)."


class Database:
    """One file; connections are opened on first use, one a process, and shared by its threads."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open `path`; with `create` it is made where it is absent. Raises InputError, StoreError."""
        self.path = path
        self._lock = threading.RLock()
        self._owner = 0
        self._connection: sqlite3.Connection | None = None
        if not path.exists() and not create:
            raise InputError(f"{path}: there is no such translation memory.", "Make it: mtkit memory import.")
        with self.reading():
            pass

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for queries. Raises StoreError."""
        with self._lock, self._said():
            yield self._open()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection inside one transaction: committed at the end, rolled back on any error."""
        with self._lock, self._said():
            connection = self._open()
            with _transaction(connection):
                yield connection

    def check(self) -> list[str]:
        """What SQLite's own check finds wrong, line by line; empty where the file is sound."""
        with self.reading() as connection:
            found = [str(line) for (line,) in connection.execute("PRAGMA quick_check(20)")]
        return [] if found == ["ok"] else found

    def close(self) -> None:
        with self._lock, self._said():
            if self._connection is not None and self._owner == os.getpid():
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._owner != os.getpid():
            self._connection = self._connect()
            self._owner = os.getpid()
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        if self.path.exists():
            _check_header(self.path)
        else:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        writable = os.access(self.path if self.path.exists() else self.path.parent, os.W_OK) and os.access(
            self.path.parent, os.W_OK
        )
        place = f"file:{quote(str(self.path.resolve()))}"
        if not writable:
            place += "?mode=ro" + ("" if _has_log(self.path) else "&immutable=1")
        connection = sqlite3.connect(
            place, uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
        )
        try:
            with _transaction(connection, "DEFERRED"):  # one view, while another may be making the schema
                version = self._version(connection)
            if writable:
                keep_log(connection)
                connection.execute("PRAGMA synchronous = FULL")
                if version < SCHEMA_VERSION:
                    self._migrate(connection)
            connection.execute("PRAGMA cache_size = -65536")
        except BaseException:
            connection.close()
            raise
        return connection

    def _version(self, connection: sqlite3.Connection) -> int:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if application != APPLICATION_ID and (application or version or tables):
            raise StoreError(
                f"{self.path}: this is a database of another program, not a translation memory.",
                "Name another file.",
            )
        if version > SCHEMA_VERSION:
            raise StoreError(
                f"{self.path}: this translation memory was written by a newer mtkit (schema {version}).",
                f"Update mtkit; this one knows schema {SCHEMA_VERSION}.",
            )
        return int(version)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        with _transaction(connection):
            version = self._version(connection)
            for number, statements in enumerate(MIGRATIONS[version:], version + 1):
                for statement in statements:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise _unusable(self.path, error) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise damaged(self.path, str(error)) from error
        except OSError as error:
            raise StoreError(
                f"{self.path}: the translation memory cannot be opened ({error.strerror or error}).",
                "See to its folder, its permissions and free space.",
            ) from error


def damaged(path: Path, problem: str) -> StoreError:
    return StoreError(f"{path}: the translation memory is damaged ({problem}).", _DAMAGED)


@contextmanager
def _transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _unusable(path: Path, error: sqlite3.OperationalError) -> StoreError:
    problem = str(error)
    if "locked" in problem:
        return StoreError(
            f"{path}: another program has been writing to the translation memory for {BUSY_SECONDS:.0f} s.",
            "Wait until it is done and run again.",
        )
    if "full" in problem:
        return StoreError(
            f"{path}: the disk is full; nothing of this step was kept.", "Free some space and run again."
        )
    if "readonly" in problem:
        return StoreError(f"{path}: no permission to change the translation memory.", "Change its mode.")
    if "no such table" in problem or "no such column" in problem or "malformed" in problem:
        return damaged(path, problem)
    return StoreError(f"{path}: the translation memory cannot be used ({problem}).", "See to file and disk.")


def _check_header(path: Path) -> None:
    """Refuse what is no SQLite file, and one that was cut off; an empty file counts as not yet made."""
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder, not a translation memory.", "Name a file in it.")
    with open(path, "rb") as stream:
        head = stream.read(_HEADER)
    if not head:
        return
    if not head.startswith(_MAGIC):
        raise StoreError(
            f"{path}: this is not a translation memory of mtkit.",
            "TMX, XLIFF and TSV files are imported: mtkit memory import FILE.",
        )
    if len(head) < _HEADER:
        raise damaged(path, "it is cut off")
    size, changes, pages, counted = struct.unpack(">16xH6xII60xI4x", head)
    page_size = 65536 if size == 1 else size
    if changes == counted and not _has_log(path) and path.stat().st_size < pages * page_size:
        raise damaged(path, f"it is cut off: {path.stat().st_size} bytes of {pages * page_size}")


def keep_log(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging; SQLite does not wait by itself for another that is switching."""
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > patience:
                raise
        time.sleep(0.05)


def _has_log(path: Path) -> bool:
    """Whether pages may lie in the write-ahead log that are not in the file yet."""
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0
