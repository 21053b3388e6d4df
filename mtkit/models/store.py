"""From a name or a path to an installed model."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mtkit.config import cache_dir
from mtkit.errors import ConfigError, ModelLoadError, UnknownNameError
from mtkit.models.bundled import BUNDLED_FOLDER, BUNDLED_NAME, bundled_folder
from mtkit.models.card import CARD_NAME, ModelCard, Pair, read_card, read_json
from mtkit.models.known import KNOWN_MODELS, architecture_of, describe, known_model
from mtkit.models.layout import (
    CT2_VOCABULARIES,
    CT2_WEIGHTS,
    HASH_LENGTH,
    TOKENIZER_FILES,
    content_hash,
    missing_files,
    missing_weights,
)

FETCH_RECORD = "fetched.json"
CONVERSION_RECORD = "conversion.json"
DEFAULT_POSITIONS = 512


@dataclass(frozen=True, kw_only=True)
class InstalledModel:
    """A model folder with its card; `converted` tells a CTranslate2 folder from a transformers one."""

    name: str
    path: Path
    card: ModelCard
    converted: bool = False

    @cached_property
    def hash(self) -> str:
        """SHA-256 over weights, configuration and tokenizer."""
        return content_hash(self.path)

    @property
    def short_hash(self) -> str:
        return self.hash[:HASH_LENGTH]

    @property
    def positions(self) -> int:
        """Tokens a source or a target can have at most."""
        if self.converted:
            path = self.path / CONVERSION_RECORD
            record = read_json(path) if path.is_file() else {}
            return int(record.get("positions", DEFAULT_POSITIONS))
        config = read_json(self.path / "config.json")
        return int(config.get("max_position_embeddings") or DEFAULT_POSITIONS)


def fetched_root() -> Path:
    return cache_dir() / "fetched"


def resolve(name_or_path: str, pairs: tuple[Pair, ...] = ()) -> InstalledModel:
    """Find a model by "bundled", by the name or id of a fetched repository, or by its folder.

    `pairs` are the language pairs of a folder that does not tell them itself. Raises UnknownNameError
    for a name that is neither, ModelLoadError for a folder that is incomplete.
    """
    if name_or_path == BUNDLED_NAME:
        return open_folder(bundled_folder(), BUNDLED_NAME, pairs)
    fetched = {
        path: repository for path, repository in _fetched().items() if _called(name_or_path, repository)
    }
    if len(fetched) > 1:
        raise ConfigError(
            f"Model {name_or_path!r} is ambiguous.", f"Say which: {', '.join(sorted(fetched.values()))}."
        )
    if fetched:
        ((path, repository),) = fetched.items()
        return open_folder(path, repository.rpartition("/")[2], pairs)
    path = Path(name_or_path).expanduser()
    if path.is_dir():
        return open_folder(path, path.resolve().name, pairs)
    if known := known_model(name_or_path):
        raise ModelLoadError(
            f"Model {name_or_path!r} is not fetched yet.", f"Run: mtkit models fetch {known.source}"
        )
    if os.sep in name_or_path and (
        name_or_path.startswith((".", "~", os.sep)) or name_or_path.count("/") > 1
    ):
        raise ModelLoadError(f"{name_or_path}: no such model folder.", "Name an existing folder.")
    error = UnknownNameError("model", name_or_path, _names())
    error.hint += " Fetch others with: mtkit models fetch REPO"
    raise error


def list_models() -> list[InstalledModel]:
    """Every complete model that needs no path: the bundled one, then the fetched ones."""
    folders = [(BUNDLED_FOLDER, BUNDLED_NAME)] if (BUNDLED_FOLDER / "config.json").is_file() else []
    folders += [(path, repository.rpartition("/")[2]) for path, repository in sorted(_fetched().items())]
    return [open_folder(path, name) for path, name in folders]


def fetch_record(model: InstalledModel) -> dict[str, Any]:
    """Repository, revision, date and file hashes of a fetched model; empty for any other."""
    path = model.path / FETCH_RECORD
    return read_json(path) if path.is_file() else {}


def open_folder(path: Path, name: str, pairs: tuple[Pair, ...] = ()) -> InstalledModel:
    """Open a transformers or CTranslate2 folder; ModelLoadError lists the files it lacks."""
    converted = (path / CT2_WEIGHTS).is_file()
    if not converted and not (path / "config.json").is_file():
        _require(path, ["config.json", *missing_weights(path)])
    if (path / CARD_NAME).is_file():
        card = read_card(path)
        if card.architecture not in TOKENIZER_FILES:
            raise ModelLoadError(
                f"{path / CARD_NAME}: unknown architecture {card.architecture!r}.",
                f"Known: {', '.join(TOKENIZER_FILES)}.",
            )
    elif converted:
        raise ModelLoadError(
            f"{path}: a CTranslate2 folder without {CARD_NAME}.",
            "Convert it from its transformers folder: mtkit models convert FOLDER -o OUT.",
        )
    else:
        _require(path, missing_files(path, architecture_of(path)))
        card = describe(path, name, pairs)
    _require(path, _missing_converted(path, card) if converted else missing_files(path, card.architecture))
    return InstalledModel(name=name, path=path, card=card, converted=converted)


def _missing_converted(path: Path, card: ModelCard) -> list[str]:
    missing = [name for name in TOKENIZER_FILES[card.architecture] if not (path / name).is_file()]
    if not any((path / name).is_file() for name in CT2_VOCABULARIES):
        missing.append(CT2_VOCABULARIES[0])
    return missing


def _require(path: Path, missing: list[str]) -> None:
    if missing:
        raise ModelLoadError(
            f"{path}: not a complete model folder, missing {', '.join(missing)}.",
            "Fetch or export the model again, or name the folder that holds these files.",
        )


def _fetched() -> dict[Path, str]:
    """Folders of fetched repositories with their ids."""
    records = sorted(fetched_root().glob(f"*/{FETCH_RECORD}"))
    return {record.parent: str(read_json(record).get("repository", record.parent.name)) for record in records}


def _called(name: str, repository: str) -> bool:
    return name in (repository, repository.rpartition("/")[2])


def _names() -> list[str]:
    names = [repository.rpartition("/")[2] for repository in _fetched().values()]
    return [BUNDLED_NAME, *names, *(card.name for card in KNOWN_MODELS)]
