from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.placeables import Kind, find_placeables
from mtkit.text.typography import russian_typography

# "~" stands for a no-break space.
CHANGED = [
    ('Газета "Нян зан" вышла.', "Газета «Нян зан» вышла."),
    ("Газета “Нян зан” вышла.", "Газета «Нян зан» вышла."),
    ("Газета „Нян зан“ вышла.", "Газета «Нян зан» вышла."),
    ('Компания "Альфа и "Бета"" растёт.', "Компания «Альфа и „Бета“» растёт."),
    ('Компания ""Бета" и Альфа" растёт.', "Компания «„Бета“ и Альфа» растёт."),
    ("Выставка «Путь к “миру”» открыта.", "Выставка «Путь к „миру“» открыта."),
    ("Выставка «Путь к «миру»» открыта.", "Выставка «Путь к „миру“» открыта."),
    ('("Альфа", "Бета")', "(«Альфа», «Бета»)"),
    ("Ханой - столица.", "Ханой~— столица."),
    ("Ханой -- столица.", "Ханой~— столица."),
    ("Ханой – столица.", "Ханой~— столица."),
    ("Ханой — столица.", "Ханой~— столица."),
    ('"Пора", - сказал он.', "«Пора»,~— сказал он."),
    ("Ханой - 18 900 квартир.", "Ханой~— 18~900 квартир."),
    ("Резолюция № 57-NQ/TW", "Резолюция №~57-NQ/TW"),
    ("Решение №749/QĐ-TTg", "Решение №~749/QĐ-TTg"),
    ("Циркуляр № . 12/2025/TT-BNV", "Циркуляр №~12/2025/TT-BNV"),
    ("Дома №№ 3 и 5", "Дома №№~3 и 5"),
    ("Собрано 15 300 тонн и 2 000 000 донгов.", "Собрано 15~300 тонн и 2~000~000 донгов."),
    ("Собрано 15300,5 тонн.", "Собрано 15~300,5 тонн."),
    ("Два  пробела и   три .", "Два пробела и три."),
    ("Да , нет ; да : нет ! Что ?!", "Да, нет; да: нет! Что?!"),
]
KEPT = [
    "«Альфа» и «Бета „Гамма“»",
    "Центр «Мир «Вьетнам»",
    'Он сказал: "Пора.',
    'Экран 15" и 17"',
    "«а «б «в»»»",
    "- пункт списка",
    "Рост на 41,3% при 30 - 40 домах.",
    "XIX - XX вв.",
    "от - 5 до - 10 °C",
    "социально - экономический рост",
    "общественно - политических организаций",
    "Счёт 2 : 1 в пользу Ханоя",
    "Он ждал ... и ушёл",
    "1 500 человек",
    "Дело 15300 закрыто",
    "тел. 123 456 789",
    "+84 981 84 84 84",
    "Судно QNg 95783 TS",
    "Смотрите https://vidu.vn/a--b?c=“d”&e=15300 и a.b@vidu.vn",
    "18.02.2025, 178/2024/NĐ-CP, 6400—6600, 24–31",
    "⟦c1⟧ и ⟦t⟧ слово ⟦/t⟧",
    "| - | - |",
    "строка  \nдругая",
    "",
]
RUSSIAN = st.lists(
    st.sampled_from(
        (
            *(
                "слово",
                "Ханой",
                "социально",
                "экономический",
                "5",
                "15",
                "300",
                "15300",
                "донгов",
                "№",
                "тел.",
                "XIX",
            ),
            *(
                '"',
                "«",
                "»",
                "„",
                "“",
                "”",
                "-",
                "--",
                "–",
                "—",
                ",",
                ".",
                ":",
                ";",
                "!",
                "?",
                "...",
                "(",
                ")",
                "%",
                "|",
            ),
            *(
                " ",
                " ",
                " ",
                "  ",
                "\u00a0",
                "\n",
                "57-NQ/TW",
                "https://vidu.vn/a",
                "a@vidu.vn",
                "18.02.2025",
                "⟦c1⟧",
            ),
            "\ufffc",
        )
    ),
    max_size=30,
).map("".join) | st.text(max_size=60)


@pytest.mark.parametrize(("before", "after"), CHANGED)
def test_changes(before: str, after: str) -> None:
    assert russian_typography(before).replace("\u00a0", "~") == after


@pytest.mark.parametrize("text", KEPT)
def test_keeps(text: str) -> None:
    assert russian_typography(text) == text


@given(RUSSIAN)
def test_idempotent(text: str) -> None:
    once = russian_typography(text)
    assert russian_typography(once) == once


@given(RUSSIAN)
def test_letters_and_digits_stay(text: str) -> None:
    assert re.findall(r"\w", russian_typography(text)) == re.findall(r"\w", text)


@given(RUSSIAN)
def test_fixed_placeables_stay(text: str) -> None:
    def fixed(value: str) -> list[str]:
        return [p.text for p in find_placeables(value, "ru") if p.kind is not Kind.NUMBER]

    assert fixed(russian_typography(text)) == fixed(text)
