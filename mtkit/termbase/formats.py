"""The TermbaseFormat protocol, and finding the format of a glossary.

A new format is one class and one line in mtkit.registry ("termbase-formats").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, cast, runtime_checkable

from mtkit import registry
from mtkit.errors import ConfigError, TermbaseError
from mtkit.termbase.model import Place
from mtkit.types import Concept

KIND = "termbase-formats"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """What was read from one file: concepts in file order, their lines, and how it was understood.

    `understood` is one sentence for the person who handed the file in; `guessed` says that nothing in the
    file names its columns; `left_out` says what of the file is in no concept, by kind.
    """

    concepts: tuple[Concept, ...]
    places: Mapping[str, Place]
    understood: str
    guessed: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)

    def summary(self) -> str:
        """How the file was understood, how many concepts it has and what is left out."""
        count = len(self.concepts)
        listed = ", ".join(f"{kind} ({number})" for kind, number in self.left_out.items())
        left_out = f"; left out: {listed}" if listed else ""
        return f"{self.understood}; {count} {'concept' if count == 1 else 'concepts'}{left_out}"


@runtime_checkable
class TermbaseFormat(Protocol):
    """Reads and writes one kind of glossary file.

    `lossless`: what was written reads back as the same concepts; else only pairs of source and target do.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    lossless: bool

    def sniff(self, raw: bytes) -> bool:
        """Whether a file with one of `suffixes` has this format."""
        ...

    def read(self, raw: bytes, path: str, src_lang: str | None) -> Glossary:
        """`src_lang` is the language of sources that name none. TermbaseError with path and line or row."""
        ...

    def write(self, concepts: Sequence[Concept], src_lang: str | None) -> bytes:
        """The file; formats of pairs have the terms of `src_lang` only, where it is given."""
        ...


def open_format(name: str) -> TermbaseFormat:
    """The format registered under `name`. Raises UnknownNameError."""
    return cast(TermbaseFormat, registry.load(KIND, name)())


def known_suffixes() -> tuple[str, ...]:
    """Suffixes of glossary files, sorted."""
    return tuple(sorted({suffix for name in registry.names(KIND) for suffix in open_format(name).suffixes}))


def format_of(path: str | Path, raw: bytes) -> TermbaseFormat:
    """The format of a glossary file, by its suffix and then its content. Raises TermbaseError."""
    suffix = Path(path).suffix.lower()
    candidates = [each for name in registry.names(KIND) if suffix in (each := open_format(name)).suffixes]
    if not candidates:
        raise TermbaseError(
            path, f"cannot read a {suffix or 'suffixless'} glossary.", f"Use {', '.join(known_suffixes())}."
        )
    return next((each for each in candidates if each.sniff(raw)), candidates[0])


def format_to_write(path: str | Path, name: str | None) -> TermbaseFormat:
    """The format by `name`, else the one that a file name tells. ConfigError where it tells none."""
    if name is not None:
        return open_format(name)
    suffix = Path(path).suffix.lower()
    preferred = {".tsv": "mtkit", ".tbx": "tbx", ".xlsx": "xlsx"}.get(suffix)
    if preferred is None:
        known = ", ".join(registry.names(KIND))
        raise ConfigError(f"{path}: its name does not tell the format.", f"Say --format: {known}.")
    return open_format(preferred)
