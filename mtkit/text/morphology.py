"""Russian word forms: pymorphy3 with its known traps mended.

pymorphy3 is imported and its dictionary loaded on first use (0.4 s), once a process. Grammemes are those of
OpenCorpora, except that a case is always given as one of CASES.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

CASES = ("nom", "gen", "dat", "acc", "ins", "loc")
NUMBERS = ("sg", "pl")

_OPENCORPORA = {
    "nom": "nomn",
    "gen": "gent",
    "dat": "datv",
    "acc": "accs",
    "ins": "ablt",
    "loc": "loct",
    "loc2": "loc2",
    "sg": "sing",
    "pl": "plur",
}
_CASE_OF = {
    "nomn": "nom",
    "gent": "gen",
    "gen1": "gen",
    "gen2": "gen",
    "datv": "dat",
    "accs": "acc",
    "acc2": "acc",
    "ablt": "ins",
    "loct": "loc",
    "loc1": "loc",
    "loc2": "loc",
}
_NUMBER_OF = {"sing": "sg", "plur": "pl"}

INDECLINABLE = frozenset({"цк", "кпв", "политбюро", "бюро", "срв", "нс", "вна", "ввп", "оон", "сми"})
"""Read as neither unknown nor declined, whatever the dictionary says."""

ANIMATE = frozenset({"член", "глава", "посол", "представитель", "наблюдатель", "руководитель"})
"""Inanimate and animate in the dictionary; in titles always a person."""

SUBSTANTIVISED = frozenset(
    {"ведущий", "верующий", "военнослужащий", "главнокомандующий", "дежурный", "заведующий", "заключённый"}
    | {"исполняющий", "командующий", "начальствующий", "ответственный", "поверенный", "погибший"}
    | {"пострадавший", "рабочий", "раненый", "служащий", "трудящийся", "управляющий", "уполномоченный"}
    | {"учащийся", "учёный"}
)
"""Adjectives and participles that name a person and stand without a noun."""

SECOND_LOCATIVE = frozenset(
    {"аэропорт", "берег", "бой", "год", "край", "лес", "мост", "порт", "пост", "сад", "строй", "угол"}
)
"""Nouns whose second locative (в порту) is everyday written usage."""

_ODD = frozenset({"Arch", "Erro", "Dist"})
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_NAME_GRAMMEMES = frozenset({"Geox", "Name", "Surn", "Patr"})
_HUSHING = "жшчщ"
VOWELS = "аеёиоуыэюя"
FEMALE_MIDDLE_NAME = "Тхи"
"""The middle name that tells a woman: such Vietnamese names do not decline."""


@dataclass(frozen=True, slots=True)
class Parse:
    """One reading of one word. `lemma` and forms are lower case with ё; None = the category is not there.

    `fixed` marks a word that is written the same in every case.
    """

    pos: str
    lemma: str
    case: str | None
    number: str | None
    gender: str | None
    animate: bool | None
    fixed: bool
    known: bool
    score: float
    grammemes: frozenset[str]
    _raw: Any = None

    @property
    def adjectival(self) -> bool:
        """A full adjective, participle, ordinal or pronoun that agrees with a noun."""
        return self.pos in _ADJECTIVES or (self.pos == "NPRO" and "Apro" in self.grammemes)

    def form(
        self, case: str, number: str, gender: str | None = None, animate: bool | None = None
    ) -> str | None:
        """This reading in another case and number, lower case; None where it has no such form."""
        if self.fixed:
            return str(self._raw.word)
        if self.adjectival:
            return _adjective_form(self._raw, case, number, gender or "masc", bool(animate))
        if case == "loc2" and (number == "pl" or self.lemma not in SECOND_LOCATIVE):
            return None
        return _inflected(self._raw, frozenset((_OPENCORPORA[case], _OPENCORPORA[number])))


@cache
def _analyser() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=65536)
def parse(word: str) -> tuple[Parse, ...]:
    """Every reading of a word, likeliest first; never empty.

    Rare, archaic and distorted readings come last, personal readings of the nouns in ANIMATE first.
    """
    parsed = _analyser().parse(word)
    known = {spelling: raw.is_known for spelling, raw in {raw.word: raw for raw in parsed}.items()}
    readings = [_reading(raw, known[raw.word]) for raw in parsed]
    if word.lower() in INDECLINABLE:
        readings = [_indeclinable(reading) for reading in readings[:1]]

    def rank(reading: Parse) -> tuple[bool, bool, float]:
        odd = not reading.grammemes.isdisjoint(_ODD)
        thing = reading.lemma in ANIMATE and reading.animate is False
        return odd, thing, -reading.score

    return tuple(sorted(readings, key=rank))


@lru_cache(maxsize=16384)
def is_name(word: str) -> bool:
    """Whether a capitalised word can well name a person or a place: it has such a reading, or none."""
    readings = parse(word)
    return not readings[0].known or any(
        reading.grammemes & _NAME_GRAMMEMES and reading.score > 0.2 for reading in readings
    )


def spellings(word: str) -> tuple[str, ...]:
    """How the dictionary writes a lower-case word, ё in place of any е included; empty for unknown words."""
    analyser = _analyser()
    return tuple(analyser.dictionary.words.similar_keys(word, analyser.char_substitutes))


def in_dictionary(word: str) -> bool:
    """Whether the dictionary writes a lower-case word just so."""
    return word in _analyser().dictionary.words


def known_beginning(word: str) -> int:
    """How many first letters of a lower-case word some word of the dictionary begins with."""
    words = _analyser().dictionary.words
    beginnings = range(len(word), 0, -1)
    return next((length for length in beginnings if words.has_keys_with_prefix(word[:length])), 0)


def _reading(raw: Any, known: bool) -> Parse:
    return Parse(**_features(raw.tag), lemma=raw.normal_form, known=known, score=float(raw.score), _raw=raw)


@lru_cache(maxsize=8192)
def _features(tag: Any) -> dict[str, Any]:
    """What a tag says of a reading."""
    grammemes = frozenset(tag.grammemes)
    # "Ms-f" nouns (судья, глава) have no gender of their own: in titles they take the masculine.
    gender = "masc" if grammemes & {"ms-f", "GNdr"} and tag.gender is None else tag.gender
    return {
        "pos": str(tag.POS or ""),
        "case": _CASE_OF.get(tag.case) if tag.case else None,
        "number": _NUMBER_OF.get(tag.number) if tag.number else None,
        "gender": str(gender) if gender else None,
        "animate": None if tag.animacy is None else tag.animacy == "anim",
        "fixed": "Fixd" in grammemes,
        "grammemes": grammemes,
    }


def _indeclinable(reading: Parse) -> Parse:
    gender = {"цк": "masc", "политбюро": "neut", "бюро": "neut"}.get(reading._raw.word)
    return Parse(
        pos="NOUN",
        lemma=reading._raw.word,
        case=None,
        number=None,
        gender=gender,
        animate=False,
        fixed=True,
        known=True,
        score=1.0,
        grammemes=frozenset({"NOUN", "Fixd"}),
        _raw=reading._raw,
    )


@lru_cache(maxsize=65536)
def _inflected(raw: Any, grammemes: frozenset[str]) -> str | None:
    inflected = raw.inflect(grammemes)
    return None if inflected is None else str(inflected.word)


@lru_cache(maxsize=16384)
def _lexeme(raw: Any) -> tuple[Any, ...]:
    return tuple(raw.lexeme)


def _adjective_form(raw: Any, case: str, number: str, gender: str, animate: bool) -> str | None:
    """Accusative after the animacy of the noun, a participle in its own voice and tense; never «-ою»."""
    if case == "acc" and (number == "pl" or gender == "masc"):
        case = "gen" if animate else "nom"
    wanted = {_OPENCORPORA[case], _OPENCORPORA[number]}
    if number == "sg":
        wanted.add(gender)
    kind = (raw.tag.POS, raw.tag.voice, raw.tag.tense)
    candidates = [
        form
        for form in _lexeme(raw)
        if wanted <= form.tag.grammemes and (form.tag.POS, form.tag.voice, form.tag.tense) == kind
    ]
    if not candidates:
        return None
    plain = [form for form in candidates if "V-oy" not in form.tag.grammemes]
    return str((plain or candidates)[0].word)


def inflect(word: str, grammemes: Iterable[str]) -> str | None:
    """Put a word's likeliest reading into the given case/number/gender, keeping its capitals.

    `grammemes` may be CASES, NUMBERS or OpenCorpora names; None where the word has no such form.
    """
    wanted = {_OPENCORPORA.get(grammeme, grammeme) for grammeme in grammemes}
    first = parse(word)[0]
    if first.fixed:
        return word
    inflected = first._raw.inflect(wanted)
    return like_case(inflected.word, word) if inflected else None


def lemma(word: str) -> str:
    """Dictionary form of the likeliest reading, lower case with ё."""
    return parse(word)[0].lemma


@lru_cache(maxsize=65536)
def lemmas(word: str) -> frozenset[str]:
    """Dictionary forms of every reading, ё as е."""
    return frozenset(fold_yo(reading.lemma) for reading in parse(word))


def fold_yo(text: str) -> str:
    """Write ё as е, for comparing."""
    return text.replace("ё", "е").replace("Ё", "Е")


def like_case(form: str, model: str) -> str:
    """Give `form` the capitals of `model`: all, first letters of hyphenated parts, or none."""
    if len(model) > 1 and model.isupper():
        return form.upper()
    parts, models = form.split("-"), model.split("-")
    if len(parts) == len(models):
        return "-".join(
            part[:1].upper() + part[1:] if shape[:1].isupper() else part
            for part, shape in zip(parts, models, strict=True)
        )
    return form[:1].upper() + form[1:] if model[:1].isupper() else form


_MASCULINE_HARD = {"nom": "", "gen": "а", "dat": "у", "acc": "", "ins": "ом", "loc": "е"}
_MASCULINE_SOFT = {"nom": "ь", "gen": "я", "dat": "ю", "acc": "ь", "ins": "ем", "loc": "е"}
_MASCULINE_J = {"nom": "й", "gen": "я", "dat": "ю", "acc": "й", "ins": "ем", "loc": "е"}


def decline_name(name: str, case: str, *, animate: bool) -> str:
    """Decline a transcribed foreign name, a masculine in a consonant, by rule and not by dictionary.

    Names that end in a vowel are returned as they are. Rosental, § 149, 150; the accusative of a person
    is the genitive, that of a place the nominative.
    """
    last = name[-1:].lower()
    if not last or last in VOWELS or not re.fullmatch(r"[а-яё]", last):
        return name
    if case == "acc" and animate:
        case = "gen"
    if last == "ь":
        return name[:-1] + _MASCULINE_SOFT[case]
    if last == "й":
        return name[:-1] + _MASCULINE_J[case]
    ending = _MASCULINE_HARD[case]
    return name + ("ем" if case == "ins" and last in _HUSHING + "ц" else ending)
