"""Spread what is asked of each segment of a long document over worker processes."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

from mtkit.errors import EngineError
from mtkit.types import Finding

ALONE = 2000
"""Segments that no process is started for; workers that are forked know what is remembered of them."""
_PART = 100
"""Segments in the hands of one worker at a time: an interrupt waits for them."""

_Work = Callable[[range], list[Finding]]
_work: _Work
"""What a worker process does."""


@contextmanager
def spread(work: _Work, count: int, jobs: int) -> Iterator[Iterable[Finding]]:
    """Findings of `work` on ranges of `count` segments, in order, while the caller does something else.

    `jobs` processes are started, none for one job or a short document. What goes wrong in a worker is raised
    here; EngineError where one was ended from outside.
    """
    if jobs == 1 or count <= ALONE:
        yield work(range(count))
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    first = work(range(ALONE))
    parts = [range(start, min(start + _PART, count)) for start in range(ALONE, count, _PART)]
    processes = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(min(jobs, len(parts)), processes, _become_worker, (work,))
    try:
        yield chain(first, chain.from_iterable(pool.map(_work_on, parts)))
    except BrokenProcessPool as error:
        raise EngineError("A process of the checks was ended from outside.", "Try --jobs 1.") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _become_worker(work: _Work) -> None:
    """Keep what to do; an interrupt ends a worker without a word."""
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _work_on(part: range) -> list[Finding]:
    return _work(part)
