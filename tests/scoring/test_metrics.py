"""Every registered metric: statistics that add up; of sacreBLEU's metrics, its own numbers as goldens."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtkit import registry
from mtkit.errors import ConfigError, InputError, LengthMismatchError, ModelDownloadError, MtkitError
from mtkit.scoring import resampling
from mtkit.scoring.base import Bootstrap, Metric, ParallelText
from mtkit.scoring.evaluate import (
    as_sacrebleu_json,
    as_sacrebleu_line,
    evaluate,
    nothing_counted,
    segment_table,
)
from mtkit.scoring.resampling import confidence_interval

HYPOTHESES = [
    "Утром 12 августа уезд открыл новую школу.",
    "Председатель комитета поблагодарил строителей.",
    "Дорогу отремонтируют до конца года, сообщили в департаменте.",
    "Дождь.",
]
REFERENCES = [
    "Утром 12 августа в уезде открыли новую школу.",
    "Председатель Народного комитета поблагодарил строителей.",
    "До конца года дорогу отремонтируют, сообщает департамент.",
    "Дождь.",
]
SECOND_REFERENCES = [
    "12 августа утром уезд открыл новую школу.",
    "Председатель поблагодарил рабочих.",
    "Дорогу починят до конца года, сообщили в департаменте транспорта.",
    "Дождь идёт.",
]


SOURCES = [
    "On the morning of August 12 the rural district opened a new school.",
    "The Chairman of the People's Committee thanked the builders.",
    "The road will be repaired by the end of the year, the department said.",
    "Rain.",
]
SACREBLEU = ("bleu", "chrf", "spbleu", "ter")


def text(
    hypotheses: list[str] = HYPOTHESES, references: list[list[str]] | None = None, **sides: Any
) -> ParallelText:
    return ParallelText(
        hypotheses=hypotheses,
        references=[REFERENCES] if references is None else references,
        sources=SOURCES[: len(hypotheses)],
        **sides,
    )


@pytest.fixture(scope="session")
def sentencepiece_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where sacreBLEU looks for the FLORES-200 model: a small one of our own sentences."""
    import sentencepiece

    folder = tmp_path_factory.mktemp("sacrebleu")
    (folder / "models").mkdir()
    text = folder / "text.txt"
    text.write_text("\n".join(HYPOTHESES + REFERENCES + SECOND_REFERENCES), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(folder / "small"),
        vocab_size=120,
        hard_vocab_limit=False,
        minloglevel=3,
    )
    (folder / "small.model").rename(folder / "models" / "flores200sacrebleuspm")
    return folder


@pytest.fixture
def comet_python(tmp_path: Path) -> Path:
    """A stand-in for COMET's interpreter: the more of the reference's words, the better."""
    program = tmp_path / "comet-python"
    program.write_text(
        f"#!{sys.executable}\n"
        "import json, sys\n"
        "print(json.dumps({'comet': '0'}))\n"
        "for line in sys.stdin:\n"
        "    segment = json.loads(line)\n"
        "    wanted = set(segment.get('ref', segment['mt']).split())\n"
        "    print(json.dumps({'score': len(wanted & set(segment['mt'].split())) / len(wanted)}))\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return program


@pytest.fixture(params=registry.names("metrics"))
def metric(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    sentencepiece_model: Path,
    comet_python: Path,
) -> Metric:
    import sacrebleu.tokenizers.tokenizer_spm as tokenizer

    monkeypatch.setattr(tokenizer, "SACREBLEU_DIR", str(sentencepiece_model))
    monkeypatch.setenv("MTKIT_COMET_PYTHON", str(comet_python))
    made: Metric = registry.load("metrics", request.param)()
    return made


@pytest.fixture(params=SACREBLEU)
def sacrebleu_named(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, sentencepiece_model: Path
) -> Metric:
    import sacrebleu.tokenizers.tokenizer_spm as tokenizer

    monkeypatch.setattr(tokenizer, "SACREBLEU_DIR", str(sentencepiece_model))
    made: Metric = registry.load("metrics", request.param)()
    return made


def sacrebleu_metric(name: str) -> Any:
    from sacrebleu.metrics import BLEU, CHRF, TER

    return {
        "bleu": lambda: BLEU(),
        "chrf": lambda: CHRF(word_order=2),
        "spbleu": lambda: BLEU(tokenize="flores200"),
        "ter": lambda: TER(),
    }[name]()


def test_protocol(metric: Metric) -> None:
    assert isinstance(metric, Metric)
    assert metric.name in registry.names("metrics")


def test_statistics_are_sums_and_give_the_corpus_score(metric: Metric) -> None:
    stats = metric.stats(text())
    assert len(stats) == len(HYPOTHESES)
    total = [sum(column) for column in zip(*stats, strict=True)]
    score = metric.aggregate(stats)
    assert metric.value(total) == pytest.approx(score.value)
    assert metric.aggregate([total]).value == pytest.approx(score.value)


def test_segment_values_have_the_scale_of_the_score(metric: Metric) -> None:
    score = evaluate(metric, text(), segments=True)
    assert len(score.segment_values) == len(HYPOTHESES)
    fields = as_sacrebleu_json(score)
    assert len(fields["segment_scores"]) == len(HYPOTHESES)
    assert not any(isinstance(v, float) and math.isnan(v) for v in fields["segment_scores"])
    assert [row[0] for row in segment_table([score])] == ["segment", "1", "2", "3", "4"]


def test_confidence_interval_holds_the_score_and_is_in_the_signature(metric: Metric) -> None:
    score = evaluate(metric, text(), bootstrap=Bootstrap(resamples=50, seed=3))
    assert score.ci95 is not None
    assert score.ci95[0] - 1e-6 <= sum(score.ci95) / 2 <= score.ci95[1] + 1e-6
    assert "|bs:50|seed:3|" in score.signature
    assert " ± " in as_sacrebleu_line(score)


def test_a_perfect_translation_has_the_best_score(metric: Metric) -> None:
    score = evaluate(metric, text(REFERENCES))
    best = 100.0 if score.higher_is_better else 0.0
    if metric.name.startswith("comet"):
        best = 1.0
    if metric.name == "term-presence":
        return  # the reference itself need not have every term
    assert nothing_counted(score) or score.value == pytest.approx(best)


def test_what_a_metric_needs(metric: Metric) -> None:
    for needed, missing in (
        (metric.needs_reference, ParallelText(hypotheses=HYPOTHESES, sources=SOURCES)),
        (metric.needs_source, ParallelText(hypotheses=HYPOTHESES, references=[REFERENCES])),
    ):
        if needed:
            with pytest.raises(ConfigError, match="needs"):
                evaluate(metric, missing)


@pytest.mark.parametrize("references", [[REFERENCES], [REFERENCES, SECOND_REFERENCES]])
def test_corpus_score_and_signature_are_those_of_sacrebleu(
    sacrebleu_named: Metric, references: list[list[str]]
) -> None:
    golden = sacrebleu_metric(sacrebleu_named.name)
    expected = golden.corpus_score(HYPOTHESES, references)
    score = evaluate(sacrebleu_named, text(references=references))
    assert score.value == pytest.approx(expected.score, abs=1e-9)
    assert score.signature == str(golden.get_signature())
    assert f"nrefs:{len(references)}" in score.signature


def test_bootstrap_is_that_of_sacrebleu(sacrebleu_named: Metric) -> None:
    golden = sacrebleu_metric(sacrebleu_named.name)
    expected = golden.corpus_score(HYPOTHESES, [REFERENCES], n_bootstrap=200)
    score = evaluate(sacrebleu_named, text(), bootstrap=Bootstrap(resamples=200))
    assert score.ci95 is not None
    assert sum(score.ci95) / 2 == pytest.approx(expected._mean, abs=1e-3)
    assert (score.ci95[1] - score.ci95[0]) / 2 == pytest.approx(expected._ci, abs=1e-3)
    assert score.signature == str(golden.get_signature())


def test_segment_scores_are_those_of_sacrebleu(sacrebleu_named: Metric) -> None:
    golden = sacrebleu_metric(sacrebleu_named.name)
    if sacrebleu_named.name in ("bleu", "spbleu"):
        golden.effective_order = True
    expected = [
        golden.sentence_score(hyp, [ref]).score for hyp, ref in zip(HYPOTHESES, REFERENCES, strict=True)
    ]
    assert evaluate(sacrebleu_named, text(), segments=True).segment_values == pytest.approx(expected)


def test_bootstrap_in_pieces_draws_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    metric = registry.load("metrics", "bleu")()
    stats = metric.stats(text())
    at_once = confidence_interval(metric, stats, Bootstrap(resamples=101))
    monkeypatch.setattr(resampling, "DRAWN_AT_ONCE", 7 * len(stats))
    assert confidence_interval(metric, stats, Bootstrap(resamples=101)) == at_once


def test_another_seed_draws_otherwise() -> None:
    metric = registry.load("metrics", "chrf")()
    intervals = {
        evaluate(metric, text(), bootstrap=Bootstrap(resamples=50, seed=seed)).ci95 for seed in (1, 2)
    }
    assert len(intervals) == 2


words = st.text("абвг ", max_size=20)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_statistics_of_any_text_are_sums(pairs: list[tuple[str, str]]) -> None:
    hyps, refs = (list(side) for side in zip(*pairs, strict=True))
    for name in ("bleu", "chrf", "ter"):
        metric = registry.load("metrics", name)()
        stats = metric.stats(ParallelText(hypotheses=hyps, references=[refs]))
        total = [sum(column) for column in zip(*stats, strict=True)]
        assert metric.aggregate([total]).value == pytest.approx(metric.aggregate(stats).value)


def test_json_has_the_parts_of_the_signature() -> None:
    score = evaluate(registry.load("metrics", "chrf")(), text())
    fields = as_sacrebleu_json(score, width=2)
    assert fields["name"] == "chrF2++"
    assert fields["nw"] == "2"
    assert fields["score"] == round(score.value, 2)
    assert "verbose_score" not in fields


@pytest.mark.parametrize(
    ("sides", "error"),
    [
        (ParallelText(hypotheses=[], references=[[]]), InputError),
        (ParallelText(hypotheses=["а"]), ConfigError),
        (ParallelText(hypotheses=["а"], references=[["а", "б"]]), LengthMismatchError),
        (ParallelText(hypotheses=["а"], references=[["а"]], sources=[]), LengthMismatchError),
        (ParallelText(hypotheses=["а"], references=[["а"]], documents=[]), LengthMismatchError),
    ],
)
def test_sides_that_do_not_fit(sides: ParallelText, error: type[MtkitError]) -> None:
    with pytest.raises(error):
        evaluate(registry.load("metrics", "bleu")(), sides)


def test_spbleu_without_its_model_and_without_network(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import sacrebleu.tokenizers.tokenizer_spm as tokenizer

    monkeypatch.setattr(tokenizer, "SACREBLEU_DIR", str(tmp_path))
    with pytest.raises(ModelDownloadError, match="FLORES-200"):
        registry.load("metrics", "spbleu")()
