"""`mtkit glossary`: check a glossary or a translation against it, look terms up, show Russian forms."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from mtkit.cli import glossary_files, glossary_report
from mtkit.cli.common import (
    GlossaryOption,
    JsonFlag,
    SourceLanguageOption,
    log,
    print_json,
    require_source_language,
)
from mtkit.cli.tables import print_table

if TYPE_CHECKING:
    from mtkit.scoring.base import ParallelText
    from mtkit.scoring.terms import TermReport
    from mtkit.termbase.lookup import Entry
    from mtkit.termbase.model import Termbase

FINDINGS_EXIT_CODE = 1
_CODE = re.compile(r"TOP|E\d")

glossary_app = typer.Typer(
    name="glossary",
    help="Check a glossary, or a translation against it; look terms up; show Russian forms.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    glossary_files.register(glossary_app)
    glossary_report.register(glossary_app)
    app.add_typer(glossary_app)


@glossary_app.command()
def check(
    path: Annotated[
        str | None,
        typer.Argument(metavar="[PATH]", help="A glossary; with --src a translation or folder of mtkit's."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--src", metavar="SRC", help="The source, or a folder: check PATH against it."),
    ] = None,
    reference: Annotated[
        str | None, typer.Option("--ref", metavar="REF", help="A reference, for the forms of the terms.")
    ] = None,
    source_lang: SourceLanguageOption = "auto",
    glossary: GlossaryOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Check a glossary: duplicates, conflicts, unreachable entries, terms that cannot be inflected.

    With --src: what share of the source's terms stands in the translation, and in the reference's form.
    Problems in a glossary exit with 1.
    """
    from mtkit.errors import ConfigError

    if source is None:
        if reference is not None:
            raise ConfigError("--ref needs the source.", "Give it with --src.")
        _check_glossary(path or glossary, as_json)
        return
    if path is None:
        raise ConfigError("There is no translation to check.", "Name it: mtkit glossary check HYP --src SRC.")
    _check_translation(path, source, reference, source_lang, glossary, as_json)


@glossary_app.command()
def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help='A term or a text; "-" reads standard input.')],
    glossary: GlossaryOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Look up the terms of a text in Vietnamese, English or Russian."""
    from mtkit.termbase.lookup import look_up

    wanted = sys.stdin.read() if text == "-" else text
    termbase = _termbase(glossary)
    entries = look_up(wanted, termbase)
    if as_json:
        print_json([_entry_json(entry, termbase) for entry in entries])
        return
    if not entries:
        log("Nothing of it is in the glossary.")
    for entry in entries:
        _print_entry(entry, termbase)


@glossary_app.command()
def forms(
    term: Annotated[str, typer.Argument(metavar="TERM", help="A Russian title, in the nominative.")],
    head: Annotated[str | None, typer.Option("--head", help="The word of it that inflects.")] = None,
    glossary: GlossaryOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Show a Russian term in all its cases; an entry of the glossary with its own head and forms."""
    from dataclasses import replace

    from mtkit.termbase.compile import CASES, compile_paradigm, guessed_words
    from mtkit.termbase.foreign_names import foreign_man, is_surely_a_man
    from mtkit.termbase.lookup import russian_entry

    entry = russian_entry(term, _termbase(glossary))
    paradigm = compile_paradigm(replace(entry, head=head) if head else entry)
    if guessed := guessed_words(paradigm):
        log(f"mtkit: {', '.join(guessed)}: not in the dictionary, inflected like similar words.")
    if (
        not (entry.forms or entry.exact or head)
        and foreign_man(entry.text)
        and not is_surely_a_man(entry.text)
    ):
        log(
            f"mtkit: {entry.text}: declined as a man's name; a woman's that ends in a consonant does not"
            " decline: flag hers exact in the glossary."
        )
    if as_json:
        print_json(
            {
                "term": entry.text,
                "fixed": paradigm.fixed,
                "forms": {f"{case}.{number}": form for (case, number), form in paradigm.forms.items()},
                "others": {f"{case}.{number}": list(o) for (case, number), o in paradigm.others.items()},
            }
        )
        return
    rows = [[case, *(paradigm.forms[case, number] for number in paradigm.numbers)] for case in CASES]
    print_table([["", *paradigm.numbers], *rows])
    if ("loc2", "sg") in paradigm.forms:
        print(f"second locative: {paradigm.forms['loc2', 'sg']}")


def _termbase(glossary: str | None) -> Termbase:
    from mtkit.config import load_settings
    from mtkit.termbase.io import load_termbase

    return load_termbase(load_settings(glossary=glossary).glossary)


def _check_glossary(glossary: str | None, as_json: bool) -> None:
    from mtkit.config import load_settings, section
    from mtkit.errors import ConfigError, TermbaseError
    from mtkit.termbase.io import read_termbase
    from mtkit.termbase.validate import validate

    named = load_settings(glossary=glossary).glossary
    if "+" in str(named) and not Path(named).exists():
        raise ConfigError(f"{named} is several glossaries.", "Check them one by one.")
    try:
        termbase = read_termbase(named)
    except TermbaseError as error:
        if not error.further:
            raise
        for each in (error, *error.further):
            log(f"mtkit: {each}")
        raise typer.Exit(error.exit_code) from error
    problems = validate(termbase, section("checks").get("spelling", {}).get("allow", ()))
    if as_json:
        print_json(
            {
                "path": termbase.path,
                "concepts": len(termbase),
                "problems": [
                    {
                        "kind": problem.kind,
                        "path": problem.place.path,
                        "line": problem.place.line,
                        "concept": problem.concept_id,
                        "message": problem.message,
                    }
                    for problem in problems
                ],
            }
        )
    else:
        for problem in problems:
            print(problem)
        print(f"{termbase.path}: {_counted(len(termbase), 'concept')}, {_counted(len(problems), 'problem')}")
    if problems:
        raise typer.Exit(FINDINGS_EXIT_CODE)


def _check_translation(
    hypothesis: str,
    source: str,
    reference: str | None,
    source_lang: str,
    glossary: str | None,
    as_json: bool,
) -> None:
    from mtkit.scoring.terms import joined

    require_source_language(source_lang)
    termbase = _termbase(glossary)
    checked = [
        _checked(*sides, source_lang, glossary, termbase) for sides in _files(hypothesis, source, reference)
    ]
    report = joined([each.report for each in checked])
    if as_json:
        terms = [term for each in checked for term in _terms_json(each)]
        print_json(_counts_json(report) | {"terms": terms})
        return
    for each in checked:
        _print_terms(each)
    _print_counts(report)


def _files(hypothesis: str, source: str, reference: str | None) -> list[tuple[str, str, str | None]]:
    """Translation, source and reference of each file: those named, or those of folders."""
    from mtkit.checks.outputs import with_sources
    from mtkit.errors import ConfigError

    named = [name for name in (hypothesis, source, reference) if name is not None]
    folders = [name for name in named if Path(name).is_dir()]
    if not folders:
        return [(hypothesis, source, reference)]
    if reference is not None:
        raise ConfigError("--ref is the reference of one file.", "Name the translation, its source and that.")
    if len(folders) < len(named):
        (file,) = (name for name in named if name not in folders)
        raise ConfigError(
            f"{folders[0]} is a folder, {file} is not.", "Give two files, or a folder for each side."
        )
    return [(*pair, None) for pair in with_sources(hypothesis, source)]


class _Checked(NamedTuple):
    """What the terms of one file came to; `aligned` where its sentences had to be paired."""

    hypothesis: str
    text: ParallelText
    report: TermReport
    aligned: bool


def _checked(
    hypothesis: str,
    source: str,
    reference: str | None,
    source_lang: str,
    glossary: str | None,
    termbase: Termbase,
) -> _Checked:
    from mtkit.cli.score_command import read_all_sides
    from mtkit.scoring.terms import term_report
    from mtkit.text.language import source_language

    sides = read_all_sides(
        [hypothesis], [reference] if reference else [], source, src_lang=source_lang, glossary=glossary
    )
    (text,) = sides.texts
    sources = list(text.sources or [])
    language = source_language(sources, source_lang, source)
    first = text.references[0] if text.references else None
    report = term_report(sources, text.hypotheses, first, termbase, language)
    return _Checked(hypothesis, text, report, sides.aligned)


def _counts_json(report: TermReport) -> dict[str, Any]:
    return {
        "matches": report.matches,
        "present": report.present,
        "presence": report.presence,
        "in_reference": report.in_reference,
        "oracle": report.oracle,
        "agreeing": report.agreeing,
        "form_agreement": report.form_agreement,
    }


def _terms_json(checked: _Checked) -> list[dict[str, Any]]:
    sources = checked.text.sources or ()
    return [
        {
            "path": checked.hypothesis,
            "segment": outcome.segment + 1,
            "concept": outcome.match.concept.id,
            "source": outcome.match.span.of(sources[outcome.segment]),
            "hypothesis": outcome.in_hypothesis.form if outcome.in_hypothesis else None,
            "reference": outcome.in_reference.form if outcome.in_reference else None,
            "agrees": outcome.agrees,
        }
        for outcome in checked.report.outcomes
    ]


def _print_terms(checked: _Checked) -> None:
    """Terms that are missing or have another form, each with its line, or the words that it is at."""
    from mtkit.text.words import opening

    hypothesis, text, report, aligned = checked
    sources = text.sources or ()
    for outcome in report.outcomes:
        words = outcome.match.span.of(sources[outcome.segment])
        target = text.hypotheses[outcome.segment] if aligned else ""
        where = f"{hypothesis}: {opening(target)}" if target else f"{hypothesis}:{outcome.segment + 1}"
        if aligned and not target:
            where = f"{hypothesis}: no sentence for {opening(sources[outcome.segment])}"
        if outcome.in_hypothesis is None:
            print(f"{where}: missing: {words} = {outcome.match.concept.in_lang('ru')[0].text}")
        elif outcome.agrees is False and outcome.in_reference is not None:
            print(f"{where}: form: {outcome.in_hypothesis.form}, reference {outcome.in_reference.form}")


def _print_counts(report: TermReport) -> None:
    rows = [["present", _percent(report.presence), f"{report.present} of {report.matches}"]]
    if report.in_reference is not None:
        agreeing = f"{report.agreeing} of {report.in_reference}"
        rows.append(["in the form of the reference", _percent(report.form_agreement), agreeing])
        oracle = f"{report.in_reference} of {report.matches}"
        rows.append(["in the reference itself", _percent(report.oracle), oracle])
    print_table([["terms of the source", "share", "count"], *rows])


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _entry_json(entry: Entry, termbase: Termbase) -> dict[str, Any]:
    place = termbase.places[entry.concept.id]
    return {
        "concept": entry.concept.id,
        "path": place.path,
        "line": place.line,
        "subject": entry.concept.subject,
        "found": entry.term.text,
        "condition": entry.term.condition,
        "start": entry.span.start,
        "end": entry.span.end,
        "terms": [
            {"lang": t.lang, "text": t.text, "status": t.status.value, "condition": t.condition}
            for t in entry.concept.terms
        ],
        "note": entry.concept.note,
        "verified": entry.concept.verified,
    }


def _readable(note: str) -> str:
    """A note without the codes for those who keep the bundled glossary (TOP; E4)."""
    parts = (part.strip() for part in note.split(";"))
    return "; ".join(part for part in parts if part and not _CODE.fullmatch(part))


def _print_entry(entry: Entry, termbase: Termbase) -> None:
    concept = entry.concept
    condition = f" ({entry.term.condition})" if entry.term.condition else ""
    place = termbase.places[concept.id]
    file = Path(place.path)
    own_id = "" if concept.id == f"{file.stem}-{place.line}" else concept.id
    about = ", ".join(filter(None, (own_id, concept.subject, f"{file.name}:{place.line}")))
    print(f"{entry.term.text}{condition}  [{about}]")
    for lang in ("vi", "en", "ru"):
        for term in concept.in_lang(lang):
            if lang == "ru" or term.status.value == "preferred":
                suffix = f" ({term.condition})" if term.condition else ""
                print(f"  {lang} {term.status.value}: {term.text}{suffix}")
    if note := _readable(concept.note):
        print(f"  note: {note}")
    if not concept.verified:
        print("  UNVERIFIED: no page seen")
