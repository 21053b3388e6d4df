"""Faults that show in the Russian alone: names, consistency within a document, punctuation, typography."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache

from mtkit.names.declension import declined
from mtkit.names.find import find_names
from mtkit.termbase.forms import russian_terms
from mtkit.text.morphology import fold_yo, lemmas
from mtkit.types import Status
from tests.checks.corruptions import (
    Corrupted,
    Fault,
    Pair,
    choose,
    kind,
    one,
    put,
    termbase_context,
    twice,
)

_SPELLINGS = (
    *(("зя", "жя"), ("Зя", "Зья"), ("Зы", "Жы"), ("зы", "жы"), ("Куанг", "Кванг"), ("Куок", "Квок")),
    *(("Куен", "Квен"), ("Куи", "Кви"), ("Тхи", "Ти"), ("Чан", "Тран"), ("Ле", "Ли"), ("Нгуен", "Нгуйен")),
    *(("Фам", "Пхам"), ("Хоанг", "Хуанг"), ("Ву", "Вю"), ("Буй", "Бюи"), ("Динь", "Дин")),
    *(("Минь", "Мин"), ("Тхань", "Тань"), ("Ань", "Ан"), ("инь", "ин"), ("ань", "ан"), ("ием", "им")),
    *(("ыонг", "уонг"), ("ыу", "у"), ("уан", "оан"), ("оан", "уан"), ("ьен", "иен"), ("ха", "га")),
    *(("нг", "н"), ("ю", "у"), ("ай", "ей"), ("эй", "ей"), ("к", "т"), ("ш", "с"), ("з", "д")),
)
_TRANSCRIPTION = (
    ("зя", "жа"),
    ("зы", "жы"),
    ("ку", "кв"),
    ("зюи", "зуй"),
    ("ьы", "ы"),
    ("ти", "тьи"),
    ("й", "и"),
)


@kind()
def name(pair: Pair, rng: random.Random) -> Fault:
    """Letters of a name as another system of transcription, or an ear, would have them, or Latin letters."""
    names = [
        found
        for found in find_names(pair.source, pair.lang)
        if found.russian in pair.target and len(found.russian) > 5
        if found.kind == "place" or " " in found.russian
    ]
    if not names:
        return None
    found = rng.choice(names)
    wrong = [found.russian.replace(old, new, 1) for old, new in _SPELLINGS if old in found.russian]
    if found.text.isascii():
        wrong.append(found.text)
    return one(pair, pair.target.replace(found.russian, rng.choice(wrong), 1)) if wrong else None


_SURNAMES = ["Нгуен", "Чан", "Ле", "Фам", "Хоанг", "Зыонг", "Буй", "До", "Динь", "Нго", "Зянг", "Куать"]
_MIDDLE = ["Ван", "Куанг", "Зя", "Куок", "Динь", "Тхань", "Ти", "Зюи", "Минь", "Хыу"]
_GIVEN = ["Зянг", "Куен", "Куанг", "Кхой", "Зунг", "Туи", "Хай", "Зюи", "Тинь", "Зыонг", "Куи", "Куок"]


@kind()
def name_consistency(pair: Pair, rng: random.Random) -> Fault:
    """A person's name spelt as another system has it in a second mention."""
    given = f"{rng.choice(_SURNAMES)} {rng.choice(_MIDDLE)} {rng.choice(_GIVEN)}"
    pair = replace(pair, target=f"{pair.target} Выступил {given}.")
    wrong = [
        " ".join(part.capitalize() for part in given.lower().replace(old, new, 1).split())
        for old, new in _TRANSCRIPTION
        if old in given.lower()
    ]
    return twice(pair, pair.target.replace(given, rng.choice(wrong))) if wrong else None


_TITLES = {
    "ins": ["с премьер-министром Вьетнама", "с заместителем министра культуры, спорта и туризма"],
    "gen": ["от имени председателя Народного комитета провинции Куангчи", "для писателя"],
    "dat": ["к товарищу", "благодаря послу Вьетнама в Японии"],
}


@kind(recall=90)
def name_case(pair: Pair, rng: random.Random) -> Fault:
    """A man's name beside a title in another case."""
    case, titles = rng.choice(list(_TITLES.items()))
    name = f"{rng.choice(_SURNAMES)} Ван {rng.choice(['Хынг', 'Лонг', 'Хай', 'Тань'])}"
    forms, title = declined(name), rng.choice(titles)
    wrong = forms[rng.choice([each for each in ("nom", "gen", "ins") if each != case])]
    good = f"{pair.target} Делегация выступила {title} {forms[case]}."
    return one(pair, f"{pair.target} Делегация выступила {title} {wrong}.", good)


@kind(langs=("vi",))
def term_consistency(pair: Pair, rng: random.Random) -> Fault:
    """Another admitted rendering of a term in its second mention."""
    term = rng.choice(_rivals())
    pair = replace(pair, source=f"{pair.source} ({term[0]})", target=f"{pair.target} ({term[1]})")
    return twice(pair, pair.target.removesuffix(f"({term[1]})") + f"({term[2]})")


@cache
def _rivals() -> list[tuple[str, str, str]]:
    """A Vietnamese term, its preferred rendering, and an admitted one that is no short form of it."""
    matcher = termbase_context().matchers["vi"]
    found = []
    for concept in matcher.termbase.concepts:
        source = next((term.text for term in concept.in_lang("vi", Status.PREFERRED)), "")
        matches = matcher.find(source)
        if len(matches) != 1 or matches[0].concept.id != concept.id:
            continue
        preferred, *others = [term.text for term in russian_terms(concept)] or [""]
        found += [
            (source, preferred, other)
            for other in others
            if not _short(other, preferred) and not _short(preferred, other)
        ]
    return found


def _short(text: str, longer: str) -> bool:
    """A short form, an abbreviation or one common word: no inconsistency."""
    words = [fold_yo(word.lower())[:4] for word in re.findall(r"\w{4,}", text)]
    others = {fold_yo(word.lower())[:4] for word in re.findall(r"\w{4,}", longer)}
    common = " " not in text and text.islower()
    return common or bool(re.search(r"[А-ЯЁ]{2}", text)) or set(words) <= others


@kind()
def capital_consistency(pair: Pair, rng: random.Random) -> Fault:
    """The noun of a name with a capital, or the adjective without its own."""
    found = choose(
        rng, r"(?<=[а-я,] )([А-Я])[а-яё]+(?:ого|ому|ым|ом|ой|ую|ая|ый) ([а-я])[а-яё]{3,}", pair.target
    )
    if found is None:
        return None
    group = rng.choice([1, 2])
    return twice(pair, put(pair.target, found.span(group), found.group(group).swapcase()))


_ORGANS = [
    *("Комиссия", "Комитет", "Министерство", "Департамент", "Отдел", "Управление", "Агентство"),
    *("Институт", "Центр", "Фонд"),
]
_FIELDS = [
    *("пропаганде", "мобилизации", "культуре", "туризму", "спорту", "образованию", "науке"),
    *("здравоохранению", "транспорту", "энергетике", "торговле", "промышленности", "строительству"),
    *("связи", "печати", "экологии", "архивам"),
]
_ADJECTIVES = [
    *("пропагандистской", "воспитательной", "культурной", "научной", "технической", "общественной"),
    *("идейной", "организационной"),
]


@kind()
def wording_consistency(pair: Pair, rng: random.Random) -> Fault:
    """The second half of an organ's name, or an adjective in the same place, in another wording."""
    if rng.random() < 0.5:
        organ = rng.choice(_ORGANS)
        one_field, second, other = rng.sample(_FIELDS, 3)
        texts = [f"Этим занимается {organ} по {one_field} и {each}." for each in (second, second, other)]
    else:
        first, second = rng.sample(_ADJECTIVES, 2)
        wordings = (second, f"{rng.choice(['массовой', 'широкой'])} {second}", f"массово-{second}")
        usual, other = rng.sample(wordings, 2)
        texts = [f"Речь идёт о {first} и {each} работе." for each in (usual, usual, other)]
    segments = tuple(Pair(pair.source, text, pair.lang).segment(n) for n, text in enumerate(texts, 1))
    return Corrupted(segments, (texts[0],) * 3, tuple(texts))


_KINDS_OF_DOCUMENT = {
    "NQ/TW": "резолюция",
    "CT/TW": "директива",
    "KL/TW": "заключение",
    "NĐ-CP": "постановление",
    "QĐ-TTg": "решение",
    "CT-TTg": "директива",
    "TT-BTC": "циркуляр",
}


@kind()
def document_kind(pair: Pair, rng: random.Random) -> Fault:
    """Another kind of document before a code."""
    suffix, right = rng.choice(list(_KINDS_OF_DOCUMENT.items()))
    wrong = rng.choice([each for each in _KINDS_OF_DOCUMENT.values() if each != right])
    code = f"{rng.randint(2, 99)}-{suffix}" if "/" in suffix else f"{rng.randint(2, 99)}/2024/{suffix}"
    good, bad = (f"{pair.target} Принята {each} № {code}." for each in (right, wrong))
    return one(pair, bad, good)


@kind("length-ratio", "omission")
def length_ratio(pair: Pair, rng: random.Random) -> Fault:
    """The first third of the target, or the target and another half of it again in other words."""
    if len(pair.source) < 60:
        return None
    words = pair.target.split()
    if rng.random() < 0.5:
        return one(pair, " ".join(words[: max(2, len(words) // 3)]))
    return one(pair, f"{pair.target} Как сообщается, {' '.join(reversed(words))}")


@kind()
def paired_marks(pair: Pair, rng: random.Random) -> Fault:
    """One bracket or quotation mark left out."""
    found = choose(rng, r"(?<![\w-])[а-яё]{4,}(?: [а-яё]{4,})?(?![\w-])", pair.target)
    if found is None:
        return None
    opening, closing = rng.choice([("(", ")"), ("«", "»"), ("[", "]")])
    good = put(pair.target, found.span(), f"{opening}{found.group()}{closing}")
    gone = found.start() if rng.random() < 0.5 else found.end() + 1
    return one(pair, put(good, (gone, gone + 1), ""), good)


@kind()
def end_punctuation(pair: Pair, rng: random.Random) -> Fault:
    """The mark at the end left out, added or turned into a full stop."""
    if pair.target[-1] == "?":
        return one(pair, pair.target[:-1] + rng.choice([".", ""]))
    if pair.target[-1] == ".":
        return one(pair, pair.target[:-1])
    return one(pair, f"{pair.target}.") if pair.target[-1].isalpha() and pair.source[-1].isalpha() else None


@kind("latin", "mixed-letters")
def latin(pair: Pair, rng: random.Random) -> Fault:
    """An English word in small letters in place of a Russian one, or a Latin letter in a Russian word."""
    found = choose(rng, r"(?<![\w-])[а-яё]{4,}(?![\w-])", pair.target)
    if found is None:
        return None
    word = found.group()
    mixed = word.translate(str.maketrans("аеос", "aeoc"))
    new = rng.choice(["committee", "work", "meeting", mixed])
    return one(pair, put(pair.target, found.span(), new)) if re.search("[a-z]", new) else None


@kind()
def quotes(pair: Pair, rng: random.Random) -> Fault:
    good = pair.target if "«" in pair.target else f"{pair.target} Вышла газета «Новый день»."
    opening, closing = rng.choice([('"', '"'), ("“", "”")])
    return one(pair, good.replace("«", opening).replace("»", closing), good)


@kind()
def dash(pair: Pair, rng: random.Random) -> Fault:
    return one(pair, pair.target.replace("\u00a0— ", rng.choice([" - ", " – ", " — "])))


@kind()
def number_sign(pair: Pair, rng: random.Random) -> Fault:
    good = f"{pair.target} (№\u00a0{rng.randint(2, 400)})"
    return one(pair, good.replace("№\u00a0", rng.choice(["№", "№ "])), good)


@kind()
def double_space(pair: Pair, rng: random.Random) -> Fault:
    found = choose(rng, r"(?<=\w) (?=\w)", pair.target)
    return one(pair, put(pair.target, found.span(), "  ")) if found else None


@kind()
def space_before_punctuation(pair: Pair, rng: random.Random) -> Fault:
    found = choose(rng, r"(?<=[а-яё])(?=[,.;:!?](?:\s|$))", pair.target)
    return one(pair, put(pair.target, found.span(), " ")) if found else None


@kind()
def digit_groups(pair: Pair, rng: random.Random) -> Fault:
    number = f"{rng.randint(12, 989)}\u00a0{rng.randint(100, 999)}"
    good = f"{pair.target} Получено {number} тонн."
    return one(pair, good.replace(number, number.replace("\u00a0", rng.choice([" ", ""]))), good)


@kind()
def decimal_comma(pair: Pair, rng: random.Random) -> Fault:
    found = choose(rng, r"(?<=\d),(?=\d+(?:%|\u00a0?\s?(?:млн|млрд|трлн|тыс|га|км|кг|процент)))", pair.target)
    good = pair.target
    if found is None:
        good = f"{pair.target} Рост составил {rng.randint(2, 40)},{rng.randint(1, 9)}%."
        found = re.search(r"(?<=\d),(?=\d%\.$)", good)
    return one(pair, put(good, found.span(), "."), good) if found else None


@kind()
def hyphen_space(pair: Pair, rng: random.Random) -> Fault:
    found = choose(
        rng,
        r"(?<=[а-я][ое])-(?=[а-яё]{4,}(?:[ыи]й|[ая]я|[ое]е|[ыи]е|ого|ому|[ыи]м|[ое]м|[оеу]й|[ую]ю|[ыи]х))",
        pair.target,
    )
    good = pair.target
    if found is None:
        good = f"{pair.target} Обсуждено общественно-политическое значение."
        found = re.search(r"(?<=общественно)-(?=политическое)", good)
    return one(pair, put(good, found.span(), rng.choice([" -", "- "])), good) if found else None


@kind()
def yo(pair: Pair, rng: random.Random) -> Fault:
    """е for ё in a word that can be read in no other way, beside a word that keeps its ё."""
    words = [
        found
        for found in re.finditer(r"[А-Яа-яё]*ё[а-яё]*", pair.target)
        if len(lemmas(fold_yo(found.group()))) == 1 and len(found.group()) > 3
    ]
    if not words:
        pair = replace(
            pair, target=f"{pair.target} Объём {rng.choice(['учтён', 'всё растёт', 'определён'])}."
        )
        return yo(pair, rng)
    found = rng.choice(words)
    return twice(pair, put(pair.target, found.span(), fold_yo(found.group())))


@kind()
def foreign_title(pair: Pair, rng: random.Random) -> Fault:
    """A title or body of Viet Nam with another country behind it."""
    title = rng.choice(["Премьер-министр Вьетнама", "Политбюро ЦК КПВ", "Вице-президент Вьетнама"])
    country = rng.choice(["Индии", "Китая", "Лаоса", "Российской Федерации", "Коммунистической партии Кубы"])
    good = replace(pair, target=f"{pair.target} Выступил {title}.")
    return one(good, f"{pair.target} Выступил {title} {country}.")
