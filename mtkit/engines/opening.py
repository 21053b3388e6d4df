"""From an engine's name and options to an engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mtkit import registry
from mtkit.config import Settings, thread_count
from mtkit.engines.base import Engine, EngineOptions
from mtkit.engines.pivot import PivotEngine


def engine_for(settings: Settings) -> Engine:
    """The engine that the settings name (see open_engine)."""
    options = EngineOptions(
        model=settings.model,
        threads=thread_count(settings),
        batch_tokens=settings.batch_tokens,
        lexicon=settings.lexicon,
    )
    return open_engine(settings.engine, options)


def open_engine(engine: str, options: EngineOptions) -> Engine:
    """Load `options.model` into the engine of that name.

    A model written A+B is a pivot: A into the language in between, B out of it. Raises UnknownNameError,
    ModelLoadError, ConfigError.
    """
    first, plus, second = options.model.partition("+")
    if plus and not Path(options.model).exists():
        return PivotEngine(
            open_engine(engine, replace(options, model=first)),
            open_engine(engine, replace(options, model=second)),
        )
    opened: Engine = registry.load("engines", engine).open(options)
    return opened
