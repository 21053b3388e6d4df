"""`mtkit bench guards`: what the guard against a small model's faults saves."""

from __future__ import annotations

from typing import Annotated

import typer

from mtkit.cli.common import (
    DEFAULT_CORPUS,
    CorpusOption,
    GlossaryOption,
    JsonFlag,
    ModelOption,
    PartOption,
    ThreadsOption,
    chosen_termbase,
    print_json,
    progress,
    require_part,
)
from mtkit.cli.tables import print_table
from mtkit.config import load_settings


def register(app: typer.Typer) -> None:
    app.command("guards")(guards)


def guards(
    model: ModelOption = None,
    glossary: GlossaryOption = None,
    corpus: CorpusOption = DEFAULT_CORPUS,
    part: PartOption = "dev",
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Segments of each set at most; 0 for all.")
    ] = 0,
    threads: ThreadsOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Count loops, lost clauses, copies and invented numbers before and after the guard decodes again."""
    from mtkit.engines.faults import Fault
    from mtkit.engines.opening import engine_for
    from mtkit.runners.bench import corpus_sets
    from mtkit.runners.bench_guards import measure_guards

    require_part(part)
    settings = load_settings(model=model, glossary=glossary, threads=threads)
    sets = [each.first(limit) for each in corpus_sets(corpus, part)]
    engine = engine_for(settings)
    termbase = chosen_termbase(settings)
    try:
        with progress("decoded", sum(len(each.sources) for each in sets)) as advance:
            rows = list(measure_guards(engine, termbase, sets, beam=settings.beam, progress=advance))
    finally:
        engine.close()
    if as_json:
        print_json(
            [
                {
                    "set": row.test_set,
                    "segments": row.segments,
                    "faulty": row.faulty,
                    "faulty_guarded": row.faulty_guarded,
                    "found": {fault: row.found.get(fault, 0) for fault in Fault},
                    "left": {fault: row.left.get(fault, 0) for fault in Fault},
                }
                for row in rows
            ]
        )
        return
    print_table(
        [
            ["set", "segments", "faulty", "guarded", *Fault],
            *(
                [
                    row.test_set,
                    str(row.segments),
                    str(row.faulty),
                    str(row.faulty_guarded),
                    *(f"{row.found.get(fault, 0)} > {row.left.get(fault, 0)}" for fault in Fault),
                ]
                for row in rows
            ),
        ]
    )
