"""The training loop: resumes from its checkpoints, validates by BLEU, keeps the best weights."""

from __future__ import annotations

import ctypes
import json
import random
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from transformers import MarianMTModel

from mtkit.errors import ConfigError, EngineError, InputError, StoreError
from mtkit.models.lexicon import LEXICON_FILE, Lexicon, read_lexicon, render_lexicon
from mtkit.termbase.io import load_termbase
from mtkit.training.alignment import align
from mtkit.training.annotations import with_terms
from mtkit.training.corpora import Pair, clean, read_corpus
from mtkit.training.examples import ExampleStream, Markup, draw_pairs
from mtkit.training.lexicon import build_lexicon
from mtkit.training.network import MasterOptimizer, batch_loss, build
from mtkit.training.recipe import CorpusRecipe, Recipe
from mtkit.training.slots import Slots
from mtkit.training.validation import Validator
from mtkit.training.vocabulary import VOCABULARY_FILES, Vocabulary, train_vocabulary

Report = Callable[[str], None]


class TrainingRun:
    """One model in the making, in a folder of its own.

    ::

        work/vocabulary/          source.spm, target.spm, vocab.json
        work/alignments/          word links, by a hash of their texts
        work/lexicon.tsv          made from them
        work/checkpoint.pt        masters, optimiser state, step; replaced as a whole
        work/weights/NNN.safetensors   validated weights, the best `keep` of them
        work/log.jsonl            one record a report: step, tokens, loss, speed, BLEU
    """

    def __init__(
        self,
        recipe: Recipe,
        work: Path,
        *,
        threads: int,
        device: str = "cpu",
        init: Path | None = None,
        report: Report = lambda line: print(line, file=sys.stderr, flush=True),
    ) -> None:
        self.recipe, self.work, self._report = recipe, work, report
        torch.set_num_threads(threads)
        torch.manual_seed(recipe.schedule.seed)
        _keep_freed_memory()
        corpora = [(corpus, self._read(corpus)) for corpus in recipe.corpora]
        self._link(corpora)
        self._prepare_vocabulary(corpora, init)
        self.lexicon = self._lexicon(corpora)
        self._markup = Markup(
            augmentation=recipe.augmentation,
            slots={c.name: Slots(pairs, c.src_lang) for c, pairs in corpora if c.terms},
            lexicon=self.lexicon,
        )
        self.vocabulary = Vocabulary(self.vocabulary_folder)
        self.corpora = corpora
        self.model = self._network(init).to(device=device, dtype=torch.bfloat16)
        self.optimizer = MasterOptimizer(self.model, recipe.schedule)
        self.step, self.tokens, self.scores = 0, 0, dict[str, float]()
        self._resume()
        self._validator = Validator(recipe.validation, self.vocabulary)

    def _read(self, corpus: CorpusRecipe) -> list[Pair]:
        pairs = clean(read_corpus(corpus), corpus.tgt_lang)
        if corpus.terms:
            pairs = list(with_terms(pairs, corpus.src_lang, load_termbase("bundled")))
        if not pairs:
            raise InputError(f"{corpus.path}: no pair of {corpus.name} is left.", "Mend the recipe's filter.")
        terms = sum(len(pair.terms) for pair in pairs)
        self._report(f"{corpus.name}: {len(pairs)} pairs, {terms} annotated terms")
        return pairs

    def _link(self, corpora: list[tuple[CorpusRecipe, list[Pair]]]) -> None:
        """Align the words of the corpora that ask for it, all of one language pair at once."""
        for lang in sorted({corpus.src_lang for corpus, _ in corpora if corpus.aligned}):
            own = [pairs for corpus, pairs in corpora if corpus.aligned and corpus.src_lang == lang]
            links = iter(align([pair for pairs in own for pair in pairs], lang, self.work / "alignments"))
            for pairs in own:
                pairs[:] = [replace(pair, links=next(links)) for pair in pairs]

    def _lexicon(self, corpora: list[tuple[CorpusRecipe, list[Pair]]]) -> Lexicon:
        """The lexicon of the aligned corpora, made once for a work folder."""
        path = self.work / LEXICON_FILE
        if not path.is_file():
            by_lang: dict[str, list[Pair]] = {}
            for corpus, pairs in corpora:
                if corpus.aligned and self.recipe.lexicon.rare:
                    by_lang.setdefault(corpus.src_lang, []).extend(pairs)
            path.write_bytes(render_lexicon(build_lexicon(by_lang.items(), self.recipe.lexicon)))
        lexicon = read_lexicon(path)
        for lang, entries in lexicon.entries.items():
            self._report(f"lexicon {lang}: {len(entries)} entries")
        return lexicon

    @property
    def vocabulary_folder(self) -> Path:
        return self.work / "vocabulary"

    @property
    def weights_folder(self) -> Path:
        return self.work / "weights"

    def _prepare_vocabulary(self, corpora: list[Any], init: Path | None) -> None:
        if (self.vocabulary_folder / "vocab.json").is_file():
            return
        if init is not None:
            self.vocabulary_folder.mkdir(parents=True, exist_ok=True)
            for name in VOCABULARY_FILES:
                shutil.copy(init / name, self.vocabulary_folder / name)
            return
        self._report("training the vocabulary")
        drawn = draw_pairs(corpora, random.Random(self.recipe.schedule.seed))
        sample = islice(drawn, self.recipe.vocabulary.sample)
        texts = (text for _, pair in sample for text in (pair.source, pair.target))
        train_vocabulary(texts, self.recipe.vocabulary, self.vocabulary_folder)

    def _network(self, init: Path | None) -> MarianMTModel:
        model = build(self.recipe.network, self.vocabulary.size)
        if init is not None:
            state = load_file(init / "model.safetensors")
            ours = model.state_dict()
            wrong = [
                name for name, tensor in state.items() if name not in ours or ours[name].shape != tensor.shape
            ]
            if wrong:
                raise ConfigError(
                    f"{init}: {wrong[0]} does not fit the recipe's network.",
                    "Use the recipe it was trained with.",
                )
            model.load_state_dict(state, strict=False)
            model.tie_weights()
        return model

    def _resume(self) -> None:
        path = self.work / "checkpoint.pt"
        if not path.is_file():
            return
        saved = torch.load(path, weights_only=True, map_location=self.model.device)
        if saved["network"] != asdict(replace(self.recipe.network, dropout=saved["network"]["dropout"])):
            raise ConfigError(
                f"{path}: its network does not fit the recipe's.",
                "Use another --work folder or the old recipe.",
            )
        self.optimizer.load_state(saved["optimizer"])
        self.step, self.tokens, self.scores = saved["step"], saved["tokens"], saved["scores"]
        self._report(f"resumed at step {self.step}, {self.tokens / 1e6:.1f} M target tokens")

    def run(self, minutes: float | None = None) -> None:
        """Train to the recipe's last step, or for `minutes`; a checkpoint is left either way."""
        schedule = self.recipe.schedule
        stream = ExampleStream(
            self.corpora, self.vocabulary, schedule, self._markup, schedule.seed + self.step
        )
        deadline = time.monotonic() + minutes * 60 if minutes is not None else float("inf")
        started, tokens_before, losses = time.monotonic(), self.tokens, list[float]()
        self.model.train()
        for batch in stream:
            if self.step >= schedule.steps or time.monotonic() > deadline:
                break
            loss = batch_loss(self.model, batch, schedule.label_smoothing)
            loss.backward()
            self.step += 1
            self.optimizer.step(self.step)
            self.tokens += batch.target_tokens
            losses.append(loss.item())
            if losses[-1] != losses[-1]:
                raise EngineError(
                    f"The loss is not a number at step {self.step}.", "Lower learning_rate and start again."
                )
            if self.step % 50 == 0:
                speed = (self.tokens - tokens_before) / (time.monotonic() - started)
                self._log(loss=sum(losses) / len(losses), tokens_a_second=round(speed))
                started, tokens_before, losses = time.monotonic(), self.tokens, []
            if self.step % schedule.validate_every == 0:
                self._keep_if_good()
            if self.step % schedule.checkpoint_every == 0:
                self._save()
        self._keep_if_good()
        self._save()

    def curve(self) -> dict[int, dict[str, float]]:
        """BLEU on the validation sets by the target tokens seen; of steps gone through twice the later."""
        path = self.work / "log.jsonl"
        lines = path.read_text().splitlines() if path.is_file() else []
        validated = {r["step"]: r for line in lines if "bleu" in (r := json.loads(line))}
        return {record["tokens"]: record["bleu"] for _, record in sorted(validated.items())}

    def _log(self, **values: Any) -> None:
        record = {"step": self.step, "tokens": self.tokens, **values}
        with (self.work / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(record) + "\n")
        self._report(
            " ".join(
                f"{key} {value:.4g}" if isinstance(value, float) else f"{key} {value}"
                for key, value in record.items()
            )
        )

    def validate(self, model: MarianMTModel) -> dict[str, float]:
        """BLEU (0-100) of a model on each validation set of the recipe."""
        training = model.training
        model.eval()
        bleu = self._validator.bleu(model)
        model.train(training)
        return bleu

    def _keep_if_good(self) -> None:
        name = f"{self.step:07d}"
        if name in self.scores or not self.step:
            return
        bleu = self.validate(self.model)
        self._log(bleu={key: round(value, 2) for key, value in bleu.items()})
        self.weights_folder.mkdir(exist_ok=True)
        save_file(self.optimizer.masters, self.weights_folder / f"{name}.safetensors")
        self.scores[name] = sum(bleu.values()) / len(bleu) if bleu else float(self.step)
        worse = sorted(self.scores, key=lambda n: -self.scores[n])[self.recipe.schedule.keep :]
        for name in worse:
            del self.scores[name]
        self._save()
        for name in worse:
            (self.weights_folder / f"{name}.safetensors").unlink(missing_ok=True)

    def _save(self) -> None:
        partial = self.work / "checkpoint.partial"
        state = {
            "optimizer": self.optimizer.state(),
            "step": self.step,
            "tokens": self.tokens,
            "scores": self.scores,
            "network": asdict(self.recipe.network),
        }
        try:
            torch.save(state, partial)
            partial.replace(self.work / "checkpoint.pt")
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"{partial}: cannot be written ({error}).",
                "See to free space; the checkpoint before is whole.",
            ) from error

    def averaged_model(self) -> MarianMTModel:
        """The mean of the best validated weights, in float32 on the CPU."""
        files = [self.weights_folder / f"{name}.safetensors" for name in self.scores]
        if not files:
            raise ConfigError(f"{self.work}: nothing validated yet.", "Train to the first validation.")
        states = [load_file(file) for file in files]
        mean = {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
        model = build(replace(self.recipe.network, dropout=0.0), self.vocabulary.size)
        model.load_state_dict(mean, strict=False)
        model.tie_weights()
        return model


def _keep_freed_memory() -> None:
    """Keep freed blocks in the process (glibc only): page faults otherwise cost a third of the time."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        for option, value in ((-4, 0), (-1, 2**31 - 1), (-2, 2**28)):
            mallopt(option, value)
