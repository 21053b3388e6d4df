"""Tab-separated values: the target becomes a new last column, or takes the place of its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtkit.documents.files import read_text
from mtkit.documents.flow import assemble
from mtkit.documents.parts import Alternative, Block, DraftPiece, verbatim
from mtkit.documents.skeleton import on_one_line, split_lines
from mtkit.documents.text_format import TextFormat
from mtkit.errors import ConfigError, FormatError
from mtkit.types import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class TsvOptions:
    """`column` is a number counted from 1, or a name in the first row, which then is a header.

    `target_column` is what the header calls the new column. `columns`, where given, are translated in their
    own place instead.
    """

    column: int | str = 1
    target_column: str = "translation"
    columns: Sequence[int | str] = ()


class TsvFormat(TextFormat):
    """Rows of cells without quoting, as IANA text/tab-separated-values has them.

    A quotation mark is a character as any other. Blank lines and all cells stay as they are; in a translated
    file each row gets one more cell, empty where there was nothing to translate. With `columns` the cells of
    these columns are replaced, and no row grows.
    """

    name = "tsv"
    suffixes = (".tsv", ".tab")
    options_type = TsvOptions

    def __init__(self, options: TsvOptions = TsvOptions()) -> None:
        self.options = options
        column = str(options.column)
        self._number = int(column) if column.isdecimal() else None
        if isinstance(options.columns, str):
            problem = f"columns of format tsv must be a list, not {options.columns!r}."
            raise ConfigError(problem, 'Write for example ["title", "body"].')
        for wanted in (column, *map(str, options.columns)):
            if wanted in ("", "0"):
                hint = "Columns count from 1, or have a name."
                raise ConfigError(f"There is no TSV column {wanted!r}.", hint)

    def sniff(self, head: bytes) -> bool:
        lines = head.decode("utf-8", "ignore").splitlines()[:20]
        tabs = {line.count("\t") for line in (lines[:-1] if len(lines) > 2 else lines)}
        return len(lines) > 1 and len(tabs) == 1 and tabs != {0}

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        text = read_text(raw, path)
        lines = split_lines(text)
        draft: list[DraftPiece] = []
        number = self._number
        if self.options.columns:
            draft = self._in_place(lines, path)
            return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)
        for line_number, (line, end) in enumerate(lines, 1):
            if not line.strip(" "):
                draft.append(line + end)
            elif number is None:
                number = self._named(str(self.options.column), line.split("\t"), path, line_number)
                draft.append(Alternative(line + end, (f"{line}\t{self.options.target_column}{end}",)))
            else:
                cell = self._cell(line.split("\t"), number, path, line_number)
                draft.append(Alternative(line + end, (f"{line}\t", _block(cell, line_number), end)))
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)

    @staticmethod
    def escape(_kind: str, text: str, _last: bool) -> str:
        return on_one_line(text).replace("\t", " ")

    def sides(self, raw: bytes, path: str, src_lang: str) -> list[tuple[Block | None, Block]]:
        """Source cells and those of the new column (see mtkit.documents.edited.KeepsSources)."""
        found: list[tuple[Block | None, Block]] = []
        number, place = self._number, 0
        for line_number, (line, _) in enumerate(split_lines(read_text(raw, path)), 1):
            cells = line.split("\t")
            if self.options.columns or not line.strip(" "):
                continue
            if number is None:
                number = self._named(str(self.options.column), cells, path, line_number)
                place = self._named(self.options.target_column, cells, path, line_number)
                continue
            source = self._cell(cells, number, path, line_number)
            appended = cells[place - 1] if 0 < place <= len(cells) else cells[-1]
            target = appended if number < len(cells) else ""
            found.append((_block(source, line_number), _block(target, line_number)))
        return found

    def _in_place(self, lines: Sequence[tuple[str, str]], path: str) -> list[DraftPiece]:
        draft: list[DraftPiece] = []
        numbers: list[int] = []
        for line_number, (line, end) in enumerate(lines, 1):
            cells = line.split("\t")
            if not numbers and line.strip(" "):
                wanted = [str(column) for column in self.options.columns]
                numbers = [
                    int(name) if name.isdecimal() else self._named(name, cells, path, line_number)
                    for name in wanted
                ]
                if not all(map(str.isdecimal, wanted)):
                    draft.append(line + end)
                    continue
            if not line.strip(" "):
                draft.append(line + end)
                continue
            for number in numbers:
                self._cell(cells, number, path, line_number)
            for number, cell in enumerate(cells, 1):
                draft.append("\t" if number > 1 else "")
                draft.append(_block(cell, line_number) if number in numbers else cell)
            draft.append(end)
        return draft

    @staticmethod
    def _named(name: str, header: list[str], path: str, line: int) -> int:
        if name not in header:
            known = ", ".join(header)
            raise FormatError(path, f"no column {name!r}.", f"Its columns: {known}.", line=line)
        return header.index(name) + 1

    @staticmethod
    def _cell(cells: list[str], number: int, path: str, line: int) -> str:
        if len(cells) < number:
            problem = f"column {number} is missing; the row has {len(cells)}."
            raise FormatError(path, problem, "Separate cells by tabs, or set option column.", line=line)
        return cells[number - 1]


def _block(cell: str, line: int) -> Block:
    return Block(parts=(verbatim(cell),), line=line, escape="cell")
