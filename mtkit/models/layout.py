"""Which files make a model folder, which are missing, and their hash."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from mtkit.config import cache_dir
from mtkit.errors import ModelLoadError, StoreError
from mtkit.models.card import read_json
from mtkit.models.lexicon import LEXICON_FILE

TOKENIZER_FILES = {
    "marian": ("source.spm", "target.spm", "vocab.json"),
    "m2m100": ("sentencepiece.bpe.model", "vocab.json"),
    "nllb": ("tokenizer.json",),
    "t5": ("tokenizer.json",),
}
SAFETENSORS, PICKLE, CT2_WEIGHTS = "model.safetensors", "pytorch_model.bin", "model.bin"
WEIGHTS = (SAFETENSORS, f"{SAFETENSORS}.index.json", PICKLE)
CT2_VOCABULARIES = ("shared_vocabulary.json", "source_vocabulary.json", "target_vocabulary.json")
HASH_LENGTH = 12


def missing_files(folder: Path, architecture: str) -> list[str]:
    """What a transformers folder of this architecture lacks; empty when it is complete."""
    missing = [
        name for name in ("config.json", *TOKENIZER_FILES[architecture]) if not (folder / name).is_file()
    ]
    return missing + missing_weights(folder)


def missing_weights(folder: Path) -> list[str]:
    if not any((folder / name).is_file() for name in WEIGHTS):
        return [SAFETENSORS]
    return [name for name in weight_shards(folder) if not (folder / name).is_file()]


def weight_shards(folder: Path) -> list[str]:
    """Shards that the safetensors index names, sorted; empty where the weights are one file."""
    index = folder / f"{SAFETENSORS}.index.json"
    if not index.is_file() or (folder / SAFETENSORS).is_file():
        return []
    return shard_names(index)


def shard_names(index: Path) -> list[str]:
    names = set(map(str, read_json(index).get("weight_map", {}).values()))
    if strange := next((name for name in names if Path(name).name != name), None):
        raise ModelLoadError(f"{index}: {strange!r} is not a plain file name.", "Do not use this model.")
    return sorted(names)


def content_hash(folder: Path) -> str:
    """SHA-256 over weights, configuration and tokenizer, the same wherever the folder lies."""
    named = {"config.json", LEXICON_FILE, *WEIGHTS, CT2_WEIGHTS, *CT2_VOCABULARIES}.union(
        *TOKENIZER_FILES.values()
    )
    names = sorted(name for name in (*named, *weight_shards(folder)) if (folder / name).is_file())
    lines = "".join(f"{file_hash(folder / name)}  {name}\n" for name in names)
    return hashlib.sha256(lines.encode()).hexdigest()


def file_hash(path: Path) -> str:
    """SHA-256 of a file, remembered by its path, size and time of change."""
    status = path.stat()
    state = {"path": str(path.resolve()), "size": status.st_size, "mtime_ns": status.st_mtime_ns}
    memo = cache_dir() / "hashes" / f"{hashlib.sha256(state['path'].encode()).hexdigest()[:32]}.json"  # type: ignore[attr-defined]
    try:
        remembered = json.loads(memo.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        remembered = {}
    if isinstance(remembered, dict) and state.items() <= remembered.items() and "sha256" in remembered:
        return str(remembered["sha256"])
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    with suppress(StoreError):
        write_atomically(memo, json.dumps({**state, "sha256": digest}))
    return digest


def write_atomically(path: Path, text: str) -> None:
    """Write a file of the store under a temporary name, then rename; StoreError where that fails."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise store_error(path, error) from error


def store_error(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path}: cannot be written ({error.strerror or error}).",
        "See to its permissions and free space, or set MTKIT_CACHE to another folder.",
    )
