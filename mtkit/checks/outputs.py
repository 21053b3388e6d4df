"""Translations that mtkit wrote: the sources are in the run record beside each."""

from __future__ import annotations

import glob
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mtkit.checks.aligned import aligned_text
from mtkit.checks.base import MISSING, NO_TERMS, CheckContext
from mtkit.checks.inputs import document_places, has_own_source, read_pair
from mtkit.checks.places import Place, located
from mtkit.checks.run import CheckedText
from mtkit.documents.base import RUN_RECORD_SUFFIX, create_format, record_path
from mtkit.documents.edited import EditedUnit, KeepsSources, read_edited, stays_in_place
from mtkit.documents.files import read_bytes, text_lines
from mtkit.errors import FormatError, InputError
from mtkit.scoring.inputs import read_run_record
from mtkit.text.language import SOURCE_LANGUAGES, source_language
from mtkit.types import Segment


@dataclass(frozen=True, slots=True)
class Output:
    """A translated file with the sources of its record; `edited` where the file has changed since."""

    text: CheckedText
    edited: bool


def has_record(path: str) -> bool:
    return record_path(Path(path)).is_file()


def is_made_of(path: str, source: str) -> bool:
    """Whether the record beside a translation says that it was made of this very source."""
    if not (has_record(path) and Path(source).is_file()):
        return False
    recorded = read_run_record(str(record_path(Path(path)))).get("source_sha256")
    return recorded == hashlib.sha256(read_bytes(source)).hexdigest()


def _is_record(path: str) -> bool:
    return path.removesuffix(".gz").endswith(RUN_RECORD_SUFFIX)


def glossary_of_run(path: str) -> str | None:
    """The glossary of the run that a record, or the record beside a file, tells of; None where none does."""
    if not _is_record(path) and not has_record(path):
        return None
    place = path if _is_record(path) else str(record_path(Path(path)))
    settings = read_run_record(place).get("settings")
    named = settings.get("glossary") if isinstance(settings, dict) else None
    return named if isinstance(named, str) else None


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


def with_sources(folder: str, sources: str) -> list[tuple[str, str]]:
    """The translated files under one folder (see outputs_in), each with its source under the other.

    A source stands where its translation does, or is the file that the record was made of. Raises InputError.
    """
    pairs = []
    for path in outputs_in(folder):
        place = path if _is_record(path) else str(record_path(Path(path)))
        name = Path(str(read_run_record(place).get("source"))).name
        beside = Path(sources, Path(path).relative_to(folder).parent, name)
        found = [beside] if beside.is_file() else sorted(Path(sources).rglob(glob.escape(name)))
        if len(found) > 1:
            found = [each for each in found if is_made_of(path, str(each))]
        if not found:
            raise InputError(f"{sources}: no {name}, the source of {path}.", "Name the sources' folder.")
        pairs.append((path, str(found[0])))
    return pairs


def read_output(path: str, context: CheckContext = NO_TERMS) -> Output:
    """A translated file beside its sources, paired with them anew where it was edited since (see read_pair).

    Raises InputError, FormatError.
    """
    place = str(record_path(Path(path)))
    record = read_run_record(place)
    text = _recorded(record, place)
    raw = read_bytes(path)
    lines = text_lines(raw, path)
    if record.get("output_sha256") == hashlib.sha256(raw).hexdigest():
        places = located([each.id for each in text.segments], text.targets, lines)
        return Output(replace(text, path=path, places=places), edited=False)
    src_lang = text.segments[0].src_lang if text.segments else "ru"
    name, options = str(record.get("format", "text")), record.get("format_options") or {}
    if not isinstance(options, dict):
        raise FormatError(place, "its format_options are not an object.", "Translate again.")
    if has_own_source(path) and not isinstance(create_format(name, options), KeepsSources):
        return Output(read_pair(path, path, src_lang), edited=True)
    units = read_edited(path, format=name, options=options, src_lang=src_lang)
    if any(unit.sources for unit in units):
        return Output(_rows(path, units, src_lang, text.segments, lines), edited=True)
    now = [sentence for unit in units for sentence in unit.sentences()]
    written = [(each.id, target) for each, target in zip(text.segments, text.targets, strict=True)]
    if stays_in_place(name, written, units):
        targets = tuple(target for _, target in now)
        places = located([each.id for each in text.segments], targets, lines)
        return Output(replace(text, path=path, targets=targets, places=places), edited=True)
    found = [Segment(id=id, source=target, src_lang="ru", tgt_lang="ru") for id, target in now]
    places = document_places(found, lines)
    aligned = aligned_text(path, text.segments, found, places, text.targets, context)
    return Output(aligned, edited=True)


def _rows(
    path: str, units: Sequence[EditedUnit], src_lang: str, recorded: Sequence[Segment], lines: Sequence[str]
) -> CheckedText:
    """The rows of a file that has its sources in it, then the recorded sources that no row has, MISSING."""
    rows = [
        Segment(id=unit.id, source=" ".join(unit.sources), src_lang=src_lang, tgt_lang="ru") for unit in units
    ]
    found = Counter(source for unit in units for source in unit.sources)
    gone = []
    for each in recorded:
        if found[each.source] < 1:
            gone.append(replace(each, id=f"{each.id}.{MISSING}", tags=(*each.tags, MISSING)))
        found[each.source] -= 1
    targets = [" ".join(unit.targets) for unit in units]
    return CheckedText(
        path=path,
        segments=(*rows, *gone),
        targets=(*targets, *[""] * len(gone)),
        places=(*located([each.id for each in rows], targets, lines), *[Place()] * len(gone)),
    )


def read_own_source(path: str, src_lang: str = "auto") -> CheckedText:
    """Both sides of a run record or of a bilingual file (see read_record)."""
    if _is_record(path):
        return read_record(path, src_lang)
    return read_pair(path, path, src_lang)


def read_record(path: str, src_lang: str = "auto") -> CheckedText:
    """Both sides of a run record, each segment in the language that the record says.

    `src_lang` is for a record that says none. Raises InputError, FormatError; ConfigError where the language
    cannot be told.
    """
    return _recorded(read_run_record(path), path, src_lang)


def _recorded(record: Mapping[str, Any], path: str, src_lang: str = "auto") -> CheckedText:
    entries = record["segments"]
    sides = [[entry.get(side) for entry in entries] for side in ("source", "target")]
    if not all(isinstance(text, str) for texts in sides for text in texts):
        raise FormatError(path, "a segment has no source or no target.", "Translate again.")
    sources, targets = sides
    ids = [str(entry.get("id")) for entry in entries]
    if len(set(ids)) < len(ids):
        ids = [str(number) for number in range(1, len(ids) + 1)]
    languages = [entry.get("src_lang") for entry in entries]
    if not all(language in SOURCE_LANGUAGES for language in languages):
        languages = [source_language(sources, src_lang, path)] * len(ids)
    segments = (
        Segment(id=segment_id, source=source, src_lang=language, tgt_lang="ru")
        for segment_id, source, language in zip(ids, sources, languages, strict=True)
    )
    return CheckedText(
        path=path, segments=tuple(segments), targets=tuple(targets), places=(Place(),) * len(ids)
    )
