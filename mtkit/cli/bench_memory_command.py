"""`mtkit bench memory`: how fast a large translation memory answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mtkit.cli.common import DEFAULT_CORPUS, CorpusOption, JsonFlag, print_json, progress
from mtkit.cli.tables import print_table

if TYPE_CHECKING:
    from mtkit.runners.bench_memory import MemoryBench


def register(app: typer.Typer) -> None:
    app.command("memory")(memory)


def memory(
    entries: Annotated[
        int, typer.Option("--entries", min=1, metavar="N", help="Entries of the memory.")
    ] = 50000,
    queries: Annotated[
        int, typer.Option("--queries", min=1, metavar="N", help="Queries of each kind.")
    ] = 100,
    corpus: CorpusOption = DEFAULT_CORPUS,
    peer: Annotated[
        str | None,
        typer.Option(
            "--peer", metavar="PYTHON", help="Python that has translate-toolkit, to measure beside."
        ),
    ] = None,
    peer_seconds: Annotated[
        int, typer.Option("--peer-seconds", min=1, help="Time for the queries of each memory of the peer.")
    ] = 120,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the variations.")] = 1,
    as_json: JsonFlag = False,
) -> None:
    """Fill a memory with variations of the domain corpus and time lookups in it.

    With --peer the same entries and queries go through translate-toolkit's memories in the same run; "times"
    is how often mtkit's median fits into theirs. Similarity from 75% on counts as found, by words here, by
    letters there.
    """
    from mtkit.runners.bench_memory import measure_memory

    with progress("remembered", entries, "entries") as advance:
        bench = measure_memory(
            corpus, entries, queries, peer=peer, peer_seconds=peer_seconds, seed=seed, progress=advance
        )
    if as_json:
        print_json(
            {
                "entries": bench.entries,
                "bytes": bench.bytes,
                "build_seconds": {name: round(seconds, 1) for name, seconds in bench.build.items()},
                "rows": [
                    {
                        "memory": row.memory,
                        "kind": row.kind,
                        "lookups": row.lookups,
                        "found": row.found,
                        "median_ms": round(1000 * row.median, 3),
                        "p95_ms": round(1000 * row.p95, 3),
                    }
                    for row in bench.rows
                ],
            }
        )
        return
    _print(bench)


def _print(bench: MemoryBench) -> None:
    own = {row.kind: row.median for row in bench.rows if row.memory == "mtkit"}
    table = [["memory", "query", "lookups", "found", "median ms", "95% below ms", "times"]]
    for row in bench.rows:
        times = f"{row.median / own[row.kind]:.0f}" if row.memory != "mtkit" else "1"
        table.append(
            [
                *(row.memory, row.kind, str(row.lookups), str(row.found)),
                *(f"{1000 * row.median:.2f}", f"{1000 * row.p95:.2f}", times),
            ]
        )
    print_table(table)
    print(f"{bench.entries} entries, {bench.bytes / 1024**2:.0f} MiB")
    for name, seconds in bench.build.items():
        print(f"{name}: made in {seconds:.0f} s")
