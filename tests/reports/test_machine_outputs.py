"""Findings for machines: valid in their format, and the same findings in each."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from mtkit import registry
from mtkit.checks.base import CheckContext
from mtkit.checks.places import Place
from mtkit.checks.registered import active_checks
from mtkit.checks.run import CheckedText, CheckReport, run_checks
from mtkit.types import Segment

CHECKS = active_checks({})
TARGETS = ("3 мая: <b>Đỏ,\nделегация</b> № 5.", "Река река высока.", "Всё.")
SOURCES = ("On May 4: <b>Red,\ndelegation</b> No. 5.", "The river is high.", "All.")


def report(path: str = "папка/hyp 1.txt", lines: bool = True) -> CheckReport:
    segments = tuple(
        Segment(id=str(number), source=source, src_lang="en", tgt_lang="ru")
        for number, source in enumerate(SOURCES, 1)
    )
    places = tuple(Place(number if lines else 0) for number in range(1, len(TARGETS) + 1))
    text = CheckedText(path=path, segments=segments, targets=TARGETS, places=places)
    found = run_checks(segments, TARGETS, CHECKS, CheckContext())
    return CheckReport(text=text, checks=CHECKS, findings=found)


def render(name: str, *reports: CheckReport) -> str:
    rendered: str = registry.load("outputs", name)(reports)
    return rendered


EXPECTED = [("1", "date"), ("1", "vietnamese-letters"), ("1", "number-sign"), ("2", "doubled-word")]


def test_json() -> None:
    value = json.loads(render("json", report()))
    (file,) = value["files"]
    assert value["counts"] == {"error": 2, "warning": 1, "info": 1}
    assert [(each["segment"], each["check"]) for each in file["findings"]] == EXPECTED
    date = file["findings"][0]
    assert (date["line"], date["column"], date["text"], date["tgt"]) == (1, 1, "3 мая", [0, 5])


def test_json_lines() -> None:
    lines = [json.loads(line) for line in render("jsonl", report(), report("b.txt")).splitlines()]
    assert [(each["segment"], each["check"]) for each in lines] == EXPECTED * 2
    assert lines[-1]["path"] == "b.txt"


def test_text_names_segments_where_there_are_no_lines() -> None:
    assert render("text", report(lines=False)).startswith("папка/hyp 1.txt:segment 1: error date: ")
    assert render("text", report()).splitlines()[-1] == "2 errors, 1 warning, 1 for information in 3 segments"


def test_github_escapes_what_ends_a_property() -> None:
    lines = render("github", report("a,b:c.txt")).splitlines()
    assert lines[0] == (
        "::error file=a%2Cb%3Ac.txt,line=1,col=1,endColumn=6,title=date::May 4 has become 3 мая."
    )
    assert [line.split()[0] for line in lines] == ["::error", "::error", "::notice", "::warning"]


def test_sarif() -> None:
    value = json.loads(render("sarif", report(), report(lines=False)))
    (run,) = value["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert value["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in rules] == [check.id for check in CHECKS]
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    assert [result["ruleId"] for result in run["results"]] == [check for _, check in EXPECTED] * 2
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert len(result["partialFingerprints"]["mtkit/v1"]) == 64
    first, *_ = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 1, "startColumn": 1, "endColumn": 6}
    assert " " not in place["artifactLocation"]["uri"]
    fixed = next(result for result in run["results"] if result["ruleId"] == "number-sign")
    (change,) = fixed["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "\u00a0"}
    assert "region" not in run["results"][-1]["locations"][0]["physicalLocation"]


def test_junit() -> None:
    root = ElementTree.fromstring(render("junit", report("a\x01b.txt")))
    (suite,) = root
    assert suite.get("name") == "a\N{REPLACEMENT CHARACTER}b.txt"
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == (str(len(CHECKS)), "3", "0")
    cases = {case.get("name"): case for case in suite}
    failure = cases["date"].find("failure")
    assert failure is not None and failure.get("type") == "error"
    assert cases["number-sign"].find("failure") is None
    assert cases["number-sign"].find("system-out") is not None


@pytest.mark.parametrize("name", registry.names("outputs"))
def test_nothing_found(name: str) -> None:
    empty = CheckReport(text=report().text, checks=CHECKS, findings=())
    rendered = render(name, empty)
    if name in ("json", "sarif"):
        json.loads(rendered)
    elif name == "junit":
        ElementTree.fromstring(rendered)
    else:
        assert rendered in ("", "0 errors, 0 warnings, 0 for information in 3 segments\n")
