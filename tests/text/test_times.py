from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.edits import apply_edits
from mtkit.text.time_forms import times_in_digits
from mtkit.text.times import agreed_times, differing_times, find_times, mend_times
from mtkit.types import Span


def in_digits(text: str, lang: str, *taken: Span) -> str:
    return apply_edits(text, times_in_digits(text, lang, taken)).text


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("vi", "lúc 7 giờ tối", ["19:00"]),
        ("vi", "7h tối và 19h30", ["19:00", "19:30"]),
        ("vi", "9 giờ 30 phút tối, 9 giờ 05 tối, 9 giờ 5 phút tối", ["21:30", "21:05", "21:05"]),
        ("vi", "3 giờ chiều, 8 giờ sáng, 12 giờ trưa, 1 giờ trưa", ["15:00", "8:00", "12:00", "13:00"]),
        ("vi", "1 giờ đêm, 11 giờ đêm, 12 giờ đêm", ["1:00", "23:00", "0:00"]),
        ("vi", "2 giờ rạng sáng, 7 giờ rưỡi tối, 7g30 chiều", ["2:00", "19:30", "19:30"]),
        ("vi", "Bảy giờ tối, mười một giờ đêm", ["19:00", "23:00"]),
        ("vi", "từ 7 giờ đến 10 giờ tối, 7-9 giờ tối", ["19:00", "22:00", "19:00", "21:00"]),
        ("vi", "từ 8 giờ đến 5 giờ chiều", ["", "17:00"]),
        ("vi", "mở cửa 8 đến 10 giờ tối; 8 đến 10 giờ tối", ["22:00", "20:00", "22:00"]),
        ("vi", "miễn phí 17 - 18 giờ 30, từ bốn giờ sáng suốt hai tháng", ["17:00", "18:30", "4:00"]),
        ("vi", "ngày 5-9 giờ tối, kênh 2 - 8 giờ tối", ["20:00"]),
        ("vi", "lúc 14 giờ 05, tôi đi lúc 7 giờ 9/8", ["14:05", ""]),
        ("vi", "bản đồ 1:10.000, 200 g, 20 hộ, 2 hạng, kênh VTV1", []),
        ("en", "7 p.m., 7pm, 8:30 PM, 4.20 a.m.", ["19:00", "19:00", "20:30", "4:20"]),
        ("en", "12 p.m., 12 a.m., noon, midnight", ["12:00", "0:00", "12:00", "0:00"]),
        ("en", "from 7 to 9 p.m., 8 a.m.-5 p.m.", ["19:00", "21:00", "8:00", "17:00"]),
        ("en", "from 9 to 5 p.m.", ["", "17:00"]),
        ("en", "nine o'clock in the evening, at 9 in the morning", ["21:00", "9:00"]),
        ("en", "On November 5 PM Chinh left; 0.5 am; this afternoon", []),
        ("en", "the Group of 20 PM Modi met, COP 21 PM Modi, until 10:30 PM Chinh met", [""]),
        ("en", "PM Modi met us at two in the room, at 2 o'clock in the afternoon", ["14:00"]),
        ("en", "8 PM Monday, 8 PM May 5, 8 PM Ha Noi time, 8 PM ICT, 8 pm Modi", ["20:00"] * 5),
        ("en", "from May 2 to 8 p.m., channel 2-3 p.m., November 5 - 8 p.m.", ["20:00", "20:00"]),
        ("ru", "в 19:00, 19.00, 7 вечера, в 7 часов вечера", ["19:00", "19:00", "19:00", "19:00"]),
        ("ru", "в 19 ч 30 мин, 9 часов 5 минут утра", ["19:30", "9:05"]),
        ("ru", "в три часа ночи, в час дня, до трёх часов дня", ["3:00", "13:00", "15:00"]),
        ("ru", "в\u00a07\u00a0часов\u00a0вечера", ["19:00"]),
        ("ru", "с 7 до 10 вечера, в полдень, в полночь", ["19:00", "22:00", "12:00", "0:00"]),
        ("ru", "133 дня, 1:10 000, 5.20 %, после полудня", []),
    ],
)
def test_times_of_day_are_found(lang: str, text: str, expected: list[str]) -> None:
    assert [time.russian for time in find_times(text, lang)] == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "trong 8 giờ"),
        ("ru", "за 8 часов"),
        ("ru", "два дня"),
        ("ru", "3 ночи"),
        ("vi", "8 giờ tối đa"),
        ("vi", "2 giờ chiều dài"),
        ("vi", "kéo dài 2 giờ chiều nay"),
        ("vi", "trong khoảng 3 giờ chiều qua"),
        ("vi", "2 giờ sáng tạo"),
        ("ru", "со счётом 21:15"),
    ],
)
def test_what_may_be_a_duration_is_not_certain(lang: str, text: str) -> None:
    assert [time.certain for time in find_times(text, lang)] == [False]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("vi", "Họp lúc 7 giờ tối.", "Họp lúc 19:00."),
        ("vi", "lúc 8 giờ tối nay", "lúc 20:00 tối nay"),
        ("vi", "Khoảng 9 giờ tối 3/4", "Khoảng 21:00 ngày 3/4"),
        ("vi", "từ 7 giờ đến 10 giờ tối", "từ 19:00 đến 22:00"),
        ("vi", "từ ngày 2 đến 8 giờ tối ngày 5/11", "từ ngày 2 đến 20:00 ngày 5/11"),
        ("vi", "từ thứ 2 đến 9 giờ tối", "từ thứ 2 đến 21:00"),
        ("vi", "kênh 1 và 8 giờ tối, lúc 7 và 9 giờ tối", "kênh 1 và 20:00, lúc 19:00 và 21:00"),
        ("vi", "8 giờ tối đa, 8 giờ tối đang", "8 giờ tối đa, 20:00 đang"),
        ("vi", "kéo dài 2-3 giờ chiều nay", "kéo dài 2-3 giờ chiều nay"),
        (
            "vi",
            "kéo dài từ 7 đến 9 giờ tối, trong khoảng 7-9 giờ tối",
            "kéo dài từ 19:00 đến 21:00, trong khoảng 19:00-21:00",
        ),
        (
            "vi",
            "8 giờ sáng, 1 giờ đêm, 7h30 sáng, trong 8 giờ",
            "8 giờ sáng, 1 giờ đêm, 7h30 sáng, trong 8 giờ",
        ),
        ("vi", "vào lúc 9h45 ngày 28/4", "vào lúc 9:45 ngày 28/4"),
        ("vi", "Lúc 19h30 28/4, 7g30, 17h", "Lúc 19:30 ngày 28/4, 7:30, 17h"),
        ("vi", "lúc 0 giờ 5 phút, vào 9 giờ 5 phút", "lúc 0:05, vào 9:05"),
        ("vi", "từ 20h00 đến 5h30, từ 20h30 đến 23 giờ", "từ 20:00 đến 5:30, từ 20:30 đến 23:00"),
        ("vi", "7h - 9h30, từ 7h đến 9h", "7:00 - 9:30, từ 7h đến 9h"),
        ("vi", "kéo dài 2h30, chạy 2 giờ 5 phút", "kéo dài 2h30, chạy 2 giờ 5 phút"),
        ("vi", "lúc 9 giờ 45 phút", "lúc 9 giờ 45 phút"),
        ("en", "It starts at 7 p.m.", "It starts at 19:00."),
        ("en", "at 7 p.m. The show", "at 19:00. The show"),
        ("en", "at 7 p.m. on Monday", "at 19:00 on Monday"),
        ("en", "in rooms 2 and 3 p.m.", "in rooms 2 and 15:00."),
        ("en", "between 2 and 3 p.m. in Hue", "between 14:00 and 15:00 in Hue"),
        ("en", "the Group of 20 PM Modi met", "the Group of 20 PM Modi met"),
        ("en", "at 8 a.m., by noon, at 19:00", "at 8:00, by noon, at 19:00"),
    ],
)
def test_a_request_has_times_in_digits(lang: str, text: str, expected: str) -> None:
    assert in_digits(text, lang) == expected
    assert in_digits(text, lang, Span(0, len(text))) == text


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("vi", "lúc 7 giờ tối", "в семь вечера"),
        ("vi", "lúc 7 giờ", "в 7 часов вечера"),
        ("vi", "tối nay lúc 7 giờ tối", "сегодня вечером, в 7 часов"),
        ("en", "at 7 p.m.", "в 19 часов"),
        ("en", "in 2 hours 1 minute", "за 2 часа 1 минуту"),
        ("en", "from 9 to 5 p.m.", "с 9:00 до 17:00"),
        ("en", "at midday an eclipse of 1 hour 52 minutes", "днём затмение длилось 1 час 52 минуты"),
        ("en", "at 7 p.m.", "вечером"),
    ],
)
def test_times_that_agree_are_left_alone(lang: str, source: str, target: str) -> None:
    missing, extra = differing_times(source, lang, target, "ru")
    assert not (missing and extra)
    assert mend_times(source, lang, target) == target


@pytest.mark.parametrize(
    ("lang", "source", "target", "mended"),
    [
        ("vi", "lúc 7 giờ tối", "в 7:00", "в 19:00"),
        ("vi", "9 giờ 30 phút tối", "в 9:30 ночи", "в 21:30"),
        ("vi", "8 giờ tối", "в 8 утра", "в 20:00"),
        ("en", "7 p.m.", "к 17 часам.", "к 19:00."),
        ("en", "from 7 p.m. to 10 p.m.", "с 19:00 до 12:00", "с 19:00 до 22:00"),
        ("en", "from 7 p.m. to 10 p.m.", "с 17:00 до 12:00", "с 17:00 до 12:00"),
        ("vi", "lúc 7 giờ", "в 17:00", "в 17:00"),
        ("vi", "thắng 21-15, lúc 7 giờ tối", "в 21:15, вечером", "в 21:15, вечером"),
        ("en", "won at 9 p.m.", "со счётом 21:15", "со счётом 21:15"),
        ("en", "at 9 p.m., for 17 hours", "в 17 часов", "в 17 часов"),
        ("en", "at 9.30 p.m.", "в 9:30", "в 21:30"),
        ("en", "at 9 p.m.", "в 17:00\u00a0по московскому времени", "в 17:00\u00a0по московскому времени"),
        ("en", "at 9 p.m.", "по Гринвичу в 17:00", "по Гринвичу в 17:00"),
    ],
)
def test_the_one_wrong_time_is_mended(lang: str, source: str, target: str, mended: str) -> None:
    assert mend_times(source, lang, target) == mended


def test_times_on_both_sides_are_told() -> None:
    assert agreed_times("7 giờ rưỡi tối", "vi", "в 19:30 и 5:00", "ru") == ([Span(0, 14)], [Span(2, 7)])


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), wrong=st.integers(0, 23))
def test_an_english_time_is_that_in_digits(hour: int, minute: int, wrong: int) -> None:
    half = "p.m." if hour >= 12 else "a.m."
    source = f"It starts at {hour % 12 or 12}:{minute:02} {half} on Monday."
    expected = f"{hour}:{minute:02}"
    assert in_digits(source, "en") == f"It starts at {expected} on Monday."
    assert mend_times(source, "en", f"Начало в {wrong}:{minute:02}.") == f"Начало в {expected}."
