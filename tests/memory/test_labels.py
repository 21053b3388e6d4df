"""Segments that are a label are rendered whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.errors import FormatError, InputError
from mtkit.memory.labels import BUNDLED, Labels
from mtkit.memory.recall import Recall
from mtkit.pipeline import Pipeline
from mtkit.termbase.io import load_termbase
from mtkit.text.typography import russian_typography
from mtkit.text.unicode import has_cyrillic
from mtkit.types import Origin, Segment
from tests.fakes import RuleEngine
from tests.memory.samples import entry, memory, segments

TABLE = """vi\ten\tru
Y tế\tHealth\tЗдравоохранение
Kết luận\tConclusion\tЗаключение
Nơi nhận\tRecipients\tРазослать
KT.\t\tЗа
Số:\tNo.:\t№
triệu đồng\tmillion dong\tмлн донгов
tấn\ttonnes\tт
Nga\tRussia\tРоссия
V/v\t\tО
trống\t\t\u00a0
"""


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "mine.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def found(labels: Labels, source: str, lang: str = "vi") -> str | None:
    match = labels.find(Segment(id="1", source=source, src_lang=lang, tgt_lang="ru"))
    return match and match.target


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Y tế", "Здравоохранение"),
        ("y  tế", "здравоохранение"),
        ("Y TẾ:", "ЗДРАВООХРАНЕНИЕ:"),
        ("Y tê\u0301", "Здравоохранение"),
        ("1. Y tế", "1. Здравоохранение"),
        ("2.1 Y tế", "2.1 Здравоохранение"),
        ("2.1. Y tế", "2.1. Здравоохранение"),
        ("II. KẾT LUẬN", "II. ЗАКЛЮЧЕНИЕ"),
        ("a) Kết luận", "a) Заключение"),
        ("- y tế;", "- здравоохранение;"),
        ("Y tế (%)", "Здравоохранение (%)"),
        ("KT.", "За"),
        ("V/v", "О"),
        ("v/v:", "о:"),
        ("nga", "Россия"),
        ("Triệu đồng", "Млн донгов"),
        ("TRIỆU ĐỒNG", "МЛН ДОНГОВ"),
        ("TẤN", "т"),
        ("Kết luận (triệu đồng):", "Заключение (млн донгов):"),
        ("KẾT LUẬN (TRIỆU ĐỒNG)", "ЗАКЛЮЧЕНИЕ (МЛН ДОНГОВ)"),
        ("Kết luận (của tỉnh)", None),
        ("Số: 1547/QĐ-UBND", "№ 1547/QĐ-UBND"),
        ("SỐ: 15", "№ 15"),
        ("Số: một", None),
        ("SỐ: VĂN THƯ", None),
        ("Số: VT, NC.", "№ VT, NC."),
        ("1/ Y tế", "1/ Здравоохранение"),
        ("A. Y tế", "A. Здравоохранение"),
        ("P. Y tế", None),
        ("T/Y tế", None),
        ("Số:", "№"),
        ("Kết luận của", None),
        ("Y tế 2025", None),
        ("1.", None),
        ("Trống", None),
        ("", None),
        (" (" * 60, None),
        ("Y tế " + "x" * 200, None),
    ],
)
def test_what_stands_around_a_label_is_carried_over(table: str, source: str, target: str | None) -> None:
    assert found(Labels.open(table), source) == target


def test_the_bundled_labels_are_set_as_the_house_asks() -> None:
    for line in BUNDLED.read_text(encoding="utf-8").splitlines()[1:]:
        target = line.split("\t")[2]
        assert russian_typography(target) == target


def test_languages_are_kept_apart(table: str) -> None:
    labels = Labels.open(table)
    assert found(labels, "HEALTH", "en") == "ЗДРАВООХРАНЕНИЕ"
    assert found(labels, "Health", "vi") is None
    assert labels.find(Segment(id="1", source="Health", src_lang="en", tgt_lang="fr")) is None


def test_the_first_table_counts(table: str) -> None:
    both = Labels.open(f"{table}+bundled")
    assert found(both, "Nơi nhận") == "Разослать"
    assert len(both.entries) > len(Labels.open("bundled").entries)
    assert both.fingerprint not in ("", Labels.open("bundled").fingerprint)
    assert Labels.open("none") == Labels()


def test_a_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        Labels.open(str(tmp_path / "no.tsv"))
    broken = tmp_path / "broken.tsv"
    broken.write_text("vi\tru\nY tế\n", encoding="utf-8")
    with pytest.raises(FormatError, match="1 columns where the header has 2"):
        Labels.open(str(broken))


@given(st.text("Yy tếKTV/v.:;()12I-a)", max_size=12))
def test_any_text_is_looked_up(source: str) -> None:
    target = found(Labels.open("bundled"), source)
    assert target is None or has_cyrillic(target)


def translate(recall: Recall, *sources: str, glossary: str = "none") -> tuple[list[tuple[str, Origin]], int]:
    engine = RuleEngine(lambda text: "Перевод.")
    made = Pipeline(engine, load_termbase(glossary), memory=recall).translate(segments(*sources))
    return [(each.target, each.origin) for each in made], len(engine.asked)


def test_the_engine_is_not_asked_for_a_label(table: str) -> None:
    recall = Recall(labels=Labels.open(table))
    assert translate(recall, "Y TẾ", "Huyện xây cầu.") == (
        [("ЗДРАВООХРАНЕНИЕ", Origin.TM_EXACT), ("Перевод.", Origin.ENGINE)],
        1,
    )


def test_memory_and_glossary_count_for_more(table: str, tmp_path: Path) -> None:
    labels = Labels.open(table)
    known = memory(tmp_path, entry("Y tế", "Медицина"))
    assert translate(Recall(known, labels=labels), "Y tế") == ([("Медицина", Origin.TM_EXACT)], 0)
    glossary = tmp_path / "terms.tsv"
    glossary.write_text("vi\ten\tru\ny tế\thealth\tмедицина\n", encoding="utf-8")
    assert translate(Recall(labels=labels), "Y tế", glossary=str(glossary))[1] == 1
    glossary.write_text("vi\ten\tru\ny tế\thealth\tздравоохранение\n", encoding="utf-8")
    assert translate(Recall(labels=labels), "Y tế", glossary=str(glossary))[1] == 0
