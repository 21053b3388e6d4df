from __future__ import annotations

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.date_words import GENITIVE_MONTHS, dates_in_digits
from mtkit.text.dates import find_dates, mend_dates, numbered_months
from mtkit.text.edits import apply_edits
from mtkit.types import Span


def in_digits(text: str, lang: str, taken: tuple[Span, ...] = ()) -> str:
    return apply_edits(text, dates_in_digits(text, lang, taken)).text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ngày mồng ba tháng Tư, họp.", "Ngày 3/4, họp."),
        ("ngày mùng 3 tháng Tư năm 2025", "ngày 3/4/2025"),
        ("Sáng mồng Một tháng Ba", "Sáng 1/3"),
        ("Mùng Hai tháng Chín là Quốc khánh.", "2/9 là Quốc khánh."),
        ("ngày hai mươi lăm tháng mười hai", "ngày 25/12"),
        ("ngày ba mươi mốt tháng Mười Hai năm\u00a02024", "ngày 31/12/2024"),
        ("Ngày hai mươi tháng Mười hai bên ký.", "Ngày 20/10 hai bên ký."),
        ("Ngày mười một tháng Mười một số xã họp.", "Ngày 11/10 một số xã họp."),
        ("từ hăm ba tháng Ba đến mười lăm tháng Tư", "từ 23/3 đến 15/4"),
        ("ngày mồng một và mồng hai tháng Năm 2025", "ngày 1/5 và 2/5/2025"),
        ("từ ngày mồng một đến ngày mồng ba tháng Tư", "từ ngày 1/4 đến ngày 3/4"),
        ("ngày 3 tháng Tư, mồng năm tháng 8", "ngày 3/4, 5/8"),
        ("Ngày mồng ba tháng năm 2024", "Ngày 3/5/2024"),
        ("ngày mười chín tháng Năm năm 1890", "ngày 19/5 năm 1890"),
    ],
)
def test_vietnamese_dates_in_words_are_written_in_digits(text: str, written: str) -> None:
    assert in_digits(text, "vi") == written


@pytest.mark.parametrize(
    "text",
    [
        "Ngày hai mươi lăm tháng Chạp, mùng 8 tháng Giêng, rằm tháng Bảy.",
        "Mồng mười tháng Ba âm lịch, giỗ Tổ.",
        "Mùng mười tháng Ba, dòng người đổ về núi Nghĩa Lĩnh.",
        "Mùng chín tháng Tám năm Ất Tỵ, hội chọi trâu diễn ra.",
        "Lễ hội chùa Keo khai mạc mùng chín tháng Tám.",
        "Sáng 30/9, tức mùng chín tháng Tám, hội chọi trâu diễn ra.",
        "Tết Trung thu là ngày mười lăm tháng Tám.",
        "Trong ba tháng năm 2024, sau ba tháng, ba tháng Tư, năm tháng Mười.",
        "Thứ ba tháng Tư, ngày thứ ba tháng Tư, ba mươi hai tháng Ba.",
        "Từ ngày 3/4 đến mùng 5/4, 3 tháng 4.",
    ],
)
def test_months_that_are_no_solar_date_stay(text: str) -> None:
    assert in_digits(text, "vi") == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("on the fourth of April", "on April 4"),
        ("April the fourth was chosen.", "April 4 was chosen."),
        ("on the twenty-first of July 2024", "on July 21, 2024"),
        ("On June the twenty-second, 1941, war began.", "On June 22, 1941, war began."),
        ("the May Fourth Movement", "the May 4 Movement"),
        ("The fourth of April's meetings", "April 4's meetings"),
        ("Fourth of July fireworks, on third of March", "July 4 fireworks, on March 3"),
        ("from the first to the third of May", "from May 1 to May 3"),
        ("the fourth and fifth of April 2024", "April 4 and April 5, 2024"),
        ("on October twenty\u00a0first; Thursday, May the second", "on October 21; Thursday, May 2"),
        ("the thirty-first day of December", "December 31"),
        ("On the second of April President Biden spoke.", "On April 2 President Biden spoke."),
        ("It was cold until April third.", "It was cold until April 3."),
    ],
)
def test_english_dates_in_words_are_written_in_digits(text: str, written: str) -> None:
    assert in_digits(text, "en") == written


@pytest.mark.parametrize(
    "text",
    [
        "The second of May's proposals; the second of May’s proposals.",
        "The second of April Jones's books, the third of August Wilson's plays.",
        "May the fourth be with you. May Second judges rule.",
        "In June the first batch arrived. In June the first, the second.",
        "In July sixth-grader Lam, this April fourth graders, March fourth-quarter, June Fourth Quarter.",
        "One third of April, a third of May voters, the first third of July.",
        "the fourth of april, may fourth, last September, the third in two years",
        "The twenty-third was a day in April; the fourth of the month.",
    ],
)
def test_ordinals_beside_a_month_that_are_no_day_stay(text: str) -> None:
    assert in_digits(text, "en") == text


def test_a_date_that_a_term_covers_stays() -> None:
    assert in_digits("the May Fourth Movement", "en", (Span(4, 23),)) == "the May Fourth Movement"


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Третьего апреля", [(3, 4, None)]),
        ("к двадцать первому июля 2024 года", [(21, 7, 2024)]),
        ("с\u00a0первого по четвёртое мая", [(1, 5, None), (4, 5, None)]),
        ("тридцать первого\u00a0декабря", [(31, 12, None)]),
        ("первый апрель, в третьем мае, перваго мая, девятнадцатого августовского дня", []),
    ],
)
def test_russian_dates_in_words_are_found(text: str, dates: list[tuple[int, int, int | None]]) -> None:
    assert [(date.day, date.month, date.year) for date in find_dates(text, "ru")] == dates


UNITS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
MONTHS = ("Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai")
TEENS = ("ten", "eleven", "twelf", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen")
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *(f"{teen}th" for teen in (*TEENS, "nineteen")),
    "twentieth",
)


def vietnamese(day: int) -> str:
    tens, unit = divmod(day, 10)
    words = [(), ("mười",), ("hai", "mươi"), ("ba", "mươi")][tens]
    unit_word = {1: "mốt" if tens > 1 else "một", 5: "lăm" if tens else "năm"}.get(
        unit, (*UNITS, "")[unit - 1]
    )
    return " ".join([*words, *([unit_word] if unit else [])])


def english(day: int) -> str:
    if day <= 20:
        return ORDINALS[day - 1]
    return f"twenty-{ORDINALS[day - 21]}" if day < 30 else {30: "thirtieth", 31: "thirty-first"}[day]


@given(
    day=st.integers(1, 31),
    month=st.integers(1, 12),
    year=st.none() | st.integers(1900, 2099),
    lower=st.booleans(),
)
def test_a_vietnamese_day_in_words_is_that_in_digits(
    day: int, month: int, year: int | None, lower: bool
) -> None:
    words = f"{vietnamese(day)} tháng {MONTHS[month - 1].lower() if lower else MONTHS[month - 1]}"
    source = f"Ngày {words}{f' năm {year}' if year else ''}, đoàn lên đường."
    _is_the_day(source, "vi", day, month, year)
    assert [span for span, _ in numbered_months(source)] == [date.span for date in find_dates(source, "vi")]


@given(
    day=st.integers(1, 31),
    month=st.integers(1, 12),
    year=st.none() | st.integers(1900, 2099),
    after=st.booleans(),
)
def test_an_english_day_in_words_is_that_in_digits(
    day: int, month: int, year: int | None, after: bool
) -> None:
    name = calendar.month_name[month]
    words = f"{name} the {english(day)}" if after else f"the {english(day)} of {name}"
    _is_the_day(f"On {words}{f', {year}' if year else ''} they set out.", "en", day, month, year)


def _is_the_day(source: str, lang: str, day: int, month: int, year: int | None) -> None:
    for text in (source, in_digits(source, lang)):
        assert [(date.day, date.month, date.year) for date in find_dates(text, lang)] == [(day, month, year)]
    assert in_digits(in_digits(source, lang), lang) == in_digits(source, lang)
    russian = f"{day % 31 + 1} {GENITIVE_MONTHS[month - 1]}"
    (expected,), (found,) = find_dates(source, lang), find_dates(mend_dates(source, lang, russian), "ru")
    assert expected.agrees(found)


def test_a_target_is_mended_after_a_date_in_words() -> None:
    assert mend_dates("Ngày mồng ba tháng Tư", "vi", "4 апреля") == "3 апреля"
    assert mend_dates("on the third of April", "en", "3 августа") == "3 апреля"
