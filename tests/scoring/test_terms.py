from __future__ import annotations

import pytest

from mtkit.errors import LengthMismatchError
from mtkit.scoring.terms import term_report
from mtkit.termbase.io import load_termbase
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Status, Term

COMMITTEE = Concept(
    id="committee",
    terms=(
        Term(lang="en", text="Party committee"),
        Term(lang="ru", text="партийный комитет"),
        Term(lang="ru", text="партком", status=Status.ADMITTED),
    ),
)
CELL = Concept(
    id="cell", terms=(Term(lang="en", text="Party cell"), Term(lang="ru", text="партийная ячейка"))
)
TERMBASE = Termbase(concepts=(COMMITTEE, CELL))


def test_presence_form_and_oracle() -> None:
    report = term_report(
        ["The Party committee met the Party cell.", "Party committee of a Party committee", "Nothing."],
        ["Партийный комитет встретил партячейку.", "В парткоме партийного комитета", "Ничего."],
        ["Партком встретился с партийной ячейкой.", "В партийном комитете", "Ничего."],
        TERMBASE,
        "en",
    )
    assert (report.matches, report.present, report.in_reference, report.agreeing) == (4, 3, 3, 2)
    assert (report.presence, report.oracle) == (0.75, 0.75)
    assert report.form_agreement == pytest.approx(2 / 3)
    missing = [outcome for outcome in report.outcomes if outcome.in_hypothesis is None]
    assert [(outcome.segment, outcome.match.concept.id, outcome.agrees) for outcome in missing] == [
        (0, "cell", False)
    ]


def test_one_rendering_counts_once() -> None:
    report = term_report(["Party committee and Party committee"], ["партком"], None, TERMBASE, "en")
    assert (report.matches, report.present) == (2, 1)
    assert (report.in_reference, report.oracle, report.form_agreement) == (None, None, None)


def test_occurrences_may_change_places() -> None:
    report = term_report(
        ["Party committee for Party committee"],
        ["парткому от парткома"],
        ["от парткома парткому"],
        TERMBASE,
        "en",
    )
    assert report.agreeing == 2


def test_nothing_to_count() -> None:
    report = term_report(["Party committee"], ["партком"], None, load_termbase("none"), "en")
    assert (report.matches, report.presence) == (0, None)


def test_sides_of_different_length() -> None:
    with pytest.raises(LengthMismatchError, match="The reference has 2"):
        term_report(["a"], ["b"], ["c", "d"], TERMBASE, "en")


def test_the_reference_against_itself() -> None:
    sources = ["Bí thư Tỉnh ủy thăm Nghệ An.", "Chi bộ họp tại UBND tỉnh."]
    reference = [
        "Секретарь провинциального комитета партии посетил Нгеан.",
        "Ячейка собралась в Народном комитете провинции.",
    ]
    report = term_report(sources, reference, reference, load_termbase("bundled"), "vi")
    assert report.presence == report.oracle == report.form_agreement == 1
