"""Names of foreign men in all cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.foreign_names import foreign_man, is_surely_a_man
from mtkit.text.morphology import CASES
from mtkit.types import Term


@pytest.mark.parametrize(
    ("name", "genitive", "accusative", "instrumental", "sure"),
    [
        ("Сонсай Сипхандон", "Сонсая Сипхандона", "Сонсая Сипхандона", "Сонсаем Сипхандоном", False),
        ("Дональд Трамп", "Дональда Трампа", "Дональда Трампа", "Дональдом Трампом", True),
        ("Сергей Лавров", "Сергея Лаврова", "Сергея Лаврова", "Сергеем Лавровым", True),
        ("Си Цзиньпин", "Си Цзиньпина", "Си Цзиньпина", "Си Цзиньпином", False),
        ("Хун Манет", "Хун Манета", "Хун Манета", "Хун Манетом", False),
        ("Лоуренс Вонг", "Лоуренса Вонга", "Лоуренса Вонга", "Лоуренсом Вонгом", False),
        ("Прабово Субианто", *["Прабово Субианто"] * 3, True),
    ],
)
def test_a_mans_name_declines(
    name: str, genitive: str, accusative: str, instrumental: str, sure: bool
) -> None:
    paradigm = compile_paradigm(Term(lang="ru", text=name))
    assert [paradigm.form(case) for case in ("gen", "acc", "ins")] == [genitive, accusative, instrumental]
    assert is_surely_a_man(name) is sure


@pytest.mark.parametrize(
    "text",
    [
        *("Маргарет Тэтчер", "Новый Орлеан", "Красный Крест", "Бангкок Пост", "Южная Корея", "Дом Культуры"),
        *("Нью Йорк", "Валентина Терешкова", "Трамп", "Съезд партии", "Дональд Джон Трамп", ""),
    ],
)
def test_what_is_no_mans_name(text: str) -> None:
    assert foreign_man(text) is None
    assert not is_surely_a_man(text)


@given(st.from_regex(r"[А-Я][а-я]{0,9} [А-Я][а-я]{0,9}", fullmatch=True))
def test_the_nominative_is_the_name(text: str) -> None:
    forms = foreign_man(text)
    assert forms is None or (forms["nom", "sg"] == text and len(forms) == len(CASES))
