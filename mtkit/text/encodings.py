"""Guess the encoding of bytes that are no Unicode, so that an error can say how to convert them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SAMPLE = 65536


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodingGuess:
    """`iconv` is the name that the iconv command takes; "" where no encoding fits."""

    iconv: str
    description: str


_CYRILLIC = {
    "cp1251": "Windows-1251",
    "koi8-r": "KOI8-R",
    "cp866": "CP866",
    "iso8859-5": "ISO-8859-5",
    "mac-cyrillic": "Mac-Cyrillic",
}
_RUSSIAN_BY_FREQUENCY = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_RUSSIAN_WEIGHTS = {letter: 1 - rank / 16 for rank, letter in enumerate(_RUSSIAN_BY_FREQUENCY)}

_VIETNAMESE_WORDS = re.compile(
    r"(?<!\w)(?:và|của|là|các|đã|có|không|người|những|được|tỉnh|này|với|một|để|về|tại|ở|từ|đến|ủy|hội|đồng"
    r"|năm|ngày|việc|công|đại|nhân|dân|phố|thành|tư|nhà|nước|quốc|sự|lý|tế)(?!\w)",
    re.IGNORECASE,
)
_VIETNAMESE_LOWER = "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_VIETNAMESE_TABLES = {
    "TCVN5712-1": bytes.fromhex(
        "a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9eaebecedee"
        "eff1f2f3f4f5f6f7f8f9fafbfcfdfe"
    ),
    "VISCII": bytes.fromhex(
        "e5e2eaf4bddff0e0e4e3e1d5a2c6c7a1a3a5a6e7a4a7e8eba8e9a9abacadaaaeecefeeedb8f2f6f5f3f7b0b1b2afb5b6b7debefe"
        "f9fcfbfaf8d7d8e6d1f1cfd6dbfddc"
    ),
}
_VIETNAMESE_NAMES = {
    "WINDOWS-1258": "Windows-1258 Vietnamese",
    "TCVN5712-1": "TCVN3 (ABC) Vietnamese",
    "VISCII": "VISCII Vietnamese",
}
_WESTERN_PUNCTUATION = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa7\xa9\xab\xb0\xb7\xbb")


def guess_encoding(raw: bytes) -> EncodingGuess:
    """Name the likeliest encoding of bytes that do not decode as UTF-8."""
    sample = raw[:_SAMPLE]
    high = [byte for byte in sample if byte >= 0x80]
    if not high:
        return guess_encoding(raw[_SAMPLE:]) if len(raw) > _SAMPLE else _unknown()
    repaired = sample.decode("utf-8", errors="replace")
    if repaired.count("\ufffd") <= 0.1 * sum(not character.isascii() for character in repaired):
        return EncodingGuess(iconv="", description="UTF-8 with damaged bytes")
    letters = sum(bytes((byte,)).isalpha() for byte in sample)
    if len(high) > letters:
        return _cyrillic(sample)
    return _vietnamese(sample) or _western(high)


def _unknown() -> EncodingGuess:
    return EncodingGuess(iconv="", description="an unknown 8-bit encoding")


def _cyrillic(sample: bytes) -> EncodingGuess:
    high = bytes(byte for byte in sample if byte >= 0x80)

    def score(encoding: str) -> float:
        text = high.decode(encoding, errors="replace")
        return sum(
            _RUSSIAN_WEIGHTS.get(character.lower(), -1) - 0.1 * character.isupper() for character in text
        )

    best = max(_CYRILLIC, key=score)
    if score(best) < 0.2 * len(high):
        return _unknown()
    return EncodingGuess(iconv=_CYRILLIC[best].upper(), description=f"{_CYRILLIC[best]} Cyrillic")


def _vietnamese(sample: bytes) -> EncodingGuess | None:
    readings = {"WINDOWS-1258": unicodedata.normalize("NFC", sample.decode("cp1258", errors="replace"))}
    for iconv, table in _VIETNAMESE_TABLES.items():
        letters = dict(zip(table, _VIETNAMESE_LOWER, strict=True))
        readings[iconv] = "".join(letters.get(byte, chr(byte)) for byte in sample)
    hits = {iconv: len(_VIETNAMESE_WORDS.findall(text)) for iconv, text in readings.items()}
    plain = len(_VIETNAMESE_WORDS.findall(sample.decode("ascii", errors="replace")))
    best = max(hits, key=hits.__getitem__)
    if hits[best] <= plain:
        return None
    return EncodingGuess(iconv=best, description=_VIETNAMESE_NAMES[best])


def _western(high: list[int]) -> EncodingGuess:
    if sum(byte in _WESTERN_PUNCTUATION for byte in high) >= 0.5 * len(high):
        return EncodingGuess(iconv="WINDOWS-1252", description="Windows-1252 (Western)")
    return _unknown()
