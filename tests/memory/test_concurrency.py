"""Several processes on one store: nothing that was committed is lost, whoever is killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mtkit.memory.store import TranslationMemory
from tests.memory.samples import entry, store

WRITER = """
import sys
from mtkit.memory.entries import Entry
from mtkit.memory.store import TranslationMemory
path, name, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
memory = TranslationMemory(path, create=True)
for step in range(steps):
    memory.add(
        Entry(source=f"câu {name} số {step} phần {part}", target=f"фраза {name} {step} {part}",
              src_lang="vi", tgt_lang="ru") for part in range(20)
    )
    print(step, flush=True)
"""

READER = """
import sys
from mtkit.memory.store import TranslationMemory
memory = TranslationMemory(sys.argv[1], create=True)
seen = 0
while seen < int(sys.argv[2]):
    now = len(memory)
    assert now >= seen and now % 20 == 0, (seen, now)
    memory.find("câu a số 3 phần 7", "vi", "ru")
    seen = now
print(seen)
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_processes_read_and_write_one_new_store_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "memory.db")
    writers = [start(WRITER, path, name, "15") for name in "abc"]
    readers = [start(READER, path, "900")]
    assert [each.wait(120) for each in [*writers, *readers]] == [0] * 4
    memory = TranslationMemory(path)
    assert len(memory) == 900
    assert not memory.check()
    assert memory.exact("câu b số 14 phần 19", "vi", "ru")


def test_a_check_sees_one_state_while_another_process_imports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = store(tmp_path, entry("Huyện mở trường.", "Уезд открыл школу."))
    fingerprint = TranslationMemory.fingerprint

    def after_an_import(self: TranslationMemory) -> str:
        assert start(WRITER, str(memory.path), "a", "3").wait(60) == 0
        return fingerprint(self)

    with monkeypatch.context() as patched:
        patched.setattr(TranslationMemory, "fingerprint", after_an_import)
        assert memory.check() == []
    assert (len(memory), memory.check()) == (61, [])


def test_a_killed_writer_loses_nothing_that_was_committed(tmp_path: Path) -> None:
    drawn = random.Random(6)
    memory = store(tmp_path, entry("Huyện mở trường.", "Уезд открыл школу."))
    for attempt in range(4):
        writer = start(WRITER, str(memory.path), f"k{attempt}", "100000")
        assert writer.stdout is not None
        committed = int(writer.stdout.readline())
        time.sleep(drawn.uniform(0.0, 0.15))
        writer.send_signal(signal.SIGKILL)
        committed = max([committed, *map(int, writer.stdout.read().split())])
        writer.wait(20)
        assert not memory.check()
        for step in (0, committed):
            assert memory.exact(f"câu k{attempt} số {step} phần 19", "vi", "ru")
            assert memory.find(f"câu k{attempt} số {step} phần 19 nữa", "vi", "ru")
        memory.add([entry(f"sau lần {attempt}", "после")])
    assert memory.exact("Huyện mở trường.", "vi", "ru")
