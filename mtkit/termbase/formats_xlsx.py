"""Glossaries as spreadsheets: the rows of the first sheet, under the same columns as delimited text."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mtkit.errors import MissingExtraError, TermbaseError
from mtkit.termbase.formats import Glossary
from mtkit.termbase.formats_delimited import clean, read_rows
from mtkit.termbase.rows import COLUMNS, FURTHER_COLUMNS, cells_of
from mtkit.types import Concept

MOST_BYTES = 256 * 1024 * 1024
"""Of all parts of a spreadsheet together, unpacked."""

_WRITTEN_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Of the times that a ZIP archive can hold."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    SyntaxError,
)
"""What zipfile and openpyxl raise for files that are no spreadsheets."""


class Xlsx:
    """Office Open XML spreadsheet (ISO/IEC 29500), through openpyxl."""

    name = "xlsx"
    title = "spreadsheet (XLSX)"
    suffixes: tuple[str, ...] = (".xlsx",)
    lossless = True

    def sniff(self, raw: bytes) -> bool:
        return raw.startswith(b"PK")

    def read(self, raw: bytes, path: str, src_lang: str | None) -> Glossary:
        openpyxl = _openpyxl()
        _refuse_unsafe(raw, path)
        try:
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = [
                (number, [_text(value) for value in row])
                for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            ]
            title = sheet.title
        except _DAMAGE as error:
            raise TermbaseError(path, f"is no readable spreadsheet ({error}).", "Save it again.") from error
        filled = [(number, cells) for number, cells in rows if any(cells) and not cells[0].startswith("#")]
        width = max((_width(cells) for _, cells in filled), default=0)
        even = [(number, [*cells, *[""] * width][:width]) for number, cells in filled]
        read = read_rows(even, path, src_lang)
        return replace(read, understood=f"sheet {title!r}, {read.understood}")

    def write(self, concepts: Sequence[Concept], src_lang: str | None) -> bytes:
        book = _openpyxl().Workbook()
        sheet = book.active
        sheet.title = "Glossary"
        rows = [cells_of(concept) for concept in concepts]
        columns = [*COLUMNS, *(column for column in FURTHER_COLUMNS if any(row[column] for row in rows))]
        sheet.append(columns)
        for number, row in enumerate(rows, start=2):
            for position, column in enumerate(columns, start=1):
                if row[column]:
                    # Text whatever it begins with: no cell of a glossary is a formula.
                    sheet.cell(number, position, row[column]).data_type = "s"
        sheet.freeze_panes = "A2"
        stream = io.BytesIO()
        book.save(stream)
        return _timeless(stream.getvalue())


def _timeless(raw: bytes) -> bytes:
    """The same spreadsheet without the time of writing, so that the same concepts give the same bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as written,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for part in written.infolist():
            content = written.read(part)
            if part.filename == "docProps/core.xml":
                content = _WRITTEN_AT.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            kept.writestr(zipfile.ZipInfo(part.filename, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("A spreadsheet glossary", "xlsx") from error
    return openpyxl


def _refuse_unsafe(raw: bytes, path: str) -> None:
    """Raise for archives that unpack to too much, and for parts that declare a document type."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise TermbaseError(
                    path, f"unpacks to more than {MOST_BYTES // 1024 // 1024} MiB.", "Split it."
                )
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part):
                    raise TermbaseError(
                        path, f"its part {part} declares a document type.", "Save it again as XLSX."
                    )
    except _DAMAGE as error:
        raise TermbaseError(path, f"is no readable spreadsheet ({error}).", "Save it again.") from error


def _width(cells: Sequence[str]) -> int:
    return max(index for index, cell in enumerate(cells, start=1) if cell)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value))
