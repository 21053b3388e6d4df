from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.beads import Pair
from mtkit.text.edit_alignment import Sentence
from mtkit.text.sentence_alignment import align_translation


def sentences(*texts: str) -> list[Sentence]:
    return [Sentence(text) for text in texts]


SENTENCES = sentences(
    "The council of the commune met on Monday to look at the plan for the new bridge.",
    "Work begins in May.",
    "The bridge will cost 57 billion dong and is paid for by the province and by the people who live there.",
    "Nobody spoke against it.",
    "Farmers on the other bank have waited for the bridge since the flood of 1998, when the ferry sank.",
)
LAST_HALF = "Его оплачивают провинция и люди, которые там живут."
RUSSIAN = sentences(
    "Народный совет общины собрался в понедельник, чтобы рассмотреть план строительства нового моста.",
    "Работы начнутся в мае.",
    "Мост обойдётся в 57 миллиардов донгов, его оплачивают провинция и люди, которые там живут.",
    "Никто не возражал.",
    "Крестьяне другого берега ждут моста с наводнения 1998 года, когда затонул паром.",
)


def one_to_one(count: int) -> list[Pair]:
    return [((place, place + 1), (place, place + 1)) for place in range(count)]


def test_a_translation() -> None:
    assert align_translation(SENTENCES, RUSSIAN) == one_to_one(5)


def test_a_translation_with_a_sentence_less_and_one_in_two() -> None:
    assert align_translation(SENTENCES, [*RUSSIAN[:2], *RUSSIAN[3:]]) == [
        ((0, 1), (0, 1)),
        ((1, 2), (1, 2)),
        ((3, 4), (2, 3)),
        ((4, 5), (3, 4)),
    ]
    parted = [*RUSSIAN[:2], *sentences("Мост обойдётся в 57 миллиардов донгов.", LAST_HALF), *RUSSIAN[3:]]
    assert ((2, 3), (2, 4)) in align_translation(SENTENCES, parted)


def test_paragraphs_decide_where_lengths_do_not() -> None:
    def text(sentence: str, lost: int | None = None) -> list[Sentence]:
        return [Sentence(sentence, first=place % 2 == 0) for place in range(8) if place != lost]

    for lost in (1, 3, 5, 7):
        pairs = align_translation(text("A dull line."), text("Серая строка", lost))
        assert [ours[0] for ours, _ in pairs] == [place for place in range(8) if place != lost]


def test_an_empty_side() -> None:
    assert align_translation(SENTENCES, []) == align_translation([], RUSSIAN) == []


texts = st.lists(
    st.builds(Sentence, st.text(st.sampled_from("аб 1.x"), max_size=8), st.booleans()), max_size=12
)


@given(texts, texts)
def test_ranges_are_in_order_and_never_overlap(left: list[Sentence], right: list[Sentence]) -> None:
    pairs = align_translation(left, right)
    for side, count in ((0, len(left)), (1, len(right))):
        bounds = [bound for pair in pairs for bound in pair[side]]
        assert bounds == sorted(bounds) and all(0 <= bound <= count for bound in bounds)
        assert all(pair[side][0] < pair[side][1] for pair in pairs)


@given(texts)
def test_a_text_is_aligned_with_itself(text: list[Sentence]) -> None:
    assert align_translation(text, text) == one_to_one(len(text))


def test_a_grouped_number_is_the_same_number() -> None:
    sources = [Sentence(f"Xã có {number} cán bộ.", False) for number in ("1.246", "1.378", "1.512")]
    targets = [Sentence(f"В общине {number} должностных лиц.", False) for number in ("1378", "1512")]
    assert align_translation(sources, targets, 1.3) == [((1, 2), (0, 1)), ((2, 3), (1, 2))]
