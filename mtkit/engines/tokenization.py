"""Text to subword tokens and back, as each architecture wants them; no transformers, no torch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from mtkit.errors import ModelLoadError
from mtkit.models.card import ModelCard
from mtkit.types import Span

END = "</s>"
WORD_START = "▁"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens with the span of the text each came from or became; None for tokens that are no text."""

    tokens: list[str]
    spans: list[Span | None]

    def around(self, before: Sequence[str], after: Sequence[str]) -> Tokens:
        """These tokens between others that are no text."""
        return Tokens(
            [*before, *self.tokens, *after], [*[None] * len(before), *self.spans, *[None] * len(after)]
        )


class Tokenization(Protocol):
    def source(self, text: str, src_lang: str, tgt_lang: str) -> Tokens:
        """A whole source, language tokens and end included."""
        ...

    def target(self, text: str) -> Tokens:
        """Target text alone."""
        ...

    def start(self, tgt_lang: str) -> list[str]:
        """What every target begins with before its text."""
        ...

    def decode(self, tokens: Sequence[str]) -> str: ...

    def spans(self, tokens: Sequence[str]) -> list[Span | None]:
        """Where each token ends up in the decoded text; None for tokens that are no text."""
        ...


class Pieces(Protocol):
    """A subword model."""

    def encode(self, text: str) -> Tokens: ...

    def decode(self, tokens: Sequence[str]) -> str: ...

    def spans(self, tokens: Sequence[str]) -> list[Span | None]: ...


def open_tokenization(folder: Path, card: ModelCard) -> Tokenization:
    """Load the tokenizer of a model folder; ModelLoadError where its files are damaged."""
    languages = card.language_tokens
    try:
        if card.architecture == "marian":
            pieces = SentencePieces(folder / "source.spm"), SentencePieces(folder / "target.spm")
            return MarianTokenization(*pieces, languages)
        if card.architecture == "m2m100":
            return ManyToManyTokenization(SentencePieces(folder / "sentencepiece.bpe.model"), languages)
        if card.architecture == "nllb":
            return ManyToManyTokenization(
                TokenizersFile(folder / "tokenizer.json", special_as_text=True), languages
            )
        return TaggedTokenization(TokenizersFile(folder / "tokenizer.json"), languages)
    except Exception as error:  # sentencepiece and tokenizers raise RuntimeError, OSError and bare Exception
        raise ModelLoadError(
            f"{folder}: its tokenizer cannot be loaded ({error}).", "Fetch or export the model again."
        ) from error


class SentencePieces:
    """A SentencePiece model; language and control tokens are dropped when decoding."""

    _NO_TEXT = re.compile(r"</?s>|<unk>|<pad>|>>\w+<<|__\w+__|<filler\d+>")

    def __init__(self, path: Path) -> None:
        from sentencepiece import SentencePieceProcessor

        self._processor: Any = SentencePieceProcessor(model_file=str(path))

    def encode(self, text: str) -> Tokens:
        encoded = self._processor.encode(text, return_type="offset_mapping")
        return Tokens(encoded["pieces"], [Span(*offsets) for offsets in encoded["offsets"]])

    def decode(self, tokens: Sequence[str]) -> str:
        text: str = self._processor.decode(self._text_pieces(tokens), return_type=str)
        return text

    def spans(self, tokens: Sequence[str]) -> list[Span | None]:
        decoded = self._processor.decode(self._text_pieces(tokens), return_type="offset_mapping")
        offsets = iter(decoded["offsets"])
        return [None if self._NO_TEXT.fullmatch(token) else Span(*next(offsets)) for token in tokens]

    def _text_pieces(self, tokens: Sequence[str]) -> list[str]:
        return [token for token in tokens if not self._NO_TEXT.fullmatch(token)]


class TokenizersFile:
    """A tokenizer.json; `special_as_text` keeps "</s>" in a text from ending it."""

    def __init__(self, path: Path, *, special_as_text: bool = False) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.encode_special_tokens = special_as_text

    def encode(self, text: str) -> Tokens:
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        return Tokens(encoded.tokens, [Span(*offsets) for offsets in encoded.offsets])

    def decode(self, tokens: Sequence[str]) -> str:
        ids = [self._tokenizer.token_to_id(token) for token in tokens]
        text: str = self._tokenizer.decode([i for i in ids if i is not None], skip_special_tokens=True)
        return text

    def spans(self, tokens: Sequence[str]) -> list[Span | None]:
        whole = len(self.decode(tokens))
        ends = [min(len(self.decode(tokens[:count])), whole) for count in range(len(tokens) + 1)]
        return [Span(start, end) if end > start else None for start, end in pairwise(ends)]


class MarianTokenization:
    """Sources `[>>rus<<] pieces </s>`, targets `pieces`."""

    def __init__(self, source: Pieces, target: Pieces, language_tokens: Mapping[str, str]) -> None:
        self._source = source
        self._language_tokens = language_tokens
        self.target = target.encode
        self.decode = target.decode
        self.spans = target.spans

    def source(self, text: str, src_lang: str, tgt_lang: str) -> Tokens:
        token = self._language_tokens.get(tgt_lang)
        return self._source.encode(text).around([token] if token else [], [END])

    def start(self, tgt_lang: str) -> list[str]:
        return []


class ManyToManyTokenization:
    """NLLB and M2M-100: sources `eng_Latn pieces </s>`, targets `rus_Cyrl pieces`."""

    def __init__(self, pieces: Pieces, language_tokens: Mapping[str, str]) -> None:
        self._pieces = pieces
        self._language_tokens = language_tokens
        self.target = pieces.encode
        self.decode = pieces.decode
        self.spans = pieces.spans

    def source(self, text: str, src_lang: str, tgt_lang: str) -> Tokens:
        return self._pieces.encode(text).around([self._language_tokens[src_lang]], [END])

    def start(self, tgt_lang: str) -> list[str]:
        return [self._language_tokens[tgt_lang]]


class TaggedTokenization:
    """MADLAD: sources `<2ru> text </s>`, the tag written into the text before it is cut into pieces."""

    def __init__(self, pieces: Pieces, language_tokens: Mapping[str, str]) -> None:
        self._pieces = pieces
        self._language_tokens = language_tokens
        self.target = pieces.encode
        self.decode = pieces.decode
        self.spans = pieces.spans

    def source(self, text: str, src_lang: str, tgt_lang: str) -> Tokens:
        tag = f"{self._language_tokens[tgt_lang]} "
        tagged = self._pieces.encode(tag + text)
        spans = [
            Span(max(span.start - len(tag), 0), span.end - len(tag)) if span and span.end > len(tag) else None
            for span in tagged.spans
        ]
        return Tokens(tagged.tokens, spans).around([], [END])

    def start(self, tgt_lang: str) -> list[str]:
        return []
