"""TMX 1.4b: https://www.gala-global.org/tmx-14b

Dates, authors, documents and neighbours of entries are attributes and props. A unit gives one entry for each
text in another language and each in the wanted one, whichever way it was translated. A target that mtkit made
and that nobody is named to have changed since is unreviewed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from mtkit import __version__
from mtkit.documents.languages import primary
from mtkit.errors import FormatError
from mtkit.memory.entries import UNREVIEWED, Entry
from mtkit.memory.keys import key_from, text_key
from mtkit.memory.xml_files import XML_LANG, elements, escaped, quoted, text_of

if TYPE_CHECKING:
    from lxml import etree

_BEFORE, _AFTER, _ORIGIN, _DOCUMENT = "x-mtkit-before", "x-mtkit-after", "x-origin", "x-document"
MARK = b'<header creationtool="mtkit"'
"""What every written file has near its beginning."""
_FILE = "file"
"""Prop in which OmegaT keeps the document."""
_NEIGHBOURS = {
    **dict.fromkeys(("prev", "x-context-pre"), "before"),
    **dict.fromkeys(("next", "x-context-post"), "after"),
}
"""Props in which other tools keep the neighbouring sources (OmegaT, memoQ)."""
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")


def read(path: Path, src_lang: str, tgt_lang: str) -> Iterator[Entry]:
    """Entries of a TMX file. Raises FormatError."""
    for event, element in elements(path, "tmx", frozenset({"tu"})):
        if event == "end" and str(element.tag).rpartition("}")[2] == "tu":
            yield from _unit(path, element, src_lang, tgt_lang)


def _unit(path: Path, unit: etree._Element, src_lang: str, tgt_lang: str) -> Iterator[Entry]:
    variants = [(primary(_language(each)), each) for each in unit.iterfind("{*}tuv")]
    if not variants:
        raise FormatError(path, "a translation unit is empty.", "Remove it.", unit.sourceline)
    targets = [each for lang, each in variants if lang == tgt_lang]
    sources = [each for each in variants if each[0] not in ("", tgt_lang) and src_lang in ("", each[0])]
    for target, (lang, variant) in product(targets, sources):
        props = _props(unit) | _props(target)
        yield Entry(
            source=text_of(variant.find("{*}seg")),
            target=text_of(target.find("{*}seg")),
            src_lang=lang,
            tgt_lang=tgt_lang,
            before=_neighbour(props, "before", _BEFORE),
            after=_neighbour(props, "after", _AFTER),
            origin=UNREVIEWED if _by_machine(target) else props.get(_ORIGIN, "tmx"),
            author=_first(target, unit, "changeid", "creationid"),
            written=_iso(_first(target, unit, "changedate", "creationdate")),
            document=props.get(_DOCUMENT, "") or props.get(_FILE, ""),
        )


def _by_machine(target: etree._Element) -> bool:
    """Whether mtkit has written this variant (see mtkit.documents.tmx) and no tool names who changed it."""
    return target.get("creationtool") == "mtkit" and not (target.get("changeid") or target.get("changedate"))


def _language(variant: etree._Element) -> str:
    return str(variant.get(XML_LANG) or variant.get("lang", ""))


def _props(element: etree._Element) -> dict[str, str]:
    return {str(prop.get("type", "")): prop.text or "" for prop in element.iterfind("{*}prop")}


def _neighbour(props: dict[str, str], side: str, own: str) -> int:
    if key := key_from(props.get(own, "")):
        return key
    texts = [text for name, text in props.items() if _NEIGHBOURS.get(name) == side]
    return text_key(texts[0]) if texts else 0


def _first(target: etree._Element, unit: etree._Element, *names: str) -> str:
    found = (str(each.get(name) or "") for name in names for each in (target, unit))
    return next((value for value in found if value), "")


def _iso(date: str) -> str:
    match = _DATE.fullmatch(date)
    return "{}-{}-{}T{}:{}:{}Z".format(*match.groups()) if match else ""


def write(stream: TextIO, entries: Iterable[Entry]) -> int:
    """Write entries, one unit each; returns how many."""
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
    stream.write(
        f'{MARK.decode()} creationtoolversion={quoted(__version__)} segtype="sentence"'
        ' o-tmf="mtkit" adminlang="en" srclang="*all*" datatype="plaintext"/>\n<body>\n'
    )
    count = 0
    for entry in entries:
        stream.write(_tu(entry))
        count += 1
    stream.write("</body>\n</tmx>\n")
    return count


def _tu(entry: Entry) -> str:
    compact = entry.written.replace("-", "").replace(":", "")
    date = f" changedate={quoted(compact)}" if _DATE.fullmatch(compact) else ""
    author = f" changeid={quoted(entry.author)}" if entry.author else ""
    props = {
        _ORIGIN: entry.origin,
        _DOCUMENT: entry.document,
        _BEFORE: str(entry.before or ""),
        _AFTER: str(entry.after or ""),
    }
    lines = [f"<tu srclang={quoted(entry.src_lang)}{date}{author}>"]
    lines += [f"<prop type={quoted(name)}>{escaped(value)}</prop>" for name, value in props.items() if value]
    for lang, text in ((entry.src_lang, entry.source), (entry.tgt_lang, entry.target)):
        lines.append(f"<tuv xml:lang={quoted(lang)}><seg>{escaped(text)}</seg></tuv>")
    return "\n".join([*lines, "</tu>\n"])
