"""Whatever stands in the place of a document is said in one clear sentence, in every format."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from mtkit import registry
from mtkit.documents.base import create_format, format_for, read_document
from mtkit.errors import InputError
from tests.documents.office_examples import RICH_DOCX, RICH_ODT
from tests.documents.office_packages import docx, odt, paragraph
from tests.documents.test_document_formats import SENTENCES, WRITERS

CONTENTS = {name: write(SENTENCES).encode() for name, write in WRITERS.items()} | {
    "docx": RICH_DOCX,
    "odt": RICH_ODT,
}
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + "WordDocument".encode("utf-16-le")


@pytest.fixture(params=registry.names("formats"))
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A place for a file of each format."""
    return tmp_path / f"article{create_format(request.param).suffixes[0]}"


def refused(path: Path, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read_document(path, "en")
    assert str(path) in str(caught.value)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def name_of(path: Path) -> str:
    return next(name for name in CONTENTS if path.suffix in create_format(name).suffixes)


def test_an_empty_file(path: Path) -> None:
    path.write_bytes(b"")
    refused(path, "the file is empty")


@pytest.mark.parametrize(
    "content", [b"\n", b"  \r\n\t\n", b"\xef\xbb\xbf \n", "\ufeff \n".encode("utf-16-le")]
)
def test_a_file_of_white_space(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused(path, "nothing but white space")


def test_a_folder_named_as_a_document(path: Path) -> None:
    path.mkdir()
    refused(path, "this is a folder, not a file")


def test_a_link_to_a_file(path: Path) -> None:
    content = CONTENTS[name_of(path)]
    stored = path.with_name("stored")
    stored.write_bytes(content)
    path.symlink_to(stored)
    assert read_document(path, "en").segments == read_document(path, "en", raw=content).segments != ()


def test_a_link_to_nothing(path: Path) -> None:
    path.symlink_to("gone.bin")
    refused(path, r"a link to gone\.bin, which is not there")


@pytest.mark.parametrize("other", ["docx", "odt", "tmx", "vtt", "xliff"])
def test_a_file_named_as_another_format(path: Path, other: str) -> None:
    path.write_bytes(CONTENTS[other])
    if name_of(path) == other:
        assert read_document(path, "en").segments
    else:
        refused(path, f"by its content it is {other}, .* pass --format {other}")
        assert read_document(path, "en", format=other).segments


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7 x", "a PDF"),
        (OLD_WORD, r"old Word|no ZIP package"),
        (b"PK\x03\x04" + bytes(range(256)), "ZIP"),
    ],
)
def test_a_file_that_no_format_reads(path: Path, content: bytes, says: str) -> None:
    path.write_bytes(content)
    refused(path, says)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx(paragraph(" ") + paragraph("<w:r><w:drawing/></w:r>") + paragraph("…"))),
        ("a.odt", odt("<text:p> </text:p><text:p><text:s/></text:p>")),
    ],
)
def test_a_document_without_text(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    refused(tmp_path / name, "there is no text in it")


@pytest.mark.parametrize("body", ["<p translate=no>Mekong</p>", "<img src=scan.png>"])
def test_a_page_where_nothing_is_to_be_translated_is_read(tmp_path: Path, body: str) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<html><body>{body}</body></html>")
    assert read_document(page, "en").segments == ()


@pytest.mark.parametrize(
    "part", ["<!-- a -->", "<!-- a", "<!-- a -->\n", "<?xml a?>\n", "<?xml a", "<!DOCTYPE a>\n", "<!--", " "]
)
@pytest.mark.parametrize("name", ["a.md", "a"])
def test_what_stands_before_the_content_takes_no_time(name: str, part: str) -> None:
    head = (part * 4096)[:4096].encode()
    begun = process_time()
    format_for(name, head)
    assert process_time() - begun < 1
