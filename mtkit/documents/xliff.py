"""XLIFF 1.2 and 2.x: targets go beside their sources, and the rest of the file stays as it is.

Translated are units without a target, with one that is only a copy of the source, and with one whose state
says that it waits (new, needs-translation; initial). Left alone are approved and translated targets and what
translate="no" covers. Inline codes come back in their order, around the words that they stood around. What a
target was taken from in a memory stands beside it (see mtkit.documents.xliff_matches).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mtkit.documents.languages import check_target_language, declared_source
from mtkit.documents.parts import DraftPiece
from mtkit.documents.skeleton import NO_ALIGNMENTS
from mtkit.documents.xliff_matches import with_origins
from mtkit.documents.xliff_units import draft_units
from mtkit.documents.xml_format import XmlFormat
from mtkit.documents.xml_tokens import XmlTokens
from mtkit.errors import FormatError
from mtkit.types import Alignment, Document, Translation


class XliffFormat(XmlFormat):
    """Files of CAT tools and localization platforms, the variants of Trados and memoQ among them.

    A file without a target language gets one; one for another language is refused. With source language
    "auto" the file's own is taken where it is vi or en.
    """

    name = "xliff"
    suffixes = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
    options_type = None

    def draft(
        self, tokens: XmlTokens, path: str, src_lang: str, tgt_lang: str
    ) -> tuple[Sequence[DraftPiece], str]:
        root = tokens[tokens.root()]
        prefix = root.name.removesuffix("xliff")
        version = root.attributes().get("version", "1.2")
        if not version.startswith(("1.", "2.")):
            problem = f"XLIFF {version} is not known."
            raise FormatError(path, problem, "mtkit reads 1.0 to 1.2, 2.0 to 2.2.", root.line)
        src_name, tgt_name = (
            ("srcLang", "trgLang") if version[0] == "2" else ("source-language", "target-language")
        )
        for token in tokens.all:
            if token.kind == "start" and token.name in (root.name, f"{prefix}file"):
                attributes = token.attributes()
                check_target_language(attributes.get(tgt_name, ""), tgt_lang, path, token.line)
                src_lang = declared_source(attributes.get(src_name, ""), src_lang)
        return draft_units(tokens, version[0], prefix, tgt_lang), src_lang

    def write(
        self,
        document: Document,
        targets: Mapping[str, str],
        alignments: Mapping[str, Alignment] = NO_ALIGNMENTS,
    ) -> bytes:
        return super().write(_with_origins(document, {}), targets, alignments)

    def write_translations(self, document: Document, translations: Mapping[str, Translation]) -> bytes:
        """The file with targets and what is known of them (see mtkit.documents.base.KeepsOrigins)."""
        return super().write(
            _with_origins(document, translations),
            {id: translation.target for id, translation in translations.items()},
            {id: translation.alignment for id, translation in translations.items()},
        )


def _with_origins(document: Document, translations: Mapping[str, Translation]) -> Document:
    return replace(document, skeleton=with_origins(document.skeleton, translations))
