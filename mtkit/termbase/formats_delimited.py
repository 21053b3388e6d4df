"""Glossaries as delimited text: mtkit's own TSV, and the lists that DeepL, Google and OmegaT take.

DeepL: source, target and, where one file has several pairs, their language codes; no header. Google: source
and target without a header, or one column a language under a header of codes. OmegaT: source, target and a
comment, tab-separated, no header.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import ClassVar

from mtkit.errors import FormatError, TermbaseError
from mtkit.termbase.formats import Glossary
from mtkit.termbase.model import Place
from mtkit.termbase.rows import COLUMNS, FURTHER_COLUMNS, Row, cells_of, is_other_language, language_of
from mtkit.text import unicode as encoded
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.text.language_names import LANGUAGE_TITLES, header_key, language_named
from mtkit.types import Concept, Status

Line = tuple[int, list[str]]

_OTHER_NAMES = {
    **dict.fromkeys(("target", "translation", "ban dich", "перевод"), "ru"),
    **dict.fromkeys(("src", "original", "nguon", "ban goc", "оригинал"), "source"),
    **dict.fromkeys(("description", "notes", "comment", "ghi chu", "chu thich", "примечание"), "note"),
    **dict.fromkeys(("domain", "topic", "linh vuc", "chu de", "тема"), "subject"),
}
"""Columns by what else they are called (see mtkit.text.language_names.header_key)."""
_LANGUAGE_CODE = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?", re.IGNORECASE)
_VIETNAMESE_LETTER = re.compile(
    r"[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE
)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SEPARATORS = {"\t": "tab-separated", ",": "comma-separated", ";": "semicolon-separated"}
_NAME_COLUMNS = "Put the sources first, or name the columns in a first line: vi, en, ru."
_OWN_FORMAT = "mtkit's own format"


@dataclass(frozen=True, slots=True)
class Layout:
    """Which format the lines have, their columns, and whether the first line names them."""

    format: str
    columns: tuple[str, ...]
    header: bool

    def understood(self, src_lang: str | None) -> str:
        if self.format == "mtkit" and "id" in self.columns:
            return _OWN_FORMAT
        how = "under their header" if self.header else "without a header"
        language = LANGUAGE_TITLES.get(src_lang or "", "Vietnamese or English, as it is spelt")
        titles = {**LANGUAGE_TITLES, "source": f"source ({language})", "src_lang": "its language"}
        titles |= {"note": "comment", "tgt_lang": "target language"}
        return f"columns {how}: {', '.join(titles.get(column, column) for column in self.columns)}"


class _Delimited:
    """What the four formats share: reading is the same for all, the layout is told from the content."""

    name: ClassVar[str]
    title: ClassVar[str]
    suffixes: tuple[str, ...] = (".tsv", ".csv", ".txt")
    lossless = False

    def sniff(self, raw: bytes) -> bool:
        try:
            _, lines = _lines("", raw)
            return bool(lines) and layout("", lines).format == self.name
        except TermbaseError:
            return False

    def read(self, raw: bytes, path: str, src_lang: str | None) -> Glossary:
        between, lines = _lines(path, raw)
        glossary = read_rows(lines, path, src_lang)
        if glossary.understood == _OWN_FORMAT:
            return glossary
        return replace(glossary, understood=f"{_SEPARATORS[between]}, {glossary.understood}")


class MtkitTsv(_Delimited):
    """One concept a line under a header that names COLUMNS."""

    name = "mtkit"
    title = "mtkit's own TSV"
    lossless = True

    def write(self, concepts: Sequence[Concept], src_lang: str | None) -> bytes:
        rows = [cells_of(concept) for concept in concepts]
        further = [column for column in FURTHER_COLUMNS if any(row[column] for row in rows)]
        columns = [*COLUMNS, *further]
        return _tabbed([columns, *([row[column] for column in columns] for row in rows)])


class DeepLCsv(_Delimited):
    """Source and target; with their languages where no source language is given."""

    name = "deepl"
    title = "DeepL glossary, CSV"
    suffixes = (".csv", ".tsv")

    def write(self, concepts: Sequence[Concept], src_lang: str | None) -> bytes:
        if src_lang is not None:
            return _comma_separated([source, target] for _, source, target, _ in pairs(concepts, src_lang))
        return _comma_separated(
            [source, target, lang, "ru"] for lang, source, target, _ in pairs(concepts, None)
        )


class GoogleCsv(_Delimited):
    """Source and target; without a source language one column a language, under a header of codes."""

    name = "google"
    title = "Google Cloud Translation glossary, CSV"
    suffixes = (".csv", ".tsv")

    def write(self, concepts: Sequence[Concept], src_lang: str | None) -> bytes:
        if src_lang is not None:
            return _comma_separated([source, target] for _, source, target, _ in pairs(concepts, src_lang))
        rows = [[_first(concept, lang) for lang in (*SOURCE_LANGUAGES, "ru")] for concept in concepts]
        return _comma_separated([[*SOURCE_LANGUAGES, "ru"], *(row for row in rows if row[0] or row[1])])


class OmegatTsv(_Delimited):
    """Source, target and comment, tab-separated."""

    name = "omegat"
    title = "OmegaT glossary, tab-separated"
    suffixes = (".txt", ".tsv", ".utf8")

    def write(self, concepts: Sequence[Concept], src_lang: str | None) -> bytes:
        return _tabbed([source, target, note] for _, source, target, note in pairs(concepts, src_lang))


def pairs(concepts: Iterable[Concept], src_lang: str | None) -> Iterator[tuple[str, str, str, str]]:
    """(language, source, target, note) of source terms that are matched without a condition, each once."""
    seen: set[tuple[str, str]] = set()
    for concept in concepts:
        target = _first(concept, "ru")
        for lang in SOURCE_LANGUAGES if src_lang is None else (src_lang,):
            for term in concept.in_lang(lang, Status.PREFERRED, Status.ADMITTED):
                key = (lang if src_lang is None else "", term.text)
                if target and not term.condition and key not in seen:
                    seen.add(key)
                    yield lang, term.text, target, " ".join(concept.note.split())


def _first(concept: Concept, lang: str) -> str:
    terms = concept.in_lang(lang, Status.PREFERRED)
    return next((term.text for term in terms if not term.condition), "")


def _tabbed(rows: Iterable[Sequence[str]]) -> bytes:
    return "".join("\t".join(row).rstrip("\t" if len(row) == 3 else "") + "\n" for row in rows).encode()


def _comma_separated(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def decode(path: str, raw: bytes) -> str:
    """The text of a file in Unicode, NFC, with plain line ends. TermbaseError with the line that is none."""
    try:
        text = encoded.decode(raw, path)
    except FormatError as error:
        raise TermbaseError(path, error.problem, error.hint, error.line) from error
    return encoded.normalize(text.replace("\r\n", "\n").replace("\r", "\n"))


def clean(cell: str) -> str:
    """A cell as NFC text with single spaces; no term has tabs, line breaks or invisible characters."""
    return " ".join(encoded.normalize(cell).split())


def read_rows(lines: Sequence[Line], path: str, src_lang: str | None) -> Glossary:
    """The concepts of (line, cells), whatever file they come from. TermbaseError with path and line."""
    if not lines:
        raise TermbaseError(path, "the glossary is empty.", "Put one concept on each line.")
    found = layout(path, lines)
    if not found.header and "tgt_lang" not in found.columns:
        _refuse_misplaced(path, lines, found.columns)
    concepts: list[Concept] = []
    places: dict[str, Place] = {}
    left_out: Counter[str] = Counter()
    broken: list[TermbaseError] = []
    for line, cells in lines[found.header :]:
        try:
            concept = _concept(path, line, cells, found, src_lang, left_out)
            if concept is not None and concept.id in places:
                message = f"the id {concept.id!r} is taken by {places[concept.id]}."
                raise TermbaseError(path, message, "Give each concept its own id.", line)
        except TermbaseError as error:
            broken.append(error)
            continue
        if concept is not None:
            places[concept.id] = Place(path, line)
            concepts.append(concept)
    if broken:
        broken[0].further = tuple(broken[1:])
        raise broken[0]
    return Glossary(
        concepts=tuple(concepts),
        places=places,
        understood=found.understood(src_lang),
        guessed=not found.header,
        left_out=left_out,
    )


def _concept(
    path: str, line: int, cells: list[str], found: Layout, src_lang: str | None, left_out: Counter[str]
) -> Concept | None:
    """The concept of one row; None, and counted in `left_out`, where it is of other languages."""
    by_column = _by_column(path, line, cells, found)
    target = by_column.pop("tgt_lang", "ru")
    own = by_column.pop("src_lang", src_lang or "")
    if language_of(target) != "ru" or (own and language_of(own) not in SOURCE_LANGUAGES):
        left_out[f"pair {own.lower()}-{target.lower()}"] += 1
        return None
    return Row(path, line, _with_source(by_column, language_of(own)), "id" in found.columns).concept()


def _refuse_misplaced(path: str, lines: Sequence[Line], columns: Sequence[str]) -> None:
    """Raise where columns that nothing names are plainly in another order than they are read in."""
    even = [(line, cells) for line, cells in lines if len(cells) >= len(columns) - ("note" in columns)]
    if not even:
        return
    wanted = columns.index("ru")
    russian = [sum(encoded.has_cyrillic(cells[at]) for _, cells in even) for at in range(wanted + 1)]
    if not russian[wanted] or max(russian) > russian[wanted]:
        line, cells = next(each for each in even if not encoded.has_cyrillic(each[1][wanted]))
        problem = f"column {wanted + 1} should be Russian, but {cells[wanted]!r} is not."
        raise TermbaseError(path, problem, _NAME_COLUMNS, line)
    if tuple(columns) == ("vi", "en", "ru"):
        vietnamese = [sum(bool(_VIETNAMESE_LETTER.search(cells[at])) for _, cells in even) for at in (0, 1)]
        if vietnamese[1] > vietnamese[0]:
            line, cells = next(each for each in even if _VIETNAMESE_LETTER.search(each[1][1]))
            problem = f"column 2 should be English, but {cells[1]!r} is Vietnamese."
            raise TermbaseError(path, problem, _NAME_COLUMNS, line)


def separator(text: str) -> str:
    """What stands between the cells, by the first line outside of quotes: a tab, a comma or a semicolon."""
    sample = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    outside = _QUOTED.sub("", sample)
    if "\t" in outside:
        return "\t"
    return ";" if outside.count(";") > outside.count(",") else ","


@lru_cache(maxsize=2)
def _lines(path: str, raw: bytes) -> tuple[str, Sequence[Line]]:
    """What stands between the cells, and the lines: several formats look at the same file."""
    text = decode(path, raw)
    between = separator(text)
    return between, tuple(_cells(path, text, between))


def _cells(path: str, text: str, between: str) -> Iterator[Line]:
    """(line number, cells) of every line of an NFC text that is neither blank nor a # comment."""
    if between == "\t":
        yield from _tab_separated(text)
        return
    reader = csv.reader(io.StringIO(text), delimiter=between, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                yield line, [" ".join(cell.split()) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise TermbaseError(path, f"broken CSV ({error}).", "Mend the quotes.", reader.line_num) from error


def _tab_separated(text: str) -> Iterator[Line]:
    """Lines split at tabs; quotes that a spreadsheet put around a cell fall away, save in our own format."""
    own: bool | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        own = "id" in cells if own is None else own
        yield number, cells if own else [_unquoted(cell) for cell in cells]


def _unquoted(cell: str) -> str:
    inner = cell[1:-1].replace('""', "")
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"' or '"' in inner:
        return cell
    return cell[1:-1].replace('""', '"').strip()


def layout(path: str, lines: Sequence[Line]) -> Layout:
    """Tell the layout from the first lines. TermbaseError where it is none of those known."""
    line, cells = lines[0]
    if len(cells) == 4 and all(map(_is_code, cells[2:])) and not _is_code(cells[0]):
        return Layout("deepl", ("source", "ru", "src_lang", "tgt_lang"), False)
    columns = _header(path, line, cells)
    if columns is not None:
        languages = all(
            column in (*SOURCE_LANGUAGES, "ru", "note", "pos") or is_other_language(column)
            for column in columns
        )
        return Layout("google" if languages else "mtkit", columns, True)
    widths = {len(cells) for _, cells in lines}
    if widths <= {2, 3} and 3 in widths and _second_is_russian(lines):
        return Layout("omegat", ("source", "ru", "note"), False)
    if len(cells) == 2:
        return Layout("google", ("source", "ru"), False)
    if len(cells) == 3:
        return Layout("mtkit", ("vi", "en", "ru"), False)
    raise TermbaseError(
        path,
        f"a glossary without a header has 2 columns (source, target) or 3 (vi, en, ru), not {len(cells)}.",
        "Separate them by tabs or commas, or add a header line.",
        line,
    )


def _is_code(cell: str) -> bool:
    return _LANGUAGE_CODE.fullmatch(cell) is not None


def _second_is_russian(lines: Sequence[Line]) -> bool:
    """Whether the second column is the Russian one, so that a third is a comment."""
    second = sum(encoded.has_cyrillic(cells[1]) for _, cells in lines)
    return second * 2 >= len(lines)


def _header(path: str, line: int, cells: list[str]) -> tuple[str, ...] | None:
    """Column names if the first line is a header; None if it is an entry."""
    known = (*COLUMNS, *FURTHER_COLUMNS, "source", "pos")
    names = tuple(_column_name(cell, known) for cell in cells)
    if sum(name in known for name in names) < 2:
        return None
    for name, cell in zip(names, cells, strict=True):
        if name not in known and not is_other_language(name):
            raise TermbaseError(path, f"unknown column {cell!r}.", _unknown_column(cell, known), line)
    if len(set(names)) < len(names):
        raise TermbaseError(path, "two columns have the same name.", "Name each column once.", line)
    if "ru" not in names or not {"vi", "en", "source"} & set(names):
        raise TermbaseError(path, "the header needs ru and one of vi, en, source.", "Add the column.", line)
    return names


def _column_name(cell: str, known: Sequence[str]) -> str:
    """The column that a cell of a header names; the cell in small letters where it names none."""
    name = cell.casefold()
    return name if name in known else language_named(cell) or _OTHER_NAMES.get(header_key(cell), name)


def _unknown_column(cell: str, known: Sequence[str]) -> str:
    guess = get_close_matches(cell.casefold(), known, n=1)
    hint = f"Did you mean {guess[0]}? " if guess else "Rename or remove it; languages are vi, en and ru. "
    return f"{hint}Known: {', '.join(known)}."


def _by_column(path: str, line: int, cells: list[str], found: Layout) -> dict[str, str]:
    columns = found.columns
    if found.format == "omegat":
        cells = [*cells, ""][:3]
    if len(cells) != len(columns):
        raise TermbaseError(
            path,
            f"the row has {len(cells)} columns where {len(columns)} are wanted ({', '.join(columns)}).",
            "Add the missing cell or remove the extra one.",
            line,
        )
    by_column = dict(zip(columns, cells, strict=True))
    if part_of_speech := by_column.pop("pos", ""):
        by_column["note"] = "; ".join(filter(None, (part_of_speech, by_column.get("note", ""))))
    return by_column


def _with_source(cells: dict[str, str], lang: str) -> dict[str, str]:
    """A source that names no language serves both, unless its spelling settles it."""
    source = cells.pop("source", "")
    if not source:
        return cells
    if lang:
        return {**cells, lang: source}
    both = {**cells, "vi": source}
    return both if _VIETNAMESE_LETTER.search(source) else {**both, "en": source}
