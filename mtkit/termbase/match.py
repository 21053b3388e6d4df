"""Find the concepts of a termbase in a source text: all terms in one pass over tokens.

Words are compared by the keys of mtkit.termbase.keys. Terms in capitals (MOST, VTV) and terms marked `exact`
want their capitals in the text. Source terms of status forbidden claim their words and yield nothing.

A term with a condition is left out, except where the condition names its neighbours: "before: số, No"
wants one of these words next, "after: các" one just before; NAME stands for any capitalised word, NUMBER
for digits.

Terms of concepts that prevail in the termbase are matched where a longer one of the others overlaps or has
them, too; what is left of that is matched by its own shorter entries.

Beside another country's name, a concept that is Viet Nam's in Russian is that of the other country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

from mtkit.termbase.abroad import abroad, may_be_abroad
from mtkit.termbase.keys import MAY_FALL_AWAY, TOKEN, Token, is_plural, rough_keys
from mtkit.termbase.keys import tokens as tokens_of
from mtkit.termbase.model import Termbase
from mtkit.termbase.owners import Owner, Owners
from mtkit.termbase.precedence import has_russian_of
from mtkit.termbase.within import within_others
from mtkit.types import Concept, Span, Status, Term

_VIETNAMESE_PLURALS = frozenset({"các", "những", "nhiều", "số"})
"""The last is that of «một số», some."""
_RANKS = frozenset({"deputy", "general", "vice"})
"""English words that make another title of one."""
_NAME, _NUMBER = "NAME", "NUMBER"
_CLASSES = frozenset({_NAME, _NUMBER})
_MOST_KNOWN = 65536
_NAMED = frozenset({"person", "place", "province", "former-province"})
_NO_TITLES = _NAMED | {"surname", "administrative-unit", "country"}


@dataclass(frozen=True, slots=True)
class SourceMatch:
    """A termbase concept in a source text.

    `plural`: an English word of the term is plural where the entry has the singular, or the Vietnamese
    term stands after các or những. `abroad` are the words that tell that another country's is meant, "" where
    none do; `concept` has no Viet Nam in Russian then.
    """

    concept: Concept
    term: Term
    span: Span
    plural: bool = False
    abroad: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    concept: Concept
    term: Term
    surfaces: tuple[str, ...]
    as_written: bool
    before: frozenset[str] | None
    after: frozenset[str] | None
    abroad: bool
    prevails: bool


_Found = tuple[int, _Entry]
"""Where the words of an entry end, in tokens, and the entry."""


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    entries: list[_Entry] = field(default_factory=list)


class _Begun(dict[str, tuple[tuple[str, _Node | None], ...]]):
    """The rough keys of a surface, each with the node that it leads to from the root; worked out once."""

    def __init__(self, root: _Node, lang: str) -> None:
        self._root = root
        self._lang = lang

    def __missing__(self, surface: str) -> tuple[tuple[str, _Node | None], ...]:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        keys = rough_keys(surface, self._lang)
        self[surface] = tuple((key, self._root.children.get(key)) for key in keys)
        return self[surface]


class Matcher:
    """Matches one source language of a termbase; building it takes milliseconds for hundreds of concepts.

    With `ambiguous` the terms that carry a condition are matched too.
    """

    def __init__(self, termbase: Termbase, lang: str, *, ambiguous: bool = False) -> None:
        self.termbase = termbase
        self.lang = lang
        self._root = _Node()
        self._begun = _Begun(self._root, lang)
        self._owners = Owners(lang)
        self._foreigners: dict[str, Concept | None] = {}
        self._surnames = {
            tokens[0].key
            for concept in termbase.concepts
            if concept.subject == "surname"
            for term in concept.in_lang(lang)
            if len(tokens := tokens_of(term.text, lang)) == 1
        }
        for concept in termbase.concepts:
            for term in concept.in_lang(lang):
                if ambiguous or _usable(term):
                    self._add(concept, term)

    def _add(self, concept: Concept, term: Term) -> None:
        tokens = tokens_of(term.text, self.lang)
        node = self._root
        for token in tokens:
            node = node.children.setdefault(token.key, _Node())
        if tokens:
            as_written = term.exact or (term.text.isupper() and len(tokens) == 1)
            surfaces = tuple(token.surface for token in tokens)
            before, after = (self._neighbours(term.condition, word) for word in ("before", "after"))
            other = self._owners.names_another(term.text)
            prevails = concept.id in self.termbase.prevailing and term.status is not Status.FORBIDDEN
            node.entries.append(_Entry(concept, term, surfaces, as_written, before, after, other, prevails))

    def _neighbours(self, condition: str, side: str) -> frozenset[str] | None:
        kind, _, words = condition.partition(":")
        if kind != side:
            return None
        listed = [word.strip() for word in words.split(",")]
        return frozenset(
            key
            for word in listed
            for key in ([word] if word in _CLASSES else [t.key for t in tokens_of(word, self.lang)][:1])
        )

    def find(self, text: str) -> tuple[SourceMatch, ...]:
        """Matches of an NFC text from left to right, at each place the longest; disjoint, sorted by start."""
        matches = self.find_at_home(text)
        if not any(may_be_abroad(match.concept, match.term) for match in matches):
            return matches
        titles = {match.span: match for match in matches if match.concept.subject not in _NO_TITLES}
        owners = dict(zip(titles, self._owners.find(text, list(titles), self._foreigners), strict=True))
        owned = (_owned(match, owners.get(match.span), self._foreigners) for match in matches)
        return tuple(match for match in owned if match is not None)

    def of_document(self, sources: Iterable[str]) -> Matcher:
        """This matcher for the NFC texts of one document; its foreigners keep their titles in all of them.

        Where it names one as another country's, «Thủ tướng Modi» is none of Viet Nam's anywhere in it, and
        «Chủ tịch nước Tập Cận Bình» the «Chủ tịch nước Trung Quốc» that he was called.
        """
        foreigners: dict[str, Concept | None] = {}
        for source in sources:
            titles = {m.span: m for m in self.find_at_home(source) if m.concept.subject not in _NO_TITLES}
            for title, name in self._owners.persons(source, list(titles)):
                own = self._owners.names_another(titles[title].term.text)
                foreigners[name] = titles[title].concept if own else foreigners.get(name)
        if not foreigners:
            return self
        own_matcher = copy(self)
        own_matcher._foreigners = foreigners
        return own_matcher

    def find_at_home(self, text: str) -> tuple[SourceMatch, ...]:
        """The matches as they are where no other country is named."""
        if not self._may_match(text):
            return ()
        tokens = tokens_of(text, self.lang)
        capitals = text.isupper()
        matches: list[SourceMatch] = []
        prevailing = self._prevailing(tokens, capitals) if self.termbase.prevailing else []
        start = 0
        while start < len(tokens):
            found = self._longest(tokens, start, capitals)
            found = found and self._without_overlap(tokens, start, found, capitals)
            found = found and self._yielding(tokens, start, found, prevailing, capitals)
            if found is None:
                start += 1
                continue
            end, entry = found
            if entry.term.status is not Status.FORBIDDEN:
                matches.append(self._match(tokens, start, end, entry))
            start = end
        named = within_others(text, self.lang, [match.span for match in matches])
        return tuple(match for match in matches if match.span not in named) if named else tuple(matches)

    def _prevailing(self, tokens: Sequence[Token], capitals: bool) -> list[tuple[int, _Found]]:
        """The places of prevailing terms, each with its start: at each place the longest; disjoint."""
        places: list[tuple[int, _Found]] = []
        start = 0
        while start < len(tokens):
            found = self._longest(tokens, start, capitals, prevailing=True)
            if found is not None:
                places.append((start, found))
            start = found[0] if found else start + 1
        return places

    def _yielding(
        self,
        tokens: Sequence[Token],
        start: int,
        found: _Found,
        prevailing: Sequence[tuple[int, _Found]],
        capitals: bool,
    ) -> _Found | None:
        """What is matched from `start` on once the longest term there yields to those that prevail."""
        end, entry = found
        if entry.prevails or entry.term.status is Status.FORBIDDEN:
            return found
        for begin, (stop, own) in prevailing:
            if begin >= end or stop <= start:
                continue
            if stop <= end and not self._yields(tokens[start:end], entry, begin - start, stop - start, own):
                continue
            if begin <= start:
                return (stop, own) if begin == start else found
            shorter = self._longest(tokens[:begin], start, capitals)
            return shorter and self._yielding(tokens, start, shorter, prevailing, capitals)
        return found

    def _yields(self, words: Sequence[Token], entry: _Entry, start: int, end: int, own: _Entry) -> bool:
        """Whether a term yields to one in it: not where the rest makes another word of that (Tổng Bí thư)."""
        if has_russian_of(entry.concept, own.concept):
            return False
        return all(
            self._is_all_terms(rest) or (end - start > 1 and not self._is_part_of_a_word(rest))
            for rest in (words[:start], words[end:])
        )

    def _is_part_of_a_word(self, words: Sequence[Token]) -> bool:
        return len(words) == 1 and (self.lang == "vi" or words[0].key in _RANKS)

    def _is_all_terms(self, words: Sequence[Token]) -> bool:
        start = 0
        while start < len(words):
            found = self._longest(words, start, False)
            if found is None:
                return False
            start = found[0]
        return True

    def _may_match(self, text: str) -> bool:
        """A look at the words without their surroundings, which spares most texts the rest."""
        begun: list[_Node] = []
        for surface in TOKEN.findall(text):
            for key, begins in self._begun[surface]:
                if begun:
                    if key == MAY_FALL_AWAY:
                        return True
                    begun = [node.children[key] for node in begun if key in node.children]
                if begins is not None:
                    begun.append(begins)
                if begun and any(node.entries for node in begun):
                    return True
        return False

    def _without_overlap(self, tokens: Sequence[Token], start: int, found: _Found, capitals: bool) -> _Found:
        """A shorter term, where the last word of the longest begins another country's that goes on.

        «Ban Chấp hành Trung ương | Đảng Cộng sản Trung Quốc» is no «Ban Chấp hành Trung ương Đảng».
        """
        last = found[0] - 1
        if last == start or not tokens[last].first or tokens[last].key not in self._root.children:
            return found
        other = self._longest(tokens, last, capitals)
        if other is None or other[0] <= found[0] or not other[1].abroad:
            return found
        return self._longest(tokens[:last], start, capitals) or found

    def _longest(
        self, tokens: Sequence[Token], start: int, capitals: bool, *, prevailing: bool = False
    ) -> _Found | None:
        """The longest term that begins at a token, or that of those that prevail."""
        if not tokens[start].first:
            return None
        longest = None
        node: _Node | None = self._root
        for end in range(start + 1, len(tokens) + 1):
            node = node.children.get(tokens[end - 1].key) if node else None
            if node is None:
                break
            accepted = (
                entry
                for entry in node.entries
                if (entry.prevails or not prevailing) and self._accepts(entry, tokens, start, end, capitals)
            )
            if tokens[end - 1].last and (entry := next(accepted, None)) is not None:
                longest = end, entry
        return longest

    def _accepts(self, entry: _Entry, tokens: Sequence[Token], start: int, end: int, capitals: bool) -> bool:
        if entry.as_written:
            if capitals and self.lang == "en" and len(entry.surfaces) == 1 < len(tokens):
                return False  # in a headline in capitals MOST may be the word
            if not capitals and not all(
                _has_capitals_of(surface, token.surface)
                for token, surface in zip(tokens[start:end], entry.surfaces, strict=True)
            ):
                return False
        if entry.before is not None and not (end < len(tokens) and _is_one_of(tokens[end], entry.before)):
            return False
        if entry.after is not None and not (start and _is_one_of(tokens[start - 1], entry.after)):
            return False
        return entry.concept.subject not in _NAMED or not self._inside_a_name(tokens, start)

    def _inside_a_name(self, tokens: Sequence[Token], start: int) -> bool:
        """Whether a surname stands one or two capitalised words before: Nguyễn Văn | Hòa Bình."""
        for distance in (1, 2):
            if start < distance:
                return False
            before, after = tokens[start - distance], tokens[start - distance + 1]
            if not before.surface.istitle() or after.start - before.end != 1:
                return False
            if before.key in self._surnames:
                return True
        return False

    def _match(self, tokens: Sequence[Token], start: int, end: int, entry: _Entry) -> SourceMatch:
        if self.lang == "en":
            plural = any(
                is_plural(token.surface) and not is_plural(surface)
                for token, surface in zip(tokens[start:end], entry.surfaces, strict=True)
            )
        else:
            plural = start > 0 and tokens[start - 1].surface.casefold() in _VIETNAMESE_PLURALS
        span = Span(tokens[start].start, tokens[end - 1].end)
        return SourceMatch(entry.concept, entry.term, span, plural)


def _owned(
    match: SourceMatch, owner: Owner | None, foreigners: Mapping[str, Concept | None]
) -> SourceMatch | None:
    """The match as its owner has it; None where nothing of it is left in Russian without Viet Nam."""
    elsewhere = abroad(match.concept) if may_be_abroad(match.concept, match.term) else None
    if owner is None or owner.home or elsewhere is None or owner.span.overlaps(match.span):
        return match
    known = foreigners.get(owner.words) if owner.person else None
    if known is not None and any(
        term.text.startswith(f"{match.term.text} ") for term in known.in_lang(match.term.lang)
    ):
        return replace(match, concept=known, abroad=owner.words)
    concept = elsewhere.party if owner.party else elsewhere.state
    if owner.shared:
        concept = elsewhere.shared
    return replace(match, concept=concept, abroad=owner.words) if concept else None


def _usable(term: Term) -> bool:
    """Whether a term may be matched: no condition, or one that names its neighbours."""
    kind = term.condition.partition(":")[0]
    return not term.condition or kind in {"before", "after"} or term.status is Status.FORBIDDEN


def _has_capitals_of(entry: str, text: str) -> bool:
    """Whether a text has a capital wherever the entry has one."""
    return all(
        written.isupper() or not wanted.isupper() for wanted, written in zip(entry, text, strict=False)
    )


def _is_one_of(token: Token, wanted: frozenset[str]) -> bool:
    return (
        token.key in wanted
        or (_NAME in wanted and token.surface[:1].isupper())
        or (_NUMBER in wanted and token.surface.isdigit())
    )
