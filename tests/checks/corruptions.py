"""Faults planted in good translations, kind by kind, so that the recall of each check can be measured.

The good translations are those of data/corpus/dev.tsv in house typography. Every kind is generated with a
seed of its own; where a document check needs several mentions, the segment is followed by a copy of itself
with the fault in it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from pathlib import Path

from mtkit.checks.base import CheckContext
from mtkit.errors import TermbaseError
from mtkit.names.find import find_names
from mtkit.names.syllables import to_ascii
from mtkit.names.transcription import transcribe
from mtkit.termbase.agreement import PREPOSITIONS
from mtkit.termbase.compile import CASES, compile_paradigm
from mtkit.termbase.forms import assign
from mtkit.termbase.io import load_termbase
from mtkit.termbase.match import Matcher
from mtkit.text.placeables import Kind, find_placeables
from mtkit.text.typography import russian_typography
from mtkit.text.unicode import has_vietnamese_letters
from mtkit.types import Segment, Span, Status

CORPUS = Path(__file__).parents[2] / "data/corpus/dev.tsv"
WANTED = 240
"""Faults of a kind, where the corpus has room for as many."""
ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """A good translation; `following` are the next ones of its document."""

    source: str
    target: str
    lang: str
    following: tuple[tuple[str, str], ...] = ()

    def segment(self, number: int = 1) -> Segment:
        return Segment(id=str(number), source=self.source, src_lang=self.lang, tgt_lang="ru")


@dataclass(frozen=True, slots=True)
class Corrupted:
    """A good document and the same with a fault; segments and targets run in parallel."""

    segments: tuple[Segment, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]


Fault = Corrupted | None


@dataclass(frozen=True, slots=True)
class CorruptionKind:
    """`checks`: those of which one has to report the fault; `recall`: how many in a hundred."""

    plant: Callable[[Pair, random.Random], Fault]
    checks: frozenset[str]
    recall: int = 80
    langs: tuple[str, ...] = ("vi", "en")


KINDS: dict[str, CorruptionKind] = {}


def kind(
    *checks: str, recall: int = 80, langs: tuple[str, ...] = ("vi", "en")
) -> Callable[..., Callable[..., Fault]]:
    def register(plant: Callable[[Pair, random.Random], Fault]) -> Callable[[Pair, random.Random], Fault]:
        name = plant.__name__.replace("_", "-")
        KINDS[name] = CorruptionKind(plant, frozenset(checks or (name,)), recall, langs)
        return plant

    return register


@cache
def termbase_context() -> CheckContext:
    termbase = load_termbase("bundled")
    return CheckContext(matchers={lang: Matcher(termbase, lang) for lang in ("vi", "en")}, termbase=termbase)


@cache
def good_pairs() -> tuple[Pair, ...]:
    rows = [line.split("\t") for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    pairs = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        document = list(group)
        for number, row in enumerate(document):
            for lang, column in (("vi", 2), ("en", 3)):
                following = tuple(
                    (other[column], russian_typography(other[4]))
                    for other in document[number + 1 : number + 3]
                    if other[1] == row[1] == "body"
                )
                pairs.append(Pair(row[column], russian_typography(row[4]), lang, following))
    return tuple(pairs)


def corruptions(name: str) -> Iterator[Corrupted]:
    """Up to WANTED faults of a kind, the same ones each time."""
    planted = KINDS[name]
    rng = random.Random(f"mtkit {name}")
    pairs = [pair for pair in good_pairs() if pair.lang in planted.langs]
    seen: set[tuple[Segment, tuple[str, ...]]] = set()
    for _ in range(ROUNDS):
        rng.shuffle(pairs)
        for pair in pairs:
            fault = planted.plant(pair, rng)
            if fault is None or fault.good == fault.bad or (fault.segments[0], fault.bad) in seen:
                continue
            seen.add((fault.segments[0], fault.bad))
            yield fault
            if len(seen) == WANTED:
                return


def one(pair: Pair, bad: str, good: str | None = None) -> Corrupted:
    return Corrupted((pair.segment(),), (good if good is not None else pair.target,), (bad,))


def twice(pair: Pair, bad: str) -> Corrupted:
    """A document of the segment and the same again, the fault in the second."""
    segments = (pair.segment(1), pair.segment(2))
    return Corrupted(segments, (pair.target, pair.target), (pair.target, bad))


def put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def choose(rng: random.Random, pattern: str, text: str) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text))
    return rng.choice(found) if found else None


def outside_codes(text: str, span: tuple[int, int]) -> bool:
    return not any(
        placeable.span.overlaps(Span(*span))
        for placeable in find_placeables(text, "ru")
        if placeable.kind in (Kind.CODE, Kind.URL, Kind.EMAIL)
    )


@kind("number", "date", recall=95)
def number(pair: Pair, rng: random.Random) -> Fault:
    """A digit changed, or two exchanged."""
    found = choose(rng, r"(?<![\w/№-])\d[\d\u00a0]*(?:,\d+)?(?![\w/-])", pair.target)
    if found is None or found.group() in ("0", "1") or not outside_codes(pair.target, found.span()):
        return None
    digits = [place for place in range(*found.span()) if pair.target[place].isdigit()]
    place = rng.choice(digits)
    new = rng.choice([digit for digit in "23456789" if digit != pair.target[place]])
    return one(pair, put(pair.target, (place, place + 1), new))


_ROMAN = [
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII"),
    *("IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"),
]
_ROMAN_MENTIONS = {
    "vi": (
        ("quý {}/2026", "{} квартал 2026 года", 4),
        ("Đại hội {}", "{} съезд", 16),
        ("khóa {}", "{} созыва", 16),
    ),
    "en": (
        ("Quarter {}", "{} квартал", 4),
        ("{} Party Congress", "{} съезд партии", 16),
        ("Term {}", "{} созыва", 16),
    ),
}


@kind("number", recall=95)
def roman_numeral(pair: Pair, rng: random.Random) -> Fault:
    """Another Roman numeral."""
    found = choose(rng, r"(?<![\w-])[IVX]+(?= (?:квартал|съезд|созыв|век))", pair.target)
    if found is None:
        source, target, most = rng.choice(_ROMAN_MENTIONS[pair.lang])
        numeral = rng.choice(_ROMAN[:most])
        pair = replace(
            pair,
            source=f"{pair.source} ({source.format(numeral)})",
            target=f"{pair.target} ({target.format(numeral)})",
        )
        return roman_numeral(pair, rng)
    new = rng.choice([numeral for numeral in _ROMAN if numeral != found.group()])
    return one(pair, put(pair.target, found.span(), new))


_MONTHS = [
    *("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября"),
    *("ноября", "декабря"),
]


@kind("date", "number", recall=95)
def date(pair: Pair, rng: random.Random) -> Fault:
    """Another day, or another month."""
    found = choose(rng, rf"(?<!\d)(\d{{1,2}}) ({'|'.join(_MONTHS)})", pair.target)
    if found is None:
        return None
    if rng.random() < 0.5:
        new = rng.choice([month for month in _MONTHS if month != found.group(2)])
        return one(pair, put(pair.target, found.span(2), new))
    new = rng.choice([str(day) for day in range(2, 29) if str(day) != found.group(1)])
    return one(pair, put(pair.target, found.span(1), new))


@kind(recall=95)
def document_code(pair: Pair, rng: random.Random) -> Fault:
    """A digit or the letters of a code changed, or the code left out."""
    codes = [p for p in find_placeables(pair.target, "ru") if p.kind is Kind.CODE]
    if not codes:
        new = f"{rng.randint(2, 400)}{rng.choice(['-NQ/TW', '/2024/NĐ-CP', '/QĐ-TTg', '-CT/TU'])}"
        pair = replace(pair, source=f"{pair.source} ({new})", target=f"{pair.target} ({new})")
        return document_code(pair, rng)
    code = rng.choice(codes)
    changed = rng.choice(
        [
            re.sub(r"^\d+", lambda digits: str(int(digits.group()) + 11), code.text),
            code.text.replace("NQ", "CT").replace("QĐ", "NĐ").replace("CT", "KL"),
            "",
        ]
    )
    return one(pair, put(pair.target, (code.span.start, code.span.end), changed))


@kind(recall=95)
def url_email(pair: Pair, rng: random.Random) -> Fault:
    """An address with a letter changed, or left out."""
    address = rng.choice(["https://lamson.example.vn/tin-tuc/57", "toasoan@lamson.vn", "www.lamson.vn"])
    source, good = f"{pair.source} ({address})", f"{pair.target} ({address})"
    bad = good.replace(address, rng.choice([address.replace("lamson", "lamsan"), ""]))
    return one(replace(pair, source=source), bad, good)


@kind("inline-tags", "placeholder", recall=95)
def inline_tags(pair: Pair, rng: random.Random) -> Fault:
    """A tag left out, written twice, or translated."""
    opening, closing = rng.choice([("<b>", "</b>"), ('<a href="x">', "</a>"), ("{", "name}")])
    source = f"{opening}{pair.source}{closing}" if closing != "name}" else f"{pair.source} {{name}}"
    good = f"{opening}{pair.target}{closing}" if closing != "name}" else f"{pair.target} {{name}}"
    tags = ["{name}"] if closing == "name}" else [opening, closing]
    tag = rng.choice(tags)
    bad = good.replace(tag, rng.choice(["", tag * 2, tag.replace("b", "i").replace("a", "p")]), 1)
    return one(replace(pair, source=source), bad, good)


@kind(recall=95)
def untranslated(pair: Pair, rng: random.Random) -> Fault:
    """The source in place of the target, nothing, or the second half of the source after the first."""
    if len(pair.source.split()) < 8 or not any(word.islower() for word in pair.source.split()):
        return None
    words, targets = pair.source.split(), pair.target.split()
    half = " ".join(targets[: len(targets) // 2] + words[len(words) // 2 :])
    return one(pair, rng.choice([pair.source, "", half]))


@kind(recall=95, langs=("vi",))
def vietnamese_letters(pair: Pair, rng: random.Random) -> Fault:
    """A word of the source in place of one of the target."""
    letters = [word for word in re.findall(r"[^\W\d_]+", pair.source) if has_vietnamese_letters(word)]
    found = choose(rng, r"[А-Яа-яё]{3,}", pair.target)
    return one(pair, put(pair.target, found.span(), rng.choice(letters))) if letters and found else None


@kind("omission", recall=95)
def dropped_sentence(pair: Pair, rng: random.Random) -> Fault:
    """Two or three sentences of a paragraph, one of them left out in the target."""
    count = rng.randint(1, 2)
    if len(pair.following) < count:
        return None
    sources = [pair.source, *(source for source, _ in pair.following[:count])]
    targets = [pair.target, *(target for _, target in pair.following[:count])]
    if min(map(len, sources)) < 30 or not all(text.rstrip()[-1] in ".!?”»" for text in (*sources, *targets)):
        return None
    left_out = rng.randrange(len(targets))
    kept = [target for number, target in enumerate(targets) if number != left_out]
    return one(replace(pair, source=" ".join(sources)), " ".join(kept), " ".join(targets))


@kind("omission", "length-ratio", "term", "number", recall=80)
def dropped_clause(pair: Pair, rng: random.Random) -> Fault:
    """What stands after a comma or between two left out, two fifths of the sentence or more."""
    commas = [0, *(match.start() for match in re.finditer(r", |; | — ", pair.target)), len(pair.target) - 1]
    clauses = [
        (start, end)
        for start in commas
        for end in commas
        if 0.4 * len(pair.target) <= end - start <= 0.75 * len(pair.target)
    ]
    return one(pair, put(pair.target, rng.choice(clauses), "").lstrip(", ")) if clauses else None


@kind(recall=95)
def repetition(pair: Pair, rng: random.Random) -> Fault:
    """Two to five words twice, or one three times."""
    words = pair.target.split(" ")
    size = rng.randint(1, 5)
    starts = [
        start
        for start in range(len(words) - size)
        if all(re.fullmatch(r"[А-Яа-яё]+", word) for word in words[start : start + size])
    ]
    if not starts:
        return None
    start = rng.choice(starts)
    repeated = words[start : start + size] * (1 if size > 1 else 2)
    return one(pair, " ".join([*words[: start + size], *repeated, *words[start + size :]]))


@kind(recall=95)
def doubled_word(pair: Pair, rng: random.Random) -> Fault:
    found = choose(rng, r"(?<![\w-])[а-яё]+(?![\w-])", pair.target)
    return one(pair, put(pair.target, found.span(), f"{found.group()} {found.group()}")) if found else None


@kind("doubled-word", recall=95)
def doubled_name(pair: Pair, rng: random.Random) -> Fault:
    """The first syllable of a name stands twice."""
    names = [name.russian for name in find_names(pair.source, pair.lang)]
    known = [name for name in names if " " in name and name in pair.target]
    if not known:
        vietnamese = " ".join(
            map(rng.choice, (("Lê", "Phạm", "Đỗ"), ("Thị", "Văn"), ("Hạnh", "Tâm", "Quang")))
        )
        written = vietnamese if pair.lang == "vi" else to_ascii(vietnamese)
        pair = replace(
            pair,
            source=f"{pair.source} ({written})",
            target=f"{pair.target} ({transcribe(vietnamese)})",
        )
        return doubled_name(pair, rng)
    name = rng.choice(known)
    return one(pair, pair.target.replace(name, f"{name.split()[0]} {name}", 1))


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A term of the termbase where it stands in a good target."""

    span: tuple[int, int]
    preferred: str
    forbidden: tuple[str, ...] = field(default=())
    admitted: tuple[str, ...] = field(default=())
    forms: tuple[tuple[str, str], ...] = field(default=())


def rendered_terms(pair: Pair) -> list[_Rendered]:
    matches = termbase_context().matchers[pair.lang].find(pair.source)
    places = assign(pair.target, [match.concept for match in matches])
    once = [place for place in places if place is not None]
    found = []
    for match, place in zip(matches, places, strict=True):
        if place is None or place.term is None:
            continue
        if sum(match.concept.id == other.concept.id for other in matches) > 1:
            continue
        concept, readings = match.concept, place.readings
        inflected = {}
        for term in concept.in_lang("ru"):
            if not term.condition and readings:
                try:
                    inflected[term.text] = compile_paradigm(term).form(*readings[0]), term.status
                except (KeyError, TermbaseError):
                    continue
        forbidden = tuple(form for form, status in inflected.values() if status is Status.FORBIDDEN)
        admitted = tuple(
            form
            for text, (form, status) in inflected.items()
            if status in (Status.PREFERRED, Status.ADMITTED) and text != place.term.text
        )
        try:
            paradigm = compile_paradigm(place.term)
        except TermbaseError:
            continue
        forms = tuple((case, paradigm.form(case)) for case in CASES)
        span = (place.span.start, place.span.end)
        if not any(place.span.overlaps(other.span) for other in once if other is not place):
            found.append(_Rendered(span, place.term.text, forbidden, admitted, forms))
    return found


@kind(recall=95)
def forbidden_term(pair: Pair, rng: random.Random) -> Fault:
    """A forbidden rendering in the same form."""
    terms = [term for term in rendered_terms(pair) if term.forbidden]
    if not terms:
        return None
    term = rng.choice(terms)
    return one(pair, put(pair.target, term.span, rng.choice(term.forbidden)))


@kind()
def term(pair: Pair, rng: random.Random) -> Fault:
    """Another word in place of the rendering."""
    terms = rendered_terms(pair)
    if not terms:
        return None
    other = rng.choice(["ведомство", "бюро погоды", "объединение рыболовов", "собрание"])
    return one(pair, put(pair.target, rng.choice(terms).span, other))


@kind("agreement")
def agreement(pair: Pair, rng: random.Random) -> Fault:
    """A term in a case that the preposition before it does not govern."""
    for term in rendered_terms(pair):
        before = re.search(r"([а-яё]+) $", pair.target[: term.span[0]], re.IGNORECASE)
        governed = PREPOSITIONS.get(before.group(1).lower()) if before else None
        if governed is None:
            continue
        right = {form.lower() for case, form in term.forms if case in governed}
        wrong = [form for case, form in term.forms if case not in governed and form.lower() not in right]
        if wrong:
            return one(pair, put(pair.target, term.span, rng.choice(wrong)))
    return None
