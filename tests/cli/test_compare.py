from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtkit.cli.app import run

SOURCES = ["The road was repaired in 12 days.", "The rural district opened a school.", "Snow fell at night."]
REFERENCES = ["Дорогу отремонтировали за 12 дней.", "Уезд открыл школу.", "Ночью выпал снег."]
SYSTEMS = {
    "good": ["Дорогу отремонтировали за 12 дней.", "Уезд открыл новую школу.", "Ночью выпал снег."],
    "worse": ["Дорогу чинили 12 дней.", "Район открыл школу.", "Ночью выпал снег."],
    "same": ["Дорогу отремонтировали за 12 дней.", "Уезд открыл новую школу.", "Ночью выпал снег."],
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, lines in {"src": SOURCES, "ref": REFERENCES, **SYSTEMS}.items():
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def compare(*arguments: str) -> int:
    return run(["compare", *arguments, "--ref", "ref.txt", "--resamples", "50"])


def test_text(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        compare("good.txt", "worse.txt", "same.txt", "--src", "src.txt", "--from", "en", "--worst", "1") == 0
    )
    shown = capsys.readouterr().out
    rows = [line.split("\t") for line in shown.splitlines()]
    assert rows[0] == ["system", *("BLEU", "95%", "p bs", "p ar"), *("chrF2++", "95%", "p bs", "p ar")]
    assert rows[1][0] == "good.txt"
    assert rows[1][3:5] == ["", ""]
    assert rows[3][3:5] == ["1.0000", "1.0000"]
    assert "|bs:50|seed:12345|" in shown
    assert {row[0]: row[1] for row in rows if row[0].startswith("with")} == {
        "with terms": "1",
        "without terms": "2",
        "without names": "3",
        "with numbers": "1",
        "without numbers": "2",
    }
    assert ["worse.txt", "0", "2", "1"] in rows
    assert ["same.txt", "0", "0", "3"] in rows
    assert "[-отремонтировали за-]" in shown
    assert "{+чинили+}" in shown
    assert shown.count("segment ") == 1


def test_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare("good.txt", "worse.txt", "--seed", "7", "--metric", "chrf", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["baseline"], printed["seed"], printed["resamples"], printed["trials"]) == (
        "good.txt",
        7,
        50,
        500,
    )
    assert printed["signatures"]["chrF2++"].startswith("nrefs:1|bs:50|seed:7|")
    baseline, system = printed["systems"]
    assert set(baseline["chrF2++"]) == {"score", "p_value", "mean", "ci", "p_value_ar"}
    assert baseline["chrF2++"]["p_value"] is None
    assert 0 < system["chrF2++"]["p_value"] <= 1
    assert {bucket["bucket"] for bucket in printed["buckets"]} == {
        *("0-9 words", "with numbers", "without numbers")
    }
    (standing,) = printed["segments"]
    assert (standing["wins"], standing["losses"], standing["ties"]) == (0, 2, 1)
    assert [each["segment"] for each in standing["worst"]] == [1, 2]
    assert standing["worst"][0]["baseline"] == SYSTEMS["good"][0]
    assert standing["worst"][0]["source"] is None


def test_the_same_seed_gives_the_same_output(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for seed in ("3", "3", "4"):
        assert compare("good.txt", "worse.txt", "--seed", seed, "--json", "--metric", "chrf") == 0
        printed.append(json.loads(capsys.readouterr().out)["systems"])
    assert printed[0] == printed[1] != printed[2]


def test_term_metrics_can_be_compared(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["good.txt", "worse.txt", "--src", "src.txt", "--from", "en", "--metric", "term-presence"]
    (here / "terms.tsv").write_text("en\tru\nrural district\tуезд\n", encoding="utf-8")
    assert compare(*arguments, "--glossary", "terms.tsv", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert [system["TermPresence"]["score"] for system in printed["systems"]] == [100, 0]
    assert {bucket["bucket"] for bucket in printed["buckets"]} >= {"with terms", "without terms"}


def test_files_of_one_name_keep_their_folders(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "other").mkdir()
    (here / "other" / "good.txt").write_text("\n".join(SYSTEMS["worse"]), encoding="utf-8")
    assert compare("good.txt", "other/good.txt", "--json", "--metric", "chrf") == 0
    assert [each["system"] for each in json.loads(capsys.readouterr().out)["systems"]] == [
        "good.txt",
        "other/good.txt",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["good.txt"], 2, "nothing to compare with"),
        (["good.txt", "-"], 3, "Standard input cannot be compared."),
        (["good.txt", "missing.txt"], 3, "missing.txt: there is no such file"),
        (["good.txt", "worse.txt", "--metric", "blue"], 2, "Did you mean 'bleu'?"),
        (["good.txt", "worse.txt", "--metric", "term-form"], 2, "term-form needs the source"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert compare(*arguments) == code
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""
