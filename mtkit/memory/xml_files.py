"""XML of any size, element by element, without entities of its own, DTDs or network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from mtkit.errors import FormatError, InputError

if TYPE_CHECKING:
    from lxml import etree

_NATIVE_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements of XLIFF 1.2 and TMX whose content is markup, not text."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def elements(path: Path, root: str, kept: frozenset[str]) -> Iterator[tuple[str, etree._Element]]:
    """("start" | "end", element) of every element, in order; those named in `kept` are emptied when they end.

    Raises FormatError with the line where the file is not well-formed, has another root, or declares an
    entity; InputError where it cannot be read.
    """
    from lxml import etree

    first = True
    try:
        with open(path, "rb") as stream:
            events = etree.iterparse(
                stream,
                events=("start", "end"),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                remove_comments=True,
                remove_pis=True,
            )
            for event, element in events:
                if first:
                    _check_root(path, element, root)
                    first = False
                yield event, element
                if event == "end" and tag(element) in kept:
                    _drop(element)
    except etree.XMLSyntaxError as error:
        raise FormatError(path, f"not well-formed XML: {error.msg}.", "Mend it.", error.lineno) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}).", "Check it.") from error


def _check_root(path: Path, element: etree._Element, root: str) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    declared = next(iter(dtd.iterentities()), None) if dtd is not None else None
    if declared is not None:
        raise FormatError(
            path, f"it declares an entity of its own, {declared.name}.", "Write out its text.", 1
        )
    if tag(element) != root:
        raise FormatError(path, f"its root is {tag(element)!r}, not {root}.", "Check the file.")


def _drop(element: etree._Element) -> None:
    """Free an element that is done with, and its elder siblings."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def text_of(element: etree._Element | None) -> str:
    """The text of a segment: inline codes are left out, the text they enclose stays."""
    return "" if element is None else "".join(_texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and tag(child) not in _NATIVE_CODES:
            yield from _texts(child)
        if child.tail:
            yield child.tail


def escaped(text: str) -> str:
    """Text for an XML file; characters that XML cannot have become U+FFFD."""
    return escape(_NO_XML.sub("\ufffd", text))


def quoted(text: str) -> str:
    """The value of an attribute, in its quotes."""
    return quoteattr(_NO_XML.sub("\ufffd", text))
