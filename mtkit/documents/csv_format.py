"""CSV: the cells of chosen columns are replaced by their targets, or these fill a column of their own."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtkit.documents.csv_cells import DELIMITERS, Cell, Row, csv_rows, find_delimiter, written_cell
from mtkit.documents.files import read_text
from mtkit.documents.flow import assemble
from mtkit.documents.parts import Alternative, Block, DraftPiece
from mtkit.documents.skeleton import NO_ALIGNMENTS, Slot, Variant, on_one_line, render
from mtkit.documents.strings import string_parts
from mtkit.documents.table_columns import (
    chosen_columns,
    columns_by_header,
    missing_cell,
    names_text,
)
from mtkit.errors import ConfigError
from mtkit.types import Alignment, Document


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvOptions:
    """`columns` are names in the first row, which then is a header, or numbers counted from 1.

    `target_column` gets the targets of one column, where its cells are empty. Without a `delimiter` the one
    that fits the first rows is taken. With `some` a table may lack some of `columns`.
    """

    columns: Sequence[int | str] = ()
    target_column: int | str = ""
    delimiter: str = ""
    some: bool = False


class CsvFormat:
    """Tables with a comma, a semicolon, a tab or a bar between cells.

    Without `columns` the header says what to translate: the column source, vi or en, with targets in an empty
    column target or ru beside it; else the columns text, title, tiêu đề and the like, in their place. Quotes,
    line ends and all other cells stay; a byte order mark does, too, since Excel reads the encoding from it.
    """

    name = "csv"
    suffixes = (".csv",)
    options_type = CsvOptions

    def __init__(self, options: CsvOptions = CsvOptions()) -> None:
        self.options = options
        columns = options.columns
        if isinstance(columns, str) or not all(
            isinstance(column, str | int) and column not in ("", 0, "0") for column in columns
        ):
            problem = f"columns of format csv must be a list of names or numbers, not {columns!r}."
            raise ConfigError(problem, 'Write for example ["title", "body"].')
        if options.delimiter not in ("", *DELIMITERS):
            problem = f"There is no CSV delimiter {options.delimiter!r}."
            raise ConfigError(problem, "Known: comma, semicolon, tab, bar.")
        if options.target_column and len(columns) != 1:
            raise ConfigError("A CSV target_column goes with one of columns.", "Name one column.")

    def sniff(self, head: bytes) -> bool:
        text = head.decode("utf-8", "ignore").lstrip("\ufeff")
        if "\n" not in text:
            return False
        first = text.partition("\n")[0].strip("\r")
        names = [name.strip('" ') for name in first.split(find_delimiter(first, ""))]
        return len(names) > 1 and names_text(names)

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        text, delimiter, rows = self._rows(raw, path)
        draft: list[DraftPiece] = ["\ufeff"] if raw.startswith(codecs.BOM_UTF8) else []
        done = 0
        if rows:
            columns, target, has_header = self._columns(rows[0], path, src_lang)
            for row in rows[has_header:]:
                for column in columns:
                    source, cell = (_cell(row, number, path) for number in (column, target or column))
                    if target and cell.value.strip():
                        continue
                    written = text[cell.start : cell.end]
                    block = _block(source, row.line, delimiter)
                    piece = Alternative(written, (block,), whole=bool(target))
                    draft += [text[done : cell.start], piece]
                    done = cell.end
        draft.append(text[done:])
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)

    def write(
        self,
        document: Document,
        targets: Mapping[str, str],
        alignments: Mapping[str, Alignment] = NO_ALIGNMENTS,
    ) -> bytes:
        out: list[str] = []
        for piece in document.skeleton:
            written = render((piece,), targets, _escape, alignments)
            if isinstance(piece, Variant) and written != piece.raw:
                slot = next((inner for inner in piece.translated if isinstance(inner, Slot)), None)
                quoted = piece.raw.startswith('"')
                before = piece.raw[1:-1].replace('""', '"') if quoted else piece.raw
                if slot is None or written == before:
                    written = piece.raw
                else:
                    written = written_cell(written, slot.escape, quoted=quoted)
            out.append(written)
        return "".join(out).encode()

    def sides(self, raw: bytes, path: str, src_lang: str) -> list[tuple[Block | None, Block]]:
        """Cells of the source and of the target column, or those translated in place.

        See mtkit.documents.edited.KeepsSources.
        """
        _, delimiter, rows = self._rows(raw, path)
        columns, target, has_header = self._columns(rows[0], path, src_lang) if rows else ([], 0, True)
        found: list[tuple[Block | None, Block]] = []
        for row in rows[has_header:]:
            if not target:
                cells = (_cell(row, number, path) for number in columns)
                found += [(None, _block(cell, row.line, delimiter)) for cell in cells]
                continue
            source, cell = _cell(row, columns[0], path), _cell(row, target, path)
            found.append((_block(source, row.line, delimiter), _block(cell, row.line, delimiter)))
        return found

    def _rows(self, raw: bytes, path: str) -> tuple[str, str, list[Row]]:
        """Text, delimiter, and the rows that are not blank."""
        text = read_text(raw, path)
        delimiter = self.options.delimiter or find_delimiter(text, path)
        return text, delimiter, [row for row in csv_rows(text, delimiter, path) if not row.is_blank]

    def _columns(self, first: Row, path: str, src_lang: str) -> tuple[list[int], int, bool]:
        """The columns to translate, the one for targets (0: in place), and whether there is a header."""
        names = [" ".join(cell.value.split()) for cell in first.cells]
        options = self.options
        if not options.columns:
            return *columns_by_header(names, path, first.line, src_lang), True
        numbers, has_header = chosen_columns(options.columns, names, path, first.line, some=options.some)
        if not options.target_column:
            return sorted(set(numbers)), 0, has_header
        (target,), is_named = chosen_columns([options.target_column], names, path, first.line)
        return numbers, target, has_header or is_named


def _cell(row: Row, number: int, path: str) -> Cell:
    if number > len(row.cells):
        raise missing_cell(number, len(row.cells), path, row.line)
    return row.cells[number - 1]


def _block(cell: Cell, line: int, delimiter: str) -> Block:
    return Block(parts=list(string_parts(cell.value, str)), line=line, escape=delimiter)


def _escape(_delimiter: str, text: str, _last: bool) -> str:
    return on_one_line(text)
