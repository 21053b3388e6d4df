"""What commands share: options, JSON on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
GlossaryOption = Annotated[
    str | None,
    typer.Option("--glossary", metavar="PATH|none", help="Termbase to hold to; the bundled one by default."),
]
MemoryOption = Annotated[
    str | None,
    typer.Option(
        "--memory", metavar="PATH|none", help="Translation memory, a file or a folder; none by default."
    ),
]
SourceLanguageOption = Annotated[
    str, typer.Option("--from", metavar="vi|en|auto", help="Language of the source.")
]
TargetLanguageOption = Annotated[str, typer.Option("--to", metavar="ru", help="Language of the target.")]


def print_json(value: Any) -> None:
    """Print one JSON document to stdout, indented as sacreBLEU does."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def print_json_line(value: Any) -> None:
    """Print one line of JSON Lines to stdout and flush it."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def log(message: str) -> None:
    """Print one line to stderr."""
    print(message, file=sys.stderr, flush=True)


@contextmanager
def progress(
    description: str, total: int | None = None, unit: str = "segments"
) -> Iterator[Callable[[int], None]]:
    """Show progress on stderr; yields advance(count).

    A bar on a terminal; elsewhere one line at the end of what was done, so that logs stay readable.
    """
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(description, total=total)
            yield lambda count: bar.advance(task, count)
        return
    done = 0
    started = time.monotonic()

    def advance(count: int) -> None:
        nonlocal done
        done += count

    yield advance
    if done:
        log(f"{description}: {done} {unit} in {time.monotonic() - started:.1f} s")
