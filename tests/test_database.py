from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from mtkit.database import Schema, connect, problems, said, transaction
from mtkit.errors import StoreError

FIRST = Schema(
    name="list",
    application_id=7,
    migrations=(("CREATE TABLE words (word TEXT)", "INSERT INTO words VALUES ('một')"),),
    restore="Make it anew.",
    elsewhere="Name another.",
)


def words(connection: sqlite3.Connection) -> list[str]:
    return [word for (word,) in connection.execute("SELECT word FROM words")]


def shout(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE words SET word = word || '!'")


def test_a_file_is_made_and_brought_up_by_statements_and_functions(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connect(path, FIRST).close()
    second = replace(FIRST, migrations=(*FIRST.migrations, ("INSERT INTO words VALUES ('hai')", shout)))
    for _ in range(2):
        connection = connect(path, second)
        assert (words(connection), problems(connection)) == (["một!", "hai!"], [])
        connection.close()
    with said(path, FIRST), pytest.raises(StoreError, match=r"by a newer mtkit \(schema 2\)"):
        connect(path, FIRST)


def test_a_file_that_left_the_log_takes_it_up_again(tmp_path: Path) -> None:
    connect(tmp_path / "a.db", FIRST).close()
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    connection = connect(tmp_path / "a.db", FIRST)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connect(path, FIRST).close()
    broken = replace(FIRST, migrations=(*FIRST.migrations, ("INSERT INTO words VALUES ('hai')", "NONSENSE")))
    with pytest.raises(StoreError, match="the list cannot be used"), said(path, broken):
        connect(path, broken)
    connection = connect(path, FIRST)
    assert words(connection) == ["một"]
    connection.close()


def test_a_transaction_is_whole_or_nothing(tmp_path: Path) -> None:
    connection = connect(tmp_path / "a.db", FIRST)
    with pytest.raises(KeyboardInterrupt), transaction(connection):
        connection.execute("DELETE FROM words")
        raise KeyboardInterrupt
    assert words(connection) == ["một"]
    connection.close()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (sqlite3.OperationalError("database is locked"), "another program has been writing to the list"),
        (sqlite3.OperationalError("database or disk is full"), "the disk is full"),
        (
            sqlite3.OperationalError("attempt to write a readonly database"),
            "no permission to change the list",
        ),
        (sqlite3.OperationalError("no such table: words"), "the list is damaged"),
        (sqlite3.DatabaseError("file is not a database"), "the list is damaged"),
        (PermissionError(13, "Permission denied"), "the list cannot be made or opened (Permission denied)"),
    ],
)
def test_every_trouble_is_one_sentence(tmp_path: Path, error: Exception, message: str) -> None:
    with pytest.raises(StoreError) as caught, said(tmp_path / "a.db", FIRST):
        raise error
    assert f"a.db: {message}" in caught.value.message
    assert caught.value.hint
