"""Markdown (CommonMark with tables and strikethrough): only text is replaced, every other byte stays.

Translated: headings, paragraphs, list entries, quotes, table cells, link texts, alt texts, HTML blocks as
`mtkit.documents.html` has it, a few fields of the front matter. Left alone: code, link targets and titles,
reference definitions, footnote labels, comments, and HTML blocks inside lists or quotes. A paragraph wrapped
over several lines is one text; a translated sentence stands on one line. Emphasis and links do not end a
sentence and come back around words of its target by `mtkit.documents.placement`; inline code, <URLs>, images
and hard line breaks do end one.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.token import Token

from mtkit.documents.files import read_text
from mtkit.documents.flow import assemble
from mtkit.documents.html import draft_html, escape_html
from mtkit.documents.markdown_inline import (
    FOOTNOTE_DEFINITION,
    InlineReader,
    MisalignedError,
    escape_markdown,
)
from mtkit.documents.parts import Alternative, Block, Break, DraftPiece, Part, Text
from mtkit.documents.skeleton import on_one_line, split_lines
from mtkit.documents.text_format import TextFormat
from mtkit.types import Document

_FRONT_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*\r?\n(?=\s*(?:#|[\w\"'-]+\s*[:=])|(?P=mark))"
    r"(?:[^\r\n]*\r?\n)*?(?P=mark)[ \t]*(?:\r?\n|\Z)"
)
_FIELD = re.compile(r"(?P<key>[\w-]+)(?P<sign>[ \t]*[:=][ \t]*)(?P<value>[^\r\n]*?)[ \t]*(?=\r?\n|\Z)")
_PLAIN_VALUE = re.compile(r"[^\W_](?:(?!: | #)[^\r\n])*")
_SNIFF_HEADING = re.compile(r"\s{0,3}#{1,6} [^\n]+\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownOptions:
    """`front_matter` names the fields whose one-line values are translated."""

    front_matter: tuple[str, ...] = ("title", "subtitle", "headline", "description", "summary", "lead")


class MarkdownFormat(TextFormat):
    name = "markdown"
    suffixes = (".md", ".markdown")
    options_type = MarkdownOptions

    def __init__(self, options: MarkdownOptions = MarkdownOptions()) -> None:
        self.options = options

    def sniff(self, head: bytes) -> bool:
        text = head.decode("utf-8", "ignore").lstrip("\ufeff").replace("\r\n", "\n")
        return bool(_FRONT_MATTER.match(text) or _SNIFF_HEADING.match(text))

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        text = read_text(raw, path)
        front = _FRONT_MATTER.match(text)
        start = front.end() if front else 0
        draft = list(self._front_matter(text[:start]))
        draft += _Reader(text, start, tgt_lang).draft()
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)

    @staticmethod
    def escape(kind: str, text: str, last: bool) -> str:
        text = on_one_line(text)
        if kind.startswith("html"):
            return escape_html(kind, text, last)
        if kind.startswith("markdown"):
            return escape_markdown(kind, text, last)
        return _in_double_quotes(text) if kind == "double-quoted" else text

    def _front_matter(self, text: str) -> Iterator[DraftPiece]:
        for number, (line, end) in enumerate(split_lines(text), 1):
            match = _FIELD.fullmatch(line)
            if match and match["key"] in self.options.front_matter:
                yield line[: match.start("value")]
                yield from _front_matter_value(match["value"], number)
                yield line[match.end("value") :] + end
            else:
                yield line + end


def _front_matter_value(value: str, line: int) -> Iterator[DraftPiece]:
    """A value on one line, plain or quoted; once it is translated, it stands in double quotes."""
    inner = value[1:-1]
    quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
    if quoted and "\\" not in inner and value[0] not in inner:
        yield _double_quoted(value, inner, line)
    elif _PLAIN_VALUE.fullmatch(value):
        yield _double_quoted(value, value, line)
    else:
        yield value


def _double_quoted(value: str, text: str, line: int) -> DraftPiece:
    parts = tuple(Text(stretch, _in_double_quotes(stretch)) for stretch in re.split(r"([\"\\])", text))
    block = Block(parts=parts, line=line, escape="double-quoted", tags=("headline",))
    return Alternative(value, ('"', block, '"'))


def _in_double_quotes(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


class _Reader:
    """Finds the blocks that markdown-it names by line in the text itself."""

    def __init__(self, text: str, start: int, tgt_lang: str) -> None:
        self._text = text
        self._at = start
        self._tgt_lang = tgt_lang
        self._first_line = len(split_lines(text[:start])) + 1
        self._lines: list[tuple[int, str]] = []
        for line, end in split_lines(text[start:]):
            self._lines.append((start, line))
            start += len(line) + len(end)

    def draft(self) -> list[DraftPiece]:
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
        parser.block.ruler.at("reference", _reference)
        draft: list[DraftPiece] = []
        containers: list[Token] = []
        for token in _with_notes(parser.parse(self._text[self._at :]), parser):
            if token.nesting > 0:
                containers.append(token)
            elif token.nesting < 0:
                containers.pop()
            elif token.type == "inline" and token.content:
                draft += self._inline(token, containers)
            elif token.type == "html_block":
                draft += self._html(token)
        draft.append(self._text[self._at :])
        return draft

    def _inline(self, token: Token, containers: list[Token]) -> Iterator[DraftPiece]:
        holder = containers[-1]
        first = token.map[0] if token.map else 0
        is_cell = holder.type in ("td_open", "th_open")
        locate = self._locate_cell if is_cell else self._locate
        offsets = locate(token.content, first, holder)
        if offsets is None:
            return
        text = self._text

        def raw(start: int, end: int) -> str:
            return text[offsets[start] : offsets[end]]

        line = first + self._first_line
        escape = "markdown-cell" if is_cell else "markdown"
        try:
            parts = InlineReader(token.content, raw, line, escape).parts(token.children or ())
        except MisalignedError:
            parts, escape = _by_line(token.content, raw), "literal"
        yield text[self._at : offsets[0]]
        role = _role(containers)
        yield Block(parts=parts, line=line, escape=escape, tags=(role,) if role else ())
        self._at = offsets[-1]

    def _html(self, token: Token) -> Iterator[DraftPiece]:
        first, last = token.map or (0, 0)
        start = self._lines[first][0]
        end = self._lines[last][0] if last < len(self._lines) else len(self._text)
        html = self._text[start:end]
        if html.split() == token.content.split():
            yield self._text[self._at : start]
            yield from draft_html(html, self._tgt_lang, first + self._first_line)
            self._at = end

    def _locate(self, content: str, first: int, holder: Token) -> array[int] | None:
        """Offset in the file of each character of an inline text, and of its end."""
        offsets = array("q")
        lines = content.split("\n")
        for index, wanted in enumerate(lines):
            begin, line = self._lines[first + index]
            body = wanted.lstrip(" \t")
            if holder.type == "heading_open" and holder.markup.startswith("#"):
                marker = line.find(holder.markup)
                column = line.find(body, marker + len(holder.markup))
            else:
                column = line.rfind(body)
                if line[column + len(body) :].strip():
                    column = -1
            if column < 0:
                return None
            offsets.extend([begin + column] * (len(wanted) - len(body)))
            offsets.extend(range(begin + column, begin + column + len(body) + 1))
        return offsets

    def _locate_cell(self, content: str, first: int, _holder: Token) -> array[int] | None:
        begin, line = self._lines[first]
        column = line.find(content.replace("|", r"\|"), max(0, self._at - begin))
        if column < 0:
            return None
        offsets = array("q", [begin + column])
        for char in content:
            offsets.append(offsets[-1] + (2 if char == "|" else 1))
        return offsets


def _reference(state: StateBlock, line: int, last_line: int, silent: bool) -> bool:
    """A reference definition, which a footnote of one word would be as well."""
    is_note = state.src.startswith("[^", state.bMarks[line] + state.tShift[line])
    return not is_note and reference(state, line, last_line, silent)


def _with_notes(tokens: Sequence[Token], parser: MarkdownIt) -> Iterator[Token]:
    """Tokens with the further paragraphs of footnotes, which CommonMark takes for code, as paragraphs."""
    is_note = False
    for token in tokens:
        if token.level == 0 and token.type not in ("paragraph_open", "paragraph_close", "code_block"):
            is_note = False
        elif token.type == "inline" and token.level == 1:
            is_note = FOOTNOTE_DEFINITION.search(token.content) is not None
        if not (token.type == "code_block" and token.level == 0 and is_note and token.map):
            yield token
            continue
        for inner in parser.parse(token.content):
            if inner.map:
                inner.map = [line + token.map[0] for line in inner.map]
            yield inner


def _by_line(content: str, raw: Callable[[int, int], str]) -> list[Part]:
    """An inline text whose markup was not understood: its lines as they are, markup included."""
    parts: list[Part] = []
    at = 0
    for line in content.split("\n"):
        if at:
            parts.append(Break((raw(at - 1, at),)))
        parts.append(Text(line, raw(at, at + len(line))))
        at += len(line) + 1
    return parts


def _role(containers: list[Token]) -> str:
    for token in reversed(containers):
        if token.type == "heading_open":
            return "headline" if token.tag == "h1" else "heading"
        if token.type in ("td_open", "th_open"):
            return "table"
        if token.type == "list_item_open":
            return "list"
        if token.type == "blockquote_open":
            return "quote"
    return ""
