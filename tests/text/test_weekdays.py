from __future__ import annotations

import pytest

from mtkit.text.edits import apply_edits
from mtkit.text.weekdays import (
    find_weekdays,
    lost_weekdays,
    mend_weekdays,
    named_weekdays,
    weekdays_as_known,
)


@pytest.mark.parametrize(
    ("lang", "text", "certain", "others"),
    [
        ("vi", "Thứ Hai, ngày 3/11", [0], []),
        ("vi", "Sáng thứ Ba, chiều Chủ nhật, ngày 4/11 (thứ Tư)", [1, 6, 2], []),
        ("vi", "thứ năm, ngày 6/11", [3], []),
        ("vi", "Thứ Ba, mồng ba tháng Tư; thứ tư, mồng 3", [1, 2], []),
        ("vi", "Thứ hai, ngày mồng ba tháng Tư, Thứ Hai, ngày 3 tháng Tư", [0, 0], []),
        ("vi", "Thứ hai, 6 tháng đầu năm; thứ ba, ba tháng cuối năm", [], [0, 1]),
        ("vi", "Thứ hai, kết quả học tập", [], [0]),
        ("vi", "họp lần thứ ba, phiên thứ hai, kỳ họp thứ Năm", [], []),
        ("vi", "con ngựa thứ tư ngày 5/11", [], [2]),
        ("en", "On Monday and Fridays, not at Sunday school", [0, 4], [6]),
        ("ru", "в среду, по пятницам, воскресным утром", [2, 4, 6], []),
        ("ru", "защита окружающей среды", [], [2]),
        ("ru", "Пн, 3 ноября (вт.), 5 ноября, чт, (воскр.)", [0, 1, 3, 6], []),
        ("ru", "(Вт), (ВС), СБ ООН, кодекс пт.", [], []),
        ("ru", "в ночь на вторник", [], [1]),
    ],
)
def test_days_of_the_week_are_found(lang: str, text: str, certain: list[int], others: list[int]) -> None:
    found = find_weekdays(text, lang)
    assert [each.day for each in found if each.certain] == certain
    assert [each.day for each in found if not each.certain] == others


def test_a_day_that_opens_a_text_is_told_from_secondly() -> None:
    source = "Thứ Hai, ngày 3/11, Quốc hội họp."
    edits = weekdays_as_known(source, "vi", ())
    assert apply_edits(source, edits).text == "Vào thứ Hai, ngày 3/11, Quốc hội họp."
    assert [(span.of(source), name) for span, name in named_weekdays(source, "vi")] == [
        ("Thứ Hai", "понедельник")
    ]
    assert not weekdays_as_known("Thứ hai, kết quả học tập", "vi", ())
    assert not list(named_weekdays("Thứ hai, kết quả học tập", "vi"))


@pytest.mark.parametrize(
    ("lang", "source", "target", "mended"),
    [
        ("vi", "Thứ Hai, ngày 3/11", "Во-вторых, 3 ноября прошло", "В понедельник, 3 ноября прошло"),
        ("vi", "Thứ Tư, ngày 5/11/2025", "5 ноября 2025 года прошло", "5 ноября 2025 года (среда) прошло"),
        ("vi", "Ngày 4/11 (thứ Ba)", "4\u00a0ноября прошло", "4\u00a0ноября (вторник) прошло"),
        ("en", "On Monday, November 3", "Состоялось 3 ноября.", "Состоялось 3 ноября (понедельник)."),
        ("en", "On Monday, November 3", "В понедельник", "В понедельник"),
        ("en", "On Monday", "Вчера", "Вчера"),
        ("vi", "Thứ Hai, ngày 9/6", "Закон от 9 июня 2025 года № 5", "Закон от 9 июня 2025 года № 5"),
        ("vi", "Thứ Hai, ngày 3/11", "3 ноября 2025 г. (воскр.)", "3 ноября 2025 г. (воскр.)"),
        ("vi", "Thứ Hai, ngày 3/11", "3 ноября\u00a0(днём)", "3 ноября\u00a0(днём)"),
        ("vi", "Thứ Hai, ngày 3/11", "3 ноября, пн", "3 ноября, пн"),
        ("en", "Monday, November 3 and Tuesday, November 4", "3 и 4 ноября", "3 и 4 ноября"),
        ("vi", "Thứ hai, ngày mai", "Во-вторых, завтра", "Во-вторых, завтра"),
    ],
)
def test_a_lost_day_is_mended(lang: str, source: str, target: str, mended: str) -> None:
    assert mend_weekdays(source, lang, target) == mended


def test_a_day_is_lost_only_where_there_is_none() -> None:
    assert [each.lemma for each in lost_weekdays("On Monday", "en", "Вчера")] == ["понедельник"]
    assert not lost_weekdays("On Sunday morning", "en", "Воскресным утром")
