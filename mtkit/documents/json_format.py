"""JSON: chosen strings are replaced by their targets, everything else stays byte for byte."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from mtkit.documents.files import read_text
from mtkit.documents.flow import assemble
from mtkit.documents.json_strings import draft_strings, escape_json, key_names, parse_paths
from mtkit.documents.strings import TEXT_FIELDS
from mtkit.documents.text_format import TextFormat
from mtkit.errors import FormatError
from mtkit.types import Document

_NAMED_AT_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonOptions:
    """`fields` are paths: "title", "body[].text", "*.label", "**.caption"; "**" is every string."""

    fields: Sequence[str] = ()


class JsonFormat(TextFormat):
    """One JSON value. Without `fields` the strings in title, text, body and the like are translated.

    So are a bare string and the strings of a bare array. HTML in a string is markup, its line breaks stay.
    """

    name = "json"
    suffixes = (".json",)
    options_type = JsonOptions
    escape = staticmethod(escape_json)

    def __init__(self, options: JsonOptions = JsonOptions()) -> None:
        self.options = options
        self._paths = parse_paths(options.fields, "fields of format json") or (
            (),
            *(("**", key) for key in TEXT_FIELDS),
        )

    def sniff(self, head: bytes) -> bool:
        text = head.decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
        return text.startswith(("{\n", "{\r", "[\n", "[\r", "[{")) and '"' in text

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        text = read_text(raw, path)
        if not text.strip():
            return Document(path=path, format=self.name, segments=(), skeleton=(text,))
        check_json(text, path)
        draft, found = draft_strings(text, self._paths, path)
        known = key_names(text)
        if known and not found:
            fields = ", ".join(known[:_NAMED_AT_MOST]) + (" …" if len(known) > _NAMED_AT_MOST else "")
            what = ", ".join(self.options.fields) or f"{', '.join(TEXT_FIELDS[:-1])} or {TEXT_FIELDS[-1]}"
            raise FormatError(
                path,
                f"no field {what}.",
                f"Its fields: {fields}; name those to translate, separated by commas: --fields.",
            )
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)


def check_json(text: str, path: str) -> None:
    """Raise FormatError with the line where the text is not one JSON value."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"not valid JSON at column {error.colno}: {error.msg}."
        raise FormatError(path, problem, "Mend it.", line=error.lineno) from error
    except RecursionError as error:
        raise FormatError(path, "JSON nested too deep.", "Write it flatter.") from error
    except ValueError as error:
        raise FormatError(path, f"a number that cannot be read: {error}.", "Mend it.") from error
