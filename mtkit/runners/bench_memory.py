"""How fast a translation memory answers, beside another one on the same entries in the same run.

The entries are sentences of the domain corpus with other numbers and other words in them, drawn by a seed.
Queries are of four kinds: the text of an entry, an entry with another number, an entry with other words, and
a sentence of the test part, which has nothing like it in the memory as a rule.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtkit.errors import ConfigError
from mtkit.memory.entries import Entry
from mtkit.memory.folders import Member, MemorySet
from mtkit.memory.store import TranslationMemory
from mtkit.scoring.inputs import Side, read_side
from mtkit.types import Segment

AT_LEAST = 75
_SRC, _TGT = "vi", "ru"
_NUMBER = re.compile(r"(?<![\w.,/-])\d{1,3}(?![\w.,/-])")
_MOST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+")

PEER_PROGRAM = """
import json, sqlite3, sys, threading, time
from importlib.metadata import version
folder, at_least, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
pairs = [line.rstrip("\\n").split("\\t") for line in open(folder + "/entries.tsv", encoding="utf-8")]
queries = json.load(open(folder + "/queries.json", encoding="utf-8"))

def measure(name, build, answer):
    started = time.perf_counter()
    memory = build()
    built = time.perf_counter() - started
    times, found = [], []
    for query in queries:
        if sum(times) > seconds:
            break
        started = time.perf_counter()
        found.append(answer(memory, query))
        times.append(time.perf_counter() - started)
    return {"name": name, "build": built, "times": times, "found": found}

def matcher():
    from translate.search.match import matcher
    from translate.storage import base
    store = base.TranslationStore()
    for source, target in pairs:
        unit = base.TranslationUnit(source)
        unit.target = target
        store.units.append(unit)
    return matcher(store, max_candidates=1, min_similarity=at_least, max_length=1000)

def ask_matcher(memory, query):
    return bool(memory.matches(query))

def database():
    from translate.storage.tmdb import TMDB
    memory = TMDB(folder + "/peer.db", max_candidates=1, min_similarity=at_least)
    memory.add_list([{"source": s, "target": t, "context": ""} for s, t in pairs], "vi", "ru")
    return memory

def ask_database(memory, query):
    patience = threading.Timer(seconds, memory.connection.interrupt)
    patience.start()
    try:
        return bool(memory.translate_unit(query, "vi", "ru"))
    except sqlite3.OperationalError:
        return False  # taken for not found, at the time that it was given
    finally:
        patience.cancel()

results = []
try:
    import translate.storage.tmdb
except ImportError:
    pass
else:
    results.append(measure("tmdb", database, ask_database))
results.append(measure("search.match", matcher, ask_matcher))
print(json.dumps({"version": version("translate-toolkit"), "results": results}))
"""
"""Runs under the interpreter of the environment that has translate-toolkit; of mtkit it knows nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupRow:
    """Lookups of one kind of query in one memory: how many, how many found something, times in seconds."""

    memory: str
    kind: str
    lookups: int
    found: int
    median: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryBench:
    """Rows of every memory measured; `build` is how long each took to be made, in seconds."""

    entries: int
    rows: tuple[LookupRow, ...]
    build: dict[str, float]
    bytes: int


@dataclass(frozen=True, slots=True)
class _Query:
    kind: str
    text: str


def measure_memory(
    corpus: Path,
    entries: int,
    queries: int,
    *,
    peer: str | None = None,
    peer_seconds: int = 120,
    seed: int = 1,
    progress: Callable[[int], None] = lambda count: None,
) -> MemoryBench:
    """Build a memory of `entries` and ask it `queries` of each kind; then the peer with the same.

    `peer` is a Python interpreter that has translate-toolkit; it is asked the kinds in turn until
    `peer_seconds` are over for each of its memories, and a query that takes longer than that is broken off
    where it can be. Raises ConfigError, InputError.
    """
    made = list(varied(_pairs(corpus / "train.tsv"), entries, seed))
    asked = _queries(made, [source for source, _ in _pairs(corpus / "test.tsv")], queries, seed)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        store = TranslationMemory(place / "memory.db", create=True)
        started = time.perf_counter()
        for start in range(0, len(made), 5000):
            some = made[start : start + 5000]
            store.add(Entry(source=s, target=t, src_lang=_SRC, tgt_lang=_TGT) for s, t in some)
            progress(len(some))
        build = {"mtkit": time.perf_counter() - started}
        size = store.info().bytes
        rows = _ask(MemorySet([Member("mtkit", store)]), asked)
        store.close()
        if peer is not None:
            theirs, built = _peer_rows(peer, place, made, asked, peer_seconds)
            rows += theirs
            build |= built
    return MemoryBench(entries=len(made), rows=tuple(rows), build=build, bytes=size)


def varied(pairs: Sequence[tuple[str, str]], count: int, seed: int) -> Iterator[tuple[str, str]]:
    """`count` different pairs: those given, then each again with other numbers and other words."""
    drawn = random.Random(seed)
    words = [word for source, _ in pairs for word in _WORD.findall(source)]
    seen: set[str] = set()
    round_number = 0
    while len(seen) < count:
        before = len(seen)
        for source, target in pairs:
            if round_number:
                source, target = _other_numbers(source, target, drawn)
                source = _other_words(source, words, drawn, drawn.randint(1, _MOST_WORDS))
            if source not in seen:
                seen.add(source)
                yield source, target
                if len(seen) == count:
                    return
        round_number += 1
        if len(seen) == before:
            raise ConfigError(f"The corpus does not give {count} different entries.", "Ask for fewer.")


def _other_numbers(source: str, target: str, drawn: random.Random) -> tuple[str, str]:
    for number in set(_NUMBER.findall(source)):
        other = str(drawn.randint(2, 999))
        if len(re.findall(rf"(?<![\w.,/-]){number}(?![\w.,/-])", target)) == 1:
            source, target = (
                re.sub(rf"(?<![\w.,/-]){number}(?![\w.,/-])", other, text) for text in (source, target)
            )
    return source, target


def _other_words(source: str, words: Sequence[str], drawn: random.Random, count: int) -> str:
    parts = source.split(" ")
    for place in drawn.sample(range(len(parts)), min(count, len(parts))):
        if _WORD.fullmatch(parts[place]):
            parts[place] = drawn.choice(words)
    return " ".join(parts)


def _pairs(path: Path) -> list[tuple[str, str]]:
    sources, targets = (read_side(f"{path}#{column}", Side.SOURCE) for column in (3, 5))
    return list(zip(sources, targets, strict=True))


def _queries(made: Sequence[tuple[str, str]], strange: Sequence[str], count: int, seed: int) -> list[_Query]:
    """Queries of all kinds in turn."""
    drawn = random.Random(seed + 1)
    words = [word for source, _ in made[:5000] for word in _WORD.findall(source)]
    numbered = [source for source, _ in made if _NUMBER.search(source)]
    asked = []
    for place in range(count):
        source = drawn.choice(made)[0]
        asked.append(_Query("same text", source))
        if numbered:
            text = _NUMBER.sub(lambda _: str(drawn.randint(2, 999)), drawn.choice(numbered), count=1)
            asked.append(_Query("other number", text))
        asked.append(_Query("other words", _other_words(source, words, drawn, 2)))
        asked.append(_Query("nothing like it", strange[place % len(strange)]))
    return asked


def _ask(memory: MemorySet, asked: Sequence[_Query]) -> list[LookupRow]:
    times: list[float] = []
    found: list[bool] = []
    for query in asked:
        segment = Segment(id="1", source=query.text, src_lang=_SRC, tgt_lang=_TGT)
        started = time.perf_counter()
        (match,) = memory.lookup([segment], at_least=AT_LEAST)
        times.append(time.perf_counter() - started)
        found.append(match is not None)
    return _rows("mtkit", asked, times, found)


def _peer_rows(
    peer: str, place: Path, made: Sequence[tuple[str, str]], asked: Sequence[_Query], seconds: int
) -> tuple[list[LookupRow], dict[str, float]]:
    (place / "entries.tsv").write_text("".join(f"{s}\t{t}\n" for s, t in made), encoding="utf-8")
    (place / "queries.json").write_text(json.dumps([query.text for query in asked]), encoding="utf-8")
    command = [peer, "-c", PEER_PROGRAM, str(place), str(AT_LEAST), str(seconds)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    except (OSError, subprocess.CalledProcessError) as error:
        lines = str(getattr(error, "stderr", "")).strip().splitlines()
        said = lines[-1] if lines else getattr(error, "strerror", None) or "it was ended"
        raise ConfigError(
            f"{peer} cannot measure translate-toolkit ({said}).",
            "Name the Python of an environment that has it.",
        ) from error
    answer = json.loads(done.stdout)
    rows: list[LookupRow] = []
    build = {}
    for result in answer["results"]:
        name = f"translate-toolkit {answer['version']} {result['name']}"
        rows += _rows(name, asked[: len(result["times"])], result["times"], result["found"])
        build[name] = result["build"]
    return rows, build


def _rows(
    memory: str, asked: Sequence[_Query], times: Sequence[float], found: Sequence[bool]
) -> list[LookupRow]:
    rows = []
    for kind in dict.fromkeys(query.kind for query in asked):
        own = [place for place, query in enumerate(asked) if query.kind == kind]
        taken = sorted(times[place] for place in own)
        rows.append(
            LookupRow(
                memory=memory,
                kind=kind,
                lookups=len(own),
                found=sum(found[place] for place in own),
                median=taken[len(taken) // 2],
                p95=taken[min(len(taken) - 1, len(taken) * 95 // 100)],
            )
        )
    return rows
