from __future__ import annotations

from collections.abc import Sequence

import pytest

from mtkit.engines.base import (
    Capabilities,
    DecodingOptions,
    Engine,
    EngineOptions,
    Hypotheses,
    Hypothesis,
    Request,
)
from mtkit.engines.opening import open_engine
from mtkit.engines.pivot import PivotEngine
from mtkit.errors import ConfigError, UnknownNameError, UnsupportedPairError
from mtkit.types import Span
from tests.models.fixtures import TinyModel


class ScriptEngine:
    """Translates word for word by a table; aligns words with words."""

    name = "script"

    def __init__(self, pair: tuple[str, str], words: dict[str, str], score: float, **abilities: bool) -> None:
        self.capabilities = Capabilities(
            pairs=frozenset({pair}), tags=frozenset({"dom"}), prefix=True, scores=True, **abilities
        )
        self.words = words
        self.value = score
        self.asked: list[tuple[Request, DecodingOptions]] = []

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        self.asked += [(request, options) for request in requests]
        return [self._translate(request, options) for request in requests]

    def _translate(self, request: Request, options: DecodingOptions) -> Hypotheses:
        source, target, alignment = 0, request.prefix, []
        for word in request.text.split():
            start = request.text.index(word, source)
            source = start + len(word)
            target = f"{target} {self.words[word]}".strip()
            span = Span(len(target) - len(self.words[word]), len(target))
            alignment.append((span, Span(start, source)))
        best = Hypothesis(text=target, score=self.value, alignment=tuple(alignment))
        return (best,) * options.n_best

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        return [self.value if target == self.words.get(request.text) else -9.0 for request, target in pairs]

    def fingerprint(self) -> dict[str, str]:
        return {"engine": self.name, "words": str(len(self.words))}

    def close(self) -> None:
        self.words = {}


@pytest.fixture
def pivot() -> PivotEngine:
    first = ScriptEngine(("vi", "en"), {"cầu": "bridge", "cũ": "old"}, -0.25, placeables=True, alignment=True)
    second = ScriptEngine(
        ("en", "ru"), {"bridge": "мост", "old": "старый"}, -0.5, placeables=True, alignment=True
    )
    return PivotEngine(first, second)


def request(text: str, src: str, tgt: str = "ru", prefix: str = "") -> Request:
    return Request(text=text, src_lang=src, tgt_lang=tgt, prefix=prefix)


def test_pivoted_and_direct_requests_keep_their_order(pivot: PivotEngine) -> None:
    requests = [request("old", "en"), request("cầu cũ", "vi"), request("cũ", "vi", "en"), request("", "vi")]
    found = [hypotheses[0].text for hypotheses in pivot.translate(requests)]
    assert found == ["старый", "мост старый", "old", ""]


def test_scores_add_and_alignments_compose(pivot: PivotEngine) -> None:
    ((best,),) = pivot.translate([request("cầu cũ", "vi")], DecodingOptions(alignment=True))
    assert best.score == pytest.approx(-0.75)
    pairs = [(target.of(best.text), source.of("cầu cũ")) for target, source in best.alignment]
    assert pairs == [("мост", "cầu"), ("старый", "cũ")]


def test_n_best_and_prefix_belong_to_the_second_step(pivot: PivotEngine) -> None:
    (found,) = pivot.translate([request("cầu", "vi", prefix="Вот")], DecodingOptions(n_best=3))
    assert len(found) == 3 and found[0].text == "Вот мост"
    first_request, first_options = pivot.first.asked[0]  # type: ignore[attr-defined]
    assert first_request.prefix == "" and first_request.tgt_lang == "en" and first_options.n_best == 1


def test_scoring_goes_through_the_middle(pivot: PivotEngine) -> None:
    pairs = [(request("cầu", "vi"), "мост"), (request("bridge", "en"), "мост"), (request("cầu", "vi"), "нет")]
    assert pivot.score(pairs) == [-0.5, -0.5, -9.0]


def test_capabilities_are_composed(pivot: PivotEngine) -> None:
    assert pivot.capabilities == Capabilities(
        pairs=frozenset({("vi", "en"), ("en", "ru"), ("vi", "ru")}),
        placeables=True,
        tags=frozenset({"dom"}),
        prefix=True,
        scores=True,
        alignment=True,
    )
    weaker = PivotEngine(pivot.first, ScriptEngine(("en", "ru"), {}, 0.0))
    assert not weaker.capabilities.placeables and not weaker.capabilities.alignment


def test_engines_that_do_not_meet_are_refused(pivot: PivotEngine) -> None:
    with pytest.raises(ConfigError, match="no language in between"):
        PivotEngine(pivot.second, pivot.first)


def test_an_unsupported_pair_is_refused(pivot: PivotEngine) -> None:
    for call in (
        lambda: pivot.translate([request("x", "ru", "vi")]),
        lambda: pivot.score([(request("x", "ru", "vi"), "y")]),
    ):
        with pytest.raises(UnsupportedPairError, match="ru-vi"):
            call()


def test_fingerprint_and_close_reach_both(pivot: PivotEngine) -> None:
    assert pivot.fingerprint() == {
        "engine": "pivot",
        "first_engine": "script",
        "first_words": "2",
        "second_engine": "script",
        "second_words": "2",
    }
    pivot.close()
    assert pivot.first.words == pivot.second.words == {}  # type: ignore[attr-defined]
    assert isinstance(pivot, Engine)


def test_two_models_with_a_plus_are_a_pivot(tiny_model: TinyModel) -> None:
    model = f"{tiny_model('nllb')}+{tiny_model('opus-marian')}"
    engine = open_engine("ctranslate2", EngineOptions(model=model, threads=1))
    assert engine.name == "pivot"
    ((best,),) = engine.translate([request("Cây cầu cũ đã đóng.", "vi")])
    assert best.text
    engine.close()


def test_unknown_engine_lists_the_known() -> None:
    with pytest.raises(UnknownNameError, match="ctranslate2, transformers"):
        open_engine("moses", EngineOptions())
