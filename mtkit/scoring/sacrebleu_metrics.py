"""BLEU, chrF2++, TER and spBLEU, computed by sacreBLEU (Post 2018).

sacreBLEU keeps statistics apart from aggregation in methods that its own significance tests are built on;
they are used here, so that segments can be resampled and compared without scoring them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from mtkit.errors import ModelDownloadError, ModelLoadError
from mtkit.scoring.base import Bootstrap, DetailedScore, ParallelText, Statistics
from mtkit.types import Score


class _SacreBleuMetric:
    """A sacreBLEU metric behind the Metric protocol."""

    name: str
    needs_source = False
    needs_reference = True
    higher_is_better = True

    def __init__(self, corpus_metric: Any, segment_metric: Any | None = None) -> None:
        self._corpus_metric = corpus_metric
        self._segment_metric = segment_metric or corpus_metric
        self._corpus_metric.num_refs = 1

    def stats(self, text: ParallelText) -> list[Statistics]:
        stats: list[Statistics] = self._corpus_metric._extract_corpus_statistics(
            text.hypotheses, text.references
        )
        return stats

    def aggregate(self, stats: Sequence[Statistics]) -> Score:
        score = self._corpus_metric._aggregate_and_compute(stats)
        return DetailedScore(
            metric=self._full_name(score),
            value=score.score,
            higher_is_better=self.higher_is_better,
            signature=self.signature(),
            verbose=score._verbose,
        )

    def value(self, total: Statistics) -> float:
        return float(self._corpus_metric._compute_score_from_stats(total).score)

    def segment_value(self, stats: Statistics) -> float:
        return float(self._segment_metric._compute_score_from_stats(stats).score)

    def signature(self, bootstrap: Bootstrap | None = None) -> str:
        self._corpus_metric.n_bootstrap = bootstrap.resamples if bootstrap else None
        self._corpus_metric.seed = bootstrap.seed if bootstrap else None
        return str(self._corpus_metric.get_signature())

    def _full_name(self, score: Any) -> str:
        return str(score.name)


class Bleu(_SacreBleuMetric):
    """BLEU with mteval's tokenisation (13a); a segment's BLEU stops at the orders it has."""

    name = "bleu"

    def __init__(self, tokenize: str = "13a") -> None:
        super().__init__(
            BLEU(tokenize=tokenize, force=True), BLEU(tokenize=tokenize, effective_order=True, force=True)
        )


class SpBleu(Bleu):
    """BLEU over the pieces of the FLORES-200 SentencePiece model, which sacreBLEU fetches once."""

    name = "spbleu"

    def __init__(self) -> None:
        try:
            super().__init__("flores200")
        except (OSError, SystemExit) as error:
            raise ModelDownloadError(
                f"spBLEU needs the FLORES-200 SentencePiece model, which could not be fetched ({error}).",
                "Run once with a network, or leave spbleu out.",
            ) from error
        except RuntimeError as error:
            raise ModelLoadError(
                f"The FLORES-200 SentencePiece model is broken ({error}).",
                "Remove it from ~/.sacrebleu/models and run again.",
            ) from error

    def _full_name(self, score: Any) -> str:
        return "spBLEU"


class Chrf(_SacreBleuMetric):
    """chrF2++: characters to order 6, words to order 2 (Popović 2017)."""

    name = "chrf"

    def __init__(self) -> None:
        super().__init__(CHRF(word_order=2))


class Ter(_SacreBleuMetric):
    """Translation edit rate (Snover 2006), percent of edits; lower is better."""

    name = "ter"
    higher_is_better = False

    def __init__(self) -> None:
        super().__init__(TER())
