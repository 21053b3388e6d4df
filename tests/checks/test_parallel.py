"""Long documents in worker processes: the same findings, and one clear word when something goes wrong."""

from __future__ import annotations

import os
import pickle
import random
from collections.abc import Iterator

import pytest

from mtkit.checks import parallel
from mtkit.checks.base import CheckContext
from mtkit.checks.registered import ActiveCheck, active_checks
from mtkit.checks.run import run_checks
from mtkit.errors import EngineError, UnknownNameError
from mtkit.types import Finding, Segment, Severity
from tests.checks.test_contract import CONTEXT

SUBJECTS = [("The ward", "Квартал"), ("The commune", "Община"), ("Nguyễn Văn Hòa", "Нгуен Ван Хоа")]
DEEDS = [("opened {} schools", "открыл {} школ"), ("met {} readers", "встретил {}  читателей")]
PLACES = [("in Huế on May {}.", "в Хюэ {} мая."), ("in Huế on May {}.", "в Гуэ {} июня"), ("", "")]
COUNT = parallel.ALONE + 1000


def sentences(count: int) -> tuple[list[Segment], list[str]]:
    """Segments and targets, some of which have a fault."""
    chance = random.Random(7)
    segments, targets = [], []
    for number in range(count):
        parts = [chance.choice(each) for each in (SUBJECTS, DEEDS, PLACES)]
        amount = chance.randint(2, 28)
        source, target = (" ".join(side).format(amount, amount) for side in zip(*parts, strict=True))
        segments.append(Segment(id=str(number), source=source, src_lang="en", tgt_lang="ru"))
        targets.append(target if chance.random() < 0.9 else target.replace(str(amount), str(amount + 1)))
    return segments, targets


class _Breaks:
    """A check that goes wrong at one segment."""

    id = "breaks"
    severity = Severity.ERROR
    its_type = "other"
    needs_source = False

    def __init__(self, error: Exception | None) -> None:
        self._error = error

    def run(self, segment: Segment, target: str, context: CheckContext) -> Iterator[Finding]:
        if segment.id == str(COUNT - 1):
            if self._error is None:
                os._exit(1)
            raise self._error
        yield from ()


def run_breaking(error: Exception | None) -> None:
    broken = ActiveCheck(check=_Breaks(error), whole_document=False, severity=Severity.ERROR)
    run_checks(*sentences(COUNT), [broken], CheckContext(), jobs=2)


def test_processes_find_what_one_finds_in_the_same_order() -> None:
    segments, targets = sentences(COUNT)
    checks = active_checks({})
    found = run_checks(segments, targets, checks, CONTEXT)
    assert len(found) > COUNT / 2
    assert any(int(each.segment_id) >= parallel.ALONE for each in found)
    assert run_checks(segments, targets, checks, CONTEXT, jobs=2) == found


def test_a_short_document_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", None)
    segments, targets = sentences(parallel.ALONE)
    assert run_checks(segments, targets, active_checks({}, ["double-space"]), CONTEXT, jobs=8)


def test_an_error_of_a_worker_is_raised_as_it_is() -> None:
    error = UnknownNameError("check", "latn", ["latin"])
    with pytest.raises(UnknownNameError) as raised:
        run_breaking(error)
    assert str(raised.value) == str(error)


def test_a_worker_that_is_gone_is_told() -> None:
    with pytest.raises(EngineError, match="Try --jobs 1"):
        run_breaking(None)


def test_what_workers_need_can_be_sent_where_processes_are_not_copied() -> None:
    checks, context = pickle.loads(pickle.dumps((active_checks({}), CONTEXT)))
    segments, targets = sentences(20)
    assert run_checks(segments, targets, checks, context) == run_checks(
        segments, targets, active_checks({}), CONTEXT
    )
