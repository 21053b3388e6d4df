"""A folder's run of `mtkit translate`: outcomes told as they come, failures and sums at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mtkit.cli.batch_view import Counts, counted, print_summary, tell_article
from mtkit.cli.common import log, print_json
from mtkit.cli.tables import print_table
from mtkit.errors import MtkitError
from mtkit.record import read_record
from mtkit.runners.batch import Outcome
from mtkit.runners.batch_decision import Action, Decision
from mtkit.runners.local import Job
from mtkit.runners.targets import Renamed


class FolderRun:
    """Tells and counts outcomes; with `as_json` it collects run records, those of what is up to date too."""

    def __init__(self, *, as_json: bool = False, failures_at_once: bool = False) -> None:
        self._as_json = as_json
        self._failures_at_once = failures_at_once
        self._counts = Counts()
        self._actions = dict.fromkeys(Action, 0)
        self._errors: dict[Job, MtkitError] = {}
        self._records: dict[Job, Any] = {}

    def tell_all(self, jobs: Sequence[Job], outcomes: Iterable[Outcome]) -> int:
        """Tell every outcome, then the failures; the exit code of the first, by the order of `jobs`."""
        try:
            for outcome in outcomes:
                self.tell(outcome)
        except KeyboardInterrupt:
            finished = sum(self._actions.values()) - len(self._errors)
            log(f"mtkit: {finished} of {counted(len(jobs), 'article')} finished")
            raise
        finally:
            failures = [job for job in jobs if job in self._errors]
            for job in failures:
                _tell_failure(job, self._errors[job])
        if self._as_json:
            print_json([self._records[job] for job in jobs if job in self._records])
        return self._errors[failures[0]].exit_code if failures else 0

    def tell(self, outcome: Outcome) -> None:
        """Count an outcome, and tell what is worth a line at once."""
        job = outcome.job
        self._actions[outcome.action] += 1
        if outcome.error is not None:
            self._errors[job] = outcome.error
            if self._failures_at_once:
                _tell_failure(job, outcome.error)
            return
        if outcome.action is Action.KEEP:
            log(f"mtkit: {job.target}: {outcome.reason}")
        if outcome.record is not None:
            self._counts += tell_article(job, outcome.record)
        if self._as_json and job.target is not None:
            self._records[job] = outcome.record or read_record(job.target)

    def tell_sums(self) -> None:
        print_summary(
            self._counts,
            up_to_date=self._actions[Action.UP_TO_DATE],
            kept=self._actions[Action.KEEP],
            failed=self._actions[Action.FAIL],
        )


def tell_unread(unread: Sequence[tuple[Path, str]]) -> None:
    """Say what was not read of a folder, and why."""
    if unread:
        log(f"{counted(len(unread), 'document')} not read:")
    for path, why in unread:
        log(f"  {path}: {why}")


def tell_renamed(renamed: Iterable[Renamed]) -> None:
    """Say which translations do not keep their names, and why."""
    for each in renamed:
        log(f"mtkit: {each}")


def _tell_failure(job: Job, error: MtkitError) -> None:
    """The error, with the article's name where it does not name it."""
    named = any(str(path) in str(error) for path in (job.source, job.target) if path is not None)
    log(f"mtkit: {error}" if named else f"mtkit: {job.source}: {error}")


def tell_decisions(
    decisions: Sequence[Decision], unread: Sequence[tuple[Path, str]] = (), *, as_json: bool
) -> int:
    """Print what would be done, a row for each article; the exit code of the first failure."""
    reasons = [str(decision.error) if decision.error else decision.reason for decision in decisions]
    names = ["action", "article", "target", "why"]
    rows = [
        [decision.action.value, str(decision.job.source), str(decision.job.target or "-"), reason]
        for decision, reason in zip(decisions, reasons, strict=True)
    ]
    rows += [["not read", str(path), "-", why] for path, why in unread]
    if as_json:
        print_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        print_table([names, *rows])
    return next((decision.error.exit_code for decision in decisions if decision.error), 0)
