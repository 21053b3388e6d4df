"""Write concepts as TBX (see mtkit.termbase.formats_tbx for what stands in notes)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mtkit.termbase.formats_tbx import MTKIT, XML_LANG
from mtkit.termbase.rows import forms_to_text
from mtkit.types import Concept, Status, Term

NAMESPACE_2019 = "urn:iso:std:iso:30042:ed-2"
DOCTYPE_2008 = '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">'

_NAME = re.compile(r"[^\W\d][\w.-]*", re.ASCII)
_FORBIDDEN_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATUS = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.DEPRECATED: "deprecatedTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}


@dataclass(frozen=True, slots=True)
class _Names:
    """What an entry, a language section and a term section are called."""

    entry: str
    language: str
    term: str


def render_2019(concepts: Sequence[Concept]) -> bytes:
    """A TBX-Basic document in DCA style."""
    from lxml import etree

    root = etree.Element(
        "tbx",
        {"type": "TBX-Basic", "style": "dca", XML_LANG: "en"},
        nsmap={None: NAMESPACE_2019},
    )
    description = _add(_add(root, "tbxHeader"), "fileDesc")
    _add(_add(description, "titleStmt"), "title", "Glossary")
    _add(_add(description, "sourceDesc"), "p", "Written by mtkit")
    _entries(root, concepts, _Names("conceptEntry", "langSec", "termSec"))
    _qualify(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def render_2008(concepts: Sequence[Concept]) -> bytes:
    """A martif document of the TBX-Basic categories."""
    from lxml import etree

    root = etree.Element("martif", {"type": "TBX", XML_LANG: "en"})
    header = _add(root, "martifHeader")
    description = _add(header, "fileDesc")
    _add(_add(description, "titleStmt"), "title", "Glossary")
    _add(_add(description, "sourceDesc"), "p", "Written by mtkit")
    _add(_add(header, "encodingDesc"), "p", "TBXBasicXCSV02.xcs", type="XCSURI")
    _entries(root, concepts, _Names("termEntry", "langSet", "tig"))
    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True, doctype=DOCTYPE_2008)
    )


def _entries(root: Any, concepts: Iterable[Concept], names: _Names) -> None:
    body = _add(_add(root, "text"), "body")
    for number, concept in enumerate(concepts, start=1):
        named = _NAME.fullmatch(concept.id) is not None
        entry = _add(body, names.entry, id=concept.id if named else f"_{number}")
        if concept.subject:
            _add(entry, "descrip", concept.subject, type="subjectField")
        for source in concept.evidence:
            _add(entry, "admin", source, type="source")
        notes = {} if named else {"id": concept.id}
        _notes(entry, concept.note, notes | ({} if concept.verified else {"verified": "no"}))
        for lang in dict.fromkeys(term.lang for term in concept.terms):
            section = _add(entry, names.language, lang=lang)
            terms = concept.in_lang(lang)
            unlike = [term for term in terms if lang != "ru" and term.status is Status.FORBIDDEN]
            for term in unlike:
                name = "not as written" if term.exact else "not"
                _add(section, "note", f"{MTKIT}{name}: {term.text}")
            for term in terms:
                if term not in unlike:
                    _term(_add(section, names.term), term)


def _term(section: Any, term: Term) -> None:
    _add(section, "term", term.text)
    _add(section, "termNote", _STATUS[term.status], type="administrativeStatus")
    _notes(section, "", dict(_own(term)))


def _own(term: Term) -> Iterator[tuple[str, str]]:
    if term.status is Status.FORBIDDEN:
        yield "status", term.status.value
    if term.condition:
        yield "condition", term.condition
    if term.head:
        yield "head", term.head
    if term.forms:
        yield "forms", forms_to_text(term.forms)
    if term.exact:
        yield "exact", "yes"


def _notes(parent: Any, note: str, own: Mapping[str, str]) -> None:
    if note:
        _add(parent, "note", note)
    for name, text in own.items():
        _add(parent, "note", f"{MTKIT}{name}: {text}")


def _add(parent: Any, name: str, text: str = "", lang: str = "", **attributes: str) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, name, attributes)
    if lang:
        child.set(XML_LANG, lang)
    if text:
        child.text = _FORBIDDEN_IN_XML.sub("", text)
    return child


def _qualify(root: Any) -> None:
    """Put every element into the namespace of the root's default."""
    for element in root.iter():
        element.tag = f"{{{NAMESPACE_2019}}}{element.tag}"
