"""Runs `mtkit translate` in children that are killed; a program of its own, so that forking is safe.

python -m tests.runners.kill_driver KIND FOLDER NUMBER… prints one JSON object; see test_batch_kill.py.
The engine writes down what it is asked before it answers, so that work done twice is seen.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import mtkit.cli.folder_run
import mtkit.engines.opening
import mtkit.runners.batch_journal
from mtkit.cli.app import run
from mtkit.engines.base import DecodingOptions, Hypotheses, Request
from mtkit.runners.jobs import JobState
from tests.fakes import RuleEngine

GROUP_SEGMENTS = 3
SECONDS_A_CALL = 0.004
STEPS = ("_join", "claim", "keep", "intend", "finish", "release", "close")
ARTICLES = {"a.txt": 40, "b.txt": 3, "sub/c.md": 17, "d.html": 25, "e.jsonl": 9, "sub/f.txt": 1}


class SlowEngine(RuleEngine):
    """Translates after writing each call to the log."""

    def __init__(self, log: Path) -> None:
        super().__init__(lambda text: f"перевод {text}")
        log.parent.mkdir(parents=True, exist_ok=True)
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        os.write(self._log, (json.dumps([request.text for request in requests]) + "\n").encode())
        time.sleep(SECONDS_A_CALL)
        return super().translate(requests, options)

    def close(self) -> None:
        os.close(self._log)


def write_articles(folder: Path, articles: dict[str, int]) -> None:
    for name, count in articles.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"Câu {number} của bài {path.stem}." for number in range(count)]
        if path.suffix == ".html":
            text = "".join(f"<p>{line[:4]}<b>{line[4:]}</b></p>\n" for line in lines)
        elif path.suffix == ".jsonl":
            text = "".join(json.dumps({"text": line}) + "\n" for line in lines)
        else:
            text = "\n\n".join(lines) + "\n"
        path.write_text(text, encoding="utf-8")


def translate(articles: Path, out: Path, log: Path, jobs: int) -> int:
    mtkit.engines.opening.open_engine = lambda name, options: SlowEngine(log)
    mtkit.runners.batch_journal.GROUP_SEGMENTS = GROUP_SEGMENTS
    arguments = ["translate", str(articles), "-o", str(out), "--from", "vi", "--glossary", "none"]
    with (
        open(os.devnull, "w", encoding="utf-8") as nowhere,
        redirect_stdout(nowhere),
        redirect_stderr(nowhere),
    ):
        return run([*arguments, "--jobs", str(jobs)])


def dying(step: Callable[..., Any], countdown: list[int]) -> Callable[..., Any]:
    """The step, before and after which the process kills itself when the countdown has come to nothing."""

    def count() -> None:
        countdown[0] -= 1
        if countdown[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(*arguments: Any) -> Any:
        count()
        answer = step(*arguments)
        count()
        return answer

    return counted


def started(articles: Path, out: Path, log: Path, jobs: int, die_at: int = 0) -> int:
    """A child that translates; its process number. With `die_at` it kills itself at that step."""
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        if die_at:
            countdown = [die_at]
            os.replace = dying(os.replace, countdown)  # type: ignore[assignment]
            os.fsync = dying(os.fsync, countdown)
            for name in STEPS:
                setattr(JobState, name, dying(getattr(JobState, name), countdown))
        code = translate(articles, out, log, jobs)
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """The exit code of a child, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def written(out: Path) -> dict[str, bytes]:
    files = (path for path in out.rglob("*") if path.is_file() and path.parent.name != ".mtkit")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def calls(log: Path) -> list[str]:
    return log.read_text().splitlines() if log.exists() else []


def killed_at_random(folder: Path, kills: int, seed: int, jobs: int) -> dict[str, object]:
    """Start, kill, start again until done, over and over until there were so many kills."""
    draw = random.Random(seed)
    articles = folder / "in"
    write_articles(articles, ARTICLES)
    expected, once = undisturbed(folder, jobs)
    seconds = len(once) * SECONDS_A_CALL * 2
    done = 0
    found = []
    while done < kills:
        place = folder / str(len(found))
        lives = 0
        while True:
            child = started(articles, place / "out", place / "log", jobs)
            if done < kills:
                time.sleep(draw.uniform(0, seconds))
                os.kill(child, signal.SIGKILL)
            if (code := ended(child)) != -signal.SIGKILL:
                break
            lives += 1
            done += 1
        found.append(compared(place, code, lives, expected, once))
    return {"kills": done, "calls": len(once), "files": len(expected), "found": found}


def killed_at_steps(folder: Path, seed: int, count: int) -> dict[str, object]:
    """Kill at `count` of the steps at which something is written, each in a folder of its own."""
    articles = folder / "in"
    write_articles(articles, {"a.txt": 8, "b.html": 4})
    expected, once = undisturbed(folder, 1)
    steps = list(range(1, 100))
    random.Random(seed).shuffle(steps)
    found = []
    for step in steps:
        place = folder / str(step)
        child = started(articles, place / "out", place / "log", 1, step)
        if (code := ended(child)) == 0:
            continue  # there are no so many steps
        if code == -signal.SIGKILL:
            code = ended(started(articles, place / "out", place / "log", 1))
        found.append(compared(place, code, 1, expected, once))
        if len(found) == count:
            break
    return {"kills": len(found), "calls": len(once), "files": len(expected), "found": found}


def undisturbed(folder: Path, jobs: int) -> tuple[dict[str, bytes], list[str]]:
    """What is written and asked where nobody is killed; first here, so that children find all loaded."""
    translate(folder / "in", folder / "loaded", folder / "loaded.log", 1)
    out, log = folder / "undisturbed", folder / "undisturbed.log"
    if code := ended(started(folder / "in", out, log, jobs)):
        raise SystemExit(f"an undisturbed run ended with {code}")
    return written(out), calls(log)


def compared(
    place: Path, code: int, lives: int, expected: dict[str, bytes], once: list[str]
) -> dict[str, object]:
    asked = calls(place / "log")
    return {
        "code": code,
        "lives": lives,
        "same": written(place / "out") == expected,
        "asked_the_same": set(asked) == set(once),
        "asked_again": len(asked) - len(once),
        "left": sorted(path.name for path in (place / "out" / ".mtkit").iterdir()),
    }


def together(folder: Path, kill_one: int) -> dict[str, object]:
    """Two runs at once on one folder; with `kill_one` one of them dies in the middle."""
    articles = folder / "in"
    write_articles(articles, ARTICLES)
    expected, once = undisturbed(folder, 2)
    place = folder / "both"
    children = [started(articles, place / "out", place / "log", 2) for _ in range(2)]
    if kill_one:
        while len(calls(place / "log")) < len(once) // 3:
            time.sleep(0.001)
        os.kill(children.pop(), signal.SIGKILL)
    codes = [ended(child) for child in children]
    return {"calls": len(once), "found": [compared(place, code, kill_one, expected, once) for code in codes]}


if __name__ == "__main__":
    kinds = {"random": killed_at_random, "steps": killed_at_steps, "together": together}
    kind, place, *numbers = sys.argv[1:]
    print(json.dumps(kinds[kind](Path(place), *map(int, numbers))))
