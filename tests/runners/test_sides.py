"""The sides of what is scored, paired where they are not parallel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtkit.cli.app import run
from mtkit.documents.base import read_document, record_path
from mtkit.errors import LengthMismatchError
from mtkit.record import content_hash
from mtkit.runners.sides import read_sides
from tests.documents.office_packages import docx

SOURCES = [
    "On May 3 the district opened 12 schools.",
    "The talks, nearly the first, lasted for 450 minutes in the capital.",
    "The river has risen by 73 centimetres since Monday.",
    "In 2031 the new bridge will be ready.",
]
TARGETS = [
    "3 мая уезд открыл 12 школ.",
    "Почти 1. Переговоры в столице длились 450 минут.",
    "С понедельника вода в реке поднялась на 73 сантиметра.",
    "В 2031 году новый мост будет готов.",
]


def document(path: Path, paragraphs: list[str]) -> str:
    path.write_bytes(docx("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)))
    return str(path)


def with_record(path: str, source: str, targets: list[str] = TARGETS) -> str:
    """The translation with the record of the run that wrote it."""
    rows = zip(SOURCES, targets, strict=True)
    segments = [
        {"id": str(n), "src_lang": "en", "source": text, "target": target}
        for n, (text, target) in enumerate(rows, 1)
    ]
    hashes = {
        "source_sha256": content_hash(Path(source).read_bytes()),
        "output_sha256": content_hash(Path(path).read_bytes()),
    }
    record_path(Path(path)).write_text(json.dumps({"format": "docx", "segments": segments} | hashes))
    return path


def test_a_record_pairs_what_a_reader_cuts_in_other_places(tmp_path: Path) -> None:
    source = tmp_path / "a.en.txt"
    source.write_text("\n".join(SOURCES), encoding="utf-8")
    hypothesis = with_record(document(tmp_path / "a.ru.docx", TARGETS), str(source))
    assert len(read_document(hypothesis, "ru", "ru").segments) == 5, "cut after «Почти 1.»"
    (text,) = read_sides([hypothesis], [], str(source), src_lang="en").texts
    assert (text.sources, text.hypotheses) == (SOURCES, TARGETS)


@pytest.mark.parametrize("lost", range(len(TARGETS)))
def test_documents_are_aligned_and_what_is_lost_stands_beside_nothing(tmp_path: Path, lost: int) -> None:
    sources, targets = SOURCES, [TARGETS[0], TARGETS[1][9:], *TARGETS[2:]]
    kept = [target for place, target in enumerate(targets) if place != lost]
    source = document(tmp_path / "a.en.docx", sources)
    short = document(tmp_path / "short.ru.docx", kept)
    full = document(tmp_path / "full.ru.docx", targets)
    one, other = read_sides([short, full], [full], source, src_lang="en").texts
    assert list(one.sources or ()) == sources
    assert list(one.hypotheses) == [*targets[:lost], "", *targets[lost + 1 :]]
    assert list(other.hypotheses) == list(other.references[0]) == list(one.references[0]) == targets
    (alone,) = read_sides([short], [full]).texts
    assert list(alone.hypotheses) == list(one.hypotheses) and alone.sources is None


def test_added_text_counts_with_what_stands_before_it(tmp_path: Path) -> None:
    targets = [TARGETS[0], TARGETS[2], "Добавлено редакцией 9 июня в 14 часов.", TARGETS[3]]
    source = document(tmp_path / "a.en.docx", [SOURCES[0], *SOURCES[2:]])
    (text,) = read_sides([document(tmp_path / "a.ru.docx", targets)], [], source, src_lang="en").texts
    assert " ".join(text.hypotheses).split() == " ".join(targets).split()
    assert len(text.hypotheses) == 3


def test_plain_lines_are_no_running_text_without_a_record(tmp_path: Path) -> None:
    source, hypothesis = tmp_path / "a.en.txt", tmp_path / "a.ru.txt"
    source.write_text("\n".join(SOURCES), encoding="utf-8")
    hypothesis.write_text("\n".join(TARGETS[:2] + TARGETS[3:]), encoding="utf-8")
    with pytest.raises(LengthMismatchError, match=r"part from line 3 of .*what has no partner"):
        read_sides([str(hypothesis)], [], str(source))
    with_record(str(hypothesis), str(source))
    (text,) = read_sides([str(hypothesis)], [], str(source)).texts
    assert text.hypotheses[-1] == TARGETS[3] and "" not in text.hypotheses


def test_commands_pair_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = document(tmp_path / "a.en.docx", [SOURCES[0], *SOURCES[2:]])
    full = document(tmp_path / "full.ru.docx", [TARGETS[0], *TARGETS[2:]])
    short = document(tmp_path / "short.ru.docx", [TARGETS[0], *TARGETS[3:]])
    assert run(["score", short, "--ref", full, "--metric", "chrf"]) == 0
    assert run(["compare", full, short, "--ref", full, "--src", source, "--resamples", "10"]) == 0
    assert run(["glossary", "check", short, "--src", source]) == 0
    captured = capsys.readouterr()
    assert captured.err.count("sentences were paired") == 3
    assert (
        f"{short}: no sentence for «The river has risen by 73…»" in captured.out
        or "missing" not in captured.out
    )
