"""BLEU on held-out segments while a model trains."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from transformers import MarianMTModel

from mtkit.text.edits import apply_edits
from mtkit.text.markup import TAGS
from mtkit.text.placeables import protect, restore
from mtkit.training.corpora import read_corpus
from mtkit.training.network import padded
from mtkit.training.recipe import ValidationRecipe
from mtkit.training.vocabulary import Vocabulary


class Validator:
    """Greedy translations of a fixed sample of each validation set, scored with sacreBLEU."""

    def __init__(self, recipes: Sequence[ValidationRecipe], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._sets = []
        for recipe in recipes:
            pairs = read_corpus(recipe)
            every = max(1, len(pairs) // recipe.segments)
            self._sets.append((recipe, pairs[::every][: recipe.segments]))

    def bleu(self, model: MarianMTModel) -> dict[str, float]:
        """BLEU (0-100) for each validation set by name."""
        import sacrebleu

        scores = {}
        for recipe, pairs in self._sets:
            protected = [protect(pair.source, recipe.src_lang) for pair in pairs]
            texts = [
                f"{TAGS[recipe.tag]} {apply_edits(pair.source, p.edits).text}"
                for pair, p in zip(pairs, protected, strict=True)
            ]
            targets = [
                restore(t, p.tokens) for t, p in zip(self._translate(model, texts), protected, strict=True)
            ]
            scores[recipe.name] = sacrebleu.corpus_bleu(targets, [[pair.target for pair in pairs]]).score
        return scores

    @torch.inference_mode()
    def _translate(self, model: MarianMTModel, texts: list[str], size: int = 64) -> list[str]:
        vocabulary = self._vocabulary
        limit = model.config.max_position_embeddings
        rows = [[*ids[: limit - 1], vocabulary.end] for ids in vocabulary.encode(texts)]
        order = sorted(range(len(rows)), key=lambda i: -len(rows[i]))
        targets = [""] * len(rows)
        for start in range(0, len(order), size):
            chosen = order[start : start + size]
            source = padded([rows[i] for i in chosen], vocabulary.pad, model.device)
            output = model.generate(
                input_ids=source,
                attention_mask=(source != vocabulary.pad).long(),
                num_beams=1,
                do_sample=False,
                max_new_tokens=min(limit - 1, 2 * source.shape[1] + 10),
                suppress_tokens=[vocabulary.pad],
            )
            ids = [[i for i in row if i not in (vocabulary.end, vocabulary.pad)] for row in output.tolist()]
            for i, target in zip(chosen, vocabulary.decode(ids), strict=True):
                targets[i] = target
        return targets
