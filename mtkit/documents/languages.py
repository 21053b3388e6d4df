"""Languages that a bilingual file names, and the ones it is to be read and written in."""

from __future__ import annotations

from mtkit.errors import FormatError
from mtkit.text.language import SOURCE_LANGUAGES


def primary(code: str) -> str:
    """The language of a code without its region or script: "ru" of ru-RU, ru_RU and RU."""
    return code.strip().lower().replace("_", "-").partition("-")[0]


def declared_source(code: str, src_lang: str) -> str:
    """`src_lang`, or what the file says where that is "auto" and the file names a language mtkit reads."""
    return primary(code) if src_lang == "auto" and primary(code) in SOURCE_LANGUAGES else src_lang


def check_target_language(code: str, tgt_lang: str, path: str, line: int | None) -> None:
    """Raise FormatError where a file is for another language than the one asked for."""
    if code.strip() and primary(code) != primary(tgt_lang):
        problem = f"its target language is {code!r}, not {tgt_lang}."
        raise FormatError(path, problem, "Hand in the file for the right language.", line)
