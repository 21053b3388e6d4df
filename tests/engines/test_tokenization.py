"""Our tokenization against the tokenizers of transformers."""

from __future__ import annotations

from typing import Any

import pytest

from mtkit.engines.tokenization import Tokenization, open_tokenization
from mtkit.errors import ModelLoadError
from mtkit.models.store import InstalledModel, resolve
from mtkit.models.vocabulary import read_vocabulary
from mtkit.text.markup import TERM_CLOSE, TERM_OPEN
from tests.models.fixtures import TinyModel
from tests.models.tiny_models import BUILDERS, SENTENCES

TEXTS = (*SENTENCES[:4], "the  old\tbridge ", "Ω 42 ﬁne", "x", "мост")


@pytest.fixture(params=BUILDERS)
def model(request: pytest.FixtureRequest, tiny_model: TinyModel) -> InstalledModel:
    return resolve(str(tiny_model(request.param)))


@pytest.fixture
def tokenization(model: InstalledModel) -> Tokenization:
    return open_tokenization(model.path, model.card)


@pytest.fixture
def oracle(model: InstalledModel) -> Any:
    from transformers import AutoTokenizer

    names = {"m2m100": ("en", "ru"), "nllb": ("eng_Latn", "rus_Cyrl")}.get(model.card.architecture)
    languages = dict(zip(("src_lang", "tgt_lang"), names, strict=True)) if names else {}
    return AutoTokenizer.from_pretrained(model.path, **languages)


def marked(model: InstalledModel, text: str) -> str:
    token = model.card.language_tokens.get("ru", "")
    return f"{token} {text}" if token.startswith((">>", "<2")) else text


def known(model: InstalledModel, tokens: list[str]) -> list[str]:
    vocabulary = set(read_vocabulary(model.path, model.card.architecture).tokens)
    return [token if token in vocabulary else "<unk>" for token in tokens]


@pytest.mark.parametrize("text", TEXTS)
def test_sources_equal_those_of_transformers(
    text: str, model: InstalledModel, tokenization: Tokenization, oracle: Any
) -> None:
    expected = oracle.convert_ids_to_tokens(oracle(marked(model, text))["input_ids"])
    assert known(model, tokenization.source(text, "en", "ru").tokens) == expected


@pytest.mark.parametrize("text", SENTENCES[4:])
def test_targets_equal_those_of_transformers(
    text: str, model: InstalledModel, tokenization: Tokenization, oracle: Any
) -> None:
    expected = oracle.convert_ids_to_tokens(oracle(text_target=text)["input_ids"])
    assert [*tokenization.start("ru"), *tokenization.target(text).tokens, "</s>"] == expected


@pytest.mark.parametrize("text", SENTENCES[4:])
def test_decoding_gives_the_text_back(text: str, tokenization: Tokenization) -> None:
    tokens = tokenization.target(text).tokens
    assert tokenization.decode(tokens) == text
    assert tokenization.decode([*tokens, "<unk>", "</s>", "<pad>"]).strip() == text
    assert tokenization.decode([]) == ""


@pytest.mark.parametrize("text", TEXTS)
def test_source_spans_lie_in_the_text_in_order(text: str, tokenization: Tokenization) -> None:
    encoded = tokenization.source(text, "en", "ru")
    assert len(encoded.spans) == len(encoded.tokens)
    spans = [span for span in encoded.spans if span]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    assert {c for span in spans for c in span.of(text) if not c.isspace()} == set("".join(text.split()))


@pytest.mark.parametrize("text", SENTENCES[4:])
def test_target_spans_cover_the_decoded_text(text: str, tokenization: Tokenization) -> None:
    tokens = [*tokenization.target(text).tokens, "</s>"]
    spans = tokenization.spans(tokens)
    assert len(spans) == len(tokens) and not (spans[-1] and spans[-1].of(text))
    assert "".join(span.of(text) for span in spans if span) == text


def test_control_tokens_in_a_text_are_text(model: InstalledModel, tokenization: Tokenization) -> None:
    if model.card.architecture == "t5":
        pytest.skip("tokenizer.json must read its tags out of the text")
    tokens = tokenization.source("the </s> bridge", "en", "ru").tokens
    assert tokens.count("</s>") == 1


def test_markup_symbols_and_bytes(tiny_model: TinyModel) -> None:
    model = resolve(str(tiny_model("mtkit-marian")))
    tokenization = open_tokenization(model.path, model.card)
    text = f"The road {TERM_OPEN} дорога {TERM_CLOSE} Ω"
    tokens = tokenization.source(text, "en", "ru").tokens
    assert TERM_OPEN in tokens and TERM_CLOSE in tokens
    assert tokens[-3:] == ["<0xCE>", "<0xA9>", "</s>"]
    assert tokenization.decode(tokens) == text


def test_damaged_tokenizers_are_told(tiny_model: TinyModel, tmp_path: Any) -> None:
    import shutil

    for name, file in (("opus-marian", "target.spm"), ("nllb", "tokenizer.json")):
        folder = tmp_path / name
        shutil.copytree(tiny_model(name), folder)
        (folder / file).write_bytes(b"damaged")
        with pytest.raises(ModelLoadError, match="tokenizer cannot be loaded"):
            open_tokenization(folder, resolve(str(folder)).card)
