"""`mtkit bench forms`: how often the words around a term tell its form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtkit.cli.common import (
    DEFAULT_CORPUS,
    CorpusOption,
    GlossaryOption,
    JsonFlag,
    PartOption,
    log,
    print_json,
    require_part,
    required_termbase,
)
from mtkit.cli.tables import print_table
from mtkit.config import load_settings


def register(app: typer.Typer) -> None:
    app.command()(forms)


def forms(
    glossary: GlossaryOption = None,
    corpus: CorpusOption = DEFAULT_CORPUS,
    part: PartOption = "dev",
    learn: Annotated[
        Path | None,
        typer.Option("--learn", metavar="FILE", help="Learn the table anew from the training part."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Take each term out of the references and choose its form by the words around it alone."""
    from dataclasses import asdict

    from mtkit.documents.files import atomic_write
    from mtkit.runners.bench_forms import learned_table, measure_forms

    require_part(part)
    termbase = required_termbase(load_settings(glossary=glossary))
    if learn is not None:
        atomic_write(learn, learned_table(corpus, termbase).encode())
        log(f"mtkit: wrote {learn}.")
        return
    rows = list(measure_forms(corpus, part, termbase))
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    print_table(
        [
            ["set", "terms", "form told", "%"],
            *(
                [
                    *(row.test_set, str(row.terms), str(row.told)),
                    f"{100 * row.told / row.terms:.1f}" if row.terms else "-",
                ]
                for row in rows
            ),
        ]
    )
