"""The job state of a batch: one SQLite file in the output folder, shared by all runs that write there.

It lies in OUT/.mtkit because it describes OUT: it is moved and removed with it, and everybody who writes
there finds it. Of an article in work it keeps whose it is and every answer of the engine so far; of a
finished one the hash of what was written. A run is alive as long as it holds the lock on a file of its own:
the system lets go of it when the process ends, however it ends, so the claims of a dead run are free at once,
without a waiting time and without trusting process numbers.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mtkit.database import Schema, Step, connect, damaged, problems, said, transaction
from mtkit.documents.files import writer

STATE_FOLDER = ".mtkit"
STATE_FILE = "jobs.sqlite"

MIGRATIONS: tuple[tuple[Step, ...], ...] = (
    (
        "CREATE TABLE runs (id TEXT PRIMARY KEY) WITHOUT ROWID",
        """
        CREATE TABLE jobs (
            target TEXT PRIMARY KEY, key TEXT, source TEXT, output TEXT, intended TEXT, run TEXT
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE answers (
            target TEXT NOT NULL, key TEXT NOT NULL, call TEXT NOT NULL, answer BLOB NOT NULL,
            PRIMARY KEY (target, key, call)
        )
        """,
    ),
)
_SCHEMA = Schema(
    name="job state",
    application_id=0x6D746B6A,
    migrations=MIGRATIONS,
    restore="Remove the file and run again: finished articles are known by the run records beside them.",
    elsewhere="Choose another folder: -o OUT.",
    pragmas=("synchronous = NORMAL",),
    vacuumed=True,
)
_LOCK_PREFIX = "run-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What earlier runs left about a target; hashes are SHA-256 in hexadecimal.

    `key` and `source` belong to the finished `output`; `intended` is what a run was about to write.
    """

    key: str | None = None
    source: str | None = None
    output: str | None = None
    intended: str | None = None


class JobState:
    """Claims, answers and results of the articles of one output folder; safe with threads and processes.

    Targets are paths in the folder, with slashes. Every method raises StoreError: the file cannot be used,
    or is damaged.
    """

    def __init__(self, folder: Path) -> None:
        """Open the state of `folder`, made where it is absent, and join the runs that are alive."""
        self.path = folder / STATE_FOLDER / STATE_FILE
        self._run = f"{writer()}-{secrets.token_hex(4)}"
        self._lock = threading.RLock()
        with self._said():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._database = _connect(self.path)
        try:
            self._join()
        except BaseException:
            self._database.close()
            raise

    def close(self) -> None:
        """Free the run's claims and leave."""
        with self._lock, self._said():
            try:
                with self._transaction() as database:
                    self._clear_dead(database)
                    database.execute("UPDATE jobs SET run = NULL WHERE run = ?", (self._run,))
                    database.execute("DELETE FROM runs WHERE id = ?", (self._run,))
            finally:
                self._held.close()
                self._lock_file(self._run).unlink(missing_ok=True)
                self._database.close()

    def known(self, target: str) -> Known | None:
        with self._lock, self._said():
            return known_in(self._database, target)

    def claim(self, target: str, key: str) -> bool:
        """Take an article to translate; False where another living run has it.

        Answers that were kept for another `key` are dropped.
        """
        with self._transaction() as database:
            row = database.execute("SELECT run FROM jobs WHERE target = ?", (target,)).fetchone()
            if row and row[0] not in (None, self._run):
                if self._alive(row[0]):
                    return False
                self._clear_dead(database)
            database.execute(
                "INSERT INTO jobs (target, run) VALUES (?, ?)"
                " ON CONFLICT (target) DO UPDATE SET run = excluded.run",
                (target, self._run),
            )
            database.execute("DELETE FROM answers WHERE target = ? AND key <> ?", (target, key))
            return True

    def release(self, target: str) -> None:
        """Let others have an article; what was answered so far stays."""
        with self._transaction() as database:
            database.execute("UPDATE jobs SET run = NULL WHERE target = ? AND run = ?", (target, self._run))

    def answer(self, target: str, key: str, call: str) -> bytes | None:
        with self._lock, self._said():
            row = self._database.execute(
                "SELECT answer FROM answers WHERE target = ? AND key = ? AND call = ?", (target, key, call)
            ).fetchone()
            try:
                return zlib.decompress(row[0]) if row else None
            except (zlib.error, TypeError) as error:
                raise damaged(self.path, _SCHEMA, str(error)) from error

    def keep(self, target: str, key: str, call: str, answer: bytes) -> None:
        """Keep an answer of the engine, compressed and with zlib's checksum."""
        with self._transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
                (target, key, call, zlib.compress(answer, 1)),
            )

    def intend(self, target: str, output: str) -> None:
        """Note what is about to be written, so that a half-finished writing is known as ours."""
        with self._transaction() as database:
            database.execute("UPDATE jobs SET intended = ? WHERE target = ?", (output, target))

    def finish(self, target: str, key: str, source: str, output: str) -> None:
        """Note what was written, drop the answers and let go of the article."""
        with self._transaction() as database:
            database.execute(
                "UPDATE jobs SET key = ?, source = ?, output = ?, intended = NULL, run = NULL"
                " WHERE target = ?",
                (key, source, output, target),
            )
            database.execute("DELETE FROM answers WHERE target = ?", (target,))

    def forget(self, target: str) -> None:
        """Drop all that is known of an article that is ours."""
        with self._transaction() as database:
            database.execute("DELETE FROM answers WHERE target = ?", (target,))
            database.execute("DELETE FROM jobs WHERE target = ? AND run = ?", (target, self._run))

    def _join(self) -> None:
        """Enter this run among the living, under the write lock: nobody sees it before it holds its own."""
        with self._transaction() as database:
            self._held = _locked(self._lock_file(self._run))
            database.execute("INSERT INTO runs VALUES (?)", (self._run,))
            self._clear_dead(database)

    def _clear_dead(self, database: sqlite3.Connection) -> None:
        """Free the claims of dead runs, and remove what they left half-written."""
        runs = {run for (run,) in database.execute("SELECT id FROM runs")}
        dead = {run for run in runs if run != self._run and not self._alive(run)}
        for run in dead:
            claimed = database.execute("SELECT target FROM jobs WHERE run = ?", (run,)).fetchall()
            self._remove_temporary(run, [target for (target,) in claimed])
            database.execute("UPDATE jobs SET run = NULL WHERE run = ?", (run,))
            database.execute("DELETE FROM runs WHERE id = ?", (run,))
        for path in self.path.parent.glob(f"{_LOCK_PREFIX}*"):
            if path.name.removeprefix(_LOCK_PREFIX) not in runs - dead:
                path.unlink(missing_ok=True)

    def _remove_temporary(self, run: str, targets: Sequence[str]) -> None:
        """Remove what the process of a dead run left half-written beside the targets it had claimed."""
        folder, process = self.path.parent.parent, run.partition("-")[0]
        for parent in {Path(os.path.realpath(folder / target)).parent for target in targets}:
            for path in parent.glob(f".mtkit-{process}-*.tmp"):
                with contextlib.suppress(OSError):
                    path.unlink()

    def _alive(self, run: str) -> bool:
        """Whether somebody holds the lock of a run; every other trouble with it is raised."""
        path = self._lock_file(run)
        if not path.exists():
            return False
        try:
            _locked(path).close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                return True
            raise
        return False

    def _lock_file(self, run: str) -> Path:
        return self.path.parent / f"{_LOCK_PREFIX}{run}"

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._said(), transaction(self._database):
            yield self._database

    @contextmanager
    def _said(self) -> Iterator[None]:
        with said(self.path, _SCHEMA):
            yield


def read_known(folder: Path, targets: list[str]) -> dict[str, Known]:
    """What is known about targets, without making anything or joining the runs. Raises StoreError."""
    path = folder / STATE_FOLDER / STATE_FILE
    if not path.exists():
        return {}
    with said(path, _SCHEMA), contextlib.closing(_connect(path)) as database:
        found = {target: known_in(database, target) for target in targets}
    return {target: known for target, known in found.items() if known is not None}


def known_in(database: sqlite3.Connection, target: str) -> Known | None:
    row = database.execute(
        "SELECT key, source, output, intended FROM jobs WHERE target = ?", (target,)
    ).fetchone()
    return row and Known(key=row[0], source=row[1], output=row[2], intended=row[3])


def _connect(path: Path) -> sqlite3.Connection:
    database = connect(path, _SCHEMA)
    try:
        if found := problems(database, limit=1):
            raise damaged(path, _SCHEMA, found[0])
    except BaseException:
        database.close()
        raise
    return database


def _locked(path: Path) -> sqlite3.Connection:
    """Hold SQLite's exclusive lock on a file that has nothing in it; closing lets go."""
    connection = sqlite3.connect(path, timeout=0, check_same_thread=False, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection
