"""Plain text: one line out for each line in."""

from __future__ import annotations

import re

from mtkit.documents.files import read_text
from mtkit.documents.flow import assemble
from mtkit.documents.parts import Block, DraftPiece, verbatim
from mtkit.documents.skeleton import split_lines
from mtkit.documents.text_format import TextFormat
from mtkit.types import Document

_LIST_MARKER = re.compile(r"\s*(?:[-–—*•·+]|\d{1,3}[.)](?=\s+\D))\s+")
_CAPTION = re.compile(r"\s*(?:Ảnh|Photo|Фото)[^.:]{0,40}:", re.IGNORECASE)
_HEADLINE_LENGTH = 200


class PlainTextFormat(TextFormat):
    """Lines of sentences.

    Line ends, blank lines, indentation and list markers stay as they are; sentences of a line are joined on
    it again. The first line is the headline where it has no full stop and a blank line after it.
    """

    name = "text"
    suffixes = (".txt", ".text")
    options_type = None

    def sniff(self, head: bytes) -> bool:
        return b"\0" not in head

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        text = read_text(raw, path)
        lines = split_lines(text)
        headline = _headline_at(lines)
        draft: list[DraftPiece] = []
        for number, (line, end) in enumerate(lines, 1):
            marker = _LIST_MARKER.match(line)
            body = line[marker.end() :] if marker else line
            role = "headline" if number == headline else "list" if marker else _role(body)
            if marker:
                draft.append(marker[0])
            draft.append(
                Block(parts=(verbatim(body),), line=number, escape="line", tags=(role,) if role else ())
            )
            draft.append(end)
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)


def _headline_at(lines: list[tuple[str, str]]) -> int | None:
    """Number of the line that is the headline."""
    for number, (line, _) in enumerate(lines, 1):
        if line.strip():
            followed = number < len(lines) and not lines[number][0].strip()
            ended = line.rstrip().endswith((".", "!", "?", "…", ":", ";", ","))
            return number if followed and not ended and len(line) <= _HEADLINE_LENGTH else None
    return None


def _role(line: str) -> str:
    return "caption" if _CAPTION.match(line) else ""
