"""`mtkit report`: one HTML page on which reviewers read a run, or two of them against each other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtkit.cli.common import JsonFlag, log, print_json

if TYPE_CHECKING:
    from mtkit.reports.runs import Run

DEFAULT_METRICS = "chrf,bleu,ter"
DEFAULT_OUTPUT = "report.html"
STANDARD_OUTPUT = "-"


def register(app: typer.Typer) -> None:
    app.command("report")(report)


def report(
    runs: Annotated[
        list[str],
        typer.Argument(metavar="RUN…", help="Run records, folders of them, or translated files beside them."),
    ],
    reference: Annotated[
        list[str] | None,
        typer.Option("--ref", metavar="REF", help="A reference, file or folder; repeat for several."),
    ] = None,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="The page to write; - is standard output.")
    ] = DEFAULT_OUTPUT,
    compare: Annotated[
        bool, typer.Option("--compare", help="Show the second RUN against the first on one page.")
    ] = False,
    metric: Annotated[
        str | None,
        typer.Option("--metric", metavar="NAMES", help=f"Comma-separated; {DEFAULT_METRICS} by default."),
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Heading of the page.")] = "",
    as_json: JsonFlag = False,
) -> None:
    """Write a page for reviewers: scores, terms, findings, and every segment with room to mark errors.

    The page is one file that opens from disk and asks nothing of the network. What is in its place and
    is no report is kept. --json prints a summary.
    """
    from mtkit.cli.batch_view import counted
    from mtkit.documents.files import atomic_write, keep_others
    from mtkit.errors import ConfigError
    from mtkit.reports.html import MARK, render_html
    from mtkit.reports.page_model import PageOptions, page_model
    from mtkit.reports.runs import read_run

    if compare and len(runs) != 2:
        raise ConfigError(
            f"--compare takes two runs, not {len(runs)}.", "Give a folder for a run of many files."
        )
    if metric is not None and not reference:
        raise ConfigError("--metric needs something to score against.", "Give --ref REF.")
    if as_json and output == STANDARD_OUTPUT:
        raise ConfigError("Both the page and --json would go to standard output.", "Name a file: -o OUT.")
    if output != STANDARD_OUTPUT:
        keep_others(output, MARK)
    read = [read_run([name]) for name in runs] if compare else [read_run(runs)]
    read = [_as_published(run) for run in read]
    model = page_model(read, reference or [], PageOptions(title=title, metrics=metric or DEFAULT_METRICS))
    page = render_html(model)
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(page)
        return
    atomic_write(output, page)
    if as_json:
        print_json(_summary(output, model))
    else:
        segments, documents = len(model["rows"]), len(model["documents"])
        log(f"{output}: {counted(segments, 'segment')}, {counted(documents, 'document')}")


def _as_published(run: Run) -> Run:
    """The run with its edited translations as they are now."""
    from dataclasses import replace

    if not any(record.edited for record in run.records):
        return run
    from mtkit.checks.registered import active_checks
    from mtkit.cli.check_command import context_of
    from mtkit.config import section
    from mtkit.reports.published import published

    checks = active_checks(section("checks"))
    records = []
    for record in run.records:
        if record.edited:
            record = published(record, checks, context_of(record.path))
            log(f"{record.name} was edited since: the page shows it as it is now, beside what mtkit wrote.")
        records.append(record)
    return replace(run, records=tuple(records))


def _summary(output: str, model: dict[str, Any]) -> dict[str, Any]:
    kept = ("name", "scores", "terms", "names", "origins", "findings")
    return {
        "report": output,
        "documents": len(model["documents"]),
        "segments": len(model["rows"]),
        "runs": [{key: run[key] for key in kept} for run in model["runs"]],
        "difference": model["difference"],
    }
