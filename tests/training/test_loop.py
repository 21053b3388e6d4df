"""One tiny model from recipe to translation, with a kill in the middle."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from safetensors.torch import load_file

from mtkit.errors import ConfigError
from mtkit.models.card import read_card
from mtkit.training.export import export
from mtkit.training.loop import TrainingRun
from mtkit.training.recipe import read_recipe

RECIPE = """
name = "tiny"
licence = "test"
description = "made in a test"

[vocabulary]
size = 640
sample = 400

[network]
d_model = 16
encoder_layers = 1
decoder_layers = 1
heads = 2
feed_forward = 32
positions = 96

[schedule]
steps = {steps}
batch_tokens = 200
max_tokens = 90
warmup = 5
decay = 5
checkpoint_every = 4
validate_every = 4
keep = 2

[[corpora]]
name = "made here"
path = "pairs.tsv"
src_lang = "vi"
tgt_lang = "ru"
weight = 1.0
licence = "test"
tag = "dom"

[[validation]]
name = "held out"
path = "pairs.tsv"
src_lang = "vi"
tgt_lang = "ru"
segments = 4
"""

SUBJECTS = {"Bí thư": "Секретарь", "Chủ tịch": "Председатель", "Đoàn": "Делегация", "Bộ trưởng": "Министр"}
VERBS = {"họp": "провёл заседание", "thăm xã": "посетил общину", "ký": "подписал", "phát biểu": "выступил"}
PLACES = {"Hà Nội": "в Ханое", "Huế": "в Хюэ", "Đà Nẵng": "в Дананге", "Cà Mau": "в Камау"}


@pytest.fixture
def folder(tmp_path):
    rows = [
        f"{s} {v} tại {p} năm {year}.\t{sr} {vr} {pr} в {year} году."
        for s, sr in SUBJECTS.items()
        for v, vr in VERBS.items()
        for p, pr in PLACES.items()
        for year in range(2019, 2025)
    ]
    (tmp_path / "pairs.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "recipe.toml").write_text(RECIPE.format(steps=12), encoding="utf-8")
    return tmp_path


def start(folder, **options):
    return TrainingRun(
        read_recipe(folder / "recipe.toml"), folder / "work", threads=1, report=lambda line: None, **options
    )


def test_trains_exports_and_begins_again_from_the_export(folder):
    run = start(folder)
    run.run()
    assert run.step == 12
    assert len(list(run.weights_folder.iterdir())) == 2
    card = export(run, folder / "model")
    assert read_card(folder / "model") == card
    assert card.pairs == (("vi", "ru"),)
    assert card.capabilities.placeables
    assert card.training["target_tokens"] == run.tokens
    weights = load_file(folder / "model" / "model.safetensors")
    assert str(weights["model.shared.weight"].dtype) == "torch.float16"
    assert not weights["model.shared.weight"][-1].any()

    (folder / "again").mkdir()
    recipe = read_recipe(folder / "recipe.toml")
    again = TrainingRun(recipe, folder / "again", threads=1, init=folder / "model", report=lambda line: None)
    vocabulary = (folder / "again" / "vocabulary" / "vocab.json").read_bytes()
    assert vocabulary == (folder / "work" / "vocabulary" / "vocab.json").read_bytes()
    exported, begun = weights["model.shared.weight"].float(), again.optimizer.masters["model.shared.weight"]
    assert abs(exported - begun).max() < 0.01


def test_resumes_where_it_was_left(folder):
    start(folder).run(minutes=0)
    first = start(folder)
    first.run()
    resumed = start(folder)
    assert resumed.step == 12
    assert resumed.tokens == first.tokens
    assert resumed.scores == first.scores


def test_a_kill_loses_nothing_before_the_last_checkpoint(folder):
    (folder / "recipe.toml").write_text(RECIPE.format(steps=100_000), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mtkit",
        "train",
        "recipe.toml",
        "--work",
        "work",
        "--threads",
        "1",
    ]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL, env=os.environ)
    deadline = time.monotonic() + 120
    while (
        not (folder / "work" / "checkpoint.pt").is_file()
        and process.poll() is None
        and time.monotonic() < deadline
    ):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = start(folder).step
    assert kept >= 4
    (folder / "recipe.toml").write_text(RECIPE.format(steps=kept + 2), encoding="utf-8")
    resumed = start(folder)
    resumed.run()
    assert resumed.step == kept + 2
    log = (folder / "work" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(log[-1])["step"] == resumed.step


def test_another_network_than_the_one_begun_is_refused(folder):
    run = start(folder)
    run.run()
    export(run, folder / "model")
    text = RECIPE.format(steps=12).replace("d_model = 16", "d_model = 32")
    (folder / "recipe.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="does not fit"):
        start(folder)
    with pytest.raises(ConfigError, match="does not fit"):
        TrainingRun(
            read_recipe(folder / "recipe.toml"),
            folder / "other",
            threads=1,
            init=folder / "model",
            report=lambda line: None,
        )


def test_a_vocabulary_too_small_for_its_letters_is_refused(folder):
    (folder / "recipe.toml").write_text(RECIPE.format(steps=12).replace("640", "300"), encoding="utf-8")
    with pytest.raises(ConfigError, match="vocabulary"):
        start(folder)


def test_nothing_validated_yet_cannot_be_exported(folder):
    run = start(folder)
    with pytest.raises(ConfigError, match="nothing validated"):
        run.averaged_model()
