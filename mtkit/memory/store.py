"""The translation memory: entries of one SQLite file, found exactly, by their words, or by likeness.

Entries are the same where languages, source, neighbours and target are; such a one is kept once, with the
newer time. Of several targets for one source (and neighbours) the newest comes first, the others stay as
alternatives.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Connection
from typing import Self

from mtkit.database import problems
from mtkit.documents.languages import primary
from mtkit.memory import index
from mtkit.memory.database import Database, damaged
from mtkit.memory.entries import Candidate, Entry, MatchKind, clean
from mtkit.memory.keys import Comparison, form_of, hash64, single_spaced, skeleton_key, text_key
from mtkit.memory.migrations import SCHEMA

LOWEST_SIMILARITY = 70
"""Below this a match is no help to anybody."""
ENTRIES_A_COMMIT = 5000
_ROWS_A_QUERY = 400
_COLUMNS = "id, src_lang, tgt_lang, source, target, before, after, origin, author, written, document"
_MASK = 0xFFFFFFFFFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """How many entries were new, how many were there already, how many had no source or no target."""

    new: int = 0
    known: int = 0
    empty: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What a store holds; `pairs` counts entries by (source language, target language)."""

    path: str
    entries: int
    pairs: dict[tuple[str, str], int]
    documents: int
    newest: str
    bytes: int
    schema: int
    fingerprint: str


class TranslationMemory:
    """One store; safe with several threads and processes on one file."""

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        """Open a store; with `create` it is made on first use where it is absent.

        Raises InputError, StoreError.
        """
        self.path = Path(path)
        self._database = Database(self.path, create=create)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def add(self, entries: Iterable[Entry]) -> Added:
        """Keep entries, committed in steps of some thousands. Raises StoreError; finished steps stay."""
        new = known = empty = 0
        for step in _in_steps(entries, ENTRIES_A_COMMIT):
            whole = [entry for entry in map(_cleaned, step) if entry.source and entry.target]
            with self._database.transaction("IMMEDIATE") as connection:
                fresh = _insert(connection, whole)
            new += fresh
            known += len(whole) - fresh
            empty += len(step) - len(whole)
        with self._database.reading():  # without entries, too, it is there now
            return Added(new=new, known=known, empty=empty)

    def remove(self, ids: Iterable[int]) -> int:
        """Remove entries by their ids and tell how many there were."""
        removed = 0
        with self._database.transaction("IMMEDIATE") as connection:
            for number in ids:
                row = connection.execute(
                    f"DELETE FROM entries WHERE id = ? RETURNING {_COLUMNS}, checksum", (number,)
                ).fetchone()
                if row is not None:
                    _count(connection, -1, -_entry_hash(_entry(row)))
                    removed += 1
        return removed

    def entries(self, src_lang: str = "", tgt_lang: str = "") -> Iterator[Entry]:
        """Every entry in order of its id, of all languages or of those given; read in short steps."""
        src_lang, tgt_lang = primary(src_lang), primary(tgt_lang)
        last = 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(
                    f"SELECT {_COLUMNS}, checksum FROM entries WHERE id > ?"
                    " AND (? = '' OR src_lang = ?) AND (? = '' OR tgt_lang = ?) ORDER BY id LIMIT 1000",
                    (last, src_lang, src_lang, tgt_lang, tgt_lang),
                ).fetchall()
            if not rows:
                return
            yield from (self._read(row) for row in rows)
            last = rows[-1][0]

    def in_document(self, document: str) -> list[Entry]:
        """The entries that come from one document."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS}, checksum FROM entries WHERE document = ? ORDER BY id", (document,)
            ).fetchall()
        return [self._read(row) for row in rows]

    def exact(
        self, source: str, src_lang: str, tgt_lang: str, before: int = 0, after: int = 0
    ) -> list[Candidate]:
        """Entries with this very source, up to white space.

        Those between the same neighbours first, then the newest.
        """
        key = _source_key(source, src_lang, tgt_lang)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS}, checksum FROM entries WHERE source_key = ?", (key,)
            ).fetchall()
        wanted = single_spaced(source)
        found = [
            Candidate(entry=entry, kind=_context_kind(entry, before, after), similarity=100)
            for entry in map(self._read, rows)
            if single_spaced(entry.source) == wanted
        ]
        return _ranked(found)

    def same_skeleton(self, source: str, src_lang: str, tgt_lang: str) -> list[Candidate]:
        """Entries with the same words, whatever their numbers and codes; the most similar, newest first."""
        comparison = Comparison(source, src_lang)
        if not comparison.form:
            return []
        key = skeleton_key(comparison.form, src_lang, tgt_lang)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS}, checksum, form FROM entries WHERE skeleton_key = ?"
                " ORDER BY written DESC, id DESC LIMIT 200",
                (key,),
            ).fetchall()
        found = [self._candidate(row, comparison, comparison.with_entry(row[3], row[-1])) for row in rows]
        return _ranked(found)

    def find(
        self,
        source: str,
        src_lang: str,
        tgt_lang: str,
        *,
        at_least: int = LOWEST_SIMILARITY,
        limit: int = 5,
    ) -> list[Candidate]:
        """The entries most similar to a text by `at_least` (1-100), best first, the newer where they tie.

        None above the threshold is missed: the result is that of comparing with every entry (see
        mtkit.memory.keys for the similarity).
        """
        comparison = Comparison(source, src_lang)
        if not comparison.form:
            return self.exact(source, src_lang, tgt_lang)[:limit]
        with self._database.reading() as connection:
            ids = index.candidates(connection, comparison.form, src_lang, tgt_lang, at_least)
            graded: list[tuple[int, int]] = []
            for some in _chunks(ids, _ROWS_A_QUERY):
                for number, text, form in connection.execute(
                    f"SELECT id, source, form FROM entries WHERE id IN ({_marks(some)})", some
                ):
                    if grade := comparison.with_entry(text, form, at_least):
                        graded.append((grade, number))
            lowest = sorted((grade for grade, _ in graded), reverse=True)[:limit][-1:]
            best = {number: grade for grade, number in graded if grade >= (lowest or [0])[0]}
            rows = [
                row
                for some in _chunks(list(best), _ROWS_A_QUERY)
                for row in connection.execute(
                    f"SELECT {_COLUMNS}, checksum FROM entries WHERE id IN ({_marks(some)})", some
                )
            ]
        found = [self._candidate(row, comparison, best[row[0]]) for row in rows]
        return _ranked(found)[:limit]

    def info(self) -> Info:
        """What the store holds at one moment. Raises StoreError."""
        with self._database.transaction("DEFERRED") as connection:
            pairs = connection.execute("SELECT src_lang, tgt_lang, count(*) FROM entries GROUP BY 1, 2")
            documents, newest = connection.execute(
                "SELECT count(DISTINCT nullif(document, '')), max(written) FROM entries"
            ).fetchone()
            files = (self.path, Path(f"{self.path}-wal"))
            return Info(
                path=str(self.path),
                entries=len(self),
                pairs={(src, tgt): count for src, tgt, count in pairs},
                documents=documents,
                newest=newest or "",
                bytes=sum(file.stat().st_size for file in files if file.exists()),
                schema=SCHEMA.version,
                fingerprint=self.fingerprint(),
            )

    def __len__(self) -> int:
        return self._totals()["entries"]

    def fingerprint(self) -> str:
        """A hash of all entries, the same for the same entries in any order."""
        totals = self._totals()
        return f"{totals['entries']}-{totals['fingerprint'] & _MASK:016x}"

    def check(self) -> list[str]:
        """Everything that is wrong with the file, one line each; reads all of it, as it is at one moment."""
        with self._database.transaction("DEFERRED") as connection:
            if found := problems(connection):
                return found
            entries = hashes = 0
            for row in connection.execute(f"SELECT {_COLUMNS}, checksum FROM entries"):
                entries += 1
                hashes = (hashes + _entry_hash(self._read(row))) & _MASK
            sound = self.fingerprint() == f"{entries}-{hashes:016x}"
        return [] if sound else ["its entries are not those that were counted while they were written"]

    def _totals(self) -> dict[str, int]:
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT name, value FROM totals").fetchall())

    def _read(self, row: Sequence[object]) -> Entry:
        entry = _entry(row)
        if row[11] != _checksum(entry):
            raise damaged(self.path, f"entry {entry.id} is not as it was written")
        return entry

    def _candidate(self, row: Sequence[object], comparison: Comparison, grade: int) -> Candidate:
        entry = self._read(row)
        if grade == 100:
            return Candidate(entry=entry, kind=MatchKind.EXACT, similarity=100)
        same = form_of(single_spaced(entry.source), entry.src_lang) == comparison.form
        kind = MatchKind.NORMALISED if same else MatchKind.FUZZY
        return Candidate(entry=entry, kind=kind, similarity=grade)


def _cleaned(entry: Entry) -> Entry:
    return replace(
        entry,
        source=clean(entry.source),
        target=clean(entry.target),
        src_lang=primary(entry.src_lang),
        tgt_lang=primary(entry.tgt_lang),
    )


def _insert(connection: Connection, entries: Sequence[Entry]) -> int:
    """Insert what is new, date anew what is known; returns how many were new."""
    fresh: list[index.Indexed] = []
    hashes = 0
    for entry in entries:
        form = form_of(single_spaced(entry.source), entry.src_lang)
        source_key = _source_key(entry.source, entry.src_lang, entry.tgt_lang)
        target_key = text_key(entry.target)
        cursor = connection.execute(
            "INSERT INTO entries (src_lang, tgt_lang, source, target, before, after, origin, author, written,"
            " document, form, source_key, target_key, skeleton_key, checksum)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (source_key, before, after, target_key) DO NOTHING",
            (
                *(entry.src_lang, entry.tgt_lang, entry.source, entry.target, entry.before, entry.after),
                *(entry.origin, entry.author, entry.written, entry.document, form, source_key, target_key),
                skeleton_key(form, entry.src_lang, entry.tgt_lang),
                _checksum(entry),
            ),
        )
        if cursor.rowcount:
            number = int(cursor.lastrowid or 0)
            fresh.append(index.Indexed(number, entry.src_lang, entry.tgt_lang, form))
            hashes += _entry_hash(entry)
            continue
        hashes += _renew(connection, entry, source_key, target_key)
    index.add(connection, (each for each in fresh if each.form))
    _count(connection, len(fresh), hashes)
    return len(fresh)


def _renew(connection: Connection, entry: Entry, source_key: int, target_key: int) -> int:
    """Give a known entry the newer time, origin and document; returns the change of the fingerprint."""
    row = connection.execute(
        f"SELECT {_COLUMNS}, checksum FROM entries"
        " WHERE source_key = ? AND before = ? AND after = ? AND target_key = ?",
        (source_key, entry.before, entry.after, target_key),
    ).fetchone()
    known = _entry(row)
    if known.written >= entry.written:
        return 0
    newer = replace(
        known,
        origin=entry.origin or known.origin,
        author=entry.author or known.author,
        written=entry.written,
        document=entry.document or known.document,
    )
    connection.execute(
        "UPDATE entries SET origin = ?, author = ?, written = ?, document = ?, checksum = ? WHERE id = ?",
        (newer.origin, newer.author, newer.written, newer.document, _checksum(newer), known.id),
    )
    return _entry_hash(newer) - _entry_hash(known)


def _count(connection: Connection, entries: int, hashes: int) -> None:
    (known,) = connection.execute("SELECT value FROM totals WHERE name = 'fingerprint'").fetchone()
    changed = (known + hashes) & _MASK
    signed = changed - (1 << 64) if changed >> 63 else changed
    connection.execute("UPDATE totals SET value = ? WHERE name = 'fingerprint'", (signed,))
    connection.execute("UPDATE totals SET value = value + ? WHERE name = 'entries'", (entries,))


def _entry(row: Sequence[object]) -> Entry:
    number, src_lang, tgt_lang, source, target, before, after, origin, author, written, document = row[:11]
    return Entry(
        id=int(str(number)),
        src_lang=str(src_lang),
        tgt_lang=str(tgt_lang),
        source=str(source),
        target=str(target),
        before=int(str(before)),
        after=int(str(after)),
        origin=str(origin),
        author=str(author),
        written=str(written),
        document=str(document),
    )


def _fields(entry: Entry) -> str:
    parts = (
        *(entry.src_lang, entry.tgt_lang, entry.source, entry.target, str(entry.before), str(entry.after)),
        *(entry.origin, entry.author, entry.written, entry.document),
    )
    return "\0".join(parts)


def _checksum(entry: Entry) -> int:
    return zlib.crc32(_fields(entry).encode("utf-8", "surrogatepass"))


def _entry_hash(entry: Entry) -> int:
    return hash64(_fields(entry))


def _source_key(source: str, src_lang: str, tgt_lang: str) -> int:
    return hash64(src_lang, tgt_lang, single_spaced(source))


def _context_kind(entry: Entry, before: int, after: int) -> MatchKind:
    same = entry.in_context and (entry.before, entry.after) == (before, after)
    return MatchKind.CONTEXT if same else MatchKind.EXACT


def _ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Best first: similarity, then context, then the newest."""
    newest_first = sorted(candidates, key=lambda each: (each.entry.written, each.entry.id), reverse=True)
    return sorted(newest_first, key=lambda each: (-each.similarity, each.kind is not MatchKind.CONTEXT))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _chunks(values: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _in_steps(entries: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    step: list[Entry] = []
    for entry in entries:
        step.append(entry)
        if len(step) == size:
            yield step
            step = []
    if step:
        yield step
