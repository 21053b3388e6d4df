"""XML of a package as elements that know where they stand in it, so that all else stays as it was.

The parser is expat; a document type declaration is refused before anything in it is read, so that there are
neither entities nor external references.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from mtkit.errors import FormatError

MOST_DEPTH = 128
"""Of elements in each other; thirty tables in one another need less."""

_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_DECLARED = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""")
_SEPARATOR = "\x01"
_XML = "http://www.w3.org/XML/1998/namespace"
_SAVE_AGAIN = "Open it in the program it came from and save it again."


@dataclass(slots=True)
class Element:
    """`name` has the prefix of the reader's table ("w:p"), or its namespace in braces.

    Positions are byte offsets in the part: of its first tag, its content, and its end.
    """

    name: str
    attributes: dict[str, str]
    start: int
    inner_start: int = 0
    inner_end: int = 0
    end: int = 0
    children: list[Element | str] = field(default_factory=list)

    def elements(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    def child(self, *names: str) -> Element | None:
        """The first descendant by this path of child elements."""
        found: Element | None = self
        for name in names:
            found = next((each for each in found.elements() if each.name == name), None) if found else None
        return found

    def text(self) -> str:
        """Characters that stand directly in it."""
        return "".join(child for child in self.children if isinstance(child, str))

    def descendants(self) -> Iterator[Element]:
        """All elements in it, in order."""
        waiting = self.elements()[::-1]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += element.elements()[::-1]


@dataclass(frozen=True, slots=True)
class XmlPart:
    """`prefixes` say how the table's prefixes are written here, with their colon: {"w": "w:"}."""

    name: str
    content: bytes
    encoding: str
    root: Element
    prefixes: Mapping[str, str]

    def raw(self, start: int, end: int) -> str:
        return self.content[start:end].decode()

    def raw_of(self, element: Element) -> str:
        return self.raw(element.start, element.end)


def encode_part(text: str, encoding: str) -> bytes:
    """Encode as `XmlPart.encoding` says."""
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)


def parse_part(raw: bytes, path: str, name: str, namespaces: Mapping[str, str]) -> XmlPart:
    """Parse a part of a document; `namespaces` maps URIs to prefixes. Raises FormatError."""
    content, encoding = _as_utf8(raw, path, name)
    builder = _Builder(content, path, name, namespaces)
    parser = expat.ParserCreate("utf-8", _SEPARATOR)
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.buffer_size = 1 << 20
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    builder.parser = parser
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        where = f"line {error.lineno}, column {error.offset + 1}"
        problem = f"its part {name} is no valid XML: {expat.ErrorString(error.code)} at {where}."
        raise FormatError(path, problem, _SAVE_AGAIN) from error
    return XmlPart(name, content, encoding, builder.open_elements[0].elements()[0], builder.prefixes)


def _as_utf8(raw: bytes, path: str, name: str) -> tuple[bytes, str]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16").encode(), "utf-16"
        except UnicodeDecodeError as error:
            problem = f"its part {name} is broken UTF-16 at byte {error.start}."
            raise FormatError(path, problem, _SAVE_AGAIN) from error
    encoding = "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8"
    declared = _DECLARED.match(raw.removeprefix(codecs.BOM_UTF8))
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        problem = f"its part {name} says its encoding is {declared[1].decode()}, not UTF-8."
        raise FormatError(path, problem, _SAVE_AGAIN)
    return raw.removeprefix(codecs.BOM_UTF8), encoding


class _Builder:
    parser: expat.XMLParserType

    def __init__(self, content: bytes, path: str, name: str, namespaces: Mapping[str, str]) -> None:
        self.content = content
        self.path = path
        self.name = name
        self.namespaces = {**namespaces, _XML: "xml"}
        self.names: dict[str, str] = {}
        self.prefixes: dict[str, str] = {}
        self.open_elements = [Element("", {}, 0)]

    def doctype(self, *_: object) -> NoReturn:
        problem = f"its part {self.name} has a document type declaration, which no office program writes."
        raise FormatError(self.path, problem, "Do not open it, or have it saved again by its author.")

    def start(self, name: str, attributes: list[str]) -> None:
        if len(self.open_elements) > MOST_DEPTH:
            problem = f"its part {self.name} has elements more than {MOST_DEPTH} deep in each other."
            raise FormatError(self.path, problem, "Make it flatter.")
        at = self.parser.CurrentByteIndex
        tag = _TAG.match(self.content, at)
        end = tag.end() if tag else at
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        element = Element(
            self._short(name), {self._short(key): value for key, value in pairs}, at, end, end, end
        )
        self.open_elements[-1].children.append(element)
        self.open_elements.append(element)

    def end(self, _name: str) -> None:
        element = self.open_elements.pop()
        if not self.content.startswith(b"/>", element.inner_start - 2):
            at = self.parser.CurrentByteIndex
            element.inner_end = at
            element.end = self.content.index(b">", at) + 1

    def characters(self, text: str) -> None:
        children = self.open_elements[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)

    def _short(self, name: str) -> str:
        """Give expat's name (namespace, local name, prefix) the prefix of the table."""
        short = self.names.get(name)
        if short is None:
            namespace, local, written = (
                [*name.split(_SEPARATOR), ""][:3] if _SEPARATOR in name else ("", name, "")
            )
            if prefix := self.namespaces.get(namespace):
                short = f"{prefix}:{local}"
                self.prefixes.setdefault(prefix, f"{written}:" if written else "")
            else:
                short = f"{{{namespace}}}{local}" if namespace else local
            self.names[name] = short
        return short
