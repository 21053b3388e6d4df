"""`mtkit bench`: quality of a model over test sets, terms, speed of engines, matcher and memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtkit.cli import (
    bench_checks_command,
    bench_forms_command,
    bench_guards_command,
    bench_memory_command,
    bench_terms_command,
)
from mtkit.cli.common import (
    DEFAULT_CORPUS,
    PARTS,
    BeamOption,
    CorpusOption,
    EngineOption,
    GlossaryOption,
    JsonFlag,
    ModelOption,
    ThreadsOption,
    chosen_termbase,
    log,
    print_json,
    progress,
    require_part,
)
from mtkit.cli.tables import print_table
from mtkit.config import Settings, load_settings, thread_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtkit.runners.bench import QualityRow
    from mtkit.runners.local import Translator

bench_app = typer.Typer(
    name="bench",
    help="Measure a model: quality over test sets, speed of the engines as ratios.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

BUSY_LOAD = 0.5
"""Running processes a core from which on times say nothing."""


def register(app: typer.Typer) -> None:
    bench_checks_command.register(bench_app)
    bench_forms_command.register(bench_app)
    bench_guards_command.register(bench_app)
    bench_memory_command.register(bench_app)
    bench_terms_command.register(bench_app)
    app.add_typer(bench_app)


@bench_app.command()
def quality(
    model: ModelOption = None,
    engine: EngineOption = None,
    beam: BeamOption = None,
    threads: ThreadsOption = None,
    glossary: GlossaryOption = None,
    corpus: CorpusOption = DEFAULT_CORPUS,
    part: Annotated[
        str, typer.Option("--part", metavar="dev|test|none", help="Part of the domain corpus.")
    ] = "dev",
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=PATH:SRC:TGT:LANG", help="A further test set, by its columns."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, metavar="N", help="First N segments; 0: all.")] = 0,
    width: Annotated[int, typer.Option("--width", min=0, max=6, help="Decimal places.")] = 1,
    as_json: JsonFlag = False,
) -> None:
    """Translate test sets without and with the termbase and score them: text, terms, findings."""
    from mtkit.errors import ConfigError
    from mtkit.runners.bench import corpus_sets, measure_quality, named_set

    require_part(part, (*PARTS, "none"))
    test_sets = [] if part == "none" else corpus_sets(corpus, part)
    test_sets = [each.first(limit) for each in [*test_sets, *map(named_set, sets or [])]]
    if not test_sets:
        raise ConfigError("There is no test set.", "Give one with --set, or --part dev.")
    settings = load_settings(model=model, engine=engine, beam=beam, threads=threads, glossary=glossary)
    translator = _translator(settings)
    with progress("translated") as advance:
        rows = list(measure_quality(translator, test_sets, advance))
    signatures = list(
        dict.fromkeys(f"{score.metric}|{score.signature}" for row in rows for score in row.scores)
    )
    fingerprint = translator.engine.fingerprint()
    if as_json:
        print_json(
            {"engine": fingerprint, "signatures": signatures, "rows": [_row_json(row) for row in rows]}
        )
        return
    _print_rows(rows, width)
    print()
    print("engine|" + "|".join(f"{key}:{value}" for key, value in fingerprint.items()))
    for signature in signatures:
        print(signature)


@bench_app.command()
def speed(
    model: ModelOption = None,
    threads: ThreadsOption = None,
    corpus: CorpusOption = DEFAULT_CORPUS,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Sentences to decode.")] = 32,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="Rounds; the median counts.")] = 3,
    as_json: JsonFlag = False,
) -> None:
    """Decode sentences of the domain corpus in several configurations, in one run; print ratios of speed.

    The first configuration, transformers one sentence at a time, is 1. Measure on a machine at rest.
    """
    from mtkit.runners.bench import corpus_sets, measure_speed, speed_configurations

    settings = load_settings(model=model, threads=threads)
    if os.getloadavg()[0] > BUSY_LOAD * thread_count(settings):
        log("mtkit: this machine is busy with something else; the ratios will be wrong.")
    test_set = corpus_sets(corpus, "dev")[0].first(limit)
    configurations = speed_configurations(thread_count(settings))
    with progress("measured", len(configurations) * rounds, "runs") as advance:
        rows = measure_speed(
            settings.model,
            test_set.sources,
            test_set.src_lang,
            configurations,
            rounds=rounds,
            progress=advance,
        )
    if as_json:
        print_json([{"configuration": r.configuration.name, "ratio": round(r.ratio, 2)} for r in rows])
        return
    print_table([["configuration", "ratio"], *([r.configuration.name, f"{r.ratio:.1f}"] for r in rows)])


def _translator(settings: Settings) -> Translator:
    from mtkit.engines.opening import engine_for
    from mtkit.runners.local import Translator

    return Translator(
        engine=engine_for(settings),
        termbase=chosen_termbase(settings),
        settings=settings,
        src_lang="auto",
        tgt_lang="ru",
    )


def _row_json(row: QualityRow) -> dict[str, Any]:
    from mtkit.scoring.evaluate import as_sacrebleu_json

    return {
        "set": row.test_set,
        "termbase": row.terms,
        "segments": row.segments,
        "scores": [as_sacrebleu_json(score, 2) for score in row.scores],
        "with_findings": round(row.with_findings, 4),
    }


def _print_rows(rows: Sequence[QualityRow], width: int) -> None:
    from mtkit.scoring.evaluate import nothing_counted

    names = [score.metric for score in rows[0].scores]
    table = [["set", "termbase", "segments", *names, "with findings %"]]
    for row in rows:
        cells = ("-" if nothing_counted(each) else f"{each.value:.{width}f}" for each in row.scores)
        table.append(
            [
                row.test_set,
                "yes" if row.terms else "no",
                str(row.segments),
                *cells,
                f"{100 * row.with_findings:.{width}f}",
            ]
        )
    print_table(table)
