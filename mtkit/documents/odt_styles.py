"""What the styles of an OpenDocument part say of its spans and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from mtkit.documents.parts import TagKind
from mtkit.documents.xml_parts import Element

_LANGUAGE = ("fo:language", "fo:country", "fo:script", "style:rfc-language-tag")
_NO_DIFFERENCE = frozenset(
    (
        *_LANGUAGE,
        *(f"{name}-{script}" for name in _LANGUAGE for script in ("asian", "complex")),
        *(f"style:{name}-{script}" for name in ("language", "country") for script in ("asian", "complex")),
        "officeooo:rsid",
        "officeooo:paragraph-rsid",
    )
)
"""Properties that a reader does not see; LibreOffice makes a style for every editing session."""


@dataclass(frozen=True, slots=True)
class Styles:
    """`spans`: automatic text style -> the first one that looks the same, "" for none at all.

    `hidden` are text styles whose text is not shown; `parents` lead from a paragraph's automatic style to
    the named one; `scripts` are text styles that raise or lower.
    """

    spans: dict[str, str]
    hidden: frozenset[str]
    parents: dict[str, str]
    scripts: dict[str, TagKind]

    @classmethod
    def of(cls, root: Element) -> Styles:
        spans: dict[str, str] = {}
        hidden: set[str] = set()
        parents: dict[str, str] = {}
        scripts: dict[str, TagKind] = {}
        looks: dict[tuple[object, ...], str] = {}
        automatic = root.child("office:automatic-styles")
        for style in automatic.elements() if automatic else ():
            name, parent = (style.attributes.get(f"style:{key}", "") for key in ("name", "parent-style-name"))
            if style.attributes.get("style:family") == "paragraph":
                parents[name] = parent
            elif style.attributes.get("style:family") == "text":
                look = _look(style)
                spans[name] = looks.setdefault((parent, look), name) if parent or look else ""
                if any(value == ("text:display", "none") for value in look):
                    hidden.add(name)
                if script := _script(style):
                    scripts[name] = script
        return cls(spans, frozenset(hidden), parents, scripts)

    def role(self, paragraph: Element) -> str:
        """Role of the text of a paragraph, by the name of its style; "" for none of its own."""
        if paragraph.name == "text:h":
            return "headline" if paragraph.attributes.get("text:outline-level", "1") == "1" else "heading"
        name = paragraph.attributes.get("text:style-name", "")
        name = (self.parents.get(name) or name).replace("_20_", " ")
        return {
            "Title": "headline",
            "Subtitle": "heading",
            "Caption": "caption",
            "Illustration": "caption",
            "Figure": "caption",
            "Quotations": "quote",
        }.get(name, "")


def _script(style: Element) -> TagKind:
    """Whether a style raises or lowers: "super 58%", "33% 58%", "-33%"."""
    properties = style.child("style:text-properties")
    position = (properties.attributes.get("style:text-position", "") if properties else "").split(" ")[0]
    if position in ("super", "sub"):
        return position  # type: ignore[return-value]
    return "" if position in ("", "0%") else "sub" if position.startswith("-") else "super"


def _look(style: Element) -> tuple[object, ...]:
    properties = style.child("style:text-properties")
    attributes = properties.attributes if properties else {}
    seen = sorted(attribute for attribute in attributes.items() if attribute[0] not in _NO_DIFFERENCE)
    return (*seen, *(each.name for each in style.elements() if each is not properties))
