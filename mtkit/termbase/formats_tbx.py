"""TBX, the exchange format of termbases: ISO 30042:2019 (TBX-Basic, both styles) and the older TBX 2.

What TBX has no place for stands in notes that begin with "mtkit.": the head and forms of a term, its
condition, whether it is written the same everywhere, words that only look like it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mtkit.errors import TermbaseError
from mtkit.termbase.formats import Glossary
from mtkit.termbase.model import Place
from mtkit.termbase.rows import forms_from_text, language_of
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.types import Concept, Status, Term

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MTKIT = "mtkit."

_ENTRIES = frozenset({"conceptEntry", "termEntry"})
_LANGUAGES = frozenset({"langSec", "langSet"})
_TERMS = frozenset({"termSec", "tig", "ntig"})
_CATEGORIES = frozenset({"termNote", "descrip", "admin"})
_GROUPS = frozenset({"termGrp", "termNoteGrp", "descripGrp", "adminGrp"})
_STATUS = frozenset({"administrativeStatus", "normativeAuthorization"})
_DESCRIPTIONS = frozenset({"definition", "explanation", "context", "example", "usageNote"})


@dataclass(slots=True)
class _Categories:
    """What stands beside a term or an entry: (category, text) in order, notes apart."""

    values: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def own(self, name: str) -> str | None:
        """The text of the note "mtkit.NAME: text"."""
        start = f"{MTKIT}{name}:"
        return next((note[len(start) :].strip() for note in self.notes if note.startswith(start)), None)

    def all_own(self, name: str) -> list[str]:
        start = f"{MTKIT}{name}:"
        return [note[len(start) :].strip() for note in self.notes if note.startswith(start)]

    def plain_notes(self) -> list[str]:
        return [note for note in self.notes if not note.startswith(MTKIT)]


class _Tbx:
    """Reading is the same for both versions: the version is told from the root element."""

    suffixes: tuple[str, ...] = (".tbx", ".xml")
    lossless = True
    root: str

    def sniff(self, raw: bytes) -> bool:
        return re.search(rf"<{self.root}[\s>]".encode(), raw[:65536]) is not None

    def read(self, raw: bytes, path: str, src_lang: str | None) -> Glossary:
        return _Reader(path).read(_parse(raw, path))


class Tbx(_Tbx):
    """TBX-Basic of ISO 30042:2019, written in its DCA style."""

    name = "tbx"
    title = "TBX-Basic, ISO 30042:2019"
    root = "tbx"

    def write(self, concepts: Sequence[Concept], src_lang: str | None) -> bytes:
        from mtkit.termbase.formats_tbx_write import render_2019

        return render_2019(concepts)


class Tbx2(_Tbx):
    """TBX 2 (ISO 30042:2008), a `martif` document."""

    name = "tbx2"
    title = "TBX 2, ISO 30042:2008"
    root = "martif"

    def write(self, concepts: Sequence[Concept], src_lang: str | None) -> bytes:
        from mtkit.termbase.formats_tbx_write import render_2008

        return render_2008(concepts)


def _parse(raw: bytes, path: str) -> Any:
    """The root of an XML document; nothing outside it is read and no entity expanded."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or None
        raise TermbaseError(
            path, f"broken XML ({error.msg}).", "Mend it or export it again.", line
        ) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise TermbaseError(path, "it declares entities.", "Write the text itself in their place.", 1)
    if _local(root) not in ("tbx", "martif"):
        message = f"its root is <{_local(root)}>, not <tbx> or <martif>."
        raise TermbaseError(path, message, "Export it as TBX.", root.sourceline)
    return root


def _local(element: Any) -> str:
    """Element name without its namespace; "" for comments and entity references."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    return unicodedata.normalize("NFC", " ".join("".join(element.itertext()).split()))


class _Reader:
    """One pass over one document."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._left_out: Counter[str] = Counter()

    def read(self, root: Any) -> Glossary:
        concepts: list[Concept] = []
        places: dict[str, Place] = {}
        languages: set[str] = set()
        for element in root.iter():
            if _local(element) not in _ENTRIES:
                continue
            concept = self._concept(element, len(concepts) + 1)
            languages |= {term.lang for term in concept.terms}
            sources = any(concept.in_lang(lang) for lang in SOURCE_LANGUAGES)
            if not sources or not concept.in_lang("ru", Status.PREFERRED):
                self._left_out["entry without Russian, or without Vietnamese and English"] += 1
                continue
            if concept.id in places:
                message = f"the id {concept.id!r} is taken by {places[concept.id]}."
                raise self._error(element, message, "Give each concept its own id.")
            places[concept.id] = Place(self._path, element.sourceline)
            concepts.append(concept)
        if not concepts:
            found = ", ".join(sorted(languages)) or "none"
            raise TermbaseError(
                self._path,
                f"it has no entry from Vietnamese or English into Russian (languages: {found}).",
                "Name a glossary that has.",
            )
        version = "TBX 2" if _local(root) == "martif" else f"{root.get('type', 'TBX')}, ISO 30042:2019"
        return Glossary(
            concepts=tuple(concepts),
            places=places,
            understood=f"{version}, languages {', '.join(sorted(languages))}",
            left_out=self._left_out,
        )

    def _error(self, element: Any, message: str, hint: str) -> TermbaseError:
        return TermbaseError(self._path, message, hint, element.sourceline)

    def _concept(self, entry: Any, number: int) -> Concept:
        about = _Categories()
        terms: list[Term] = []
        for child in entry:
            if _local(child) in _LANGUAGES:
                terms += self._language(child, about)
            else:
                self._collect(child, about)
        if not terms:
            raise self._error(entry, "the entry has no terms.", "Fill them in or remove the entry.")
        described = [f"{name}: {text}" for name, text in about.values if name in _DESCRIPTIONS]
        self._count(about, {"subjectField", "source"} | _DESCRIPTIONS)
        return Concept(
            id=about.own("id") or entry.get("id") or f"{Path(self._path).stem}-{number}",
            terms=tuple(terms),
            subject=next((text for name, text in about.values if name == "subjectField"), ""),
            note="; ".join([*about.plain_notes(), *described]),
            evidence=tuple(text for name, text in about.values if name == "source"),
            verified=about.own("verified") != "no",
        )

    def _language(self, section: Any, about: _Categories) -> list[Term]:
        code = section.get(XML_LANG) or section.get("lang")
        if not code:
            raise self._error(section, "the language has no xml:lang.", "Name it.")
        lang = language_of(code)
        beside = _Categories()
        terms: list[Term] = []
        for child in section:
            if _local(child) in _TERMS:
                terms.append(self._term(child, lang, about, first=not terms))
            else:
                self._collect(child, beside)
        about.values += [(name, text) for name, text in beside.values if name in _DESCRIPTIONS]
        about.notes += beside.plain_notes()
        self._count(beside, _DESCRIPTIONS)
        unlike = [
            Term(lang=lang, text=text, status=Status.FORBIDDEN, exact=exact)
            for name, exact in (("not", False), ("not as written", True))
            for text in beside.all_own(name)
        ]
        if lang == "ru":
            terms = _one_preferred(terms)
        return [*terms, *unlike]

    def _term(self, section: Any, lang: str, about: _Categories, *, first: bool) -> Term:
        term = next((each for each in section.iter() if _local(each) == "term"), None)
        text = _text(term) if term is not None else ""
        if not text:
            raise self._error(section, "the term is empty.", "Fill it in or remove it.")
        beside = _Categories()
        for child in section:
            self._collect(child, beside)
        about.notes += beside.plain_notes()
        about.values += [(name, text) for name, text in beside.values if name in _DESCRIPTIONS]
        self._count(beside, _STATUS | _DESCRIPTIONS)
        try:
            forms = forms_from_text(beside.own("forms") or "")
        except ValueError as error:
            message = f"cannot read the form {str(error)!r}."
            raise self._error(section, message, "Write gen.sg=… | dat.sg=…") from error
        status = self._status(section, beside, first)
        return Term(
            lang=lang,
            text=text,
            status=status,
            head=beside.own("head"),
            forms=forms,
            exact=beside.own("exact") == "yes",
            condition=beside.own("condition") or "",
        )

    def _status(self, section: Any, beside: _Categories, first: bool) -> Status:
        if (own := beside.own("status")) is not None:
            try:
                return Status(own)
            except ValueError as error:
                known = ", ".join(Status)
                raise self._error(section, f"unknown status {own!r}.", f"Known: {known}.") from error
        given = next((text for name, text in beside.values if name in _STATUS), "")
        for start, status in (
            ("preferred", Status.PREFERRED),
            ("admitted", Status.ADMITTED),
            ("deprecated", Status.DEPRECATED),
            ("superseded", Status.DEPRECATED),
        ):
            if given.startswith(start):
                return status
        if given:
            self._left_out[f"status {given}"] += 1
        return Status.PREFERRED if first else Status.ADMITTED

    def _collect(self, element: Any, into: _Categories) -> None:
        name = _local(element)
        if name in _GROUPS:
            for child in element:
                self._collect(child, into)
        elif name == "note":
            into.notes.append(_text(element))
        elif name in _CATEGORIES:
            into.values.append((element.get("type", name), _text(element)))
        elif name and name != "term":
            into.values.append((name, _text(element)))

    def _count(self, beside: _Categories, known: set[str] | frozenset[str]) -> None:
        self._left_out.update(name for name, _ in beside.values if name not in known)


def _one_preferred(terms: list[Term]) -> list[Term]:
    """One preferred Russian term, first; a second is admitted, an admitted one preferred where none is."""
    right = [term for term in terms if term.status in (Status.PREFERRED, Status.ADMITTED)]
    if not right:
        return terms
    best = next((term for term in right if term.status is Status.PREFERRED), right[0])
    others = [term for term in terms if term is not best]
    return [
        replace(best, status=Status.PREFERRED),
        *(
            replace(term, status=Status.ADMITTED) if term.status is Status.PREFERRED else term
            for term in others
        ),
    ]
