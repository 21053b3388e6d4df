"""Russian words that no dictionary has, and those of the dictionary that are almost like them."""

from __future__ import annotations

import re
from functools import lru_cache

from mtkit.text.morphology import in_dictionary, known_beginning, spellings

_NEW = (
    *("активизм", "аозай", "аутлет", "аятолл", "блогер", "богги", "брексит", "бугенвил", "бутик", "веган"),
    *("вейп", "вскладч", "дайвер", "деменци", "диетолог", "дознават", "дрон", "дубайс", "дуриан"),
    *("зашкалива", "игроман", "иннинг", "карамбол", "керамист", "клик", "клининг", "контрафакт"),
    *("криптовалют", "кутюр", "кхен", "кэмпинг", "кэшб", "лайфхак", "ламинат", "локдаун", "лонган"),
    *("люксов", "маркетплейс", "мехатроник", "моноклон", "мэйджор", "обжарщ", "обнароду", "ополчени"),
    *("оцифр", "паралимпи", "пеллет", "пиар", "питай", "подкаст", "полпути", "приемл", "пробаци"),
    *("промоушен", "рагла", "расистк", "риэлтор", "сангх", "сдул", "сиитак", "смартфон", "спонсир"),
    *("спотов", "срежисс", "стартап", "стиенг", "стриминг", "тямпа", "урегулир", "фазирован", "фейк"),
    *("фишинг", "халял", "хештег", "хусит", "хэштег", "чамск", "чат", "экстрадир", "юниор"),
)
"""How words begin that are newer than the dictionary."""
_FIRST_PARTS = (
    *("авиа", "авто", "агро", "анти", "аудио", "аэро", "без", "бес", "био", "вело", "взаимо", "вице"),
    *("вне", "внутри", "воз", "вос", "восьми", "все", "высоко", "гео", "гидро", "гипер", "глубоко"),
    *("гос", "двадцати", "двенадцати", "двух", "де", "девяти", "десяти", "диз", "до", "евро", "еже"),
    *("за", "интер", "инфра", "квази", "кибер", "кино", "контр", "макро", "мало", "мега", "меж", "мета"),
    *("микро", "мини", "много", "моно", "мото", "мульти", "на", "наи", "нано", "нац", "не", "недо"),
    *("нео", "низко", "ново", "о", "обще", "одиннадцати", "одно", "около", "онлайн", "парт", "пере"),
    *("по", "под", "поли", "полу", "пост", "пра", "пред", "при", "про", "противо", "псевдо", "пяти"),
    *("равно", "радио", "раз", "развед", "разо", "ре", "само", "сверх", "северо", "сель", "семи", "со"),
    *("соц", "спец", "средне", "суб", "супер", "теле", "тепло", "термо", "транс", "тридцати", "трёх"),
    *("трёхсот", "ультра", "фото", "четырёх", "шести", "экзо", "эко", "экс", "электро", "энерго", "этно"),
    *("юго", "южно"),
)
_VOICELESS = tuple("кпстфхцчшщ")
"""Before these a prefix ends in с (бес-), elsewhere in з (без-)."""
_HISSING_PREFIX = re.compile(r"(?:бе|во|ра)[зс]$")
_PERSON = re.compile(r"(?:[кш][аиуе]|[кш]ой|ец|ц(?:а|у|е|ем|ы|ев|ам|ами|ах))$")
"""How the name of a woman or of a man from somewhere ends: «директорка», «сайгонцы»."""
_MOST, _MOST_SHORT, _SHORT = 6, 2, 8
"""Of like words; where more are like a word, or like one of fewer letters, none is meant."""
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


@lru_cache(maxsize=8192)
def nearest(word: str) -> tuple[str, ...]:
    """Words of the dictionary at a distance of one letter from a word that it has not; few, or it is none."""
    if word.startswith(_NEW) or spellings(word) or _is_compound(word):
        return ()
    splits = [(word[:place], word[place:]) for place in range(known_beginning(word) + 1)]
    near = {
        *(left + right[1:] for left, right in splits if right),
        *(left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1),
        *(left + letter + right[1:] for left, right in splits if right for letter in _LETTERS),
        *(left + letter + right for left, right in splits for letter in _LETTERS),
    }
    found = sorted(filter(in_dictionary, near)) or sorted(
        each for each in near if "е" in each and spellings(each)
    )
    return tuple(found) if len(found) <= (_MOST if len(word) >= _SHORT else _MOST_SHORT) else ()


def _is_compound(word: str) -> bool:
    """Whether a word is one of the dictionary with a usual first part, or names a person («директорка»)."""
    if spellings(_PERSON.sub("", word)):
        return True
    return any(
        word.startswith(part) and _goes_before(part, word[len(part) :]) and spellings(word[len(part) :])
        for part in _FIRST_PARTS
    )


def _goes_before(part: str, rest: str) -> bool:
    """Whether a prefix that ends in з or с does so as the sound after it asks («бесплатный»)."""
    return not _HISSING_PREFIX.match(part) or part.endswith("с") == rest.startswith(_VOICELESS)
