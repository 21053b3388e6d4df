"""Units of measure that a translator converts: 120 miles are about 190 km, 80 °F about 27 °C."""

from __future__ import annotations

import re
from fractions import Fraction

_TOLERANCE = 0.08
_PER_UNIT: dict[str, tuple[tuple[str, float], ...]] = {
    "en": (
        *(("square miles?|sq mi", 2.59), ("miles?|mi|mph", 1.609), ("feet|foot|ft", 0.3048)),
        *(("yards?|yd", 0.9144), ("inch(?:es)?", 2.54), ("pounds?|lbs?", 0.4536), ("ounces?|oz", 28.35)),
        *(("acres?", 0.4047), ("gallons?", 3.785)),
    ),
    "vi": (
        *(("dặm vuông", 2.59), ("dặm", 1.609), ("feet|foot|bộ", 0.3048), ("inch|inches", 2.54)),
        *(("pound|pao|cân Anh", 0.4536), ("mẫu Anh", 0.4047), ("gallon", 3.785)),
    ),
}
_UNITS = {
    lang: tuple((re.compile(rf"[-\s\u00a0]*(?:{unit})\b", re.IGNORECASE), factor) for unit, factor in table)
    for lang, table in _PER_UNIT.items()
}
_FAHRENHEIT = re.compile(r"\s*(?:°\s?F\b|độ F\b|degrees?(?! (?:C|east|west|north|south)))", re.IGNORECASE)


def is_conversion(value: Fraction, after: str, lang: str, other: Fraction) -> bool:
    """Whether `other` is about `value` in metric units; `after` is what follows the number in the source."""
    converted = [float(value) * factor for unit, factor in _UNITS.get(lang, ()) if unit.match(after)]
    if _FAHRENHEIT.match(after):
        converted.append((float(value) - 32) * 5 / 9)
    return any(abs(float(other) - each) <= _TOLERANCE * abs(each) for each in converted)
