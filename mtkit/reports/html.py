"""The report that reviewers open: one HTML file with everything in it, which asks nothing of the network."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

SCRIPTS = (
    *("dom.js", "report.js", "marks.js", "query.js", "charts.js", "overview.js"),
    *("segment.js", "list.js", "marking.js", "app.js"),
)
"""In the order in which they are joined into one script; each uses only what stands before it."""

MARK = b'<meta name="generator" content="mtkit report">'
"""What every page has near its beginning."""

_ESCAPED = re.compile("[<>&\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def render_html(model: Mapping[str, Any]) -> bytes:
    """The page for a page model, in UTF-8.

    The content security policy allows this script and this style sheet and nothing else; the model stands in
    a block that no browser runs, with every character escaped that could end it.
    """
    style = _asset("page.css")
    script = "".join(f"// {name}\n{_asset(name)}\n" for name in SCRIPTS)
    script = f'"use strict";\n{script}'
    places = {
        "title": html.escape(str(model["title"])),
        "policy": "; ".join(
            (
                "default-src 'none'",
                f"script-src {_source_hash(script)}",
                f"style-src {_source_hash(style)}",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
        "style": style,
        "model": escaped_json(model),
        "script": script,
    }
    page = _PLACE.sub(lambda match: places[match[1]], _asset("page.html"))
    return page.encode("utf-8", "replace")


def escaped_json(value: Any) -> str:
    """JSON that can stand inside a script element, whatever its strings hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _source_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return files("mtkit.reports").joinpath("assets", name).read_text(encoding="utf-8")
