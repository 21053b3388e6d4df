"""Read termbases: mtkit's own TSV, and the plain two- or three-column lists people have.

Own format: one concept a line, a header naming the columns (COLUMNS), several terms in a cell separated by
" | ". A term may end in a condition in parentheses: such a term is kept but never matched literally.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import mtkit
from mtkit.errors import TermbaseError
from mtkit.termbase.model import Place, Termbase
from mtkit.types import Concept, Status, Term

COLUMNS = (
    "id",
    "subject",
    "vi",
    "vi_variants",
    "vi_not",
    "en",
    "en_variants",
    "en_not",
    "ru",
    "ru_admitted",
    "ru_forbidden",
    "head",
    "forms",
    "flags",
    "note",
    "evidence",
    "verified",
)
FLAGS = ("ambiguous", "ambiguous:vi", "ambiguous:en", "case", "case:vi", "case:en", "exact")
SUFFIXES = (".tsv", ".csv", ".txt")

_SOURCES = ("vi", "en")
_LANGUAGE_NAMES = {
    "vi-vn": "vi",
    "vietnamese": "vi",
    "en-us": "en",
    "en-gb": "en",
    "english": "en",
    "ru-ru": "ru",
    "russian": "ru",
    "target": "ru",
    "description": "note",
}
_VIETNAMESE_LETTER = re.compile(
    r"[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE
)
_CONDITION = re.compile(r"(?P<text>.+?)\s+\((?P<condition>[^()]*)\)")


def load_termbase(path: str | Path | Literal["bundled", "none"]) -> Termbase:
    """Read a file, every TSV file of a folder, or the termbase that comes with mtkit ("bundled").

    "none" is an empty termbase. Raises TermbaseError with path and line.
    """
    if path == "none":
        return Termbase(concepts=(), fingerprint=hashlib.sha256().hexdigest(), path="none")
    folder = bundled_path() if path == "bundled" else Path(path)
    files = _files(folder)
    digest = hashlib.sha256()
    concepts: list[Concept] = []
    places: dict[str, Place] = {}
    for file in files:
        content = _read(file)
        digest.update(content)
        for row in _rows(file, _decode(file, content)):
            concept = row.concept()
            if concept.id in places:
                raise row.error(
                    f"the id {concept.id!r} is taken by {places[concept.id]}.",
                    "Give each concept its own id.",
                )
            places[concept.id] = Place(row.path, row.line)
            concepts.append(concept)
    _refuse_conflicts(concepts, places)
    return Termbase(concepts=tuple(concepts), fingerprint=digest.hexdigest(), path=str(folder), places=places)


def bundled_path() -> Path:
    """Folder of the termbase that comes with mtkit: inside the package, or beside it in a checkout."""
    package = Path(mtkit.__file__).parent
    inside = package / "glossaries"
    return inside if inside.is_dir() else package.parent / "glossaries"


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix == ".tsv")
        if not files:
            raise TermbaseError(path, "the folder has no .tsv file.", "Name a glossary file or its folder.")
        return files
    if not path.is_file():
        raise TermbaseError(path, "there is no such glossary.", "Name a file, a folder, 'bundled' or 'none'.")
    if path.suffix.lower() not in SUFFIXES:
        raise TermbaseError(
            path, f"cannot read a {path.suffix or 'suffixless'} glossary.", f"Use {', '.join(SUFFIXES)}."
        )
    return [path]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TermbaseError(path, f"cannot be read ({error.strerror}).", "Check its permissions.") from error


def _decode(path: Path, content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TermbaseError(path, "is not UTF-8.", "Save it as UTF-8.", line) from error
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a glossary with its cells by column; `own` whether the file is in mtkit's own format."""

    path: str
    line: int
    cells: Mapping[str, str]
    own: bool

    def error(self, message: str, hint: str = "") -> TermbaseError:
        return TermbaseError(self.path, message, hint, self.line)

    def concept(self) -> Concept:
        flags = frozenset(self.cells.get("flags", "").split())
        if unknown := sorted(flags - frozenset(FLAGS)):
            raise self.error(f"unknown flag {unknown[0]!r}.", f"Known: {', '.join(FLAGS)}.")
        sources = [term for lang in _SOURCES for term in self._source_terms(lang, flags)]
        if not sources:
            raise self.error("the source is empty.", "Fill in vi or en.")
        target = self.cells.get("ru", "")
        if not target:
            raise self.error("the target is empty.", "Fill in the Russian term or remove the row.")
        return Concept(
            id=self.cells.get("id") or f"{Path(self.path).stem}-{self.line}",
            terms=(*sources, *self._russian_terms(target, flags)),
            subject=self.cells.get("subject", ""),
            note=self.cells.get("note", ""),
            evidence=tuple(self.cells.get("evidence", "").split()),
            verified=self.cells.get("verified", "yes") != "no",
        )

    def _source_terms(self, lang: str, flags: frozenset[str]) -> Iterator[Term]:
        statuses = (("", Status.PREFERRED), ("_variants", Status.ADMITTED), ("_not", Status.FORBIDDEN))
        ambiguous = bool(flags & {"ambiguous", f"ambiguous:{lang}"})
        cased = bool(flags & {"case", f"case:{lang}"})
        for suffix, status in statuses:
            for text, condition in self._terms(lang + suffix):
                if ambiguous and status is not Status.FORBIDDEN:
                    condition = condition or "ambiguous"
                yield Term(lang=lang, text=text, status=status, exact=cased, condition=condition)

    def _russian_terms(self, target: str, flags: frozenset[str]) -> Iterator[Term]:
        first, *others = self._terms("ru")
        yield Term(
            lang="ru",
            text=first[0],
            head=self.cells.get("head") or None,
            forms=self._forms(),
            exact="exact" in flags,
            condition=first[1],
        )
        if others:
            raise self.error(
                f"{target!r} is more than one preferred term.", "Move the others to ru_admitted."
            )
        for column, status in (("ru_admitted", Status.ADMITTED), ("ru_forbidden", Status.FORBIDDEN)):
            for text, condition in self._terms(column):
                yield Term(lang="ru", text=text, status=status, condition=condition)

    def _terms(self, column: str) -> Iterator[tuple[str, str]]:
        for text in self.cells.get(column, "").split(" | "):
            if not text.strip():
                continue
            found = _CONDITION.fullmatch(text.strip()) if self.own else None
            yield (found["text"], found["condition"]) if found else (text.strip(), "")

    def _forms(self) -> dict[str, str]:
        forms: dict[str, str] = {}
        for pair in filter(None, (part.strip() for part in self.cells.get("forms", "").split(" | "))):
            key, equals, form = pair.partition("=")
            if not equals or not re.fullmatch(r"(?:nom|gen|dat|acc|ins|loc2?)\.(?:sg|pl)", key):
                raise self.error(f"cannot read the form {pair!r}.", "Write gen.sg=… | dat.sg=… and so on.")
            forms[key] = form.strip()
        return forms


def _rows(path: Path, text: str) -> Iterator[_Row]:
    lines = _cells(path, text)
    first = next(lines, None)
    if first is None:
        raise TermbaseError(path, "the glossary is empty.", "Put one concept on each line.")
    line, cells = first
    columns = _header(path, line, cells)
    if columns is None:
        columns = _guessed_columns(path, line, cells)
        yield _row(path, line, cells, columns)
    for line, cells in lines:
        yield _row(path, line, cells, columns)


def _cells(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of every line that is neither blank nor a # comment."""
    sample = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    if "\t" in sample:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip() and not line.startswith("#"):
                yield number, [cell.strip() for cell in line.rstrip("\r").split("\t")]
        return
    delimiter = ";" if sample.count(";") > sample.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise TermbaseError(path, f"broken CSV ({error}).", "Mend the quotes.", reader.line_num) from error


def _header(path: Path, line: int, cells: list[str]) -> tuple[str, ...] | None:
    """Column names if the first line is a header; None if it is an entry."""
    names = tuple(_LANGUAGE_NAMES.get(cell.casefold(), cell.casefold()) for cell in cells)
    known = (*COLUMNS, "source")
    recognised = sum(name in known for name in names)
    if recognised < 2:
        return None
    for name, cell in zip(names, cells, strict=True):
        if name not in known:
            raise TermbaseError(path, f"unknown column {cell!r}.", f"Known: {', '.join(known)}.", line)
    if len(set(names)) < len(names):
        raise TermbaseError(path, "two columns have the same name.", "Name each column once.", line)
    if "ru" not in names or not {"vi", "en", "source"} & set(names):
        raise TermbaseError(path, "the header needs ru and one of vi, en, source.", "Add the column.", line)
    return names


def _guessed_columns(path: Path, line: int, cells: list[str]) -> tuple[str, ...]:
    if len(cells) == 2:
        return ("source", "ru")
    if len(cells) == 3:
        return ("vi", "en", "ru")
    raise TermbaseError(
        path,
        f"a glossary without a header has 2 columns (source, target) or 3 (vi, en, ru), not {len(cells)}.",
        "Separate them by tabs or commas, or add a header line.",
        line,
    )


def _row(path: Path, line: int, cells: list[str], columns: tuple[str, ...]) -> _Row:
    if len(cells) != len(columns):
        raise TermbaseError(
            path,
            f"the row has {len(cells)} columns where {len(columns)} are wanted ({', '.join(columns)}).",
            "Add the missing cell or remove the extra one.",
            line,
        )
    by_column = dict(zip(columns, cells, strict=True))
    source = by_column.pop("source", "")
    if source:
        # A list that does not name its source language serves both, unless the spelling settles it.
        by_column["vi"] = source
        if not _VIETNAMESE_LETTER.search(source):
            by_column["en"] = source
    return _Row(str(path), line, by_column, own="id" in columns)


def _refuse_conflicts(concepts: list[Concept], places: Mapping[str, Place]) -> None:
    """Raise where one source would have to be rendered in two ways."""
    seen: dict[tuple[str, str], Concept] = {}
    for concept in concepts:
        for term in concept.terms:
            if term.lang == "ru" or term.condition or term.status is Status.FORBIDDEN:
                continue
            key = (term.lang, term.text if term.exact else term.text.casefold())
            other = seen.setdefault(key, concept)
            if other is not concept and _preferred_text(other) != _preferred_text(concept):
                place = places[concept.id]
                raise TermbaseError(
                    place.path,
                    f"{term.text!r} already means {_preferred_text(other)!r} ({places[other.id]}), "
                    f"here it means {_preferred_text(concept)!r}.",
                    "Keep one, or give the other a condition in parentheses.",
                    place.line,
                )


def _preferred_text(concept: Concept) -> str:
    return concept.in_lang("ru", Status.PREFERRED)[0].text
