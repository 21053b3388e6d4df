"""Keep translations in SQLite so that the same request is never decoded twice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from mtkit.engines.base import (
    DecodingOptions,
    Engine,
    Hypotheses,
    Hypothesis,
    Rendering,
    Request,
    Shares,
)
from mtkit.errors import StoreError
from mtkit.types import Span

BUSY_SECONDS = 30.0
KEYS_A_QUERY = 500


class CachedEngine:
    """An engine that remembers; safe with several threads and processes on one file.

    The key is the engine's fingerprint, the request and the decoding options.
    """

    def __init__(self, engine: Engine, path: Path) -> None:
        """`path` is the database, made where it is absent. Raises StoreError."""
        self.engine = engine
        self.path = path
        self.name = engine.name
        self.capabilities = engine.capabilities
        self._fingerprint = engine.fingerprint()
        self._lock = threading.Lock()
        with self._store_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS translations (key BLOB PRIMARY KEY, hypotheses TEXT NOT NULL)"
                " WITHOUT ROWID"
            )

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        """Look requests up, decode the rest, remember it before returning."""
        keys = [self._key(request, options) for request in requests]
        known = self._find(keys)
        unknown = {key: request for key, request in zip(keys, requests, strict=True) if key not in known}
        decoded = self.engine.translate(list(unknown.values()), options) if unknown else []
        fresh = dict(zip(unknown, decoded, strict=True))
        self._remember(fresh)
        known.update(fresh)
        return [known[key] for key in keys]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        """Score through the engine; scores are not remembered."""
        return self.engine.score(pairs)

    def attribute(self, renderings: Sequence[Rendering]) -> list[Shares]:
        return self.engine.attribute(renderings)

    def fingerprint(self) -> dict[str, str]:
        return self._fingerprint

    def close(self) -> None:
        self._database.close()
        self.engine.close()

    def _key(self, request: Request, options: DecodingOptions) -> bytes:
        parts = [self._fingerprint, asdict(request), asdict(options)]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).digest()

    def _find(self, keys: Sequence[bytes]) -> dict[bytes, Hypotheses]:
        found: dict[bytes, Hypotheses] = {}
        wanted = list(dict.fromkeys(keys))
        with self._store_errors(), self._lock:
            for start in range(0, len(wanted), KEYS_A_QUERY):
                some = wanted[start : start + KEYS_A_QUERY]
                marks = ", ".join("?" * len(some))
                rows = self._database.execute(
                    f"SELECT key, hypotheses FROM translations WHERE key IN ({marks})", some
                )
                found.update((key, from_json(text)) for key, text in rows)
        return found

    def _remember(self, fresh: dict[bytes, Hypotheses]) -> None:
        if not fresh:
            return
        rows = [(key, to_json(hypotheses)) for key, hypotheses in fresh.items()]
        with self._store_errors(), self._lock, self._database:
            self._database.executemany("INSERT OR REPLACE INTO translations VALUES (?, ?)", rows)

    @contextmanager
    def _store_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"{self.path}: the translation cache cannot be used ({error}).",
                "Free some space, mend its permissions, or set MTKIT_CACHE elsewhere.",
            ) from error
        except (sqlite3.DatabaseError, ValueError, TypeError, KeyError) as error:
            raise StoreError(
                f"{self.path}: the translation cache is damaged ({error}).", "Remove the file and run again."
            ) from error
        except OSError as error:
            raise StoreError(
                f"{self.path}: the translation cache cannot be made ({error.strerror}).",
                "Set MTKIT_CACHE to a folder that can be written.",
            ) from error


def to_json(hypotheses: Hypotheses) -> str:
    """The hypotheses of a request as JSON, to the last bit of their scores."""
    rows = [[h.text, h.score, [[t.start, t.end, s.start, s.end] for t, s in h.alignment]] for h in hypotheses]
    return json.dumps(rows, ensure_ascii=False)


def from_json(text: str) -> Hypotheses:
    """What `to_json` made. Raises ValueError, TypeError for anything else."""
    return tuple(
        Hypothesis(
            text=target,
            score=score,
            alignment=tuple((Span(*row[:2]), Span(*row[2:])) for row in alignment),
        )
        for target, score, alignment in json.loads(text)
    )
