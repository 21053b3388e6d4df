"""JSON Lines: the target goes into a new field, everything else stays byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mtkit.documents.files import read_text
from mtkit.documents.flow import assemble
from mtkit.documents.json_strings import draft_strings, escape_json, key_names, parse_paths, string_block
from mtkit.documents.parts import Alternative, Block, DraftPiece
from mtkit.documents.text_format import TextFormat
from mtkit.errors import FormatError
from mtkit.types import Document

_SPACE = re.compile(r"[ \t\r]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLinesOptions:
    """`field` is translated into `target_field`, which is replaced where an object has it already.

    `fields`, where given, are translated in their own place instead; they are paths as in JSON.
    """

    field: str = "text"
    target_field: str = "translation"
    fields: Sequence[str] = ()


class JsonLinesFormat(TextFormat):
    """One JSON object or string a line, one line out for each line in.

    {"id": 7, "text": "…"} becomes {"id": 7, "text": "…", "translation": "…"}; a bare string is replaced by
    its target. Blank lines, null texts and all other fields stay as they are. HTML in a text is markup; its
    line breaks stay and end sentences. What is read as Russian is the translation, in its own place.
    """

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")
    options_type = JsonLinesOptions
    escape = staticmethod(escape_json)

    def __init__(self, options: JsonLinesOptions = JsonLinesOptions()) -> None:
        self.options = options
        self._paths = parse_paths(options.fields, "fields of format jsonl")

    def sniff(self, head: bytes) -> bool:
        line, _, rest = head.decode("utf-8", "ignore").lstrip("\ufeff \t\r\n").partition("\n")
        if line.startswith('{"') and not rest:
            return re.match(r'\{"(?:[^"\\]|\\.)*"\s*:', line) is not None
        try:
            return isinstance(json.loads(line), dict | str)
        except (ValueError, RecursionError):
            return False

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        draft: list[DraftPiece] = []
        for number, line in enumerate(read_text(raw, path).split("\n"), 1):
            draft.append("\n" if number > 1 else "")
            as_target = src_lang == tgt_lang
            draft += self._line(line, path, number, as_target) if line.strip(" \t\r") else [line]
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)

    def sides(self, raw: bytes, path: str, src_lang: str) -> list[tuple[Block | None, Block]]:
        """Texts and translations line by line (see mtkit.documents.edited.KeepsSources)."""
        found: list[tuple[Block | None, Block]] = []
        for number, line in enumerate(read_text(raw, path).split("\n"), 1):
            if self._paths or not line.strip(" \t\r"):
                continue
            value, _, _ = _value(line, path, number)
            if isinstance(value, str):
                found.append((None, string_block(value, path, number)))
            elif isinstance(value, dict):
                text, target = self._text(value, path, number), value.get(self.options.target_field)
                if text is not None and isinstance(target, str):
                    found.append((string_block(text, path, number), string_block(target, path, number)))
        return found

    def _line(self, line: str, path: str, number: int, as_target: bool) -> list[DraftPiece]:
        value, start, end = _value(line, path, number)
        if self._paths:
            return self._in_place(line, start, path, number)
        if isinstance(value, str):
            return [
                Alternative(line, (f'{line[:start]}"', string_block(value, path, number), f'"{line[end:]}'))
            ]
        if not isinstance(value, dict):
            kind = type(value).__name__
            raise FormatError(path, f"a JSON {kind}, not an object or string.", "Wrap the text.", line=number)
        old = value.get(self.options.target_field) if as_target else None
        text = old if isinstance(old, str) else self._text(value, path, number)
        if text is None:
            return [line]
        body = ('"', string_block(text, path, number), '"')
        members = {key: span for key, *span in _members(line, start)}
        if span := members.get(self.options.target_field):
            written = (line[: span[0]], *body, line[span[1] :])
            return [Alternative(line, written, whole=as_target)]
        key = f", {json.dumps(self.options.target_field, ensure_ascii=False)}: "
        return [Alternative(line, (line[: end - 1].rstrip(), key, *body, line[end - 1 :]))]

    def _in_place(self, line: str, start: int, path: str, number: int) -> list[DraftPiece]:
        draft, found = draft_strings(line, self._paths, path, start=start, line=number)
        if not found:
            wanted, known = ", ".join(self.options.fields), ", ".join(key_names(line, start)) or "none"
            raise FormatError(path, f"no field {wanted}.", f"Its fields with text: {known}.", line=number)
        return draft

    def _text(self, value: Mapping[str, Any], path: str, number: int) -> str | None:
        field = self.options.field
        if field not in value:
            known = ", ".join(value) or "none"
            raise FormatError(
                path,
                f"no field {field!r}.",
                f"Its fields: {known}. Translate one in place with --fields NAME, or put "
                'formats.jsonl.field = "NAME" into mtkit.toml to have a translation beside it.',
                line=number,
            )
        text = value[field]
        if text is not None and not isinstance(text, str):
            problem = f"field {field!r} is not a string but {json.dumps(text)[:40]}."
            raise FormatError(path, problem, "Make it a string or null.", line=number)
        return text


def _value(line: str, path: str, number: int) -> tuple[Any, int, int]:
    """The JSON value of a line, and where it starts and ends."""
    start = _skip(line, 0)
    try:
        value, end = _DECODER.raw_decode(line, start)
        if line[end:].strip(" \t\r"):
            raise json.JSONDecodeError("Extra data", line, end)
    except json.JSONDecodeError as error:
        problem = f"not valid JSON at column {error.colno}: {error.msg}."
        raise FormatError(path, problem, "Write one object or string a line.", line=number) from error
    except RecursionError as error:
        raise FormatError(path, "JSON nested too deep.", "Write flat objects.", line=number) from error
    return value, start, end


def _members(line: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Key, start and end of the value of each member of a valid object that begins at `start`."""
    at = _skip(line, start + 1)
    while line[at] != "}":
        key, at = _DECODER.raw_decode(line, at)
        begin = _skip(line, _skip(line, at) + 1)
        _, at = _DECODER.raw_decode(line, begin)
        yield key, begin, at
        at = _skip(line, at)
        if line[at] == ",":
            at = _skip(line, at + 1)


def _skip(line: str, at: int) -> int:
    return _SPACE.match(line, at).end()  # type: ignore[union-attr]
