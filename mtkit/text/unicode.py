"""Bytes to text, and the folds that comparisons need.

`decode` reads UTF-8, UTF-16 and UTF-32 and refuses everything else with a guess of what it is;
`normalize` is for the text of a segment; the folds keep the length of NFC text, so spans stay valid.
"""

from __future__ import annotations

import codecs
import os
import re
import shlex
import unicodedata
from functools import cache
from pathlib import Path

from mtkit.errors import FormatError
from mtkit.text.encodings import guess_encoding

_WIDE_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive (DOCX, XLSX, ODT or EPUB)"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ", "an xz archive"),
)
_SAVE_AS_TEXT = "Save it as plain text in UTF-8."
_SAMPLE = 65536

_JUNK = "\ufeff\u200b\u2060\u00ad\u200e\u200f\u202a-\u202e"
_ZERO_WIDTH = re.compile(f"(?<=[\\w\u0300-\u036f])[{_JUNK}\u200c\u200d]+(?=\\w)|[{_JUNK}]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VIETNAMESE_BASES = "aăâeêioôơuưy"
_VIETNAMESE = frozenset(
    letter
    for base in _VIETNAMESE_BASES
    for tone in ("", *_TONES)
    for lower in (unicodedata.normalize("NFC", base + tone),)
    for letter in (lower, lower.upper())
    if not letter.isascii()
) | {"đ", "Đ"}
_VIETNAMESE_LETTER = re.compile(f"[{''.join(sorted(_VIETNAMESE))}]")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u052f]")


def decode(raw: bytes, path: str | Path) -> str:
    """Read the bytes of a text file as NFC text without its BOM; line ends stay as they are.

    Accepts UTF-8, UTF-16 and UTF-32 with a BOM, UTF-8, and UTF-16 or UTF-32 whose NUL bytes give it away.
    Anything else raises FormatError with the line of the first bad byte, a guess of the encoding, and
    the command that converts it.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _strict(raw, len(bom), encoding, path)
    for signature, description in _SIGNATURES:
        if raw.startswith(signature):
            raise FormatError(path, f"this is {description}, not text.", _SAVE_AS_TEXT)
    wide = _wide_encoding(raw) if b"\0" in raw else None
    return _strict(raw, 0, wide or "utf-8", path)


def normalize(text: str) -> str:
    """Return NFC text without zero-width characters (stray BOMs, soft hyphens, direction marks).

    Quotes, dashes, №, no-break spaces and joiners inside emoji stay.
    """
    return unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", text))


def fold_tone_placement(text: str) -> str:
    """Put the tone of oa, oe, uy where the older orthography has it: hoà -> hòa, thuỷ -> thủy, hòan -> hoàn.

    For comparing NFC text; length-preserving.
    """
    return _toned_pair().sub(_place_tone, text)


def strip_diacritics(text: str) -> str:
    """Replace Latin letters by their base letters, đ by d: Quảng Trị -> Quang Tri.

    For NFC text; length-preserving; other scripts (й, ё) stay.
    """
    return text.translate(_base_letters())


def has_vietnamese_letters(text: str) -> bool:
    """Tell whether NFC text has a letter of the Vietnamese alphabet beyond ASCII (é and à count)."""
    return bool(_VIETNAMESE_LETTER.search(text))


def with_plain_spaces(text: str) -> str:
    """The text, of the same length, with spaces of every width and no-break spaces as the plain space."""
    return _WIDE_SPACE.sub(" ", text)


def has_cyrillic(text: str) -> bool:
    """Tell whether the text has a Cyrillic letter."""
    return bool(_CYRILLIC_LETTER.search(text))


@cache
def _base_letters() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "D", ord("ð"): "d", ord("Ð"): "D"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    return table


def _split_tone(letter: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in decomposed if mark in _TONES)
    return "".join(mark for mark in decomposed if mark not in _TONES), tone


def _add_tone(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


@cache
def _toned_pair() -> re.Pattern[str]:
    def toned(letters: str) -> str:
        return "".join(_add_tone(letter, tone) for letter in letters for tone in _TONES)

    pairs = (("oO", "aAeE"), ("uU", "yY"))
    either = "|".join(f"[{first}][{toned(second)}]|[{toned(first)}][{second}]" for first, second in pairs)
    return re.compile(f"(?P<q>[qQ]?)(?P<pair>{either})")


def _place_tone(match: re.Match[str]) -> str:
    (first, tone), (second, other) = map(_split_tone, match["pair"])
    has_coda = match.string[match.end() : match.end() + 1].isalpha()
    if match["q"] or has_coda:
        second = _add_tone(second, tone + other)
    else:
        first = _add_tone(first, tone + other)
    return match["q"] + first + second


def _strict(raw: bytes, start: int, encoding: str, path: str | Path) -> str:
    try:
        text = raw[start:].decode(encoding)
    except UnicodeDecodeError as error:
        position = start + error.start
        line = _line_at(raw[start:position].decode(encoding, errors="replace"))
        if encoding == "utf-8":
            message, hint = _describe(raw, position, path)
        else:
            message = f"broken {encoding.upper()}: {error.reason} at byte {position}."
            hint = "The file is cut off or damaged; save it again in UTF-8."
        raise FormatError(path, message, hint, line) from error
    if "\0" in text:
        line = _line_at(text[: text.index("\0")])
        raise FormatError(path, "NUL byte: a binary file, not text.", _SAVE_AS_TEXT, line)
    return unicodedata.normalize("NFC", text)


def _line_at(before: str) -> int:
    return (before.count("\n") or before.count("\r")) + 1


def _wide_encoding(raw: bytes) -> str | None:
    """UTF-16 or UTF-32 without a BOM: NULs stand in the same places, and the text reads as text."""
    sample = raw[: _SAMPLE - _SAMPLE % 4]
    nuls = [sample[offset::4].count(0) for offset in range(4)]
    quarter = max(1, len(sample) // 4)
    candidates = []
    if min(nuls[2], nuls[3]) == quarter:
        candidates.append("utf-32-le")
    if min(nuls[0], nuls[1]) == quarter:
        candidates.append("utf-32-be")
    even, odd = nuls[0] + nuls[2], nuls[1] + nuls[3]
    candidates.append("utf-16-le" if odd > even else "utf-16-be")
    return next((encoding for encoding in candidates if _reads_as_text(sample, encoding)), None)


def _reads_as_text(sample: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(sample)
    except UnicodeDecodeError:
        return False
    categories = [unicodedata.category(character) for character in text if character not in "\t\n\r\f"]
    scripts = sum(ord(character) < 0x530 or 0x1E00 <= ord(character) < 0x2400 for character in text)
    return bool(text) and not {"Cc", "Cn", "Co", "Cs"} & set(categories) and scripts >= 0.7 * len(text)


def _describe(raw: bytes, position: int, path: str | Path) -> tuple[str, str]:
    guess = guess_encoding(raw)
    message = f"not UTF-8 (byte 0x{raw[position]:02X}); it looks like {guess.description}."
    if guess.iconv:
        old, new = shlex.quote(str(path)), shlex.quote(".utf8".join(os.path.splitext(path)))
        return message, f"Convert it: iconv -f {guess.iconv} -t UTF-8 {old} > {new}"
    return message, "Open it in the program it came from and save it as UTF-8."
