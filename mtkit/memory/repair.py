"""Repair a match: change what differs in its target, where nothing about the change is a guess.

What can differ: numbers and codes that stand once on either side, in the same form; one term of the termbase
or one name, whose Russian takes the place of the old one in the same case and number; the mark at the end
and the capital at the start. A match is repaired as a whole or not at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mtkit.memory.entries import Entry, Repair
from mtkit.memory.keys import Token, grade_of_same_words, single_spaced, tokens_of
from mtkit.memory.term_repair import exchanged_term
from mtkit.termbase.match import SourceMatch
from mtkit.text.date_words import GENITIVE_MONTHS
from mtkit.text.edits import Edit, apply_edits
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.text.placeables import Kind, Placeable, find_placeables, number_class
from mtkit.types import Span

TermReader = Callable[[str, str], Sequence[SourceMatch]]
"""(text, language) -> its terms and names, as the pipeline reads them."""

_ADAPTING = (Kind.NUMBER, Kind.CODE, Kind.URL, Kind.EMAIL)
_END_MARKS = ".!?…:;"
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_NOUN_BEFORE = re.compile(r"[№$¢£¥\u20a0-\u20cf]\s*$")
_NO_NOUN_AFTER = re.compile(r"\s*(?:[%‰°$¢£¥\u20a0-\u20cf]|(?:тыс|млн|млрд|трлн|км|кв|га|г|долл|руб)\b)")
_MONTH_AFTER = re.compile(rf"\s(?:{'|'.join(GENITIVE_MONTHS)})\b")
_YEAR_AFTER = re.compile(r"\s(?:год(?:а|у|ом|е|ы|ов|ам|ами|ах)?|гг?)\b|[–-](?:19|20)\d\d")
_JOINED = re.compile(r"[-–]\w*[^\W\d_]")
_WAVERING = re.compile(r"\b(?:во?|со?|об?о?)\s$", re.IGNORECASE)
_WITH_VOWEL = re.compile(r"1|2|11|1\d\d")
"""Numbers before which «в», «с» and «о» may take another form: во 2-м, со 100, об 11."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A target that fits, its similarity now (0-100), and what was changed for it."""

    target: str
    similarity: int
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    """Placeables that differ, one of the entry with one of the text each, and at most one term."""

    placeables: tuple[tuple[Placeable, Placeable], ...]
    term: tuple[SourceMatch, SourceMatch] | None = None


def repaired(entry: Entry, source: str, terms: TermReader | None = None) -> Repaired | None:
    """The entry's target for `source`, with the words and numbers of it; None where that is not certain.

    Only Russian targets are repaired.
    """
    if entry.tgt_lang != "ru" or entry.src_lang not in SOURCE_LANGUAGES:
        return None
    left, right = tokens_of(entry.source, entry.src_lang), tokens_of(source, entry.src_lang)
    for difference in _differences(entry, source, left, right, terms):
        if (mended := _apply(entry, source, difference)) is not None:
            return mended
    return None


def _differences(
    entry: Entry, source: str, left: Sequence[Token], right: Sequence[Token], terms: TermReader | None
) -> Sequence[_Difference]:
    if (pairs := _paired(left, right)) is not None:
        return [_Difference(placeables=pairs)]
    if terms is None:
        return []
    found = []
    others = terms(source, entry.src_lang)
    for old in terms(entry.source, entry.src_lang):
        for new in others:
            before = _paired(_before(left, old.span), _before(right, new.span))
            after = _paired(_after(left, old.span), _after(right, new.span))
            if before is not None and after is not None:
                found.append(_Difference(placeables=before + after, term=(old, new)))
    return found


def _before(tokens: Sequence[Token], span: Span) -> Sequence[Token]:
    return [token for token in tokens if token.span.start < span.start]


def _after(tokens: Sequence[Token], span: Span) -> Sequence[Token]:
    return [token for token in tokens if token.span.end > span.end]


def _paired(left: Sequence[Token], right: Sequence[Token]) -> tuple[tuple[Placeable, Placeable], ...] | None:
    """Placeables that differ where the words are the same; None where the words are not."""
    if [token.feature for token in left] != [token.feature for token in right]:
        return None
    return tuple(
        (old.placeable, new.placeable)
        for old, new in zip(left, right, strict=True)
        if old.key != new.key and old.placeable is not None and new.placeable is not None
    )


def _apply(entry: Entry, source: str, difference: _Difference) -> Repaired | None:
    edits = _placeable_edits(entry, difference.placeables)
    if edits is None:
        return None
    target = apply_edits(entry.target, edits).text
    source_edits = [Edit(span=old.span, text=new.text) for old, new in difference.placeables]
    repairs = [
        _repair(edit, entry.target, old) for edit, (old, _) in zip(edits, difference.placeables, strict=True)
    ]
    if difference.term is not None:
        old, new = difference.term
        exchanged = exchanged_term(target, entry.source, source, old, new, entry.src_lang)
        if exchanged is None:
            return None
        target, repair = exchanged
        repairs.append(repair)
        source_edits.append(Edit(span=old.span, text=new.span.of(source)))
    adapted = apply_edits(entry.source, source_edits).text
    return _with_marks(target, single_spaced(adapted), single_spaced(source), tuple(repairs))


def _repair(edit: Edit, target: str, old: Placeable) -> Repair:
    kind = "number" if old.kind is Kind.NUMBER else "code"
    return Repair(kind=kind, old=edit.span.of(target), new=edit.text)


def _placeable_edits(entry: Entry, pairs: Sequence[tuple[Placeable, Placeable]]) -> list[Edit] | None:
    """What to write in the target for each pair; None where one of them is not certain."""
    if not pairs:
        return []
    in_source = Counter(_value(each) for each in find_placeables(entry.source, entry.src_lang))
    in_target = find_placeables(entry.target, entry.tgt_lang)
    edits = []
    for old, new in pairs:
        places = [each for each in in_target if _value(each) == _value(old)]
        if old.kind is not new.kind or old.kind not in _ADAPTING:
            return None
        if in_source[_value(old)] != 1 or len(places) != 1:
            return None
        span = places[0].span
        if old.kind is Kind.NUMBER and not _same_grammar(entry.target, span, old, new):
            return None
        edits.append(Edit(span=span, text=new.russian))
    return edits


def _value(placeable: Placeable) -> tuple[Kind, str]:
    return placeable.kind, placeable.value


def _same_grammar(target: str, span: Span, old: Placeable, new: Placeable) -> bool:
    """Whether the words around a number stay right with the new one (Rosental, § 163 to 166)."""
    before, after = target[: span.start], target[span.end :]
    if _JOINED.match(after):
        return False
    if _WAVERING.search(before) and any(_WITH_VOWEL.fullmatch(each.text) for each in (old, new)):
        return False
    years = [_YEAR.fullmatch(each.text) is not None for each in (old, new)]
    if any(years):
        return all(years) and _YEAR_AFTER.match(after) is not None
    if _NO_NOUN_BEFORE.search(before) or _NO_NOUN_AFTER.match(after):
        return True
    if _MONTH_AFTER.match(after):
        return all(each.value.isdigit() and 1 <= int(each.value) <= 31 for each in (old, new))
    return number_class(old.value) == number_class(new.value)


def _with_marks(target: str, adapted: str, source: str, repairs: tuple[Repair, ...]) -> Repaired:
    """Give the target the final mark and the first capital of the source, where these alone differ."""
    body, mark = _final_mark(adapted)
    wanted_body, wanted_mark = _final_mark(source)
    if mark != wanted_mark and body == wanted_body:
        target_body, target_mark = _final_mark(target)
        if target_mark == mark:
            repairs += (Repair("mark", mark, wanted_mark),)
            return Repaired(target=target_body + wanted_mark, similarity=100, repairs=repairs)
    if adapted and adapted[1:] == source[1:] and adapted[0] != source[0] and target[:1].isalpha():
        recased = (target[0].upper() if source[0].isupper() else target[0].lower()) + target[1:]
        if adapted[0].lower() == source[0].lower() and target[:2][-1:].islower():
            return Repaired(
                target=recased, similarity=100, repairs=(*repairs, Repair("capital", target[0], recased[0]))
            )
    return Repaired(target=target, similarity=grade_of_same_words(adapted, source), repairs=repairs)


def _final_mark(text: str) -> tuple[str, str]:
    body = text.rstrip(_END_MARKS)
    return body, text[len(body) :]
