"""Which case a person's name takes from the words before it, and names that stand in another.

«С премьер-министром Вьетнама Фам Минь Тьинем»: a name stands in the case of the title that it is in
apposition to (Rosental, Handbook of spelling and style, § 197); where two persons are in the title («помощник
министра») it may be either's. A title that «и» joins to such a name stands where that one does. A man's name
right after a transitive verb that has another subject is its object. Where the words leave open whether the
name is the subject, nothing is said.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
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
_LONGEST_NUMBER = 80
_JOINED_AFTER = re.compile(r"\s*(?:,|\(|и\b|или\b)")
_NOWHERE = sys.maxsize
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """Where a sentence or main clause ends, and where its first words of a kind do; `_NOWHERE` without one.

    `subject` is what is most likely its subject, `genitive_person` a person in the genitive or accusative.
    The verbs are those that one man can be the subject of; `last_verb` is where it begins, -1 without one.
    """

    end: int
    subject: int
    genitive_person: int
    first_verb: int
    last_verb: int


class _Sentences:
    """The sentences of a text, each looked through once, and the names of persons in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names = tuple(russian_names(text))
        borders = [found.span() for found in _SENTENCE.finditer(text)]
        self._starts = [0, *(end for _, end in borders)]
        self._ends = [*(start for start, _ in borders), len(text)]
        self._read: dict[int, _Sentence] = {}

    def at(self, place: int) -> _Sentence:
        """The sentence that a place is in or at the end of."""
        number = bisect_right(self._starts, place) - 1
        if number not in self._read:
            self._read[number] = self._sentence(self._starts[number], self._ends[number])
        return self._read[number]

    def _sentence(self, start: int, end: int) -> _Sentence:
        first = bisect_left(self.names, start, key=lambda name: name.span.start)
        last = bisect_left(self.names, end, key=lambda name: name.span.start)
        names = self.names[first:last]
        subjects = [name.span.end for name in names if "nom" in name.written]
        persons = [name.span.end for name in names if "gen" in name.written]
        verbs = []
        inside = frozenset(place for name in names for place in range(name.span.start, name.span.end))
        for token in TOKEN.finditer(self.text, start, end):
            readings = agreement.likely(token[0])
            if any(map(_may_be_mans, readings[:1])):
                verbs.append(Span(*token.span()))
            if token.start() in inside:
                continue
            if any(map(_may_be_subject_word, readings[:1])):
                subjects.append(token.end())
            if any(map(_is_genitive_person, readings)):
                persons.append(token.end())
        return _Sentence(
            end=end,
            subject=min(subjects, default=_NOWHERE),
            genitive_person=min(persons, default=_NOWHERE),
            first_verb=verbs[0].end if verbs else _NOWHERE,
            last_verb=verbs[-1].start if verbs else -1,
        )


def _may_be_mans(verb: Parse) -> bool:
    return verb.pos in ("VERB", "PRTS") and verb.number == "sg" and verb.gender in ("masc", None)


def _may_be_subject_word(word: Parse) -> bool:
    return word.pos in ("NOUN", "NPRO") and (word.case == "nom" or word.fixed)


def _is_genitive_person(word: Parse) -> bool:
    return word.pos == "NOUN" and bool(word.animate) and word.case in ("gen", "acc")


def misplaced_names(text: str, known: Forms = NONE_KNOWN) -> Iterator[Misplaced]:
    """Names of persons in a Russian text in another case than the words before them ask for, by their place.

    `known` are the forms by case of persons that are known, by their name in the nominative: the same in each
    for one that does not decline. Other names decline as those of their kind do.
    """
    sentences = _Sentences(text)
    names = [_as_known(text, name, known) for name in sentences.names]
    spans = [name.span for name in names]
    before: tuple[RussianName, list[Title]] | None = None
    for name in names:
        titles = titles_before(text, name.span.start, spans)
        if len(name.written) <= 2:
            found = _misjoined(sentences, name, titles, *before) if titles and before is not None else None
            if found is None:
                found = _misplaced(sentences, name, titles) if titles else _misplaced_object(sentences, name)
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


def _misplaced(sentences: _Sentences, name: RussianName, titles: Sequence[Title]) -> Misplaced | None:
    """A name that is in no case of the titles before it."""
    nearest, *_ = candidates = own(titles)
    allowed = frozenset[str]().union(*(title.cases for title in candidates))
    if allowed & name.written or nearest.plural or (nearest.woman and name.sex != "f"):
        return None
    if not _is_certain(sentences, name, nearest, titles[-1]):
        return None
    forms = {name.forms[case] for case in allowed}
    return Misplaced(span=name.span, after=nearest.span, right=forms.pop() if len(forms) == 1 else "")


def _is_certain(sentences: _Sentences, name: RussianName, title: Title, root: Title) -> bool:
    """Whether a name in another case than its title can have no other part in the sentence.

    `root` is the title or the person whose deputy or the like it is.
    """
    text = sentences.text
    word = _governor(text, root)
    preposition = word.lower() in agreement.PREPOSITIONS
    governing = agreement.likely(word)[:1] if word and not preposition else ()
    if any(reading.lemma in _AWARDS for reading in governing):
        return False
    if "nom" in name.written:
        governed = preposition or any(reading.pos in _GOVERNING for reading in governing)
        return not _may_be_subject(sentences, root.span.start, name.span.end, governed=governed)
    if "gen" in name.written and not _is_post(text, title, name):
        return False
    if "ins" in root.cases:
        return preposition
    return not ("dat" in name.written and any(reading.pos == "NOUN" for reading in governing))


def _governor(text: str, root: Title) -> str:
    """The word before a title, over adjectives and the number of what governs it («решение № 5 министра»)."""
    start = agreement.modified_start(text, root.span.start)
    numbered = _NUMBER_BEFORE.search(text, max(0, start - _LONGEST_NUMBER), start)
    found = agreement.word_before(text, numbered.start() if numbered is not None else start)
    return found.of(text) if found is not None else ""


def _is_post(text: str, title: Title, name: RussianName) -> bool:
    """Whether a noun names a post, so that a genitive after it cannot be whose friend or kin one is."""
    lemma = title.lemma.rpartition("-")[2]
    beside = not text[title.span.end : name.span.start].strip()
    return (lemma in agreement.POSTS or lemma == "премьер") and not (beside and lemma in _RELATED)


def _may_be_subject(sentences: _Sentences, start: int, end: int, *, governed: bool) -> bool:
    """Whether a name that ends at `end`, its titles beginning at `start`, may be what a verb speaks of.

    Of titles that are `governed`, only the verb right after the name may.
    """
    following = context.verb_after(sentences.text, end)
    beginning, rest = sentences.at(start), sentences.at(end)
    verb = following is not None and _may_be_mans(following)
    if not governed:
        verb = verb or beginning.first_verb <= start or rest.last_verb >= end
    return verb and not beginning.subject <= start


def _misplaced_object(sentences: _Sentences, name: RussianName) -> Misplaced | None:
    """A nominative right after a transitive verb that is not its own: «Делегаты слушали Ле Ван Тан»."""
    text = sentences.text
    verb = agreement.word_before(text, name.span.start)
    if "nom" not in name.written or verb is None or text[verb.end : name.span.start] not in SPACES:
        return None
    reading = next(iter(agreement.likely(verb.of(text))), None)
    if reading is None or reading.pos != "VERB" or "tran" not in reading.grammemes or _may_be_mans(reading):
        return None
    if reading.grammemes & {"1per", "2per", "impr"} or not (reading.number == "pl" or name.sex == "m"):
        return None
    sentence = sentences.at(verb.start)
    if _JOINED_AFTER.match(text, name.span.end, sentence.end) or not sentence.subject <= verb.start:
        return None
    return Misplaced(span=name.span, after=verb, right=name.forms["acc"])


def _misjoined(
    sentences: _Sentences,
    name: RussianName,
    titles: Sequence[Title],
    other: RussianName,
    governed: Sequence[Title],
) -> Misplaced | None:
    """A name and its title that «и» joins to `other`, which a preposition governs in another case."""
    text = sentences.text
    root, start = titles[-1], agreement.modified_start(text, titles[-1].span.start)
    cases = frozenset[str]().union(*(title.cases for title in own(governed)))
    if text[other.span.end : start].strip() != "и" or len(cases) != 1 or root.cases & cases or root.plural:
        return None
    if _governor(text, governed[-1]).lower() not in agreement.PREPOSITIONS:
        return None
    (case,) = cases
    beginning = governed[-1].span.start
    sentence = sentences.at(beginning)
    following = context.verb_after(text, name.span.end) is not None
    has_subject, has_person = sentence.subject <= beginning, sentence.genitive_person <= beginning
    free = not has_subject or following if "nom" in root.cases else has_person
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
