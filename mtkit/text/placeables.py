"""Placeables: what must come out of a translation intact.

Document codes (57-NQ/TW, 749/QĐ-TTg, 178/2024/NĐ-CP), placeholders of programs (%s, %(name)d, {name}), URLs,
e-mail addresses, numbers; dates and times are recognised so that their digits are not taken for numbers.
`protect` hides them behind tokens that a model copies, `restore` puts them back in Russian notation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from mtkit.text.edits import Edit, apply_edits
from mtkit.text.identifiers import is_identifier
from mtkit.text.markup import CODE_TOKENS, NUMBER_TOKENS, PLACEABLE_TOKEN
from mtkit.types import Span

NO_BREAK_SPACE = "\u00a0"


class Kind(StrEnum):
    CODE = "code"
    URL = "url"
    EMAIL = "email"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeable:
    """`value` compares across languages: a plain decimal for numbers, the text itself for the rest.

    `russian` is how it stands in a Russian text.
    """

    kind: Kind
    span: Span
    text: str
    value: str
    russian: str


_CAP = "A-ZÀ-ÝĐƠƯ"
_CODE_PART = rf"[{_CAP}][{_CAP}a-zđ0-9]*"
_NO_UNIT = r"(?!-(?:HP|DWT|GRT|TEU|[KMGT]Wh?|[KM]V|M?VA|[KMG]Hz|[MG]B|USD|VND|EUR)(?![\w/-]))"
_LABELS = r"(?:[\w-]{1,63}\.){1,8}"
_DOMAIN = rf"{_LABELS}(?:vn|com|org|net|ru|gov|edu|info|asia|int|eu)(?:\.\w{{2}})?"
_FIXED = re.compile(
    rf"""
    (?P<url>https?://[^\s<>"«»“”]+ | \bwww\.[^\s<>"«»“”]+ | (?<![\w@.-]){_DOMAIN}(?:/[^\s<>"«»“”]*)?(?![\w@]))
  | (?P<email>(?<![\w.+-])[\w.+-]{{1,64}}@{_LABELS}\w{{2,}})
  | (?P<code>(?<![\w/.,-])\d+{_NO_UNIT}(?:[a-z]|bis)?(?:/\d{{4}})?
        [-/]{_CODE_PART}(?:[-/]{_CODE_PART})*(?:[-/](?:19|20)\d\d)?(?![\w/])
      | (?<![\w%])%(?:\(\w+\)|\d\$)?[-+\#0]?\d*(?:\.\d+)?(?:ll?|z)?[sdiufgxXc@](?![\w%])
      | \$?\{{\{{?[\w.:!]*\}}?\}}
      | ⟦[^⟦⟧\s]*⟧)
  | (?P<date>(?<![\w/.,-])(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}} | \d{{4}}-\d{{2}}-\d{{2}}
      | \d{{1,2}}/\d{{4}} | \d{{1,2}}/\d{{1,2}})(?![\w/]|[.,-]\d))
  | (?P<time>(?:(?<![\w/.,-])|(?<=\dh-)|(?<=[h:]\d\d-))
        \d{{1,2}}(?::\d{{2}}|[hg]\d{{0,2}}|\.\d\d(?=\s?[ap]\.?m))(?![\w]))
    """,
    re.VERBOSE,
)
_MAY_HAVE_FIXED = re.compile(r"\d[-/.:a-zđ]|[@⟦{]|%\S|\w(?:://|\.\w)")
"""What a text with anything of _FIXED in it has: a quick look that spares most texts the search."""
_URL_TAIL = ".,;:!?)]}'…"

_BEFORE = r"(?:(?<![\w.,/-])|(?<=\b(?:VND|USD|EUR|JPY|CNY|RMB|GBP|KRW)))"
_SPACED = r"\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?!\d)"
_NUMBERS = {
    "en": re.compile(rf"{_BEFORE}(?:\d{{1,3}}(?:,\d{{3}})+|{_SPACED}|\d+)(?:\.\d+)?(?![\w/]|[.,]\d)"),
    "vi": re.compile(rf"{_BEFORE}(?:\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d+)?(?!(?!đ(?!\w))[\w/]|[.,]\d)"),
    "ru": re.compile(rf"{_BEFORE}(?:{_SPACED}|\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d+)?(?![\w/]|[.,]\d)"),
}
_THOUSANDS = {"en": ",", "vi": ".", "ru": "."}
_SPACES = "\u00a0\u202f\u2009 "
_SIGNED = re.compile(r"[-+]\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTERED = re.compile(r"(?P<h>\d\d?)(?P<letter>[hg])(?P<m>\d\d)?")
_DASHED = re.compile(r"\s?[-–—]\s?")
_LEADING_ZERO = re.compile(r"0\d")
_REMEMBERED = 64
"""The last texts, of which several stages ask."""


def fixed_placeables(text: str) -> tuple[Placeable, ...]:
    """Disjoint placeables in order, all but numbers."""
    if not _MAY_HAVE_FIXED.search(text):
        return ()
    found: list[Placeable] = []
    for match in _FIXED.finditer(text):
        kind = Kind(str(match.lastgroup))
        surface = match.group()
        if kind is Kind.URL:
            surface = surface.rstrip(_URL_TAIL)
        if kind is Kind.CODE and surface[0].isdigit() and sum(map(str.isupper, surface)) < 2:
            continue
        span = Span(match.start(), match.start() + len(surface))
        found.append(Placeable(kind=kind, span=span, text=surface, value=surface, russian=surface))
    return tuple(found)


@lru_cache(maxsize=_REMEMBERED)
def find_placeables(text: str, lang: str) -> tuple[Placeable, ...]:
    """Disjoint placeables in order; numbers are read in the notation of `lang` (vi 15.870 = en 15,870)."""
    found = list(fixed_placeables(text))
    taken = bytearray(len(text))
    for placeable in found:
        taken[placeable.span.start : placeable.span.end] = b"1" * len(placeable.text)
    for match in _NUMBERS[lang].finditer(text):
        span = Span(*match.span())
        if not any(taken[span.start : span.end]):
            named = is_identifier(text, *match.span(), lang) or _LEADING_ZERO.match(match.group())
            found.append(
                Placeable(
                    kind=Kind.NUMBER,
                    span=span,
                    text=match.group(),
                    value=number_value(match.group(), lang),
                    russian=match.group() if named else format_number(_plain(match.group(), lang)),
                )
            )
    return tuple(sorted(found, key=lambda p: p.span))


def number_value(text: str, lang: str) -> str:
    """Plain decimal of a number in the notation of `lang`: "15.870,50" (vi) -> "15870.5"."""
    digits = _plain(text, lang)
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits.lstrip("0") or "0" if not digits.startswith("0.") else digits


def _plain(text: str, lang: str) -> str:
    """Digits with a decimal point, zeros as they stand."""
    digits = text.translate({ord(space): None for space in _SPACES}).replace(_THOUSANDS[lang], "")
    return digits.replace(",", ".")


def number_class(value: str) -> str:
    """Form of the Russian noun after a number: "one" (21 год), "few" (3 года; 4,5 года), "many" (15 лет)."""
    if "." in value:
        return "few"
    last_two = int(value[-2:])
    if 11 <= last_two <= 14:
        return "many"
    return {1: "one", 2: "few", 3: "few", 4: "few"}.get(last_two % 10, "many")


def format_number(value: str) -> str:
    """A plain decimal in Russian notation: solid to four digits, spaced from five, decimal comma."""
    whole, _, fraction = value.partition(".")
    if len(whole) > 4:
        whole = f"{Decimal(whole):,}".replace(",", NO_BREAK_SPACE)
    return f"{whole},{fraction}" if fraction else whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """Which token stands for which placeable, and the edits that put the tokens in."""

    tokens: tuple[tuple[str, Placeable], ...] = ()
    edits: tuple[Edit, ...] = ()


def is_protected(placeable: Placeable) -> bool:
    """Whether a model gets a token: codes, URLs, e-mails, and numbers too long to trust it with.

    Years, dates, times and integers below 100 carry grammar the model has to see.
    """
    if placeable.kind is Kind.NUMBER:
        digits = sum(character.isdigit() for character in placeable.text)
        return (digits > 2 or "." in placeable.value) and not _YEAR.fullmatch(placeable.text)
    return placeable.kind in (Kind.CODE, Kind.URL, Kind.EMAIL)


def protect(text: str, lang: str, written: Sequence[Placeable] = ()) -> Protected:
    """Assign tokens; equal placeables share one, and those beyond the token tables stay as text.

    `written` are others that get one, in place of what overlaps them.
    """
    assigned: dict[tuple[Kind, str], str] = {}
    used: Counter[tuple[str, ...]] = Counter()
    tokens: list[tuple[str, Placeable]] = []
    edits: list[Edit] = []
    others = (
        placeable
        for placeable in find_placeables(text, lang)
        if is_protected(placeable) and not any(placeable.span.overlaps(each.span) for each in written)
    )
    for placeable in sorted((*written, *others), key=lambda p: p.span):
        key = (placeable.kind, placeable.value)
        if key not in assigned:
            table = _token_table(placeable)
            if used[table] == len(table):
                continue
            assigned[key] = table[used[table]]
            used[table] += 1
        tokens.append((assigned[key], placeable))
        edits.append(Edit(span=placeable.span, text=assigned[key]))
    return Protected(tokens=tuple(tokens), edits=tuple(edits))


def _token_table(placeable: Placeable) -> tuple[str, ...]:
    solid = len(placeable.text) > 4 and placeable.text.isdecimal() and placeable.russian == placeable.text
    if placeable.kind is Kind.NUMBER and not solid and not _LEADING_ZERO.match(placeable.text):
        return NUMBER_TOKENS[number_class(placeable.value)]
    return CODE_TOKENS


def restore(target: str, tokens: Iterable[tuple[str, Placeable]]) -> str:
    """Put placeables back for their tokens; a token that stands for nothing is dropped."""
    surface = {token: p.russian for token, p in tokens}
    return PLACEABLE_TOKEN.sub(lambda match: surface.get(match.group(), ""), target)


def needs_translation(text: str, lang: str) -> bool:
    """Whether anything is left to translate beside placeables: a text of codes and digits is copied."""
    edits = [Edit(span=placeable.span, text=" ") for placeable in find_placeables(text, lang)]
    return any(character.isalpha() for character in apply_edits(text, edits).text)


def in_russian_notation(text: str, lang: str) -> str:
    """A text that needs no translation, its numbers with Russian separators: en 15,320.5 -> 15\u00a0320,5.

    Numbers without separators may be of any kind (years, telephone numbers) and stay as they are. Times get
    a colon, and a dash between them: 14h00 - 14h30 -> 14:00–14:30.
    """
    sign, rest = (text[0], text[1:]) if _SIGNED.match(text) else ("", text)
    found = find_placeables(rest, lang)
    edits = [
        Edit(span=placeable.span, text=placeable.russian)
        for placeable in found
        if placeable.kind is Kind.NUMBER and not placeable.text.isdigit()
    ]
    return sign + apply_edits(rest, [*edits, *_clock_edits(rest, found)]).text


def _clock_edits(text: str, found: Sequence[Placeable]) -> Iterator[Edit]:
    """A colon for the letter of times, a solid dash between two; of hours alone (24h) only in a range."""
    times = [placeable for placeable in found if placeable.kind is Kind.TIME]
    pairs = [
        (first, last)
        for first, last in pairwise(times)
        if _DASHED.fullmatch(text, first.span.end, last.span.start)
    ]
    of_ranges = {time for pair in pairs for time in pair}
    for first, last in pairs:
        yield Edit(span=Span(first.span.end, last.span.start), text="–")
    for time in times:
        written = _LETTERED.fullmatch(time.text)
        if written and (written["m"] or (time in of_ranges and written["letter"] == "h")):
            yield Edit(span=time.span, text=f"{int(written['h'])}:{written['m'] or '00'}")


def protect_pair(source: str, target: str, src_lang: str, tgt_lang: str) -> tuple[tuple[Edit, ...], str]:
    """Hide, on both sides of a training pair, the placeables that stand equally often on both.

    The edits of the source are given back, for others to join them.
    """
    protected = protect(source, src_lang)
    src_counts = Counter((p.kind, p.value) for _, p in protected.tokens)
    tgt_placeables = find_placeables(target, tgt_lang)
    tgt_counts = Counter((p.kind, p.value) for p in tgt_placeables)
    tokens = {
        key: token for token, p in protected.tokens if src_counts[key := (p.kind, p.value)] == tgt_counts[key]
    }
    src_edits = tuple(
        edit
        for edit, (_, p) in zip(protected.edits, protected.tokens, strict=True)
        if (p.kind, p.value) in tokens
    )
    tgt_edits = [
        Edit(span=p.span, text=tokens[p.kind, p.value]) for p in tgt_placeables if (p.kind, p.value) in tokens
    ]
    return src_edits, apply_edits(target, tgt_edits).text
