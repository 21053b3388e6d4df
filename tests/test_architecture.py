"""The house plan of the package, held by tests: who may import whom, and what stays light."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from mtkit import registry
from mtkit.checks.base import Check, DocumentCheck
from mtkit.documents.base import DocumentFormat
from mtkit.engines.base import Engine
from mtkit.scoring.base import Metric
from mtkit.termbase.formats import TermbaseFormat

PACKAGE = Path(registry.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
FLOORS = (
    {"types", "errors", "registry", "config", "database"},
    {"text"},
    {
        *("names", "termbase", "documents", "engines", "models", "scoring", "checks"),
        *("training", "reports", "memory"),
    },
    {"completion", "pipeline", "record"},
    {"runners"},
    {"serving"},
    {"cli"},
)
"""Rooms from the ground up; on one floor rooms may use each other, but never in a circle."""
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
HEAVY = {
    *("torch", "transformers", "ctranslate2", "sacrebleu", "numpy", "pymorphy3", "lxml"),
    *("sentencepiece", "safetensors", "huggingface_hub", "ahocorasick", "rapidfuzz", "rich"),
}
LIGHT_ROOMS = {"cli", "types", "errors", "config", "registry", "pipeline"}
LONGEST_FILE = 400
PROTOCOLS = {
    "checks": Check,
    "document-checks": DocumentCheck,
    "engines": Engine,
    "formats": DocumentFormat,
    "metrics": Metric,
    "termbase-formats": TermbaseFormat,
}
FUNCTIONS = {"outputs": ["reports"]}
"""Kinds whose entries are functions, and the parameters they take."""


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(nodes: Iterator[ast.AST]) -> Iterator[tuple[int, str]]:
    """(line, module) of every import among the nodes."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "mtkit":
                yield from ((node.lineno, f"mtkit.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module


def imported_rooms(path: Path) -> Iterator[tuple[int, str]]:
    for line, module in imported_modules(ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
        parts = module.split(".")
        if parts[0] == "mtkit" and len(parts) > 1 and not parts[1].startswith("__"):
            yield line, parts[1]


def module_level(path: Path) -> Iterator[ast.AST]:
    """Nodes that run on import: no function bodies, nothing under `if TYPE_CHECKING`."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        waiting.extend(ast.iter_child_nodes(node))


def test_imports_point_downward() -> None:
    upward = [
        f"{path.relative_to(PACKAGE)}:{line} {room_of(path)} -> {room}"
        for path in MODULES
        if room_of(path) in FLOOR_OF
        for line, room in imported_rooms(path)
        if FLOOR_OF.get(room, 0) > FLOOR_OF[room_of(path)]
    ]
    assert not upward


def test_rooms_are_all_on_the_plan() -> None:
    rooms = {room_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert rooms <= set(FLOOR_OF)


def test_rooms_do_not_import_in_circles() -> None:
    uses: dict[str, set[str]] = {}
    for path in MODULES:
        if room_of(path) in FLOOR_OF:
            uses.setdefault(room_of(path), set()).update(room for _, room in imported_rooms(path))

    def circle(room: str, trail: tuple[str, ...]) -> tuple[str, ...]:
        if room in trail:
            return (*trail[trail.index(room) :], room)
        return next(
            (found for used in uses.get(room, set()) - {room} if (found := circle(used, (*trail, room)))), ()
        )

    assert not [found for room in uses if (found := circle(room, ()))]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_outgrows_its_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_light_rooms_import_nothing_heavy() -> None:
    heavy = [
        f"{path.relative_to(PACKAGE)}:{line} imports {module}"
        for path in MODULES
        if room_of(path) in LIGHT_ROOMS
        for line, module in imported_modules(module_level(path))
        if module.split(".")[0] in HEAVY
    ]
    assert not heavy


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from mtkit.cli.app import run\n"
        "code = run(['--help'])\n"
        "print('\\nLOADED', *sorted({name.partition('.')[0] for name in sys.modules}))\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    shown, _, loaded = done.stdout.partition("LOADED")
    assert "translate" in shown
    assert not HEAVY & set(loaded.split())


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in registry.BUILT_IN for name in registry.names(kind)]
)
def test_registered_names_load_and_have_what_their_protocol_asks_for(kind: str, name: str) -> None:
    implementation = registry.load(kind, name)
    if kind in FUNCTIONS:
        assert list(inspect.signature(implementation).parameters) == FUNCTIONS[kind]
        return
    methods = {
        name: value
        for name, value in vars(PROTOCOLS[kind]).items()
        if inspect.isfunction(value) and not name.startswith("_")
    }
    assert methods
    for method, wanted in methods.items():
        has = list(inspect.signature(getattr(implementation, method)).parameters)
        assert has == list(inspect.signature(wanted).parameters), method


def commands() -> Iterator[tuple[str, object]]:
    from mtkit.cli.app import app

    def walk(prefix: str, command: object) -> Iterator[tuple[str, object]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield prefix, command
            return
        for name, each in inner.items():
            yield from walk(f"{prefix} {name}".strip(), each)

    yield from walk("", typer.main.get_command(app))


def test_every_command_has_help_and_json() -> None:
    lacking = []
    for name, command in commands():
        if not (command.help or "").strip():  # type: ignore[attr-defined]
            lacking.append(f"{name}: no help")
        options = {option for parameter in command.params for option in parameter.opts}  # type: ignore[attr-defined]
        if "--json" not in options:
            lacking.append(f"{name}: no --json")
        lacking += (
            f"{name} {parameter.name}: no help"
            for parameter in command.params  # type: ignore[attr-defined]
            if not getattr(parameter, "help", None) and parameter.name != "help"
        )
    assert not lacking
