"""Files that no format of mtkit reads, told by how they begin or are named."""

from __future__ import annotations

import codecs
from pathlib import Path

from mtkit.errors import InputError

_PDF = ("a PDF", "Save it as text or DOCX.")
_OLD_OFFICE = ("an old Office file (DOC, XLS, PPT)", "Save it as DOCX.")
_RTF = ("a rich text file (RTF)", "Save it as DOCX.")
_TABLE = ("a spreadsheet", "Save it as CSV.")
_SLIDES = ("a presentation", "Save its text as DOCX.")
_BOOK = ("an e-book", "Save it as HTML or DOCX.")
_WITH_MACROS = ("a Word document with macros or a template", "Save it as DOCX.")
_OTHER = ("a document of another program", "Save it as DOCX.")

_FOREIGN = {
    b"%PDF-": _PDF,
    b"{\\rtf": _RTF,
    b"\x89PNG": ("a picture", "Type its text."),
    b"\xff\xd8\xff": ("a picture", "Type its text."),
    b"GIF8": ("a picture", "Type its text."),
}

_HEAD_BYTES = 4096
_BLANK = b" \t\r\n\v\f\0\xef\xbb\xbf\xff\xfe"
"""White space and byte order marks."""

_SUFFIXES = {
    ".pdf": _PDF,
    **dict.fromkeys((".doc", ".dot", ".xls", ".ppt"), _OLD_OFFICE),
    ".rtf": _RTF,
    **dict.fromkeys((".docm", ".dotx", ".dotm"), _WITH_MACROS),
    **dict.fromkeys((".xlsx", ".xlsm", ".ods"), _TABLE),
    **dict.fromkeys((".pptx", ".pptm", ".odp"), _SLIDES),
    **dict.fromkeys((".epub", ".fb2", ".mobi", ".djvu"), _BOOK),
    **dict.fromkeys((".pages", ".wpd", ".wps", ".mht", ".mhtml", ".eml", ".msg"), _OTHER),
}
"""Documents whose translation somebody may expect: no pictures, programs or archives."""


def foreign_by_name(path: Path) -> str | None:
    """What a document that mtkit does not read is, and how to make it readable; None for all others.

    A text that was saved under the name of one (.doc, .pdf) is none.
    """
    known = _SUFFIXES.get(path.suffix.lower())
    if known is None or is_misnamed_text(path):
        return None
    return f"{known[0]}, which mtkit does not read; {known[1][:1].lower()}{known[1][1:]}"


def is_misnamed_text(path: Path) -> bool:
    """Whether a file that is named as a document of bytes holds text, or nothing."""
    known = _SUFFIXES.get(path.suffix.lower())
    if known is None or known in (_OTHER, _BOOK):
        return False
    try:
        with open(path, "rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except OSError:
        return False
    if b"\0" in head or head.startswith(tuple(_FOREIGN)):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def refuse_blank(path: str | Path, raw: bytes) -> None:
    """Raise InputError where a file holds nothing, or nothing but white space."""
    if not raw.strip(_BLANK):
        problem = "there is nothing but white space in it" if raw else "the file is empty"
        raise InputError(f"{path}: {problem}.", "Leave it out, or save it again if it should hold text.")


def refuse_foreign(path: str | Path, raw: bytes) -> None:
    """Raise InputError that says what the file is and how to make it readable."""
    for start, (kind, hint) in _FOREIGN.items():
        if raw.startswith(start):
            raise InputError(f"{path}: this is {kind}, which mtkit does not read.", hint)
