"""`mtkit doctor`: what is installed, what is missing, and the command that gets it."""

from __future__ import annotations

import os
import platform
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer

from mtkit import __version__
from mtkit.cli.common import JsonFlag, print_json
from mtkit.errors import MtkitError

NEEDED_FREE_BYTES = 1 << 30
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?\s*(?P<versions>[^;]*)(?:;(?P<marker>.*))?")
_EXTRA = re.compile(r"""extra\s*==\s*['"](?P<extra>[\w-]+)['"]""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A requirement of mtkit; `installed` is its version, "" where it is missing or too old."""

    name: str
    required: str
    extra: str
    installed: str
    ok: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong, how to mend it, and whether `mtkit translate` fails until then."""

    message: str
    hint: str
    blocking: bool


def register(app: typer.Typer) -> None:
    app.command(name="doctor")(doctor)


def doctor(as_json: JsonFlag = False) -> None:
    """Say what is installed, which models are there, what is missing and how to get it.

    Exits with 0 where `mtkit translate` would work, else with 1.
    """
    from mtkit.config import available_cores

    packages = list(_packages())
    problems = [*_package_problems(packages)]
    cache = _cache(problems)
    models = _models(problems)
    termbase = _termbase(problems)
    ok = not any(problem.blocking for problem in problems)
    examined = {
        "ok": ok,
        "mtkit": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cores": available_cores(),
        "packages": [asdict(package) for package in packages],
        "cache": cache,
        "models": models,
        "termbase": termbase,
        "problems": [asdict(problem) for problem in problems],
    }
    if as_json:
        print_json(examined)
    else:
        _print(examined, packages, problems)
    if not ok:
        raise typer.Exit(1)


def _packages() -> Iterator[Package]:
    from importlib import metadata

    try:
        requirements = metadata.requires("mtkit") or []
    except metadata.PackageNotFoundError:
        return
    for requirement in requirements:
        match = _REQUIREMENT.match(requirement)
        if match is None or match["name"] == "mtkit":
            continue
        extra = _EXTRA.search(match["marker"] or "")
        try:
            installed = metadata.version(match["name"])
        except metadata.PackageNotFoundError:
            installed = ""
        required = match["versions"].strip()
        yield Package(
            name=match["name"],
            required=required,
            extra=extra["extra"] if extra else "",
            installed=installed,
            ok=bool(installed) and _satisfies(installed, required),
        )


def _satisfies(installed: str, required: str) -> bool:
    try:
        from packaging.specifiers import SpecifierSet
    except ImportError:
        return True
    return SpecifierSet(required).contains(installed, prereleases=True)


def _package_problems(packages: list[Package]) -> Iterator[Problem]:
    if not packages:
        yield Problem(
            message="mtkit runs from its source folder; what it requires is not recorded.",
            hint="Install it: pip install -e .",
            blocking=False,
        )
    for package in packages:
        if package.ok:
            continue
        have = f"is {package.installed}, {package.required} is needed" if package.installed else "is missing"
        target = f"mtkit[{package.extra}]" if package.extra else f"{package.name}{package.required}"
        if package.extra:
            message = f"{package.name} {have} (optional, extra {package.extra!r})."
        else:
            message = f"{package.name} {have}."
        yield Problem(message=message, hint=f"Run: pip install '{target}'", blocking=not package.extra)


def _cache(problems: list[Problem]) -> dict[str, Any]:
    from mtkit.config import cache_dir

    path = cache_dir()
    existing = next(folder for folder in (path, *path.absolute().parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    writable = existing.is_dir() and os.access(existing, os.W_OK)
    if not writable:
        problems.append(
            Problem(
                message=f"The cache folder {path} cannot be written.",
                hint="Set MTKIT_CACHE to a folder of yours.",
                blocking=True,
            )
        )
    if free < NEEDED_FREE_BYTES:
        problems.append(
            Problem(
                message=f"{free >> 20} MiB are free for {path}.",
                hint="Fetching and converting models takes more; free some space or set MTKIT_CACHE.",
                blocking=False,
            )
        )
    return {"path": str(path), "writable": writable, "free_bytes": free}


def _models(problems: list[Problem]) -> list[dict[str, Any]]:
    from mtkit.config import load_settings
    from mtkit.models.store import list_models, resolve

    try:
        resolve(load_settings().model)
    except MtkitError as error:
        problems.append(Problem(message=error.message, hint=error.hint, blocking=True))
    try:
        installed = list_models()
    except MtkitError as error:
        problems.append(Problem(message=error.message, hint=error.hint, blocking=False))
        return []
    return [
        {
            "name": model.name,
            "path": str(model.path),
            "pairs": [f"{src}-{tgt}" for src, tgt in model.card.pairs],
            "bytes": _size(model.path),
        }
        for model in installed
    ]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _termbase(problems: list[Problem]) -> dict[str, Any] | None:
    from mtkit.config import load_settings
    from mtkit.termbase.io import load_termbase

    try:
        termbase = load_termbase(load_settings().glossary)
    except MtkitError as error:
        problems.append(Problem(message=error.message, hint=error.hint, blocking=True))
        return None
    return {"path": termbase.path, "concepts": len(termbase), "fingerprint": termbase.fingerprint}


def _print(examined: dict[str, Any], packages: list[Package], problems: list[Problem]) -> None:
    print(f"mtkit {examined['mtkit']}, Python {examined['python']}, {examined['platform']}")
    print(f"cores     {examined['cores']}")
    cache = examined["cache"]
    print(f"cache     {cache['path']} ({cache['free_bytes'] >> 30} GiB free)")
    for package in packages:
        state = package.installed or "missing"
        mark = "" if package.ok else f"  needs {package.required or 'any version'}"
        extra = f" [{package.extra}]" if package.extra else ""
        print(f"package   {package.name}{extra} {state}{mark}")
    for model in examined["models"]:
        pairs = ", ".join(model["pairs"])
        print(f"model     {model['name']} ({pairs}; {model['bytes'] >> 20} MiB) {model['path']}")
    if termbase := examined["termbase"]:
        print(f"termbase  {termbase['concepts']} concepts, {termbase['path']}")
    for problem in problems:
        print(f"{'MISSING' if problem.blocking else 'note'}: {problem.message} {problem.hint}")
    print("mtkit translate works." if examined["ok"] else "mtkit translate does not work yet.")
