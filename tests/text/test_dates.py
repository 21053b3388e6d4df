from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.date_words import RUSSIAN_MONTHS
from mtkit.text.dates import (
    dated_fractions,
    find_dates,
    mend_dates,
    mismatches,
    month_first,
    numbered_months,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sáng 2/1, xã Bờ Y khánh thành trạm y tế.", [("2/1", "январь")]),
        ("Hạn chót là ngày 31/01/2026.", [("31/01/2026", "январь")]),
        ("Trong tháng 11/2025 mưa nhiều.", [("tháng 11/2025", "ноябрь")]),
        ("Tháng Tư năm 2026, sau tháng Mười Hai.", [("Tháng Tư", "апрель"), ("tháng Mười Hai", "декабрь")]),
        ("Rằm tháng Bảy âm lịch, ba tháng, tháng năm dài.", []),
        ("Rằm tháng Bảy, mùng 10 tháng Ba, mùng mười tháng Ba, tháng 3 năm Ất Tỵ.", []),
        ("Ngày mồng ba tháng Tư.", [("mồng ba tháng Tư", "апрель")]),
        ("Tháng 3 năm nay khô hạn.", [("Tháng 3", "март")]),
        ("Từ 15/3 đến 2/4 cấm đường.", [("15/3", "март"), ("2/4", "апрель")]),
        ("Ngày 5 tháng 6 năm 2025 là thứ Năm.", [("5 tháng 6 năm 2025", "июнь")]),
        ("Khoảng 1/3 số hộ và 12 tháng lương.", []),
        ("Nghị quyết số 57-NQ/TW, tỷ số 2/2, địa chỉ 24/7/12.", []),
        ("Đường dây nóng trực 24/7, đội nhà thắng 3-1.", []),
        ("Nghỉ lễ ngày 2-9 và ngày 24/7.", [("2-9", "сентябрь"), ("24/7", "июль")]),
        ("Chiều nay (5/6), trong hai ngày 7 và 8/9.", [("5/6", "июнь"), ("8/9", "сентябрь")]),
        ("Hiện nay 2/3 số xã thu mỗi tháng 12 triệu đồng.", []),
        ("Rằm tháng 7, mùng 10/3 âm lịch, từ tháng 4 đến tháng 8 âm lịch.", []),
        ("Ngày\u00a05/6, tháng\u00a01-2026.", [("5/6", "июнь"), ("tháng\u00a01-2026", "январь")]),
    ],
)
def test_numbered_months_are_told_from_fractions_and_codes(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(span.of(text), month) for span, month in numbered_months(text)] == expected


@pytest.mark.parametrize(
    ("source", "lang", "target", "mended"),
    [
        ("Sáng 2/1/2026", "vi", "Утром 2 ноября 2026 года", "Утром 2 января 2026 года"),
        ("As of April 11", "en", "По состоянию на 12 апреля", "По состоянию на 11 апреля"),
        ("On January 31, 2026", "en", "31 января 2025 года", "31 января 2026 года"),
        ("ngày 5/6", "vi", "Утром 5\u00a0июля", "Утром 5\u00a0июня"),
        ("ngày 5/6 và 8/7", "vi", "5 июня и 8 июля", "5 июня и 8 июля"),
        ("từ 15 đến 16/12", "vi", "15 и 16 декабря", "15 и 16 декабря"),
        ("ngày 5/6", "vi", "Утром 7 июля", "Утром 7 июля"),
        ("ngày 5/6/2026", "vi", "5 июля", "5 июня"),
        ("ngày 5/6/2026", "vi", "5\u00a0июня 2025 года", "5\u00a0июня 2026 года"),
        ("ngày 5/6/2026", "vi", "5 июл. 2026 г.", "5 июл. 2026 г."),
        ("ngày 5/6 và 8/6", "vi", "5 июня, 5 июня и 9 июня", "5 июня, 5 июня и 8 июня"),
        ("từ 5/6 đến 8/6", "vi", "с 15 по 18 июня", "с 15 по 18 июня"),
        ("mùng 10/3 âm lịch, 26/4", "vi", "10-го числа, 27 апреля", "10-го числа, 26 апреля"),
        ("thắng 3-1 ngày 3 tháng Ba", "vi", "победа 3:1 3 марта", "победа 3:1 3 марта"),
        ("đêm 14/6", "vi", "в ночь на 17 июня", "в ночь на 17 июня"),
        ("đêm 14/6, đêm 10/6", "vi", "в ночь с 14 на 15 июня", "в ночь с 14 на 15 июня"),
        ("ngày 5/6", "vi", "Утром прохладно", "Утром прохладно"),
    ],
)
def test_a_date_is_mended_where_only_a_part_of_it_is_wrong(
    source: str, lang: str, target: str, mended: str
) -> None:
    assert mend_dates(source, lang, target) == mended


@pytest.mark.parametrize(
    ("source", "target", "differing"),
    [
        ("Đêm 30/6", "в ночь на 1 июля", []),
        ("Đêm 31/12", "в ночь с 31 декабря на\u00a01 января", []),
        ("Đêm 14/6", "в ночь на вторник, 15 июня", []),
        ("Đêm 14/6", "в ночь на 17 июня", [("14/6", "17 июня")]),
        ("Ngày 14/6", "в ответ на 15 июня", [("14/6", "15 июня")]),
    ],
)
def test_the_night_of_a_day_may_be_that_to_the_next(
    source: str, target: str, differing: list[tuple[str, str]]
) -> None:
    found = mismatches(source, "vi", target, "ru")
    assert [(date.span.of(source), other.span.of(target)) for date, other in found] == differing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Passed on 03/04/2025", [(3, 4, True)]),
        ("Passed on 25/12/2025 and 12/25/2025", [(25, 12, False), (25, 12, False)]),
        ("Passed on 04/04/2025, not on 13/13/2025", [(4, 4, False)]),
        ("Passed on April 3, 2025", [(3, 4, False)]),
    ],
)
def test_english_dates_in_digits_have_the_day_first(text: str, expected: list[tuple[int, int, bool]]) -> None:
    assert [(date.day, date.month, month_first(date, text)) for date in find_dates(text, "en")] == expected


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("đạt tỷ lệ 2/3", "до 2 марта", ["2 марта"]),
        ("2/3 số xã", "до 2 марта", ["2 марта"]),
        ("đạt tỷ lệ 2/3", "до 2/3", []),
        ("đạt tỷ lệ 2/3 ngày 2/3", "до 2/3, 2 марта", []),
        ("trong ngày 2/3", "2 марта", []),
        ("khoảng 3/2", "около 3 февраля", []),
    ],
)
def test_a_share_is_no_date(source: str, target: str, found: list[str]) -> None:
    assert [there.of(target) for _, there in dated_fractions(source, "vi", target)] == found


@given(day=st.integers(1, 28), month=st.integers(1, 12), wrong=st.integers(1, 12))
def test_a_mended_date_agrees_with_its_source(day: int, month: int, wrong: int) -> None:
    source = f"Ngày {day}/{month}/2025, đoàn lên đường."
    target = mend_dates(source, "vi", f"{day} {_genitive(wrong)} 2025 года делегация отправилась в путь.")
    (expected,), (found,) = find_dates(source, "vi"), find_dates(target, "ru")
    assert expected.agrees(found)


def _genitive(month: int) -> str:
    name = RUSSIAN_MONTHS[month - 1]
    return f"{name[:-1]}я" if name[-1] in "ьй" else f"{name}а"
