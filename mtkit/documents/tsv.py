"""Tab-separated values: targets fill a column for them, become a new last one, or replace their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mtkit.documents.files import read_text
from mtkit.documents.flow import assemble
from mtkit.documents.parts import Alternative, Block, DraftPiece, verbatim
from mtkit.documents.skeleton import on_one_line, split_lines
from mtkit.documents.table_columns import (
    TARGET_LANGUAGE,
    chosen_columns,
    column_by_content,
    columns_by_header,
    is_header,
    is_unknown_header,
    missing_cell,
    unclear_columns,
    unclear_columns_without_header,
)
from mtkit.documents.text_format import TextFormat
from mtkit.errors import ConfigError
from mtkit.types import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class TsvOptions:
    """`column` is a number counted from 1, or a name in the first row, which then is a header.

    Without it the header tells what is translated, or the one column that holds text. `target_column` is what
    the header calls the new column. `columns`, where given, are translated in their own place instead; with
    `some` a table may lack some of them.
    """

    column: int | str = ""
    target_column: str = "translation"
    columns: Sequence[int | str] = ()
    some: bool = False


class _Row(NamedTuple):
    """A line with its cells; `end` is its line break."""

    number: int
    line: str
    end: str
    cells: list[str]

    @property
    def is_filled(self) -> bool:
        return bool(self.line.strip(" "))


class _Layout(NamedTuple):
    """Columns, counted from 1: those to translate, and where targets go; `width` is that of the first row.

    `target` 0 is a new last column, None the place of the sources.
    """

    sources: list[int]
    target: int | None
    width: int
    has_header: bool


class TsvFormat(TextFormat):
    """Rows of cells without quoting, as IANA text/tab-separated-values has them.

    A quotation mark is a character as any other. The header says what to translate, as in CSV, or one column
    holds text. Targets go into the empty cells of the column for them, else each row gets one more cell,
    empty where there was nothing to translate; with several columns, or with `columns`, they replace their
    sources. Blank lines and all other cells stay as they are. A table that is read as Russian is the column
    of targets, in its own place.
    """

    name = "tsv"
    suffixes = (".tsv", ".tab")
    options_type = TsvOptions

    def __init__(self, options: TsvOptions = TsvOptions()) -> None:
        self.options = options
        if isinstance(options.columns, str):
            problem = f"columns of format tsv must be a list, not {options.columns!r}."
            raise ConfigError(problem, 'Write for example ["title", "body"].')
        for wanted in (str(options.column) or "1", *map(str, options.columns)):
            if wanted in ("", "0"):
                hint = "Columns count from 1, or have a name."
                raise ConfigError(f"There is no TSV column {wanted!r}.", hint)

    def sniff(self, head: bytes) -> bool:
        lines = head.decode("utf-8", "ignore").splitlines()[:20]
        tabs = {line.count("\t") for line in (lines[:-1] if len(lines) > 2 else lines)}
        return len(lines) > 1 and len(tabs) == 1 and tabs != {0}

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        rows = _rows(raw, path)
        layout = self._layout(rows, path, src_lang)
        if src_lang == tgt_lang:
            layout = layout._replace(target=None)
        draft: list[DraftPiece] = []
        is_first = True
        for row in rows:
            if not row.is_filled:
                draft.append(row.line + row.end)
            elif is_first and layout.has_header:
                draft.append(self._header(row, layout))
                is_first = False
            elif layout.target is None:
                there = [number for number in layout.sources if number <= len(row.cells)]
                draft += _in_place(row, there if src_lang == tgt_lang else layout.sources, path)
            else:
                draft.append(_beside(row, layout, path))
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)

    @staticmethod
    def escape(_kind: str, text: str, _last: bool) -> str:
        return on_one_line(text).replace("\t", " ")

    def sides(self, raw: bytes, path: str, src_lang: str) -> list[tuple[Block | None, Block]]:
        """Source cells and those of the column of targets (see mtkit.documents.edited.KeepsSources)."""
        rows = [row for row in _rows(raw, path) if row.is_filled]
        named = self.options.columns or self.options.column
        before = rows
        if rows and not named and not is_header(rows[0].cells):
            before = [row._replace(cells=row.cells[:-1]) for row in rows]
        layout = self._layout(before, path, src_lang)
        if layout.target is None:
            return [
                (None, _block(cell, row.number))
                for row in rows[layout.has_header :]
                for number, cell in enumerate(row.cells, 1)
                if number in layout.sources
            ]
        number, place = layout.sources[0], layout.target
        if layout.has_header and not place:
            chosen_columns([self.options.target_column], rows[0].cells, path, rows[0].number)
        found: list[tuple[Block | None, Block]] = []
        for row in rows[layout.has_header :]:
            source, cells = _cell(row, number, path), row.cells
            last = place or len(cells)
            is_there = place <= len(cells) if place else number < len(cells)
            target = cells[last - 1] if is_there else ""
            found.append((_block(source, row.number), _block(target, row.number)))
        return found

    def _layout(self, rows: Sequence[_Row], path: str, src_lang: str) -> _Layout:
        filled = [row for row in rows if row.is_filled]
        if not filled:
            return _Layout([1], 0, 1, False)
        options, first = self.options, filled[0]
        width = len(first.cells)
        if wanted := options.columns or ([options.column] if options.column else []):
            sources, has_header = chosen_columns(wanted, first.cells, path, first.number, some=options.some)
            is_there = has_header and options.target_column in first.cells
            target = first.cells.index(options.target_column) + 1 if is_there else 0
            if src_lang == TARGET_LANGUAGE and not options.columns:
                sources = [target or width]
            return _Layout(sources, None if options.columns else target, width, has_header)
        if is_header(first.cells):
            columns = columns_by_header(first.cells, path, first.number, src_lang)
            in_place = len(columns.sources) > 1
            return _Layout(columns.sources, None if in_place else columns.target, width, True)
        cells = [row.cells for row in filled]
        if is_unknown_header(cells):
            raise unclear_columns(first.cells, path, first.number)
        column = column_by_content(cells, src_lang)
        if column is None:
            raise unclear_columns_without_header(path, first.number)
        return _Layout([column], 0, width, False)

    def _header(self, row: _Row, layout: _Layout) -> DraftPiece:
        if layout.target != 0:
            return row.line + row.end
        return Alternative(row.line + row.end, (f"{row.line}\t{self.options.target_column}{row.end}",))


def _rows(raw: bytes, path: str) -> list[_Row]:
    lines = split_lines(read_text(raw, path))
    return [_Row(number, line, end, line.split("\t")) for number, (line, end) in enumerate(lines, 1)]


def _in_place(row: _Row, sources: Sequence[int], path: str) -> Iterator[DraftPiece]:
    for number in sources:
        _cell(row, number, path)
    for number, cell in enumerate(row.cells, 1):
        yield "\t" if number > 1 else ""
        yield _block(cell, row.number) if number in sources else cell
    yield row.end


def _beside(row: _Row, layout: _Layout, path: str) -> DraftPiece:
    """The row with its target in the empty cell for it, or with a new last one."""
    block = _block(_cell(row, layout.sources[0], path), row.number)
    raw, place = row.line + row.end, layout.target or 0
    width = len(row.cells)
    if place and place <= width:
        if row.cells[place - 1].strip():
            return raw
        before, after = row.cells[: place - 1], row.cells[place:]
        start, rest = "".join(f"{cell}\t" for cell in before), "".join(f"\t{cell}" for cell in after)
        return Alternative(raw, (start, block, rest + row.end), whole=True)
    missing = (place - 1 if place else layout.width if layout.has_header else width) - width
    return Alternative(raw, (row.line + "\t" * (max(missing, 0) + 1), block, row.end), whole=bool(place))


def _cell(row: _Row, number: int, path: str) -> str:
    if len(row.cells) < number:
        raise missing_cell(number, len(row.cells), path, row.number)
    return row.cells[number - 1]


def _block(cell: str, line: int) -> Block:
    return Block(parts=(verbatim(cell),), line=line, escape="cell")
