"""The attention of a trained model that says which source token a target token renders.

In a decoder of few layers it is a head of an early layer, read one step late, where the token goes in (Chen
et al., Accurate Word Alignment Induction from Neural Machine Translation, EMNLP 2020), and not the mean over
the last layer where the token is chosen. Which one is measured against statistical word links.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import MarianMTModel

from mtkit.engines.tokenization import SentencePieces, Tokens
from mtkit.models.card import CardAlignment
from mtkit.text.markup import TAGS
from mtkit.text.words import word_spans
from mtkit.training.corpora import Pair
from mtkit.training.recipe import CorpusRecipe
from mtkit.training.vocabulary import Vocabulary

SAMPLE = 100
"""Pairs of each aligned corpus that are looked at."""

LONGEST = 100
"""Tokens of a side that is looked at, at most."""

_Choice = tuple[int, int | None, bool]
"""Layer, head (None: the mean of all), whether it is read where the token goes in."""


def align_by_attention(
    model: MarianMTModel, vocabulary: Path, corpora: Iterable[tuple[CorpusRecipe, Sequence[Pair]]]
) -> CardAlignment:
    """Find the attention that agrees best with the links of the aligned corpora.

    Where it is one head, the heads of its layer change places so that it is the first; the model computes
    what it did. `vocabulary` is the folder of its SentencePiece model. The default where no corpus is
    aligned.
    """
    numbers, pieces = Vocabulary(vocabulary), SentencePieces(vocabulary / "source.spm")
    agreeing: Counter[_Choice] = Counter()
    rng = random.Random(0)
    for corpus, pairs in corpora:
        if corpus.aligned:
            for pair in rng.sample(pairs, min(SAMPLE, len(pairs))):
                agreeing.update(_agreeing(model, numbers, pieces, f"{TAGS[corpus.tag]} ", pair))
    if not agreeing:
        return CardAlignment()
    (layer, head, late), _ = agreeing.most_common(1)[0]
    if head is None:
        return CardAlignment(layer=layer, late=late)
    put_first(model.model.decoder.layers[layer].encoder_attn, head)
    return CardAlignment(layer=layer, heads=1, late=late)


@torch.inference_mode()
def _agreeing(
    model: MarianMTModel, vocabulary: Vocabulary, pieces: SentencePieces, before: str, pair: Pair
) -> Iterator[_Choice]:
    """Each choice once for every target token whose most attended source token is in a linked word."""
    source, target = vocabulary.encode([before + pair.source, pair.target])
    if max(len(source), len(target)) > LONGEST:
        return
    attentions = model(
        input_ids=torch.tensor([[*source, vocabulary.end]]),
        decoder_input_ids=torch.tensor([[vocabulary.pad, *target]]),
        output_attentions=True,
    ).cross_attentions
    linked = defaultdict(set)
    for src, tgt in pair.links:
        linked[tgt].add(src)
    columns = _words(pieces.encode(before + pair.source), pair.source, len(before))
    rows = _words(pieces.encode(pair.target), pair.target, 0)
    text = list(columns)
    for layer, heads in enumerate(attentions):
        choices: list[tuple[int | None, Any]] = [*enumerate(heads[0]), (None, heads[0].mean(0))]
        for head, attention in choices:
            most = attention[:, text].argmax(-1).tolist()
            for row, word in rows.items():
                for late in (False, True):
                    if word in linked and columns[text[most[row + late]]] in linked[word]:
                        yield layer, head, late


def _words(tokens: Tokens, text: str, offset: int) -> dict[int, int]:
    """The word of each token that is in one; the text begins at `offset` of what was tokenised."""
    words = [span.shifted(offset) for span in word_spans(text)]
    return {
        index: number
        for index, span in enumerate(tokens.spans)
        for number, word in enumerate(words)
        if span and word.overlaps(span)
    }


def put_first(attention: Any, head: int) -> None:
    """Let a head of an attention module and its first change places."""
    order = list(range(attention.num_heads))
    order[0], order[head] = order[head], order[0]
    with torch.no_grad():
        for linear in (attention.q_proj, attention.k_proj, attention.v_proj):
            for parameter in (linear.weight, linear.bias):
                by_head = parameter.view(attention.num_heads, attention.head_dim, *parameter.shape[1:])
                parameter.copy_(by_head[order].reshape(parameter.shape))
        weight = attention.out_proj.weight
        by_head = weight.view(len(weight), attention.num_heads, attention.head_dim)
        weight.copy_(by_head[:, order].reshape(weight.shape))
