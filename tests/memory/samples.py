"""Entries and stores for the tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from mtkit.memory.entries import Entry
from mtkit.memory.folders import Member, MemorySet
from mtkit.memory.store import TranslationMemory
from mtkit.types import Segment


def entry(source: str, target: str, written: str = "2026-01-01T00:00:00Z", **more: Any) -> Entry:
    vietnamese = Entry(source=source, target=target, src_lang="vi", tgt_lang="ru", written=written)
    return replace(vietnamese, **more)


def store(folder: Path, *entries: Entry, name: str = "memory.db") -> TranslationMemory:
    made = TranslationMemory(folder / name, create=True)
    made.add(entries)
    return made


def memory(folder: Path, *entries: Entry) -> MemorySet:
    return MemorySet([Member("memory.db", store(folder, *entries))])


def segments(*sources: str, lang: str = "vi") -> list[Segment]:
    return [
        Segment(id=str(number), source=source, src_lang=lang, tgt_lang="ru")
        for number, source in enumerate(sources, 1)
    ]
