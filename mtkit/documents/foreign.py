"""Files that no format of mtkit reads, told by how they begin."""

from __future__ import annotations

from pathlib import Path

from mtkit.errors import InputError

_FOREIGN = {
    b"%PDF-": ("a PDF", "Save it as text or DOCX."),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("an old Office file (DOC, XLS, PPT)", "Save it as DOCX."),
    b"{\\rtf": ("a rich text file (RTF)", "Save it as DOCX."),
    b"\x89PNG": ("a picture", "Type its text."),
    b"\xff\xd8\xff": ("a picture", "Type its text."),
    b"GIF8": ("a picture", "Type its text."),
}


def refuse_foreign(path: str | Path, raw: bytes) -> None:
    """Raise InputError that says what the file is and how to make it readable."""
    for start, (kind, hint) in _FOREIGN.items():
        if raw.startswith(start):
            raise InputError(f"{path}: is {kind}, which mtkit does not read.", hint)
