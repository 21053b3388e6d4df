import json
from pathlib import Path

import pytest

from mtkit.errors import ConfigError, InputError
from mtkit.runners.local import Job, plan
from mtkit.runners.targets import translated_name


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
    planned = plan([folder], str(tmp_path / "out"), "ru")
    assert planned.folder == tmp_path / "out"
    assert [job.target for job in planned.jobs] == [tmp_path / "out/a.ru.txt", tmp_path / "out/sub/b.ru.txt"]


def test_articles_that_would_fall_on_each_other_keep_their_language(tmp_path):
    for lang in ("vi", "en"):
        (tmp_path / f"a.{lang}.txt").write_text("x", encoding="utf-8")
    jobs = plan([tmp_path], str(tmp_path / "out"), "ru").jobs
    names = [job.target.name for job in jobs]
    assert names == ["a.en.ru.txt", "a.vi.ru.txt"]


@pytest.mark.parametrize(
    ("sources", "there", "expected"),
    [
        (["a.vi.txt", "a.en.txt"], {"a.ru.txt": "in/a.vi.txt"}, ["a.en.ru.txt", "a.ru.txt"]),
        (["a.vi.txt", "a.en.txt"], {"a.ru.txt": "elsewhere/a.vi.txt"}, ["a.en.ru.txt", "a.ru.txt"]),
        (["a.vi.txt", "a.txt"], {"a.ru.txt": "a.txt"}, ["a.ru.txt", "a.vi.ru.txt"]),
        (["a.vi.txt", "a.en.txt"], {"a.ru.txt": None}, ["a.en.ru.txt", "a.vi.ru.txt"]),
        (["a.vi.txt"], {"a.vi.ru.txt": "a.vi.txt"}, ["a.vi.ru.txt"]),
        (["a.vi.txt"], {"a.vi.ru.txt": "a.vi.txt", "a.ru.txt": "a.vi.txt"}, ["a.ru.txt"]),
        (["a.vi.txt"], {"a.vi.ru.txt": "b.vi.txt"}, ["a.ru.txt"]),
        (
            ["a.vi.txt", "a.en.txt"],
            {"a.ru.txt": "a.vi.txt", "a.vi.ru.txt": "a.vi.txt"},
            ["a.en.ru.txt", "a.vi.ru.txt"],
        ),
        (["a.vi.txt", "a.txt"], {"a.ru.txt": "a.vi.txt"}, ["a.ru.txt", "a.vi.ru.txt"]),
        (
            ["a.vi.txt", "a.en.txt", "a.txt"],
            {"a.ru.txt": "a.en.txt"},
            ["a.en.ru.txt", "a.ru.txt", "a.vi.ru.txt"],
        ),
        (["a.vi.txt", "a.vi.en.txt"], {"a.vi.ru.txt": "a.vi.txt"}, ["a.vi.en.ru.txt", "a.vi.ru.txt"]),
        (
            ["a.vi.txt", "a.en.txt", "a.vi.en.txt"],
            {"a.vi.ru.txt": "a.vi.en.txt"},
            ["a.en.ru.txt", "a.vi.en.ru.txt", "a.vi.ru.txt"],
        ),
    ],
)
def test_a_translation_keeps_its_name_when_a_sibling_of_its_source_comes_or_goes(
    tmp_path, sources, there, expected
):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    for name in sources:
        (tmp_path / "in" / name).write_text("x", encoding="utf-8")
    for name, source in there.items():
        (tmp_path / "out" / name).write_text("y", encoding="utf-8")
        record = json.dumps({"source": source}) if source else "[]"
        (tmp_path / "out" / f"{name}.mtkit.json").write_text(record, encoding="utf-8")
    jobs = plan([tmp_path / "in"], str(tmp_path / "out"), "ru").jobs
    assert [job.target.name for job in jobs] == expected


def test_one_file_goes_to_a_file_or_into_a_folder(folder, tmp_path):
    source = folder / "a.vi.txt"
    single = plan([source], str(tmp_path / "x.txt"), "ru")
    assert single.folder is None
    assert single.jobs == (Job(source=source, target=tmp_path / "x.txt"),)
    assert plan([source], str(tmp_path), "ru").jobs[0].target == tmp_path / "a.ru.txt"
    assert plan([source], f"{tmp_path}/new/", "ru").jobs[0].target == tmp_path / "new/a.ru.txt"
    assert plan([source], None, "ru").jobs == (Job(source=source),)


def test_several_articles_need_a_place(folder):
    with pytest.raises(ConfigError, match="-o OUT"):
        plan([folder], None, "ru")


def test_a_source_is_never_overwritten(folder):
    with pytest.raises(ConfigError, match="is a source"):
        plan([folder / "a.vi.txt"], str(folder / "a.vi.txt"), "ru")


def test_a_folder_without_articles(tmp_path):
    with pytest.raises(InputError, match="no document"):
        plan([tmp_path], str(tmp_path / "out"), "ru")


@pytest.fixture
def mixed(tmp_path):
    for name in ("a.vi.txt", "a.en.txt", "b.md", "sub/c.md", "sub/deep/d.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return tmp_path / "in"


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        (["*.md"], [], ["b.ru.md", "sub/c.ru.md"]),
        (["sub/*"], [], ["sub/c.ru.md", "sub/deep/d.ru.txt"]),
        ([], ["sub/*", "*.md"], ["a.en.ru.txt", "a.vi.ru.txt"]),
        (["*.txt"], ["sub/*"], ["a.en.ru.txt", "a.vi.ru.txt"]),
        (["a.vi.*"], [], ["a.vi.ru.txt"]),
        (["[bc].md"], ["sub/*"], ["b.ru.md"]),
    ],
)
def test_patterns_choose_and_change_no_names(mixed, tmp_path, include, exclude, expected):
    out = tmp_path / "out"
    jobs = plan([mixed], str(out), "ru", include=include, exclude=exclude).jobs
    assert [job.target.relative_to(out).as_posix() for job in jobs] == expected


def test_patterns_that_fit_nothing(mixed, tmp_path):
    with pytest.raises(InputError, match="None of 5 articles fits"):
        plan([mixed], str(tmp_path / "out"), "ru", include=["*.docx"])


@pytest.mark.parametrize(
    ("source", "target"), [("a.txt", "b.docx"), ("a.docx", "b.txt"), ("a.odt", "b.docx")]
)
def test_a_package_is_not_written_under_another_name(tmp_path, source, target):
    path = tmp_path / source
    path.write_text("Xin")
    with pytest.raises(ConfigError, match="format of its source"):
        plan([path], str(tmp_path / target), "ru")
    assert plan([path], str(tmp_path / f"b{path.suffix}"), "ru").jobs


def test_a_name_without_a_known_suffix_may_take_anything(tmp_path):
    path = tmp_path / "a.docx"
    path.write_text("Xin")
    assert plan([path], str(tmp_path / "b.out"), "ru").jobs
