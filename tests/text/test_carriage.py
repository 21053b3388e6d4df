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
        ("всё цело: 57-NQ/TW", ["57-NQ/TW"], "всё цело: 57-NQ/TW"),
    ],
)
def test_mend(target, wanted, mended):
    assert mend(target, Counter(wanted)) == mended


def test_lost_counts_repeats():
    assert lost("57-NQ/TW", Counter({"57-NQ/TW": 2, "x": 1})) == Counter({"57-NQ/TW": 1, "x": 1})
