from __future__ import annotations

from pathlib import Path

import pytest

from mtkit.documents.base import (
    create_format,
    find_documents,
    format_for,
    read_document,
    render_document,
    unread_documents,
)
from mtkit.errors import ConfigError, InputError, UnknownNameError


@pytest.mark.parametrize(
    ("path", "head", "expected"),
    [
        ("a.txt", b"<html>", "text"),
        ("a.HTM", b"", "html"),
        ("a.md", b"", "markdown"),
        ("a.ru.ndjson", b"", "jsonl"),
        ("a.tsv", b"", "tsv"),
        ("-", b"", "text"),
        ("-", b"Plain words.\nMore words.", "text"),
        ("-", b"\n <!DOCTYPE html><html>", "html"),
        ("-", b"<p class='x'>words", "html"),
        ("-", b"<!-- c --><article>", "html"),
        ("-", b"<3 is no tag", "text"),
        ("-", b'{"text": "words"}\n{"te', "jsonl"),
        ("-", b'{"text": "a long line that is cut', "jsonl"),
        ("-", b'"quoted words" he said\nand more', "text"),
        ("-", b"{braces} in text", "text"),
        ("-", b"a\tb\nc\td\ne\tf", "tsv"),
        ("-", b"a\tb\nno tab here\n", "text"),
        ("-", b"# Title\n\nWords", "markdown"),
        ("-", b"---\ntitle: x\n---\nWords", "markdown"),
        ("-", b"#hashtag first\nwords", "text"),
        ("a.unknown", "# Tiêu đề\n\nabc".encode(), "markdown"),
    ],
)
def test_suffix_first_then_content_then_text(path: str, head: bytes, expected: str) -> None:
    assert format_for(path, head).name == expected


def test_name_wins_and_unknown_names_are_listed() -> None:
    assert format_for("a.html", b"", "text").name == "text"
    with pytest.raises(UnknownNameError, match="html, json, jsonl, markdown"):
        format_for("a.html", b"", "htlm")


def test_options_are_checked() -> None:
    with pytest.raises(UnknownNameError, match="column"):
        create_format("tsv", {"colum": 2})
    with pytest.raises(UnknownNameError, match="none"):
        create_format("text", {"column": 2})
    with pytest.raises(ConfigError, match="count from 1"):
        create_format("tsv", {"column": 0})


def test_options_reach_the_format() -> None:
    document = read_document(
        "a.tsv", "en", raw=b"id\tHello there", options={"tsv": {"column": 2}, "jsonl": {"field": "x"}}
    )
    assert [segment.source for segment in document.segments] == ["Hello there"]


def test_reads_a_file_and_renders_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Hello there.\r\n")
    document = read_document(path, "en")
    assert (document.path, document.format) == (str(path), "text")
    assert render_document(document, {"1": "Привет."}).decode() == "Привет.\r\n"


def test_finds_documents_and_never_its_own_output(tmp_path: Path) -> None:
    wanted = ["a.txt", "b.md", "e.vi.txt", "only.ru.txt", "sub/c.HTML", "sub/deep/d.jsonl"]
    unwanted = [
        "a.ru.txt",  # beside its source
        "b.ru.md",
        "e.ru.txt",  # beside its source in another language
        "renamed.html",  # has a run record
        "renamed.html.mtkit.json",
        "b.ru.txt.mtkit.json",
        ".hidden.txt",
        ".mtkit-0123.tmp",
        ".git/x.txt",
        "sub/picture.png",
        "sub/notes.docx.bak",
    ]
    for name in wanted + unwanted:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [str(path.relative_to(tmp_path)) for path in find_documents(tmp_path)] == wanted
    assert "a.ru.txt" in [path.name for path in find_documents(tmp_path, tgt_lang="de")]


def test_what_is_passed_over_though_it_may_be_missed_is_named(tmp_path: Path) -> None:
    for name in (
        "a.txt",
        "b.PDF",
        "sub/c.doc",
        "sub/d.xlsx",
        "photo.jpg",
        "make.py",
        ".old/e.pdf",
        "~$c.doc",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7" if name.lower().endswith("pdf") else b"\xd0\xcf\x11\xe0\0")
    (tmp_path / "letter.eml").write_text("From: a")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    unread = {str(path.relative_to(tmp_path)): why for path, why in unread_documents(tmp_path)}
    assert list(unread) == ["b.PDF", "letter.eml", "loop", "sub/c.doc", "sub/d.xlsx"]
    assert unread["b.PDF"] == "a PDF, which mtkit does not read; save it as text or DOCX."
    assert unread["loop"] == "a link to a folder, which is not followed; name that folder."


@pytest.mark.parametrize("name", ["a.doc", "a.PDF", "a.rtf", "a.xls"])
@pytest.mark.parametrize("content", ["Quốc hội họp. " * 500, "<html><p>x</p></html>", ""])
def test_a_text_under_the_name_of_another_document_is_read(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert find_documents(tmp_path) == [tmp_path / name]
    assert unread_documents(tmp_path) == []


def test_a_folder_of_translations_is_named_as_that(tmp_path: Path) -> None:
    for name in ("b.ru.txt", "b.ru.txt.mtkit.json", "a.ru.md", "a.ru.md.mtkit.json"):
        (tmp_path / name).write_text("x")
    with pytest.raises(InputError, match=r"nothing to translate in this folder: a\.ru\.md is a translation"):
        find_documents(tmp_path)


def test_links_to_files_are_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "elsewhere.txt").write_text("x")
    (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "elsewhere.txt")
    (tmp_path / "in" / "b.txt").symlink_to("b.txt")
    (tmp_path / "linked").symlink_to(tmp_path / "in", target_is_directory=True)
    for folder in ("in", "linked"):
        assert [path.name for path in find_documents(tmp_path / folder)] == ["a.txt", "b.txt"]
        assert unread_documents(tmp_path / folder) == []


def test_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(InputError, match=r"no document in this folder\. mtkit reads .*\.html"):
        find_documents(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        find_documents(tmp_path / "none")
    with pytest.raises(InputError, match="not a folder"):
        find_documents(tmp_path / "picture.png")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(InputError, match=r"no document in this folder that mtkit reads; a\.pdf is a PDF"):
        find_documents(tmp_path)
