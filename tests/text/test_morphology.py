from __future__ import annotations

import pytest

from mtkit.text.morphology import decline_name, inflect, lemma, lemmas, like_case, parse


def test_personal_readings_come_first() -> None:
    assert parse("член")[0].animate is True
    assert parse("посол")[0].form("gen", "sg") == "посла"


@pytest.mark.parametrize("word", ["ЦК", "КПВ", "Политбюро", "бюро"])
def test_indeclinable(word: str) -> None:
    reading = parse(word)[0]
    assert (reading.pos, reading.fixed, len(parse(word))) == ("NOUN", True, 1)
    assert inflect(word, ("ins", "sg")) == word


@pytest.mark.parametrize(
    ("word", "grammemes", "form"),
    [
        ("партией", ("nom", "sg"), "партия"),
        ("партия", ("ins", "sg"), "партией"),
        ("съезд", ("loc", "sg"), "съезде"),
        ("Комитет", ("gen", "sg"), "Комитета"),
        ("ПАРТИЯ", ("gen", "sg"), "ПАРТИИ"),
        ("порт", ("loc", "sg"), "порте"),
    ],
)
def test_inflect(word: str, grammemes: tuple[str, ...], form: str) -> None:
    assert inflect(word, grammemes) == form


def test_adjectives_agree_and_never_end_in_oyu() -> None:
    reading = next(r for r in parse("Центральная") if r.case == "nom")
    assert reading.form("ins", "sg", "femn") == "центральной"
    assert reading.form("acc", "sg", "masc", animate=True) == "центрального"
    assert reading.form("acc", "sg", "masc", animate=False) == "центральный"
    assert reading.form("acc", "pl", animate=True) == "центральных"


def test_a_passive_participle_stays_passive() -> None:
    reading = next(r for r in parse("Соединённые") if r.case == "nom")
    assert reading.form("nom", "pl") == "соединённые"
    assert reading.form("gen", "pl") == "соединённых"


def test_second_locative_only_where_it_is_usual() -> None:
    port = next(r for r in parse("порт") if r.case == "nom" and r.pos == "NOUN")
    day = next(r for r in parse("день") if r.case == "nom" and r.pos == "NOUN")
    assert port.form("loc2", "sg") == "порту"
    assert day.form("loc2", "sg") is None


def test_lemmas() -> None:
    assert lemma("комитетами") == "комитет"
    assert "отчет" in lemmas("отчётом")


@pytest.mark.parametrize(
    ("name", "animate", "forms"),
    [
        ("Куанг", True, ("Куанга", "Куангу", "Куанга", "Куангом", "Куанге")),
        ("Дананг", False, ("Дананга", "Данангу", "Дананг", "Данангом", "Дананге")),
        ("Тьинь", True, ("Тьиня", "Тьиню", "Тьиня", "Тьинем", "Тьине")),
        ("Зялай", False, ("Зялая", "Зялаю", "Зялай", "Зялаем", "Зялае")),
        ("Чи", True, ("Чи",) * 5),
    ],
)
def test_names_decline_by_rule(name: str, animate: bool, forms: tuple[str, ...]) -> None:
    cases = ("gen", "dat", "acc", "ins", "loc")
    assert tuple(decline_name(name, case, animate=animate) for case in cases) == forms
    assert decline_name(name, "nom", animate=animate) == name


@pytest.mark.parametrize(
    ("form", "model", "expected"),
    [
        ("отделом", "Отдел", "Отделом"),
        ("премьер-министра", "Премьер-министр", "Премьер-министра"),
        ("партии", "ПАРТИЯ", "ПАРТИИ"),
        ("вунгтау", "в", "вунгтау"),
    ],
)
def test_like_case(form: str, model: str, expected: str) -> None:
    assert like_case(form, model) == expected
