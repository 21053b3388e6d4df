from __future__ import annotations

import pytest

from mtkit.text.language import detect_language
from mtkit.text.unicode import strip_diacritics

VIETNAMESE = [
    "Tỉnh ủy họp bàn về chuyển đổi số",
    "Ông Putin gặp ông Trump",
    "Quảng Trị: Khai mạc lễ hội",
    "Bộ trưởng thăm Moskva và Saint Petersburg",
    "Giá vàng hôm nay",
    "Theo Nghị quyết 57-NQ/TW, các địa phương triển khai ngay trong quý I.",
]
ENGLISH = [
    "Ha Noi hosts forum",
    "Hà Nội hosts forum",
    "Provincial leaders meet voters in Quang Tri",
    "Secretary Nguyễn Đăng Quang visited the families of Đông Hà and Hải Lăng",
    "To Lam receives Russian ambassador",
    "GOLD PRICES FALL AGAIN",
    "Pursuant to Decree No. 178/2024/NĐ-CP, the ministry will report.",
]
RUSSIAN = [
    "Ханой принимает форум",
    "Решение № 917/QĐ-UBND",
    "Премьер-министр посетил Quảng Trị",
    "В РОССИИ ВЫРОС ЭКСПОРТ",
]
UNDECIDABLE = [
    *("", " \n", "2025", "57-NQ/TW", "https://vidu.vn/tin", "…", "日本語", "ภาษาไทย"),
    "Le président rencontre son homologue dans la capitale",
    "Der Präsident trifft die Delegation aus Hanoi",
    "Presiden Vietnam bertemu dengan delegasi Rusia",
    "Президент України зустрівся з делегацією",
]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (lang, text)
        for lang, texts in (("vi", VIETNAMESE), ("en", ENGLISH), ("ru", RUSSIAN))
        for text in texts
    ],
)
def test_languages(lang: str, text: str) -> None:
    assert detect_language(text) == lang


@pytest.mark.parametrize("text", VIETNAMESE)
def test_capitals(text: str) -> None:
    assert detect_language(text.upper()) == "vi"


@pytest.mark.parametrize("text", VIETNAMESE)
def test_vietnamese_without_diacritics(text: str) -> None:
    assert detect_language(strip_diacritics(text)) == "vi"


@pytest.mark.parametrize("text", UNDECIDABLE)
def test_undecidable(text: str) -> None:
    assert detect_language(text) is None


def test_article_is_quick_to_decide() -> None:
    assert detect_language("Tỉnh ủy họp. " * 400_000) == "vi"
