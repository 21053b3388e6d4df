"""Titles and bodies of Viet Nam beside another country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mtkit.checks.analysis import term_matches
from mtkit.checks.base import CheckContext, finding
from mtkit.checks.russian_terms import russian_index
from mtkit.termbase.abroad import names_home
from mtkit.termbase.verify import forbidden_forms
from mtkit.text.countries import words_of
from mtkit.text.morphology import parse
from mtkit.types import Finding, Segment, Severity, Span

_BETWEEN = (
    r"(?:(?:ЦК|Центрального|комитета|Коммунистической|Народно-революционной|Народной|Трудовой|партии|Компартии"
    r"|Республики|Социалистической|Демократической|Федеративной|Королевства|Федерации)[ \u00a0]+)*"
)


@cache
def _another_after() -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0]+{_BETWEEN}(?P<country>{words_of('ru', home=False)})")


class ForeignTitleCheck:
    """A title or body of Viet Nam has another country's name behind it («Премьер-министр Вьетнама Индии»).

    Known are the Russian terms of the termbase. Where the source has the country beside the title,
    forbidden-term speaks. Known false alarms: a word order that puts a country in the genitive right after
    a title of Viet Nam.
    """

    id = "foreign-title"
    severity = Severity.ERROR
    its_type = "mistranslation"
    needs_source = False

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if context.termbase is None or segment.tgt_lang != "ru" or not names_home(target):
            return
        told = set(_told_otherwise(segment, target, context))
        for found in russian_index(context.termbase).find(target):
            span = found.form.span
            if span in told or " " not in found.term.text or not names_home(found.term.text):
                continue
            told.add(span)
            after = _another_after().match(target, span.end)
            if after is not None and _may_be_genitive(after["country"]):
                yield finding(
                    self,
                    segment,
                    f"«{span.of(target)}» is Viet Nam's, and «{after['country']}» stands behind it: "
                    "leave one of the two out.",
                    tgt_span=span,
                )


def _told_otherwise(segment: Segment, target: str, context: CheckContext) -> Iterator[Span]:
    """What forbidden-term speaks of."""
    matcher = context.matchers.get(segment.src_lang) if segment.source else None
    for match in term_matches(matcher, segment.source) if matcher else ():
        if match.abroad:
            yield from (form.span for form in forbidden_forms(target, match.concept))


def _may_be_genitive(country: str) -> bool:
    """Whether a country's word may depend on a title; one that no dictionary has may."""
    cases = {reading.case for reading in parse(country.split()[-1]) if reading.case}
    return not cases or "gen" in cases
