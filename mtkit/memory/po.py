"""Gettext PO: messages that are translated; fuzzy ones are unreviewed, of plurals the first form is taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mtkit.documents.files import read_bytes
from mtkit.documents.languages import primary
from mtkit.documents.po_entries import PoEntry, po_entries, read_po_text
from mtkit.errors import FormatError
from mtkit.memory.entries import UNREVIEWED, Entry
from mtkit.text.language import detect_language


def read(path: Path, src_lang: str, tgt_lang: str) -> Iterator[Entry]:
    """Entries of a catalogue, whose sources are in `src_lang`, or what they look like. Raises FormatError."""
    messages = po_entries(read_po_text(read_bytes(path), str(path)), str(path))
    language = next((_language(each) for each in messages if each.is_header), "")
    translated = [(each, _target(each)) for each in messages if each.msgid and _target(each)]
    if not translated or (language and primary(language) != tgt_lang):
        return
    source_language = src_lang or detect_language("\n".join(each.msgid for each, _ in translated))
    if not source_language:
        raise FormatError(path, "it does not say its source language.", "Name it: --from vi.")
    for message, target in translated:
        yield Entry(
            source=message.msgid,
            target=target,
            src_lang=source_language,
            tgt_lang=tgt_lang,
            origin=UNREVIEWED if "fuzzy" in message.flags else "po",
        )


def _target(message: PoEntry) -> str:
    found = message.targets()
    first = found.get("msgstr") or found.get("msgstr[0]")
    return first.text if first else ""


def _language(header: PoEntry) -> str:
    lines = _target(header).split("\n")
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("Language:")), "")
