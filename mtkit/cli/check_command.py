"""`mtkit check`: what is wrong with a translation, or with a Russian article on its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtkit.cli.common import GlossaryOption, JsonFlag, log

if TYPE_CHECKING:
    from mtkit.checks.base import CheckContext
    from mtkit.checks.inputs import Article
    from mtkit.checks.registered import ActiveCheck
    from mtkit.checks.run import CheckedText, CheckReport

FINDINGS_EXIT_CODE = 1
STANDARD_INPUT = "-"


class OutputFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


class FailOn(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def register(app: typer.Typer) -> None:
    app.command(name="check")(check)


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="HYP…", help="Translations, run records, or Russian articles without --src."),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--src", metavar="SRC", help="The source of HYP; a run record has its own.")
    ] = None,
    source_lang: Annotated[
        str, typer.Option("--from", metavar="vi|en|auto", help="Language of the source.")
    ] = "auto",
    glossary: GlossaryOption = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="IDS", help="Run only these checks, comma-separated.")
    ] = None,
    output: Annotated[OutputFormat, typer.Option("--format", help="What to print.")] = OutputFormat.TEXT,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The lightest severity that exits with 1.")
    ] = FailOn.ERROR,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Do not report what is in this file.")
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option("--write-baseline", metavar="FILE", help="Accept every finding: write them there."),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Apply the fixes of info-level findings, show the difference.")
    ] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="ID", help='Print a check\'s page; "all" for all.')
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Check a translation against its source and the glossary, or a Russian article on its own.

    Severity and options of each check stand in mtkit.toml under [checks.ID].
    """
    from mtkit import registry
    from mtkit.checks.registered import active_checks
    from mtkit.config import section
    from mtkit.errors import ConfigError

    if explain is not None:
        _explain(explain)
        return
    if not paths:
        raise ConfigError("There is nothing to check.", "Name a file: mtkit check HYP --src SRC.")
    if source_lang not in ("vi", "en", "auto"):
        raise ConfigError(f"Unknown source language {source_lang!r}.", "Known: vi, en, auto.")
    if source is not None and len(paths) > 1:
        raise ConfigError("--src is the source of one file.", "Check the files one by one.")
    named = [name.strip() for name in only.split(",") if name.strip()] if only else []
    checks = active_checks(section("checks"), named)
    context = _context(glossary)
    render = registry.load("outputs", OutputFormat.JSON if as_json else output)
    reports = []
    for path in paths:
        text, article = _read(path, source, source_lang)
        if fix:
            text = _fix(text, article, source, checks, context)
        reports.append(_report(text, checks, context, baseline))
    if write_baseline is not None:
        from mtkit.checks.baseline import write_baseline as write

        log(f"{write(write_baseline, reports)} findings accepted in {write_baseline}")
        return
    sys.stdout.write(render(reports))
    if _fails(reports, fail_on):
        raise typer.Exit(FINDINGS_EXIT_CODE)


def _explain(name: str) -> None:
    from mtkit.checks.registered import known_checks, page

    names = list(known_checks()) if name == "all" else [name]
    print("\n\n".join(page(each) for each in names))


def _context(glossary: str | None) -> CheckContext:
    from mtkit.checks.base import CheckContext
    from mtkit.config import load_settings
    from mtkit.termbase.io import load_termbase
    from mtkit.termbase.match import Matcher

    wanted = load_settings(glossary=glossary).glossary
    if wanted == "none":
        return CheckContext()
    termbase = load_termbase(wanted)
    return CheckContext(matchers={lang: Matcher(termbase, lang) for lang in ("vi", "en")}, termbase=termbase)


def _read(path: str, source: str | None, source_lang: str) -> tuple[CheckedText, Article | None]:
    from mtkit.checks import inputs

    if source is not None:
        return inputs.read_pair(path, source, source_lang), None
    if inputs.has_own_source(path):
        return inputs.read_record(path, source_lang), None
    if inputs.reads_as_side(path):
        return inputs.read_targets(path), None
    raw = sys.stdin.buffer.read() if path == STANDARD_INPUT else None
    article = inputs.read_article(path, raw)
    if article.lines is not None:
        log(f"{path}: the article is in lines {article.lines[0]} to {article.lines[-1]}.")
    return article.text, article


def _report(
    text: CheckedText, checks: Sequence[ActiveCheck], context: CheckContext, baseline: Path | None
) -> CheckReport:
    from mtkit.checks.baseline import new_findings, read_baseline
    from mtkit.checks.run import CheckReport, run_checks

    findings = run_checks(text.segments, text.targets, checks, context)
    accepted = 0
    if baseline is not None:
        findings, accepted = new_findings(text, findings, read_baseline(baseline))
    return CheckReport(text=text, checks=tuple(checks), findings=findings, accepted=accepted)


def _fix(
    text: CheckedText,
    article: Article | None,
    source: str | None,
    checks: Sequence[ActiveCheck],
    context: CheckContext,
) -> CheckedText:
    """Write the fixed file, show the difference on stderr, and return the text as it is now."""
    from dataclasses import replace

    from mtkit.checks import fixes
    from mtkit.checks.inputs import is_plain_lines
    from mtkit.documents.files import atomic_write, read_bytes
    from mtkit.errors import ConfigError
    from mtkit.text.unicode import decode

    if text.path == STANDARD_INPUT or (article is None and not is_plain_lines(text.path)):
        raise ConfigError(
            f"--fix cannot write to {text.path}.", "It writes plain lines and documents; check without it."
        )
    targets, applied = fixes.fixed_targets(text, checks, context)
    if applied:
        if article is not None:
            content = fixes.fixed_article(article, targets)
        else:
            content = fixes.fixed_lines(decode(read_bytes(text.path), text.path), text.targets, targets)
        log(fixes.difference(text.path, text.targets, targets))
        atomic_write(text.path, content)
    log(f"{text.path}: {applied} fixes")
    return replace(text, targets=targets)


def _fails(reports: Sequence[CheckReport], fail_on: FailOn) -> bool:
    from mtkit.types import Severity

    if fail_on is FailOn.NEVER:
        return False
    ranks = list(Severity)
    limit = ranks.index(Severity(fail_on.value))
    return any(ranks.index(found.severity) <= limit for report in reports for found in report.findings)
