"""The `mtkit` command: registers every command and turns every exception into one line and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from mtkit import __version__
from mtkit.errors import EngineError, MtkitError, StoreError

COMMAND_MODULES = (
    "translate_command",
    "score_command",
    "compare_command",
    "check_command",
    "report_command",
    "glossary_command",
    "memory_command",
    "models_command",
    "names_command",
    "train_command",
    "bench_command",
    "doctor_command",
)
USAGE_EXIT_CODE = 2
INTERRUPTED_EXIT_CODE = 130
BROKEN_PIPE_EXIT_CODE = 141
BUG_EXIT_CODE = 70

_UsageError: type[Exception] = typer.BadParameter.__bases__[0]

app = typer.Typer(
    name="mtkit",
    help="Translate Vietnamese and English articles into Russian, enforce a termbase, score the result.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mtkit {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    import logging

    logging.basicConfig(format="mtkit: %(message)s")
    logging.getLogger("mtkit").setLevel(logging.INFO)


for _module in COMMAND_MODULES:
    import_module(f"mtkit.cli.{_module}").register(app)


def main() -> None:
    """Run the command line of this process; never returns."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the exit code, with every error already told on stderr in one line."""
    try:
        exit_code = app(list(arguments), prog_name="mtkit", standalone_mode=False)
        sys.stdout.flush()
    except _UsageError as error:
        return _report_usage(error)
    except MtkitError as error:
        return _fail(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        exit_code = INTERRUPTED_EXIT_CODE
    except MemoryError:
        return _fail("Out of memory. Use a smaller --beam or a smaller batch_tokens.", EngineError.exit_code)
    except BrokenPipeError:
        return _close_broken_pipe()
    except SystemExit:
        return BROKEN_PIPE_EXIT_CODE  # what Typer does about a broken pipe that a command runs into
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            where = f" while writing {error.filename}" if error.filename else ""
            return _fail(f"The disk is full{where}. Free some space and run again.", StoreError.exit_code)
        return _report_bug(error)
    except Exception as error:
        return _report_bug(error)
    if exit_code == INTERRUPTED_EXIT_CODE:
        return _fail("interrupted; what was finished is kept", INTERRUPTED_EXIT_CODE)
    return exit_code if isinstance(exit_code, int) else 0


def _fail(message: str, exit_code: int) -> int:
    print(f"mtkit: {' '.join(message.split())}", file=sys.stderr)
    return exit_code


def _report_usage(error: Any) -> int:
    """What is wrong with a command line; of a command that was given nothing, its help."""
    message, context = error.format_message(), error.ctx
    if message.startswith("Usage:"):
        print(message, file=sys.stderr)
        return USAGE_EXIT_CODE
    command = context.command_path if context else "mtkit"
    stop = "" if message.endswith((".", "?")) else "."
    return _fail(f"{message}{stop} {command} --help says what there is.", USAGE_EXIT_CODE)


def _close_broken_pipe() -> int:
    """Whoever read us went away: nothing to say, and the interpreter's last flush must not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE_EXIT_CODE


def _report_bug(error: Exception) -> int:
    import traceback
    from datetime import datetime

    from mtkit.config import cache_dir

    text = "".join(traceback.format_exception(error))
    if os.environ.get("MTKIT_DEBUG") == "1":
        print(text, file=sys.stderr, end="")
    path = cache_dir() / "tracebacks" / f"{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"mtkit {__version__}\n{sys.argv}\n{text}", encoding="utf-8")
        where = f"The traceback is in {path}"
    except OSError:
        where = "MTKIT_DEBUG=1 shows the traceback"
    return _fail(f"This is a bug in mtkit ({type(error).__name__}: {error}). {where}.", BUG_EXIT_CODE)
