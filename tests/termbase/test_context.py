from __future__ import annotations

import pytest

from mtkit.termbase.context import (
    allowed_keys,
    evidence,
    is_attribute,
    number_agrees,
    number_class,
    replaced_evidence,
)
from mtkit.types import Span


def at(text: str) -> tuple[str, Span]:
    """A text with the place in question in square brackets."""
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), Span(start, end)


def likeliest(text: str, kind: str = "") -> tuple[str, str] | None:
    found = evidence(*at(text), kind)
    return max(found, key=lambda key: found[key]) if found else None


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("пять [общин]", {("gen", "pl")}),
        ("в пяти [общинах]", {("loc", "pl")}),
        ("с 5 [общинами]", {("gen", "pl"), ("ins", "pl")}),
        ("около 31 [общины]", {("gen", "sg")}),
        ("две [резолюции]", {("gen", "sg")}),
        ("в трёх [общинах]", {("gen", "pl"), ("loc", "pl")}),
        ("согласно [резолюции]", {("dat", "sg"), ("dat", "pl")}),
        ("к ⟦many1⟧ [общинам]", {("dat", "pl")}),
    ],
)
def test_what_government_and_numerals_allow(text: str, keys: set[tuple[str, str]]) -> None:
    assert allowed_keys(*at(text)) == keys


def test_a_number_that_names_something_counts_nothing() -> None:
    assert ("nom", "sg") in allowed_keys(*at("№ 65 [кампания]"))


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("[Комитет] решил", "", ("nom", "sg")),
        ("Решение [комитета]", "", ("gen", "sg")),
        ("большинство [общин]", "", ("gen", "pl")),
        ("провинция [Хатинь]", "place", ("nom", "sg")),
        ("Вчера [власти] решили", "", ("nom", "pl")),
        ("В этом году [провинция] решила", "", ("nom", "sg")),
    ],
)
def test_what_the_words_beside_speak_for(text: str, kind: str, expected: tuple[str, str]) -> None:
    assert likeliest(text, kind) == expected


def test_a_person_stands_in_the_case_of_the_post() -> None:
    found = evidence(*at("с министром [Нгуеном]"), "person")
    assert max(found, key=lambda key: found[key]) == ("ins", "sg")


def test_the_words_replaced_tell_case_and_number() -> None:
    found = replaced_evidence(*at("о [деревенских советах] говорили"))
    assert set(found) == {("loc", "pl")}
    assert replaced_evidence(*at("[хмф]")) == {}


def test_number_agrees() -> None:
    assert number_agrees(*at("пять [общин]"), [("gen", "pl")])
    assert not number_agrees(*at("пять [община]"), [("nom", "sg")])
    assert number_agrees(*at("большая [община]"), [("nom", "sg")])


@pytest.mark.parametrize(
    ("digits", "kind"),
    [("1", "one"), ("21", "one"), ("11", "many"), ("3", "few"), ("113", "many"), ("20 000", "many")],
)
def test_number_class(digits: str, kind: str) -> None:
    assert number_class(digits) == kind


def test_is_attribute() -> None:
    text = "провинция Хатинь решила"
    assert is_attribute(text, text.index("Хатинь"))
    assert not is_attribute(text, 0)
