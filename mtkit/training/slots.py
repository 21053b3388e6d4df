"""Synchronous slot substitution: the same sentence about other people, places, bodies and days.

A term or name that both sides of a pair have gives way, on both sides, to another of its kind. The Russian
side takes the form that the old one stood in, and only concepts of the same gender, number and animacy
change places, so that everything which agrees with them still does.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mtkit.errors import TermbaseError
from mtkit.termbase.compile import Paradigm, compile_paradigm
from mtkit.termbase.phrases import phrase_at, tokenise
from mtkit.text.edits import Edit, Edited, apply_edits
from mtkit.text.morphology import FEMALE_MIDDLE_NAME, VOWELS, parse
from mtkit.text.unicode import strip_diacritics
from mtkit.text.words import word_spans
from mtkit.training.corpora import Pair, Rendering
from mtkit.types import Concept, Span, Term

Kind = tuple[str, ...]

_MONTHS = "январ|феврал|март|апрел|мая|июн|июл|август|сентябр|октябр|ноябр|декабр"
_DAY = re.compile(rf"(?<![\d.,/-])([12]?\d|3[01])(?=[ \u00a0](?:{_MONTHS}))")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?=[ \u00a0]год)")
_NUMBER = re.compile(r"(?<![\d.,])\d+(?![\d.,]*\d)")


_PLACES = frozenset({"place", "province", "former-province"})
_EXCHANGED = _PLACES | {
    *("person", "party-post", "state-post", "army-police", "party-organ", "state-organ"),
    *("ministry", "mass-organisation", "court"),
}
"""Subjects whose terms are alike enough to change places."""


@dataclass(frozen=True, slots=True)
class Filler:
    """What may stand in a slot: the source words, the Russian term and its forms."""

    source: str
    concept: Concept
    term: Term
    paradigm: Paradigm


class Slots:
    """The fillers of each kind, gathered from the terms and names of the pairs themselves."""

    def __init__(self, pairs: Iterable[Pair], src_lang: str) -> None:
        self._src_lang = src_lang
        fillers: defaultdict[Kind, dict[str, Filler]] = defaultdict(dict)
        for pair in pairs:
            for rendering in pair.terms:
                filler = self._filler(rendering)
                if filler is not None and (kind := _kind(filler)) is not None:
                    fillers[kind].setdefault(filler.source, filler)
        self._fillers: Mapping[Kind, list[Filler]] = {
            kind: list(own.values()) for kind, own in fillers.items() if len(own) > 1
        }

    def _filler(self, rendering: Rendering) -> Filler | None:
        try:
            paradigm = compile_paradigm(rendering.term)
        except TermbaseError:
            return None
        return Filler(self._source(rendering), rendering.concept, rendering.term, paradigm)

    def _source(self, rendering: Rendering) -> str:
        terms = rendering.concept.in_lang(self._src_lang)
        if terms:
            return terms[0].text
        return strip_diacritics(rendering.concept.in_lang("vi")[0].text)

    def substituted(self, pair: Pair, rng: random.Random, share: float) -> Pair:
        """The pair with about `share` of its slots filled anew; what cannot be changed safely stays."""
        chosen: dict[str, Filler | None] = {}
        src_edits, tgt_edits = list[Edit](), list[Edit]()
        filled: dict[Rendering, Filler] = {}
        for rendering in pair.terms:
            if rendering.concept.id not in chosen:
                chosen[rendering.concept.id] = self._other(rendering, rng) if rng.random() < share else None
            other = chosen[rendering.concept.id]
            if other is None or rendering.src_span.of(pair.source) != self._source(rendering):
                continue
            form = _same_form(rendering, other, pair.target)
            if form is None:
                continue
            src_edits.append(Edit(span=rendering.src_span, text=other.source))
            tgt_edits.append(Edit(span=rendering.tgt_span, text=form))
            filled[rendering] = other
        if rng.random() < share:
            dates = _new_dates(pair, rng)
            src_edits += dates[0]
            tgt_edits += dates[1]
        if not src_edits:
            return pair
        source, target = apply_edits(pair.source, src_edits), apply_edits(pair.target, tgt_edits)
        return Pair(
            source.text,
            target.text,
            tuple(
                replace(
                    rendering,
                    src_span=source.project(rendering.src_span),
                    tgt_span=target.project(rendering.tgt_span),
                    concept=filled.get(rendering, rendering).concept,
                    term=filled.get(rendering, rendering).term,
                )
                for rendering in pair.terms
            ),
            _moved_links(pair, source, target),
        )

    def _other(self, rendering: Rendering, rng: random.Random) -> Filler | None:
        own = self._filler(rendering)
        kind = _kind(own) if own else None
        others = self._fillers.get(kind) if kind else None
        other = rng.choice(others) if others else None
        return other if other and other.concept.id != rendering.concept.id else None


def _kind(filler: Filler) -> Kind | None:
    """Fillers of one kind are alike in everything that other words agree with; None: agreement unknown."""
    subject, paradigm = filler.concept.subject, filler.paradigm
    if subject not in _EXCHANGED:
        return None
    declined = len(paradigm.variants()) > 1
    if subject == "person":
        words = filler.term.text.split()
        female = FEMALE_MIDDLE_NAME in words or not (declined or words[-1][-1] in VOWELS)
        return (subject, "m" if declined else "f") if declined or female else None
    if subject in _PLACES and " " not in filler.term.text:
        return "place", "declined" if declined else "undeclined"
    phrase = phrase_at(tokens := tokenise(filler.term.text), 0)
    if phrase is None:
        return None
    readings = parse(tokens[phrase.end - 1])
    head = next((r for r in readings if r.pos == "NOUN" and r.case in ("nom", None)), None)
    if head is None:
        return None
    animate = paradigm.form("acc") == paradigm.form("gen")
    return subject, str(head.gender), str(animate), *paradigm.numbers, str(filler.source[:1].isupper())


def _same_form(rendering: Rendering, other: Filler, target: str) -> str | None:
    """The filler's form for what the old one could stand for; None where it would have to be guessed."""
    forms = {other.paradigm.forms.get(reading) for reading in rendering.readings}
    form = forms.pop() if len(forms) == 1 else None
    if form is None:
        return None
    old = rendering.tgt_span.of(target)
    if (old.isupper() and len(old) > 1) or old.count(" ") != rendering.term.text.count(" "):
        return None
    if rendering.tgt_span.start == 0:
        return form[:1].upper() + form[1:]
    return form


def _moved_links(pair: Pair, source: Edited, target: Edited) -> tuple[tuple[int, int], ...]:
    """The links of the words that are left, by where these now stand."""
    in_source, in_target = _moved_words(pair.source, source), _moved_words(pair.target, target)
    return tuple(
        (in_source[src], in_target[tgt]) for src, tgt in pair.links if src in in_source and tgt in in_target
    )


def _moved_words(text: str, edited: Edited) -> dict[int, int]:
    words = {span: index for index, span in enumerate(word_spans(edited.text))}
    moved = ((index, span, edited.project(span)) for index, span in enumerate(word_spans(text)))
    return {
        index: words[new] for index, old, new in moved if new in words and new.of(edited.text) == old.of(text)
    }


def _new_dates(pair: Pair, rng: random.Random) -> tuple[list[Edit], list[Edit]]:
    """Other days and years, where the number stands once in the source and once in the target."""
    in_source = _places(pair.source)
    in_target = _places(pair.target)
    src_edits, tgt_edits = list[Edit](), list[Edit]()
    for pattern, low, high in ((_DAY, 1, 28), (_YEAR, 1975, 2030)):
        for match in pattern.finditer(pair.target):
            number = match.group()
            sources = [*in_source[number], *in_source[number.zfill(2)]]
            if len(set(sources)) == 1 and len(in_target[number]) == 1:
                new = str(rng.randint(low, high))
                old = sources[0].of(pair.source)
                src_edits.append(Edit(span=sources[0], text=new.zfill(len(old))))
                tgt_edits.append(Edit(span=Span(*match.span()), text=new))
    return src_edits, tgt_edits


def _places(text: str) -> defaultdict[str, list[Span]]:
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for match in _NUMBER.finditer(text):
        places[match.group()].append(Span(*match.span()))
    return places
