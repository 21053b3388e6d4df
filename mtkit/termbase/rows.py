"""A concept as one row of cells under named columns, and back.

Several terms in a cell are separated by " | ". In mtkit's own format a term may end in a condition in
parentheses: such a term is kept but not matched literally.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mtkit.errors import TermbaseError
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.types import Concept, Status, Term

COLUMNS = (
    "id",
    "subject",
    "vi",
    "vi_variants",
    "vi_not",
    "en",
    "en_variants",
    "en_not",
    "ru",
    "ru_admitted",
    "ru_forbidden",
    "head",
    "forms",
    "flags",
    "note",
    "evidence",
    "verified",
)
FURTHER_COLUMNS = ("vi_deprecated", "en_deprecated", "ru_deprecated")
"""Columns that a glossary may have besides COLUMNS."""

FLAGS = ("ambiguous", "ambiguous:vi", "ambiguous:en", "case", "case:vi", "case:en", "exact")
FORM_KEY = re.compile(r"(?:nom|gen|dat|acc|ins|loc2?)\.(?:sg|pl)")

_SOURCE_STATUSES = (
    ("", Status.PREFERRED),
    ("_variants", Status.ADMITTED),
    ("_not", Status.FORBIDDEN),
    ("_deprecated", Status.DEPRECATED),
)
_RUSSIAN_STATUSES = (
    ("ru_admitted", Status.ADMITTED),
    ("ru_forbidden", Status.FORBIDDEN),
    ("ru_deprecated", Status.DEPRECATED),
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_CONDITION = re.compile(r"(?P<text>.+?)\s+\((?P<condition>[^()]*)\)")
_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a glossary: its cells by column, and whether the file is in mtkit's own format."""

    path: str
    line: int
    cells: Mapping[str, str]
    own: bool

    def error(self, message: str, hint: str = "") -> TermbaseError:
        return TermbaseError(self.path, message, hint, self.line)

    def concept(self) -> Concept:
        """The concept of this row. Raises TermbaseError."""
        flags = frozenset(self.cells.get("flags", "").split())
        if unknown := sorted(flags - frozenset(FLAGS)):
            raise self.error(f"unknown flag {unknown[0]!r}.", f"Known: {', '.join(FLAGS)}.")
        sources = [term for lang in SOURCE_LANGUAGES for term in self._source_terms(lang, flags)]
        if not sources:
            raise self.error("the source is empty.", "Fill in vi or en.")
        target = self.cells.get("ru", "")
        if not target:
            raise self.error("the target is empty.", "Fill in the Russian term or remove the row.")
        others = (
            Term(lang=language_of(column), text=cell)
            for column, cell in self.cells.items()
            if cell and is_other_language(column)
        )
        return Concept(
            id=self.cells.get("id") or f"{Path(self.path).stem}-{self.line}",
            terms=(*sources, *self._russian_terms(target, flags), *others),
            subject=self.cells.get("subject", ""),
            note=self.cells.get("note", ""),
            evidence=tuple(self.cells.get("evidence", "").split()),
            verified=self.cells.get("verified", "yes") != "no",
        )

    def _source_terms(self, lang: str, flags: frozenset[str]) -> Iterator[Term]:
        ambiguous = bool(flags & {"ambiguous", f"ambiguous:{lang}"})
        cased = bool(flags & {"case", f"case:{lang}"})
        for suffix, status in _SOURCE_STATUSES:
            for text, condition in self._terms(lang + suffix):
                if ambiguous and status is not Status.FORBIDDEN:
                    condition = condition or "ambiguous"
                yield Term(lang=lang, text=text, status=status, exact=cased, condition=condition)

    def _russian_terms(self, target: str, flags: frozenset[str]) -> Iterator[Term]:
        first, *others = self._terms("ru")
        if others:
            raise self.error(
                f"{target!r} is more than one preferred term.", "Move the others to ru_admitted."
            )
        yield Term(
            lang="ru",
            text=first[0],
            head=self.cells.get("head") or None,
            forms=self._forms(),
            exact="exact" in flags,
            condition=first[1],
        )
        for column, status in _RUSSIAN_STATUSES:
            for text, condition in self._terms(column):
                yield Term(lang="ru", text=text, status=status, condition=condition)

    def _terms(self, column: str) -> Iterator[tuple[str, str]]:
        cell = self.cells.get(column, "")
        for text in cell.split(_BETWEEN):
            if not text.strip():
                continue
            found = _CONDITION.fullmatch(text.strip()) if self.own else None
            yield (found["text"], found["condition"]) if found else (text.strip(), "")

    def _forms(self) -> dict[str, str]:
        try:
            return forms_from_text(self.cells.get("forms", ""))
        except ValueError as error:
            message = f"cannot read the form {str(error)!r}."
            raise self.error(message, "Write gen.sg=… | dat.sg=… and so on.") from error


def language_of(column: str) -> str:
    """The language that a code names, without its country: en-GB -> en."""
    return column.lower().partition("-")[0]


def is_other_language(column: str) -> bool:
    """Whether a column holds terms of a language that mtkit does not translate."""
    known = column in COLUMNS or language_of(column) in (*SOURCE_LANGUAGES, "ru")
    return not known and _LANGUAGE.fullmatch(column) is not None


def forms_from_text(text: str) -> dict[str, str]:
    """Read "gen.sg=… | dat.sg=…"; ValueError with the part that cannot be read."""
    forms: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(_BETWEEN))):
        key, equals, form = pair.partition("=")
        if not equals or not FORM_KEY.fullmatch(key):
            raise ValueError(pair)
        forms[key] = form.strip()
    return forms


def forms_to_text(forms: Mapping[str, str]) -> str:
    return _BETWEEN.join(f"{key}={form}" for key, form in forms.items())


def cells_of(concept: Concept) -> dict[str, str]:
    """A concept as cells of COLUMNS and FURTHER_COLUMNS; what is empty is ""."""
    preferred = concept.in_lang("ru", Status.PREFERRED)[0]
    rest = [term for term in concept.in_lang("ru") if term is not preferred]
    cased = [lang for lang in SOURCE_LANGUAGES if any(term.exact for term in concept.in_lang(lang))]
    flags = ["case"] if cased == list(SOURCE_LANGUAGES) else [f"case:{lang}" for lang in cased]
    flags += ["exact"] if preferred.exact else []
    cells = {
        "id": concept.id,
        "subject": concept.subject,
        "ru": _cell([preferred]),
        "head": preferred.head or "",
        "forms": forms_to_text(preferred.forms),
        "flags": " ".join(flags),
        "note": concept.note,
        "evidence": " ".join(concept.evidence),
        "verified": "yes" if concept.verified else "no",
    }
    for lang in SOURCE_LANGUAGES:
        for suffix, status in _SOURCE_STATUSES:
            cells[lang + suffix] = _cell(concept.in_lang(lang, status))
    for column, status in _RUSSIAN_STATUSES:
        same = [term for term in rest if term.status is status]
        cells[column] = _cell(same)
    return {column: " ".join(cells.get(column, "").split()) for column in (*COLUMNS, *FURTHER_COLUMNS)}


def _cell(terms: Iterable[Term]) -> str:
    return _BETWEEN.join(_written(term) for term in terms)


def _written(term: Term) -> str:
    """A term as it stands in a cell; parentheses of its own are closed off by an empty condition."""
    if term.condition or _CONDITION.fullmatch(term.text):
        return f"{term.text} ({term.condition})"
    return term.text
