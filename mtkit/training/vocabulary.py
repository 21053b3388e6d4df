"""The shared SentencePiece vocabulary and the Marian files that carry it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mtkit.errors import ConfigError
from mtkit.text.markup import SYMBOLS
from mtkit.training.recipe import VocabularyRecipe

VOCABULARY_FILES = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")
END, UNKNOWN, PAD = "</s>", "<unk>", "<pad>"

SAMPLING = 0.2
"""Smoothing of sampled pieces: the lower, the more even."""

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VIETNAMESE = (
    "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES) + "đ"
)
REQUIRED = f"{_VIETNAMESE}{_VIETNAMESE.upper()}№«»„“—…€%"
"""Letters too rare in a sample to be covered by chance, but never to fall apart into bytes."""


def train_vocabulary(texts: Iterable[str], recipe: VocabularyRecipe, folder: Path) -> None:
    """Train a unigram model and write source.spm, target.spm (the same) and vocab.json into `folder`.

    Ids are Marian's: </s> 0, <unk> 1, then the pieces, <pad> last. Digits stand alone, unknown characters
    fall back to bytes, markup symbols are single pieces.
    """
    import sentencepiece

    folder.mkdir(parents=True, exist_ok=True)
    prefix = folder / "source"
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_prefix=str(prefix),
            vocab_size=recipe.size - 1,
            model_type="unigram",
            character_coverage=recipe.character_coverage,
            required_chars=REQUIRED,
            normalization_rule_name="identity",
            split_digits=True,
            byte_fallback=True,
            user_defined_symbols=list(SYMBOLS),
            bos_id=-1,
            eos_id=0,
            unk_id=1,
            pad_id=-1,
            num_threads=2,
            minloglevel=1,
            hard_vocab_limit=False,
            max_sentence_length=8000,
        )
    except RuntimeError as error:
        raise ConfigError(
            f"A vocabulary of {recipe.size} does not fit these corpora ({error}).", "Choose another size."
        ) from error
    prefix.with_suffix(".vocab").unlink()
    spm = prefix.with_suffix(".model").replace(folder / "source.spm")
    (folder / "target.spm").write_bytes(spm.read_bytes())
    processor = sentencepiece.SentencePieceProcessor(model_file=str(spm))
    vocabulary = {processor.id_to_piece(i): i for i in range(processor.get_piece_size())}
    vocabulary[PAD] = len(vocabulary)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=0), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "tokenizer_class": "MarianTokenizer",
                "source_lang": "vi",
                "target_lang": "ru",
                "separate_vocabs": False,
                "model_max_length": 512,
            },
            indent=1,
        ),
        encoding="utf-8",
    )


class Vocabulary:
    """Encode text to ids (without end) and back."""

    def __init__(self, folder: Path) -> None:
        import sentencepiece

        self._processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
        self.size = int(self._processor.get_piece_size()) + 1
        self.end = 0
        self.pad = self.size - 1

    def seed(self, number: int) -> None:
        """Make the pieces sampled from here on the same for the same number."""
        import sentencepiece

        sentencepiece.set_random_generator_seed(number)

    def encode(self, texts: list[str], *, sampled: bool = False) -> list[list[int]]:
        """The likeliest pieces of each text, or `sampled` ones (Kudo 2018), drawn anew each time."""
        options = {"enable_sampling": True, "alpha": SAMPLING, "nbest_size": -1} if sampled else {}
        encoded: list[list[int]] = self._processor.encode(texts, **options)
        return encoded

    def decode(self, ids: list[list[int]]) -> list[str]:
        decoded: list[str] = self._processor.decode(ids)
        return decoded
