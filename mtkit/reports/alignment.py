"""Put references beside the segments of a run, whose sentences may be cut in other places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from pathlib import Path

from mtkit.documents.base import RUN_RECORD_SUFFIX, read_document
from mtkit.errors import InputError, LengthMismatchError
from mtkit.reports.runs import Run, RunRecord
from mtkit.scoring.inputs import Side, read_side
from mtkit.text.edit_alignment import Sentence
from mtkit.text.segmentation import split_sentences
from mtkit.text.sentence_alignment import align_translation
from mtkit.types import Origin, Segment, Translation

_MARKUP_FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A segment of the report: one translation a run, any number of references.

    `drafts` are for each run what mtkit wrote, None where nobody has edited its file since.
    """

    document: int
    segment: Segment
    translations: tuple[Translation, ...]
    drafts: tuple[str | None, ...]
    references: tuple[str, ...] = ()


def align(runs: Sequence[Run], reference_names: Sequence[str] = ()) -> list[Row]:
    """Rows of all documents in order.

    A reference is a file that is parallel to the run by segment or by line, or a folder with one such file
    for each translated file, under its name. Where the reference of a line has another number of sentences,
    its segments become one row. Beside an edited run it is aligned where it is not parallel. Raises
    InputError where runs or references are not of the same text.
    """
    blocks = [block for rows in _documents(runs) for block in _blocks(rows)]
    for name in reference_names:
        units = _read_reference(name, runs[0])
        blocks = [block for part in _put_beside(blocks, units, name) for block in part]
    return [row for block in blocks for row in block]


def _documents(runs: Sequence[Run]) -> Iterator[list[Row]]:
    """Rows of each document of the first run, with the translations that the other runs have of it."""
    others = [list(run.records) for run in runs[1:]]
    for number, record in enumerate(runs[0].records):
        records = [record]
        for run, left in zip(runs[1:], others, strict=True):
            same = next((each for each in left if _source(each) == _source(record)), None)
            if same is None:
                raise InputError(
                    f"{run.name} has no translation of {record.document} with the same segments.",
                    "Compare runs over the same articles.",
                )
            left.remove(same)
            records.append(same)
        yield _beside_each_other(number, records)
    for run, left in zip(runs[1:], others, strict=True):
        if left:
            raise InputError(
                f"{runs[0].name} has no translation of {left[0].document}, {run.name} has one.",
                "Compare runs over the same articles.",
            )


def _source(record: RunRecord) -> str:
    return " ".join(segment.source for segment in record.segments if segment.source)


def _beside_each_other(number: int, records: Sequence[RunRecord]) -> list[Row]:
    """Rows with the translations of all records; what was joined or added in one is joined in all."""
    sides = [
        [
            Row(document=number, segment=segment, translations=(translation,), drafts=(draft,))
            for segment, translation, draft in zip(
                record.segments,
                record.translations,
                record.drafts or (None,) * len(record.segments),
                strict=True,
            )
        ]
        for record in records
    ]
    if len({tuple(row.segment.source for row in side) for side in sides}) > 1:
        sides = _with_common_borders(sides)
    return [
        replace(
            first,
            translations=tuple(translation for row in (first, *others) for translation in row.translations),
            drafts=tuple(draft for row in (first, *others) for draft in row.drafts),
        )
        for first, *others in zip(*sides, strict=True)
    ]


def _with_common_borders(sides: Sequence[list[Row]]) -> list[list[Row]]:
    ends = [list(accumulate(_length(row) for row in side)) for side in sides]
    common = set(ends[0]).intersection(*ends[1:])
    found = []
    for side, own in zip(sides, ends, strict=True):
        blocks: list[list[Row]] = [[]]
        for row, end, following in zip(side, own, [*own[1:], 0], strict=True):
            blocks[-1].append(row)
            if end in common and end != following:
                blocks.append([])
        found.append([_joined(block) for block in blocks if block])
    return found


def _length(row: Row) -> int:
    return len(row.segment.source) + 1 if row.segment.source else 0


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that come from one line: the ids of its sentences are 7, 7.2, 7.3."""
    for _, block in groupby(rows, key=lambda row: row.segment.id.partition(".")[0]):
        yield list(block)


def _read_reference(name: str, run: Run) -> list[str]:
    folder = Path(name)
    if not folder.is_dir():
        return _read_units(name)
    units = []
    for record in run.records:
        path = _reference_file(folder, record)
        if path is None:
            raise InputError(
                f"{folder}: no reference for {record.name}.",
                f"A reference has the name of the translated file: {folder / record.name}.",
            )
        units += _read_units(str(path))
    return units


def _reference_file(folder: Path, record: RunRecord) -> Path | None:
    exact = folder / record.name
    if exact.is_file():
        return exact
    similar = sorted(exact.parent.glob(f"{exact.stem}.*")) if exact.parent.is_dir() else []
    return next((path for path in similar if not path.name.endswith(RUN_RECORD_SUFFIX)), None)


def _read_units(name: str) -> list[str]:
    """What of a reference belongs together: lines, cells, or the blocks of a page."""
    markup = _MARKUP_FORMATS.get(Path(name).suffix.lower())
    if markup is None:
        return [unit for unit in read_side(name, Side.REFERENCE) if unit.strip()]
    segments = read_document(name, "ru", "ru", format=markup).segments
    blocks = groupby(segments, key=lambda segment: segment.id.partition(".")[0])
    return [" ".join(segment.source for segment in block) for _, block in blocks]


def _put_beside(blocks: Sequence[list[Row]], units: Sequence[str], name: str) -> Iterator[list[list[Row]]]:
    rows = [row for block in blocks for row in block]
    if len(units) == len(rows):
        left = iter(units)
        for block in blocks:
            yield [[replace(row, references=(*row.references, next(left))) for row in block]]
    elif len(units) == len(blocks):
        for block, unit in zip(blocks, units, strict=True):
            sentences = [span.of(unit).strip() for span in split_sentences(unit, "ru")]
            if len(block) == 1 or len(sentences) != len(block):
                block, sentences = [_joined(block)], [unit]
            yield [
                [
                    replace(row, references=(*row.references, sentence))
                    for row, sentence in zip(block, sentences, strict=True)
                ]
            ]
    elif any(draft is not None for row in rows for draft in row.drafts):
        yield list(_aligned(blocks, units))
    else:
        raise LengthMismatchError("The run", len(rows), name, len(units))


def _aligned(blocks: Sequence[list[Row]], units: Sequence[str]) -> Iterator[list[Row]]:
    """Blocks of an edited run with what of a reference belongs to them, "" where nothing does."""
    targets = [" ".join(row.translations[0].target for row in block) for block in blocks]
    pairs = align_translation(
        [Sentence(" ".join(text.split())) for text in targets],
        [Sentence(" ".join(text.split())) for text in units],
        expected=targets,
    )
    done = 0
    ends = [first for _, (first, _) in pairs[1:]] + [len(units)]
    read = 0
    for ((start, end), _), last in zip(pairs, ends, strict=True) if pairs else ():
        yield from (_with_reference(block, "") for block in blocks[done:start])
        yield _with_reference(
            [row for block in blocks[start:end] for row in block], " ".join(units[read:last])
        )
        done, read = end, last
    yield from (_with_reference(block, "") for block in blocks[done:])


def _with_reference(block: list[Row], reference: str) -> list[Row]:
    row = _joined(block)
    return [replace(row, references=(*row.references, reference))]


def _joined(block: Sequence[Row]) -> Row:
    if len(block) == 1:
        return block[0]
    first, *rest = block
    for row in rest:
        first = Row(
            document=first.document,
            segment=replace(first.segment, source=f"{first.segment.source} {row.segment.source}".strip()),
            translations=tuple(
                _joined_translation(left, right, _length(first))
                for left, right in zip(first.translations, row.translations, strict=True)
            ),
            drafts=tuple(map(_joined_drafts, first.drafts, row.drafts)),
            references=tuple(
                f"{left} {right}" for left, right in zip(first.references, row.references, strict=True)
            ),
        )
    return first


def _joined_drafts(left: str | None, right: str | None) -> str | None:
    return None if left is None or right is None else f"{left} {right}".strip()


def _joined_translation(left: Translation, right: Translation, src_offset: int) -> Translation:
    tgt_offset = len(left.target) + 1
    scores = [each.score for each in (left, right) if each.score is not None]
    return replace(
        left,
        target=f"{left.target} {right.target}",
        origin=_joined_origin(left.origin, right.origin),
        score=min(scores, default=None),
        hits=left.hits
        + tuple(
            replace(
                hit,
                src_span=hit.src_span.shifted(src_offset),
                tgt_span=hit.tgt_span and hit.tgt_span.shifted(tgt_offset),
            )
            for hit in right.hits
        ),
        findings=left.findings
        + tuple(
            replace(
                finding,
                src_span=finding.src_span and finding.src_span.shifted(src_offset),
                tgt_span=finding.tgt_span and finding.tgt_span.shifted(tgt_offset),
            )
            for finding in right.findings
        ),
    )


def _joined_origin(left: Origin, right: Origin) -> Origin:
    if Origin.FAILED in (left, right):
        return Origin.FAILED
    return right if left is Origin.COPIED else left
