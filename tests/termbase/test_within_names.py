"""Terms that are part of a person's name."""

from __future__ import annotations

import pytest

from mtkit.termbase.io import load_termbase
from mtkit.termbase.match import Matcher
from mtkit.termbase.name_terms import terms_and_names

MATCHERS = {lang: Matcher(load_termbase("bundled"), lang) for lang in ("vi", "en")}


def read(lang: str, text: str) -> list[str]:
    return [match.span.of(text) for match in terms_and_names(text, MATCHERS[lang])]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("vi", "Hoàng Quốc Khánh phát biểu.", "Hoàng Quốc Khánh"),
        ("vi", "Đồng chí Nguyễn Quốc Khánh phát biểu.", "Nguyễn Quốc Khánh"),
        ("vi", "Bộ trưởng Đặng Quốc Khánh", "Đặng Quốc Khánh"),
        ("vi", "BỘ TRƯỞNG ĐẶNG QUỐC KHÁNH", "Đặng Quốc Khánh"),
        ("vi", "Gia đình chị Nguyễn Thị Tỉnh ở đây.", "Nguyễn Thị Tỉnh"),
        ("vi", "Đó là ông Bùi Đình Sở.", "Bùi Đình Sở"),
        ("vi", "Ông Trương Công Đoàn phát biểu.", "Trương Công Đoàn"),
        ("en", "Broker Giap Thi Hue was arrested.", "Giap Thi Hue"),
    ],
)
def test_a_name_keeps_its_words(lang: str, text: str, name: str) -> None:
    assert read(lang, text)[-1].casefold() == name.casefold()


@pytest.mark.parametrize(
    ("lang", "text", "terms"),
    [
        ("vi", "Chủ tịch Hồ Chí Minh", ["Chủ tịch Hồ Chí Minh"]),
        ("vi", "Chủ tịch UBND tỉnh Nguyễn Văn A", ["Chủ tịch UBND tỉnh", "Nguyễn Văn A"]),
        ("vi", "Ngày Quốc khánh 2/9", ["Quốc khánh 2/9"]),
        ("vi", "Bí thư Tỉnh ủy Lê Quốc Phong", ["Bí thư Tỉnh ủy", "Lê Quốc Phong"]),
        ("vi", "LÊ VĂN A GIÁM ĐỐC SỞ", ["GIÁM ĐỐC SỞ"]),
        ("vi", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", ["Đoàn Thanh niên Cộng sản Hồ Chí Minh"]),
    ],
)
def test_a_term_beside_a_name_or_with_a_name_in_it_stays(lang: str, text: str, terms: list[str]) -> None:
    assert [words for words in read(lang, text) if words in terms] == terms
