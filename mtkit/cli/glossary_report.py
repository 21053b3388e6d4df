"""`mtkit glossary report`: what became of the terms of translated articles."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtkit.cli.common import JsonFlag, print_json

if TYPE_CHECKING:
    from mtkit.termbase.report import DocumentTerms, Occurrence


def register(app: typer.Typer) -> None:
    app.command()(report)


def report(
    records: Annotated[
        list[Path], typer.Argument(metavar="RUN…", help="Run records (….mtkit.json), or folders of them.")
    ],
    as_json: JsonFlag = False,
) -> None:
    """Say of every term of translated articles in which form it is in the target, how, and what failed."""
    from mtkit.termbase.report import find_records, read_record

    documents = [read_record(path) for path in find_records(records)]
    if as_json:
        print_json(
            [
                {
                    "source": document.path,
                    "found": len(document.occurrences),
                    "held": document.held,
                    "strategies": document.strategies,
                    "terms": [asdict(occurrence) for occurrence in document.occurrences],
                }
                for document in documents
            ]
        )
        return
    for document in documents:
        for occurrence in document.occurrences:
            print("\t".join((f"{document.path}:{occurrence.segment_id}", *_cells(occurrence))))
        print(_summary(document))
    if len(documents) > 1:
        found = sum(len(document.occurrences) for document in documents)
        print(f"{len(documents)} documents: {sum(d.held for d in documents)} of {found} terms held")


def _cells(occurrence: Occurrence) -> tuple[str, str, str, str]:
    if occurrence.ok:
        outcome = occurrence.form
    else:
        outcome = f"wrong: {occurrence.form}" if occurrence.form else "missing"
    how = occurrence.strategy if occurrence.ok else "failed"
    return occurrence.source, occurrence.concept_id, outcome, how


def _summary(document: DocumentTerms) -> str:
    counts = ", ".join(f"{strategy or 'unknown'} {count}" for strategy, count in document.strategies.items())
    found = len(document.occurrences)
    failed = found - document.held
    told = "; ".join(filter(None, (counts, f"{failed} failed" if failed else "")))
    return f"{document.path}: {document.held} of {found} terms held" + (f" ({told})" if told else "")
