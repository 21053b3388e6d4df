"""The job state: claims, answers, results, and what happens when its file is not sound."""

import multiprocessing
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from mtkit.documents.files import writer
from mtkit.errors import StoreError
from mtkit.runners import jobs
from mtkit.runners.jobs import MIGRATIONS, JobState, Known, read_known


@pytest.fixture
def state(tmp_path):
    opened = JobState(tmp_path)
    yield opened
    opened.close()


def names(tmp_path):
    return sorted(path.name for path in (tmp_path / ".mtkit").iterdir())


def test_a_claim_keeps_others_out_until_it_is_released(state, tmp_path):
    other = JobState(tmp_path)
    assert state.claim("a.txt", "k")
    assert not other.claim("a.txt", "k")
    assert other.claim("b.txt", "k")
    state.release("a.txt")
    assert other.claim("a.txt", "k")
    other.close()
    assert state.claim("b.txt", "k")


def test_answers_stay_with_their_key(state):
    assert state.claim("a.txt", "k")
    state.keep("a.txt", "k", "call", b"answer")
    state.release("a.txt")
    assert state.answer("a.txt", "k", "call") == b"answer"
    assert state.answer("a.txt", "other", "call") is None
    assert state.claim("a.txt", "other")
    assert state.answer("a.txt", "k", "call") is None


def test_what_is_finished_is_known_and_its_answers_are_gone(state, tmp_path):
    assert state.known("a.txt") is None
    state.claim("a.txt", "k")
    state.keep("a.txt", "k", "call", b"answer")
    state.intend("a.txt", "o")
    assert state.known("a.txt") == Known(intended="o")
    state.finish("a.txt", "k", "s", "o")
    assert state.known("a.txt") == Known(key="k", source="s", output="o")
    assert state.answer("a.txt", "k", "call") is None
    assert read_known(tmp_path, ["a.txt", "b.txt"]) == {"a.txt": Known(key="k", source="s", output="o")}


def test_reading_makes_nothing(tmp_path):
    assert read_known(tmp_path, ["a.txt"]) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_run_leaves_only_the_state(tmp_path):
    JobState(tmp_path).close()
    assert names(tmp_path) == ["jobs.sqlite"]


def _claim_and_die(folder):
    state = JobState(folder)
    state.claim("sub/a.txt", "k")
    state.keep("sub/a.txt", "k", "call", b"answer")
    (folder / "sub").mkdir()
    (folder / "sub" / f".mtkit-{writer()}-half.tmp").write_bytes(b"half")
    (folder / "sub" / ".mtkit-0123-other.tmp").write_bytes(b"of another process, which may be at work")
    os._exit(0)


@pytest.fixture
def died(tmp_path):
    child = multiprocessing.get_context("spawn").Process(target=_claim_and_die, args=(tmp_path,))
    child.start()
    child.join()
    return tmp_path


def test_the_claims_of_a_dead_run_are_free_and_its_answers_are_kept(died):
    assert len([name for name in names(died) if name.startswith("run-")]) == 1
    state = JobState(died)
    assert state.claim("sub/a.txt", "k")
    assert state.answer("sub/a.txt", "k", "call") == b"answer"
    assert [path.name for path in (died / "sub").iterdir()] == [".mtkit-0123-other.tmp"]
    state.close()
    assert names(died) == ["jobs.sqlite"]


def test_what_a_dead_run_left_behind_a_link_is_removed(died, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    half = next(path for path in (died / "sub").iterdir() if path.name.endswith("half.tmp"))
    half.rename(elsewhere / half.name)
    (died / "sub" / "a.txt").symlink_to(elsewhere / "a.txt")
    JobState(died).close()
    assert not list(elsewhere.iterdir())


def test_a_dead_run_is_cleared_while_another_is_alive(died):
    alive = JobState(died)
    other = JobState(died)
    mine = died / "sub" / f".mtkit-{writer()}-half.tmp"
    mine.write_bytes(b"half")
    JobState(died).close()
    assert sorted(path.name for path in (died / "sub").iterdir()) == [".mtkit-0123-other.tmp", mine.name]
    alive.close()
    other.close()


@pytest.mark.parametrize(
    ("code", "alive"),
    [
        ("SQLITE_BUSY", True),
        ("SQLITE_LOCKED_SHAREDCACHE", True),
        ("SQLITE_FULL", None),
        ("SQLITE_READONLY", None),
        ("SQLITE_IOERR_WRITE", None),
        ("SQLITE_CANTOPEN", None),
    ],
)
def test_only_a_held_lock_says_that_a_run_is_alive(died, monkeypatch, code, alive):
    def fails(path):
        error = sqlite3.OperationalError(code)
        error.sqlite_errorcode = getattr(sqlite3, code)
        raise error

    state = JobState(died)
    (state.path.parent / "run-x").touch()
    monkeypatch.setattr(jobs, "_locked", fails)
    if alive:
        assert state._alive("x")
    else:
        with pytest.raises(sqlite3.OperationalError):
            state._alive("x")
    monkeypatch.undo()
    state.close()


def test_a_lock_that_cannot_be_tried_is_said(died, monkeypatch):
    def fails(path):
        error = sqlite3.OperationalError("attempt to write a readonly database")
        error.sqlite_errorcode = sqlite3.SQLITE_READONLY
        raise error

    state = JobState(died)
    with state._transaction() as database:
        database.execute("INSERT INTO runs VALUES ('x')")
        database.execute("INSERT INTO jobs (target, run) VALUES ('b.txt', 'x')")
    (state.path.parent / "run-x").touch()
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "_locked", fails)
        with pytest.raises(StoreError, match="readonly"):
            state.claim("b.txt", "k")
    assert state.claim("b.txt", "k")
    state.close()


def test_runs_that_start_at_once_agree(tmp_path):
    """Threads here, processes in test_batch_kill.py: the file is made, migrated and claimed once."""
    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(lambda number: JobState(tmp_path), range(8)))
        claimed = list(pool.map(lambda state: state.claim("a.txt", "k"), states))
    assert claimed.count(True) == 1
    for state in states:
        state.close()
    assert names(tmp_path) == ["jobs.sqlite"]


def write_state(folder, content):
    (folder / ".mtkit").mkdir()
    (folder / ".mtkit" / "jobs.sqlite").write_bytes(content)


def damaged_page(folder):
    """A state with enough in it, and rubbish in the middle."""
    state = JobState(folder)
    for number in range(300):
        state.claim(f"{number}.txt", "k")
        state.finish(f"{number}.txt", "k", "s" * 64, "o" * 64)
    state.close()
    path = folder / ".mtkit" / "jobs.sqlite"
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 6 * 4096] = b"rubbish!" * 512
    path.write_bytes(content)


def cut_off(folder):
    JobState(folder).close()
    path = folder / ".mtkit" / "jobs.sqlite"
    path.write_bytes(path.read_bytes()[:5000])


def newer(folder):
    JobState(folder).close()
    with sqlite3.connect(folder / ".mtkit" / "jobs.sqlite") as database:
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()


def foreign(folder):
    (folder / ".mtkit").mkdir()
    with sqlite3.connect(folder / ".mtkit" / "jobs.sqlite") as database:
        database.execute("CREATE TABLE t (x)")
    database.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: write_state(folder, b"not a database at all, but text"), "is damaged"),
        (damaged_page, "is damaged"),
        (cut_off, "is damaged"),
        (newer, "by a newer mtkit"),
        (foreign, "of another program"),
    ],
)
def test_a_file_that_is_not_sound_is_said(tmp_path, make, said):
    make(tmp_path)
    for use in (lambda: JobState(tmp_path), lambda: read_known(tmp_path, ["1.txt"])):
        with pytest.raises(StoreError, match=said) as caught:
            use()
        assert "jobs.sqlite" in caught.value.message


def test_an_answer_that_was_changed_is_not_used(state, tmp_path):
    state.claim("a.txt", "k")
    state.keep("a.txt", "k", "call", b"answer " * 50)
    with sqlite3.connect(tmp_path / ".mtkit" / "jobs.sqlite") as database:
        (blob,) = database.execute("SELECT answer FROM answers").fetchone()
        database.execute("UPDATE answers SET answer = ?", (blob[:-1] + bytes([blob[-1] ^ 1]),))
    database.close()
    with pytest.raises(StoreError, match="is damaged"):
        state.answer("a.txt", "k", "call")


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / ".mtkit").write_bytes(b"")
    with pytest.raises(StoreError, match="cannot be"):
        JobState(tmp_path)


def test_a_full_disk_is_said(state):
    state.claim("a.txt", "k")
    state._database.execute("PRAGMA max_page_count = 12")
    with pytest.raises(StoreError, match="the disk is full"):
        for number in range(100):
            state.keep("a.txt", "k", str(number), os.urandom(2000))
