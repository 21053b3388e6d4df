"""A stream of 100,000 lines: one line out for each line in, with the memory that a short stream needs."""

import json
import resource

import pytest

from mtkit.config import Settings
from mtkit.engines.base import Capabilities, Hypothesis
from mtkit.errors import InputError
from mtkit.pipeline import Pipeline
from mtkit.runners.local import Translator
from mtkit.runners.stream import translate_lines

LINES = 100_000
WARM = 5_000
"""Lines after which caches and modules are filled."""
ALLOWED_BYTES = 4 * 1024 * 1024
EVERY = 5_000
"""One line in so many is broken."""


class Forgetful:
    """Answers and remembers nothing."""

    name = "forgetful"
    capabilities = Capabilities(pairs=frozenset({("vi", "ru")}))

    def translate(self, requests, options=None):
        return [(Hypothesis(text="Готово", score=-1.0),) for _ in requests]

    def fingerprint(self):
        return {"engine": self.name}

    def close(self):
        pass


def lines():
    for number in range(LINES):
        if number % EVERY == EVERY - 1:
            yield b'{"text": broken\n'
        else:
            text = f"Câu số {number % 997} và {number % 1009}"  # each line another, of few different words
            yield json.dumps({"id": number, "text": text}).encode() + b"\n"


def test_a_long_stream_needs_no_more_memory_than_a_short_one(monkeypatch):
    """Without checks, which take most of the time and whose caches are bounded."""
    monkeypatch.setattr(Translator, "pipeline", lambda self: Pipeline(self.engine, checks=()))
    translator = Translator(
        engine=Forgetful(), termbase=None, settings=Settings(), src_lang="vi", tgt_lang="ru"
    )
    seen = broken = 0
    peaks = []
    with pytest.raises(InputError, match=f"{LINES // EVERY} of {LINES} lines are broken"):
        for chunk in translate_lines(lines(), translator):
            for line in chunk.splitlines():
                record = json.loads(line)
                if "error" in record:
                    broken += 1
                    assert record["line"] == seen + 1
                else:
                    assert record["id"] == seen
                    assert record["translation"] == "Готово"
                seen += 1
            if seen >= WARM * (len(peaks) + 1):
                peaks.append(resident())
    assert seen == LINES
    assert broken == LINES // EVERY
    assert max(peaks) - peaks[0] < ALLOWED_BYTES


def resident():
    """Bytes of this process at their most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
