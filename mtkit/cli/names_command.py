"""`mtkit names`: Vietnamese names in Russian, in any case."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from mtkit.cli.common import JsonFlag, log, print_json
from mtkit.cli.tables import print_table


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
    name: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help='Names; "-" reads one a line, empty lines stay.'),
    ] = None,
    kind: Annotated[NameKind, typer.Option("--kind", help="What is named.")] = NameKind.PERSON,
    case: Annotated[RussianCase, typer.Option("--case", help="Russian case.")] = RussianCase.NOM,
    sex: Annotated[
        Sex | None, typer.Option("--sex", help="Sex of the person; else by the name, else a man.")
    ] = None,
    source_lang: Annotated[
        NameLanguage, typer.Option("--from", help="en: the name lacks diacritics, find them.")
    ] = NameLanguage.VI,
    report: Annotated[
        bool, typer.Option("--report", help="Instead: how many known names the rules alone give.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Write Vietnamese names in Russian by rule, exceptions and house style, one line a name."""
    from mtkit.errors import ConfigError, InputError

    if report:
        if name:
            raise ConfigError("--report takes no names.", "Leave them out.")
        _print_report(as_json)
        return
    if not name:
        raise ConfigError("There is no name.", 'Write one: mtkit names "Nguyễn Đăng Quang".')
    if not all(each.strip() for each in name):
        raise InputError("A name is empty.", 'Write one, for example: mtkit names "Nguyễn Đăng Quang".')
    given = [line for each in name for line in (sys.stdin.read().splitlines() if each == "-" else [each])]
    entries = []
    for each in given:
        if not each.strip():
            if not as_json:
                print()
            continue
        entry = _entry(" ".join(each.split()), kind, case, sex, source_lang)
        if foreign := entry["letter_by_letter"]:
            problem = "no Vietnamese syllable" if len(foreign) == 1 else "no Vietnamese syllables"
            log(f"mtkit: {entry['name']}: {', '.join(foreign)}: {problem}, written letter by letter.")
        if as_json:
            entries.append(entry)
        else:
            print(entry["form"])
    if as_json:
        print_json(entries)


def _entry(
    name: str, kind: NameKind, case: RussianCase, sex: Sex | None, source_lang: NameLanguage
) -> dict[str, Any]:
    from mtkit.names.declension import decline, declined
    from mtkit.names.resolve import resolve
    from mtkit.names.tables import known_person, known_place
    from mtkit.names.transcription import foreign_parts, transcribe

    vietnamese = resolve(name, kind.value) if source_lang is NameLanguage.EN else name
    known = known_person(vietnamese) if kind is NameKind.PERSON else known_place(vietnamese)
    person_sex = sex.value if sex else (known.sex if known else None)
    russian = transcribe(vietnamese, kind.value)
    return {
        "name": name,
        "vietnamese": vietnamese,
        "kind": kind.value,
        "sex": person_sex,
        "russian": russian,
        "exception": known is not None and bool(known.russian),
        "letter_by_letter": [] if known is not None else list(foreign_parts(vietnamese)),
        "case": case.value,
        "form": decline(russian, case.value, person_sex, kind.value),
        "forms": declined(russian, person_sex, kind.value),
    }


def _print_report(as_json: bool) -> None:
    from mtkit.names.accuracy import rule_accuracy

    groups = rule_accuracy()
    if as_json:
        print_json(
            [
                {
                    "group": group.group,
                    "names": group.names,
                    "by_rules": group.by_rules,
                    "with_exceptions": group.in_all,
                    "missed": [
                        {"name": known.vietnamese, "russian": known.russian, "rules": rules}
                        for known, rules in group.missed
                    ],
                }
                for group in groups
            ]
        )
        return
    rows = [
        [
            group.group,
            str(group.names),
            f"{group.by_rules} ({group.by_rules / group.names:.1%})",
            f"{group.in_all} ({group.in_all / group.names:.1%})",
        ]
        for group in groups
    ]
    print_table([["group", "names", "by rules alone", "with exceptions"], *rows])
    missed = [(known, rules) for group in groups for known, rules in group.missed]
    if missed:
        print()
        print_table(
            [
                ["missed by the rules", "Russian", "the rules give"],
                *([known.vietnamese, known.russian, rules] for known, rules in missed),
            ]
        )
