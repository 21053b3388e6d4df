from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mtkit.cli.glossary_command import register
from mtkit.documents.base import record_path
from mtkit.errors import ConfigError, InputError, LengthMismatchError, TermbaseError, UnknownNameError
from mtkit.record import content_hash
from mtkit.termbase.io import load_termbase

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
        "path": hypothesis,
        "segment": 1,
        "concept": "tinh-uy",
        "source": "Tỉnh ủy",
        "hypothesis": "провинциальный комитет партии",
        "reference": None,
        "agrees": None,
    }


def _translated(folder: Path, name: str, source: str, target: str) -> None:
    """A translation with its run record in out/, and its source in in/."""
    original, output = folder / "in" / name, folder / "out" / name.replace(".txt", ".ru.txt")
    for path, text in ((original, source), (output, target)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    record = {
        "source": str(original),
        "source_sha256": content_hash(source.encode()),
        "output_sha256": content_hash(target.encode()),
        "format": "text",
        "segments": [{"id": "1", "source": source.strip(), "target": target.strip(), "src_lang": "vi"}],
    }
    record_path(output).write_text(json.dumps(record), encoding="utf-8")


def test_check_of_folders(tmp_path: Path, article: tuple[str, str, str]) -> None:
    _translated(tmp_path, "a.txt", "Tỉnh ủy họp.\n", "Провинциальный комитет партии заседал.\n")
    _translated(tmp_path, "b/a.txt", "Đại hội của Tỉnh ủy.\n", "Съезд комитета.\n")
    code, out = run("check", str(tmp_path / "out"), "--src", str(tmp_path / "in"), "--from", "vi")
    assert code == 0
    assert f"{tmp_path / 'out' / 'b' / 'a.ru.txt'}:1: missing: Tỉnh ủy" in out
    assert out.count("present\t") == 1
    code, out = run("check", str(tmp_path / "out"), "--src", str(tmp_path / "in"), "--from", "vi", "--json")
    report = json.loads(out)
    assert report["matches"] == len(report["terms"]) > report["present"] >= 1
    assert {Path(term["path"]).parent.name for term in report["terms"]} == {"out", "b"}
    with pytest.raises(ConfigError, match=r"out is a folder, .*article\.vi\.txt is not"):
        run("check", str(tmp_path / "out"), "--src", article[1])
    with pytest.raises(ConfigError, match="--ref is the reference of one file"):
        run("check", str(tmp_path / "out"), "--src", str(tmp_path / "in"), "--ref", article[2])
    (tmp_path / "in" / "a.txt").rename(tmp_path / "in" / "c.txt")
    (tmp_path / "in" / "b" / "a.txt").unlink()
    with pytest.raises(InputError, match=r"no a\.txt, the source of .*a\.ru\.txt"):
        run("check", str(tmp_path / "out"), "--src", str(tmp_path / "in"))


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


@pytest.mark.parametrize(("name", "told"), [("Сонсай Сипхандон", True), ("Дональд Трамп", False)])
def test_forms_says_whom_it_takes_for_a_man(name: str, told: bool) -> None:
    result = runner.invoke(app, ["glossary", "forms", name])
    assert result.exit_code == 0
    assert ("declined as a man's name" in result.stderr) is told


def test_find_prints_notes_without_codes(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    notes = ("TOP; E4; capital К", "E3", "")
    rows = [f"xã {number}\tобщина\t{note}\n" for number, note in enumerate(notes)]
    path.write_text("vi\tru\tnote\n" + "".join(rows), encoding="utf-8")
    _, out = run("find", "xã 0. xã 1. xã 2.", "--glossary", str(path))
    assert [line for line in out.splitlines() if "note" in line] == ["  note: capital К"]


def test_find() -> None:
    code, out = run("find", "Bí thư Tỉnh ủy")
    assert code == 0
    assert "ru preferred: секретарь провинциального комитета партии" in out
    code, out = run("find", "-", "--json", text="в провинциальном комитете партии")
    entries = json.loads(out)
    assert "tinh-uy" in {entry["concept"] for entry in entries}
    assert run("find", "zzz") == (0, "")
    assert "Премьер-министр Вьетнама" in run("find", "Thủ tướng Ấn Độ")[1]


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


def test_check_lists_conflicts_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("xã,община\nXã,коммуна\n", encoding="utf-8")
    code, out = run("check", str(path))
    assert code == 1
    assert f"{path}:2: 'Xã' already means 'община' ({path}:1), here 'коммуна'." in out


def test_import_says_how_a_list_was_understood(tmp_path: Path) -> None:
    path, output = tmp_path / "list.csv", tmp_path / "mine.tsv"
    path.write_text("cell,ячейка,en,ru\ncell,Zelle,en,de\n", encoding="utf-8")
    code, out = run("import", str(path), "-o", str(output), "--json")
    assert code == 0
    assert json.loads(out) == {
        "path": str(path),
        "format": "deepl",
        "understood": "comma-separated, columns without a header: source (Vietnamese or English, as it is "
        "spelt), Russian, its language, target language",
        "concepts": 1,
        "left_out": {"pair en-de": 1},
        "output": str(output),
    }
    assert run("check", str(output))[0] == 0
    assert run("import", str(path))[1] == output.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["tbx", "tbx2", "mtkit"])
def test_export_and_import_again(tmp_path: Path, name: str) -> None:
    exported, output = tmp_path / "g.tbx", tmp_path / "back.tsv"
    if name == "mtkit":
        exported = tmp_path / "g.tsv"
    code, out = run("export", "-o", str(exported), "--format", name, "--json")
    assert code == 0
    assert json.loads(out)["lossless"] is True
    run("import", str(exported), "-o", str(output))
    assert load_termbase(output).concepts == load_termbase("bundled").concepts


def test_export_of_pairs(tmp_path: Path) -> None:
    output = tmp_path / "deepl.csv"
    code, _ = run("export", "-o", str(output), "--format", "deepl", "--from", "vi")
    assert code == 0
    assert "Tỉnh ủy,провинциальный комитет партии" in output.read_text(encoding="utf-8").splitlines()
    assert run("export", "-o", "-", "--format", "deepl", "--from", "vi")[1] == output.read_text(
        encoding="utf-8"
    )
    with pytest.raises(ConfigError, match="does not tell the format"):
        run("export", "-o", str(output))
    with pytest.raises(UnknownNameError):
        run("export", "-o", str(output), "--format", "deepl", "--from", "de")


def test_report(tmp_path: Path) -> None:
    hit = {"concept": "tinh-uy", "src": [0, 7], "form": "комитета", "ok": True, "strategy": "prefix"}
    lost = {"concept": "xa", "src": [8, 10], "form": "коммуна", "ok": False, "strategy": "failed"}
    record = {"source": "a.vi.txt", "segments": [{"id": "3", "source": "Tỉnh ủy xã", "hits": [hit, lost]}]}
    (tmp_path / "a.ru.mtkit.json").write_text(json.dumps(record), encoding="utf-8")
    code, out = run("report", str(tmp_path))
    assert code == 0
    assert out.splitlines() == [
        "a.vi.txt:3\tTỉnh ủy\ttinh-uy\tкомитета\tprefix",
        "a.vi.txt:3\txã\txa\twrong: коммуна\tfailed",
        "a.vi.txt: 1 of 2 terms held (prefix 1; 1 failed)",
    ]
    (tmp_path / "b.ru.mtkit.json").write_text(json.dumps({"source": "b", "segments": []}), encoding="utf-8")
    assert run("report", str(tmp_path))[1].splitlines()[-2:] == [
        "b: 0 of 0 terms held",
        "2 documents: 1 of 2 terms held",
    ]
    (told, _) = json.loads(run("report", str(tmp_path), "--json")[1])
    assert (told["found"], told["held"], told["strategies"]) == (2, 1, {"prefix": 1})


def test_find_tells_where_an_entry_stands(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("vi\ten\tru\nthôn\thamlet\tхутор\n", encoding="utf-8")
    assert run("find", "thôn", "--glossary", str(path))[1].splitlines()[0] == "thôn  [mine.tsv:2]"
    assert "Tỉnh ủy  [tinh-uy, party-organ, party.tsv:" in run("find", "Tỉnh ủy")[1]
    (entry,) = json.loads(run("find", "thôn", "--glossary", str(path), "--json")[1])
    assert (entry["path"], entry["line"]) == (str(path), 2)


@pytest.mark.parametrize("term", ["", "xyz", "Tỉnh ủy", "cъезд"])
def test_forms_of_what_is_no_russian_term_are_refused(term: str) -> None:
    with pytest.raises(InputError):
        run("forms", term)


def test_forms_that_are_guessed_say_so() -> None:
    result = runner.invoke(app, ["glossary", "forms", "тихий хмырдяк"])
    assert "тихого хмырдяка" in result.stdout
    assert "хмырдяк: not in the dictionary" in result.stderr
    assert "dictionary" not in runner.invoke(app, ["glossary", "forms", "тихий двор"]).stderr


def test_check_tells_every_broken_row(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("vi\tru\nxã\nhuyện\tуезд\nthôn\t\n", encoding="utf-8")
    result = runner.invoke(app, ["glossary", "check", str(path)])
    assert result.exit_code == 3
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [f"{path}:2", f"{path}:4"]


def test_several_glossaries_are_checked_one_by_one() -> None:
    with pytest.raises(ConfigError, match="several glossaries"):
        run("check", "mine.tsv+bundled")
