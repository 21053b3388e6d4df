"""Find the numbers of a text, in digits and in words, with every value each of them can have.

Values are compared, not notations: 15.870 (vi) = 15,870 (en) = 15 870 (ru); 2,5 tỷ = 2.5 billion; the parts
of dates and times are numbers of their own (12/8 = 12 августа), hours have a second value (6 p.m. = 18).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from mtkit.checks.analysis import fixed
from mtkit.checks.number_context import alternatives, has_half_after, is_day_or_month, is_designation
from mtkit.checks.number_words import (
    CARDINALS,
    COMPOUND_STEMS_RU,
    CONNECTORS,
    LARGE_STEMS_RU,
    MULTIPLIERS,
    Values,
    idioms,
    roman_numerals,
)
from mtkit.text.dates import without_agreed
from mtkit.text.placeables import Kind
from mtkit.types import Span

Value = Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number and the values it can stand for; `digits` whether it is written in digits.

    `roman` is a Roman numeral that is one for sure, `idiom` a word that stands for a number only at times.
    """

    span: Span
    text: str
    values: Values
    digits: bool
    roman: bool = False
    idiom: bool = False


_SPACE = "\u00a0\u202f\u2009"
_DIGITS = re.compile(
    rf"\d{{1,3}}(?:[{_SPACE} ]\d{{3}}){{1,99}}(?!\d)(?:[.,]\d{{1,99}})?|\d{{1,99}}(?:[.,]\d{{1,99}}){{0,9}}"
)
"""Of what is longer no number can be made."""
_THOUSANDS = {"vi": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+"), "en": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")}
_GROUPED = {"vi": ".", "en": ",", "ru": " "}
_UNASKED = frozenset({Value(0), Value(1)})
"""Noughts (18:00) and ones (lớp 1, за 1 м²) come and go; a wrong number still shows on the other side."""
_EXPONENT = re.compile(r"(?:(?<![^\W\d_])(?:[kcdm]?m|[кмсд]?м)|[CСNSН][OО])$")
_DIGIT_RUN = re.compile(r"\d{1,99}")
_CLOCK = re.compile(r"\d{1,2}\.[0-5]\d\s*(?:[ap]\.?m\b|o'clock|(?:this|yesterday|tomorrow) )", re.IGNORECASE)
_CLOCK_RU = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
_DESIGNATION = re.compile(r"(?<![A-Za-z])[A-Z]{2,5}-?$")
_PART_OF_A_NAME = re.compile(r"\d+(?:[xх]\d|\s*</sup>)|(?<=\d[xх])\d|00\d(?!\d)")
"""Numbers that may be left out: HJR-3, SS19, 4x4, km<sup>2</sup>, agent 007."""
_PHONE = re.compile(r"(?<![\d.,])(?:\+\d|0\d|\(0\d)(?:[ (). -]{0,2}\d){6,99}")
_WORD = re.compile(r"[^\W\d_]+")
_DASH = "-–—\u2011"
_RANGE = re.compile(rf"\s*(?:[{_DASH}]|to|and|or|đến|tới|và|hoặc|до|и|или)\s*")
_FOUR_DIGIT_CLOCK = re.compile(r"0\d[0-5]\d")
"""0230 in English and Vietnamese is 02:30."""
_AND_MORE = frozenset({"и более", "и больше", "с лишним", "с небольшим"})
_MONEY = {"m": 10**6, "k": 10**3}
_CURRENCY = re.compile(r"[€$£¥][\d.,]+$")
_MULTIPLIER_PARTS = {
    "vi": ("mươi", "chục", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "tạ"),
    "en": ("hundred", "thousand", "illion", "lakh", "crore", "dozen"),
    "ru": ("тыс", "млн", "млрд", "трлн", "иллион", "иллиард", "сот"),
}
_MULTIPLIER_WORDS = {
    "vi": re.compile(r"(?<!\w)(?:mươi|chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|tạ)(?!\w)"),
    "ru": re.compile(r"тыс|млн|млрд|трлн|илли(?:он|ард)|(?<!\w)сот[а-я]"),
}
_MULTIPLIERS_AFTER = {
    "vi": re.compile(r"(?: (?:nghìn|ngàn|triệu|tỷ|tỉ))+(?!\w)"),
    "en": re.compile(r"(?: (?:hundred|thousand|million|billion|trillion))+(?!\w)"),
    "ru": re.compile(
        r"(?:[ \u00a0](?:тыс\.?|млн|млрд|трлн|тысяч[аеиу]?|(?:миллион|миллиард|триллион)(?:а|ов)?))+(?!\w)"
    ),
}
_ADJOINING = re.compile(rf"[{_SPACE} .-]{{0,2}}\d")
_MULTIPLIER_SIGN = re.compile(r"\d\s?(?:[bmt]n|[bmtr]ln|trn|[mk])\b")
_NOT_BILLION = re.compile(r"\s+(?:lệ|trọng|suất|giá|phú|số|mỉ)\b")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    values: tuple[Value, ...]
    digits: bool
    multiplier: int = 0


def find_quantities(text: str, lang: str) -> list[Quantity]:
    """Numbers in order of place. Document codes, URLs and e-mail addresses are left out."""
    visible = _hide_fixed(text)
    found = list(_runs(_tokens(visible, lang), visible, lang))
    found += (
        Quantity(
            span=Span(start, end),
            text=text[start:end],
            values=frozenset({Value(value)}),
            digits=False,
            roman=is_designation(visible, start, end, lang),
        )
        for start, end, value in roman_numerals(visible)
    )
    found += _code_numbers(text)
    found += (
        Quantity(span=Span(start, end), text=text[start:end], values=values, digits=False, idiom=True)
        for start, end, values in idioms(_fold(visible) if lang == "ru" else visible, lang)
    )
    return sorted(found, key=lambda quantity: quantity.span)


def designations(text: str, lang: str) -> frozenset[int]:
    """Values of the Roman numerals that are some for sure."""
    return frozenset(
        value for start, end, value in roman_numerals(text) if is_designation(text, start, end, lang)
    )


def same_digits(source: str, src_lang: str, target: str, tgt_lang: str) -> bool:
    """Whether both sides have the same values in digits, each with the multiplier right after it if any.

    A quick look that spares most segments the full comparison; False says nothing.
    """
    if _equal_digits(source, src_lang, target, tgt_lang):
        return True
    source, target = without_agreed(source, src_lang, target, tgt_lang)
    return _equal_digits(source, src_lang, target, tgt_lang)


def _equal_digits(source: str, src_lang: str, target: str, tgt_lang: str) -> bool:
    values = _digit_values(source, src_lang)
    return values is not None and values == _digit_values(target, tgt_lang)


def _has_multiplier(text: str, lang: str) -> bool:
    lowered = text.lower()
    if lang == "en" and _MULTIPLIER_SIGN.search(lowered):
        return True
    if not any(part in lowered for part in _MULTIPLIER_PARTS[lang]):
        return False
    return lang not in _MULTIPLIER_WORDS or _MULTIPLIER_WORDS[lang].search(lowered) is not None


def _digit_values(text: str, lang: str) -> set[Value] | None:
    """Values of all digits; None where some of them are several numbers in one (12.08.2025), or where a
    multiplier is anywhere but right after digits.
    """
    visible = _hide_fixed(text)
    multiplied = _has_multiplier(visible, lang)
    found: set[Value] = set()
    position, rest = 0, ""
    for match in _DIGITS.finditer(visible):
        values = _read(match[0], lang)
        if len(values) != 1:
            return None
        value = values[0]
        after = _MULTIPLIERS_AFTER[lang].match(visible, match.end()) if multiplied else None
        if after is not None:
            for word in after[0].lower().replace(".", "").split():
                value *= MULTIPLIERS[lang].get(word) or _large(word)
            rest += visible[position : match.end()]
            position = after.end()
            if _ADJOINING.match(visible, position):
                return None
        found.add(value)
    return None if multiplied and _has_multiplier(rest + visible[position:], lang) else found


def _hide_fixed(text: str) -> str:
    for placeable in fixed(text):
        span = placeable.span
        text = text[: span.start] + "\ufffc" * (span.end - span.start) + text[span.end :]
    return text


def _code_numbers(text: str) -> Iterator[Quantity]:
    """Numbers inside document codes: "Resolution 57" may become «Резолюция № 57-NQ/TW»."""
    for placeable in fixed(text):
        if placeable.kind is Kind.CODE:
            for match in _DIGIT_RUN.finditer(text, placeable.span.start, placeable.span.end):
                values = frozenset({Value(int(match.group()))})
                yield Quantity(span=Span(*match.span()), text=match.group(), values=values, digits=False)


def _fold(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


def _tokens(text: str, lang: str) -> list[_Token]:
    """Number tokens in order: telephone numbers, digits, number words, multipliers."""
    tokens: list[_Token] = []
    for match in _PHONE.finditer(text):
        digits = "".join(_DIGIT_RUN.findall(match.group()))
        tokens.append(_Token(*match.span(), (Value(int(digits)),), True))
    text = _PHONE.sub(lambda match: "￼" * len(match.group()), text)
    tokens += (token for match in _DIGITS.finditer(text) for token in _digit_tokens(match, text, lang))
    for match in _WORD.finditer(text):
        word = _number_word(match[0], lang)
        if not word:
            continue
        multiplier = _large(word) if lang == "ru" else _multiplier(word, match, text, lang)
        if multiplier:
            tokens.append(_Token(*match.span(), (Value(multiplier),), False, multiplier))
        elif (value := _word_value(word, lang)) is not None:
            tokens.append(_Token(*match.span(), (Value(value),), False))
    return sorted(tokens, key=lambda token: token.start)


@lru_cache(maxsize=65536)
def _number_word(surface: str, lang: str) -> str:
    """The word, lower case with е for ё, where it can be a number or a multiplier; "" elsewhere."""
    word = _fold(surface.lower())
    large = _large(word) if lang == "ru" else word in MULTIPLIERS[lang] or word in _MONEY
    return word if large or _word_value(word, lang) is not None else ""


@lru_cache(maxsize=65536)
def _large(word: str) -> int:
    large = next((value for stem, value in LARGE_STEMS_RU.items() if word.startswith(stem)), 0)
    return large or MULTIPLIERS["ru"].get(word, 0)


def _multiplier(word: str, match: re.Match[str], text: str, lang: str) -> int:
    if lang == "vi" and word in ("tỷ", "tỉ") and _NOT_BILLION.match(text, match.end()):
        return 0
    if lang == "en" and word in _MONEY and _CURRENCY.search(text[: match.start()]):
        return _MONEY[word]
    if lang == "en" and len(word) <= 3 and not re.search(r"\d\s?$", text[: match.start()]):
        return 0
    return MULTIPLIERS[lang].get(word, 0)


@lru_cache(maxsize=65536)
def _word_value(word: str, lang: str) -> int | Fraction | None:
    if word in CARDINALS[lang] or lang != "ru":
        return CARDINALS[lang].get(word)
    stems = [stem for stem in COMPOUND_STEMS_RU if word.startswith(stem) and len(word) > len(stem) + 2]
    if not stems:
        return None
    longest = max(stems, key=len)
    value = COMPOUND_STEMS_RU[longest]
    rest = _word_value(word[len(longest) :], "ru") if value >= 20 else None
    return value + (rest if rest and rest < 10 else 0)


def _digit_tokens(match: re.Match[str], text: str, lang: str) -> Iterator[_Token]:
    surface, start = match.group(), match.start()
    if _EXPONENT.search(text[max(0, start - 3) : start]) and surface in ("2", "3"):
        return
    clock = lang == "en" and _CLOCK.match(text, start)
    values = () if clock else _read(surface, lang)
    if lang == "ru" and (time := _CLOCK_RU.fullmatch(surface)):
        values = (*values, *(Value(int(part)) for part in time.groups()))
    if values and (_DESIGNATION.search(text, max(0, start - 7), start) or _PART_OF_A_NAME.match(text, start)):
        before = text[max(0, start - 7) : start]
        yield _Token(*match.span(), (*values, *alternatives(values[0], before, "", lang)), False)
        return
    if lang != "ru" and _FOUR_DIGIT_CLOCK.fullmatch(surface):
        for begin, end in ((start, start + 2), (start + 2, start + 4)):
            yield _Token(begin, end, (Value(int(text[begin:end])),), True)
        return
    if values:
        yield _digit_token(match, values, text, lang)
        return
    for part in _DIGIT_RUN.finditer(text, start, match.end()):
        yield _digit_token(part, (Value(int(part.group())),), text, lang)


def _digit_token(match: re.Match[str], values: tuple[Value, ...], text: str, lang: str) -> _Token:
    before, after = text[max(0, match.start() - 20) : match.start()], text[match.end() : match.end() + 40]
    return _Token(*match.span(), (*values, *alternatives(values[0], before, after, lang)), True)


@lru_cache(maxsize=8192)
def _read(surface: str, lang: str) -> tuple[Value, ...]:
    """Values of digits in the notation of `lang`; none where it is several numbers (12.08.2025)."""
    if surface.isdecimal():
        return (Value(int(surface)),)
    compact = re.sub(rf"[{_SPACE} ]", "", surface)
    thousands = _THOUSANDS.get(lang)
    if compact != surface or (thousands and re.match(rf"{thousands.pattern}(?!\d)", surface)):
        whole = compact.replace(_GROUPED[lang], "")
        if whole.count(".") + whole.count(",") > 1:
            return ()
        parts = surface.split(" ") if lang != "ru" else []
        return (Value(whole.replace(",", ".")), *(Value(int(part)) for part in parts if part.isdecimal()))
    if len(re.findall(r"[.,]", surface)) > 1:
        return ()
    decimal = Value(surface.replace(",", "."))
    if lang == "vi" and re.fullmatch(r"[1-9]\d{0,2},\d{3}", surface):
        return decimal, Value(surface.replace(",", ""))
    return (decimal,)


def _runs(tokens: list[_Token], text: str, lang: str) -> Iterator[Quantity]:
    """Join tokens that make one number (5 million 300 thousand; двадцать пять) and read each run."""
    position = 0
    while position < len(tokens):
        run = [tokens[position]]
        for following in tokens[position + 1 :]:
            if not _adjacent(run[-1], following, text, lang) or not _continues(run, following):
                break
            run.append(following)
        position += len(run)
        digits = any(token.digits for token in run)
        values = set(_combine(run))
        values |= _range_values(run[-1], tokens[position:], text, lang)
        if not digits:
            values.update(value for end in range(1, len(run)) for value in _combine(run[:end]))
            values.update(value for token in run for value in token.values)
        start, end = run[0].start, run[-1].end
        if has_half_after(text[end : end + 20], lang):
            values |= {value + Value(run[-1].multiplier or 1, 2) for value in values}
        yield Quantity(
            span=Span(start, end),
            text=text[start:end],
            values=frozenset(values),
            digits=digits and (len(run) > 1 or not _is_unasked(run[0], text)),
        )


def _is_unasked(token: _Token, text: str) -> bool:
    if token.values[0] not in _UNASKED:
        return False
    return not is_day_or_month(text[max(0, token.start - 12) : token.start], text[token.end : token.end + 12])


def _adjacent(left: _Token, right: _Token, text: str, lang: str) -> bool:
    between = text[left.end : right.start]
    if right.multiplier and between.strip() in _AND_MORE:
        return True
    if not between.strip(" \u00a0\u202f-."):
        return len(between) <= 2
    return between.strip().lower() in CONNECTORS[lang] and not right.digits and not right.multiplier


def _continues(run: list[_Token], following: _Token) -> bool:
    if following.multiplier:
        return True
    previous = run[-1]
    if following.digits or any(token.digits for token in run):
        return following.digits and 0 < following.values[0] < previous.multiplier
    if previous.multiplier:
        return following.values[0] < previous.multiplier
    place = 100 if previous.values[0] >= 100 else 10 if previous.values[0] >= 10 else 1
    return previous.values[0] % place == 0 and 0 < following.values[0] < place


def _combine(run: list[_Token]) -> tuple[Value, ...]:
    """Values of a run; alternatives of its first token give alternatives of the whole."""
    results = []
    for first in run[0].values:
        total, current = Value(0), Value(0) if run[0].multiplier else first
        for token in run if run[0].multiplier else run[1:]:
            if not token.multiplier:
                current += token.values[0]
            elif token.multiplier < 1000:
                current = (current or Value(1)) * token.multiplier
            elif current == 0 and total:
                total *= token.multiplier
            else:
                total += (current or Value(1)) * token.multiplier
                current = Value(0)
        results.append(total + current)
    return tuple(results)


def _range_values(last: _Token, following: list[_Token], text: str, lang: str) -> set[Value]:
    """Values of the first number of a range that shares the multiplier of the second ("2-3 billion")."""
    if last.multiplier or len(following) < 2 or not _RANGE.fullmatch(text[last.end : following[0].start]):
        return set()
    multiplier = Value(1)
    previous = following[0]
    for token in following[1:]:
        if not token.multiplier or not _adjacent(previous, token, text, lang):
            break
        multiplier *= token.multiplier
        previous = token
    return {value * multiplier for value in last.values} if multiplier > 1 else set()
