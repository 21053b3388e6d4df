"""Standard input through the pipeline: one line out for each line in, in order, flushed as it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from mtkit.documents.base import render_document
from mtkit.errors import FormatError, InputError
from mtkit.runners.local import Translator
from mtkit.types import Document

CHUNK_LINES = 64
_NAME = "standard input"


def translate_lines(lines: Iterable[bytes], translator: Translator) -> Iterator[bytes]:
    """Translated lines, as many as came in; the format is told from the first line unless given.

    Memory stays bounded by a chunk of lines. A JSON line that is broken comes out as a record
    {"error": …, "line": …, "input": …}, and at the end InputError counts them; a chunk of another format that
    cannot be read raises its FormatError.
    """
    source = iter(lines)
    pipeline = translator.pipeline()
    format_name = translator.format
    number = broken = 0
    while chunk := list(islice(source, CHUNK_LINES)):
        format_name = format_name or ("jsonl" if chunk[0].lstrip().startswith(b"{") else "text")
        parts = [chunk] if format_name != "jsonl" else [[line] for line in chunk]
        documents: list[Document | bytes] = []
        for part in parts:
            try:
                documents.append(translator.read(_NAME, format_name, b"".join(part)))
            except FormatError as error:
                if format_name != "jsonl":
                    raise
                broken += 1
                documents.append(_error_record(error, number + len(documents) + 1, part[0]))
        segments = [s for d in documents if not isinstance(d, bytes) for s in d.segments]
        translations = iter(pipeline.translate(segments))
        for document in documents:
            if isinstance(document, bytes):
                yield document
            else:
                targets = {s.id: next(translations).target for s in document.segments}
                yield render_document(document, targets)
        number += len(chunk)
    if broken:
        raise InputError(
            f"{_NAME}: {broken} of {number} lines are broken.", "Their records say what to mend."
        )


def _error_record(error: FormatError, line: int, raw: bytes) -> bytes:
    record = {
        "error": f"{_NAME}:{line}: {error.problem} {error.hint}",
        "line": line,
        "input": raw.decode("utf-8", "replace").rstrip("\r\n"),
    }
    return (json.dumps(record, ensure_ascii=False) + "\n").encode()
