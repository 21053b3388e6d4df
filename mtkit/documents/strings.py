"""Strings of programs and tables as parts of a block: HTML inside them is markup, line breaks stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mtkit.documents.html_elements import INLINE, KINDS, VOID
from mtkit.documents.parts import Break, Part, Tag, Text, verbatim

TEXT_FIELDS = (
    *("text", "title", "headline", "subtitle", "lead", "summary"),
    *("abstract", "description", "body", "content", "caption"),
)
"""Names that fields and columns with text to translate usually have."""

_BLOCKS = frozenset(
    ("p", "div", "br", "hr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th",
     "blockquote", "img", "section", "article", "figure", "figcaption")
)  # fmt: skip
_SPECIAL = re.compile(
    r"(?P<tag><(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?>)"
    r"|(?P<line>[ \t]*(?:\r\n|\r|\n|\u2028|\u2029|\v|\f|\x85|[\x1c-\x1e]))"
)
_WRAPPED_AT = 40
_ENDS = ".:;!?…"


def string_parts(text: str, escape: Callable[[str], str], *, wrapped: bool = False) -> Iterator[Part]:
    """Parts of a string; `escape` makes of characters what stands for them in the file.

    A line break ends a sentence. In a `wrapped` string one does not after a long line that goes on in lower
    case, and the target of such lines is one line.
    """
    done = 0
    for match in _SPECIAL.finditer(text):
        part = _markup(match, escape) if match["tag"] else _line_end(match, escape, done, wrapped)
        if part is None:
            continue
        yield from plain_parts(text[done : match.start()], escape)
        yield part
        done = match.end()
    yield from plain_parts(text[done:], escape)


def plain_parts(text: str, escape: Callable[[str], str]) -> Iterator[Text]:
    """Characters without markup; those that `escape` changes stand alone, so that sentences end between."""
    if escape(text) == text:
        if text:
            yield verbatim(text)
        return
    done = 0
    for at, char in enumerate(text):
        if (written := escape(char)) != char:
            if done < at:
                yield verbatim(text[done:at])
            yield Text(char, written)
            done = at + 1
    if done < len(text):
        yield verbatim(text[done:])


def _markup(match: re.Match[str], escape: Callable[[str], str]) -> Part | None:
    name = match["name"].lower()
    written = (escape(match[0]),)
    if name in INLINE:
        return Tag("close" if match["slash"] else "open", written, kind=KINDS.get(name, ""))
    return Break(written) if name in _BLOCKS or name in VOID else None


def _line_end(match: re.Match[str], escape: Callable[[str], str], done: int, wrapped: bool) -> Part:
    text = match.string
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    rest = text[match.end() : match.end() + 1]
    is_long = wrapped and match.start() > done and len(line) >= _WRAPPED_AT
    if is_long and line[-1] not in _ENDS and rest.islower():
        return Text(" ", escape(match[0]))
    return Break((escape(match[0]),))


def gap_reading(kind: str, before: str, after: str) -> str | None:
    """What stands for a gap (line, tab, stop) between two lines of text; None where it ends a sentence.

    A sentence goes on where the next line begins with a small letter and the last one does not end in a
    stop, and over the lines of a title in capitals.
    """
    last, first = before.rstrip(), after.lstrip()
    goes_on = first[:1].islower() and not last.endswith(tuple(_ENDS))
    title = kind == "line" and last.isupper() and first.isupper()
    if kind == "stop" or not last or not first or not (goes_on or title):
        return None
    return "" if last != before or first != after else " "
