"""Ordinary words as terms: the random mode of the WMT 2025 terminology task, on the domain corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from mtkit.runners.bench import TestSet, corpus_sets
from mtkit.termbase.model import Termbase
from mtkit.text.morphology import parse
from mtkit.types import Concept, Term

LEAST_TOGETHER = 6
"""Sentence pairs in which a word and its translation must stand together."""
LEAST_DICE = 0.6
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
"""Letters of an English or Russian word at least."""


def ordinary_words(corpus: Path, src_lang: str, termbase: Termbase) -> Termbase:
    """Words of everyday language with their Russian nouns, none of them a term of `termbase`.

    Those that stand together most often in the training part: each is the other's best by Dice's coefficient.
    A Vietnamese word is two syllables, as most are. Raises InputError.
    """
    training = next(each for each in corpus_sets(corpus, "train") if each.src_lang == src_lang)
    known = {
        word.lower()
        for concept in termbase.concepts
        for term in concept.in_lang(src_lang)
        for word in (term.text, *term.text.split())
    }
    pairs = [pair for pair in _pairs(training) if pair[0] not in known]
    return Termbase(
        concepts=tuple(
            Concept(id=f"word:{word}", terms=(Term(lang=src_lang, text=word), Term(lang="ru", text=noun)))
            for word, noun in sorted(pairs)
        )
    )


def _pairs(training: TestSet) -> Iterator[tuple[str, str]]:
    words: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for source, reference in zip(training.sources, training.references, strict=True):
        own_words, own_nouns = _source_words(source, training.src_lang), _nouns(reference)
        words.update(own_words)
        nouns.update(own_nouns)
        together.update((word, noun) for word in own_words for noun in own_nouns)
    likeness = {
        (word, noun): 2 * count / (words[word] + nouns[noun])
        for (word, noun), count in together.items()
        if count >= LEAST_TOGETHER
    }
    best_noun: dict[str, tuple[float, str]] = {}
    best_word: dict[str, tuple[float, str]] = {}
    for (word, noun), value in likeness.items():
        if value > LEAST_DICE:
            best_noun[word] = max(best_noun.get(word, (0.0, "")), (value, noun))
            best_word[noun] = max(best_word.get(noun, (0.0, "")), (value, word))
    for word, (_, noun) in best_noun.items():
        if best_word[noun][1] == word:
            yield word, noun


def _source_words(text: str, lang: str) -> set[str]:
    words: Sequence[str] = _WORD.findall(text)
    if lang == "en":
        return {word.removesuffix("s") for word in words if word.islower() and len(word) >= _SHORTEST}
    return {f"{first} {second}" for first, second in pairwise(words) if first.islower() and second.islower()}


def _nouns(text: str) -> set[str]:
    found = (word for word in _WORD.findall(text) if word.islower() and len(word) >= _SHORTEST)
    return {lemma for word in found if (lemma := _noun_lemma(word))}


@cache
def _noun_lemma(word: str) -> str:
    reading = parse(word)[0]
    return reading.lemma if reading.pos == "NOUN" and reading.known else ""
