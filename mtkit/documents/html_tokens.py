"""HTML cut into tokens that rejoin to the very text, as the WHATWG tokenizer would cut it.

Time is linear in the length of the text whatever stands in it, and nothing is fetched or run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal

_MARKUP = re.compile(
    r"""<(?:
        !--(?:-?>|.*?(?:--!?>|\Z))
      | (?:[!?]|/[^a-zA-Z])[^>]*+>
      | (?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)
        (?P<attributes>(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+)|[^>=]++)*+)>
    )""",
    re.VERBOSE | re.DOTALL,
)
_RAW_TEXT = {
    name: re.compile(rf"</{name}(?=[\s/>])|\Z", re.IGNORECASE)
    for name in ("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title")
}
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/=>][^\s/=>]*+)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]++)))?""",
    re.VERBOSE,
)
_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]+|#[0-9]+|[a-zA-Z][a-zA-Z0-9]*);?")


@dataclass(frozen=True, slots=True)
class Attribute:
    """`start` and `end` of the value count from the beginning of the token; `quoted` without its quotes."""

    name: str
    value: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Token:
    """`raw_text` is what a script, style or title holds; `other` a comment, a doctype, an instruction."""

    kind: Literal["text", "raw_text", "start", "end", "other"]
    raw: str
    name: str = ""

    def attributes(self) -> Iterator[Attribute]:
        if self.kind != "start":
            return
        for match in _ATTRIBUTE.finditer(self.raw, len(self.name) + 1, len(self.raw) - 1):
            group = next((name for name in ("double", "single", "bare") if match[name] is not None), None)
            yield Attribute(
                match["name"].lower(),
                unescape(match[group]) if group else "",
                *(match.span(group) if group else (match.end(), match.end())),
                group in ("double", "single"),
            )


def tokenize(html: str) -> Iterator[Token]:
    """Yield tokens whose `raw` rejoin to `html`."""
    done = at = 0
    while (at := html.find("<", at)) >= 0:
        match = _MARKUP.match(html, at)
        if match is None:
            if html[at + 1 : at + 2].isalpha() or html[at + 1 : at + 2] in ("/", "!", "?"):
                break
            at += 1
            continue
        if done < at:
            yield Token("text", html[done:at])
        name = (match["name"] or "").lower()
        kind: Literal["start", "end", "other"] = "other" if not name else "end" if match["slash"] else "start"
        yield Token(kind, match[0], name)
        done = at = match.end()
        if kind == "start" and name in _RAW_TEXT:
            end = _RAW_TEXT[name].search(html, at).start()  # type: ignore[union-attr]
            if end > at:
                yield Token("raw_text", html[at:end], name)
            done = at = end
    if done < len(html):
        yield Token("text", html[done:])


def characters(raw: str, *, in_attribute: bool = False) -> Iterator[tuple[str, str]]:
    """Yield (text, raw) stretches of character data with references resolved.

    In an attribute a reference without its semicolon is taken literally.
    """
    done = 0
    for match in _REFERENCE.finditer(raw):
        resolved = match[0] if in_attribute and not match[0].endswith(";") else unescape(match[0])
        if resolved == match[0] or "\0" in resolved:
            continue
        if done < match.start():
            stretch = raw[done : match.start()]
            yield stretch, stretch
        yield resolved, match[0]
        done = match.end()
    if done < len(raw):
        yield raw[done:], raw[done:]
