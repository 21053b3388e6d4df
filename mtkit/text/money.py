"""Currencies and amounts of money: €3.5 billion, 20 nghìn yên, «30 долларов»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from mtkit.text.edits import Edit, apply_edits
from mtkit.text.placeables import NO_BREAK_SPACE, number_class, number_value
from mtkit.text.spans import SpanSet
from mtkit.types import Span

_CODE = r"(?<![A-Za-zÀ-ỹ])(?:{})(?![A-Za-zÀ-ỹ])"


def _code(*names: str) -> str:
    return _CODE.format("|".join(names))


_NO_DONG = "chí|bằng|thời|bào|hành|tình|thuận|bộ|ý|loạt|hồ|nghiệp|đội|bạc|tiền|xu|thau|đen"
"""After đồng: what makes another word of it, or of the number a count of coins."""
_NO_OBJECT = (
    r"\W*$|[.,;:)]| \(| (?:per|each|to|or|worth)\b"
    r"| an? (?:hour|day|night|week|month|year|person|head|kilo|kg|litre|share|piece|ticket)\b"
)
"""After a number and won: what makes money of it, where a verb would have an object."""
_NO_KIP = "trực|thợ|mổ|lái|xe|tàu|bay|máy|cấp cứu|kỹ thuật|vận hành|làm việc|nổ"
"""After kíp: what makes a shift or a detonator of it."""
_CURRENCIES: dict[str, dict[str, str]] = {
    "en": {
        "australian dollar": rf"(?<!\w)AU?\$|{_code('AUD')}|\bAustralian dollars?\b",
        "singapore dollar": rf"(?<!\w)S\$|{_code('SGD')}|\bSingapore(?:an)? dollars?\b",
        "dollar": rf"(?:US|C|HK|NZ)?\$|{_code('USD')}|\b(?:US )?dollars?\b",
        "euro": rf"€|{_code('EUR')}|\beuros?\b",
        "dong": rf"{_code('VND')}|₫|(?<=\d )dong\b|(?<=illion )dong\b",
        "yuan": rf"\byuan\b|{_code('RMB', 'CNY')}",
        "yen": rf"\byen\b|{_code('JPY')}|¥",
        "rouble": rf"\brou?bles?\b|{_code('RUB')}|₽",
        "pound": rf"£|{_code('GBP')}",
        "won": r"(?:(?<=\d )|(?<=illion ))(?:South )?Korean won\b|(?<=illion )won\b|(?<=thousand )won\b"
        rf"|(?<=,\d\d\d )won(?={_NO_OBJECT})|{_code('KRW')}|₩",
        "kip": rf"(?:(?<=\d )|(?<=illion )|(?<=sand ))(?:Lao )?kips?\b|{_code('LAK')}|₭",
        "riel": rf"\briels?\b|{_code('KHR')}|៛",
        "baht": rf"\bbahts?\b|{_code('THB')}|฿",
    },
    "vi": {
        "australian dollar": rf"{_code('AUD')}|A\$|\b[đĐ]ô[ -]la (?:Úc|Australia)\b",
        "singapore dollar": rf"{_code('SGD')}|(?<!\w)S\$|\b[đĐ]ô[ -]la (?:Singapore|Xin-?ga-?po)\b",
        "dollar": rf"{_code('USD')}|\b[đĐ]ô[ -]la(?: Mỹ)?\b|(?:US)?\$",
        "euro": rf"\b(?:euro|ơ-rô)\b|{_code('EUR')}|€",
        "dong": rf"(?<=[\dỷỉuệnà] )đồng(?! (?:{_NO_DONG})\b)\b|{_code('VND', 'VNĐ')}|₫|(?<=\d)đ(?!\w)",
        "yuan": rf"\bnhân dân tệ\b|{_code('CNY', 'NDT')}",
        "yen": rf"\byên Nhật\b|(?<=[\dnàuệỷỉ] )yên(?! (?:tâm|bình|ắng|tĩnh|ổn|xe|ngựa|lành|lòng|vị)\b)\b"
        rf"|{_code('JPY')}|¥",
        "rouble": rf"\brúp\b|{_code('RUB')}|₽",
        "pound": rf"\bbảng Anh\b|£|{_code('GBP')}",
        "won": rf"(?<=[\dnàuệỷỉ] )won\b|{_code('KRW')}|₩",
        "kip": rf"(?:(?<=\d\d\d )|(?<=[nàuệỷỉ] ))(?:kíp(?! (?:{_NO_KIP})\b)|kip)\b|{_code('LAK')}|₭",
        "riel": rf"\b(?:riels?|ri-ên)\b|{_code('KHR')}|៛",
        "baht": rf"\bbahts?\b|{_code('THB')}|฿",
    },
    "ru": {
        "australian dollar": rf"\bавстралийск\w+ доллар\w*|\bдоллар\w* Австралии\b|{_code('AUD')}|\bAU?\$",
        "singapore dollar": rf"\bсингапурск\w+ доллар\w*|\bдоллар\w* Сингапура\b|{_code('SGD')}|\bS\$",
        "dollar": rf"\bдоллар\w*|\$|{_code('USD')}|\bдолл\b",
        "euro": rf"\bевро\b|€|{_code('EUR')}",
        "dong": rf"\bдонг\w*|{_code('VND')}|₫",
        "yuan": rf"\bюан\w*|{_code('CNY', 'RMB')}",
        "yen": rf"\bй?иен(?:а|ы|е|у|ой|ам|ами|ах)?\b|\bйен\w*|{_code('JPY')}|¥",
        "rouble": rf"\bрубл\w*|\bруб\b|₽|{_code('RUB')}",
        "pound": rf"\bфунт\w*|£|{_code('GBP')}",
        "won": rf"(?<=[\dндч.] )вон(?:а|ы|е|у|ой|ам|ами|ах)?\b|{_code('KRW')}|₩",
        "kip": rf"(?<=[\dндч.х] )кип(?:а|ы|е|у|ов|ам|ами|ах)?\b|{_code('LAK')}|₭",
        "riel": rf"\bриел(?:ь|[яюе]|ей|ям|ями|ях)\b|{_code('KHR')}|៛",
        "baht": rf"(?<=[\dндч.х] )бат(?:а|ы|е|у|ов|ам|ами|ах)?\b|{_code('THB')}|฿",
    },
}
_PLURALS = {
    **{"dollar": "долларов", "euro": "евро", "dong": "донгов", "yuan": "юаней", "yen": "иен"},
    **{"rouble": "рублей", "pound": "фунтов", "won": "вон", "kip": "кипов", "riel": "риелей"},
    **{"baht": "батов", "australian dollar": "австралийских долларов"},
    **{"singapore dollar": "сингапурских долларов"},
}
"""After млн, and after a number that a genitive plural follows."""
_OF_THE_USA = re.compile(r"US|Mỹ")
LEAST_DONG = 1000
"""What is less may be coins, or medals of bronze (81 bạc, 110 đồng)."""
_DATIVE = re.compile(r"(?<!\w)(?:к|о|об|при|между|над|перед) $", re.IGNORECASE)
_NOTHING_COUNTED = re.compile(
    r"\W*$|[).,;:!?»](?!\d)|[ \u00a0][–—(]"
    r"|[ \u00a0](?:в|во|на|для|от|из|за|до|по|к|с|со|и|или|а|что|при|у|под)(?!\w)"
)
_WRONG = re.compile(
    rf"[ \u00a0](?P<other>долларов США|{'|'.join(_PLURALS.values())}|[A-Z]{{3}}|°C|ЕС|ГБП|ИПИ|ЛАК|ТХБ"
    r"|риел|рельсов|кг)(?!\w)"
)
"""What stands after the number of an amount in place of its currency."""
_FORMS = {
    **{"юань": "юаней", "юаня": "юаней", "иена": "иен", "иены": "иен", "доллар": "долларов"},
    **{"доллара": "долларов", "донг": "донгов", "донга": "донгов", "рубль": "рублей", "рубля": "рублей"},
    **{"фунт": "фунтов", "фунта": "фунтов", "вона": "вон", "воны": "вон", "кип": "кипов", "кипа": "кипов"},
    **{"риель": "риелей", "риеля": "риелей", "бат": "батов", "бата": "батов", "LAK": "кипов"},
    **{"KHR": "риелей", "THB": "батов", "AUD": "австралийских долларов", "SGD": "сингапурских долларов"},
    **{"JPY": "иен", "CNY": "юаней", "RMB": "юаней", "KRW": "вон", "EUR": "евро"},
}
_FORM_AFTER_MILLION = re.compile(
    rf"(?:тыс\.|(?<!\w)(?:тысяч|млн|млрд|трлн|(?:миллион|миллиард|триллион)(?:а|ов)?))[ \u00a0]"
    rf"(?P<form>{'|'.join(_FORMS)})(?!\w)"
)


def _any_of(lang: str) -> str:
    """A pattern of all currencies; the name of the group is the number of the table's row."""
    return "|".join(f"(?P<u{row}>{each})" for row, each in enumerate(_CURRENCIES[lang].values()))


_ANY = {lang: re.compile(_any_of(lang)) for lang in _CURRENCIES}
NUMBER = r"(?P<number>(?<![\d.,])\d[\d.,]*\d|(?<![\d.,])\d)"
MULTIPLIER = {
    "en": r"(?P<multiplier>(?: (?:thousand|million|billion|trillion)(?!\w)"
    r"|(?: ?(?:ml?n|m|bl?n|tn)|[MB]n?|Tn|[kK])(?!\w|&|-[^\W\d]))?)",
    "vi": r"(?P<multiplier>(?: (?:nghìn|ngàn|triệu|tỷ|tỉ)(?!\w))*)",
}
_ABBREVIATED = {"k": "thousand", "m": "million", "b": "billion", "t": "trillion"}
"""The multiplier that an English abbreviation stands for, by its first letter."""
_LONGEST_ABBREVIATION = 3
_AMOUNTS = {
    lang: (
        re.compile(rf"(?P<before>{_any_of(lang)}) ?{NUMBER}{multiplier}"),
        re.compile(rf"{NUMBER}{multiplier} ?(?P<after>{_any_of(lang)})"),
    )
    for lang, multiplier in MULTIPLIER.items()
}
_RUSSIAN_NUMBER = re.compile(
    r"(?<![\w.,])(?<!\d )(?P<number>\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?P<multiplier>(?: "
    r"(?:тыс\.|тысяч[аи]?|млн|млрд|трлн|(?:миллион|миллиард|триллион)(?:а|ов)?))?)(?![\w,]\d|\w)"
)
_POWERS = (
    *(("nghìn", 3), ("ngàn", 3), ("thousand", 3), ("тыс", 3), ("triệu", 6), ("million", 6), ("миллион", 6)),
    *(("млн", 6), ("tỷ", 9), ("tỉ", 9), ("billion", 9), ("миллиард", 9), ("млрд", 9), ("trillion", 12)),
    *(("триллион", 12), ("трлн", 12)),
)
_SIGNS_AND_CODES = (
    *(*"$€£¥₫₽₩₭៛฿", "USD", "EUR", "VN", "JPY", "CNY", "RMB", "NDT", "GBP", "KRW", "RUB", "LAK", "KHR"),
    *("THB", "AUD", "SGD"),
)
_OF_MONEY = {
    "en": (*_SIGNS_AND_CODES, "ollar", "euro", "yen", "yuan", "uble", " dong", " won", "kip", "riel", "baht"),
    "vi": (
        *(*_SIGNS_AND_CODES, "ô la", "ô-la", "uro", "ơ-rô", " yên", "tệ", "rúp", "bảng", " đồng", "0đ", "5đ"),
        *(" won", " kíp", " kip", "riel", "ri-ên", "baht"),
    ),
    "ru": (
        *(*_SIGNS_AND_CODES, "долл", "донг", "евро", "юан", "иен", "йен", "руб", "фунт", " вон"),
        *(" кип", "риел", " бат"),
    ),
}
"""What a text that names a currency has."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in digits with the currency beside it; `value` is what it comes to, multipliers and all.

    `number` is where the number stands without its multiplier, `multiplier` where that does, empty where it
    has none, `money` where the currency does, before it or after it.
    """

    span: Span
    value: Decimal
    currency: str
    number: Span
    multiplier: Span
    money: Span


@lru_cache(maxsize=64)
def currencies(text: str, lang: str) -> Mapping[str, Span]:
    """Currencies by name, and where each stands first; `lang` is vi, en or ru."""
    found: dict[str, Span] = {}
    text = text.replace(NO_BREAK_SPACE, " ")
    if any(map(text.__contains__, _OF_MONEY[lang])):
        for match in _ANY[lang].finditer(text):
            found.setdefault(_currency(match, lang), Span(*match.span()))
    return found


def target_currencies(source: str, src_lang: str, target: str) -> Mapping[str, Span]:
    """Currencies of a Russian target; those of Australia and Singapore are dollars, too, where its source has
    just dollars, none of the USA."""
    there = currencies(target, "ru")
    wanted = currencies(source, src_lang).get("dollar")
    if wanted is None or _OF_THE_USA.search(wanted.of(source)) or "dollar" in there:
        return there
    others = [span for name, span in there.items() if name.endswith(" dollar")]
    return {**there, "dollar": others[0]} if others else there


@lru_cache(maxsize=64)
def find_amounts(text: str, lang: str) -> tuple[Amount, ...]:
    """Numbers in digits with a currency beside them, in order; `lang` is vi or en."""
    if not currencies(text, lang):
        return ()
    text = text.replace(NO_BREAK_SPACE, " ")
    found: list[Amount] = []
    taken = SpanSet()
    for pattern, side in zip(_AMOUNTS[lang], ("before", "after"), strict=True):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if taken.take(span):
                value = _value(number_value(match["number"], lang), match["multiplier"])
                found.append(
                    Amount(
                        span,
                        value,
                        _currency(match, lang),
                        Span(*match.span("number")),
                        Span(*match.span("multiplier")),
                        Span(*match.span(side)),
                    )
                )
    return tuple(sorted(found, key=lambda amount: amount.span))


def _currency(match: re.Match[str], lang: str) -> str:
    rows = enumerate(_CURRENCIES[lang])
    return next(name for row, name in rows if match[f"u{row}"] is not None)


def in_full(multiplier: str) -> str:
    """A multiplier of an amount in words, a blank before them, also where it is an abbreviation (bn)."""
    written = multiplier.strip()
    abbreviated = written.isascii() and 0 < len(written) <= _LONGEST_ABBREVIATION
    return f" {_ABBREVIATED[written[0].lower()]}" if abbreviated else multiplier


def _value(number: str, multiplier: str) -> Decimal:
    words = in_full(multiplier).split()
    power = sum(next(power for stem, power in _POWERS if word.startswith(stem)) for word in words)
    return Decimal(number).scaleb(power)


@lru_cache(maxsize=64)
def lost_currencies(source: str, src_lang: str, target: str) -> tuple[tuple[Amount, Span], ...]:
    """Amounts of the source whose number stands in the Russian target, which names their currency nowhere.

    Each with the place of that number and its multiplier; a number that either side has several times is
    left out.
    """
    missing = currencies(source, src_lang).keys() - target_currencies(source, src_lang, target).keys()
    wanted = [
        each
        for each in (find_amounts(source, src_lang) if missing else ())
        if each.currency in missing and (each.currency != "dong" or each.value >= LEAST_DONG)
    ]
    if not wanted:
        return ()
    places: dict[Decimal, list[Span]] = {}
    for match in _RUSSIAN_NUMBER.finditer(target.replace(NO_BREAK_SPACE, " ")):
        value = _value(number_value(match["number"], "ru"), match["multiplier"])
        places.setdefault(value, []).append(Span(*match.span()))
    return tuple(
        (amount, places[amount.value][0])
        for amount in wanted
        if len(places.get(amount.value, ())) == 1 and source.count(amount.number.of(source)) == 1
    )


def russian_name(amount: Amount, text: str, number: str) -> str:
    """The Russian name of an amount's currency after `number` («3,5 млрд»); "" where its form is not sure.

    Of an amount in dollars `text` says whether they are those of the USA.
    """
    name = _PLURALS[amount.currency]
    if amount.currency == "dollar" and _OF_THE_USA.search(amount.money.of(text)):
        name += " США"
    has_multiplier = number[-1].isalpha() or number.endswith(".")
    plain = number_value(number, "ru") if not has_multiplier else ""
    if has_multiplier or amount.currency == "euro" or number_class(plain) == "many":
        return name
    return ""


def mend_money(source: str, src_lang: str, target: str) -> str:
    """A Russian target in which amounts have the currency of their source, where it alone went wrong.

    A lost name is added where nothing that is counted follows the number; one in its place is replaced where
    the source has no such currency.
    """
    edits = []
    for amount, span in lost_currencies(source, src_lang, target):
        number = span.of(target)
        name = russian_name(amount, source, number)
        if not name or (number[-1].isdigit() and _DATIVE.search(target, 0, span.start)):
            continue
        wrong = _WRONG.match(target, span.end)
        if wrong and not currencies(wrong[0], "ru").keys() & currencies(source, src_lang).keys():
            edits.append(Edit(span=Span(*wrong.span("other")), text=name))
        elif not wrong and _NOTHING_COUNTED.match(target, span.end):
            edits.append(Edit(span=Span(span.end, span.end), text=f" {name}"))
    if src_lang in _AMOUNTS:
        edits += _mended_forms(target)
    return apply_edits(target, edits).text


def _mended_forms(target: str) -> Iterator[Edit]:
    """The genitive plural in place of other forms after млн, and in place of codes."""
    for match in _FORM_AFTER_MILLION.finditer(target):
        yield Edit(span=Span(*match.span("form")), text=_FORMS[match["form"]])
