"""Texts in capitals are read as sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.names.capitals import as_sentence, as_sentences, capitalised_runs, in_capitals
from mtkit.types import Segment, Span


@pytest.mark.parametrize(
    ("text", "lang", "shouted"),
    [
        ("QUYẾT ĐỊNH", "vi", True),
        ("CONCLUSION", "en", True),
        ("UBND", "vi", False),
        ("TP.HCM", "vi", False),
        ("NĐ-CP", "vi", False),
        ("ASEAN", "en", False),
        ("OK", "en", False),
        ("Chương II. QUY ĐỊNH CHUNG", "vi", True),
        ("Chương II. Quy định chung", "vi", False),
        ("Chương II. ", "vi", False),
        ("NEW TAX", "en", True),
        ("GDP (%)", "en", False),
        ("Quyết định", "vi", False),
        ("57/2025", "vi", False),
        ("", "vi", False),
    ],
)
def test_what_counts_as_capitals(text: str, lang: str, shouted: bool) -> None:
    assert in_capitals(text, lang) is shouted


def test_runs_stand_inside_sentences() -> None:
    texts = ["Ông Phạm Minh Chính gặp Tổng thống Putin tại ASEAN ở Hà Nội.", "HỘI NGHỊ Ở ĐÀ LẠT", "Huế mưa."]
    runs = capitalised_runs(texts, "vi")
    assert list(runs) == sorted(runs, key=lambda run: (-len(run), run))
    assert {"Phạm Minh Chính", "Hà Nội", "ASEAN", "Putin", "Việt Nam", "Trung Quốc"} <= set(runs)
    assert not {"Ông Phạm Minh Chính", "Huế", "Tổng", "Nga"} & set(runs)


@pytest.mark.parametrize(
    ("text", "lang", "sentence"),
    [
        ("CHỦ TỊCH UBND TỈNH PHÁT BIỂU TẠI HÀ NỘI", "vi", "Chủ tịch UBND tỉnh phát biểu tại Hà Nội"),
        ("TỔNG THỐNG LUKASHENKO THĂM VIỆT NAM", "vi", "Tổng thống Lukashenko thăm Việt Nam"),
        ("BÍ THƯ NGUYỄN VĂN HÙNG TIẾP BÀ VÕ THỊ SÁU", "vi", "Bí thư Nguyễn Văn Hùng tiếp bà Võ Thị Sáu"),
        ("TÔ LÂM VÀ VĂN HÓA", "vi", "Tô Lâm và văn hóa"),
        ("Chương II. QUY ĐỊNH CHUNG", "vi", "Chương II. quy định chung"),
        ("KINH TẾ QUÝ I, KHÓA VI, THẾ KỶ XXVII", "vi", "Kinh tế quý I, khóa VI, thế kỷ XXVII"),
        ("WORLD WAR II, I SAID", "en", "World war II, I said"),
        (
            "NGHỊ QUYẾT 36-NQ/TƯ, 45-QĐ/TU, 12/2025/UBTVQH15",
            "vi",
            "Nghị quyết 36-NQ/TƯ, 45-QĐ/TU, 12/2025/UBTVQH15",
        ),
        ("PART VI. VIOLATIONS", "en", "Part VI. violations"),
        ("XỬ LÝ VI PHẠM, LẦN THỨ VI", "vi", "Xử lý vi phạm, lần thứ VI"),
        ("“QUYẾT ĐỊNH 57-NQ/TW”", "vi", "“Quyết định 57-NQ/TW”"),
        ("VIETNAM'S GDP UP, EU SAYS", "en", "Vietnam's GDP up, EU says"),
        ("TỔNG THỐNG NGA THĂM MỸ VÀ PHÁP LUẬT ĐỨC", "vi", "Tổng thống Nga thăm Mỹ và pháp luật đức"),
        ("RUSSIA'S MINISTER MEETS CHINESE ENVOY", "en", "Russia's minister meets Chinese envoy"),
        ("I\u0307STANBUL \u0130", "en", "I\u0307STANBUL \u0130"),
    ],
)
def test_as_sentence(text: str, lang: str, sentence: str) -> None:
    runs = capitalised_runs(["Ông ở Hà Nội nói."], lang)
    assert as_sentence(text, lang, runs, []) == sentence


def test_terms_are_written_as_the_termbase_does() -> None:
    text = "HỌP BỘ CHÍNH TRỊ"
    assert as_sentence(text, "vi", (), [(Span(4, 16), "Bộ Chính trị")]) == "Họp Bộ Chính trị"
    assert as_sentence(text, "vi", (), [(Span(4, 16), "BCT")]) == "Họp bộ chính trị"


@given(st.lists(st.text("AĐÀƯIẾ BCNHaà. 1/-İß’", max_size=20), max_size=4))
def test_length_and_letters_stay(texts: list[str]) -> None:
    segments = [Segment(id=str(i), source=text, src_lang="vi", tgt_lang="ru") for i, text in enumerate(texts)]
    for segment, read in zip(segments, as_sentences(segments, lambda text, lang: []), strict=True):
        assert len(read.source) == len(segment.source)
        assert read.source.lower() == segment.source.lower()
        assert in_capitals(segment.source, "vi") or read == segment
