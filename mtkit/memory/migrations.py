"""The schema of a memory's database, as a list that only grows: entry N takes version N to N + 1."""

from __future__ import annotations

APPLICATION_ID = 0x6D746B6D
"""Marks an SQLite file as a translation memory ("mtkm")."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
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
)
SCHEMA_VERSION = len(MIGRATIONS)
