"""The default engine: CTranslate2, one worker a core, many small batches."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from mtkit.engines.attribution import Attention, GivenTarget
from mtkit.engines.base import DecodingOptions, EngineOptions
from mtkit.engines.local import Candidate, LocalEngine, Part
from mtkit.engines.tokenization import END
from mtkit.errors import ConfigError, ModelLoadError
from mtkit.models.convert import converted_folder
from mtkit.models.store import InstalledModel

POLL_SECONDS = 0.002


class CTranslate2Engine(LocalEngine):
    """Runs a model converted to CTranslate2; converts it first where that has not been done."""

    name = "ctranslate2"

    def __init__(self, model: InstalledModel, options: EngineOptions) -> None:
        folder = converted_folder(model, options.compute_type)
        super().__init__(model, options, folder)
        self._workers = options.threads if options.device == "cpu" else 1
        self._translator: Any = self._load(str(folder))

    def _load(self, folder: str) -> Any:
        import ctranslate2

        try:
            return ctranslate2.Translator(
                folder,
                device=self.options.device,
                compute_type=self.options.compute_type,
                inter_threads=self._workers,
                intra_threads=1,
            )
        except ValueError as error:
            raise ConfigError(
                f"Compute type {self.options.compute_type!r} does not work on {self.options.device} here.",
                f"CTranslate2 says: {error}",
            ) from error
        except RuntimeError as error:
            raise ModelLoadError(
                f"{self.model.path}: CTranslate2 cannot load it on {self.options.device} ({error}).",
                "Remove its folder from the cache and run again, or use another device.",
            ) from error

    def _decode(self, batches: list[list[Part]], options: DecodingOptions) -> Iterator[list[list[Candidate]]]:
        def submit(batch: list[Part]) -> Any:
            return self._translator.translate_batch(
                [part.source.tokens for part in batch],
                target_prefix=[[*part.start, *part.prefix_tokens.tokens] for part in batch],
                beam_size=options.beam,
                num_hypotheses=options.n_best,
                no_repeat_ngram_size=options.no_repeat_ngram,
                max_input_length=0,
                max_decoding_length=self._target_limit(batch, options),
                disable_unk=True,
                return_scores=True,
                return_attention=options.alignment,
                return_end_token=True,
                asynchronous=True,
            )

        for batch, results in self._run(batches, submit):
            limit = self._target_limit(batch, options)
            candidates = [self._candidates(part, result) for part, result in zip(batch, results, strict=True)]
            yield self._rescored(batch, candidates, limit, options.scores)

    def _candidates(self, part: Part, result: Any) -> list[Candidate]:
        """Candidates of one result, with the mean over text and end only.

        CTranslate2 divides by all tokens, start included, and by the end where the target has one.
        """
        candidates = []
        for i, tokens in enumerate(result.hypotheses):
            generated = tokens[len(part.start) :]
            text_tokens = generated[:-1] if generated[-1:] == [END] else generated
            counted = len(tokens) / max(len(generated), 1)
            attention = result.attention[i][self._first_row(part.start) :] if result.attention else ()
            candidates.append(
                Candidate(tokens=text_tokens, score=result.scores[i] * counted, attention=attention)
            )
        return candidates

    def _rescored(
        self, batch: list[Part], candidates: list[list[Candidate]], limit: int, wanted: bool
    ) -> list[list[Candidate]]:
        """Score candidates with a forced prefix again: CTranslate2 counts its tokens as certain.

        Where scores are not `wanted` and there is nothing to rank, these have none.
        """
        forced = [i for i, part in enumerate(batch) if part.prefix_tokens.tokens]
        given = [
            GivenTarget(
                source=batch[i].source.tokens,
                start=batch[i].start,
                target=candidate.tokens,
                ends=len(batch[i].start) + len(candidate.tokens) < limit,
            )
            for i in forced
            for candidate in candidates[i]
        ]
        if not given:
            return candidates
        if not wanted and len(given) == len(forced):
            for i in forced:
                candidates[i] = [replace(candidate, score=None) for candidate in candidates[i]]
            return candidates
        scores = iter(self._scores(given))
        for i in forced:
            exact = [
                Candidate(tokens=c.tokens, score=next(scores), attention=c.attention) for c in candidates[i]
            ]
            candidates[i] = sorted(exact, key=lambda candidate: -(candidate.score or 0.0))
        return candidates

    def _score(self, batches: list[list[GivenTarget]]) -> Iterator[list[list[float]]]:
        def submit(batch: list[GivenTarget]) -> Any:
            return self._translator.score_batch(
                [given.source for given in batch],
                [[*given.start, *given.target] for given in batch],
                max_input_length=0,
                asynchronous=True,
            )

        for batch, results in self._run(batches, submit):
            yield [
                result.log_probs[len(given.start) : None if given.ends else -1]
                for given, result in zip(batch, results, strict=True)
            ]

    def _attend(self, batches: list[list[GivenTarget]]) -> Iterator[list[Attention]]:
        """The attention of a decoder that is forced to take each whole target for its prefix."""

        def submit(batch: list[GivenTarget]) -> Any:
            forced = [[*given.start, *given.target] for given in batch]
            return self._translator.translate_batch(
                [given.source for given in batch],
                target_prefix=forced,
                beam_size=1,
                max_input_length=0,
                max_decoding_length=max(map(len, forced)) + 1,
                return_attention=True,
                return_end_token=True,
                asynchronous=True,
            )

        for batch, results in self._run(batches, submit):
            yield [
                result.attention[0][self._first_row(given.start) :][: len(given.target)]
                for given, result in zip(batch, results, strict=True)
            ]

    def _first_row(self, start: list[str]) -> int:
        """Where the attention of the first token of text stands; that of the last may be missing."""
        return len(start) + self.model.card.alignment.late

    def _run(self, batches: list[list[Any]], submit: Any) -> Iterator[tuple[list[Any], list[Any]]]:
        """Keep every worker busy with one batch in hand and one waiting; results in order.

        Waiting is done in Python so that Ctrl-C is heard.
        """
        waiting: deque[tuple[list[Any], Any]] = deque()
        with self._engine_errors():
            for batch in batches:
                waiting.append((batch, submit(batch)))
                if len(waiting) >= 2 * self._workers:
                    yield _wait(*waiting.popleft())
            while waiting:
                yield _wait(*waiting.popleft())

    def fingerprint(self) -> dict[str, str]:
        return {
            **super().fingerprint(),
            "engine_version": version("ctranslate2"),
            "compute_type": self.options.compute_type,
        }

    def close(self) -> None:
        """Free the model's memory."""
        self._translator.unload_model()


def _wait(batch: list[Any], pending: Any) -> tuple[list[Any], list[Any]]:
    while not all(result.done() for result in pending):
        time.sleep(POLL_SECONDS)
    return batch, [result.result() for result in pending]
