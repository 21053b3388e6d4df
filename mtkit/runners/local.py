"""Articles, where they come from and go to, and one of them through the pipeline on this machine."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from mtkit.checks.registered import active_checks
from mtkit.config import Settings
from mtkit.documents.base import (
    SNIFF_BYTES,
    find_documents,
    format_for,
    known_suffixes,
    read_document,
    record_path,
    render_translations,
    unread_documents,
)
from mtkit.documents.files import atomic_write, read_bytes
from mtkit.documents.foreign import refuse_blank
from mtkit.engines.base import DecodingOptions, Engine
from mtkit.engines.guarded import GuardedEngine
from mtkit.errors import ConfigError, FormatError, InputError
from mtkit.memory.recall import Recall
from mtkit.pipeline import Pipeline
from mtkit.record import render_record, run_header, run_record
from mtkit.runners.articles import translate_articles
from mtkit.runners.targets import Renamed, target_names
from mtkit.termbase.model import Termbase
from mtkit.text.language import detect_language
from mtkit.text.language_names import LANGUAGE_TITLES
from mtkit.types import Document

_LOG = logging.getLogger("mtkit.runners")
_TELLING_WORDS = 4
_PACKAGES = frozenset({".docx", ".odt"})
GROUP_SEGMENTS = 48
"""Segments decoded in one call of the engine, and about what a killed run can lose."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One article; without a target it is only rendered."""

    source: Path
    target: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The articles of a run in their order; `folder` is where they go, None where that is no folder.

    `unread` are documents of the folders that mtkit does not read, and why; `renamed` are translations that
    are there and do not keep their names.
    """

    jobs: tuple[Job, ...]
    folder: Path | None = None
    unread: tuple[tuple[Path, str], ...] = ()
    renamed: tuple[Renamed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was read of a job; `header` says how it is translated (mtkit.record.run_header)."""

    job: Job
    raw: bytes = field(repr=False)
    header: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """The rendered article and its run record."""

    rendered: bytes
    record: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translator:
    """The pipeline with everything a run record needs to name."""

    engine: Engine
    termbase: Termbase | None
    settings: Settings
    src_lang: str
    tgt_lang: str
    format: str | None = None
    format_options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    memory: Recall | None = None
    check_settings: Mapping[str, Any] = field(default_factory=dict)

    def read(self, path: str | Path, format_name: str | None, raw: bytes | None = None) -> Document:
        """Read one article in the language it has; `raw` are its bytes where they are at hand.

        Raises FormatError, also for a text that is in the target language.
        """
        document = read_document(
            path, self.src_lang, self.tgt_lang, format=format_name, options=self.format_options, raw=raw
        )
        if any(segment.src_lang == self.tgt_lang for segment in document.segments):
            language = LANGUAGE_TITLES.get(self.tgt_lang, self.tgt_lang)
            problem = f"the text is {language} already, the language it should go into."
            raise FormatError(path, problem, "Leave it out, or say with --from what it is in.")
        return document

    def pipeline(self, engine: Engine | None = None) -> Pipeline:
        """The pipeline on the translator's engine, or on one that wraps it."""
        return Pipeline(
            GuardedEngine(engine or self.engine),
            self.termbase,
            decoding=DecodingOptions(beam=self.settings.beam),
            typography=self.settings.typography,
            memory=self.memory,
            checks=active_checks(self.check_settings),
        )

    def article(self, job: Job) -> Article:
        """Read the bytes of a job and say how it is to be translated. Raises InputError."""
        raw = read_bytes(job.source)
        refuse_blank(job.source, raw)
        name = format_for(job.source, raw[:SNIFF_BYTES], self.format, self.format_options).name
        header = run_header(
            engine=GuardedEngine(self.engine),
            termbase=self.termbase,
            recall=self.memory,
            settings=self.settings,
            checks=self.check_settings,
            format=name,
            format_options=self.format_options.get(name, {}),
            src_lang=self.src_lang,
            tgt_lang=self.tgt_lang,
        )
        return Article(job=job, raw=raw, header=header)

    def translate(self, article: Article, engine: Engine, started: Progress) -> Translated:
        """Translate an article through `engine`; `started` is told its segments. Raises MtkitError."""
        document = self.read(article.job.source, article.header["format"], article.raw)
        _warn_of_other_language(document, self.src_lang)
        started(len(document.segments))
        (translations,) = translate_articles(self.pipeline(engine), [document])
        rendered = render_translations(document, translations)
        record = run_record(document, translations, header=article.header, raw=article.raw, rendered=rendered)
        return Translated(rendered=rendered, record=record)


def _warn_of_other_language(document: Document, src_lang: str) -> None:
    """Log where a text of some length is plainly in another language than the one it is said to be in."""
    if src_lang == "auto":
        return
    text = "\n".join(segment.source for segment in document.segments)
    told = detect_language(text) if len(text.split()) >= _TELLING_WORDS else None
    if told is not None and told != src_lang:
        said, found = LANGUAGE_TITLES[src_lang], LANGUAGE_TITLES[told]
        _LOG.warning(
            "%s: translated from %s, as --from says, but it reads as %s.", document.path, said, found
        )


def write(target: Path, translated: Translated) -> None:
    """Write a record and its article, in this order: an article without a record would pass for a source.

    Raises StoreError.
    """
    atomic_write(record_path(target), render_record(translated.record))
    atomic_write(target, translated.rendered)


def plan(
    inputs: Sequence[Path],
    output: str | None,
    tgt_lang: str,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Plan:
    """Find the articles and give each its target; folders keep their shape below `output`.

    `output` is a file for one file, else a folder; "NAME/" is a folder that may have to be made. Only what
    fits one of `include` is taken, all where it is empty, and nothing that fits one of `exclude`: patterns of
    the shell, for the path below the folder or, without a slash, for the name. They do not change the names
    of the targets.

    Raises InputError for what is not there, ConfigError where a target would fall on another
    or on a source.
    """

    def chosen(relative: Path) -> bool:
        return (not include or _fits(relative, include)) and not _fits(relative, exclude)

    files = [(path, Path(path.name)) for path in inputs if not path.is_dir()]
    unread: list[tuple[Path, str]] = []
    for root in inputs:
        if root.is_dir():
            files += [(path, path.relative_to(root)) for path in find_documents(root, tgt_lang)]
            unread += [(path, why) for path, why in unread_documents(root) if chosen(path.relative_to(root))]
    names, renamed = target_names(files, None if output is None else Path(output), tgt_lang)
    named = [(path, name) for (path, relative), name in zip(files, names, strict=True) if chosen(relative)]
    if not named:
        raise InputError(f"None of {len(files)} articles fits the patterns.", "See --include and --exclude.")
    if output is None:
        if len(named) > 1:
            raise ConfigError(f"{len(named)} articles need a place to go.", "Name a folder: -o OUT.")
        return Plan(jobs=(Job(source=named[0][0]),), unread=tuple(unread))
    place = Path(output)
    folder: Path | None = place
    if len(inputs) == 1 and not inputs[0].is_dir() and not (output.endswith("/") or place.is_dir()):
        _refuse_other_package(inputs[0], place)
        jobs = [Job(source=inputs[0], target=place)]
        folder = None
    else:
        jobs = [Job(source=path, target=place / name) for path, name in named]
    _refuse_clashes(jobs)
    sources = {os.path.realpath(path) for path, _ in files}
    for job in jobs:
        if job.target is not None and os.path.realpath(job.target) in sources:
            raise ConfigError(f"{job.target} is a source.", "Choose another place for the output: -o OUT.")
    taken = {path for path, _ in named}
    return Plan(
        jobs=tuple(jobs),
        folder=folder,
        unread=tuple(unread),
        renamed=tuple(each for each in renamed if taken & {each.source, each.other}),
    )


def _refuse_clashes(jobs: Sequence[Job]) -> None:
    """Raise ConfigError where two articles would be written to one place."""
    first: dict[Path | None, Path] = {}
    for job in jobs:
        if job.target in first:
            raise ConfigError(
                f"{first[job.target]} and {job.source} would both be written to {job.target}.",
                "Rename one of them, or translate them into folders of their own.",
            )
        first[job.target] = job.source


def _refuse_other_package(source: Path, target: Path) -> None:
    """Raise ConfigError where one of both names says that it is a package, and the other another format."""
    own, wanted = source.suffix.lower(), target.suffix.lower()
    if own != wanted and {own, wanted} & _PACKAGES and {own, wanted} <= known_suffixes():
        raise ConfigError(
            f"{target}: a translation has the format of its source, {own}.", f"Name it {target.stem}{own}."
        )


def _fits(relative: Path, patterns: Sequence[str]) -> bool:
    return any(
        fnmatchcase(relative.as_posix() if "/" in pattern else relative.name, pattern) for pattern in patterns
    )
