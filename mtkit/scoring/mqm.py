"""MQM scorecards: errors that a reviewer marked, and the score they come to.

Severities weigh 0, 1, 5 and 25 points; the score is 100 less the points per hundred words (the linear raw
model of Lommel et al., "The Multi-Range Theory of Translation Quality Measurement", 2024). Words are those of
the translation, as ISO 5060 allows: Vietnamese writes syllables apart.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from mtkit import __version__
from mtkit.documents.files import read_bytes
from mtkit.errors import FormatError, InputError, UnknownNameError
from mtkit.scoring.base import Bootstrap, DetailedScore, ParallelText, Statistics
from mtkit.scoring.evaluate import evaluate
from mtkit.text.unicode import decode
from mtkit.types import Span

EXPORT_FORMAT = "mtkit-mqm"
NO_ERROR = "No-error"
FEWEST_WORDS = 500
"""Below this a linear score misleads; the MQM council's samples have 500 to 20,000 words."""

_TSV_COLUMNS = (
    "run",
    "document",
    "segment",
    "side",
    "start",
    "end",
    "category",
    "severity",
    "source",
    "target",
)


class MqmSeverity(StrEnum):
    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def weight(self) -> int:
        return {"neutral": 0, "minor": 1, "major": 5, "critical": 25}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class MqmError:
    """A marked error; an empty span is the whole segment. `side` is "source" or "target"."""

    category: str
    severity: MqmSeverity
    span: Span
    side: str = "target"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MqmSegment:
    """A reviewed segment of one run; no errors means that the reviewer found none."""

    run: str
    document: str
    id: str
    source: str
    target: str
    errors: tuple[MqmError, ...] = ()

    @property
    def words(self) -> int:
        return sum(any(map(str.isalnum, word)) for word in self.target.split())

    def count(self, severity: MqmSeverity) -> int:
        return sum(error.severity == severity for error in self.errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class MqmScorecard:
    segments: tuple[MqmSegment, ...]

    @property
    def runs(self) -> tuple[str, ...]:
        """Names of the runs reviewed, in their order."""
        return tuple(dict.fromkeys(segment.run for segment in self.segments))


class MqmMetric:
    """The Metric of reviewed segments: a segment's statistics are its errors by severity, and its words."""

    name = "mqm"
    needs_source = False
    needs_reference = False

    def __init__(self, segments: Sequence[MqmSegment]) -> None:
        self._segments = segments

    def stats(self, text: ParallelText) -> list[Statistics]:
        """Statistics of the reviewed segments, whose targets are the hypotheses of `text`."""
        return [
            (*(float(segment.count(severity)) for severity in MqmSeverity), float(segment.words))
            for segment in self._segments
        ]

    def aggregate(self, stats: Sequence[Statistics]) -> DetailedScore:
        total = [sum(column) for column in zip(*stats, strict=True)]
        counts = [
            f"{severity.value} = {count:.0f}" for severity, count in zip(MqmSeverity, total, strict=False)
        ]
        return DetailedScore(
            metric="MQM",
            value=self.value(total),
            higher_is_better=True,
            signature=self.signature(),
            verbose=f"({' '.join(counts)} segments = {len(stats)} words = {total[-1]:.0f})",
            counted=total[-1],
        )

    def value(self, total: Statistics) -> float:
        words = total[-1]
        penalty = sum(s.weight * count for s, count in zip(MqmSeverity, total, strict=False))
        return 100 * (1 - penalty / words) if words else math.nan

    def segment_value(self, stats: Statistics) -> float:
        return self.value(stats)

    def signature(self, bootstrap: Bootstrap | None = None) -> str:
        drawn = f"bs:{bootstrap.resamples}|seed:{bootstrap.seed}|" if bootstrap else ""
        weights = "-".join(str(severity.weight) for severity in MqmSeverity)
        return f"{drawn}weights:{weights}|version:mtkit-{__version__}"


def read_mqm(path: str | Path) -> MqmScorecard:
    """Read what the report exported, JSON or TSV.

    Raises InputError for a file that is missing or has no reviewed segment, FormatError with the line where
    it is not such an export.
    """
    text = decode(read_bytes(path), path)
    is_tsv = str(path).lower().endswith((".tsv", ".tab", ".txt"))
    segments = tuple(_read_tsv(text, path) if is_tsv else _read_json(text, path))
    if not segments:
        raise InputError(f"{path}: no segment was reviewed.", "Mark errors in the report and export again.")
    return MqmScorecard(segments=segments)


def mqm_score(
    scorecard: MqmScorecard,
    run: str | None = None,
    *,
    segments: bool = False,
    bootstrap: Bootstrap | None = None,
) -> DetailedScore:
    """Score one run of a scorecard (None: all together); 100 is no error, below 0 can be.

    `segments` and `bootstrap` as in `evaluate`; `verbose` counts errors by severity, `counted` is the words.
    Raises UnknownNameError for a run that was not reviewed.
    """
    if run is not None and run not in scorecard.runs:
        raise UnknownNameError("run", run, scorecard.runs)
    reviewed = [segment for segment in scorecard.segments if run in (None, segment.run)]
    text = ParallelText(hypotheses=[segment.target for segment in reviewed])
    score = evaluate(MqmMetric(reviewed), text, segments=segments, bootstrap=bootstrap)
    return cast(DetailedScore, score)


def short_text_warning(score: DetailedScore) -> str:
    """What to say about a score over too few words; "" where there are enough."""
    words = int(score.counted or 0)
    if words >= FEWEST_WORDS:
        return ""
    return (
        f"MQM over {words} words says little: one minor error more or less is "
        f"{100 / max(1, words):.1f} points. Review {FEWEST_WORDS} words or more."
    )


def _read_json(text: str, path: str | Path) -> Iterator[MqmSegment]:
    try:
        export = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(
            path, f"not valid JSON, column {error.colno}: {error.msg}.", "Export again.", error.lineno
        ) from error
    except RecursionError as error:
        raise FormatError(path, "JSON nested too deep.", "Export again.") from error
    if not isinstance(export, dict) or export.get("format") != EXPORT_FORMAT:
        raise FormatError(path, "not an MQM export of a report.", "Use the report's button “Export JSON”.")
    for number, entry in enumerate(_entries(export, path), 1):
        try:
            yield MqmSegment(
                run=entry["run"],
                document=entry["document"],
                id=entry["id"],
                source=entry["source"],
                target=entry["target"],
                errors=tuple(_error(each, entry) for each in entry["errors"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise FormatError(
                path, f"segment {number} of the export: {_told(error)}.", "Export again."
            ) from error


def _entries(export: Mapping[str, Any], path: str | Path) -> list[dict[str, Any]]:
    entries = export.get("segments")
    if not isinstance(entries, list):
        raise FormatError(path, "it has no list of segments.", "Export again.")
    return entries


def _read_tsv(text: str, path: str | Path) -> Iterator[MqmSegment]:
    rows = (line.split("\t") for line in text.splitlines())
    header = next(rows, [])
    missing = [column for column in _TSV_COLUMNS if column not in header]
    if missing:
        raise FormatError(
            path, f"no column {', '.join(missing)}.", "Use the report's button “Export TSV”.", 1
        )
    errors: dict[tuple[str, ...], list[MqmError]] = {}
    for line, cells in enumerate(rows, 2):
        if cells == [""]:
            continue
        if len(cells) != len(header):
            raise FormatError(path, f"{len(cells)} columns, the header has {len(header)}.", "Mend it.", line)
        entry = dict(zip(header, cells, strict=True))
        key = tuple(entry[column] for column in ("run", "document", "segment", "source", "target"))
        found = errors.setdefault(key, [])
        if entry["category"] == NO_ERROR:
            continue
        try:
            found.append(_error(entry, entry))
        except (TypeError, ValueError) as error:
            raise FormatError(path, f"{_told(error)}.", "Mend the line.", line) from error
    for (run, document, segment, source, target), marked in errors.items():
        yield MqmSegment(
            run=run, document=document, id=segment, source=source, target=target, errors=tuple(marked)
        )


def _error(entry: Mapping[str, Any], segment: Mapping[str, Any]) -> MqmError:
    side, category = entry["side"], entry["category"]
    if side not in ("source", "target"):
        raise ValueError(f"side is {side!r}, not source or target")
    if not isinstance(category, str) or not category:
        raise ValueError("an error has no category")
    span = Span(int(entry["start"]), int(entry["end"]))
    if not 0 <= span.start <= span.end <= len(segment[side]):
        raise ValueError(f"{span.start} to {span.end} does not lie in the {side}")
    return MqmError(
        category=category,
        severity=MqmSeverity(entry["severity"]),
        span=span,
        side=side,
        note=entry.get("note") or "",
    )


def _told(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
