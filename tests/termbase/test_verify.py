from __future__ import annotations

import pytest

from mtkit.termbase.agreement import (
    ALL_CASES,
    agrees,
    expected_cases,
    head_of,
    mend_adjectives,
    mend_preposition,
    mend_verb,
    phrase_cases,
)
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.match import SourceMatch
from mtkit.termbase.verify import forbidden_renderings, verify
from mtkit.types import Concept, Span, Status, Term


def match(identifier: str, russian: str, *, forbidden: tuple[str, ...] = (), start: int = 0) -> SourceMatch:
    source = Term(lang="vi", text=identifier)
    terms = (
        source,
        Term(lang="ru", text=russian),
        *(Term(lang="ru", text=text, status=Status.FORBIDDEN) for text in forbidden),
    )
    return SourceMatch(Concept(id=identifier, terms=terms), source, Span(start, start + len(identifier)))


COMMITTEE = match("tinh-uy", "провинциальный комитет партии")
DEPUTY = match("pho-bi-thu", "заместитель секретаря провинциального комитета партии", start=20)
COUNCIL = match("hdnd", "Народный совет", forbidden=("Народный комитет",), start=40)
PEOPLES_COMMITTEE = match("ubnd", "Народный комитет", start=60)


def test_any_form_counts() -> None:
    (hit,) = verify([COMMITTEE], "о работе провинциального комитета партии", ["prefix"])
    assert hit.ok and hit.form == "провинциального комитета партии"
    assert (hit.tgt_span, hit.strategy, hit.src_span) == (Span(9, 40), "prefix", COMMITTEE.span)


def test_matching_is_exclusive_and_counted() -> None:
    text = "заместитель секретаря провинциального комитета партии"
    assert [hit.ok for hit in verify([COMMITTEE, DEPUTY], text)] == [False, True]
    assert [hit.ok for hit in verify([COMMITTEE, COMMITTEE], "провинциальный комитет партии")] == [
        True,
        False,
    ]
    assert all(hit.ok for hit in verify([COMMITTEE, DEPUTY], f"{text} и провинциальный комитет партии"))


def test_parts_of_words_do_not_count() -> None:
    entry = match("vao", "вход")
    assert not verify([entry], "входные двери")[0].ok
    assert verify([entry], "у входа")[0].ok


def test_absent_term() -> None:
    (hit,) = verify([COMMITTEE], "Сегодня тепло")
    assert (hit.ok, hit.form, hit.tgt_span) == (False, "", None)


def test_a_forbidden_rendering_is_shown_in_place_of_the_term() -> None:
    (hit,) = verify([COUNCIL], "заседание Народного комитета")
    assert (hit.ok, hit.form) == (False, "Народного комитета")
    (found,) = forbidden_renderings([COUNCIL], "заседание Народного комитета")
    assert (found.concept_id, found.form) == ("hdnd", "Народного комитета")


def test_what_is_right_for_another_term_is_not_forbidden() -> None:
    text = "Народный совет и Народный комитет"
    assert all(hit.ok for hit in verify([COUNCIL, PEOPLES_COMMITTEE], text))
    assert not forbidden_renderings([COUNCIL, PEOPLES_COMMITTEE], text)
    assert forbidden_renderings([COUNCIL], text)


def _expected(text: str) -> frozenset[str]:
    """The term in the text stands between bars."""
    start = text.index("|")
    end = text.index("|", start + 1) - 1
    return expected_cases(text.replace("|", ""), Span(start, end))


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("в |Народном комитете|", {"acc", "loc"}),
        ("согласно |резолюции|", {"dat"}),
        ("для |партии|", {"gen"}),
        ("о |партии|", {"loc"}),
        ("между |партиями|", {"gen", "ins"}),
        ("в соответствии с |резолюцией|", {"ins"}),
        ("несмотря на |резолюцию|", {"acc"}),
        ("от имени |Народного комитета|", {"gen"}),
        ("под руководством |Народного комитета|", {"gen"}),
        ("в ходе |заседания|", {"gen"}),
        ("к новому |председателю|", {"dat"}),
        ("в «|Народном комитете|»", {"acc", "loc"}),
        ("новым |председателем|", {"ins", "dat"}),
        ("секретарь |провинциального комитета партии|", {"gen"}),
        ("член |Народного совета|", {"gen"}),
    ],
)
def test_expected_cases(text: str, cases: set[str]) -> None:
    assert _expected(text) == cases


@pytest.mark.parametrize(
    "text",
    [
        "|Народный комитет|",
        "Вчера |Народный комитет|",
        "На заседании |председатель Народного комитета|",
        "Как сообщает газета, |Народный комитет|",
        "в Ханое, |Народный комитет|",
        "18 февраля |заместитель секретаря|",
    ],
)
def test_nothing_decides(text: str) -> None:
    assert _expected(text) == ALL_CASES


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("в |Народном комитете|", True),
        ("в |Народный комитет|", True),
        ("в |Народному комитету|", False),
        ("секретарь |Народный комитет|", False),
        ("секретарь |Народного комитета|", True),
        ("новый |Народный комитет|", True),
        ("новая |Народный комитет|", False),
        ("нового |Народному комитету|", False),
        ("для нового |Народного комитета|", True),
        ("согласно |Народный комитет|", False),
        ("решение, принятое |Народным комитетом|", True),
        ("два прежних |Народного комитета|", True),
    ],
)
def test_agreement(text: str, fits: bool) -> None:
    start = text.index("|")
    span = Span(start, text.index("|", start + 1) - 1)
    text = text.replace("|", "")
    paradigm = compile_paradigm(Term(lang="ru", text="Народный комитет"))
    head = head_of(paradigm.form("nom"), paradigm.form("ins"))
    assert agrees(text, span, paradigm.readings(span.of(text)), head) is fits


def test_phrase_cases() -> None:
    assert phrase_cases("партийному комитету", Span(0, 19)) == {("dat", "sg")}
    assert phrase_cases("новой резолюцией", Span(0, 16)) == {("ins", "sg")}
    assert phrase_cases("хмф", Span(0, 3)) == frozenset()


def test_mending() -> None:
    head = head_of("комиссия", "комиссией")
    assert head is not None and (head.gender, head.animate) == ("femn", False)
    text, span = mend_adjectives("наш новый комиссия", Span(10, 18), "nom", "sg", head)
    assert text.endswith("новая комиссия") and span.of(text) == "комиссия"
    assert mend_verb("комиссия решил", Span(0, 8), "sg", head) == "комиссия решила"
    assert mend_verb("комиссия работает", Span(0, 8), "sg", head) == "комиссия работает"
    assert mend_preposition("о Исполкоме", 2) == ("об Исполкоме", 3)
    assert mend_preposition("во партии", 3) == ("в партии", 2)
    assert mend_preposition("в Вьетнаме", 2) == ("во Вьетнаме", 3)
    assert mend_preposition("С съезда", 2) == ("Со съезда", 3)
