"""Several memories as one: a file, or a folder with the rules of its subfolders, as in OmegaT.

In a folder lie `memory.db` and exchange files (TMX, XLIFF, TSV), which are read through an index in the
cache. Subfolders at any depth say how far what is below them is trusted: `enforce/`: an exact match is taken
over every other, and whatever the threshold or the engine says; `prefer/` (or `auto/`): wins where two
matches are equally good; `penalty-30/`: every similarity is 30 lower, so that nothing of it is taken as
exact; `mt/`: translations of machines, which are not read.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from mtkit.config import cache_dir
from mtkit.documents.languages import primary
from mtkit.errors import ConfigError, InputError
from mtkit.memory.entries import UNREVIEWED, Candidate, MatchKind, MemoryMatch, in_sequence
from mtkit.memory.exchange import READING, SUFFIXES, read_entries
from mtkit.memory.keys import OTHER_PUNCTUATION
from mtkit.memory.migrations import SCHEMA
from mtkit.memory.repair import TermReader, repaired
from mtkit.memory.store import LOWEST_SIMILARITY, TranslationMemory
from mtkit.types import Segment

STORE_SUFFIX = ".db"
MAIN_STORE = f"memory{STORE_SUFFIX}"
_REPAIRED_AT_MOST = 5
_REPAIRED_FROM = 50
_SHORT = 12
"""Words of a text up to which one term may make up half of it: searching below `at_least` pays there."""
_PENALTY = re.compile(r"penalty-(\d{1,3})")
_STORES = frozenset({STORE_SUFFIX, ".sqlite"})
_MACHINES = "mt"
_PREFERRED = frozenset({"prefer", "auto"})


@dataclass(frozen=True, slots=True)
class Member:
    """One memory of a set: `name` for people, and how far it is trusted."""

    name: str
    store: TranslationMemory
    enforce: bool = False
    prefer: bool = False
    penalty: int = 0


class MemorySet:
    """Memories that answer together."""

    def __init__(self, members: Sequence[Member], path: str = "") -> None:
        self.members = tuple(members)
        self.path = path

    def lookup(
        self,
        segments: Sequence[Segment],
        *,
        at_least: int = LOWEST_SIMILARITY,
        terms: TermReader | None = None,
    ) -> list[MemoryMatch | None]:
        """N segments of one document in order -> N matches, the best of each; None where there is none.

        Best is: enforced, then similarity after repair and penalty, then the same neighbours, then
        preferred, then newest. Matches found below `at_least` (1-100) are none unless they are repaired. With
        `terms` differences of one term or name are repaired as well. Raises StoreError.
        """
        neighbours = in_sequence([segment.source for segment in segments])
        return [
            self._best(segment, before, after, at_least, terms)
            for segment, (before, after) in zip(segments, neighbours, strict=True)
        ]

    def fingerprint(self) -> str:
        """A hash of every entry and of how far its memory is trusted."""
        parts = [
            f"{member.store.fingerprint()} {member.enforce} {member.prefer} {member.penalty}"
            for member in self.members
        ]
        return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()

    def close(self) -> None:
        for member in self.members:
            member.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _best(
        self, segment: Segment, before: int, after: int, at_least: int, terms: TermReader | None
    ) -> MemoryMatch | None:
        found = [
            match
            for member in self.members
            for match in _matches(member, segment, before, after, at_least, terms)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None


_Rank = tuple[bool, int, bool, bool, bool, str, int]


def _matches(
    member: Member, segment: Segment, before: int, after: int, at_least: int, terms: TermReader | None
) -> Iterator[tuple[_Rank, MemoryMatch]]:
    src_lang, tgt_lang = primary(segment.src_lang), primary(segment.tgt_lang)
    exact = member.store.exact(segment.source, src_lang, tgt_lang, before, after)
    if exact:
        yield _match(member, exact[0], None)
        return
    certain = False
    for candidate in member.store.same_skeleton(segment.source, src_lang, tgt_lang)[:_REPAIRED_AT_MOST]:
        rank, match = _match(member, candidate, _Source(segment.source, None))
        certain = certain or match.similarity + member.penalty >= OTHER_PUNCTUATION
        if match.repairs or match.found >= at_least:
            yield rank, match
    if certain:
        return
    short = terms is not None and len(segment.source.split()) <= _SHORT
    for candidate in member.store.find(
        segment.source,
        src_lang,
        tgt_lang,
        at_least=min(at_least, _REPAIRED_FROM) if short else at_least,
        limit=_REPAIRED_AT_MOST,
    ):
        rank, match = _match(member, candidate, _Source(segment.source, terms))
        if match.repairs or match.found >= at_least:
            yield rank, match


@dataclass(frozen=True, slots=True)
class _Source:
    text: str
    terms: TermReader | None


def _match(member: Member, candidate: Candidate, source: _Source | None) -> tuple[_Rank, MemoryMatch]:
    entry = candidate.entry
    mended = repaired(entry, source.text, source.terms) if source is not None else None
    reached = candidate.similarity if mended is None else mended.similarity
    match = MemoryMatch(
        target=entry.target if mended is None else mended.target,
        similarity=max(0, reached - member.penalty),
        kind=candidate.kind,
        entry=entry,
        found=candidate.similarity,
        repairs=() if mended is None else mended.repairs,
        penalty=member.penalty,
        memory=member.name,
        enforced=member.enforce and candidate.kind in (MatchKind.CONTEXT, MatchKind.EXACT),
    )
    rank = (
        match.enforced,
        match.similarity,
        match.kind is MatchKind.CONTEXT,
        member.enforce,
        member.prefer,
        entry.written,
        entry.id,
    )
    return rank, match


def open_memory(path: str | Path) -> MemorySet:
    """Open a store, an exchange file, or a folder of both. Raises InputError, FormatError, StoreError."""
    place = Path(path)
    if not place.exists():
        raise InputError(f"{path}: there is no such translation memory.", "Make it: mtkit memory import.")
    if not place.is_dir():
        return MemorySet([Member(place.name, _open(place))], str(path))
    members = [
        Member(
            str(file),
            _open(place / file),
            enforce="enforce" in file.parts[:-1],
            prefer=not _PREFERRED.isdisjoint(file.parts[:-1]),
            penalty=max((_penalty(place, name) for name in file.parts[:-1]), default=0),
        )
        for file in _files(place)
    ]
    if not members:
        raise InputError(
            f"{path}: no translation memory in this folder.",
            f"mtkit reads {', '.join(sorted(SUFFIXES | _STORES))}.",
        )
    return MemorySet(members, str(path))


def store_path(path: str | Path) -> Path:
    """The file that is written to: `path` itself, or the main store of the folder it is."""
    place = Path(path)
    if place.is_dir() or str(path).endswith("/"):
        return place / MAIN_STORE
    if place.suffix.lower() in SUFFIXES:
        raise ConfigError(
            f"{path}: an exchange file is read, not written to.",
            f"Name a store: {place.with_suffix(STORE_SUFFIX)}.",
        )
    return place


def _penalty(root: Path, name: str) -> int:
    penalty = _PENALTY.fullmatch(name)
    if penalty is not None and int(penalty[1]) > 100:
        raise ConfigError(f"{root}: a penalty goes from 0 to 100, that of {name} does not.", "Rename it.")
    return int(penalty[1]) if penalty else 0


def _files(root: Path) -> list[Path]:
    """Memories below a folder, relative to it; nothing of machines."""
    return [
        file
        for file in (each.relative_to(root) for each in files_below(root))
        if file.suffix.lower() in SUFFIXES | _STORES and _MACHINES not in file.parts[:-1]
    ]


def files_below(folder: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """Files below a folder by their names, in linked folders, too; nothing hidden.

    A link to a folder that it lies in, or to one of those `above`, leads nowhere new. Raises InputError.
    """
    around = above | {folder.resolve()}
    try:
        within = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(
            f"{folder}: this folder cannot be read ({error.strerror or error}).", "See to its permissions."
        ) from error
    for path in within:
        if path.name.startswith("."):
            continue
        if path.is_file():
            yield path
        elif path.is_dir() and path.resolve() not in around:
            yield from files_below(path, around)


def _open(file: Path) -> TranslationMemory:
    return _indexed(file) if file.suffix.lower() in SUFFIXES else TranslationMemory(file)


def _indexed(file: Path) -> TranslationMemory:
    """The store made of an exchange file, from the cache where this very file was read before."""
    with open(file, "rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    place = cache_dir() / "memory" / f"{digest[:32]}-{SCHEMA.version}.{READING}{STORE_SUFFIX}"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f".{secrets.token_hex(8)}{STORE_SUFFIX}")
        try:
            store = TranslationMemory(unfinished, create=True)
            store.add(entry for entry in read_entries(file) if entry.origin != UNREVIEWED)
            store.close()
            os.replace(unfinished, place)
        finally:
            for rest in ("", "-wal", "-shm"):
                Path(f"{unfinished}{rest}").unlink(missing_ok=True)
    return TranslationMemory(place)
