from collections import Counter

import pytest

from mtkit.text.carriage import lost, mend


@pytest.mark.parametrize(
    ("target", "wanted", "mended"),
    [
        ("Резолюция № 57-НЦ/ТВ", ["57-NQ/TW"], "Резолюция № 57-NQ/TW"),
        ("№ 178/2024/НД-ЦП и 57-NQ/TW", ["57-NQ/TW", "178/2024/NĐ-CP"], "№ 178/2024/NĐ-CP и 57-NQ/TW"),
        ("№ ⟦c4⟧, ⟦few1⟧%", ["⟦c1⟧", "⟦few1⟧"], "№ ⟦c1⟧, ⟦few1⟧%"),
        ("⟦many2⟧ семей", ["⟦few1⟧"], "⟦few1⟧ семей"),
        ("⟦many2⟧ семей", ["⟦c1⟧"], "⟦many2⟧ семей"),
        ("№ 58-НЦ/ТВ", ["57-NQ/TW"], "№ 58-НЦ/ТВ"),
        ("10-летний план по резолюции", ["10-NQ/TW"], "10-летний план по резолюции"),
        ("Циркуляр от 12/8/2025", ["12/2025/TT-BNV"], "Циркуляр от 12/8/2025"),
        ("всё цело: 57-NQ/TW", ["57-NQ/TW"], "всё цело: 57-NQ/TW"),
    ],
)
def test_mend(target, wanted, mended):
    assert mend(target, Counter(wanted)) == mended


def test_nothing_is_found_inside_something_longer():
    assert lost("№ 57-NQ/TW", Counter(["57-NQ/TW", "7-NQ/TW"])) == Counter(["7-NQ/TW"])
    assert lost("x@quangtri.gov.vn", Counter(["x@quangtri.gov.vn", "quangtri.gov.vn"])) == Counter(
        ["quangtri.gov.vn"]
    )


def test_lost_counts_repeats():
    assert lost("57-NQ/TW", Counter({"57-NQ/TW": 2, "x": 1})) == Counter({"57-NQ/TW": 1, "x": 1})


@pytest.mark.parametrize("target", ["⟦many1⟧-страничный", "⟦many1⟧-я дивизия", "не⟦many1⟧", "(⟦many1⟧)"])
def test_a_token_inside_a_word_is_not_lost(target):
    assert not lost(target, Counter(["⟦many1⟧"]))
