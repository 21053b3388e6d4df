"""Everything mtkit raises, as one tree.

::

    MtkitError                    message + hint; exit code on the class
    ├── ConfigError          (2)  a setting or an argument is wrong
    │   ├── UnknownNameError      a registry has no such name; lists those it has
    │   └── UnsupportedPairError  no engine for this language pair
    ├── InputError           (3)  what was handed in cannot be read
    │   ├── FormatError           a file is broken: path and line
    │   ├── TermbaseError         a glossary row is broken: path and line
    │   └── LengthMismatchError   two sides have different numbers of segments
    ├── MissingExtraError    (4)  an optional dependency is not installed
    ├── EngineError          (5)  translation itself failed
    │   ├── ModelLoadError        a model is missing, incomplete or not loadable
    │   ├── ModelDownloadError    a model could not be fetched
    │   └── OutOfMemoryError      the engine ran out of memory
    └── StoreError           (6)  writing output, cache or memory failed

A bad translation is a Finding, not an exception.
"""

from __future__ import annotations

import copyreg
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any


class MtkitError(Exception):
    """One sentence saying what is wrong and where, and one saying how to mend it."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()

    def __reduce__(self) -> tuple[Any, ...]:
        """What pickle makes an error of: one of a worker process arrives with all it says."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class ConfigError(MtkitError):
    exit_code = 2


class UnknownNameError(ConfigError):
    """A name that no table has; `known` are the names it could have been."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        close = get_close_matches(name, names, n=1)
        guess = f"Did you mean {close[0]!r}? " if close else ""
        super().__init__(f"Unknown {kind} {name!r}.", f"{guess}Known: {', '.join(names) or 'none'}.")
        self.known = tuple(names)


class UnsupportedPairError(ConfigError):
    def __init__(self, src_lang: str, tgt_lang: str, pairs: Iterable[tuple[str, str]], engine: str) -> None:
        known = ", ".join(f"{src}-{tgt}" for src, tgt in sorted(pairs)) or "none"
        super().__init__(
            f"{engine} does not translate {src_lang}-{tgt_lang}.", f"Language pairs it has: {known}."
        )


class InputError(MtkitError):
    exit_code = 3


class FormatError(InputError):
    """A broken file; `line` counts from 1 (None: the format has no lines), `problem` leaves the place out."""

    def __init__(self, path: str | Path, message: str, hint: str = "", line: int | None = None) -> None:
        where = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{where}: {message}", hint)
        self.path = str(path)
        self.problem = message
        self.line = line


class TermbaseError(FormatError):
    """`further` are the other broken rows of the same file, in order."""

    further: tuple[TermbaseError, ...] = ()


class LengthMismatchError(InputError):
    """`parting` says from where on two sides no longer fit each other ("line 11 of FILE"), "" if not known.

    `hint` is how to mend it in the words of their format.
    """

    def __init__(
        self, left: str, left_count: int, right: str, right_count: int, *, parting: str = "", hint: str = ""
    ) -> None:
        where = f" They part from {parting} on." if parting else ""
        super().__init__(
            f"{left} has {left_count} segments, {right} has {right_count}.{where}",
            hint or "They must be parallel, segment by segment.",
        )


class MissingExtraError(MtkitError):
    exit_code = 4

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs an optional package.", f"Install it: pip install 'mtkit[{extra}]'."
        )


class EngineError(MtkitError):
    exit_code = 5


class ModelLoadError(EngineError):
    pass


class ModelDownloadError(EngineError):
    pass


class OutOfMemoryError(EngineError):
    pass


class StoreError(MtkitError):
    exit_code = 6
