"""Target-lemma annotations for training pairs (Bergmanis & Pinnis 2021).

Where a term or a name of the source has its Russian rendering in the target, in whatever form, the pair
remembers the rendering's dictionary form, to be put inline after the source words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mtkit.termbase.forms import assign
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.termbase.name_terms import terms_and_names
from mtkit.training.corpora import Pair


def annotated(pairs: Iterable[Pair], src_lang: str, termbase: Termbase) -> Iterator[Pair]:
    """The pairs in order, with (end of the source words, dictionary form) for each rendering found."""
    matcher = Matcher(termbase, src_lang)
    for pair in pairs:
        matches = terms_and_names(pair.source, matcher)
        places = assign(pair.target, [match.concept for match in matches])
        yield replace(
            pair,
            annotations=tuple(
                (match.span.end, place.term.text)
                for match, place in zip(matches, places, strict=True)
                if place is not None and place.term is not None
            ),
        )
