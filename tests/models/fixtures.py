"""Fixtures for everything that needs models: tiny ones, and a cache of the session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.models.tiny_models import ensure

TinyModel = Callable[[str], Path]


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> TinyModel:
    root = tmp_path_factory.getbasetemp() / "tiny-models"
    return lambda name: ensure(root, name)


@pytest.fixture(autouse=True)
def session_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One MTKIT_CACHE for the session, so that each tiny model is converted once."""
    folder = tmp_path_factory.getbasetemp() / "mtkit-cache"
    monkeypatch.setenv("MTKIT_CACHE", str(folder))
    return folder


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A MTKIT_CACHE of this test alone."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("MTKIT_CACHE", str(folder))
    return folder
