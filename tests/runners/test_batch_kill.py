"""kill -9 at any moment and the same command again: nothing lost, nothing done twice, the same bytes.

The command line itself runs, in children of tests/runners/kill_driver.py.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def drive(kind, folder, *numbers):
    done = subprocess.run(
        [sys.executable, "-m", "tests.runners.kill_driver", kind, str(folder), *map(str, numbers)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(found, jobs):
    for each in found:
        assert each["code"] == 0
        assert each["same"]
        assert each["asked_the_same"]
        assert 0 <= each["asked_again"] <= each["lives"] * jobs, "more than what was in flight"
        assert each["left"] == ["jobs.sqlite"]


@pytest.mark.parametrize(("kills", "jobs"), [(30, 1), (20, 3)])
def test_killed_at_random_moments(tmp_path, kills, jobs):
    result = drive("random", tmp_path, kills, 20261129, jobs)
    assert result["kills"] == kills
    assert result["files"] == 12
    check(result["found"], jobs)


def test_killed_before_and_after_everything_that_is_written(tmp_path):
    result = drive("steps", tmp_path, 20261129, 20)
    assert result["kills"] == 20
    check(result["found"], 1)


def test_two_runs_at_once_share_the_work(tmp_path):
    result = drive("together", tmp_path, 0)
    assert [each["asked_again"] for each in result["found"]] == [0, 0]
    check(result["found"], 2)


def test_a_run_takes_over_what_a_killed_one_had(tmp_path):
    result = drive("together", tmp_path, 1)
    assert len(result["found"]) == 1
    check(result["found"], 2)
