"""No test reaches the network or the user's own folders; one thread is enough for all of them."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

CLOSED_PROXY = "http://127.0.0.1:9"
"""Where clients in subprocesses end up that obey the environment: nothing listens there."""


class NetworkBlockedError(OSError):
    """A test tried to leave this machine."""


def pytest_configure(config: pytest.Config) -> None:
    """Give the whole session a home and a cache of its own, before any module reads them.

    An example of a property may take as long as it likes: how long says how busy the machine is.
    """
    hypothesis.settings.register_profile("mtkit", deadline=None)
    hypothesis.settings.load_profile("mtkit")
    home = Path(tempfile.mkdtemp(prefix="mtkit-tests-"))
    config.add_cleanup(lambda: _remove(home))
    for variable in [name for name in os.environ if name.startswith(("MTKIT_", "XDG_", "HF_", "SACREBLEU"))]:
        if variable != "MTKIT_FUZZ":
            del os.environ[variable]
    os.environ["HOME"] = str(home)
    os.environ["MTKIT_CACHE"] = str(home / "mtkit-cache")
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost,::1"
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ[variable] = os.environ[variable.lower()] = CLOSED_PROXY


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _is_loopback(host: object) -> bool:
    if not isinstance(host, str) or host in ("", "localhost"):
        return host in ("", "localhost", None)
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _network_blocked() -> Iterator[None]:
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse_outside(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
            raise NetworkBlockedError(f"tests may not connect to {address}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse_outside(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_outside(self, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        if not _is_loopback(host.decode() if isinstance(host, bytes) else host):
            raise socket.gaierror(socket.EAI_NONAME, f"tests may not look up {host}")
        return getaddrinfo(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(autouse=True)
def _one_torch_thread() -> None:
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)
