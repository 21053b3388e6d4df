"""Compile a Russian term into its paradigm.

The first nominative noun and the adjectives and participles that agree before it inflect; so do nouns in
the nominative that are coordinated with it; the rest is frozen:
«заместитель | секретаря провинциального комитета партии». What cannot be read this way is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from mtkit.errors import TermbaseError
from mtkit.termbase.foreign_names import foreign_man
from mtkit.termbase.phrases import (
    WORD,
    Phrase,
    coordinated,
    nominative_adjective,
    noun_readings,
    phrase_at,
    phrase_with_head,
    pluralised_tails,
    tokenise,
)
from mtkit.text.morphology import CASES, FEMALE_MIDDLE_NAME, NUMBERS, VOWELS, decline_name, like_case, parse
from mtkit.types import Term

__all__ = ["CASES", "NUMBERS", "Paradigm", "compile_paradigm", "guessed_words"]

_ABBREVIATED = re.compile(r"(?:[^\W\d_]{1,6}\.\s*)+")
# One Vietnamese syllable in the practical transcription: initial, vowels, final.
_SYLLABLE = (
    rf"(?:кх|тх|ть|нг|нь|зь|[бвгджзклмнпрстфхчш])?ь?(?:[{VOWELS}й][{VOWELS}]{{0,2}})"
    rf"(?:[йу](?![{VOWELS}])|нг|нь|ть|[кмнпт])?"
)
_VIETNAMESE_SYLLABLE = re.compile(_SYLLABLE, re.IGNORECASE)
_VIETNAMESE_WORD = re.compile(rf"(?:{_SYLLABLE}){{1,4}}", re.IGNORECASE)


WORD_OR_HYPHENATED = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")

Forms = dict[tuple[str, str], str]
Others = dict[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Paradigm:
    """The forms of one Russian term, keyed by (case, number).

    `fixed` means it is written the same everywhere. A term that has one number only (власти, То Лам) has
    the keys of that number. A second locative (в порту) has the key ("loc2", "sg"). `others` are further
    forms of the same case and number: other genders of a lone adjective (бывшая), plurals whose frozen
    words are plural, too (секретари провинциальных комитетов партии), the genitive singular after two, three,
    four (провинциальных комитета партии).
    """

    term: Term
    forms: Mapping[tuple[str, str], str]
    fixed: bool = False
    others: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def form(self, case: str, number: str = "sg") -> str:
        """The surface form; where the term has one number only, that of the number it has."""
        if (case, number) in self.forms:
            return self.forms[case, number]
        return self.forms[case, "pl" if number == "sg" else "sg"]

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(number for number in NUMBERS if ("nom", number) in self.forms)

    def variants(self) -> frozenset[str]:
        """Every surface form once."""
        return frozenset(self.forms.values()).union(*self.others.values())

    def all_readings(self) -> dict[str, list[tuple[str, str]]]:
        """Every surface form with the (case, number) pairs that it can stand for, in paradigm order."""
        found: dict[str, list[tuple[str, str]]] = {}
        for key, value in self.forms.items():
            for form in dict.fromkeys((value, *self.others.get(key, ()))):
                found.setdefault(form, []).append(key)
        return found

    def readings(self, form: str) -> tuple[tuple[str, str], ...]:
        """(case, number) pairs that `form` can stand for, in paradigm order; empty for a stranger."""
        return tuple(self.all_readings().get(form, ()))


def compile_paradigm(term: Term) -> Paradigm:
    """Inflect a Russian term.

    Explicit `forms` ("gen.sg" -> form) win over what is compiled; `exact` and abbreviations give a fixed
    paradigm. TermbaseError where no head is found and the forms given are not complete.
    """
    return _compile(term.text, term.head, term.exact, tuple(sorted(term.forms.items())), term.lang)


def guessed_words(paradigm: Paradigm) -> tuple[str, ...]:
    """Words that inflect by likeness alone: neither the dictionary nor the rules for names have them."""
    words = WORD_OR_HYPHENATED.findall(paradigm.form("nom"))
    others = WORD_OR_HYPHENATED.findall(paradigm.form("ins"))
    if paradigm.fixed or paradigm.term.forms or len(words) != len(others):
        return ()
    return tuple(
        word
        for word, other in zip(words, others, strict=True)
        if word != other and word[0].islower() and not any(_known(part) for part in (word, *word.split("-")))
    )


def _known(word: str) -> bool:
    return any(reading.known for reading in parse(word))


@lru_cache(maxsize=32768)
def _compile(
    text: str, head: str | None, exact: bool, given: tuple[tuple[str, str], ...], lang: str
) -> Paradigm:
    term = Term(lang=lang, text=text, head=head, exact=exact, forms=dict(given))
    explicit = {_form_key(key, text): form for key, form in given}
    if exact or not re.search(r"[а-яё]", text, re.IGNORECASE) or _ABBREVIATED.fullmatch(text):
        return Paradigm(term, {(case, "sg"): text for case in CASES} | explicit, fixed=not explicit)
    if all((case, "sg") in explicit for case in CASES) or all((case, "pl") in explicit for case in CASES):
        return Paradigm(term, _ordered(explicit))
    compiled, others = _compiled_forms(text, head)
    forms = _ordered(compiled | explicit)
    return Paradigm(term, forms, len(set(forms.values())) == 1, others or _other_genders(text))


def _other_genders(text: str) -> Others:
    """Feminine, neuter and animate forms of a term that is one adjective; empty for every other term."""
    reading = nominative_adjective(text) if WORD.match(text) and " " not in text else None
    if reading is None or reading.gender != "masc" or any(True for _ in noun_readings(text)):
        return {}
    genders = (("femn", False), ("neut", False), ("masc", True))
    return {
        (case, "sg"): tuple(
            like_case(str(reading.form(case, "sg", gender, animate)), text) for gender, animate in genders
        )
        for case in CASES
    }


def _form_key(key: str, text: str) -> tuple[str, str]:
    case, _, number = key.partition(".")
    if case not in (*CASES, "loc2") or number not in NUMBERS:
        raise TermbaseError(
            f"«{text}»", f"there is no form {key!r}.", f"Write a case ({', '.join(CASES)}) and sg or pl."
        )
    return case, number


def _ordered(forms: Mapping[tuple[str, str], str]) -> Forms:
    keys = [(case, number) for number in NUMBERS for case in (*CASES, "loc2")]
    return {key: forms[key] for key in keys if key in forms}


def _compiled_forms(text: str, head: str | None) -> tuple[Forms, Others]:
    tokens = tokenise(text)
    words = [index for index, token in enumerate(tokens) if WORD.match(token)]
    if not words:
        raise _no_head(text)
    if (name := _name_forms(tokens, words, head)) is not None:
        return name, {}
    if head is None and (name := foreign_man(text)) is not None:
        return name, {}
    if head is None:
        phrase = phrase_at(tokens, words[0])
    else:
        phrase = phrase_with_head(tokens, _locate_head(tokens, words, head, text))
    if phrase is None and text.startswith("«") and text.endswith("»"):
        return {(case, "sg"): text for case in CASES}, {}
    if phrase is None:
        raise _no_head(text)
    phrases = [phrase, *coordinated(tokens, phrase)]
    forms = _table(tokens, phrases, text)
    second = _render(tokens, phrases, "loc2", "sg")
    if second and ("loc", "sg") in forms and second != forms["loc", "sg"]:
        forms["loc2", "sg"] = second
    return forms, _count_form(tokens, phrases, forms) | _distributed_plurals(tokens, phrases, forms)


def _count_form(tokens: list[str], phrases: list[Phrase], forms: Forms) -> Others:
    """The form after two, three, four of a title with adjectives: (два) провинциальных комитета партии."""
    head = phrases[0].end - 1
    if len(phrases) > 1 or len(phrases[0].inflectors) < 2 or ("gen", "pl") not in forms:
        return {}
    counted = list(tokens)
    for index, inflector in phrases[0].inflectors.items():
        form = inflector("gen", "sg" if index == head else "pl")
        if form is None:
            return {}
        counted[index] = like_case(form, tokens[index])
    return {("gen", "sg"): ("".join(counted),)}


def _table(tokens: list[str], phrases: list[Phrase], text: str) -> Forms:
    """All cases of the numbers the term has: its own, and the plural of a countable singular."""
    own = "pl" if all(phrase.number == "pl" for phrase in phrases) else "sg"
    countable = all(phrase.number == "sg" and phrase.both_numbers for phrase in phrases)
    forms: Forms = {}
    for number in ("sg", "pl") if countable else (own,):
        table = {case: _render(tokens, phrases, case, number) for case in CASES}
        if None not in table.values():
            forms |= {(case, number): str(form) for case, form in table.items()}
        elif number == own:
            raise _no_head(text)
    return forms


def _distributed_plurals(tokens: list[str], phrases: list[Phrase], forms: Forms) -> Others:
    """Plurals of a title of one head whose frozen words are put into the plural with it."""
    start = phrases[0].end
    tail = "".join(tokens[start:])
    if len(phrases) > 1 or not tail or ("nom", "pl") not in forms:
        return {}
    others = tuple(pluralised_tails(tokens, start))
    return {
        (case, "pl"): tuple(forms[case, "pl"].removesuffix(tail) + other for other in others)
        for case in CASES
        if others
    }


def _no_head(text: str) -> TermbaseError:
    return TermbaseError(
        f"«{text}»",
        "there is no noun in the nominative to inflect.",
        "Name it in the head column, give the forms (nom.sg=…), or flag the entry exact.",
    )


def _render(tokens: list[str], phrases: list[Phrase], case: str, number: str) -> str | None:
    out = list(tokens)
    changed = False
    for phrase in phrases:
        wanted = "pl" if phrase.number == "pl" else number
        for index, inflector in phrase.inflectors.items():
            form = inflector(case, wanted)
            if form is None and case == "loc2":
                form = inflector("loc", wanted)
            elif form is None:
                return None
            else:
                changed = True
            out[index] = like_case(str(form), tokens[index])
    return "".join(out) if changed else None


def _name_forms(tokens: list[str], words: list[int], head: str | None) -> dict[tuple[str, str], str] | None:
    """A Vietnamese name: of a person the last part declines, a place is one word; None for other terms."""
    last = tokens[words[-1]]
    spoken = all(re.fullmatch(r"[А-ЯЁ](?:[а-яё]+(?:-[А-ЯЁ][а-яё]+)*)?", tokens[index]) for index in words)
    if not spoken or (head is not None and head != last):
        return None
    person = len(words) > 1
    if person and not all(_VIETNAMESE_SYLLABLE.fullmatch(tokens[index]) for index in words):
        return None
    if not person and (_in_dictionary(last) or not _spelt_like_a_place(last)):
        return None
    stem = "".join(tokens[: words[-1]])
    rest = "".join(tokens[words[-1] + 1 :])
    if person and tokens[words[1]] == FEMALE_MIDDLE_NAME:
        return {(case, "sg"): "".join(tokens) for case in CASES}
    return {(case, "sg"): stem + decline_name(last, case, animate=person) + rest for case in CASES}


def _in_dictionary(word: str) -> bool:
    """Whether the dictionary has a nominative noun of this spelling; adjectives count for no name."""
    return any(r.known and r.pos == "NOUN" and (r.case == "nom" or r.fixed) for r in parse(word))


def _spelt_like_a_place(word: str) -> bool:
    return all(_VIETNAMESE_WORD.fullmatch(part) for part in word.split("-"))


def _locate_head(tokens: list[str], words: list[int], head: str, text: str) -> int:
    for index in words:
        if tokens[index].casefold() == head.casefold():
            return index
    raise TermbaseError(
        f"«{text}»", f"the head {head!r} is not one of its words.", "Write it as it stands in the term."
    )
