"""A model's vocabulary in order of ids, read from its folder alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mtkit.errors import ModelLoadError
from mtkit.models.card import read_json

UNKNOWN = "<unk>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Tokens by id, as many as the model has embeddings, and the tokens that steer decoding."""

    tokens: tuple[str, ...]
    end: str
    padding: str
    start: str


def read_vocabulary(folder: Path, architecture: str) -> Vocabulary:
    """Read a transformers folder's vocabulary; ModelLoadError where it does not fit the model."""
    config = read_json(folder / "config.json")
    if architecture in ("marian", "m2m100"):
        ids = read_json(folder / "vocab.json")
    else:
        ids = _tokenizer_ids(folder / "tokenizer.json")
    tokens = sorted(ids, key=ids.__getitem__)
    if architecture == "m2m100":
        tokens += _m2m100_languages()
    size = config["vocab_size"]
    if [ids.get(token, i) for i, token in enumerate(tokens)] != list(range(len(tokens))):
        raise ModelLoadError(f"{folder}: the ids of its vocabulary have gaps.", "Fetch the model again.")
    if len(tokens) > size or (architecture == "marian" and len(tokens) != size):
        raise ModelLoadError(
            f"{folder}: its vocabulary has {len(tokens)} tokens, its model {size}.", "Fetch the model again."
        )
    tokens += [f"<filler{i}>" for i in range(size - len(tokens))]
    return Vocabulary(
        tokens=tuple(tokens),
        end=tokens[config["eos_token_id"]],
        padding=tokens[config["pad_token_id"]],
        start=tokens[config["decoder_start_token_id"]],
    )


def _tokenizer_ids(path: Path) -> dict[str, int]:
    from tokenizers import Tokenizer

    ids: dict[str, int] = Tokenizer.from_file(str(path)).get_vocab(with_added_tokens=True)
    return ids


def _m2m100_languages() -> list[str]:
    """Language tokens follow vocab.json in an order that only the tokenizer's source knows."""
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES

    return [f"__{code}__" for code in FAIRSEQ_LANGUAGE_CODES["m2m100"]]
