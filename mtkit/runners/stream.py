"""Standard input through the pipeline: one line out for each line in, in order, flushed as it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from queue import Empty, Queue
from threading import Thread

from mtkit.documents.base import create_format, render_translations
from mtkit.errors import FormatError, InputError
from mtkit.pipeline import Pipeline
from mtkit.runners.articles import translate_articles
from mtkit.runners.local import Translator
from mtkit.types import Document

CHUNK_LINES = 64
_NAME = "standard input"
_BY_LINE = ("text", "jsonl")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PACKED_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def translate_lines(lines: Iterable[bytes], translator: Translator) -> Iterator[bytes]:
    """Translated lines, as many as came in; the format is told from the first line unless given.

    What has come in is translated without waiting for more, so a program may ask and answer line by line;
    memory stays bounded by a few chunks. Each line of text or JSON is an article of its own: what becomes of
    it hangs neither on its neighbours nor on how fast they came. Other formats are read whole, as one
    article; UTF-16 is read whole, and its lines still stand alone.
    A JSON line that is broken comes out as a record {"error": …, "line": …, "input": …}, and at the end
    InputError counts them; a chunk of another format that cannot be read raises its FormatError.
    """
    pipeline = translator.pipeline()
    chunks = ready_chunks(lines)
    first = next(chunks, [])
    format_name = translator.format or _format_of(first)
    if format_name not in _BY_LINE or b"".join(first[:1]).startswith(_WIDE_MARKS):
        whole = b"".join([*first, *(line for chunk in chunks for line in chunk)])
        yield _translated([translator.read(_NAME, format_name, whole)], pipeline)
        return
    number = broken = 0
    for chunk in _with_first(first, chunks):
        parts = [[line] for line in chunk] if format_name == "jsonl" else [chunk]
        documents: list[Document | bytes] = []
        for part in parts:
            try:
                documents.append(translator.read(_NAME, format_name, b"".join(part)))
            except FormatError as error:
                if format_name != "jsonl":
                    raise
                broken += 1
                documents.append(_error_record(error, number + len(documents) + 1, part[0]))
        yield _translated(documents, pipeline)
        number += len(chunk)
    if broken:
        raise InputError(
            f"{_NAME}: {broken} of {number} lines are broken.", "Their records say what to mend."
        )


def ready_chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Lines in chunks of at most CHUNK_LINES: one as soon as it is there, with those that came meanwhile."""
    waiting: Queue[bytes | BaseException | None] = Queue(maxsize=4 * CHUNK_LINES)

    def read() -> None:
        try:
            for line in lines:
                waiting.put(line)
            waiting.put(None)
        except BaseException as error:
            waiting.put(error)

    Thread(target=read, daemon=True).start()
    while True:
        chunk: list[bytes] = []
        entry = waiting.get()
        while isinstance(entry, bytes):
            chunk.append(entry)
            if len(chunk) == CHUNK_LINES:
                break
            try:
                entry = waiting.get_nowait()
            except Empty:
                break
        if chunk:
            yield chunk
        if isinstance(entry, BaseException):
            raise entry
        if entry is None:
            return


def _with_first(first: list[bytes], rest: Iterator[list[bytes]]) -> Iterator[list[bytes]]:
    if first:
        yield first
    yield from rest


def _format_of(chunk: list[bytes]) -> str | None:
    """None for office documents: which one it is shows once it is read whole."""
    if b"".join(chunk[:1]).startswith(_PACKED_MARKS):
        return None
    head = next((line for line in chunk if line.strip()), b"")
    return "jsonl" if create_format("jsonl").sniff(head) else "text"


def _translated(documents: list[Document | bytes], pipeline: Pipeline) -> bytes:
    read = [document for document in documents if isinstance(document, Document)]
    by_line = all(document.format in _BY_LINE for document in read)
    translated = iter(translate_articles(pipeline, read, by_line=by_line))
    rendered = []
    for document in documents:
        if isinstance(document, Document):
            document = render_translations(document, next(translated))
        rendered.append(document)
    return b"".join(rendered)


def _error_record(error: FormatError, line: int, raw: bytes) -> bytes:
    record = {
        "error": f"{_NAME}:{line}: {error.problem} {error.hint}",
        "line": line,
        "input": raw.decode("utf-8", "replace").rstrip("\r\n"),
    }
    return (json.dumps(record, ensure_ascii=False) + "\n").encode()
