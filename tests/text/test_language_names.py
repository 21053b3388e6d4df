from __future__ import annotations

import pytest

from mtkit.text.language_names import header_key, language_named


@pytest.mark.parametrize(
    ("cell", "language"),
    [
        ("vi", "vi"),
        ("VI", "vi"),
        ("vi-VN", "vi"),
        ("en_us", "en"),
        ("Vietnamese", "vi"),
        ("tiếng Việt", "vi"),
        ("TIẾNG ANH", "en"),
        ("Tie\u0302\u0301ng Nga", "ru"),
        ("Bản dịch tiếng Nga", "ru"),
        ("Thuật ngữ tiếng Việt", "vi"),
        ("English term", "en"),
        ("Русский", "ru"),
        ("перевод на русский язык", "ru"),
        ("по-русски", "ru"),
        ("source", None),
        ("Nga", None),
        ("Anh", None),
        ("vi_variants", None),
        ("title", None),
        ("", None),
        ("The English channel", None),
    ],
)
def test_languages_by_the_names_that_headers_have(cell: str, language: str | None) -> None:
    assert language_named(cell) == language


def test_headers_are_compared_without_diacritics_and_signs() -> None:
    assert header_key("  Tiêu_đề (phụ): ") == header_key("TIEU ĐỀ PHỤ") == "tieu de phu"
