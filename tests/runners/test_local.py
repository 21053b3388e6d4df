import json
from pathlib import Path

import pytest

from mtkit.config import Settings
from mtkit.errors import ConfigError, InputError, StoreError
from mtkit.runners import local
from mtkit.runners.local import Job, Translator, plan, translate_jobs, translated_name
from tests.fakes import RuleEngine


def translator(rule=lambda text: f"перевод {text}"):
    return Translator(
        engine=RuleEngine(rule), termbase=None, settings=Settings(), src_lang="vi", tgt_lang="ru"
    )


@pytest.fixture
def folder(tmp_path):
    articles = tmp_path / "articles"
    (articles / "sub").mkdir(parents=True)
    (articles / "a.vi.txt").write_text("Xin chào\nTạm biệt\n", encoding="utf-8")
    (articles / "sub" / "b.txt").write_text("Một\n\nHai", encoding="utf-8")
    return articles


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.vi.txt", "a.ru.txt"), ("a.txt", "a.ru.txt"), ("a.en.md", "a.ru.md"), (".vi.txt", ".vi.ru.txt")],
)
def test_translated_name(name, expected):
    assert translated_name(Path(name), "ru") == Path(expected)


def test_a_folder_keeps_its_shape(folder, tmp_path):
    jobs = plan([folder], str(tmp_path / "out"), "ru")
    assert [job.target for job in jobs] == [tmp_path / "out/a.ru.txt", tmp_path / "out/sub/b.ru.txt"]


def test_articles_that_would_fall_on_each_other_keep_their_language(tmp_path):
    for lang in ("vi", "en"):
        (tmp_path / f"a.{lang}.txt").write_text("x", encoding="utf-8")
    names = [job.target.name for job in plan([tmp_path], str(tmp_path / "out"), "ru")]
    assert names == ["a.en.ru.txt", "a.vi.ru.txt"]


def test_one_file_goes_to_a_file_or_into_a_folder(folder, tmp_path):
    source = folder / "a.vi.txt"
    assert plan([source], str(tmp_path / "x.txt"), "ru")[0].target == tmp_path / "x.txt"
    assert plan([source], str(tmp_path), "ru")[0].target == tmp_path / "a.ru.txt"
    assert plan([source], f"{tmp_path}/new/", "ru")[0].target == tmp_path / "new/a.ru.txt"
    assert plan([source], None, "ru") == [Job(source=source)]


def test_several_articles_need_a_place(folder):
    with pytest.raises(ConfigError, match="-o OUT"):
        plan([folder], None, "ru")


def test_a_source_is_never_overwritten(folder):
    with pytest.raises(ConfigError, match="is a source"):
        plan([folder / "a.vi.txt"], str(folder / "a.vi.txt"), "ru")


def test_a_folder_without_articles(tmp_path):
    with pytest.raises(InputError, match="no document"):
        plan([tmp_path], str(tmp_path / "out"), "ru")


def test_articles_and_records_are_written(folder, tmp_path):
    jobs = plan([folder], str(tmp_path / "out"), "ru")
    outcomes = list(translate_jobs(jobs, translator()))
    assert [outcome.error for outcome in outcomes] == [None, None]
    text = (tmp_path / "out/a.ru.txt").read_text(encoding="utf-8")
    assert text == "перевод Xin chào\nперевод Tạm biệt\n"
    assert (tmp_path / "out/sub/b.ru.txt").read_text(encoding="utf-8") == "перевод Một\n\nперевод Hai"
    record = json.loads((tmp_path / "out/a.ru.txt.mtkit.json").read_text(encoding="utf-8"))
    assert [s["target"] for s in record["segments"]] == ["перевод Xin chào", "перевод Tạm biệt"]
    assert record["engine"]["engine"] == "rule"


def test_the_same_run_writes_the_same_record(folder, tmp_path):
    written = []
    for _ in range(2):
        list(translate_jobs(plan([folder], str(tmp_path / "out"), "ru"), translator()))
        written.append((tmp_path / "out/a.ru.txt.mtkit.json").read_bytes())
    assert written[0] == written[1]


def test_groups_are_decoded_together_over_document_borders(folder, tmp_path):
    working = translator()
    list(translate_jobs(plan([folder], str(tmp_path / "out"), "ru"), working))
    assert {request.text for request in working.engine.asked} == {"Xin chào", "Tạm biệt", "Một", "Hai"}


def test_a_broken_article_stops_no_other(folder, tmp_path):
    (folder / "c.txt").write_bytes("Привет, товарищи".encode("cp1251"))
    outcomes = list(translate_jobs(plan([folder], str(tmp_path / "out"), "ru"), translator()))
    failed = [outcome for outcome in outcomes if outcome.error]
    assert [outcome.job.source.name for outcome in failed] == ["c.txt"]
    assert (tmp_path / "out/a.ru.txt").is_file()
    assert not (tmp_path / "out/c.ru.txt").exists()


def test_an_engine_failure_is_held_to_its_article(folder, tmp_path):
    from mtkit.errors import EngineError

    def rule(text):
        if text == "Hai":
            raise EngineError("The engine broke.")
        return f"перевод {text}"

    outcomes = list(translate_jobs(plan([folder], str(tmp_path / "out"), "ru"), translator(rule)))
    assert [str(o.error) for o in outcomes if o.error] == ["The engine broke."]
    assert (tmp_path / "out/a.ru.txt").is_file()
    assert not (tmp_path / "out/sub/b.ru.txt").exists()


def test_ctrl_c_keeps_what_was_finished(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(local, "GROUP_SEGMENTS", 1)

    def rule(text):
        if text in ("Một", "Hai"):
            raise KeyboardInterrupt
        return f"перевод {text}"

    with pytest.raises(KeyboardInterrupt):
        list(translate_jobs(plan([folder], str(tmp_path / "out"), "ru"), translator(rule)))
    assert sorted(p.name for p in (tmp_path / "out").rglob("*.*")) == ["a.ru.txt", "a.ru.txt.mtkit.json"]


def test_a_full_disk_leaves_nothing_half_written(folder, tmp_path, monkeypatch):
    import errno
    import os

    def full(descriptor, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreError, match="No space left"):
        list(translate_jobs(plan([folder], str(tmp_path / "out"), "ru"), translator()))
    assert [p for p in (tmp_path / "out").rglob("*") if p.is_file()] == []
