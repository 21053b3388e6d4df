"""`mtkit models`: list, describe, fetch and convert models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtkit.cli.common import JsonFlag, log, print_json

if TYPE_CHECKING:
    from mtkit.models.card import Pair
    from mtkit.models.store import InstalledModel

PairsOption = Annotated[
    str | None,
    typer.Option("--pairs", metavar="SRC-TGT,…", help="Language pairs of a model that does not tell them."),
]

models = typer.Typer(help="List, describe, fetch and convert models.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(models, name="models")


@models.command(name="list")
def list_command(as_json: JsonFlag = False) -> None:
    """List the models that are here and the known ones that can be fetched."""
    from mtkit.models.known import KNOWN_MODELS
    from mtkit.models.store import list_models

    installed = list_models()
    rows = [_row(model.name, model.card.pairs, model.card.license, "installed") for model in installed]
    here = {model.card.source for model in installed}
    rows += [
        _row(card.name, card.pairs, card.license, f"mtkit models fetch {card.source}")
        for card in KNOWN_MODELS
        if card.source not in here
    ]
    if as_json:
        print_json(rows)
        return
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        print(f"{row['name']:{width}}  {','.join(row['pairs']):35}  {row['license']:13}  {row['state']}")


@models.command()
def info(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A model's name or folder.")],
    pairs: PairsOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Show a model's card, where it is and what its files hash to."""
    from mtkit.models.card import render_markdown
    from mtkit.models.store import resolve

    model = resolve(name, _parse_pairs(pairs))
    if as_json:
        print_json(_facts(model))
        return
    print(render_markdown(model.card))
    print(f"Folder: {model.path}")
    print(f"SHA-256: {model.hash}")


@models.command()
def fetch(
    repository: Annotated[str, typer.Argument(metavar="REPO", help="OWNER/NAME on the hub.")],
    revision: Annotated[
        str | None, typer.Option("--revision", help="Branch, tag or commit; main by default.")
    ] = None,
    pairs: PairsOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Download a model and convert it for the default engine.

    Only configuration, tokenizer and weights are downloaded, never code. HF_ENDPOINT names another hub,
    HF_TOKEN gives access to restricted models.
    """
    from mtkit.models.convert import converted_folder
    from mtkit.models.hub import fetch as fetch_repository

    model = fetch_repository(repository, revision, _parse_pairs(pairs))
    log(f"{model.name} is in {model.path}; converting it to CTranslate2 int8.")
    converted_folder(model)
    if as_json:
        print_json(_facts(model))
    else:
        print(model.name)


@models.command()
def convert(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A transformers folder or a model's name.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="Folder to write; the cache by default."),
    ] = None,
    compute_type: Annotated[str, typer.Option("--compute-type", help="int8, float32, …")] = "int8",
    pairs: PairsOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Convert a model to CTranslate2 and print the folder, which is a model in itself."""
    from mtkit.models.convert import convert as convert_model
    from mtkit.models.convert import converted_folder
    from mtkit.models.store import open_folder, resolve

    model = resolve(path, _parse_pairs(pairs))
    if output is None:
        output = converted_folder(model, compute_type)
    else:
        convert_model(model, output, compute_type)
    if as_json:
        print_json(_facts(open_folder(output, model.name)))
    else:
        print(output)


def _parse_pairs(text: str | None) -> tuple[Pair, ...]:
    from mtkit.errors import ConfigError
    from mtkit.models.card import parse_pair

    try:
        return tuple(parse_pair(pair.strip()) for pair in (text or "").split(",") if pair.strip())
    except ValueError as error:
        raise ConfigError(f"--pairs: {error}.", "Write it as vi-ru,en-ru.") from error


def _row(name: str, pairs: tuple[Pair, ...], license: str, state: str) -> dict[str, Any]:
    return {"name": name, "pairs": [f"{src}-{tgt}" for src, tgt in pairs], "license": license, "state": state}


def _facts(model: InstalledModel) -> dict[str, Any]:
    from mtkit.models.card import card_to_json
    from mtkit.models.store import fetch_record

    return {
        "name": model.name,
        "path": str(model.path),
        "sha256": model.hash,
        "card": card_to_json(model.card),
        "fetched": fetch_record(model),
    }
