from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtkit.cli.app import run
from tests.fakes import RuleEngine


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small domain corpus, and an engine that knows one sentence."""
    engine = RuleEngine(lambda text: ["Район открыл школу.", "Уезд открыл школу."])
    monkeypatch.setattr("mtkit.engines.opening.open_engine", lambda name, options: engine)
    monkeypatch.chdir(tmp_path)
    corpus = tmp_path / "data" / "corpus"
    corpus.mkdir(parents=True)
    row = "d\tbody\tHuyện mở trường.\tThe rural district opened a school.\tУезд открыл школу.\n"
    for part in ("train", "dev"):
        (corpus / f"{part}.tsv").write_text(row * 8, encoding="utf-8")
    (tmp_path / "terms.tsv").write_text("vi\ten\tru\nhuyện\trural district\tуезд\n", encoding="utf-8")
    return tmp_path


def test_terms_table(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "terms", "--glossary", "terms.tsv", "--limit", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t")[:3] == ["set", "terms", "decoding"]
    assert [line.split("\t")[:3] for line in lines[1:4]] == [
        ["dev vi-ru", "2", "unconstrained"],
        ["dev vi-ru", "2", "annotated"],
        ["dev vi-ru", "2", "enforced"],
    ]
    assert ["dev en-ru", "n-best", "2", "2", "2"] in [line.split("\t") for line in lines]
    assert any("0 false insertions by enforcement in 2 terms" in line for line in lines)
    assert lines[-1] == "engine|engine:rule"


def test_terms_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "terms", "--glossary", "terms.tsv", "--from", "en", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["test_set"], row["segments"], row["terms"]) == ("dev en-ru", 8, 8)
    scores = {score["name"]: score["score"] for score in row["decodings"][2]["scores"]}
    assert scores["TermPresence"] == 100


def test_random_terms(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["bench", "terms", "--glossary", "terms.tsv", "--from", "en", "--random-terms", "--json"]
    assert run(arguments) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row["terms"] > 0


def test_match(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "match", "--entries", "50", "--segments", "20", "--json"]) == 0
    results = json.loads(capsys.readouterr().out)
    assert [(r["lang"], r["entries"], r["segments"]) for r in results] == [("vi", 50, 20), ("en", 50, 20)]
    assert run(["bench", "match", "--entries", "50", "--segments", "20"]) == 0
    assert capsys.readouterr().out.startswith("source\tentries\tsegments\tmatches")


def test_forms(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "forms", "--glossary", "terms.tsv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[:2] for line in lines[1:]] == [["dev vi-ru", "8"], ["dev en-ru", "8"]]
    assert run(["bench", "forms", "--glossary", "terms.tsv", "--learn", "table.tsv"]) == 0
    learned = (here / "table.tsv").read_text(encoding="utf-8").splitlines()
    assert "bias" in {line.split("\t")[0] for line in learned}
