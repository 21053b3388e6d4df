"""What `mtkit check` reads: a translation beside its source, or a Russian article on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mtkit.checks.aligned import aligned_text
from mtkit.checks.article import article_lines
from mtkit.checks.base import NO_TERMS, CheckContext
from mtkit.checks.places import Place, located
from mtkit.checks.run import CheckedText
from mtkit.documents.base import RUN_RECORD_SUFFIX, known_suffixes, read_document, with_article
from mtkit.documents.files import read_bytes, text_lines
from mtkit.errors import InputError, LengthMismatchError
from mtkit.scoring.bilingual_files import SUFFIXES as BILINGUAL_SUFFIXES
from mtkit.scoring.inputs import (
    LINES_SUFFIXES,
    Side,
    asking_for_column,
    options_of_run,
    read_parallel,
    read_side,
)
from mtkit.text.language import SOURCE_LANGUAGES, detect_language, source_language
from mtkit.text.language_names import LANGUAGE_TITLES
from mtkit.types import Document, Segment

STANDARD_INPUT = "-"
_SIDE_SUFFIXES = (".tsv", ".jsonl", ".ndjson", ".gz")


@dataclass(frozen=True, slots=True)
class Article:
    """A Russian article, the document it was read from, and on which lines of a page it stands.

    `lines` count from 1; None where the whole file is the article. `left_out` counts the others with text.
    """

    text: CheckedText
    document: Document
    lines: tuple[int, ...] | None
    left_out: int = 0


def has_own_source(path: str) -> bool:
    """Whether a file holds both sides, as a run record and a bilingual file do."""
    stem = path.removesuffix(".gz")
    return stem.endswith(RUN_RECORD_SUFFIX) or Path(stem).suffix.lower() in BILINGUAL_SUFFIXES


def read_pair(
    hypothesis: str,
    source: str,
    src_lang: str = "auto",
    *,
    of_page: bool = False,
    context: CheckContext = NO_TERMS,
) -> CheckedText:
    """A translation and its source: parallel in any form that `mtkit score` reads, documents aligned.

    Plain lines are aligned, too, where a line has been lost or added. `of_page` takes only the article of a
    web page; the terms of `context` help to align. Raises LengthMismatchError, InputError, FormatError;
    ConfigError where the language cannot be told.
    """
    if not (is_document(hypothesis) or is_document(source)):
        try:
            return read_side_by_side(hypothesis, source, src_lang)
        except LengthMismatchError:
            if not (is_plain_lines(hypothesis) and is_plain_lines(source)):
                raise
    options = {**options_of_run(hypothesis), **(with_article({}) if of_page else {})}
    ours, _ = sentences(source, Side.SOURCE, src_lang, options)
    language = source_language([segment.source for segment in ours], src_lang, source)
    theirs, places = sentences(hypothesis, Side.HYPOTHESIS, "ru", options)
    ours = [replace(segment, src_lang=language) for segment in ours]
    return aligned_text(hypothesis, ours, theirs, places, context=context)


def read_side_by_side(hypothesis: str, source: str, src_lang: str = "auto") -> CheckedText:
    """A translation and its source that are parallel (see read_pair)."""
    targets, _, sources = read_parallel(hypothesis, [], source)
    language = source_language(sources or [], src_lang, source)
    segments = (
        Segment(id=str(number), source=text, src_lang=language, tgt_lang="ru")
        for number, text in enumerate(sources or [], 1)
    )
    return CheckedText(
        path=hypothesis,
        segments=tuple(segments),
        targets=tuple(targets),
        places=_line_places(hypothesis, targets),
    )


def sentences(
    path: str, side: Side, lang: str, options: Mapping[str, Mapping[str, Any]] | None = None
) -> tuple[Sequence[Segment], Sequence[Place]]:
    """One side as segments whose source it is, and where each stands."""
    if path == STANDARD_INPUT or reads_as_side(path) or has_own_source(path):
        texts = read_side(path, side, options)
        numbered = [
            Segment(id=str(number), source=text, src_lang=lang, tgt_lang="ru")
            for number, text in enumerate(texts, 1)
        ]
        return numbered, _line_places(path, texts)
    raw = read_bytes(path)
    with asking_for_column(path):
        segments = read_document(path, lang, "ru", raw=raw, options=options).segments
    return segments, document_places(segments, text_lines(raw, path))


def is_document(path: str) -> bool:
    """Whether a file is read sentence by sentence, as `mtkit translate` reads it, and not line by line."""
    suffix = Path(path).suffix.lower()
    if suffix in LINES_SUFFIXES or reads_as_side(path) or has_own_source(path):
        return False
    return suffix in known_suffixes()


def reads_as_side(path: str) -> bool:
    """Whether a file has one target a line, row or object, and is no document."""
    return ("#" in path and not Path(path).exists()) or path.endswith(_SIDE_SUFFIXES)


def read_targets(path: str) -> CheckedText:
    """Targets without their sources, one a line, row or object."""
    targets = read_side(path, Side.HYPOTHESIS)
    return CheckedText(
        path=path,
        segments=tuple(_alone(str(number)) for number in range(1, len(targets) + 1)),
        targets=tuple(targets),
        places=_line_places(path, targets),
    )


def read_article(
    path: str, raw: bytes | None = None, *, of_page: bool = False, whole: bool = False
) -> Article:
    """A Russian document, sentence by sentence; from a plain text that looks like a page only the article.

    `whole` takes all of a plain text; `of_page` leaves out what stands around the article of a web page, too.
    Raises InputError for what is not Russian, FormatError.
    """
    raw = read_bytes(path) if raw is None else raw
    with asking_for_column(path):
        document = read_document(path, "ru", "ru", raw=raw, options=options_of_run(path))
    language = detect_language("\n".join(segment.source for segment in document.segments))
    if language in SOURCE_LANGUAGES:
        raise InputError(
            f"{path} is {LANGUAGE_TITLES[language]}: what is checked is the Russian translation.",
            f"Name that, and this as its source: mtkit check TRANSLATION --src {path}.",
        )
    kept: Sequence[Segment] = document.segments
    if of_page:
        options = with_article({})
        taken = {s.source for s in read_document(path, "ru", "ru", raw=raw, options=options).segments}
        kept = [segment for segment in kept if segment.source in taken]
    lines = text_lines(raw, path)
    within = article_lines(lines) if document.format == "text" and not whole else None
    if within is not None:
        within = tuple(number + 1 for number in within)
        kept = [segment for segment in kept if _line(segment.id) in within]
    text = CheckedText(
        path=path,
        segments=tuple(_alone(segment.id, segment.tags) for segment in kept),
        targets=tuple(segment.source for segment in kept),
        places=document_places(kept, lines),
    )
    left_out = 0 if within is None else sum(bool(line.strip()) for line in lines) - len(within)
    return Article(text, document, within, left_out)


def _alone(segment_id: str, tags: tuple[str, ...] = ()) -> Segment:
    return Segment(id=segment_id, source="", src_lang="", tgt_lang="ru", tags=tags)


def _line(segment_id: str) -> int:
    return int(segment_id.partition(".")[0])


def document_places(segments: Sequence[Segment], lines: Sequence[str]) -> tuple[Place, ...]:
    """Where the sources of the segments of a document stand in it."""
    return located([each.id for each in segments], [each.source for each in segments], lines)


def _line_places(path: str, targets: Sequence[str]) -> tuple[Place, ...]:
    """Line by line for plain lines; elsewhere a row or an object is no place to point into."""
    plain = not reads_as_side(path) and not has_own_source(path)
    return tuple(Place(number if plain else 0) for number in range(1, len(targets) + 1))


def is_plain_lines(path: str) -> bool:
    """Whether targets are the lines of a file, so that fixes can be written back."""
    return (
        path != STANDARD_INPUT
        and not reads_as_side(path)
        and not has_own_source(path)
        and not is_document(path)
        and Path(path).exists()
    )
