"""Standard input through the pipeline: one line out for each line in, in order, flushed as it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from queue import Empty, Queue
from threading import Thread

from mtkit.documents.base import create_format, render_translations
from mtkit.errors import FormatError, InputError
from mtkit.pipeline import Pipeline
from mtkit.runners.articles import translate_articles
from mtkit.runners.local import Translator
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.types import Document

CHUNK_LINES = 64
_NAME = "standard input"
_BY_LINE = ("text", "jsonl")
_SOURCES = frozenset(SOURCE_LANGUAGES)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PACKED_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def translate_lines(lines: Iterable[bytes], translator: Translator) -> Iterator[bytes]:
    """Translated lines, as many as came in; the format is told from the first line unless given.

    What has come in is translated without waiting for more, so a program may ask and answer line by line;
    memory stays bounded by a few chunks. Each line of text or JSON is an article of its own: what becomes of
    it hangs neither on its neighbours nor on how fast they came, save that a line that does not tell its
    language has that of the one before. Other formats are read whole, as one article; UTF-16 is read whole,
    and its lines still stand alone.
    A JSON line that is broken comes out as a record {"error": …, "line": …, "input": …}, with its "id" where
    it has one, and at the end InputError counts them; of another format what cannot be read raises its
    FormatError.
    """
    pipeline = translator.pipeline()
    chunks = ready_chunks(lines)
    first = next(chunks, [])
    format_name = translator.format or _format_of(first)
    if format_name not in _BY_LINE or b"".join(first[:1]).startswith(_WIDE_MARKS):
        whole = b"".join([*first, *(line for chunk in chunks for line in chunk)])
        yield _translated([translator.read(_NAME, format_name, whole)], pipeline)
        return
    reader = _LineReader(translator, format_name)
    number = broken = 0
    for chunk in _with_first(first, chunks):
        documents: list[Document | bytes] = []
        for line in chunk:
            number += 1
            try:
                documents.append(reader.read(line, chunk))
            except FormatError as error:
                if format_name != "jsonl":
                    raise FormatError(_NAME, error.problem, error.hint, number) from error
                broken += 1
                documents.append(_error_record(error, number, line))
        yield _translated(documents, pipeline)
    if broken:
        raise InputError(
            f"{_NAME}: {broken} of {number} lines are broken.", "Their records say what to mend."
        )


class _LineReader:
    """Reads lines one by one, each in its own language; one that tells none in that of the line before.

    One word alone, often a name, tells none. Before any line has, what came in together with it decides.
    """

    def __init__(self, translator: Translator, format_name: str) -> None:
        self._translator = translator
        self._format = format_name
        self._language: str | None = None
        self._silent: Sequence[bytes] = ()
        """Lines of which none tells a language."""

    def read(self, line: bytes, chunk: Sequence[bytes]) -> Document:
        """The line as a document. Raises FormatError where it, or its language, cannot be read."""
        if self._translator.src_lang != "auto":
            return self._read(line)
        try:
            document = self._read(line)
        except FormatError as error:
            language = self._language or self._first_language(chunk)
            if language is None:
                raise error
            return self._read(line, language)
        if told := _told_language(document):
            self._language = told
            return document
        languages = {segment.src_lang for segment in document.segments}
        language = self._language or (None if languages <= _SOURCES else self._first_language(chunk))
        return self._read(line, language) if language else document

    def _read(self, raw: bytes, language: str | None = None) -> Document:
        if raw.startswith(_WIDE_MARKS):
            raise FormatError(_NAME, "not UTF-8: the mark of UTF-16 in mid-stream.", "Convert it to UTF-8.")
        translator = replace(self._translator, src_lang=language) if language else self._translator
        return translator.read(_NAME, self._format, raw)

    def _first_language(self, chunk: Sequence[bytes]) -> str | None:
        if chunk is self._silent:
            return None
        for line in chunk:
            with suppress(FormatError):
                if told := _told_language(self._read(line)):
                    return told
        self._silent = chunk
        return None


def _told_language(document: Document) -> str | None:
    """The language of a document of more than one word, where it is one to translate from."""
    words = [word for segment in document.segments for word in segment.source.split()]
    several = sum(any(map(str.isalpha, word)) for word in words) > 1
    return document.segments[0].src_lang if several and document.segments[0].src_lang in _SOURCES else None


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
    return "jsonl" if head.lstrip().startswith(b"{") or create_format("jsonl").sniff(head) else "text"


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
    try:
        known = {"id": json.loads(raw)["id"]}
    except (ValueError, RecursionError, TypeError, KeyError):
        known = {}
    record = {
        **known,
        "error": f"{_NAME}:{line}: {error.problem} {error.hint}",
        "line": line,
        "input": raw.decode("utf-8", "replace").rstrip("\r\n"),
    }
    return (json.dumps(record, ensure_ascii=False) + "\n").encode()
