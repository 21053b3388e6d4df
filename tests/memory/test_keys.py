from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.memory.keys import features_of, form_of, key_from, similarity, text_key, tokens_of


@pytest.mark.parametrize(
    ("source", "other", "expected"),
    [
        ("Huyện mở trường.", "Huyện mở trường.", 100),
        ("Huyện mở trường.", "Huyện  mở\ttrường. ", 100),
        ("Huyện mở trường.", "Huyện mở trường!", 99),
        ("Huyện mở trường.", "huyện mở trường.", 98),
        ("Huyện mở thư viện hòa bình.", "Huyện mở thư viện hoà bình.", 99),
        ("Huyện mở hai trường mới.", "Huyện mở ba trường mới.", 80),
        ("Huyện mở 12 trường mới.", "Huyện mở 13 trường mới.", 80),
        ("Huyện mở 1.200 trường.", "Huyện mở 1200 trường.", 99),
        ("Tăng 5% so năm ngoái.", "Tăng 5 % so năm ngoái", 99),
        ("Tăng 5 %.", "Tăng 5 $.", 66),
        ("Tăng 5 %.", "Tăng 5.", 66),
        ("Còn >5 trường.", "Còn <5 trường.", 75),
        ("Lạnh -5 độ.", "Lạnh 5 độ.", 50),
        ("Huyện mở trường.", "Tỉnh xây cầu", 0),
        ("…", "…", 0),
        ("", "Huyện", 0),
    ],
)
def test_similarity_is_by_words(source: str, other: str, expected: int) -> None:
    assert similarity(source, other, "vi") == expected


def test_decomposed_text_is_the_same() -> None:
    text = "Tỉnh ủy họp phiên thường kỳ."
    assert similarity(unicodedata.normalize("NFD", text), text, "vi") == 100


def test_numbers_and_codes_are_left_open_in_the_features() -> None:
    form = form_of("Nghị quyết 57-NQ/TW giao 15.870 tỷ đồng", "vi")
    assert form == "nghị quyết §57-NQ/TW giao #15870 tỷ đồng"
    assert features_of(form) == ["nghị", "quyết", "§", "giao", "#", "tỷ", "đồng"]


@given(st.text(alphabet="ab é,.12 -/NQ%$<\n", max_size=40))
def test_tokens_lie_in_the_text_and_make_its_form(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    tokens = tokens_of(text, "en")
    assert " ".join(token.key for token in tokens) == form_of(text, "en")
    assert all(left.span.end <= right.span.start for left, right in pairwise(tokens))
    assert [token.feature for token in tokens] == features_of(form_of(text, "en"))


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_symmetric_and_in_range(left: str, right: str) -> None:
    found = similarity(left, right, "en")
    assert 0 <= found <= 100
    assert found == similarity(right, left, "en")


def test_keys_survive_a_file() -> None:
    assert key_from(str(text_key("Huyện"))) == text_key("Huyện")
    assert [key_from(text) for text in ("", "x", "1" * 19 + "9", str(1 << 63))] == [None] * 4
