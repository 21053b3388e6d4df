"""Inline markup goes around the words that an alignment names; none is lost, none crosses another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.documents.base import create_format
from mtkit.documents.placement import marked_spans, place
from mtkit.documents.skeleton import Mark
from mtkit.text.words import word_spans
from mtkit.types import Alignment, Span

_TAG = re.compile(r"<(/?)(\w)(/?)>")


def parse(tagged: str) -> tuple[str, list[tuple[int, Mark]]]:
    """<a>, </a>, <x/> in a text -> the text and its marks."""
    text, marks, done = "", [], 0
    for match in _TAG.finditer(tagged):
        text += tagged[done : match.start()]
        done = match.end()
        role = "close" if match[1] else "alone" if match[3] else "open"
        marks.append((len(text), Mark(role, (match[0],))))
    return text + tagged[done:], marks


def placed(tagged: str, target: str, pairs: dict[str, str]) -> str:
    """The target with the tags of the source, where `pairs` are words of the source and of the target."""
    source, marks = parse(tagged)
    alignment = tuple((span(source, src), span(target, tgt)) for src, tgt in pairs.items())
    assert {src for src, _ in alignment} <= set(marked_spans(source, marks))
    return join(target, place(source, marks, target, alignment))


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def join(target: str, marks: list[tuple[int, Mark]]) -> str:
    out, done = "", 0
    for offset, mark in marks:
        out += target[done:offset] + "".join(map(str, mark.pieces))
        done = offset
    return out + target[done:]


@pytest.mark.parametrize(
    ("source", "pairs", "expected"),
    [
        ("The <a>red</a> house", {"red": "красный"}, "Дом, он <a>красный</a>"),
        ("<a>Party</a> of <b>Laos</b>", {"Party": "партия", "Laos": "Лаосская"},
         "<b>Лаосская</b> <a>партия</a>"),
        ("see “<a>the plan</a>” now", {"the plan": "план"}, "теперь см. «<a>план</a>»"),
        ("see <a>“the plan”</a> now", {"“the plan”": "план"}, "теперь см. <a>«план»</a>"),
        ("He said<x/> that much", {"said": "сказал"}, "Много сказал<x/> он"),
        ("He came, they say,<x/> late", {"say": "говорят"}, "Он, как говорят,<x/> опоздал"),
        ("The word <x/>after it", {"after": "после"}, "<x/>после него слово"),
        ("<a>the <b>Party</b> met</a> today", {"the Party met": "партия собралась", "Party": "партия"},
         "сегодня <a><b>партия</b> собралась</a>"),
        ("<a>two words</a><x/> more", {"two words": "два слова", "words": "слова"},
         "ещё <a>два слова</a><x/>"),
        ("It is H<a>2</a>O here", {"2": "H2O"}, "Здесь H<a>2</a>O"),
    ],
)  # fmt: skip
def test_tags_go_with_their_words(source: str, pairs: dict[str, str], expected: str) -> None:
    assert placed(source, parse(expected)[0], pairs) == expected


def test_a_pair_that_nothing_is_known_of_takes_free_words() -> None:
    result = placed("<a>one</a> and <b>two</b>", "раз и два", {"one": "раз"})
    assert result.startswith("<a>раз</a>") and "<b></b>" not in result


def test_a_copied_sentence_keeps_its_tags() -> None:
    source, marks = parse("A<a>B</a> 12<x/>")
    assert place(source, marks, source) == marks


def test_only_marks_inside_a_sentence_ask_for_an_alignment() -> None:
    kind = create_format("html")
    html = b"<p><b>The whole sentence.</b> Its <i>second</i> word.</p><p>None here.</p>"
    marked = [segment.marked for segment in kind.read(html, "a.html", "en", "ru").segments]
    assert marked == [(), (Span(4, 10),), ()]


def test_a_written_file_has_the_tags_at_the_words() -> None:
    kind = create_format("html")
    document = kind.read(b"<p>The <b>red</b>\n <i>house</i>.</p>", "a.html", "en", "ru")
    alignments = {"1": ((Span(4, 7), Span(5, 12)), (Span(8, 13), Span(0, 3)))}
    written = kind.write(
        document,
        {"1": " Дом, красный."},
        {"1": tuple((s, Span(t.start + 1, t.end + 1)) for s, t in alignments["1"])},
    )
    assert written.decode() == "<p><i>Дом</i>, <b>красный</b>.</p>"


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[tuple[int, Mark]], str, Alignment]:
    source, target = (draw(st.text("ab ,.«", min_size=1, max_size=24)) for _ in range(2))
    offsets = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    roles = draw(st.lists(st.sampled_from(["open", "close", "alone"]), min_size=8, max_size=8))
    optional = draw(st.booleans())
    marks = [
        (offset, Mark(role, (str(number),), optional))
        for number, (offset, role) in enumerate(zip(offsets, roles, strict=False))
    ]
    words = word_spans(target)
    alignment: Alignment = ()
    if words:
        alignment = tuple((each, draw(st.sampled_from(words))) for each in marked_spans(source, marks))
    return source, marks, target, alignment


@given(cases())
def test_no_mark_is_lost_and_none_crosses_another(
    case: tuple[str, list[tuple[int, Mark]], str, Alignment],
) -> None:
    source, marks, target, alignment = case
    result = place(source, marks, target, alignment)
    offsets = [offset for offset, _ in result]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= max(len(source), len(target)) for offset in offsets)
    kept = {mark.pieces for _, mark in result}
    if not any(mark.optional for _, mark in marks):
        assert kept == {mark.pieces for _, mark in marks} and len(result) == len(marks)
    assert partners(result) <= partners(marks)
    if len(result) == len(marks):
        assert partners(result) == partners(marks)


def partners(marks: list[tuple[int, Mark]]) -> set[tuple[object, object]]:
    """Which closing mark belongs to which opening one."""
    found, opened = set(), []
    for _, mark in marks:
        if mark.role == "open":
            opened.append(mark.pieces)
        elif mark.role == "close" and opened:
            found.add((opened.pop(), mark.pieces))
    return found
