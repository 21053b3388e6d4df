"""Settings: defaults < mtkit.toml or [tool.mtkit] < environment < flags.

Importing this module does nothing; `load_settings` reads.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from mtkit.errors import ConfigError, UnknownNameError

SECTIONS = frozenset({"checks", "formats", "scoring"})
"""Tables of the settings file that one room reads for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is made of. `threads` is cores in all (0: all there are).

    `glossary` is a path, several joined by + ("mine.tsv+bundled"), or "none".
    `lexicon` is "model" for the hints the model was trained with, "none", or a file that adds to them.
    `labels` are the headings and cells that are rendered whole: "bundled", a path, both joined by +, "none".
    `memory` is the path of a translation memory or "none", `memory_threshold` the similarity (0-100, after
    repairs) from which on a match stands in for the engine.
    """

    engine: str = "ctranslate2"
    model: str = "bundled"
    glossary: str = "bundled"
    lexicon: str = "model"
    labels: str = "bundled"
    memory: str = "none"
    memory_threshold: int = 99
    beam: int = 4
    threads: int = 0
    batch_tokens: int = 1024
    typography: bool = True


def cache_dir() -> Path:
    """Where converted and fetched models and caches live; MTKIT_CACHE overrides."""
    if explicit := os.environ.get("MTKIT_CACHE"):
        return Path(explicit)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mtkit"


def load_settings(start: Path | None = None, **flags: Any) -> Settings:
    """Merge every layer; flags that are None count as not given. Raises ConfigError naming the culprit."""
    settings = Settings()
    path, table = _read_toml(start or Path.cwd())
    table = {key: value for key, value in table.items() if key not in SECTIONS}
    settings = _merge(settings, table, str(path))
    environment = {
        field.name: os.environ[name]
        for field in fields(Settings)
        if (name := f"MTKIT_{field.name.upper()}") in os.environ
    }
    settings = _merge(settings, environment, "environment MTKIT_*")
    return _merge(settings, {key: value for key, value in flags.items() if value is not None}, "flags")


def section(name: str, start: Path | None = None) -> dict[str, Any]:
    """One of the SECTIONS of the settings file, empty where it has none. Raises ConfigError."""
    path, table = _read_toml(start or Path.cwd())
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: {name} must be a table.", f"Write [{name}] above its settings.")
    return found


def thread_count(settings: Settings) -> int:
    return settings.threads or available_cores()


def available_cores() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _read_toml(folder: Path) -> tuple[Path, dict[str, Any]]:
    for name, keys in (("mtkit.toml", ()), ("pyproject.toml", ("tool", "mtkit"))):
        path = folder / name
        if not path.is_file():
            continue
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: not valid TOML ({error}).", "Mend the file or remove it.") from error
        for key in keys:
            table = table.get(key, {})
        if table or not keys:
            return path, table
    return folder / "mtkit.toml", {}


def _merge(settings: Settings, layer: dict[str, Any], where: str) -> Settings:
    types = {field.name: type(getattr(settings, field.name)) for field in fields(Settings)}
    changed: dict[str, Any] = {}
    for key, value in layer.items():
        if key not in types:
            raise UnknownNameError(f"setting in {where}", key, types)
        changed[key] = _coerce(key, value, types[key], where)
    return replace(settings, **changed)


def _coerce(key: str, value: Any, kind: type, where: str) -> Any:
    if kind is bool and isinstance(value, str) and value.lower() in {"true", "false", "1", "0"}:
        return value.lower() in {"true", "1"}
    if kind is int and isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value):
        value = int(value)
    if type(value) is not kind:
        raise ConfigError(
            f"{where}: {key} must be of type {kind.__name__}, not {value!r}.", "Mend the value."
        )
    if isinstance(value, int) and value < 0:
        raise ConfigError(f"{where}: {key} must not be negative, it is {value}.", "Mend the value.")
    return value
