"""Strings in the text of a JSON value with the paths that lead to them, and paths that choose some."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtkit.documents.parts import Alternative, Block, DraftPiece
from mtkit.documents.strings import string_parts
from mtkit.errors import ConfigError, FormatError

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],]|null')
_ANY, _DEEP = "*", "**"

Path = tuple[str, ...]
"""Keys from the root to a value; arrays on the way do not count."""


@dataclass(frozen=True, slots=True)
class JsonString:
    """A string or null; `start` and `end` lie in the text, quotes within."""

    path: Path
    start: int
    end: int


def parse_paths(written: Sequence[str], where: str) -> tuple[Path, ...]:
    """Paths as people write them: title, body[].text, *.label, **.caption, [] for the strings of an array.

    Raises ConfigError naming `where` they stand.
    """
    if isinstance(written, str) or not all(isinstance(path, str) and path.strip() for path in written):
        problem = f"{where} must be a list of names, not {written!r}."
        raise ConfigError(problem, 'Write for example ["title", "body[].text"].')
    return tuple(
        tuple(key.removesuffix("[]") for key in path.strip().split(".") if key not in ("", "[]"))
        for path in written
    )


def is_chosen(path: Path, wanted: Path) -> bool:
    """Whether a path is the wanted one, in which "*" is any key and "**" any number of keys."""
    if not wanted:
        return not path
    if wanted[0] == _DEEP:
        return any(is_chosen(path[skip:], wanted[1:]) for skip in range(len(path) + 1))
    return bool(path) and wanted[0] in (path[0], _ANY) and is_chosen(path[1:], wanted[1:])


def json_strings(text: str, start: int = 0) -> Iterator[JsonString]:
    """The strings and nulls of the valid JSON text that begins at `start`, in order; keys are none."""
    path: list[str] = []
    opened: list[bool] = []
    awaits_key = False
    for match in _TOKEN.finditer(text, start):
        token = match[0]
        if token == "{":
            opened.append(True)
            path.append("")
            awaits_key = True
        elif token == "[":
            opened.append(False)
            awaits_key = False
        elif token in "}]":
            if opened.pop():
                path.pop()
        elif token == ",":
            awaits_key = opened[-1]
        elif awaits_key:
            path[-1] = json.loads(token)
            awaits_key = False
        else:
            yield JsonString(tuple(path), match.start(), match.end())


def draft_strings(
    text: str, wanted: Sequence[Path], path: str, *, start: int = 0, line: int = 1
) -> tuple[list[DraftPiece], bool]:
    """Literals and blocks of the JSON value that begins at `start` on `line`, and whether a path was found.

    What stands before `start` is the first literal. Raises FormatError for text that cannot be translated.
    """
    draft: list[DraftPiece] = []
    found = False
    done = 0
    counted = start
    for string in json_strings(text, start):
        if not any(is_chosen(string.path, each) for each in wanted):
            continue
        found = True
        line += text.count("\n", counted, string.start)
        counted = string.start
        value = json.loads(text[string.start : string.end])
        if value is not None and any(map(str.isalnum, value)):
            quoted = ('"', string_block(value, path, line), '"')
            draft += [
                text[done : string.start],
                Alternative(text[string.start : string.end], quoted, whole=True),
            ]
            done = string.end
    return [*draft, text[done:]], found


def string_block(text: str, path: str, line: int) -> Block:
    """What stands between the quotes of a string. Raises FormatError."""
    if "\0" in text:
        raise FormatError(path, "a NUL character in the text.", "Remove it.", line=line)
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise FormatError(path, "half of a surrogate pair in the text.", "Write it whole.", line=line)
    parts = list(string_parts(text, lambda part: escape_json("", part, True)))
    return Block(parts=parts, line=line, escape="json")


def key_names(text: str, start: int = 0) -> list[str]:
    """Paths of the strings in a JSON text, each once, as people write them."""
    return list(dict.fromkeys(".".join(string.path) or "[]" for string in json_strings(text, start)))


def escape_json(_kind: str, text: str, _last: bool) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
