"""COMET-22 and CometKiwi, run by an interpreter of their own.

unbabel-comet 2.2 wants transformers < 5 and numpy < 2 and cannot be installed beside mtkit. The setting
MTKIT_COMET_PYTHON, or comet_python under [scoring] in mtkit.toml, names the interpreter of an environment
that has it; mtkit.scoring.comet_bridge says what goes to and fro.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mtkit import __version__
from mtkit.config import section
from mtkit.errors import ConfigError, EngineError, MissingExtraError, ModelDownloadError
from mtkit.scoring.base import Bootstrap, DetailedScore, ParallelText, Statistics

VARIABLE = "MTKIT_COMET_PYTHON"
BRIDGE = Path(__file__).with_name("comet_bridge.py")
RECIPE = (
    "Make one: python3 -m venv ~/comet && ~/comet/bin/pip install unbabel-comet==2.2.7 'setuptools<81', "
    f"then set {VARIABLE}=~/comet/bin/python."
)


class CometMissingError(MissingExtraError):
    """COMET's environment is not there, or lacks COMET."""

    def __init__(self, reason: str) -> None:
        super(MissingExtraError, self).__init__(f"COMET needs an environment of its own: {reason}.", RECIPE)


class Comet:
    """COMET-22: regression on human judgements, from source, hypothesis and reference (Rei et al., WMT 2022).

    Segment scores are about 0 to 1, higher is better; the corpus score is their mean.
    """

    name = "comet"
    full_name = "COMET-22"
    model = "Unbabel/wmt22-comet-da"
    needs_source = True
    needs_reference = True

    def __init__(self) -> None:
        self._version = ""

    def stats(self, text: ParallelText) -> list[Statistics]:
        """One score a segment, by the first reference.

        Raises CometMissingError, ModelDownloadError, EngineError.
        """
        segments = [
            {"src": source, "mt": hypothesis}
            for source, hypothesis in zip(text.sources or (), text.hypotheses, strict=True)
        ]
        if self.needs_reference:
            for segment, reference in zip(segments, text.references[0], strict=True):
                segment["ref"] = reference
        self._version, scores = run_bridge(comet_python(), self.model, segments)
        return [(score, 1) for score in scores]

    def aggregate(self, stats: Sequence[Statistics]) -> DetailedScore:
        total = [sum(column) for column in zip(*stats, strict=True)]
        return DetailedScore(
            metric=self.full_name,
            value=self.value(total),
            higher_is_better=True,
            signature=self.signature(),
            decimals=4,
        )

    def value(self, total: Statistics) -> float:
        return float(total[0] / total[1])

    def segment_value(self, stats: Statistics) -> float:
        return self.value(stats)

    def signature(self, bootstrap: Bootstrap | None = None) -> str:
        drawn = f"|bs:{bootstrap.resamples}|seed:{bootstrap.seed}" if bootstrap else ""
        return f"model:{self.model}{drawn}|comet:{self._version}|version:mtkit-{__version__}"


class CometKiwi(Comet):
    """CometKiwi-22: quality estimation, from source and hypothesis alone (Rei et al., WMT 2022).

    Its model is for non-commercial use (CC BY-NC-SA) and asks to accept its licence and to log in.
    """

    name = "cometkiwi"
    full_name = "CometKiwi-22"
    model = "Unbabel/wmt22-cometkiwi-da"
    needs_reference = False


def comet_python() -> str:
    """The interpreter to run COMET with; CometMissingError where none is set. Raises ConfigError."""
    python = os.environ.get(VARIABLE) or section("scoring").get("comet_python", "")
    if not isinstance(python, str):
        raise ConfigError(f"comet_python under [scoring] is {python!r}.", "Name an interpreter: a path.")
    if not python:
        raise CometMissingError("no interpreter is set")
    return str(Path(python).expanduser())


def run_bridge(python: str, model: str, segments: Sequence[dict[str, str]]) -> tuple[str, list[float]]:
    """COMET's version and N scores for N segments. Raises what Comet.stats raises."""
    lines = "".join(json.dumps(segment) + "\n" for segment in segments)
    shown = None if sys.stderr.isatty() else subprocess.PIPE
    try:
        done = subprocess.run(
            [python, "-I", str(BRIDGE), model],
            input=lines.encode(),
            stdout=subprocess.PIPE,
            stderr=shown,
            check=False,
        )
    except OSError as error:
        raise CometMissingError(f"{python} cannot be run ({error.strerror})") from error
    answers = [_answer(line, python) for line in done.stdout.decode("utf-8", "replace").split("\n") if line]
    failed = next((answer for answer in answers if "error" in answer), None)
    if failed is not None:
        raise _told(failed, python, model)
    scores = [float(answer["score"]) for answer in answers if "score" in answer]
    if done.returncode or len(scores) != len(segments):
        last = (done.stderr or b"").decode("utf-8", "replace").strip().splitlines()[-1:]
        raise EngineError(
            f"COMET gave {len(scores)} scores for {len(segments)} segments and ended with "
            f"{done.returncode}{': ' if last else ''}{''.join(last)}.",
            f"Try {python} -I {BRIDGE} {model} by hand.",
        )
    return str(next((answer["comet"] for answer in answers if "comet" in answer), "")), scores


def _answer(line: str, python: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise EngineError(
            f"{python} answered {line[:60]!r} in place of a score.", f"{VARIABLE} must name a Python."
        ) from error
    return value if isinstance(value, dict) else {}


def _told(answer: dict[str, Any], python: str, model: str) -> Exception:
    message = " ".join(str(answer.get("message", "")).split())[:300]
    if answer["error"] == "missing":
        return CometMissingError(f"{python} lacks it ({message})")
    if answer["error"] == "licence":
        return ModelDownloadError(
            f"{model} is handed out only after its licence is accepted ({message}).",
            f"Accept it at huggingface.co/{model}, then log in: hf auth login.",
        )
    return EngineError(f"COMET failed with {model}: {message}.", "Run again, or leave it out of --metric.")
