from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mtkit.cli import models_command
from mtkit.errors import ConfigError, MtkitError
from mtkit.models import store
from tests.models.fixtures import TinyModel, own_cache, session_cache, tiny_model
from tests.models.hub_server import running_hub

__all__ = ["own_cache", "session_cache", "tiny_model"]

RUNNER = CliRunner()


def run(*arguments: str) -> str:
    app = typer.Typer()
    models_command.register(app)
    outcome = RUNNER.invoke(app, ["models", *arguments], catch_exceptions=False, standalone_mode=False)
    return outcome.stdout


def test_list_shows_what_can_be_fetched(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUNDLED_FOLDER", own_cache / "absent")
    rows = json.loads(run("list", "--json"))
    assert {row["name"]: row["state"] for row in rows}["opus-mt-en-ru"] == (
        "mtkit models fetch Helsinki-NLP/opus-mt-en-ru"
    )
    assert "madlad400-3b-mt" in run("list")


def test_info_as_page_and_as_json(tiny_model: TinyModel) -> None:
    folder = tiny_model("nllb")
    assert "| Architecture | nllb |" in run("info", str(folder))
    facts = json.loads(run("info", str(folder), "--json"))
    assert facts["path"] == str(folder) and len(facts["sha256"]) == 64
    assert facts["card"]["language_tokens"]["ru"] == "rus_Cyrl"


def test_fetch_and_list(tiny_model: TinyModel, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_hub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        hub.repositories["tester/tiny-en-ru"] = tiny_model("opus-marian")
        facts = json.loads(run("fetch", "tester/tiny-en-ru", "--revision", "main", "--json"))
    assert facts["fetched"]["repository"] == "tester/tiny-en-ru"
    assert set(facts["fetched"]["sha256"]) >= {"config.json", "model.safetensors", "source.spm"}
    assert list((own_cache / "models").glob("tiny-en-ru-*/ct2-int8/model.bin"))
    assert {"name": "tiny-en-ru", "pairs": ["en-ru"], "license": "", "state": "installed"} in json.loads(
        run("list", "--json")
    )


def test_convert_prints_the_folder(tiny_model: TinyModel, tmp_path: Path) -> None:
    folder, out = str(tiny_model("opus-marian")), str(tmp_path / "out")
    assert run("convert", folder, "-o", out) == f"{out}\n"
    assert json.loads(run("convert", folder, "-o", out, "--json"))["path"] == out
    cached = run("convert", str(tiny_model("opus-marian")), "--compute-type", "float32").strip()
    assert cached.endswith("ct2-float32") and (Path(cached) / "model.bin").is_file()


def test_pairs_of_a_folder_that_does_not_tell_them(tiny_model: TinyModel, tmp_path: Path) -> None:
    folder = tmp_path / "nameless"
    shutil.copytree(tiny_model("opus-marian"), folder)
    (folder / "tokenizer_config.json").unlink()
    with pytest.raises(MtkitError, match="--pairs"):
        run("info", str(folder))
    facts = json.loads(run("info", str(folder), "--pairs", "vi-ru, en-ru", "--json"))
    assert facts["card"]["pairs"] == ["vi-ru", "en-ru"]
    with pytest.raises(ConfigError, match="'enru' is not a language pair"):
        run("info", str(folder), "--pairs", "enru")


def test_listing_models_imports_nothing_heavy(own_cache: Path) -> None:
    script = (
        "import sys, typer; from mtkit.cli import models_command; app = typer.Typer();"
        "models_command.register(app); app(['models', 'list'], standalone_mode=False);"
        "heavy = {'torch', 'transformers', 'ctranslate2', 'numpy', 'huggingface_hub'} & sys.modules.keys();"
        "sys.exit(', '.join(heavy) or 0)"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=os.environ, check=False
    )
    assert outcome.returncode == 0, outcome.stderr


def test_opening_the_default_engine_imports_no_torch(tiny_model: TinyModel) -> None:
    folder = tiny_model("nllb")
    converted = run("convert", str(folder)).strip()
    assert converted
    script = (
        "import sys; from mtkit.engines.base import EngineOptions, Request;"
        "from mtkit.engines.opening import open_engine;"
        "engine = open_engine('ctranslate2', EngineOptions(model=sys.argv[1], threads=1));"
        "engine.translate([Request(text='The old bridge', src_lang='en', tgt_lang='ru')]);"
        "sys.exit(', '.join({'torch', 'transformers', 'huggingface_hub'} & sys.modules.keys()) or 0)"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
