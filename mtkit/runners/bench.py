"""Benchmarks of the whole: quality over test sets, and speed of engines as ratios."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from mtkit.engines.base import DecodingOptions, Engine, EngineOptions, Request
from mtkit.engines.opening import open_engine
from mtkit.errors import ConfigError
from mtkit.runners.local import Progress, Translator
from mtkit.scoring.base import ParallelText
from mtkit.scoring.evaluate import evaluate
from mtkit.scoring.inputs import Side, read_side
from mtkit.scoring.opening import open_metrics
from mtkit.scoring.terms import TermAnalysis
from mtkit.text.language import SOURCE_LANGUAGES
from mtkit.types import Score, Segment

CORPUS_COLUMNS = {"vi": 3, "en": 4, "ru": 5}
"""Columns of the domain corpus, from 1."""

METRICS = ("bleu", "chrf")
TERM_METRICS = ("term-presence", "term-form", "term-oracle", "term-insertions")

TGT_LANG = "ru"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSet:
    """Parallel sources and references, N of each."""

    name: str
    src_lang: str
    sources: Sequence[str]
    references: Sequence[str]

    def first(self, count: int) -> TestSet:
        """The first `count` segments; all of them where it is 0."""
        if not count:
            return self
        return replace(self, sources=self.sources[:count], references=self.references[:count])

    def segments(self) -> list[Segment]:
        """The sources as segments, numbered from 1."""
        return [
            Segment(id=str(number), source=source, src_lang=self.src_lang, tgt_lang=TGT_LANG)
            for number, source in enumerate(self.sources, 1)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRow:
    """Scores of one test set, translated with or without the termbase; `with_findings` from 0 to 1."""

    test_set: str
    terms: bool
    segments: int
    scores: tuple[Score, ...]
    with_findings: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """A way to run a model: what is measured against what."""

    name: str
    engine: str
    threads: int
    beam: int
    compute_type: str
    batch_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedRow:
    """`ratio` is target words a second over those of the first configuration, the median over the rounds."""

    configuration: Configuration
    ratio: float


def corpus_sets(folder: Path, part: str) -> list[TestSet]:
    """The dev or test part of the domain corpus, from Vietnamese and from English. Raises InputError."""
    path = folder / f"{part}.tsv"
    return [
        _read_set(
            f"{part} {lang}-{TGT_LANG}", path, str(CORPUS_COLUMNS[lang]), str(CORPUS_COLUMNS["ru"]), lang
        )
        for lang in SOURCE_LANGUAGES
    ]


def named_set(description: str) -> TestSet:
    """The test set of NAME=PATH:SRC_COLUMN:TGT_COLUMN:SRC_LANG. Raises ConfigError, InputError."""
    name, equals, rest = description.partition("=")
    path, *columns = rest.rsplit(":", 3)
    if not (name and equals and path and len(columns) == 3 and columns[2] in SOURCE_LANGUAGES):
        raise ConfigError(
            f"{description!r} does not describe a test set.",
            "Write NAME=PATH:SOURCE_COLUMN:TARGET_COLUMN:vi|en, for example flores=flores.tsv.gz:1:2:en.",
        )
    return _read_set(name, Path(path), columns[0], columns[1], columns[2])


def _read_set(name: str, path: Path, source: str, target: str, src_lang: str) -> TestSet:
    return TestSet(
        name=name,
        src_lang=src_lang,
        sources=read_side(f"{path}#{source}", Side.SOURCE),
        references=read_side(f"{path}#{target}", Side.REFERENCE),
    )


def measure_quality(
    translator: Translator, test_sets: Sequence[TestSet], progress: Progress = lambda count: None
) -> Iterator[QualityRow]:
    """Translate each test set without and, where there is one, with the termbase; a row for each.

    Terms are counted by the translator's termbase in both. `progress` is told segments.
    """
    termbase = translator.termbase
    for test_set in test_sets:
        analysis = None if termbase is None else TermAnalysis(termbase, test_set.src_lang)
        names = METRICS if analysis is None else (*METRICS, *TERM_METRICS)
        segments = test_set.segments()
        for held in (None,) if termbase is None else (None, termbase):
            translations = replace(translator, termbase=held).pipeline().translate(segments)
            progress(len(segments))
            text = ParallelText(
                hypotheses=[translation.target for translation in translations],
                references=[test_set.references],
                sources=test_set.sources,
            )
            yield QualityRow(
                test_set=test_set.name,
                terms=held is not None,
                segments=len(segments),
                scores=tuple(evaluate(metric, text) for metric in open_metrics(names, analysis)),
                with_findings=sum(bool(each.findings) for each in translations) / len(translations),
            )


def speed_configurations(cores: int) -> list[Configuration]:
    """Transformers as people run it, one sentence at a time in float32, then CTranslate2 in int8."""
    workers = sorted({1, max(cores, 2)})
    return [
        Configuration(
            name="transformers float32, one by one, beam 4",
            engine="transformers",
            threads=cores,
            beam=4,
            compute_type="float32",
            batch_tokens=1,
        ),
        *(
            Configuration(
                name=f"ctranslate2 int8, {count} {'worker' if count == 1 else 'workers'}, beam {beam}",
                engine="ctranslate2",
                threads=count,
                beam=beam,
                compute_type="int8",
                batch_tokens=1024,
            )
            for count in workers
            for beam in (4, 2, 1)
        ),
    ]


def measure_speed(
    model: str,
    sources: Sequence[str],
    src_lang: str,
    configurations: Sequence[Configuration],
    *,
    rounds: int,
    progress: Progress = lambda count: None,
) -> list[SpeedRow]:
    """Decode the same sources in every configuration, turn about, so that a busy machine slows all alike.

    Loading is not counted; each configuration decodes one source first. `progress` is told configurations.
    """
    requests = [Request(text=source, src_lang=src_lang, tgt_lang=TGT_LANG) for source in sources]
    engines = {
        key: open_engine(
            key[0], EngineOptions(model=model, threads=key[1], compute_type=key[2], batch_tokens=key[3])
        )
        for key in dict.fromkeys(map(_engine_key, configurations))
    }
    speeds: list[list[float]] = [[] for _ in configurations]
    try:
        for round_number in range(rounds):
            for speed, configuration in zip(speeds, configurations, strict=True):
                engine = engines[_engine_key(configuration)]
                options = DecodingOptions(beam=configuration.beam)
                if round_number == 0:
                    engine.translate(requests[:1], options)
                speed.append(_words_a_second(engine, requests, options))
                progress(1)
    finally:
        for engine in engines.values():
            engine.close()
    return [
        SpeedRow(
            configuration=configuration,
            ratio=median(mine / first for mine, first in zip(speed, speeds[0], strict=True)),
        )
        for configuration, speed in zip(configurations, speeds, strict=True)
    ]


def _engine_key(configuration: Configuration) -> tuple[str, int, str, int]:
    return (
        configuration.engine,
        configuration.threads,
        configuration.compute_type,
        configuration.batch_tokens,
    )


def _words_a_second(engine: Engine, requests: Sequence[Request], options: DecodingOptions) -> float:
    started = time.perf_counter()
    translated = engine.translate(requests, options)
    seconds = time.perf_counter() - started
    return max(1, sum(len(hypotheses[0].text.split()) for hypotheses in translated)) / seconds
