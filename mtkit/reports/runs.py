"""Find run records and read them back into the values they were made of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from mtkit.documents.base import RUN_RECORD_SUFFIX, record_path
from mtkit.documents.files import read_bytes
from mtkit.errors import FormatError, InputError
from mtkit.text.unicode import decode
from mtkit.types import Finding, Origin, Segment, Severity, Span, TermHit, Translation


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One translated document; `name` is the record's place in its run without the suffix.

    `edited`: the translation beside the record is no longer what mtkit wrote. `drafts` are what it wrote for
    each segment where `translations` are what an edited file says now; else there are none.
    """

    path: str
    name: str
    document: str
    format: str
    engine: Mapping[str, Any]
    termbase: Mapping[str, Any]
    settings: Mapping[str, Any]
    segments: tuple[Segment, ...]
    translations: tuple[Translation, ...]
    edited: bool = False
    drafts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Records that belong together, in the order of their paths."""

    name: str
    records: tuple[RunRecord, ...]


def read_run(paths: Sequence[str | Path], name: str = "") -> Run:
    """Read the records that `paths` name: records, folders of them, translated files that have one beside.

    Raises InputError where there is none, FormatError for one that mtkit did not write.
    """
    found = [(path, root) for given in paths for path, root in _find(Path(given))]
    records = tuple(_read(path, root) for path, root in dict(found).items())
    return Run(name=name or _run_name(Path(paths[0])), records=records)


def _run_name(path: Path) -> str:
    return path.name.removesuffix(RUN_RECORD_SUFFIX) or str(path.resolve().name)


def _find(path: Path) -> list[tuple[Path, Path]]:
    """Records, each with the folder that its name is relative to."""
    if path.is_dir():
        records = sorted(path.rglob(f"*{RUN_RECORD_SUFFIX}"))
        if not records:
            raise InputError(
                f"{path}: no run record (*{RUN_RECORD_SUFFIX}) in this folder.",
                "Name the folder that mtkit translate wrote to.",
            )
        return [(record, path) for record in records]
    if path.name.endswith(RUN_RECORD_SUFFIX):
        return [(path, path.parent)]
    beside = record_path(path)
    if not beside.is_file():
        problem = f"there is no run record {beside.name} beside it" if path.exists() else "no such file"
        raise InputError(f"{path}: {problem}.", "Name a file that mtkit translate wrote with -o.")
    return [(beside, path.parent)]


def _read(path: Path, root: Path) -> RunRecord:
    text = decode(read_bytes(path), path)
    try:
        record = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise FormatError(path, "not valid JSON.", "Translate the article again.", line) from error
    where = "the record"
    try:
        segments, translations = [], []
        for number, entry in enumerate(record["segments"], 1):
            where = f"segment {number}"
            segments.append(_segment(entry))
            translations.append(_translation(entry))
        where = "the record"
        return RunRecord(
            path=str(path),
            name=path.relative_to(root).as_posix().removesuffix(RUN_RECORD_SUFFIX),
            document=_string(record["source"]),
            format=_string(record["format"]),
            engine=_mapping(record["engine"]),
            termbase=_mapping(record["termbase"] or {}),
            settings=_mapping(record["settings"]),
            segments=tuple(segments),
            translations=tuple(translations),
            edited=_is_edited(path, record.get("output_sha256")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"lacks {error}" if isinstance(error, KeyError) else f"is not a run record's ({error})"
        raise FormatError(path, f"{where} {problem}.", "Translate the article again.") from error


def _is_edited(record: Path, written: str | None) -> bool:
    output = Path(str(record).removesuffix(RUN_RECORD_SUFFIX))
    return written is not None and output.is_file() and sha256(read_bytes(output)).hexdigest() != written


def _segment(entry: Mapping[str, Any]) -> Segment:
    return Segment(
        id=_string(entry["id"]),
        source=_string(entry["source"]),
        src_lang=_string(entry["src_lang"]),
        tgt_lang="ru",
    )


def _translation(entry: Mapping[str, Any]) -> Translation:
    source, target, segment_id = entry["source"], _string(entry["target"]), entry["id"]
    return Translation(
        segment_id=segment_id,
        target=target,
        origin=Origin(entry["origin"]),
        score=None if entry["score"] is None else float(entry["score"]),
        hits=tuple(
            TermHit(
                concept_id=_string(hit["concept"]),
                src_span=_required_span(hit["src"], source),
                tgt_span=_span(hit["tgt"], target),
                form=_string(hit["form"]),
                ok=bool(hit["ok"]),
                strategy=_string(hit["strategy"]),
            )
            for hit in entry["hits"]
        ),
        findings=tuple(
            Finding(
                check=_string(finding["check"]),
                severity=Severity(finding["severity"]),
                segment_id=segment_id,
                message=_string(finding["message"]),
                src_span=_span(finding["src"], source),
                tgt_span=_span(finding["tgt"], target),
                suggestion=None if finding["suggestion"] is None else _string(finding["suggestion"]),
            )
            for finding in entry["findings"]
        ),
    )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} stands where a string should")
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} stands where an object should")
    return value


def _required_span(value: Any, text: str) -> Span:
    start, end = value
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= len(text):
        raise ValueError(f"span {value} does not lie in its text")
    return Span(start, end)


def _span(value: Any, text: str) -> Span | None:
    return None if value is None else _required_span(value, text)
