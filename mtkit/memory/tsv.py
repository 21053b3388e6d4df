"""TSV: a header that names the columns, one entry a line; tab, line break and backslash as \\t, \\n, \\\\.

Columns are `source`, `target` and, where there, the other fields of an entry; or two languages ("vi", "ru",
"tiếng Việt"). A file without a header has two columns of languages that can be told.
A cell that a spreadsheet has put in quotes, for the quotes in it, is read without them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TextIO

from mtkit.documents.files import read_bytes
from mtkit.documents.languages import primary
from mtkit.documents.table_columns import is_header, is_target
from mtkit.errors import FormatError
from mtkit.memory.entries import Entry
from mtkit.memory.keys import key_from
from mtkit.text.language import detect_language
from mtkit.text.language_names import LANGUAGE_TITLES, language_named
from mtkit.text.unicode import decode

_LOG = logging.getLogger("mtkit.memory")

_COLUMNS = tuple(field.name for field in fields(Entry) if field.name != "id")
_HEADER = "\t".join(_COLUMNS)
MARK = _HEADER.encode()
"""What every written file begins with."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)+"')
_ESCAPE = re.compile(r"\\([tnr\\])")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
_SAMPLE_LINES = 500
_LONGEST = 4 * 1024**3


def read(path: Path, src_lang: str, tgt_lang: str) -> Iterator[Entry]:
    """Entries of a TSV file. Raises FormatError naming the line."""
    lines = [line.removesuffix("\r") for line in decode(read_bytes(path, _LONGEST), path).split("\n")]
    if not any(lines):
        return
    columns = [name.strip() for name in lines[0].split("\t")]
    is_own = {"source", "target"} <= set(columns) <= set(_COLUMNS)
    if not is_own:
        yield from _of_languages(path, columns, lines, src_lang, tgt_lang)
        return
    for number, cells in _rows(path, columns, lines):
        source_language = primary(cells.get("src_lang", "")) or src_lang
        target_language = primary(cells.get("tgt_lang", "")) or tgt_lang
        if not source_language:
            raise FormatError(path, "the source has no language.", "Name it: --from vi.", number)
        if target_language != tgt_lang or (src_lang and source_language != src_lang):
            continue
        yield Entry(
            source=cells["source"],
            target=cells["target"],
            src_lang=source_language,
            tgt_lang=target_language,
            before=_key(path, cells, "before", number),
            after=_key(path, cells, "after", number),
            origin=cells.get("origin") or "tsv",
            author=cells.get("author", ""),
            written=cells.get("written", ""),
            document=cells.get("document", ""),
        )


def _named_languages(columns: Sequence[str], tgt_lang: str) -> dict[str, str]:
    """The languages of columns by what the header calls them; a translation is one into `tgt_lang`."""
    languages: dict[str, str] = {}
    for name in columns:
        if language := language_named(name):
            languages[name] = language
        elif _LANGUAGE.fullmatch(name) and not is_header(["", name]):
            languages[name] = primary(name)
    if languages and tgt_lang not in languages.values():
        languages |= {name: tgt_lang for name in columns if is_target(name)}
    return languages


def _recognised_languages(lines: Sequence[str], src_lang: str, tgt_lang: str) -> dict[str, str]:
    """The languages of columns (by number, from 1) that nothing names; {} where one is not told."""
    rows = [line.split("\t") for line in lines[:_SAMPLE_LINES] if line.strip()]
    if len({len(row) for row in rows}) != 1 or len(rows[0]) < 2:
        return {}
    told = [detect_language("\n".join(column)) for column in zip(*rows, strict=True)]
    if told.count(tgt_lang) != 1:
        return {}
    if src_lang and len(told) == 2:
        told = [lang if lang == tgt_lang else src_lang for lang in told]
    known = {str(number): lang for number, lang in enumerate(told, 1) if lang}
    return known if len(known) == len(told) == len(set(told)) else {}


def _of_languages(
    path: Path, columns: list[str], lines: list[str], src_lang: str, tgt_lang: str
) -> Iterator[Entry]:
    """Entries of each pair of columns that have a language."""
    languages = _named_languages(columns, tgt_lang)
    has_header = tgt_lang in languages.values() and len(languages) >= 2
    if not has_header:
        languages = {} if is_header(columns) else _recognised_languages(lines, src_lang, tgt_lang)
        columns = list(languages)
    if not languages:
        raise FormatError(
            path,
            "its first line does not name the columns.",
            f"Known: {', '.join(_COLUMNS)}; or languages, such as vi and ru. A list without such a line is "
            "two columns, of which one is Russian; --from vi says what the other is.",
            1,
        )
    if not has_header:
        told = (f"column {number} is {LANGUAGE_TITLES.get(lang, lang)}" for number, lang in languages.items())
        _LOG.info("%s: no header; read as: %s.", path, ", ".join(told))
    target = next(name for name, lang in languages.items() if lang == tgt_lang)
    for _, cells in _rows(path, columns, lines, has_header=has_header):
        for name, lang in languages.items():
            if lang != tgt_lang and (not src_lang or lang == src_lang):
                yield Entry(
                    source=cells[name], target=cells[target], src_lang=lang, tgt_lang=tgt_lang, origin="tsv"
                )


def _rows(
    path: Path, columns: list[str], lines: list[str], *, has_header: bool = True
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(lines[has_header:], 1 + has_header):
        if not line.strip():
            continue
        cells = [_ESCAPE.sub(lambda match: _ESCAPES[match[1]], _unquoted(cell)) for cell in line.split("\t")]
        if len(cells) != len(columns):
            first = "header" if has_header else "first line"
            problem = f"{len(cells)} columns where the {first} has {len(columns)}."
            raise FormatError(path, problem, "Mend the line.", number)
        yield number, dict(zip(columns, cells, strict=True))


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if _QUOTED.fullmatch(cell) else cell


def _key(path: Path, cells: dict[str, str], name: str, number: int) -> int:
    value = cells.get(name, "") or "0"
    key = key_from(value)
    if key is None:
        raise FormatError(path, f"{name} is no key: {value!r}.", "Leave it empty.", number)
    return key


def write(stream: TextIO, entries: Iterable[Entry]) -> int:
    """Write entries with every field; returns how many."""
    stream.write(f"{_HEADER}\n")
    count = 0
    for entry in entries:
        stream.write("\t".join(_escaped(str(getattr(entry, name))) for name in _COLUMNS) + "\n")
        count += 1
    return count


def _escaped(text: str) -> str:
    if _QUOTED.fullmatch(text):
        text = '"' + text.replace('"', '""') + '"'
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
