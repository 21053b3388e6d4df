"""Tables on standard output, or beside the results on standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO


def print_table(rows: Sequence[Sequence[str]], stream: TextIO | None = None) -> None:
    """Print rows under the first of them: aligned on a terminal, tab-separated lines elsewhere.

    They go to `stream`, to standard output without it.
    """
    stream = stream or sys.stdout
    if not stream.isatty():
        for row in rows:
            print("\t".join(row), file=stream)
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(*map(escape, rows[0]), box=None)
    for row in rows[1:]:
        table.add_row(*map(escape, row))
    Console(file=stream).print(table)
