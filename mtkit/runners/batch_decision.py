"""What is to be done about an article: told from its source, its target, and what earlier runs left."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from mtkit.documents.base import record_path
from mtkit.documents.files import read_bytes
from mtkit.documents.foreign import refuse_blank
from mtkit.errors import MtkitError, StoreError
from mtkit.record import content_hash, read_record, result_key
from mtkit.runners.jobs import Known
from mtkit.runners.local import Article, Job


class Action(StrEnum):
    TRANSLATE = "translate"
    UP_TO_DATE = "up to date"
    KEEP = "keep"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be done about a job and why, or the error; `size` in bytes of source.

    `key` is the result_key of its translation, `source` the hash of the source, `output` that of a
    translation that is up to date.
    """

    job: Job
    action: Action
    reason: str = ""
    size: int = 0
    key: str = ""
    source: str = ""
    output: str = ""
    error: MtkitError | None = None


def decide(article: Article, target: Path, known: Known, *, force: bool = False) -> Decision:
    """Decide by content: a translation is up to date where source, settings and it itself are unchanged.

    What somebody else wrote or changed is never overwritten without `force`: an edited translation of the
    same source is kept, anything else in the way is an error. Where the job state knows nothing of a
    translation, the run record beside it counts.
    """
    source, key = content_hash(article.raw), key_of(article)

    def decision(
        action: Action, reason: str = "", output: str = "", error: MtkitError | None = None
    ) -> Decision:
        return Decision(
            job=article.job,
            action=action,
            reason=reason,
            size=len(article.raw),
            key=key,
            source=source,
            output=output,
            error=error,
        )

    try:
        current = file_hash(target)
    except StoreError as error:
        return decision(Action.FAIL, error=error)
    if force:
        return decision(Action.TRANSLATE, "--force")
    if current is None:
        return decision(Action.TRANSLATE, "its translation is missing" if known.key else "new")
    if known.key == key and known.output == current and record_path(target).is_file():
        return decision(Action.UP_TO_DATE, output=current)
    record = read_record(target) or {}
    recorded = _key_of(record)
    if recorded == key and record.get("output_sha256") == current:
        return decision(Action.UP_TO_DATE, output=current)
    if current not in (known.output, known.intended, record.get("output_sha256")):
        if key in (known.key, recorded):
            return decision(Action.KEEP, "edited since; --force translates it again")
        if source in (known.source, record.get("source_sha256")):
            return decision(
                Action.KEEP, "edited since; model or settings changed, too; --force translates it again"
            )
        return decision(Action.FAIL, error=in_the_way(target, "was edited since, or mtkit did not write it"))
    if known.key is None and not record:
        return decision(Action.TRANSLATE, "interrupted")
    if key in (known.key, recorded):
        return decision(Action.TRANSLATE, "its run record is missing or changed")
    changed = source not in (known.source, record.get("source_sha256"))
    return decision(Action.TRANSLATE, "its source changed" if changed else "model or settings changed")


def decide_single(job: Job, *, force: bool = False) -> Decision:
    """Decide about an article named by itself: translated, unless it is blank or its target is in the way."""
    try:
        refuse_blank(job.source, read_bytes(job.source))
        if job.target is not None and not force:
            require_own(job.target)
    except MtkitError as error:
        return Decision(job=job, action=Action.FAIL, error=error)
    return Decision(job=job, action=Action.TRANSLATE, reason="named by itself")


def key_of(article: Article) -> str:
    """What the article's translation depends on, as one hash (mtkit.record.result_key)."""
    return result_key({**article.header, "source_sha256": content_hash(article.raw)})


def in_the_way(target: Path, problem: str) -> StoreError:
    return StoreError(f"{target}: {problem}; it is kept.", "Move it away, or overwrite it with --force.")


def require_own(target: Path) -> None:
    """Raise StoreError where a target holds something, and not just what mtkit wrote there."""
    current = file_hash(target)
    if current is None or not target.stat().st_size:
        return
    if (read_record(target) or {}).get("output_sha256") != current:
        raise in_the_way(target, "was edited since, or mtkit did not write it")


def file_hash(path: Path) -> str | None:
    """SHA-256 of a file, None where there is none. Raises StoreError for what is no file or not readable."""
    try:
        if not path.is_file():
            if path.exists():
                raise StoreError(f"{path}: there is something that is not a file.", "Choose another -o OUT.")
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be read ({error.strerror}).", "See to its permissions, or choose another -o OUT."
        ) from error


def _key_of(record: Mapping[str, Any]) -> str | None:
    try:
        return result_key(record)
    except (KeyError, TypeError, AttributeError):
        return None
