"""A model hub on loopback: the few endpoints that huggingface_hub asks for a download."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

MODEL_INFO = re.compile(r"/api/models/(?P<repo>[^/]+/[^/]+)(?:/revision/(?P<revision>[^/]+))?")
RESOLVE = re.compile(r"/(?P<repo>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<name>.+)")
LARGE = (".safetensors", ".bin", ".spm", ".model")


class Hub(ThreadingHTTPServer):
    """Serves repositories from folders; `requests` remembers what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.repositories: dict[str, Path] = {}
        self.restricted: set[str] = set()
        self.requests: list[tuple[str, str]] = []
        self.resumed_at: list[int] = []
        self.break_off: dict[str, int] = {}
        """Files whose connection is closed after so many bytes."""

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def downloaded(self) -> set[str]:
        """Names of the files that were asked for with GET."""
        paths = (RESOLVE.fullmatch(path) for method, path in self.requests if method == "GET")
        return {match["name"] for match in paths if match}


@contextmanager
def running_hub() -> Iterator[Hub]:
    hub = Hub()
    thread = Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()
        thread.join()


def commit_of(folder: Path) -> str:
    """A commit id that changes with any file."""
    digest = hashlib.sha1()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hub

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = urlsplit(self.path).path
        self.server.requests.append((self.command, path))
        for pattern, answer in ((MODEL_INFO, self._model_info), (RESOLVE, self._file)):
            if match := pattern.fullmatch(path):
                folder = self._repository(match["repo"], match["revision"])
                if folder:
                    answer(match, folder)
                return
        self._refuse(404, None)

    def _repository(self, name: str, revision: str | None) -> Path | None:
        """The repository's folder, or None after an answer that refuses it."""
        folder = self.server.repositories.get(name)
        if folder is None:
            self._refuse(401, "RepoNotFound")
        elif name in self.server.restricted:
            self._refuse(403, "GatedRepo")
        elif revision not in (None, "main", commit_of(folder)):
            self._refuse(404, "RevisionNotFound")
        else:
            return folder
        return None

    def _model_info(self, match: re.Match[str], folder: Path) -> None:
        siblings = [_sibling(path) for path in sorted(folder.iterdir())]
        info = {"id": match["repo"], "sha": commit_of(folder), "siblings": siblings, "tags": []}
        self._send(json.dumps(info).encode(), {"Content-Type": "application/json"})

    def _file(self, match: re.Match[str], folder: Path) -> None:
        path = folder / match["name"]
        if not path.is_file():
            self._refuse(404, "EntryNotFound")
            return
        content = path.read_bytes()
        large = path.name.endswith(LARGE)
        headers = {
            "ETag": f'"{_sha256(content) if large else hashlib.sha1(content).hexdigest()}"',
            "X-Repo-Commit": commit_of(folder),
            "Accept-Ranges": "bytes",
        }
        self._send(content, headers, self.server.break_off.get(path.name))

    def _send(self, content: bytes, headers: dict[str, str], most: int | None = None) -> None:
        total = len(content)
        start = 0
        if wanted := re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "")):
            start = int(wanted[1])
            self.server.resumed_at.append(start)
            content = content[start : int(wanted[2]) + 1 if wanted[2] else None]
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{start + len(content) - 1}/{total}")
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if most is not None:
            content = content[:most]
            self.close_connection = True
        self.wfile.write(content)

    def _refuse(self, status: int, code: str | None) -> None:
        self.send_response(status)
        if code:
            self.send_header("X-Error-Code", code)
            self.send_header("X-Error-Message", code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def _sibling(path: Path) -> dict[str, object]:
    content = path.read_bytes()
    sibling: dict[str, object] = {"rfilename": path.name, "size": len(content), "blobId": "0" * 40}
    if path.name.endswith(LARGE):
        sibling["lfs"] = {"sha256": _sha256(content), "size": len(content), "pointerSize": 134}
    return sibling


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
