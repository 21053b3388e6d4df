"""OpenDocument texts (ISO/IEC 26300): .odt, as LibreOffice writes them.

Translated: paragraphs, headings, lists, tables, text boxes, notes, headers and footers, the text of links,
the document's title. Left alone: comments, deleted and hidden text, what fields show, formulas, forms.

Spans that look the same to a reader are one text; another character style, a link, a bookmark is an inline
tag; pictures, notes and fields are tags at one place. Where styles name a language it becomes the target's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mtkit.documents.odt_inline import InlineReader, close_spans
from mtkit.documents.odt_styles import Styles
from mtkit.documents.packages import Package
from mtkit.documents.packages_inline import MARKUP, block_parts, in_form, words_in
from mtkit.documents.packages_texts import (
    PackageFormat,
    PartDraft,
    title_draft,
)
from mtkit.documents.parts import Block, DraftPiece
from mtkit.documents.xml_parts import Element, XmlPart, parse_part
from mtkit.errors import FormatError

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {
    **{f"{_OASIS}:{name}:1.0": name for name in ("office", "text", "table", "style")},
    f"{_OASIS}:drawing:1.0": "draw",
    f"{_OASIS}:xsl-fo-compatible:1.0": "fo",
    "http://openoffice.org/2009/office": "officeooo",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_MIMETYPE = b"application/vnd.oasis.opendocument."
_MIMETYPE_AT = 38
_LEFT = frozenset(("text:tracked-changes", "office:annotation", "office:forms", "office:scripts"))
_PARAGRAPHS = frozenset(("text:p", "text:h"))
_ROLES = {
    "table:table": "table",
    "text:list": "list",
    "style:header": "header",
    "style:footer": "footer",
    "text:note-body": "footnote",
}
_LANGUAGE_TAGS = {"ru": ("ru", "RU")}
_NO_LANGUAGE = frozenset(("none", "zxx"))
_SAVE_AGAIN = "Open it in LibreOffice and save it again as .odt."


class OdtFormat(PackageFormat):
    """OpenDocument texts; segment ids are numbers of paragraphs, headers and footers after the body."""

    name = "odt"
    suffixes = (".odt",)
    options_type = None

    def sniff(self, head: bytes) -> bool:
        """Also spreadsheets and all their kin, so that `read` can say what to do with them."""
        return head.startswith(b"PK\x03\x04") and head.startswith(_MIMETYPE, _MIMETYPE_AT)

    def drafts(self, package: Package, tgt_lang: str) -> Iterator[PartDraft]:
        _check_kind(package)
        return _drafts(package, tgt_lang)

    @staticmethod
    def run(prefix: str, form: str, text: str) -> str:
        text = re.sub("(?<= ) +", lambda match: f'<{prefix}s {prefix}c="{len(match[0])}"/>', text)
        return form + text + close_spans(prefix, form)


def _check_kind(package: Package) -> None:
    names = package.names
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise FormatError(package.path, "it is encrypted with a password.", "Save it without a password.")
    kind = package.read("mimetype").strip() if "mimetype" in names else _MIMETYPE + b"text"
    if kind.startswith(_MIMETYPE) and kind != _MIMETYPE + b"text":
        what = kind.removeprefix(_MIMETYPE).decode("ascii", "replace")
        problem = f"this is an OpenDocument {what}, not a text."
        raise FormatError(package.path, problem, "Save its text as .odt.")
    if "content.xml" not in names or kind != _MIMETYPE + b"text":
        problem = "it has no content.xml; it is no OpenDocument text, or a damaged one."
        raise FormatError(package.path, problem, _SAVE_AGAIN)


def _drafts(package: Package, tgt_lang: str) -> Iterator[PartDraft]:
    number = 0
    for name in ("content.xml", "styles.xml"):
        if name in package.names:
            part = parse_part(package.read(name), package.path, name, _NAMESPACES)
            if "office" not in part.prefixes:
                raise FormatError(package.path, f"its part {name} is no OpenDocument.", _SAVE_AGAIN)
            reader = _Reader(part, tgt_lang, number)
            yield PartDraft(part, part.prefixes.get("text", ""), tuple(reader.draft()), with_any=True)
            number = reader.number
    if "meta.xml" in package.names:
        part = parse_part(package.read("meta.xml"), package.path, "meta.xml", _NAMESPACES)
        if title := title_draft(part, number + 1):
            yield title


@dataclass(slots=True)
class _Reader:
    part: XmlPart
    tgt_lang: str
    number: int
    styles: Styles = field(init=False)
    inline: InlineReader = field(init=False)

    def __post_init__(self) -> None:
        self.styles = Styles.of(self.part.root)
        self.inline = InlineReader(self.part, self.styles)

    def draft(self) -> Iterator[DraftPiece]:
        yield self.part.raw(0, self.part.root.start)
        yield from self._element(self.part.root, "")
        yield self.part.raw(self.part.root.end, len(self.part.content))

    def _element(self, element: Element, role: str) -> Iterator[DraftPiece]:
        """An element as it stands, save the paragraphs in it and the language of a style."""
        if element.name in _LEFT:
            yield self.part.raw_of(element)
            return
        role = _ROLES.get(element.name, role)
        done = element.start
        if element.attributes.get("fo:language", "none") not in _NO_LANGUAGE:
            yield self._in_target_language(self.part.raw(element.start, element.inner_start))
            done = element.inner_start
        for child in element.elements():
            yield self.part.raw(done, child.start)
            yield from self._child(child, role)
            done = child.end
        yield self.part.raw(done, element.end)

    def _child(self, child: Element, role: str) -> Iterator[DraftPiece]:
        if child.name in _PARAGRAPHS:
            yield from self._paragraph(child, role)
        else:
            yield from self._element(child, role)

    def _paragraph(self, paragraph: Element, role: str) -> Iterator[DraftPiece]:
        self.number += 1
        number = self.number
        inlines = self.inline.inlines(paragraph)
        if not any(map(str.isalnum, words_in(inlines))):
            yield from self._element(paragraph, role)
            return
        form, parts = block_parts(inlines, lambda element: self._child(element, role))
        tag = self.styles.role(paragraph) or role
        yield self.part.raw(paragraph.start, paragraph.inner_start) + in_form(form)
        yield Block(parts=parts, line=number, escape="xml", tags=(tag,) if tag else ())
        yield MARKUP + self.part.raw(paragraph.inner_end, paragraph.end)

    def _in_target_language(self, tag: str) -> str:
        language, country = _LANGUAGE_TAGS.get(self.tgt_lang, (self.tgt_lang, "none"))
        prefix = self.part.prefixes["fo"]
        for name, value in ((f"{prefix}language", language), (f"{prefix}country", country)):
            tag = re.sub(rf"""(\s{name}\s*=\s*)("[^"]*"|'[^']*')""", rf'\1"{value}"', tag)
        return tag
