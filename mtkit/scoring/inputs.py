"""Read one side of a test set: plain lines, a TSV column, a JSON Lines field, a run record, XLIFF, TMX or PO.

Of a table it is the rows, of any other document that mtkit translates the sentences. A side is named `PATH`
or `PATH#COLUMN` (in TMX `PATH#LANGUAGE`); `-` is standard input; `.gz` is unpacked. Text is NFC; lines lose
the white space at their end, as in sacreBLEU, so that scores agree with it.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from mtkit.documents.base import (
    RUN_RECORD_SUFFIX,
    known_suffixes,
    read_document,
    record_path,
    with_fields,
)
from mtkit.documents.files import read_bytes
from mtkit.documents.table_columns import columns_by_header, names_text
from mtkit.errors import FormatError, InputError, LengthMismatchError
from mtkit.scoring.base import ParallelText
from mtkit.scoring.bilingual_files import SUFFIXES, read_bilingual
from mtkit.text.edit_alignment import Sentence
from mtkit.text.sentence_alignment import align_translation
from mtkit.text.unicode import decode


class Side(StrEnum):
    HYPOTHESIS = "hypothesis"
    REFERENCE = "reference"
    SOURCE = "source"
    DOCUMENT = "document"


LINES_SUFFIXES = (".txt", ".text")
"""Suffixes of documents that are read line by line here."""
_ALIGNED_AT_MOST = 3000
"""Segments of sides whose difference is looked for."""
_MOST_GROWTH = 1.2
"""How much longer or shorter than its source a translation is in all; beyond, something is missing."""
_RUNNING = ("line", "sentence")
"""Units of files that can be read as running text."""
FIELDS = {
    Side.HYPOTHESIS: ("hypothesis", "translation", "target"),
    Side.REFERENCE: ("reference", "target"),
    Side.SOURCE: ("source", "text"),
    Side.DOCUMENT: ("document", "doc", "doc_id", "docid"),
}
"""Column and field names looked for, in this order, where none is given."""


_TABLES = ("csv", "tsv")
_WITH_FIELDS = (".csv", ".json")
"""Suffixes of documents of which a side may be one column or field."""

Options = Mapping[str, Mapping[str, Any]]
"""Options of document formats, by their names."""


def read_side(name: str, side: Side, options: Options | None = None) -> list[str]:
    """Segments of one side, in order; `options` say what was translated of a document (see options_of_run).

    Raises InputError for a file that is missing or empty, FormatError where it cannot be read.
    """
    path, column = _split_column(name)
    raw = _read(path)
    stem = path.removesuffix(".gz")
    suffix = Path(stem).suffix.lower()
    if suffix in SUFFIXES:
        wanted = "source" if side is Side.SOURCE else "target"
        segments = read_bilingual(raw, path, suffix, column, wanted)
    elif stem.endswith(RUN_RECORD_SUFFIX):
        segments = [_field(each, path, side, "", None) for each in _run_record(raw, path)["segments"]]
    elif stem.endswith((".jsonl", ".ndjson")):
        segments = _read_json_lines(decode(raw, path), path, side, column)
    elif column and suffix in _WITH_FIELDS:
        segments = _read_document(raw, stem, side, with_fields({}, column))
    elif suffix == ".tsv" and not column and (options or {}).get("tsv", {}).get("columns"):
        segments = _read_document(raw, stem, side, options)
    elif suffix == ".tsv" or column:
        segments = _read_tsv(decode(raw, path), path, side, column)
    elif suffix and suffix not in LINES_SUFFIXES and suffix in known_suffixes():
        segments = _read_document(raw, stem, side, options)
    else:
        segments = _lines(decode(raw, path))
    if not any(segment.strip() for segment in segments):
        raise InputError(f"{path} has no text in it.", "Give a file with one segment a line.")
    return [segment.rstrip() for segment in segments]


def options_of_run(path: str) -> dict[str, Mapping[str, Any]]:
    """What was translated of the columns or fields of a file, by the run record beside it; {} without one.

    Raises InputError, FormatError.
    """
    place = record_path(Path(path))
    if path == "-" or not place.is_file():
        return {}
    record = read_run_record(str(place))
    name, options = record.get("format"), record.get("format_options")
    return {name: options} if name in (*_TABLES, "json", "jsonl") and isinstance(options, dict) else {}


def read_run_record(path: str) -> dict[str, Any]:
    """A run record, which has a list of segments. Raises InputError, FormatError."""
    return _run_record(_read(path), path)


def read_parallel(
    hypothesis: str, references: Sequence[str], source: str | None = None
) -> tuple[list[str], list[list[str]], list[str] | None]:
    """Hypotheses, references and sources; LengthMismatchError names the two files that differ."""
    text = read_parallel_text(hypothesis, references, source)
    sources = None if text.sources is None else list(text.sources)
    return list(text.hypotheses), [list(side) for side in text.references], sources


def read_parallel_text(
    hypothesis: str, references: Sequence[str], source: str | None = None, document: str | None = None
) -> ParallelText:
    """All sides of a test set; LengthMismatchError names the two files that differ."""
    names = [(hypothesis, Side.HYPOTHESIS), *((name, Side.REFERENCE) for name in references)]
    names += [(name, side) for name, side in ((source, Side.SOURCE), (document, Side.DOCUMENT)) if name]
    hyps, *others = _read_sides(names, options_of_run(hypothesis))
    rest = iter(others[len(references) :])
    return ParallelText(
        hypotheses=hyps,
        references=others[: len(references)],
        sources=next(rest) if source else None,
        documents=next(rest) if document else None,
    )


def _read_sides(names: Sequence[tuple[str, Side]], options: Options) -> list[list[str]]:
    if sum(name == "-" for name, _ in names) > 1:
        raise InputError("Standard input can be only one side.", "Give files for the other sides.")
    sides = [read_side(name, side, options) for name, side in names]
    for named, segments in zip(names, sides, strict=True):
        if len(segments) != len(sides[0]):
            raise _mismatch(names[0][0], sides[0], named, segments)
    return sides


def _mismatch(
    hypothesis: str, targets: Sequence[str], other: tuple[str, Side], texts: Sequence[str]
) -> LengthMismatchError:
    name, side = other
    unit, counts = _unit(hypothesis), (len(targets), len(texts))
    comparable = side is not Side.DOCUMENT and max(counts) <= _ALIGNED_AT_MOST
    part = parting(texts, targets, alike=side is Side.REFERENCE) if comparable else None
    hint = f"They must be parallel, {unit} by {unit}{f': mend that {unit}' if part else ''}"
    if side is Side.SOURCE and _unit(name) in _RUNNING and unit in _RUNNING:
        hint += f"; mtkit check {hypothesis} --src {name} says what has no partner"
    where = "" if part is None else f"{unit} {part} of {hypothesis}"
    return LengthMismatchError(hypothesis, counts[0], name, counts[1], parting=where, hint=f"{hint}.")


def _unit(name: str) -> str:
    """What the segments of a side are called."""
    path, column = _split_column(name)
    stem = path.removesuffix(".gz")
    suffix = Path(stem).suffix.lower()
    if suffix in SUFFIXES or stem.endswith((RUN_RECORD_SUFFIX, ".jsonl", ".ndjson")):
        return "segment"
    if suffix == ".tsv" or column:
        return "row"
    return "sentence" if suffix not in LINES_SUFFIXES and suffix in known_suffixes() else "line"


def parting(texts: Sequence[str], targets: Sequence[str], *, alike: bool = False) -> int | None:
    """The first target, from 1, that is no longer the only partner of the text in the same place.

    None where there is none; `alike` are texts in one language.
    """
    ours, theirs = ([Sentence(" ".join(text.split())) for text in side] for side in (texts, targets))
    growth = max(sum(map(len, targets)), 1) / max(sum(map(len, texts)), 1)
    growth = min(max(growth, 1 / _MOST_GROWTH), _MOST_GROWTH)
    pairs = align_translation(ours, theirs, growth, texts if alike else ())
    place = 0
    for pair in pairs:
        if pair != ((place, place + 1), (place, place + 1)):
            break
        place += 1
    return place + 1 if place < max(len(texts), len(targets)) else None


def _split_column(name: str) -> tuple[str, str]:
    if Path(name).exists():
        return name, ""
    path, _, column = name.rpartition("#")
    return (path, column) if path and column else (name, "")


def _read(path: str) -> bytes:
    content = sys.stdin.buffer.read() if path == "-" else read_bytes(path)
    if path.endswith(".gz"):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            raise FormatError(
                path, f"not a complete gzip file ({error}).", "Fetch or pack it again."
            ) from error
    return content


def _read_document(raw: bytes, path: str, side: Side, options: Options | None) -> list[str]:
    """The sentences of a document, the rows of a table."""
    language = "auto" if side is Side.SOURCE else "ru"
    with asking_for_column(path):
        document = read_document(path, language, "ru", raw=raw, options=options)
    if document.format not in _TABLES:
        return [segment.source for segment in document.segments]
    rows: dict[str, list[str]] = {}
    for segment in document.segments:
        rows.setdefault(segment.id.partition(".")[0], []).append(segment.source)
    return [" ".join(row) for row in rows.values()]


@contextmanager
def asking_for_column(path: str) -> Iterator[None]:
    """A FormatError that asks for --fields, which a side does not have, asks for its column instead."""
    try:
        yield
    except FormatError as error:
        if "--fields" not in error.hint:
            raise
        raise FormatError(path, error.problem, _which_column(path), error.line) from error


def _which_column(path: str) -> str:
    return f"Say which one: {path}#3 or {path}#NAME."


def _lines(text: str) -> list[str]:
    """Lines ended by LF or CR LF; the other separators that str.splitlines knows stay in the text."""
    return text.removesuffix("\n").split("\n") if text else []


def _read_tsv(text: str, path: str, side: Side, column: str) -> list[str]:
    rows = [line.split("\t") if line else [] for line in _lines(text)]
    header = rows[0] if rows else []
    if column.isdecimal():
        index = int(column) - 1
    elif column:
        if column not in header:
            raise FormatError(path, f"no column {column!r}.", f"The header has: {', '.join(header)}.", 1)
        index, rows[0] = header.index(column), []
    elif len(header) == 1:
        index = 0
    else:
        index, rows[0] = _column_of(header, side, path) - 1, []
    numbered = [(line, row) for line, row in enumerate(rows, 1) if row]
    for line, row in numbered:
        if not 0 <= index < len(row):
            raise FormatError(path, f"no column {index + 1}, the row has {len(row)}.", "Mend the row.", line)
    return [row[index] for _, row in numbered]


def _column_of(header: Sequence[str], side: Side, path: str) -> int:
    """The number of the column that a header names for a side."""
    if known := next((name for name in FIELDS[side] if name in header), None):
        return header.index(known) + 1
    if side is not Side.DOCUMENT and names_text(header):
        with asking_for_column(path):
            columns, _ = columns_by_header(header, path, 1, "auto" if side is Side.SOURCE else "ru")
        if len(columns) == 1:
            return columns[0]
    problem = f"{len(header)} columns, and none is named {' or '.join(FIELDS[side])}."
    raise FormatError(path, problem, _which_column(path), 1)


def _read_json_lines(text: str, path: str, side: Side, field: str) -> list[str]:
    return [
        _field(_parse_json(line, path, number), path, side, field, number)
        for number, line in enumerate(_lines(text), 1)
        if line.strip()
    ]


def _run_record(raw: bytes, path: str) -> dict[str, Any]:
    record = _parse_json(decode(raw, path), path, 1)
    segments = record.get("segments")
    if not isinstance(segments, list) or not all(isinstance(each, dict) for each in segments):
        raise FormatError(path, "not a run record: it has no list of segments.", "Translate again.")
    return record


def _parse_json(text: str, path: str, line: int) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(
            path, f"not valid JSON, column {error.colno}: {error.msg}.", "Mend it.", line + error.lineno - 1
        ) from error
    except RecursionError as error:
        raise FormatError(path, "JSON nested too deep.", "Write flat objects.", line) from error
    if not isinstance(value, dict):
        raise FormatError(path, "not a JSON object.", "Each line must be one object.", line)
    return value


def _field(value: dict[str, Any], path: str, side: Side, field: str, line: int | None) -> str:
    wanted = (field,) if field else FIELDS[side]
    found = next((value[name] for name in wanted if isinstance(value.get(name), str)), None)
    if found is None:
        raise FormatError(
            path,
            f"no text under {' or '.join(repr(name) for name in wanted)}.",
            f"Say which field: {path}#NAME. This one has: {', '.join(value)}.",
            line,
        )
    return str(found)
