"""The model that comes with mtkit."""

from __future__ import annotations

from pathlib import Path

from mtkit.errors import ModelLoadError

BUNDLED_NAME = "bundled"
BUNDLED_FOLDER = Path(__file__).with_name("bundled_model")


def bundled_folder() -> Path:
    """The transformers folder of the bundled model; ModelLoadError where this installation has none."""
    if not (BUNDLED_FOLDER / "config.json").is_file():
        raise ModelLoadError(
            f"This installation has no bundled model ({BUNDLED_FOLDER} is absent).",
            "Install mtkit with its model, or name one: --model NAME|PATH (mtkit models list).",
        )
    return BUNDLED_FOLDER
