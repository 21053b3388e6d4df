"""The schema of a memory's database."""

from __future__ import annotations

import re
import sqlite3

from mtkit.database import Schema, Step
from mtkit.memory import index
from mtkit.memory.keys import SIGN, form_of, single_spaced, skeleton_key


def _index_signs(connection: sqlite3.Connection) -> None:
    """Forms have signs since version 2; what the index holds of the older forms only finds too much."""
    sign = re.compile(SIGN)
    rows = connection.execute("SELECT id, src_lang, tgt_lang, source, form FROM entries")
    fresh = [
        index.Indexed(number, src_lang, tgt_lang, newer)
        for number, src_lang, tgt_lang, source, older in rows
        if sign.search(source) and (newer := form_of(single_spaced(source), src_lang)) != older
    ]
    connection.executemany(
        "UPDATE entries SET form = ?, skeleton_key = ? WHERE id = ?",
        ((each.form, skeleton_key(each.form, each.src_lang, each.tgt_lang), each.id) for each in fresh),
    )
    index.add(connection, fresh)


_MIGRATIONS: tuple[tuple[Step, ...], ...] = (
    (
        """
        CREATE TABLE entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            src_lang TEXT NOT NULL,
            tgt_lang TEXT NOT NULL,
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            before INTEGER NOT NULL,
            after INTEGER NOT NULL,
            origin TEXT NOT NULL,
            author TEXT NOT NULL,
            written TEXT NOT NULL,
            document TEXT NOT NULL,
            form TEXT NOT NULL,
            source_key INTEGER NOT NULL,
            target_key INTEGER NOT NULL,
            skeleton_key INTEGER NOT NULL,
            checksum INTEGER NOT NULL
        )
        """,
        "CREATE UNIQUE INDEX entry_identity ON entries (source_key, before, after, target_key)",
        "CREATE INDEX entry_skeleton ON entries (skeleton_key)",
        """
        CREATE TABLE postings (
            feature INTEGER NOT NULL,
            length INTEGER NOT NULL,
            part INTEGER NOT NULL,
            ids BLOB NOT NULL,
            PRIMARY KEY (feature, length, part)
        ) WITHOUT ROWID
        """,
        "CREATE TABLE totals (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
        "INSERT INTO totals VALUES ('entries', 0), ('fingerprint', 0)",
    ),
    (_index_signs,),
)
SCHEMA = Schema(
    name="translation memory",
    application_id=0x6D746B6D,
    migrations=_MIGRATIONS,
    restore="Restore the file from a copy, or make it anew from an export (mtkit memory import).",
    elsewhere="Name another file.",
    pragmas=("synchronous = FULL", "cache_size = -65536"),
)
