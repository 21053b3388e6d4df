"""How many planted faults each check finds; `pytest tests/checks/test_corruptions.py -s` prints the table."""

from __future__ import annotations

import pytest

from mtkit.checks.registered import active_checks, known_checks
from mtkit.checks.run import run_checks
from tests.checks import corruptions_programs, corruptions_russian  # noqa: F401 - register their kinds
from tests.checks.corruptions import KINDS, Corrupted, corruptions, termbase_context

FEWEST = 200


def found(planted: Corrupted, checks: frozenset[str]) -> bool:
    """Whether a check says something of the fault that it does not say of the good document."""
    active, context = active_checks({}, checks), termbase_context()
    before = {
        (each.check, each.message) for each in run_checks(planted.segments, planted.good, active, context)
    }
    after = run_checks(planted.segments, planted.bad, active, context)
    return any((each.check, each.message) not in before for each in after)


def test_every_check_has_a_kind_of_fault() -> None:
    assert set().union(*(planted.checks for planted in KINDS.values())) == set(known_checks())


@pytest.mark.parametrize("name", KINDS)
def test_recall(name: str) -> None:
    planted = KINDS[name]
    outcomes = [found(each, planted.checks) for each in corruptions(name)]
    recall = 100 * sum(outcomes) / len(outcomes)
    print(f"{name:26} {len(outcomes):4} planted  {recall:5.1f}% found  ({planted.recall}% wanted)")
    assert len(outcomes) >= FEWEST
    assert recall >= planted.recall
