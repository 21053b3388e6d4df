"""What goes wrong inside an engine's library."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mtkit.engines.base import EngineOptions, Request
from mtkit.engines.opening import open_engine
from mtkit.errors import EngineError, ModelLoadError, OutOfMemoryError
from tests.models.fixtures import TinyModel
from tests.models.tiny_models import PAIRS

REQUEST = Request(text=PAIRS[0][0], src_lang="en", tgt_lang="ru")


class FailingTranslator:
    def __init__(self, error: BaseException) -> None:
        self.error = error

    def translate_batch(self, *arguments: Any, **options: Any) -> Any:
        raise self.error

    def generate(self, *arguments: Any, **options: Any) -> Any:
        raise self.error


def engines(tiny_model: TinyModel, error: BaseException) -> Iterator[Any]:
    for name, attribute in (("ctranslate2", "_translator"), ("transformers", "_network")):
        engine = open_engine(name, EngineOptions(model=str(tiny_model("opus-marian")), threads=1))
        setattr(engine, attribute, FailingTranslator(error))
        yield engine


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("CUDA failed with error out of memory"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"),
        RuntimeError("std::bad_alloc"),
    ],
)
def test_out_of_memory_has_a_hint(error: BaseException, tiny_model: TinyModel) -> None:
    for engine in engines(tiny_model, error):
        with pytest.raises(OutOfMemoryError) as caught:
            engine.translate([REQUEST])
        assert "MTKIT_BATCH_TOKENS" in caught.value.hint


def test_other_failures_are_one_sentence(tiny_model: TinyModel) -> None:
    for engine in engines(tiny_model, RuntimeError("unexpected thing\nat line 3")):
        with pytest.raises(EngineError, match=r"failed with opus-marian: unexpected thing\.") as caught:
            engine.translate([REQUEST])
        assert "line 3" not in caught.value.message


def test_ctrl_c_passes_through(tiny_model: TinyModel) -> None:
    for engine in engines(tiny_model, KeyboardInterrupt()):
        with pytest.raises(KeyboardInterrupt):
            engine.translate([REQUEST])


def test_ctrl_c_is_heard_while_decoding(tiny_model: TinyModel, session_cache: Path) -> None:
    folder = tiny_model("mtkit-marian")
    open_engine("ctranslate2", EngineOptions(model=str(folder), threads=1)).close()
    script = (
        "import signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in background jobs\n"
        "from mtkit.engines.base import EngineOptions, Request\n"
        "from mtkit.engines.opening import open_engine\n"
        "engine = open_engine('ctranslate2', EngineOptions(model=sys.argv[1], threads=1, batch_tokens=64))\n"
        "requests = [Request(text=f'{i} Monday', src_lang='en', tgt_lang='ru') for i in range(200_000)]\n"
        "print('ready', flush=True)\n"
        "try:\n    engine.translate(requests)\nexcept KeyboardInterrupt:\n    print('heard', flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "ready\n"
    time.sleep(1)
    os.kill(process.pid, signal.SIGINT)
    try:
        output, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert output == "heard\n"


def test_a_damaged_converted_model(tiny_model: TinyModel, tmp_path: Path) -> None:
    from mtkit.models.convert import convert
    from mtkit.models.store import resolve

    convert(resolve(str(tiny_model("opus-marian"))), tmp_path / "model")
    weights = tmp_path / "model" / "model.bin"
    weights.write_bytes(weights.read_bytes()[:2000])
    with pytest.raises(ModelLoadError, match="cannot load"):
        open_engine("ctranslate2", EngineOptions(model=str(tmp_path / "model"), threads=1))
