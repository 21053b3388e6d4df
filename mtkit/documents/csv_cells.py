"""Cells of a CSV file (RFC 4180) with the places where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtkit.errors import FormatError

DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_END = re.compile(r"\r\n|\r|\n")
_SAMPLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Cell:
    """`start` and `end` are those of the cell as written, quotes within."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    line: int

    @property
    def is_blank(self) -> bool:
        return len(self.cells) == 1 and not self.cells[0].value.strip()


def csv_rows(text: str, delimiter: str, path: str) -> Iterator[Row]:
    """Rows of a file, blank lines too, each with the line it begins on. Raises FormatError."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    at, line = 0, 1
    while at < len(text):
        first_line = line
        cells: list[Cell] = []
        while True:
            cell = _quoted(text, at, delimiter, path, line) if text.startswith('"', at) else None
            if cell is None:
                end = plain.match(text, at).end()  # type: ignore[union-attr]
                cell = Cell(text[at:end], at, end)
            line += _line_ends(text[at : cell.end])
            cells.append(cell)
            at = cell.end
            if text[at : at + 1] != delimiter:
                break
            at += 1
        if (ended := _END.match(text, at)) is not None:
            at = ended.end()
            line += 1
        yield Row(tuple(cells), first_line)


def find_delimiter(text: str, path: str) -> str:
    """The delimiter that gives every row the same number of cells, the most of them; else a comma."""
    best, most = ",", 1
    for delimiter in DELIMITERS:
        sizes = set()
        try:
            for number, row in enumerate(csv_rows(text, delimiter, path)):
                if number == _SAMPLE_ROWS:
                    break
                if not row.is_blank:
                    sizes.add(len(row.cells))
        except FormatError:
            continue
        if len(sizes) == 1 and (size := sizes.pop()) > most:
            best, most = delimiter, size
    return best


def written_cell(value: str, delimiter: str, *, quoted: bool) -> str:
    """A cell as it is written: in quotes where it was, or where it has to be."""
    if quoted or any(sign in value for sign in (delimiter, '"', "\n", "\r")):
        return '"' + value.replace('"', '""') + '"'
    return value


def _quoted(text: str, at: int, delimiter: str, path: str, line: int) -> Cell:
    match = _QUOTED.match(text, at)
    if match is None:
        problem = "a quotation mark opens a cell and none closes it."
        raise FormatError(path, problem, 'Close it; write a mark inside a cell twice ("").', line)
    if text[match.end() : match.end() + 1] not in ("", delimiter, "\r", "\n"):
        line += _line_ends(match[0])
        problem = "text after the quotation mark that closes a cell."
        raise FormatError(path, problem, 'Write a mark inside a cell twice ("").', line)
    return Cell(match[1].replace('""', '"'), at, match.end())


def _line_ends(text: str) -> int:
    return len(_END.findall(text)) if "\n" in text or "\r" in text else 0
