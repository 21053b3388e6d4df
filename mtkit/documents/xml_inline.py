"""Text with inline codes of XLIFF and TMX as parts of a block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from mtkit.documents.flow import Block, Break, DraftPiece, Part, Tag, Text, verbatim
from mtkit.documents.skeleton import on_one_line
from mtkit.documents.strings import string_parts
from mtkit.documents.xml_tokens import XmlToken, XmlTokens, escape_xml

Role = Literal["pair", "open", "close", "alone"]

_SPACES = re.compile(r"[ \t]+")
_LINE_END = re.compile(r"(?<![ \r\n]) ?(?:\r\n|\r|\n)(?! ?[\r\n]) ?")
ESCAPE = "xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineCodes:
    """What the elements inside a text are, by their names without the format's own `prefix`.

    "pair" encloses text; what any other one holds is native code, save for the text of a `sub` in it.
    Elements not named here are kept whole as "alone".
    """

    roles: Mapping[str, Role]
    prefix: str

    def parts(self, tokens: XmlTokens, begin: int, end: int, *, preserve: bool) -> list[Part]:
        """Tokens begin..end (`end` left out) as parts that are written as XML, comments left out.

        Without `preserve` (xml:space) white space is one space, save for blank lines and CDATA sections.
        """
        return _spaced(list(self._parts(tokens, begin, end, preserve)))

    def _parts(self, tokens: XmlTokens, begin: int, end: int, preserve: bool) -> Iterator[Part]:
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
                yield Tag("alone" if role == "pair" else role, pieces)
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
