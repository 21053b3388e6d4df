"""Vietnamese names: as the transcription has them, and the same each time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product

from mtkit.checks.analysis import renderings, term_matches
from mtkit.checks.base import CheckContext, finding
from mtkit.checks.variants import Variants
from mtkit.names.declension import declined
from mtkit.names.find import find_names
from mtkit.names.syllables import parse_syllable
from mtkit.names.transcription import Kind, is_syllable, transcribe
from mtkit.termbase.forms import russian_terms
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.text.morphology import fold_yo
from mtkit.types import Finding, Segment, Severity, Span

NAME_SUBJECTS = frozenset({"person", "place", "province", "former-province"})
"""Subjects of the termbase whose concepts are names."""
_ADMINISTRATIVE = re.compile(r"^(?:[а-я.]+ )+| (?:Province|City|Town|District|Ward|Commune)$")
_CAPITALISED = re.compile(r"(?<![\w-])[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё][а-яё]+)*")
_PLAIN_JOINTS = tuple(zip("ё\u00a0-\t\n", "е    ", strict=True))
_SHORTEST_PLACE = 5
_NEAR_PERSON, _NEAR_PLACE = 0.78, 0.76
_MOST_READINGS = 400
_DIACRITICS = {"d": "dđ", "a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư"}


class NameCheck:
    """A Vietnamese name of the source stands in the target, but not as the transcription has it, or it is
    left in Latin letters.

    English sources have no diacritics, so any reading of a name is right there that the termbase has not.
    A name that the target leaves out is not reported. Known false alarms: another name that looks alike;
    established spellings of persons abroad.
    """

    id = "name"
    severity = Severity.WARNING
    its_type = "inconsistent-entities"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.src_lang not in SOURCE_LANGUAGES or segment.tgt_lang != "ru" or not target.strip():
            return
        names = list(_expected_names(segment, target, context))
        folded = _joined(target.lower()) if names else ""
        for name in names:
            latin = _left_in_latin(name.text, target)
            if latin is not None:
                message, place = f"{name.text} is left in Latin letters.", latin
            elif any(_stands_in(folded, russian, name) for russian in name.russian):
                continue
            elif (near := _nearest(target, name, segment.src_lang)) is not None:
                place = near
                message = f"{name.text} is «{name.russian[0]}», the target has «{near.of(target)}»."
            else:
                continue
            yield finding(
                self,
                segment,
                message,
                src_span=name.span,
                tgt_span=place,
                suggestion=name.russian[0],
            )


@dataclass(frozen=True, slots=True)
class _Expected:
    """A name in a source and every Russian that is right; `sure` where the termbase has it."""

    span: Span
    text: str
    kind: Kind
    russian: tuple[str, ...]
    sex: str | None = None
    sure: bool = False


def _expected_names(segment: Segment, target: str, context: CheckContext) -> Iterator[_Expected]:
    """Names of the termbase that are not rendered, and names that stand in no term."""
    matcher = context.matchers.get(segment.src_lang)
    matches = term_matches(matcher, segment.source) if matcher else ()
    places = renderings(matcher, segment.source, target) if matcher and matches else ()
    for match, form in zip(matches, places, strict=True):
        if form is None and match.concept.subject in NAME_SUBJECTS:
            russian = tuple(
                bare for term in russian_terms(match.concept) if (bare := _ADMINISTRATIVE.sub("", term.text))
            )
            kind: Kind = "person" if match.concept.subject == "person" else "place"
            if russian:
                yield _Expected(match.span, match.span.of(segment.source), kind, russian, sure=True)
    for name in find_names(segment.source, segment.src_lang):
        if not any(name.span.overlaps(match.span) for match in matches):
            yield _Expected(name.span, name.text, name.kind, (name.russian,), name.sex)


def _left_in_latin(name: str, target: str) -> Span | None:
    name = _ADMINISTRATIVE.sub("", name)
    if not name.isascii() or not name or name not in target:
        return None
    found = re.search(rf"(?<!\w){re.escape(name)}(?![A-Za-z])", target)
    return Span(*found.span()) if found else None


def _joined(text: str) -> str:
    for joint, plain in _PLAIN_JOINTS:
        text = text.replace(joint, plain)
    return text


@lru_cache(maxsize=4096)
def _forms(russian: str, sex: str | None, kind: Kind) -> frozenset[str]:
    """Every form of a name, lower case, е for ё, its parts joined by plain spaces."""
    forms = [russian, *declined(russian, sex, kind).values()]
    if kind == "place" and russian.endswith(("а", "я")):
        forms += [russian[:-1] + ending for ending in ("ы", "и", "е", "у", "ю", "ой", "ей")]
    if kind == "place" and russian.endswith("ь"):
        forms += [russian[:-1] + ending for ending in ("и", "ью")]
    return frozenset(_joined(form.lower()) for form in forms)


def _stands_in(folded: str, russian: str, name: _Expected) -> bool:
    return any(_as_words(form, folded) for form in _forms(russian, name.sex, name.kind))


def _as_words(form: str, folded: str) -> bool:
    start = folded.find(form)
    while start >= 0:
        before, after = folded[start - 1 : start], folded[start + len(form) : start + len(form) + 1]
        if not _is_word_character(before) and not _is_word_character(after):
            return True
        start = folded.find(form, start + 1)
    return False


def _is_word_character(character: str) -> bool:
    return character.isalnum() or character == "_"


def _nearest(target: str, name: _Expected, lang: str) -> Span | None:
    """The stretch of the target that is this name in another spelling; None where nothing is near."""
    wanted = fold_yo(name.russian[0].lower())
    parts = wanted.split()
    if len(parts) == 1 and (name.kind == "person" or len(wanted) < _SHORTEST_PLACE):
        return None
    capitalised = list(_CAPITALISED.finditer(target))
    best: tuple[float, Span] | None = None
    for index in range(len(capitalised) - len(parts) + 1):
        run = capitalised[index : index + len(parts)]
        span = Span(run[0].start(), run[-1].end())
        found = fold_yo(span.of(target).lower())
        if len(found.split()) != len(parts):
            continue
        if lang == "en" and not name.sure and _is_a_reading(found, name):
            return None
        if len(parts) == 1 and found.startswith(wanted) and len(found) > len(wanted) + 1:
            continue
        near = _likeness(found, wanted)
        if near >= (_NEAR_PERSON if len(parts) > 1 else _NEAR_PLACE) and (best is None or near > best[0]):
            best = near, span
    if best is None:
        return None
    found = fold_yo(best[1].of(target).lower())
    same_parts = sum(a == b for a, b in zip(found.split()[:-1], parts[:-1], strict=True))
    return best[1] if len(parts) == 1 or same_parts or best[0] > 0.85 else None


def _likeness(found: str, wanted: str) -> float:
    """1 for equal names, 0 for nothing in common; an ending of the last part is free."""
    return max(
        SequenceMatcher(None, found[: len(found) - cut], wanted, autojunk=False).ratio()
        for cut in range(min(3, len(found)))
    )


def _is_a_reading(found: str, name: _Expected) -> bool:
    """Whether a name may be read so with some diacritics: "Duc" is Дык or Дук."""
    syllables = tuple(part.lower() for part in name.text.replace("-", " ").split())
    if name.kind == "place":
        written, readings = [found], [_place_readings(syllables)]
    else:
        written, readings = found.split(), [_readings(syllable) for syllable in syllables]
    if len(readings) != len(written):
        return False
    return all(
        any(
            part == reading or (last and part.startswith(reading[:-1]) and len(part) <= len(reading) + 2)
            for reading in options
        )
        for part, options, last in zip(written, readings, [False] * (len(written) - 1) + [True], strict=True)
    )


@lru_cache(maxsize=4096)
def _readings(syllable: str) -> frozenset[str]:
    return frozenset(fold_yo(transcribe(each).lower()) for each in _spellings(syllable))


@lru_cache(maxsize=4096)
def _place_readings(syllables: tuple[str, ...]) -> frozenset[str]:
    spelt = [_spellings(syllable) for syllable in syllables]
    if math.prod(map(len, spelt)) > _MOST_READINGS:
        return frozenset()
    return frozenset(fold_yo(transcribe(" ".join(each), "place").lower()) for each in product(*spelt))


@lru_cache(maxsize=4096)
def _spellings(syllable: str) -> tuple[str, ...]:
    """Vietnamese syllables that lose their diacritics to become this one, tones apart."""
    spelt = ("".join(each) for each in product(*(_DIACRITICS.get(letter, letter) for letter in syllable)))
    return tuple(each for each in spelt if parse_syllable(each) is not None)


_VARIANTS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        *(("дз|ж", "з"), ("тьи|чи", "ти"), ("кв", "ку"), ("зуй", "зюи"), ("ьы", "ы"), ("[её]", "э")),
        *(("й", "и"), ("зуи", "зюи"), ("иа", "я"), ("оа", "уа"), ("зь?я", "за")),
    )
)
_ENDING = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:ь|ом|ем|а|у|е|ю|я)$")
_ENDING_AFTER_VOWEL = re.compile(r"(?<=[аоуэы])(?:[ийяюе]|ем)$")


class NameConsistencyCheck:
    """One name is spelt in several ways within a document («Куанг» and «Кванг»).

    Spellings count as one name where they differ only as the systems of transcription do. Known false
    alarms: two persons whose names differ by one such letter.
    """

    id = "name-consistency"
    severity = Severity.WARNING
    its_type = "inconsistency"
    needs_source = False

    def run(
        self, segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
    ) -> Iterator[Finding]:
        spelt = Variants[str, str]()
        for segment, target in zip(segments, targets, strict=True):
            for span in _name_spans(target):
                stem = _ENDING_AFTER_VOWEL.sub("и", _ENDING.sub("", span.of(target).lower()))
                spelt.add(_plain(stem), stem, segment, target, span)
        for odd in spelt.odd_ones():
            yield finding(
                self,
                odd.first.segment,
                odd.said("is spelt"),
                tgt_span=odd.first.span,
                suggestion=odd.shown.text,
            )


def _name_spans(text: str) -> Iterator[Span]:
    """Runs of two to four capitalised words that read as Vietnamese names."""
    run: list[re.Match[str]] = []
    for match in [*_CAPITALISED.finditer(text), None]:
        joined = match and (not run or text[run[-1].end() : match.start()] in (" ", "\u00a0"))
        if match and joined and is_syllable(match.group()):
            run.append(match)
            continue
        if 2 <= len(run) <= 4:
            yield Span(run[0].start(), run[-1].end())
        run = [match] if match and is_syllable(match.group()) else []


@lru_cache(maxsize=4096)
def _plain(stem: str) -> str:
    for pattern, plain in _VARIANTS:
        stem = pattern.sub(plain, stem)
    return stem
