from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from mtkit.documents.files import atomic_write, read_bytes, read_text
from mtkit.errors import InputError, StoreError


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_bytes(tmp_path / "none.txt")


def test_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        read_bytes(tmp_path)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(InputError, match="permission"):
        read_bytes(tmp_path / "a.txt")


def test_nul_in_a_name_and_a_name_too_long() -> None:
    for name in ("a\0b", "x" * 5000):
        with pytest.raises(InputError, match="cannot be read"):
            read_bytes(name)


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    assert len(read_bytes(path, limit=11)) == 11
    with pytest.raises(InputError, match="larger"):
        read_bytes(path, limit=10)


def test_read_text_keeps_decomposed_letters() -> None:
    text = "Tie\u0302\u0301ng Vie\u0323\u0302t\n"
    assert read_text(text.encode(), "a.txt") == text
    assert read_text(b"\xef\xbb\xbf" + text.encode(), "a.txt") == text


def test_writes_and_makes_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "a.txt"
    atomic_write(path, b"one")
    atomic_write(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(path.parent) == ["a.txt"]


def test_keeps_the_mode_of_a_file_and_honours_umask(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    before = os.umask(0o027)
    try:
        atomic_write(path, b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o600)
    atomic_write(path, b"two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"one")
    link.symlink_to(real)
    atomic_write(link, b"two")
    assert link.is_symlink()
    assert real.read_bytes() == b"two"


def test_longest_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".txt")
    atomic_write(path, b"x")
    assert path.read_bytes() == b"x"


def test_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(StoreError, match="folder"):
        atomic_write(tmp_path / "a.txt", b"x")


def test_short_writes_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, bytes(content[:3])))
    atomic_write(tmp_path / "a.txt", b"0123456789")
    assert (tmp_path / "a.txt").read_bytes() == b"0123456789"


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(StoreError, match="No space left"):
        atomic_write(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_ctrl_c_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, call, interrupt)
    with pytest.raises(KeyboardInterrupt):
        atomic_write(tmp_path / "a.txt", b"new")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_device_that_is_full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The real error of a full device: the descriptor is the one of /dev/full."""
    opened = os.open
    monkeypatch.setattr(os, "open", lambda *_: opened("/dev/full", os.O_WRONLY))
    with pytest.raises(StoreError, match="No space left"):
        atomic_write(tmp_path / "a.txt", b"new")
    assert os.listdir(tmp_path) == []
