"""`mtkit train`: make a model from a recipe."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mtkit.cli.common import JsonFlag, log, print_json
from mtkit.errors import ConfigError, UnknownNameError

_DEVICES = ("cpu", "cuda")


def register(app: typer.Typer) -> None:
    app.command("train")(train)


def train(
    recipe: Annotated[
        Path, typer.Argument(metavar="RECIPE", help="A TOML recipe, as data/bundled-model/recipe.toml.")
    ],
    work: Annotated[
        Path, typer.Option("--work", metavar="DIR", help="Vocabulary, checkpoints and log of this run.")
    ],
    export_to: Annotated[
        Path | None,
        typer.Option("--export", metavar="FOLDER", help="Write the model here when training stops."),
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option("--minutes", min=0, help="Stop after so long; the same command goes on later."),
    ] = None,
    init: Annotated[
        str | None,
        typer.Option("--init", metavar="MODEL", help="Begin with this model's weights and vocabulary."),
    ] = None,
    threads: Annotated[int, typer.Option("--threads", min=1, help="CPU threads.")] = 2,
    device: Annotated[str, typer.Option("--device", metavar="cpu|cuda", help="Where to train.")] = "cpu",
    as_json: JsonFlag = False,
) -> None:
    """Train a model from a recipe; goes on where the same --work folder was left."""
    from mtkit.models.store import resolve
    from mtkit.training.export import export
    from mtkit.training.loop import TrainingRun
    from mtkit.training.recipe import read_recipe

    _require_device(device)
    run = TrainingRun(
        read_recipe(recipe),
        work,
        threads=threads,
        device=device,
        init=resolve(init).path if init else None,
        report=log,
    )
    run.run(minutes)
    card = export(run, export_to) if export_to else None
    if as_json:
        print_json(
            {"step": run.step, "tokens": run.tokens, "bleu": run.scores, "model": str(export_to or "")}
        )
    elif card:
        log(f"wrote {export_to}: " + ", ".join(f"{score.set} {score.value}" for score in card.scores))


def _require_device(device: str) -> None:
    import torch

    if device not in _DEVICES:
        raise UnknownNameError("device", device, _DEVICES)
    if device == "cuda" and not torch.cuda.is_available():
        raise ConfigError("PyTorch sees no CUDA device here.", "Train with --device cpu.")
