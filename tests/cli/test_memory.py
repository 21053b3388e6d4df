from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtkit.cli.app import run
from tests.fakes import RuleEngine


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    engine = RuleEngine(lambda text: "Перевод движка.")
    monkeypatch.setattr("mtkit.engines.opening.open_engine", lambda name, options: engine)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mtkit.toml").write_text('memory = "tm.db"\nglossary = "none"\n', encoding="utf-8")
    (tmp_path / "in.tsv").write_text(
        "vi\tru\nHuyện mở trường.\tУезд открыл школу.\nCó 15 người dự.\tПрисутствовало 15 человек.\n",
        encoding="utf-8",
    )
    assert run(["memory", "import", "in.tsv", "--author", "An"]) == 0
    return tmp_path


def test_import_says_what_was_new(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["memory", "import", "in.tsv"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out == [
        "in.tsv: 0 new entries, 2 known",
        "tm.db: 2 entries",
    ]


def test_find_shows_the_most_similar(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["memory", "find", "Huyện mở trường!", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["similarity"], found["kind"], found["target"]) == (99, "normalised", "Уезд открыл школу.")
    assert found["author"] == "An"
    assert run(["memory", "find", "Huyện mở trường."]) == 0
    assert "100% exact  [1 in tm.db, tsv, An, 20" in capsys.readouterr().out
    assert run(["memory", "find", "Không có gì giống."]) == 0
    assert capsys.readouterr().err == "Nothing like it is in the memory.\n"


@pytest.mark.parametrize("name", ["out.tmx", "out.xlf", "out.tsv"])
def test_export_and_import_again(here: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["memory", "export", name]) == 0
    capsys.readouterr()
    assert run(["memory", "import", name, "--memory", "new/", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["memory"], printed["entries"]) == ("new/memory.db", 2)
    assert printed["files"][0]["new"] == 2


@pytest.mark.parametrize("name", ["out.tmx", "out.xlf", "out.tsv"])
def test_export_keeps_what_mtkit_did_not_write(
    here: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert run(["memory", "export", name]) == 0
    (here / name).write_text("vi\tru\nXã\tобщина\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["memory", "export", name]) == 6
    assert capsys.readouterr().err == (
        f"mtkit: {name}: mtkit did not write it; it is kept. Move it away, or choose another place.\n"
    )
    assert (here / name).read_text(encoding="utf-8") == "vi\tru\nXã\tобщина\n"


def test_xliff_2_is_exported_over_itself(here: Path) -> None:
    for _ in range(2):
        assert run(["memory", "export", "out.xlf", "--format", "xliff2"]) == 0


def test_info_and_remove(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["memory", "remove", "1"]) == 0
    capsys.readouterr()
    assert run(["memory", "info", "--check", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["problems"] == []
    assert (printed["memories"][0]["entries"], printed["memories"][0]["pairs"]) == (1, {"vi-ru": 1})
    assert run(["memory", "info"]) == 0
    assert "vi-ru 1" in capsys.readouterr().out


def test_translate_takes_what_the_memory_knows_and_the_record_names_it(here: Path) -> None:
    (here / "a.vi.txt").write_text("Huyện mở trường.\nCó 18 người dự.\nXã xây cầu.\n", encoding="utf-8")
    assert run(["translate", "a.vi.txt", "--from", "vi", "-o", "a.ru.txt"]) == 0
    assert (here / "a.ru.txt").read_text(encoding="utf-8") == (
        "Уезд открыл школу.\nПрисутствовало 18 человек.\nПеревод движка.\n"
    )
    record = json.loads((here / "a.ru.txt.mtkit.json").read_text(encoding="utf-8"))
    assert [segment["origin"] for segment in record["segments"]] == ["tm-exact", "tm-fuzzy", "engine"]
    assert record["memory"]["path"] == "tm.db"
    assert len(record["memory"]["sha256"]) == 64
    assert run(["translate", "a.vi.txt", "--from", "vi", "-o", "b.ru.txt", "--memory", "none"]) == 0
    assert "Уезд" not in (here / "b.ru.txt").read_text(encoding="utf-8")


def test_edited_translations_flow_back(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.vi.txt").write_text("Xã xây cầu.\nDân vui.\n", encoding="utf-8")
    assert run(["translate", "a.vi.txt", "--from", "vi", "-o", "a.ru.txt"]) == 0
    capsys.readouterr()
    assert run(["memory", "import", "a.ru.txt"]) == 0
    assert capsys.readouterr() == (
        "a.ru.txt: 0 new entries, 0 known\ntm.db: 2 entries\n",
        "mtkit: a.ru.txt: 2 translations that nobody has edited or accepted are left out;"
        " --all takes them.\n",
    )
    (here / "a.ru.txt").write_text("Перевод движка хорош.\nЧто-то новое о 1975 годе.\n", encoding="utf-8")
    assert run(["memory", "import", "a.ru.txt"]) == 0
    shown = capsys.readouterr()
    assert "a.ru.txt: 1 new entries, 0 known" in shown.out
    assert shown.err == (
        "mtkit: a.ru.txt: not paired for sure and left out: 1 edited sentences (2), 1 sources (2). Put each"
        " source and its translation on a line of a TSV file under the header vi, tab, ru, and import that.\n"
    )
    (here / "left.tsv").write_text("vi\tru\nDân vui.\tЧто-то новое о 1975 годе.\n", encoding="utf-8")
    assert run(["memory", "import", "left.tsv"]) == 0
    assert "left.tsv: 1 new entries" in capsys.readouterr().out
    assert run(["memory", "import", "a.ru.txt", "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)["files"]
    assert report["unpaired"] == [{"id": "2", "text": "Что-то новое о 1975 годе."}]
    assert report["lost"] == [{"id": "2", "text": "Dân vui."}]
    assert run(["memory", "remove", "--document", "a.ru.txt"]) == 0
    assert "1 entries removed, 3 left" in capsys.readouterr().out


def test_an_edit_that_changes_a_number_is_taken_and_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "a.vi.txt").write_text("Xã xây 1234 cầu lớn.\nDân vui.\n", encoding="utf-8")
    assert run(["translate", "a.vi.txt", "--from", "vi", "-o", "a.ru.txt"]) == 0
    for number, told in (("1235", True), ("1234", False)):
        edited = f"Перевод движка о {number} мостах.\nПеревод движка.\n"
        (here / "a.ru.txt").write_text(edited, encoding="utf-8")
        capsys.readouterr()
        assert run(["memory", "import", "a.ru.txt"]) == 0
        shown = capsys.readouterr().err
        assert ("taken, but look at «Перевод движка о" in shown) is told
        assert ("1234" in shown) is told


def test_a_folder_is_imported_and_a_broken_file_keeps_no_other_out(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "a.vi.txt").write_text("Xã xây cầu.\n", encoding="utf-8")
    (here / "b.vi.txt").write_text("Dân vui.\n", encoding="utf-8")
    assert run(["translate", "a.vi.txt", "b.vi.txt", "--from", "vi", "-o", "out/"]) == 0
    for name in ("a", "b"):
        (here / "out" / f"{name}.ru.txt").write_text(f"Перевод человека {name}.\n", encoding="utf-8")
    (here / "out" / "broken.tmx").write_text("<tmx>", encoding="utf-8")
    capsys.readouterr()
    assert run(["memory", "import", "out", "out/a.ru.txt.mtkit.json", "--json"]) == 3
    shown = capsys.readouterr()
    assert shown.err.startswith("mtkit: out/broken.tmx:1: not well-formed XML")
    reports = json.loads(shown.out)["files"]
    assert [(each["file"], each.get("new")) for each in reports] == [
        ("out/a.ru.txt", 1),
        ("out/b.ru.txt", 1),
        ("out/broken.tmx", None),
    ]


XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="vi" target-language="ru" datatype="plaintext"><body>
<trans-unit id="1"><source>Xã xây cầu.</source></trans-unit>
<trans-unit id="2"><source>Dân vui mừng. Ai cũng đến.</source></trans-unit>
</body></file></xliff>
"""
TMX = """<tmx version="1.4"><header srclang="vi" segtype="block" adminlang="en" datatype="plaintext"
 o-tmf="x" creationtool="x" creationtoolversion="1"/><body>
<tu><tuv xml:lang="vi"><seg>Xã xây cầu.</seg></tuv></tu>
<tu><tuv xml:lang="vi"><seg>Dân vui mừng. Ai cũng đến.</seg></tuv></tu>
</body></tmx>
"""


PO = """msgid "Xã xây cầu."
msgstr ""

msgid "Dân vui mừng. Ai cũng đến."
msgstr ""
"""


@pytest.mark.parametrize(("name", "text"), [("b.xlf", XLIFF), ("b.tmx", TMX), ("b.po", PO)])
def test_a_machines_work_in_bilingual_files_is_asked_for(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    def imported(*options: str) -> tuple[int, int]:
        capsys.readouterr()
        assert run(["memory", "import", f"out/{name}", "--json", "--memory", f"{name}.db", *options]) == 0
        (report,) = json.loads(capsys.readouterr().out)["files"]
        return report["new"], report["unreviewed"]

    (here / name).write_text(text, encoding="utf-8")
    assert run(["translate", name, "--from", "vi", "-o", f"out/{name}"]) == 0
    assert imported() == (0, 3)
    made = here / "out" / name
    made.write_text(made.read_text(encoding="utf-8").replace("движка", "человека", 1), encoding="utf-8")
    assert imported() == (1, 2)
    assert run(["translate", name, "--from", "vi", "-o", "c.ru.xlf", "--memory", f"out/{name}"]) == 0
    assert imported("--all") == (2, 0)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["find", "Huyện", "--memory", "none"], 2, "No translation memory is named."),
        (["find", "Huyện", "--memory", "nowhere.db"], 3, "nowhere.db: there is no such translation memory."),
        (["find", "Huyện", "--from", "vi", "--memory", "mtkit.toml"], 3, "not a translation memory of mtkit"),
        (["remove"], 2, "Nothing is named to be removed."),
        (["export", "out.docx"], 2, "Unknown exchange format '.docx'."),
        (["import", "nowhere.tmx"], 3, "nowhere.tmx: there is no such file."),
        (["import", "."], 3, "nothing to import in this folder"),
        (["import", "mtkit.toml"], 3, "not a file that a translation memory is made from"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    capsys.readouterr()
    assert run(["memory", *arguments]) == code
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_bench_memory(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = here / "data" / "corpus"
    corpus.mkdir(parents=True)
    rows = [
        f"d\tbody\tXã thứ {number} xây một cây cầu mới.\tA bridge.\tОбщина {number} строит мост.\n"
        for number in range(2, 40)
    ]
    (corpus / "train.tsv").write_text("".join(rows), encoding="utf-8")
    (corpus / "test.tsv").write_text("d\tbody\tDân vui mừng.\tJoy.\tРадость.\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["bench", "memory", "--entries", "200", "--queries", "5", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["entries"] == 200
    found = {row["kind"]: row["found"] for row in printed["rows"]}
    assert found["same text"] == found["other number"] == 5
    assert run(["bench", "memory", "--entries", "50", "--queries", "2", "--peer", "/none/python"]) == 2
    assert "/none/python cannot measure translate-toolkit" in capsys.readouterr().err
