"""Whose a title or body is: the country, party or foreign person that a source names beside it.

Vietnamese names the country after the title («Thủ tướng Chính phủ Cộng hòa Dân chủ Nhân dân Lào»), English
before it ("Japan's Prime Minister") or behind "of". Titles of one person share it («Tổng Bí thư, Chủ tịch
nước Lào»). «Thủ tướng thăm Nhật Bản», "the Prime Minister visited Japan" name no owner.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from mtkit.names.syllables import parse_syllable
from mtkit.names.tables import ascii_surnames, surnames
from mtkit.text.countries import words_of
from mtkit.types import Span


@dataclass(frozen=True, slots=True)
class Owner:
    """`words` is what tells, at `span` of the text.

    `home`: it is Viet Nam; `shared`: it may be Viet Nam and others; `party`: a party is named, too, and
    not its central committee; `person`: it is the one who holds the title.
    """

    span: Span
    words: str
    home: bool = False
    shared: bool = False
    party: bool = False
    person: bool = False


_PARTY = {
    "vi": re.compile(r"đảng|cộng sản", re.IGNORECASE),
    "en": re.compile(r"party|communist|\bCPC\b|\bLPRP\b", re.IGNORECASE),
}
_CENTRAL_COMMITTEE = re.compile(r"trung ương|central committee", re.IGNORECASE)
_PARTY_AFTER = re.compile(
    r"(?:\s+(?:communist|people['’]s|revolutionary|ruling|workers['’]|labour))*\s+party\b", re.IGNORECASE
)
_BARE = r"(?<!\w)(?:Anh|Áo|Bỉ|Nhật|Hàn|Ấn)(?!\w)(?! hùng| em)"
"""Countries of one syllable that mean a country beside a title only."""
_OTHERS = {
    "vi": r"(?:(?:các|hai|ba|nhiều|một số) )?nước "
    r"(?:ngoài|bạn|khác|láng giềng|chủ nhà|thành viên|đối tác|ASEAN)|(?:các|hai|ba|nhiều|một số) nước",
    "en": r"(?:two|three|both|other|foreign|several|many|some|ASEAN|member|participating|neighbouring"
    r"|partner) (?:countries|nations|states|member states|member countries)",
}
_LINK_VI = (
    r"(?:(?i:của|nước|nhà nước|chính phủ|cộng hòa|cộng hoà|dân chủ|nhân dân|liên bang|vương quốc|đảng"
    r"|cộng sản|cách mạng|trung ương|ban chấp hành|xã hội chủ nghĩa|hồi giáo|hợp chúng quốc|hợp chủng quốc"
    r"|đại công quốc|lao động|cầm quyền|quốc gia|đương nhiệm|lâm thời|tạm quyền|mới|bạn|láng giềng|CH|CHDCND"
    r"|CHND|ĐCS|TW|TƯ|T\.Ư)\s+)*"
)
_LINK_EN = (
    r"(?:(?i:of|the|communist|people's|people’s|revolutionary|ruling|workers'|workers’|party|party's|central"
    r"|committee|republic|kingdom|federal|federation|federative|union|socialist|democratic|islamic|state|grand"
    r"|duchy|sultanate|commonwealth|government|politburo|secretariat|national|assembly|neighbouring|host)\s+)*"
)
_BEFORE_EN = (
    r"(?:(?i:then|former|new|newly|elected|newly-elected|acting|outgoing|incoming|current|late|interim"
    r"|caretaker|visiting|communist|people's|people’s|revolutionary|ruling|workers'|workers’|party|party's"
    r"|state|government|central|committee|committee's|committee’s|counterpart)\s+)*"
)
_AT_A_PLACE = re.compile(
    r"\b(?:in|to|from|at|visit|visits|visited|visiting|leaves|left|via)\s+(?:the\s+)?$", re.IGNORECASE
)
_LATIN = (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
_CAPITAL = f"[{''.join(chr(code) for code in _LATIN if chr(code).isupper())}]"
_CAPITALISED = rf"(?:{_CAPITAL}\.|{_CAPITAL}\w*(?:['’-](?!s\b)\w+)*)"
_RUN = re.compile(rf"\s+(?P<run>{_CAPITALISED}(?:\s+{_CAPITALISED}){{0,4}})")
_SEPARATORS = {
    "vi": (re.compile(r",?\s+|\s+kiêm\s+"), re.compile(r"\s+và\s+")),
    "en": (re.compile(r",?\s+|\s+of\s+(?:the\s+)?"), re.compile(r",?\s+and(?: concurrently)?\s+")),
}
"""What stands between titles of one person or a body and the one that it is part of, and what may join titles
of one person or of two."""
_NEXT_OF_A_LIST = re.compile(
    rf"(?:,?\s+(?:and|of|the|concurrently|{_CAPITALISED}))*(?:,|,?\s+and)\s+(?:the\s+)?"
)
"""Titles and names only, no verb: an official and the next one."""
_OF_A_PARTY = {
    "vi": re.compile(r"bí thư|bộ chính trị|trung ương", re.IGNORECASE),
    "en": re.compile(r"secretary|politburo|political bureau|party", re.IGNORECASE),
}
_ENVOY = re.compile(r"đại sứ|tổng lãnh sự|ambassador|consul", re.IGNORECASE)
_HEAD_OF_STATE = {
    "vi": re.compile(r"chủ tịch nước", re.IGNORECASE),
    "en": re.compile(r"(?:\w+ )?(?:president|prime minister|premier)", re.IGNORECASE),
}
_OF_ANY_COUNTRY = re.compile("thủ tướng|chủ tịch nước|tổng bí thư", re.IGNORECASE)
"""Titles after which a name that is not Vietnamese is enough."""
_WEEKDAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
_NO_FOREIGNER = frozenset({"Kpa", "Ksor", "Rcom", "Rmah"} | _WEEKDAYS)
"""Surnames of Viet Nam's peoples that are no Vietnamese syllables, and days that follow a title."""
_RARE_SURNAMES = frozenset({"hàn"})
_SENTENCE = re.compile(r"(?<!\w)[a-z]{4,}|[.!?][”\"]?\s*$")
"""What an English headline with a capital in every word has not."""
_WITH_HOME = re.compile(r"viet ?nam(?:ese)?\s+and\s+(?:the\s+)?$", re.IGNORECASE)
_REACH = 160


class Owners:
    """Reads the owners of titles in one source language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._plain, self._capitals = _patterns(lang, False), _patterns(lang, True)

    def names_another(self, text: str) -> bool:
        """Whether another country than Viet Nam is named somewhere in a text."""
        return self._plain.inside[False].search(text) is not None

    def find(self, text: str, titles: Sequence[Span], persons: Collection[str] = ()) -> list[Owner | None]:
        """The owner of each of the `titles`, sorted by start, in an NFC text; None where nobody is named.

        `persons` are foreigners known from elsewhere in the document.
        """
        owners = [self._named(text, title) or self._held(text, title, persons) for title in titles]
        for place in reversed(range(len(titles) - 1)):
            if owners[place] is None and self._share(text, titles[place], titles[place + 1]):
                owners[place] = owners[place + 1]
        for place in range(1, len(titles)):
            owner = owners[place - 1]
            named_first = owner is not None and not owner.home and owner.span.end <= titles[place - 1].start
            if owners[place] is not None or not named_first:
                continue
            if self._share(text, *titles[place - 1 : place + 1]):
                owners[place] = None if _is_at_home(text, titles[place].end) else owner
            elif self._is_next_foreigner(text, *titles[place - 1 : place + 1]):
                owners[place] = owner
        return owners

    def persons(self, text: str, titles: Sequence[Span]) -> Iterator[tuple[Span, str]]:
        """Title and name of the foreigners that hold one here, in full and by a part that is not Vietnamese.

        None are read from an English headline, where every word has a capital.
        """
        if self._lang == "en" and not _SENTENCE.search(text):
            return
        for title, owner in zip(titles, self.find(text, titles), strict=True):
            if owner is None or owner.home:
                continue
            after = _RUN.match(text, max(title.end, owner.span.end)) if not owner.person else None
            run = after or _RUN.match(text, title.end)
            if run is None:
                continue
            words = run["run"].split()
            if len(words) > 1:
                yield title, " ".join(words)
            alone = len(words) == 1
            for word in (words[0], words[-1]):
                if self._is_foreign_part(word, alone=alone):
                    yield title, word

    def _is_foreign_part(self, word: str, *, alone: bool) -> bool:
        if _is_foreign_name(word):
            return True
        return self._lang == "en" and not alone and word.lower() not in ascii_surnames() and word.istitle()

    def _named(self, text: str, title: Span) -> Owner | None:
        """The owner that stands in the title, before it or after it."""
        patterns = self._capitals if text.isupper() else self._plain
        for home in (True, False):
            if (found := patterns.inside[home].search(title.of(text))) is not None:
                return self._owner(text, Span(*found.span()).shifted(title.start), title, home=home)
        if (before := self._before(text, title, patterns)) is not None:
            return before
        found = patterns.after.match(text, title.end)
        if found is None or _is_name(text, title.end, found.end()):
            return None
        span = Span(*found.span("owner"))
        home = patterns.inside[True].fullmatch(span.of(text)) is not None
        if home and (other := patterns.joined.match(text, span.end)) is not None:
            shared = self._owner(text, Span(span.start, other.end("owner")), title, home=False)
            return replace(shared, shared=True)
        owner = self._owner(text, span, title, home=home)
        return replace(owner, shared=patterns.group.fullmatch(owner.words) is not None)

    def _before(self, text: str, title: Span, patterns: _Patterns) -> Owner | None:
        found = patterns.before.search(text, max(0, title.start - _REACH), title.start)
        if found is None:
            return None
        span = Span(*found.span("owner"))
        home = patterns.inside[True].fullmatch(span.of(text)) is not None
        noun = patterns.noun.fullmatch(span.of(text)) is not None and not found["possessive"]
        if noun and not home:
            run = _RUN.match(text, title.end)
            if _is_at_home(text, title.end) or (run is None and _AT_A_PLACE.search(text[: span.start])):
                return None
        owner = self._owner(text, span, title, home=home)
        return replace(owner, shared=_WITH_HOME.search(text[: span.start]) is not None)

    def _owner(self, text: str, span: Span, title: Span, *, home: bool) -> Owner:
        between = text[min(span.start, title.end) : max(span.end, title.start)]
        if title.start <= span.start < title.end:
            between = title.of(text)
        party = _PARTY[self._lang].search(between)
        if party is None and span.start >= title.end:
            party = _PARTY_AFTER.match(text, span.end)
        whole = party is not None and _CENTRAL_COMMITTEE.search(between) is None
        return Owner(span=span, words=span.of(text), home=home, party=whole)

    def _held(self, text: str, title: Span, persons: Collection[str]) -> Owner | None:
        """The foreign person whose name follows the title."""
        run = _RUN.match(text, title.end)
        if run is None:
            return None
        words = run["run"].split()
        start = run.start("run")
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length])
            if name in persons and text.startswith(name, start):
                return Owner(span=Span(start, start + len(name)), words=name, person=True)
        known_title = self._lang == "vi" and _OF_ANY_COUNTRY.search(title.of(text)) is not None
        if known_title and _is_foreign_name(words[0]):
            return Owner(span=Span(start, start + len(words[0])), words=words[0], person=True)
        return None

    def _share(self, text: str, first: Span, second: Span) -> bool:
        """Whether two titles are one person's, or the one a body's of the other."""
        between, titles = text[first.end : second.start], (first.of(text), second.of(text))
        if titles[1].casefold().startswith(titles[0].casefold()) or _ENVOY.match(titles[1]):
            return False
        surely, perhaps = _SEPARATORS[self._lang]
        if surely.fullmatch(between):
            return True
        if not perhaps.fullmatch(between):
            return False
        parties, heads = _OF_A_PARTY[self._lang], _HEAD_OF_STATE[self._lang]
        return any(
            parties.search(one) is not None and heads.match(other) is not None
            for one, other in (titles, titles[::-1])
        )

    def _is_next_foreigner(self, text: str, first: Span, second: Span) -> bool:
        """Whether a list of one country's officials goes on with a person whose name is not Vietnamese.

        "Lao President Thongloun Sisoulith and | Prime Minister | Sonexay Siphandone".
        """
        following = _RUN.match(text, second.end)
        if self._lang != "en" or following is None or _is_at_home(text, second.end):
            return False
        listed = _NEXT_OF_A_LIST.fullmatch(text, first.end, second.start) is not None
        return listed and any(map(_is_foreign_name, following["run"].split()))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Where the words of an owner stand; `inside` by whether they are Viet Nam's."""

    inside: dict[bool, re.Pattern[str]]
    after: re.Pattern[str]
    joined: re.Pattern[str]
    noun: re.Pattern[str]
    group: re.Pattern[str]
    before: re.Pattern[str]


@cache
def _patterns(lang: str, capitals: bool) -> _Patterns:
    flags = re.IGNORECASE if capitals else re.NOFLAG
    home, others = words_of(lang, home=True), words_of(lang, home=False)
    inside = {True: re.compile(home, flags), False: re.compile(others, flags)}
    noun = re.compile(words_of(lang, home=False, adjectives=False), flags)
    other = "(?i:" + _OTHERS[lang] + ")"
    group = re.compile(other)
    if lang == "vi":
        owner = f"(?P<owner>{home}|{others}|{_BARE}|{other})"
        names = rf"(?:{_CAPITALISED}\s+){{1,5}}của\s+"
        after = re.compile(rf"\s+(?:{names})?{_LINK_VI}{owner}", flags)
        joined = re.compile(rf"(?:\s+và\s+|\s*[-–]\s*)(?P<owner>{others})", flags)
        return _Patterns(inside, after, joined, noun, group, re.compile(r"(?!)"))
    owner = f"(?P<owner>{home}|{others}|{other})"
    names = rf"(?:{_CAPITALISED}\s+){{0,4}}"
    after = re.compile(rf"\s+{names}(?i:of)\s+{_LINK_EN}{owner}", flags)
    joined = re.compile(
        rf"(?:\s+(?i:and)\s+|\s*[-–]\s*)(?P<owner>{noun.pattern})(?!\s+(?i:prime|president))", flags
    )
    before = re.compile(
        rf"(?<![-–])(?P<owner>{home}|{others})(?P<possessive>['’]s|(?<=s)['’])?\s+{_BEFORE_EN}$", flags
    )
    return _Patterns(inside, after, joined, noun, group, before)


def _is_at_home(text: str, end: int) -> bool:
    """Whether a Vietnamese surname follows the title."""
    run = _RUN.match(text, end)
    return run is not None and run["run"].split()[0].lower() in (ascii_surnames().keys() | surnames().keys())


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a country's words right after a title are a Vietnamese person's («đồng chí Hàn Quốc Tuấn»)."""
    words, given = text[start:end].split(), _RUN.match(text, end)
    if len(words) != 2 or given is None or words[0].lower() not in surnames().keys() | _RARE_SURNAMES:
        return False
    return len(given["run"].split()) == 1 and parse_syllable(given["run"].lower()) is not None


def _is_foreign_name(word: str) -> bool:
    """Whether a capitalised word is no Vietnamese name: no syllable, no abbreviation."""
    bare = word.rstrip(".'’-")
    return (
        len(bare) > 2
        and not bare.isupper()
        and bare.isalpha()
        and bare not in _NO_FOREIGNER
        and parse_syllable(bare.lower()) is None
    )
