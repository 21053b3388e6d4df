"""What a folder's run shows on a terminal."""

import io
from pathlib import Path

import pytest

from mtkit.cli.batch_view import Counts, batch_progress, count, counted, tell_article
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


def test_errors_are_counted_among_the_findings_and_the_line_says_how_to_see_them(capsys):
    found = [{"severity": "error"}, {"severity": "warning"}, {"severity": "error"}]
    record = {"segments": [{"source": "Một", "hits": [], "findings": found}]}
    counts = tell_article(Job(source=Path("a.vi.txt"), target=Path("out/a.ru.txt")), record)
    assert counts == count(record) and counts.errors == 2
    assert capsys.readouterr().err.endswith("2 errors among them: mtkit check out/a.ru.txt)\n")
    assert counts.brief() == "1 segment, 0 of 0 terms held, 3 findings, 2 errors among them"


@pytest.mark.parametrize(("words", "told"), [(250, False), (1429, True)])
def test_a_sentence_on_which_a_model_breaks_is_named(words, told, capsys):
    source = " ".join(["Theo", *["báo"] * (words - 1)])
    record = {"segments": [{"source": source, "hits": [], "findings": []}]}
    tell_article(Job(source=Path("a.vi.txt"), target=Path("a.ru.txt")), record)
    said = capsys.readouterr().err
    assert ("a.vi.txt: a sentence of 1429 words, «Theo báo báo" in said) is told
    assert said.splitlines()[-1].startswith("a.vi.txt -> a.ru.txt (1 segment")


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
