from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from mtkit.engines.base import DecodingOptions, EngineOptions, Request
from mtkit.engines.opening import open_engine
from mtkit.errors import ModelDownloadError, ModelLoadError, MtkitError, StoreError
from mtkit.models import hub as hub_module
from mtkit.models.hub import fetch
from mtkit.models.store import fetch_record, resolve
from tests.models.fixtures import TinyModel
from tests.models.hub_server import Hub, commit_of, running_hub
from tests.models.tiny_models import PAIRS, as_pickle

REPOSITORIES = {
    "mtkit-marian": "tester/tiny-marian-en-ru",
    "opus-marian": "Helsinki-NLP/opus-mt-en-ru",
    "opus-marian-zle": "Helsinki-NLP/opus-mt-tc-big-en-zle",
    "m2m100": "facebook/m2m100_418M",
    "nllb": "facebook/nllb-200-distilled-600M",
    "t5": "google/madlad400-3b-mt",
}
PICKLED = ("opus-marian", "opus-marian-zle", "m2m100", "nllb")


@pytest.fixture
def hub(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with running_hub() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield server


def serve(hub: Hub, repository: str, folder: Path, copy: Path) -> Path:
    """Serve a copy of a model folder, with files beside it that must not be fetched."""
    shutil.copytree(folder, copy)
    (copy / "modeling.py").write_text("raise SystemExit('ran remote code')")
    (copy / "tf_model.h5").write_bytes(b"not wanted")
    hub.repositories[repository] = copy
    return copy


@pytest.mark.parametrize("name", REPOSITORIES)
def test_fetch_convert_translate(name: str, hub: Hub, tiny_model: TinyModel, tmp_path: Path) -> None:
    repository = REPOSITORIES[name]
    served = serve(hub, repository, tiny_model(name), tmp_path / "served")
    if name in PICKLED:
        as_pickle(served)
    model = fetch(repository)
    assert resolve(model.name).path == resolve(repository).path == model.path
    assert not hub.downloaded() & {"modeling.py", "tf_model.h5"}
    assert (model.path / "model.safetensors").is_file()
    assert not list(model.path.glob("*.bin"))
    assert fetch_record(model)["revision"] == commit_of(served)

    requests = [Request(text=PAIRS[0][0], src_lang="en", tgt_lang="ru")]
    requests.append(Request(text=PAIRS[1][0], src_lang="en", tgt_lang="ru"))
    found = []
    for engine_name in ("ctranslate2", "transformers"):
        engine = open_engine(engine_name, EngineOptions(model=model.name, threads=1, compute_type="float32"))
        found.append([hypotheses[0] for hypotheses in engine.translate(requests, DecodingOptions(beam=2))])
        engine.close()
    for ours, reference in zip(*found, strict=True):
        assert ours.text == reference.text
        assert ours.score == pytest.approx(reference.score, abs=1e-3)


def test_second_fetch_downloads_nothing(hub: Hub, tiny_model: TinyModel, tmp_path: Path) -> None:
    serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    first = fetch("tester/tiny-en-ru")
    hub.requests.clear()
    assert fetch("tester/tiny-en-ru").hash == first.hash
    assert not hub.downloaded()


def test_a_new_revision_replaces_the_old_one(hub: Hub, tiny_model: TinyModel, tmp_path: Path) -> None:
    served = serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    first_hash = fetch("tester/tiny-en-ru").hash
    config = json.loads((served / "config.json").read_text())
    (served / "config.json").write_text(json.dumps({**config, "note": "second revision"}))
    second = fetch("tester/tiny-en-ru")
    assert fetch_record(second)["revision"] == commit_of(served)
    assert second.hash != first_hash
    assert "second revision" in (second.path / "config.json").read_text()
    assert [path.name for path in second.path.parent.iterdir() if path.is_dir()] == [second.path.name]


def test_a_connection_that_breaks_is_taken_up_where_it_broke(
    hub: Hub, tiny_model: TinyModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda seconds: None)
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 10_000)
    served = serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    hub.break_off["model.safetensors"] = 50_000
    model = fetch("tester/tiny-en-ru")
    assert max(hub.resumed_at) >= 50_000
    weights = "model.safetensors"
    assert (model.path / weights).read_bytes() == (served / weights).read_bytes()


def test_an_interrupted_fetch_keeps_its_files(
    hub: Hub, tiny_model: TinyModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    hub.break_off["model.safetensors"] = 1000
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("huggingface_hub.file_download.time.sleep", interrupt)
        fetch("tester/tiny-en-ru")
    assert "model.safetensors" in hub.downloaded()
    hub.break_off.clear()
    hub.requests.clear()
    assert fetch("tester/tiny-en-ru").card.pairs == (("en", "ru"),)
    assert hub.downloaded() == {"model.safetensors"}


def test_a_hub_that_keeps_breaking_off(
    hub: Hub, tiny_model: TinyModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda seconds: None)
    serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    hub.break_off["source.spm"] = 0
    with pytest.raises(ModelDownloadError, match="cannot be reached"):
        fetch("tester/tiny-en-ru")


def test_sharded_pickles(hub: Hub, tiny_model: TinyModel, tmp_path: Path) -> None:
    served = serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    weights = torch.load(as_pickle(served) / "pytorch_model.bin", weights_only=True)
    (served / "pytorch_model.bin").unlink()
    names = sorted(weights)
    shards = {"pytorch_model-00001-of-00002.bin": names[::2], "pytorch_model-00002-of-00002.bin": names[1::2]}
    for shard, members in shards.items():
        torch.save({name: weights[name] for name in members}, served / shard)
    weight_map = {name: shard for shard, members in shards.items() for name in members}
    index = {"metadata": {}, "weight_map": weight_map}
    (served / "pytorch_model.bin.index.json").write_text(json.dumps(index))
    model = fetch("tester/tiny-en-ru")
    engine = open_engine("ctranslate2", EngineOptions(model=model.name, threads=1))
    ((best,),) = engine.translate([Request(text=PAIRS[0][0], src_lang="en", tgt_lang="ru")])
    assert best.text.endswith(".")


class Evil:
    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.trace),)


def test_a_pickle_with_code_is_refused(hub: Hub, tiny_model: TinyModel, tmp_path: Path) -> None:
    served = serve(hub, "tester/evil-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    (served / "model.safetensors").unlink()
    torch.save({"weight": Evil(tmp_path / "ran")}, served / "pytorch_model.bin")
    with pytest.raises(ModelDownloadError, match="was not loaded"):
        fetch("tester/evil-en-ru")
    assert not (tmp_path / "ran").exists()


def test_unknown_repository(hub: Hub) -> None:
    with pytest.raises(ModelDownloadError, match="no such repository"):
        fetch("tester/missing")


def test_not_a_repository_id(hub: Hub) -> None:
    with pytest.raises(ModelDownloadError, match="OWNER/NAME"):
        fetch("a/b/c d")


def test_unknown_revision(hub: Hub, tiny_model: TinyModel, tmp_path: Path) -> None:
    serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    with pytest.raises(ModelDownloadError, match="no such revision"):
        fetch("tester/tiny-en-ru", revision="v9")


def test_restricted_repository(hub: Hub, tiny_model: TinyModel, tmp_path: Path) -> None:
    serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    hub.restricted.add("tester/tiny-en-ru")
    with pytest.raises(ModelDownloadError, match="HF_TOKEN"):
        fetch("tester/tiny-en-ru")


def test_repository_without_weights(hub: Hub, tiny_model: TinyModel, tmp_path: Path) -> None:
    served = serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    (served / "model.safetensors").unlink()
    with pytest.raises(ModelDownloadError, match=r"has no model.safetensors or pytorch_model.bin"):
        fetch("tester/tiny-en-ru")


def test_repository_without_a_tokenizer_file(hub: Hub, tiny_model: TinyModel, tmp_path: Path) -> None:
    served = serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    (served / "target.spm").unlink()
    with pytest.raises(ModelDownloadError, match=r"lacks target.spm"):
        fetch("tester/tiny-en-ru")
    assert "model.safetensors" not in hub.downloaded()


def test_repository_of_another_kind(hub: Hub, tmp_path: Path) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "config.json").write_text('{"model_type": "bert"}')
    (folder / "model.safetensors").write_bytes(b"")
    hub.repositories["tester/bert"] = folder
    with pytest.raises(ModelLoadError, match="bert"):
        fetch("tester/bert")


def test_pairs_must_be_told_where_nothing_tells_them(hub: Hub, tiny_model: TinyModel, tmp_path: Path) -> None:
    served = serve(hub, "tester/nameless", tiny_model("opus-marian"), tmp_path / "served")
    (served / "tokenizer_config.json").unlink()
    with pytest.raises(ModelLoadError, match="--pairs"):
        fetch("tester/nameless")
    assert fetch("tester/nameless", pairs=(("en", "ru"),)).card.pairs == (("en", "ru"),)


def test_damaged_weights_are_noticed(
    hub: Hub, tiny_model: TinyModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    monkeypatch.setattr(hub_module, "file_hash", lambda path: "0" * 64)
    with pytest.raises(ModelDownloadError, match="arrived damaged"):
        fetch("tester/tiny-en-ru")


def test_no_network(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(ModelDownloadError, match="cannot be reached") as caught:
        fetch("Helsinki-NLP/opus-mt-en-ru")
    assert "HF_ENDPOINT" in caught.value.hint and "HTTPS_PROXY" in caught.value.hint


def test_disk_full(hub: Hub, tiny_model: TinyModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    usage = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(StoreError, match="MiB needed, 0 MiB free"):
        fetch("tester/tiny-en-ru")


def test_disk_full_in_the_middle(
    hub: Hub, tiny_model: TinyModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    serve(hub, "tester/tiny-en-ru", tiny_model("opus-marian"), tmp_path / "served")
    monkeypatch.setattr("huggingface_hub.hf_hub_download", full)
    with pytest.raises(MtkitError, match="No space left") as caught:
        fetch("tester/tiny-en-ru")
    assert isinstance(caught.value, StoreError)
