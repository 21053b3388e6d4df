"""Too short, too long, or something left out."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mtkit.checks.analysis import renderings, sentences, term_matches
from mtkit.checks.base import MISSING, CheckContext, finding
from mtkit.names.syllables import parse_syllable
from mtkit.termbase.forms import russian_terms
from mtkit.types import Finding, Segment, Severity, Span

_MEAN: Mapping[str, float] = {"vi": 0.10, "en": 0.03}
"""Mean logarithm of target over source characters in human translations of news."""
_LIKELY = 0.7
"""Logarithm of the likelihood ratio from which a lost sentence is reported."""
_NEVER_MISSED = 0.1
"""A shortfall too small to tell that anything is missing."""
_LONGEST_RENDERING = 40
_FEW_WORDS = 6
"""So many words, or syllables, make a label and no sentence: each may have a rendering of any length."""
_SHORTEST_WITH_CLAUSES = 60
_SHORTEST_LOST = 20
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_NAME_START = 4
_ROUGHLY = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абкдефгхийклмнопкрстуввкиз")
_SPREAD = 0.15
"""Standard deviation of that logarithm, for segments of a sentence or two."""


def usual_growth(src_lang: str) -> float:
    """The ratio of target to source characters in human translations of news."""
    return math.exp(_MEAN.get(src_lang, 0.0))


def deviation(segment: Segment, source: str, target: str, context: CheckContext) -> float:
    """How much longer than usual a target is: the logarithm of the ratio, 0.0 as usual.

    Terms in Vietnamese count with the length of their renderings («HĐND» is «Народный совет»).
    """
    growth = usual_growth(segment.src_lang)
    expected = len(source) * growth
    matcher = context.matchers.get(segment.src_lang)
    if matcher is not None and segment.src_lang == "vi":
        for match in term_matches(matcher, source):
            terms = russian_terms(match.concept)
            if terms:
                length = (match.span.end - match.span.start) * growth
                expected += min(len(terms[0].text), _LONGEST_RENDERING) - length
    return math.log(len(target) / max(expected, 1.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthRatioOptions:
    """`tolerance` widens the bounds (2.0: twice as wide); segments under `shortest` are passed over."""

    tolerance: float = 1.0
    shortest: int = 40


class LengthRatioCheck:
    """The target is much shorter or longer than targets of such sources are.

    Bounds are on the logarithm of the ratio of characters, around its mean in human translations of news,
    and wider for short segments. Terms count with the length of the renderings that stand in the target, and
    a few words for a few say nothing. Known false alarms: lists of names and abbreviations.
    """

    id = "length-ratio"
    severity = Severity.WARNING
    its_type = "length"
    needs_source = True
    options_type = LengthRatioOptions

    def __init__(self, options: LengthRatioOptions = LengthRatioOptions()) -> None:
        self._options = options

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        source_length, target_length = len(segment.source.strip()), len(target.strip())
        longer = max(source_length, target_length)
        if not source_length or not target_length or longer < self._options.shortest:
            return
        if max(len(_WORD.findall(text)) for text in (segment.source, target)) <= _FEW_WORDS:
            return
        ratio = math.log(target_length / source_length) - _MEAN.get(segment.src_lang, 0.0)
        bound = self._options.tolerance * (0.5 + 3 / math.sqrt(longer))
        if ratio > bound or (ratio < -bound and ratio + _repeated(segment) < -bound):
            if abs(_beside_terms(segment, target, context)) <= bound:
                return
            amount = "short" if ratio < 0 else "long"
            yield finding(
                self,
                segment,
                f"Unusually {amount}: {target_length} characters for {source_length} of the source.",
                tgt_span=Span(0, len(target)),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class OmissionOptions:
    """`sensitivity` 1.0 as measured; higher reports smaller losses and more false alarms."""

    sensitivity: float = 1.0


class OmissionCheck:
    """A sentence or a clause of the source is missing in the target.

    A sentence: where the texts were aligned nothing stands for it, or the target has fewer sentences than
    the source, and its length fits better without one of them, whose numbers and foreign names it has not,
    than with all. A clause: the target is too short for a source of as many sentences, all the more where
    terms in a row are missing. Known false alarms: two sentences joined and shortened; free, concise
    translations.
    """

    id = "omission"
    severity = Severity.ERROR
    its_type = "omission"
    needs_source = True
    options_type = OmissionOptions

    def __init__(self, options: OmissionOptions = OmissionOptions()) -> None:
        self._sensitivity = options.sensitivity

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if MISSING in segment.tags:
            line = segment.id.partition(".")[0]
            message = f"Missing from line {line} of the source: {segment.source}"
            yield finding(self, segment, message, src_span=Span(0, len(segment.source)))
        if not target.strip() or segment.src_lang not in _MEAN:
            return
        short = -deviation(segment, segment.source, target, context)
        if short * self._sensitivity < _NEVER_MISSED:
            return
        source_side = sentences(segment.source, segment.src_lang)
        target_side = sentences(target, segment.tgt_lang)
        if len(source_side) > len(target_side):
            lost = self._lost_sentence(source_side, target_side, target, short)
            if lost is not None:
                start = segment.source.find(lost)
                yield finding(
                    self,
                    segment,
                    f"A sentence seems to be missing: {lost}",
                    src_span=Span(start, start + len(lost)),
                )
        elif self._sensitivity * (short - _repeated(segment)) > self._bound(segment, target, context):
            yield finding(
                self,
                segment,
                f"A part seems to be missing: {len(target)} characters for {len(segment.source)}.",
                tgt_span=Span(0, len(target)),
            )

    def _lost_sentence(
        self, source_side: Sequence[str], target_side: Sequence[str], target: str, short: float
    ) -> str | None:
        """The sentence without which the lengths fit best, if that is likelier than a joined one.

        Not one whose numbers or foreign names the target has.
        """
        whole = sum(map(len, source_side))
        told = _told(source_side, target)
        lengths = [len(sentence) for sentence in source_side]
        losable = [n for n, length in enumerate(lengths) if n not in told and length >= _SHORTEST_LOST]

        def misfit(number: int) -> float:
            return abs(short + math.log(max(whole - lengths[number], 1) / whole))

        if not losable:
            return None
        best = min(losable, key=misfit)
        gain = (short**2 - misfit(best) ** 2) / (2 * _SPREAD**2)
        if gain * self._sensitivity <= _LIKELY:
            return None
        if len(source_side) == len(target_side) + 1:
            best = min(losable, key=lambda number: _mismatch(source_side, target_side, number))
        return source_side[best]

    def _bound(self, segment: Segment, target: str, context: CheckContext) -> float:
        length = max(len(segment.source), len(target))
        if length < _SHORTEST_WITH_CLAUSES:
            return math.inf
        missing = _missing_share(segment, target, context)
        return 0.42 + 2.2 / math.sqrt(length) - (0.15 if missing > 0.5 else 0.0)


def _beside_terms(segment: Segment, target: str, context: CheckContext) -> float:
    """How much longer than usual a target is whose terms are as long as they are: a logarithm, as deviation.

    0.0 where there is nothing beside them.
    """
    matcher = context.matchers.get(segment.src_lang)
    matches = term_matches(matcher, segment.source) if matcher is not None else ()
    found = renderings(matcher, segment.source, target) if matcher is not None else ()
    pairs = [(match.span, form.span) for match, form in zip(matches, found, strict=True) if form is not None]
    ours, theirs = (
        (sum(span.end - span.start for span in side) for side in zip(*pairs, strict=True))
        if pairs
        else (0, 0)
    )
    rest = len(segment.source.strip()) - ours
    expected = max(rest, 0) * usual_growth(segment.src_lang) + theirs
    return math.log(len(target.strip()) / max(expected, 1.0))


def _told(sentences: Sequence[str], target: str) -> frozenset[int]:
    """Which sentences have numbers, or foreign names, that no other has and that all stand in the target."""
    numbers = [frozenset(_DIGITS.findall(sentence)) for sentence in sentences]
    names = [frozenset(map(_beginning, _foreign_names(sentence))) for sentence in sentences]
    there, words = frozenset(_DIGITS.findall(target)), _WORD.findall(target.lower())
    told = []
    for place in range(len(sentences)):
        own, named = (each[place].difference(*each[:place], *each[place + 1 :]) for each in (numbers, names))
        if (own and own <= there) or (
            named and all(any(word.startswith(name) for word in words) for name in named)
        ):
            told.append(place)
    return frozenset(told)


def _foreign_names(text: str) -> Iterator[str]:
    """Capitalised words of a Vietnamese text that are not Vietnamese."""
    for word in _WORD.findall(text):
        if word[0].isupper() and word.isascii() and len(word) >= _NAME_START and parse_syllable(word) is None:
            yield word


def _beginning(name: str) -> str:
    """How a name begins in Cyrillic, roughly."""
    return name[:_NAME_START].lower().translate(_ROUGHLY)


def _repeated(segment: Segment) -> float:
    """How much longer a source is for foreign names that it repeats: the logarithm of the ratio."""
    if segment.src_lang != "vi":
        return 0.0
    names = Counter(_foreign_names(segment.source))
    spare = sum((times - 1) * (len(name) + 1) for name, times in names.items())
    return -math.log1p(-spare / len(segment.source))


def _mismatch(source_side: Sequence[str], target_side: Sequence[str], left_out: int) -> float:
    """How badly sentence lengths fit one by one without one of the source's."""
    kept = [sentence for number, sentence in enumerate(source_side) if number != left_out]
    pairs = zip(kept, target_side, strict=True)
    return sum(math.log(len(target) / len(source)) ** 2 for source, target in pairs)


def _missing_share(segment: Segment, target: str, context: CheckContext) -> float:
    """What share of the source's terms has no rendering; 0.0 without terms."""
    matcher = context.matchers.get(segment.src_lang)
    if matcher is None:
        return 0.0
    found = renderings(matcher, segment.source, target)
    return sum(form is None for form in found) / len(found) if found else 0.0
