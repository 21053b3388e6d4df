"""From transformers weights to CTranslate2, once for each content and compute type."""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
import tempfile
import threading
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mtkit.config import cache_dir
from mtkit.errors import ConfigError, ModelLoadError
from mtkit.models.card import read_json, write_card
from mtkit.models.layout import CT2_WEIGHTS, TOKENIZER_FILES, store_error
from mtkit.models.lexicon import LEXICON_FILE
from mtkit.models.store import CONVERSION_RECORD, InstalledModel
from mtkit.models.vocabulary import UNKNOWN, Vocabulary, read_vocabulary

COMPUTE_TYPES = (
    "int8",
    "int8_float32",
    "int8_float16",
    "int8_bfloat16",
    "int16",
    "float16",
    "bfloat16",
    "float32",
)

_LOADING = threading.Lock()
"""transformers loads one model at a time: it changes PyTorch's default device meanwhile."""

log = logging.getLogger(__name__)


def converted_folder(model: InstalledModel, compute_type: str = "int8") -> Path:
    """The model's CTranslate2 folder in the cache, converted now if it is not there yet.

    A model that is in CTranslate2's format already is its own. Several processes may do this at once.
    """
    if model.converted:
        return model.path
    folder = cache_dir() / "models" / f"{model.name}-{model.short_hash}" / f"ct2-{compute_type}"
    if not (folder / CONVERSION_RECORD).is_file():
        log.info("Converting %s to CTranslate2 %s, once.", model.name, compute_type)
        convert(model, folder, compute_type)
    return folder


def convert(model: InstalledModel, folder: Path, compute_type: str = "int8") -> None:
    """Write a self-contained CTranslate2 folder: weights, tokenizer, card and how it was made.

    It appears complete or not at all. Raises ConfigError for a folder that holds something else,
    ModelLoadError for weights that cannot be loaded, StoreError where it cannot be written.
    """
    if compute_type not in COMPUTE_TYPES:
        raise ConfigError(f"Unknown compute type {compute_type!r}.", f"Known: {', '.join(COMPUTE_TYPES)}.")
    if model.converted:
        raise ConfigError(f"{model.path} is in CTranslate2's format already.", "Name a transformers folder.")
    if folder.exists() and any(folder.iterdir()) and not (folder / CONVERSION_RECORD).is_file():
        raise ConfigError(f"{folder} exists and is no converted model.", "Name another folder with -o.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as temporary:
            made = Path(temporary) / "model"
            _convert_weights(model, made, compute_type)
            for name in TOKENIZER_FILES[model.card.architecture]:
                shutil.copyfile(model.path / name, made / name)
            if (model.path / LEXICON_FILE).is_file():
                shutil.copyfile(model.path / LEXICON_FILE, made / LEXICON_FILE)
            write_card(model.card, made)
            (made / CONVERSION_RECORD).write_text(_record(model, compute_type), encoding="utf-8")
            _move_into_place(made, folder)
    except OSError as error:
        raise store_error(folder, error) from error


def _record(model: InstalledModel, compute_type: str) -> str:
    record = {
        "source_hash": model.hash,
        "compute_type": compute_type,
        "positions": model.positions,
        "ctranslate2": version("ctranslate2"),
    }
    return json.dumps(record, indent=1) + "\n"


def _move_into_place(made: Path, folder: Path) -> None:
    """Rename over nothing or over another model; the same model from another process stays."""
    try:
        os.rename(made, folder)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        if read_json(folder / CONVERSION_RECORD) != read_json(made / CONVERSION_RECORD):
            os.rename(folder, made.with_name("replaced"))
            os.rename(made, folder)


def _convert_weights(model: InstalledModel, folder: Path, compute_type: str) -> None:
    from safetensors import SafetensorError

    vocabulary = read_vocabulary(model.path, model.card.architecture)
    converter = _converter(model, vocabulary)
    try:
        with _LOADING:
            converter.convert(str(folder), quantization=compute_type)
    except OSError as error:
        if error.errno is not None:
            raise
        raise _load_error(model, error) from error
    except (ValueError, KeyError, AttributeError, RuntimeError, SafetensorError) as error:
        raise _load_error(model, error) from error
    if not (folder / CT2_WEIGHTS).is_file():
        raise ModelLoadError(f"{model.path}: CTranslate2 wrote no {CT2_WEIGHTS}.")


def _load_error(model: InstalledModel, error: Exception) -> ModelLoadError:
    reason = str(error).strip().splitlines()
    return ModelLoadError(
        f"{model.path}: its weights cannot be loaded ({reason[0] if reason else type(error).__name__}).",
        "Fetch or export the model again.",
    )


def _converter(model: InstalledModel, vocabulary: Vocabulary) -> Any:
    """CTranslate2's converter, with our vocabulary, offline, and the attention that the card names."""
    from ctranslate2.converters import TransformersConverter
    from numpy import int16

    from mtkit.models.quiet import quiet_transformers

    alignment = model.card.alignment

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, path: str, **options: Any) -> Any:
            with quiet_transformers():
                network = model_class.from_pretrained(path, local_files_only=True, **options)
            # transformers 5 always says tied; the loader for T5 takes that for "scale the outputs".
            scales = getattr(network.config, "scale_decoder_outputs", network.config.tie_word_embeddings)
            network.config.tie_word_embeddings = scales
            return network

        def load_tokenizer(self, tokenizer_class: Any, path: str, **options: Any) -> _TokenizerView:
            return _TokenizerView(vocabulary)

        def _load(self) -> Any:
            spec = super()._load()
            layers = len(spec.decoder.layer)
            spec.decoder.alignment_layer = int16(range(layers)[alignment.layer])
            spec.decoder.alignment_heads = int16(alignment.heads or spec.decoder.num_heads)
            return spec

    return Converter(str(model.path))


class _TokenizerView:
    """What CTranslate2's converter asks of a tokenizer."""

    num_madeup_words = 0

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._tokens = vocabulary.tokens
        self.eos_token = vocabulary.end
        self.pad_token = vocabulary.padding
        self.bos_token = vocabulary.start
        self.unk_token = UNKNOWN
        self.unk_token_id = vocabulary.tokens.index(UNKNOWN)
        self.special_tokens_map: dict[str, list[str]] = {}

    def get_vocab(self) -> dict[str, int]:
        return {token: i for i, token in enumerate(self._tokens)}

    def convert_ids_to_tokens(self, i: int) -> str:
        return self._tokens[i]
