"""Watch folders: what is new or changed is translated once it is no longer being written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import sleep

from mtkit.runners.batch import Batch, Outcome
from mtkit.runners.local import Job

POLL_SECONDS = 1.0

_Stamp = tuple[int, int]


def watch(planned: Callable[[], Sequence[Job]], batch: Batch) -> Iterator[Outcome]:
    """Outcomes for ever, of all that `planned` finds; an article is taken when it was the same one poll ago.

    One that failed is tried again when it changes or gets another target. Raises what Batch.run raises, and
    KeyboardInterrupt.
    """
    before: dict[Path, _Stamp | None] = {}
    taken: dict[Job, _Stamp | None] = {}
    while True:
        jobs = planned()
        now = {job.source: _stamp(job.source) for job in jobs}
        ready = [
            job
            for job in jobs
            if (stamp := now[job.source]) and stamp == before.get(job.source) != taken.get(job)
        ]
        if ready:
            yield from batch.run(ready)
            taken |= {job: now[job.source] for job in ready}
        before = now
        sleep(POLL_SECONDS)


def _stamp(path: Path) -> _Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
