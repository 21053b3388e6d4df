"""XLIFF 1.2 and 2.x: targets go beside their sources, and the rest of the file stays as it is.

Translated are units without a target, with one that is only a copy of the source, and with one whose state
says that it waits (new, needs-translation; initial). Left alone are approved and translated targets and what
translate="no" covers. Inline codes come back in their order, around the words that they stood around.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mtkit.documents.flow import assemble
from mtkit.documents.languages import check_target_language, declared_source
from mtkit.documents.skeleton import NO_ALIGNMENTS, render
from mtkit.documents.xliff_units import draft_units
from mtkit.documents.xml_inline import escape_slot
from mtkit.documents.xml_tokens import XmlTokens, encode_xml, read_xml
from mtkit.errors import FormatError
from mtkit.types import Alignment, Document

_SNIFF = re.compile(rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:[\w.-]+:)?xliff[\s>]", re.DOTALL)


class XliffFormat:
    """Files of CAT tools and localization platforms, the variants of Trados and memoQ among them.

    A file without a target language gets one; one for another language is refused. With source language
    "auto" the file's own is taken where it is vi or en.
    """

    name = "xliff"
    suffixes = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
    options_type = None

    def sniff(self, head: bytes) -> bool:
        head = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")
        return _SNIFF.match(head) is not None

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        text = read_xml(raw, path)
        if not text.strip(" \t\r\n\ufeff"):
            return Document(path=path, format=self.name, segments=(), skeleton=(text,))
        tokens = XmlTokens(text)
        root = tokens[tokens.root()]
        prefix, _, name = root.name.rpartition(":")
        if name != "xliff":
            raise FormatError(path, f"its root is {root.name!r}, not xliff.", "Check the file.", root.line)
        version = root.attributes().get("version", "1.2")
        if not version.startswith(("1.", "2.")):
            problem = f"XLIFF {version} is not known."
            raise FormatError(path, problem, "mtkit reads 1.0 to 1.2, 2.0 to 2.2.", root.line)
        src_name, tgt_name = (
            ("srcLang", "trgLang") if version[0] == "2" else ("source-language", "target-language")
        )
        for token in tokens.all:
            if token.kind == "start" and token.name in (root.name, f"{prefix}:file".lstrip(":")):
                attributes = token.attributes()
                check_target_language(attributes.get(tgt_name, ""), tgt_lang, path, token.line)
                src_lang = declared_source(attributes.get(src_name, ""), src_lang)
        draft = draft_units(tokens, version[0], f"{prefix}:".lstrip(":"), tgt_lang)
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)

    def write(
        self,
        document: Document,
        targets: Mapping[str, str],
        alignments: Mapping[str, Alignment] = NO_ALIGNMENTS,
    ) -> bytes:
        return encode_xml(render(document.skeleton, targets, escape_slot, alignments))
