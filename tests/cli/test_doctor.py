from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest

from mtkit.cli import doctor_command
from mtkit.cli.app import run
from mtkit.errors import ModelLoadError

REQUIREMENTS = ["sacrebleu>=2.4", "typer>=0.12", "no-such-package>=1; extra == 'comet'"]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An installation where everything is there: requirements, a writable cache, a model."""
    monkeypatch.setenv("MTKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(metadata, "requires", lambda name: REQUIREMENTS)
    monkeypatch.setattr("mtkit.models.store.resolve", lambda name: None)
    return tmp_path


def examine(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, object]]:
    code = run(["doctor", "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_everything_there(installed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = examine(capsys)
    assert code == 0
    assert found["ok"] is True
    assert [package["ok"] for package in found["packages"]] == [True, True, False]
    assert found["packages"][0]["installed"] == metadata.version("sacrebleu")
    assert found["cache"]["writable"] is True
    assert found["termbase"]["concepts"] > 100
    assert [(problem["hint"], problem["blocking"]) for problem in found["problems"]] == [
        ("Run: pip install 'mtkit[comet]'", False)
    ]


@pytest.mark.parametrize(
    ("requirement", "said"),
    [
        ("no-such-package>=1", "no-such-package is missing. Run: pip install 'no-such-package>=1'"),
        ("sacrebleu>=99", "sacrebleu is "),
    ],
)
def test_a_missing_or_old_package_is_named_with_its_command(
    installed: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    requirement: str,
    said: str,
) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: [requirement])
    assert run(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert f"MISSING: {said}" in shown
    assert shown.endswith("mtkit translate does not work yet.\n")


def test_a_missing_model(
    installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_model(name: str) -> None:
        raise ModelLoadError("This installation has no bundled model.", "Fetch one.")

    monkeypatch.setattr("mtkit.models.store.resolve", no_model)
    code, found = examine(capsys)
    assert code == 1
    assert {
        "message": "This installation has no bundled model.",
        "hint": "Fetch one.",
        "blocking": True,
    } in found["problems"]


def test_a_broken_termbase(
    installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MTKIT_GLOSSARY", str(installed / "nowhere.tsv"))
    code, found = examine(capsys)
    assert code == 1
    assert found["termbase"] is None
    assert any("nowhere.tsv" in problem["message"] for problem in found["problems"])


def test_a_cache_in_the_way_of_a_file(
    installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (installed / "file").write_text("")
    monkeypatch.setenv("MTKIT_CACHE", str(installed / "file" / "cache"))
    code, found = examine(capsys)
    assert code == 1
    assert found["cache"]["writable"] is False


def test_from_a_source_folder(
    installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def not_installed(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", not_installed)
    assert list(doctor_command._packages()) == []
    code, found = examine(capsys)
    assert code == 0
    assert found["problems"][0]["hint"] == "Install it: pip install -e ."
