"""A folder of articles: only what is due is translated, several at once, and a killed run goes on.

Each article in work has a thread, and all share one engine, which has the cores: it computes outside the
interpreter's lock, and one model in memory serves all. An article is translated on its own, so that its
translation depends neither on the others nor on how many are in work.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from mtkit.errors import MtkitError, StoreError
from mtkit.record import content_hash
from mtkit.runners.batch_decision import (
    Action,
    Decision,
    decide,
    file_hash,
    in_the_way,
    key_of,
    require_own,
)
from mtkit.runners.batch_journal import JournaledEngine
from mtkit.runners.jobs import JobState, Known, read_known
from mtkit.runners.local import Article, Job, Translated, Translator, write
from mtkit.runners.resuming import kept_answers

POLL_SECONDS = 0.5
"""How often a run looks whether another is done with an article."""

_NO_MORE_WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job: the run record where it was translated now, the error where it failed."""

    job: Job
    action: Action
    reason: str = ""
    record: dict[str, Any] | None = None
    error: MtkitError | None = None


class BatchProgress:
    """What a batch tells while it works; this one does nothing. Called from several threads."""

    def planned(self, jobs: int, size: int) -> None:
        """So many articles are due, with so many bytes."""

    def began(self, job: Job, size: int, segments: int) -> None: ...

    def advanced(self, job: Job, segments: int) -> None:
        """Segments were decoded; altogether it can be a few more or fewer than the article has."""

    def ended(self, job: Job) -> None: ...

    def waiting(self, jobs: int) -> None:
        """All that is left is in the hands of another run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """An article that is ours; the answers kept for it."""

    state: JobState
    name: str
    key: str

    def find(self, call: str) -> bytes | None:
        return self.state.answer(self.name, self.key, call)

    def keep(self, call: str, answer: bytes) -> None:
        self.state.keep(self.name, self.key, call, answer)


def translate_single(
    job: Job, translator: Translator, progress: BatchProgress, *, force: bool = False
) -> Translated:
    """Translate one article by itself and write it where it has a target; an interrupted run is gone on with.

    What somebody else wrote or changed there is not overwritten without `force`. Raises MtkitError.
    """
    if job.target is not None and not force:
        require_own(job.target)
    article = translator.article(job)
    size = len(article.raw)
    progress.planned(1, size)
    with kept_answers(article) as answers:
        engine = JournaledEngine(translator.engine, answers, partial(progress.advanced, job))
        translated = translator.translate(article, engine, partial(progress.began, job, size))
        if job.target is not None:
            write(job.target, translated)
    progress.ended(job)
    return translated


class Batch:
    """Articles that go into one folder, `workers` of them in work at once."""

    def __init__(
        self,
        translator: Translator,
        folder: Path,
        *,
        workers: int = 1,
        force: bool = False,
        progress: BatchProgress | None = None,
    ) -> None:
        self._translator = translator
        self._folder = folder
        self._workers = workers
        self._force = force
        self._progress = progress or BatchProgress()
        self._stop = Event()

    def decide(self, jobs: Sequence[Job]) -> list[Decision]:
        """Say what `run` would do about each job; nothing is written. Raises StoreError."""
        known = read_known(self._folder, [self._name(job) for job in jobs])
        return [self._decide(job, known.get(self._name(job))) for job in jobs]

    def run(self, jobs: Sequence[Job]) -> Generator[Outcome]:
        """One outcome a job, as each is done; what another living run has is waited for.

        Raises StoreError where nothing more can be written: the disk is full, or the job state is damaged.
        """
        state = JobState(self._folder)
        try:
            due = []
            for job in jobs:
                known = state.known(self._name(job))
                decision = self._decide(job, known)
                if decision.action is Action.TRANSLATE:
                    due.append(decision)
                    continue
                if decision.action is Action.UP_TO_DATE and (known is None or known.key != decision.key):
                    self._adopt(decision, state)
                yield _outcome(decision)
            self._progress.planned(len(due), sum(decision.size for decision in due))
            while due:
                waiting = []
                for decision, outcome in self._round(due, state):
                    if outcome is None:
                        waiting.append(decision)
                    else:
                        yield outcome
                if len(waiting) == len(due):
                    self._progress.waiting(len(waiting))
                    time.sleep(POLL_SECONDS)
                due = waiting
        finally:
            state.close()

    def _round(self, due: Sequence[Decision], state: JobState) -> Iterator[tuple[Decision, Outcome | None]]:
        """Try each once; None for what another run has."""
        if self._workers == 1 or len(due) == 1:
            yield from ((decision, self._try(decision.job, state)) for decision in due)
            return
        executor = ThreadPoolExecutor(self._workers, thread_name_prefix="mtkit")
        try:
            futures: dict[Future[Outcome | None], Decision] = {
                executor.submit(self._try, decision.job, state): decision for decision in due
            }
            for future in as_completed(futures):
                yield futures.pop(future), future.result()
        finally:
            self._stop.set()
            executor.shutdown(cancel_futures=True)
            self._stop.clear()

    def _try(self, job: Job, state: JobState) -> Outcome | None:
        """Translate an article if it is free and, looked at anew, still due."""
        try:
            article = self._translator.article(job)
        except MtkitError as error:
            return Outcome(job=job, action=Action.FAIL, error=error)
        name, key = self._name(job), key_of(article)
        if not state.claim(name, key):
            return None
        try:
            decision = decide(article, _target(job), state.known(name) or Known(), force=self._force)
            if decision.action is not Action.TRANSLATE:
                return _outcome(decision)
            return self._translate(article, decision, _Claim(state=state, name=name, key=key))
        except StoreError:
            raise
        except MtkitError as error:
            return Outcome(job=job, action=Action.FAIL, error=error)
        finally:
            self._progress.ended(job)
            state.release(name)

    def _translate(self, article: Article, decision: Decision, claim: _Claim) -> Outcome:
        job, target = article.job, _target(article.job)
        before = file_hash(target)
        engine = JournaledEngine(
            self._translator.engine,
            claim,
            partial(self._progress.advanced, job),
            self._stop.is_set,
        )
        translated = self._translator.translate(
            article, engine, partial(self._progress.began, job, decision.size)
        )
        if file_hash(target) != before:
            changed = in_the_way(target, "was changed while its source was translated")
            return Outcome(job=job, action=Action.FAIL, error=changed)
        output = content_hash(translated.rendered)
        claim.state.intend(claim.name, output)
        try:
            write(target, translated)
        except StoreError as error:
            if getattr(error.__cause__, "errno", None) in _NO_MORE_WRITING:
                raise
            return Outcome(job=job, action=Action.FAIL, error=error)
        claim.state.finish(claim.name, claim.key, decision.source, output)
        return Outcome(job=job, action=Action.TRANSLATE, reason=decision.reason, record=translated.record)

    def _adopt(self, decision: Decision, state: JobState) -> None:
        """Enter into the state what only a run record knew."""
        name = self._name(decision.job)
        if state.claim(name, decision.key):
            state.finish(name, decision.key, decision.source, decision.output)

    def _decide(self, job: Job, known: Known | None) -> Decision:
        try:
            article = self._translator.article(job)
        except MtkitError as error:
            return Decision(job=job, action=Action.FAIL, error=error)
        return decide(article, _target(job), known or Known(), force=self._force)

    def _name(self, job: Job) -> str:
        return _target(job).relative_to(self._folder).as_posix()


def _target(job: Job) -> Path:
    if job.target is None:
        raise ValueError(f"{job.source} has no place to go")
    return job.target


def _outcome(decision: Decision) -> Outcome:
    return Outcome(job=decision.job, action=decision.action, reason=decision.reason, error=decision.error)
