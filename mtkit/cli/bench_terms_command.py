"""`mtkit bench terms` and `match`: what a termbase does to a translation, how fast terms are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtkit.cli.common import (
    DEFAULT_CORPUS,
    BeamOption,
    CorpusOption,
    EngineOption,
    GlossaryOption,
    JsonFlag,
    ModelOption,
    PartOption,
    ThreadsOption,
    print_json,
    progress,
    require_part,
    require_source_language,
    required_termbase,
)
from mtkit.cli.tables import print_table
from mtkit.config import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtkit.engines.base import Engine
    from mtkit.runners.bench_terms import TermsRow


def register(app: typer.Typer) -> None:
    app.command()(terms)
    app.command()(match)


LanguageOption = Annotated[
    str, typer.Option("--from", metavar="vi|en|both", help="Source language of the corpus.")
]


def terms(
    model: ModelOption = None,
    engine: EngineOption = None,
    beam: BeamOption = None,
    threads: ThreadsOption = 1,
    glossary: GlossaryOption = None,
    corpus: CorpusOption = DEFAULT_CORPUS,
    part: PartOption = "dev",
    src_lang: LanguageOption = "both",
    limit: Annotated[
        int, typer.Option("--limit", min=0, metavar="N", help="N segments spread over the part; 0: all.")
    ] = 0,
    random_terms: Annotated[
        bool,
        typer.Option("--random-terms", help="Ordinary words as terms, in place of the termbase (WMT25)."),
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Decode the domain corpus without a termbase, with annotations alone, and enforced; compare these."""
    from mtkit.runners.bench import corpus_sets
    from mtkit.runners.bench_terms import measure_terms, spread
    from mtkit.runners.bench_words import ordinary_words
    from mtkit.text.language import SOURCE_LANGUAGES

    require_part(part)
    require_source_language(src_lang, (*SOURCE_LANGUAGES, "both"))
    settings = load_settings(model=model, engine=engine, beam=beam, threads=threads, glossary=glossary)
    termbase = required_termbase(settings)
    test_sets = [
        spread(each, limit) for each in corpus_sets(corpus, part) if src_lang in (each.src_lang, "both")
    ]
    opened = _engine(settings)
    rows: list[TermsRow] = []
    with progress("decoded", 3 * sum(len(each.sources) for each in test_sets)) as advance:
        for test_set in test_sets:
            held = ordinary_words(corpus, test_set.src_lang, termbase) if random_terms else termbase
            rows += measure_terms(opened, held, [test_set], beam=settings.beam, progress=advance)
    fingerprint = opened.fingerprint()
    if as_json:
        print_json({"engine": fingerprint, "rows": [_row_json(row) for row in rows]})
        return
    _print_rows(rows)
    print()
    print("engine|" + "|".join(f"{key}:{value}" for key, value in fingerprint.items()))


def match(
    glossary: GlossaryOption = None,
    entries: Annotated[int, typer.Option("--entries", min=1, help="Terms of the made-up termbase.")] = 10_000,
    segments: Annotated[int, typer.Option("--segments", min=1, help="Segments to search.")] = 100_000,
    as_json: JsonFlag = False,
) -> None:
    """Time the search for the terms of a large made-up termbase, in seconds of one processor."""
    from dataclasses import asdict

    from mtkit.termbase.benchmark import match_benchmark
    from mtkit.text.language import SOURCE_LANGUAGES

    termbase = required_termbase(load_settings(glossary=glossary))
    with progress("measured", len(SOURCE_LANGUAGES), "languages") as advance:
        results = []
        for lang in SOURCE_LANGUAGES:
            results.append(match_benchmark(termbase, lang, entries=entries, segments=segments))
            advance(1)
    if as_json:
        print_json([asdict(result) for result in results])
        return
    print_table(
        [
            ["source", "entries", "segments", "matches", "build s", "find s"],
            *(
                [
                    *(result.lang, str(result.entries), str(result.segments), str(result.matches)),
                    *(f"{result.build_seconds:.2f}", f"{result.find_seconds:.2f}"),
                ]
                for result in results
            ),
        ]
    )


def _engine(settings: Settings) -> Engine:
    from mtkit.engines.opening import engine_for

    return engine_for(settings)


def _row_json(row: TermsRow) -> dict[str, Any]:
    from dataclasses import asdict

    from mtkit.scoring.evaluate import as_sacrebleu_json

    fields = asdict(row)
    for shown, decoding in zip(fields["decodings"], row.decodings, strict=True):
        shown["scores"] = [as_sacrebleu_json(score, 2) for score in decoding.scores]
        shown["seconds"] = round(decoding.seconds, 2)
    fields["time_ratio"] = round(row.time_ratio, 2)
    return fields


def _print_rows(rows: Sequence[TermsRow]) -> None:
    names = [score.metric for score in rows[0].decodings[0].scores]
    table = [["set", "terms", "decoding", *names, "nominative for oblique", "of these stray", "time"]]
    for row in rows:
        base = row.decodings[0].seconds
        for decoding in row.decodings:
            table.append(
                [
                    *(row.test_set, str(row.terms), decoding.name),
                    *(f"{score.value:.1f}" for score in decoding.scores),
                    f"{decoding.nominatives}/{decoding.oblique}",
                    str(decoding.stray),
                    f"{decoding.seconds / base:.2f}" if base else "-",
                ]
            )
    print_table(table)
    print()
    strategies = [["set", "strategy", "terms", "reference has", "form agrees"]]
    for row in rows:
        for each in row.strategies:
            counts = (each.terms, each.in_reference, each.agreeing)
            strategies.append([row.test_set, each.strategy, *map(str, counts)])
    print_table(strategies)
    print()
    for row in rows:
        print(
            f"{row.test_set}: {row.inserted} false insertions by enforcement in {row.terms} terms, "
            f"{row.pasted} nominatives that it put where the reference has another case, of which "
            f"{row.pasted_stray} cannot stand in their own sentence; "
            f"names present: {row.names_present} of {row.names}."
        )
