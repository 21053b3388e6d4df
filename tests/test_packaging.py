"""What a wheel would hold."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_listed():
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "mtkit").rglob("__init__.py")}
    assert set(SETTINGS["tool"]["setuptools"]["packages"]) == found | {"mtkit.glossaries"}


def test_every_file_that_is_no_module_ships():
    globs = SETTINGS["tool"]["setuptools"]["package-data"]
    shipped = {path for pattern in globs["mtkit"] for path in (ROOT / "mtkit").glob(pattern)}
    shipped |= {path for pattern in globs["mtkit.glossaries"] for path in (ROOT / "glossaries").glob(pattern)}
    others = {
        path
        for folder in ("mtkit", "glossaries")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc", ".md")
    }
    assert others <= shipped
