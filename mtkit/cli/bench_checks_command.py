"""`mtkit bench checks`: what the checks say about a text, in a thousand segments, and how fast they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtkit.cli.common import GlossaryOption, JsonFlag, OnlyOption, SourceLanguageOption, print_json
from mtkit.cli.tables import print_table

if TYPE_CHECKING:
    from mtkit.runners.bench_checks import CheckCount, Speed


def register(app: typer.Typer) -> None:
    app.command("checks")(checks)


def checks(
    hypothesis: Annotated[
        str, typer.Argument(metavar="HYP", help="A translation, best a human one, as in mtkit score.")
    ],
    source: Annotated[
        str | None, typer.Option("--src", metavar="SRC", help="The source; HYP itself where it has both.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--doc", metavar="DOC", help="Document of each segment; one by default.")
    ] = None,
    source_lang: SourceLanguageOption = "auto",
    glossary: GlossaryOption = None,
    only: OnlyOption = None,
    peer: Annotated[
        Path | None, typer.Option("--peer", metavar="POFILTER", help="Run translate-toolkit's pofilter too.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Count what the checks say about a text, by check and severity, and measure how fast they are.

    Over human translations the counts are false alarms, and faults that the translators made. With --peer
    HYP is a PO file, and both commands are measured from start to end, in one run: by processor time, and by
    the time that goes by, in which mtkit uses all cores.
    """
    from mtkit.checks.registered import active_checks
    from mtkit.cli.check_command import check_context, named_checks
    from mtkit.runners.bench_checks import check_documents, command_speeds, counts
    from mtkit.scoring.inputs import read_parallel_text
    from mtkit.text.language import source_language

    text = read_parallel_text(hypothesis, [], source or hypothesis, document)
    language = source_language(text.sources or (), source_lang, source or hypothesis)
    active = active_checks({}, named_checks(only))
    findings, alone = check_documents(text, language, active, check_context(glossary))
    segments = len(text.hypotheses)
    speeds = [alone]
    if peer is not None:
        options = ["--only", only] if only else []
        options += ["--glossary", glossary] if glossary else []
        speeds += command_speeds(Path(hypothesis), peer, len(active), segments, options)
    rows = counts(findings, segments)
    if as_json:
        print_json(
            {
                "segments": segments,
                "checks": [
                    {"check": row.check, "severity": row.severity, "findings": row.findings}
                    | {"per_thousand": round(row.rate, 2)}
                    for row in rows
                ],
                "microseconds_per_segment": {
                    speed.name: {"checks": speed.checks}
                    | {"processor": round(speed.processor), "elapsed": round(speed.elapsed)}
                    for speed in speeds
                },
            }
        )
        return
    _print_counts(rows, segments)
    _print_speeds(speeds)


def _print_counts(rows: list[CheckCount], segments: int) -> None:
    table = [["severity", "check", "findings", "in 1,000 segments"]]
    for severity in dict.fromkeys(row.severity for row in rows):
        own = [row for row in rows if row.severity is severity]
        table += [[severity, row.check, str(row.findings), f"{row.rate:.2f}"] for row in own]
        found = sum(row.findings for row in own)
        table.append([severity, "all", str(found), f"{1000 * found / segments:.2f}"])
    print_table(table)
    print(f"\n{segments} segments\n")


def _print_speeds(speeds: list[Speed]) -> None:
    table = [["microseconds a segment", "checks", "processor time", "elapsed time"]]
    table += [
        [speed.name, str(speed.checks), f"{speed.processor:.0f}", f"{speed.elapsed:.0f}"] for speed in speeds
    ]
    print_table(table)
