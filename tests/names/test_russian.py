from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.names.declension import declined
from mtkit.names.russian import russian_names
from mtkit.text.morphology import CASES


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Премьер-министром Вьетнама Фам Минь Тьинем", ["Фам Минь Тьинем"]),
        ("из города Хюэ Фан Нгок Тхо уехал", ["Фан Нгок Тхо"]),
        ("Чан Тхань Ман и Нгуен Ван Тхиню", ["Чан Тхань Ман", "Нгуен Ван Тхиню"]),
        ("принял Геннадий Бесдетко", ["Геннадий Бесдетко"]),
        ("с Геннадием Бесдетко", []),
        ("с новичком Томми Флитвудом", []),
        ("Чан Су Хён и Си Цзиньпин", ["Чан Су"]),
        ("город Ханой, Ле и Фам", []),
    ],
)
def test_where_names_stand(text: str, names: list[str]) -> None:
    assert [name.span.of(text) for name in russian_names(text)] == names


@given(
    surname=st.sampled_from(["Нгуен", "Чан", "Ле", "Фам", "Во"]),
    middle=st.sampled_from(["Ван", "Куанг", "Дык", "Суан"]),
    last=st.sampled_from(["Хынг", "Тьинь", "Май", "Лам", "Хюи", "Чьет", "Фук", "Нгиа", "Кхоа", "Йен", "Уок"]),
    case=st.sampled_from([case for case in CASES if case != "loc"]),
)
def test_the_case_of_a_mans_name_is_read_from_its_form(
    surname: str, middle: str, last: str, case: str
) -> None:
    forms = declined(f"{surname} {middle} {last}")
    (name,) = russian_names(forms[case])
    assert name.forms == forms
    assert case in name.written
    assert len(name.written) == sum(form == forms[case] for form in forms.values())


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Во Тхи Ань Суан", "f"),
        ("Буй Тхи Минь Хоай", "f"),
        ("Фам Тху Ханг", "f"),
        ("Фам Тху Хангом", "m"),
        ("Нгуен Ван Линь", "m"),
        ("Ле Минь Хынг", "m"),
        ("Нгуен Тхань Лам", None),
    ],
)
def test_sex(name: str, sex: str | None) -> None:
    assert [found.sex for found in russian_names(name)] == [sex]
