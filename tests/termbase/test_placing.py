"""Terms joined to their neighbours, and names that no source term accounts for."""

from __future__ import annotations

import pytest

from mtkit.engines.base import Hypothesis
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import find_forms
from mtkit.termbase.joining import joined
from mtkit.termbase.locate import locate
from mtkit.termbase.stray_names import nearest_name, stray_names
from mtkit.types import Concept, Span, Term


def best(
    text: str,
    neighbour: str,
    term: str,
    gap: str,
    *,
    kinds: tuple[str, str] = ("", ""),
    first: bool = False,
    attribute: bool = False,
) -> str:
    (place, *_) = find_forms(text, compile_paradigm(Term(lang="ru", text=neighbour)))
    paradigm = compile_paradigm(Term(lang="ru", text=term))
    return joined(text, paradigm, gap, place, kinds=kinds, first=first, attribute=attribute)[0].text


def test_coordinated_terms_stand_in_one_case() -> None:
    text = "Заседание народного совета состоялось."
    assert best(text, "народный совет", "провинциальный комитет партии", " và ") == (
        "Заседание народного совета и провинциального комитета партии состоялось."
    )
    assert best(text, "народный совет", "партийная ячейка", " and ", first=True) == (
        "Заседание партийной ячейки и народного совета состоялось."
    )


def test_a_list_goes_on_with_commas() -> None:
    text = "Для общин, уездов и городов."
    assert best(text, "община", "квартал", ", ") == "Для общин, квартала, уездов и городов."


def test_a_post_agrees_with_the_name_after_it() -> None:
    text = "Премию вручил генерал-майору Ле Кхак Биню."
    assert best(
        "Он видел Ле Кхак Биня.", "Ле Кхак Бинь", "генерал-майор", " ", first=True, kinds=("", "person")
    ) == ("Он видел генерал-майора Ле Кхак Биня.")
    assert best(text, "генерал-майор", "Нгуен Ван Там", " ", kinds=("person", "")) == (
        "Премию вручил генерал-майору Нгуен Ван Таму Ле Кхак Биню."
    )


def test_a_place_after_its_kind() -> None:
    text = "Народный комитет провинции решил."
    assert best(text, "Народный комитет провинции", "Хатинь", " ", kinds=("place", ""), attribute=True) == (
        "Народный комитет провинции Хатинь решил."
    )
    assert (
        best("Полиция решила.", "полиция", "Далат", " ", kinds=("place", ""), attribute=True)
        == "Полиция Далата решила."
    )


def test_an_attribute_stands_in_the_genitive() -> None:
    text = "Принята резолюция о школах."
    assert best(text, "резолюция", "народный совет", " ", attribute=True) == (
        "Принята резолюция народного совета о школах."
    )


def test_a_head_takes_the_case_of_its_attribute() -> None:
    assert best("Сажали рис в Хатине.", "Хатинь", "провинция", " ", kinds=("", "place"), first=True) == (
        "Сажали рис в провинции Хатинь."
    )
    assert best("Жара в Хатине.", "Хатинь", "народный совет", " ", kinds=("", "place"), first=True) == (
        "Жара в народном совете Хатиня."
    )


def test_terms_apart_are_not_joined() -> None:
    (place,) = find_forms("указ", compile_paradigm(Term(lang="ru", text="указ")))
    assert joined("указ", compile_paradigm(Term(lang="ru", text="закон")), " of ", place, first=False) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Провинция Ламдонг направила груз", ["Ламдонг"]),
        ("Председатель Зыонг Хыу Чи сказал", ["Зыонг Хыу Чи"]),
        ("Народный комитет провинции решил", []),
        ("ЦК КПВ и МВД", []),
        ("В Ханое", ["Ханое"]),
    ],
)
def test_stray_names(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in stray_names(text, ())] == found


def test_a_name_takes_the_place_of_the_one_that_nothing_accounts_for() -> None:
    text = "Вчера провинция Ламдонг направила груз"
    span = nearest_name(text, (), 0.2, "провинция Хатинь", person=False)
    assert span is not None and span.of(text) == "провинция Ламдонг"
    assert nearest_name(text, (), 0.2, "Нгуен Ван Там", person=True) is None
    taken = [Span(text.index("Ламдонг"), text.index("Ламдонг") + 7)]
    assert nearest_name(text, taken, 0.2, "Хатинь", person=False) is None


def test_a_garbled_person_is_located_whole() -> None:
    text = "сказал секретарь Чан Динь Нган"
    concept = Concept(
        id="name:x",
        terms=(Term(lang="vi", text="Trần Đình Gia"), Term(lang="ru", text="Чан Динь Зя")),
        subject="person",
    )
    aligned = ((Span(17, 20), Span(0, 4)),)
    hypothesis = Hypothesis(text=text, alignment=aligned)
    span = locate(hypothesis, concept, "Чан Динь Зя", "Trần Đình Gia nói", [Span(0, 13)], ())
    assert span is not None and span.of(text) == "Чан Динь Нган"
