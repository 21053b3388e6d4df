import random

import pytest

from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.io import load_termbase
from mtkit.text.morphology import fold_yo
from mtkit.text.words import word_spans
from mtkit.training.annotations import with_terms
from mtkit.training.corpora import Pair
from mtkit.training.slots import Slots

PAIRS = [
    Pair(
        "Ông Nguyễn Đăng Quang thăm tỉnh Quảng Trị ngày 14/11.",
        "14 ноября Нгуен Данг Куанг посетил провинцию Куангчи.",
    ),
    Pair("Ông Trần Quốc Khải gặp bà Lê Thị Hoa.", "Встреча Чан Куок Кхая с Ле Тхи Хоа прошла вчера."),
    Pair("Bộ Tài chính giao việc cho bà Phạm Thị Mai.", "Министерство финансов дало поручение Фам Тхи Май."),
    Pair("Bộ Nội vụ họp.", "В Министерстве внутренних дел прошло совещание."),
    Pair("Bí thư Tỉnh ủy phát biểu.", "Выступил секретарь провинциального комитета партии."),
]


@pytest.fixture(scope="module")
def slots_and_pairs():
    pairs = list(with_terms(PAIRS, "vi", load_termbase("bundled")))
    return Slots(pairs, "vi"), pairs


def variants(slots, pair, count=40):
    rng = random.Random(7)
    return [slots.substituted(pair, rng, 1.0) for _ in range(count)]


def test_another_name_takes_the_place_and_the_case(slots_and_pairs):
    slots, pairs = slots_and_pairs
    targets = {
        (pair.source.split(" gặp")[0], pair.target.split(" с ")[0]) for pair in variants(slots, pairs[1])
    }
    assert ("Ông Nguyễn Đăng Quang", "Встреча Нгуен Данг Куанга") in targets


def test_a_woman_gives_way_to_a_woman(slots_and_pairs):
    slots, pairs = slots_and_pairs
    women = {pair.source.rpartition("bà ")[2] for pair in variants(slots, pairs[1])}
    assert women <= {"Lê Thị Hoa.", "Phạm Thị Mai."}
    assert "Phạm Thị Mai." in women


def test_a_body_gives_way_to_one_of_its_gender_in_the_same_form(slots_and_pairs):
    slots, pairs = slots_and_pairs
    assert "В Министерстве финансов прошло совещание." in {pair.target for pair in variants(slots, pairs[3])}
    for pair in variants(slots, pairs[2]):
        assert pair.target.startswith(("Министерство финансов дало", "Министерство внутренних дел дало"))


def test_days_change_on_both_sides(slots_and_pairs):
    slots, pairs = slots_and_pairs
    days = set()
    for pair in variants(slots, pairs[0]):
        day = pair.target.split()[0]
        assert f"ngày {day.zfill(2)}/11." in pair.source
        days.add(day)
    assert len(days) > 5


def test_spans_lie_on_the_new_words(slots_and_pairs):
    slots, pairs = slots_and_pairs
    for pair in pairs:
        for changed in variants(slots, pair, 10):
            for rendering in changed.terms:
                assert rendering.src_span.of(changed.source)
                form = fold_yo(rendering.tgt_span.of(changed.target)).lower()
                known = compile_paradigm(rendering.term).variants()
                assert form in {fold_yo(variant).lower() for variant in known}


def test_nothing_changes_without_a_share(slots_and_pairs):
    slots, pairs = slots_and_pairs
    assert all(slots.substituted(pair, random.Random(1), 0.0) is pair for pair in pairs)


def test_words_around_a_slot_stay_linked():
    source, target = "Hôm qua tỉnh Quảng Trị họp.", "Вчера провинция Куангчи провела совещание."
    (pair,) = with_terms(
        [Pair(source, target, links=((0, 0), (1, 0), (5, 3), (5, 4)))], "vi", load_termbase("bundled")
    )
    other = with_terms(
        [Pair("Tỉnh An Giang họp.", "Провинция Анзянг провела совещание.")], "vi", load_termbase("bundled")
    )
    slots = Slots([pair, *other], "vi")
    changed = next(new for new in variants(slots, pair) if new.source != source)
    words = [[span.of(text) for span in word_spans(text)] for text in (changed.source, changed.target)]
    linked = [(words[0][src], words[1][tgt]) for src, tgt in changed.links]
    assert linked == [("Hôm", "Вчера"), ("qua", "Вчера"), ("họp", "провела"), ("họp", "совещание")]
