"""SQLite files: opened, migrated, and every trouble with them said in one sentence.

Write-ahead logging lets several processes read while one writes; writers wait for each other. What may not be
written is opened for reading.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from mtkit.errors import StoreError

BUSY_SECONDS = 60.0
_SEE_TO = "See to its folder, its permissions and free space."

Step = str | Callable[[sqlite3.Connection], None]
"""A statement, or a function that is called inside the transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """What a kind of file is called, how it is made, and how trouble with it is mended.

    `application_id` marks its files. `migrations` only grows: entry N takes version N to N + 1. `pragmas` are
    set on every connection; a `vacuumed` file shrinks by itself. `restore` is the sentence that says what to
    do with a damaged file, `elsewhere` what to do where the file is another program's.
    """

    name: str
    application_id: int
    migrations: Sequence[Sequence[Step]]
    restore: str
    elsewhere: str
    pragmas: Sequence[str] = ()
    vacuumed: bool = False

    @property
    def version(self) -> int:
        return len(self.migrations)


def connect(path: Path, schema: Schema) -> sqlite3.Connection:
    """Open a file, made where it is absent, and bring it to the newest version; for any thread to use.

    Raises StoreError for a file that is another program's or a newer mtkit's, and sqlite3.Error (see said).
    """
    writable = os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    place = f"file:{quote(str(path.resolve()))}"
    if not writable:
        place += "?mode=ro" + ("" if has_log(path) else "&immutable=1")
    connection = sqlite3.connect(
        place, uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
    )
    try:
        with transaction(connection, "DEFERRED"):  # one view, while another may be making the schema
            version = _version(connection, path, schema)
        if writable:
            if schema.vacuumed and version < schema.version:
                connection.execute("PRAGMA auto_vacuum = FULL")
            _keep_log(connection)
            if version < schema.version:
                _migrate(connection, path, schema)
        for pragma in schema.pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """One transaction: committed at the end, rolled back on any error."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def problems(connection: sqlite3.Connection, limit: int = 20) -> list[str]:
    """What SQLite's own check finds wrong, line by line; empty where the file is sound."""
    found = [str(line) for (line,) in connection.execute(f"PRAGMA quick_check({limit})")]
    return [] if found == ["ok"] else found


@contextmanager
def said(path: Path, schema: Schema) -> Iterator[None]:
    """Turn every trouble with the file into a StoreError of one sentence."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _unusable(path, schema, str(error)) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise damaged(path, schema, str(error)) from error
    except OSError as error:
        raise StoreError(
            f"{path}: the {schema.name} cannot be made or opened ({error.strerror or error}).",
            _SEE_TO,
        ) from error


def damaged(path: Path, schema: Schema, problem: str) -> StoreError:
    return StoreError(f"{path}: the {schema.name} is damaged ({problem}).", schema.restore)


def has_log(path: Path) -> bool:
    """Whether pages may lie in the write-ahead log that are not in the file yet."""
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0


def _unusable(path: Path, schema: Schema, problem: str) -> StoreError:
    if "locked" in problem:
        return StoreError(
            f"{path}: another program has been writing to the {schema.name} for {BUSY_SECONDS:.0f} s.",
            "Wait until it is done and run again.",
        )
    if "full" in problem:
        return StoreError(
            f"{path}: the disk is full; what was finished is kept.", "Free some space and run again."
        )
    if "readonly" in problem:
        return StoreError(
            f"{path}: no permission to change the {schema.name} ({problem}).", "Change its mode."
        )
    if "no such table" in problem or "no such column" in problem or "malformed" in problem:
        return damaged(path, schema, problem)
    return StoreError(
        f"{path}: the {schema.name} cannot be used ({problem}).",
        _SEE_TO,
    )


def _version(connection: sqlite3.Connection, path: Path, schema: Schema) -> int:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != schema.application_id and (application or version or tables):
        raise StoreError(
            f"{path}: this is a database of another program, not a {schema.name}.",
            schema.elsewhere,
        )
    if version > schema.version:
        raise StoreError(
            f"{path}: this {schema.name} was written by a newer mtkit (schema {version}).",
            f"Update mtkit; this one knows schema {schema.version}.",
        )
    return int(version)


def _migrate(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    with transaction(connection):
        version = _version(connection, path, schema)
        for number, steps in enumerate(schema.migrations[version:], version + 1):
            for step in steps:
                if isinstance(step, str):
                    connection.execute(step)
                else:
                    step(connection)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {schema.application_id}")


def _keep_log(connection: sqlite3.Connection) -> None:
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
