"""Numbers in words and in Roman numerals: the tables that all readers of them share."""

from __future__ import annotations

UNITS_VI = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
UNITS_EN = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
ORDINALS_EN = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
ORDINAL_STEMS_RU = {1: "перв", 2: "втор", 4: "четверт", 5: "пят", 6: "шест", 7: "седьм", 8: "восьм"} | {
    **{9: "девят", 10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат", 14: "четырнадцат"},
    **{15: "пятнадцат", 16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат"},
    **{20: "двадцат", 30: "тридцат"},
}
"""Up to thirty, all but the third, with е for ё."""
ROMAN = r"X{0,3}(?:IX|IV|V?I{0,3})"
"""A pattern of Roman numerals up to XXXIX, and of nothing at all."""
_ROMAN_DIGITS = {"I": 1, "І": 1, "V": 5, "X": 10, "Х": 10, "L": 50}


def roman(value: int) -> str:
    """A number from 1 to 39 in Roman numerals."""
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (value // 10) + units[value % 10]


def roman_value(text: str) -> int:
    """The number that Roman numerals up to LXXXIX say; Cyrillic letters that look the same are read, too."""
    values = [_ROMAN_DIGITS[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
