"""XML cut into tokens that rejoin to the very text, for formats that edit a file instead of rebuilding it.

Expat says first that the text is well-formed, so the tokens need no error handling. Entities that a document
defines are refused and nothing outside it is read (no DTD, no network).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Literal
from xml.parsers import expat
from xml.sax.saxutils import escape

from mtkit.documents.files import read_text
from mtkit.errors import FormatError

_DECLARED = re.compile(r"""\ufeff?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)""")
_MARKUP = re.compile(
    r"""<(?:
        !--.*?--
      | !\[CDATA\[(?P<cdata>.*?)\]\]
      | \?.*?\?
      | !DOCTYPE(?:[^\["'>]++|"[^"]*+"|'[^']*+'|\[.*?\](?=\s*>))*+
      | (?P<slash>/?)(?P<name>[^\s/>]++)(?:[^"'>]++|"[^"]*+"|'[^']*+')*+
    )>""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/<]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_NO_ENTITIES = "Write out the text that stands behind its name."

Kind = Literal["text", "cdata", "start", "end", "empty", "other"]


@dataclass(frozen=True, slots=True)
class XmlToken:
    """`name` has its prefix; `other` is a comment, an instruction, a declaration; `line` counts from 1."""

    kind: Kind
    raw: str
    name: str
    line: int

    def text(self) -> str:
        """The characters that a text or a CDATA section stands for."""
        return self.raw[9:-3] if self.kind == "cdata" else unescape(self.raw)

    @property
    def local_name(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    def opened(self) -> str:
        """The tag of an element that is not to be empty any more, or that was not."""
        return f"{self.raw[:-2].rstrip()}>" if self.kind == "empty" else self.raw

    def attributes(self) -> dict[str, str]:
        """Attributes of a tag by their names as written, with references resolved."""
        return {match[1]: unescape(match[2] or match[3] or "") for match in _ATTRIBUTE.finditer(self.raw)}

    def with_attributes(self, values: Mapping[str, str]) -> str:
        """The tag with these attributes; those it has keep their place and quotes, others come last."""
        raw, left = self.raw, dict(values)
        out: list[str] = []
        done = 0
        for match in _ATTRIBUTE.finditer(raw):
            if match[1] in left:
                group = 2 if match[2] is not None else 3
                out += [raw[done : match.start(group)], _attribute(left.pop(match[1]))]
                done = match.end(group)
        end = len(raw) - (2 if self.kind == "empty" else 1)
        rest = raw[done:end]
        added = "".join(f' {name}="{_attribute(value)}"' for name, value in left.items())
        space = rest[len(rest.rstrip()) :] if added else ""
        return "".join(out) + rest.removesuffix(space) + added + space + raw[end:]


class XmlTokens:
    """The tokens of a file; `closes` maps the index of a start tag to that of its end tag, `opens` back.

    A token that is no tag, or the tag of an empty element, closes itself.
    """

    def __init__(self, text: str) -> None:
        self.all = list(_tokenize(text))
        self.closes: dict[int, int] = {}
        self.opens: dict[int, int] = {}
        opened: list[int] = []
        for index, token in enumerate(self.all):
            if token.kind == "start":
                opened.append(index)
            elif token.kind == "end":
                self.opens[index] = opened.pop()
                self.closes[self.opens[index]] = index
            else:
                self.closes[index] = index

    def __getitem__(self, index: int) -> XmlToken:
        return self.all[index]

    def __len__(self) -> int:
        return len(self.all)

    def root(self) -> int:
        """Index of the root element's tag."""
        return next(i for i, token in enumerate(self.all) if token.kind in ("start", "empty"))

    def children(self, parent: int) -> Iterator[int]:
        """Indices of the tags that begin child elements."""
        index, end = parent + 1, self.closes[parent]
        while index < end:
            if self.all[index].kind in ("start", "empty"):
                yield index
            index = self.closes[index] + 1

    def child(self, parent: int, name: str) -> int | None:
        """Index of the first child element of this name."""
        return next((index for index in self.children(parent) if self.all[index].name == name), None)

    def raw(self, begin: int, end: int) -> str:
        """The text of tokens begin..end, `end` left out."""
        return "".join(token.raw for token in self.all[begin:end])

    def indent(self, index: int) -> str:
        """White space on the line break before an element, "" where it stands on no line of its own."""
        before = self.all[index - 1].raw if index else ""
        space = before[len(before.rstrip()) :]
        return space if "\n" in space or "\r" in space else ""


def read_xml(raw: bytes, path: str) -> str:
    """Text of an XML file in the encoding that it declares; a UTF-8 byte order mark stays as its first sign.

    A blank file gives its blanks. Raises FormatError naming the line where the file is not well-formed, not
    in its encoding, or defines an entity.
    """
    text = _decode(raw, path)
    if text.strip(" \t\r\n\ufeff"):
        _check(text.removeprefix("\ufeff"), path)
    return text


def encode_xml(text: str) -> bytes:
    """The file in the encoding that it declares, UTF-8 where it declares none; UTF-16 gets its mark."""
    declared = _DECLARED.match(text)
    label = declared[1].lower() if declared else "utf-8"
    if label in ("utf-16", "utf-16le", "utf-16be", "ucs-2"):
        return text.removeprefix("\ufeff").encode("utf-16")
    if label.startswith("utf"):
        return text.encode()
    return text.encode(label, "xmlcharrefreplace")


def escape_xml(text: str) -> str:
    """Text as character data; characters that XML 1.0 does not know are left out."""
    return _ILLEGAL.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(value: str) -> str:
    return escape(value, {'"': "&quot;", "'": "&apos;"})


def _tokenize(text: str) -> Iterator[XmlToken]:
    done, line = 0, 1
    for match in _MARKUP.finditer(text):
        if done < match.start():
            stretch = text[done : match.start()]
            yield XmlToken("text", stretch, "", line)
            line += _line_ends(stretch)
        raw = match[0]
        yield XmlToken(_kind(match), raw, match["name"] or "", line)
        line += _line_ends(raw)
        done = match.end()
    if done < len(text):
        yield XmlToken("text", text[done:], "", line)


def _line_ends(raw: str) -> int:
    return raw.count("\n") or raw.count("\r")


def _kind(match: re.Match[str]) -> Kind:
    if match["name"]:
        return "end" if match["slash"] else "empty" if match[0].endswith("/>") else "start"
    return "other" if match["cdata"] is None else "cdata"


def _decode(raw: bytes, path: str) -> str:
    declared = _DECLARED.match(raw[:200].decode("latin-1").removeprefix("ï»¿"))
    label = declared[1].lower() if declared else "utf-8"
    if label.startswith(("utf", "ucs")) or b"\0" in raw[:200] or raw.startswith(codecs.BOM_UTF8):
        text = read_text(raw, path)
        if raw.startswith(_UTF16) and not raw.startswith(_UTF32):
            return raw.decode("utf-16")
        return "\ufeff" + text if raw.startswith(codecs.BOM_UTF8) else text
    try:
        text = raw.decode(label)
    except LookupError as error:
        problem = f"it says its encoding is {label!r}, which is not known."
        raise FormatError(path, problem, "Save it in UTF-8.", 1) from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FormatError(path, f"it is not in {label}, as it says.", "Save it in UTF-8.", line) from error
    if "\0" in text:
        raise FormatError(path, "NUL byte: a binary file, not text.", "Save it as XML in UTF-8.", 1)
    return text


def _check(text: str, path: str) -> None:
    parser = expat.ParserCreate()

    def refuse(name: str, *_: object) -> None:
        problem = f"it defines an entity of its own, {name}."
        raise FormatError(path, problem, _NO_ENTITIES, parser.CurrentLineNumber)

    def skipped(name: str, *_: object) -> None:
        problem = f"it uses an entity of its own, {name}."
        raise FormatError(path, problem, _NO_ENTITIES, parser.CurrentLineNumber)

    parser.EntityDeclHandler = refuse
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        problem = f"not well-formed XML at column {error.offset + 1}: {reason}."
        raise FormatError(path, problem, "Mend it, or export it again.", error.lineno) from error
