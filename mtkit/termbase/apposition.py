"""Which case a person's name takes from the words before it, and names that stand in another.

«С премьер-министром Вьетнама Фам Минь Тьинем»: a name stands in the case of the title that it is in
apposition to (Rosental, Handbook of spelling and style, § 197); where two persons are in the title («помощник
министра») it may be either's. A title that «и» joins to such a name stands where that one does. A man's name
right after a transitive verb that has another subject is its object. Where the words leave open whether the
name is the subject, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mtkit.names.russian import RussianName, russian_names
from mtkit.termbase import agreement, context
from mtkit.termbase.titles import SPACES, TOKEN, Title, own, titles_before
from mtkit.text.edits import Edit, apply_edits
from mtkit.text.morphology import CASES, Parse, like_case
from mtkit.types import Span

Forms = Mapping[str, Mapping[str, str]]
NONE_KNOWN: Forms = {}

_SENTENCE = re.compile(r"(?:[.!?…]\s+(?=[А-ЯЁ«„“\"])|[\n:;])")
_NUMBER_BEFORE = re.compile(r"(?:№\s*)?\S*\d\S*\s+$")
_JOINED_AFTER = re.compile(r"\s*(?:,|\(|и\b|или\b)")
_GOVERNING = frozenset({"NOUN", "PRTF", "PRTS"})
_RELATED = frozenset({"помощник", "представитель", "секретарь", "советник", "сотрудник"})
"""Posts that one can hold with a person: «представитель Ле Ван Тана»."""
_AWARDS = frozenset({"диплом", "звание", "медаль", "орден", "премия", "титул"})
"""Nouns with a title that is given to the one whose name follows: «присвоено звание героя Нгуен Ван Чою»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misplaced:
    """A name, with its title where that is wrong, too, at `span`; `after` are the words that ask for a case.

    `right` is what should stand at `span`, "" where it may be one of several forms.
    """

    span: Span
    after: Span
    right: str


def misplaced_names(text: str, known: Forms = NONE_KNOWN) -> Iterator[Misplaced]:
    """Names of persons in a Russian text in another case than the words before them ask for, by their place.

    `known` are the forms by case of persons that are known, by their name in the nominative: the same in each
    for one that does not decline. Other names decline as those of their kind do.
    """
    names = [_as_known(text, name, known) for name in russian_names(text)]
    spans = [name.span for name in names]
    before: tuple[RussianName, list[Title]] | None = None
    for name in names:
        titles = titles_before(text, name.span.start, spans)
        if len(name.written) <= 2:
            found = _misjoined(text, name, titles, *before) if titles and before is not None else None
            if found is None:
                found = _misplaced(text, name, titles) if titles else _misplaced_object(text, name)
            if found is not None:
                yield found
        before = name, titles


def with_names_in_case(text: str, known: Forms = NONE_KNOWN) -> str:
    """A Russian text with the names of persons in the case that is asked for, where that is certain."""
    edits = [Edit(span=each.span, text=each.right) for each in misplaced_names(text, known) if each.right]
    return apply_edits(text, edits).text


def _as_known(text: str, name: RussianName, known: Forms) -> RussianName:
    """A name with the forms that it is known to have."""
    forms = known.get(name.forms["nom"])
    if forms is None:
        return name
    there = " ".join(name.span.of(text).split())
    return RussianName(
        span=name.span,
        forms={case: forms.get(case, "") for case in CASES},
        written=frozenset(case for case in CASES if forms.get(case) == there),
        sex="f" if len(set(forms.values())) == 1 else "m",
    )


def _misplaced(text: str, name: RussianName, titles: Sequence[Title]) -> Misplaced | None:
    """A name that is in no case of the titles before it."""
    nearest, *_ = candidates = own(titles)
    allowed = frozenset[str]().union(*(title.cases for title in candidates))
    if allowed & name.written or nearest.plural or (nearest.woman and name.sex != "f"):
        return None
    if not _is_certain(text, name, nearest, titles[-1]):
        return None
    forms = {name.forms[case] for case in allowed}
    return Misplaced(span=name.span, after=nearest.span, right=forms.pop() if len(forms) == 1 else "")


def _is_certain(text: str, name: RussianName, title: Title, root: Title) -> bool:
    """Whether a name in another case than its title can have no other part in the sentence.

    `root` is the title or the person whose deputy or the like it is.
    """
    word = _governor(text, root)
    preposition = word.lower() in agreement.PREPOSITIONS
    governing = agreement.likely(word)[:1] if word and not preposition else ()
    if any(reading.lemma in _AWARDS for reading in governing):
        return False
    if "nom" in name.written:
        governed = preposition or any(reading.pos in _GOVERNING for reading in governing)
        return not _may_be_subject(text, root.span.start, name.span.end, governed=governed)
    if "gen" in name.written and not _is_post(text, title, name):
        return False
    if "ins" in root.cases:
        return preposition
    return not ("dat" in name.written and any(reading.pos == "NOUN" for reading in governing))


def _governor(text: str, root: Title) -> str:
    """The word before a title, over adjectives and the number of what governs it («решение № 5 министра»)."""
    start = agreement.modified_start(text, root.span.start)
    numbered = _NUMBER_BEFORE.search(text[:start])
    found = agreement.word_before(text, numbered.start() if numbered is not None else start)
    return found.of(text) if found is not None else ""


def _is_post(text: str, title: Title, name: RussianName) -> bool:
    """Whether a noun names a post, so that a genitive after it cannot be whose friend or kin one is."""
    lemma = title.lemma.rpartition("-")[2]
    beside = not text[title.span.end : name.span.start].strip()
    return (lemma in agreement.POSTS or lemma == "премьер") and not (beside and lemma in _RELATED)


def _may_be_subject(text: str, start: int, end: int, *, governed: bool) -> bool:
    """Whether a name that ends at `end`, its titles beginning at `start`, may be what a verb speaks of.

    Of titles that are `governed`, only the verb right after the name may.
    """
    before, after = _sentence_around(text, start, end)
    following = context.verb_after(text, end)
    verbs = [following] if following is not None else []
    if not governed:
        verbs += [reading for word in TOKEN.findall(before + after) for reading in agreement.likely(word)[:1]]
    return any(map(_may_be_mans, verbs)) and not _has_subject(before)


def _may_be_mans(verb: Parse) -> bool:
    return verb.pos in ("VERB", "PRTS") and verb.number == "sg" and verb.gender in ("masc", None)


def _sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    return _SENTENCE.split(text[:start])[-1], _SENTENCE.split(text[end:], maxsplit=1)[0]


def _has_subject(sentence: str) -> bool:
    """Whether the beginning of a sentence has what is most likely its subject."""
    names, words = _names_and_words(sentence)
    readings = (reading for word in words for reading in agreement.likely(word)[:1])
    return any("nom" in name.written for name in names) or any(
        r.pos in ("NOUN", "NPRO") and (r.case == "nom" or r.fixed) for r in readings
    )


def _names_and_words(sentence: str) -> tuple[list[RussianName], list[str]]:
    """Names of persons and the words that are in none."""
    names = list(russian_names(sentence))
    tokens = (Span(*found.span()) for found in TOKEN.finditer(sentence))
    outside = (span for span in tokens if not any(span.overlaps(name.span) for name in names))
    return names, [span.of(sentence) for span in outside]


def _has_genitive_person(sentence: str) -> bool:
    """Whether the beginning of a sentence has a person in the genitive or accusative, for «и» to join to."""
    names, words = _names_and_words(sentence)
    readings = (reading for word in words for reading in agreement.likely(word))
    persons = (r.pos == "NOUN" and r.animate and r.case in ("gen", "acc") for r in readings)
    return any("gen" in name.written for name in names) or any(persons)


def _misplaced_object(text: str, name: RussianName) -> Misplaced | None:
    """A nominative right after a transitive verb that is not its own: «Делегаты слушали Ле Ван Тан»."""
    verb = agreement.word_before(text, name.span.start)
    if "nom" not in name.written or verb is None or text[verb.end : name.span.start] not in SPACES:
        return None
    reading = next(iter(agreement.likely(verb.of(text))), None)
    if reading is None or reading.pos != "VERB" or "tran" not in reading.grammemes or _may_be_mans(reading):
        return None
    if reading.grammemes & {"1per", "2per", "impr"} or not (reading.number == "pl" or name.sex == "m"):
        return None
    before, after = _sentence_around(text, verb.start, name.span.end)
    if _JOINED_AFTER.match(after) or not _has_subject(before):
        return None
    return Misplaced(span=name.span, after=verb, right=name.forms["acc"])


def _misjoined(
    text: str, name: RussianName, titles: Sequence[Title], other: RussianName, governed: Sequence[Title]
) -> Misplaced | None:
    """A name and its title that «и» joins to `other`, which a preposition governs in another case."""
    root, start = titles[-1], agreement.modified_start(text, titles[-1].span.start)
    cases = frozenset[str]().union(*(title.cases for title in own(governed)))
    if text[other.span.end : start].strip() != "и" or len(cases) != 1 or root.cases & cases or root.plural:
        return None
    if _governor(text, governed[-1]).lower() not in agreement.PREPOSITIONS:
        return None
    (case,) = cases
    before, _ = _sentence_around(text, governed[-1].span.start, name.span.end)
    following = context.verb_after(text, name.span.end) is not None
    free = not _has_subject(before) or following if "nom" in root.cases else _has_genitive_person(before)
    form = root.reading.form(case, "sg", root.reading.gender, True)
    if free or form is None or not (root.cases <= {"nom"} or root.cases <= {"gen", "acc"}):
        return None
    right = text[: root.span.start] + like_case(form, root.span.of(text))
    head = agreement.Head(root.reading.gender or "masc", True)
    span = Span(root.span.start, len(right))
    right, span = agreement.mend_adjectives(right, span, case, "sg", head)
    return Misplaced(
        span=Span(start, name.span.end),
        after=governed[-1].span,
        right=right[start:] + text[root.span.end : name.span.start] + name.forms[case],
    )
