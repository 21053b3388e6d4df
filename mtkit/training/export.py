"""From a training run to a model folder: averaged weights, tokenizer, card."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import torch
from transformers import GenerationConfig, MarianMTModel

from mtkit.models.card import CardCapabilities, CardCorpus, CardPoint, CardScore, ModelCard, write_card
from mtkit.models.lexicon import LEXICON_FILE
from mtkit.text.markup import TAGS
from mtkit.training.attention import align_by_attention
from mtkit.training.loop import TrainingRun
from mtkit.training.vocabulary import VOCABULARY_FILES


def export(run: TrainingRun, folder: Path) -> ModelCard:
    """Write the mean of the best weights as a float16 transformers folder with its card.

    The files are complete in a temporary folder before any of them replaces one in `folder`.
    """
    model = run.averaged_model()
    alignment = align_by_attention(model, run.vocabulary_folder, run.corpora)
    card = replace(_card(run, run.validate(model.float())), alignment=alignment)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        partial = Path(temporary)
        _save(model, partial)
        for name in VOCABULARY_FILES:
            shutil.copy(run.vocabulary_folder / name, partial / name)
        if run.lexicon.entries:
            shutil.copy(run.work / LEXICON_FILE, partial / LEXICON_FILE)
        write_card(card, partial)
        for file in sorted(partial.iterdir()):
            file.replace(folder / file.name)
    return card


def _save(model: MarianMTModel, folder: Path) -> None:
    pad, end = model.config.pad_token_id, model.config.eos_token_id
    model.generation_config = GenerationConfig(
        bad_words_ids=[[pad]],
        decoder_start_token_id=pad,
        pad_token_id=pad,
        eos_token_id=end,
        forced_eos_token_id=end,
        max_length=model.config.max_position_embeddings,
        num_beams=4,
    )
    model.to(torch.float16).save_pretrained(folder)


def _card(run: TrainingRun, bleu: dict[str, float]) -> ModelCard:
    recipe = run.recipe
    pairs = dict.fromkeys((corpus.src_lang, corpus.tgt_lang) for corpus in recipe.corpora)
    validation = {v.name: v for v in recipe.validation}
    return ModelCard(
        name=recipe.name,
        architecture="marian",
        pairs=tuple(pairs),
        description=recipe.description,
        license=recipe.licence,
        capabilities=CardCapabilities(
            annotations=recipe.augmentation.annotations > 0
            and any(corpus.terms for corpus in recipe.corpora),
            placeables=recipe.augmentation.placeables > 0,
            tags=tuple(
                tag
                for tag in TAGS
                if recipe.augmentation.no_tag < 1 and any(corpus.tag == tag for corpus in recipe.corpora)
            ),
        ),
        corpora=tuple(
            CardCorpus(name=corpus.name, license=corpus.licence, pairs=len(pairs))
            for corpus, pairs in run.corpora
        ),
        training={
            "target_tokens": run.tokens,
            "steps": run.step,
            "network": asdict(recipe.network),
            "schedule": asdict(recipe.schedule),
            "augmentation": asdict(recipe.augmentation),
            "weights": {corpus.name: corpus.weight for corpus in recipe.corpora},
            "packages": {name: version(name) for name in ("torch", "transformers", "sentencepiece")},
        },
        scores=tuple(
            CardScore(
                set=f"{name}, {validation[name].segments} segments, greedy",
                pair=f"{validation[name].src_lang}-{validation[name].tgt_lang}",
                metric="BLEU",
                value=round(value, 2),
                command="mtkit train RECIPE --work DIR --minutes 0 --export FOLDER",
            )
            for name, value in bleu.items()
        ),
        curve=tuple(CardPoint(tokens=tokens, bleu=bleu) for tokens, bleu in run.curve().items()),
        created=datetime.now(UTC).date().isoformat(),
    )
