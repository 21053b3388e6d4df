from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from mtkit.engines.base import Capabilities, DecodingOptions, Hypotheses, Hypothesis, Request
from mtkit.engines.cached import CachedEngine
from mtkit.errors import StoreError
from mtkit.types import Span


class EchoEngine:
    """Answers with the text in upper case and counts what it was asked."""

    name = "echo"
    capabilities = Capabilities(pairs=frozenset({("en", "ru")}))

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.asked: list[str] = []
        self.closed = False

    def translate(
        self, requests: Sequence[Request], options: DecodingOptions = DecodingOptions()
    ) -> list[Hypotheses]:
        self.asked += [request.text for request in requests]
        alignment = ((Span(0, 1), Span(0, 1)),)
        return [(Hypothesis(text=r.text.upper(), score=-0.5, alignment=alignment),) for r in requests]

    def score(self, pairs: Sequence[tuple[Request, str]]) -> list[float]:
        return [-1.0 for _ in pairs]

    def fingerprint(self) -> dict[str, str]:
        return {"engine": self.name, "version": self.version}

    def close(self) -> None:
        self.closed = True


def request(text: str, **changes: str) -> Request:
    return Request(**{"text": text, "src_lang": "en", "tgt_lang": "ru", **changes})


def test_what_is_known_is_not_asked_again(tmp_path: Path) -> None:
    engine = EchoEngine()
    cached = CachedEngine(engine, tmp_path / "cache.sqlite")
    first = cached.translate([request("one"), request("two"), request("one")])
    second = cached.translate([request("three"), request("one")])
    assert engine.asked == ["one", "two", "three"]
    assert [hypotheses[0].text for hypotheses in first] == ["ONE", "TWO", "ONE"]
    assert second[1] == first[0]


def test_it_remembers_across_openings(tmp_path: Path) -> None:
    CachedEngine(EchoEngine(), tmp_path / "cache.sqlite").translate([request("one")])
    engine = EchoEngine()
    assert CachedEngine(engine, tmp_path / "cache.sqlite").translate([request("one")])[0][0].score == -0.5
    assert engine.asked == []


@pytest.mark.parametrize(
    ("engine", "asked", "options"),
    [
        (EchoEngine("2"), request("one"), DecodingOptions()),
        (EchoEngine(), request("one", prefix="O"), DecodingOptions()),
        (EchoEngine(), request("one", tgt_lang="vi"), DecodingOptions()),
        (EchoEngine(), request("one"), DecodingOptions(beam=2)),
        (EchoEngine(), request("one"), DecodingOptions(alignment=True)),
    ],
)
def test_another_engine_request_or_option_is_another_entry(
    engine: EchoEngine, asked: Request, options: DecodingOptions, tmp_path: Path
) -> None:
    CachedEngine(EchoEngine(), tmp_path / "cache.sqlite").translate([request("one")])
    CachedEngine(engine, tmp_path / "cache.sqlite").translate([asked], options)
    assert engine.asked == ["one"]


def test_many_requests(tmp_path: Path) -> None:
    cached = CachedEngine(EchoEngine(), tmp_path / "cache.sqlite")
    requests = [request(f"text {i}") for i in range(1200)]
    assert cached.translate(requests) == cached.translate(requests)
    assert len(cached.engine.asked) == 1200  # type: ignore[attr-defined]


def write_many(path: Path, start: int) -> None:
    cached = CachedEngine(EchoEngine(), path)
    for i in range(start, start + 20):
        cached.translate([request(str(i))])
    cached.close()


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=write_many, args=(path, start)) for start in (0, 10, 20)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    (count,) = sqlite3.connect(path).execute("SELECT count(*) FROM translations").fetchone()
    assert count == 40


def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_bytes(b"this is no database, " * 100)
    with pytest.raises(StoreError, match=r"cache\.sqlite: the translation cache is damaged") as caught:
        CachedEngine(EchoEngine(), path)
    assert "Remove the file" in caught.value.hint


def test_a_damaged_row_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    cached = CachedEngine(EchoEngine(), path)
    cached.translate([request("one")])
    with sqlite3.connect(path) as database:
        database.execute("UPDATE translations SET hypotheses = '[{]'")
    with pytest.raises(StoreError, match="damaged"):
        cached.translate([request("one")])


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be used"):
        CachedEngine(EchoEngine(), tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        CachedEngine(EchoEngine(), tmp_path / "file" / "cache.sqlite")


def test_it_passes_on_everything_else(tmp_path: Path) -> None:
    engine = EchoEngine()
    cached = CachedEngine(engine, tmp_path / "cache.sqlite")
    assert cached.score([(request("one"), "x")]) == [-1.0]
    assert cached.fingerprint() == engine.fingerprint()
    assert cached.capabilities is engine.capabilities and cached.name == "echo"
    cached.close()
    assert engine.closed
