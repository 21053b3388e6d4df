"""Run records: what was done to an article, beside its translation (`ARTICLE.ru.txt.mtkit.json`).

A record holds no time and no host: the same inputs and settings give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mtkit import __version__
from mtkit.config import Settings
from mtkit.documents.base import record_path
from mtkit.documents.files import read_bytes
from mtkit.engines.base import Engine
from mtkit.errors import InputError
from mtkit.memory.recall import Recall
from mtkit.termbase.model import Termbase
from mtkit.types import Document, Finding, Span, TermHit, Translation

_KEY_FIELDS = (
    "mtkit",
    "source_sha256",
    "format",
    "format_options",
    "src_lang",
    "tgt_lang",
    "engine",
    "checks",
)
_PLACES_AND_SPEED = frozenset({"engine", "model", "glossary", "labels", "lexicon", "memory", "threads"})
"""Settings that say where something lies, which hashes say better, or how fast it is to go."""


def run_header(
    *,
    engine: Engine,
    termbase: Termbase | None,
    recall: Recall | None = None,
    settings: Settings,
    checks: Mapping[str, Any] | None = None,
    format: str,
    format_options: Mapping[str, Any] | None = None,
    src_lang: str = "auto",
    tgt_lang: str = "ru",
) -> dict[str, Any]:
    """How articles of one format are translated, as JSON values; `src_lang` as it was asked for.

    `checks` are the settings of the checks where they are not the default.
    """
    memory, labels = (recall.memory, recall.labels.fingerprint) if recall is not None else (None, "")
    return {
        "mtkit": __version__,
        "format": format,
        "format_options": dict(format_options or {}),
        "src_lang": src_lang,
        "tgt_lang": tgt_lang,
        "engine": engine.fingerprint(),
        "termbase": {"path": termbase.path, "sha256": termbase.fingerprint} if termbase is not None else None,
        "memory": {"path": memory.path, "sha256": memory.fingerprint()} if memory is not None else None,
        "labels": labels,
        "settings": asdict(settings),
        "checks": dict(checks or {}),
    }


def run_record(
    document: Document,
    translations: Sequence[Translation],
    *,
    header: Mapping[str, Any],
    raw: bytes,
    rendered: bytes,
) -> dict[str, Any]:
    """Everything about one translated document, as JSON values; one translation a segment, in order.

    `raw` is the file that was read, `rendered` the one that is written; the record has their hashes.
    """
    return {
        "source": os.fsencode(document.path).decode("utf-8", "replace"),
        "source_sha256": content_hash(raw),
        "output_sha256": content_hash(rendered),
        **header,
        "segments": [
            {
                "id": segment.id,
                "src_lang": segment.src_lang,
                "source": segment.source,
                "target": translation.target,
                "origin": translation.origin,
                "score": None if translation.score is None else round(translation.score, 4),
                "hits": [_hit(hit) for hit in translation.hits],
                "findings": [_finding(finding) for finding in translation.findings],
            }
            for segment, translation in zip(document.segments, translations, strict=True)
        ],
    }


def content_hash(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def result_key(record: Mapping[str, Any]) -> str:
    """What the translation of a file depends on, as one hash; of a record, or a header with source_sha256.

    Of model, termbase and memory the hashes count, not the paths; the number of threads does not. Raises
    KeyError, TypeError or AttributeError for what is no record.
    """
    wanted = {field: record[field] for field in _KEY_FIELDS}
    wanted["termbase"] = record["termbase"] and record["termbase"]["sha256"]
    wanted["memory"] = record["memory"] and record["memory"]["sha256"]
    wanted["labels"] = record.get("labels", "")
    wanted["settings"] = {
        name: value for name, value in record["settings"].items() if name not in _PLACES_AND_SPEED
    }
    return content_hash(json.dumps(wanted, sort_keys=True).encode())


def read_record(target: Path) -> dict[str, Any] | None:
    """The run record beside a translation; None where there is none that can be read."""
    try:
        record = json.loads(read_bytes(record_path(target)))
    except (InputError, ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def render_record(record: dict[str, Any]) -> bytes:
    """The record as JSON, a line for each segment."""
    head = json.dumps(record | {"segments": []}, ensure_ascii=False, indent=1).removesuffix("[]\n}")
    segments = ",\n  ".join(json.dumps(segment, ensure_ascii=False) for segment in record["segments"])
    return f"{head}[\n  {segments}\n ]\n}}\n".encode()


def _hit(hit: TermHit) -> dict[str, Any]:
    return {
        "concept": hit.concept_id,
        "src": _span(hit.src_span),
        "tgt": _span(hit.tgt_span),
        "form": hit.form,
        "ok": hit.ok,
        "strategy": hit.strategy,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "src": _span(finding.src_span),
        "tgt": _span(finding.tgt_span),
        "suggestion": finding.suggestion,
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
