"""`mtkit score`: how good is a translation, measured against references and the termbase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mtkit.cli.common import (
    GlossaryOption,
    JsonFlag,
    ReferencesOption,
    SourceLanguageOption,
    log,
    print_json,
    require_source_language,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtkit.runners.sides import Sides
    from mtkit.scoring.base import Bootstrap
    from mtkit.scoring.terms import TermAnalysis

DEFAULT_METRICS = "bleu,chrf,ter"
DEFAULT_TERM_METRICS = "term-presence,term-form,term-oracle"


def register(app: typer.Typer) -> None:
    app.command(name="score")(score)


def score(
    hypothesis: Annotated[
        str | None,
        typer.Argument(
            metavar="HYP",
            help="FILE, FILE#COLUMN or - (lines, TSV, JSONL, XLIFF, TMX, PO, document, run record).",
        ),
    ] = None,
    reference: ReferencesOption = None,
    source: Annotated[
        str | None, typer.Option("--src", metavar="SRC", help="The source; adds term presence and form.")
    ] = None,
    document: Annotated[
        str | None,
        typer.Option("--doc", metavar="DOC", help="Document of each segment, for consistency of terms."),
    ] = None,
    source_lang: SourceLanguageOption = "auto",
    metric: Annotated[
        str | None,
        typer.Option(
            "--metric", metavar="NAMES", help=f"Comma-separated; terms is all of terms. [{DEFAULT_METRICS}]"
        ),
    ] = None,
    mqm: Annotated[
        str | None,
        typer.Option("--mqm", metavar="FILE", help="Instead of HYP: errors that a report exported."),
    ] = None,
    glossary: GlossaryOption = None,
    segments: Annotated[bool, typer.Option("--segments", help="Score each segment too.")] = False,
    confidence: Annotated[
        bool, typer.Option("--confidence", help="Add 95% intervals from 1,000 bootstrap resamples.")
    ] = False,
    width: Annotated[int, typer.Option("--width", min=0, max=6, help="Decimal places.")] = 1,
    as_json: JsonFlag = False,
) -> None:
    """Score a translation with sacreBLEU's metrics, COMET, and, given its source, by its terms.

    Text output has one line a metric with its signature, JSON is a list of objects under sacreBLEU's names.
    """
    from mtkit.errors import ConfigError
    from mtkit.scoring.base import Bootstrap
    from mtkit.scoring.evaluate import (
        as_sacrebleu_json,
        as_sacrebleu_line,
        evaluate,
        nothing_counted,
        segment_table,
    )
    from mtkit.scoring.opening import metric_names, open_metrics

    bootstrap = Bootstrap() if confidence else None
    if mqm is not None:
        if hypothesis is not None:
            raise ConfigError("--mqm is scored on its own.", "Leave out the translation.")
        _print_mqm(mqm, segments, bootstrap, width, as_json)
        return
    if hypothesis is None:
        raise ConfigError("There is nothing to score.", "Name the translation, or give --mqm FILE.")
    references = reference or []
    names = metric_names(metric or _default_metrics(references, source), has_reference=bool(references))
    if not names:
        raise ConfigError("There is nothing to score against.", "Give --ref REF, or --src SRC for its terms.")
    metrics = open_metrics(names, term_analysis(names, glossary, source_lang))
    (text,) = read_all_sides(
        [hypothesis], references, source, document, src_lang=source_lang, glossary=glossary
    ).texts
    scores = [evaluate(each, text, segments=segments, bootstrap=bootstrap) for each in metrics]
    for each in scores:
        if nothing_counted(each):
            log(f"mtkit: {each.metric}: there is nothing to count.")
    scores = [each for each in scores if not nothing_counted(each)]
    if as_json:
        print_json([as_sacrebleu_json(each, width) for each in scores])
        return
    for each in scores:
        print(as_sacrebleu_line(each, width))
    if segments:
        for row in segment_table(scores, width):
            print("\t".join(row))


def _print_mqm(path: str, segments: bool, bootstrap: Bootstrap | None, width: int, as_json: bool) -> None:
    """One score a run that was reviewed; a warning on stderr where it rests on few words."""
    from mtkit.scoring.evaluate import as_sacrebleu_json, as_sacrebleu_line
    from mtkit.scoring.mqm import mqm_score, read_mqm, short_text_warning

    scorecard = read_mqm(path)
    scores = {
        run: mqm_score(scorecard, run, segments=segments, bootstrap=bootstrap) for run in scorecard.runs
    }
    for run, score in scores.items():
        if warning := short_text_warning(score):
            log(f"mtkit: {run}: {warning}")
    if as_json:
        print_json([{"run": run} | as_sacrebleu_json(score, width) for run, score in scores.items()])
        return
    for run, score in scores.items():
        name = f"{run}: " if len(scores) > 1 else ""
        print(name + as_sacrebleu_line(score, width))
    if segments:
        print("run\tdocument\tsegment\tMQM")
        for run, score in scores.items():
            reviewed = [segment for segment in scorecard.segments if segment.run == run]
            for segment, value in zip(reviewed, score.segment_values, strict=True):
                print(f"{run}\t{segment.document}\t{segment.id}\t{value:.{width}f}")


def _default_metrics(references: list[str], source: str | None) -> str:
    wanted = [DEFAULT_METRICS] if references else []
    if source is not None:
        wanted.append(DEFAULT_TERM_METRICS if references else "term-presence")
    return ",".join(wanted)


def read_all_sides(
    hypotheses: Sequence[str],
    references: Sequence[str],
    source: str | None,
    document: str | None = None,
    *,
    src_lang: str = "auto",
    glossary: str | None = None,
) -> Sides:
    """All sides of what is scored (mtkit.runners.sides.read_sides); says where they had to be paired."""
    from mtkit.cli.check_command import check_context
    from mtkit.runners.sides import read_sides

    sides = read_sides(
        hypotheses, references, source, document, src_lang=src_lang, context=lambda: check_context(glossary)
    )
    if sides.aligned:
        log(f"mtkit: {', '.join(hypotheses)}: sentences were paired; mtkit check says what has no partner.")
    return sides


def term_analysis(names: list[str], glossary: str | None, source_lang: str) -> TermAnalysis | None:
    """What the term metrics among the names share, None where there are none.

    Raises ConfigError, TermbaseError.
    """
    from mtkit.config import load_settings
    from mtkit.scoring.opening import TERM_PREFIX
    from mtkit.scoring.terms import TermAnalysis
    from mtkit.termbase.io import load_termbase

    require_source_language(source_lang)
    if not any(name.startswith(TERM_PREFIX) for name in names):
        return None
    return TermAnalysis(load_termbase(load_settings(glossary=glossary).glossary), source_lang)
