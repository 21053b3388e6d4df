from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.edits import apply_edits
from mtkit.text.money import (
    currencies,
    find_amounts,
    lost_currencies,
    mend_money,
)
from mtkit.text.money_forms import money_as_known, named_currencies
from mtkit.types import Span


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "€3.5 billion, EUR3.5 billion", [("3.5e9", "euro"), ("3.5e9", "euro")]),
        ("en", "$30, US$5.", [("30", "dollar"), ("5", "dollar")]),
        ("en", "(45.6 million USD)", [("45.6e6", "dollar")]),
        ("en", "JPY20,000 and 20,000 yen", [("20000", "yen"), ("20000", "yen")]),
        ("en", "5\u00a0million euros", [("5e6", "euro")]),
        ("vi", "3,5 tỷ euro, 20 nghìn yên", [("3.5e9", "euro"), ("20000", "yen")]),
        ("en", "€3.5m, $2bn, ¥100 mln", [("3.5e6", "euro"), ("2e9", "dollar"), ("100e6", "yen")]),
        ("en", "US$5k; 3tn yen; £2B", [("5000", "dollar"), ("3e12", "yen"), ("2e9", "pound")]),
        ("en", "$5 M&A, €5 m-high, €5km", [("5", "dollar"), ("5", "euro"), ("5", "euro")]),
        ("en", "in 2019 won an Oscar, 5 won gold, of whom 3,000 won prizes", []),
        ("en", "5 million won, 50,000 won a day", [("5e6", "won"), ("50000", "won")]),
        ("en", "500 South Korean won, KRW500, ₩2", [("500", "won"), ("500", "won"), ("2", "won")]),
        ("vi", "20 nghìn tỷ đồng/năm", [("20e12", "dong")]),
        ("vi", "5 đồng chí, 60.000 đồng hồ, 3 yên tĩnh", []),
        ("en", "He won 5 medals in the Dong Nai valley", []),
        ("vi", "50 tỷ kíp, 5.000 LAK", [("50e9", "kip"), ("5000", "kip")]),
        ("vi", "3 kíp mổ, 200 kíp trực, 3 kíp", []),
        ("vi", "3 triệu riel, 200 baht", [("3e6", "riel"), ("200", "baht")]),
        ("vi", "500 đô la Úc, 5 SGD", [("500", "australian dollar"), ("5", "singapore dollar")]),
        ("en", "A$3 and S$4, US$5", [("3", "australian dollar"), ("4", "singapore dollar"), ("5", "dollar")]),
        ("en", "20 million kip, KHR500, THB 7", [("20e6", "kip"), ("500", "riel"), ("7", "baht")]),
    ],
)
def test_amounts_are_found(lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = [(amount.value, amount.currency) for amount in find_amounts(text, lang)]
    assert found == [(Decimal(value), currency) for value, currency in expected]


def test_words_are_no_russian_currencies() -> None:
    assert currencies("Вон там гиена, Донгнай и Йен Бай", "ru").keys() <= {"yen", "dong"}
    assert set(currencies("5 млн вон и 20 000 иен", "ru")) == {"won", "yen"}
    assert set(currencies("5 млн кипов, 3 бата и 20 000 риелей", "ru")) == {"kip", "baht", "riel"}
    assert not currencies("батальон закупил кипу бумаг", "ru")
    assert set(currencies("5 австралийских долларов", "ru")) == {"australian dollar"}
    assert set(currencies("5 долларов Сингапура и 3 доллара", "ru")) == {"singapore dollar", "dollar"}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "worth €3.5 billion.", "worth 3.5 billion euros."),
        ("en", "worth EUR 3.5 billion", "worth 3.5 billion euros"),
        ("en", "5 million EUR, JPY20,000", "5 million euros, 20,000 yen"),
        ("en", "VND1.2 trillion (USD45.6 million)", "VND1.2 trillion (45.6 million USD)"),
        ("en", "$30, USD30, US$5, 5 euros", "$30, USD30, US$5, 5 euros"),
        ("vi", "3,5 tỷ EUR, 20.000 yên Nhật", "3,5 tỷ euro, 20.000 yên"),
        ("vi", "5 triệu CNY, 30 USD", "5 triệu CNY, 30 USD"),
        ("vi", "50.000đ/vé, 5.000 ₫, điểm 5đi", "50.000 đồng/vé, 5.000 đồng, điểm 5đi"),
        ("en", "A$20 million, ₫5 billion", "20 million Australian dollars, 5 billion VND"),
        ("en", "€3.5m, ¥100bn, A$20m", "3.5 million euros, 100 billion yen, 20 million Australian dollars"),
        ("en", "$20m, US$5-7m, 20bn EUR", "$20 million, US$5-7 million, 20 billion euros"),
        ("en", "€5-7 billion, €5–7bn, €5-7", "5-7 billion euros, 5–7 billion euros, 5-7 euros"),
        ("en", "€5 to 7 billion, €5 to 7", "5 to 7 billion euros, 5 euros to 7"),
        ("en", "€5 - 7 billion, €5 - 7 people", "5 - 7 billion euros, 5 euros - 7 people"),
        ("en", "€5-€7 billion, €5m-€7m", "5-7 billion euros, 5 million-7 million euros"),
        ("en", "EUR5-EUR7 million, A$5–A$7bn", "5-7 million euros, 5–7 billion Australian dollars"),
        ("en", "€2 million to €3 million", "2 million euros to 3 million euros"),
        ("en", "€5km, €5-7-8, €5-7km, $5 M&A", "€5km, €5-7-8, €5-7km, $5 M&A"),
        ("vi", "€5-7 tỷ, 5-7 tỷ EUR", "5-7 tỷ euro, 5-7 tỷ euro"),
        ("vi", "đạt 9,5đ môn Toán, 50₫, ₫5 tỷ", "đạt 9,5đ môn Toán, 50₫, 5 tỷ đồng"),
        ("en", "SGD 5 million, 3 LAK", "5 million Singapore dollars, 3 kip"),
        ("vi", "5.000 LAK, 200 THB", "5.000 kíp, 200 baht"),
    ],
)
def test_a_request_names_currencies_as_models_know_them(lang: str, text: str, expected: str) -> None:
    assert apply_edits(text, money_as_known(text, lang, ())).text == expected
    assert not money_as_known(text, lang, [Span(0, len(text))])


def test_models_are_told_what_yen_and_kip_are() -> None:
    assert [lemma for _, lemma in named_currencies("50 tỷ kíp, 3 triệu riel", "vi")] == ["кип", "риель"]
    assert [lemma for _, lemma in named_currencies("5 million kip, 7 baht", "en")] == ["кип"]
    assert list(named_currencies("giá 20 nghìn yên", "vi")) == [(Span(16, 16), "иена")]
    assert list(named_currencies("It costs ¥20,000 or $5", "en")) == [(Span(16, 16), "иена")]
    assert list(named_currencies("from ¥5-7bn or ¥5-¥7", "en")) == [
        (Span(11, 11), "иена"),
        (Span(20, 20), "иена"),
    ]


@pytest.mark.parametrize(
    ("lang", "source", "target", "mended"),
    [
        ("en", "€3.5 billion", "Это 3,5 млрд.", "Это 3,5 млрд евро."),
        ("en", "It costs $30.", "Это стоит 30.", "Это стоит 30 долларов."),
        ("en", "(45.6 million USD)", "(45,6 млн)", "(45,6 млн долларов США)"),
        ("vi", "12.400 tỷ đồng", "на 12,4\u00a0трлн в год", "на 12,4\u00a0трлн донгов в год"),
        ("en", "20,000 yen in", "20 000 донгов в", "20 000 иен в"),
        ("en", "20,000 yen in", "20 000 °C в", "20 000 иен в"),
        ("en", "3 billion won, 5 million USD", "3 млрд донгов, 5 млн долларов", "3 млрд вон, 5 млн долларов"),
        ("vi", "5 triệu nhân dân tệ", "5 млн юань", "5 млн юаней"),
        ("en", "5 million CNY", "5 млн CNY", "5 млн юаней"),
        ("en", "€21", "на 21 в день", "на 21 евро в день"),
        ("en", "$21", "на 21 в день", "на 21 в день"),
        ("en", "20,000 yen", "20 000 человек", "20 000 человек"),
        ("en", "$30 for 30", "30 за 30", "30 за 30"),
        ("en", "$30 of €5", "30 евро из 5", "30 евро из 5"),
        ("en", "$30", "к 30, не раньше", "к 30, не раньше"),
        ("en", "$30 and more dollars", "30 и ещё доллары", "30 и ещё доллары"),
        ("vi", "81 bạc, 110 đồng", "81 и 110", "81 и 110"),
        ("vi", "50 tỷ kíp", "50 млрд донгов", "50 млрд кипов"),
        ("vi", "3 triệu riel", "3 млн рельсов", "3 млн риелей"),
        ("en", "A$300 million", "300 млн долларов", "300 млн австралийских долларов"),
        ("vi", "50 triệu SGD", "50 млн SGD", "50 млн сингапурских долларов"),
    ],
)
def test_a_currency_that_alone_went_wrong_is_mended(lang: str, source: str, target: str, mended: str) -> None:
    assert mend_money(source, lang, target) == mended


@given(number=st.integers(2, 999), sign=st.sampled_from("$€"), power=st.sampled_from(["млн", "млрд", "трлн"]))
def test_a_mended_amount_has_lost_nothing(number: int, sign: str, power: str) -> None:
    english = {"млн": "million", "млрд": "billion", "трлн": "trillion"}[power]
    source, target = f"It cost {sign}{number} {english}.", f"Это стоило {number} {power}."
    assert lost_currencies(source, "en", target)
    assert not lost_currencies(source, "en", mend_money(source, "en", target))


@given(number=st.integers(1, 999), sign=st.sampled_from("€¥$£"), multiplier=st.sampled_from("mbtk"))
def test_a_request_keeps_the_value_of_an_amount(number: int, sign: str, multiplier: str) -> None:
    text = f"It cost {sign}{number}{multiplier}{'n' if multiplier in 'bt' else ''} in 2025."
    (amount,) = find_amounts(text, "en")
    (asked,) = find_amounts(apply_edits(text, money_as_known(text, "en", ())).text, "en")
    assert (asked.value, asked.currency) == (amount.value, amount.currency)
    assert asked.value > number
