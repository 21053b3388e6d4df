"""The reference engine: transformers and PyTorch, the same interface, an independent decoder."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from statistics import fmean
from typing import Any

from mtkit.engines.attribution import Attention, GivenTarget
from mtkit.engines.base import DecodingOptions, EngineOptions
from mtkit.engines.local import Candidate, LocalEngine, Part
from mtkit.errors import ConfigError, ModelLoadError
from mtkit.models.quiet import quiet_transformers
from mtkit.models.store import InstalledModel
from mtkit.models.vocabulary import UNKNOWN, read_vocabulary

MODEL_CLASSES = {
    "marian": "MarianMTModel",
    "m2m100": "M2M100ForConditionalGeneration",
    "nllb": "M2M100ForConditionalGeneration",
    "t5": "T5ForConditionalGeneration",
}
FLOAT_TYPES = ("float32", "float16", "bfloat16")


class TransformersEngine(LocalEngine):
    """Runs a transformers folder in float32, or in float16 or bfloat16 where `compute_type` says so."""

    name = "transformers"

    def __init__(self, model: InstalledModel, options: EngineOptions) -> None:
        if model.converted:
            raise ModelLoadError(
                f"{model.path} is in CTranslate2's format.",
                "Name its transformers folder, or use --engine ctranslate2.",
            )
        super().__init__(model, options, model.path)
        self._vocabulary = read_vocabulary(model.path, model.card.architecture)
        self._ids = {token: i for i, token in enumerate(self._vocabulary.tokens)}
        self._compute_type = options.compute_type if options.compute_type in FLOAT_TYPES else "float32"
        self._lock = threading.Lock()
        self._network: Any = self._load()

    def _load(self) -> Any:
        import torch
        import transformers
        from safetensors import SafetensorError

        torch.set_num_threads(self.options.threads)
        model_class = getattr(transformers, MODEL_CLASSES[self.model.card.architecture])
        try:
            with quiet_transformers():
                network = model_class.from_pretrained(
                    self.model.path,
                    local_files_only=True,
                    weights_only=True,
                    attn_implementation="eager",
                    dtype=getattr(torch, self._compute_type),
                )
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            reason = str(error).strip().splitlines()
            raise ModelLoadError(
                f"{self.model.path}: its weights cannot be loaded ({reason[0] if reason else error!r}).",
                "Fetch or export the model again.",
            ) from error
        network.generation_config = transformers.GenerationConfig()
        try:
            return network.eval().to(self.options.device)
        except (RuntimeError, AssertionError) as error:
            raise ConfigError(
                f"PyTorch cannot use device {self.options.device!r}.", f"It says: {error}"
            ) from error

    def _decode(self, batches: list[list[Part]], options: DecodingOptions) -> Iterator[list[list[Candidate]]]:
        for batch in batches:
            limit = self._target_limit(batch, options)
            candidates: dict[int, list[Candidate]] = {}
            order = sorted(range(len(batch)), key=lambda i: _forced_length(batch[i]))
            for _, group in itertools.groupby(order, key=lambda i: _forced_length(batch[i])):
                members = list(group)
                found = self._decode_equal_prefixes([batch[i] for i in members], options, limit)
                candidates.update(zip(members, found, strict=True))
            yield [candidates[i] for i in range(len(batch))]

    def _decode_equal_prefixes(
        self, parts: list[Part], options: DecodingOptions, limit: int
    ) -> list[list[Candidate]]:
        """Candidates of parts whose forced tokens are equally many, scored by a second, plain pass."""
        generated = self._generate(parts, options, limit)
        ranked: list[list[Candidate]] = [[] for _ in parts]
        for rank in range(options.n_best):
            given = [targets[rank] for targets in generated]
            read = self._read(given, options.alignment)
            for candidates, one, (log_probs, rows) in zip(ranked, given, read, strict=True):
                candidates.append(Candidate(tokens=one.target, score=fmean(log_probs), attention=rows))
        return [sorted(candidates, key=lambda each: -(each.score or 0.0)) for candidates in ranked]

    def _generate(self, parts: list[Part], options: DecodingOptions, limit: int) -> list[list[GivenTarget]]:
        """n_best targets for each part, of at most `limit` tokens."""
        import torch
        from transformers import GenerationConfig

        vocabulary = self._vocabulary
        config = GenerationConfig(
            num_beams=options.beam,
            num_return_sequences=options.n_best,
            max_length=limit + 1,
            no_repeat_ngram_size=options.no_repeat_ngram,
            early_stopping=options.beam > 1,
            length_penalty=1.0,
            suppress_tokens=[self._ids[UNKNOWN], self._ids[vocabulary.padding]],
            eos_token_id=self._ids[vocabulary.end],
            pad_token_id=self._ids[vocabulary.padding],
            decoder_start_token_id=self._ids[vocabulary.start],
        )
        forced = [[vocabulary.start, *part.start, *part.prefix_tokens.tokens] for part in parts]
        with self._lock, self._engine_errors(), torch.inference_mode():
            output = self._network.generate(
                **self._padded([part.source.tokens for part in parts]),
                decoder_input_ids=torch.tensor([self._numbers(tokens) for tokens in forced]).to(
                    self.options.device
                ),
                generation_config=config,
            )
        rows = iter(output.tolist())
        return [[self._target(part, next(rows)) for _ in range(options.n_best)] for part in parts]

    def _target(self, part: Part, ids: list[int]) -> GivenTarget:
        """What was generated after decoder start and language tokens, up to the end."""
        tokens = [self._vocabulary.tokens[i] for i in ids[1 + len(part.start) :]]
        ends = self._vocabulary.end in tokens
        target = tokens[: tokens.index(self._vocabulary.end)] if ends else tokens
        return GivenTarget(source=part.source.tokens, start=part.start, target=target, ends=ends)

    def _read(
        self, given: Sequence[GivenTarget], attention: bool = False
    ) -> list[tuple[list[float], Attention]]:
        """Log-probabilities of the tokens of each target, end included, and cross-attention where asked."""
        import torch

        end, start = self._vocabulary.end, self._vocabulary.start
        wanted = [[*one.start, *one.target, end] for one in given]
        labels = self._padded(wanted)["input_ids"]
        shifted = self._padded([[start, *tokens[:-1]] for tokens in wanted])["input_ids"]
        with self._lock, self._engine_errors(), torch.inference_mode():
            output = self._network(
                **self._padded([one.source for one in given]),
                decoder_input_ids=shifted,
                output_attentions=attention,
            )
            losses = torch.nn.functional.cross_entropy(
                output.logits.float().transpose(1, 2), labels, reduction="none"
            )
            rows = self._attention(output.cross_attentions).tolist() if attention else []
        read = []
        for i, one in enumerate(given):
            first, last = len(one.start), len(one.start) + len(one.target)
            log_probs = (-losses[i, first : last + one.ends]).tolist()
            late = self.model.card.alignment.late
            read.append((log_probs, rows[i][first + late : last + late] if attention else ()))
        return read

    def _attention(self, layers: Sequence[Any]) -> Any:
        """What the card names for alignment: batch × target positions × source positions."""
        alignment = self.model.card.alignment
        heads = layers[alignment.layer].float()
        return heads[:, : alignment.heads or heads.shape[1]].mean(dim=1)

    def _score(self, batches: list[list[GivenTarget]]) -> Iterator[list[list[float]]]:
        for batch in batches:
            yield [log_probs for log_probs, _ in self._read(batch)]

    def _attend(self, batches: list[list[GivenTarget]]) -> Iterator[list[Attention]]:
        for batch in batches:
            yield [rows for _, rows in self._read(batch, attention=True)]

    def _padded(self, rows: Sequence[list[str]]) -> dict[str, Any]:
        import torch

        width = max(map(len, rows))
        padding = self._ids[self._vocabulary.padding]
        ids = [[*self._numbers(row), *[padding] * (width - len(row))] for row in rows]
        mask = [[1] * len(row) + [0] * (width - len(row)) for row in rows]
        device = self.options.device
        return {
            "input_ids": torch.tensor(ids).to(device),
            "attention_mask": torch.tensor(mask).to(device),
        }

    def _numbers(self, tokens: Sequence[str]) -> list[int]:
        unknown = self._ids[UNKNOWN]
        return [self._ids.get(token, unknown) for token in tokens]

    def close(self) -> None:
        """Free the model's memory."""
        del self._network

    def fingerprint(self) -> dict[str, str]:
        return {
            **super().fingerprint(),
            "engine_version": version("transformers"),
            "compute_type": self._compute_type,
        }


def _forced_length(part: Part) -> int:
    return len(part.start) + len(part.prefix_tokens.tokens)
