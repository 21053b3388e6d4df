from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mtkit.documents.base import create_format, render_document
from mtkit.documents.edited import EditedUnit, KeepsSources, read_edited
from mtkit.errors import FormatError

SOURCES = ("The council met. It voted.", "Prices rose.", "A bridge opened; a road did not.")
JSON_LINES = "".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(SOURCES))
TABLES: list[tuple[str, dict[str, Any], str]] = [
    ("jsonl", {}, JSON_LINES),
    ("jsonl", {"field": "text", "target_field": "ru"}, JSON_LINES),
    ("tsv", {}, "".join(f"{text}\tother\n" for text in SOURCES)),
    ("tsv", {"column": "b"}, "a\tb\n" + "".join(f"x\t{text}\n" for text in SOURCES)),
    ("csv", {}, "id;en;ru\n" + "".join(f'7;"{text}";\n' for text in SOURCES)),
    ("csv", {"columns": [1], "target_column": 2}, "".join(f'"{text}",\n' for text in SOURCES)),
]
IN_PLACE: list[tuple[str, dict[str, Any], str]] = [
    ("jsonl", {"fields": ["text"]}, JSON_LINES),
    ("tsv", {"columns": [2]}, "".join(f"x\t{text}\n" for text in SOURCES)),
    ("csv", {"columns": ["b"]}, "a,b\n" + "".join(f'x,"{text}"\n' for text in SOURCES)),
    ("text", {}, "\n".join(SOURCES)),
]


def translated(folder: Path, format: str, options: dict[str, Any], text: str) -> tuple[Path, dict[str, str]]:
    """A file as mtkit writes it, and the ids of its segments with their sources."""
    kind = create_format(format, options)
    document = kind.read(text.encode(), "a", "en", "ru")
    path = folder / f"a.ru{kind.suffixes[0]}"
    path.write_bytes(render_document(document, {s.id: s.source.upper() for s in document.segments}))
    return path, {segment.id: segment.source for segment in document.segments}


def unit_ids(ids: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(id.partition(".")[0] for id in ids))


@pytest.mark.parametrize(("format", "options", "text"), TABLES)
def test_each_row_has_its_source_and_its_target(
    tmp_path: Path, format: str, options: dict[str, Any], text: str
) -> None:
    path, ids = translated(tmp_path, format, options, text)
    path.write_text(path.read_text().replace("PRICES ROSE.", "Цены выросли. Опять."))
    units = read_edited(path, format=format, options=options, src_lang="en")
    assert isinstance(create_format(format), KeepsSources)
    assert [unit.id for unit in units] == unit_ids(ids)
    assert [source for unit in units for source in unit.sources] == list(ids.values())
    assert [unit.targets for unit in units] == [
        ("THE COUNCIL MET.", "IT VOTED."),
        ("Цены выросли.", "Опять."),
        ("A BRIDGE OPENED; A ROAD DID NOT.",),
    ]


@pytest.mark.parametrize(("format", "options", "text"), IN_PLACE)
def test_what_was_translated_in_place_has_targets_alone(
    tmp_path: Path, format: str, options: dict[str, Any], text: str
) -> None:
    path, ids = translated(tmp_path, format, options, text)
    units = read_edited(path, format=format, options=options, src_lang="en")
    assert [unit.id for unit in units] == unit_ids(ids)
    assert [unit.sources for unit in units] == [(), (), ()]
    assert [target for unit in units for target in unit.targets] == [text.upper() for text in ids.values()]


def test_rows_may_be_moved_emptied_and_added(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("en,ru\nTwo.,Два.\nOne.,\nNew.,Новое.\n,\n")
    assert read_edited(path, format="csv", src_lang="en") == [
        EditedUnit(id="2", sources=("Two.",), targets=("Два.",)),
        EditedUnit(id="3", sources=("One.",), targets=()),
        EditedUnit(id="4", sources=("New.",), targets=("Новое.",)),
    ]


def test_the_column_is_the_one_of_the_language(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("vi,en,ru\nMột.,One.,Один.\n")
    (unit,) = read_edited(path, format="csv", src_lang="en")
    assert unit.sources == ("One.",)


def test_a_row_shorter_than_the_header_has_its_target_at_its_end(tmp_path: Path) -> None:
    text = "id\ttext\tnote\n1\tOne.\n2\tTwo.\tn\n"
    path, _ = translated(tmp_path, "tsv", {"column": "text"}, text)
    path.write_text(path.read_text().replace("ONE.", "Один."))
    units = read_edited(path, format="tsv", options={"column": "text"}, src_lang="en")
    assert [unit.targets for unit in units] == [("Один.",), ("TWO.",)]


def test_the_article_of_a_page_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.ru.html"
    path.write_text("<html><body><h1>Дороги</h1>\n<p>Иван Петров</p>\n<p>Мост открыт.</p></body></html>")
    units = read_edited(path, format="html", options={"article": True}, src_lang="en")
    assert [unit.targets for unit in units] == [("Дороги",), ("Иван Петров",), ("Мост открыт.",)]


def test_lines_without_a_text_have_no_unit(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": null}\n\n{"text": "One.", "translation": "Один."}\n"Голая строка"\n')
    assert read_edited(path, format="jsonl", src_lang="en") == [
        EditedUnit(id="3", sources=("One.",), targets=("Один.",)),
        EditedUnit(id="4", sources=(), targets=("Голая строка",)),
    ]


def test_a_lost_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("id\tbody\n1\tOne.\n")
    with pytest.raises(FormatError, match="no column 'translation'"):
        read_edited(path, format="tsv", options={"column": "body"}, src_lang="en")


def test_a_catalogue_has_its_numbers_as_they_were_translated(tmp_path: Path) -> None:
    text = 'msgid "One. Two."\nmsgstr ""\n\nmsgid "%d file"\nmsgid_plural "%d files"\n'
    text += "".join(f'msgstr[{form}] ""\n' for form in range(3))
    path, ids = translated(tmp_path, "po", {}, text)
    path.write_text(path.read_text().replace('msgstr[1] "%d FILES"', 'msgstr[1] "Файла: %d"'))
    plain, unit = read_edited(path, format="po", src_lang="en")
    assert [*plain.sources, *unit.sources] == list(ids.values())
    assert plain.targets == ("ONE.", "TWO.")
    assert unit.sources == ("121 files", "123 files", "125 files")
    assert unit.targets == ("121 FILES", "Файла: 123", "125 FILES")
