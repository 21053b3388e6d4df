"""Word documents (Office Open XML, ISO/IEC 29500): .docx.

Translated: body, tables, headers, footers, footnotes, endnotes, text boxes, content controls, inserted text,
the text of links, tables of contents and references in words, the document's title. Left alone: deleted text,
comments, hidden text, results of other fields (PAGE, DATE), charts and diagrams, alternative texts, glossary
parts.

Runs that look the same to a reader are one text, however they are split; another character format, a link,
an insertion is an inline tag. Pictures, notes, formulas and fields are tags at one place. Translated runs are
marked as Russian. Parts without a target stay as they were, byte for byte.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from mtkit.documents.docx_story import StoryReader
from mtkit.documents.packages import Package
from mtkit.documents.packages_texts import (
    PackageFormat,
    PartDraft,
    title_draft,
)
from mtkit.documents.xml_parts import XmlPart, parse_part
from mtkit.errors import FormatError
from mtkit.types import Document

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_STORIES = {"header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "footnote"}
"""Type of a relationship -> role of the text in that part, in reading order."""

_OLE = b"\xd0\xcf\x11\xe0"
_LANGUAGE_TAGS = {"ru": "ru-RU"}
_HEADING = re.compile(r"heading [2-9]|subtitle")
_SAVE_AS_DOCX = "Open it in Word or LibreOffice and save it as .docx."
_OLE_KINDS = (
    ("WordDocument", "an old Word document (.doc)", _SAVE_AS_DOCX),
    ("Workbook", "an old Excel table (.xls)", "Open it in Excel or LibreOffice and save it as .csv."),
    ("PowerPoint Document", "an old presentation (.ppt)", "Open it and save its text as .docx."),
    ("__properties_version", "a message of Outlook (.msg)", "Open it and save its text as .docx."),
)
"""A stream that a file of the old Office has in it, what the file is then, and what to do."""
_SAVE_AGAIN = "Open it in the program it came from and save it again as .docx."


class DocxFormat(PackageFormat):
    """Word documents; segment ids are numbers of paragraphs, body first, then headers, footers and notes."""

    name = "docx"
    suffixes = (".docx",)
    options_type = None

    def sniff(self, head: bytes) -> bool:
        """Also old Word files and all their kin, so that `read` can say what to do with them."""
        return head.startswith(_OLE) or (head.startswith(b"PK\x03\x04") and b"word/" in head)

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        if raw.startswith(_OLE):
            raise _ole_error(raw, path)
        return super().read(raw, path, src_lang, tgt_lang)

    def drafts(self, package: Package, tgt_lang: str) -> Iterator[PartDraft]:
        return _Reader(package, _LANGUAGE_TAGS.get(tgt_lang, tgt_lang)).drafts()

    @staticmethod
    def run(prefix: str, form: str, text: str) -> str:
        return f'<{prefix}r>{form}<{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}r>'


class _Reader:
    def __init__(self, package: Package, lang: str) -> None:
        self.package = package
        self.lang = lang
        self.names = {name.lower(): name for name in package.names}

    def drafts(self) -> Iterator[PartDraft]:
        main, core = self._main_parts()
        related = self._relations(main)
        roles = self._roles(next((name for kind, name in related if kind == "styles"), None))
        stories = [(main, "")]
        for kind, role in _STORIES.items():
            stories += [(name, role) for each, name in related if each == kind]
        number = 0
        for name, role in dict(stories).items():
            part = self._part(name)
            if "w" not in part.prefixes:
                raise FormatError(self.package.path, f"its part {name} is no text of Word.", _SAVE_AGAIN)
            story = StoryReader(part, self.lang, role, roles, number)
            yield PartDraft(part, part.prefixes["w"], tuple(story.draft()))
            number = story.number
        if core and (title := title_draft(self._part(core), number + 1)):
            yield title

    def _main_parts(self) -> tuple[str, str | None]:
        """The main part, and the properties where there are any."""
        related = self._relations("")
        main = next((name for kind, name in related if kind == "officeDocument"), None)
        if main is None or "[content_types].xml" not in self.names:
            problem = "it has no main part; it is no Word document, or a damaged one."
            raise FormatError(self.package.path, problem, _SAVE_AGAIN)
        self._check_type(main)
        return main, next((name for kind, name in related if kind == "core-properties"), None)

    def _check_type(self, main: str) -> None:
        types = self._part("[Content_Types].xml").root
        overrides = {
            each.attributes.get("PartName", "").lstrip("/").lower(): each.attributes.get("ContentType", "")
            for each in types.elements()
            if each.name == "ct:Override"
        }
        kind = overrides.get(main.lower(), "")
        if "macroEnabled" in kind or "template" in kind:
            what = "a Word document with macros" if "macroEnabled.main" in kind else "a Word template"
            raise FormatError(self.package.path, f"this is {what}, which mtkit leaves alone.", _SAVE_AS_DOCX)
        if kind and "wordprocessingml" not in kind:
            raise FormatError(self.package.path, "this is an Office file, but not of Word.", _SAVE_AS_DOCX)

    def _relations(self, source: str) -> list[tuple[str, str]]:
        """(type, member) of what a part points to; types by their last step. "" is the package."""
        folder, _, name = source.rpartition("/")
        rels = self.names.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
        if rels is None:
            return []
        found = []
        for relation in self._part(rels).root.elements():
            target = relation.attributes.get("Target", "")
            if relation.name != "rel:Relationship" or relation.attributes.get("TargetMode") == "External":
                continue
            path = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            if member := self.names.get(path.lower()):
                found.append((relation.attributes.get("Type", "").rpartition("/")[2], member))
        return found

    def _roles(self, styles: str | None) -> dict[str, str]:
        """Id of a paragraph style -> role of its text, by the style's own name (ids are localized)."""
        roles = {}
        for style in self._part(styles).root.elements() if styles else ():
            named = style.child("w:name")
            name = named.attributes.get("w:val", "").lower() if named else ""
            role = _role(name)
            if role and style.attributes.get("w:type", "paragraph") == "paragraph":
                roles[style.attributes.get("w:styleId", "")] = role
        return roles

    def _part(self, name: str) -> XmlPart:
        return parse_part(self.package.read(name), self.package.path, name, _NAMESPACES)


def _role(style: str) -> str:
    if style in ("title", "heading 1"):
        return "headline"
    if _HEADING.fullmatch(style):
        return "heading"
    if style.startswith("list"):
        return "list"
    return {"caption": "caption", "quote": "quote", "intense quote": "quote"}.get(style, "")


def _ole_error(raw: bytes, path: str) -> FormatError:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return FormatError(path, "this document is encrypted with a password.", "Save it without a password.")
    for stream, kind, hint in _OLE_KINDS:
        if stream.encode("utf-16-le") in raw:
            return FormatError(path, f"this is {kind}.", hint)
    problem = "this is an old Office file (Word, Excel, PowerPoint or Outlook)."
    return FormatError(path, problem, "Open it in the program it came from and save it as .docx or .csv.")
