"""The answers of the engine for an article named by itself, kept until it is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from mtkit.config import cache_dir
from mtkit.errors import StoreError
from mtkit.record import content_hash
from mtkit.runners.batch_decision import key_of
from mtkit.runners.batch_journal import NOT_KEPT, Answers
from mtkit.runners.jobs import JobState
from mtkit.runners.local import Article

_FOLDER = "articles"


@dataclass(frozen=True, slots=True)
class _Kept:
    """Answers in a job state; where that fails they are asked for anew."""

    state: JobState
    name: str
    key: str

    def find(self, call: str) -> bytes | None:
        with suppress(StoreError):
            return self.state.answer(self.name, self.key, call)
        return None

    def keep(self, call: str, answer: bytes) -> None:
        with suppress(StoreError):
            self.state.keep(self.name, self.key, call, answer)


@contextmanager
def kept_answers(article: Article) -> Iterator[Answers]:
    """What an interrupted run was answered about the same article under the same settings, and what this is.

    It lies in the cache, so that nothing appears beside the article, and is dropped when the block ends
    without an error. Nothing is kept where the cache cannot be written, or another run has the article.
    """
    name, key = content_hash(os.fsencode(os.path.realpath(article.job.source))), key_of(article)
    state = _opened(cache_dir() / _FOLDER)
    if state is None:
        yield NOT_KEPT
        return
    try:
        claimed = False
        with suppress(StoreError):
            claimed = state.claim(name, key)
        if not claimed:
            yield NOT_KEPT
            return
        yield _Kept(state, name, key)
        with suppress(StoreError):
            state.forget(name)
    finally:
        with suppress(StoreError):
            state.close()


def _opened(folder: Path) -> JobState | None:
    try:
        return JobState(folder)
    except (StoreError, OSError):
        return None
