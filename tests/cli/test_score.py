from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from mtkit.cli.app import run

HYPOTHESES = ["Уезд получил новую дорогу.", "Провинциальный комитет провёл встречу утром."]
REFERENCES = ["Уезд получил новую дорогу.", "Провинциальный комитет партии утром провёл заседание."]
SACREBLEU_FIELDS = [
    "name",
    "score",
    "signature",
    "verbose_score",
    "nrefs",
    "case",
    "eff",
    "tok",
    "smooth",
    "version",
]


@pytest.fixture
def sides(tmp_path: Path) -> tuple[str, str]:
    for name, lines in (("hyp", HYPOTHESES), ("ref", REFERENCES)):
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(tmp_path / "hyp.txt"), str(tmp_path / "ref.txt")


def sacrebleu_json(names: list[str], bootstrap: int = 1) -> list[dict[str, object]]:
    """What sacreBLEU's own command prints with --format json."""
    from sacrebleu.metrics import BLEU, CHRF, TER

    metrics = {"bleu": BLEU, "chrf": lambda references: CHRF(word_order=2, references=references), "ter": TER}
    printed = []
    for name in names:
        metric = metrics[name](references=[REFERENCES])
        score = metric.corpus_score(HYPOTHESES, None, n_bootstrap=bootstrap)
        printed.append(json.loads(score.format(1, False, metric.get_signature().format(), True)))
    return printed


def test_json_is_what_sacrebleu_prints(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    hyp, ref = sides
    assert run(["score", hyp, "--ref", ref, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == sacrebleu_json(["bleu", "chrf", "ter"])
    assert list(printed[0]) == SACREBLEU_FIELDS


def test_confidence_is_what_sacrebleu_prints(
    sides: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    hyp, ref = sides
    assert run(["score", hyp, "--ref", ref, "--json", "--confidence", "--metric", "bleu,chrf"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == sacrebleu_json(["bleu", "chrf"], bootstrap=1000)
    assert printed[0]["seed"] == "12345"


def test_text_has_one_line_a_metric(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    hyp, ref = sides
    assert run(["score", hyp, "--ref", ref]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("|")[0] for line in lines] == ["BLEU", "chrF2++", "TER"]
    assert all("version:" in line and " = " in line for line in lines)


def test_segments(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    hyp, ref = sides
    assert run(["score", hyp, "--ref", ref, "--metric", "chrf", "--segments", "--json"]) == 0
    (printed,) = json.loads(capsys.readouterr().out)
    assert printed["segment_scores"][0] == 100.0
    assert 0 < printed["segment_scores"][1] < 100
    assert run(["score", hyp, "--ref", ref, "--metric", "chrf,ter", "--segments"]) == 0
    assert capsys.readouterr().out.splitlines()[2:4] == ["segment\tchrF2++\tTER", "1\t100.0\t0.0"]


def test_gzip_and_standard_input(
    sides: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hyp, ref = sides
    packed = tmp_path / "ref.txt.gz"
    packed.write_bytes(gzip.compress(Path(ref).read_bytes()))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path(hyp).read_bytes())))
    assert run(["score", "-", "--ref", str(packed), "--metric", "bleu", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == sacrebleu_json(["bleu"])


def test_terms_join_the_list_when_the_source_is_given(
    sides: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hyp, ref = sides
    source, glossary = tmp_path / "src.txt", tmp_path / "terms.tsv"
    source.write_text(
        "Huyện có con đường mới.\nSáng nay, Tỉnh ủy đã họp về tình hình của tỉnh.\n", encoding="utf-8"
    )
    glossary.write_text("vi\tru\nTỉnh ủy\tпровинциальный комитет партии\nhuyện\tуезд\n", encoding="utf-8")
    arguments = ["score", hyp, "--ref", ref, "--src", str(source), "--glossary", str(glossary), "--json"]
    assert run([*arguments, "--metric", "bleu"]) == 0
    printed = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert list(printed) == ["BLEU", "TermPresence", "TermForm", "TermOracle"]
    assert printed["TermPresence"]["score"] == 50.0
    assert printed["TermOracle"]["score"] == 100.0
    assert printed["TermPresence"]["terms"] == "2"
    assert printed["TermPresence"]["src"] == "vi"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["score", "HYP"], 2, "nothing to score against"),
        (["score", "HYP", "--ref", "REF", "--metric", "blue"], 2, "Did you mean 'bleu'?"),
        (["score", "HYP", "--ref", "REF", "--src", "REF", "--from", "fr"], 2, "Known: vi, en, auto."),
        (["score", "HYP", "--ref", "/nowhere/ref.txt"], 3, "/nowhere/ref.txt"),
        (["score", "-", "--ref", "-"], 3, "Standard input can be only one side."),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    sides: tuple[str, str], capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    places = dict(zip(("HYP", "REF"), sides, strict=True))
    assert run([places.get(each, each) for each in arguments]) == code
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert shown.out == ""


def test_length_mismatch_names_both_files(
    sides: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = tmp_path / "short.txt"
    short.write_text("Одна строка.\n", encoding="utf-8")
    assert run(["score", sides[0], "--ref", str(short)]) == 3
    assert f"{sides[0]} has 2 segments, {short} has 1." in capsys.readouterr().err
