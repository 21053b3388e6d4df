"""`mtkit glossary import` and `export`: glossaries of other tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mtkit.cli.common import GlossaryOption, JsonFlag, log, print_json, require_source_language
from mtkit.text.language import SOURCE_LANGUAGES

STANDARD_OUTPUT = "-"
SourceLanguage = Annotated[
    str | None,
    typer.Option("--from", metavar="vi|en", help="Language of the sources, where the file names none."),
]


def register(app: typer.Typer) -> None:
    app.command("import")(import_glossary)
    app.command("export")(export_glossary)


def import_glossary(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="TBX, XLSX, or a list of DeepL, Google or OmegaT.")
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="mtkit's TSV; standard output without it.")
    ] = STANDARD_OUTPUT,
    src_lang: SourceLanguage = None,
    as_json: JsonFlag = False,
) -> None:
    """Turn another tool's glossary into mtkit's own TSV, and say how it was understood."""
    from mtkit.termbase.formats import format_of, open_format
    from mtkit.termbase.io import read_glossary

    require_source_language(src_lang, SOURCE_LANGUAGES)
    glossary = read_glossary(path, src_lang)
    raw = open_format("mtkit").write(glossary.concepts, None)
    if as_json:
        print_json(
            {
                "path": str(path),
                "format": format_of(path, path.read_bytes()).name,
                "understood": glossary.understood,
                "concepts": len(glossary.concepts),
                "left_out": dict(glossary.left_out),
                "output": None if output == STANDARD_OUTPUT else output,
            }
        )
        if output == STANDARD_OUTPUT:
            return
    _write(raw, output)
    log(f"{path}: {glossary.summary()}.")


def export_glossary(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help='The file to write, "-" standard output.')
    ],
    format_name: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="tbx, tbx2, xlsx, deepl, google, omegat or mtkit."),
    ] = None,
    src_lang: SourceLanguage = None,
    glossary: GlossaryOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Write the glossary for another tool; lists of pairs hold one line for each source term."""
    from mtkit.config import load_settings
    from mtkit.termbase.formats import format_to_write
    from mtkit.termbase.io import read_termbase

    require_source_language(src_lang, SOURCE_LANGUAGES)
    form = format_to_write(output, format_name)
    termbase = read_termbase(load_settings(glossary=glossary).glossary)
    raw = form.write(termbase.concepts, src_lang)
    _write(raw, output)
    if as_json and output != STANDARD_OUTPUT:
        print_json(
            {"path": output, "format": form.name, "concepts": len(termbase), "lossless": form.lossless}
        )
    lost = "" if form.lossless else "; notes, forms, forbidden and conditional terms are not in it"
    log(f"{output}: {form.title}, {len(termbase)} concepts{lost}.")


def _write(raw: bytes, output: str) -> None:
    from mtkit.documents.files import atomic_write

    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    else:
        atomic_write(output, raw)
