"""`mtkit translate`: files, folders, standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtkit.cli.common import (
    ArticleFlag,
    BeamOption,
    EngineOption,
    GlossaryOption,
    JsonFlag,
    MemoryOption,
    ModelOption,
    SourceLanguageOption,
    TargetLanguageOption,
    ThreadsOption,
    chosen_termbase,
    log,
    print_json,
    require_source_language,
)
from mtkit.config import Settings, load_settings, section
from mtkit.errors import ConfigError, InputError, UnknownNameError

if TYPE_CHECKING:
    from mtkit.runners.local import Job, Plan, Translator

STANDARD_STREAM = "-"
_Opened = Callable[[], AbstractContextManager["Translator"]]


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
    memory: MemoryOption = None,
    model: ModelOption = None,
    engine: EngineOption = None,
    beam: BeamOption = None,
    threads: ThreadsOption = None,
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="Format, where the name does not tell it.")
    ] = None,
    fields: Annotated[
        str | None,
        typer.Option("--fields", metavar="NAME,…", help="What to translate in JSON, JSONL, CSV, TSV."),
    ] = None,
    article: ArticleFlag = False,
    workers: Annotated[
        int,
        typer.Option(
            "--jobs",
            min=1,
            max=64,
            metavar="N",
            help="Articles in work at once; more than one helps on many cores.",
        ),
    ] = 1,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", metavar="PATTERN", help="Only these of a folder: '*.md', 'news/*'."),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="PATTERN", help="Not these of a folder.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Translate what is up to date or was edited since, too.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done and why; write nothing.")
    ] = False,
    watched: Annotated[
        bool, typer.Option("--watch", help="Go on with what is new or changed, until Ctrl-C.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Translate articles into Russian; the terms of the glossary are held to.

    Into a folder only what is new or changed is translated, and a run that was stopped goes on where it was.
    """
    require_source_language(src_lang)
    if tgt_lang != "ru":
        raise UnknownNameError("target language", tgt_lang, ["ru"])
    output = None if output == STANDARD_STREAM else output
    settings = load_settings(
        glossary=glossary, memory=memory, model=model, engine=engine, beam=beam, threads=threads
    )
    several = len(inputs) > 1 or Path(inputs[0]).is_dir()
    chosen = partial(_format_options, fields, article, several=several)
    opened = partial(_opened, settings, src_lang, tgt_lang, format_name, chosen)
    if STANDARD_STREAM in inputs:
        if inputs != [STANDARD_STREAM] or output is not None or as_json or dry_run or watched:
            raise ConfigError(
                "Standard input goes to standard output, alone.",
                "Leave out other inputs, -o, --json, --dry-run and --watch.",
            )
        _translate_stream(opened)
        return
    paths = [Path(name) for name in inputs]
    if watched and (output is None or dry_run or as_json or not all(path.is_dir() for path in paths)):
        raise ConfigError(
            "--watch goes from folders to a folder.",
            "Name them: FOLDER -o OUT, without --dry-run and --json.",
        )
    planned = partial(_planned, paths, output, tgt_lang, include or (), exclude or ())
    options = _BatchOptions(workers=workers, force=force, dry_run=dry_run, as_json=as_json)
    if watched and output is not None:
        exit_code = _watch(planned, Path(output), opened, options)
    else:
        exit_code = _translate_files(planned(), opened, options)
    raise typer.Exit(exit_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class _BatchOptions:
    workers: int
    force: bool
    dry_run: bool
    as_json: bool


def _translate_stream(opened: _Opened) -> None:
    from mtkit.runners.stream import translate_lines

    with opened() as translator:
        for line in translate_lines(sys.stdin.buffer, translator):
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()


def _planned(
    inputs: list[Path], output: str | None, tgt_lang: str, include: Sequence[str], exclude: Sequence[str]
) -> Plan:
    from mtkit.runners.local import plan

    return plan(inputs, output, tgt_lang, include=include, exclude=exclude)


def _translate_files(plan: Plan, opened: _Opened, options: _BatchOptions) -> int:
    """The exit code; an article alone raises its error."""
    from mtkit.cli.batch_view import batch_progress
    from mtkit.cli.folder_run import FolderRun, tell_decisions, tell_renamed, tell_unread
    from mtkit.runners.batch import Batch
    from mtkit.runners.batch_decision import decide_single

    tell_renamed(plan.renamed)
    if plan.folder is None:
        (job,) = plan.jobs
        if options.dry_run:
            decision = decide_single(job, force=options.force)
            return tell_decisions([decision], plan.unread, as_json=options.as_json)
        _translate_single(job, opened, options)
        tell_unread(plan.unread)
        return 0
    with opened() as translator:
        if options.dry_run:
            batch = Batch(translator, plan.folder, force=options.force)
            return tell_decisions(batch.decide(plan.jobs), plan.unread, as_json=options.as_json)
        run = FolderRun(as_json=options.as_json)
        with batch_progress() as progress:
            batch = Batch(
                translator, plan.folder, workers=options.workers, force=options.force, progress=progress
            )
            with closing(batch.run(plan.jobs)) as outcomes:
                exit_code = run.tell_all(plan.jobs, outcomes)
        run.tell_sums()
        tell_unread(plan.unread)
        return exit_code


def _translate_single(job: Job, opened: _Opened, options: _BatchOptions) -> None:
    from mtkit.cli.batch_view import batch_progress, tell_article
    from mtkit.runners.batch import translate_single

    with opened() as translator, batch_progress() as progress:
        translated = translate_single(job, translator, progress, force=options.force)
    tell_article(job, translated.record)
    if job.target is None and not options.as_json:
        if b"\0" in translated.rendered and sys.stdout.isatty():
            raise ConfigError(
                f"{job.source}: its translation is no text for a terminal.", "Name a file: -o OUT."
            )
        sys.stdout.buffer.write(translated.rendered)
    if options.as_json:
        print_json([translated.record])


def _watch(planned: Callable[[], Plan], folder: Path, opened: _Opened, options: _BatchOptions) -> int:
    """Until Ctrl-C; a folder with nothing in it yet is watched too."""
    from mtkit.cli.batch_view import batch_progress
    from mtkit.cli.folder_run import FolderRun, tell_renamed, tell_unread
    from mtkit.runners.batch import Batch
    from mtkit.runners.batch_watch import watch
    from mtkit.runners.local import Plan

    told: set[Path] = set()

    def found() -> Plan:
        try:
            plan = planned()
        except InputError:
            return Plan(jobs=())
        tell_renamed(each for each in plan.renamed if each.now not in told)
        told.update(each.now for each in plan.renamed)
        return plan

    tell_unread(found().unread)
    run = FolderRun(failures_at_once=True)
    with opened() as translator, batch_progress() as progress:
        batch = Batch(translator, folder, workers=options.workers, force=options.force, progress=progress)
        log("mtkit: watching; Ctrl-C ends")
        try:
            for outcome in watch(lambda: found().jobs, batch):
                run.tell(outcome)
        except KeyboardInterrupt:
            log("mtkit: no longer watching")
    run.tell_sums()
    return 0


def _format_options(fields: str | None, article: bool, *, several: bool) -> Mapping[str, Mapping[str, Any]]:
    """Those of the settings and of the command line; of `several` tables each has some of the fields."""
    from mtkit.documents.base import with_article, with_fields

    options: Mapping[str, Mapping[str, Any]] = section("formats")
    if fields is not None:
        options = with_fields(options, fields, some=several)
    return with_article(options) if article else options


@contextmanager
def _opened(
    settings: Settings,
    src_lang: str,
    tgt_lang: str,
    format_name: str | None,
    format_options: Callable[[], Mapping[str, Mapping[str, Any]]],
) -> Iterator[Translator]:
    from mtkit.engines.opening import engine_for
    from mtkit.memory.recall import open_recall
    from mtkit.runners.local import Translator

    options = format_options()
    with (
        closing(engine_for(settings)) as engine,
        open_recall(settings) as memory,
    ):
        yield Translator(
            engine=engine,
            termbase=chosen_termbase(settings),
            settings=settings,
            src_lang=src_lang,
            tgt_lang=tgt_lang,
            format=format_name,
            format_options=options,
            memory=memory,
            check_settings=section("checks"),
        )
