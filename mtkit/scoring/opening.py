"""From the names of metrics to metrics."""

from __future__ import annotations

from collections.abc import Sequence

from mtkit import registry
from mtkit.scoring.base import Metric
from mtkit.scoring.terms import TermAnalysis

METRIC_GROUPS = {
    "terms": (
        *("term-presence", "term-form", "term-oracle", "term-consistency", "term-forbidden"),
        *("term-insertions", "term-success", "term-ter", "term-window"),
    ),
}
"""Names that stand for several metrics."""

TERM_PREFIX = "term-"


def metric_names(wanted: str, *, has_reference: bool) -> list[str]:
    """The names in a comma-separated list, groups spelt out, each once.

    Of a group the metrics that need a reference are left out where there is none.
    """
    names: list[str] = []
    for name in (part.strip() for part in wanted.split(",")):
        if name in METRIC_GROUPS:
            names += [
                member
                for member in METRIC_GROUPS[name]
                if has_reference or not registry.load("metrics", member).needs_reference
            ]
        elif name:
            names.append(name)
    return list(dict.fromkeys(names))


def open_metrics(names: Sequence[str], analysis: TermAnalysis | None = None) -> list[Metric]:
    """One metric a name, in order; term metrics share `analysis`. UnknownNameError lists those there are."""
    return [
        registry.load("metrics", name)(analysis)
        if name.startswith(TERM_PREFIX) and analysis is not None
        else registry.load("metrics", name)()
        for name in names
    ]
