"""Run records: what was done to an article, beside its translation (`ARTICLE.ru.txt.mtkit.json`).

A record holds no time and no host: the same inputs and settings give the same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mtkit import __version__
from mtkit.config import Settings
from mtkit.documents.base import RUN_RECORD_SUFFIX
from mtkit.engines.base import Engine
from mtkit.termbase.model import Termbase
from mtkit.types import Document, Finding, Span, TermHit, Translation


def run_record(
    document: Document,
    translations: Sequence[Translation],
    *,
    engine: Engine,
    termbase: Termbase | None,
    settings: Settings,
) -> dict[str, Any]:
    """Everything about one translated document, as JSON values; one translation a segment, in order."""
    return {
        "mtkit": __version__,
        "source": os.fsencode(document.path).decode("utf-8", "replace"),
        "format": document.format,
        "engine": engine.fingerprint(),
        "termbase": {"path": termbase.path, "sha256": termbase.fingerprint} if termbase else None,
        "settings": asdict(settings),
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


def render_record(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def record_path(target: Path) -> Path:
    """Where the record of a translated file lies: beside it."""
    return target.with_name(target.name + RUN_RECORD_SUFFIX)


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
