"""Numbers written in words: what a word may stand for in Vietnamese, English and Russian.

Words only excuse a number in digits on the other side; no finding rests on them. So the tables may be
generous: "năm" is five and year, «семью» is seven and family.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, lru_cache

from mtkit.text.number_words import ORDINAL_STEMS_RU, ORDINALS_EN, UNITS_EN, UNITS_VI, roman_value

Values = frozenset[Fraction]

TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"

CARDINALS: dict[str, dict[str, int | Fraction]] = {
    "vi": {
        **{word: value for value, word in enumerate(("không", *UNITS_VI))},
        **{"mốt": 1, "đôi": 2, "cặp": 2, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7, "nhất": 1, "nhì": 2},
        **{"giêng": 1, "chạp": 12, "thập": 10, "hăm": 20, "nửa": Fraction(1, 2)},
    },
    "en": {
        **{word: value for value, word in enumerate(UNITS_EN)},
        **{word: 10 * tens for tens, word in enumerate(TENS_EN.split(), 2)},
        **{word: value for value, word in enumerate(ORDINALS_EN, 1)},
        **{"once": 1, "single": 1, "twice": 2, "both": 2, "couple": 2, "pair": 2, "double": 2, "doubled": 2},
        **{"twin": 2, "triple": 3, "tripled": 3, "quadruple": 4, "dozen": 12, "dozens": 12, "decade": 10},
        **{"decades": 10, "century": 100, "centenary": 100, "noon": 12},
    },
    "ru": {},
}

MULTIPLIERS: dict[str, dict[str, int]] = {
    "vi": {"mươi": 10, "chục": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4}
    | {"triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9},
    "en": {"hundred": 100, "hundreds": 100, "thousand": 10**3, "thousands": 10**3}
    | {word: 10**6 for word in ("million", "millions", "mn", "mln")}
    | {word: 10**9 for word in ("billion", "billions", "bn", "bln")}
    | {"lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7}
    | {word: 10**12 for word in ("trillion", "trillions", "tn", "trn")}
    | {"quadrillion": 10**15, "thousandth": 10**3, "millionth": 10**6, "billionth": 10**9},
    "ru": {"сотня": 100, "сотни": 100, "сотен": 100, "сотню": 100, "тыс": 10**3, "млн": 10**6}
    | {"млрд": 10**9, "трлн": 10**12},
}

CONNECTORS = {"vi": frozenset({"linh", "lẻ"}), "en": frozenset({"and"}), "ru": frozenset[str]()}

_HALF: tuple[Fraction | int, ...] = (Fraction(1, 2), 2, 50)
_THIRD = (1, 3)
_QUARTER = (1, 4, 25)

_IDIOMS: dict[str, tuple[tuple[str, tuple[Fraction | int, ...]], ...]] = {
    "vi": (
        ("nửa|rưỡi", _HALF),
        ("nửa đêm", (0, 12, 24)),
        ("trưa", (12,)),
        ("rằm", (15,)),
        ("thập (?:kỷ|niên)", (10,)),
        ("thế kỷ", (100,)),
        ("tuần", (7,)),
        ("toàn bộ|tất cả|hoàn toàn|trọn", (100,)),
    ),
    "en": (
        (r"half|halve\w*|mid", _HALF),
        ("midnight", (0, 12, 24)),
        (r"u-turns?", (180,)),
        (r"half-year\w*|six-month\w*", (6,)),
        (r"quarters?|three-quarters", _QUARTER),
        ("thirds?", _THIRD),
        ("week(?:s|ly)?", (7,)),
        (r"(?:round|around)[- ]the[- ]clock", (24, 7)),
        ("all|whole|entire(?:ly)?|fully?", (100,)),
        *((name + r"\w*", (n,)) for n, name in enumerate(("Jan", "Feb", "Mar", "Apr"), 1)),
        *((name, (n,)) for n, name in enumerate(("May", r"June?", r"July?"), 5)),
        *((name + r"\w*", (n,)) for n, name in enumerate(("Aug", "Sep", "Oct", "Nov", "Dec"), 8)),
    ),
    "ru": (
        (r"пол\w*|полу\w*", _HALF),
        (r"полугод\w*", (6,)),
        (r"пол(?:второго|третьего|четвертого|пятого|шестого|седьмого|восьмого|девятого|десятого)", (30,)),
        (r"пол-\w+ого|пол-третьего", (30,)),
        (r"полвек\w*", (50,)),
        (r"полдень|полудня|полудню", (12,)),
        (r"полноч\w*", (0, 12, 24)),
        (r"трет(?:ь|и|ью|ей)", _THIRD),
        (r"четверт(?:ь|и|ью|ей)|четверо\w*", _QUARTER),
        (r"об(?:а|е|оих|еих|оим|еим|оими|еими)|двое|двоих|двоим|двоими|пар\w{1,3}", (2,)),
        (r"дважды|вдвое|удво\w+|двойн\w+|двукратн\w+|вдвоем", (2,)),
        (r"трое|троих|троим|троими|трижды|втрое|утро\w+|тройн\w+|трехкратн\w+", (3,)),
        (r"вчетверо|четырежды", (4,)),
        (r"впятеро|пятер\w+", (5,)),
        (r"шестер\w+", (6,)),
        (r"семер\w+|недел\w+|еженедел\w+", (7,)),
        (r"восьмер\w+", (8,)),
        (r"девятер\w+", (9,)),
        (r"десятер\w+", (10,)),
        (r"тройк\w+", (3,)),
        (r"десят(?:ок|к\w{1,3})|вдесятеро|декад\w+", (10,)),
        (r"двадцатк\w+", (20,)),
        (r"дюжин\w*", (12,)),
        (r"сут(?:ки|ок|кам|ками|ках)|(?:кругло|по)?суточн\w+", (1, 24, 7)),
        (r"век\w{0,3}|сто(?:лет|процентн|балльн)\w+|центнер\w*", (100,)),
        (
            r"вс[еяю]|весь|вс(?:его|ему|ем|ей|ех|еми)|полност\w+|кажд\w+|целиком|поголовн\w+|единоглас\w+",
            (100,),
        ),
        (r"год\w*|ежегодн\w*", (1, 12)),
        (r"Тет\w{0,3}", (29, 30)),
        (r"(?:дн\w+ независимости|национальн\w+ (?:дн\w+|праздник\w*))", (2, 9)),
        (r"понедельник\w*", (2,)),
        (r"вторник\w*", (3,)),
        (r"сред(?:а|у|ы|е|ой|ам)", (4,)),
        (r"четверг\w*", (5,)),
        (r"пятниц\w+", (6,)),
        (r"суббот\w+", (7,)),
        (r"январ\w+", (1,)),
        (r"феврал\w+", (2,)),
        (r"март\w*", (3,)),
        (r"апрел\w+", (4,)),
        (r"ма(?:й|я|ю|ем|е)|майск\w+", (5,)),
        (r"июн\w+", (6,)),
        (r"июл\w+", (7,)),
        (r"август\w*", (8,)),
        (r"сентябр\w+", (9,)),
        (r"октябр\w+", (10,)),
        (r"ноябр\w+", (11,)),
        (r"декабр\w+", (12,)),
    ),
}
"""Words and phrases with the numbers that they can stand for (thứ Hai, the second day, is Monday)."""

_WHOLE_WORD = re.compile(r"\w+")


@cache
def _compiled(lang: str) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Values], ...]]:
    """What matches any idiom, and each of them with its values."""
    table = _IDIOMS[lang]
    every = "|".join(pattern for pattern, _ in table)
    return re.compile(every, re.IGNORECASE), tuple(
        (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), frozenset(map(Fraction, values)))
        for pattern, values in table
    )


@cache
def _phrases(lang: str) -> tuple[tuple[re.Pattern[str], Values], ...]:
    return tuple(row for row in _compiled(lang)[1] if " " in row[0].pattern or "-" in row[0].pattern)


def idioms(text: str, lang: str) -> Iterator[tuple[int, int, Values]]:
    """(start, end, values) of words and phrases that stand for a number; Russian with е for ё."""
    for match in _WHOLE_WORD.finditer(text):
        for values in _idiom_values(match[0], lang):
            yield *match.span(), values
    for pattern, values in _phrases(lang):
        for match in pattern.finditer(text):
            yield *match.span(), values


@lru_cache(maxsize=65536)
def _idiom_values(word: str, lang: str) -> tuple[Values, ...]:
    every, table = _compiled(lang)
    if not every.fullmatch(word):
        return ()
    return tuple(values for pattern, values in table if pattern.fullmatch(word))


_SMALL_RU: dict[int, str] = {
    1: "один одна одно одни одного одной одному одним одну одном одних одними",
    2: "два две двух двум двумя",
    3: "три трех трем тремя",
    4: "четыре четырех четырем четырьмя",
    8: "восемь восьми восемью восьмью",
    40: "сорок сорока",
    90: "девяносто девяноста",
    100: "сто ста",
    200: "двести двухсот двумстам двумястами двухстах",
    300: "триста трехсот тремстам тремястами трехстах",
    400: "четыреста четырехсот четыремстам четырьмястами четырехстах",
}
_SOFT_SIGN_RU = {5: "пят", 6: "шест", 7: "сем", 9: "девят", 10: "десят", 20: "двадцат", 30: "тридцат"} | {
    value: stem + "надцат"
    for value, stem in enumerate(
        ("один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят"), start=11
    )
}
_ORDINAL_STEMS_RU = ORDINAL_STEMS_RU | {
    40: "сороков",
    50: "пятидесят",
    60: "шестидесят",
    70: "семидесят",
    80: "восьмидесят",
    90: "девяност",
    100: "сот",
    1000: "тысячн",
}
_ORDINAL_ENDINGS_RU = ["ый", "ой", "ая", "ое", "ые", "ого", "ому", "ым", "ую", "ом", "ых", "ыми"]
_THIRD_RU = "третий третья третье третьи третьего третьей третьему третьим третью третьем третьих третьими"
_GENITIVES_RU = ["двух", "трех", "четырех", "пяти", "шести", "семи", "восьми", "девяти"]
COMPOUND_STEMS_RU = {
    "одно": 1,
    "перво": 1,
    "дву": 2,
    "второ": 2,
    "третье": 3,
    "сорока": 40,
    "девяносто": 90,
    "столет": 100,
    "стометр": 100,
    "стокилометр": 100,
    "тысячелет": 1000,
} | {
    stem + tail: value * factor
    for value, stem in enumerate(_GENITIVES_RU, 2)
    for tail, factor in (("", 1), ("десяти", 10), ("сот", 100))
    if not (tail == "десяти" and value < 5)
}
COMPOUND_STEMS_RU |= {stem + "и": value for value, stem in _SOFT_SIGN_RU.items() if value >= 10}
"""First parts of compounds: «трёхдневный», «восемнадцатилетний»."""

LARGE_STEMS_RU = {"тысяч": 10**3, "миллион": 10**6, "миллиард": 10**9, "триллион": 10**12} | {
    "квадриллион": 10**15
}
"""Multipliers by their first letters: «миллионов», «20-миллионный»."""


def _add_russian() -> None:
    words = CARDINALS["ru"]
    for value, forms in _SMALL_RU.items():
        words.update(dict.fromkeys(forms.split(), value))
    for value, stem in _SOFT_SIGN_RU.items():
        words.update({stem + ending: value for ending in ("ь", "и", "ью")})
    for value, stem in ((50, "пят"), (60, "шест"), (70, "сем"), (80, "восем")):
        oblique = "восьми" if value == 80 else stem + "и"
        words.update({f"{stem}ьдесят": value, f"{oblique}десяти": value, f"{stem}ьюдесятью": value})
        hundreds = value * 10
        words.update({f"{stem}ьсот": hundreds, f"{oblique}сот": hundreds, f"{oblique}стам": hundreds})
    words.update({"девятьсот": 900, "девятисот": 900, "девятистам": 900})
    for value, stem in _ORDINAL_STEMS_RU.items():
        words.update({stem + ending: value for ending in _ORDINAL_ENDINGS_RU})
    words.update(dict.fromkeys(_THIRD_RU.split(), 3))
    words.update(dict.fromkeys(("полтора", "полторы", "полутора"), Fraction(3, 2)))
    for value, stem in enumerate(_GENITIVES_RU, 2):
        words.update({f"{stem}сот{ending}": 100 * value for ending in _ORDINAL_ENDINGS_RU})


_add_russian()

_ROMAN = re.compile(r"(?<!\w)(?=[IVXLІХ])(?:[XХ]{0,3}|[XХ]L|L[XХ]{0,3})(?:[IІ][XХV]|V?[IІ]{0,3})(?!\w)")
_ROMAN_DIGIT = re.compile("[IVXLІХ]")


def roman_numerals(text: str) -> Iterable[tuple[int, int, int]]:
    """(start, end, value) of Roman numerals to 89, Cyrillic look-alikes included."""
    if not _ROMAN_DIGIT.search(text):
        return
    for match in _ROMAN.finditer(text):
        if value := roman_value(match[0]):
            yield match.start(), match.end(), value
