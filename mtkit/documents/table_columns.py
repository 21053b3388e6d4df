"""Which columns of a table are translated and where their targets go, by its first row or by its cells."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import NamedTuple

from mtkit.documents.strings import TEXT_FIELDS
from mtkit.errors import FormatError
from mtkit.text.language import SOURCE_LANGUAGES, detect_language
from mtkit.text.language_names import header_key, language_named
from mtkit.text.unicode import has_cyrillic, normalize


def _keys(names: str) -> frozenset[str]:
    """Headers as mtkit.text.language_names.header_key has them."""
    return frozenset(names.split("|"))


_SOURCES = _keys(
    "source|src|source text|original|nguon|nguyen van|nguyen ban|ban goc|van ban goc|оригинал|"
    "исходный текст|источник"
)
_TARGETS = _keys("target|tgt|translation|target text|ban dich|dich|loi dich|перевод")
_TEXTS = frozenset(TEXT_FIELDS) | _keys(
    "heading|sentence|paragraph|van ban|tieu de|tieu de phu|dau de|tua de|tit|nhan de|ten bai|"
    "ten bai viet|sapo|tom tat|trich yeu|loi dan|mo ta|noi dung|noi dung bai|noi dung bai viet|"
    "noi dung tin|bai viet|than bai|toan van|chu thich|chu thich anh|phu de|cau|doan|doan van"
)
_OTHERS = _keys(
    "id|no|#|nr|n|key|code|date|time|url|link|name|author|note|notes|comment|comments|kind|type|"
    "category|section|status|tag|tags|doc|document|file|lang|language|page|segment|score|stt|so|"
    "so thu tu|ma|ma so|ten|ngay|ngay thang|gio|tac gia|ghi chu|loai|chuyen muc|trang thai|"
    "duong dan|lien ket|ngon ngu|номер|дата|имя|автор|примечание|ссылка"
)
"""What columns are called that hold nothing to translate: they tell a header."""


TARGET_LANGUAGE = "ru"
_NO_WORD = re.compile(r"\S*[\d_@/\\]\S*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PROSE_WORDS = 3
"""So many words make a cell one of prose, and no label or name."""
_NAME_WORDS = 4
"""So many words a name of a column has at most."""


class Columns(NamedTuple):
    """Numbers from 1: the columns to translate, and the one that their targets go into (0: there is none)."""

    sources: list[int]
    target: int


def is_header(cells: Sequence[str]) -> bool:
    """Whether the cells of a first row are names of columns, at least one of them a usual one.

    A lone cell is one only where it names a text or its language.
    """
    return names_text(cells) or (len(cells) > 1 and any(header_key(cell) in _OTHERS for cell in cells))


def names_text(cells: Sequence[str]) -> bool:
    """Whether one of the cells is what a column of texts, or of translations, is usually called."""
    known = _SOURCES | _TARGETS | _TEXTS
    return any(header_key(cell) in known or language_named(cell) for cell in cells)


def is_target(cell: str) -> bool:
    """Whether a column of that name holds translations."""
    return header_key(cell) in _TARGETS


def columns_by_header(names: Sequence[str], path: str, line: int, src_lang: str) -> Columns:
    """The columns that a header says are to be translated.

    The one of the source language, else the one called source, or the other language; its targets go where
    the header has Russian or a translation. Else all that are called text, title and the like; several of
    them beside one for targets are not clear. Of a table that is read as Russian it is the column of targets.
    Raises FormatError.
    """
    keys = [header_key(name) for name in names]
    languages = [language_named(name) for name in names]
    titled = enumerate(zip(keys, languages, strict=True), 1)
    targets = [at for at, (key, lang) in titled if key in _TARGETS or lang == TARGET_LANGUAGE]
    if src_lang == TARGET_LANGUAGE and targets:
        return Columns(targets[:1], 0)
    sources = [at for at, lang in enumerate(languages, 1) if lang == src_lang]
    sources += [at for at, key in enumerate(keys, 1) if key in _SOURCES]
    sources += [languages.index(lang) + 1 for lang in SOURCE_LANGUAGES if lang in languages]
    columns = sources[:1] or [at for at, key in enumerate(keys, 1) if key in _TEXTS]
    if not columns:
        raise unclear_columns(names, path, line)
    if targets and len(columns) > 1:
        texts = [names[at - 1] for at in columns]
        raise FormatError(
            path,
            f"{' and '.join(texts)} hold text, and there is one column {names[targets[0] - 1]!r} for both.",
            f"Translate them in their own place: --fields {shlex.quote(','.join(texts))}.",
            line=line,
        )
    return Columns(columns, targets[0] if targets else 0)


def unclear_columns(names: Sequence[str], path: str, line: int) -> FormatError:
    return FormatError(
        path,
        "the first row does not say which columns to translate.",
        f"Name them, separated by commas, or give their numbers: --fields. Columns: {', '.join(names)}.",
        line=line,
    )


def chosen_columns(
    wanted: Sequence[int | str], names: Sequence[str], path: str, line: int, *, some: bool = False
) -> tuple[list[int], bool]:
    """The numbers of columns given by number, from 1, or by name, and whether the first row is a header.

    With `some` those that the table lacks are left out, unless it has none. Raises FormatError.
    """
    found: list[int] = []
    has_header = False
    missing: FormatError | None = None
    own = [" ".join(normalize(name).split()) for name in names]
    folded = [name.casefold() for name in own]
    for column in (" ".join(normalize(str(each)).split()) for each in wanted):
        if column.isdecimal() and 0 < int(column) <= len(names):
            found.append(int(column))
        elif column in own or column.casefold() in folded:
            found.append((own.index(column) if column in own else folded.index(column.casefold())) + 1)
            has_header = True
        else:
            hint = f"Its columns: {', '.join(own)}."
            missing = missing or FormatError(path, f"no column {_quoted(column)}.", hint, line=line)
    if missing is not None and not (some and found):
        raise missing
    return found, has_header


def unclear_columns_without_header(path: str, line: int) -> FormatError:
    return FormatError(
        path,
        "several columns hold text, and no header says which to translate.",
        "Give their numbers: --fields 1,3; or a first row that names them, such as vi and ru.",
        line=line,
    )


def missing_cell(number: int, width: int, path: str, line: int) -> FormatError:
    """The error of a row that is shorter than the first."""
    problem = f"column {number} is missing; the row has {width}."
    return FormatError(path, problem, "Mend the row: it is shorter than the first one.", line=line)


def _quoted(column: str) -> str:
    return column if column.isdecimal() else repr(column)


def is_unknown_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row of short names stands above a column that holds not one word, such as numbers."""
    first, *rest = rows
    if not all(cell.strip() and _words(cell) <= _NAME_WORDS for cell in first):
        return False
    below = [[row[at] for row in rest if at < len(row) and row[at].strip()] for at in range(len(first))]
    return any(
        _words(name) and column and not any(map(_words, column))
        for name, column in zip(first, below, strict=True)
    )


def column_by_content(rows: Sequence[Sequence[str]], src_lang: str) -> int | None:
    """The number of the one column of a table without a header that holds text; None where several do.

    Numbers, codes, dates and addresses are no text, Russian is none where not Russian is read, and beside one
    column of sentences others hold labels. A `src_lang` settles it between languages. 1 for a table without
    a word.
    """
    cells = [[row[at] for row in rows if at < len(row)] for at in range(max(map(len, rows), default=0))]
    words = [[_words(cell) for cell in column] for column in cells]
    with_words = [at for at, column in enumerate(words) if any(column)]
    as_russian = src_lang == TARGET_LANGUAGE
    spoken = [at for at in with_words if _is_russian(cells[at]) == as_russian] or with_words
    candidates = [at for at in spoken if max(words[at]) >= _PROSE_WORDS] or spoken
    if len(candidates) > 1 and src_lang in SOURCE_LANGUAGES:
        own = [at for at in candidates if detect_language("\n".join(cells[at])) == src_lang]
        candidates = own or candidates
    if not candidates:
        return 1
    return candidates[0] + 1 if len(candidates) == 1 else None


def _words(cell: str) -> int:
    return len(_WORD.findall(_NO_WORD.sub(" ", cell)))


def _is_russian(column: Sequence[str]) -> bool:
    """Whether most of the cells with words have Cyrillic letters."""
    worded = [cell for cell in column if _words(cell)]
    return 2 * sum(map(has_cyrillic, worded)) > len(worded)
