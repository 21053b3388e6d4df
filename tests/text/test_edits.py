from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.edits import Edit, apply_edits
from mtkit.types import Span


def edit(start, end, text):
    return Edit(span=Span(start, end), text=text)


def test_replacements_and_insertions_in_one_pass():
    edited = apply_edits("Tỉnh ủy họp 57-NQ/TW", [edit(12, 20, "⟦c1⟧"), edit(7, 7, " [t]")])
    assert edited.text == "Tỉnh ủy [t] họp ⟦c1⟧"
    assert edited.project(Span(0, 7)).of(edited.text) == "Tỉnh ủy"
    assert edited.project(Span(8, 11)).of(edited.text) == "họp"
    assert edited.project(Span(12, 20)).of(edited.text) == "⟦c1⟧"


def test_an_insertion_at_the_very_start_stays_outside_the_first_word():
    edited = apply_edits("họp", [edit(0, 0, "[tag] ")])
    assert edited.project(Span(0, 3)).of(edited.text) == "họp"


def test_an_insertion_before_a_replacement_survives():
    edited = apply_edits("57-NQ/TW họp", [edit(0, 8, "⟦c1⟧"), edit(0, 0, "⟦dom⟧ ")])
    assert edited.text == "⟦dom⟧ ⟦c1⟧ họp"


def test_of_overlapping_edits_the_earlier_and_longer_wins():
    assert apply_edits("abcdef", [edit(1, 3, "X"), edit(0, 4, "Y"), edit(4, 5, "Z")]).text == "YZf"


@given(
    st.text("abcd ", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text("XYZ", max_size=3))),
)
def test_untouched_words_are_found_again(text, raw):
    edits = [edit(min(s, len(text)), min(s + n, len(text)), t) for s, n, t in raw]
    edited = apply_edits(text, edits)
    covered = {i for e in edited.edits for i in range(e.span.start, e.span.end)}
    for i in range(len(text)):
        if i not in covered:
            assert edited.project(Span(i, i + 1)).of(edited.text) == text[i]
