"""How likely each case and number of a term is at a place of a Russian sentence.

A log-linear model over the words around the place and around the term in the source. Its weights are in
case_model.tsv, learned from the domain corpus: `mtkit bench forms` makes and measures them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log

from mtkit.termbase import agreement, context
from mtkit.termbase.forms import FormMatch
from mtkit.text.morphology import CASES, NUMBERS, parse
from mtkit.types import Span

Key = tuple[str, str]
KEYS: tuple[Key, ...] = tuple((case, number) for number in NUMBERS for case in CASES)
"""The order of the weights in a row of the table."""

TABLE = "case_model.tsv"
PLACEABLE_END = "⟧"
_CLAUSE_END = re.compile(r"[.,;:!?()—«»]")
_JOINT_BEFORE = re.compile(r"(?P<joint>\s+(?:и|или)|,)\s+[«„“\"(]*$")
_JOINT_AFTER = re.compile(r"[»”\")]*(?P<joint>\s+(?:и|или)|,)\s+")
_WORD_OR_MARK = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*|[^\w\s]")
_DIGITS = re.compile(r"\d")
_ARTICLES = frozenset({"the", "a", "an"})
_NOUNS = frozenset({"NOUN", "NPRO"})
_OF_ANY_KIND = ("lemma=", "before=", "governed=", "next=", "so-far=", "and=")
"""Features too rare, or too like others, to be learned for persons, places and other terms apart."""


@dataclass(frozen=True, slots=True)
class SourceContext:
    """The word before the term in the source and the one after it, lower case; "" at the ends.

    `subject` is that of the term's concept.
    """

    lang: str
    before: str
    after: str
    plural: bool = False
    subject: str = ""


NO_SOURCE = SourceContext("", "", "")


def source_context(
    source: str, span: Span, lang: str, *, plural: bool = False, subject: str = ""
) -> SourceContext:
    """The neighbours of a term in its source; English articles are passed over."""
    before = [word for word in _WORD_OR_MARK.findall(source[: span.start].lower()) if word not in _ARTICLES]
    after = _WORD_OR_MARK.search(source.lower(), span.end) if len(source.lower()) == len(source) else None
    return SourceContext(lang, before[-1] if before else "", after[0] if after else "", plural, subject)


def features(
    text: str, span: Span, source: SourceContext, kind: str = "", terms: Sequence[FormMatch] = ()
) -> tuple[str, ...]:
    """What the model looks at for a term at `span`; the words in the span itself say nothing.

    `terms` are others in the text: what «и» joins to one of them stands where that one stands.
    """
    start = agreement.modified_start(text, span.start)
    joined = []
    for term, joint in _joined_before(text, start, terms):
        joined.append(f"with={joint}{'|'.join(sorted(_cases(text, term)))}")
        if joint != "," and not context.is_counted(text, term.span.start):
            start = agreement.modified_start(text, term.span.start)
    for term, joint in _joined_after(text, span.end, terms):
        joined.append(f"and={joint}{'|'.join(sorted(_cases(text, term)))}")
    around = (
        f"plural={source.lang}{source.plural}",
        f"from={source.lang}:{_plain(source.before)}",
        f"then={source.lang}:{_plain(source.after)}",
        *_left(text, start),
        *_right(text, span.end),
        *_clause(text, start, span.end),
        *joined,
    )
    of_its_kind = (f"{kind or 'term'}+{name}" for name in around if not name.startswith(_OF_ANY_KIND))
    subject = (f"subject={source.subject}",) if source.subject else ()
    return ("bias", f"kind={kind}", *subject, *around, *of_its_kind)


def _joined_before(text: str, start: int, terms: Sequence[FormMatch]) -> Iterator[tuple[FormMatch, str]]:
    """The term that a comma or «и» right before `start` joins to what stands there, and the joint."""
    if found := _JOINT_BEFORE.search(text[:start]):
        yield from ((term, found["joint"].strip()) for term in terms if term.span.end == found.start())


def _joined_after(text: str, end: int, terms: Sequence[FormMatch]) -> Iterator[tuple[FormMatch, str]]:
    if found := _JOINT_AFTER.match(text, end):
        yield from ((term, found["joint"].strip()) for term in terms if term.span.start == found.end())


def joined_cases(text: str, start: int, terms: Sequence[FormMatch]) -> frozenset[str]:
    """The cases of the term that a comma or «и» joins to what stands at `start`; empty where none is."""
    start = agreement.modified_start(text, start)
    return frozenset().union(*(_cases(text, term) for term, _ in _joined_before(text, start, terms)))


def _cases(text: str, term: FormMatch) -> frozenset[str]:
    """The cases that a form can have where it stands."""
    allowed = agreement.expected_cases(text, term.span)
    cases = frozenset(agreement.plain_case(case) for case, _ in term.readings)
    return cases & allowed or cases


def _left(text: str, start: int) -> Iterator[str]:
    found = agreement.word_before(text, start)
    if found is None:
        head = text[:start].rstrip(' \u00a0«„“"(')
        if head.endswith(PLACEABLE_END):
            yield "left=digits"
            return
        mark = head[-1:] or "start"
        yield f"mark={mark}"
        if mark == ",":
            yield f"listed={_noun_case(agreement.word_before(text, len(head) - 1), text)}"
        return
    word = found.of(text).lower()
    reading = parse(word)[0]
    before = agreement.word_before(text, found.start)
    yield f"left={reading.pos}:{reading.case or ''}"
    if word in agreement.PREPOSITIONS:
        governor = parse(before.of(text).lower())[0].lemma if before is not None else ""
        yield f"preposition={word}"
        yield f"governed={governor} {word}"
    elif word in ("и", "или"):
        yield f"joined={_noun_case(before, text)}"
    elif _DIGITS.search(word):
        yield "left=digits"
    else:
        yield f"lemma={reading.lemma}"
        if before is not None:
            yield f"before={_plain(before.of(text).lower())} {reading.pos}"


def _noun_case(span: Span | None, text: str) -> str:
    if span is None:
        return ""
    reading = parse(span.of(text).lower())[0]
    return f"{reading.pos}:{reading.case or ''}:{reading.number or ''}"


def _right(text: str, end: int) -> Iterator[str]:
    found = _WORD_OR_MARK.search(text, end)
    if found is None:
        yield "right="
        return
    word = found[0].lower()
    if not word[:1].isalpha():
        yield f"right={_plain(word)}"
        return
    reading = parse(word)[0]
    name = "name" if found[0][:1].isupper() and not reading.known else reading.pos
    yield f"right={name}:{reading.case or ''}:{reading.number or ''}"
    if reading.pos in ("PREP", "CONJ", "VERB"):
        yield f"next={reading.lemma}"


def _clause(text: str, start: int, end: int) -> Iterator[str]:
    """Whether the clause has a verb and a subject before the place, and a verb after it."""
    before = _shape(_CLAUSE_END.split(text[:start])[-1])
    after = _shape(_CLAUSE_END.split(text[end:], maxsplit=1)[0])
    yield f"clause={before}>{after}"
    yield f"so-far={before}"


def _shape(words: str) -> str:
    """V for a finite verb with its number, N for a likely nominative."""
    verb = subject = ""
    for word in _WORD_OR_MARK.findall(words.lower()):
        reading = parse(word)[0]
        if reading.pos in ("VERB", "PRTS", "PRED"):
            verb = f"V{reading.number or ''}"
        elif reading.pos in _NOUNS and reading.case == "nom" and not subject:
            subject = "N"
    return verb + subject


def _plain(word: str) -> str:
    return "#" if _DIGITS.search(word) else word


def log_probabilities(
    text: str,
    span: Span,
    source: SourceContext,
    kind: str,
    keys: Iterable[Key],
    terms: Sequence[FormMatch] = (),
) -> dict[Key, float]:
    """Log-probability (nats) of each of `keys` at `span`, together 1; `terms` are others in the text."""
    wanted = list(keys)
    weights = _weights()
    rows = [row for name in features(text, span, source, kind, terms) if (row := weights.get(name))]
    sums = {key: sum(row[index] for row in rows) for key in wanted for index in (KEYS.index(key),)}
    top = max(sums.values(), default=0.0)
    total = log(sum(exp(value - top) for value in sums.values())) + top if sums else 0.0
    return {key: value - total for key, value in sums.items()}


@cache
def _weights() -> Mapping[str, tuple[float, ...]]:
    table = files("mtkit.termbase").joinpath(TABLE).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {name: tuple(map(float, values)) for name, *values in rows}
