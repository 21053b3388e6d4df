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
    assert run(arguments) == 0
    printed = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert list(printed) == ["BLEU", "chrF2++", "TER", "TermPresence", "TermForm", "TermOracle"]
    assert printed["TermPresence"]["score"] == 50.0
    assert printed["TermOracle"]["score"] == 100.0
    assert printed["TermPresence"]["verbose_score"] == "(1 of 2 terms)"
    assert printed["TermPresence"]["src"] == "vi"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["score", "HYP"], 2, "nothing to score against"),
        (["score", "HYP", "--ref", "REF", "--metric", "blue"], 2, "Did you mean 'bleu'?"),
        (["score", "HYP", "--ref", "REF", "--src", "REF", "--from", "fr"], 2, "Known: auto, en, vi."),
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


def write_sides(folder: Path) -> list[str]:
    """A source, a translation and a reference with two documents, and a glossary."""
    rows = [
        ("doc", "source", "hypothesis", "reference"),
        ("a", "Tỉnh ủy họp.", "Комитет собрался.", "Провинциальный комитет партии собрался."),
        ("a", "Tỉnh ủy và huyện.", "Провинциальный комитет партии и уезд.", "Комитет партии и уезд."),
        ("b", "Trời mưa.", "Дождь.", "Идёт дождь."),
    ]
    path, glossary = folder / "set.tsv", folder / "terms.tsv"
    path.write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")
    glossary.write_text("vi\tru\nTỉnh ủy\tпровинциальный комитет партии\nhuyện\tуезд\n", encoding="utf-8")
    return [
        str(path),
        "--ref",
        str(path),
        "--src",
        str(path),
        "--doc",
        str(path),
        "--glossary",
        str(glossary),
    ]


def test_every_term_metric(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = write_sides(tmp_path)
    assert run(["score", *arguments, "--metric", "bleu,terms", "--json", "--segments"]) == 0
    shown = capsys.readouterr()
    printed = {each["name"]: each for each in json.loads(shown.out)}
    assert list(printed) == [
        *("BLEU", "TermPresence", "TermForm", "TermOracle", "TermConsistency", "TermForbidden"),
        *("TermFalseInsertions", "TermSuccessRate", "1-TERm", "TermWindowOverlap"),
    ]
    assert printed["TermPresence"]["score"] == 66.7
    assert printed["TermPresence"]["verbose_score"] == "(2 of 3 terms)"
    assert printed["TermPresence"]["segment_scores"] == [0.0, 100.0, None]
    assert printed["TermConsistency"]["score"] == 50.0
    assert printed["TermConsistency"]["src"] == "vi"


def test_terms_without_a_reference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, *_ = arguments = write_sides(tmp_path)
    del arguments[1:3]
    assert run(["score", *arguments, "--metric", "terms"]) == 0
    names = [line.partition("|")[0] for line in capsys.readouterr().out.splitlines()]
    assert "TermPresence" in names
    assert "TermForm" not in names
    assert run(["score", path, "--src", path, "--metric", "term-form", "--from", "vi"]) == 2
    assert "term-form needs a reference" in capsys.readouterr().err


def test_a_rate_over_nothing_is_said_and_left_out(
    sides: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    hyp, ref = sides
    arguments = ["score", hyp, "--ref", ref, "--src", hyp, "--from", "vi", "--glossary", "none"]
    assert run([*arguments, "--metric", "chrf,term-presence", "--json"]) == 0
    shown = capsys.readouterr()
    assert [each["name"] for each in json.loads(shown.out)] == ["chrF2++"]
    assert "TermPresence: there is nothing to count." in shown.err


def test_segments_without_terms_show_a_dash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", *write_sides(tmp_path), "--metric", "term-presence", "--segments"]) == 0
    assert capsys.readouterr().out.splitlines()[-3:] == ["1\t0.0", "2\t100.0", "3\t-"]


def test_confidence_of_a_term_metric(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", *write_sides(tmp_path), "--metric", "term-presence", "--confidence", "--json"]) == 0
    (printed,) = json.loads(capsys.readouterr().out)
    assert printed["bs"] == "1000"
    assert printed["confidence"].startswith("μ = ")


def test_xliff_and_several_references(
    sides: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units = "".join(
        f"<trans-unit><source>x</source><target>{each}</target></trans-unit>" for each in HYPOTHESES
    )
    xliff = tmp_path / "hyp.xlf"
    xliff.write_text(f'<xliff version="1.2">{units}</xliff>', encoding="utf-8")
    assert run(["score", str(xliff), "--ref", sides[1], "--ref", sides[0], "--json", "--metric", "bleu"]) == 0
    (printed,) = json.loads(capsys.readouterr().out)
    assert printed["score"] == 100.0
    assert printed["nrefs"] == "2"


def review(folder: Path, *runs: str) -> str:
    """An export of the report: each run has a major and a minor error in nine words."""
    errors = [
        {"side": "target", "start": 0, "end": 4, "category": "Style", "severity": "major"},
        {"side": "target", "start": 5, "end": 5, "category": "Style", "severity": "minor"},
    ]
    segments = [
        {"run": run, "document": "a.txt", "id": str(number), "source": "…", "target": target, "errors": marks}
        for run in runs
        for number, (target, marks) in enumerate(zip(HYPOTHESES, (errors, []), strict=True), 1)
    ]
    path = folder / "review.json"
    path.write_text(json.dumps({"format": "mtkit-mqm", "version": 1, "segments": segments}), encoding="utf-8")
    return str(path)


def test_mqm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "--mqm", review(tmp_path, "old", "new"), "--segments"]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines[0].startswith("old: MQM|weights:0-1-5-25|version:mtkit-")
    assert "= 33.3 (neutral = 0 minor = 1 major = 1 critical = 0 segments = 2 words = 9)" in lines[0]
    assert lines[2:5] == ["run\tdocument\tsegment\tMQM", "old\ta.txt\t1\t-50.0", "old\ta.txt\t2\t100.0"]
    assert captured.err.count("MQM over 9 words says little") == 2


def test_mqm_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "--mqm", review(tmp_path, "new"), "--json", "--confidence"]) == 0
    (printed,) = json.loads(capsys.readouterr().out)
    assert (printed["run"], printed["name"], printed["score"]) == ("new", "MQM", 33.3)


def test_mqm_stands_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "x.txt", "--mqm", review(tmp_path, "new")]) == 2
    assert "--mqm is scored on its own" in capsys.readouterr().err
    (tmp_path / "review.json").write_text("{}", encoding="utf-8")
    assert run(["score", "--mqm", str(tmp_path / "review.json")]) == 3
    assert "not an MQM export" in capsys.readouterr().err


def test_comet_without_its_environment(
    sides: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    hyp, ref = sides
    assert run(["score", hyp, "--ref", ref, "--src", hyp, "--metric", "comet"]) == 4
    told = capsys.readouterr().err
    assert "COMET needs an environment of its own" in told
    assert "MTKIT_COMET_PYTHON" in told
    assert told.count("\n") == 1
