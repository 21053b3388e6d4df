"""A translation beside its source where the two are not parallel: pairs, and what only one side has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mtkit.checks.base import MISSING, NO_TERMS, CheckContext
from mtkit.checks.length import usual_growth
from mtkit.checks.places import Place
from mtkit.checks.run import CheckedText
from mtkit.termbase.name_terms import document_names, terms_and_names
from mtkit.text.beads import Pair
from mtkit.text.edit_alignment import Sentence, align
from mtkit.text.sentence_alignment import align_translation
from mtkit.types import Segment, Status


def aligned_text(
    path: str,
    sources: Sequence[Segment],
    targets: Sequence[Segment],
    places: Sequence[Place],
    earlier: Sequence[str] = (),
    context: CheckContext = NO_TERMS,
) -> CheckedText:
    """Put the sentences of a translation, each with its place in `path`, beside those of its source.

    `earlier` are the targets that the sources had before somebody edited them; the terms of `context` help
    where there are none. Sentences that belong to one of the other side are joined. One of the source that
    has no other is tagged MISSING, with the target "" and the place of what stands before it; one of the
    translation that has none is looked at on its own.
    """
    rows: list[tuple[Segment, str, Place]] = []
    i = j = 0
    for (start, end), (first, last) in [
        *_pairs(sources, targets, earlier, context),
        ((len(sources), len(sources)), (len(targets), len(targets))),
    ]:
        before = places[max(j - 1, 0)] if places else Place()
        rows += [
            (replace(each, tags=(*each.tags, MISSING)), "", before)
            for each in sources[i:start]
            if any(map(str.isalpha, each.source))
        ]
        rows += [
            (replace(each, id=f"+{each.id}", source=""), each.source, places[place])
            for place, each in enumerate(targets[j:first], j)
        ]
        if end > start:
            joined = replace(sources[start], source=" ".join(_texts(sources[start:end])))
            rows.append((joined, " ".join(_texts(targets[first:last])), places[first]))
        i, j = end, last
    segments, texts, where = zip(*rows, strict=True) if rows else ((), (), ())
    return CheckedText(path=path, segments=segments, targets=texts, places=where)


def _pairs(
    sources: Sequence[Segment], targets: Sequence[Segment], earlier: Sequence[str], context: CheckContext
) -> Iterator[Pair]:
    """Pairs in order: by what stood there before, then by length."""
    ours, theirs = (
        [Sentence(each.source, first="." not in each.id) for each in side] for side in (sources, targets)
    )
    before = [
        Sentence(" ".join(text.split()), each.first, each.text)
        for text, each in zip(earlier, ours, strict=False)
    ]
    growth = usual_growth(sources[0].src_lang) if sources else 1.0
    i = j = 0
    certain = [(pair.machine, pair.edited) for pair in align(before, theirs)]
    for (start, end), (first, last) in [*certain, ((len(sources),) * 2, (len(targets),) * 2)]:
        expected = [_terms_and_names(each, context) for each in sources[i:start]]
        between = align_translation(ours[i:start], theirs[j:first], growth, expected)
        for (a, a_end), (b, b_end) in between:
            yield (i + a, i + a_end), (j + b, j + b_end)
        if end > start:
            yield (start, end), (first, last)
        i, j = end, last


def _texts(segments: Sequence[Segment]) -> list[str]:
    return [segment.source for segment in segments]


def _terms_and_names(segment: Segment, context: CheckContext) -> str:
    """The terms and names of a source as they are in Russian."""
    matcher = context.matchers.get(segment.src_lang)
    if matcher is None:
        return ""
    names = document_names([segment.source], matcher)
    matches = terms_and_names(segment.source, matcher, names)
    return " ".join(term.text for match in matches for term in match.concept.in_lang("ru", Status.PREFERRED))
