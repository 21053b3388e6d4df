"""An edited translation as it will be published: paired anew with its sources, terms and findings fresh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtkit.checks.base import MISSING, CheckContext
from mtkit.checks.outputs import read_output
from mtkit.checks.registered import ActiveCheck
from mtkit.checks.run import CheckedText, run_checks
from mtkit.documents.base import RUN_RECORD_SUFFIX
from mtkit.reports.runs import RunRecord
from mtkit.termbase.name_terms import document_names, terms_and_names
from mtkit.termbase.verify import verify
from mtkit.types import Finding, Origin, Segment, TermHit, Translation


def published(record: RunRecord, checks: Sequence[ActiveCheck], context: CheckContext) -> RunRecord:
    """The record with what stands in its edited file now; what mtkit wrote is in its `drafts`.

    Sentences are paired as `mtkit check` pairs them: one that somebody added has the source "" and the draft
    "", one that is gone the target "". Raises InputError, FormatError.
    """
    text = read_output(record.path.removesuffix(RUN_RECORD_SUFFIX), context).text
    found: dict[str, list[Finding]] = {}
    for each in run_checks(text.segments, text.targets, checks, context):
        found.setdefault(each.segment_id, []).append(each)
    rows = list(_rows(text, record))
    hits = _hits([row.segment for row in rows], [row.target for row in rows], context)
    translations = []
    for row, own in zip(rows, hits, strict=True):
        same = len(row.drafts) == 1 and row.drafts[0].target == row.target
        translations.append(
            Translation(
                segment_id=row.segment.id,
                target=row.target,
                origin=row.drafts[0].origin if row.drafts else Origin.ENGINE,
                score=row.drafts[0].score if same else None,
                hits=own,
                findings=tuple(found.get(row.segment.id, ())),
            )
        )
    return replace(
        record,
        segments=tuple(row.segment for row in rows),
        translations=tuple(translations),
        drafts=tuple(" ".join(draft.target for draft in row.drafts) for row in rows),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A segment, what stands for it now, and what mtkit wrote for it."""

    segment: Segment
    target: str
    drafts: Sequence[Translation]


def _rows(text: CheckedText, record: RunRecord) -> Iterator[_Row]:
    """Rows of the text, and in their places the recorded segments that it passes over."""
    place = {segment.id: number for number, segment in enumerate(record.segments)}
    done = 0
    for segment, target in zip(text.segments, text.targets, strict=True):
        start = place.get(segment.id.removesuffix(f".{MISSING}"), done) if segment.source else done
        yield from _passed_over(record, done, start)
        end = _end(record.segments, start, segment.source)
        yield _Row(segment, target, record.translations[start:end])
        done = max(done, end)
    yield from _passed_over(record, done, len(record.segments))


def _passed_over(record: RunRecord, start: int, end: int) -> Iterator[_Row]:
    """Segments without letters, such as a line of asterisks: no sentence is looked for them."""
    for segment, draft in zip(record.segments[start:end], record.translations[start:end], strict=True):
        yield _Row(segment, draft.target, [draft])


def _end(segments: Sequence[Segment], start: int, source: str) -> int:
    """Where the recorded segments end that make up a source; `start` where they do not."""
    end, joined = start, ""
    while end < len(segments) and len(joined) < len(source):
        joined = f"{joined} {segments[end].source}".lstrip()
        end += 1
    return end if joined == source else start


def _hits(
    segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
) -> Iterator[tuple[TermHit, ...]]:
    """What became of the terms and names of each source."""
    names = {
        lang: document_names([each.source for each in segments if each.src_lang == lang], matcher)
        for lang, matcher in context.matchers.items()
    }
    for segment, target in zip(segments, targets, strict=True):
        matcher = context.matchers.get(segment.src_lang)
        found = terms_and_names(segment.source, matcher, names[segment.src_lang]) if matcher else ()
        yield verify(found, target)
