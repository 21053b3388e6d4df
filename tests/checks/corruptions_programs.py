"""Faults in what programs read, in the layout of a segment, in amounts, letters and repeated sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from tests.checks.corruptions import KINDS, Corrupted, CorruptionKind, Fault, Pair, choose, kind, one, put


def _kept(*samples: str, change: Callable[[str], str]) -> Callable[[Pair, random.Random], Fault]:
    """Something that has to stay, changed, left out or written twice."""

    def plant(pair: Pair, rng: random.Random) -> Fault:
        sample = rng.choice(samples)
        source, good = f"{pair.source} ({sample} )", f"{pair.target} ({sample} )"
        bad = good.replace(sample, rng.choice([change(sample), "", f"{sample} {sample}"]))
        return one(replace(pair, source=source), bad, good)

    return plant


_KEPT = {
    "entity": (("&nbsp;", "&#160;", "&amp;", "&mdash;"), lambda text: text.replace(";", "")),
    "placeholder": (
        ("{name}", "{0}", "%s", "%(count)d", "${user}", "{{title}}", "%1$s"),
        lambda text: "{имя}" if "{" in text else "%",
    ),
    "escape": (("\\n", "\\t", "\\u00a0"), lambda text: text.replace("\\", "/")),
    "command-option": (("--help", "-v", "--no-cache", "-o"), lambda text: text.replace("-", "—")),
    "function-name": (("print()", "str.join()", "getName()"), lambda text: f"печать{text[-2:]}"),
    "file-path": (
        ("/etc/hosts", "~/notes/plan.txt", "C:\\Temp\\log", "report.docx", "/home/lan/"),
        lambda text: text.replace("o", "о").replace("t", "т"),
    ),
    "handle": (("@vietnamplus", "@lamson_news"), lambda text: text.replace("@", "") + "а"),
}
for _name, (_samples, _change) in _KEPT.items():
    KINDS[_name] = CorruptionKind(_kept(*_samples, change=_change), frozenset({_name}), 95)


@kind()
def accelerator(pair: Pair, rng: random.Random) -> Fault:
    """The mark of a key left out, or a second one set."""
    mark, word = rng.choice("&_"), rng.choice(pair.target.split())
    if not word[:1].isalpha() or pair.target.count(word) > 1:
        return None
    source, good = mark + pair.source, pair.target.replace(word, mark + word)
    bad = rng.choice([pair.target, f"{good} {mark}Ещё"])
    return one(replace(pair, source=source), bad, good)


@kind()
def capitals(pair: Pair, rng: random.Random) -> Fault:
    """Four words or more in capitals."""
    found = choose(rng, r"[а-яё]{4,}(?: [а-яё]+){1,3} [а-яё]{4,}(?![\w-])", pair.target)
    has_capitals = any(len(word) > 3 and word.isupper() for word in re.findall(r"\w+", pair.source))
    return one(pair, put(pair.target, found.span(), found[0].upper())) if found and not has_capitals else None


_AMOUNTS = {
    "vi": (("{} km", "{} км"), ("{} kg", "{} кг"), ("{} tấn", "{} тонн"), ("{} ha", "{} га"), ("{}%", "{}%")),
    "en": (("{} km", "{} км"), ("{} kg", "{} кг"), ("{} tonnes", "{} т"), ("{} ha", "{} га"), ("{}%", "{}%")),
}


@kind(recall=95)
def unit(pair: Pair, rng: random.Random) -> Fault:
    """Another unit of measure."""
    source, target = rng.choice(_AMOUNTS[pair.lang])
    number = rng.randint(102, 997)
    other = rng.choice([each for _, each in _AMOUNTS[pair.lang] if each != target])
    pair = replace(pair, source=f"{pair.source} ({source.format(number)})")
    good, bad = (f"{pair.target} ({each.format(number)})" for each in (target, other))
    return one(pair, bad, good)


_MONEY = {
    "vi": (
        *(("{} triệu USD", "долларов"), ("{} tỷ đồng", "донгов"), ("{} triệu euro", "евро")),
        ("{} tỷ kíp", "кипов"),
    ),
    "en": (
        *(("${} million", "долларов"), ("{} billion dong", "донгов"), ("€{} million", "евро")),
        ("{} billion kip", "кипов"),
    ),
}


@kind(recall=95)
def currency(pair: Pair, rng: random.Random) -> Fault:
    """Another currency."""
    source, target = rng.choice(_MONEY[pair.lang])
    if re.search(r"доллар|донг|евро|кип", pair.target):
        return None
    number, size = rng.randint(2, 99), "млрд" if "tỷ" in source or "billion" in source else "млн"
    other = rng.choice(["рублей", *(each for _, each in _MONEY[pair.lang] if each != target)])
    pair = replace(pair, source=f"{pair.source} ({source.format(number)})")
    good, bad = (f"{pair.target} ({number} {size} {each})" for each in (target, other))
    return one(pair, bad, good)


@kind(recall=95)
def time(pair: Pair, rng: random.Random) -> Fault:
    """Another hour, as if afternoon were morning, or an hour off."""
    hour, minute = rng.randint(13, 22), rng.choice([0, 15, 30, 45])
    source = f"{hour - 12} giờ {minute} phút tối" if pair.lang == "vi" else f"{hour - 12}:{minute:02} p.m."
    if pair.lang == "vi" and hour < 17:
        source = f"{hour - 12} giờ {minute} phút chiều"
    if re.search(r"\d:\d\d|час|утра|вечера|дня|ночи", pair.target):
        return None
    other = rng.choice([hour - 12, hour - 1, hour + 1, hour - 10])
    pair = replace(pair, source=f"{pair.source} ({source})")
    return one(pair, f"{pair.target} ({other}:{minute:02})", f"{pair.target} ({hour}:{minute:02})")


_COUNTRIES = {
    **{"Nga": "Россия", "Trung Quốc": "Китай", "Hoa Kỳ": "США", "Lào": "Лаос", "Pháp": "Франция"},
    **{"Russia": "Россия", "China": "Китай", "USA": "США", "Laos": "Лаос", "France": "Франция"},
}
_WEEKDAYS = {
    **{"thứ Hai": "понедельник", "thứ Năm": "четверг", "thứ Bảy": "суббота", "Chủ nhật": "воскресенье"},
    **{"Monday": "понедельник", "Thursday": "четверг", "Saturday": "суббота", "Sunday": "воскресенье"},
}


def _exchanged(words: dict[str, str]) -> Callable[[Pair, random.Random], Fault]:
    """Another of the words than the one that was added to a pair that has none of them."""

    def plant(pair: Pair, rng: random.Random) -> Fault:
        of_lang = list(words.items())[:: 1 if pair.lang == "vi" else -1][: len(words) // 2]
        source, target = rng.choice(of_lang)
        other = rng.choice([each for _, each in of_lang if each != target])
        if re.search("|".join(each[:4] for each in words.values()), pair.target, re.IGNORECASE):
            return None
        pair = replace(pair, source=f"{pair.source} ({source})")
        return one(pair, f"{pair.target} ({other})", f"{pair.target} ({target})")

    return plant


KINDS["country"] = CorruptionKind(_exchanged(_COUNTRIES), frozenset({"country"}), 95)
KINDS["weekday"] = CorruptionKind(_exchanged(_WEEKDAYS), frozenset({"weekday"}), 95)


@kind()
def edge_space(pair: Pair, rng: random.Random) -> Fault:
    """A space at the beginning or the end added or left out."""
    space = rng.choice([" ", "  ", "\n"])
    if rng.random() < 0.5:
        return one(pair, rng.choice([space + pair.target, pair.target + space]))
    return one(replace(pair, source=pair.source + space), pair.target, pair.target + space)


@kind()
def line_breaks(pair: Pair, rng: random.Random) -> Fault:
    """A line break or a tab between two words lost, added or turned into a space."""
    mark = rng.choice("\n\t")
    found = choose(rng, r"(?<=\w) (?=\w)", pair.target)
    if found is None:
        return None
    broken = put(pair.target, found.span(), mark)
    if rng.random() < 0.5:
        return one(pair, broken)
    source = pair.source.replace(" ", mark, 1)
    return one(replace(pair, source=source), pair.target, broken) if source != pair.source else None


@kind()
def list_marker(pair: Pair, rng: random.Random) -> Fault:
    """The mark of an item left out, added, or another number."""
    source, good, bad = rng.choice(
        [("- ", "— ", ""), ("• ", "• ", ""), ("2. ", "2. ", "3. "), ("b) ", "б) ", ""), ("", "", "3. ")]
    )
    return one(replace(pair, source=source + pair.source), bad + pair.target, good + pair.target)


@kind()
def start_capital(pair: Pair, rng: random.Random) -> Fault:
    if not ("А" <= pair.target[0] <= "Я" and pair.source[0].isupper()):
        return None
    return one(pair, pair.target[0].lower() + pair.target[1:])


@kind()
def parenthesis(pair: Pair, rng: random.Random) -> Fault:
    """What stands in parentheses left out."""
    if "(" in pair.target:
        return None
    source = f"{pair.source} ({rng.choice(['photo', 'ảnh', 'VNA', 'right'])})"
    return one(replace(pair, source=source), pair.target, f"{pair.target} ({rng.choice(['фото', 'справа'])})")


@kind()
def quotation(pair: Pair, rng: random.Random) -> Fault:
    """Quotation marks left out."""
    opening, closing = rng.choice([('"', '"'), ("“", "”")])
    word = pair.source.split()[0]
    if re.search('[«"“]', pair.target + pair.source) or len(word) < 2:
        return None
    source = pair.source.replace(word, f"{opening}{word}{closing}", 1)
    first, _, rest = pair.target.partition(" ")
    return one(replace(pair, source=source), pair.target, f"«{first}» {rest}")


@kind()
def repeated_punctuation(pair: Pair, rng: random.Random) -> Fault:
    found = choose(rng, r"(?<=[а-яё])[,.](?=\s|$)", pair.target)
    if found is None:
        return None
    new = rng.choice([found[0] * 2, ",,", ";,"] if found[0] == "," else [".."])
    return one(pair, put(pair.target, found.span(), new))


@kind()
def space_after_punctuation(pair: Pair, rng: random.Random) -> Fault:
    found = choose(rng, r"(?<=[а-яё][,;:]) (?=[а-яё])", pair.target)
    return one(pair, put(pair.target, found.span(), "")) if found else None


@kind()
def invisible_characters(pair: Pair, rng: random.Random) -> Fault:
    place = rng.randrange(1, len(pair.target))
    return one(pair, put(pair.target, (place, place), rng.choice("\u00ad\u200b\u200e\ufeff\ufffd\x07\x94")))


@kind(recall=95)
def foreign_script(pair: Pair, rng: random.Random) -> Fault:
    """A word of another script in place of a Russian one."""
    found = choose(rng, r"(?<![\w-])[а-яё]{4,}(?![\w-])", pair.target)
    words = ("工作", "会议", "โรงเรียน", "مدينة", "עיר", "仕事")
    return one(pair, put(pair.target, found.span(), rng.choice(words))) if found else None


@kind(recall=95)
def mixed_letters(pair: Pair, rng: random.Random) -> Fault:
    """A Latin letter that looks the same in a Russian word."""
    found = choose(rng, r"(?<![\w-])[а-яё]*[аеосрху][а-яё]*(?![\w-])", pair.target)
    if found is None or len(found[0]) < 3:
        return None
    letter = rng.choice([each for each in found[0] if each in "аеосрху"])
    return one(
        pair, put(pair.target, found.span(), found[0].replace(letter, "aeocpxy"["аеосрху".index(letter)], 1))
    )


@kind()
def latin_name(pair: Pair, rng: random.Random) -> Fault:
    """A letter of a Latin name left out, doubled or exchanged."""
    name = rng.choice(["Riviera", "CoreLogic", "Monsanto", "Samsung", "Viettel", "Facebook", "Siemens"])
    place = rng.randrange(1, len(name) - 1)
    wrong = rng.choice(
        [
            name[:place] + name[place + 1 :],
            name[: place + 1] + name[place:],
            name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        ]
    )
    pair = replace(pair, source=f"{pair.source} ({name})")
    return one(pair, f"{pair.target} ({wrong})", f"{pair.target} ({name})") if wrong != name else None


@kind()
def spelling(pair: Pair, rng: random.Random) -> Fault:
    """A letter inside a long word left out, doubled, exchanged with the next or changed."""
    found = choose(rng, r"(?<![\w-])[а-яё]{8,}(?![\w-])", pair.target)
    if found is None:
        return None
    word = found[0]
    place = rng.randrange(1, len(word) - 2)
    wrong = rng.choice(
        [
            word[:place] + word[place + 1 :],
            word[: place + 1] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + rng.choice("аоеитнсрвлк") + word[place + 1 :],
        ]
    )
    return one(pair, put(pair.target, found.span(), wrong)) if wrong != word else None


def _twice(pair: Pair, other: Pair, targets: tuple[str, str], bad: str) -> Corrupted:
    return Corrupted((pair.segment(1), other.segment(2)), targets, (targets[0], bad))


@kind()
def translation_consistency(pair: Pair, rng: random.Random) -> Fault:
    """A sentence comes again and is translated with a word more, less or changed."""
    words = pair.target.split(" ")
    if len(pair.source.split()) < 4 or len(words) < 4:
        return None
    place = rng.randrange(1, len(words) - 1)
    bad = rng.choice([words[:place] + words[place + 1 :], [*words[:place], "также", *words[place:]]])
    return _twice(pair, pair, (pair.target, pair.target), " ".join(bad))


@kind()
def same_target(pair: Pair, rng: random.Random) -> Fault:
    """The target of the sentence before pasted again."""
    if not pair.following:
        return None
    source, target = rng.choice(pair.following)
    if len(pair.target.split()) < 4 or len(source.split()) < 4:
        return None
    return _twice(pair, replace(pair, source=source, target=target), (pair.target, target), pair.target)
