"""One of a kind in place of another: a country or a day of the week that has become another, or is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mtkit.checks.base import CheckContext, changed, exchanged, finding
from mtkit.text.countries import countries
from mtkit.text.weekdays import find_weekdays, lost_weekdays
from mtkit.types import Finding, Segment, Severity, Span

_Table = Mapping[str, tuple[str, str, str]]
"""Name of the thing -> its words in Vietnamese, English and Russian; a word that ends in * goes on.

Words of the empty name are of no thing, though one stands in them (Indiana, «lần thứ ba»)."""
_REACH = 12
_WORD_BEFORE = re.compile(r"(?<!\w)\w+ $")
_IN_A_WORD = re.compile(
    r" (?:[A-ZÀ-ÝĂĐƠƯ]"
    r"|(?:kiến|thức|chí|nghĩa|tưởng|định|luật|lệnh|chế|lý|quy|danh|thuật|phẩm|quan|tính|tin|độ)(?!\w))"
)
"""What comes after a syllable that is no country's name: Lào Cai, Mỹ Tho, Ý kiến, Pháp luật, Mỹ thuật."""
_LANGUAGES = ("vi", "en", "ru")

_PLACES: _Table = {
    **countries(),
    "the South China Sea": (
        "Biển Đông|biển Đông",
        "South China Sea|East Sea|Bien Dong",
        "Южно-Китайск*|Восточное мор*|Восточного мор*|Восточном мор*|Восточному мор*|Восточным мор*",
    ),
}


class _Names:
    """The words for things of a kind in one language."""

    def __init__(self, table: _Table, lang: str) -> None:
        place = _LANGUAGES.index(lang)
        self._things = {word: thing for thing, words in table.items() for word in words[place].split("|")}
        literals = sorted({word.rstrip("*") for word in self._things}, key=len, reverse=True)
        self._syllables = lang == "vi"
        self._pattern = re.compile(rf"({'|'.join(map(re.escape, literals))})(\w*)")

    def find(self, text: str) -> dict[str, Span]:
        """Things by name, and where each stands first."""
        found: dict[str, Span] = {}
        for match in self._pattern.finditer(text):
            word, rest = match.groups()
            thing = self._things.get(f"{word}*") or (None if rest else self._things.get(word))
            before = text[max(match.start() - _REACH, 0) : match.start()]
            if thing and not before[-1:].isalnum() and not (self._syllables and _is_part(match, before)):
                found.setdefault(thing, Span(*match.span()))
        return found


def _is_part(syllable: re.Match[str], before: str) -> bool:
    """Whether another syllable of a name or a word stands beside one («Nguyễn Thị Nga», «Lào Cai»)."""
    if not syllable[0].isalpha():
        return False
    found = _WORD_BEFORE.search(before)
    in_a_name = found is not None and found[0][0].isupper()
    return in_a_name or _IN_A_WORD.match(syllable.string, syllable.end()) is not None


class _SubstitutionCheck:
    """Of the things of `table` one is missing in the target, which has one that the source has not."""

    id: str
    severity = Severity.ERROR
    its_type = "mistranslation"
    needs_source = True
    table: _Table

    def __init__(self) -> None:
        self._names = {lang: _Names(self.table, lang) for lang in _LANGUAGES}

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.src_lang not in self._names or segment.tgt_lang != "ru":
            return
        there = self._names["ru"].find(target)
        wanted = self._names[segment.src_lang].find(segment.source) if there else {}
        yield from exchanged(self, segment, target, wanted, there)


class CountryCheck(_SubstitutionCheck):
    """A country, its people or its language has become another («США» for Russia).

    Only the countries that Vietnamese news speak of are known. Known false alarms: a person who is
    called by a name that is a country's (Nga).
    """

    id = "country"
    table = _PLACES


class WeekdayCheck:
    """A day of the week has become another («во вторник» for Monday), or is lost.

    One that is lost is a warning. Known false alarms: days reckoned in another time zone.
    """

    id = "weekday"
    severity = Severity.ERROR
    its_type = "mistranslation"
    needs_source = True

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.src_lang not in _LANGUAGES or segment.tgt_lang != "ru":
            return
        source_side = find_weekdays(segment.source, segment.src_lang)
        if not source_side:
            return
        target_side = find_weekdays(target, "ru")
        there, wanted = ({each.day for each in side} for side in (target_side, source_side))
        missing = [each.span for each in source_side if each.day not in there]
        extra = [each.span for each in target_side if each.certain and each.day not in wanted]
        for src_span, tgt_span in zip(missing, extra, strict=False):
            yield changed(self, segment, target, src_span, tgt_span)
        for lost in lost_weekdays(segment.source, segment.src_lang, target):
            yield finding(
                self,
                segment,
                f"{lost.span.of(segment.source)} is missing, «{lost.lemma}».",
                severity=Severity.WARNING,
                src_span=lost.span,
                suggestion=lost.lemma,
            )
