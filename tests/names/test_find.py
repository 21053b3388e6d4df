from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.errors import ConfigError
from mtkit.names.find import NameTable, find_names
from mtkit.names.resolve import is_ascii_syllable, resolve


def found(text: str, lang: str) -> list[tuple[str, str, str]]:
    return [(match.text, match.kind, match.russian) for match in find_names(text, lang)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Chủ tịch HĐND tỉnh Nguyễn Đăng Quang dự họp.",
            [("Nguyễn Đăng Quang", "person", "Нгуен Данг Куанг")],
        ),
        (
            "Chủ tịch nước Lương Cường đến Huế.",
            [("Lương Cường", "person", "Лыонг Кыонг"), ("Huế", "place", "Хюэ")],
        ),
        ("Ông Quang thăm xã Triệu Ái.", [("Quang", "person", "Куанг"), ("Triệu Ái", "place", "Чьеуай")]),
        (
            "Chủ tịch UBND xã Vạn Ninh Hồ Quốc Phong trả lời.",
            [
                ("Vạn Ninh", "place", "Ваннинь"),
                ("Hồ Quốc Phong", "person", "Хо Куок Фонг"),
            ],
        ),
        ("Tư tưởng Hồ Chí Minh soi đường.", [("Hồ Chí Minh", "person", "Хо Ши Мин")]),
        ("Tại TP Hồ Chí Minh trời mưa.", [("Hồ Chí Minh", "place", "Хошимин")]),
        ("Quân đội nhân dân Việt Nam vững mạnh.", []),
        ("Đoàn Thanh niên tổ chức hội trại.", []),
        ("Phó Bí thư Tỉnh ủy kết luận.", []),
        ("Tổng thống Donald Trump phát biểu.", []),
        ("Ảnh: Kim Yến", [("Kim Yến", "person", "Ким Йен")]),
        ("Bà Rịa - Vũng Tàu đón khách.", [("Bà Rịa - Vũng Tàu", "place", "Бариа-Вунгтау")]),
        ("QUẢNG TRỊ", [("QUẢNG TRỊ", "place", "Куангчи")]),
        ("khu vực châu Á - Thái Bình Dương", []),
    ],
)
def test_vietnamese(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text, "vi") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Party Secretary Nguyen Dang Quang spoke in Quang Tri.",
            [("Nguyen Dang Quang", "person", "Нгуен Данг Куанг"), ("Quang Tri", "place", "Куангчи")],
        ),
        ("The Trieu Phong District grew.", [("Trieu Phong", "place", "Чьеуфонг")]),
        (
            "Hanoi and Ho Chi Minh City agreed.",
            [("Hanoi", "place", "Ханой"), ("Ho Chi Minh", "place", "Хошимин")],
        ),
        ("President Ho Chi Minh wrote it.", [("Ho Chi Minh", "person", "Хо Ши Мин")]),
        ("Prime Minister Pham Minh Chinh left.", [("Pham Minh Chinh", "person", "Фам Минь Тьинь")]),
        ("Pham Minh Chinh's speech", [("Pham Minh Chinh", "person", "Фам Минь Тьинь")]),
        ("the Ho Chi Minh’s Museum", [("Ho Chi Minh", "person", "Хо Ши Мин")]),
        ("Mrs. Dao Hong Lan answered.", [("Dao Hong Lan", "person", "Дао Хонг Лан")]),
        ("To do so, the Ministry of Health needs time.", []),
        ("Long before that, John Smith came.", []),
        (
            "Van Ninh Commune in Da Nang City",
            [("Van Ninh", "place", "Ваннинь"), ("Da Nang", "place", "Дананг")],
        ),
    ],
)
def test_english(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text, "en") == expected


def test_a_document_remembers() -> None:
    table = NameTable()
    table.find("Bà Lê Hồng Duyên là giám đốc.", "vi")
    (short,) = table.find("Theo bà Duyên, việc đã xong.", "vi")
    assert (short.russian, short.sex) == ("Зуен", "f")

    table = NameTable()
    assert table.find("Mr Nguyen Van Duc said so.", "en")[0].sex == "m"
    (short,) = table.find("Mr Duc added more.", "en")
    assert (short.russian, short.vietnamese, short.sex) == ("Дык", "Đức", "m")
    assert not find_names("Mr Duc added more.", "en")


def test_full_spelling_in_the_document_wins_over_the_likeliest() -> None:
    table = NameTable()
    table.find("Ông Trần Văn Hưng", "vi")
    assert table.find("Tran Van Hung", "en")[0].vietnamese == "Trần Văn Hưng"


def test_sex_is_told_by_title_middle_name_and_table() -> None:
    assert find_names("ông Lê Văn Bình", "vi")[0].sex == "m"
    assert find_names("đại biểu Lê Thị Bình", "vi")[0].sex == "f"
    assert find_names("Bộ trưởng Đào Hồng Lan", "vi")[0].sex == "f"
    assert find_names("đại biểu Lê Văn Bình", "vi")[0].sex is None


def test_resolving() -> None:
    assert resolve("Nguyen Dang Quang", "person") == "Nguyễn Đăng Quang"
    assert resolve("Danang", "place") == "Đà Nẵng"
    assert resolve("Quảng Trị", "place") == "Quảng Trị"
    assert is_ascii_syllable("nguyen") and is_ascii_syllable("gi") and is_ascii_syllable("truong")
    assert not is_ascii_syllable("world") and not is_ascii_syllable("smith")


def test_other_languages_are_refused() -> None:
    with pytest.raises(ConfigError):
        find_names("Ханой", "ru")


_WORDS = st.sampled_from(
    [
        "ông",
        "Bà",
        "tỉnh",
        "xã",
        "Nguyễn",
        "Lê",
        "Hồ",
        "Văn",
        "Thị",
        "Quang",
        "Hà",
        "Nội",
        "Huế",
        ",",
        ".",
        "-",
        "Mr",
        "City",
        "UBND",
        "Nam",
        "và",
        "the",
        "TP",
    ]
)


@given(st.lists(_WORDS, max_size=14).map(" ".join), st.sampled_from(["vi", "en"]))
def test_matches_are_disjoint_and_inside(text: str, lang: str) -> None:
    end = 0
    for match in find_names(text, lang):
        assert end <= match.span.start < match.span.end <= len(text)
        assert match.span.of(text) == match.text
        assert match.russian
        end = match.span.end


@given(st.text(max_size=60), st.sampled_from(["vi", "en"]))
def test_any_text_can_be_read(text: str, lang: str) -> None:
    find_names(text, lang)
