from __future__ import annotations

import pytest

from mtkit.text.minus import find_negatives, lost_minuses, mend_minuses


@pytest.mark.parametrize(
    ("lang", "text", "negatives"),
    [
        ("en", "fell to -2.5°C", ["-2.5"]),
        ("en", "from −5 to -2 degrees", ["−5", "-2"]),
        ("en", "growth of -1.2 per cent (-3%)", ["-1.2", "-3"]),
        ("vi", "giảm xuống –2,5 độ C", ["–2,5"]),
        ("vi", "-2,5\u00a0°C", ["-2,5"]),
        ("vi", "tăng trưởng -1,2%, (-5)", ["-1,2", "-5"]),
        ("vi", "-30% dân số", []),
        ("vi", "tăng 20 -30%, 20% -30% và 25-30%", []),
        ("vi", "từ 25°C -30°C", []),
        ("vi", "Hà Nội -30 năm", []),
        ("vi", "vĩ độ -3 người", []),
    ],
)
def test_a_minus_is_one_before_degrees_or_per_cent(lang: str, text: str, negatives: list[str]) -> None:
    assert [each.span.of(text) for each in find_negatives(text, lang)] == negatives


@pytest.mark.parametrize(
    ("lang", "source", "target", "expected"),
    [
        ("en", "fell to -2.5°C", "упала до 2,5 °C", "упала до −2,5 °C"),
        ("en", "fell to -2.5°C", "упала до -2,5 °C", "упала до −2,5 °C"),
        ("vi", "từ -5 đến -2 độ C", "от 5 до 2 °C", "от −5 до −2 °C"),
        ("vi", "xuống -5 độ", "до 5 градусов мороза", "до 5 градусов мороза"),
        ("vi", "xuống -5 độ", "до минус 5 градусов", "до минус 5 градусов"),
        ("vi", "tăng trưởng -1,2%", "рост 1,2%", "рост −1,2%"),
        ("vi", "tăng trưởng -1,2%", "снижение на 1,2%", "снижение на 1,2%"),
        ("vi", "từ -5 đến 5 độ", "от 5 до 5 градусов", "от 5 до 5 градусов"),
        ("vi", "xuống -5 độ", "до 15 градусов, 5 и 5", "до 15 градусов, 5 и 5"),
        ("vi", "xuống 5 độ", "до 5 градусов", "до 5 градусов"),
    ],
)
def test_a_lost_minus_is_put_back(lang: str, source: str, target: str, expected: str) -> None:
    assert mend_minuses(source, lang, target) == expected
    assert mend_minuses(source, lang, expected) == expected
    assert not lost_minuses(source, lang, expected)
