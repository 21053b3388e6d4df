"""Every shell block of the README runs; a block that cannot run here says why in a comment above it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?:<!-- needs: (?P<need>[\w ]+) -->\n)?```sh\n(?P<script>.*?)```", re.DOTALL)
NEEDS = {"make", "model", "network"}


@dataclass(frozen=True)
class Block:
    script: str
    need: str | None

    def __str__(self) -> str:
        return self.script.splitlines()[-1]


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


BLOCKS = [Block(match["script"], match["need"]) for match in BLOCK.finditer(readme())]


def has_bundled_model() -> bool:
    from mtkit.errors import MtkitError
    from mtkit.models.bundled import bundled_folder

    try:
        bundled_folder()
    except MtkitError:
        return False
    return True


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "MTKIT_CACHE": str(folder / "cache"),
    }
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.fixture
def copy_of_the_project(tmp_path: Path) -> Path:
    for name in ("data/articles", "data/corpus", "glossaries"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_there_are_blocks_and_each_reason_is_known() -> None:
    assert len(BLOCKS) >= 6
    assert len(BLOCKS) == readme().count("```sh\n")
    assert {block.need for block in BLOCKS} <= NEEDS | {None}


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_block_runs(block: Block, copy_of_the_project: Path) -> None:
    if block.need in ("make", "network"):
        pytest.skip(f"the README says that it needs {block.need}")
    if block.need == "model" and not has_bundled_model():
        pytest.skip("the README says that it needs the bundled model, and it is not there")
    ran = run(block.script, copy_of_the_project)
    assert ran.returncode == 0, ran.stderr


NETWORK_COMMANDS = [
    line
    for block in BLOCKS
    if block.need == "network"
    for line in block.script.splitlines()
    if line.startswith("mtkit ")
]


@pytest.mark.parametrize("line", NETWORK_COMMANDS)
def test_commands_that_need_the_network_are_spelt_right(line: str, tmp_path: Path) -> None:
    ran = run(f"{shlex.join(shlex.split(line))} --help", tmp_path)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", readme(), re.MULTILINE))
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
