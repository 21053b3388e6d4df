"""Documents by their code: «Резолюция № 57-NQ/TW», as its letters say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtkit.checks.analysis import fixed
from mtkit.checks.base import CheckContext, finding
from mtkit.termbase.model import Termbase, once_each
from mtkit.text.morphology import inflect, lemmas, like_case, parse
from mtkit.text.placeables import Kind
from mtkit.text.unicode import strip_diacritics
from mtkit.types import Finding, Segment, Severity, Span, Status

_KIND_SUBJECT, _CODE_SUBJECT = "document-kind", "document-code"
_SUFFIX = re.compile(r"[-/]\S+")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_CODE = re.compile(r"((?:[^\W\d_]+[ \u00a0]+){1,6})№?[ \u00a0]*$")
_REACH = 120
_YEAR = re.compile(r"^\d+(?:/\d{4})?")


class DocumentKindCheck:
    """A document is called another kind than its code says: «Постановление № 57-NQ/TW», where NQ is a
    resolution.

    What the letters of a code stand for is in the termbase (subject document-code). Known false alarms:
    organs whose name ends in a kind of document.
    """

    id = "document-kind"
    severity = Severity.WARNING
    its_type = "terminology"
    needs_source = False

    def run(
        self, segments: Sequence[Segment], targets: Sequence[str], context: CheckContext
    ) -> Iterator[Finding]:
        if context.termbase is None:
            return
        tables = _tables(context.termbase)
        for segment, target in zip(segments, targets, strict=True):
            for code, span, expected in _misnamed(segment, target, *tables):
                right = sum(_occurrences(each, expected) for each in targets)
                elsewhere = f" (so called {right} times in the text)" if right else ""
                word = span.of(target)
                yield finding(
                    self,
                    segment,
                    f"{code} is called «{word}», its letters stand for «{' / '.join(expected)}»{elsewhere}.",
                    tgt_span=span,
                    suggestion=_in_form_of(expected[0], word),
                )


def _misnamed(
    segment: Segment, target: str, kinds: frozenset[str], by_suffix: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, Span, tuple[str, ...]]]:
    """Codes, the word for the wrong kind before each, and the kinds it could be."""
    for code in fixed(target):
        if code.kind is not Kind.CODE:
            continue
        expected = by_suffix.get(_suffix(code.text))
        before = _BEFORE_CODE.search(target, max(0, code.span.start - _REACH), code.span.start)
        if not expected or before is None:
            continue
        named = [
            Span(before.start(1) + word.start(), before.start(1) + word.end())
            for word in _WORD.finditer(before.group(1))
            if lemmas(word.group().lower()) & kinds
        ]
        if named and not lemmas(named[-1].of(target).lower()) & set(expected):
            yield code.text, named[-1], expected


def _occurrences(target: str, wanted: tuple[str, ...]) -> int:
    return sum(bool(lemmas(word.lower()) & set(wanted)) for word in _WORD.findall(target))


def _suffix(code: str) -> str:
    return strip_diacritics(_YEAR.sub("", code)).upper()


@once_each
def _tables(termbase: Termbase) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """Lemmas of all kinds of documents, and the kinds that each suffix of a code can stand for."""
    kinds = frozenset(
        lemma
        for concept in termbase.concepts
        if concept.subject == _KIND_SUBJECT
        for term in concept.in_lang("ru", Status.PREFERRED, Status.ADMITTED)
        if " " not in term.text
        for lemma in lemmas(term.text.lower())
    )
    by_suffix = {
        _suffix(suffix): named
        for concept in termbase.concepts
        if concept.subject == _CODE_SUBJECT
        for source in concept.in_lang("vi")
        for suffix in _SUFFIX.findall(source.text)
        if (named := _kinds_named(concept.in_lang("ru", Status.PREFERRED)[0].text, kinds))
    }
    return kinds, by_suffix


def _kinds_named(text: str, kinds: frozenset[str]) -> tuple[str, ...]:
    return tuple(lemma for word in _WORD.findall(text) for lemma in lemmas(word.lower()) & kinds)


def _in_form_of(lemma: str, model: str) -> str | None:
    reading = parse(model)[0]
    if reading.case is None or reading.number is None:
        return None
    form = inflect(lemma, [reading.case, reading.number])
    return like_case(form, model) if form else None
