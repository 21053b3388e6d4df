"""The sides of what is scored or compared: parallel as they are, else paired by run records and alignment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mtkit.checks.base import NO_TERMS, CheckContext
from mtkit.checks.inputs import STANDARD_INPUT, is_document, is_plain_lines, read_pair, sentences
from mtkit.checks.length import usual_growth
from mtkit.checks.outputs import has_record, is_made_of, read_output
from mtkit.checks.run import CheckedText
from mtkit.errors import LengthMismatchError
from mtkit.scoring.base import ParallelText
from mtkit.scoring.inputs import Side, read_parallel_text
from mtkit.text.beads import Range
from mtkit.text.edit_alignment import Sentence
from mtkit.text.sentence_alignment import align_translation
from mtkit.types import Segment

_Links = list[tuple[Range, str]]
"""Ranges of the sentences that all sides are put beside, in order, and what a side has for each."""


@dataclass(frozen=True, slots=True)
class Sides:
    """One text a hypothesis, all with the same rows; `aligned` where no rows of files are but sentences."""

    texts: tuple[ParallelText, ...]
    aligned: bool = False


def read_sides(
    hypotheses: Sequence[str],
    references: Sequence[str] = (),
    source: str | None = None,
    document: str | None = None,
    *,
    src_lang: str = "auto",
    context: Callable[[], CheckContext] = lambda: NO_TERMS,
) -> Sides:
    """Hypotheses with the references and the source of all.

    Documents whose sentences are not as many, and translations by mtkit whose lines are not, are paired: with
    the source as their run records say, with all else by sentence alignment, for which `context` is asked.
    What finds no partner stands beside "". Raises LengthMismatchError for what is neither parallel nor to be
    paired, InputError, FormatError.
    """
    given = [*hypotheses, *references, *([source] if source is not None else [])]
    recorded = source is not None and any(
        is_document(name) and is_made_of(name, source) for name in hypotheses
    )
    try:
        texts = tuple(read_parallel_text(name, references, source, document) for name in hypotheses)
        if not recorded or document is not None:
            return Sides(texts)
    except LengthMismatchError:
        known = any(map(is_document, given)) or all(map(has_record, hypotheses))
        if document is not None or not known or not all(map(_is_running_text, given)):
            raise
    if source is None:
        first, *_ = references
        return _aligned(hypotheses, references, *_by_reference(hypotheses, first), None)
    return _aligned(hypotheses, references, *_by_source(hypotheses, source, src_lang, context()), source)


def _is_running_text(name: str) -> bool:
    return name != STANDARD_INPUT and (is_document(name) or is_plain_lines(name))


def _by_source(
    hypotheses: Sequence[str], source: str, src_lang: str, context: CheckContext
) -> tuple[Sequence[Segment], list[_Links]]:
    """The sentences of the source, and for each hypothesis what it has for them."""
    ours, _ = sentences(source, Side.SOURCE, src_lang)
    place = {segment.id: number for number, segment in enumerate(ours)}
    links = []
    for name in hypotheses:
        text = read_output(name, context).text if is_made_of(name, source) else None
        if text is None or not _fits(text, ours):
            text = read_pair(name, source, src_lang, context=context)
        links.append(_links(text, place))
    return ours, links


def _fits(text: CheckedText, ours: Sequence[Segment]) -> bool:
    """Whether the sentences of a record are those of the source as it is read here."""
    texts = {segment.id: segment.source for segment in ours}
    return all(
        segment.source.startswith(texts.get(segment.id, "\0")) for segment in text.segments if segment.source
    )


def _links(text: CheckedText, place: dict[str, int]) -> _Links:
    """What a translation beside its source has for each sentence, what it has more with what is before it."""
    links: list[tuple[int, str]] = []
    before = ""
    for segment, target in zip(text.segments, text.targets, strict=True):
        if not segment.source:
            if links:
                links[-1] = (links[-1][0], f"{links[-1][1]} {target}".strip())
            else:
                before = f"{before} {target}".strip()
            continue
        links.append((place[segment.id], f"{before} {target}".strip()))
        before = ""
    ends = [start for start, _ in links[1:]] + [len(place)]
    return [((start, end), target) for (start, target), end in zip(links, ends, strict=True)]


def _by_reference(hypotheses: Sequence[str], reference: str) -> tuple[Sequence[Segment], list[_Links]]:
    ours, _ = sentences(reference, Side.REFERENCE, "ru")
    return ours, [_beside(ours, name, Side.HYPOTHESIS, [each.source for each in ours]) for name in hypotheses]


def _beside(ours: Sequence[Segment], name: str, side: Side, expected: Sequence[str]) -> _Links:
    """What a Russian text has for each of some sentences, whose words in Russian are `expected`."""
    theirs, _ = sentences(name, side, "ru")
    growth = usual_growth(ours[0].src_lang) if ours else 1.0
    pairs = align_translation(_as_sentences(ours), _as_sentences(theirs), growth, expected)
    if not pairs:
        return [((0, len(ours)), " ".join(each.source for each in theirs))] if ours else []
    borders = [first for _, (first, _) in pairs[1:]] + [len(theirs)]
    links: _Links = []
    done = 0
    for (span, _), end in zip(pairs, borders, strict=True):
        links.append((span, " ".join(each.source for each in theirs[done:end])))
        done = end
    return links


def _as_sentences(segments: Sequence[Segment]) -> list[Sentence]:
    return [Sentence(each.source, first="." not in each.id) for each in segments]


def _aligned(
    hypotheses: Sequence[str],
    references: Sequence[str],
    ours: Sequence[Segment],
    links: list[_Links],
    source: str | None,
) -> Sides:
    """The rows that all sides have in common: no border of one lies inside what another has joined."""
    expected = [""] * len(ours)
    for (start, _), target in links[0] if links else ():
        expected[start] = target
    of_references = [_beside(ours, name, Side.REFERENCE, expected) for name in references]
    inside = {
        border
        for side in (*links, *of_references)
        for (start, end), _ in side
        for border in range(start + 1, end)
    }
    borders = [border for border in range(len(ours)) if border not in inside]
    spans = list(zip(borders, [*borders[1:], len(ours)], strict=True))
    common = ParallelText(
        hypotheses=(),
        references=[_rows(side, spans) for side in of_references],
        sources=None
        if source is None
        else [" ".join(each.source for each in ours[start:end]) for start, end in spans],
    )
    return Sides(tuple(replace(common, hypotheses=_rows(side, spans)) for side in links), aligned=True)


def _rows(links: _Links, spans: Sequence[Range]) -> list[str]:
    rows = []
    left = list(reversed(links))
    for _, end in spans:
        texts = []
        while left and left[-1][0][0] < end:
            texts.append(left.pop()[1])
        rows.append(" ".join(filter(None, texts)))
    return rows
