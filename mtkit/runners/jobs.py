"""The job state of a batch: one SQLite file in the output folder, shared by all runs that write there.

It lies in OUT/.mtkit because it describes OUT: it is moved and removed with it, and everybody who writes
there finds it. Of an article in work it keeps whose it is and every answer of the engine so far; of a
finished one the hash of what was written. A run is alive as long as it holds the lock on a file of its own:
the system lets go of it when the process ends, however it ends, so the claims of a dead run are free at once,
without a waiting time and without trusting process numbers.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mtkit.errors import StoreError
from mtkit.memory.database import keep_log

STATE_FOLDER = ".mtkit"
STATE_FILE = "jobs.sqlite"
APPLICATION_ID = 0x6D746B6A
BUSY_SECONDS = 60.0

MIGRATIONS: tuple[tuple[str, ...], ...] = (
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
"""Append only: entry N takes version N to N + 1."""

_LOCK_PREFIX = "run-"
_DAMAGED = "Remove the file and run again: finished articles are known by the run records beside them."


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
        self._run = secrets.token_hex(8)
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
                raise _damaged(self.path, str(error)) from error

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

    def _join(self) -> None:
        """Enter this run among the living, under the write lock: nobody sees it before it holds its own."""
        with self._transaction() as database:
            self._held = _locked(self._lock_file(self._run))
            database.execute("INSERT INTO runs VALUES (?)", (self._run,))
            self._clear_dead(database)

    def _clear_dead(self, database: sqlite3.Connection) -> None:
        """Free the claims of dead runs, and remove what they left half-written where nobody else writes."""
        runs = {run for (run,) in database.execute("SELECT id FROM runs")}
        dead = {run for run in runs if run != self._run and not self._alive(run)}
        left: list[str] = []
        for run in dead:
            left += [name for (name,) in database.execute("SELECT target FROM jobs WHERE run = ?", (run,))]
            database.execute("UPDATE jobs SET run = NULL WHERE run = ?", (run,))
            database.execute("DELETE FROM runs WHERE id = ?", (run,))
        for path in self.path.parent.glob(f"{_LOCK_PREFIX}*"):
            if path.name.removeprefix(_LOCK_PREFIX) not in runs - dead:
                path.unlink(missing_ok=True)
        if runs - dead == {self._run}:
            _remove_temporary(self.path.parent.parent, left)

    def _alive(self, run: str) -> bool:
        path = self._lock_file(run)
        if not path.exists():
            return False
        try:
            _locked(path).close()
        except sqlite3.OperationalError:
            return True
        return False

    def _lock_file(self, run: str) -> Path:
        return self.path.parent / f"{_LOCK_PREFIX}{run}"

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._said():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    @contextmanager
    def _said(self) -> Iterator[None]:
        with said(self.path):
            yield


def read_known(folder: Path, targets: list[str]) -> dict[str, Known]:
    """What is known about targets, without making anything or joining the runs. Raises StoreError."""
    path = folder / STATE_FOLDER / STATE_FILE
    if not path.exists():
        return {}
    with said(path), contextlib.closing(_connect(path)) as database:
        found = {target: known_in(database, target) for target in targets}
    return {target: known for target, known in found.items() if known is not None}


def known_in(database: sqlite3.Connection, target: str) -> Known | None:
    row = database.execute(
        "SELECT key, source, output, intended FROM jobs WHERE target = ?", (target,)
    ).fetchone()
    return row and Known(key=row[0], source=row[1], output=row[2], intended=row[3])


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Turn every trouble with the file into one sentence."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise StoreError(
                f"{path}: the disk is full. What was finished is kept.", "Free some space and run again."
            ) from error
        if "no such table" in str(error) or "malformed" in str(error):
            raise _damaged(path, str(error)) from error
        raise StoreError(
            f"{path}: the job state cannot be used ({error}).",
            "See to the folder, its permissions and free space, or choose another: -o OUT.",
        ) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        raise StoreError(
            f"{path}: the job state cannot be made ({error.strerror or error}).",
            "See to the folder and its permissions, or choose another: -o OUT.",
        ) from error


def _damaged(path: Path, problem: str) -> StoreError:
    return StoreError(f"{path}: the job state is damaged ({problem}).", _DAMAGED)


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    try:
        _check(database, path)
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version < len(MIGRATIONS):
            database.execute("PRAGMA auto_vacuum = FULL")
            keep_log(database)
            _migrate(database)
        database.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        database.close()
        raise
    return database


def _check(database: sqlite3.Connection, path: Path) -> None:
    """Refuse what is damaged, foreign, or from a newer mtkit."""
    found = [line for (line,) in database.execute("PRAGMA quick_check(1)")]
    if found != ["ok"]:
        raise _damaged(path, found[0])
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (application or version or tables):
        raise StoreError(f"{path}: this is a database of another program.", "Choose another folder: -o OUT.")
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path}: this job state was written by a newer mtkit (schema {version}).",
            f"Update mtkit; this one knows schema {len(MIGRATIONS)}.",
        )


def _migrate(database: sqlite3.Connection) -> None:
    database.execute("BEGIN IMMEDIATE")
    try:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        for number, statements in enumerate(MIGRATIONS[version:], version + 1):
            for statement in statements:
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {number}")
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


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


def _remove_temporary(folder: Path, targets: list[str]) -> None:
    """Remove what killed runs left half-written beside the targets they had claimed."""
    for parent in {(folder / target).parent for target in targets}:
        for path in parent.glob(".mtkit-*.tmp"):
            with contextlib.suppress(OSError):
                path.unlink()
