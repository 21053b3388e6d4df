"""[checks] of the settings: severity, options, what is switched off, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from mtkit.checks.base import CheckContext
from mtkit.checks.registered import active_checks, known_checks, page
from mtkit.checks.run import run_checks
from mtkit.errors import ConfigError, UnknownNameError
from mtkit.types import Finding, Segment, Severity

SEGMENT = Segment(id="1", source="The committee met.", src_lang="en", tgt_lang="ru")


def run(settings: dict[str, Any], only: tuple[str, ...], target: str) -> tuple[Finding, ...]:
    return run_checks([SEGMENT], [target], active_checks(settings, only), CheckContext())


def test_every_check_runs_by_default() -> None:
    assert [each.id for each in active_checks({})] == list(known_checks())


def test_severity_is_configurable() -> None:
    (found,) = run({"doubled-word": {"severity": "error"}}, ("doubled-word",), "Комитет собрался собрался.")
    assert found.severity is Severity.ERROR


def test_a_check_can_be_switched_off_and_called_for_all_the_same() -> None:
    off = {"latin": {"enabled": False}}
    assert "latin" not in [each.id for each in active_checks(off)]
    assert [each.id for each in active_checks(off, ("latin",))] == ["latin"]


def test_options_reach_the_check() -> None:
    assert run({}, ("latin",), "Комитет committee собрался.")
    assert not run({"latin": {"allow": ["committee"]}}, ("latin",), "Комитет committee собрался.")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"latin": {"alow": []}}, "Did you mean 'allow'?"),
        ({"latim": {}}, "Did you mean 'latin'?"),
        ({"dash": {"allow": []}}, "Known: enabled, severity"),
        ({"latin": {"severity": "fatal"}}, "Known: error, warning, info"),
        ({"latin": {"allow": "x"}}, "must be a list of strings"),
        ({"digit-groups": {"from_digits": True}}, "of type int"),
        ({"length-ratio": {"tolerance": "wide"}}, "of type float"),
        ({"latin": {"enabled": 0}}, "of type bool"),
        ({"latin": 3}, "must be a table"),
        ({"yo": {"policy": "some"}}, "mixed, always, never"),
    ],
)
def test_what_is_wrong_is_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        active_checks(settings)
    assert said in str(caught.value)


def test_pages() -> None:
    assert "allow = []" in page("latin")
    with pytest.raises(UnknownNameError):
        page("latim")
