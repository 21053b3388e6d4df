from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.errors import FormatError
from mtkit.text.encodings import guess_encoding
from mtkit.text.unicode import (
    decode,
    fold_tone_placement,
    has_cyrillic,
    has_vietnamese_letters,
    normalize,
    strip_diacritics,
    with_plain_spaces,
)

VIETNAMESE = "Hội nghị của Tỉnh ủy\r\nbàn về công tác dân vận và chuyển đổi số.\n"
ENGLISH = "The plan, in short:\n“good”\n"
RUSSIAN = "Первая строка\nКомитет принял резолюцию 57.\n"
# The same Vietnamese line in the legacy encodings that Python cannot write.
TCVN3 = bytes.fromhex("48e9 69 20 6e67 68de 20 63f1 61 20 54d8 6e68 20 f1 79".replace(" ", ""))
TEXTS = st.text(
    st.sampled_from(
        "aâàáạăeêoôơuưyđAÂĐUYOoqQnhtiу́йё№«»“”… \u00a0\n\ufeff\u200b\u200d\u00ad\u0301\u0323\u031b👍"
    )
    | st.characters(exclude_categories=["Cs"])
)


@pytest.mark.parametrize("text", [VIETNAMESE, ENGLISH, RUSSIAN], ids=["vi", "en", "ru"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_unicode_encodings_are_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-be"])
def test_big_endian_bom_is_read(encoding: str) -> None:
    assert decode(f"\ufeff{VIETNAMESE}".encode(encoding), "a.txt") == VIETNAMESE


def test_decomposed_vietnamese_comes_out_composed() -> None:
    assert decode(unicodedata.normalize("NFD", VIETNAMESE).encode(), "a.txt") == VIETNAMESE


def test_empty_file_is_empty_text() -> None:
    assert decode(b"", "a.txt") == ""


@pytest.mark.parametrize(
    ("encoding", "iconv"),
    [
        ("cp1251", "WINDOWS-1251"),
        ("koi8-r", "KOI8-R"),
        ("cp866", "CP866"),
        ("iso8859-5", "ISO-8859-5"),
        ("mac-cyrillic", "MAC-CYRILLIC"),
    ],
)
@pytest.mark.parametrize("text", [RUSSIAN, "Привет"], ids=["text", "word"])
def test_cyrillic_encodings_are_refused_by_name(text: str, encoding: str, iconv: str) -> None:
    with pytest.raises(FormatError) as caught:
        decode(b"News\n\n" + text.encode(encoding), "news/a b.txt")
    assert caught.value.line == 3
    assert caught.value.path == "news/a b.txt"
    assert "Cyrillic" in caught.value.message
    assert f"iconv -f {iconv} -t UTF-8 'news/a b.txt'" in caught.value.hint


def test_cyrillic_capitals_are_no_small_letters_of_another_encoding() -> None:
    assert guess_encoding("ПРИВЕТ МИР".encode("cp1251")).iconv == "WINDOWS-1251"


def _in_cp1258(text: str) -> bytes:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        pieces.append(base + "".join(mark for mark in marks if mark in tones))
    return "".join(pieces).encode("cp1258")


@pytest.mark.parametrize(
    ("raw", "iconv"),
    [
        (_in_cp1258(VIETNAMESE), "WINDOWS-1258"),
        (TCVN3, "TCVN5712-1"),
        ("“good” — bad".encode("cp1252"), "WINDOWS-1252"),
    ],
    ids=["cp1258", "tcvn3", "cp1252"],
)
def test_other_encodings_are_guessed(raw: bytes, iconv: str) -> None:
    assert guess_encoding(raw).iconv == iconv
    with pytest.raises(FormatError, match=rf"a\.txt:1: not UTF-8 .* iconv -f {iconv} "):
        decode(raw, "a.txt")


def test_damaged_utf8_is_called_so() -> None:
    raw = VIETNAMESE.encode() * 10 + b"\xff" + VIETNAMESE.encode()
    with pytest.raises(
        FormatError, match=r"a\.txt:21: not UTF-8 \(byte 0xFF\); it looks like UTF-8 with damaged"
    ):
        decode(raw, "a.txt")


def test_cut_off_utf16_is_refused() -> None:
    with pytest.raises(FormatError, match=r"a\.txt:3: broken UTF-16-LE"):
        decode(VIETNAMESE.encode("utf-16") + b"x", "a.txt")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"one\ntwo\0three", "a.txt:2: NUL byte: a binary file"),
        (bytes(64), "a.txt:1: NUL byte: a binary file"),
        (bytes(range(128)) * 9, "a.txt:1: NUL byte: a binary file"),
        (VIETNAMESE.encode() * 5000 + b"\0", "NUL byte: a binary file"),
        (b"PK\x03\x04\x14\0\x06\0", "a ZIP archive (DOCX"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word"),
    ],
)
def test_binary_files_are_refused(raw: bytes, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        decode(raw, "a.txt")
    assert message in caught.value.message
    assert "plain text in UTF-8" in caught.value.hint


@given(st.binary(max_size=200))
def test_bytes_give_text_or_a_format_error(raw: bytes) -> None:
    try:
        text = decode(raw, "a.txt")
    except FormatError as error:
        assert error.hint
    else:
        assert unicodedata.is_normalized("NFC", text)


def test_normalize_keeps_signs_and_drops_junk() -> None:
    assert (
        normalize("\ufeffThe\u0302\u0301 №\u00a057 …\u202f«а» “б” „в“") == "Thế №\u00a057 …\u202f«а» “б” „в“"
    )
    assert normalize("Đả\u200bng\u00ad ủy\u2060") == "Đảng ủy"
    assert normalize("👩\u200d💻") == "👩\u200d💻"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("hoà thuỷ khoẻ uỷ toà loè Hoà HOÀ", "hòa thủy khỏe ủy tòa lòe Hòa HÒA"),
        ("hòa thủy khỏe ủy", "hòa thủy khỏe ủy"),
        ("hòan tòan huỳnh ngoài khuỷu xoáy", "hoàn toàn huỳnh ngoài khuỷu xoáy"),
        ("quý qúy quỳ Quỵ", "quý quý quỳ Quỵ"),
        ("Quảng Trị, Huế, đường, giá", "Quảng Trị, Huế, đường, giá"),
    ],
)
def test_fold_tone_placement(text: str, folded: str) -> None:
    assert fold_tone_placement(text) == folded


def test_strip_diacritics() -> None:
    assert (
        strip_diacritics("Đặng Quảng Trị, Thừa Thiên-Huế: ưu ƯƠNG")
        == "Dang Quang Tri, Thua Thien-Hue: uu UONG"
    )
    assert strip_diacritics("Чёрный йод №5 café") == "Чёрный йод №5 cafe"


def test_letters_are_recognised() -> None:
    assert has_vietnamese_letters("Quảng") and has_vietnamese_letters("ĐÀ") and has_vietnamese_letters("ơ")
    assert not has_vietnamese_letters("Quang Chỉ".replace("ỉ", "i")) and not has_vietnamese_letters(
        "Ханой, ñ ü"
    )
    assert has_cyrillic("abc ё") and not has_cyrillic("Hà Nội")


@given(TEXTS)
def test_normalize_is_idempotent_and_composed(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(TEXTS)
def test_folds_keep_length_and_are_idempotent(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    for fold in (fold_tone_placement, strip_diacritics):
        once = fold(composed)
        assert len(once) == len(composed)
        assert fold(once) == once
    assert strip_diacritics(fold_tone_placement(composed)) == strip_diacritics(composed)


@given(st.text())
def test_plain_spaces_keep_the_length(text):
    plain = with_plain_spaces(text)
    assert len(plain) == len(text)
    assert plain.split() == text.split()
    assert not {"\u00a0", "\u202f", "\u2009"} & set(plain)
