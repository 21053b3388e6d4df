"""The contract of engines, over everything registered and every architecture."""

from __future__ import annotations

import math
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from mtkit import registry
from mtkit.engines.alignment import align_targets
from mtkit.engines.base import Capabilities, DecodingOptions, Engine, EngineOptions, Rendering, Request
from mtkit.engines.cached import CachedEngine
from mtkit.engines.opening import open_engine
from mtkit.errors import ConfigError, EngineError, UnsupportedPairError
from mtkit.models.card import CardAlignment, ModelCard, write_card
from mtkit.types import Span
from tests.models.fixtures import TinyModel
from tests.models.tiny_models import PAIRS

ARCHITECTURES = ("mtkit-marian", "nllb", "t5")
SOURCES = [source for source, _ in PAIRS[:2]]
Open = Callable[[str, str], Engine]


def request(text: str, prefix: str = "") -> Request:
    return Request(text=text, src_lang="en", tgt_lang="ru", prefix=prefix)


@pytest.fixture(scope="module")
def opened() -> dict[tuple[str, str], Engine]:
    return {}


@pytest.fixture(params=[(e, a) for e in registry.names("engines") for a in ARCHITECTURES], ids="-".join)
def engine(
    request: pytest.FixtureRequest, tiny_model: TinyModel, opened: dict[tuple[str, str], Engine]
) -> Engine:
    name, architecture = request.param
    if request.param not in opened:
        options = EngineOptions(
            model=str(tiny_model(architecture)),
            threads=2 if name == "ctranslate2" else 1,
            batch_tokens=96,
            compute_type="float32",
        )
        opened[request.param] = open_engine(name, options)
    return opened[request.param]


def test_it_is_an_engine(engine: Engine) -> None:
    assert isinstance(engine, Engine)
    assert isinstance(engine.capabilities, Capabilities)
    assert ("en", "ru") in engine.capabilities.pairs


def test_it_translates(engine: Engine) -> None:
    texts = [hypotheses[0].text for hypotheses in engine.translate([request(text) for text in SOURCES])]
    assert texts == [target for _, target in PAIRS[:2]]


def test_same_length_and_order_with_duplicates_and_blanks(engine: Engine) -> None:
    texts = [SOURCES[0], "", SOURCES[1], " \n", SOURCES[0], "Monday", SOURCES[1]]
    found = engine.translate([request(text) for text in texts])
    assert len(found) == len(texts)
    alone = {text: engine.translate([request(text)])[0][0].text for text in set(texts)}
    assert [hypotheses[0].text for hypotheses in found] == [alone[text] for text in texts]
    assert found[1] == found[3] == (replace(found[1][0], text="", score=None),)


def test_nothing_to_translate(engine: Engine) -> None:
    assert engine.translate([]) == []
    assert engine.score([]) == []


def test_n_best_is_sorted_and_different(engine: Engine) -> None:
    (hypotheses,) = engine.translate([request(SOURCES[0])], DecodingOptions(beam=4, n_best=3))
    scores = [hypothesis.score for hypothesis in hypotheses]
    assert len(hypotheses) == 3
    assert scores == sorted(scores, reverse=True)
    assert all(math.isfinite(score) and score < 0 for score in scores)


@pytest.mark.parametrize(("beam", "n_best"), [(2, 3), (4, 0)])
def test_more_hypotheses_than_the_beam_are_refused(engine: Engine, beam: int, n_best: int) -> None:
    with pytest.raises(ConfigError, match="hypotheses"):
        engine.translate([request(SOURCES[0])], DecodingOptions(beam=beam, n_best=n_best))


@pytest.mark.parametrize("prefix", ["Старый", "Комитет, ", "В ⟨2030⟩ году"])
def test_a_prefix_is_obeyed(engine: Engine, prefix: str) -> None:
    assert engine.capabilities.prefix
    requests = [request(SOURCES[0], prefix), request(SOURCES[0]), request(SOURCES[1], prefix)]
    for options in (DecodingOptions(beam=1), DecodingOptions(beam=4, n_best=2)):
        found = engine.translate(requests, options)
        assert all(hypothesis.text.startswith(prefix) for i in (0, 2) for hypothesis in found[i])
        assert found[1][0].text == PAIRS[0][1]
        assert [h.score for h in found[0]] == sorted((h.score for h in found[0]), reverse=True)


def test_the_score_of_a_hypothesis_is_its_score(engine: Engine) -> None:
    for prefix in ("", "Комитет"):  # the prefix is scored too
        ((best,),) = engine.translate([request(SOURCES[0], prefix)])
        (score,) = engine.score([(request(SOURCES[0]), best.text)])
        assert score == pytest.approx(best.score, abs=2e-3)


def test_its_own_translation_scores_better_than_a_shuffled_one(engine: Engine) -> None:
    ((best,),) = engine.translate([request(SOURCES[0])])
    words = best.text.split()
    random.Random(3).shuffle(words)
    own, shuffled = engine.score([(request(SOURCES[0]), best.text), (request(SOURCES[0]), " ".join(words))])
    assert math.isfinite(own) and math.isfinite(shuffled)
    assert own > shuffled


def test_scores_keep_their_order(engine: Engine) -> None:
    pairs = [(request(source), target) for source in SOURCES for target in ("Мост.", PAIRS[0][1], "")]
    together = engine.score(pairs)
    assert together == pytest.approx([engine.score([pair])[0] for pair in pairs], abs=1e-4)


def test_an_unsupported_pair_is_refused(engine: Engine) -> None:
    wrong = Request(text=SOURCES[0], src_lang="en", tgt_lang="fr")
    for call in (lambda: engine.translate([wrong]), lambda: engine.score([(wrong, "x")])):
        with pytest.raises(UnsupportedPairError, match="en-fr"):
            call()


def test_alignment_spans_lie_inside(engine: Engine) -> None:
    text = f"  {SOURCES[0]} {SOURCES[1]}"
    requests = [request(text), request(SOURCES[1], "Комитет")]
    found = engine.translate(requests, DecodingOptions(n_best=2, alignment=True))
    for asked, hypotheses in zip(requests, found, strict=True):
        for hypothesis in hypotheses:
            assert hypothesis.alignment
            for target, source in hypothesis.alignment:
                for span, whole in ((target, hypothesis.text), (source, asked.text)):
                    assert 0 <= span.start < span.end <= len(whole)
                    assert span.of(whole) == span.of(whole).strip()
            starts = [target.start for target, _ in hypothesis.alignment]
            assert starts == sorted(starts)


def test_given_targets_are_aligned(engine: Engine) -> None:
    requests = [request(source) for source in SOURCES]
    pairs = [(each, target[:12]) for each, (_, target) in zip(requests, PAIRS, strict=False)]
    for (asked, target), alignment in zip(pairs, align_targets(engine, pairs), strict=True):
        assert alignment
        for tgt, src in alignment:
            assert 0 <= tgt.start < tgt.end <= len(target)
            assert 0 <= src.start < src.end <= len(asked.text)


def test_a_target_that_is_too_long_to_be_forced_spoils_no_other(engine: Engine) -> None:
    pairs = [(request(SOURCES[0]), text) for text in (PAIRS[0][1][:8], "Комитет собрался. " * 40)]
    short, long = align_targets(engine, pairs)
    assert short
    assert long == ()


def test_a_target_is_aligned_as_it_was_decoded(engine: Engine) -> None:
    asked = request(SOURCES[0])
    decoded = engine.translate([asked], DecodingOptions(alignment=True))[0][0]
    (given,) = align_targets(engine, [(asked, decoded.text)])
    if given:
        assert {tgt for tgt, _ in given} == {tgt for tgt, _ in decoded.alignment}


def test_hypotheses_after_a_prefix_may_come_without_scores(engine: Engine) -> None:
    asked = request(SOURCES[0], prefix=PAIRS[0][1][:4])
    ((scored,),) = engine.translate([asked])
    ((bare,),) = engine.translate([asked], DecodingOptions(scores=False))
    assert bare.text == scored.text
    assert bare.score in (None, scored.score)


def test_no_alignment_unless_asked(engine: Engine) -> None:
    assert engine.translate([request(SOURCES[0])])[0][0].alignment == ()


def test_a_ban_on_repeated_n_grams_is_obeyed(engine: Engine) -> None:
    ((best,),) = engine.translate([request("Monday " * 6)], DecodingOptions(no_repeat_ngram=2))
    words = best.text.split()
    pairs = list(pairwise(words))
    assert len(pairs) == len(set(pairs))


def test_fingerprints_tell_engines_apart(engine: Engine) -> None:
    fingerprint = engine.fingerprint()
    assert {"engine", "engine_version", "model", "model_hash", "compute_type"} <= fingerprint.keys()
    assert all(isinstance(value, str) and value for value in fingerprint.values())


def test_a_prefix_that_is_too_long_is_refused(engine: Engine) -> None:
    with pytest.raises(EngineError, match="too long"):
        engine.translate([request(SOURCES[0], "старый мост, " * 60)])


def test_a_target_that_is_too_long_to_score_is_refused(engine: Engine) -> None:
    with pytest.raises(EngineError, match="too long"):
        engine.score([(request(SOURCES[0]), "старый мост, " * 60)])


@pytest.mark.parametrize("name", registry.names("engines"))
@pytest.mark.parametrize("glue", [" ", ""])
def test_a_long_text_is_cut_and_joined(name: str, glue: str, tiny_model: TinyModel) -> None:
    """Each sentence is translated: nothing is cut off silently."""
    options = EngineOptions(model=str(tiny_model("mtkit-marian")), threads=1, compute_type="float32")
    engine = open_engine(name, options)
    text = glue.join([SOURCES[0], SOURCES[1]] * 4) if glue else SOURCES[0].replace(" ", "") * 3
    found = engine.translate([request(text), request(SOURCES[1])], DecodingOptions(alignment=True))
    assert found[1][0].text == PAIRS[1][1]
    hypothesis = found[0][0]
    assert math.isfinite(hypothesis.score)
    if glue:
        assert hypothesis.text == " ".join([PAIRS[0][1], PAIRS[1][1]] * 4)
    last_target, last_source = hypothesis.alignment[-1]
    assert last_target.end == len(hypothesis.text)
    assert last_source.start > len(text) * 3 // 4
    assert all(source.end <= len(text) for _, source in hypothesis.alignment)


@pytest.mark.parametrize("architecture", ["mtkit-marian", "opus-marian-zle", "m2m100", "nllb", "t5"])
def test_both_engines_agree_in_float32(architecture: str, tiny_model: TinyModel) -> None:
    """Same texts, scores and alignments: language tokens, start embedding and output scaling are right."""
    options = EngineOptions(model=str(tiny_model(architecture)), threads=1, compute_type="float32")
    ours, reference = (open_engine(name, options) for name in ("ctranslate2", "transformers"))
    requests = [request(source) for source in (*SOURCES, "The old committee met.", "On Monday is closed.")]
    greedy = [*requests, request(SOURCES[0], "Старый"), request(SOURCES[1], "Комитет")]
    for asked, beam in ((greedy, 1), (requests[:2], 4)):
        decoding = DecodingOptions(beam=beam, alignment=True)
        for (mine,), (theirs,) in zip(
            ours.translate(asked, decoding), reference.translate(asked, decoding), strict=True
        ):
            assert mine.text == theirs.text
            assert mine.score == pytest.approx(theirs.score, abs=1e-3)
            same = [a == b for a, b in zip(mine.alignment, theirs.alignment, strict=True)]
            assert sum(same) >= 0.95 * len(same)
    targets = [(request(SOURCES[0]), target) for target in ("Мост закрыт.", "", "Xyz 42")]
    assert ours.score(targets) == pytest.approx(reference.score(targets), abs=1e-3)


def test_markup_symbols_are_single_tokens_for_mtkit_models(tiny_model: TinyModel) -> None:
    engine = open_engine("ctranslate2", EngineOptions(model=str(tiny_model("mtkit-marian")), threads=1))
    ((best,),) = engine.translate([request("The bridge ⟦t⟧ мост ⟦/t⟧ near the river.")])
    assert best.text


def test_capabilities_come_from_the_card(tiny_model: TinyModel, tmp_path: Path) -> None:
    import shutil

    from mtkit.models.card import CardCapabilities

    folder = tmp_path / "model"
    shutil.copytree(tiny_model("mtkit-marian"), folder)
    capabilities = CardCapabilities(annotations=True, placeables=True, tags=("dom",))
    pairs = (("vi", "ru"), ("en", "ru"))
    write_card(ModelCard(name="m", architecture="marian", pairs=pairs, capabilities=capabilities), folder)
    found = open_engine("ctranslate2", EngineOptions(model=str(folder), threads=1)).capabilities
    assert found.annotations and found.placeables and found.tags == {"dom"}
    assert found.pairs == {("vi", "ru"), ("en", "ru")}


def test_wrong_compute_type_is_one_sentence(tiny_model: TinyModel) -> None:
    options = EngineOptions(model=str(tiny_model("opus-marian")), threads=1, compute_type="float99")
    with pytest.raises(ConfigError, match="float99"):
        open_engine("ctranslate2", options)


def test_a_cached_engine_keeps_the_contract(tiny_model: TinyModel, tmp_path: Path) -> None:
    options = EngineOptions(model=str(tiny_model("nllb")), threads=1, compute_type="float32")
    plain = open_engine("ctranslate2", options)
    cached = CachedEngine(plain, tmp_path / "cache.sqlite")
    requests = [request(SOURCES[0]), request(""), request(SOURCES[1], "Мост"), request(SOURCES[0])]
    decoding = DecodingOptions(n_best=2, alignment=True)
    expected = plain.translate(requests, decoding)
    assert cached.translate(requests, decoding) == cached.translate(requests, decoding) == expected
    assert isinstance(expected[0][0].alignment[0][0], Span)


def test_the_attention_that_the_card_names_is_read_alike(tiny_model: TinyModel, tmp_path: Path) -> None:
    named = tmp_path / "named"
    shutil.copytree(tiny_model("mtkit-marian"), named)
    alignment = CardAlignment(layer=0, heads=1, late=True)
    write_card(
        ModelCard(name="named", architecture="marian", pairs=(("en", "ru"),), alignment=alignment), named
    )
    asked = [request(source) for source in SOURCES]
    rendered = [
        Rendering(request=each, target=target, spans=(Span(4, 12),))
        for each, (_, target) in zip(asked, PAIRS, strict=False)
    ]
    aligned: dict[str, object] = {}
    shares = {}
    for name in ("ctranslate2", "transformers"):
        engine = open_engine(name, EngineOptions(model=str(named), threads=1, compute_type="float32"))
        aligned[name] = [h.alignment for (h,) in engine.translate(asked, DecodingOptions(alignment=True))]
        shares[name] = [share for own in engine.attribute(rendered) for row in own for share in row]
        engine.close()
    assert aligned["ctranslate2"] == aligned["transformers"]
    assert all(aligned["ctranslate2"])
    assert shares["ctranslate2"] == pytest.approx(shares["transformers"], abs=1e-3)
