"""What the checks say about a text by check and severity, and how fast, beside another checker."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from mtkit.checks.base import CheckContext
from mtkit.checks.registered import ActiveCheck
from mtkit.checks.run import run_checks
from mtkit.errors import ConfigError, InputError
from mtkit.scoring.base import ParallelText
from mtkit.types import Finding, Segment, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCount:
    """How often a check spoke at one severity; `rate` is findings in a thousand segments."""

    check: str
    severity: Severity
    findings: int
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Processor time and elapsed time of one way to check a text, in microseconds a segment."""

    name: str
    checks: int
    processor: float
    elapsed: float


def check_documents(
    text: ParallelText, src_lang: str, checks: Sequence[ActiveCheck], context: CheckContext
) -> tuple[list[Finding], Speed]:
    """Findings over a text, document by document (the whole text is one where it has no documents).

    The speed is that of the checks alone, without reading and loading. Raises InputError without sources.
    """
    if text.sources is None:
        raise InputError("There are no sources.", "Give --src SRC.")
    documents = text.documents or [""] * len(text.hypotheses)
    rows = zip(documents, text.sources, text.hypotheses, strict=True)
    findings: list[Finding] = []
    started = time.process_time(), time.perf_counter()
    for _, group in groupby(rows, key=lambda row: row[0]):
        own = list(group)
        segments = [
            Segment(id=str(number), source=source, src_lang=src_lang, tgt_lang="ru")
            for number, (_, source, _) in enumerate(own)
        ]
        findings += run_checks(segments, [target for _, _, target in own], checks, context)
    spent = time.process_time() - started[0], time.perf_counter() - started[1]
    return findings, _speed("mtkit, the checks alone", len(checks), spent, len(text.hypotheses))


def counts(findings: Sequence[Finding], segments: int) -> list[CheckCount]:
    """Findings by check, gravest first."""
    counted = Counter((finding.severity, finding.check) for finding in findings)
    order = list(Severity)
    return [
        CheckCount(check=check, severity=severity, findings=found, rate=1000 * found / segments)
        for (severity, check), found in sorted(
            counted.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1])
        )
    ]


def command_speeds(
    po: Path, peer: Path, checks: int, segments: int, options: Sequence[str] = ()
) -> list[Speed]:
    """Whole commands over one PO file, from start to end: the peer (translate-toolkit's pofilter) and mtkit.

    `options` are for `mtkit check`. Raises ConfigError where the peer cannot be run, InputError where one of
    them fails.
    """
    if po.suffix != ".po":
        raise ConfigError(f"{po} is no PO file.", "A peer is measured on FILE.po.")
    with TemporaryDirectory() as folder:
        filters = _run([str(peer), "--listfilters"])[1].splitlines()
        theirs, _ = _run([str(peer), "--language=ru", "--progress=none", str(po), f"{folder}/out.po"])
    mtkit = [sys.executable, "-m", "mtkit", "check", str(po), "--src", str(po)]
    ours, _ = _run([*mtkit, *options, "--format", "jsonl", "--fail-on", "never"])
    return [
        _speed(f"{peer.name}, the whole command", len(filters), theirs, segments),
        _speed("mtkit check, the whole command", checks, ours, segments),
    ]


def _run(command: Sequence[str]) -> tuple[tuple[float, float], str]:
    """Processor seconds and elapsed seconds of a command, and what it printed."""
    started = _processor_seconds(), time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise ConfigError(f"{command[0]} cannot be run: {error.strerror}.", "Check the path.") from error
    spent = _processor_seconds() - started[0], time.perf_counter() - started[1]
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise InputError(f"{command[0]} failed: {last[0]}", "Run it by hand to see more.")
    return spent, done.stdout


def _processor_seconds() -> float:
    """Those of all commands so far and their own processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _speed(name: str, checks: int, seconds: tuple[float, float], segments: int) -> Speed:
    processor, elapsed = (1e6 * spent / segments for spent in seconds)
    return Speed(name=name, checks=checks, processor=processor, elapsed=elapsed)
