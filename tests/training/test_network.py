import copy

import pytest
import torch

from mtkit.training.examples import Batch
from mtkit.training.muon import StackedMuon, orthogonalize
from mtkit.training.network import MasterOptimizer, batch_loss, build, rate_factor
from mtkit.training.recipe import NetworkRecipe, ScheduleRecipe

TINY = NetworkRecipe(d_model=16, encoder_layers=1, decoder_layers=1, heads=2, feed_forward=32, positions=64)
BATCH = Batch([[5, 6, 7, 0], [8, 9, 0]], [[10, 11, 0], [12, 0]])


@pytest.fixture
def model():
    torch.manual_seed(0)
    return build(TINY, 40)


def _plain_loss(model, smoothing):
    pad = model.config.pad_token_id
    target = torch.tensor([[10, 11, 0], [12, 0, pad]])
    source = torch.tensor([[5, 6, 7, 0], [8, 9, 0, pad]])
    shifted = torch.tensor([[pad, 10, 11], [pad, 12, 0]])
    states = model.model(
        input_ids=source, attention_mask=source != pad, decoder_input_ids=shifted
    ).last_hidden_state
    logits = states @ model.model.shared.weight[:-1].t()
    return torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), target.flatten(), ignore_index=pad, label_smoothing=smoothing
    )


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_fused_loss_and_gradients_equal_the_plain_ones(model, smoothing):
    plain = _plain_loss(model, smoothing)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    expected = torch.autograd.grad(plain, trained)
    fused = batch_loss(model, BATCH, smoothing)
    actual = torch.autograd.grad(fused, trained)
    assert torch.allclose(fused, plain, atol=1e-5)
    for want, have in zip(expected, actual, strict=True):
        assert torch.allclose(have, want, atol=1e-5)


def test_a_few_steps_learn_the_batch_and_keep_padding_zero(model):
    optimizer = MasterOptimizer(model, ScheduleRecipe(warmup=1, steps=1000, decay=10, learning_rate=1e-2))
    losses = []
    for step in range(1, 31):
        loss = batch_loss(model, BATCH, 0.0)
        loss.backward()
        optimizer.step(step)
        losses.append(loss.item())
    assert losses[-1] < 0.3 * losses[0]
    assert not model.model.shared.weight[-1].any()


def test_optimizer_state_comes_back(model):
    schedule = ScheduleRecipe(warmup=1, steps=100, decay=10)
    first = MasterOptimizer(model, schedule)
    batch_loss(model, BATCH, 0.0).backward()
    first.step(1)
    other = build(TINY, 40)
    second = MasterOptimizer(other, schedule)
    second.load_state(copy.deepcopy(first.state()))
    for optimizer, network in ((first, model), (second, other)):
        batch_loss(network, BATCH, 0.0).backward()
        optimizer.step(2)
    for name, master in first.masters.items():
        assert torch.equal(master, second.masters[name])


@pytest.mark.parametrize("shape", [(3, 8, 8), (2, 8, 32), (2, 32, 8)])
def test_orthogonalize_brings_singular_values_near_one(shape):
    torch.manual_seed(1)
    left, _, right = torch.linalg.svd(torch.randn(*shape), full_matrices=False)
    matrices = left * torch.linspace(0.3, 3, left.shape[-1]) @ right
    values = torch.linalg.svdvals(orthogonalize(matrices))
    assert values.min() > 0.4
    assert values.max() < 1.6


def test_stacked_muon_treats_each_matrix_alone():
    torch.manual_seed(2)
    start, gradients = torch.randn(2, 6, 4), torch.randn(2, 6, 4)

    def moved(indices):
        parameters = [start[i].clone() for i in indices]
        for parameter, i in zip(parameters, indices, strict=True):
            parameter.grad = gradients[i]
        StackedMuon(parameters, lr=0.1).step()
        return parameters

    together, (first,), (second,) = moved([0, 1]), moved([0]), moved([1])
    assert torch.allclose(together[0], first, atol=1e-6)
    assert torch.allclose(together[1], second, atol=1e-6)


def test_rate_rises_stays_and_falls():
    schedule = ScheduleRecipe(steps=1000, warmup=100, decay=200)
    assert rate_factor(50, schedule) == pytest.approx(0.5)
    assert rate_factor(500, schedule) == 1.0
    assert rate_factor(900, schedule) == pytest.approx(0.5)
    assert rate_factor(1000, schedule) == pytest.approx(0.05)
