"""What mtkit knows of HTML elements."""

from __future__ import annotations

from mtkit.documents.parts import TagKind

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)

INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
    )
)
"""A sentence goes on through these."""

KINDS: dict[str, TagKind] = {"a": "link", "sup": "super", "sub": "sub"}
"""Inline elements that may be the mark of a note."""

UNTRANSLATED = frozenset(
    (
        "code",
        "kbd",
        "math",
        "pre",
        "samp",
        "script",
        "style",
        "svg",
        "textarea",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
    )
)

INSIDE_SENTENCE = INLINE | {
    "br",
    "button",
    "code",
    "img",
    "input",
    "kbd",
    "math",
    "samp",
    "select",
    "svg",
    "wbr",
}
"""These begin no new block."""

ROLES = {
    **dict.fromkeys(("h1", "title"), "headline"),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("td", "th"), "table"),
    "blockquote": "quote",
}

TRANSLATED_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")

META = ("description", "og:title", "og:description", "og:image:alt", "twitter:title", "twitter:description")
"""Names and properties of <meta> whose content is translated."""

_PARAGRAPH_ENDS_BEFORE = (
    "address",
    "article",
    "aside",
    "blockquote",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
)

ENDS_BEFORE = {
    **dict.fromkeys(_PARAGRAPH_ENDS_BEFORE, frozenset(("p",))),
    "li": frozenset(("li", "p")),
    **dict.fromkeys(("dt", "dd"), frozenset(("dt", "dd", "p"))),
    **dict.fromkeys(("td", "th"), frozenset(("td", "th", "p"))),
    "tr": frozenset(("td", "th", "tr", "p")),
    "option": frozenset(("option",)),
}
"""Start tag -> open elements that it closes (HTML, 13.1.2.4 optional tags)."""
