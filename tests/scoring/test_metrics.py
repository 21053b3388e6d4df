"""Every registered metric: statistics that add up, and sacreBLEU's own numbers as goldens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtkit import registry
from mtkit.errors import InputError, LengthMismatchError, ModelDownloadError
from mtkit.scoring import evaluate as evaluation
from mtkit.scoring.base import Bootstrap, Metric
from mtkit.scoring.evaluate import as_sacrebleu_json, confidence_interval, evaluate

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


@pytest.fixture(params=registry.names("metrics"))
def metric(
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


@pytest.mark.parametrize("references", [[REFERENCES], [REFERENCES, SECOND_REFERENCES]])
def test_corpus_score_and_signature_are_those_of_sacrebleu(
    metric: Metric, references: list[list[str]]
) -> None:
    golden = sacrebleu_metric(metric.name)
    expected = golden.corpus_score(HYPOTHESES, references)
    score = evaluate(metric, HYPOTHESES, references)
    assert score.value == pytest.approx(expected.score, abs=1e-9)
    assert score.signature == str(golden.get_signature())
    assert f"nrefs:{len(references)}" in score.signature


def test_bootstrap_is_that_of_sacrebleu(metric: Metric) -> None:
    golden = sacrebleu_metric(metric.name)
    expected = golden.corpus_score(HYPOTHESES, [REFERENCES], n_bootstrap=200)
    score = evaluate(metric, HYPOTHESES, [REFERENCES], bootstrap=Bootstrap(resamples=200))
    assert score.ci95 is not None
    assert sum(score.ci95) / 2 == pytest.approx(expected._mean, abs=1e-3)
    assert (score.ci95[1] - score.ci95[0]) / 2 == pytest.approx(expected._ci, abs=1e-3)
    assert score.signature == str(golden.get_signature())


def test_bootstrap_in_pieces_draws_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    metric = registry.load("metrics", "bleu")()
    stats = [metric.stats("", hyp, [ref]) for hyp, ref in zip(HYPOTHESES, REFERENCES, strict=True)]
    at_once = confidence_interval(metric, stats, Bootstrap(resamples=101))
    monkeypatch.setattr(evaluation, "RESAMPLES_AT_ONCE", 7 * len(stats))
    assert confidence_interval(metric, stats, Bootstrap(resamples=101)) == at_once


def test_another_seed_draws_otherwise() -> None:
    metric = registry.load("metrics", "chrf")()
    intervals = {
        evaluate(metric, HYPOTHESES, [REFERENCES], bootstrap=Bootstrap(resamples=50, seed=seed)).ci95
        for seed in (1, 2)
    }
    assert len(intervals) == 2


def test_segment_scores(metric: Metric) -> None:
    score = evaluate(metric, HYPOTHESES, [REFERENCES], segments=True)
    best = 100.0 if score.higher_is_better else 0.0
    assert len(score.segment_values) == len(HYPOTHESES)
    assert score.segment_values[3] == pytest.approx(best)
    assert all(value != pytest.approx(best) for value in score.segment_values[:3])


def test_a_perfect_translation_has_the_best_score(metric: Metric) -> None:
    score = evaluate(metric, REFERENCES, [REFERENCES])
    assert score.value == pytest.approx(100.0 if score.higher_is_better else 0.0)


words = st.text("абвг ", max_size=20)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_statistics_are_sums(pairs: list[tuple[str, str]]) -> None:
    for name in ("bleu", "chrf", "ter"):
        metric = registry.load("metrics", name)()
        stats = [metric.stats("", hyp, [ref]) for hyp, ref in pairs]
        total = [sum(column) for column in zip(*stats, strict=True)]
        assert metric.aggregate([total]).value == pytest.approx(metric.aggregate(stats).value)


def test_json_has_the_parts_of_the_signature() -> None:
    score = evaluate(registry.load("metrics", "chrf")(), HYPOTHESES, [REFERENCES])
    fields = as_sacrebleu_json(score, width=2)
    assert fields["name"] == "chrF2++"
    assert fields["nw"] == "2"
    assert fields["score"] == round(score.value, 2)
    assert "verbose_score" not in fields


@pytest.mark.parametrize(
    ("hyps", "refs", "error"),
    [([], [[]], InputError), (["а"], [], InputError), (["а"], [["а", "б"]], LengthMismatchError)],
)
def test_sides_that_do_not_fit(hyps: list[str], refs: list[list[str]], error: type[Exception]) -> None:
    with pytest.raises(error):
        evaluate(registry.load("metrics", "bleu")(), hyps, refs)


def test_spbleu_without_its_model_and_without_network(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import sacrebleu.tokenizers.tokenizer_spm as tokenizer

    monkeypatch.setattr(tokenizer, "SACREBLEU_DIR", str(tmp_path))
    with pytest.raises(ModelDownloadError, match="FLORES-200"):
        registry.load("metrics", "spbleu")()
