"""How fast terms are found: a made-up termbase over made-up segments, the same on every machine."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Status, Term

SEED = 30042
WORDS_A_SEGMENT = (12, 36)
WORDS_A_TERM = (2, 2, 3, 3, 3, 4, 4, 5, 6)
TERM_SHARE = 0.06
"""Of the places in a segment, how many begin a term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchBenchmark:
    """Processor seconds of this process, apart for building the matcher and for finding."""

    lang: str
    entries: int
    segments: int
    matches: int
    build_seconds: float
    find_seconds: float


def match_benchmark(
    termbase: Termbase, lang: str, *, entries: int = 10_000, segments: int = 100_000
) -> MatchBenchmark:
    """Time a matcher of `entries` terms on segments; both are made of the words of `termbase`.

    About two terms stand in a segment besides those that its words make up by chance.
    """
    chooser = random.Random(SEED)
    known = [
        term.text
        for concept in termbase.concepts
        for term in concept.in_lang(lang, Status.PREFERRED, Status.ADMITTED)
    ]
    words = sorted({word for text in known for word in text.split()})
    terms = list(dict.fromkeys(known))[:entries]
    seen = set(terms)
    while len(terms) < entries:
        text = " ".join(chooser.choices(words, k=chooser.choice(WORDS_A_TERM)))
        if len(terms) < entries and text not in seen:
            seen.add(text)
            terms.append(text)
    alone = {term.casefold() for term in terms}
    others = [word for word in words if word.casefold() not in alone]
    texts = [_segment(chooser, others, terms) for _ in range(segments)]
    concepts = tuple(
        Concept(id=str(number), terms=(Term(lang=lang, text=text), Term(lang="ru", text="термин")))
        for number, text in enumerate(terms)
    )
    started = time.process_time()
    matcher = Matcher(Termbase(concepts=concepts), lang)
    built = time.process_time()
    matches = sum(len(matcher.find(text)) for text in texts)
    return MatchBenchmark(
        lang=lang,
        entries=len(terms),
        segments=segments,
        matches=matches,
        build_seconds=built - started,
        find_seconds=time.process_time() - built,
    )


def _segment(chooser: random.Random, words: list[str], terms: list[str]) -> str:
    pieces = [
        chooser.choice(terms) if chooser.random() < TERM_SHARE else chooser.choice(words)
        for _ in range(chooser.randint(*WORDS_A_SEGMENT))
    ]
    return " ".join(pieces) + "."
