"""What became of the terms of a translated document, from its run record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtkit.errors import FormatError, InputError

RECORD_SUFFIX = ".mtkit.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One term of a source: the words found, the form in the target and how it came there.

    `ok` False: the target lacks the term; then `form` is a forbidden rendering in its place, or "".
    """

    segment_id: str
    concept_id: str
    source: str
    form: str
    strategy: str
    ok: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTerms:
    """The terms of one document in order; `path` is its source."""

    path: str
    occurrences: tuple[Occurrence, ...]

    @property
    def held(self) -> int:
        return sum(each.ok for each in self.occurrences)

    @property
    def strategies(self) -> dict[str, int]:
        """How many terms that are in the target came there by each strategy, most frequent first."""
        return dict(Counter(each.strategy for each in self.occurrences if each.ok).most_common())


def find_records(paths: Iterable[Path]) -> list[Path]:
    """Run records: the files named, and those of folders below, sorted. Raises InputError."""
    records: list[Path] = []
    for path in paths:
        found = sorted(path.rglob(f"*{RECORD_SUFFIX}")) if path.is_dir() else [path]
        if not found:
            raise InputError(
                f"{path}: there is no run record in it.", f"They end in {RECORD_SUFFIX}; translate with -o."
            )
        records += found
    return records


def read_record(path: Path) -> DocumentTerms:
    """Read the terms of one run record. Raises InputError, FormatError."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).", "Check the path.") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise FormatError(path, "is no run record.", "Name a file that mtkit translate wrote.") from error
    except json.JSONDecodeError as error:
        problem = f"is no run record: broken JSON ({error.msg})."
        raise FormatError(path, problem, "Name one, or translate again.", error.lineno) from error
    try:
        return DocumentTerms(path=record["source"], occurrences=tuple(_occurrences(record)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormatError(path, "is no run record.", "Name a file that mtkit translate wrote.") from error


def _occurrences(record: Mapping[str, Any]) -> Iterator[Occurrence]:
    for segment in record["segments"]:
        for hit in segment["hits"]:
            start, end = hit["src"]
            yield Occurrence(
                segment_id=segment["id"],
                concept_id=hit["concept"],
                source=segment["source"][start:end],
                form=hit["form"],
                strategy=hit["strategy"],
                ok=hit["ok"],
            )
