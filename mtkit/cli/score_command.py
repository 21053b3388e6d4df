"""`mtkit score`: how good is a translation, measured against references and the termbase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mtkit.cli.common import GlossaryOption, JsonFlag, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtkit.types import Score

DEFAULT_METRICS = "bleu,chrf,ter"


def register(app: typer.Typer) -> None:
    app.command(name="score")(score)


def score(
    hypothesis: Annotated[
        str,
        typer.Argument(metavar="HYP", help="FILE, FILE#COLUMN or - (lines, TSV, JSONL, run record, .gz)."),
    ],
    reference: Annotated[
        list[str] | None, typer.Option("--ref", metavar="REF", help="A reference; repeat for several.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--src", metavar="SRC", help="The source; adds term presence and form.")
    ] = None,
    source_lang: Annotated[
        str, typer.Option("--from", metavar="vi|en|auto", help="Language of the source.")
    ] = "auto",
    metric: Annotated[
        str | None,
        typer.Option("--metric", metavar="NAMES", help=f"Comma-separated; {DEFAULT_METRICS} by default."),
    ] = None,
    glossary: GlossaryOption = None,
    segments: Annotated[bool, typer.Option("--segments", help="Score each segment too.")] = False,
    confidence: Annotated[
        bool, typer.Option("--confidence", help="Add 95% intervals from 1,000 bootstrap resamples.")
    ] = False,
    width: Annotated[int, typer.Option("--width", min=0, max=6, help="Decimal places.")] = 1,
    as_json: JsonFlag = False,
) -> None:
    """Score a translation with sacreBLEU's metrics and, given its source, by its terms.

    Text output has one line a metric with its signature, JSON is a list of objects under sacreBLEU's names.
    """
    from mtkit import registry
    from mtkit.errors import ConfigError
    from mtkit.scoring.base import Bootstrap
    from mtkit.scoring.evaluate import as_sacrebleu_json, as_sacrebleu_line, evaluate
    from mtkit.scoring.inputs import read_parallel

    references = reference or []
    if metric is None:
        metric = DEFAULT_METRICS if references else ""
    if not metric and source is None:
        raise ConfigError("There is nothing to score against.", "Give --ref REF, or --src SRC for its terms.")
    if source_lang not in ("vi", "en", "auto"):
        raise ConfigError(f"Unknown source language {source_lang!r}.", "Known: vi, en, auto.")
    metrics = [registry.load("metrics", name.strip())() for name in metric.split(",") if name.strip()]
    hyps, refs, srcs = read_parallel(hypothesis, references, source)
    bootstrap = Bootstrap() if confidence else None
    scores = [evaluate(each, hyps, refs, srcs, segments=segments, bootstrap=bootstrap) for each in metrics]
    if srcs is not None:
        scores += _term_scores(srcs, hyps, refs, glossary, source_lang)
    if as_json:
        print_json([as_sacrebleu_json(each, width) for each in scores])
        return
    for each in scores:
        print(as_sacrebleu_line(each, width))
    if segments:
        _print_segments(scores, width)


def _term_scores(
    sources: Sequence[str],
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    glossary: str | None,
    source_lang: str,
) -> list[Score]:
    from mtkit.config import load_settings
    from mtkit.scoring.term_scores import guess_source_language, term_scores
    from mtkit.termbase.io import load_termbase

    if source_lang == "auto":
        source_lang = guess_source_language(sources)
    termbase = load_termbase(load_settings(glossary=glossary).glossary)
    return term_scores(sources, hypotheses, references, termbase, source_lang)


def _print_segments(scores: Sequence[Score], width: int) -> None:
    columns = [each for each in scores if each.segment_values]
    print("\t".join(["segment", *(each.metric for each in columns)]))
    for number, values in enumerate(zip(*(each.segment_values for each in columns), strict=True), 1):
        print("\t".join([str(number), *(f"{value:.{width}f}" for value in values)]))
