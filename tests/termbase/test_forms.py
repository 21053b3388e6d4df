from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import assign, find_concept, find_forms
from mtkit.termbase.io import load_termbase
from mtkit.types import Concept, Span, Status, Term


def ru(text: str, status: Status = Status.PREFERRED, condition: str = "") -> Term:
    return Term(lang="ru", text=text, status=status, condition=condition)


def concept(concept_id: str, preferred: str, *admitted: str) -> Concept:
    return Concept(id=concept_id, terms=(ru(preferred), *(ru(text, Status.ADMITTED) for text in admitted)))


COMMITTEE = concept("tinh-uy", "провинциальный комитет партии", "партком провинции")
SECRETARY = concept("bi-thu-tinh-uy", "секретарь провинциального комитета партии")
BOARD = concept("ban-thuong-vu", "Постоянное бюро провинциального комитета партии", "Постоянное бюро")


def found(text: str, term: str) -> list[str]:
    return [match.span.of(text) for match in find_forms(text, compile_paradigm(ru(term)))]


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("На входе висят входные данные.", "вход", ["входе"]),
        (
            "В Провинциальном комитете партии",
            "провинциальный комитет партии",
            ["Провинциальном комитете партии"],
        ),
        ("ОТЧЁТ и отчета", "отчёт", ["ОТЧЁТ", "отчета"]),
        ("Отчета", "отчет", ["Отчета"]),
        ("ЦК\N{NO-BREAK SPACE}КПВ, ЦК  КПВ", "ЦК КПВ", ["ЦК\N{NO-BREAK SPACE}КПВ", "ЦК  КПВ"]),
        ("премьер‑министра", "премьер-министр", ["премьер‑министра"]),
        ("генерал-лейтенанту", "лейтенант", []),
        ('газету "Нянзан"', "газета «Нянзан»", ['газету "Нянзан"']),
        ("комитеты партии", "провинциальный комитет партии", []),
    ],
)
def test_find_forms(text: str, term: str, expected: list[str]) -> None:
    assert found(text, term) == expected


def test_form_and_readings_are_the_paradigms() -> None:
    (match,) = find_forms("ОТЧЕТОВ", compile_paradigm(ru("отчёт")))
    assert (match.form, match.readings, match.span) == ("отчётов", (("gen", "pl"),), Span(0, 7))
    assert match.term == ru("отчёт")


def test_find_concept_takes_admitted_terms_and_the_longest() -> None:
    text = "Партком провинции и Постоянное бюро провинциального комитета партии"
    assert [m.form for m in find_concept(text, COMMITTEE)] == [
        "партком провинции",
        "провинциального комитета партии",
    ]
    assert [m.span.of(text) for m in find_concept(text, BOARD)] == [text[20:]]


def test_conditional_terms_do_not_count() -> None:
    entry = Concept(id="x", terms=(ru("секретарь партии"), ru("секретарь", Status.ADMITTED, "later mention")))
    assert find_concept("секретарь", entry) == ()


def test_a_term_without_paradigm_is_looked_for_as_written() -> None:
    assert len(find_concept("Он не боится думать.", concept("x", "не боится думать"))) == 1


def test_assign_gives_each_match_its_own_place() -> None:
    text = "Секретарь провинциального комитета партии посетил провинциальный комитет партии."
    secretary, committee = assign(text, [SECRETARY, COMMITTEE])
    assert secretary is not None and secretary.span == Span(0, 41)
    assert committee is not None and committee.span.start == 50
    once = "Секретарь провинциального комитета партии уехал."
    assert assign(once, [SECRETARY, COMMITTEE])[1] is None


def test_assign_counts_repeated_concepts() -> None:
    text = "партком провинции и партком провинции"
    places = assign(text, [COMMITTEE] * 3)
    assert [place.span.start if place else None for place in places] == [0, 20, None]


def test_assign_makes_room_with_a_second_choice() -> None:
    places = assign("Постоянное бюро провинциального комитета партии", [BOARD, COMMITTEE])
    assert [place.form if place else None for place in places] == [
        "Постоянное бюро",
        "провинциального комитета партии",
    ]


TERMS = [c for c in load_termbase("bundled").concepts if c.subject in {"party-organ", "state-organ"}][:40]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_form_is_found_where_it_stands(data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from(TERMS))
    paradigm = compile_paradigm(entry.in_lang("ru", Status.PREFERRED)[0])
    form = data.draw(st.sampled_from(sorted(paradigm.variants())))
    text = f"Вчера ({form}), завтра."
    assert [match.span.of(text) for match in find_forms(text, paradigm)] == [form]
    matches = find_concept(text, entry)
    assert all(a.span.end <= b.span.start for a, b in pairwise(matches))


def test_spans_count_the_white_space_of_the_text_as_given() -> None:
    text = "Из  провинциального\n\t комитета\u00a0\u00a0партии,  из комитета"
    assert found(text, "провинциальный комитет партии") == ["провинциального\n\t комитета\u00a0\u00a0партии"]
    assert found(text, "комитет") == ["комитета", "комитета"]
