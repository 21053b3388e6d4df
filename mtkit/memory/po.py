"""Gettext PO: messages that are translated; fuzzy ones are unreviewed.

Of a plural each form is taken with a number for which Russian uses it, as it is translated (see
mtkit.documents.po); of one without a number the first form.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mtkit.documents.files import read_bytes
from mtkit.documents.languages import primary
from mtkit.documents.po import numbered_forms
from mtkit.documents.po_entries import header_fields, po_entries, read_po_text
from mtkit.errors import FormatError
from mtkit.memory.entries import UNREVIEWED, Entry
from mtkit.text.language import detect_language


def read(path: Path, src_lang: str, tgt_lang: str) -> Iterator[Entry]:
    """Entries of a catalogue, whose sources are in `src_lang`, or what they look like. Raises FormatError."""
    messages = po_entries(read_po_text(read_bytes(path), str(path)), str(path))
    language = header_fields(messages).get("Language", "")
    translated = [each for each in messages if each.msgid and each.target]
    if not translated or (language and primary(language) != tgt_lang):
        return
    source_language = src_lang or detect_language("\n".join(each.msgid for each in translated))
    if not source_language:
        raise FormatError(path, "it does not say its source language.", "Name it: --from vi.")
    for message in translated:
        forms = numbered_forms(message)
        has_number = len({source for source, _ in forms}) == len(forms) > 1
        for source, target in forms if has_number else [(message.msgid, message.target)]:
            yield Entry(
                source=source,
                target=target,
                src_lang=source_language,
                tgt_lang=tgt_lang,
                origin=UNREVIEWED if "fuzzy" in message.flags else "po",
            )
