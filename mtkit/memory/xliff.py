"""XLIFF 1.2 and 2.x: units that are translated become entries, their neighbours the context.

Left out are units without a target, those that must not be translated, and targets that are to be translated
yet. Unreviewed are those in a state that asks for a review, and machine suggestions that are not final.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from mtkit.documents.languages import primary
from mtkit.errors import ConfigError, FormatError
from mtkit.memory.entries import UNREVIEWED, Entry, sentences
from mtkit.memory.keys import text_key
from mtkit.memory.xml_files import elements, escaped, quoted, tag, text_of

if TYPE_CHECKING:
    from lxml import etree

_OWN_TOOL = "mtkit-memory"
MARK = _OWN_TOOL.encode()
"""What every written file has near its beginning."""
_NAMESPACE_12 = "urn:oasis:names:tc:xliff:document:1.2"
_NAMESPACE_20 = "urn:oasis:names:tc:xliff:document:2.0"
_SEGMENTS = frozenset({"trans-unit", "segment"})
_SCOPES = frozenset({"file", "group", "unit"}) | _SEGMENTS
"""Elements that may say whether what they hold is to be translated; the innermost counts."""
_UNTRANSLATED = frozenset(
    {"new", "initial", "needs-translation", "needs-adaptation", "needs-l10n", "needs-review-adaptation"}
)


def read(path: Path, src_lang: str, tgt_lang: str) -> Iterator[Entry]:
    """Entries of an XLIFF file. Raises FormatError."""
    languages = "", ""
    translatable = [True]
    document = _Document(path)
    for event, element in elements(path, "xliff", frozenset({"trans-unit", "unit"})):
        name = tag(element)
        if event == "start":
            if name == "xliff":
                languages = str(element.get("srcLang", "")), str(element.get("trgLang", ""))
            elif name == "file":
                document = _Document(path, element, languages)
            if name in _SCOPES:
                translatable.append(element.get("translate", "yes" if translatable[-1] else "no") != "no")
            continue
        if name in _SEGMENTS and translatable[-1]:
            document.add(element)
        elif _OWN_TOOL in (element.get("tool-id"), element.get("category")) and name in ("tool", "note"):
            document.ordered = False
        elif name == "file":
            yield from document.entries(src_lang, tgt_lang)
        if name in _SCOPES:
            translatable.pop()


class _Document:
    """One <file>: its units in order."""

    def __init__(
        self, path: Path, element: etree._Element | None = None, languages: tuple[str, str] = ("", "")
    ) -> None:
        attributes = (
            {} if element is None else {str(key): str(value) for key, value in element.attrib.items()}
        )
        self._path = path
        self._name = attributes.get("original", "")
        self._src_lang = primary(attributes.get("source-language") or languages[0])
        self._tgt_lang = primary(attributes.get("target-language") or languages[1])
        self._units: list[tuple[str, str, bool]] = []
        self.ordered = True

    def add(self, element: etree._Element) -> None:
        target = element.find("{*}target")
        state, reviewed = ("", False) if target is None else _state(element, target)
        text = "" if state in _UNTRANSLATED else text_of(target)
        self._units.append((text_of(element.find("{*}source")), text, reviewed))

    def entries(self, src_lang: str, tgt_lang: str) -> Iterator[Entry]:
        source_language = self._src_lang or src_lang
        if not source_language:
            raise FormatError(self._path, "it does not say its source language.", "Name it: --from vi.")
        if (self._tgt_lang or tgt_lang) != tgt_lang or (src_lang and source_language != src_lang):
            return
        split = [[""], *(sentences(source, source_language) or [""] for source, _, _ in self._units), [""]]
        for number, (source, target, reviewed) in enumerate(self._units, 1):
            if target.strip():
                yield Entry(
                    source=source,
                    target=target,
                    src_lang=source_language,
                    tgt_lang=tgt_lang,
                    before=text_key(split[number - 1][-1]) if self.ordered else 0,
                    after=text_key(split[number + 1][0]) if self.ordered else 0,
                    origin="xliff" if reviewed else UNREVIEWED,
                    document=self._name,
                )


def _state(element: etree._Element, target: etree._Element) -> tuple[str, bool]:
    """The state of a unit, and whether it says that somebody has read the target."""
    state = str(target.get("state") or element.get("state") or "")
    qualifiers = (target.get("state-qualifier"), element.get("subState"))
    suggested = any(str(qualifier or "").endswith("-suggestion") for qualifier in qualifiers)
    signed = state in ("reviewed", "final", "signed-off") or element.get("approved") == "yes"
    return state, signed or not (suggested or state.startswith("needs-"))


def write_12(stream: TextIO, entries: Iterable[Entry]) -> int:
    """Write XLIFF 1.2, a <file> for each language pair and document in a row; returns how many entries."""
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="{_NAMESPACE_12}">\n')
    count = 0
    for (src_lang, tgt_lang, document), group in groupby(entries, _file_of):
        stream.write(
            f"<file original={quoted(document or 'memory')} source-language={quoted(src_lang)}"
            f' target-language={quoted(tgt_lang)} datatype="plaintext" tool-id="{_OWN_TOOL}">\n'
            f'<header><tool tool-id="{_OWN_TOOL}" tool-name="mtkit"/></header>\n<body>\n'
        )
        for entry in group:
            count += 1
            stream.write(
                f'<trans-unit id="{count}" approved="yes" xml:space="preserve">'
                f"<source>{escaped(entry.source)}</source>"
                f'<target state="translated">{escaped(entry.target)}</target></trans-unit>\n'
            )
        stream.write("</body>\n</file>\n")
    stream.write("</xliff>\n")
    return count


def write_21(stream: TextIO, entries: Iterable[Entry]) -> int:
    """Write XLIFF 2.1; returns how many entries. ConfigError where they are of several language pairs."""
    count = 0
    languages: tuple[str, str] | None = None
    for number, ((src_lang, tgt_lang, document), group) in enumerate(groupby(entries, _file_of), 1):
        if languages is None:
            languages = src_lang, tgt_lang
            stream.write(_head_21(*languages))
        if languages != (src_lang, tgt_lang):
            raise ConfigError("An XLIFF 2.1 file has one language pair.", "Choose it with --from.")
        stream.write(
            f'<file id="f{number}" original={quoted(document or "memory")}>\n'
            f'<notes><note category="{_OWN_TOOL}">entries of a translation memory</note></notes>\n'
        )
        for entry in group:
            count += 1
            stream.write(
                f'<unit id="{count}" xml:space="preserve"><segment state="translated"><source>'
                f"{escaped(entry.source)}</source><target>{escaped(entry.target)}</target></segment></unit>\n"
            )
        stream.write("</file>\n")
    if languages is None:
        raise ConfigError("There is no entry to write, and an XLIFF file cannot be empty.", "Import some.")
    stream.write("</xliff>\n")
    return count


def _head_21(src_lang: str, tgt_lang: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="2.1" xmlns="{_NAMESPACE_20}"'
        f" srcLang={quoted(src_lang)} trgLang={quoted(tgt_lang)}>\n"
    )


def _file_of(entry: Entry) -> tuple[str, str, str]:
    return entry.src_lang, entry.tgt_lang, entry.document
