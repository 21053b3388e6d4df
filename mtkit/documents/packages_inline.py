"""The inside of a paragraph of an office document, and how it becomes parts of a block.

There text stands only within a run (DOCX) or a span (ODT) that names its character format. So a draft says
with control characters, which XML cannot hold, where markup stands and in which format text goes on; `finish`
makes runs of that at the end, of text that there is. However marks are moved, what comes out is valid.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from mtkit.documents.parts import Break, DraftPiece, Part, Tag, TagKind, Text, verbatim
from mtkit.documents.skeleton import on_one_line
from mtkit.documents.strings import gap_reading
from mtkit.documents.xml_parts import Element

MARKUP = "\x03"
"""From here to the next format stands markup."""

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_STRETCH = re.compile(r"[^&<>\s]+(?: [^&<>\s]+)*|\s|[&<>]")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMATTED = re.compile(r"\x01([^\x02]*)\x02([^\x01\x03]*)")
_NUMBER = re.compile(r"\x0e([^\x0f]*)\x0f([^\x10]*)\x10(\x01[^\x02]*\x02)([^\x11]*)\x11")
_BEFORE_GAP = re.compile(r"(?<! ) ++((?:\x01[^\x02]*\x02)*\x03\x04)")
_AFTER_GAP = re.compile(r"(\x05(?:\x01[^\x02]*\x02)+) +")
_SPACE_BEFORE, _SPACE_AFTER = "\x06", "\x07"
_NEEDS_SPACE_BEFORE = re.compile(r"(?<=[^\s\x00-\x1f])((?:\x01[^\x02]*\x02)*)\x06")
_NEEDS_SPACE_AFTER = re.compile(r"\x07((?:\x01[^\x02]*\x02)*)(?=[\w«(])")
_ENDS_WORD = (".", ",", ";", ":", "!", "?", ")", "»", "”")


@dataclass(frozen=True, slots=True)
class Words:
    """Text in one character format; `markup` is how it stands there where it is not plain text."""

    text: str
    form: str
    markup: str = ""
    kind: TagKind = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A tab, a line break, or a "stop" that always ends a sentence (a page break)."""

    kind: Literal["line", "tab", "stop"]
    markup: str


@dataclass(frozen=True, slots=True)
class Point:
    """Markup at one place (a picture, a footnote reference), with elements that may hold paragraphs.

    A `shown` one stands there like a word (a date, a formula), with the spaces around it.
    """

    markup: tuple[str | Element, ...]
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A field whose result is the number `shown`; a sentence around it is read with that number."""

    shown: str
    markup: str


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a range (a bookmark, a field); both make a pair where ranges do not cross."""

    key: str
    role: Literal["start", "end"]
    markup: tuple[str | Element, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Markup around text: a hyperlink, an insertion, a bookmark."""

    opening: tuple[str | Element, ...]
    children: tuple[Inline, ...]
    closing: tuple[str | Element, ...]
    kind: TagKind = ""


Inline = Words | Gap | Point | Number | Edge | Pair
Draft = Callable[[Element], Iterable[DraftPiece]]


def in_form(form: str) -> str:
    """From here text is in this character format."""
    return f"\x01{form}\x02"


def escape_xml(_kind: str, text: str, _last: bool) -> str:
    """Escape a target as character data on one line, without what XML cannot hold."""
    text = _ILLEGAL.sub("", on_one_line(text).replace("\t", " "))
    return re.sub("[&<>]", lambda match: _ESCAPES[match[0]], text)


def text_parts(text: str) -> Iterator[Text]:
    """Character data as parts of a block; white space other than blanks becomes a blank."""
    for match in _STRETCH.finditer(text):
        stretch = match[0]
        if stretch in _ESCAPES:
            yield Text(stretch, _ESCAPES[stretch])
        else:
            yield verbatim(" " if stretch in "\t\r\n" else stretch)


def words_in(inlines: Iterable[Inline]) -> str:
    """All text of the inlines."""
    return "".join(atom.text for atom in _atoms(inlines) if isinstance(atom, Words))


def block_parts(inlines: Sequence[Inline], draft: Draft) -> tuple[str, list[Part]]:
    """Return the format that most of a paragraph is in, to be stated before its parts, and these."""
    tree = _paired(inlines)
    emitter = _Emitter(draft, _readings(tree))
    form = _main_form(tree)
    emitter.add(tree, form)
    return form, emitter.parts


def finish(text: str, run: Callable[[str, str], str]) -> str:
    """Make runs of formatted text, with `run(form, escaped text)`."""
    text = _NUMBER.sub(_number, text)
    text = _NEEDS_SPACE_AFTER.sub(r" \1", _NEEDS_SPACE_BEFORE.sub(r"\1 ", text))
    text = re.sub("[\x06\x07]", "", text)
    text = _AFTER_GAP.sub(r"\1", _BEFORE_GAP.sub(r"\1", text))
    out: list[str] = []
    done = 0
    form = stretch = ""
    for match in _FORMATTED.finditer(text):
        if match.start() > done or match[1] != form:
            out += [run(form, stretch) if stretch else "", text[done : match.start()]]
            form, stretch = match[1], ""
        stretch += match[2]
        done = match.end()
    out += [run(form, stretch) if stretch else "", text[done:]]
    return re.sub("[\x03-\x05]", "", "".join(out))


def _number(match: re.Match[str]) -> str:
    """The field in place of its number; words that a target has there instead come after it."""
    markup, shown, form, text = match.groups()
    rest = _FORMATTED.sub(r"\2", text).strip()
    return markup if rest == shown else f"{markup}{form} {text}" if rest else markup


def _atoms(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Everything in reading order, without pairs around it."""
    for inline in inlines:
        if isinstance(inline, Pair):
            yield from _atoms(inline.children)
        else:
            yield inline


def _paired(inlines: Sequence[Inline]) -> list[Inline]:
    """Ranges as pairs; an edge without a partner, or of a range that crosses another, as a point."""
    ends = _partners(inlines)
    levels: list[tuple[int, tuple[str | Element, ...], list[Inline]]] = [(-1, (), [])]
    for index, node in enumerate(inlines):
        if isinstance(node, Edge) and index in ends:
            levels.append((ends[index], node.markup, []))
        elif isinstance(node, Edge) and index == levels[-1][0]:
            _, opening, children = levels.pop()
            levels[-1][2].append(_pair(opening, children, node.markup))
        elif isinstance(node, Edge):
            levels[-1][2].append(Point(node.markup))
        elif isinstance(node, Pair):
            levels[-1][2].append(_pair(node.opening, _paired(node.children), node.closing, node.kind))
        else:
            levels[-1][2].append(node)
    return levels[0][2]


def _partners(inlines: Sequence[Inline]) -> dict[int, int]:
    """Index of the first edge of a range -> index of its other edge, for ranges that cross no other."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    starts: dict[str, int] = {}
    crossed: set[int] = set()
    for index, node in enumerate(inlines):
        if not isinstance(node, Edge):
            continue
        if node.role == "start":
            crossed.add(starts.get(node.key, -1))
            starts[node.key] = index
            opened.append(index)
        elif node.key in starts:
            while opened[-1] in crossed:
                opened.pop()
            start = starts.pop(node.key)
            if opened[-1] == start:
                ends[opened.pop()] = index
            else:
                crossed.add(start)
    return ends


def _pair(
    opening: tuple[str | Element, ...],
    children: list[Inline],
    closing: tuple[str | Element, ...],
    kind: TagKind = "",
) -> Pair | Point:
    """A pair, or one point where there is no text in it."""
    kinds = {atom.kind for atom in _atoms(children) if isinstance(atom, Words)}
    if kinds:
        return Pair(opening, tuple(children), closing, kinds.pop() or kind if len(kinds) == 1 else kind)
    inside: list[str | Element] = []
    for atom in _atoms(children):
        if isinstance(atom, Point):
            inside += atom.markup
        elif isinstance(atom, Gap | Number):
            inside.append(atom.markup)
    return Point((*opening, *inside, *closing))


def _main_form(inlines: Sequence[Inline]) -> str:
    """The format of most letters that stand in no pair, or of most of all."""
    direct = [inline for inline in inlines if isinstance(inline, Words)]
    sizes: Counter[str] = Counter()
    for words in direct or [atom for atom in _atoms(inlines) if isinstance(atom, Words)]:
        sizes[words.form] += len(words.text.replace(" ", ""))
    return sizes.most_common(1)[0][0] if sizes else ""


def _readings(inlines: Iterable[Inline]) -> Iterator[str | None]:
    """For each tab, line break and number, in order: what it reads as in its sentence, or None.

    None for a gap that ends a sentence, and for a number that stands alone between such.
    """
    atoms = list(_atoms(inlines))
    lines = [""]
    for each in atoms:
        if isinstance(each, Gap):
            lines.append("")
        else:
            lines[-1] += _text(each)
    sides = pairwise(lines)
    readings: list[str | None] = []
    numbers: list[tuple[int, str]] = []
    has_words = False
    for atom in [*atoms, None]:
        if isinstance(atom, Number):
            numbers.append((len(readings), atom.shown))
            readings.append(None)
        elif isinstance(atom, Words):
            has_words = has_words or any(map(str.isalnum, atom.text))
        elif isinstance(atom, Gap):
            readings.append(gap_reading(atom.kind, *next(sides)))
        if atom is None or (isinstance(atom, Gap) and readings[-1] is None):
            for position, shown in numbers if has_words else ():
                readings[position] = shown
            numbers, has_words = [], False
    return iter(readings)


def _text(atom: Inline) -> str:
    return atom.text if isinstance(atom, Words) else atom.shown if isinstance(atom, Number) else ""


def _spaced(pieces: tuple[DraftPiece, ...]) -> tuple[DraftPiece, ...]:
    return (_SPACE_BEFORE, *pieces, _SPACE_AFTER)


class _Emitter:
    def __init__(self, draft: Draft, readings: Iterator[str | None]) -> None:
        self.draft = draft
        self.readings = readings
        self.parts: list[Part] = []
        self.spaced = False
        self.after_shown = False
        self.point: int | None = None

    def add(self, inlines: Iterable[Inline], base: str) -> None:
        """Add parts that begin and end in the format `base`."""
        form = base
        for inline in inlines:
            if isinstance(inline, Words | Pair):
                form = self._change(form, inline if isinstance(inline, Words) else Words("", base), base)
            match inline:
                case Words():
                    self._words(inline)
                case Gap():
                    self._gap(inline, form)
                case Number():
                    self._number(inline, form)
                case Pair():
                    inner = _main_form(inline.children)
                    self.parts.append(Tag("open", self._pieces(inline.opening, inner), kind=inline.kind))
                    self.add(inline.children, inner)
                    self.parts.append(Tag("close", self._pieces(inline.closing, base)))
                case Point():
                    pieces = self._pieces(inline.markup, form)
                    if inline.shown and self.spaced:
                        pieces = _spaced(pieces)
                        self.after_shown = True
                    self.point = len(self.parts) if self.spaced and not inline.shown else None
                    self.parts.append(Tag("alone", pieces))
        self._change(form, Words("", base), base)

    def _words(self, words: Words) -> None:
        text = words.text
        if self.point is not None and text.startswith(" "):
            point = self.parts[self.point]
            if isinstance(point, Tag):
                self.parts[self.point] = Tag("alone", _spaced(point.pieces))
                self.after_shown = True
        if words.markup:
            text = text.removeprefix(" ") if self.after_shown else text
            self.parts.append(Text(text, f"{MARKUP}{words.markup}{in_form(words.form)}"))
        else:
            if self.after_shown and text.startswith(" "):
                self.parts.append(Text("", " "))
                text = text[1:]
            elif self.after_shown and text.startswith(_ENDS_WORD):
                self._hide_last_space()
            self.parts += text_parts(text)
        if words.text:
            self.spaced, self.after_shown, self.point = words.text.endswith(" "), False, None

    def _hide_last_space(self) -> None:
        """Read "a formula {} ." as "a formula {}."."""
        for index in range(len(self.parts) - 1, -1, -1):
            part = self.parts[index]
            if isinstance(part, Text) and part.text:
                if part.text == part.raw and part.text.endswith(" "):
                    self.parts[index : index + 1] = [verbatim(part.text[:-1]), Text("", " ")]
                return

    def _number(self, number: Number, form: str) -> None:
        if next(self.readings) is None:
            self.parts.append(Tag("alone", (MARKUP + number.markup + in_form(form),)))
            return
        field = f"{MARKUP}\x0e{number.markup}\x0f{number.shown}\x10{in_form(form)}"
        self.parts += [Tag("open", (field,)), verbatim(number.shown)]
        self.parts.append(Tag("close", (f"\x11{in_form(form)}",)))
        self.spaced = self.after_shown = False

    def _change(self, form: str, to: Words, base: str) -> str:
        if form != to.form:
            if form != base:
                self.parts.append(Tag("close", (in_form(base),)))
            if to.form != base:
                self.parts.append(Tag("open", (in_form(to.form),), kind=to.kind))
        return to.form

    def _gap(self, gap: Gap, form: str) -> None:
        reading = next(self.readings)
        self.spaced = self.after_shown = False
        if reading is None:
            self.parts.append(Break((f"{MARKUP}{gap.markup}{in_form(form)}",)))
            return
        if reading:
            self.parts.append(Text(reading, ""))
        self.parts.append(Tag("alone", (f"{MARKUP}\x04{gap.markup}\x05{in_form(form)}",)))

    def _pieces(self, markup: tuple[str | Element, ...], form: str) -> tuple[DraftPiece, ...]:
        pieces: list[DraftPiece] = [MARKUP]
        for each in markup:
            pieces += [each] if isinstance(each, str) else self.draft(each)
        return (*pieces, in_form(form))
