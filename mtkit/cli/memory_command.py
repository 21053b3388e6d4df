"""`mtkit memory`: fill a translation memory, look into it, hand it on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtkit.cli.common import JsonFlag, MemoryOption, SourceLanguageOption, log, print_json
from mtkit.cli.tables import print_table

if TYPE_CHECKING:
    from mtkit.memory.entries import Entry
    from mtkit.memory.importing import Imported
    from mtkit.memory.post_edited import LeftOut
    from mtkit.memory.store import TranslationMemory

FINDINGS_EXIT_CODE = 1
_PLACES_SHOWN = 12

memory_app = typer.Typer(
    name="memory",
    help="Fill a translation memory, look into it, hand it on.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

FilterOption = Annotated[
    str, typer.Option("--from", metavar="LANG", help="Language of the sources; all where not given.")
]


def register(app: typer.Typer) -> None:
    app.add_typer(memory_app)


@memory_app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help="TMX, XLIFF, PO, TSV; edited translations with their run record; folders of them.",
        ),
    ],
    memory: MemoryOption = None,
    src_lang: FilterOption = "",
    author: Annotated[str, typer.Option("--author", help="Who edited, where the file does not say.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Machine translations, too, that nobody has edited or accepted.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Take entries into a memory, which is made where it is absent.

    Of an edited translation the sentences that were edited are taken, paired with the sources in its run
    record; of TMX, XLIFF and PO what is not marked as a machine's or as unreviewed. --all takes the rest as
    well: say so when you have read a file to its end. What finds no partner for sure is said and not taken. A
    file that cannot be read does not keep the others out.
    """
    from dataclasses import asdict

    from mtkit.errors import InputError
    from mtkit.memory.importing import files_of, import_file

    exit_code = 0
    with _store(memory, create=True) as store:
        reports: list[dict[str, Any]] = []
        for path in files_of(files):
            try:
                report = import_file(store, path, src_lang=src_lang, author=author, unreviewed=everything)
            except InputError as error:
                log(f"mtkit: {error}")
                reports.append({"file": str(path), "error": str(error)})
                exit_code = error.exit_code
                continue
            reports.append(asdict(report))
            if not as_json:
                _print_import(report)
        entries = len(store) if store.path.exists() else 0
        if as_json:
            print_json({"memory": str(store.path), "entries": entries, "files": reports})
        else:
            print(f"{store.path}: {entries} entries")
    raise typer.Exit(exit_code)


def _print_import(report: Imported) -> None:
    from mtkit.text.words import opening

    empty = f", {report.empty} without a source or target" if report.empty else ""
    print(f"{report.file}: {report.new} new entries, {report.known} known{empty}")
    if report.unreviewed:
        log(
            f"mtkit: {report.file}: {report.unreviewed} translations that nobody has edited or accepted are"
            " left out; --all takes them."
        )
    if not (report.new or report.known or report.empty or report.unreviewed or report.lost):
        log(f"mtkit: {report.file}: no translation into Russian in it, from what was asked for.")
    left_out = [
        f"{len(texts)} {name} ({_places(texts)})"
        for name, texts in (("edited sentences", report.unpaired), ("sources", report.lost))
        if texts
    ]
    if left_out:
        log(
            f"mtkit: {report.file}: not paired for sure and left out: {', '.join(left_out)}."
            f" {_how_to_pair(report.lost)}"
        )
    for doubt in report.doubtful:
        log(f"mtkit: {report.file}: taken, but look at {opening(doubt.target)}: {doubt.message}")


def _how_to_pair(sources: Sequence[LeftOut]) -> str:
    """How the user can bring in what is left out."""
    from mtkit.text.language import detect_language

    lang = detect_language(" ".join(each.text for each in sources)) or "vi"
    return (
        f"Put each source and its translation on a line of a TSV file under the header {lang}, tab, ru,"
        " and import that."
    )


def _places(texts: Sequence[LeftOut]) -> str:
    """The segments that texts are of: "3, 7.2 …"."""
    ids = list(dict.fromkeys(text.id for text in texts))
    return ", ".join(ids[:_PLACES_SHOWN]) + " …" * (len(ids) > _PLACES_SHOWN)


@memory_app.command()
def export(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help='TMX, XLIFF or TSV by its suffix; "-": output.')
    ],
    memory: MemoryOption = None,
    src_lang: FilterOption = "",
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="tmx, tsv, xliff (1.2) or xliff2 (2.1).")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Write the entries of a memory to a file; one in its place that mtkit did not export is kept."""
    from mtkit.memory.exchange import write_entries, writer_for

    with _store(memory) as store:
        entries = store.entries(src_lang)
        if file == "-":
            writer_for(file, format_name or "tsv")(sys.stdout, entries)
            return
        count = write_entries(file, entries, format_name)
    if as_json:
        print_json({"memory": str(store.path), "file": file, "entries": count})
    else:
        print(f"{file}: {count} entries")


@memory_app.command()
def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help='A sentence; "-" reads standard input.')],
    memory: MemoryOption = None,
    src_lang: SourceLanguageOption = "auto",
    at_least: Annotated[
        int, typer.Option("--at-least", min=1, max=100, metavar="PERCENT", help="Lowest similarity.")
    ] = 70,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Show N entries at most.")] = 5,
    as_json: JsonFlag = False,
) -> None:
    """Look up what is like a sentence, the most similar first."""
    from mtkit.errors import ConfigError
    from mtkit.memory.folders import open_memory
    from mtkit.text.language import detect_language

    wanted = (sys.stdin.read() if text == "-" else text).strip()
    lang = detect_language(wanted) if src_lang == "auto" else src_lang
    if lang is None:
        raise ConfigError("The language of the sentence cannot be told.", "Name it: --from vi.")
    with open_memory(_path(memory)) as opened:
        found = [
            (candidate, member.name)
            for member in opened.members
            for candidate in member.store.find(wanted, lang, "ru", at_least=at_least, limit=limit)
        ]
    found = sorted(found, key=lambda pair: -pair[0].similarity)[:limit]
    if as_json:
        print_json(
            [
                {"similarity": each.similarity, "kind": each.kind, "memory": name, **_json(each.entry)}
                for each, name in found
            ]
        )
        return
    if not found:
        log("Nothing like it is in the memory.")
    for each, name in found:
        entry = each.entry
        print(f"{each.similarity}% {each.kind}  [{entry.id} in {name}{_provenance(entry)}]")
        print(f"  {entry.src_lang} {entry.source}\n  {entry.tgt_lang} {entry.target}")


@memory_app.command()
def info(
    memory: MemoryOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Read all of it and say what is damaged; exit with 1 then.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Say what a memory holds: entries by language, documents, the newest, size, fingerprint."""
    from dataclasses import asdict

    from mtkit.memory.folders import open_memory

    with open_memory(_path(memory)) as opened:
        members = opened.members
        infos = [member.store.info() for member in members]
        problems = [f"{member.name}: {each}" for member in members if check for each in member.store.check()]
    if as_json:
        rows = []
        for member, each in zip(members, infos, strict=True):
            pairs = {f"{src}-{tgt}": count for (src, tgt), count in each.pairs.items()}
            trust = {"enforce": member.enforce, "prefer": member.prefer, "penalty": member.penalty}
            rows.append({"memory": member.name, **asdict(each), "pairs": pairs, **trust})
        print_json({"memories": rows, "problems": problems})
    else:
        header = ["memory", "entries", "languages", "documents", "newest", "MiB", "trust", "fingerprint"]
        table = [header]
        for member, each in zip(members, infos, strict=True):
            pairs_shown = ", ".join(f"{src}-{tgt} {count}" for (src, tgt), count in each.pairs.items())
            trust_shown = "enforce" if member.enforce else "prefer" if member.prefer else ""
            table.append(
                [
                    *(member.name, str(each.entries), pairs_shown, str(each.documents), each.newest),
                    f"{each.bytes / 1024**2:.1f}",
                    trust_shown or (f"-{member.penalty}" if member.penalty else ""),
                    each.fingerprint,
                ]
            )
        print_table(table)
        for problem in problems:
            print(problem)
    if problems:
        raise typer.Exit(FINDINGS_EXIT_CODE)


@memory_app.command()
def remove(
    ids: Annotated[
        list[int] | None, typer.Argument(metavar="[ID…]", help="Numbers of entries, as find shows them.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="NAME", help="All entries of this document.")
    ] = None,
    memory: MemoryOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Remove entries from a memory."""
    from mtkit.errors import ConfigError

    if not ids and document is None:
        raise ConfigError("Nothing is named to be removed.", "Give numbers of entries, or --document NAME.")
    with _store(memory) as store:
        numbers = list(ids or [])
        if document is not None:
            numbers += [entry.id for entry in store.in_document(document)]
        removed, left = store.remove(numbers), len(store)
    if as_json:
        print_json({"memory": str(store.path), "removed": removed, "entries": left})
    else:
        print(f"{store.path}: {removed} entries removed, {left} left")


def _path(memory: str | None) -> str:
    from mtkit.config import load_settings
    from mtkit.errors import ConfigError

    path = load_settings(memory=memory).memory
    if path == "none":
        raise ConfigError(
            "No translation memory is named.", 'Give it with --memory PATH, or memory = "PATH" in mtkit.toml.'
        )
    return path


def _store(memory: str | None, *, create: bool = False) -> TranslationMemory:
    from mtkit.memory.folders import store_path
    from mtkit.memory.store import TranslationMemory

    return TranslationMemory(store_path(_path(memory)), create=create)


def _json(entry: Entry) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(entry)


def _provenance(entry: Entry) -> str:
    parts = [entry.document, entry.origin, entry.author, entry.written]
    return "".join(f", {part}" for part in parts if part)
