"""The term metrics of the WMT terminology tasks, for comparison with published figures.

Lemmas are pymorphy3's first reading where the tasks take Stanza's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mtkit.scoring.base import ParallelText
from mtkit.scoring.term_metrics import TermMetric
from mtkit.termbase.forms import FormMatch, russian_terms
from mtkit.text.morphology import parse
from mtkit.types import Span

TERM_WORD_COST = 2
WINDOW = 2

_WORD = re.compile(r"\w+(?:-\w+)*")


class TermSuccessRate(TermMetric):
    """Source terms whose rendering occurs in the hypothesis, percent (WMT 2025 terminology task).

    One of the concept's preferred or admitted terms must be a substring of the lower-cased hypothesis, or
    its lemmas a run of the hypothesis's lemmas. Each entry counts once a segment, neither exclusive nor
    counted: mostly higher than TermPresence. After evaluate_track1.py of wmt25-terminology.
    """

    name = "term-success"
    full_name = "TermSuccessRate"

    def counts(self, text: ParallelText) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []
        for source, hyp in zip(self.analysis.settle(text), text.hypotheses, strict=True):
            concepts = {match.concept.id: match.concept for match in self.analysis.matches(source)}
            lowered, lemmas = hyp.lower(), _lemmas(hyp)
            hits = sum(
                any(term.text.lower() in lowered or _lemmas(term.text) in lemmas for term in russian_terms(c))
                for c in concepts.values()
            )
            found.append((hits, len(concepts)))
        return found


def _lemmas(text: str) -> str:
    """The lemmas of the words, each between bars, so that a run of them is a substring."""
    return "".join(f"|{_lemma(word)}|" for word in _WORD.findall(text.lower()))


@lru_cache(maxsize=65536)
def _lemma(word: str) -> str:
    return parse(word)[0].lemma.replace("ё", "е")


class TermTer(TermMetric):
    """1 − TERm, percent: a translation edit rate in which errors in terms cost twice (WMT 2021).

    TER (Snover et al. 2006, as sacreBLEU computes it, lower case, one shift one edit) with a cost of
    TERM_WORD_COST for each reference word that belongs to a term and is not matched; edits over reference
    words, one minus that, averaged over all segments. 100 at best, below 0 where there are more edits than
    words. Alam et al., "On the Evaluation of Machine Translation for Terminology Consistency" (2021), here
    on surface words alone and with TER's own search for shifts.
    """

    name = "term-ter"
    full_name = "1-TERm"
    needs_reference = True
    unit = "segments"

    def counts(self, text: ParallelText) -> list[tuple[float, float]]:
        outcomes = self.segments(text)
        return [
            (
                1 - _term_edit_rate(hyp, ref, [o.in_reference.span for o in segment if o.in_reference]),
                1,
            )
            for segment, hyp, ref in zip(outcomes, text.hypotheses, text.references[0], strict=True)
        ]


def _term_edit_rate(hyp: str, ref: str, terms: Sequence[Span]) -> float:
    from sacrebleu.metrics import lib_ter

    words = list(re.finditer(r"\S+", ref))
    hyp_words, ref_words = hyp.lower().split(), [word[0].lower() for word in words]
    if not ref_words:
        return float(bool(hyp_words))
    distance, shifts, checked = lib_ter.BeamEditDistance(ref_words), 0, 0
    while True:
        gain, shifted, checked = lib_ter._shift(hyp_words, ref_words, distance, checked)
        if checked >= lib_ter._MAX_SHIFT_CANDIDATES or gain <= 0:
            break
        shifts, hyp_words = shifts + 1, shifted
    edits, trace = distance(hyp_words)
    _, wrong, _ = lib_ter.trace_to_alignment(trace.translate(lib_ter._FLIP_OPS))
    in_terms = sum(
        bool(error) and any(Span(*word.span()).overlaps(term) for term in terms)
        for word, error in zip(words, wrong, strict=True)
    )
    return float(shifts + edits + (TERM_WORD_COST - 1) * in_terms) / len(ref_words)


class TermWindowOverlap(TermMetric):
    """How well the words around a term are those of the reference, percent (WMT 2021).

    Around each occurrence of a term in the reference, up to WINDOW words on either side, punctuation apart:
    the share of them that stand around the term in the hypothesis. Occurrences are paired, best overlap
    first; averaged over the pairs of a segment, then over the segments whose reference has a term; a
    segment without a pair counts 0. Anastasopoulos et al. (WMT 2021), Alam et al. (2021); the term may be
    in another form.
    """

    name = "term-window"
    full_name = "TermWindowOverlap"
    needs_reference = True
    unit = "segments"

    def counts(self, text: ParallelText) -> list[tuple[float, float]]:
        counts: list[tuple[float, float]] = []
        for segment, hyp, ref in zip(self.segments(text), text.hypotheses, text.references[0], strict=True):
            in_ref: dict[str, list[FormMatch]] = {}
            in_hyp: dict[str, list[FormMatch]] = {}
            for outcome in segment:
                for places, found in ((in_ref, outcome.in_reference), (in_hyp, outcome.in_hypothesis)):
                    if found is not None:
                        places.setdefault(outcome.match.concept.id, []).append(found)
            overlaps = [
                overlap
                for concept_id, wanted in in_ref.items()
                for overlap in _paired_overlaps(ref, wanted, hyp, in_hyp.get(concept_id, ()))
            ]
            counts.append((sum(overlaps) / len(overlaps) if overlaps else 0.0, bool(in_ref)))
        return counts


def _paired_overlaps(
    ref: str, in_ref: Sequence[FormMatch], hyp: str, in_hyp: Sequence[FormMatch]
) -> list[float]:
    """Window overlaps of the occurrences that find a partner, each used once."""
    pairs = sorted(
        (
            (_overlap(_window(ref, wanted.span), _window(hyp, found.span)), left, right)
            for left, wanted in enumerate(in_ref)
            for right, found in enumerate(in_hyp)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    overlaps: list[float] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for overlap, left, right in pairs:
        if left not in used_left and right not in used_right:
            used_left.add(left)
            used_right.add(right)
            overlaps.append(overlap)
    return overlaps


def _window(text: str, term: Span) -> list[str]:
    before = _WORD.findall(text[: term.start].lower())
    after = _WORD.findall(text[term.end :].lower())
    return [*before[-WINDOW:], *after[:WINDOW]]


def _overlap(wanted: list[str], found: list[str]) -> float:
    """Share of the wanted words that are found, each found word used once; 1 where none are wanted."""
    left = list(found)
    hits = 0
    for word in wanted:
        if word in left:
            left.remove(word)
            hits += 1
    return hits / len(wanted) if wanted else 1.0
