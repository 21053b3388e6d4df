"""Target-lemma annotations for training pairs (Bergmanis & Pinnis 2021).

Where a source word, a term or a name has its Russian rendering in the target, in whatever form, the pair can
carry the rendering's dictionary form inline after the source words; the model learns to inflect it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mtkit.termbase.forms import assign
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.termbase.name_terms import terms_and_names
from mtkit.text.morphology import Parse, like_case, parse
from mtkit.text.words import word_spans
from mtkit.training.corpora import Annotation, Pair, Rendering
from mtkit.types import Span

_CONTENT = frozenset({"NOUN", "ADJF", "INFN", "VERB", "PRTF"})
_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr"})


def with_terms(pairs: Iterable[Pair], src_lang: str, termbase: Termbase) -> Iterator[Pair]:
    """The pairs in order, each with the termbase's terms and the names that both its sides have."""
    matcher = Matcher(termbase, src_lang)
    for pair in pairs:
        matches = terms_and_names(pair.source, matcher)
        places = assign(pair.target, [match.concept for match in matches])
        yield replace(
            pair,
            terms=tuple(
                Rendering(match.span, place.span, match.concept, place.term, place.readings)
                for match, place in zip(matches, places, strict=True)
                if place is not None and place.term is not None
            ),
        )


class AlignedWords:
    """The content words of a target, each with the source words that are linked to it alone."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._source, self._target = word_spans(pair.source), word_spans(pair.target)
        self._sources: defaultdict[int, set[int]] = defaultdict(set)
        self._targets: defaultdict[int, set[int]] = defaultdict(set)
        for src, tgt in pair.links:
            self._sources[tgt].add(src)
            self._targets[src].add(tgt)
        self.linked = sorted(self._sources)
        """Indices of the target words that have a link."""

    def annotation(self, index: int) -> Annotation | None:
        """A noun with the adjectives before it, a lone adjective or a verb, by its last target word."""
        surfaces = [self._surface(index)]
        head = parse(surfaces[0])[0]
        if head.pos not in _CONTENT or not head.known:
            return None
        first = index
        while head.pos == "NOUN" and first - 1 in self._sources:
            if not _agreeing(self._surface(first - 1), surfaces[-1]):
                break
            first -= 1
            surfaces.insert(0, self._surface(first))
        group = set(range(first, index + 1))
        sources = set().union(*(self._sources[i] for i in group))
        if any(not self._targets[src] <= group for src in sources):
            return None
        begin, end = min(sources), max(sources)
        lemma = _dictionary_form(surfaces, head, first == 0)
        if end - begin > len(sources) or not lemma:
            return None
        return Annotation(Span(self._source[begin].start, self._source[end].end), lemma)

    def disjoint(self, indices: Iterable[int]) -> Iterator[Annotation]:
        """The annotations of these target words; of two that overlap the first."""
        taken: list[Span] = []
        for index in indices:
            found = self.annotation(index)
            if found and not any(found.span.overlaps(span) for span in taken):
                taken.append(found.span)
                yield found

    def _surface(self, index: int) -> str:
        return self._target[index].of(self._pair.target)


def aligned_words(pair: Pair) -> Iterator[Annotation]:
    """Every annotation of a pair's aligned words, by target word; a word inside a longer one is not apart."""
    aligned = AlignedWords(pair)
    return aligned.disjoint(reversed(aligned.linked))


def sampled_words(pair: Pair, count: int, rng: random.Random) -> list[Annotation]:
    """Annotations of at most `count` aligned words, chosen at random; disjoint."""
    aligned = AlignedWords(pair)
    return list(aligned.disjoint(rng.sample(aligned.linked, min(count, len(aligned.linked)))))


def _agreeing(adjective: str, noun: str) -> bool:
    pairs = {(reading.case, reading.number) for reading in parse(noun) if reading.pos == "NOUN"}
    readings = parse(adjective)[:6]
    return any(reading.adjectival and (reading.case, reading.number) in pairs for reading in readings)


def _dictionary_form(surfaces: list[str], head: Parse, begins: bool) -> str:
    """The nominative of a noun and its adjectives; of other words the lemma."""
    *adjectives, noun = surfaces
    number = "pl" if "Pltm" in head.grammemes else "sg"
    forms = []
    for surface in adjectives:
        reading = next((reading for reading in parse(surface) if reading.adjectival), None)
        form = reading.form("nom", number, head.gender) if reading else None
        if form is None:
            return ""
        forms.append(like_case(form, surface))
    forms.append(like_case(head.lemma, noun))
    if begins and not head.grammemes & _NAMES:
        forms[0] = forms[0].lower()
    return " ".join(forms)
