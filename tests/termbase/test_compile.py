from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.errors import TermbaseError
from mtkit.termbase.compile import CASES, NUMBERS, compile_paradigm
from mtkit.termbase.io import load_termbase
from mtkit.types import Term

with (Path(__file__).parent / "golden_paradigms.tsv").open(encoding="utf-8") as file:
    GOLDEN = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ru(text: str, **options: object) -> Term:
    return Term(lang="ru", text=text, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("golden", GOLDEN, ids=[row["term"] for row in GOLDEN])
def test_golden_paradigms(golden: dict[str, str]) -> None:
    paradigm = compile_paradigm(ru(golden["term"]))
    keys = [(case, number) for number in NUMBERS for case in CASES]
    assert {f"{case}.{number}": paradigm.forms.get((case, number), "-") for case, number in keys} == {
        key: form for key, form in golden.items() if key != "term"
    }


def test_there_are_enough_golden_titles() -> None:
    assert len(GOLDEN) >= 60


def test_readings_and_variants() -> None:
    paradigm = compile_paradigm(ru("партийная ячейка"))
    assert paradigm.readings("партийной ячейки") == (("gen", "sg"),)
    assert paradigm.readings("партийной ячейке") == (("dat", "sg"), ("loc", "sg"))
    assert paradigm.readings("партийные ячейки") == (("nom", "pl"), ("acc", "pl"))
    assert paradigm.readings("партийную организацию") == ()
    assert "партийными ячейками" in paradigm.variants()


def test_number_that_is_missing_answers_with_the_other() -> None:
    assert compile_paradigm(ru("власти")).form("gen", "sg") == "властей"
    assert compile_paradigm(ru("То Лам")).form("gen", "pl") == "То Лама"
    assert compile_paradigm(ru("власти")).numbers == ("pl",)


def test_explicit_forms_win() -> None:
    term = ru("борьба с коррупцией", forms={"nom.pl": "виды борьбы с коррупцией", "ins.sg": "борьбою"})
    paradigm = compile_paradigm(term)
    assert paradigm.form("nom", "pl") == "виды борьбы с коррупцией"
    assert (paradigm.form("ins"), paradigm.form("gen")) == ("борьбою", "борьбы с коррупцией")


def test_complete_forms_need_no_head() -> None:
    forms = {f"{case}.pl": f"{case} резолюции" for case in CASES}
    assert compile_paradigm(ru("четыре опорные резолюции", forms=forms)).form("ins", "pl") == "ins резолюции"


def test_exact_and_abbreviations_are_fixed() -> None:
    for term in (ru("когда пьёшь воду", exact=True), ru("и. о."), ru("VOV"), ru("НС")):
        paradigm = compile_paradigm(term)
        assert paradigm.fixed
        assert paradigm.variants() == {term.text}


def test_head_is_taken_where_given() -> None:
    paradigm = compile_paradigm(ru("о прорыве: доклад министра", head="доклад"))
    assert paradigm.form("ins") == "о прорыве: докладом министра"


def test_second_locative() -> None:
    paradigm = compile_paradigm(ru("морской порт"))
    assert paradigm.forms["loc2", "sg"] == "морском порту"
    assert ("loc2", "sg") not in compile_paradigm(ru("съезд")).forms


def test_distributed_plurals_are_variants() -> None:
    paradigm = compile_paradigm(ru("секретарь провинциального комитета партии"))
    assert paradigm.form("nom", "pl") == "секретари провинциального комитета партии"
    assert paradigm.readings("секретарями провинциальных комитетов партии") == (("ins", "pl"),)
    assert "секретарь провинциальных комитетов партии" not in paradigm.variants()
    assert "заведующие отделами" in compile_paradigm(ru("заведующий отделом")).variants()


def test_lone_adjective_has_all_genders() -> None:
    paradigm = compile_paradigm(ru("бывший"))
    assert paradigm.readings("бывшую") == (("acc", "sg"),)
    assert paradigm.readings("бывшего") == (("gen", "sg"), ("acc", "sg"))


@pytest.mark.parametrize(
    ("text", "case", "number", "form"),
    [
        ("экс-президент", "gen", "sg", "экс-президента"),
        ("президент-председатель", "dat", "sg", "президенту-председателю"),
        ("Бариа-Вунгтау", "gen", "sg", "Бариа-Вунгтау"),
        ("комитет партии и области", "ins", "sg", "комитетом партии и области"),
        ("департаменты и ведомства", "gen", "pl", "департаментов и ведомств"),
        ("Отдел ЦК КПВ по политике и стратегии", "ins", "sg", "Отделом ЦК КПВ по политике и стратегии"),
        ("научно-технический и учебный центр", "loc", "sg", "научно-техническом и учебном центре"),
        ("председатель суда, судья", "acc", "sg", "председателя суда, судью"),
        ("командующий войсками", "acc", "pl", "командующих войсками"),
        ("замминистра", "ins", "sg", "замминистра"),
        ("подготовка кадров", "gen", "sg", "подготовки кадров"),
        ("«Дой мой»", "gen", "sg", "«Дой мой»"),
    ],
)
def test_traps(text: str, case: str, number: str, form: str) -> None:
    assert compile_paradigm(ru(text)).form(case, number) == form


@pytest.mark.parametrize(
    "text",
    [
        "о прорывном развитии",
        "в партии",
        "не боятся думать",
        "уважая партию",
        "рекомендуемый комитетом",
    ],
)
def test_without_a_head_it_is_refused(text: str) -> None:
    with pytest.raises(TermbaseError, match="no noun in the nominative"):
        compile_paradigm(ru(text))


def test_a_head_that_is_not_there_is_refused() -> None:
    with pytest.raises(TermbaseError, match="not one of its words"):
        compile_paradigm(ru("партийная ячейка", head="комитет"))


def test_every_bundled_term_compiles() -> None:
    for concept in load_termbase("bundled").concepts:
        for term in concept.in_lang("ru"):
            if not term.condition and term.status.value in {"preferred", "admitted"}:
                assert compile_paradigm(term).variants()


@given(st.sampled_from([row["term"] for row in GOLDEN]), st.sampled_from(CASES), st.sampled_from(NUMBERS))
def test_every_form_reads_back(text: str, case: str, number: str) -> None:
    paradigm = compile_paradigm(ru(text))
    form = paradigm.form(case, number)
    assert case in {read for read, _ in paradigm.readings(form)}
    assert compile_paradigm(ru(text)) is paradigm
