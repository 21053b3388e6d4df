"""HTML, whole pages and fragments, broken ones too: text is replaced in place, markup is never rebuilt.

Translated: text of blocks, <title>, the attributes alt, title, aria-label and placeholder, descriptions and
social-media titles in <meta>. Left alone: what translate="no" or class notranslate covers, script, style,
code, pre, kbd, samp, textarea, math, svg, comments. Inline elements (a, b, span…) do not end a sentence and
come back around words of its target by `mtkit.documents.placement`; <br>, images, untranslated elements and
links in a list of such (menus, topics) do end one. A page that names its encoding gets utf-8 there, and its
lang becomes the target language. Marks of notes are no text (`mtkit.documents.note_marks`).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from mtkit.documents.files import read_text
from mtkit.documents.flow import assemble
from mtkit.documents.html_article import extract_article
from mtkit.documents.html_elements import (
    ENDS_BEFORE,
    INLINE,
    INSIDE_SENTENCE,
    KINDS,
    META,
    ROLES,
    TRANSLATED_ATTRIBUTES,
    UNTRANSLATED,
    VOID,
)
from mtkit.documents.html_tokens import Token, characters, tokenize
from mtkit.documents.parts import Alternative, Block, Break, DraftPiece, Part, Tag, Text, verbatim
from mtkit.documents.text_format import TextFormat
from mtkit.errors import FormatError
from mtkit.types import Document

_UNEVEN_SPACE = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]|\A ")
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?\s*|<\?xml[^>]{0,100}?encoding=["'])([\w.:-]+)""",
    re.IGNORECASE,
)
_CHARSET = re.compile(
    r"""(charset\s*=\s*["']?\s*|<\?xml[^>]*?encoding=["'])(?!utf-8\b)([\w.:-]+)""", re.IGNORECASE
)
_SNIFF = re.compile(
    r"""\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*+<(?:!doctype\s+html
    |(?:html|head|body|article|section|main|div|p|h[1-6]|ul|ol|table|figure|meta|title)[\s>])""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlOptions:
    """With `article` a page becomes its article alone (see mtkit.documents.html_article)."""

    article: bool = False


def escape_html(kind: str, text: str, _last: bool) -> str:
    return escape(text, quote=kind == "html-attribute")


class HtmlFormat(TextFormat):
    """Pages and fragments; a fragment comes back as one."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")
    options_type = HtmlOptions
    escape = staticmethod(escape_html)

    def __init__(self, options: HtmlOptions = HtmlOptions()) -> None:
        self.options = options

    def sniff(self, head: bytes) -> bool:
        return _SNIFF.match(head.decode("utf-8", "ignore").lstrip("\ufeff")) is not None

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        html = _decode(raw, path)
        if self.options.article:
            html = extract_article(html, path)
        draft = draft_html(html, tgt_lang)
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)


def draft_html(html: str, tgt_lang: str, line: int = 1) -> list[DraftPiece]:
    """Return literals and blocks of HTML whose first line is `line`."""
    reader = _Reader(tgt_lang=tgt_lang, line=line)
    for token in tokenize(html):
        reader.add(token)
    reader.flush()
    return reader.draft


def inline_part(token: Token) -> Part:
    """Return an inline element's tag, or whatever else stands between words, as a part of a block."""
    if token.kind == "other":
        return Tag("alone", (token.raw,))
    if token.name in INLINE:
        return Tag("open" if token.kind == "start" else "close", (token.raw,), kind=KINDS.get(token.name, ""))
    return Break((token.raw,))


def is_untranslated(token: Token) -> bool:
    """Whether a start tag keeps its element from being translated."""
    return _translatable(token, True) is False


def _decode(raw: bytes, path: str) -> str:
    """Decode by the encoding the page names, which is how a browser would read it; else as any text."""
    declared = _DECLARED.search(raw[:2048])
    label = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    label = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(label, label)
    if label.startswith("utf") or b"\0" in raw:
        return read_text(raw, path)
    try:
        codecs.lookup(label)
        text = raw.decode(label)
    except LookupError as error:
        problem = f"it says its encoding is {label!r}, which is not known."
        raise FormatError(path, problem, "Convert it to UTF-8 and say so in its <meta charset>.") from error
    except UnicodeError:
        return read_text(raw, path)
    return text


def _translatable(token: Token, inherited: bool) -> bool:
    translatable = inherited and token.name not in UNTRANSLATED
    for attribute in token.attributes():
        if attribute.name == "translate":
            translatable = attribute.value.strip().lower() != "no"
        elif attribute.name == "class" and "notranslate" in attribute.value.split():
            return False
    return translatable


def _text_parts(raw: str, *, after_space: bool = False, in_attribute: bool = False) -> Iterator[Text]:
    """Character data with references resolved and white space collapsed."""
    for text, written in characters(raw, in_attribute=in_attribute):
        if text != written:
            yield Text(text, written)
            after_space = False
            continue
        done = 0
        for match in _UNEVEN_SPACE.finditer(text):
            if done < match.start():
                yield verbatim(text[done : match.start()])
                after_space = text[match.start() - 1] == " "
            yield Text("" if after_space else " ", match[0])
            after_space = True
            done = match.end()
        if done < len(text):
            rest = text[done:]
            yield verbatim(rest)
            after_space = rest[-1] == " "


class _Open(NamedTuple):
    """An element whose end tag is to come; `role` is its own or that of what it stands in."""

    name: str
    translatable: bool
    role: str


@dataclass(slots=True)
class _Reader:
    tgt_lang: str
    line: int
    draft: list[DraftPiece] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    block_line: int = 0
    open_elements: list[_Open] = field(default_factory=list)
    open_names: Counter[str] = field(default_factory=Counter)
    page_lang: str = ""

    def add(self, token: Token) -> None:
        if token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token)
        elif token.kind == "other":
            raw = _CHARSET.sub(r"\1utf-8", token.raw) if token.raw.startswith("<?xml") else token.raw
            self.parts.append(Tag("alone", (raw,)))
        elif self._translating() and (token.kind == "text" or token.name == "title"):
            self._text(token.raw)
        else:
            self.parts.append(Break((token.raw,)))
        self.line += token.raw.count("\n")

    def flush(self) -> None:
        """End the block: make one of what was gathered."""
        if self.parts:
            role = self.open_elements[-1].role if self.open_elements else ""
            tags = (role,) if role else ()
            self.draft.append(
                Block(parts=self.parts, line=self.block_line or self.line, escape="html", tags=tags)
            )
        self.parts = []
        self.block_line = 0

    def _translating(self) -> bool:
        return not self.open_elements or self.open_elements[-1].translatable

    def _text(self, raw: str) -> None:
        indent = len(raw) - len(raw.lstrip())
        if not self.block_line and indent < len(raw):
            self.block_line = self.line + raw.count("\n", 0, indent)
        before = next((part for part in reversed(self.parts) if not isinstance(part, Tag)), None)
        after_space = isinstance(before, Text) and (before.text or " ")[-1] == " "
        self.parts.extend(_text_parts(raw, after_space=after_space))

    def _start(self, token: Token) -> None:
        inside = token.name in INSIDE_SENTENCE
        if not inside:
            self.flush()
        closes = ENDS_BEFORE.get(token.name, frozenset())
        while self.open_elements and self.open_elements[-1].name in closes:
            self.open_names[self.open_elements.pop().name] -= 1
        translatable = _translatable(token, self._translating())
        pieces = self._with_attributes(token, translatable)
        if not inside:
            self.draft.extend(pieces)
        elif translatable and token.name in INLINE:
            self.parts.append(Tag("open", pieces, kind=KINDS.get(token.name, "")))
        else:
            self.parts.append(Break(pieces))
        if token.name not in VOID:
            outer = self.open_elements[-1].role if self.open_elements else ""
            self.open_elements.append(_Open(token.name, translatable, ROLES.get(token.name, outer)))
            self.open_names[token.name] += 1

    def _end(self, token: Token) -> None:
        if token.name not in INSIDE_SENTENCE:
            self.flush()
            self._close(token.name)
            self.draft.append(token.raw)
            return
        self.parts.append(inline_part(token) if self._translating() else Break((token.raw,)))
        self._close(token.name)

    def _close(self, name: str) -> None:
        """Close the innermost open element of this name; an inline one not across the border of a block."""
        if not self.open_names[name]:
            return
        for index in range(len(self.open_elements) - 1, -1, -1):
            opened = self.open_elements[index].name
            if opened == name:
                self.open_names.subtract(element.name for element in self.open_elements[index:])
                del self.open_elements[index:]
                return
            if name in INSIDE_SENTENCE and opened not in INSIDE_SENTENCE:
                return

    def _with_attributes(self, token: Token, translatable: bool) -> tuple[DraftPiece, ...]:
        """A start tag as pieces, with blocks for the attribute values to translate."""
        if token.name == "meta":
            token = Token("start", _CHARSET.sub(r"\1utf-8", token.raw), token.name)
        attributes = list(token.attributes())
        described = token.name == "meta" and any(
            attribute.name in ("name", "property") and attribute.value.lower() in META
            for attribute in attributes
        )
        pieces: list[DraftPiece] = []
        done = 0
        for attribute in attributes:
            written = token.raw[attribute.start : attribute.end]
            piece: DraftPiece | None = None
            if attribute.name in ("lang", "xml:lang") and written:
                piece = self._lang(attribute.value, written)
            elif translatable and (
                attribute.name in TRANSLATED_ATTRIBUTES or (described and attribute.name == "content")
            ):
                parts = tuple(_text_parts(written, in_attribute=True))
                line = self.line + token.raw.count("\n", 0, attribute.start)
                role = "description" if described else attribute.name
                piece = Block(parts=parts, line=line, escape="html-attribute", tags=(role,))
                if not attribute.quoted:
                    piece = Alternative(written, ('"', piece, '"'))
            if piece is not None:
                pieces += [token.raw[done : attribute.start], piece]
                done = attribute.end
        return (*pieces, token.raw[done:])

    def _lang(self, value: str, written: str) -> DraftPiece:
        """The language of the page, and wherever it is named again, becomes the target language."""
        primary = value.strip().lower().partition("-")[0]
        self.page_lang = self.page_lang or primary
        return Alternative(written, (self.tgt_lang,)) if primary == self.page_lang else written
