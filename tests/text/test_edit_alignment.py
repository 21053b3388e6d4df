from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.edit_alignment import Pair, Sentence, align

texts = st.lists(
    st.builds(
        Sentence,
        st.sampled_from(["Раз.", "Два и три.", "Два и 3, и больше ничего.", "Совсем другое 15.", "", "—"]),
        st.booleans(),
        st.sampled_from(["một", "hai và 3", ""]),
    ),
    max_size=9,
)


@given(texts, texts)
def test_pairs_go_on_in_order_and_take_nothing_twice(machine: list[Sentence], edited: list[Sentence]) -> None:
    ends = 0, 0
    for pair in align(machine, edited):
        assert ends[0] <= pair.machine[0] < pair.machine[1] <= len(machine)
        assert ends[1] <= pair.edited[0] < pair.edited[1] <= len(edited)
        ends = pair.machine[1], pair.edited[1]


@given(texts)
def test_what_is_the_same_pairs_one_to_one(machine: list[Sentence]) -> None:
    assert align(machine, machine) == [Pair((n, n + 1), (n, n + 1)) for n in range(len(machine))]


def sentences(*texts: str, source: str = "") -> list[Sentence]:
    return [Sentence(text, source=source or text) for text in texts]


def test_a_repeated_line_stays_between_its_neighbours() -> None:
    machine = sentences("Фото автора.", "Уезд открыл школу.", "Фото автора.", "Община строит мост.")
    edited = sentences("Школу открыл уезд.", "Фото автора.", "Мост строит община.")
    found = [(pair.machine[0], pair.edited[0]) for pair in align(machine, edited)]
    assert found == [(1, 0), (2, 1), (3, 2)]


def test_sentences_that_changed_places_are_one_pair() -> None:
    machine = [Sentence("Уезд открыл новую школу."), Sentence("Дети рады своим учителям.", first=False)]
    assert [(pair.machine, pair.edited) for pair in align(machine, machine[::-1])] in (
        [((0, 2), (0, 2))],
        [((0, 1), (1, 2))],
        [((1, 2), (0, 1))],
    )


def test_two_lines_do_not_swallow_a_heading_before_them() -> None:
    machine = sentences("Новости", "Уезд открыл новую школу в центре города.")
    edited = sentences("В центре города уезд открыл новую большую школу.")
    assert [(pair.machine, pair.edited) for pair in align(machine, edited)] == [((1, 2), (0, 1))]
