"""What bilingual XML formats share: the tokens of a file become literals and blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mtkit.documents.flow import assemble
from mtkit.documents.parts import DraftPiece
from mtkit.documents.text_format import TextFormat
from mtkit.documents.xml_inline import escape_slot
from mtkit.documents.xml_tokens import XmlTokens, encode_xml, read_xml
from mtkit.errors import FormatError
from mtkit.types import Document

_BEFORE_ROOT = rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*+<(?:[\w.-]+:)?%b[\s>]"


class XmlFormat(TextFormat):
    """A format whose root element is called as the format is."""

    name: str
    escape = staticmethod(escape_slot)
    encode = staticmethod(encode_xml)

    def sniff(self, head: bytes) -> bool:
        head = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")
        return re.match(_BEFORE_ROOT % self.name.encode(), head, re.DOTALL) is not None

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        text = read_xml(raw, path)
        if not text.strip(" \t\r\n\ufeff"):
            return Document(path=path, format=self.name, segments=(), skeleton=(text,))
        tokens = XmlTokens(text)
        root = tokens[tokens.root()]
        if root.local_name != self.name:
            problem = f"its root is {root.name!r}, not {self.name}."
            raise FormatError(path, problem, "Check the file.", root.line)
        draft, src_lang = self.draft(tokens, path, src_lang, tgt_lang)
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)

    def draft(
        self, tokens: XmlTokens, path: str, src_lang: str, tgt_lang: str
    ) -> tuple[Sequence[DraftPiece], str]:
        """Literals and blocks of a file, and the language of its sources. Raises FormatError."""
        raise NotImplementedError
