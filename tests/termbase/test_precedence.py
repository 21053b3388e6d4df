"""The user's terms beside the bundled ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtkit.termbase.io import load_termbase
from mtkit.termbase.lookup import look_up
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase


def joined(tmp_path: Path, *rows: str) -> Termbase:
    mine = tmp_path / "mine.tsv"
    mine.write_text("\n".join(["vi\ten\tru", *rows, ""]), encoding="utf-8")
    return load_termbase(f"{mine}+bundled")


def matched(termbase: Termbase, lang: str, text: str) -> list[tuple[str, str]]:
    return [
        (match.span.of(text), match.concept.in_lang("ru")[0].text)
        for match in Matcher(termbase, lang).find(text)
    ]


OFFICE = "Sở Ngoại vụ\tDepartment of External Relations\tуправление международных сношений"
COMMITTEE = "UBND tỉnh\tprovincial People's Committee\tпровинциальная администрация"
REGION = ("Tỉnh ủy", "провинциальный комитет партии")
DEPUTY = ("Phó Chủ tịch", "заместитель председателя")


@pytest.mark.parametrize(
    ("row", "lang", "text", "expected"),
    [
        (OFFICE, "vi", "Giám đốc Sở Ngoại vụ", [("Sở Ngoại vụ", "управление международных сношений")]),
        (COMMITTEE, "vi", "Phó Chủ tịch UBND tỉnh", [DEPUTY, ("UBND tỉnh", "провинциальная администрация")]),
        (
            COMMITTEE,
            "vi",
            "PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
            [("PHÓ CHỦ TỊCH", DEPUTY[1]), ("ỦY BAN NHÂN DÂN TỈNH", "провинциальная администрация")],
        ),
        (
            COMMITTEE,
            "en",
            "Chairman of the provincial People's Committee",
            [("provincial People's Committee", "провинциальная администрация")],
        ),
        ("Bí thư\t\tпервый секретарь", "vi", "Bí thư Tỉnh ủy", [("Bí thư", "первый секретарь"), REGION]),
        (
            "\tPeople's Committee\tнародный совет",
            "en",
            "provincial People's Committee",
            [("People's Committee", "народный совет")],
        ),
        ("tỉnh\t\tобласть", "vi", "tỉnh Lai Châu", [("tỉnh", "область"), ("Lai Châu", "Лайтяу")]),
    ],
)
def test_a_longer_bundled_term_yields(
    tmp_path: Path, row: str, lang: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert matched(joined(tmp_path, row), lang, text)[-len(expected) :] == expected


@pytest.mark.parametrize(
    ("row", "lang", "text"),
    [
        ("tỉnh\t\tобласть", "vi", "Tỉnh ủy"),
        ("xã\t\tволость", "vi", "xã hội"),
        ("Đảng\t\tпартия", "vi", "đảng viên"),
        ("Hồ Chí Minh\t\tХо Ши Мин", "vi", "Thành phố Hồ Chí Minh"),
        ("Hội đồng\t\tсовет", "vi", "Hội đồng nhân dân"),
        ("Bí thư\t\tпервый секретарь", "vi", "Tổng Bí thư"),
        ("\tPrime Minister\tглава правительства", "en", "Deputy Prime Minister"),
        ("\tParty\tпартия трудящихся", "en", "Party member"),
    ],
)
def test_another_word_with_it_stays(tmp_path: Path, row: str, lang: str, text: str) -> None:
    bundled = load_termbase("bundled")
    assert matched(joined(tmp_path, row), lang, text) == matched(bundled, lang, text)


def test_looking_up_shows_the_users(tmp_path: Path) -> None:
    entries = look_up("Giám đốc Sở Ngoại vụ", joined(tmp_path, OFFICE))
    assert [entry.term.text for entry in entries] == ["Sở Ngoại vụ"]
