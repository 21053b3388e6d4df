"""Findings as JUnit XML: a test suite for each file, a test case for each check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from mtkit.checks.run import CheckReport
from mtkit.reports.places import PlacedFinding, placed
from mtkit.types import Severity

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(reports: Sequence[CheckReport]) -> str:
    """Errors and warnings fail their check; what is for information goes to its system-out."""
    root = ElementTree.Element("testsuites", name="mtkit check")
    for report in reports:
        found: dict[str, list[PlacedFinding]] = {check.id: [] for check in report.checks}
        for each in placed(report):
            found[each.finding.check].append(each)
        suite = ElementTree.SubElement(root, "testsuite", name=_xml(report.text.path))
        failures = 0
        for check, all_of_it in found.items():
            case = ElementTree.SubElement(suite, "testcase", classname="mtkit.check", name=check)
            wrong = [each for each in all_of_it if each.finding.severity is not Severity.INFO]
            noted = [each for each in all_of_it if each.finding.severity is Severity.INFO]
            if wrong:
                failures += 1
                kind = min((each.finding.severity for each in wrong), key=list(Severity).index)
                summary = f"{len(wrong)} findings" if len(wrong) > 1 else wrong[0].finding.message
                failure = ElementTree.SubElement(case, "failure", type=kind.value, message=_xml(summary))
                failure.text = "\n".join(_line(report.text.path, each) for each in wrong)
            if noted:
                output = ElementTree.SubElement(case, "system-out")
                output.text = "\n".join(_line(report.text.path, each) for each in noted)
        suite.set("tests", str(len(found)))
        suite.set("failures", str(failures))
        suite.set("errors", "0")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _line(path: str, each: PlacedFinding) -> str:
    return _xml(f"{each.location(path)}: {each.finding.severity}: {each.said}")


def _xml(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
