"""What is one article to the pipeline: a whole document, or each line of a stream of records."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mtkit.pipeline import Pipeline
from mtkit.types import Document, Segment, Translation

BY_RECORD = frozenset({"jsonl"})
"""Formats whose lines are records that have nothing to do with each other."""


def articles(document: Document, *, by_line: bool = False) -> list[tuple[Segment, ...]]:
    """The segments of a document, apart for each article in it, in order.

    Names and terms are made one over an article. Each line of a format in BY_RECORD is one, so that what a
    record becomes never hangs on its neighbours; with `by_line` each line of any format is.
    """
    if not by_line and document.format not in BY_RECORD:
        return [document.segments]
    return [tuple(segments) for _, segments in groupby(document.segments, key=_line)]


def translate_articles(
    pipeline: Pipeline, documents: Sequence[Document], *, by_line: bool = False
) -> list[list[Translation]]:
    """N documents -> N lists with a translation for each segment, in order; decoded in one go.

    Raises what Pipeline.translate_documents raises.
    """
    parted = [articles(document, by_line=by_line) for document in documents]
    translated = iter(pipeline.translate_documents([article for own in parted for article in own]))
    return [[translation for _ in own for translation in next(translated)] for own in parted]


def _line(segment: Segment) -> str:
    """The line that a segment begins in: "12" of "12.3"."""
    return segment.id.partition(".")[0]
