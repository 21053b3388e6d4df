"""Training pairs as the model sees them: mixed by weight, marked up, batched by length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from mtkit.text.edits import Edit, apply_edits
from mtkit.text.markup import TAGS, annotation
from mtkit.text.placeables import protect_pair
from mtkit.text.unicode import strip_diacritics
from mtkit.training.corpora import Pair
from mtkit.training.recipe import AugmentationRecipe, CorpusRecipe, ScheduleRecipe
from mtkit.training.vocabulary import Vocabulary

POOL = 8_000
"""Examples drawn, sorted by length and cut into batches at a time."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Token ids without padding, each ending in </s>; source and target in step."""

    sources: list[list[int]]
    targets: list[list[int]]

    @property
    def target_tokens(self) -> int:
        return sum(map(len, self.targets))


Corpora = Sequence[tuple[CorpusRecipe, list[Pair]]]


def draw_pairs(
    corpora: Corpora, rng: random.Random, join: float = 0.0
) -> Iterator[tuple[CorpusRecipe, Pair]]:
    """Pairs without end; a corpus' weight is its share of the target characters.

    Each corpus is gone through in random order before a pair of it comes again. A share `join` of the
    pairs is joined with the one or two that follow in the corpus.
    """
    usable = [(recipe, pairs) for recipe, pairs in corpora if pairs and recipe.weight > 0]
    shares = [
        recipe.weight * len(pairs) / sum(len(pair.target) for pair in pairs) for recipe, pairs in usable
    ]
    orders = [_endless_order(len(pairs), rng) for _, pairs in usable]
    while True:
        (corpus,) = rng.choices(range(len(usable)), shares)
        recipe, pairs = usable[corpus]
        first = next(orders[corpus])
        joined = pairs[first : first + (rng.choice((2, 3)) if rng.random() < join else 1)]
        yield recipe, _joined(joined)


def _joined(pairs: list[Pair]) -> Pair:
    annotations: list[tuple[int, str]] = []
    offset = 0
    for pair in pairs:
        annotations += [(end + offset, lemma) for end, lemma in pair.annotations]
        offset += len(pair.source) + 1
    return Pair(
        " ".join(pair.source for pair in pairs), " ".join(pair.target for pair in pairs), tuple(annotations)
    )


def _endless_order(size: int, rng: random.Random) -> Iterator[int]:
    while True:
        yield from rng.sample(range(size), size)


class ExampleStream:
    """Endless batches from weighted corpora, the same for the same seed."""

    def __init__(
        self,
        corpora: Corpora,
        vocabulary: Vocabulary,
        schedule: ScheduleRecipe,
        augmentation: AugmentationRecipe,
        seed: int,
    ) -> None:
        self._vocabulary = vocabulary
        self._schedule = schedule
        self._random = random.Random(seed)
        self._marked = (
            mark_up(pair, recipe, augmentation, self._random)
            for recipe, pair in draw_pairs(corpora, self._random, augmentation.join)
        )

    def __iter__(self) -> Iterator[Batch]:
        while True:
            sources, targets = zip(*islice(self._marked, POOL), strict=True)
            yield from self._batches(
                self._vocabulary.encode(list(sources)), self._vocabulary.encode(list(targets))
            )

    def _batches(self, sources: list[list[int]], targets: list[list[int]]) -> Iterator[Batch]:
        end, longest = self._vocabulary.end, self._schedule.max_tokens
        rows = [
            ([*source, end], [*target, end])
            for source, target in zip(sources, targets, strict=True)
            if len(source) < longest and len(target) < longest
        ]
        rows.sort(key=lambda row: (len(row[0]) // 6, len(row[1])))
        batches: list[Batch] = []
        start, width = 0, 0
        for stop, (source, target) in enumerate(rows):
            width = max(width, len(source), len(target))
            if width * (stop - start + 1) > self._schedule.batch_tokens and stop > start:
                batches.append(Batch(*map(list, zip(*rows[start:stop], strict=True))))
                start, width = stop, max(len(source), len(target))
        batches.append(Batch(*map(list, zip(*rows[start:], strict=True))))
        self._random.shuffle(batches)
        yield from batches


def mark_up(
    pair: Pair, corpus: CorpusRecipe, augmentation: AugmentationRecipe, rng: random.Random
) -> tuple[str, str]:
    """Apply placeable tokens, annotations, case and diacritic noise, and the corpus' tag to one pair."""
    source, target = pair.source, pair.target
    if rng.random() < augmentation.upper_case:
        return _tagged(source.upper(), corpus, augmentation, rng), target.upper()
    edits: list[Edit] = []
    if rng.random() < augmentation.annotations:
        kept = (a for a in pair.annotations if rng.random() < augmentation.annotated_terms)
        edits += [annotation(end, lemma) for end, lemma in kept]
    if rng.random() < augmentation.placeables:
        protected, target = protect_pair(source, target, corpus.src_lang, corpus.tgt_lang)
        edits += protected
    if corpus.src_lang == "vi" and rng.random() < augmentation.bare_vietnamese:
        source = strip_diacritics(source)
    return _tagged(apply_edits(source, edits).text, corpus, augmentation, rng), target


def _tagged(source: str, corpus: CorpusRecipe, augmentation: AugmentationRecipe, rng: random.Random) -> str:
    return source if rng.random() < augmentation.no_tag else f"{TAGS[corpus.tag]} {source}"
