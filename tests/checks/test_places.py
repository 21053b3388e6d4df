"""Where findings stand, in words and numbers that a reader of the file can follow."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.checks.base import CheckContext
from mtkit.checks.places import Place, located
from mtkit.checks.registered import active_checks
from mtkit.checks.run import CheckedText, CheckReport, run_checks
from mtkit.reports.json_output import render as render_json
from mtkit.reports.places import placed
from mtkit.reports.text import render
from mtkit.text.words import around, opening
from mtkit.types import Segment, Span

FILM = [
    "1",
    "00:00:01,000 --> 00:00:04,000",
    "Сегодня министр",
    "встретился с послом.",
    "",
    "2",
    "00:00:05,000 --> 00:00:09,000",
    "- <i>По плану</i> всё готово.",
    "- Через 7 дней начнём.",
    "",
    "12",
    "00:01:10,000 --> 00:01:14,000",
    "Сегодня министр уехал.",
]


def words_at(lines: Sequence[str], place: Place, target: str) -> list[str]:
    """The first letters in the file where the words of a target are said to be."""
    starts = [n for n, letter in enumerate(target) if letter.isalnum() and not target[n - 1 : n].isalnum()]
    return [lines[line - 1][column - 1] for line, column in map(place.at, starts)]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (
            ["Сегодня министр встретился с послом.", "Через 7 дней начнём.", "Сегодня министр уехал."],
            [(3, 1, "cue 1, 00:00:01,000"), (9, 3, "cue 2, 00:00:05,000"), (13, 1, "cue 12, 00:01:10,000")],
        ),
        (["По плану всё готово."], [(8, 6, "cue 2, 00:00:05,000")]),
        (["Сегодня министр уехал."], [(13, 1, "cue 12, 00:01:10,000")]),
        (["Этого здесь нет вовсе."], [(0, 1, "")]),
        ([""], [(0, 1, "")]),
    ],
)
def test_subtitles(targets: list[str], expected: list[tuple[int, int, str]]) -> None:
    ids = [str(40 + number) for number in range(len(targets))]
    places = located(ids, targets, FILM)
    assert [(place.line, place.column, place.cue) for place in places] == expected
    for place, target in zip(places, targets, strict=True):
        if place.line:
            starts = [word[0] for word in target.replace("-", " ").split()]
            assert words_at(FILM, place, target) == starts


def test_markup_and_wrapped_lines() -> None:
    page = ["<p>Приехал <b>министр Фам</b>&nbsp;Минь,", "  сказал он.</p> <p>Приехал посол.</p>"]
    first, second = located(["1", "1.2"], ["Приехал министр Фам Минь, сказал он.", "Приехал посол."], page)
    assert first.at(0) == (1, 4)
    assert first.at(8) == (1, 15)
    assert first.at(26) == (2, 3)
    assert second.at(8) == (2, 29)


@pytest.mark.parametrize("shared", ["Комитет", "Народный комитет сельской общины"])
def test_thousands_of_targets_that_begin_alike_are_found_in_any_order_and_soon(shared: str) -> None:
    targets = [f"{shared} {number} дал отчёт." for number in range(6000)]
    lines = ["  ".join(" ".join(targets[at : at + 30]).split()) for at in range(0, len(targets), 30)]
    order = [*targets[::-1], *(target.replace("дал", "не") for target in targets)]
    started = time.process_time()
    places = located(["0"] * len(order), order, lines)
    assert time.process_time() - started < 5
    for target, place in zip(targets[::-1], places[: len(targets)], strict=True):
        line, column = place.at(len(shared) + 1)
        assert lines[line - 1][column - 1 :].startswith(target.split()[-3])


@given(st.lists(st.text(st.sampled_from("абв «»"), min_size=1, max_size=12), min_size=1, max_size=6))
def test_whole_lines_are_where_their_ids_say(lines: list[str]) -> None:
    places = located([str(number) for number in range(1, len(lines) + 1)], lines, lines)
    for number, (line, place) in enumerate(zip(lines, places, strict=True), 1):
        assert not line.strip() or (place.line, place.column) == (number, 1)


def report(lines: Sequence[str], *targets: str) -> CheckReport:
    segments = tuple(
        Segment(id=str(number), source=source, src_lang="vi", tgt_lang="ru")
        for number, source in enumerate(["Sau 7 ngày nữa sẽ bắt đầu.", "Có 15 xã."], 1)
    )
    places = located([each.id for each in segments], targets, lines)
    text = CheckedText(path="d.ru.docx", segments=segments, targets=targets, places=places)
    checks = active_checks({}, ["number"])
    return CheckReport(
        text=text, checks=checks, findings=run_checks(segments, targets, checks, CheckContext())
    )


def test_without_lines_words_say_where() -> None:
    found = report([], "Скоро начнём работу, говорят в народе.", "Есть 14 общин.")
    shown = render([found]).splitlines()
    assert shown[0].startswith("d.ru.docx: «Скоро начнём работу, говорят в народе.»: error number: 7 is")
    assert shown[0].endswith("Source: «Sau 7 ngày nữa sẽ…»")
    assert shown[1].startswith("d.ru.docx: «Есть 14 общин.»: error number: 15 ")
    assert "segment" not in shown[0] + shown[1]
    (file,) = json.loads(render_json([found]))["files"]
    assert file["findings"][1]["near"] == "«Есть 14 общин.»"


def test_a_finding_that_crosses_a_line() -> None:
    place = located(["1"], ["В 15 горных общинах."], ["В 15 горных", "общинах."])[0]
    segment = Segment(id="1", source="Có 16 xã.", src_lang="vi", tgt_lang="ru")
    text = CheckedText(path="a.srt", segments=(segment,), targets=("В 15 горных общинах.",), places=(place,))
    checks = active_checks({}, ["number"])
    findings = run_checks(text.segments, text.targets, checks, CheckContext())
    (each,) = placed(CheckReport(text=text, checks=checks, findings=findings))
    assert (each.line, each.end_line) == (1, 1)
    assert place.at(12) == (2, 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "один два три четыре пять шесть 7 восемь девять десять",
            "«…четыре пять шесть 7 восемь девять десять»",
        ),
        ("7", "«7»"),
        ("(7)", "«(7)»"),
    ],
)
def test_words_around(text: str, shown: str) -> None:
    start = text.index("7")
    assert around(text, Span(start, start + 1)) == shown


def test_opening() -> None:
    assert opening("один два три", 2) == "«один два…»"
    assert opening("один два", 2) == "«один два»"
