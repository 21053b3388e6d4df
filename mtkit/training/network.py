"""The Marian network, its loss, and an optimiser that keeps float32 masters of bfloat16 weights."""

from __future__ import annotations

import random
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn
from transformers import MarianConfig, MarianMTModel

from mtkit.training.examples import Batch
from mtkit.training.muon import StackedMuon
from mtkit.training.recipe import NetworkRecipe, ScheduleRecipe

LOSS_ROWS = 512
"""Rows of logits held at a time: vocabulary-wide matrices stay in the processor's cache."""

DROPOUT_POOL = 1 << 23
"""Random scale factors drawn once; a dropout takes a stretch of them (drawing afresh costs 8% of a step)."""

DROPPED_OUT = ("out_proj", "fc2", "embed_tokens")
"""The modules whose output is dropped out: attention, feed-forward, embeddings."""


def build(recipe: NetworkRecipe, vocabulary_size: int) -> MarianMTModel:
    """A Marian model with one embedding for encoder, decoder and output; the padding id is the last."""
    pad = vocabulary_size - 1
    config = MarianConfig(
        vocab_size=vocabulary_size,
        d_model=recipe.d_model,
        encoder_layers=recipe.encoder_layers,
        decoder_layers=recipe.decoder_layers,
        encoder_attention_heads=recipe.heads,
        decoder_attention_heads=recipe.heads,
        encoder_ffn_dim=recipe.feed_forward,
        decoder_ffn_dim=recipe.feed_forward,
        dropout=0.0,
        attention_dropout=0.0,
        activation_dropout=0.0,
        activation_function="relu",
        max_position_embeddings=recipe.positions,
        scale_embedding=True,
        tie_word_embeddings=True,
        share_encoder_decoder_embeddings=True,
        eos_token_id=0,
        forced_eos_token_id=0,
        pad_token_id=pad,
        decoder_start_token_id=pad,
    )
    model = MarianMTModel(config)
    model.set_attn_implementation("eager")
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() == 2 and "embed" not in name and "shared" not in name:
                torch.nn.init.xavier_uniform_(parameter)
        torch.nn.init.normal_(model.model.shared.weight, std=recipe.d_model**-0.5)
    clear_padding(model)
    if recipe.dropout:
        _install_dropout(model, recipe.dropout)
    return model


def _install_dropout(model: MarianMTModel, rate: float) -> None:
    factors = (torch.rand(DROPOUT_POOL) >= rate).to(torch.bfloat16) / (1 - rate)
    starts = random.Random(0)

    def drop(module: nn.Module, _: Any, output: torch.Tensor) -> torch.Tensor:
        nonlocal factors
        if not module.training:
            return output
        factors = factors.to(output.device)
        start = starts.randrange(DROPOUT_POOL - output.numel() + 1)
        return output * factors[start : start + output.numel()].view_as(output)

    for name, module in model.named_modules():
        if name.rsplit(".", 1)[-1] in DROPPED_OUT:
            module.register_forward_hook(drop)


def clear_padding(model: MarianMTModel) -> None:
    """Zero the padding embedding: CTranslate2 starts decoding from zero, transformers from this row."""
    with torch.no_grad():
        model.model.shared.weight[-1].zero_()


def padded(rows: list[list[int]], pad: int, device: torch.device) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [pad] * (width - len(row)) for row in rows], device=device)


def batch_loss(model: MarianMTModel, batch: Batch, label_smoothing: float) -> torch.Tensor:
    """Mean smoothed cross-entropy (nats a target token) of a batch."""
    pad = model.config.pad_token_id
    device = model.model.shared.weight.device
    source, target = padded(batch.sources, pad, device), padded(batch.targets, pad, device)
    shifted = F.pad(target[:, :-1], (1, 0), value=pad)
    states = model.model(
        input_ids=source, attention_mask=source != pad, decoder_input_ids=shifted, use_cache=False
    ).last_hidden_state
    real = target != pad
    loss: torch.Tensor = _SmoothedCrossEntropy.apply(
        states[real], model.model.shared.weight, target[real], label_smoothing
    )
    return loss


class _SmoothedCrossEntropy(torch.autograd.Function):
    """Output projection and loss in one, gradients computed with the forward pass, a few rows at a time.

    The last vocabulary row (padding) takes no part.
    """

    @staticmethod
    def forward(
        ctx: Any, states: torch.Tensor, weight: torch.Tensor, gold: torch.Tensor, smoothing: float
    ) -> torch.Tensor:
        rows, words = states.shape[0], weight.shape[0] - 1
        output = weight[:words]
        states_grad, weight_grad = torch.empty_like(states), torch.zeros_like(weight)
        total = torch.zeros((), device=states.device)
        for start in range(0, rows, LOSS_ROWS):
            part, index = states[start : start + LOSS_ROWS], gold[start : start + LOSS_ROWS, None]
            log_p = torch.log_softmax(part @ output.t(), -1, dtype=torch.float32)
            total -= (1 - smoothing) * log_p.gather(1, index).sum() + smoothing * log_p.mean(1).sum()
            grad = log_p.exp_().sub_(smoothing / words)
            grad.scatter_add_(1, index, torch.full_like(index, -(1 - smoothing), dtype=torch.float32))
            grad = grad.div_(rows).to(states.dtype)
            states_grad[start : start + LOSS_ROWS] = grad @ output
            weight_grad[:words].addmm_(grad.t(), part)
        ctx.save_for_backward(states_grad, weight_grad)
        return total / rows

    @staticmethod
    def backward(ctx: Any, upstream: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        states_grad, weight_grad = ctx.saved_tensors
        return (
            states_grad * upstream.to(states_grad.dtype),
            weight_grad * upstream.to(weight_grad.dtype),
            None,
            None,
        )


class MasterOptimizer:
    """Muon for hidden matrices, AdamW for embeddings, norms and biases, on float32 copies of the weights."""

    def __init__(self, model: MarianMTModel, schedule: ScheduleRecipe) -> None:
        self._model = model
        self._schedule = schedule
        self.masters = {
            name: parameter.detach().float().clone()
            for name, parameter in model.named_parameters()
            if parameter.requires_grad
        }
        hidden = [m for name, m in self.masters.items() if m.dim() == 2 and "shared" not in name]
        rest = [m for name, m in self.masters.items() if m.dim() != 2 or "shared" in name]
        self._optimizers: tuple[torch.optim.Optimizer, ...] = (
            StackedMuon(hidden, lr=schedule.learning_rate, weight_decay=schedule.weight_decay),
            torch.optim.AdamW(rest, lr=schedule.learning_rate, betas=(0.9, 0.98), weight_decay=0.0),
        )

    def step(self, number: int) -> None:
        """Apply the gradients of step `number` (from 1) to the masters and copy them into the model."""
        rate = self._schedule.learning_rate * rate_factor(number, self._schedule)
        for name, parameter in self._model.named_parameters():
            if parameter.grad is not None:
                self.masters[name].grad = parameter.grad.float()
                parameter.grad = None
        torch.nn.utils.clip_grad_norm_(list(self.masters.values()), 1.0)
        for optimizer in self._optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.step()
        self.copy_to_model()

    def copy_to_model(self) -> None:
        with torch.no_grad():
            for name, parameter in self._model.named_parameters():
                if name in self.masters:
                    parameter.copy_(self.masters[name])
        clear_padding(self._model)

    def state(self) -> dict[str, Any]:
        return {"masters": self.masters, "optimizers": [o.state_dict() for o in self._optimizers]}

    def load_state(self, state: dict[str, Any]) -> None:
        with torch.no_grad():
            for name, master in self.masters.items():
                master.copy_(state["masters"][name])
        for optimizer, saved in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self.copy_to_model()


def rate_factor(step: int, schedule: ScheduleRecipe) -> float:
    """Warm-up, plateau, linear decay to a twentieth; in 0..1."""
    rising = min(1.0, step / schedule.warmup)
    falling = min(1.0, max(0.05, (schedule.steps - step) / schedule.decay))
    return min(rising, falling)
