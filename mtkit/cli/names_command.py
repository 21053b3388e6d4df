"""`mtkit names`: Vietnamese names in Russian, in any case."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from mtkit.cli.common import JsonFlag, print_json


class NameKind(StrEnum):
    PERSON = "person"
    PLACE = "place"


class Sex(StrEnum):
    MALE = "m"
    FEMALE = "f"


class RussianCase(StrEnum):
    NOM = "nom"
    GEN = "gen"
    DAT = "dat"
    ACC = "acc"
    INS = "ins"
    LOC = "loc"


class NameLanguage(StrEnum):
    VI = "vi"
    EN = "en"


def register(app: typer.Typer) -> None:
    app.command(name="names")(names)


def names(
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help='Names; "-" reads one a line.')],
    kind: Annotated[NameKind, typer.Option("--kind", help="What is named.")] = NameKind.PERSON,
    case: Annotated[RussianCase, typer.Option("--case", help="Russian case.")] = RussianCase.NOM,
    sex: Annotated[
        Sex | None, typer.Option("--sex", help="Sex of the person; else by the name, else a man.")
    ] = None,
    source_lang: Annotated[
        NameLanguage, typer.Option("--from", help="en: the name lacks diacritics, find them.")
    ] = NameLanguage.VI,
    as_json: JsonFlag = False,
) -> None:
    """Write Vietnamese names in Russian by rule, exceptions and house style, one line a name."""
    from mtkit.errors import InputError
    from mtkit.names.declension import decline, declined
    from mtkit.names.resolve import resolve
    from mtkit.names.tables import known_person
    from mtkit.names.transcription import transcribe

    given = [line for each in name for line in (sys.stdin.read().splitlines() if each == "-" else [each])]
    entries = []
    for each in given:
        if not each.strip():
            raise InputError("A name is empty.", 'Write one, for example: mtkit names "Nguyễn Đăng Quang".')
        vietnamese = resolve(each.strip(), kind.value) if source_lang is NameLanguage.EN else each.strip()
        known = known_person(vietnamese) if kind is NameKind.PERSON else None
        person_sex = sex.value if sex else (known.sex if known else None)
        russian = transcribe(vietnamese, kind.value)
        form = decline(russian, case.value, person_sex, kind.value)
        if not as_json:
            print(form)
            continue
        entries.append(
            {
                "name": each,
                "vietnamese": vietnamese,
                "kind": kind.value,
                "sex": person_sex,
                "russian": russian,
                "case": case.value,
                "form": form,
                "forms": declined(russian, person_sex, kind.value),
            }
        )
    if as_json:
        print_json(entries)
