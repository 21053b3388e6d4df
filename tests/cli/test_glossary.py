from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mtkit.cli.glossary_command import register
from mtkit.errors import ConfigError, LengthMismatchError, TermbaseError

app = typer.Typer()
register(app)
app.command(name="other")(lambda: None)
runner = CliRunner()


def run(*arguments: str, text: str | None = None) -> tuple[int, str]:
    result = runner.invoke(app, ["glossary", *arguments], input=text)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.fixture
def article(tmp_path: Path) -> tuple[str, str, str]:
    sides = {
        "article.vi.txt": "Tỉnh ủy Nghệ An họp.\nChi bộ báo cáo Tỉnh ủy.\n",
        "article.ru.txt": "Заседал провинциальный комитет партии Нгеан.\n"
        "Доклад провинциальный комитет партии.\n",
        "reference.txt": "Состоялось заседание провинциального комитета партии Нгеан.\n"
        "Ячейка отчиталась перед провинциальным комитетом партии.\n",
    }
    for name, content in sides.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    source, hypothesis, reference = (str(tmp_path / name) for name in sides)
    return hypothesis, source, reference


def test_check_of_the_bundled_glossary() -> None:
    code, out = run("check")
    assert code == 0
    assert out.endswith("concepts, 0 problems\n")


def test_check_names_lines_and_exits_with_1(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("Tỉnh ủy\tкомитет партии\ntỉnh uỷ\tкомитет партии\nthe\tуказ\n", encoding="utf-8")
    code, out = run("check", str(path))
    assert code == 1
    assert f"{path}:2: 'tỉnh uỷ' is already an entry" in out
    code, out = run("check", str(path), "--json")
    report = json.loads(out)
    assert (code, report["concepts"]) == (1, 3)
    assert [problem["line"] for problem in report["problems"]] == [2, 3]


def test_check_of_a_broken_glossary(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("xã\tобщина\nhuyện\n", encoding="utf-8")
    with pytest.raises(TermbaseError, match=r"mine\.tsv:2: the row has 1 columns"):
        run("check", str(path))


def test_check_of_a_translation(article: tuple[str, str, str]) -> None:
    hypothesis, source, reference = article
    code, out = run("check", hypothesis, "--src", source, "--ref", reference)
    assert code == 0
    assert "article.ru.txt:2: missing: Chi bộ = партийная ячейка" in out
    assert "article.ru.txt:2: form: провинциальный комитет партии, reference провинциальным" in out
    assert "present\t75.0%\t3 of 4" in out
    assert "in the form of the reference\t25.0%\t1 of 4" in out
    assert "in the reference itself\t100.0%\t4 of 4" in out


def test_check_of_a_translation_as_json(article: tuple[str, str, str]) -> None:
    hypothesis, source, _ = article
    code, out = run("check", hypothesis, "--src", source, "--from", "vi", "--json")
    report = json.loads(out)
    assert (code, report["matches"], report["present"], report["oracle"]) == (0, 4, 3, None)
    assert report["terms"][0] == {
        "segment": 1,
        "concept": "tinh-uy",
        "source": "Tỉnh ủy",
        "hypothesis": "провинциальный комитет партии",
        "reference": None,
        "agrees": None,
    }


def test_check_refuses_what_makes_no_sense(article: tuple[str, str, str]) -> None:
    hypothesis, source, reference = article
    with pytest.raises(ConfigError, match="--ref needs the source"):
        run("check", hypothesis, "--ref", reference)
    with pytest.raises(ConfigError, match="no translation to check"):
        run("check", "--src", source)
    with pytest.raises(ConfigError, match="Unknown source language"):
        run("check", hypothesis, "--src", source, "--from", "de")
    Path(source).write_text("one\n", encoding="utf-8")
    with pytest.raises(LengthMismatchError):
        run("check", hypothesis, "--src", source)


def test_find() -> None:
    code, out = run("find", "Bí thư Tỉnh ủy")
    assert code == 0
    assert "ru preferred: секретарь провинциального комитета партии" in out
    code, out = run("find", "-", "--json", text="в провинциальном комитете партии")
    entries = json.loads(out)
    assert "tinh-uy" in {entry["concept"] for entry in entries}
    assert run("find", "zzz") == (0, "")


def test_forms() -> None:
    code, out = run("forms", "партийная ячейка")
    assert code == 0
    assert out.splitlines()[0] == "\tsg\tpl"
    assert "ins\tпартийной ячейкой\tпартийными ячейками" in out
    _, out = run("forms", "то доклад", "--head", "доклад", "--json")
    assert json.loads(out)["forms"]["ins.sg"] == "то докладом"
    assert "порту" in run("forms", "порт")[1]


def test_forms_of_an_entry_are_those_of_the_glossary() -> None:
    assert "gen\tчетырёх опорных резолюций" in run("forms", "четыре опорные резолюции")[1]


def test_forms_without_a_head() -> None:
    with pytest.raises(TermbaseError, match="«о прорыве»: there is no noun"):
        run("forms", "о прорыве")
