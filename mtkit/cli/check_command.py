"""`mtkit check`: what is wrong with a translation, or with a Russian article on its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import Enum, StrEnum, auto
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtkit.cli.common import (
    ArticleFlag,
    GlossaryOption,
    JsonFlag,
    OnlyOption,
    SourceLanguageOption,
    chosen_termbase,
    log,
    require_source_language,
)

if TYPE_CHECKING:
    from mtkit.checks.base import CheckContext
    from mtkit.checks.inputs import Article
    from mtkit.checks.registered import ActiveCheck
    from mtkit.checks.run import CheckedText, CheckReport

FINDINGS_EXIT_CODE = 1
STANDARD_INPUT = "-"
_ALLOCATIONS = 100_000


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


class _Part(Enum):
    """What of a file is checked: of a web page, of a plain text."""

    AS_IT_LOOKS = auto()
    ARTICLE = auto()
    WHOLE = auto()


def register(app: typer.Typer) -> None:
    app.command(name="check")(check)


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="HYP…", help="Translations, folders of mtkit's, or Russian articles without --src."
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--src", metavar="SRC", help="The source of HYP, unless mtkit wrote HYP or it has both."
        ),
    ] = None,
    source_lang: SourceLanguageOption = "auto",
    glossary: GlossaryOption = None,
    only: OnlyOption = None,
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
    page: ArticleFlag = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="All of a plain text, also where it looks like a web page.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            min=1,
            max=64,
            metavar="N",
            help="Processes for a long text; as many as cores by default.",
        ),
    ] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="ID", help='Print a check\'s page; "all" for all.')
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Check a translation against its source and the glossary, or a Russian article on its own.

    Severity and options of each check stand in mtkit.toml under [checks.ID].
    """
    from mtkit import registry
    from mtkit.checks.outputs import is_made_of
    from mtkit.checks.registered import active_checks
    from mtkit.config import available_cores, section
    from mtkit.errors import ConfigError, FormatError, InputError

    if explain is not None:
        _explain(explain)
        return
    if not paths:
        raise ConfigError("There is nothing to check.", "Name a file: mtkit check HYP --src SRC.")
    require_source_language(source_lang)
    if source is not None and len(paths) > 1:
        raise ConfigError("--src is the source of one file.", "Check the files one by one.")
    if page and whole:
        raise ConfigError("--article and --whole are opposites.", "Leave out one of them.")
    part = _Part.ARTICLE if page else _Part.WHOLE if whole else _Part.AS_IT_LOOKS
    checks = active_checks(section("checks"), named_checks(only))
    render = registry.load("outputs", OutputFormat.JSON if as_json else output)
    reports = []
    files = _files(paths, source)
    if source is not None and is_made_of(files[0], source):
        source = None
    unwritten = False
    for path in files:
        context = context_of(path, source, glossary)
        if fix:
            try:
                _fix(path, source, source_lang, checks, context, part)
            except (ConfigError, FormatError, InputError) as error:
                if len(files) == 1:
                    raise
                log(f"mtkit: left as it is: {error}")
                unwritten = True
        text = _read(path, source, source_lang, context, part)
        reports.append(_report(text, checks, context, baseline, workers or available_cores()))
    if write_baseline is not None:
        from mtkit.checks.baseline import write_baseline as write

        log(f"{write(write_baseline, reports)} findings accepted in {write_baseline}")
        return
    sys.stdout.write(render(reports))
    if unwritten:
        raise typer.Exit(ConfigError.exit_code)
    if _fails(reports, fail_on):
        raise typer.Exit(FINDINGS_EXIT_CODE)


def named_checks(only: str | None) -> list[str]:
    """The ids of a comma-separated list."""
    return [name.strip() for name in (only or "").split(",") if name.strip()]


def _explain(name: str) -> None:
    from mtkit.checks.registered import known_checks, page

    names = list(known_checks()) if name == "all" else [name]
    print("\n\n".join(page(each) for each in names))


def context_of(path: str, source: str | None = None, glossary: str | None = None) -> CheckContext:
    """The terms to check a file with: those asked for, else those of its run, if they are here."""
    from mtkit.checks.outputs import glossary_of_run
    from mtkit.errors import TermbaseError

    if glossary is not None or source is not None:
        return check_context(glossary)
    try:
        return check_context(glossary_of_run(path))
    except TermbaseError as error:
        log(f"{path}: the glossary of its run is not used: {error}")
        return check_context(None)


@lru_cache(maxsize=8)
def check_context(glossary: str | None) -> CheckContext:
    """What the checks need, loaded and taken out of garbage collection, which would search it each time.

    Findings refer to nothing that refers to them, so it has next to nothing to do, and is called seldom.
    """
    import gc

    from mtkit.checks.base import CheckContext
    from mtkit.config import load_settings
    from mtkit.termbase.match import Matcher
    from mtkit.text.language import SOURCE_LANGUAGES
    from mtkit.text.morphology import parse

    termbase = chosen_termbase(load_settings(glossary=glossary))
    if termbase is None:
        return CheckContext()
    matchers = {lang: Matcher(termbase, lang) for lang in SOURCE_LANGUAGES}
    parse("слово")
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)
    return CheckContext(matchers=matchers, termbase=termbase)


def _files(paths: Sequence[str], source: str | None) -> list[str]:
    """The files that were named, and in place of a folder the translations that mtkit wrote into it."""
    from mtkit.checks.outputs import outputs_in
    from mtkit.errors import ConfigError

    folders = [path for path in paths if Path(path).is_dir()]
    if folders and source is not None:
        raise ConfigError(f"{folders[0]} is a folder: --src is the source of one file.", "Name the file.")
    return [file for path in paths for file in (outputs_in(path) if path in folders else [path])]


def _read(path: str, source: str | None, source_lang: str, context: CheckContext, part: _Part) -> CheckedText:
    from mtkit.checks import inputs, outputs

    if source is not None:
        return inputs.read_pair(path, source, source_lang, of_page=part is _Part.ARTICLE, context=context)
    if outputs.has_record(path):
        output = outputs.read_output(path, context)
        changed = ", which was edited since" if output.edited else ""
        log(f"{path}: checked against the source in the run record beside it{changed}.")
        return output.text
    if inputs.has_own_source(path):
        return outputs.read_own_source(path, source_lang)
    if inputs.reads_as_side(path):
        return inputs.read_targets(path)
    return _read_article(path, part).text


def _read_article(path: str, part: _Part) -> Article:
    from mtkit.checks import inputs

    raw = sys.stdin.buffer.read() if path == STANDARD_INPUT else None
    article = inputs.read_article(path, raw, of_page=part is _Part.ARTICLE, whole=part is _Part.WHOLE)
    if article.lines is not None:
        others = "1 other line is" if article.left_out == 1 else f"{article.left_out} other lines are"
        log(
            f"{path}: the article is in lines {article.lines[0]} to {article.lines[-1]}; {others} not"
            " checked, as on a copied web page: --whole checks all of it."
        )
    return article


def _report(
    text: CheckedText,
    checks: Sequence[ActiveCheck],
    context: CheckContext,
    baseline: Path | None,
    workers: int,
) -> CheckReport:
    from mtkit.checks.baseline import new_findings, read_baseline
    from mtkit.checks.run import CheckReport, run_checks

    findings = run_checks(text.segments, text.targets, checks, context, workers)
    accepted = 0
    if baseline is not None:
        findings, accepted = new_findings(text, findings, read_baseline(baseline))
    return CheckReport(text=text, checks=tuple(checks), findings=findings, accepted=accepted)


def _fix(
    path: str,
    source: str | None,
    source_lang: str,
    checks: Sequence[ActiveCheck],
    context: CheckContext,
    part: _Part,
) -> None:
    """Write the fixed file and show the difference on stderr; a document is fixed without its source."""
    from mtkit.checks import fixes, outputs
    from mtkit.checks.inputs import has_own_source, is_document, is_plain_lines, reads_as_side
    from mtkit.documents.files import atomic_write, read_bytes
    from mtkit.errors import ConfigError
    from mtkit.text.unicode import decode

    refusal = ConfigError(
        f"--fix cannot write to {path}.", "It writes plain lines, documents and what mtkit translated."
    )
    if path == STANDARD_INPUT or has_own_source(path):
        raise refusal
    if reads_as_side(path) and not outputs.has_record(path):
        raise refusal
    text = article = None
    if source is not None and not (is_document(path) or is_document(source)):
        if not is_plain_lines(path):
            raise refusal
        text = _lines_beside(path, source, source_lang)
    if text is None:
        if part is _Part.AS_IT_LOOKS and (source is not None or outputs.has_record(path)):
            part = _Part.WHOLE
        article = _read_article(path, part)
        text = article.text
    targets, applied = fixes.fixed_targets(text, checks, context)
    if applied:
        if article is not None:
            content = fixes.fixed_article(article, targets)
        else:
            content = fixes.fixed_lines(decode(read_bytes(path), path), text.targets, targets)
        log(fixes.difference(path, text.targets, targets))
        atomic_write(path, content)
    log(f"{path}: {applied} fixes")


def _lines_beside(path: str, source: str, source_lang: str) -> CheckedText | None:
    """Lines with those of their source; None where they are not as many."""
    from mtkit.checks.inputs import read_side_by_side
    from mtkit.errors import LengthMismatchError

    try:
        return read_side_by_side(path, source, source_lang)
    except LengthMismatchError:
        return None


def _fails(reports: Sequence[CheckReport], fail_on: FailOn) -> bool:
    from mtkit.types import Severity

    if fail_on is FailOn.NEVER:
        return False
    ranks = list(Severity)
    limit = ranks.index(Severity(fail_on.value))
    return any(ranks.index(found.severity) <= limit for report in reports for found in report.findings)
