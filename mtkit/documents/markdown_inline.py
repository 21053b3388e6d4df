"""Inline Markdown as parts of a block, each with how it stands in the file.

markdown-it says what an inline text consists of, but not where; its tokens are found again one after the
other in that text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.token import Token

from mtkit.documents.html import inline_part, is_untranslated
from mtkit.documents.html_elements import VOID
from mtkit.documents.html_tokens import tokenize
from mtkit.documents.parts import Alternative, Block, Break, DraftPiece, Part, Tag, Text, verbatim

_SOFT_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n[ \t]*")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]", re.DOTALL)
_AUTOLINK = re.compile(r"<[^<>\s]+>")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_FOOTNOTE_LABEL = re.compile(r"\[\^[^\]\s]+\]:(?:[ \t]+|$)")
_BREAK_BEFORE_LABEL = re.compile(rf"[ \t]*\n {{0,3}}(?={_FOOTNOTE.pattern}:)")
FOOTNOTE_DEFINITION = re.compile(rf"^ {{0,3}}{_FOOTNOTE.pattern}:", re.MULTILINE)
_TASK = re.compile(r"\[[ xX]\]\s+")
_SPACES = re.compile(r"[ \t\n]*")
_SPECIAL = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]|$) | [\[\]] | (?<![^\W_])_ | _(?![^\W_]) | \*(?!\s) | (?<!\s)\*
      | ~(?=~) | (?<=~)~ | <(?=[a-zA-Z/!?]) | &(?=\#?\w+;)""",
    re.VERBOSE,
)
_BLOCK_MARKER = re.compile(
    r"\d{1,9}(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|[-=]+\s*$|:?-+:?\s*\|)"
)


class MisalignedError(Exception):
    """A token could not be found in its text."""


def escape_markdown(kind: str, text: str, last: bool) -> str:
    """Escape what Markdown would read as markup; in a "markdown-cell" the pipe too."""
    text = _SPECIAL.sub(r"\\\g<0>", text).replace("`", "&#96;")
    if marker := _BLOCK_MARKER.match(text):
        text = f"{marker[0]}\\{text[marker.end() :]}"
    if not last and text.endswith("!"):
        text = text[:-1] + r"\!"
    return text.replace("|", r"\|") if kind == "markdown-cell" else text


@dataclass(slots=True)
class InlineReader:
    """Reads the children of one inline token whose text is `content`.

    `raw(start, end)` is how that stretch of the content stands in the file; `line` and `escape` are those
    of the block.
    """

    content: str
    raw: Callable[[int, int], str]
    line: int
    escape: str
    at: int = 0

    def parts(self, children: Sequence[Token]) -> list[Part]:
        """Return parts that rejoin to the raw content. Raises MisalignedError."""
        parts = list(self._parts(children))
        if self.at < len(self.content):
            if self.content[self.at :].strip():
                raise MisalignedError
            parts.append(Break((self._take(len(self.content)),)))
        return parts

    def _parts(self, children: Sequence[Token]) -> Iterator[Part]:
        label_starts: list[int] = []
        untranslated = ""
        in_autolink = False
        for child in children:
            if child.markup == "autolink":
                in_autolink = child.nesting > 0
                if in_autolink:
                    yield Break((self._pattern(_AUTOLINK),))
            elif in_autolink:
                continue
            elif child.type == "html_inline":
                token = next(tokenize(child.content))
                tag = self._markup(child.content)
                if untranslated:
                    untranslated = "" if token.kind == "end" and token.name == untranslated else untranslated
                    yield Break((tag,))
                elif token.kind == "start" and token.name not in VOID and is_untranslated(token):
                    untranslated = token.name
                    yield Break((tag,))
                else:
                    yield inline_part(token)
            elif untranslated:
                for part in self._token(child, label_starts):
                    yield Break((part.raw,) if isinstance(part, Text) else part.pieces)
            else:
                yield from self._token(child, label_starts)

    def _token(self, token: Token, label_starts: list[int]) -> Iterator[Part]:
        kind = token.type
        if kind == "text":
            yield from self._text(token.content)
        elif kind == "text_special":
            yield Text(token.content, self._markup(token.markup))
        elif kind == "softbreak":
            if _BREAK_BEFORE_LABEL.match(self.content, self.at):
                yield Break((self._pattern(_BREAK_BEFORE_LABEL),))
            else:
                yield Text(" ", self._pattern(_SOFT_BREAK))
        elif kind == "hardbreak":
            yield Break((self._pattern(_HARD_BREAK),))
        elif kind == "code_inline":
            yield Break((self._pattern(_CODE),))
        elif kind == "image":
            yield Break(self._image(token))
        elif kind == "link_open":
            yield Tag("open", (self._markup("["),), kind="link")
            label_starts.append(self.at)
        elif kind == "link_close":
            yield Tag("close", (self._link_end(label_starts.pop()),), kind="link")
        elif token.nesting:
            yield Tag("open" if token.nesting > 0 else "close", (self._markup(token.markup),), optional=True)
        else:
            raise MisalignedError

    def _text(self, text: str) -> Iterator[Part]:
        start = self.at
        if not self.content.startswith(text, start):
            raise MisalignedError
        begins_line = start == 0 or self.content[max(0, start - 4) : start].rstrip(" ").endswith("\n")
        if begins_line and (marker := (start == 0 and _TASK.match(text)) or _FOOTNOTE_LABEL.match(text)):
            yield Break((self._take(start + marker.end()),))
        for match in _FOOTNOTE.finditer(text, self.at - start):
            yield from self._characters(start + match.start())
            yield Tag("alone", (self._take(start + match.end()),))
        yield from self._characters(start + len(text))

    def _characters(self, end: int) -> Iterator[Text]:
        """Text up to `end`, one by one where the file has it otherwise (a pipe in a table)."""
        text = self.content[self.at : end]
        if text == self.raw(self.at, end):
            yield verbatim(text)
            self.at = end
        else:
            for char in text:
                written = self._take(self.at + 1)
                yield Text(char, written)

    def _image(self, token: Token) -> tuple[DraftPiece, ...]:
        opening = self._markup("![")
        start = self.at
        alt = Block(
            parts=tuple(self._parts(token.children or ())), line=self.line, escape=self.escape, tags=("alt",)
        )
        return opening, alt, self._link_end(start)

    def _link_end(self, label_start: int) -> DraftPiece:
        """From "]" on: a target in parentheses, a reference, or nothing, where the text is the reference.

        Such a text names its reference from then on, since it will be translated.
        """
        label = self.content[label_start : self.at]
        if not self.content.startswith("]", self.at):
            raise MisalignedError
        end = self._target_end(self.at + 1)
        if end is not None:
            return self._take(end)
        match = _LABEL.match(self.content, self.at + 1)
        if match and match[0] != "[]":
            return self._take(match.end())
        named = " ".join(label.split())
        return Alternative(self._take(match.end() if match else self.at + 1), (f"][{named}]",))

    def _target_end(self, at: int) -> int | None:
        """Where `(destination "title")` at this place ends (CommonMark 6.3); None: it is none."""
        text, length = self.content, len(self.content)
        if not text.startswith("(", at):
            return None
        at = _skip(text, at + 1)
        destination = parseLinkDestination(text, at, length)
        if destination.ok:
            at = destination.pos
            after = _skip(text, at)
            if after != at and after < length and (title := parseLinkTitle(text, after, length)).ok:
                after = _skip(text, title.pos)
            at = after
        return at + 1 if text.startswith(")", at) else None

    def _markup(self, markup: str) -> str:
        if not markup or not self.content.startswith(markup, self.at):
            raise MisalignedError
        return self._take(self.at + len(markup))

    def _pattern(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.content, self.at)
        if match is None:
            raise MisalignedError
        return self._take(match.end())

    def _take(self, end: int) -> str:
        start, self.at = self.at, end
        return self.raw(start, end)


def _skip(text: str, at: int) -> int:
    return _SPACES.match(text, at).end()  # type: ignore[union-attr]
