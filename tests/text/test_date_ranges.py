from __future__ import annotations

import pytest

from mtkit.text.date_ranges import date_ranges
from mtkit.text.dates import find_dates
from mtkit.text.placeables import protect, restore

_FRIENDSHIP = "30 января 1950 — 30 января 2025 года"


@pytest.mark.parametrize(
    ("text", "lang", "russian"),
    [
        ("Kỷ niệm 75 năm (30/01/1950 - 30/01/2025).", "vi", _FRIENDSHIP),
        ("Kỷ niệm 75 năm (30/1/1950-30/1/2025).", "vi", _FRIENDSHIP),
        ("Kỷ niệm 75 năm (30-01-1950 – 30-01-2025).", "vi", _FRIENDSHIP),
        ("(từ 30/01/1950 đến ngày 30/01/2025)", "vi", "с 30 января 1950 года по 30 января 2025 года"),
        ("(19/5/1890 - 2/9/1969)", "en", "19 мая 1890 — 2 сентября 1969 года"),
        ("(May 19, 1890 – September 2, 1969)", "en", "19 мая 1890 — 2 сентября 1969 года"),
        ("(from 1 May to 3 May 2025)", "en", "с 1 мая по 3 мая 2025 года"),
        ("(1/5 - 3/5/2025)", "vi", "1 мая — 3 мая 2025 года"),
    ],
)
def test_a_range_in_brackets_has_both_dates_written_out(text: str, lang: str, russian: str) -> None:
    (found,) = date_ranges(text, lang)
    assert found.russian.replace("\u00a0", " ") == russian
    assert f"({found.text})" in text
    assert len(find_dates(found.russian, "ru")) == 2
    protected = protect(text, lang, (found,))
    assert restore(protected.edits[-1].text, protected.tokens) == found.russian


@pytest.mark.parametrize(
    "text",
    [
        "(2020 - 2025)",
        "(30/01/2025 - 30/01/1950)",
        "(1/2 - 3/4)",
        "(tổ chức từ 1/5/2025 đến 3/5/2025)",
        "từ 1/5/2025 đến 3/5/2025",
        "(30/01/1950)",
        "(15-NQ/TW - 18-NQ/TW)",
        "(0 - 30/01/1950 - 1/2/2025)",
    ],
)
def test_what_is_no_range_alone_in_its_brackets_stays(text: str) -> None:
    assert not date_ranges(text, "vi")
