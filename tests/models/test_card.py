from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtkit.errors import ModelLoadError
from mtkit.models.card import (
    CardCapabilities,
    CardCorpus,
    CardPoint,
    CardScore,
    ModelCard,
    parse_pair,
    read_card,
    render_markdown,
    write_card,
)

CARD = ModelCard(
    name="tiny",
    architecture="marian",
    pairs=(("vi", "ru"), ("en", "ru")),
    description="A model for tests.",
    license="CC-BY-4.0",
    capabilities=CardCapabilities(annotations=True, placeables=True, tags=("dom", "news")),
    corpora=(CardCorpus(name="made-up", license="CC0-1.0", pairs=6),),
    training={"steps": 100, "network": {"d_model": 32}},
    scores=(CardScore(set="dev|1", pair="vi-ru", metric="BLEU", value=12.345, signature="v:2", command="x"),),
    curve=(CardPoint(tokens=1_500_000, bleu={"dev": 3.25}),),
    created="2030-01-02",
)


def test_a_card_survives_writing_and_reading(tmp_path: Path) -> None:
    write_card(CARD, tmp_path)
    assert read_card(tmp_path) == CARD


def test_pairs_are_readable_in_the_file(tmp_path: Path) -> None:
    write_card(CARD, tmp_path)
    assert json.loads((tmp_path / "mtkit.json").read_text())["pairs"] == ["vi-ru", "en-ru"]


def test_markdown_tells_everything() -> None:
    page = render_markdown(CARD)
    for words in (
        "# tiny",
        "vi-ru, en-ru",
        "CC-BY-4.0",
        "| made-up | CC0-1.0 | 6 |",
        "12.35",
        "dev\\|1",
        "dom, news",
        "| 1.5 M | 3.25 |",
        "- BLEU v:2",
        "    x",
    ):
        assert words in page
    assert '{"d_model": 32}' in page


def test_markdown_leaves_empty_sections_out() -> None:
    page = render_markdown(ModelCard(name="bare", architecture="t5", pairs=(("en", "ru"),)))
    assert "## " not in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "cannot be read"),
        ("[]", "not a JSON object"),
        ('{"name": "a", "architecture": "t5", "pairs": ["enru"]}', "'enru' is not a language pair"),
        ('{"name": "a", "architecture": "t5", "pairs": [], "colour": 1}', "unknown key 'colour'"),
        ('{"name": "a", "architecture": "t5", "pairs": [], "scores": [{"sets": 1}]}', "unknown key 'sets'"),
        ('{"name": "a"}', "architecture"),
    ],
)
def test_a_broken_card_is_one_sentence(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "mtkit.json").write_text(text)
    with pytest.raises(ModelLoadError, match=r"mtkit\.json") as caught:
        read_card(tmp_path)
    assert words in caught.value.message


@pytest.mark.parametrize("text", ["", "en", "-ru", "en-", "en-ru-vi"])
def test_no_pair(text: str) -> None:
    with pytest.raises(ValueError, match="language pair"):
        parse_pair(text)
