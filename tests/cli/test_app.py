from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from mtkit import __version__
from mtkit.cli import app as frame
from mtkit.cli.common import progress
from mtkit.errors import (
    ConfigError,
    EngineError,
    FormatError,
    InputError,
    MissingExtraError,
    MtkitError,
    StoreError,
)

ROOT = Path(frame.__file__).parents[2]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, BaseException]]:
    """A command line with one command, `fail`, which raises what the test puts into the box."""
    box: dict[str, BaseException] = {}
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

    @app.callback()
    def options() -> None:
        pass

    @app.command()
    def fail() -> None:
        raise box["error"]

    monkeypatch.setattr(frame, "app", app)
    yield box


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigError("The beam is 0.", "Make it 1 or more."), 2),
        (InputError("a.txt does not exist.", "Check the path."), 3),
        (FormatError("a.tsv", "3 columns, 4 are needed.", line=7), 3),
        (MissingExtraError("COMET", "comet"), 4),
        (EngineError("The engine stopped.", "Run again."), 5),
        (StoreError("Cannot write.", "Free some space."), 6),
    ],
)
def test_an_mtkit_error_is_one_line_and_its_exit_code(
    failing: dict[str, BaseException], capsys: pytest.CaptureFixture[str], error: MtkitError, code: int
) -> None:
    failing["error"] = error
    assert frame.run(["fail"]) == code
    shown = capsys.readouterr()
    assert shown.err == f"mtkit: {error}\n"
    assert shown.out == ""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "mtkit: interrupted; what was finished is kept\n"),
        (MemoryError(), 5, "Out of memory"),
        (
            OSError(errno.ENOSPC, "No space left on device", "out.txt"),
            6,
            "disk is full while writing out.txt",
        ),
    ],
)
def test_other_ends(
    failing: dict[str, BaseException],
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    said: str,
) -> None:
    failing["error"] = error
    assert frame.run(["fail"]) == code
    shown = capsys.readouterr().err
    assert said in shown
    assert shown.count("\n") == 1


def test_a_bug_is_one_line_and_its_traceback_goes_to_a_file(
    failing: dict[str, BaseException],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("MTKIT_CACHE", str(tmp_path))
    failing["error"] = ZeroDivisionError("division by zero")
    assert frame.run(["fail"]) == frame.BUG_EXIT_CODE
    shown = capsys.readouterr().err
    (written,) = (tmp_path / "tracebacks").iterdir()
    assert shown.startswith("mtkit: This is a bug in mtkit (ZeroDivisionError: division by zero).")
    assert str(written) in shown
    assert shown.count("\n") == 1
    assert "Traceback (most recent call last)" in written.read_text(encoding="utf-8")


def test_debug_shows_the_traceback(
    failing: dict[str, BaseException], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MTKIT_DEBUG", "1")
    failing["error"] = ZeroDivisionError("division by zero")
    frame.run(["fail"])
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_exit_codes_of_commands_pass_through(failing: dict[str, BaseException]) -> None:
    failing["error"] = typer.Exit(1)
    assert frame.run(["fail"]) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such-command"], "mtkit: No such command 'no-such-command'. mtkit --help says what there is.\n"),
        (["translate"], "mtkit: Missing argument 'INPUT…'. mtkit translate --help says what there is.\n"),
        (
            ["doctor", "--no-such"],
            "mtkit: No such option: --no-such. mtkit doctor --help says what there is.\n",
        ),
    ],
)
def test_usage_errors_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert frame.run(arguments) == 2
    assert capsys.readouterr() == ("", told)


def test_a_command_with_nothing_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert frame.run(["glossary"]) == 2
    assert capsys.readouterr().err.startswith("Usage: mtkit glossary ")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert frame.run(["--version"]) == 0
    assert capsys.readouterr().out == f"mtkit {__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert frame.run(["--help"]) == 0
    shown = capsys.readouterr().out
    for module in frame.COMMAND_MODULES:
        assert f"\n  {module.removesuffix('_command')} " in shown


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("Уезд получил новую дорогу.\n" * 9_000, encoding="utf-8")
    program = "import sys; from mtkit.cli.app import main; sys.argv[0] = 'mtkit'; main()"
    command = [
        sys.executable,
        "-c",
        program,
        "score",
        str(long),
        "--ref",
        str(long),
        "--metric",
        "bleu",
        "--segments",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read().decode()
        assert process.wait(60) == frame.BROKEN_PIPE_EXIT_CODE
    assert said == ""


def test_progress_off_a_terminal_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("translating", total=3) as advance:
        advance(2)
        advance(1)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("translating: 3 segments in ")


def test_tests_run_in_a_home_of_their_own() -> None:
    assert Path.home().name.startswith("mtkit-tests-")
    assert os.environ["MTKIT_CACHE"].startswith(str(Path.home()))
