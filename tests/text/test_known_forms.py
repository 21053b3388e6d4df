from __future__ import annotations

import time

import pytest

from mtkit.text.edits import apply_edits
from mtkit.text.known_forms import known_forms, known_names, mended
from mtkit.types import Span


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("vi", "120 triệu đồng mỗi lượng", "120 triệu đồng/lượng"),
        ("vi", "Ngày mồng ba tháng Tư, lúc 7 giờ tối", "Ngày 3/4, lúc 19:00"),
        ("en", "By 7 p.m. on 03/04/2025 it cost €5.", "By 19:00 on April 3, 2025 it cost 5 euros."),
        ("en", "Passed on 12/25/2025 and 25-12-2025", "Passed on December 25, 2025 and December 25, 2025"),
        ("en", "Passed on 25/12", "Passed on 25/12"),
        ("en", "On 2025-04-14, it met", "On April 14, 2025, it met"),
        ("vi", "Ngày 14-4-2025, và 2025-04-14", "Ngày 14/4/2025, và 14/4/2025"),
        ("vi", "từ ngày 4 đến 08-5-1895", "từ ngày 4 đến 8/5/1895"),
        ("vi", "Ngày 8-5, từ ngày 28-4 đến 2-5", "Ngày 8/5, từ ngày 28/4 đến 2/5"),
        ("vi", "Thắng 2-1, khoảng 8-5 mét, ngày 14.4.2025", "Thắng 2-1, khoảng 8-5 mét, ngày 14/4/2025"),
        ("vi", "số 14-4-2025-QĐ, nhiệm kỳ 2020-2025", "số 14-4-2025-QĐ, nhiệm kỳ 2020-2025"),
    ],
)
def test_a_request_has_the_forms_that_models_know(lang: str, text: str, expected: str) -> None:
    edited = apply_edits(text, known_forms(text, lang, ())).text
    assert edited == expected
    assert not known_forms(text, lang, [Span(0, len(text))])
    assert apply_edits(edited, known_forms(edited, lang, ())).text == edited


def test_names_that_models_have_to_be_told() -> None:
    source = "Thứ Hai, ngày 3/4, giá 5 yên"
    names = [("Thứ Hai", "понедельник"), ("3/4", "апрель"), ("", "иена")]
    assert sorted((span.of(source), name) for span, name in known_names(source, "vi")) == sorted(names)
    assert [name for _, name in known_names("5 million VND per tael", "en")] == ["таэль"]


@pytest.mark.parametrize(
    ("lang", "source", "target", "expected"),
    [
        ("vi", "còn 30 độ F", "до 30 градусов на севере", "до 30 градусов по Фаренгейту на севере"),
        ("en", "to 30°F", "до 30\u00a0°C", "до 30\u00a0°F"),
        ("en", "to 30°F (-1°C)", "до 30 °F (−1 °C)", "до 30 °F (−1 °C)"),
        ("en", "to 86 °F", "до 30 °C", "до 30 °C"),
        ("vi", "đạt tỷ lệ 2/3", "до 2 марта", "до 2/3"),
        (
            "en",
            "At 7 p.m. on April 4 it cost €5 million",
            "В 17:00 3 апреля за 5 млн",
            "В 19:00 4 апреля за 5 млн евро",
        ),
    ],
)
def test_what_alone_went_wrong_is_mended(lang: str, source: str, target: str, expected: str) -> None:
    assert mended(source, lang, target) == expected
    assert mended(source, lang, expected) == expected


@pytest.mark.parametrize(
    ("lang", "unit", "russian"),
    [
        (
            "vi",
            "Thứ Ba, ngày mồng ba tháng Tư, từ 7 đến 9 giờ tối 3/4 và tháng 5, "
            "giá 5 triệu EUR; từ hai mươi tháng Hai. ",
            "Во вторник, 3 апреля, с 19:00 до 20:00, в ночь на 5 мая, 7 мая за 5 млн. ",
        ),
        (
            "en",
            "On Tuesday, the third of April, from 7 to 9 p.m. on 3/4/2025, May first, "
            "it cost €5-7bn or 20,000 yen. ",
            "Во вторник, 3 апреля, с 19:00 до 20:00, 3 мая 2025 года за 5 млн. ",
        ),
    ],
)
def test_a_long_segment_takes_linear_time(lang: str, unit: str, russian: str) -> None:
    count = 90_000 // len(unit)
    started = time.process_time()
    assert known_forms(unit * count, lang, ())
    assert mended(unit * count, lang, russian * count)
    assert len(list(known_names(unit * count, lang))) >= count
    assert time.process_time() - started < 5
