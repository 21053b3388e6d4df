from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from mtkit.errors import ConfigError, ModelLoadError, UnknownNameError
from mtkit.models import bundled, store
from mtkit.models.card import ModelCard, write_card
from mtkit.models.known import ALL_PAIRS, KNOWN_MODELS
from mtkit.models.layout import content_hash, file_hash
from mtkit.models.store import fetched_root, list_models, resolve
from tests.models.fixtures import TinyModel
from tests.models.tiny_models import BUILDERS, POSITIONS

EXPECTED = {
    "mtkit-marian": ("marian", (("en", "ru"),), {}),
    "opus-marian": ("marian", (("en", "ru"),), {}),
    "opus-marian-zle": ("marian", (("en", "ru"),), {"ru": ">>rus<<"}),
    "m2m100": ("m2m100", ALL_PAIRS, {"en": "__en__", "ru": "__ru__", "vi": "__vi__"}),
    "nllb": ("nllb", ALL_PAIRS, {"en": "eng_Latn", "ru": "rus_Cyrl", "vi": "vie_Latn"}),
    "t5": ("t5", ALL_PAIRS, {"en": "<2en>", "ru": "<2ru>", "vi": "<2vi>"}),
}


def copy_as_fetched(folder: Path, repository: str) -> Path:
    target = fetched_root() / repository.replace("/", "--")
    shutil.copytree(folder, target)
    (target / "fetched.json").write_text(json.dumps({"repository": repository, "revision": "0" * 40}))
    return target


@pytest.mark.parametrize("name", BUILDERS)
def test_a_folder_without_a_card_is_described_by_its_files(name: str, tiny_model: TinyModel) -> None:
    model = resolve(str(tiny_model(name)))
    architecture, pairs, tokens = EXPECTED[name]
    assert model.card.architecture == architecture
    assert model.card.pairs == pairs
    assert model.card.language_tokens == tokens
    assert model.positions == (512 if name == "t5" else POSITIONS)


def test_a_card_beats_the_files(tiny_model: TinyModel, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model("mtkit-marian"), folder)
    card = ModelCard(name="mine", architecture="marian", pairs=(("vi", "ru"), ("en", "ru")))
    write_card(card, folder)
    assert resolve(str(folder)).card == card


def test_pairs_told_by_the_caller(tiny_model: TinyModel, tmp_path: Path) -> None:
    folder = tmp_path / "nameless"
    shutil.copytree(tiny_model("opus-marian"), folder)
    (folder / "tokenizer_config.json").unlink()
    with pytest.raises(ModelLoadError, match="language pairs"):
        resolve(str(folder))
    assert resolve(str(folder), (("vi", "ru"),)).card.pairs == (("vi", "ru"),)


def test_an_offline_copy_of_a_known_model_has_its_card(tiny_model: TinyModel, tmp_path: Path) -> None:
    folder = tmp_path / "opus-mt-vi-ru"
    shutil.copytree(tiny_model("opus-marian"), folder)
    card = resolve(str(folder)).card
    assert card.pairs == (("vi", "ru"),) and card.license == "Apache-2.0"


@pytest.mark.parametrize("name", BUILDERS)
def test_every_missing_file_is_named(name: str, tiny_model: TinyModel, tmp_path: Path) -> None:
    needed = {"config.json", "model.safetensors", "tokenizer.json", "vocab.json"}
    needed |= {"source.spm", "target.spm", "sentencepiece.bpe.model"}
    for path in sorted(tiny_model(name).iterdir()):
        if path.name in needed and not (name == "m2m100" and path.name == "vocab.json"):
            folder = tmp_path / f"without-{path.name}"
            shutil.copytree(tiny_model(name), folder)
            (folder / path.name).unlink()
            with pytest.raises(ModelLoadError, match=f"missing {path.name}"):
                resolve(str(folder))


def test_missing_shards_are_named(tiny_model: TinyModel, tmp_path: Path) -> None:
    folder = tmp_path / "sharded"
    shutil.copytree(tiny_model("opus-marian"), folder)
    (folder / "model.safetensors").unlink()
    index = {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    (folder / "model-1.safetensors").write_bytes(b"")
    with pytest.raises(ModelLoadError, match=r"missing model-2\.safetensors"):
        resolve(str(folder))


def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelLoadError, match=r"missing config\.json, model\.safetensors"):
        resolve(str(tmp_path))


def test_a_damaged_config(tiny_model: TinyModel, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model("opus-marian"), folder)
    (folder / "config.json").write_text("{")
    with pytest.raises(ModelLoadError, match=r"config\.json"):
        resolve(str(folder))


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelLoadError, match="no such model folder"):
        resolve(str(tmp_path / "missing"))


def test_unknown_name_lists_names_and_how_to_fetch(own_cache: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        resolve("opus-mt-en-rus")
    assert "opus-mt-en-ru" in caught.value.hint
    assert "mtkit models fetch" in caught.value.hint


@pytest.mark.parametrize("card", KNOWN_MODELS, ids=lambda card: card.name)
def test_a_known_model_that_is_not_here_says_how_to_get_it(card: ModelCard, own_cache: Path) -> None:
    with pytest.raises(ModelLoadError, match=f"mtkit models fetch {card.source}"):
        resolve(card.name)


def test_fetched_models_by_name_and_by_id(tiny_model: TinyModel, own_cache: Path) -> None:
    folder = copy_as_fetched(tiny_model("opus-marian"), "one/tiny-en-ru")
    assert resolve("tiny-en-ru").path == resolve("one/tiny-en-ru").path == folder
    copy_as_fetched(tiny_model("opus-marian"), "two/tiny-en-ru")
    assert resolve("one/tiny-en-ru").path == folder
    with pytest.raises(ConfigError, match="one/tiny-en-ru, two/tiny-en-ru"):
        resolve("tiny-en-ru")


def test_list_models(
    tiny_model: TinyModel, own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUNDLED_FOLDER", tmp_path / "absent")
    assert list_models() == []
    copy_as_fetched(tiny_model("opus-marian"), "one/tiny-en-ru")
    monkeypatch.setattr(store, "BUNDLED_FOLDER", tiny_model("mtkit-marian"))
    assert [model.name for model in list_models()] == ["bundled", "tiny-en-ru"]


def test_an_absent_bundled_model_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "BUNDLED_FOLDER", tmp_path / "absent")
    with pytest.raises(ModelLoadError, match="no bundled model"):
        resolve("bundled")


def test_the_hash_is_of_the_content(tiny_model: TinyModel, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(tiny_model("opus-marian"), folder)
    before = content_hash(folder)
    assert before == content_hash(tiny_model("opus-marian"))
    (folder / "README.md").write_text("not part of the model")
    assert content_hash(folder) == before
    (folder / "vocab.json").write_text("{}")
    assert content_hash(folder) != before


def test_file_hash_is_remembered_until_the_file_changes(tmp_path: Path, own_cache: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"one")
    first = file_hash(path)
    status = path.stat()
    path.write_bytes(b"two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file_hash(path) == first
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert file_hash(path) != first


def test_a_damaged_hash_memory_is_ignored(tmp_path: Path, own_cache: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"one")
    first = file_hash(path)
    for memo in (own_cache / "hashes").iterdir():
        memo.write_text("{")
    assert file_hash(path) == first
