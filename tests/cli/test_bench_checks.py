from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from mtkit.cli.app import run

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "The district opened 12 schools."
msgstr "Уезд открыл 13 школ."

msgid "The river is high."
msgstr "Река  высока."
"""


@pytest.fixture
def po(tmp_path: Path) -> str:
    (tmp_path / "x.po").write_text(PO, encoding="utf-8")
    return str(tmp_path / "x.po")


def peer(folder: Path, body: str) -> str:
    """A program that stands for pofilter."""
    program = folder / "pofilter"
    program.write_text(f"#!{sys.executable}\nimport sys\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_counts_by_check(po: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "checks", po, "--from", "en", "--glossary", "none"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["severity", "check", "findings", "in 1,000 segments"]
    assert lines[1:5] == [
        ["error", "number", "1", "500.00"],
        ["error", "all", "1", "500.00"],
        ["info", "double-space", "1", "500.00"],
        ["info", "all", "1", "500.00"],
    ]
    assert ["2 segments"] in lines
    assert lines[-1][:1] == ["mtkit, the checks alone"]


def test_a_peer_is_measured_in_the_same_run(
    po: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = peer(tmp_path, "print('accelerators\\tx\\nacronyms\\ty') if '--listfilters' in sys.argv else 0")
    asked = ["bench", "checks", po, "--from", "en", "--glossary", "none", "--only", "number,double-space"]
    assert run([*asked, "--peer", program, "--json"]) == 0
    speeds = json.loads(capsys.readouterr().out)["microseconds_per_segment"]
    assert list(speeds) == [
        "mtkit, the checks alone",
        "pofilter, the whole command",
        "mtkit check, the whole command",
    ]
    assert [speed["checks"] for speed in speeds.values()] == [2, 2, 2]
    assert all(speed["processor"] > 0 and speed["elapsed"] > 0 for speed in speeds.values())


def test_a_peer_that_fails_is_told(po: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["bench", "checks", po, "--from", "en", "--glossary", "none", "--peer"]
    assert run([*asked, str(tmp_path / "nothing")]) == 2
    assert "cannot be run" in capsys.readouterr().err
    assert run([*asked, peer(tmp_path, "sys.exit('no such language')")]) == 3
    assert "failed: no such language" in capsys.readouterr().err
    (tmp_path / "x.tsv").write_text("source\ttarget\nIt is.\tЭто.\n", encoding="utf-8")
    asked[2] = str(tmp_path / "x.tsv")
    assert run([*asked, peer(tmp_path, "")]) == 2
    assert "is no PO file" in capsys.readouterr().err
