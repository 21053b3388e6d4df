"""Paired tests: sacreBLEU's own figures, and what must hold of any."""

from __future__ import annotations

import random

import pytest

from mtkit import registry
from mtkit.scoring import resampling
from mtkit.scoring.base import Bootstrap, ParallelText, Statistics
from mtkit.scoring.resampling import paired_test

WORDS = [
    *("дорога", "школа", "уезд", "утром", "новый", "открыли", "комитет", "дождь"),
    *("строители", "поблагодарил", "община", "сообщили"),
]


def texts(seed: int = 1, count: int = 40) -> tuple[list[str], list[str], list[str]]:
    """References, a translation with few words changed, another with many."""
    generator = random.Random(seed)
    references = [" ".join(generator.choices(WORDS, k=generator.randint(4, 12))) for _ in range(count)]

    def spoilt(share: float) -> list[str]:
        return [
            " ".join(generator.choice(WORDS) if generator.random() < share else word for word in ref.split())
            for ref in references
        ]

    return references, spoilt(0.2), spoilt(0.35)


def statistics(name: str) -> tuple[list[Statistics], list[Statistics]]:
    references, good, worse = texts()
    metric = registry.load("metrics", name)()
    return tuple(  # type: ignore[return-value]
        metric.stats(ParallelText(hypotheses=side, references=[references])) for side in (good, worse)
    )


@pytest.mark.parametrize("name", ["bleu", "chrf", "ter"])
def test_the_figures_are_those_of_sacrebleu(name: str) -> None:
    from sacrebleu.metrics import BLEU, CHRF, TER
    from sacrebleu.significance import PairedTest

    references, good, worse = texts()
    theirs = {"bleu": BLEU, "chrf": lambda: CHRF(word_order=2), "ter": TER}[name]()
    expected = {}
    for kind, trials in (("bs", 200), ("ar", 500)):
        _, table = PairedTest(
            [("good", good), ("worse", worse)], {name: theirs}, [references], kind, trials
        )()
        (column,) = (column for title, column in table.items() if title != "System")
        expected[kind] = column[1]
    metric = registry.load("metrics", name)()
    test = paired_test(metric, *statistics(name), Bootstrap(resamples=200), trials=500)
    assert test.bootstrap_p == pytest.approx(expected["bs"].p_value)
    assert test.randomisation_p == pytest.approx(expected["ar"].p_value, abs=0.003)
    assert test.mean == pytest.approx(expected["bs"].mean, abs=1e-3)
    assert test.ci == pytest.approx(expected["bs"].ci, abs=1e-3)


def test_a_system_against_itself_is_no_discovery() -> None:
    good, _ = statistics("chrf")
    test = paired_test(registry.load("metrics", "chrf")(), good, good, Bootstrap(resamples=50), trials=50)
    assert test.difference == 0
    assert test.bootstrap_p == test.randomisation_p == 1


def test_the_seed_decides() -> None:
    good, worse = statistics("chrf")
    metric = registry.load("metrics", "chrf")()
    one, same, other = (
        paired_test(metric, good, worse, Bootstrap(resamples=50, seed=seed), trials=50) for seed in (0, 0, 7)
    )
    assert one == same
    assert one.mean != other.mean


def test_in_pieces_the_bootstrap_draws_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    good, worse = statistics("bleu")
    metric = registry.load("metrics", "bleu")()
    whole = paired_test(metric, good, worse, Bootstrap(resamples=30), trials=30)
    monkeypatch.setattr(resampling, "DRAWN_AT_ONCE", 64 * len(good))
    pieces = paired_test(metric, good, worse, Bootstrap(resamples=30), trials=30)
    assert pieces.bootstrap_p == whole.bootstrap_p
    assert pieces.mean == pytest.approx(whole.mean)


def test_one_differing_segment_is_no_discovery() -> None:
    good, worse = statistics("chrf")
    test = paired_test(
        registry.load("metrics", "chrf")(),
        good,
        [worse[0], *good[1:]],
        Bootstrap(resamples=50),
        trials=50,
    )
    assert test.difference != 0
    assert test.randomisation_p == 1
