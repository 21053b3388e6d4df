"""Bundled terms about the State and about other countries, and the words that only look like them."""

from __future__ import annotations

import pytest

from mtkit.termbase.io import load_termbase
from mtkit.termbase.match import Matcher

MATCHERS = {lang: Matcher(load_termbase("bundled"), lang) for lang in ("vi", "en")}


def russian(lang: str, text: str) -> list[str]:
    return [match.concept.in_lang("ru")[0].text for match in MATCHERS[lang].find(text)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The State Duma adopted a law.", ["Государственная дума"]),
        ("vi", "Duma Quốc gia Nga", ["Государственная дума"]),
        ("vi", "Chuyến thăm cấp Nhà nước tới Nga", ["государственный визит"]),
        ("vi", "bắt đầu thăm cấp Nhà nước", ["с государственным визитом"]),
        ("en", "She paid a state visit.", ["государственный визит"]),
        ("en", "the US State Department", ["Государственный департамент США"]),
        ("vi", "Bộ trưởng Bộ Ngoại giao Hoa Kỳ", ["государственный секретарь США"]),
        ("en", "the State Museum of Fine Arts", []),
        ("en", "Moscow State University", []),
        ("vi", "đề tài cấp Nhà nước", []),
        ("en", "the State budget", ["государство"]),
        ("en", "Chinese Premier Li Qiang", ["премьер Госсовета КНР"]),
        ("vi", "Tân Hoa xã đưa tin", ["агентство Синьхуа"]),
        ("vi", "Quan hệ với Liên bang Nga", ["Российская Федерация"]),
        ("vi", "Sở Ngoại vụ Đà Nẵng", ["департамент внешних связей", "Дананг"]),
        ("vi", "Giám đốc Sở Ngoại vụ", ["директор департамента внешних связей"]),
        ("vi", "Trung tâm hành chính công xã", ["община"]),
        ("en", "the Lao PDR", ["Лаосская Народно-Демократическая Республика"]),
    ],
)
def test_terms(lang: str, text: str, expected: list[str]) -> None:
    assert russian(lang, text) == expected
