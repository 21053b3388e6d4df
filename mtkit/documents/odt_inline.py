"""What stands in a paragraph of an OpenDocument text as inlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mtkit.documents.odt_styles import Styles
from mtkit.documents.packages_inline import Edge, Gap, Inline, Number, Pair, Point, Words
from mtkit.documents.parts import TagKind
from mtkit.documents.xml_parts import Element, XmlPart

_SPACE = re.compile(r"[ \t\r\n]+")
_GAPS = {"text:tab": "tab", "text:line-break": "line"}
_CONTAINERS = frozenset(("text:a", "text:meta", "loext:content-control"))
_CITING = frozenset(("text:bookmark-ref", "text:reference-ref", "text:sequence-ref"))
"""These show what stands elsewhere in the document: translated where that is words."""
_FILLED_CONTROLS = tuple(f"loext:{kind}" for kind in ("checkbox", "combobox", "date", "dropdown", "picture"))
_RANGE = re.compile(r"(text:[\w-]+)-(start|end)|(office:annotation)(-end)?")
_RANGE_KEYS = ("text:name", "office:name", "text:change-id", "text:id")
_MOST_SPACES = 1000


@dataclass(slots=True)
class InlineReader:
    """Reads paragraphs; `_after_space` says that white space to come is none, as ODF 1.3, 6.1.2, has it."""

    part: XmlPart
    styles: Styles
    _after_space: bool = field(default=True)

    def inlines(self, paragraph: Element) -> list[Inline]:
        self._after_space = True
        return self._inside(paragraph.children, "")

    def _inside(self, children: Sequence[Element | str], form: str, kind: TagKind = "") -> list[Inline]:
        found: list[Inline] = []
        for child in children:
            if isinstance(child, str):
                if text := self._collapsed(child):
                    found.append(Words(text, form, kind=kind))
            elif child.name == "text:span":
                found += self._span(child, form, kind)
            elif child.name != "text:soft-page-break":
                found.append(self._element(child, form))
        return found

    def _span(self, span: Element, form: str, kind: TagKind) -> list[Inline]:
        name = span.attributes.get("text:style-name", "")
        if name in self.styles.hidden:
            return [Point(self._within(form, span))]
        name = self.styles.spans.get(name, name)
        prefix = self.part.prefixes["text"]
        own = f'<{prefix}span {prefix}style-name="{_quoted(name)}">' if name and prefix else ""
        return self._inside(span.children, form + own, self.styles.scripts.get(name, kind))

    def _element(self, element: Element, form: str) -> Inline:
        name = element.name
        if name == "text:s":
            count = element.attributes.get("text:c", "1")
            spaces = min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() else 1
            self._after_space = False
            return Words(" " * spaces, form, self._plain(form, element))
        if name in _GAPS:
            self._after_space = False
            return Gap(_GAPS[name], self._plain(form, element))  # type: ignore[arg-type]
        is_citing = name in _CITING and any(map(str.isalpha, element.text()))
        if is_citing or (name in _CONTAINERS and element.children and not is_left(element)):
            opening = self.part.raw(element.start, element.inner_start)
            closing = self.part.raw(element.inner_end, element.end)
            kind: TagKind = "link" if name == "text:a" else ""
            return Pair((opening,), tuple(self._inside(element.children, form)), (closing,), kind)
        if edge := self._edge(element):
            return edge
        self._after_space = False
        if re.fullmatch(r"\d{1,6}", element.text().strip()) and not element.elements():
            return Number(element.text().strip(), self._plain(form, element))
        return Point(self._within(form, element), shown=bool(element.text().strip()))

    def _edge(self, element: Element) -> Edge | None:
        match = _RANGE.fullmatch(element.name)
        key = next((element.attributes[key] for key in _RANGE_KEYS if key in element.attributes), None)
        if not match or key is None:
            return None
        ends = match[2] == "end" or match[4] is not None
        return Edge(f"{match[1] or match[3]} {key}", "end" if ends else "start", (self.part.raw_of(element),))

    def _within(self, form: str, element: Element) -> tuple[str | Element, ...]:
        return (form, element, close_spans(self.part.prefixes["text"], form))

    def _plain(self, form: str, element: Element) -> str:
        return form + self.part.raw_of(element) + close_spans(self.part.prefixes["text"], form)

    def _collapsed(self, text: str) -> str:
        text = _SPACE.sub(" ", text)
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self._after_space = text.endswith(" ")
        return text


def is_left(element: Element) -> bool:
    """Whether an element is a content control that its reader fills by choosing."""
    return any(element.attributes.get(kind) == "true" for kind in _FILLED_CONTROLS)


def close_spans(prefix: str, form: str) -> str:
    """End tags for the spans that a format begins."""
    return f"</{prefix}span>" * form.count("<")


def _quoted(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
