"""COMET through an interpreter of its own: the bridge with stand-ins on either side of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mtkit.errors import ConfigError, EngineError, MissingExtraError, ModelDownloadError, MtkitError
from mtkit.scoring.base import ParallelText
from mtkit.scoring.comet import BRIDGE, Comet, CometKiwi, comet_python
from mtkit.scoring.evaluate import as_sacrebleu_json, as_sacrebleu_line, evaluate

TEXT = ParallelText(
    hypotheses=["Дождь\u2028идёт.", "Снег."],
    references=[["Идёт дождь.", "Снег."], ["Льёт.", "Вьюга."]],
    sources=["It rains.", "Snow."],
)
Interpreter = Callable[[str], Path]


@pytest.fixture
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Interpreter:
    """Make a program that stands for COMET's interpreter; what it was asked lies in asked.json."""

    def make(body: str) -> Path:
        program = tmp_path / "python"
        program.write_text(
            f"#!{sys.executable}\nimport json, pathlib, sys\n"
            "lines = sys.stdin.buffer.read().decode().split('\\n')[:-1]\n"
            "asked = {'arguments': sys.argv[1:], 'segments': [json.loads(line) for line in lines]}\n"
            f"pathlib.Path({str(tmp_path / 'asked.json')!r}).write_text(json.dumps(asked))\n"
            f"{body}\n",
            encoding="utf-8",
        )
        program.chmod(0o755)
        monkeypatch.setenv("MTKIT_COMET_PYTHON", str(program))
        return tmp_path / "asked.json"

    return make


GOOD = 'print(\'{"comet": "2.2.7"}\'); print(\'{"score": 0.5}\'); print(\'{"score": 0.8}\')'


def test_scores_come_back_in_order(interpreter: Interpreter) -> None:
    asked = interpreter(GOOD)
    score = evaluate(Comet(), TEXT, segments=True)
    assert score.segment_values == (0.5, 0.8)
    assert score.value == pytest.approx(0.65)
    assert score.signature.startswith("model:Unbabel/wmt22-comet-da|comet:2.2.7|version:mtkit-")
    told = json.loads(asked.read_text())
    assert told["arguments"] == ["-I", str(BRIDGE), "Unbabel/wmt22-comet-da"]
    assert told["segments"][0] == {"src": "It rains.", "mt": "Дождь\u2028идёт.", "ref": "Идёт дождь."}


def test_kiwi_gets_no_reference(interpreter: Interpreter) -> None:
    asked = interpreter(GOOD)
    evaluate(CometKiwi(), ParallelText(hypotheses=TEXT.hypotheses, sources=TEXT.sources))
    told = json.loads(asked.read_text())
    assert told["arguments"][-1] == "Unbabel/wmt22-cometkiwi-da"
    assert told["segments"][1] == {"src": "Snow.", "mt": "Снег."}


def test_four_decimals_whatever_the_width(interpreter: Interpreter) -> None:
    interpreter(GOOD)
    score = evaluate(Comet(), TEXT)
    assert as_sacrebleu_json(score, 1)["score"] == 0.65
    assert as_sacrebleu_line(score, 1).endswith("= 0.6500")


@pytest.mark.parametrize(
    ("body", "error", "said"),
    [
        ("print('{\"score\": 0.5}')", EngineError, "gave 1 scores for 2 segments and ended with 0"),
        (
            "print('no memory', file=sys.stderr); sys.exit(9)",
            EngineError,
            "0 scores for 2 segments and ended with 9: no memory",
        ),
        ("print('Python 2.7')", EngineError, "must name a Python"),
        (
            'print(\'{"error": "missing", "message": "No module named comet"}\'); sys.exit(1)',
            MissingExtraError,
            "pip install unbabel-comet==2.2.7",
        ),
        (
            'print(\'{"error": "licence", "message": "401"}\'); sys.exit(1)',
            ModelDownloadError,
            "Accept it at huggingface.co/Unbabel/wmt22-comet-da",
        ),
        ('print(\'{"error": "failed", "message": "OSError"}\')', EngineError, "COMET failed with"),
    ],
)
def test_what_goes_wrong_is_told(
    interpreter: Interpreter, body: str, error: type[MtkitError], said: str
) -> None:
    interpreter(body)
    with pytest.raises(error) as caught:
        evaluate(Comet(), TEXT)
    assert said in str(caught.value)


def test_no_interpreter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MissingExtraError, match="environment of its own: no interpreter is set") as caught:
        evaluate(Comet(), TEXT)
    assert caught.value.exit_code == 4
    assert "MTKIT_COMET_PYTHON=" in caught.value.hint
    monkeypatch.setenv("MTKIT_COMET_PYTHON", "/nowhere/python")
    with pytest.raises(MissingExtraError, match="/nowhere/python cannot be run"):
        evaluate(Comet(), TEXT)


def test_interpreter_from_the_settings_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = tmp_path / "mtkit.toml"
    settings.write_text('beam = 2\n[scoring]\ncomet_python = "~/comet/bin/python"\n', encoding="utf-8")
    assert comet_python() == str(Path.home() / "comet/bin/python")
    monkeypatch.setenv("MTKIT_COMET_PYTHON", "/usr/bin/python3")
    assert comet_python() == "/usr/bin/python3"
    monkeypatch.delenv("MTKIT_COMET_PYTHON")
    settings.write_text("[scoring]\ncomet_python = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="comet_python"):
        comet_python()


@pytest.fixture
def comet_packages(tmp_path: Path) -> Path:
    """A folder with stand-ins for the packages that the bridge imports; they print, as the real ones do."""
    (tmp_path / "torch.py").write_text("class cuda:\n    is_available = staticmethod(lambda: False)\n")
    (tmp_path / "unbabel_comet-2.2.7.dist-info").mkdir()
    (tmp_path / "unbabel_comet-2.2.7.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: unbabel-comet\nVersion: 2.2.7\n"
    )
    (tmp_path / "comet.py").write_text(
        "class Prediction:\n"
        "    def __init__(self, scores):\n        self.scores = scores\n"
        "class Model:\n"
        "    def predict(self, samples, batch_size, gpus):\n"
        "        print('Predicting', gpus)\n"
        "        return Prediction([len(s['mt']) / 100 for s in samples])\n"
        "def download_model(name):\n"
        "    if name == 'gated':\n"
        "        try:\n            raise OSError('401 Client Error: gated repo')\n"
        "        except OSError:\n            raise KeyError('Model not supported by COMET.')\n"
        "    return name + '.ckpt'\n"
        "def load_from_checkpoint(path):\n    print('loading', path)\n    return Model()\n"
    )
    return tmp_path


def bridge(model: str, packages: Path | None) -> tuple[int, list[dict[str, object]], str]:
    program = (
        f"import runpy, sys; sys.argv = ['bridge', {model!r}]; sys.path[:0] = {[str(packages)]!r}; "
        f"runpy.run_path({str(BRIDGE)!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        input='{"src": "a", "mt": "дождь"}\n{"src": "b", "mt": "снег\u2028"}\n'.encode(),
        capture_output=True,
        check=False,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def test_the_bridge_keeps_what_libraries_print_out_of_its_answers(comet_packages: Path) -> None:
    code, answers, chatter = bridge("some/model", comet_packages)
    assert (code, answers) == (0, [{"comet": "2.2.7"}, {"score": 0.05}, {"score": 0.05}])
    assert "loading some/model.ckpt" in chatter


def test_the_bridge_tells_what_is_missing(comet_packages: Path) -> None:
    assert bridge("gated", comet_packages)[:2] == (
        1,
        [{"error": "licence", "message": "OSError: 401 Client Error: gated repo"}],
    )
    code, (answer,), _ = bridge("some/model", None)
    assert (code, answer["error"]) == (1, "missing")
