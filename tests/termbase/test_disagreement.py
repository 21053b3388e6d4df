from __future__ import annotations

import pytest

from mtkit.termbase.candidates import term_head
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.disagreement import Disagreement, disagreement
from mtkit.termbase.forms import find_forms
from mtkit.types import Term

COMMITTEE = "провинциальный комитет партии"
CELL = "партийная ячейка"
BUREAU = "Постоянное бюро"
SECRETARY = "секретарь провинциального комитета партии"


def told(text: str, term: str) -> Disagreement | None:
    paradigm = compile_paradigm(Term(lang="ru", text=term))
    (form,) = find_forms(text, paradigm)
    return disagreement(text, form.span, form.readings, term_head(paradigm))


@pytest.mark.parametrize(
    ("text", "term", "kind", "word"),
    [
        ("Обращение к провинциального комитета партии.", COMMITTEE, "government", "к"),
        ("Для партийной ячейке нашли зал.", CELL, "government", "Для"),
        ("Под руководством провинциальный комитет партии.", COMMITTEE, "government", "руководством"),
        ("Член провинциальный комитет партии выступил.", COMMITTEE, "government", "Член"),
        ("Он ждал решение провинциальный комитет партии.", COMMITTEE, "noun", "решение"),
        ("В новый партийной ячейке тепло.", CELL, "adjective", "новый"),
        ("Это важным партийная ячейка.", CELL, "adjective", "важным"),
        ("Пять партийная ячейка.", CELL, "numeral", "Пять"),
        ("Создано 12 партийные ячейки.", CELL, "numeral", "12"),
        ("Партийная ячейка решил помочь.", CELL, "verb", "решил"),
        ("Партийная ячейка решили помочь.", CELL, "verb", "решили"),
        ("Партийные ячейки решила помочь.", CELL, "verb", "решила"),
        ("Постоянное бюро Донгтхапа провёл встречу.", BUREAU, "verb", "провёл"),
        ("Секретарь провинциального комитета партии осмотрели порт.", SECRETARY, "verb", "осмотрели"),
        ("Партийная ячейка создан.", CELL, "verb", "создан"),
        ("В квартале Митхо Постоянное бюро Донгтхапа провёл встречу.", BUREAU, "verb", "провёл"),
    ],
)
def test_told(text: str, term: str, kind: str, word: str) -> None:
    found = told(text, term)
    assert found is not None
    assert (found.kind, found.word) == (kind, word)
    assert found.span.of(text) == word


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Обращение к провинциальному комитету партии.", COMMITTEE),
        ("В провинциальный комитет партии пришло письмо.", COMMITTEE),
        ("В новой партийной ячейке тепло.", CELL),
        ("Секретарь провинциального комитета партии Ле Тхи Хоа сказала речь.", SECRETARY),
        ("Секретарь провинциального комитета партии сказала речь.", SECRETARY),
        ("Народный совет и партийная ячейка решили помочь.", CELL),
        ("В Постоянное бюро вошла Ле Тхи Хоа.", BUREAU),
        ("Постоянное бюро возглавила Ле Тхи Хоа.", BUREAU),
        ("Постоянное бюро возглавил товарищ из столицы.", BUREAU),
        ("На встрече с партийной ячейкой решили помочь.", CELL),
        ("Вчера партийная ячейка решила помочь.", CELL),
        ("Подведомственные провинциальному комитету партии школы.", COMMITTEE),
        ("На заседании провинциальный комитет партии решил помочь.", COMMITTEE),
        ("Партийная ячейка также создана.", CELL),
        ("Кандидат в секретари провинциального комитета партии.", SECRETARY),
    ],
)
def test_not_told(text: str, term: str) -> None:
    assert told(text, term) is None


def test_a_counted_term_agrees() -> None:
    for text in (
        "Пять партийных ячеек",
        "Две партийные ячейки",
        "21 партийная ячейка",
        "№ 5 партийная ячейка",
    ):
        assert told(text, CELL) is None


def test_a_term_without_a_known_head_has_no_verb() -> None:
    assert told("Ниньбинь приняла гостей.", "Ниньбинь") is None
    assert told("Президент Хо Ши Мин выразил надежду.", "Хо Ши Мин") is None


def test_a_time_of_day_counts_nothing() -> None:
    assert told("В 18:00 партийная ячейка собралась.", CELL) is None
