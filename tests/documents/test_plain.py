from __future__ import annotations

import pytest

from mtkit.documents.plain import PlainTextFormat
from mtkit.types import Document


def read(text: str) -> Document:
    return PlainTextFormat().read(text.encode(), "a.txt", "en", "ru")


def roles(text: str) -> dict[str, tuple[str, ...]]:
    return {segment.source: segment.tags for segment in read(text).segments}


def test_ids_are_lines_and_sentences() -> None:
    document = read("Head\n\nOne here. Two there.\nThree.")
    assert [segment.id for segment in document.segments] == ["1", "3", "3.2", "4"]


def test_roles_of_an_article() -> None:
    text = "A new bridge opens\n\nHANOI - It opened.\n- first point\n2) second point\nPhoto: A. Writer\n"
    text += "Ảnh minh họa: X"
    assert roles(text) == {
        "A new bridge opens": ("headline",),
        "HANOI - It opened.": (),
        "first point": ("list",),
        "second point": ("list",),
        "Photo: A. Writer": ("caption",),
        "Ảnh minh họa: X": ("caption",),
    }


def test_one_sentence_a_line_has_no_headline() -> None:
    assert set(roles("One line\nAnother line\n").values()) == {()}


def test_list_markers_and_indents_stay() -> None:
    document = read("  - first. Second!\n\t12.  third\n3.5 percent\n")
    targets = {segment.id: segment.source.upper() for segment in document.segments}
    written = PlainTextFormat().write(document, targets).decode()
    assert written == "  - FIRST. SECOND!\n\t12.  THIRD\n3.5 PERCENT\n"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\u2028", "\u0085", "\v"])
def test_a_target_stays_on_its_line(break_: str) -> None:
    document = read("One\nTwo\n")
    written = PlainTextFormat().write(document, {"1": f"Раз{break_}два", "2": "Три"}).decode()
    assert written == "Раз два\nТри\n"


def test_decomposed_source_is_composed_only_in_the_segment() -> None:
    text = "Tie\u0302\u0301ng Vie\u0323\u0302t. Hai ba.\n"
    document = read(text)
    assert document.segments[0].source == "Tiếng Việt."
    assert PlainTextFormat().write(document, {"1.2": "Два три."}).decode() == text.replace(
        "Hai ba.", "Два три."
    )
