"""Entries of gettext PO files, with the lines that each of their fields stands on (GNU gettext manual, 3)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mtkit.documents.files import read_text
from mtkit.documents.skeleton import split_lines
from mtkit.errors import FormatError

_LINE = re.compile(r'(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?\s*"(?P<text>.*)"')
_ESCAPED = re.compile(r"\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_WRITTEN = {
    "\\": "\\\\",
    '"': '\\"',
    **{char: f"\\{letter}" for letter, char in _ESCAPES.items()},
}
_CHARSET = re.compile(rb'"[^"\n]*?charset=([\w.:-]+)')
_UTF8 = ("utf-8", "utf8", "charset", "us-ascii", "ascii")
_CHARSET_LINES = 60


@dataclass(frozen=True, slots=True)
class PoField:
    """A string of an entry on lines begin..end (from 0, `end` left out)."""

    text: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoEntry:
    """Lines begin..end with its comments; without msgid they are comments alone or obsolete entries."""

    begin: int
    end: int
    fields: Mapping[str, PoField] = field(default_factory=dict)
    flag_lines: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def msgid(self) -> str:
        return self.fields["msgid"].text if "msgid" in self.fields else ""

    @property
    def is_header(self) -> bool:
        return "msgid" in self.fields and not self.msgid and "msgctxt" not in self.fields

    @property
    def target(self) -> str:
        """The translation; of a plural its first form."""
        found = self.fields.get("msgstr") or self.fields.get("msgstr[0]")
        return found.text if found else ""

    def targets(self) -> dict[str, PoField]:
        """The msgstr fields by their keywords."""
        return {key: value for key, value in self.fields.items() if key.startswith("msgstr")}


def read_po_text(raw: bytes, path: str) -> str:
    """Text of a PO file in the charset that its header names. Raises FormatError with the line."""
    head = b"\n".join(raw.split(b"\n", _CHARSET_LINES)[:_CHARSET_LINES])
    found = _CHARSET.search(head)
    label = found[1].decode("ascii", "replace").lower() if found else "utf-8"
    if label in _UTF8 or raw.startswith(codecs.BOM_UTF8):
        return read_text(raw, path)
    try:
        text = raw.decode(label)
    except LookupError as error:
        problem = f"its charset {label!r} is not known."
        raise FormatError(path, problem, "Convert it: msgconv -t UTF-8.") from error
    except UnicodeError as error:
        line = raw.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise FormatError(path, f"it is not in {label}, as its header says.", "Mend it.", line) from error
    if "\0" in text:
        raise FormatError(path, "NUL byte: a binary file, not text.", "Save it as text in UTF-8.")
    return text


def po_entries(text: str, path: str) -> list[PoEntry]:
    """Entries of a PO file in order; their lines are those of split_lines, blank ones between them left out.

    Raises FormatError naming the line.
    """
    lines = [line.strip() for line, _ in split_lines(text)]
    builder = _Builder(path)
    for number, line in enumerate(lines):
        builder.add(number, line)
    builder.finish(len(lines))
    return builder.entries


def header_fields(entries: Iterable[PoEntry]) -> dict[str, str]:
    """What the header among entries says, by the names of its fields; empty without a header."""
    header = next((entry for entry in entries if entry.is_header), None)
    lines = (header.target if header else "").split("\n")
    pairs = (line.partition(":") for line in lines if line.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def escape_po(text: str) -> str:
    return "".join(_WRITTEN.get(char, char) for char in text)


def unescape_po(text: str) -> str:
    return _ESCAPED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8))
    return _ESCAPES.get(code, code)


class _Builder:
    """Takes lines one by one and gathers entries."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.entries: list[PoEntry] = []
        self._begin: int | None = None
        self._fields: dict[str, PoField] = {}
        self._flag_lines: list[int] = []
        self._flags: list[str] = []
        self._keyword = ""
        self._last = 0

    def add(self, number: int, line: str) -> None:
        if not line:
            return
        if line.startswith("#"):
            if self._fields:
                self.finish(self._last + 1)
            self._start(number)
            if line.startswith("#,"):
                self._flag_lines.append(number)
                self._flags += [flag.strip() for flag in line[2:].split(",") if flag.strip()]
            self._last = number
            return
        match = _LINE.fullmatch(line)
        if match is None or not (match["keyword"] or self._fields):
            raise FormatError(self.path, f"not a line of a PO file: {line[:40]!r}.", "Mend it.", number + 1)
        keyword = match["keyword"] or self._keyword
        if match["keyword"]:
            if keyword in ("msgctxt", "msgid") and "msgid" in self._fields:
                self.finish(self._last + 1)
            if keyword in self._fields:
                problem = f"{keyword} stands twice in one entry."
                raise FormatError(self.path, problem, "Mend it.", number + 1)
            self._fields[keyword] = PoField("", number, number)
        self._start(number)
        self._keyword = keyword
        so_far = self._fields[keyword]
        text = so_far.text + unescape_po(match["text"])
        self._fields[keyword] = PoField(text, so_far.begin, number + 1)
        self._last = number

    def finish(self, end: int) -> None:
        """End the entry before line `end`."""
        if self._begin is None:
            return
        end = min(end, self._last + 1)
        lacks = "msgid" if "msgid" not in self._fields else "msgstr"
        if self._fields and not any(keyword.startswith(lacks) for keyword in self._fields):
            raise FormatError(self.path, f"an entry without {lacks}.", "Mend it.", self._last + 1)
        self.entries.append(
            PoEntry(
                begin=self._begin,
                end=end,
                fields=self._fields,
                flag_lines=tuple(self._flag_lines),
                flags=tuple(self._flags),
            )
        )
        self._begin, self._fields, self._flag_lines, self._flags = None, {}, [], []
        self._keyword = ""

    def _start(self, number: int) -> None:
        if self._begin is None:
            self._begin = number
