"""Standard input through the pipeline: one line out for each line in, in order, flushed as it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from mtkit.documents.base import read_document, render_document
from mtkit.errors import InputError
from mtkit.runners.local import Translator
from mtkit.types import Document

CHUNK_LINES = 64
_NAME = "standard input"


def translate_lines(lines: Iterable[bytes], translator: Translator) -> Iterator[bytes]:
    """Translated lines, as many as came in; the format is told from the first line unless given.

    Memory stays bounded by a chunk of lines. A JSON line that is broken comes out as a record
    {"error": …, "line": …}; a chunk of another format that cannot be read raises its FormatError.
    """
    source = iter(lines)
    pipeline = translator.pipeline()
    format_name = translator.format
    number = 0
    while chunk := list(islice(source, CHUNK_LINES)):
        format_name = format_name or ("jsonl" if chunk[0].lstrip().startswith(b"{") else "text")
        parts = [chunk] if format_name != "jsonl" else [[line] for line in chunk]
        documents: list[Document | bytes] = []
        for part in parts:
            try:
                documents.append(
                    read_document(
                        _NAME,
                        translator.src_lang,
                        translator.tgt_lang,
                        format=format_name,
                        raw=b"".join(part),
                    )
                )
            except InputError as error:
                if format_name != "jsonl":
                    raise
                documents.append(_error_record(error, number + len(documents) + 1))
        segments = [s for d in documents if not isinstance(d, bytes) for s in d.segments]
        translations = iter(pipeline.translate(segments))
        for document in documents:
            if isinstance(document, bytes):
                yield document
            else:
                targets = {s.id: next(translations).target for s in document.segments}
                yield render_document(document, targets)
        number += len(chunk)


def _error_record(error: InputError, line: int) -> bytes:
    return (json.dumps({"error": str(error), "line": line}, ensure_ascii=False) + "\n").encode()
