"""What a folder's run shows on a terminal."""

import io
from pathlib import Path

import pytest

from mtkit.cli.batch_view import Counts, batch_progress, count, counted
from mtkit.runners.local import Job

RECORD = {
    "segments": [
        {"source": "Một hai ba", "hits": [{"ok": True}, {"ok": False}], "findings": [{}]},
        {"source": "Bốn", "hits": [], "findings": []},
    ]
}


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_record_is_counted_and_counts_add_up():
    counts = count(RECORD) + count(RECORD)
    assert counts == Counts(files=2, segments=4, words=8, terms=4, held=2, findings=2)
    assert count(RECORD).brief() == "2 segments, 1 of 2 terms held, 1 finding"
    assert [counted(number, "article") for number in (0, 1, 2)] == ["0 articles", "1 article", "2 articles"]


@pytest.fixture
def bars(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with batch_progress() as progress:
        yield progress


def tasks(progress):
    return {task.description.strip(): (task.completed, task.total) for task in progress._bars.tasks}


def test_bars_for_the_whole_and_for_each_article(bars):
    long, short = Job(source=Path("long.txt")), Job(source=Path("short.txt"))
    bars.planned(2, 1000)
    bars.began(long, 900, 10)
    bars.began(short, 100, 1)
    bars.advanced(long, 5)
    assert tasks(bars) == {"0 of 2 articles": (450, 1000), "long.txt": (5, 10), "short.txt": (0, 1)}
    bars.ended(short)
    bars.advanced(long, 50)
    assert tasks(bars) == {"1 of 2 articles": (1000, 1000), "long.txt": (10, 10)}
    bars.ended(long)
    bars.ended(Job(source=Path("of another run.txt")))
    assert tasks(bars) == {"2 of 2 articles": (1000, 1000)}
    bars.planned(1, 50)
    assert tasks(bars) == {"0 of 1 article": (0, 50)}


def test_an_article_without_segments(bars):
    job = Job(source=Path("empty.txt"))
    bars.planned(1, 0)
    bars.began(job, 0, 0)
    bars.ended(job)
    assert tasks(bars) == {"1 of 1 article": (0, 0)}


def test_elsewhere_than_on_a_terminal_only_waiting_is_told_once(capsys):
    with batch_progress() as progress:
        progress.planned(1, 10)
        progress.began(Job(source=Path("a.txt")), 10, 2)
        progress.waiting(2)
        progress.waiting(2)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "mtkit: 2 articles in the hands of another run; waiting for it\n"
