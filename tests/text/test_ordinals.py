"""Numbers of congresses, sessions and classes that a translation got wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.number_words import roman, roman_value
from mtkit.text.ordinals import mend_ordinals


@pytest.mark.parametrize(
    ("source", "lang", "target", "mended"),
    [
        ("Đại hội Đảng bộ tỉnh lần thứ XX", "vi", "VII съезд", "XX съезд"),
        ("the 20th congress", "en", "XVIII съезд", "XX съезд"),
        ("the XX congress", "en", "XVIII съезд", "XX съезд"),
        ("kỳ họp thứ 10, Quốc hội khóa XV", "vi", "XII сессия XV созыва", "X сессия XV созыва"),
        ("Huân chương Lao động hạng Nhất", "vi", "орден Труда II степени", "орден Труда I степени"),
        ("kỳ họp thứ 34", "vi", "33-я сессия", "34-я сессия"),
        ("Quý 3", "vi", "II квартал", "III квартал"),
        ("kỳ họp thứ 10", "vi", "XII сессия и решения XII сессии", "X сессия и решения X сессии"),
        ("Đại hội lần thứ nhất", "vi", "II съезд", "I съезд"),
        ("khoản 2 Điều 15", "vi", "Пункт № 2 статьи № 15 и № 5", "Пункт 2 статьи 15 и № 5"),
        ("Bài 2/NQ", "vi", "статья № 2/NQ, пунктик № 3", "статья № 2/NQ, пунктик № 3"),
        # right in another writing, several wrong or lacking, a number of the source, no number at all
        ("kỳ họp thứ 34", "vi", "Тридцать четвёртая сессия XV", "Тридцать четвёртая сессия XV"),
        ("Hội nghị lần thứ mười lăm", "vi", "15-й пленум", "15-й пленум"),
        ("kỳ họp thứ 10, khóa XV", "vi", "XII сессия XVI созыва", "XII сессия XVI созыва"),
        ("kỳ họp thứ 10, năm 2", "vi", "II сессия", "II сессия"),
        ("Sáng thứ 7, kỳ họp thứ mười một", "vi", "В субботу XI сессия", "В субботу XI сессия"),
        ("Sáng thứ 2, Đại hội lần thứ mười bốn", "vi", "В понедельник XIV съезд", "В понедельник XIV съезд"),
        ("“I believe in the twenty-first century", "en", "в XXI веке", "в XXI веке"),
        ("I am proud that the fortieth anniversary", "en", "40-я годовщина", "40-я годовщина"),
        ("X said the session", "en", "XXI сессия", "XXI сессия"),
        ("Sáng thứ 7, hội nghị", "vi", "X пленум", "X пленум"),
        ("kỳ họp thứ 7", "vi", "X сессия", "VII сессия"),
        ("the second quarter", "en", "II квартал", "II квартал"),
        ("I said VI", "en", "Я сказал", "Я сказал"),
        ("kỳ họp thứ 34/2025", "vi", "33-я сессия", "33-я сессия"),
        ("", "vi", "", ""),
    ],
)
def test_one_wrong_ordinal_is_mended(source: str, lang: str, target: str, mended: str) -> None:
    assert mend_ordinals(source, lang, target) == mended


@given(st.integers(1, 39), st.integers(1, 39), st.sampled_from(["kỳ họp thứ {}", "Đại hội lần thứ {}"]))
def test_any_ordinal(right: int, wrong: int, source: str) -> None:
    for written in (str(right), roman(right)):
        assert mend_ordinals(source.format(written), "vi", f"{roman(wrong)} съезд") == f"{roman(right)} съезд"


@given(st.integers(1, 39))
def test_roman_numerals_round_trip(value: int) -> None:
    assert roman_value(roman(value)) == value
