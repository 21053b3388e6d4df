from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.names import tables
from mtkit.names.accuracy import known_renderings, rule_accuracy
from mtkit.names.syllables import ONSETS, nuclei, parse_syllable, strip_tones, to_ascii
from mtkit.names.transcription import RULES_ONLY, NameStyle, is_vietnamese, transcribe

GOLDEN = known_renderings()
PROVINCES = {each.vietnamese: each.russian for each in GOLDEN if each.group == "province"}
PERSONS = {each.vietnamese: each.russian for each in GOLDEN if each.group == "person"}
SURNAMES = {each.vietnamese: each.russian for each in GOLDEN if each.group == "surname"}
OTHER_PLACES = {each.vietnamese: each.russian for each in GOLDEN if each.group == "place"}
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


def test_rule_accuracy_apart_from_exceptions() -> None:
    accuracy = {each.group: each for each in rule_accuracy()}
    assert {group: (each.names, each.by_rules, each.in_all) for group, each in accuracy.items()} == {
        "province": (63, 61, 63),
        "person": (63, 54, 63),
        "surname": (42, 42, 42),
        "place": (len(OTHER_PLACES), accuracy["place"].by_rules, len(OTHER_PLACES)),
    }
    missed = {known.vietnamese for known, _ in accuracy["province"].missed}
    assert missed == PROVINCES_AGAINST_THE_RULES


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
