"""Make a lexicon from word-aligned pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from mtkit.models.lexicon import MAX_WORDS, Lexicon
from mtkit.training.annotations import aligned_words
from mtkit.training.corpora import Pair
from mtkit.training.recipe import LexiconRecipe


def build_lexicon(pairs_of: Iterable[tuple[str, Sequence[Pair]]], recipe: LexiconRecipe) -> Lexicon:
    """Renderings of rare source words in (language, its aligned pairs).

    An entry has been seen at least `support` times, is rendered so in at least `share` of the places where
    its source words stand, and these stand in at most `rare` pairs.
    """
    entries = {}
    for lang, pairs in pairs_of:
        renderings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for pair in pairs:
            for annotation in aligned_words(pair):
                source = annotation.span.of(pair.source).lower()
                if source.count(" ") < MAX_WORDS and source.replace(" ", "").isalpha():
                    renderings[source][annotation.lemma] += 1
        likeliest = {
            source: counts.most_common(1)[0]
            for source, counts in renderings.items()
            if recipe.support <= counts.total() <= recipe.rare
        }
        candidates = Lexicon({lang: {source: russian for source, (russian, _) in likeliest.items()}})
        seen = Counter(
            span.of(pair.source).lower() for pair in pairs for span, _ in candidates.find(pair.source, lang)
        )
        entries[lang] = {
            source: russian
            for source, (russian, count) in likeliest.items()
            if seen[source] <= recipe.rare
            and count >= recipe.support
            and count >= recipe.share * seen[source]
        }
    return Lexicon(entries)
