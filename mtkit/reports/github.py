"""Findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from mtkit.checks.run import CheckReport
from mtkit.reports.places import placed
from mtkit.types import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(reports: Sequence[CheckReport]) -> str:
    """`::error file=…,line=…,col=…,title=…::message`, one a line."""
    lines = []
    for report in reports:
        for each in placed(report):
            properties = {"file": report.text.path}
            if each.line:
                properties |= {"line": str(each.line), "col": str(each.column)}
                if each.end_line == each.line:
                    properties |= {"endColumn": str(max(each.end_column, each.column))}
            properties["title"] = each.finding.check
            shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
            command = _COMMANDS[each.finding.severity]
            lines.append(
                f"::{command} {shown}::{_message(each.said if each.line else f'{each.where}: {each.said}')}\n"
            )
    return "".join(lines)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
