from __future__ import annotations

import pytest

from mtkit.checks.base import NO_TERMS, CheckContext
from mtkit.checks.name_case import NameCaseCheck
from mtkit.termbase.io import load_termbase
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Segment, Severity, Term

BUNDLED = CheckContext(termbase=load_termbase("bundled"))


def run(target: str, source: str = "", context: CheckContext = NO_TERMS) -> list[tuple[str, str | None]]:
    segment = Segment(id="1", source=source, src_lang="vi", tgt_lang="ru")
    return [
        (found.tgt_span.of(target), found.suggestion)
        for found in NameCaseCheck().run(segment, target, context)
        if found.tgt_span is not None and found.severity is Severity.WARNING
    ]


def test_the_right_form_is_suggested() -> None:
    assert run("Он встретился с министром Ле Ван Хынг.") == [("Ле Ван Хынг", "Ле Ван Хынгом")]


def test_none_is_suggested_where_two_may_be_named() -> None:
    assert run("Он встретился с помощником министра Ле Ван Хынг.") == [("Ле Ван Хынг", None)]


@pytest.mark.parametrize(
    ("target", "source", "context"),
    [
        ("Министр Ле Ван Хынг встретился с послом Геннадием Бесдетко.", "", NO_TERMS),
        ("Он встретился с директором Ле Минь Лам.", "Ông gặp bà Lê Minh Lâm, Giám đốc.", NO_TERMS),
        ("Он встретился с министром Фам Тхи Тхань Ча.", "", BUNDLED),
        ("", "", NO_TERMS),
    ],
)
def test_nothing_to_say(target: str, source: str, context: CheckContext) -> None:
    assert run(target, source, context) == []


def test_the_termbase_tells_a_man() -> None:
    terms = Term(lang="vi", text="Lê Minh Lan"), Term(lang="ru", text="Ле Минь Лан")
    man = Concept(id="le-minh-lan", terms=terms, subject="person")
    target = "Он встретился с министром Ле Минь Лан."
    assert run(target) == []
    context = CheckContext(termbase=Termbase(concepts=(man,)))
    assert run(target, context=context) == [("Ле Минь Лан", "Ле Минь Ланом")]
