from __future__ import annotations

from pathlib import Path

from mtkit.termbase.io import COLUMNS, load_termbase
from mtkit.termbase.lookup import look_up
from mtkit.termbase.validate import validate

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
