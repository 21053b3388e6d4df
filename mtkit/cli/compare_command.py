"""`mtkit compare`: which of several translations is better, by how much, where, and could it be chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtkit.cli.common import GlossaryOption, JsonFlag, ReferencesOption, SourceLanguageOption, print_json
from mtkit.cli.score_command import read_all_sides, term_analysis
from mtkit.cli.tables import print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtkit.scoring.base import Bootstrap, ParallelText
    from mtkit.scoring.compare import Comparison, Standing, System, SystemScore

DEFAULT_METRICS = "bleu,chrf"


def register(app: typer.Typer) -> None:
    app.command(name="compare")(compare)


def compare(
    hypotheses: Annotated[
        list[str],
        typer.Argument(metavar="BASELINE SYSTEM…", help="Translations of one source, as in mtkit score."),
    ],
    reference: ReferencesOption = None,
    source: Annotated[
        str | None, typer.Option("--src", metavar="SRC", help="The source; adds buckets by terms and names.")
    ] = None,
    source_lang: SourceLanguageOption = "auto",
    metric: Annotated[
        str, typer.Option("--metric", metavar="NAMES", help="Comma-separated; terms is all of terms.")
    ] = DEFAULT_METRICS,
    glossary: GlossaryOption = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of both significance tests.")] = 12345,
    resamples: Annotated[
        int, typer.Option("--resamples", min=10, help="Bootstrap resamples; ten times as many trials.")
    ] = 1000,
    worst: Annotated[
        int, typer.Option("--worst", min=0, metavar="N", help="Show the N worst regressions of each system.")
    ] = 3,
    width: Annotated[int, typer.Option("--width", min=0, max=6, help="Decimal places.")] = 1,
    as_json: JsonFlag = False,
) -> None:
    """Compare translations with the first of them: scores, significance, buckets, wins, worst regressions.

    p is two-sided, from paired bootstrap resampling (bs) and from approximate randomisation (ar).
    """
    from mtkit.errors import ConfigError
    from mtkit.scoring.base import Bootstrap
    from mtkit.scoring.buckets import buckets
    from mtkit.scoring.compare import compare as compare_systems
    from mtkit.scoring.opening import metric_names, open_metrics

    if len(hypotheses) < 2:
        raise ConfigError("There is nothing to compare with.", "Give two translations or more.")
    references = reference or []
    names = metric_names(metric, has_reference=bool(references))
    analysis = term_analysis(["term-presence"] if source else names, glossary, source_lang)
    metrics = open_metrics(names, analysis)
    systems, sides = _read(hypotheses, references, source, source_lang, glossary)
    bootstrap = Bootstrap(resamples=resamples, seed=seed)
    comparison = compare_systems(
        systems,
        sides,
        metrics,
        bootstrap=bootstrap,
        trials=10 * resamples,
        buckets=buckets(sides, analysis),
    )
    if as_json:
        print_json(_as_json(comparison, systems, sides, bootstrap, worst, width))
        return
    _print_scores(comparison, systems, width)
    _print_buckets(comparison, systems, width)
    _print_standings(comparison)
    for standing in comparison.standings:
        _print_worst(standing, systems, sides, worst)


def _read(
    hypotheses: Sequence[str],
    references: Sequence[str],
    source: str | None,
    src_lang: str,
    glossary: str | None,
) -> tuple[list[System], ParallelText]:
    from dataclasses import replace
    from pathlib import Path

    from mtkit.errors import InputError
    from mtkit.scoring.compare import System

    if "-" in (*hypotheses, *references, source):
        raise InputError("Standard input cannot be compared.", "Give files for all sides.")
    texts = read_all_sides(hypotheses, references, source, src_lang=src_lang, glossary=glossary).texts
    names = [Path(name).name for name in hypotheses]
    if len(set(names)) < len(names):
        names = list(hypotheses)
    systems = [System(name=name, hypotheses=text.hypotheses) for name, text in zip(names, texts, strict=True)]
    return systems, replace(texts[0], hypotheses=())


def _print_scores(comparison: Comparison, systems: Sequence[System], width: int) -> None:
    from mtkit.scoring.evaluate import decimal_places

    by_system: dict[str, list[SystemScore]] = {}
    for each in comparison.scores:
        by_system.setdefault(each.system, []).append(each)
    first = by_system[systems[0].name]
    header = ["system", *(cell for each in first for cell in (each.score.metric, "95%", "p bs", "p ar"))]
    rows = [header]
    for system in systems:
        row = [system.name]
        for each in by_system[system.name]:
            places = decimal_places(each.score, width)
            low, high = each.score.ci95 or (0.0, 0.0)
            row += [f"{each.score.value:.{places}f}", f"±{(high - low) / 2:.{places}f}"]
            row += ["", ""] if each.test is None else [f"{p:.4f}" for p in _p_values(each)]
        rows.append(row)
    print_table(rows)
    print()
    for each in first:
        print(f"{each.score.metric}|{each.score.signature}")


def _p_values(score: SystemScore) -> tuple[float, float]:
    return (score.test.bootstrap_p, score.test.randomisation_p) if score.test else (1.0, 1.0)


def _print_buckets(comparison: Comparison, systems: Sequence[System], width: int) -> None:
    from mtkit.scoring.evaluate import decimal_places, nothing_counted

    for metric in dict.fromkeys(each.metric for each in comparison.bucket_scores):
        found = [each for each in comparison.bucket_scores if each.metric == metric]
        rows = [[found[0].scores[0].metric, "segments", *(system.name for system in systems)]]
        for each in found:
            cells = (
                "-" if nothing_counted(score) else f"{score.value:.{decimal_places(score, width)}f}"
                for score in each.scores
            )
            rows.append([each.bucket.name, str(len(each.bucket.segments)), *cells])
        print()
        print_table(rows)


def _print_standings(comparison: Comparison) -> None:
    standings = comparison.standings
    rows = [[f"segments by {standings[0].metric}", "wins", "losses", "ties"]]
    rows += [[s.system, str(s.wins), str(s.losses), str(s.ties)] for s in standings]
    print()
    print_table(rows)


def _print_worst(standing: Standing, systems: Sequence[System], sides: ParallelText, worst: int) -> None:
    from mtkit.scoring.compare import marked

    by_name = {system.name: system for system in systems}
    baseline, system = systems[0], by_name[standing.system]
    for number in standing.worst(worst):
        before, after = marked(baseline.hypotheses[number], system.hypotheses[number])
        lines = [("source", sides.sources[number])] if sides.sources is not None else []
        lines += [("reference", side[number]) for side in sides.references]
        lines += [(baseline.name, before), (system.name, after)]
        label = max(len(name) for name, _ in lines)
        print(f"\nsegment {number + 1}: {standing.metric} {standing.differences[number]:+.1f}")
        for name, text in lines:
            print(f"  {name:<{label}}  {' '.join(text.split())}")


def _as_json(
    comparison: Comparison,
    systems: Sequence[System],
    sides: ParallelText,
    bootstrap: Bootstrap,
    worst: int,
    width: int,
) -> dict[str, Any]:
    """Systems as sacreBLEU's paired tests print them, `p_value_ar` added, and the rest of the comparison."""
    rows: dict[str, dict[str, Any]] = {system.name: {"system": system.name} for system in systems}
    for each in comparison.scores:
        low, high = each.score.ci95 or (0.0, 0.0)
        p_bootstrap, p_randomisation = _p_values(each) if each.test else (None, None)
        rows[each.system][each.score.metric] = {
            "score": each.score.value,
            "p_value": p_bootstrap,
            "mean": (low + high) / 2,
            "ci": (high - low) / 2,
            "p_value_ar": p_randomisation,
        }
    return {
        "baseline": systems[0].name,
        "seed": bootstrap.seed,
        "resamples": bootstrap.resamples,
        "trials": 10 * bootstrap.resamples,
        "signatures": {each.score.metric: each.score.signature for each in comparison.scores},
        "systems": list(rows.values()),
        "buckets": [
            {
                "group": each.bucket.group,
                "bucket": each.bucket.name,
                "segments": len(each.bucket.segments),
                "metric": each.scores[0].metric,
                "scores": [round(score.value, max(width, 2)) for score in each.scores],
            }
            for each in comparison.bucket_scores
        ],
        "segments": [
            {
                "system": standing.system,
                "metric": standing.metric,
                "wins": standing.wins,
                "losses": standing.losses,
                "ties": standing.ties,
                "worst": [
                    {
                        "segment": number + 1,
                        "difference": round(standing.differences[number], max(width, 2)),
                        "source": sides.sources[number] if sides.sources is not None else None,
                        "references": [side[number] for side in sides.references],
                        "baseline": systems[0].hypotheses[number],
                        "hypothesis": system.hypotheses[number],
                    }
                    for number in standing.worst(worst)
                ],
            }
            for standing, system in zip(comparison.standings, systems[1:], strict=True)
        ],
    }
