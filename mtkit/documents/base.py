"""The DocumentFormat protocol, and finding the format of a file.

A new format is one module with a class, and one line in mtkit.registry.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Protocol, cast, runtime_checkable

from mtkit import registry
from mtkit.documents.files import read_bytes
from mtkit.documents.foreign import foreign_by_name, is_misnamed_text, refuse_blank, refuse_foreign
from mtkit.documents.skeleton import NO_ALIGNMENTS, NO_SEGMENTS
from mtkit.errors import ConfigError, FormatError, InputError, UnknownNameError
from mtkit.types import Alignment, Document, Origin, Translation

SNIFF_BYTES = 4096
RUN_RECORD_SUFFIX = ".mtkit.json"
_FALLBACK = "text"
_UNMISTAKABLE = ("docx", "odt", "tmx", "vtt", "xliff")
"""Formats that are told by their first bytes, whatever a file is called."""
_PAGES = ("docx", "odt")
"""Formats whose files hold no text where they have no segments; in others it may be none to translate."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""What the format docx knows to refuse, whichever program wrote it."""
_FIELD_OPTIONS = {"csv": "columns", "json": "fields", "jsonl": "fields", "tsv": "columns"}
"""Formats with chosen fields, and the option that names them."""
_TABLES = ("csv", "tsv")


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


@runtime_checkable
class KeepsOrigins(Protocol):
    """A format whose files say where each target comes from."""

    def write_translations(self, document: Document, translations: Mapping[str, Translation]) -> bytes:
        """The file with what its segments (by id) were translated into, as DocumentFormat.write has it."""
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


def with_fields(
    options: Mapping[str, Mapping[str, Any]], fields: str, *, some: bool = False
) -> dict[str, dict[str, Any]]:
    """Options of formats by name, with `fields` ("title,body") as the ones to translate in place.

    With `some` a table may lack some of them, as those of a folder do. Raises ConfigError where `fields`
    names none.
    """
    names = [name.strip() for name in fields.split(",")]
    if not all(names):
        raise ConfigError(f"A field has no name: {fields!r}.", "Write --fields title,body.")
    merged = {name: dict(known) for name, known in options.items()}
    for name, option in _FIELD_OPTIONS.items():
        merged.setdefault(name, {})[option] = names
        if some and name in _TABLES:
            merged[name]["some"] = True
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

    `options` maps a format's name to its options. Raises UnknownNameError, and FormatError where the suffix
    is another format's than the content.
    """
    options = options or {}
    if name is not None:
        return create_format(name, options.get(name))
    suffix = Path(path).suffix.lower()
    known = registry.names("formats")
    for candidate in known:
        if suffix in registry.load("formats", candidate).suffixes:
            _check_suffix(path, head, candidate)
            return create_format(candidate, options.get(candidate))
    for candidate in known:
        if candidate != _FALLBACK and (found := create_format(candidate, options.get(candidate))).sniff(head):
            return found
    return create_format(_FALLBACK, options.get(_FALLBACK))


def _check_suffix(path: str | Path, head: bytes, chosen: str) -> None:
    for name in _UNMISTAKABLE if not head.startswith(_OLD_OFFICE) else ():
        if name != chosen and (found := create_format(name)).sniff(head):
            suffix = found.suffixes[0]
            problem = f"by its content it is {name}, which its name does not say."
            raise FormatError(path, problem, f"Name it {Path(path).stem}{suffix}, or pass --format {name}.")


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

    Raises InputError, also for an empty file, and FormatError, also for a DOCX or ODT without text.
    """
    if raw is None:
        raw = read_bytes(path)
        refuse_blank(path, raw)
    refuse_foreign(path, raw)
    chosen = format_for(path, raw[:SNIFF_BYTES], format, options)
    document = chosen.read(raw, str(path), src_lang, tgt_lang)
    if chosen.name in _PAGES and not document.segments:
        raise FormatError(
            path, "there is no text in it.", "Pictures of text have to be typed, or recognised (OCR)."
        )
    return document


def render_document(
    document: Document, targets: Mapping[str, str], alignments: Mapping[str, Alignment] = NO_ALIGNMENTS
) -> bytes:
    """Return the file with its targets, in UTF-8, as the document's own format writes it.

    Both map segment ids; `alignments` (of source and target) bring inline markup to the right words.
    """
    return create_format(document.format).write(document, targets, alignments)


def render_translations(document: Document, translations: Iterable[Translation]) -> bytes:
    """Return the file with what its segments were translated into (see render_document).

    A segment that failed has no target: its source stays, and a bilingual file leaves it untranslated. A file
    without segments is translated, too: an empty text has an empty translation.
    """
    made = {each.segment_id: each for each in translations if each.origin is not Origin.FAILED}
    kind = create_format(document.format)
    if isinstance(kind, KeepsOrigins):
        return kind.write_translations(document, made)
    return render_document(
        document,
        {id: translation.target for id, translation in made.items()} if document.segments else NO_SEGMENTS,
        {id: translation.alignment for id, translation in made.items()},
    )


def record_path(target: Path) -> Path:
    """Where the run record of a translated file lies: beside it."""
    return target.with_name(target.name + RUN_RECORD_SUFFIX)


def find_documents(folder: str | Path, tgt_lang: str = "ru") -> list[Path]:
    """Files under `folder` in a known format, sorted; never what mtkit wrote itself.

    A text that is named .doc or .pdf is one, too. Left out: hidden files and folders, and the locks of Word
    (~$NAME); a file with a run record beside it (A.ru.md with A.ru.md.mtkit.json); a translation beside its
    source (A.ru.md with A.md or A.vi.md). Links to files are followed, links to folders are not. Raises
    InputError where there is no such folder, or nothing in it to read.
    """
    root = Path(folder)
    if not root.is_dir():
        problem = "this is a file, not a folder" if root.exists() else "there is no such folder"
        raise InputError(f"{folder}: {problem}.", "Check the path.")
    suffixes = known_suffixes()
    found: list[Path] = []
    outputs: list[Path] = []
    for parent, _, filenames in _walk(root):
        present = set(filenames)
        for name in filenames:
            if name.startswith((".", "~$")) or name.endswith(RUN_RECORD_SUFFIX):
                continue
            if Path(name).suffix.lower() in suffixes or is_misnamed_text(parent / name):
                (outputs if _is_output(name, present, tgt_lang) else found).append(parent / name)
    if not found:
        unread = unread_documents(root)
        others = f" that mtkit reads; {unread[0][0].name} is {unread[0][1]}" if unread else "."
        if outputs:
            problem = f"nothing to translate in this folder: {min(outputs).name} is a translation already"
            raise InputError(f"{folder}: {problem}.", "Name the folder of the sources, or a file in it.")
        raise InputError(
            f"{folder}: no document in this folder{others}", f"mtkit reads {', '.join(sorted(suffixes))}."
        )
    return sorted(found)


def unread_documents(folder: str | Path) -> list[tuple[Path, str]]:
    """What find_documents passes over though a translation of it may be expected, and why; sorted."""
    unread: list[tuple[Path, str]] = []
    for parent, subfolders, filenames in _walk(Path(folder)):
        linked = [parent / name for name in subfolders if (parent / name).is_symlink()]
        unread += [(path, "a link to a folder, which is not followed; name that folder.") for path in linked]
        named = [parent / name for name in filenames if not name.startswith((".", "~$"))]
        unread += [(path, why) for path in named if (why := foreign_by_name(path))]
    return sorted(unread)


def _walk(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Folders below a folder, itself first, each with the names of its folders and files; none is hidden."""
    for parent, subfolders, filenames in os.walk(root):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        yield Path(parent), subfolders, filenames


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
