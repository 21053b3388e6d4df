"""Files and folders through the pipeline, on this machine.

Articles are read in groups of a hundred segments or more, so that the engine can sort over their borders;
each is written as soon as its group is translated. An article that fails stops no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mtkit.config import Settings
from mtkit.documents.base import find_documents, read_document, render_document
from mtkit.documents.files import atomic_write
from mtkit.engines.base import DecodingOptions, Engine
from mtkit.engines.guarded import GuardedEngine
from mtkit.errors import ConfigError, EngineError, MtkitError, UnsupportedPairError
from mtkit.pipeline import Pipeline
from mtkit.record import record_path, render_record, run_record
from mtkit.termbase.model import Termbase
from mtkit.types import Document, Translation

GROUP_SEGMENTS = 120
_SOURCE_LANGUAGES = ("vi", "en")

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One article; without a target it is only rendered."""

    source: Path
    target: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job: the rendered article and its record, or the error."""

    job: Job
    rendered: bytes = b""
    record: dict[str, Any] | None = None
    error: MtkitError | None = None


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

    def read(self, path: str | Path, format_name: str | None, raw: bytes | None = None) -> Document:
        """Read one article in the language it has; `raw` are its bytes where they are at hand."""
        return read_document(
            path, self.src_lang, self.tgt_lang, format=format_name, options=self.format_options, raw=raw
        )

    def pipeline(self) -> Pipeline:
        return Pipeline(
            GuardedEngine(self.engine),
            self.termbase,
            decoding=DecodingOptions(beam=self.settings.beam),
            typography=self.settings.typography,
        )


def plan(inputs: Sequence[Path], output: str | None, tgt_lang: str) -> list[Job]:
    """Find the articles and give each its target; folders keep their shape below `output`.

    `output` is a file for one file, else a folder; "NAME/" is a folder that may have to be made.

    Raises InputError for what is not there, ConfigError where a target would fall on another
    or on a source.
    """
    files = [(path, Path(path.name)) for path in inputs if not path.is_dir()]
    for folder in inputs:
        if folder.is_dir():
            files += [(path, path.relative_to(folder)) for path in find_documents(folder, tgt_lang)]
    if output is None:
        if len(files) > 1:
            raise ConfigError(f"{len(files)} articles need a place to go.", "Name a folder: -o OUT.")
        return [Job(source=path) for path, _ in files]
    place = Path(output)
    if len(files) == 1 and not inputs[0].is_dir() and not (output.endswith("/") or place.is_dir()):
        targets = [place]
    else:
        names = [translated_name(relative, tgt_lang) for _, relative in files]
        clashes = Counter(names)
        targets = [
            place / (_in_language(relative, relative.stem, tgt_lang) if clashes[name] > 1 else name)
            for (_, relative), name in zip(files, names, strict=True)
        ]
    for target, count in Counter(targets).items():
        if count > 1:
            raise ConfigError(f"{count} articles would be written to {target}.", "Translate them one by one.")
    sources = {path.resolve() for path, _ in files}
    for target in targets:
        if target.resolve() in sources:
            raise ConfigError(f"{target} is a source.", "Choose another place for the output: -o OUT.")
    return [Job(source=path, target=target) for (path, _), target in zip(files, targets, strict=True)]


def translated_name(path: Path, tgt_lang: str) -> Path:
    """report.vi.md -> report.ru.md; report.md -> report.ru.md."""
    stem = path.stem
    for lang in _SOURCE_LANGUAGES:
        stem = stem.removesuffix(f".{lang}")
    return _in_language(path, stem or path.stem, tgt_lang)


def _in_language(path: Path, stem: str, tgt_lang: str) -> Path:
    return path.with_name(f"{stem}.{tgt_lang}{path.suffix}")


def translate_jobs(
    jobs: Sequence[Job], translator: Translator, progress: Progress = lambda count: None
) -> Iterator[Outcome]:
    """One outcome a job, as each is done. `progress` is told segments. StoreError stops the run."""
    pipeline = translator.pipeline()
    group: list[tuple[Job, Document]] = []
    for position, job in enumerate(jobs, start=1):
        try:
            group.append((job, translator.read(job.source, translator.format)))
        except MtkitError as error:
            yield Outcome(job=job, error=error)
        if position == len(jobs) or sum(len(d.segments) for _, d in group) >= GROUP_SEGMENTS:
            yield from _translate_group(group, pipeline, translator, progress)
            group = []


def _translate_group(
    group: Sequence[tuple[Job, Document]], pipeline: Pipeline, translator: Translator, progress: Progress
) -> Iterator[Outcome]:
    try:
        translated = pipeline.translate_documents([document.segments for _, document in group])
    except (EngineError, UnsupportedPairError) as error:
        if len(group) == 1:
            yield Outcome(job=group[0][0], error=error)
        else:
            for single in group:
                yield from _translate_group([single], pipeline, translator, progress)
        return
    for (job, document), translations in zip(group, translated, strict=True):
        yield _finish(job, document, translations, translator)
        progress(len(document.segments))


def _finish(
    job: Job, document: Document, translations: Sequence[Translation], translator: Translator
) -> Outcome:
    rendered = render_document(document, {t.segment_id: t.target for t in translations})
    record = run_record(
        document,
        translations,
        engine=GuardedEngine(translator.engine),
        termbase=translator.termbase,
        settings=translator.settings,
    )
    if job.target is not None:
        atomic_write(job.target, rendered)
        atomic_write(record_path(job.target), render_record(record))
    return Outcome(job=job, rendered=rendered, record=record)
