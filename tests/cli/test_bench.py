from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtkit.cli.app import run
from tests.fakes import RuleEngine


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small domain corpus, and an engine that knows one sentence."""
    engine = RuleEngine(lambda text: "Уезд открыл школу.")
    for module in ("mtkit.engines.opening", "mtkit.runners.bench"):
        monkeypatch.setattr(f"{module}.open_engine", lambda name, options: engine)
    monkeypatch.chdir(tmp_path)
    corpus = tmp_path / "data" / "corpus"
    corpus.mkdir(parents=True)
    row = "d\tbody\tHuyện mở trường.\tThe rural district opened a school.\tУезд открыл школу.\n"
    (corpus / "dev.tsv").write_text(row * 3, encoding="utf-8")
    (tmp_path / "terms.tsv").write_text("vi\ten\tru\nhuyện\trural district\tуезд\n", encoding="utf-8")
    return tmp_path


def test_quality_table(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "quality", "--glossary", "terms.tsv", "--limit", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t") == [
        *("set", "termbase", "segments", "BLEU", "chrF2++", "TermPresence", "TermForm", "TermOracle"),
        *("TermFalseInsertions", "with findings %"),
    ]
    assert lines[1].split("\t")[:4] == ["dev vi-ru", "no", "2", "100.0"]
    assert lines[4].split("\t")[:3] == ["dev en-ru", "yes", "2"]
    assert any(line.startswith("engine|engine:rule") for line in lines)
    assert sum(line.startswith("TermPresence|src:") for line in lines) == 2


def test_quality_json_with_a_further_set(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    further = "mine=data/corpus/dev.tsv:3:5:vi"
    arguments = ["bench", "quality", "--part", "none", "--set", further, "--glossary", "none", "--json"]
    assert run(arguments) == 0
    printed = json.loads(capsys.readouterr().out)
    (row,) = printed["rows"]
    assert (row["set"], row["termbase"], row["segments"]) == ("mine", False, 3)
    assert [score["name"] for score in row["scores"]] == ["BLEU", "chrF2++"]
    assert printed["engine"] == {"engine": "rule"}


def test_speed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "speed", "--limit", "2", "--rounds", "1", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed[0] == {"configuration": "transformers float32, one by one, beam 4", "ratio": 1.0}
    assert len(printed) == 7


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["quality", "--part", "none"], 2, "There is no test set."),
        (["quality", "--part", "train"], 2, "Unknown part of the corpus 'train'."),
        (["quality", "--set", "mine"], 2, "does not describe a test set"),
        (["quality", "--corpus", "nowhere"], 3, "nowhere/dev.tsv: there is no such file"),
        (["terms", "--part", "train"], 2, "Unknown part of the corpus 'train'."),
        (["terms", "--from", "fr"], 2, "Unknown source language 'fr'."),
        (["terms", "--glossary", "none"], 2, "There are no terms to measure."),
        (["terms", "--corpus", "nowhere"], 3, "nowhere/dev.tsv: there is no such file"),
        (["match", "--glossary", "none"], 2, "There are no terms to measure."),
        (["forms", "--part", "train"], 2, "Unknown part of the corpus 'train'."),
        (["forms", "--glossary", "none"], 2, "There are no terms to measure."),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert run(["bench", *arguments]) == code
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
