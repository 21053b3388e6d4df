"""What the benchmarks measure; how good or how fast is not the matter here."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mtkit.config import Settings
from mtkit.engines.base import DecodingOptions, EngineOptions, Hypotheses, Request
from mtkit.errors import ConfigError, InputError
from mtkit.runners import bench
from mtkit.runners.bench import (
    corpus_sets,
    measure_quality,
    measure_speed,
    named_set,
    speed_configurations,
)
from mtkit.runners.local import Translator
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Term
from tests.fakes import RuleEngine

TERMBASE = Termbase(
    concepts=(
        Concept(id="district", terms=(Term(lang="en", text="rural district"), Term(lang="ru", text="уезд"))),
    )
)
SET = bench.TestSet(
    name="own",
    src_lang="en",
    sources=["The rural district opened a school.", "It rained."],
    references=["Уезд открыл школу.", "Шёл дождь."],
)
ANSWERS = {SET.sources[0]: ["Район открыл школу.", "Уезд открыл школу."], SET.sources[1]: ["Шёл дождь."]}


def translator(termbase: Termbase | None) -> Translator:
    return Translator(
        engine=RuleEngine(lambda text: ANSWERS[text]),
        termbase=termbase,
        settings=Settings(),
        src_lang="auto",
        tgt_lang="ru",
    )


def test_quality_without_and_with_the_termbase() -> None:
    told: list[int] = []
    without, with_terms = measure_quality(translator(TERMBASE), [SET], told.append)
    assert told == [2, 2]
    assert (without.terms, with_terms.terms) == (False, True)
    values = [{score.metric: score.value for score in row.scores} for row in (without, with_terms)]
    assert list(values[0]) == [
        *("BLEU", "chrF2++", "TermPresence", "TermForm", "TermOracle", "TermFalseInsertions")
    ]
    assert (values[0]["TermPresence"], values[1]["TermPresence"]) == (0, 100)
    assert values[0]["TermOracle"] == 100
    assert values[1]["chrF2++"] == pytest.approx(100)
    assert 0 <= with_terms.with_findings <= 1


def test_quality_without_a_termbase_has_one_row_and_no_terms() -> None:
    (row,) = measure_quality(translator(None), [SET])
    assert [score.metric for score in row.scores] == ["BLEU", "chrF2++"]


def test_the_domain_corpus_from_both_languages(tmp_path: Path) -> None:
    rows = [["d1", "body", "Mưa.", "Rain.", "Дождь."], ["d1", "body", "Tuyết.", "Snow.", "Снег."]]
    (tmp_path / "dev.tsv").write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")
    vi, en = corpus_sets(tmp_path, "dev")
    assert (vi.name, vi.src_lang, vi.sources) == ("dev vi-ru", "vi", ["Mưa.", "Tuyết."])
    assert (en.src_lang, en.sources, en.references) == ("en", ["Rain.", "Snow."], ["Дождь.", "Снег."])
    assert vi.first(1).references == ["Дождь."]
    assert vi.first(0) is vi
    with pytest.raises(InputError, match=r"test\.tsv: there is no such file"):
        corpus_sets(tmp_path, "test")


def test_a_named_set(tmp_path: Path) -> None:
    path = tmp_path / "a:b.tsv"
    path.write_text("en\tru\nRain.\tДождь.\n", encoding="utf-8")
    found = named_set(f"mine={path}:en:ru:en")
    assert (found.name, found.src_lang, found.sources, found.references) == (
        "mine",
        "en",
        ["Rain."],
        ["Дождь."],
    )
    for wrong in ("mine", f"mine={path}", f"mine={path}:en:ru:fr", f"={path}:1:2:en"):
        with pytest.raises(ConfigError, match="does not describe a test set"):
            named_set(wrong)


class SlowEngine(RuleEngine):
    """Takes as long as its beam is wide."""

    def translate(
        self, requests: list[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        time.sleep(0.004 * options.beam * (4 if self.name == "transformers" else 1))
        return super().translate(requests, options)


def test_speed_is_a_ratio_to_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, EngineOptions]] = []

    def open_engine(name: str, options: EngineOptions) -> SlowEngine:
        opened.append((name, options))
        engine = SlowEngine(lambda text: "один два")
        engine.name = name
        return engine

    monkeypatch.setattr(bench, "open_engine", open_engine)
    configurations = speed_configurations(cores=2)
    told: list[int] = []
    rows = measure_speed("model", ["a", "b"], "en", configurations, rounds=2, progress=told.append)
    assert sum(told) == 2 * len(configurations)
    assert [name for name, _ in opened] == ["transformers", "ctranslate2", "ctranslate2"]
    assert [(o.threads, o.compute_type) for _, o in opened] == [(2, "float32"), (1, "int8"), (2, "int8")]
    assert rows[0].ratio == 1
    assert rows[1].ratio > 1.5
    assert rows[3].ratio > rows[1].ratio


def test_one_core_is_measured_with_two_workers_too() -> None:
    names = [configuration.name for configuration in speed_configurations(cores=1)]
    assert "ctranslate2 int8, 1 worker, beam 4" in names
    assert "ctranslate2 int8, 2 workers, beam 1" in names
