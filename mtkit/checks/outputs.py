"""Translations that mtkit wrote: the sources are in the run record beside each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtkit.checks.inputs import SOURCE_LANGUAGES, source_language
from mtkit.checks.run import CheckedText, Place
from mtkit.documents.base import RUN_RECORD_SUFFIX, read_document
from mtkit.documents.files import read_bytes, text_lines
from mtkit.errors import InputError
from mtkit.scoring.inputs import Side, read_side
from mtkit.text.unicode import decode
from mtkit.types import Segment


@dataclass(frozen=True, slots=True)
class Output:
    """A translated file with the sources of its record; `edited` where the file has changed since."""

    text: CheckedText
    edited: bool


def has_record(path: str) -> bool:
    return _beside(path).is_file()


def outputs_in(folder: str | Path) -> list[str]:
    """Translated files under a folder that have their record beside them; the record where the file is gone.

    Raises InputError where there is none.
    """
    records = sorted(Path(folder).rglob(f"*{RUN_RECORD_SUFFIX}"))
    if not records:
        raise InputError(
            f"{folder}: no run record (*{RUN_RECORD_SUFFIX}) in this folder.",
            "Name the folder that mtkit translate wrote to, or the files one by one.",
        )
    translated = (record.with_name(record.name.removesuffix(RUN_RECORD_SUFFIX)) for record in records)
    return [str(path if path.is_file() else record) for path, record in zip(translated, records, strict=True)]


def read_output(path: str) -> Output | None:
    """A translated file beside its sources; None where it was edited into other segments than it had.

    Raises InputError, FormatError.
    """
    record_path = str(_beside(path))
    text = read_record(record_path)
    segments, targets = text.segments, text.targets
    record = json.loads(decode(read_bytes(record_path), record_path))
    raw = read_bytes(path)
    edited = record.get("output_sha256") != hashlib.sha256(raw).hexdigest()
    if edited:
        found = read_document(path, "ru", "ru", format=record.get("format"), raw=raw).segments
        if len(found) != len(segments):
            return None
        targets = tuple(segment.source for segment in found)
    places = _places(segments, targets, text_lines(raw, path))
    return Output(CheckedText(path=path, segments=segments, targets=targets, places=places), edited)


def read_record(path: str, src_lang: str = "auto") -> CheckedText:
    """Both sides of a run record, each segment in the language that the record says.

    `src_lang` is for a record that says none. Raises InputError, FormatError; ConfigError where the language
    cannot be told.
    """
    targets, sources = read_side(path, Side.HYPOTHESIS), read_side(path, Side.SOURCE)
    entries: list[dict[str, Any]] = json.loads(decode(read_bytes(path), path))["segments"]
    ids = [str(entry.get("id")) for entry in entries]
    if len(set(ids)) < len(ids):
        ids = [str(number) for number in range(1, len(ids) + 1)]
    languages = [entry.get("src_lang") for entry in entries]
    if not all(language in SOURCE_LANGUAGES for language in languages):
        languages = [source_language(sources, src_lang, path)] * len(ids)
    segments = (
        Segment(id=segment_id, source=source, src_lang=str(language), tgt_lang="ru")
        for segment_id, source, language in zip(ids, sources, languages, strict=True)
    )
    return CheckedText(
        path=path, segments=tuple(segments), targets=tuple(targets), places=(Place(),) * len(ids)
    )


def _beside(path: str) -> Path:
    return Path(path + RUN_RECORD_SUFFIX)


def _places(segments: Sequence[Segment], targets: Sequence[str], lines: Sequence[str]) -> tuple[Place, ...]:
    """Where each target stands, for the formats whose ids name the line; else the line is not known."""
    places = []
    for segment, target in zip(segments, targets, strict=True):
        number = segment.id.partition(".")[0]
        line = int(number) if number.isdecimal() else 0
        column = lines[line - 1].find(target) if 0 < line <= len(lines) else -1
        places.append(Place(line, column + 1) if column >= 0 else Place())
    return tuple(places)
