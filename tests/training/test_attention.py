import pytest
import torch

from mtkit.models.card import CardAlignment
from mtkit.training.attention import align_by_attention, put_first
from mtkit.training.corpora import Pair
from mtkit.training.network import build
from mtkit.training.recipe import CorpusRecipe, NetworkRecipe
from mtkit.training.vocabulary import Vocabulary

SHAPE = NetworkRecipe(d_model=64, encoder_layers=1, decoder_layers=2, heads=2, feed_forward=32, positions=64)
CORPUS = CorpusRecipe(
    name="copied", path="", src_lang="en", tgt_lang="ru", weight=1.0, licence="", aligned=True
)
TEXT = "the old bridge is closed on Monday"
LINKS = tuple((i, i) for i in range(7))
IDS = {"input_ids": torch.tensor([[5, 6, 7, 0]]), "decoder_input_ids": torch.tensor([[9, 10, 11]])}


@pytest.fixture
def vocabulary_folder(tiny_model):
    return tiny_model("mtkit-marian")


@pytest.fixture
def model(vocabulary_folder):
    torch.manual_seed(0)
    return build(SHAPE, Vocabulary(vocabulary_folder).size).eval()


def look_for_the_same_token(model, layer: int, head: int) -> None:
    """Let a head compare the embedding that goes in with those of the source; nothing else is mixed in."""
    network = model.model
    with torch.no_grad():
        for part in (*network.encoder.layers, *network.decoder.layers):
            part.self_attn.out_proj.weight.zero_()
            part.fc2.weight.zero_()
        for part in network.decoder.layers:
            part.encoder_attn.out_proj.weight.zero_()
        for positions in (network.encoder.embed_positions, network.decoder.embed_positions):
            positions.weight.zero_()
        attention = network.decoder.layers[layer].encoder_attn
        rows = slice(head * attention.head_dim, (head + 1) * attention.head_dim)
        for linear in (attention.q_proj, attention.k_proj):
            linear.weight[rows] = 5 * torch.eye(64)[rows]


@pytest.mark.parametrize(("layer", "head"), [(0, 0), (0, 1), (1, 1)])
def test_the_head_that_agrees_with_the_links_is_found_and_put_first(model, vocabulary_folder, layer, head):
    look_for_the_same_token(model, layer, head)
    before = model(**IDS).logits
    found = align_by_attention(model, vocabulary_folder, [(CORPUS, [Pair(TEXT, TEXT, links=LINKS)])])
    assert found == CardAlignment(layer=layer, heads=1, late=True)
    assert torch.allclose(model(**IDS).logits, before, atol=1e-5)
    again = align_by_attention(model, vocabulary_folder, [(CORPUS, [Pair(TEXT, TEXT, links=LINKS)])])
    first = model.model.decoder.layers[layer].encoder_attn.q_proj.weight[: 64 // 2]
    assert again == found
    assert torch.equal(first, 5 * torch.eye(64)[slice(head * 32, head * 32 + 32)])


def test_heads_change_places_and_nothing_else_does(model):
    attention = model.model.decoder.layers[0].encoder_attn
    for linear in (attention.q_proj, attention.k_proj, attention.v_proj):
        torch.nn.init.normal_(linear.bias)
    before = model(**IDS).logits
    keys = attention.k_proj.weight.clone()
    put_first(attention, 1)
    assert torch.equal(attention.k_proj.weight, torch.cat([keys[32:], keys[:32]]))
    assert torch.allclose(model(**IDS).logits, before, atol=1e-5)


def test_without_aligned_corpora_it_is_the_mean_of_the_last_layer(model, vocabulary_folder):
    assert align_by_attention(model, vocabulary_folder, []) == CardAlignment()
