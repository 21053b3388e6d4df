import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.text.edits import apply_edits
from mtkit.text.placeables import (
    Kind,
    find_placeables,
    format_number,
    needs_translation,
    number_class,
    number_value,
    protect,
    protect_pair,
    restore,
)

CODES = [
    "57-NQ/TW",
    "749/QĐ-TTg",
    "178/2024/NĐ-CP",
    "12/2025/TT-BNV",
    "176/2025/QH15",
    "05-KL/TW",
    "229/NQ-CP",
    "22-BC/UBKTĐU",
    "112/LPQT-2025",
    "27/GP-2024",
    "15/HĐ-2025",
    "15/HD/2025",
]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("frame", ["số {}.", "({})", "{} ngày 12/8", "№ {},"])
@pytest.mark.parametrize("lang", ["vi", "en", "ru"])
def test_document_codes(code, frame, lang):
    codes = [p.text for p in find_placeables(frame.format(code), lang) if p.kind is Kind.CODE]
    assert codes == [code]


@pytest.mark.parametrize("measure", ["820-HP", "30-MW", "500-KV", "110-MVA", "60-GWh", "100-USD"])
def test_a_measure_is_a_number_and_no_code(measure):
    found = find_placeables(f"a {measure} plant", "en")
    assert [(p.kind, p.text) for p in found] == [(Kind.NUMBER, measure.partition("-")[0])]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("https://a.gov.vn/x?y=1.", "vi", [(Kind.URL, "https://a.gov.vn/x?y=1")]),
        ("xem baoquangtri.vn, www.x.org/a)", "vi", [(Kind.URL, "baoquangtri.vn"), (Kind.URL, "www.x.org/a")]),
        ("gửi toasoan@quangtri.gov.vn.", "vi", [(Kind.EMAIL, "toasoan@quangtri.gov.vn")]),
        ("ngày 12/8/2025 lúc 14h30", "vi", [(Kind.DATE, "12/8/2025"), (Kind.TIME, "14h30")]),
        ("on 18.02.2025 at 6:30", "en", [(Kind.DATE, "18.02.2025"), (Kind.TIME, "6:30")]),
        ("500.000đ, 5đi", "vi", [(Kind.NUMBER, "500.000")]),
        ("15.870 tỷ, 41,3%", "vi", [(Kind.NUMBER, "15.870"), (Kind.NUMBER, "41,3")]),
        ("1,234.5 and 41.3", "en", [(Kind.NUMBER, "1,234.5"), (Kind.NUMBER, "41.3")]),
        ("15\u00a0870,5 и 12 345", "ru", [(Kind.NUMBER, "15\u00a0870,5"), (Kind.NUMBER, "12 345")]),
        ("JPY12.5 billion", "en", [(Kind.NUMBER, "12.5")]),
        ("VND15.87 trillion, US$3.5", "en", [(Kind.NUMBER, "15.87"), (Kind.NUMBER, "3.5")]),
        (
            "80-Year Plan, 5-Star, 24-Hour",
            "en",
            [(Kind.NUMBER, "80"), (Kind.NUMBER, "5"), (Kind.NUMBER, "24")],
        ),
        ("at 7.30 p.m. on 6:45", "en", [(Kind.TIME, "7.30"), (Kind.TIME, "6:45")]),
        ("COVID-19, F16, 14th, 5G", "en", []),
        ("2024 300 người", "ru", [(Kind.NUMBER, "2024"), (Kind.NUMBER, "300")]),
    ],
)
def test_kinds(text, lang, expected):
    assert [(p.kind, p.text) for p in find_placeables(text, lang)] == expected


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("15.870", "vi", "15870"),
        ("41,30", "vi", "41.3"),
        ("1.234.567,5", "vi", "1234567.5"),
        ("1,234.5", "en", "1234.5"),
        ("15 870", "en", "15870"),
        ("0,5", "ru", "0.5"),
        ("007", "vi", "7"),
        ("100", "vi", "100"),
    ],
)
def test_number_values_compare_across_languages(text, lang, value):
    assert number_value(text, lang) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", "one"),
        ("121", "one"),
        ("111", "many"),
        ("3", "few"),
        ("114", "many"),
        ("4.5", "few"),
        ("100", "many"),
    ],
)
def test_number_class(value, expected):
    assert number_class(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1234", "1234"), ("12345", "12\u00a0345"), ("1234567.5", "1\u00a0234\u00a0567,5"), ("0.5", "0,5")],
)
def test_numbers_in_russian_notation(value, expected):
    assert format_number(value) == expected


def test_years_dates_and_small_numbers_stay_visible():
    text = "năm 2025, ngày 12/8, 14h30, 5 xã"
    assert protect(text, "vi").edits == ()


def test_trailing_zeros_come_back():
    protected = protect("12.50 percent", "en")
    assert restore("⟦few1⟧%", protected.tokens) == "12,50%"


def test_equal_placeables_share_a_token_and_leading_zeros_are_copied():
    protected = protect("57-NQ/TW và 57-NQ/TW, gọi 0233852123", "vi")
    assert [token for token, _ in protected.tokens] == ["⟦c1⟧", "⟦c1⟧", "⟦c2⟧"]
    assert restore("⟦c2⟧ ⟦c1⟧ ⟦c7⟧", protected.tokens) == "0233852123 57-NQ/TW "


def test_more_codes_than_tokens_stay_as_text():
    text = " ".join(f"{n}-NQ/TW" for n in range(1, 13))
    protected = protect(text, "vi")
    hidden = apply_edits(text, protected.edits).text
    assert hidden.endswith("9-NQ/TW 10-NQ/TW 11-NQ/TW 12-NQ/TW")
    assert restore(hidden, protected.tokens) == text


@given(
    st.lists(
        st.one_of(
            st.sampled_from(CODES),
            st.integers(100, 10**7).map(str),
            st.text("abcđê ,.-/", max_size=8),
            st.sampled_from(["https://a.vn/b", "x@y.vn", "12/8/2025", "41,3%", "⟦c1⟧"]),
        ),
        max_size=8,
    )
)
def test_what_is_hidden_comes_back(parts):
    text = " ".join(parts)
    protected = protect(text, "vi")
    placeables = find_placeables(text, "vi")
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(placeables))
    assert all(p.span.of(text) == p.text for p in placeables)
    restored = restore(apply_edits(text, protected.edits).text, protected.tokens)
    for _, placeable in protected.tokens:
        if placeable.kind is not Kind.NUMBER:
            assert placeable.text in restored


def test_a_pair_shares_what_stands_equally_often_on_both_sides():
    edits, target = protect_pair("15.870 hộ, 3.900 tỷ", "15 870 семей, 3,9 трлн", "vi", "ru")
    assert apply_edits("15.870 hộ, 3.900 tỷ", edits).text == "⟦many1⟧ hộ, 3.900 tỷ"
    assert target == "⟦many1⟧ семей, 3,9 трлн"


@pytest.mark.parametrize("unit", ["a", "ab.", "a-b.", "x@", "12/", "5-A-", "https://", "1.000.", "a@b."])
def test_hostile_text_takes_linear_time(unit):
    assert len(find_placeables(unit * (200_000 // len(unit)), "vi")) <= 100_000


@pytest.mark.parametrize(
    ("source", "expected"), [("Xin chào", True), ("***", False), ("12/8/2025", False), ("10 km", True)]
)
def test_needs_translation(source, expected):
    assert needs_translation(source, "vi") is expected


@pytest.mark.parametrize(
    ("text", "lang", "russian"),
    [
        ("Mã số thuế: 5300233245", "vi", "5300233245"),
        ("mã số thuế 53002332 tại Lào Cai", "vi", "53002332"),
        ("Số tài khoản: 1020000123456", "vi", "1020000123456"),
        ("CCCD số 001085012345 cấp", "vi", "001085012345"),
        ("tổng đài 19001234.", "vi", "19001234"),
        ("Tax code: 5300233245", "en", "5300233245"),
        ("The account number is 1020000123456.", "en", "1020000123456"),
        ("order 9876543210 was sent", "en", "9876543210"),
        ("dân số 100234567 người", "vi", "100\u00a0234\u00a0567"),
        ("bảo hiểm xã hội 15200 người", "vi", "15\u00a0200"),
        ("vốn 1234567890 đồng", "vi", "1\u00a0234\u00a0567\u00a0890"),
        ("USD 123456789", "en", "123\u00a0456\u00a0789"),
        ("thu 2000000000", "vi", "2\u00a0000\u00a0000\u00a0000"),
        ("15000 và", "vi", "15\u00a0000"),
        ("số tài khoản 15.000.000", "vi", "15\u00a0000\u00a0000"),
    ],
)
def test_a_number_that_names_something_stands_as_it_is_written(text, lang, russian):
    (number,) = (p for p in find_placeables(text, lang) if p.kind is Kind.NUMBER)
    assert number.russian == russian
    tokens = protect(text, lang).tokens
    assert restore(" ".join(token for token, _ in tokens), tokens) == russian
