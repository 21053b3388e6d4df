"""Run records on disk as mtkit writes them, from a few words in a test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mtkit.config import Settings
from mtkit.documents.base import record_path
from mtkit.record import render_record, run_header, run_record
from mtkit.types import Document, Finding, Origin, Segment, Severity, Span, TermHit, Translation
from tests.fakes import RuleEngine


def segment(segment_id: str, source: str, lang: str = "vi") -> Segment:
    return Segment(id=segment_id, source=source, src_lang=lang, tgt_lang="ru")


def translation(
    target: str,
    *,
    hits: Sequence[TermHit] = (),
    findings: Sequence[Finding] = (),
    score: float | None = -0.5,
) -> Translation:
    return Translation(
        segment_id="",
        target=target,
        origin=Origin.ENGINE,
        score=score,
        hits=tuple(hits),
        findings=tuple(findings),
    )


def hit(concept: str, src: tuple[int, int], tgt: tuple[int, int] | None, *, ok: bool = True) -> TermHit:
    return TermHit(
        concept_id=concept, src_span=Span(*src), tgt_span=None if tgt is None else Span(*tgt), ok=ok
    )


def finding(
    check: str,
    severity: Severity = Severity.ERROR,
    message: str = "It is wrong.",
    *,
    src: tuple[int, int] | None = None,
    tgt: tuple[int, int] | None = None,
    suggestion: str | None = None,
) -> Finding:
    return Finding(
        check=check,
        severity=severity,
        segment_id="",
        message=message,
        src_span=None if src is None else Span(*src),
        tgt_span=None if tgt is None else Span(*tgt),
        suggestion=suggestion,
    )


def write_run(
    target: Path, segments: Sequence[Segment], translations: Sequence[Translation], source: str = ""
) -> Path:
    """Write a translated file and its record; the path of the translated file."""
    document = Document(path=source or f"articles/{target.name}", format="text", segments=tuple(segments))
    header = run_header(engine=RuleEngine(str.upper), termbase=None, settings=Settings(), format="text")
    rendered = "".join(f"{each.target}\n" for each in translations).encode()
    record = run_record(document, translations, header=header, raw=b"", rendered=rendered)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(rendered)
    record_path(target).write_bytes(render_record(record))
    return target
