"""The DocumentFormat protocol, and finding the format of a file.

A new format is one module with a class, and one line in mtkit.registry.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Protocol, cast, runtime_checkable

from mtkit import registry
from mtkit.documents.files import read_bytes
from mtkit.documents.foreign import refuse_foreign
from mtkit.documents.skeleton import NO_ALIGNMENTS
from mtkit.errors import ConfigError, InputError, UnknownNameError
from mtkit.types import Alignment, Document, Origin, Translation

SNIFF_BYTES = 4096
RUN_RECORD_SUFFIX = ".mtkit.json"
_FALLBACK = "text"
_FIELD_OPTIONS = {"csv": "columns", "json": "fields", "jsonl": "fields", "tsv": "columns"}
"""Formats with chosen fields, and the option that names them."""


@runtime_checkable
class DocumentFormat(Protocol):
    """Reads bytes into a Document and writes it back. Created with one optional frozen options dataclass.

    `write(read(raw), {})` is `raw` itself, save that output is UTF-8 without a byte order mark.
    """

    name: str
    suffixes: tuple[str, ...]
    options_type: type | None

    def sniff(self, head: bytes) -> bool:
        """Whether a file that begins with `head` (at most SNIFF_BYTES) looks like this format."""
        ...

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        """Segments are sentences, in order. `src_lang` may be "auto". Raises FormatError."""
        ...

    def write(
        self,
        document: Document,
        targets: Mapping[str, str],
        alignments: Mapping[str, Alignment] = NO_ALIGNMENTS,
    ) -> bytes:
        """The file with targets (segment id -> text); without one, or with a blank one, a source stays.

        `alignments` (segment id -> alignment) are handed to skeleton.render, which places the markup inside
        a sentence by them.
        """
        ...


def create_format(name: str, options: Mapping[str, Any] | None = None) -> DocumentFormat:
    """Create a registered format. Raises UnknownNameError for a name or an option there is not."""
    kind = registry.load("formats", name)
    if not options:
        return cast(DocumentFormat, kind())
    known = [field.name for field in fields(kind.options_type)] if kind.options_type else []
    for key in options:
        if key not in known:
            raise UnknownNameError(f"option of format {name}", key, known)
    try:
        return cast(DocumentFormat, kind(kind.options_type(**options)))
    except TypeError as error:
        raise ConfigError(f"The options of format {name} are not valid: {error}.", "Mend them.") from error


def with_fields(options: Mapping[str, Mapping[str, Any]], fields: str) -> dict[str, dict[str, Any]]:
    """Options of formats by name, with `fields` ("title,body") as the ones to translate in place.

    Raises ConfigError where `fields` names none.
    """
    names = [name.strip() for name in fields.split(",")]
    if not all(names):
        raise ConfigError(f"A field has no name: {fields!r}.", "Write --fields title,body.")
    merged = {name: dict(known) for name, known in options.items()}
    for name, option in _FIELD_OPTIONS.items():
        merged.setdefault(name, {})[option] = names
    return merged


def with_article(options: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Options of formats by name, with only the article taken of a web page."""
    merged = {name: dict(known) for name, known in options.items()}
    merged.setdefault("html", {})["article"] = True
    return merged


def format_for(
    path: str | Path,
    head: bytes,
    name: str | None = None,
    options: Mapping[str, Mapping[str, Any]] | None = None,
) -> DocumentFormat:
    """Choose by `name`, else by suffix, else by content, else plain text.

    `options` maps a format's name to its options. Raises UnknownNameError.
    """
    options = options or {}
    if name is not None:
        return create_format(name, options.get(name))
    suffix = Path(path).suffix.lower()
    known = registry.names("formats")
    for candidate in known:
        if suffix in registry.load("formats", candidate).suffixes:
            return create_format(candidate, options.get(candidate))
    for candidate in known:
        if candidate != _FALLBACK and (found := create_format(candidate, options.get(candidate))).sniff(head):
            return found
    return create_format(_FALLBACK, options.get(_FALLBACK))


def read_document(
    path: str | Path,
    src_lang: str = "auto",
    tgt_lang: str = "ru",
    *,
    format: str | None = None,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    raw: bytes | None = None,
) -> Document:
    """Read a document; `raw` are its bytes where the caller has them (standard input).

    An empty or blank file gives a Document without segments. Raises InputError, FormatError.
    """
    raw = read_bytes(path) if raw is None else raw
    refuse_foreign(path, raw)
    chosen = format_for(path, raw[:SNIFF_BYTES], format, options)
    return chosen.read(raw, str(path), src_lang, tgt_lang)


def render_document(
    document: Document, targets: Mapping[str, str], alignments: Mapping[str, Alignment] = NO_ALIGNMENTS
) -> bytes:
    """Return the file with its targets, in UTF-8, as the document's own format writes it.

    Both map segment ids; `alignments` (of source and target) bring inline markup to the right words.
    """
    return create_format(document.format).write(document, targets, alignments)


def render_translations(document: Document, translations: Iterable[Translation]) -> bytes:
    """Return the file with what its segments were translated into (see render_document).

    A segment that failed has no target: its source stays, and a bilingual file leaves it untranslated.
    """
    made = [translation for translation in translations if translation.origin is not Origin.FAILED]
    return render_document(
        document,
        {translation.segment_id: translation.target for translation in made},
        {translation.segment_id: translation.alignment for translation in made},
    )


def find_documents(folder: str | Path, tgt_lang: str = "ru") -> list[Path]:
    """Files under `folder` in a known format, sorted; never what mtkit wrote itself.

    Left out: hidden files and folders, and the locks of Word (~$NAME); a file with a run record beside it
    (A.ru.md with A.ru.md.mtkit.json); a translation beside its source (A.ru.md with A.md or A.vi.md). Links
    to folders are not followed. Raises InputError where there is no such folder, or nothing in it to read.
    """
    root = Path(folder)
    if not root.is_dir():
        problem = "this is a file, not a folder" if root.exists() else "there is no such folder"
        raise InputError(f"{folder}: {problem}.", "Check the path.")
    suffixes = known_suffixes()
    found: list[Path] = []
    for parent, subfolders, filenames in os.walk(root):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        present = set(filenames)
        found += [
            Path(parent, name)
            for name in filenames
            if not name.startswith((".", "~$"))
            and not name.endswith(RUN_RECORD_SUFFIX)
            and Path(name).suffix.lower() in suffixes
            and not _is_output(name, present, tgt_lang)
        ]
    if not found:
        raise InputError(
            f"{folder}: no document in this folder.", f"mtkit reads {', '.join(sorted(suffixes))}."
        )
    return sorted(found)


def known_suffixes() -> frozenset[str]:
    return frozenset(
        suffix for name in registry.names("formats") for suffix in registry.load("formats", name).suffixes
    )


def _is_output(name: str, beside: set[str], tgt_lang: str) -> bool:
    if name + RUN_RECORD_SUFFIX in beside:
        return True
    stem, suffix = os.path.splitext(name)
    source_stem = stem.removesuffix(f".{tgt_lang}")
    if source_stem == stem:
        return False
    sources = re.compile(rf"{re.escape(source_stem)}(?:\.[a-z]{{2,3}})?{re.escape(suffix)}")
    return any(other != name and sources.fullmatch(other) for other in beside)
