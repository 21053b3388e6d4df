"""What a run of `mtkit translate` shows: bars on a terminal while it works, and a table at its end."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from mtkit.cli.common import log
from mtkit.cli.tables import print_table
from mtkit.runners.batch import BatchProgress
from mtkit.runners.local import Job
from mtkit.text.words import opening
from mtkit.types import Severity

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


_LONGEST_SENTENCE = 250
"""Words of a source that are translated without a warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was translated; `held` of `terms` stand in the translation in a form of theirs.

    `errors` of the `findings` are of that severity.
    """

    files: int = 0
    segments: int = 0
    words: int = 0
    terms: int = 0
    held: int = 0
    findings: int = 0
    errors: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            **{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(Counts)}
        )

    def brief(self) -> str:
        """One line about one article."""
        errors = f", {counted(self.errors, 'error')} among them" if self.errors else ""
        return (
            f"{counted(self.segments, 'segment')}, {self.held} of {counted(self.terms, 'term')} held, "
            f"{counted(self.findings, 'finding')}{errors}"
        )


def count(record: Mapping[str, Any]) -> Counts:
    """Count over the run record of one article; words are those of its source."""
    segments = record["segments"]
    hits = [hit for segment in segments for hit in segment["hits"]]
    return Counts(
        files=1,
        segments=len(segments),
        words=sum(len(segment["source"].split()) for segment in segments),
        terms=len(hits),
        held=sum(hit["ok"] for hit in hits),
        findings=sum(len(segment["findings"]) for segment in segments),
        errors=sum(
            found.get("severity") == Severity.ERROR for segment in segments for found in segment["findings"]
        ),
    )


def tell_article(job: Job, record: Mapping[str, Any]) -> Counts:
    """Say what became of one article and what in it wants a look; its counts."""
    counts = count(record)
    if not counts.segments:
        log(f"mtkit: {job.source}: nothing to translate in it.")
    for segment in record["segments"]:
        if (words := len(segment["source"].split())) > _LONGEST_SENTENCE:
            log(
                f"mtkit: {job.source}: a sentence of {words} words, {opening(segment['source'])}: the model"
                " loses parts of such; cut it into shorter ones, and read its translation."
            )
    if job.target is not None:
        look = f": mtkit check {job.target}" if counts.errors else ""
        log(f"{job.source} -> {job.target} ({counts.brief()}{look})")
    return counts


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def print_summary(counts: Counts, *, up_to_date: int, kept: int, failed: int) -> None:
    """Print the table of a folder's run on standard error."""
    names = ["translated", "up to date", "kept", "failed", "segments", "words", "terms held", "findings"]
    values = [counts.files, up_to_date, kept, failed, counts.segments, counts.words]
    held = f"{counts.held} of {counts.terms}"
    print_table([names, [*map(str, values), held, str(counts.findings)]], sys.stderr)


@contextmanager
def batch_progress() -> Iterator[BatchProgress]:
    """Bars for the whole and each article in work on a terminal; elsewhere only a word on waiting."""
    if not sys.stderr.isatty():
        yield _Said()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Bars(bars)


class _Said(BatchProgress):
    """Says once that another run is waited for."""

    _told = False

    def waiting(self, jobs: int) -> None:
        if not self._told:
            self._told = True
            log(f"mtkit: {counted(jobs, 'article')} in the hands of another run; waiting for it")


@dataclass(frozen=True, slots=True, kw_only=True)
class _InWork:
    task: TaskID
    size: int
    segments: int
    done: int = 0

    @property
    def bytes_done(self) -> float:
        return self.size * min(self.done / max(self.segments, 1), 1)


class _Bars(_Said):
    """The whole is measured in bytes of source, so that long articles weigh more."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._lock = Lock()
        self._whole: TaskID | None = None
        self._jobs = self._finished = 0
        self._bytes = 0.0
        self._in_work: dict[Job, _InWork] = {}

    def planned(self, jobs: int, size: int) -> None:
        with self._lock:
            self._jobs, self._finished, self._bytes = jobs, 0, 0.0
            if self._whole is not None:
                self._bars.remove_task(self._whole)
            self._whole = (
                self._bars.add_task(f"0 of {counted(jobs, 'article')}", total=size) if jobs else None
            )

    def began(self, job: Job, size: int, segments: int) -> None:
        with self._lock:
            task = self._bars.add_task(f"  {job.source.name}", total=segments)
            self._in_work[job] = _InWork(task=task, size=size, segments=segments)

    def advanced(self, job: Job, segments: int) -> None:
        with self._lock:
            if job in self._in_work:
                own = self._in_work[job]
                own = self._in_work[job] = replace(own, done=own.done + segments)
                self._bars.update(own.task, completed=min(own.done, own.segments))
                self._show()

    def ended(self, job: Job) -> None:
        with self._lock:
            if job in self._in_work:
                own = self._in_work.pop(job)
                self._bars.remove_task(own.task)
                self._finished += 1
                self._bytes += own.size
                self._show()

    def _show(self) -> None:
        if self._whole is not None:
            done = self._bytes + sum(own.bytes_done for own in self._in_work.values())
            description = f"{self._finished} of {counted(self._jobs, 'article')}"
            self._bars.update(self._whole, completed=done, description=description)
