"""A folder as a batch: what is done again and what is not, what is never lost, several in work at once."""

import errno
import json
import os
import threading
import time
from dataclasses import replace

import pytest

from mtkit.config import Settings
from mtkit.documents.base import record_path
from mtkit.errors import EngineError, StoreError
from mtkit.runners import batch_journal
from mtkit.runners.batch import Batch, BatchProgress
from mtkit.runners.batch_decision import Action
from mtkit.runners.jobs import JobState
from mtkit.runners.local import Translator, plan
from tests.fakes import RuleEngine

TRANSLATE, UP_TO_DATE, KEEP, FAIL = Action.TRANSLATE, Action.UP_TO_DATE, Action.KEEP, Action.FAIL


def rule(text):
    return f"перевод {text}"


class Folder:
    """A folder of articles, what it is translated into, and the engine that was asked."""

    def __init__(self, root):
        self.articles, self.out = root / "in", root / "out"
        self.translator = Translator(
            engine=RuleEngine(rule), termbase=None, settings=Settings(), src_lang="vi", tgt_lang="ru"
        )

    def write(self, name, text):
        path = self.articles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def batch(self, **options):
        return Batch(self.translator, self.out, **options)

    def jobs(self):
        return plan([self.articles], f"{self.out}/", "ru").jobs

    def run(self, **options):
        """Outcomes by the name of the target, and the texts that the engine was asked."""
        self.translator.engine.asked.clear()
        outcomes = {o.job.target.name: o for o in self.batch(**options).run(self.jobs())}
        return outcomes, [request.text for request in self.translator.engine.asked]

    def actions(self, **options):
        outcomes, _ = self.run(**options)
        return {name: outcome.action for name, outcome in outcomes.items()}

    def decisions(self, **options):
        return {d.job.target.name: (d.action, d.reason) for d in self.batch(**options).decide(self.jobs())}

    def stamps(self):
        return {path: path.stat().st_mtime_ns for path in self.out.rglob("*") if path.is_file()}

    def written(self):
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in self.out.rglob("*")
            if path.is_file() and path.parent.name != ".mtkit"
        }


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path)
    made.write("a.vi.txt", "Xin chào\nTạm biệt\n")
    made.write("sub/b.txt", "Một\n\nHai")
    return made


def test_articles_and_records_are_written(folder):
    outcomes, _ = folder.run()
    assert {name: o.action for name, o in outcomes.items()} == {"a.ru.txt": TRANSLATE, "b.ru.txt": TRANSLATE}
    written = folder.written()
    assert written["a.ru.txt"].decode() == "перевод Xin chào\nперевод Tạm biệt\n"
    assert written["sub/b.ru.txt"].decode() == "перевод Một\n\nперевод Hai"
    record = json.loads(written["a.ru.txt.mtkit.json"])
    assert [s["target"] for s in record["segments"]] == ["перевод Xin chào", "перевод Tạm biệt"]
    assert record["engine"]["engine"] == "rule"
    assert outcomes["a.ru.txt"].record == record


def test_nothing_is_done_twice(folder):
    folder.run()
    before = folder.written()
    outcomes, asked = folder.run()
    assert {outcome.action for outcome in outcomes.values()} == {UP_TO_DATE}
    assert asked == []
    assert folder.written() == before


def test_what_changed_is_done_again_and_only_that(folder):
    folder.run()
    folder.write("a.vi.txt", "Xin chào\nLần nữa\n")
    assert folder.decisions() == {"a.ru.txt": (TRANSLATE, "its source changed"), "b.ru.txt": (UP_TO_DATE, "")}
    outcomes, asked = folder.run()
    assert asked == ["Xin chào", "Lần nữa"]
    assert outcomes["b.ru.txt"].action is UP_TO_DATE


@pytest.mark.parametrize("settings", [{"beam": 2}, {"typography": False}])
def test_other_settings_are_done_again(folder, settings):
    folder.run()
    folder.translator = replace(folder.translator, settings=Settings(**settings))
    assert set(folder.decisions().values()) == {(TRANSLATE, "model or settings changed")}


def test_the_number_of_threads_does_not_matter(folder):
    folder.run()
    folder.translator = replace(folder.translator, settings=Settings(threads=7))
    assert set(folder.actions().values()) == {UP_TO_DATE}


def test_a_translation_that_is_gone_is_made_again(folder):
    folder.run()
    (folder.out / "a.ru.txt").unlink()
    record_path(folder.out / "sub/b.ru.txt").unlink()
    assert folder.decisions() == {
        "a.ru.txt": (TRANSLATE, "its translation is missing"),
        "b.ru.txt": (TRANSLATE, "its run record is missing or changed"),
    }
    assert set(folder.actions().values()) == {TRANSLATE}


def test_an_edited_translation_is_kept(folder):
    folder.run()
    (folder.out / "a.ru.txt").write_text("правка", encoding="utf-8")
    outcomes, asked = folder.run()
    assert outcomes["a.ru.txt"].action is KEEP
    assert "--force" in outcomes["a.ru.txt"].reason
    assert asked == []
    folder.translator = replace(folder.translator, settings=Settings(beam=2))
    outcomes, asked = folder.run()
    assert outcomes["a.ru.txt"].action is KEEP
    assert "model or settings changed, too; --force" in outcomes["a.ru.txt"].reason
    assert (outcomes["b.ru.txt"].action, asked) == (TRANSLATE, ["Một", "Hai"])
    folder.write("a.vi.txt", "Mới\n")
    outcomes, asked = folder.run()
    assert isinstance(outcomes["a.ru.txt"].error, StoreError)
    assert "edited since" in str(outcomes["a.ru.txt"].error)
    assert asked == []
    assert (folder.out / "a.ru.txt").read_text(encoding="utf-8") == "правка"
    assert folder.actions(force=True) == {"a.ru.txt": TRANSLATE, "b.ru.txt": TRANSLATE}
    assert (folder.out / "a.ru.txt").read_text(encoding="utf-8") == "перевод Mới\n"


def test_a_file_that_mtkit_did_not_write_is_kept(folder):
    folder.out.mkdir()
    (folder.out / "a.ru.txt").write_text("чужое", encoding="utf-8")
    assert folder.actions() == {"a.ru.txt": FAIL, "b.ru.txt": TRANSLATE}
    assert (folder.out / "a.ru.txt").read_text(encoding="utf-8") == "чужое"


def test_an_edit_while_the_article_is_translated_is_kept(folder):
    folder.run()
    folder.write("a.vi.txt", "Mới\n")

    def editing(text):
        (folder.out / "a.ru.txt").write_text("правка", encoding="utf-8")
        return rule(text)

    folder.translator = replace(folder.translator, engine=RuleEngine(editing))
    outcomes, _ = folder.run()
    assert "was changed while" in str(outcomes["a.ru.txt"].error)
    assert (folder.out / "a.ru.txt").read_text(encoding="utf-8") == "правка"


def test_without_the_state_the_run_records_count(folder):
    folder.run()
    (folder.out / ".mtkit" / "jobs.sqlite").unlink()
    (folder.out / "sub" / "b.ru.txt").write_text("правка", encoding="utf-8")
    assert folder.actions() == {"a.ru.txt": UP_TO_DATE, "b.ru.txt": KEEP}
    record_path(folder.out / "a.ru.txt").unlink()
    assert folder.decisions()["a.ru.txt"] == (TRANSLATE, "its run record is missing or changed")


def test_a_dry_run_writes_nothing(folder):
    assert set(folder.decisions().values()) == {(TRANSLATE, "new")}
    assert not folder.out.exists()
    folder.run()
    before = folder.stamps()
    assert set(folder.decisions(force=True).values()) == {(TRANSLATE, "--force")}
    assert folder.stamps() == before


@pytest.mark.parametrize("workers", [1, 3])
def test_a_broken_article_stops_no_other(folder, workers):
    folder.write("c.txt", "Привет, товарищи".encode("cp1251"))
    assert folder.actions(workers=workers) == {"a.ru.txt": TRANSLATE, "b.ru.txt": TRANSLATE, "c.ru.txt": FAIL}
    assert not (folder.out / "c.ru.txt").exists()


@pytest.mark.parametrize("workers", [1, 3])
def test_an_engine_failure_is_held_to_its_article_and_tried_again(folder, workers):
    def breaking(text):
        if text == "Hai":
            raise EngineError("The engine broke.")
        return rule(text)

    healthy = folder.translator
    folder.translator = replace(healthy, engine=RuleEngine(breaking))
    outcomes, _ = folder.run(workers=workers)
    assert str(outcomes["b.ru.txt"].error) == "The engine broke."
    assert outcomes["a.ru.txt"].action is TRANSLATE
    folder.translator = healthy
    assert folder.actions(workers=workers) == {"a.ru.txt": UP_TO_DATE, "b.ru.txt": TRANSLATE}


def test_what_was_answered_before_an_interruption_is_not_asked_again(folder, monkeypatch):
    monkeypatch.setattr(batch_journal, "GROUP_SEGMENTS", 2)
    folder.write("a.vi.txt", "\n".join(f"Câu {number}" for number in range(10)))

    def interrupted(text):
        if text == "Câu 7":
            raise KeyboardInterrupt
        return rule(text)

    healthy = folder.translator
    folder.translator = replace(healthy, engine=RuleEngine(interrupted))
    with pytest.raises(KeyboardInterrupt):
        folder.run()
    assert folder.written() == {}
    folder.translator = healthy
    _, asked = folder.run()
    assert asked == ["Câu 6", "Câu 7", "Câu 8", "Câu 9", "Một", "Hai"]
    assert folder.written()["a.ru.txt"].decode().splitlines()[3] == "перевод Câu 3"


def test_answers_for_other_settings_are_not_used(folder, monkeypatch):
    monkeypatch.setattr(batch_journal, "GROUP_SEGMENTS", 1)

    def interrupted(text):
        if text == "Tạm biệt":
            raise KeyboardInterrupt
        return "старый"

    healthy = folder.translator
    folder.translator = replace(healthy, engine=RuleEngine(interrupted))
    with pytest.raises(KeyboardInterrupt):
        folder.run()
    folder.translator = replace(healthy, settings=Settings(beam=1))
    folder.run()
    assert "старый" not in folder.written()["a.ru.txt"].decode()


@pytest.mark.parametrize("workers", [2, 5])
def test_several_in_work_write_what_one_writes(tmp_path, workers):
    alone, several = Folder(tmp_path / "1"), Folder(tmp_path / "2")
    several.articles = alone.articles
    for number in range(12):
        alone.write(
            f"{number}.txt", "\n".join(f"Câu {line} của {number}" for line in range(number * 7)) + "\nHết\n"
        )
    alone.run()
    several.run(workers=workers)
    assert several.written() == alone.written()


class Meeting(RuleEngine):
    """Answers only when so many calls are in it at once."""

    def __init__(self, count):
        super().__init__(rule)
        self._barrier = threading.Barrier(count, timeout=20)

    def translate(self, requests, options=None):
        self._barrier.wait()
        return super().translate(requests)


def test_articles_are_in_work_at_once(folder):
    folder.write("c.txt", "Ba")
    folder.translator = replace(folder.translator, engine=Meeting(3))
    assert set(folder.actions(workers=3).values()) == {TRANSLATE}


def test_an_interruption_stops_all_that_are_in_work(folder, monkeypatch):
    monkeypatch.setattr(batch_journal, "GROUP_SEGMENTS", 1)
    folder.write("c.txt", "\n".join(f"Câu {number}" for number in range(1000)))

    def interrupted(text):
        if text == "Hai":
            raise KeyboardInterrupt
        time.sleep(0.005)
        return rule(text)

    folder.translator = replace(folder.translator, engine=RuleEngine(interrupted))
    with pytest.raises(KeyboardInterrupt):
        folder.run(workers=3)
    assert len(folder.translator.engine.asked) < 500
    assert threading.active_count() == 1 or not any(
        thread.name.startswith("mtkit") for thread in threading.enumerate()
    )


def test_an_article_of_another_run_is_waited_for(folder, monkeypatch):
    monkeypatch.setattr("mtkit.runners.batch.POLL_SECONDS", 0.01)
    other = JobState(folder.out)
    assert other.claim("a.ru.txt", "k")
    waited = []

    class Waiting(BatchProgress):
        def waiting(self, jobs):
            waited.append(jobs)
            if len(waited) == 3:
                other.close()

    assert folder.actions(progress=Waiting()) == {"a.ru.txt": TRANSLATE, "b.ru.txt": TRANSLATE}
    assert waited == [1, 1, 1]


def test_an_article_that_another_run_finished_is_not_done_again(folder, monkeypatch):
    monkeypatch.setattr("mtkit.runners.batch.POLL_SECONDS", 0.01)
    stopped = Folder(folder.out.parent)
    late = folder.batch().run(folder.jobs())
    assert next(late).action is TRANSLATE
    assert set(stopped.actions().values()) == {TRANSLATE, UP_TO_DATE}
    assert [outcome.action for outcome in late] == [UP_TO_DATE]


def test_a_full_disk_stops_the_run_and_leaves_nothing_half_written(folder, monkeypatch):
    def full(descriptor, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreError, match="No space left"):
        folder.run()
    assert folder.written() == {}
    monkeypatch.undo()
    outcomes, asked = folder.run()
    assert {outcome.action for outcome in outcomes.values()} == {TRANSLATE}
    assert asked == ["Một", "Hai"]


def test_a_place_that_cannot_be_written_fails_its_article_only(folder):
    folder.out.mkdir()
    (folder.out / "sub").write_bytes(b"a file where a folder should be")
    assert folder.actions() == {"a.ru.txt": TRANSLATE, "b.ru.txt": FAIL}


def test_progress_adds_up(folder):
    told = []

    class Told(BatchProgress):
        def planned(self, jobs, size):
            told.append(("planned", jobs, size))

        def began(self, job, size, segments):
            told.append(("began", job.source.name, segments))

        def advanced(self, job, segments):
            told.append(("advanced", job.source.name, segments))

        def ended(self, job):
            told.append(("ended", job.source.name))

    folder.run(progress=Told())
    size = sum(path.stat().st_size for path in folder.articles.rglob("*.txt"))
    assert told == [
        ("planned", 2, size),
        *(("began", "a.vi.txt", 2), ("advanced", "a.vi.txt", 2), ("ended", "a.vi.txt")),
        *(("began", "b.txt", 2), ("advanced", "b.txt", 2), ("ended", "b.txt")),
    ]
