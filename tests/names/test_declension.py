from __future__ import annotations

import pytest

from mtkit.errors import ConfigError
from mtkit.names.declension import decline, declined


@pytest.mark.parametrize(
    ("name", "case", "sex", "form"),
    [
        ("То Лам", "gen", "m", "То Лама"),
        ("Хо Ши Мин", "ins", None, "Хо Ши Мином"),
        ("Нгуен Данг Куанг", "dat", None, "Нгуен Данг Куангу"),
        ("Фам Минь Тьинь", "gen", "m", "Фам Минь Тьиня"),
        ("Фам Минь Тьинь", "ins", "m", "Фам Минь Тьинем"),
        ("Ле Минь Чи", "gen", "m", "Ле Минь Чи"),
        ("Фан Ван Кхай", "acc", "m", "Фан Ван Кхая"),
        ("Дао Хонг Лан", "gen", "f", "Дао Хонг Лан"),
        ("Нгуен Тхи Хонг", "gen", None, "Нгуен Тхи Хонг"),
        ("Нгуен Данг Куанг", "nom", "m", "Нгуен Данг Куанг"),
    ],
)
def test_persons(name: str, case: str, sex: str | None, form: str) -> None:
    assert decline(name, case, sex) == form


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Лаокай", "Лаокае"),
        ("Куангнинь", "Куангнине"),
        ("Нгеан", "Нгеане"),
        ("Ханой", "Ханое"),
        ("Хошимин", "Хошимине"),
        ("Шонла", "Шонла"),
        ("Тханьхоа", "Тханьхоа"),
        ("Куангчи", "Куангчи"),
        ("Хюэ", "Хюэ"),
        ("Бариа-Вунгтау", "Бариа-Вунгтау"),
    ],
)
def test_places_in_the_locative(name: str, form: str) -> None:
    assert decline(name, "loc", kind="place") == form


def test_a_place_is_inanimate() -> None:
    assert decline("Дананг", "acc", kind="place") == "Дананг"
    assert decline("Дананг", "gen", kind="place") == "Дананга"


def test_all_cases() -> None:
    assert set(declined("То Лам", "m").values()) == {"То Лам", "То Лама", "То Ламу", "То Ламом", "То Ламе"}


def test_unknown_case_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"'genitive'.*Known: nom, gen"):
        decline("То Лам", "genitive")
