"""Sources and targets of XLIFF 1.2 and 2.x, TMX and gettext PO files, as parallel segments.

Inline codes are left out, the text they enclose stays. A unit without a target has the target "".
XML is read without entities of its own, DTDs or network.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from mtkit.documents.languages import primary
from mtkit.documents.po_entries import po_entries, read_po_text
from mtkit.documents.xliff import XliffFormat
from mtkit.documents.xml_tokens import read_xml
from mtkit.errors import FormatError

if TYPE_CHECKING:
    from lxml import etree

Pairs = list[tuple[str, str]]

SUFFIXES = frozenset({*XliffFormat.suffixes, ".tmx", ".po", ".pot"})

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NATIVE_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements of XLIFF 1.2 and TMX whose content is markup, not text; `sub` in them is text again."""


def read_xliff(raw: bytes, path: str) -> Pairs:
    """(source, target) of each trans-unit (1.2) or segment (2.x) that is to be translated, in order.

    Raises FormatError.
    """
    root = _parse(raw, path)
    if _tag(root) != "xliff":
        raise FormatError(path, f"its root is {_tag(root)!r}, not xliff.", "Check the file.")
    unit = "segment" if root.get("version", "").startswith("2") else "trans-unit"
    return [
        (_side(each, "source"), _side(each, "target"))
        for each in root.iter(f"{{*}}{unit}")
        if next(filter(None, (e.get("translate") for e in (each, *each.iterancestors()))), "yes") != "no"
    ]


def read_tmx(raw: bytes, path: str) -> list[dict[str, str]]:
    """For each translation unit its texts by language code, the source language first. Raises FormatError."""
    root = _parse(raw, path)
    if _tag(root) != "tmx":
        raise FormatError(path, f"its root is {_tag(root)!r}, not tmx.", "Check the file.")
    header = root.find("{*}header")
    default = header.get("srclang", "") if header is not None else ""
    units = []
    for unit in root.iter("{*}tu"):
        src_lang = unit.get("srclang") or default
        variants = [(_language(variant), _side(variant, "seg")) for variant in unit.iterfind("{*}tuv")]
        if src_lang not in ("", "*all*"):
            variants.sort(key=lambda variant: not same_language(variant[0], src_lang))
        if not variants:
            raise FormatError(path, "a translation unit is empty.", "Remove it.", unit.sourceline)
        units.append(dict(variants))
    return units


def read_po(raw: bytes, path: str) -> Pairs:
    """(msgid, msgstr) of each entry but the header and the obsolete ones; of plurals the first form.

    Raises FormatError naming the line.
    """
    entries = po_entries(unicodedata.normalize("NFC", read_po_text(raw, path)), path)
    return [(entry.msgid, entry.target) for entry in entries if entry.msgid]


def read_bilingual(raw: bytes, path: str, suffix: str, column: str, wanted: str) -> list[str]:
    """One side of a file with one of SUFFIXES: `wanted` is "source" or "target", `column` overrules it.

    `column` is "source", "target" or, in TMX, a language ("ru" takes ru-RU, too). Without a language the
    target of a TMX unit is its first text that is not the source. Raises FormatError.
    """
    if suffix == ".tmx":
        return [_of_unit(unit, column or wanted) for unit in read_tmx(raw, path)]
    if column not in ("", "source", "target"):
        raise FormatError(path, f"no side {column!r}.", f"Known: {path}#source, {path}#target.")
    return [
        source if (column or wanted) == "source" else target for source, target in _pairs(raw, path, suffix)
    ]


@lru_cache(maxsize=1)
def _pairs(raw: bytes, path: str, suffix: str) -> Pairs:
    """Both sides, so that the second is there when the first was asked for."""
    return read_xliff(raw, path) if suffix in XliffFormat.suffixes else read_po(raw, path)


def _of_unit(unit: dict[str, str], column: str) -> str:
    texts = list(unit.values())
    if column == "source":
        return texts[0]
    if column == "target":
        return texts[1] if len(texts) > 1 else ""
    return next((text for code, text in unit.items() if same_language(code, column)), "")


def _parse(raw: bytes, path: str) -> etree._Element:
    from lxml import etree

    text = read_xml(raw, path)
    if not text.strip(" \t\r\n\ufeff"):
        raise FormatError(path, "not well-formed XML: no element found.", "Mend it.", 1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    without_declaration = re.sub(r"\A\ufeff?<\?xml.*?\?>", "", text, count=1, flags=re.DOTALL)
    line_ends = "\n" * text[: len(text) - len(without_declaration)].count("\n")
    try:
        return etree.fromstring((line_ends + without_declaration).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise FormatError(path, f"not well-formed XML: {error.msg}.", "Mend it.", error.lineno) from error


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _side(parent: etree._Element, name: str) -> str:
    element = parent.find(f"{{*}}{name}")
    text = "" if element is None else "".join(_text(element, inside_code=False))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _text(element: etree._Element, *, inside_code: bool) -> Iterator[str]:
    if element.text and not inside_code:
        yield element.text
    for child in element:
        name = _tag(child)
        yield from _text(child, inside_code=name in _NATIVE_CODES or (inside_code and name != "sub"))
        if child.tail and not inside_code:
            yield child.tail


def _language(variant: etree._Element) -> str:
    return str(variant.get(_XML_LANG) or variant.get("lang", ""))


def same_language(code: str, wanted: str) -> bool:
    """Whether a language code is the wanted one or a region of it: ru-RU is ru."""
    return bool(wanted) and primary(code) == primary(wanted)
