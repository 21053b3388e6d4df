from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.errors import FormatError, InputError, UnknownNameError
from mtkit.scoring.base import Bootstrap
from mtkit.scoring.mqm import (
    FEWEST_WORDS,
    MqmError,
    MqmScorecard,
    MqmSegment,
    MqmSeverity,
    mqm_score,
    read_mqm,
    short_text_warning,
)
from mtkit.types import Span

TARGET = "Уезд провёл два заседания — утром и вечером."
WORDS = 7


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "run": "new",
        "document": "a.vi.txt",
        "id": "1",
        "source": "Huyện họp hai lần.",
        "target": TARGET,
        "errors": [
            {
                "side": "target",
                "start": 0,
                "end": 4,
                "category": "Terminology/Wrong term",
                "severity": "major",
            },
            {"side": "source", "start": 0, "end": 5, "category": "Accuracy/Omission", "severity": "minor"},
        ],
    } | changes


def written(folder: Path, *segments: dict[str, Any], **changes: Any) -> Path:
    path = folder / "review.json"
    export = {"format": "mtkit-mqm", "version": 1, "segments": list(segments)} | changes
    path.write_text(json.dumps(export), encoding="utf-8")
    return path


def scorecard(*severities: str, words: int = 100) -> MqmScorecard:
    errors = tuple(
        MqmError(category="Style", severity=MqmSeverity(severity), span=Span(0, 0)) for severity in severities
    )
    target = " ".join(["слово"] * words)
    return MqmScorecard(
        segments=(MqmSegment(run="a", document="x", id="1", source="", target=target, errors=errors),)
    )


@pytest.mark.parametrize(
    ("severities", "value"),
    [
        ((), 100),
        (("neutral",), 100),
        (("minor",), 99),
        (("major",), 95),
        (("critical",), 75),
        (("critical",) * 5, -25),
        (("minor", "minor", "major", "neutral"), 93),
    ],
)
def test_points_for_a_hundred_words(severities: tuple[str, ...], value: float) -> None:
    assert mqm_score(scorecard(*severities)).value == pytest.approx(value)


def test_json_is_read(tmp_path: Path) -> None:
    (segment,) = read_mqm(written(tmp_path, entry())).segments
    assert segment.words == WORDS
    assert [(error.severity, error.side) for error in segment.errors] == [
        (MqmSeverity.MAJOR, "target"),
        (MqmSeverity.MINOR, "source"),
    ]
    assert segment.errors[0].span.of(segment.target) == "Уезд"


def test_tsv_is_read_and_a_segment_without_errors_counts(tmp_path: Path) -> None:
    path = tmp_path / "review.tsv"
    header = [
        *("run", "document", "segment", "side", "start", "end"),
        *("text", "category", "severity", "note", "source", "target"),
    ]
    rows = [
        header,
        ["new", "a", "1", "target", "0", "4", "Уезд", "Style/Awkward", "minor", "", "Huyện.", "Уезд."],
        ["new", "a", "1", "target", "0", "0", "", "Accuracy", "major", "всё", "Huyện.", "Уезд."],
        ["new", "a", "2", "", "", "", "", "No-error", "neutral", "", "Xã.", "Община."],
    ]
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    card = read_mqm(path)
    assert [(segment.id, len(segment.errors)) for segment in card.segments] == [("1", 2), ("2", 0)]
    score = mqm_score(card, segments=True)
    assert score.segment_values == (-500.0, 100.0)
    assert "minor = 1 major = 1 critical = 0 segments = 2 words = 2" in score.verbose


def test_runs_are_scored_apart(tmp_path: Path) -> None:
    card = read_mqm(written(tmp_path, entry(run="old"), entry(run="new", errors=[])))
    assert card.runs == ("old", "new")
    assert mqm_score(card, "old").value == pytest.approx(100 * (1 - 6 / WORDS))
    assert mqm_score(card, "new").value == 100
    with pytest.raises(UnknownNameError, match="Known: new, old"):
        mqm_score(card, "newest")


def test_interval_and_signature(tmp_path: Path) -> None:
    card = read_mqm(
        written(tmp_path, *(entry(id=str(n), errors=[] if n % 2 else entry()["errors"]) for n in range(20)))
    )
    score = mqm_score(card, bootstrap=Bootstrap(resamples=200))
    assert score.ci95 is not None
    assert score.ci95[0] < score.value < score.ci95[1]
    assert score.signature.startswith("bs:200|seed:12345|weights:0-1-5-25|")


def test_short_texts_get_a_warning() -> None:
    assert "Review 500 words" in short_text_warning(mqm_score(scorecard("minor", words=FEWEST_WORDS - 1)))
    assert short_text_warning(mqm_score(scorecard("minor", words=FEWEST_WORDS))) == ""


@given(st.lists(st.sampled_from(list(MqmSeverity))), st.integers(1, 300))
def test_an_error_more_never_raises_the_score(severities: list[MqmSeverity], words: int) -> None:
    fewer = mqm_score(scorecard(*severities, words=words)).value
    assert mqm_score(scorecard(*severities, "minor", words=words)).value < fewer <= 100


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"severity": "fatal"}, "'fatal' is not a valid MqmSeverity"),
        ({"end": 999}, "0 to 999 does not lie in the target"),
        ({"side": "reference"}, "side is 'reference'"),
        ({"category": ""}, "an error has no category"),
    ],
)
def test_a_broken_mark_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    broken = entry(errors=[entry()["errors"][0] | change])
    with pytest.raises(FormatError, match=f"segment 2 of the export: {said}"):
        read_mqm(written(tmp_path, entry(), broken))


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="not an MQM export"):
        read_mqm(written(tmp_path, format="other"))
    with pytest.raises(FormatError, match="no list of segments"):
        read_mqm(written(tmp_path, segments=None))
    with pytest.raises(InputError, match="no segment was reviewed"):
        read_mqm(written(tmp_path))
    with pytest.raises(FormatError, match="'id' is missing"):
        read_mqm(written(tmp_path, {key: value for key, value in entry().items() if key != "id"}))
    (tmp_path / "x.tsv").write_text("a\tb\n1\t2\n")
    with pytest.raises(FormatError, match=r"x\.tsv:1: no column run"):
        read_mqm(tmp_path / "x.tsv")
    (tmp_path / "x.json").write_text("{")
    with pytest.raises(FormatError, match="not valid JSON"):
        read_mqm(tmp_path / "x.json")
