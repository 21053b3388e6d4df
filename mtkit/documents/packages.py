"""ZIP packages (DOCX, ODT): opened with care, and written back with some of their parts replaced."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from mtkit.errors import FormatError

_CHUNK = 1 << 20
_SAVE_AGAIN = "Open it in the program it came from and save it again."
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    LookupError,
)


class PackageLimits(NamedTuple):
    members: int
    unpacked: int
    ratio: int
    free: int


LIMITS = PackageLimits(members=10_000, unpacked=256 << 20, ratio=200, free=16 << 20)
"""Most members; most bytes of all together, unpacked; most bytes a packed byte may become.

Word's XML packs to between 1:5 and 1:50, pictures not at all, while deflate can reach 1:1032: a package over
these is a bomb or no article. A package is held in memory, so `unpacked` is the limit of any other file.
Packages of at most `free` bytes do no harm whatever their ratio.
"""


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose members are all there, whole and within LIMITS; `raw` are its bytes."""

    path: str
    raw: bytes
    names: tuple[str, ...]

    def read(self, name: str) -> bytes:
        with _readable(self.path), zipfile.ZipFile(io.BytesIO(self.raw)) as archive:
            return archive.read(name)


def open_package(raw: bytes, path: str) -> Package:
    """Check a package: names, sizes, encryption, checksums. Raises FormatError."""
    if not raw.startswith(b"PK"):
        raise FormatError(path, "this is no ZIP package, which such a document must be.", _SAVE_AGAIN)
    with _readable(path), zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = archive.infolist()
        _check_sizes(members, path)
        _check_names(members, path)
        for member in members:
            if member.flag_bits & 1:
                problem = f"its part {member.filename!r} is encrypted with a password."
                raise FormatError(path, problem, "Save it without a password.")
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                problem = f"its part {member.filename!r} is compressed in a way that no such document may be."
                raise FormatError(path, problem, _SAVE_AGAIN)
            with archive.open(member) as stream:
                while stream.read(_CHUNK):
                    pass
    return Package(path, raw, tuple(member.filename for member in members))


def with_parts(package: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the package with `parts` in place of those of the same names.

    Order, compression methods and times of the members stay; the same arguments give the same bytes.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = old.comment
        for member in old.infolist():
            content = parts[member.filename] if member.filename in parts else old.read(member)
            entry = zipfile.ZipInfo(member.filename, member.date_time)
            entry.compress_type = member.compress_type
            entry.external_attr = member.external_attr
            entry.create_system = member.create_system
            entry.comment = member.comment
            new.writestr(entry, content)
    return out.getvalue()


@contextmanager
def _readable(path: str) -> Iterator[None]:
    try:
        yield
    except FormatError:
        raise
    except _DAMAGE as error:
        problem = f"its ZIP package is damaged ({str(error).rstrip('.') or type(error).__name__})."
        raise FormatError(path, problem, f"{_SAVE_AGAIN} If it was sent, have it sent again.") from error


def _check_sizes(members: list[zipfile.ZipInfo], path: str) -> None:
    if len(members) > LIMITS.members:
        problem = f"its package has {len(members)} members, more than {LIMITS.members}."
        raise FormatError(path, problem, "Split the document.")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > LIMITS.unpacked:
        problem = f"its package unpacks to more than {LIMITS.unpacked >> 20} MiB."
        raise FormatError(path, problem, "Make its pictures smaller, or split it.")
    if unpacked > LIMITS.free and unpacked > LIMITS.ratio * packed:
        problem = f"its package unpacks to more than {LIMITS.ratio} times its size, as a ZIP bomb does."
        raise FormatError(path, problem, "If you trust it, save it again, or split it.")


def _check_names(members: list[zipfile.ZipInfo], path: str) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.filename
        steps = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0]:
            problem = f"its package has a member {name!r}, which points outside of it."
            raise FormatError(path, problem, "Do not open it, or have it saved again by its author.")
        if name.lower() in seen:
            problem = f"its package has two members {name!r}."
            raise FormatError(path, problem, _SAVE_AGAIN)
        seen.add(name.lower())
