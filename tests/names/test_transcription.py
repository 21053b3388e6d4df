from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.names import tables
from mtkit.names.syllables import ONSETS, nuclei, parse_syllable, strip_tones, to_ascii
from mtkit.names.transcription import RULES_ONLY, NameStyle, is_vietnamese, transcribe

GOLDEN = [
    line.split("\t")
    for line in Path(__file__).with_name("golden.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
"""The 63 provinces of CLDR (subdivisions/ru.xml), persons and surnames of the termbase, other places."""

PROVINCES = {name: russian for kind, name, russian in GOLDEN if kind == "province"}
PERSONS = {name: russian for kind, name, russian in GOLDEN if kind == "person"}
SURNAMES = {name: russian for kind, name, russian in GOLDEN if kind == "surname"}
OTHER_PLACES = {name: russian for kind, name, russian in GOLDEN if kind == "place"}
PROVINCES_AGAINST_THE_RULES = {"Hải Phòng", "Hồ Chí Minh"}


@pytest.mark.parametrize(("name", "russian"), PROVINCES.items())
def test_provinces(name: str, russian: str) -> None:
    assert transcribe(name, "place") == russian


@pytest.mark.parametrize(("name", "russian"), PERSONS.items())
def test_persons(name: str, russian: str) -> None:
    assert transcribe(name) == russian


@pytest.mark.parametrize(("name", "russian"), OTHER_PLACES.items())
def test_other_places(name: str, russian: str) -> None:
    assert transcribe(name, "place") == russian


def test_rule_accuracy_apart_from_exceptions(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {
        title: {name for name, russian in table.items() if transcribe(name, kind, RULES_ONLY) != russian}
        for title, table, kind in (
            ("provinces", PROVINCES, "place"),
            ("persons", PERSONS, "person"),
            ("surnames", SURNAMES, "person"),
        )
    }
    with capsys.disabled():
        print(
            "\nnames by rules alone:"
            f" provinces {len(PROVINCES) - len(wrong['provinces'])}/{len(PROVINCES)},"
            f" persons {len(PERSONS) - len(wrong['persons'])}/{len(PERSONS)},"
            f" surnames {len(SURNAMES) - len(wrong['surnames'])}/{len(SURNAMES)}"
        )
    assert (len(PROVINCES), len(PERSONS), len(SURNAMES)) == (63, 63, 42)
    assert wrong["provinces"] == PROVINCES_AGAINST_THE_RULES
    assert len(wrong["persons"]) == 9
    assert not wrong["surnames"]


def test_exceptions_are_only_what_rules_miss() -> None:
    for known in tables.persons().values():
        if known.russian:
            assert transcribe(known.vietnamese, "person", RULES_ONLY) != known.russian
    for known in tables.places().values():
        if known.russian:
            assert transcribe(known.vietnamese, "place", RULES_ONLY) != known.russian


def test_house_style_picks_the_variant() -> None:
    assert transcribe("Trần Chính", style=NameStyle(chi="чи")) == "Чан Чинь"
    assert transcribe("Trần Chính", style=NameStyle(chi="тьи")) == "Чан Тьинь"
    assert transcribe("Lê Giang", style=NameStyle(gi="ж")) == "Ле Жанг"
    assert transcribe("Lê Duy", style=NameStyle(duy="зуй")) == "Ле Зуй"
    assert transcribe("Cái Răng", "place", style=NameStyle(r="ж")) == "Кайжанг"


def test_tone_mark_position_and_spelling_do_not_matter() -> None:
    assert transcribe("Hoà Bình", "place") == transcribe("Hòa Bình", "place") == "Хоабинь"
    assert transcribe("Nguyễn Đăng Quang") == "Нгуен Данг Куанг"
    assert transcribe("  phạm  minh chính ") == "Фам Минь Тьинь"


def test_names_of_the_highlands_go_letter_by_letter() -> None:
    assert transcribe("Đakrông", "place") == "Дакронг"
    assert transcribe("K’Thị Nhung") == "К’Тхи Нюнг"
    assert transcribe("Y Blok") == "И Блок"


def test_every_rhyme_transcribes() -> None:
    for onset in ("", *ONSETS):
        for nucleus in nuclei():
            if parse_syllable(onset + nucleus) is not None:
                assert re.fullmatch(r"[А-ЯЁ][а-яё]*", transcribe(onset + nucleus)), onset + nucleus


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ -", min_size=1, max_size=24))
def test_transcription_has_no_latin_letter(name: str) -> None:
    assert not re.search(r"[a-zđ]", transcribe(name), re.IGNORECASE)


@given(st.text(max_size=30))
def test_transcription_never_fails(text: str) -> None:
    transcribe(text)
    transcribe(text, "place")
    is_vietnamese(text)


def test_diacritics() -> None:
    assert strip_tones("Nguyễn Đặng Hường") == "Nguyên Đăng Hương"
    assert to_ascii("Đặng Hường") == "Dang Huong"
    assert is_vietnamese("Thừa Thiên - Huế")
    assert not is_vietnamese("Donald Trump")
