"""Training pairs as the model sees them: mixed by weight, marked up, batched by length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress, islice

from mtkit.models.lexicon import Lexicon
from mtkit.text.edits import Edit, apply_edits
from mtkit.text.markup import TAGS, annotation
from mtkit.text.placeables import protect_pair
from mtkit.text.unicode import strip_diacritics
from mtkit.text.words import word_count
from mtkit.training.annotations import sampled_words
from mtkit.training.corpora import Annotation, Pair, Rendering
from mtkit.training.recipe import AugmentationRecipe, CorpusRecipe, ScheduleRecipe
from mtkit.training.slots import Slots
from mtkit.training.vocabulary import Vocabulary

POOL = 8_000
"""Examples drawn, sorted by length and cut into batches at a time."""

MAX_ANNOTATED_WORDS = 3
"""Aligned words of a pair that carry their dictionary form, at most."""


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
    if len(pairs) == 1:
        return pairs[0]
    terms, links = list[Rendering](), list[tuple[int, int]]()
    src_at = tgt_at = src_words = tgt_words = 0
    for pair in pairs:
        terms += [
            replace(
                rendering,
                src_span=rendering.src_span.shifted(src_at),
                tgt_span=rendering.tgt_span.shifted(tgt_at),
            )
            for rendering in pair.terms
        ]
        links += [(src + src_words, tgt + tgt_words) for src, tgt in pair.links]
        src_at, tgt_at = src_at + len(pair.source) + 1, tgt_at + len(pair.target) + 1
        src_words += word_count(pair.source)
        tgt_words += word_count(pair.target)
    return Pair(
        " ".join(pair.source for pair in pairs),
        " ".join(pair.target for pair in pairs),
        tuple(terms),
        tuple(links),
    )


def _endless_order(size: int, rng: random.Random) -> Iterator[int]:
    while True:
        yield from rng.sample(range(size), size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """Everything that is done to a drawn pair before the model sees it.

    `slots` are those of a corpus by its name, `lexicon` has hints for rare words.
    """

    augmentation: AugmentationRecipe = field(default_factory=AugmentationRecipe)
    slots: Mapping[str, Slots] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=Lexicon)

    def apply(self, pair: Pair, corpus: CorpusRecipe, rng: random.Random) -> tuple[str, str]:
        """Source and target with slots, placeable tokens, annotations, hints, noise and the corpus' tag."""
        augmentation = self.augmentation
        if corpus.name in self.slots and augmentation.slots:
            pair = self.slots[corpus.name].substituted(pair, rng, augmentation.slots)
        source, target = pair.source, pair.target
        if rng.random() < augmentation.upper_case:
            return self._tagged(source.upper(), corpus, rng), target.upper()
        edits = self._annotations(pair, corpus.src_lang, rng)
        if rng.random() < augmentation.placeables:
            protected, target = protect_pair(source, target, corpus.src_lang, corpus.tgt_lang)
            edits += protected
        if corpus.src_lang == "vi" and rng.random() < augmentation.bare_vietnamese:
            source = strip_diacritics(source)
        return self._tagged(apply_edits(source, edits).text, corpus, rng), target

    def _annotations(self, pair: Pair, src_lang: str, rng: random.Random) -> list[Edit]:
        augmentation = self.augmentation
        annotations: list[Annotation] = []
        if rng.random() < augmentation.annotations:
            annotations += [
                Annotation(rendering.src_span, rendering.term.text)
                for rendering in pair.terms
                if rng.random() < augmentation.annotated_terms
            ]
        taken = [rendering.src_span for rendering in pair.terms]
        if rng.random() < augmentation.words:
            words = sampled_words(pair, rng.randint(1, MAX_ANNOTATED_WORDS), rng)
            free = [word for word in words if not any(word.span.overlaps(span) for span in taken)]
            annotations += free
            taken += [word.span for word in free]
        edits = [annotation(each.span.end, each.lemma) for each in annotations]
        if rng.random() < augmentation.hints:
            edits += self.lexicon.hints(pair.source, src_lang, taken)
        return edits

    def _tagged(self, source: str, corpus: CorpusRecipe, rng: random.Random) -> str:
        return source if rng.random() < self.augmentation.no_tag else f"{TAGS[corpus.tag]} {source}"


class ExampleStream:
    """Endless batches from weighted corpora, the same for the same seed."""

    def __init__(
        self, corpora: Corpora, vocabulary: Vocabulary, schedule: ScheduleRecipe, markup: Markup, seed: int
    ) -> None:
        self._vocabulary = vocabulary
        self._schedule = schedule
        self._subwords = markup.augmentation.subwords
        self._random = random.Random(seed)
        vocabulary.seed(seed)
        self._marked = (
            markup.apply(pair, recipe, self._random)
            for recipe, pair in draw_pairs(corpora, self._random, markup.augmentation.join)
        )

    def __iter__(self) -> Iterator[Batch]:
        while True:
            sources, targets = zip(*islice(self._marked, POOL), strict=True)
            yield from self._batches(self._sources(list(sources)), self._vocabulary.encode(list(targets)))

    def _sources(self, texts: list[str]) -> list[list[int]]:
        """A share of the sources cut into random pieces, the others into the likeliest."""
        sampled = [self._random.random() < self._subwords for _ in texts]
        drawn = iter(self._vocabulary.encode(list(compress(texts, sampled)), sampled=True))
        likeliest = iter(self._vocabulary.encode([t for t, s in zip(texts, sampled, strict=True) if not s]))
        return [next(drawn if is_sampled else likeliest) for is_sampled in sampled]

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
