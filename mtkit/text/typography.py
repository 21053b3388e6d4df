"""Russian newspaper typography: only what is right whatever the text says.

«Ёлочки» with „лапки“ inside, an em dash with a no-break space before it, no-break spaces after № and in
numbers of five digits and more, no doubled spaces, none before punctuation. URLs, e-mail addresses, document
codes, dates, times and markup tokens stay as they are.
"""

from __future__ import annotations

import re

from mtkit.text.placeables import NO_BREAK_SPACE, fixed_placeables

_HIDDEN = "\ufffc"

_REPEATED_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}+(?=\S)")
_SPACE_BEFORE_STOP = re.compile(
    r"(?<=[\w»“”\")\]%°])[ \u00a0](?!\.\.)"
    r"(?=(?:,|[.!?]{1,3})(?:[\s»“”\")\]]|$)|[;:](?![ \u00a0]\d)(?:[\s»“”\"]|$))",
    re.MULTILINE,
)
_NUMERO = re.compile(rf"№(?:[ \u00a0]?\.)?[ \u00a0]?(?=[\w{_HIDDEN}])")

_DASH = re.compile(r"(?<=[^\s|—–-])[ \u00a0](?P<dash>--?|[–—])[ \u00a0](?=[^\s|—–-])")
_NEIGHBOUR = 40
_COUNTED = re.compile(r"[(«„]*(?:\d[\d.,]*|[IVXLC]+)[%°]?")
_SIGN_FOLLOWS = re.compile(r"(?:от|до|около|при|на|в|с|к|минус|плюс)", re.IGNORECASE)
_COMPOUND_STEM = re.compile(r"[а-яё]+[ое]", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"[а-яё-]+(?:[ыио]й|[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]м|[ое]м|ей|[ую]ю|[ыи]х|[ыи]ми)\W*", re.IGNORECASE
)

_GROUPED = re.compile(
    r"(?<![\w.,/:+-])(?<![)+][ \u00a0])(?<!\d[ \u00a0])"
    r"(?:[1-9]\d{1,2}(?:[ \u00a0]\d{3})+|[1-9](?:[ \u00a0]\d{3}){2,})"
    r"(?![\w/:]|-\d|[ \u00a0]\d)"
)
_TELEPHONE = re.compile(r"(?:тел|факс|номер|лини)\w*\.?\W{0,3}$", re.IGNORECASE)
_SOLID = re.compile(
    r"(?<![\w.,/:+–—-])(?<!№[ \u00a0])[1-9][0-9]{4,99}(?=(?:,\d+)?[ \u00a0]"
    r"(?:(?:донг|доллар|рубл|юан|иен|евро|человек|жител|семей|семьи|тонн|гектар|километр|метр|литр|штук|квартир"
    r"|домов|рабочих|участник|экземпляр)\w*|га|км|кг|м|т)\b)"
)

_OPENING, _CLOSING = "«„", "»”"
_QUOTE = re.compile(r"[\"«»„“”]")
_BEFORE_OPENING = "([{—–-/"
_AFTER_CLOSING = ".,;:!?…)]}—–-/»”"


def russian_typography(text: str) -> str:
    """Return Russian text in house typography; idempotent.

    Quotes of a line change only where all of them pair up, at most one inside another.
    """
    spans = [placeable.span for placeable in fixed_placeables(text)]
    hidden = [span.of(text) for span in spans]
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += (text[position : span.start], _HIDDEN)
        position = span.end
    masked = "".join((*pieces, text[position:]))
    if masked.count(_HIDDEN) != len(hidden):
        return text
    masked = _REPEATED_SPACES.sub(lambda m: NO_BREAK_SPACE if NO_BREAK_SPACE in m.group() else " ", masked)
    masked = "\n".join(_pair_quotes(line) for line in masked.split("\n"))
    masked = _SPACE_BEFORE_STOP.sub("", masked)
    masked = _DASH.sub(_set_dash, masked)
    masked = _NUMERO.sub(f"№{NO_BREAK_SPACE}", masked)
    masked = _GROUPED.sub(_join_groups, masked)
    masked = _SOLID.sub(lambda m: f"{int(m.group()):,}".replace(",", NO_BREAK_SPACE), masked)
    originals = iter(hidden)
    return re.sub(_HIDDEN, lambda _: next(originals), masked)


def _set_dash(match: re.Match[str]) -> str:
    """An em dash, unless a hyphen may be a minus, a range (XIX - XX) or inside a compound (социально - …)."""
    if match["dash"] != "—":
        left = match.string[max(0, match.start() - _NEIGHBOUR) : match.start()].split()[-1]
        right = match.string[match.end() : match.end() + _NEIGHBOUR].split()[0]
        if _COUNTED.match(right) and (_COUNTED.fullmatch(left) or _SIGN_FOLLOWS.fullmatch(left)):
            return match.group()
        if _COMPOUND_STEM.fullmatch(left) and _ADJECTIVE.fullmatch(right):
            return match.group()
    return f"{NO_BREAK_SPACE}— "


def _join_groups(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 20) : match.start()]
    return match.group() if _TELEPHONE.search(before) else match.group().replace(" ", NO_BREAK_SPACE)


def _pair_quotes(line: str) -> str:
    """The line with its quotes set by depth; unchanged where they do not pair or go deeper than two."""
    depth = 0
    opened: dict[int, bool] = {}
    for match in _QUOTE.finditer(line):
        opens = _opens(line, match.start(), opened)
        depth += 1 if opens else -1
        if opens is None or not 0 <= depth <= 2:
            return line
        opened[match.start()] = opens
    if depth:
        return line
    level = 0
    characters = list(line)
    for position, opens in opened.items():
        level += opens
        characters[position] = ("«»", "„“")[level - 1][not opens]
        level -= not opens
    return "".join(characters)


def _opens(line: str, position: int, opened: dict[int, bool]) -> bool | None:
    """Whether the quote at `position` opens, from its shape and neighbours; None where they disagree."""
    quote, before, after = line[position], line[position - 1 : position], line[position + 1 : position + 2]
    may_open = opened.get(position - 1, not before or before.isspace() or before in _BEFORE_OPENING)
    may_close = not after or after.isspace() or after in _AFTER_CLOSING or (after in '"“' and not may_open)
    if quote in _OPENING:
        return True if may_open else None
    if quote in _CLOSING:
        return False if may_close or not may_open else None
    if may_open != may_close:
        return may_open
    return False if quote == "“" and may_close and any(opened.values()) else None
