"""Names found in a source, as terms: so that they are enforced and verified the same way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mtkit.errors import TermbaseError
from mtkit.names.declension import declined
from mtkit.names.find import NameMatch, NameTable
from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.forms import russian_terms
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.termbase.model import Termbase, once_each
from mtkit.types import Concept, Term


def name_match(name: NameMatch) -> SourceMatch:
    """A source match of a concept that has the name and every form of its transcription."""
    forms = declined(name.russian, name.sex, name.kind)
    source = Term(lang="vi", text=name.vietnamese)
    russian = Term(lang="ru", text=name.russian, forms={f"{case}.sg": form for case, form in forms.items()})
    concept = Concept(id=f"name:{name.vietnamese}", terms=(source, russian), subject=name.kind)
    return SourceMatch(concept, source, name.span)


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """Vietnamese names of a document, and the matcher that knows its foreigners."""

    table: NameTable
    matcher: Matcher


def document_names(sources: Sequence[str], matcher: Matcher) -> DocumentNames:
    """The names of a whole document, so that each of its texts is read with all of them known."""
    names = NameTable()
    for source in sources:
        names.find(source, matcher.lang)
    return DocumentNames(names, matcher.of_document(sources))


def terms_and_names(
    source: str, matcher: Matcher, names: DocumentNames | None = None
) -> tuple[SourceMatch, ...]:
    """Termbase matches, and names where no term stands; disjoint, sorted by start.

    `names` are those of the document that the text is from; without them it stands alone.
    """
    known = names or DocumentNames(NameTable(), matcher)
    matches = list(known.matcher.find(source))
    for name in known.table.find(source, matcher.lang):
        if not any(name.span.overlaps(match.span) for match in matches):
            matches.append(name_match(name))
    return tuple(sorted(matches, key=lambda match: match.span))


def known_persons(termbase: Termbase | None, concepts: Iterable[Concept]) -> dict[str, Mapping[str, str]]:
    """Forms by case of the persons in a termbase, and of those of `concepts` that do not decline, by name.

    Of a person who is only found in a source it is known that a woman's name stays as it is, and not that
    another declines.
    """
    found = _forms(concepts)
    invariable = {name: forms for name, forms in found.items() if len(set(forms.values())) == 1}
    return invariable | (_persons(termbase) if termbase is not None else {})


@once_each
def _persons(termbase: Termbase) -> dict[str, Mapping[str, str]]:
    return _forms(termbase.concepts)


def _forms(concepts: Iterable[Concept]) -> dict[str, Mapping[str, str]]:
    forms: dict[str, Mapping[str, str]] = {}
    for concept in concepts:
        for term in russian_terms(concept) if concept.subject == "person" else ():
            try:
                paradigm = compile_paradigm(term)
            except TermbaseError:
                continue
            forms[term.text] = {
                case: form for (case, number), form in paradigm.forms.items() if number == "sg"
            }
    return forms
