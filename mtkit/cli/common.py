"""What commands share: options, JSON on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtkit.config import Settings
from mtkit.errors import ConfigError, UnknownNameError
from mtkit.text.language import SOURCE_LANGUAGES

if TYPE_CHECKING:
    from mtkit.termbase.model import Termbase

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
GlossaryOption = Annotated[
    str | None,
    typer.Option(
        "--glossary",
        metavar="PATH|none",
        help="Termbase to hold to, instead of the bundled one; mine.tsv+bundled: both, yours first.",
    ),
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
ReferencesOption = Annotated[
    list[str] | None, typer.Option("--ref", metavar="REF", help="A reference; repeat for several.")
]
OnlyOption = Annotated[
    str | None, typer.Option("--only", metavar="IDS", help="Run only these checks, comma-separated.")
]
ArticleFlag = Annotated[
    bool, typer.Option("--article", help="Of an HTML page only headline, lead, body and captions.")
]
ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="NAME|PATH", help="Model; A+B goes through a third language.")
]
EngineOption = Annotated[
    str | None, typer.Option("--engine", metavar="NAME", help="ctranslate2 or transformers.")
]
BeamOption = Annotated[int | None, typer.Option("--beam", min=1, max=32, help="Beam width; 1 is fastest.")]
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", min=1, help="Cores to use; all unless told otherwise.")
]
CorpusOption = Annotated[
    Path, typer.Option("--corpus", metavar="FOLDER", help="Domain corpus: train.tsv, dev.tsv and test.tsv.")
]
DEFAULT_CORPUS = Path("data/corpus")
PARTS = ("dev", "test")
PartOption = Annotated[str, typer.Option("--part", metavar="dev|test", help="Part of the domain corpus.")]


def require_source_language(lang: str | None, known: Sequence[str] = (*SOURCE_LANGUAGES, "auto")) -> None:
    """Raise UnknownNameError where `--from` names a language that is not known; None names none."""
    if lang is not None and lang not in known:
        raise UnknownNameError("source language", lang, known)


def require_part(part: str, known: Sequence[str] = PARTS) -> None:
    """Raise UnknownNameError where `--part` names no part of the domain corpus."""
    if part not in known:
        raise UnknownNameError("part of the corpus", part, known)


def chosen_termbase(settings: Settings) -> Termbase | None:
    """The termbase of the settings, None for "none". Raises TermbaseError."""
    from mtkit.termbase.io import load_termbase

    return None if settings.glossary == "none" else load_termbase(settings.glossary)


def required_termbase(settings: Settings) -> Termbase:
    """The termbase of the settings. Raises TermbaseError; ConfigError for "none"."""
    termbase = chosen_termbase(settings)
    if termbase is None:
        raise ConfigError("There are no terms to measure.", "Name a termbase: --glossary PATH.")
    return termbase


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
