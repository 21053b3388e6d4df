"""Text with inline codes of XLIFF and TMX as parts of a block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from mtkit.documents.parts import Block, Break, DraftPiece, Part, Tag, Text, verbatim
from mtkit.documents.skeleton import on_one_line
from mtkit.documents.strings import gap_reading, string_parts
from mtkit.documents.xml_tokens import XmlToken, XmlTokens, escape_xml

Role = Literal["pair", "open", "close", "alone"]

_SPACES = re.compile(r"[ \t]+")
_LINE_END = re.compile(r"(?<![ \r\n]) ?(?:\r\n|\r|\n)(?! ?[\r\n]) ?")
_LINE_BREAK = re.compile(r"\s*<br\b", re.IGNORECASE)
_GAPS = {"lb": "line", "br": "line", "tab": "tab", "pb": "stop", "cb": "stop"}
"""What codes that show as white space are called, behind a prefix or not: xlf:lb, x-br."""
ESCAPE = "xml"


@dataclass(frozen=True, slots=True)
class _Gap:
    """A code that shows as white space, of a kind as gap_reading has it."""

    kind: str
    pieces: tuple[DraftPiece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineCodes:
    """What the elements inside a text are, by their names without the format's own `prefix`.

    "pair" encloses text; what any other one holds is native code, save for the text of a `sub` in it.
    Elements not named here are kept whole as "alone"; those that show as white space are read as such.
    """

    roles: Mapping[str, Role]
    prefix: str

    def parts(self, tokens: XmlTokens, begin: int, end: int, *, preserve: bool) -> list[Part]:
        """Tokens begin..end (`end` left out) as parts that are written as XML, comments left out.

        Without `preserve` (xml:space) white space is one space, save for blank lines and CDATA sections.
        """
        return _spaced(list(_read(list(self._parts(tokens, begin, end, preserve)))))

    def _parts(self, tokens: XmlTokens, begin: int, end: int, preserve: bool) -> Iterator[Part | _Gap]:
        index = begin
        while index < end:
            token = tokens[index]
            if token.kind in ("text", "cdata"):
                yield from _text(token, preserve)
            elif token.kind == "other":
                if token.raw.startswith("<?"):
                    yield Tag("alone", (token.raw,))
            elif token.kind == "end":
                yield _segment_edge(tokens, index) or Tag("close", (token.raw,))
            elif token.kind == "start" and self._is_pair(tokens, index):
                yield _segment_edge(tokens, index) or Tag("open", (token.raw,))
            else:
                role = self.roles.get(token.name.removeprefix(self.prefix), "alone")
                pieces = tuple(self._code(tokens, index, preserve))
                kind = _gap_kind(tokens, index) if role == "alone" else None
                yield _Gap(kind, pieces) if kind else Tag("alone" if role == "pair" else role, pieces)
                index = tokens.closes[index]
            index += 1

    def _is_pair(self, tokens: XmlTokens, index: int) -> bool:
        token = tokens[index]
        if self.roles.get(token.name.removeprefix(self.prefix)) != "pair":
            return False
        attributes = token.attributes()
        return attributes.get("mtype") != "protected" and attributes.get("translate") != "no"

    def _code(self, tokens: XmlTokens, index: int, preserve: bool) -> Iterator[DraftPiece]:
        """A code as it stands, with the text of each `sub` inside it as a block of its own."""
        end = tokens.closes[index] + 1
        literal = index
        if self.roles.get(tokens[index].name.removeprefix(self.prefix)) == "pair":
            yield tokens.raw(index, end)
            return
        while index < end:
            token = tokens[index]
            if token.kind == "start" and token.name == f"{self.prefix}sub":
                close = tokens.closes[index]
                yield tokens.raw(literal, index + 1)
                parts = self.parts(tokens, index + 1, close, preserve=preserve)
                yield Block(parts=parts, line=token.line, escape=ESCAPE)
                literal = index = close
            else:
                index += 1
        yield tokens.raw(literal, end)


def escape_slot(_kind: str, text: str, _last: bool) -> str:
    return escape_xml(on_one_line(text))


def plain_text(tokens: XmlTokens, begin: int, end: int) -> str:
    """The characters of tokens begin..end without tags, white space as one space."""
    text = "".join(token.text() for token in tokens.all[begin:end] if token.kind in ("text", "cdata"))
    return " ".join(text.split())


def _segment_edge(tokens: XmlTokens, index: int) -> Break | None:
    """<mrk mtype="seg"> and its end tag are the borders of a segment that a CAT tool made."""
    opening = tokens[tokens.opens.get(index, index)]
    return Break((tokens[index].raw,)) if opening.attributes().get("mtype") == "seg" else None


def _gap_kind(tokens: XmlTokens, index: int) -> str | None:
    attributes = tokens[index].attributes()
    for name in ("ctype", "type", "subType"):
        if kind := _GAPS.get(re.split("[:-]", attributes.get(name, ""))[-1]):
            return kind
    native = plain_text(tokens, index, tokens.closes[index])
    shown = (native, attributes.get("equiv-text", ""), attributes.get("equiv", ""))
    return "line" if any(map(_LINE_BREAK.match, shown)) else None


def _read(parts: Sequence[Part | _Gap]) -> Iterator[Part]:
    """Parts where each gap is a space in a sentence that goes on, or ends it."""
    lines = [""]
    for part in parts:
        if isinstance(part, Text):
            lines[-1] += part.text
        elif not isinstance(part, Tag):
            lines.append("")
    sides = pairwise(lines)
    for part in parts:
        if isinstance(part, Text | Tag):
            yield part
            continue
        before, after = next(sides)
        if isinstance(part, Break):
            yield part
        elif (reading := gap_reading(part.kind, before, after)) is None:
            yield Break(part.pieces)
        else:
            if reading:
                yield Text(reading, "")
            yield Tag("alone", part.pieces)


def _spaced(parts: list[Part]) -> list[Part]:
    """Let a code that stands between two spaces take the first with it, since its sentence keeps only one."""
    out: list[Part] = []
    for index, part in enumerate(parts):
        before = out[-1] if out else None
        follows = isinstance(before, Text) and before.text == before.raw and before.text[-1:] == " "
        if isinstance(part, Tag) and part.role == "alone" and follows and _before_space(parts, index + 1):
            out[-1] = verbatim(before.text[:-1])  # type: ignore[union-attr]
            part = Tag("alone", (" ", *part.pieces))
        out.append(part)
    return out


def _before_space(parts: list[Part], index: int) -> bool:
    """Whether white space comes next, codes that stand alone left out."""
    for part in parts[index:]:
        if isinstance(part, Text) and part.text:
            return part.text[0].isspace()
        if not isinstance(part, Tag) or part.role != "alone":
            return False
    return False


def _text(token: XmlToken, preserve: bool) -> Iterator[Part]:
    text = token.text()
    if not preserve and token.kind == "text":
        text = _LINE_END.sub(" ", _SPACES.sub(" ", text))
    yield from string_parts(text, escape_xml, wrapped=True)
