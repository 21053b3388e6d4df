"""Read termbases: files in any registered format, folders of such files, the one that comes with mtkit."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

import mtkit
from mtkit.errors import TermbaseError
from mtkit.termbase.formats import Glossary, format_of, known_suffixes
from mtkit.termbase.model import Place, Termbase
from mtkit.termbase.precedence import prevailing
from mtkit.termbase.rows import COLUMNS, FLAGS
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.types import Concept, Status, Term

_LOG = logging.getLogger("mtkit.termbase")
_SHARED_SUFFIXES = frozenset({".txt", ".xml"})
"""Suffixes of glossaries that many other files have; a list in a .txt file is tab-separated."""

__all__ = ["COLUMNS", "FLAGS", "bundled_path", "load_termbase", "read_glossary", "read_termbase"]


def load_termbase(path: str | Path | Literal["bundled", "none"]) -> Termbase:
    """Read a glossary file, those of a folder, or the termbase that comes with mtkit ("bundled").

    "none" is an empty termbase; of "mine.tsv+bundled" the first counts where both have a source term, and
    where a longer one of the second has it in it. Of a folder every file with the suffix of a glossary format
    is read, except hidden ones, and .txt and .xml files that hold something else. How a list without a header
    was understood, and what was left out of a file, is logged. Raises TermbaseError with path and line, also
    where one source has two preferred targets; its `further` are the other broken rows.
    """
    first, *others = str(path).split("+") if not Path(path).exists() else [path]
    try:
        termbase = read_termbase(first)
    except TermbaseError as error:
        if error.further:
            rows = "1 more row is" if len(error.further) == 1 else f"{len(error.further)} more rows are"
            error.hint += f" {rows} broken; mtkit glossary check {first} lists all."
        raise
    _refuse_conflicts(termbase.concepts, termbase.places)
    for other in others:
        termbase = _over(termbase, load_termbase(other))
    return termbase


def _over(first: Termbase, second: Termbase) -> Termbase:
    """Both termbases, the second without the source terms that the first has; the first prevails."""
    taken = {_key(term) for concept in first.concepts for term in concept.terms if _is_source(term)}
    used = set(first.places)
    concepts, places = list(first.concepts), dict(first.places)
    for concept in second.concepts:
        terms = tuple(term for term in concept.terms if not (_is_source(term) and _key(term) in taken))
        if not any(map(_is_source, terms)):
            continue
        name = concept.id
        while name in used:
            name += "+"
        used.add(name)
        concepts.append(replace(concept, id=name, terms=terms))
        places[name] = second.places[concept.id]
    digest = hashlib.sha256(f"{first.fingerprint} {second.fingerprint}".encode()).hexdigest()
    return Termbase(
        concepts=tuple(concepts),
        fingerprint=digest,
        path=f"{first.path}+{second.path}",
        places=places,
        prevailing=first.prevailing | prevailing(first.concepts, second.concepts),
    )


def read_termbase(path: str | Path | Literal["bundled", "none"]) -> Termbase:
    """The same without refusing conflicts, for `mtkit.termbase.validate` to list them all."""
    if path == "none":
        return Termbase(concepts=(), fingerprint=hashlib.sha256().hexdigest(), path="none")
    folder = bundled_path() if path == "bundled" else Path(path)
    digest = hashlib.sha256()
    concepts: list[Concept] = []
    places: dict[str, Place] = {}
    broken: list[TermbaseError] = []
    for file in _files(folder):
        raw = _read(file)
        digest.update(raw)
        try:
            glossary = _parsed(file, raw, None)
        except TermbaseError as error:
            broken += [error, *error.further]
            continue
        if glossary.guessed or glossary.left_out:
            _LOG.info("%s: %s.", file, glossary.summary())
        for concept in glossary.concepts:
            place = glossary.places[concept.id]
            if concept.id in places:
                raise TermbaseError(
                    place.path,
                    f"the id {concept.id!r} is taken by {places[concept.id]}.",
                    "Give each concept its own id.",
                    place.line,
                )
            places[concept.id] = place
        concepts += glossary.concepts
    if broken:
        broken[0].further = tuple(broken[1:])
        raise broken[0]
    return Termbase(concepts=tuple(concepts), fingerprint=digest.hexdigest(), path=str(folder), places=places)


def read_glossary(path: str | Path, src_lang: str | None = None) -> Glossary:
    """Read one file and say how it was understood. Raises TermbaseError."""
    (file,) = _files(Path(path)) if not Path(path).is_dir() else (Path(path),)
    return _parsed(file, _read(file), src_lang)


def bundled_path() -> Path:
    """Folder of the termbase that comes with mtkit: inside the package, or beside it in a checkout."""
    package = Path(mtkit.__file__).parent
    inside = package / "glossaries"
    return inside if inside.is_dir() else package.parent / "glossaries"


def _parsed(file: Path, raw: bytes, src_lang: str | None) -> Glossary:
    return format_of(file, raw).read(raw, str(file), src_lang)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        known = known_suffixes()
        files = sorted(file for file in path.iterdir() if _is_glossary(file, known))
        if not files:
            problem = "the folder has no glossary in it."
            raise TermbaseError(path, problem, f"mtkit reads {', '.join(known)}.")
        return files
    if not path.is_file():
        raise TermbaseError(path, "there is no such glossary.", "Name a file, a folder, 'bundled' or 'none'.")
    return [path]


def _is_glossary(file: Path, known: Iterable[str]) -> bool:
    """Whether a file of a folder is one, by its suffix, or by its content where others have that suffix."""
    suffix = file.suffix.lower()
    if suffix not in known or file.name.startswith((".", "~$")) or not file.is_file():
        return False
    if suffix not in _SHARED_SUFFIXES:
        return True
    raw = _read(file)
    return b"\t" in raw if suffix == ".txt" else format_of(file, raw).sniff(raw)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TermbaseError(path, f"cannot be read ({error.strerror}).", "Check its permissions.") from error


def _refuse_conflicts(concepts: Iterable[Concept], places: Mapping[str, Place]) -> None:
    """Raise where one source would have to be rendered in two ways."""
    seen: dict[tuple[str, str], Concept] = {}
    for concept in concepts:
        for term in concept.terms:
            if not _is_source(term) or term.condition or term.status is Status.FORBIDDEN:
                continue
            other = seen.setdefault(_key(term), concept)
            if other is not concept and _preferred_text(other) != _preferred_text(concept):
                place = places[concept.id]
                raise TermbaseError(
                    place.path,
                    f"{term.text!r} already means {_preferred_text(other)!r} ({places[other.id]}), "
                    f"here it means {_preferred_text(concept)!r}.",
                    "Keep one, or give the other a condition in parentheses; "
                    f"mtkit glossary check {place.path} lists all.",
                    place.line,
                )


def _is_source(term: Term) -> bool:
    return term.lang in SOURCE_LANGUAGES


def _key(term: Term) -> tuple[str, str]:
    return term.lang, term.text if term.exact else term.text.casefold()


def _preferred_text(concept: Concept) -> str:
    return concept.in_lang("ru", Status.PREFERRED)[0].text
