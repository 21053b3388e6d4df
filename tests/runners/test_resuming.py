"""An article named by itself: what an interrupted run was answered is not asked again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from mtkit.config import Settings, cache_dir
from mtkit.errors import EngineError
from mtkit.runners import batch_journal
from mtkit.runners.batch import BatchProgress, translate_single
from mtkit.runners.jobs import JobState
from mtkit.runners.local import Job, Translator
from tests.fakes import RuleEngine

LINES = ["Một", "Hai", "Ba", "Bốn"]


class Stopped(RuleEngine):
    """An engine that is interrupted after so many answers."""

    def __init__(self, after: int, error: type[BaseException] = KeyboardInterrupt) -> None:
        super().__init__(lambda text: f"перевод {text}")
        self.after = after
        self.error = error

    def translate(self, requests, options=None):  # type: ignore[no-untyped-def]
        if self.after <= 0:
            raise self.error("stopped")
        self.after -= len(requests)
        return super().translate(requests, options) if options else super().translate(requests)


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(batch_journal, "GROUP_SEGMENTS", 1)
    monkeypatch.setenv("MTKIT_CACHE", str(tmp_path / "cache"))
    source = tmp_path / "four.vi.txt"
    source.write_text("\n".join(LINES), encoding="utf-8")
    return Job(source=source, target=tmp_path / "four.ru.txt")


def translate(job: Job, engine: RuleEngine, **settings: int) -> list[str]:
    """What the engine was asked."""
    translator = Translator(
        engine=engine, termbase=None, settings=Settings(**settings), src_lang="vi", tgt_lang="ru"
    )
    translate_single(job, translator, BatchProgress(), force=True)
    return [request.text for request in engine.asked]


def kept() -> int:
    with sqlite3.connect(cache_dir() / "articles" / ".mtkit" / "jobs.sqlite") as database:
        answers, jobs = (
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("answers", "jobs")
        )
    return int(answers + jobs)


@pytest.mark.parametrize("error", [KeyboardInterrupt, EngineError])
@pytest.mark.parametrize("after", range(4))
def test_an_interrupted_run_is_gone_on_with(job: Job, after: int, error: type[BaseException]) -> None:
    assert job.target is not None
    with pytest.raises(error):
        translate(job, Stopped(after, error))
    assert not job.target.exists()
    asked = translate(job, Stopped(len(LINES)))
    assert len(asked) == len(LINES) - after
    assert job.target.read_text(encoding="utf-8").split("\n") == [f"перевод {line}" for line in LINES]
    assert kept() == 0
    assert {path.name for path in job.source.parent.iterdir()} == {
        "cache",
        "four.vi.txt",
        "four.ru.txt",
        "four.ru.txt.mtkit.json",
    }


def test_other_settings_and_another_text_are_asked_anew(job: Job) -> None:
    with pytest.raises(KeyboardInterrupt):
        translate(job, Stopped(3))
    assert len(translate(job, Stopped(9), beam=7)) == len(LINES)
    with pytest.raises(KeyboardInterrupt):
        translate(job, Stopped(3))
    job.source.write_text("\n".join([*LINES, "Năm"]), encoding="utf-8")
    assert len(translate(job, Stopped(9))) == len(LINES) + 1


def test_what_another_run_has_is_translated_all_the_same(job: Job) -> None:
    with pytest.raises(KeyboardInterrupt):
        translate(job, Stopped(2))
    state = JobState(cache_dir() / "articles")
    try:
        with sqlite3.connect(state.path) as database:
            (name,) = database.execute("SELECT target FROM jobs").fetchone()
            (key,) = database.execute("SELECT key FROM answers").fetchone()
        assert state.claim(name, key)
        assert len(translate(job, Stopped(9))) == len(LINES)
    finally:
        state.close()


@pytest.mark.parametrize("damage", ["file", "folder"])
def test_a_cache_that_cannot_be_used_stops_nothing(job: Job, damage: str) -> None:
    folder = cache_dir() / "articles" / ".mtkit"
    if damage == "file":
        folder.mkdir(parents=True)
        (folder / "jobs.sqlite").write_bytes(b"no database" * 999)
    else:
        folder.parent.parent.mkdir(parents=True)
        folder.parent.write_text("a file", encoding="utf-8")
    assert len(translate(job, Stopped(9))) == len(LINES)
