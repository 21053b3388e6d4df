"""What a format makes of a file before it is cut into sentences: literals, and blocks with their parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

TagKind = Literal["", "link", "super", "sub"]


@dataclass(frozen=True, slots=True)
class Text:
    """Characters to translate and how they stand in the file ("&amp;" for "&").

    A sentence may end inside only where the two are equal.
    """

    text: str
    raw: str


def verbatim(text: str) -> Text:
    return Text(text, text)


@dataclass(frozen=True, slots=True)
class Tag:
    """Inline markup that a sentence goes on through, save for a link in a list of such (menus, topics)."""

    role: Literal["open", "close", "alone"]
    pieces: tuple[DraftPiece, ...]
    optional: bool = False
    kind: TagKind = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Markup or text left alone that ends a sentence."""

    pieces: tuple[DraftPiece, ...]


Part = Text | Tag | Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Text that belongs together (a paragraph, a cell), with the line it begins at, counted from 1."""

    parts: Sequence[Part]
    line: int
    escape: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """What stands in the file, and what stands there once the document is translated.

    A `whole` one changes only where each of its segments has a target.
    """

    raw: str
    translated: tuple[DraftPiece, ...]
    whole: bool = False


DraftPiece = str | Block | Alternative
