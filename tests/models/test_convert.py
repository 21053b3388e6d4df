from __future__ import annotations

import errno
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from mtkit.engines.base import EngineOptions, Request
from mtkit.engines.opening import open_engine
from mtkit.errors import ConfigError, ModelLoadError, StoreError
from mtkit.models import convert as convert_module
from mtkit.models.convert import convert, converted_folder
from mtkit.models.store import resolve
from tests.models.fixtures import TinyModel
from tests.models.tiny_models import BUILDERS, PAIRS, POSITIONS, as_pickle

REQUEST = Request(text=PAIRS[0][0], src_lang="en", tgt_lang="ru")


def translated(model: str) -> str:
    engine = open_engine("ctranslate2", EngineOptions(model=model, threads=1))
    ((best,),) = engine.translate([REQUEST])
    engine.close()
    return best.text


def test_conversion_happens_once(
    tiny_model: TinyModel, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = resolve(str(tiny_model("opus-marian")))
    folder = converted_folder(model)
    assert folder == own_cache / "models" / f"opus-marian-{model.hash[:12]}" / "ct2-int8"
    record = json.loads((folder / "conversion.json").read_text())
    assert record["source_hash"] == model.hash
    assert record["compute_type"] == "int8" and record["positions"] == POSITIONS
    monkeypatch.setattr(convert_module, "convert", None)
    assert converted_folder(model) == folder


@pytest.mark.parametrize("name", BUILDERS)
def test_a_converted_folder_is_a_model_in_itself(name: str, tiny_model: TinyModel, tmp_path: Path) -> None:
    model = resolve(str(tiny_model(name)))
    convert(model, tmp_path / "out", "int8")
    again = resolve(str(tmp_path / "out"))
    assert again.converted and again.card == model.card and again.positions == model.positions
    assert translated(str(tmp_path / "out")) == translated(str(tiny_model(name)))
    with pytest.raises(ModelLoadError, match="--engine ctranslate2"):
        open_engine("transformers", EngineOptions(model=str(tmp_path / "out")))


def test_half_precision_weights(tiny_model: TinyModel, tmp_path: Path) -> None:
    folder = tmp_path / "half"
    shutil.copytree(tiny_model("mtkit-marian"), folder)
    weights = load_file(folder / "model.safetensors")
    half = {name: weight.to(torch.float16) for name, weight in weights.items()}
    save_file(half, folder / "model.safetensors", metadata={"format": "pt"})
    assert translated(str(folder)) == translated(str(tiny_model("mtkit-marian")))


def test_a_local_pickle_of_tensors(tiny_model: TinyModel, tmp_path: Path) -> None:
    folder = tmp_path / "pickled"
    shutil.copytree(tiny_model("opus-marian"), folder)
    as_pickle(folder)
    assert translated(str(folder)) == translated(str(tiny_model("opus-marian")))


def test_nothing_is_left_of_a_failed_conversion(
    tiny_model: TinyModel, own_cache: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(tiny_model("opus-marian"), folder)
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[: len(weights) // 2])
    with pytest.raises(ModelLoadError, match="cannot be loaded"):
        converted_folder(resolve(str(folder)))
    assert [path for path in (own_cache / "models").rglob("*") if path.is_file() or "ct2" in path.name] == []


def test_a_vocabulary_of_the_wrong_size(tiny_model: TinyModel, own_cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model("opus-marian"), folder)
    vocabulary = json.loads((folder / "vocab.json").read_text())
    vocabulary["extra"] = len(vocabulary)
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    with pytest.raises(ModelLoadError, match="its vocabulary has"):
        converted_folder(resolve(str(folder)))


def test_a_full_disk(tiny_model: TinyModel, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(convert_module, "_convert_weights", full)
    with pytest.raises(StoreError, match="No space left"):
        converted_folder(resolve(str(tiny_model("opus-marian"))))
    assert not list((own_cache / "models").glob("*/*"))


def test_another_folder_is_not_overwritten(tiny_model: TinyModel, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("keep me")
    with pytest.raises(ConfigError, match="no converted model"):
        convert(resolve(str(tiny_model("opus-marian"))), tmp_path)
    assert (tmp_path / "letters.txt").read_text() == "keep me"


def test_a_converted_folder_is_replaced_by_another_model(tiny_model: TinyModel, tmp_path: Path) -> None:
    convert(resolve(str(tiny_model("opus-marian"))), tmp_path / "out")
    convert(resolve(str(tiny_model("t5"))), tmp_path / "out")
    assert resolve(str(tmp_path / "out")).card.architecture == "t5"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_unknown_compute_type(tiny_model: TinyModel, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="int4"):
        convert(resolve(str(tiny_model("opus-marian"))), tmp_path / "out", "int4")


def test_two_at_once_do_not_harm_each_other(
    tiny_model: TinyModel, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = Barrier(2, timeout=60)
    convert_weights = convert_module._convert_weights

    def convert_together(*arguments: Any) -> None:
        together.wait()
        convert_weights(*arguments)
        together.wait()

    monkeypatch.setattr(convert_module, "_convert_weights", convert_together)
    models = [resolve(str(tiny_model("opus-marian"))) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(converted_folder, models)
    assert first == second and resolve(str(first)).converted
    assert [path.name for path in first.parent.iterdir()] == ["ct2-int8"]
