"""Termbase: the right rendering in a form of its paradigm, in the right case, and no forbidden one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mtkit.checks.analysis import fixed, renderings, term_matches
from mtkit.checks.base import CheckContext, finding
from mtkit.checks.names import NAME_SUBJECTS
from mtkit.checks.russian_terms import russian_index
from mtkit.termbase.candidates import form_head
from mtkit.termbase.disagreement import Disagreement, disagreement
from mtkit.termbase.forms import FormMatch, russian_terms
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.termbase.verify import forbidden_forms
from mtkit.text.morphology import fold_yo, parse
from mtkit.types import Finding, Segment, Severity, Term

_WORD = re.compile(r"\w{3,}")
_LONGER_NAME = re.compile(
    r"[а-яё,»] [А-ЯЁ][а-яё]+(?:ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ая|яя|ую|юю|ое|ее) $"
)
"""A capitalised adjective inside a sentence, right before: what follows belongs to a name."""
_LONGEST_ENDING = 3
_SHORTEST_STEM = 4
_ADMINISTRATIVE_UNIT = "administrative-unit"
_DISAGREEMENTS = {
    "government": "«{term}» is in no case that «{word}» governs.",
    "noun": "«{term}» is in no case that «{word}» governs.",
    "joint": "«{term}» is in another case than what «{word}» joins it to.",
    "adjective": "«{word}» does not agree with «{term}».",
    "numeral": "«{term}» is in no form that «{word}» asks for.",
    "verb": "«{word}» does not agree with its subject «{term}».",
}
_SURE = frozenset({"government", "adjective"})
"""Disagreements that are a warning; the others have more false alarms."""
_FORBIDDEN = "{words}: «{wrong}» is forbidden, write «{wanted}»."
_OF_ANOTHER = "{words} ({owner}) is not Viet Nam's: for «{wrong}» write «{wanted}»."
_COMMON_WORDS = {"vi": 2, "en": 1}
"""How many words, or syllables, a term has at most that is an ordinary word where it has no capital."""


class ForbiddenTermCheck:
    """A rendering that the termbase forbids stands where a term of the source has no right one.

    Forbidden renderings count only while the right one is missing, and not inside the rendering of another
    term or a longer name («Национальный конгресс»); those with a condition are not taken literally. One
    common word in place of another («область», «провинция») is a warning, as the source may speak of another
    country. What names Viet Nam is forbidden beside another country («Премьер-министр Вьетнама» for "Japan's
    Prime Minister"). Known false alarms: a word that renders something else in the sentence, where the term
    itself is left out.
    """

    id = "forbidden-term"
    severity = Severity.ERROR
    its_type = "terminology"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        matcher = context.matchers.get(segment.src_lang)
        if matcher is None or not target.strip():
            return
        for index, forbidden in _forbidden(matcher, segment.source, target):
            match = term_matches(matcher, segment.source)[index]
            wanted = russian_terms(match.concept)[0].text
            words = match.span.of(segment.source)
            for wrong in forbidden:
                common = " " not in wrong.form and (
                    " " not in wanted or match.concept.subject == _ADMINISTRATIVE_UNIT
                )
                message = _OF_ANOTHER if match.abroad else _FORBIDDEN
                yield finding(
                    self,
                    segment,
                    message.format(
                        words=words, owner=match.abroad, wrong=wrong.span.of(target), wanted=wanted
                    ),
                    severity=Severity.WARNING if common else None,
                    src_span=match.span,
                    tgt_span=wrong.span,
                    suggestion=wanted,
                )


class TermCheck:
    """A term of the source has no preferred or admitted rendering in any form of its paradigm.

    It is for information only where the target has a part of it (a second mention in short, an adjective)
    or the term is a name, another country's title, or a common word («провинция», «товарищ», "decree"), that
    a good sentence may leave out. Without a termbase the check has nothing to say. Known false alarms: a term
    rendered by a pronoun or a paraphrase.
    """

    id = "term"
    severity = Severity.WARNING
    its_type = "terminology"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        matcher = context.matchers.get(segment.src_lang)
        if matcher is None or not target.strip():
            return
        matches = term_matches(matcher, segment.source)
        found = renderings(matcher, segment.source, target) if matches else ()
        if None not in found:
            return
        forbidden = {matches[index].concept.id for index, _ in _forbidden(matcher, segment.source, target)}
        rendered = [form for form in found if form is not None]
        told = set(forbidden)
        for match, form in zip(matches, found, strict=True):
            terms = russian_terms(match.concept)
            if form is not None or match.concept.id in told or not terms:
                continue
            if any(match.span.overlaps(code.span) for code in fixed(segment.source)):
                continue
            told.add(match.concept.id)
            yield finding(
                self,
                segment,
                f"{match.span.of(segment.source)}: «{terms[0].text}» is not there in any of its forms.",
                severity=_gravity(match, target, rendered),
                src_span=match.span,
                suggestion=terms[0].text,
            )


def _gravity(match: SourceMatch, target: str, rendered: Sequence[FormMatch]) -> Severity:
    terms = russian_terms(match.concept)
    if match.abroad or match.concept.subject in NAME_SUBJECTS or _is_common(match.term):
        return Severity.INFO
    if any(" " not in term.text and term.text.islower() for term in terms):
        return Severity.INFO
    elsewhere = _hide(target, rendered)
    stems = {_stem(word) for term in terms for word in _WORD.findall(term.text)}
    has_part = any(_fold(word).startswith(tuple(stems)) for word in _WORD.findall(elsewhere))
    return Severity.INFO if has_part else Severity.WARNING


def _is_common(term: Term) -> bool:
    """Whether a source term is an ordinary word: "acting", "đảng viên"."""
    return term.text.islower() and len(term.text.split()) <= _COMMON_WORDS.get(term.lang, 1)


def _stem(word: str) -> str:
    """The word without an ending, roughly: enough to see that two forms belong together."""
    folded = _fold(word)
    return folded[: max(_SHORTEST_STEM, len(folded) - _LONGEST_ENDING)]


def _fold(word: str) -> str:
    return fold_yo(word.casefold())


def _hide(target: str, rendered: Sequence[FormMatch]) -> str:
    for form in rendered:
        target = target[: form.span.start] + " " * (form.span.end - form.span.start) + target[form.span.end :]
    return target


@lru_cache(maxsize=64)
def _forbidden(matcher: Matcher, source: str, target: str) -> tuple[tuple[int, tuple[FormMatch, ...]], ...]:
    """Index of a term match without a right rendering, and its forbidden ones; a concept once."""
    matches = term_matches(matcher, source)
    found = renderings(matcher, source, target) if matches else ()
    if None not in found:
        return ()
    rendered = [form for form in found if form is not None]
    wrong: dict[str, tuple[int, tuple[FormMatch, ...]]] = {}
    for index, (match, form) in enumerate(zip(matches, found, strict=True)):
        concept = match.concept
        if form is not None or concept.id in wrong or not russian_terms(concept):
            continue
        forms = tuple(
            each
            for each in forbidden_forms(target, concept)
            if not any(each.span.overlaps(other.span) for other in rendered)
            and not _LONGER_NAME.search(target, 0, each.span.start)
        )
        if forms:
            wrong[concept.id] = index, forms
    return tuple(wrong.values())


class AgreementCheck:
    """A term does not agree with the words around it.

    It stands in a case that the preposition or noun before it does not govern («к провинциального комитета»,
    «решение Народный комитет»), beside an adjective or after a numeral in another form, or before a past verb
    in another gender or number («партийная ячейка решил»). Terms are those of the source, or without a source
    every Russian term of two words or more in the termbase. Known false alarms: a preposition that governs a
    word after the term, an uninflected name of a woman.
    """

    id = "agreement"
    severity = Severity.WARNING
    its_type = "grammar"
    needs_source = False

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        matcher = context.matchers.get(segment.src_lang)
        forms: Sequence[FormMatch]
        if matcher is not None and segment.source:
            forms = [form for form in renderings(matcher, segment.source, target) if form is not None]
        elif context.termbase is not None and not segment.source:
            found_terms = russian_index(context.termbase).find(target)
            forms = [found.form for found in found_terms if " " in found.term.text]
        else:
            return
        for form in forms:
            found = disagreement(target, form.span, form.readings, form_head(form))
            if found is not None and not _is_a_woman(form.span.of(target), found):
                message = _DISAGREEMENTS[found.kind].format(term=form.span.of(target), word=found.word)
                severity = None if found.kind in _SURE else Severity.INFO
                yield finding(self, segment, message, severity=severity, tgt_span=form.span)


def _is_a_woman(term: str, found: Disagreement) -> bool:
    """Whether an adjective in the feminine describes a title that may be a woman's («новая глава»)."""
    if found.kind != "adjective":
        return False
    titles = [
        reading for word in _WORD.findall(term) for reading in parse(word) if "ms-f" in reading.grammemes
    ]
    described = [reading for reading in parse(found.word) if reading.gender == "femn"]
    return any(
        (title.case, title.number) == (each.case, each.number) for title in titles for each in described
    )
