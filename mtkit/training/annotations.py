"""Target-lemma annotations for training pairs (Bergmanis & Pinnis 2021).

Where a source word, a term or a name has its Russian rendering in the target, in whatever form, the pair can
carry the rendering's dictionary form inline after the source words; the model learns to inflect it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


def aligned_words(pair: Pair) -> list[Annotation]:
    """Nouns with the adjectives before them, lone adjectives and verbs, each with its dictionary form.

    Only words whose links are theirs alone, and whose source words stand together; sorted by place.
    """
    if not pair.links:
        return []
    source, target = word_spans(pair.source), word_spans(pair.target)
    linked: dict[int, set[int]] = {}
    owners: dict[int, set[int]] = {}
    for src, tgt in pair.links:
        linked.setdefault(tgt, set()).add(src)
        owners.setdefault(src, set()).add(tgt)
    readings = [parse(span.of(pair.target)) for span in target]
    found: list[Annotation] = []
    last = len(target)
    for index in reversed(range(len(target))):
        reading = _content(readings[index])
        if index >= last or reading is None:
            continue
        first = index
        if reading.pos == "NOUN":
            while first and first - 1 in linked and _agreeing(readings[first - 1], readings[index]):
                first -= 1
        group = range(first, index + 1)
        sources = set().union(*(linked.get(i, set()) for i in group))
        if not sources or any(not owners[src] <= set(group) for src in sources):
            continue
        if max(sources) - min(sources) >= len(sources) + 1:
            continue
        lemma = _dictionary_form([target[i].of(pair.target) for i in group], reading, first == 0)
        if lemma:
            found.append(Annotation(Span(source[min(sources)].start, source[max(sources)].end), lemma))
            last = first
    return sorted(found, key=lambda annotation: annotation.span)


def _content(readings: Sequence[Parse]) -> Parse | None:
    first = readings[0]
    return first if first.pos in _CONTENT and first.known else None


def _agreeing(adjective: Sequence[Parse], noun: Sequence[Parse]) -> bool:
    pairs = {(reading.case, reading.number) for reading in noun if reading.pos == "NOUN"}
    return any(reading.adjectival and (reading.case, reading.number) in pairs for reading in adjective[:6])


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
