from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from mtkit.cli.app import run
from mtkit.documents.base import record_path
from mtkit.record import content_hash
from mtkit.types import Origin, Segment, Translation
from tests.checks.test_article import PAGE
from tests.documents.office_packages import docx
from tests.reports.run_files import write_run

SOURCES = ["On May 3 the district opened 12 schools.", "The river is high.", "It is over."]
TARGETS = ["4 мая уезд открыл 12 школ.", "Река  высока.", "Это конец."]


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.chdir(tmp_path)
    for name, lines in (("src.txt", SOURCES), ("hyp.txt", TARGETS)):
        Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "hyp.txt", "src.txt"


def findings(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    (file,) = json.loads(capsys.readouterr().out)["files"]
    found: list[dict[str, object]] = file["findings"]
    return found


def test_a_translation(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    hyp, src = sides
    assert run(["check", hyp, "--src", src]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "hyp.txt:1:1: error date: May 3 has become 4 мая.",
        "hyp.txt:2:6: info double-space: A doubled space.",
        "1 error, 0 warnings, 1 for information in 3 segments",
    ]


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("double-space", "info", 1),
        ("double-space", "warning", 0),
        ("date", "warning", 1),
        ("date", "never", 0),
        ("latin", "info", 0),
    ],
)
def test_fail_on(sides: tuple[str, str], severity: str, fail_on: str, code: int) -> None:
    hyp, src = sides
    assert run(["check", hyp, "--src", src, "--only", severity, "--fail-on", fail_on]) == code


def test_processes_print_what_one_prints(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    hyp, src = sides
    for name, lines in ((src, SOURCES), (hyp, TARGETS)):
        Path(name).write_text("\n".join(lines * 1000) + "\n", encoding="utf-8")
    printed = []
    for jobs in ("1", "2"):
        assert run(["check", hyp, "--src", src, "--only", "date,double-space", "--jobs", jobs]) == 1
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert "hyp.txt:2999:6: info double-space" in printed[0]


def test_settings_file(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    hyp, src = sides
    Path("mtkit.toml").write_text(
        '[checks.date]\nseverity = "info"\n[checks.double-space]\nenabled = false\n', encoding="utf-8"
    )
    assert run(["check", hyp, "--src", src, "--json"]) == 0
    assert [(each["check"], each["severity"]) for each in findings(capsys)] == [("date", "info")]
    Path("mtkit.toml").write_text("[checks.date]\nseverty = 1\n", encoding="utf-8")
    assert run(["check", hyp, "--src", src]) == 2
    assert "severity" in capsys.readouterr().err


def test_columns_rows_and_records(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("both.tsv").write_text(
        "source\ttarget\n" + "".join(f"{s}\t{t}\n" for s, t in zip(SOURCES, TARGETS, strict=True)),
        encoding="utf-8",
    )
    assert run(["check", "both.tsv", "--src", "both.tsv", "--only", "date", "--json"]) == 1
    (by_row,) = findings(capsys)
    assert (by_row["segment"], by_row["line"]) == ("1", None)
    segments = [
        {"id": str(n), "src_lang": "en", "source": s, "target": t}
        for n, (s, t) in enumerate(zip(SOURCES, TARGETS, strict=True), 1)
    ]
    Path("a.ru.mtkit.json").write_text(json.dumps({"segments": segments}), encoding="utf-8")
    assert run(["check", "a.ru.mtkit.json", "--only", "date", "--json"]) == 1
    assert findings(capsys) == [by_row]


def translated(folder: Path) -> Path:
    """A file that mtkit wrote, with its record."""
    segments = [
        Segment(id=f"{n}.1", source=source, src_lang="en", tgt_lang="ru")
        for n, source in enumerate(SOURCES, 1)
    ]
    translations = [
        Translation(segment_id=each.id, target=target, origin=Origin.ENGINE)
        for each, target in zip(segments, TARGETS, strict=True)
    ]
    return write_run(folder / "a.ru.txt", segments, translations)


def test_what_mtkit_wrote_is_checked_against_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = translated(tmp_path / "out")
    assert run(["check", str(path), "--only", "date,double-space", "--json"]) == 1
    captured = capsys.readouterr()
    assert f"{path}: checked against the source in the run record beside it.\n" == captured.err
    (file,) = json.loads(captured.out)["files"]
    assert [(each["check"], each["line"]) for each in file["findings"]] == [("date", 1), ("double-space", 2)]


def made_with(glossary: str, folder: Path) -> Path:
    """A file that mtkit wrote with a glossary, with its record."""
    path = translated(folder)
    record = Path(f"{path}.mtkit.json")
    settings = {"settings": {"glossary": glossary}}
    record.write_text(json.dumps(json.loads(record.read_text(encoding="utf-8")) | settings), encoding="utf-8")
    return path


def test_a_translation_is_checked_with_the_glossary_of_its_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.tsv"
    word = SOURCES[0].split()[0]
    own.write_text(f"en\tru\n{word}\tсовсем иное\n", encoding="utf-8")
    path = made_with(f"{own}+bundled", tmp_path / "out")
    check = ["check", str(path), "--only", "term", "--json", "--fail-on", "never"]
    for checked in (check, ["check", f"{path}.mtkit.json", *check[2:]]):
        assert run(checked) == 0
        (file,) = json.loads(capsys.readouterr().out)["files"]
        assert any("совсем иное" in each["message"] for each in file["findings"])
    assert run([*check, "--glossary", "none"]) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["findings"] == []


def test_a_glossary_of_a_run_that_is_gone_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = made_with(str(tmp_path / "gone.tsv"), tmp_path / "out")
    run(["check", str(path), "--fail-on", "never"])
    said = capsys.readouterr().err
    assert f"{path}: the glossary of its run is not used: " in said
    assert "gone.tsv" in said


def test_an_edited_translation_is_checked_as_it_is_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = translated(tmp_path / "out")
    path.write_text("3 мая уезд открыл 11 школ.\n\nРека высока. Это конец.\n", encoding="utf-8")
    assert run(["check", str(path), "--only", "date,number"]) == 1
    captured = capsys.readouterr()
    assert "which was edited since" in captured.err
    assert f"{path}:1:19: error number: 12 is missing; the target has 11." in captured.out


def test_what_is_missing_from_an_edited_translation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = translated(tmp_path / "out")
    path.write_text("4 мая уезд. Открыл 11 школ.\nЭто самый конец.\n", encoding="utf-8")
    assert run(["check", str(path), "--only", "date,number,omission,untranslated"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{path}:1:1: error date: May 3 has become 4 мая.",
        f"{path}:1:20: error number: 12 is missing; the target has 11.",
        f"{path}:1:13: error omission: Missing from line 2 of the source: The river is high.",
        "3 errors, 0 warnings, 0 for information in 3 segments",
    ]
    path.write_text("\n".join([TARGETS[0], "Добавлено 57 слов.", *TARGETS[1:]]), encoding="utf-8")
    assert run(["check", str(path), "--only", "date,number,omission,double-space", "--json"]) == 1
    assert [(each["check"], each["line"]) for each in findings(capsys)] == [("date", 1), ("double-space", 3)]


@pytest.mark.parametrize("edited", [False, True])
def test_a_jsonl_output_is_read_row_by_row(
    edited: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = jsonl_output(tmp_path, "самый конец" if edited else "конец")
    assert run(["check", str(path), "--only", "date,double-space,omission,untranslated", "--json"]) == 1
    assert [(each["check"], each["line"]) for each in findings(capsys)] == [("date", 1), ("double-space", 2)]


def test_a_row_that_was_deleted_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = jsonl_output(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(lines[0] + lines[2], encoding="utf-8")
    assert run(["check", str(path), "--only", "double-space,omission,untranslated"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{path}:segment 2.missing: error omission: Missing from line 2 of the source: The river is high.",
        "1 error, 0 warnings, 0 for information in 3 segments",
    ]


def jsonl_output(folder: Path, end: str = "конец", **record: object) -> Path:
    """JSON Lines that mtkit wrote, in which somebody put another end, and their record."""
    rows = [{"text": s, "translation": t} for s, t in zip(SOURCES, TARGETS, strict=True)]
    path, raw = folder / "a.ru.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(raw.replace("конец", end), encoding="utf-8")
    segments = [
        {"id": str(n), "src_lang": "en", "source": s, "target": t}
        for n, (s, t) in enumerate(zip(SOURCES, TARGETS, strict=True), 1)
    ]
    record = {"format": "jsonl", "segments": segments, "output_sha256": content_hash(raw.encode()), **record}
    Path(f"{path}.mtkit.json").write_text(json.dumps(record), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"format_options": [1]}, "format_options are not an object"),
        ({"segments": [1]}, "no list of segments"),
        ({"segments": [{"source": "It is over."}]}, "no source or no target"),
    ],
)
def test_a_broken_record_is_said(
    record: dict[str, object], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = jsonl_output(tmp_path, "самый конец", **record)
    assert run(["check", str(path)]) == 3
    assert said in capsys.readouterr().err


def test_a_record_of_nothing_stops_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translated(tmp_path)
    write_run(tmp_path / "empty.ru.txt", [], [])
    assert run(["check", str(tmp_path), "--only", "date"]) == 1
    assert "1 error, 0 warnings, 0 for information in 3 segments" in capsys.readouterr().out


XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="en" target-language="ru" original="x" datatype="plaintext"><body>
<trans-unit id="1"><source>OK</source><target>Хорошо</target></trans-unit>
</body></file></xliff>
"""
PO = """msgid ""
msgstr "Language: ru\\n"

msgid "OK"
msgstr "Хорошо"
"""


@pytest.mark.parametrize("edited", [False, True])
@pytest.mark.parametrize(("name", "content", "line"), [("xliff", XLIFF, 3), ("po", PO, 4)])
def test_a_bilingual_output_has_the_language_of_its_record(
    name: str, content: str, line: int, edited: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"a.ru.{name}"
    segments = [{"id": str(line), "src_lang": "en", "source": "OK", "target": "Хорошо"}]
    record = {"format": name, "segments": segments, "output_sha256": content_hash(content.encode())}
    path.write_text(content.replace("Хорошо", "Хорошо хорошо" if edited else "Хорошо"), encoding="utf-8")
    Path(f"{path}.mtkit.json").write_text(json.dumps(record), encoding="utf-8")
    assert run(["check", str(tmp_path), "--only", "doubled-word", "--fail-on", "warning"]) == edited
    assert capsys.readouterr().out.count("warning doubled-word") == edited
    assert run(["check", str(path), "--fix"]) == 2


def test_an_entry_that_was_deleted_from_a_po_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.ru.po"
    path.write_text(PO, encoding="utf-8")
    sides = {"4": ("OK", "Хорошо"), "7": ("It is over.", "Это конец.")}
    segments = [{"id": n, "src_lang": "en", "source": s, "target": t} for n, (s, t) in sides.items()]
    Path(f"{path}.mtkit.json").write_text(json.dumps({"format": "po", "segments": segments}), "utf-8")
    assert run(["check", str(path), "--only", "omission,untranslated"]) == 1
    assert "Missing from line 7 of the source: It is over." in capsys.readouterr().out


@pytest.mark.parametrize("kind", [".gz", ""])
def test_a_packed_record_is_read(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = Path(f"{translated(tmp_path)}.mtkit.json")
    packed = tmp_path / f"r.mtkit.json{kind}"
    packed.write_bytes(gzip.compress(record.read_bytes()) if kind else record.read_bytes())
    assert run(["check", str(packed), "--only", "date"]) == 1
    assert f"{packed}:segment 1.1: error date" in capsys.readouterr().out


def test_documents_are_read_as_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    english = [*SOURCES, "The council will meet again on Friday to discuss the budget of the district."]
    russian = [*TARGETS, "В пятницу совет соберётся снова, чтобы обсудить бюджет уезда."]
    write_page(Path("a.html"), english)
    write_page(Path("a.ru.html"), russian)
    only = ["--only", "date,omission,latin,untranslated"]
    assert run(["check", "a.ru.html", "--src", "a.html", *only]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "a.ru.html:3:4: error date: May 3 has become 4 мая.",
        "1 error, 0 warnings, 0 for information in 4 segments",
    ]
    write_docx(Path("a.docx"), english)
    write_docx(Path("a.ru.docx"), russian)
    write_docx(Path("short.ru.docx"), [*russian[:1], *russian[2:]])
    write_page(Path("short.ru.html"), [*russian[:1], *russian[2:]])
    assert run(["check", "a.ru.docx", "--src", "a.docx", *only, "--json"]) == 1
    assert [each["check"] for each in findings(capsys)] == ["date"]
    for target in ("short.ru.docx", "short.ru.html"):
        for source in ("a.docx", "a.html"):
            assert run(["check", target, "--src", source, *only, "--json"]) == 1
            found = findings(capsys)
            assert [each["check"] for each in found] == ["date", "omission"]
            assert str(found[1]["message"]).endswith("of the source: The river is high.")


def test_a_document_with_a_source_is_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_page(Path("a.html"), SOURCES)
    write_page(Path("a.ru.html"), [*TARGETS[:2], "Это № 5."])
    assert run(["check", "a.ru.html", "--src", "a.html", "--fix", "--only", "number-sign"]) == 0
    assert "<p>Это №\u00a05.</p>" in Path("a.ru.html").read_text(encoding="utf-8")


def test_lines_with_a_document_as_source_are_fixed_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = ["# Уезд", "", TARGETS[0] + " Ещё 3.", "", *TARGETS[1:], "Это № 5."]
    Path("hyp.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    Path("src.md").write_text("\n\n".join(["# The district", *SOURCES]) + "\n", encoding="utf-8")
    assert run(["check", "hyp.txt", "--src", "src.md", "--fix", "--only", "double-space,number-sign"]) == 0
    fixed = Path("hyp.txt").read_text(encoding="utf-8").splitlines()
    assert fixed == [*lines[:4], "Река высока.", TARGETS[2], "Это №\u00a05."]


def write_page(path: Path, sentences: list[str]) -> None:
    path.write_text(
        "<html>\n<body>\n" + "\n".join(f"<p>{each}</p>" for each in sentences) + "\n</body>\n</html>\n",
        encoding="utf-8",
    )


def write_docx(path: Path, sentences: list[str]) -> None:
    path.write_bytes(docx("".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in sentences)))


def test_a_bilingual_file_is_its_own_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.po"
    entries = [f'msgid "{s}"\nmsgstr "{t}"\n' for s, t in zip(SOURCES, TARGETS, strict=True)]
    path.write_text('msgid ""\nmsgstr "Language: ru\\n"\n\n' + "\n".join(entries), encoding="utf-8")
    assert run(["check", str(path), "--only", "date,untranslated"]) == 1
    assert f"{path}:segment 1: error date: May 3 has become 4 мая." in capsys.readouterr().out
    assert run(["check", str(path), "--fix"]) == 2


def test_a_folder_of_translations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, gone = translated(tmp_path / "out" / "news"), translated(tmp_path / "out")
    gone.unlink()
    assert run(["check", str(tmp_path / "out"), "--only", "date", "--json"]) == 1
    checked = {file["path"]: len(file["findings"]) for file in json.loads(capsys.readouterr().out)["files"]}
    assert checked == {str(path): 1, f"{gone}.mtkit.json": 1}
    (tmp_path / "empty").mkdir()
    assert run(["check", str(tmp_path / "empty")]) == 3
    assert "no run record" in capsys.readouterr().err
    assert run(["check", str(tmp_path / "out"), "--src", "x.txt"]) == 2


def test_a_fixed_translation_is_checked_against_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = translated(tmp_path / "out")
    assert run(["check", str(path), "--fix", "--only", "date,double-space"]) == 1
    captured = capsys.readouterr()
    assert "Река высока." in path.read_text(encoding="utf-8")
    assert "1 fixes" in captured.err and "error date" in captured.out


@pytest.mark.parametrize(("lines", "language"), [(SOURCES, "English"), (["Huyện mở trường."], "Vietnamese")])
def test_a_source_on_its_own_is_sent_to_its_place(
    lines: list[str], language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "article.txt"
    path.write_text("\n".join(lines * 3), encoding="utf-8")
    assert run(["check", str(path)]) == 3
    told = capsys.readouterr().err
    assert f"{path} is {language}" in told and f"mtkit check TRANSLATION --src {path}" in told


def test_an_article_on_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.ru.txt"
    path.write_text("\n".join(PAGE), encoding="utf-8")
    assert run(["check", str(path), "--json"]) == 0
    captured = capsys.readouterr()
    assert "the article is in lines 6 to 18" in captured.err
    (file,) = json.loads(captured.out)["files"]
    found = {each["check"]: each["text"] for each in file["findings"]}
    assert found["document-kind"] == "Постановления"
    assert found["capital-consistency"] in ("XIV Съезду", "XIV съезда")
    assert found["wording-consistency"] == "Комиссия по библиотекам и музеям"
    assert found["hyphen-space"] == "общественно -политическую"
    assert found["number-sign"] == " "
    assert all(each["line"] for each in file["findings"])


def test_what_is_left_out_of_a_page_is_told_and_checked_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.ru.txt"
    path.write_text("\n".join(["Главная главная", *PAGE]), encoding="utf-8")
    assert run(["check", str(path)]) == 0
    captured = capsys.readouterr()
    assert "12 other lines are not checked" in captured.err and "--whole" in captured.err
    assert "doubled-word" not in captured.out
    assert run(["check", str(path), "--whole"]) == 1
    captured = capsys.readouterr()
    assert not captured.err and ":1:1: warning doubled-word" in captured.out
    assert run(["check", str(path), "--whole", "--article"]) == 2


def test_a_fixed_output_of_mtkit_is_read_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.ru.txt"
    path.write_text("\n".join([*PAGE, "Река  высока"]), encoding="utf-8")
    Path(f"{path}.mtkit.json").write_text('{"segments": [], "format": "text"}', encoding="utf-8")
    run(["check", str(path), "--fix", "--only", "double-space"])
    assert "the article is in" not in capsys.readouterr().err
    assert path.read_text(encoding="utf-8").endswith("Река высока")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Река река  высока.\n".encode())))
    assert run(["check", "-", "--fail-on", "warning"]) == 1
    assert "-:1:1: warning doubled-word: Doubled word: Река река." in capsys.readouterr().out


def test_fix_writes_what_it_can_prove(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    hyp, src = sides
    assert run(["check", hyp, "--src", src, "--fix"]) == 1
    captured = capsys.readouterr()
    assert "+Река высока." in captured.err and "1 fixes" in captured.err
    assert Path(hyp).read_text(encoding="utf-8").splitlines() == [TARGETS[0], "Река высока.", TARGETS[2]]
    assert "double-space" not in captured.out


def test_fix_leaves_the_rest_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.ru.txt"
    path.write_text("\n".join(PAGE), encoding="utf-8")
    assert run(["check", str(path), "--fix"]) == 0
    fixed = path.read_text(encoding="utf-8").split("\n")
    changed = [number for number, (old, new) in enumerate(zip(PAGE, fixed, strict=True)) if old != new]
    assert [PAGE[number][:12] for number in changed] == ["На заседании"]
    assert "общественно-политическую" in fixed[changed[0]] and "№\u00a057" in fixed[changed[0]]


def test_fix_refuses_what_it_cannot_write(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("hyp.jsonl").write_text('{"translation": "Река  высока."}\n', encoding="utf-8")
    assert run(["check", "hyp.jsonl", "--fix"]) == 2
    assert "--fix cannot write to hyp.jsonl" in capsys.readouterr().err


TABLES = {
    "a.ru.tsv": ("id\tvi\tru\n7\tNước lên.\t{}\n8\t{}\n", {}),
    "b.ru.tsv": ("Nước lên.\t7\t{}\nHết.\t8\t{}\n", {}),
    "c.ru.tsv": ("x\tNước lên.\t{}\ny\tHết.\t{}\n", {"column": 2}),
    "d.ru.tsv": ("title\tbody\tx\n{}\tРека.\t1\n{}\tМост.\t2\n", {"columns": ["title"]}),
    "e.ru.csv": ("id,vi,ru\n7,Nước lên.,{}\n8,Hết.,{}\n", {}),
    "f.ru.jsonl": ('{{"id": 1, "text": "N. H.", "translation": "{}"}}\n"{}"\n', {}),
    "g.ru.jsonl": ('{{"x": "{}", "text": "é\\u00e9"}}\n{{"x": "{}"}}\n', {"fields": ["x"]}),
}


@pytest.mark.parametrize("name", TABLES)
def test_fix_writes_what_mtkit_translated(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, (content, options) = tmp_path / name, TABLES[name]
    last = "Это конец." if content.count("{}") == 2 else ""
    raw = content.format("Вода в реке. Река  высока.", last)
    path.write_text(raw, encoding="utf-8")
    kind = path.suffix.removeprefix(".")
    segments = [{"id": "2", "source": "Nước lên.", "target": "Река  высока.", "src_lang": "vi"}]
    record = {"format": kind, "format_options": options, "segments": segments}
    record_path(path).write_text(json.dumps(record), encoding="utf-8")
    assert run(["check", str(path), "--fix", "--fail-on", "never"]) == 0
    assert "1 fixes" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == raw.replace("Река  высока.", "Река высока.")


def test_fix_of_a_folder_skips_what_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    segments = [{"id": "1", "source": "Nước lên.", "target": "Река  высока.", "src_lang": "vi"}]
    for name, kind in (("a.ru.sdlxliff", "xliff"), ("b.ru.txt", "text")):
        record_path(tmp_path / name).write_text(
            json.dumps({"format": kind, "segments": segments}), encoding="utf-8"
        )
    (tmp_path / "b.ru.txt").write_text("Река  высока.\n", encoding="utf-8")
    assert run(["check", str(tmp_path), "--fix", "--fail-on", "never"]) == 2
    assert "left as it is: --fix cannot write to" in capsys.readouterr().err
    assert (tmp_path / "b.ru.txt").read_text(encoding="utf-8") == "Река высока.\n"


def test_baseline(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    hyp, src = sides
    assert run(["check", hyp, "--src", src, "--write-baseline", "known.json"]) == 0
    assert "2 findings accepted" in capsys.readouterr().err
    assert run(["check", hyp, "--src", src, "--baseline", "known.json"]) == 0
    assert (
        capsys.readouterr().out
        == "0 errors, 0 warnings, 0 for information in 3 segments; 2 more in the baseline\n"
    )
    Path(hyp).write_text(
        "Новая строка.\n" + "\n".join([*TARGETS[:2], "Это  конец."]) + "\n", encoding="utf-8"
    )
    Path(src).write_text("A new line.\n" + "\n".join(SOURCES) + "\n", encoding="utf-8")
    assert run(["check", hyp, "--src", src, "--baseline", "known.json", "--fail-on", "info", "--json"]) == 1
    assert [each["line"] for each in findings(capsys)] == [4]
    Path("known.json").write_text("{}", encoding="utf-8")
    assert run(["check", hyp, "--src", src, "--baseline", "known.json"]) == 3


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", "omission"]) == 0
    assert "ITS 2.0 issue type: omission" in capsys.readouterr().out
    assert run(["check", "--explain", "all"]) == 0
    assert "yo (info)" in capsys.readouterr().out
    assert run(["check", "--explain", "omision"]) == 2
    assert "omission" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "nothing to check"),
        (["missing.txt"], 3, "no such file"),
        (["hyp.txt", "--src", "missing.txt"], 3, "no such file"),
        (["hyp.txt", "src.txt", "--src", "src.txt"], 2, "one file"),
        (["hyp.txt", "--src", "src.txt", "--from", "fr"], 2, "Known: auto, en, vi"),
        (["hyp.txt", "--only", "datte"], 2, "date"),
        (["hyp.txt", "--glossary", "missing.tsv"], 3, "missing.tsv"),
    ],
)
def test_errors_are_one_sentence(
    sides: tuple[str, str], arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", *arguments]) == code
    assert said in capsys.readouterr().err


def test_sides_of_different_length(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    numbers = (12, 450, 1990, 73, 8)
    targets = [f"В провинции построили {number} новых школ и больниц." for number in numbers]
    sources = [f"The province has built {number} new schools and hospitals." for number in numbers]
    for name, lines in (("hyp", targets[:2] + targets[3:]), ("src", sources)):
        Path(f"{name}.tsv").write_text("\n".join(["text", *lines]) + "\n", encoding="utf-8")
    assert run(["check", "hyp.tsv#text", "--src", "src.tsv#text"]) == 3
    told = capsys.readouterr().err
    assert "hyp.tsv#text has 4 segments, src.tsv#text has 5. They part from row 3 of hyp.tsv#text on" in told
    assert "row by row: mend that row." in told


def test_a_lost_line_is_found(sides: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    hyp, src = sides
    Path(hyp).write_text(f"{TARGETS[0]}\n{TARGETS[2]}\n", encoding="utf-8")
    assert run(["check", hyp, "--src", src, "--fix"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert f"omission: Missing from line 2 of the source: {SOURCES[1]}" in told[1]
    assert "error date" in told[0], "the others are compared with their own sources"


def test_the_source_of_the_record_is_the_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = translated(tmp_path / "out")
    added = "In 2031 the bridge over the river will be 450 metres long."
    source, other = tmp_path / "a.en.txt", tmp_path / "b.en.txt"
    source.write_text("\n".join(SOURCES), encoding="utf-8")
    other.write_text("\n".join([*SOURCES, added]), encoding="utf-8")
    record = Path(f"{path}.mtkit.json")
    known = json.loads(record.read_text(encoding="utf-8"))
    known |= {"source_sha256": content_hash(source.read_bytes())}
    record.write_text(json.dumps(known), encoding="utf-8")
    assert run(["check", str(path), "--src", str(source), "--only", "date"]) == 1
    assert "checked against the source in the run record" in capsys.readouterr().err
    assert run(["check", str(path), "--src", str(other), "--only", "omission,date"]) == 1
    captured = capsys.readouterr()
    assert "run record" not in captured.err and added in captured.out
