"""`mtkit translate` as a user meets it: what is written, what is said, and the exit code."""

import errno
import io
import json
import os
import unicodedata
from pathlib import Path

import pytest

from mtkit.cli.app import run
from mtkit.errors import EngineError
from tests.fakes import RuleEngine


@pytest.fixture
def engine(monkeypatch):
    fake = RuleEngine(lambda text: f"перевод {text}")
    monkeypatch.setattr("mtkit.engines.opening.open_engine", lambda name, options: fake)
    return fake


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, content):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def translate(*arguments):
    return run(["translate", *arguments, "--from", "vi", "--glossary", "none"])


def test_one_article_to_standard_output(engine, here, capfdbinary):
    assert translate(write("a.txt", "Xin chào\n\nTạm biệt\n")) == 0
    assert capfdbinary.readouterr().out.decode() == "перевод Xin chào\n\nперевод Tạm biệt\n"


def test_a_folder_with_a_summary_on_standard_error(engine, here, capfd):
    write("in/a.txt", "Xin chào")
    write("in/sub/b.md", "# Một\n\nHai ba.\n")
    assert translate("in", "-o", "out") == 0
    assert Path("out/sub/b.ru.md").read_text(encoding="utf-8") == "# перевод Một\n\nперевод Hai ba.\n"
    said = capfd.readouterr()
    assert said.out == ""
    assert "in/a.txt -> out/a.ru.txt (1 segment," in said.err


def test_json_prints_the_run_records(engine, here, capfd):
    assert translate(write("a.txt", "Xin chào"), "--json") == 0
    (record,) = json.loads(capfd.readouterr().out)
    assert record["segments"][0]["target"] == "перевод Xin chào"


def test_standard_input_line_by_line(engine, here, monkeypatch, capfdbinary):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Một\nHai\n".encode())))
    assert translate("-") == 0
    assert capfdbinary.readouterr().out.decode() == "перевод Một\nперевод Hai\n"


def test_languages_are_recognised_file_by_file(engine, here):
    write("in/a.txt", "Bí thư Tỉnh ủy phát biểu tại cuộc họp sáng nay.")
    write("in/b.txt", "The secretary spoke at the meeting this morning.")
    assert run(["translate", "in", "-o", "out", "--glossary", "none"]) == 0
    assert list(dict.fromkeys(request.src_lang for request in engine.asked)) == ["vi", "en"]


def test_text_in_decomposed_letters_is_read_right(engine, here, capfd):
    assert translate(write("a.txt", unicodedata.normalize("NFD", "Tỉnh ủy Quảng Trị"))) == 0
    assert engine.asked[0].text == "Tỉnh ủy Quảng Trị"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_other_unicode_encodings_are_read_right(engine, here, capfd, encoding):
    assert translate(write("a.txt", "Tỉnh ủy Quảng Trị họp\n".encode(encoding))) == 0
    assert engine.asked[0].text == "Tỉnh ủy Quảng Trị họp"


def test_five_megabytes_on_one_line(engine, here, monkeypatch):
    monkeypatch.setattr(engine, "_rule", lambda text: "Готово.")
    sentence = f"Tỉnh ủy {'công tác ' * 15}họp phiên thường kỳ. "
    count = 5_000_000 // len(sentence.encode()) + 1
    assert translate(write("a.txt", sentence * count), "-o", "b.txt") == 0
    assert Path("b.txt").read_text(encoding="utf-8").count("Готово") == count
    assert len({request.text for request in engine.asked}) == 1


def test_an_empty_file_is_no_translation(engine, here, capfd):
    assert translate(write("a.txt", ""), "-o", "b.txt") == 3
    assert not Path("b.txt").exists()
    assert "a.txt: the file is empty" in capfd.readouterr().err


def test_a_file_without_words_is_copied_with_a_word(engine, here, capfd):
    assert translate(write("a.txt", "* * *"), "-o", "b.txt") == 0
    assert Path("b.txt").read_text() == "* * *"
    assert "nothing to translate" in capfd.readouterr().err


def _broken_glossary(here):
    write("g.tsv", "vi\tru\nphường\tквартал\nxã\n")
    return ["translate", write("a.txt", "Xin"), "--from", "vi", "--glossary", "g.tsv"]


def _windows_1251(here):
    return ["translate", write("a.txt", "Привет, товарищи. Заседание.".encode("cp1251")), "--from", "vi"]


def _broken_json(here):
    return ["translate", write("a.jsonl", '{"text": "Xin"}\n{broken\n'), "--from", "vi"]


def _folder_without_articles(here):
    (here / "in").mkdir()
    return ["translate", "in", "-o", "out"]


def _unknown_pair(here):
    return ["translate", write("a.txt", "Xin"), "--from", "vi", "--to", "fr", "--glossary", "none"]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [
        (lambda here: ["translate", "absent.txt"], 3, "absent.txt: there is no such file"),
        (_folder_without_articles, 3, "in: no document in this folder"),
        (_windows_1251, 3, "a.txt:1: "),
        (_broken_json, 3, "a.jsonl:2: "),
        (_broken_glossary, 3, "g.tsv:3: "),
        (_unknown_pair, 2, "Unknown target language 'fr'"),
        (lambda here: ["translate", write("a.txt", "x"), "--from", "xx"], 2, "Unknown source language 'xx'"),
        (lambda here: ["translate", "-", "-o", "out"], 2, "Standard input goes to standard output"),
        (lambda here: ["translate", write("a.txt", "x"), "--glossary", "none.tsv"], 3, "none.tsv"),
    ],
)
def test_bad_input_is_one_sentence_with_a_place(engine, here, capfd, arguments, exit_code, message):
    assert run(arguments(here)) == exit_code
    said = capfd.readouterr()
    assert message in said.err
    assert "Traceback" not in said.err
    assert said.out == ""


def test_a_model_folder_that_lacks_a_file(here, capfd):
    write("model/config.json", json.dumps({"model_type": "marian"}))
    write("model/vocab.json", "{}")
    assert translate(write("a.txt", "Xin"), "--model", "model") == 5
    assert "model.safetensors" in capfd.readouterr().err


def test_an_unknown_model(here, capfd):
    assert translate(write("a.txt", "Xin"), "--model", "no-such-model") == 2
    assert "mtkit models fetch" in capfd.readouterr().err


def test_a_broken_article_stops_no_other(engine, here, capfd):
    write("in/a.txt", "Xin chào")
    write("in/b.txt", "Привет, товарищи. Заседание.".encode("cp1251"))
    write("in/c.txt", "Tạm biệt")
    assert translate("in", "-o", "out") == 3
    assert sorted(path.name for path in Path("out").glob("*.txt")) == ["a.ru.txt", "c.ru.txt"]
    assert "b.txt:1" in capfd.readouterr().err


def test_a_full_disk(engine, here, monkeypatch, capfd):
    source = write("a.txt", "Xin")

    def full(descriptor, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    assert translate(source, "-o", "b.txt") == 6
    assert not Path("b.txt").exists()
    assert "No space left on device" in capfd.readouterr().err


def test_ctrl_c_keeps_finished_articles(here, monkeypatch, capfd):
    def rule(text):
        if text == "Hai":
            raise KeyboardInterrupt
        return f"перевод {text}"

    monkeypatch.setattr("mtkit.engines.opening.open_engine", lambda name, options: RuleEngine(rule))
    write("in/a.txt", "Một")
    write("in/b.txt", "Hai")
    assert translate("in", "-o", "out") == 130
    assert sorted(path.name for path in Path("out").glob("a*")) == ["a.ru.txt", "a.ru.txt.mtkit.json"]
    said = capfd.readouterr().err
    assert "1 of 2 articles finished" in said
    assert "interrupted" in said


def test_the_same_command_again_does_only_what_is_due(engine, here, capfd):
    write("in/a.txt", "Xin chào")
    write("in/b.txt", "Tạm biệt")
    assert translate("in", "-o", "out") == 0
    said = capfd.readouterr().err.splitlines()
    assert said[-2].split("\t") == [
        *("translated", "up to date", "kept", "failed", "segments", "words", "terms held", "findings")
    ]
    assert said[-1].split("\t")[:7] == ["2", "0", "0", "0", "2", "4", "0 of 0"]
    write("in/b.txt", "Tạm biệt nhé")
    Path("out/a.ru.txt").write_text("правка", encoding="utf-8")
    assert translate("in", "-o", "out") == 0
    said = capfd.readouterr().err
    assert "out/a.ru.txt: edited since; --force translates it again" in said
    assert said.splitlines()[-1].split("\t")[:4] == ["1", "0", "1", "0"]
    assert Path("out/a.ru.txt").read_text(encoding="utf-8") == "правка"
    assert translate("in", "-o", "out", "--force", "--jobs", "2") == 0
    assert Path("out/a.ru.txt").read_text(encoding="utf-8") == "перевод Xin chào"


def test_json_of_a_folder_has_what_is_up_to_date_too(engine, here, capfd):
    write("in/a.txt", "Một")
    write("in/b.txt", "Hai")
    assert translate("in", "-o", "out", "--json") == 0
    first = json.loads(capfd.readouterr().out)
    assert [Path(record["source"]).name for record in first] == ["a.txt", "b.txt"]
    assert translate("in", "-o", "out", "--json") == 0
    assert json.loads(capfd.readouterr().out) == first


def test_a_dry_run_says_what_would_be_done(engine, here, capfd):
    write("in/a.txt", "Xin chào")
    write("in/b.md", "Tạm biệt")
    write("in/c.txt", "Привет, товарищи. Заседание.".encode("cp1251"))
    assert translate("in", "-o", "out", "--exclude", "*.md", "--dry-run", "--json") == 0
    rows = json.loads(capfd.readouterr().out)
    assert [(row["action"], row["article"], row["why"]) for row in rows] == [
        ("translate", "in/a.txt", "new"),
        ("translate", "in/c.txt", "new"),
    ]
    assert not Path("out").exists()
    assert translate("in", "-o", "out", "--dry-run") == 0
    assert capfd.readouterr().out.splitlines()[0] == "action\tarticle\ttarget\twhy"
    assert translate("in/a.txt", "--dry-run") == 0
    capfd.readouterr()
    write("blank.txt", " \n")
    for name, problem in (("blank.txt", "nothing but white space"), ("none.txt", "no such file")):
        assert translate(name, "--dry-run", "--json") == translate(name) == 3
        (row,) = json.loads(capfd.readouterr().out)
        assert row["action"] == "fail" and problem in row["why"]
    assert engine.asked == []


def test_documents_that_are_not_read_are_named(engine, here, capfd):
    write("in/a.txt", "Xin chào")
    write("in/b.pdf", "%PDF-1.4")
    write("in/sub/c.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    write("in/photo.jpg", "x")
    assert translate("in", "-o", "out", "--dry-run", "--json") == 0
    rows = json.loads(capfd.readouterr().out)
    assert [(row["action"], row["article"]) for row in rows] == [
        ("translate", "in/a.txt"),
        ("not read", "in/b.pdf"),
        ("not read", "in/sub/c.doc"),
    ]
    assert translate("in", "-o", "out", "--exclude", "*.doc") == 0
    assert capfd.readouterr().err.splitlines()[-2:] == [
        "1 document not read:",
        "  in/b.pdf: a PDF, which mtkit does not read; save it as text or DOCX.",
    ]
    assert translate("in") == 0
    assert capfd.readouterr().err.splitlines()[0] == "2 documents not read:"


@pytest.mark.parametrize("edited", [False, True])
def test_a_name_is_given_to_the_only_article_that_can_have_it(engine, here, capfd, edited):
    write("in/a.vi.txt", "Xin chào")
    assert translate("in", "-o", "out") == 0
    before = Path("out/a.ru.txt").read_text(encoding="utf-8")
    if edited:
        write("out/a.ru.txt", "Здравствуйте")
    write("in/a.txt", "Tạm biệt")
    capfd.readouterr()
    assert translate("in", "-o", "out", "--exclude", "a.*", "--dry-run") == 3
    assert "from now on" not in capfd.readouterr().err
    assert translate("in", "-o", "out", "--dry-run") == (6 if edited else 0)
    said = (
        "mtkit: in/a.vi.txt: its translation goes to out/a.vi.ru.txt from now on, as in/a.txt can only go to "
        "out/a.ru.txt, where it was."
    )
    (line,) = [line for line in capfd.readouterr().err.splitlines() if "from now on" in line]
    assert line.startswith(said)
    assert ("rename it a.vi.ru.txt, and its record a.vi.ru.txt.mtkit.json." in line) is edited
    assert translate("in", "-o", "out") == (6 if edited else 0)
    assert Path("out/a.vi.ru.txt").read_text(encoding="utf-8") == before
    assert ("out/a.ru.txt: was edited since" in capfd.readouterr().err) is edited
    if edited:
        assert Path("out/a.ru.txt").read_text(encoding="utf-8") == "Здравствуйте"
        for name in ("", ".mtkit.json"):
            Path(f"out/a.ru.txt{name}").replace(f"out/a.vi.ru.txt{name}")
        assert translate("in", "-o", "out") == 0
        assert Path("out/a.vi.ru.txt").read_text(encoding="utf-8") == "Здравствуйте"
    assert Path("out/a.ru.txt").read_text(encoding="utf-8") not in (before, "Здравствуйте")
    capfd.readouterr()
    assert translate("in", "-o", "out") == 0
    assert "from now on" not in capfd.readouterr().err


def test_links_in_a_folder(engine, here, capfd):
    write("elsewhere/a.txt", "Xin chào")
    write("in/b.txt", "Tạm biệt")
    Path("in/a.txt").symlink_to(here / "elsewhere/a.txt")
    Path("in/loop.txt").symlink_to("loop.txt")
    Path("in/folder").symlink_to(here / "elsewhere", target_is_directory=True)
    Path("in/round").symlink_to("..", target_is_directory=True)
    assert translate("in", "-o", "out") == 3
    assert sorted(path.name for path in Path("out").glob("*.txt")) == ["a.ru.txt", "b.ru.txt"]
    said = capfd.readouterr().err
    assert "mtkit: in/loop.txt: cannot be read" in said
    assert "in/folder: a link to a folder" in said and "in/round: a link to a folder" in said
    assert not Path("elsewhere/a.ru.txt").exists()


def test_failures_are_told_at_the_end_and_the_first_decides(here, monkeypatch, capfd):
    def rule(text):
        if text == "Hai":
            raise EngineError("The engine broke.", "Mend it.")
        return f"перевод {text}"

    monkeypatch.setattr("mtkit.engines.opening.open_engine", lambda name, options: RuleEngine(rule))
    write("in/a.txt", "Hai")
    write("in/b.txt", "Привет, товарищи. Заседание.".encode("cp1251"))
    write("in/c.txt", "Một")
    assert translate("in", "-o", "out", "--jobs", "2") == 5
    *_, finished, first, second, names, values = capfd.readouterr().err.splitlines()
    assert finished.startswith("in/c.txt -> out/c.ru.txt")
    assert first == "mtkit: in/a.txt: The engine broke. Mend it."
    assert second.startswith("mtkit: in/b.txt:1: ")
    assert values.split("\t")[:4] == ["1", "0", "0", "2"], names


def test_a_damaged_job_state_is_said_and_nothing_is_touched(engine, here, capfd):
    write("in/a.txt", "Một")
    write("out/.mtkit/jobs.sqlite", "not a database, but some text that is long enough to be looked at")
    assert translate("in", "-o", "out") == 6
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert "out/.mtkit/jobs.sqlite: the job state is damaged" in said
    assert sorted(path.name for path in Path("out").iterdir()) == [".mtkit"]


def test_an_output_folder_that_cannot_be_made(engine, here, capfd):
    write("in/a.txt", "Một")
    write("out", "a file")
    assert translate("in", "-o", "out") == 6
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert "out/.mtkit/jobs.sqlite: the job state cannot be made" in said


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office file (Word, Excel"),
    ],
)
def test_a_file_of_another_kind_is_named(engine, here, capfd, start, kind):
    assert translate(write("a.pdf", start + bytes(200)), "-o", "b.txt") == 3
    said = capfd.readouterr().err
    assert said == f"mtkit: a.pdf: {said.partition(': ')[2].removeprefix('a.pdf: ')}"
    assert kind in said
    assert said.count("\n") == 1


def test_the_engine_is_closed(engine, here, monkeypatch):
    closed = []
    monkeypatch.setattr(engine, "close", lambda: closed.append(True), raising=False)
    assert translate(write("a.txt", "Xin"), "-o", "b.txt") == 0
    assert translate("absent.txt") == 3
    assert translate(write("c.txt", "Xin".encode("utf-16-be") + b"\xd8\x00"), "-o", "d.txt") in (0, 3)
    assert closed == [True, True, True]


def take_at_each_pause(monkeypatch, steps):
    """Each pause of a watching run takes the next step; after the last somebody stops it."""

    def pause(seconds):
        try:
            next(steps)()
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("mtkit.runners.batch_watch.sleep", pause)


def test_watching_takes_what_appears_and_changes(here, monkeypatch, capfd):
    engine = RuleEngine(lambda text: f"перевод {text}")
    monkeypatch.setattr("mtkit.engines.opening.open_engine", lambda name, options: engine)
    Path("in").mkdir()
    steps = iter(
        [
            lambda: write("in/a.txt", "Một"),
            lambda: None,
            lambda: write("in/b.txt", "Привет, товарищи. Заседание.".encode("cp1251")),
            lambda: write("in/a.txt", "Một hai"),
            lambda: None,
            lambda: None,
        ]
    )

    take_at_each_pause(monkeypatch, steps)
    assert translate("in", "-o", "out", "--watch") == 0
    assert Path("out/a.ru.txt").read_text(encoding="utf-8") == "перевод Một hai"
    assert [request.text for request in engine.asked] == ["Một", "Một hai"]
    said = capfd.readouterr().err
    assert said.count("in/b.txt:1: ") == 1
    assert "no longer watching" in said
    assert said.splitlines()[-1].split("\t")[:4] == ["2", "0", "0", "1"]


def test_watching_translates_again_what_gets_another_name(here, monkeypatch, capfd):
    engine = RuleEngine(lambda text: f"перевод {text}")
    monkeypatch.setattr("mtkit.engines.opening.open_engine", lambda name, options: engine)
    write("in/a.vi.txt", "Một")
    steps = iter([lambda: None, lambda: write("in/a.txt", "Hai"), *[lambda: None] * 3])

    take_at_each_pause(monkeypatch, steps)
    assert translate("in", "-o", "out", "--watch") == 0
    assert Path("out/a.ru.txt").read_text(encoding="utf-8") == "перевод Hai"
    assert Path("out/a.vi.ru.txt").read_text(encoding="utf-8") == "перевод Một"
    assert capfd.readouterr().err.count("from now on") == 1


@pytest.mark.parametrize("arguments", [["a.txt", "-o", "out"], ["in"], ["in", "-o", "out", "--dry-run"]])
def test_watching_needs_folders(engine, here, capfd, arguments):
    write("in/a.txt", "Một")
    write("a.txt", "Một")
    assert translate(*arguments, "--watch") == 2
    assert "--watch goes from folders to a folder" in capfd.readouterr().err


def test_a_dash_is_standard_output(engine, here, capfdbinary):
    assert translate(write("a.txt", "Xin"), "-o", "-") == 0
    assert capfdbinary.readouterr().out.decode() == "перевод Xin"


def test_an_article_may_come_through_a_pipe(engine, here, capfd):
    reading, writing = os.pipe()
    os.write(writing, b"Xin")
    os.close(writing)
    assert translate(f"/dev/fd/{reading}") == 0
    os.close(reading)
    assert capfd.readouterr().out == "перевод Xin"


def test_a_device_is_no_place_for_an_article(engine, here, capfd):
    os.mkfifo("pipe")
    assert translate(write("a.txt", "Xin"), "-o", "pipe") == 6
    assert "not a file" in capfd.readouterr().err
    assert not Path("pipe").is_file()


def test_a_file_that_was_edited_since_is_kept_unless_forced(engine, here, capfd):
    write("a.vi.txt", "Tỉnh ủy họp.\n")
    arguments = ["a.vi.txt", "--from", "vi", "-o", "a.ru.txt"]
    assert translate(*arguments) == translate(*arguments) == 0
    target = Path("a.ru.txt")
    target.write_text("Моя правка.\n", encoding="utf-8")
    assert translate(*arguments, "--dry-run") == 6
    assert capfd.readouterr().out.splitlines()[1].startswith("fail\ta.vi.txt\ta.ru.txt")
    assert translate(*arguments) == 6
    assert "--force" in capfd.readouterr().err
    assert target.read_text(encoding="utf-8") == "Моя правка.\n"
    assert translate(*arguments, "--force") == 0
    assert target.read_text(encoding="utf-8") != "Моя правка.\n"


def test_each_table_of_a_folder_takes_the_fields_that_it_has(engine, here, capfd):
    write("in/a.csv", "bài,tít\nMột,Hai\n")
    write("in/b.csv", "story\nBa\n")
    write("in/c.tsv", "mã\tBài\n1\tBốn\n")
    write("in/d.csv", "x\ny\n")
    assert translate("in", "-o", "out", "--fields", "bài,story") == 3
    texts = {path.name: path.read_text(encoding="utf-8") for path in Path("out").glob("*.ru.[ct]sv")}
    assert texts == {
        "a.ru.csv": "bài,tít\nперевод Một,Hai\n",
        "b.ru.csv": "story\nперевод Ba\n",
        "c.ru.tsv": "mã\tBài\n1\tперевод Bốn\n",
    }
    assert "in/d.csv:1: no column 'bài'. Its columns: x." in capfd.readouterr().err
    assert translate("in/a.csv", "--fields", "bài,story") == 3
    assert "in/a.csv:1: no column 'story'" in capfd.readouterr().err


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_a_text_that_is_russian_already_is_wrong_input(engine, here, capfd, name):
    text = "Национальное собрание заседает в Ханое."
    write(name, f"text\n{text}\n" if name.endswith("csv") else text)
    assert run(["translate", name, "--glossary", "none"]) == 3
    assert f"{name}: the text is Russian already" in capfd.readouterr().err


def test_a_language_that_the_text_is_not_in_is_obeyed_with_a_warning(engine, here, capfd, caplog):
    write("a.txt", "The council met in Hanoi and adopted a resolution.")
    assert translate("a.txt", "-o", "b.txt") == 0
    said = "a.txt: translated from Vietnamese, as --from says, but it reads as English."
    assert said in caplog.text + capfd.readouterr().err
    caplog.clear()
    assert run(["translate", "a.txt", "-o", "c.txt", "--from", "en", "--glossary", "none"]) == 0
    assert "reads as" not in caplog.text + capfd.readouterr().err
