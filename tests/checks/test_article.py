"""A Russian article read from a page that was copied whole, and the inconsistencies in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtkit.checks.article import article_lines
from mtkit.checks.inputs import read_article

HEADLINE = "Обновление библиотечного дела в провинции и в горных общинах"
BODY = [
    "Сегодня утром, 5 марта, председатель Народного комитета провинции Ле Куанг Зунг провёл заседание с "
    "Комиссией по библиотекам и архивам, посвящённое задачам года.",
    "На заседании обсудили выполнение Постановления Политбюро № 57-NQ/TW и подготовку к XIV Съезду партии, а "
    "также общественно -политическую работу библиотек в горных общинах.",
    "Комиссия по библиотекам и музеям доложила, что резолюция выполняется, а делегаты XIV съезда партии уже "
    "избраны во всех общинах провинции.",
]
PAGE = [
    *("Портал - Новости уезда", "", "Главная", "О нас", "", HEADLINE, "", "Lâm Sơn 05/03/2025", ""),
    *(line for paragraph in BODY for line in (paragraph, "")),
    *("Фото: М. Л.", "", "Минь Лок", "", "Источник: https://lamson.example.vn/tin/5", ""),
    *("Комментарий (0)", "Нет данных", "", "Та же тема", "Та же рубрика", ""),
    "Жители горной общины с радостью встретили открытие новой библиотеки и читального зала для детей и "
    "родителей.",
    "Улица книг снова открыта",
]


def test_the_article_is_found() -> None:
    lines = article_lines(PAGE)
    assert lines is not None
    kept = [PAGE[number] for number in lines]
    assert kept == [HEADLINE, *BODY, "Фото: М. Л.", "Минь Лок"]


@pytest.mark.parametrize(
    "lines",
    [
        [HEADLINE, "", *BODY],
        [
            HEADLINE,
            "",
            BODY[0],
            "- первый пункт",
            "- второй пункт",
            "- третий пункт",
            BODY[1],
            "",
            "Минь Лок",
        ],
        [BODY[0], "Подзаголовок", BODY[1]],
        ["Коротко.", "Ещё короче."],
        [],
        ["Проект закончится 15 марта 2026 года.", "Председатель принял гостей из  провинции.", *BODY[:2]],
        ["Новости", HEADLINE, "Ханой", "Сегодня утром прошло заседание в столице.", *BODY],
        [HEADLINE, BODY[0], "По теме заседания выступил председатель комиссии.", BODY[1], BODY[2]],
    ],
)
def test_a_text_that_is_no_page_is_read_whole(lines: list[str]) -> None:
    assert article_lines(lines) is None


def test_a_lead_above_the_first_paragraph_belongs_to_the_article() -> None:
    lead = "Сегодня утром прошло заседание в столице."
    lines = article_lines([*PAGE[:6], "", lead, *BODY, *PAGE[-4:]])
    assert lines is not None and lines[0] == 5 and 7 in lines


def test_of_a_text_with_a_page_below_it_nothing_above_is_left_out() -> None:
    text = ["Он сказал: «Мы готовы принять гостей".ljust(70, "а"), "Проект идёт по плану, и все рады.", *BODY]
    lines = article_lines([*text, "Источник: ВИА"])
    assert lines == tuple(range(len(text)))


def test_places_point_into_the_file(tmp_path: Path) -> None:
    path = tmp_path / "page.ru.txt"
    path.write_text("\n".join(PAGE), encoding="utf-8")
    article = read_article(str(path))
    for target, place in zip(article.text.targets, article.text.places, strict=True):
        assert PAGE[place.line - 1][place.column - 1 :].startswith(target)
    assert article.lines and HEADLINE in article.text.targets
    assert not any("Улица книг" in target for target in article.text.targets)
