from __future__ import annotations

import time
from pathlib import Path

import pytest

from mtkit.errors import InputError
from mtkit.termbase.io import COLUMNS, load_termbase, read_termbase
from mtkit.termbase.lookup import look_up, russian_entry
from mtkit.termbase.validate import validate
from mtkit.types import Term

HEADER = "\t".join(COLUMNS)


def problems(path: Path, *rows: dict[str, str]) -> list[tuple[str, int]]:
    lines = [HEADER, *("\t".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return [(problem.kind, problem.place.line) for problem in validate(load_termbase(path))]


def test_the_bundled_termbase_has_no_problems() -> None:
    assert validate(load_termbase("bundled")) == ()


def test_kinds_and_lines(tmp_path: Path) -> None:
    found = problems(
        tmp_path / "g.tsv",
        {"id": "a", "vi": "Tỉnh ủy", "en": "Party Committee", "ru": "комитет партии"},
        {"id": "b", "vi": "tỉnh uỷ", "en": "committee of it", "ru": "комитет партии"},
        {"id": "c", "vi": "x", "en": "Party committees", "ru": "партком"},
        {"id": "d", "vi": "xã hội", "vi_not": "xã hội", "en": "society", "ru": "о прорывном"},
        {"id": "e", "vi": "y", "en": "z", "ru": "указ", "ru_forbidden": "Указ"},
    )
    assert found == [
        ("duplicate", 3),
        ("conflict", 4),
        ("no-paradigm", 5),
        ("contradiction", 6),
    ]


def test_unreachable(tmp_path: Path) -> None:
    found = problems(
        tmp_path / "g.tsv",
        {"id": "a", "vi": "x", "en": "the", "ru": "указ"},
    )
    assert found == [("unreachable", 2)]


@pytest.mark.parametrize(
    ("vi", "ru", "kinds"),
    [
        ("Quốc hội", "Nacional'noe sobranie", ["script"]),
        ("Bộ Y tế", "Министерcтво здравоохранения", ["script"]),
        ("VinFast", "VinFast", []),
        ("Tập đoàn Viettel", "группа Viettel", []),
        ("Nhóm hợp tác Á - Âu", "ASEM", []),
        ("nhóm 7", "G7", []),
        ("Bộ Công an", "Минстерство общественой безопастности", ["misspelling"] * 3),
        ("Hoàng Sa", "Парасельские острова", []),
        ("An Ninh", "Чыонг Ан Нинь", []),
        ("Hà Nội", "Ханой; Ганой", ["several-terms"]),
        ("Hà Nội; Thủ đô", "Ханой", ["several-terms"]),
    ],
)
def test_terms_are_written_as_they_can_be_used(tmp_path: Path, vi: str, ru: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in problems(tmp_path / "g.tsv", {"id": "a", "vi": vi, "ru": ru})] == kinds


def test_words_may_be_allowed(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("vi\tru\nphường\tкомитет безопастности\n", encoding="utf-8")
    assert [problem.kind for problem in validate(load_termbase(path))] == ["misspelling"]
    assert validate(load_termbase(path), ["безопастности"]) == ()


def test_a_glossary_that_cannot_be_loaded_says_where_all_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("vi\tru\nxã\nhuyện\ntỉnh\tпровинция\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"g\.tsv:2: .*1 more row is broken; mtkit glossary check .*g\.tsv"):
        load_termbase(path)
    path.write_text("vi\tru\nxã\tобщина\nxã\tкоммуна\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"g\.tsv:3: .*mtkit glossary check .*g\.tsv lists all"):
        load_termbase(path)


def test_look_up_in_three_languages() -> None:
    termbase = load_termbase("bundled")
    for text in (
        "Đến Tỉnh ủy Quảng Trị",
        "the provincial Party Committee",
        "в провинциальном комитете партии",
    ):
        assert "tinh-uy" in {entry.concept.id for entry in look_up(text, termbase)}
    ambiguous = next(entry for entry in look_up("bản", termbase) if entry.concept.id == "ban")
    assert ambiguous.term.condition == "ambiguous"
    assert look_up("совсем другое", termbase) == ()


def messages(path: Path, *lines: str) -> list[tuple[str, str]]:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [(problem.kind, str(problem)) for problem in validate(read_termbase(path))]


def test_a_conflict_names_both_lines(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    (found,) = messages(path, "vi\tru", "xã\tобщина", "huyện\tуезд", "Xã\tкоммуна")
    assert found == ("conflict", f"{path}:4: 'Xã' already means 'община' ({path}:2), here 'коммуна'.")


def test_an_entry_that_another_excludes_is_unreachable(tmp_path: Path) -> None:
    own = "id\tvi\tvi_not\tru"
    ((kind, text),) = messages(tmp_path / "g.tsv", own, "a\txã\txã hội\tобщина", "b\txã hội\t\tобщество")
    assert kind == "unreachable" and "another entry excludes it" in text


def test_a_forbidden_form_of_the_right_term_is_a_contradiction(tmp_path: Path) -> None:
    own = "id\tvi\tru\tru_admitted\tru_forbidden\tru_deprecated"
    found = messages(
        tmp_path / "g.tsv",
        own,
        "a\txã\tобщина\tкоммуна\tобщины\t",
        "b\thuyện\tуезд\t\t\tУезд",
        "c\ttỉnh\tпровинция\t\tгуберния\t",
    )
    assert [(kind, text.split(": ")[1]) for kind, text in found] == [
        ("contradiction", "'общины' is both right and forbidden."),
        ("contradiction", "'Уезд' is both right and deprecated."),
    ]


def test_a_term_twice_in_an_entry_is_a_duplicate(tmp_path: Path) -> None:
    own = "id\tvi\tvi_variants\tru\tru_admitted"
    found = messages(tmp_path / "g.tsv", own, "a\txã\txã | thôn\tобщина\tобщина")
    assert [kind for kind, _ in found] == ["duplicate", "duplicate"]


def test_thousands_of_rows_are_checked_in_seconds(tmp_path: Path) -> None:
    rows = [f"xã thứ {number}\tобщина № {number}" for number in range(5_000)]
    started = time.process_time()
    assert messages(tmp_path / "g.tsv", "vi\tru", *rows, "xã thứ 7\tуезд")[0][1].startswith(
        f"{tmp_path / 'g.tsv'}:5002: "
    )
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("xyz", "is no Russian term"),
        ("Tỉnh ủy", "is no Russian term"),
        ("«»", "is no Russian term"),
        ("cъезд партии", "'cъезд' has Russian and Latin letters"),
    ],
)
def test_what_is_no_russian_term(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        russian_entry(text, load_termbase("bundled"))


def test_a_russian_term_with_or_without_an_entry() -> None:
    bundled = load_termbase("bundled")
    assert russian_entry("четыре  опорные резолюции", bundled).forms
    assert russian_entry("VOV", bundled).text == "VOV"
    assert russian_entry("тихий двор", bundled) == Term(lang="ru", text="тихий двор")
