"""Read and write whole files: one clear sentence on failure, nothing half-written."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mtkit.errors import InputError, StoreError
from mtkit.text.unicode import decode

MAX_BYTES = 256 * 1024 * 1024
_LOADED = secrets.token_hex(8)
"""Forked processes share it."""
_PACKAGE_MARK = b"PK\x03\x04"


def read_bytes(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file of at most `limit` bytes. Raises InputError."""
    try:
        with open(path, "rb") as stream:
            raw = stream.read(limit + 1)
    except FileNotFoundError as error:
        if os.path.islink(path):
            problem = f"a link to {os.readlink(path)}, which is not there"
            raise InputError(f"{path}: {problem}.", "Mend the link, or remove it.") from error
        raise InputError(f"{path}: there is no such file.", "Check the path.") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: this is a folder, not a file.", "Name a file in it.") from error
    except PermissionError as error:
        raise InputError(f"{path}: no permission to read it.", "Change its mode or its owner.") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({_reason(error)}).", "Check the disk.") from error
    if len(raw) > limit:
        raise InputError(f"{path}: larger than {limit // 1024 // 1024} MiB.", "Split it.")
    return raw


def read_text(raw: bytes, path: str | Path) -> str:
    """Return the text of a file as it stands, decomposed letters too, without its byte order mark.

    Raises FormatError as `mtkit.text.unicode.decode` does, whose NFC text it is where the file is UTF-16
    or UTF-32.
    """
    composed = decode(raw, path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return composed
    return composed if "\0" in text else text


def text_lines(raw: bytes, path: str | Path) -> list[str]:
    """Return the lines of a text file; none of an office document, whose segment ids count paragraphs.

    Raises FormatError as `mtkit.text.unicode.decode` does.
    """
    return [] if raw.startswith(_PACKAGE_MARK) else decode(raw, path).split("\n")


def writer() -> str:
    """What the names of the temporary files of this process have in common, and those of no other have."""
    return f"{_LOADED}{os.getpid():x}"


def keep_others(path: str | Path, *marks: bytes) -> None:
    """Raise StoreError where a file in the place has none of the marks near its beginning that mtkit leaves.

    An empty file may be replaced.
    """
    if not os.path.isfile(path):
        return
    try:
        with open(path, "rb") as stream:
            beginning = stream.read(4096)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be read ({_reason(error)}); it is kept.", "Choose another place."
        ) from error
    if beginning and not any(mark in beginning for mark in marks):
        raise StoreError(
            f"{path}: mtkit did not write it; it is kept.", "Move it away, or choose another place."
        )


def atomic_write(path: str | Path, content: bytes) -> None:
    """Replace `path` by `content` in one step (see replacing). Raises StoreError."""
    with replacing(path) as descriptor:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]


@contextmanager
def replacing(path: str | Path) -> Iterator[int]:
    """A descriptor for what is to replace `path` in one step at the end, its folders made where missing.

    The bytes go to a temporary name in the same folder, are synced, then renamed. Whatever interrupts
    that, Ctrl-C included, removes the temporary file and leaves an older `path` as it was. A symbolic link
    stays and its file is replaced. Raises StoreError.
    """
    final = Path(os.path.realpath(path))
    temporary = final.with_name(f".mtkit-{writer()}-{secrets.token_hex(4)}.tmp")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        if final.exists() and not final.is_file():
            raise ValueError("there is something that is not a file")
        with _synced(temporary, _mode_of(final)) as descriptor:
            yield descriptor
        os.replace(temporary, final)
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{path}: cannot be written ({_reason(error)}).",
            "Nothing was changed there; see to folder, permissions and free space, or choose another place.",
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def _synced(path: Path, mode: int | None) -> Iterator[int]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        if mode is not None and hasattr(os, "fchmod"):
            os.fchmod(descriptor, mode)
        yield descriptor
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _mode_of(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
