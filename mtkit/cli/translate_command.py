"""`mtkit translate`: files, folders, standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from mtkit.cli.common import (
    GlossaryOption,
    JsonFlag,
    SourceLanguageOption,
    TargetLanguageOption,
    log,
    print_json,
    progress,
)
from mtkit.config import Settings, load_settings, section, thread_count
from mtkit.errors import ConfigError, MtkitError, UnknownNameError

STANDARD_STREAM = "-"
_LANGUAGES = ("vi", "en", "auto")


def register(app: typer.Typer) -> None:
    app.command("translate")(translate)


def translate(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT…", help="Files, folders, or - for standard input.")
    ],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="OUT", help="File or folder; standard output without it."),
    ] = None,
    src_lang: SourceLanguageOption = "auto",
    tgt_lang: TargetLanguageOption = "ru",
    glossary: GlossaryOption = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="NAME|PATH", help="Model; A+B goes through a third language."),
    ] = None,
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="NAME", help="ctranslate2 or transformers.")
    ] = None,
    beam: Annotated[
        int | None, typer.Option("--beam", min=1, max=32, help="Beam width; 1 is fastest.")
    ] = None,
    threads: Annotated[
        int | None, typer.Option("--threads", min=1, help="Cores to use; all by default.")
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="Format, where the name does not tell it.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Translate articles into Russian; the terms of the glossary are held to."""
    if src_lang not in _LANGUAGES:
        raise UnknownNameError("source language", src_lang, _LANGUAGES)
    if tgt_lang != "ru":
        raise UnknownNameError("target language", tgt_lang, ["ru"])
    output = None if output == STANDARD_STREAM else output
    settings = load_settings(glossary=glossary, model=model, engine=engine, beam=beam, threads=threads)
    if STANDARD_STREAM in inputs:
        if inputs != [STANDARD_STREAM] or output is not None or as_json:
            raise ConfigError(
                "Standard input goes to standard output, alone.", "Leave out other inputs, -o and --json."
            )
        _translate_stream(settings, src_lang, tgt_lang, format_name)
        return
    _translate_files(
        [Path(name) for name in inputs], output, settings, src_lang, tgt_lang, format_name, as_json
    )


def _translate_stream(settings: Settings, src_lang: str, tgt_lang: str, format_name: str | None) -> None:
    from mtkit.runners.stream import translate_lines

    translator = _open(settings, src_lang, tgt_lang, format_name)
    for line in translate_lines(sys.stdin.buffer, translator):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


def _translate_files(
    inputs: list[Path],
    output: str | None,
    settings: Settings,
    src_lang: str,
    tgt_lang: str,
    format_name: str | None,
    as_json: bool,
) -> None:
    from mtkit.runners.local import plan, translate_jobs

    jobs = plan(inputs, output, tgt_lang)
    translator = _open(settings, src_lang, tgt_lang, format_name)
    errors: list[MtkitError] = []
    records = []
    finished = 0
    with progress("translated") as advance, _told_when_interrupted(lambda: (finished, len(jobs))):
        for outcome in translate_jobs(jobs, translator, advance):
            if outcome.error is not None:
                errors.append(outcome.error)
                log(f"mtkit: {outcome.error}")
                continue
            finished += 1
            record = outcome.record or {}
            records.append(record)
            if not record["segments"]:
                log(f"mtkit: {outcome.job.source}: nothing to translate in it.")
            if outcome.job.target is None and not as_json:
                sys.stdout.buffer.write(outcome.rendered)
            elif outcome.job.target is not None:
                log(f"{outcome.job.source} -> {outcome.job.target} ({_summary(record)})")
    if as_json:
        print_json(records)
    if errors:
        raise typer.Exit(errors[0].exit_code)


def _summary(record: dict) -> str:  # type: ignore[type-arg]
    segments = record["segments"]
    hits = [hit for segment in segments for hit in segment["hits"]]
    findings = [finding for segment in segments for finding in segment["findings"]]
    held = sum(hit["ok"] for hit in hits)
    return (
        f"{_count(len(segments), 'segment')}, {held} of {_count(len(hits), 'term')} held, "
        f"{_count(len(findings), 'finding')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def _told_when_interrupted(state: Callable[[], tuple[int, int]]) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        finished, planned = state()
        log(f"mtkit: {finished} of {_count(planned, 'article')} finished")
        raise


def _open(settings: Settings, src_lang: str, tgt_lang: str, format_name: str | None):  # type: ignore[no-untyped-def]
    from mtkit.engines.base import EngineOptions
    from mtkit.engines.opening import open_engine
    from mtkit.runners.local import Translator
    from mtkit.termbase.io import load_termbase

    return Translator(
        engine=open_engine(
            settings.engine,
            EngineOptions(
                model=settings.model, threads=thread_count(settings), batch_tokens=settings.batch_tokens
            ),
        ),
        termbase=None if settings.glossary == "none" else load_termbase(settings.glossary),
        settings=settings,
        src_lang=src_lang,
        tgt_lang=tgt_lang,
        format=format_name,
        format_options=section("formats"),
    )
