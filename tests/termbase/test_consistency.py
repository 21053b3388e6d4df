from __future__ import annotations

import pytest

from mtkit.termbase.consistency import consistent, is_short
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.termbase.model import Termbase
from mtkit.termbase.name_terms import document_names, terms_and_names
from mtkit.types import Concept, Span, Status, Term


def entry(preferred: str, *admitted: str) -> Concept:
    return Concept(
        id=preferred,
        terms=(
            Term(lang="vi", text="x"),
            Term(lang="ru", text=preferred),
            *(Term(lang="ru", text=text, status=Status.ADMITTED) for text in admitted),
        ),
    )


PARTY = entry("Коммунистическая партия Вьетнама", "КПВ", "Компартия Вьетнама")
POLITBURO = entry("Политбюро ЦК КПВ", "Политбюро")
COMMISSION = entry(
    "Центральная контрольно-ревизионная комиссия КПВ", "Инспекционная комиссия ЦК КПВ", "Ревизионная комиссия"
)


def match(concept: Concept) -> SourceMatch:
    return SourceMatch(concept, concept.terms[0], Span(0, 1))


def run(concept: Concept, *targets: str, headlines: tuple[bool, ...] = ()) -> list[str]:
    return consistent(targets, [(match(concept),)] * len(targets), headlines)


def test_first_mention_in_full_and_later_short() -> None:
    assert run(PARTY, "Съезд КПВ открылся.", "Члены КПВ собрались.") == [
        "Съезд Коммунистической партии Вьетнама открылся.",
        "Члены КПВ собрались.",
    ]


def test_a_single_mention_stays() -> None:
    assert run(PARTY, "Съезд КПВ открылся.", "Погода хорошая.") == ["Съезд КПВ открылся.", "Погода хорошая."]


def test_headlines_stay_and_are_not_the_first_mention() -> None:
    assert run(
        POLITBURO,
        "Решение Политбюро",
        "Политбюро решило.",
        "В Политбюро рады.",
        headlines=(True, False, False),
    ) == [
        "Решение Политбюро",
        "Политбюро ЦК КПВ решило.",
        "В Политбюро рады.",
    ]


def test_other_renderings_give_way_where_they_are_mixed() -> None:
    targets = (
        "Заседала Центральная контрольно-ревизионная комиссия КПВ.",
        "По решению Инспекционной комиссии ЦК КПВ он уволен.",
    )
    assert run(COMMISSION, *targets) == [
        targets[0],
        "По решению Центральной контрольно-ревизионной комиссии КПВ он уволен.",
    ]
    alike = ("Заседала Инспекционная комиссия ЦК КПВ.", "Доклад Инспекционной комиссии ЦК КПВ.")
    assert run(COMMISSION, *alike) == list(alike)


def test_one_short_form_later() -> None:
    concept = entry("Отечественный фронт Вьетнама", "ОФВ", "Отечественный фронт")
    assert run(
        concept, "Отечественный фронт Вьетнама создан.", "В ОФВ рады.", "В Отечественном фронте рады."
    ) == [
        "Отечественный фронт Вьетнама создан.",
        "В ОФВ рады.",
        "В ОФВ рады.",
    ]


def test_nothing_is_said_twice() -> None:
    targets = ("Политбюро Центрального комитета партии решило.", "Политбюро согласно.")
    assert run(entry("Политбюро Центрального комитета", "Политбюро"), *targets) == list(targets)


@pytest.mark.parametrize(
    ("text", "short"),
    [("КПВ", True), ("Компартия Вьетнама", False), ("Политбюро", True), ("Вьетнам", False)],
)
def test_what_is_short(text: str, short: bool) -> None:
    preferred = "Политбюро ЦК КПВ" if text == "Политбюро" else "Коммунистическая партия Вьетнама"
    if text == "Вьетнам":
        preferred = "партийный комитет"
    assert is_short(Term(lang="ru", text=text), Term(lang="ru", text=preferred)) is short


def test_names_are_read_with_the_whole_document_known() -> None:
    sources = ["Chairman Quang spoke.", "Ông Nguyễn Đăng Quang là Chủ tịch.", "Then Nguyen Dang Quang left."]
    matcher = Matcher(Termbase(concepts=()), "en")
    names = document_names(sources, "en")
    found = [terms_and_names(source, matcher, names) for source in sources]
    assert [m.concept.in_lang("ru")[0].text for own in found for m in own][-1] == "Нгуен Данг Куанг"
