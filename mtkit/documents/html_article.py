"""Take the article out of a CMS page: headline, byline, lead, body, tables, captions, as a small document.

trafilatura says what the body is; its blocks are found again in the page, so that links and emphasis stay.
Scripts, forms, comments and event handlers are left behind. Nothing is fetched or run.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from html import escape
from typing import Any

from mtkit.documents.html_elements import INLINE
from mtkit.errors import FormatError, MissingExtraError

_HINT = "Translate the whole page: leave out --article."
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    (*_HEADINGS, "p", "li", "dt", "dd", "blockquote", "figcaption", "pre", "div", "td", "th", "caption")
)
_CELLS = ("td", "th")
_HOLDERS = ("body", "main", "article", "section", "center", "figure", *_BLOCKS)
_AROUND = frozenset(("nav", "aside", "footer", "form"))
_DROPPED = (
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "form", "input", "button"),
    *("select", "textarea", "svg", "math", "audio", "video", "link", "meta", "head"),
)
_KEPT = {
    "a": ("href", "title"),
    "abbr": ("title",),
    "img": ("src", "alt", "title"),
    "span": ("lang",),
    **dict.fromkeys(("b", "strong", "i", "em", "u", "s", "sub", "sup", "q", "cite", "mark", "small"), ()),
    **dict.fromkeys(("br", "code", "time", "figcaption"), ()),
}
"""Elements that stay inside a block, with the attributes they keep beside translate and class notranslate."""
_ATTRIBUTES = _KEPT | dict.fromkeys(_CELLS, ("colspan", "rowspan"))

_LEAD = re.compile(r"\b(?:sapo|lead|lede|standfirst|summary|dek|intro)\b", re.IGNORECASE)
_CAPTION = re.compile(r"caption|legend", re.IGNORECASE)
_BYLINE = re.compile(r"(?<![a-z])(?:author|byline|writer|tac-?gia)(?![a-z])", re.IGNORECASE)
_COMMENT = re.compile(r"comment|reply|binh-?luan", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x20]+")
_VOID = ("br", "img")
_LEAD_LENGTH = 80
_BYLINE_LENGTH = 120
_CELL_LENGTH = 500
_LETTERS = re.compile(r"[\W_]+")


def extract_article(html: str, path: str) -> str:
    """Return the article of a page as an HTML document of its own.

    Raises FormatError where there is none to be found, MissingExtraError without trafilatura.
    """
    try:
        import trafilatura
        from lxml import etree
        from lxml import html as lxml_html
    except ImportError as error:
        raise MissingExtraError("Taking the article out of a page", "article") from error
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = lxml_html.document_fromstring(html.encode(), parser=parser)
        for element in list(page.iter(*_HOLDERS)):
            _wrap_loose_text(element)
        extracted = trafilatura.bare_extraction(
            deepcopy(page), with_metadata=True, include_comments=False, include_tables=True
        )
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(path, f"no article can be taken out of this page ({error}).", _HINT) from error
    body: Any = getattr(extracted, "body", None)
    if body is None or not "".join(body.itertext()).strip():
        raise FormatError(path, "there is no article to be seen in this page.", _HINT)
    title = getattr(extracted, "title", None) or ""
    chosen = _chosen(page, body, title)
    if not chosen:
        raise FormatError(path, "there is no article to be seen in this page.", _HINT)
    return _document(chosen, title, page.get("lang") or page.get("xml:lang") or "")


def _wrap_loose_text(element: Any) -> None:
    """Make paragraphs of the text that stands between the blocks in an element."""
    children = list(element)
    if all(map(_is_inline, children)):
        return
    paragraph = None
    if _fold(element.text or ""):
        paragraph = element.makeelement("p")
        paragraph.text, element.text = element.text, None
        element.insert(0, paragraph)
    for child in children:
        if not _is_inline(child):
            paragraph = None
            if _fold(child.tail or ""):
                paragraph = element.makeelement("p")
                paragraph.text, child.tail = child.tail, None
                child.addnext(paragraph)
        else:
            if paragraph is None and (_folded(child) or _fold(child.tail or "")):
                paragraph = element.makeelement("p")
                child.addprevious(paragraph)
            if paragraph is not None:
                paragraph.append(child)


def _is_inline(element: Any) -> bool:
    inline = element.tag in INLINE or element.tag in _KEPT or element.tag in _DROPPED
    return inline and element.tag not in _BLOCKS and all(map(_is_inline, element))


def _is_leaf(element: Any) -> bool:
    """Whether an element holds text and no block that does so itself."""
    inner = (other for other in element.iter(*_BLOCKS) if other is not element)
    return bool(_folded(element)) and not any(map(_folded, inner))


def _folded(element: Any) -> str:
    return _fold("".join(element.itertext()))


def _fold(text: str) -> str:
    return _LETTERS.sub("", text).lower()


def _chosen(page: Any, body: Any, title: str) -> list[Any]:
    """The blocks of the article, in the order of the page, the headline first where the page has one."""
    whole = _folded(body)
    single = {_folded(element) for element in body.iter()}

    def is_of_body(element: Any) -> bool:
        text = _folded(element)
        return text in single or (len(text) > _LEAD_LENGTH and text in whole)

    tables = [table for table in page.iter("table") if _holds_data(table, is_of_body)]
    blocks = [
        element
        for element in page.iter("table", *_BLOCKS)
        if not any(ancestor in tables for ancestor in element.iterancestors("table"))
        and (element in tables or (element.tag in _BLOCKS and _is_leaf(element)))
    ]
    is_body = [
        (block in tables or is_of_body(block)) and block.tag != "h1" and not _is_around(block)
        for block in blocks
    ]
    if not any(is_body):
        return []
    first = is_body.index(True)
    last = len(is_body) - 1 - is_body[::-1].index(True)
    headline = _headline(blocks[:first], title)
    start = first if headline is None else headline
    chosen = [] if headline is None else [blocks[headline]]
    for index in range(start, min(last + 3, len(blocks))):
        block = blocks[index]
        if block in chosen or _is_around(block):
            continue
        is_lead = start < index < first and (
            len("".join(block.itertext())) >= _LEAD_LENGTH or _LEAD.search(block.get("class", ""))
        )
        is_caption = block.tag == "figcaption" or _CAPTION.search(block.get("class", ""))
        if is_body[index] or is_lead or is_caption:
            chosen.append(block)
        elif (byline := _byline(block)) is not None and _folded(byline) not in map(_folded, chosen):
            chosen.append(byline)
    return chosen


def _holds_data(table: Any, is_of_body: Callable[[Any], bool]) -> bool:
    """Whether a table is one of the article, and not what the page is laid out with."""
    cells = [cell for cell in table.iter(*_CELLS) if _folded(cell)]
    if any(len(_folded(cell)) > _CELL_LENGTH for cell in cells) or table.find(".//table") is not None:
        return False
    return 2 * sum(map(is_of_body, cells)) > len(cells) > 1


def _byline(block: Any) -> Any | None:
    """The element that names the author, where a block is such or holds one."""
    if any(_COMMENT.search(_marked(ancestor)) for ancestor in block.iterancestors()):
        return None
    named = next((element for element in block.iter() if _BYLINE.search(_marked(element))), None)
    if named is None and _BYLINE.search(_marked(block.getparent())):
        named = block
    return named if named is not None and 0 < len(_folded(named)) <= _BYLINE_LENGTH else None


def _marked(element: Any) -> str:
    return " ".join(element.get(name, "") for name in ("class", "id", "rel", "itemprop"))


def _headline(blocks: Sequence[Any], title: str) -> int | None:
    """The last h1 before the body, else the last heading or block that is the title of the page."""
    candidates = [index for index, block in enumerate(blocks) if not _is_around(block)]
    for index in reversed(candidates):
        if blocks[index].tag == "h1":
            return index
    wanted = _fold(title)
    return next(
        (index for index in reversed(candidates) if wanted and _folded(blocks[index]) == wanted), None
    )


def _is_around(block: Any) -> bool:
    return any(ancestor.tag in _AROUND for ancestor in block.iterancestors())


def _document(blocks: Sequence[Any], title: str, lang: str) -> str:
    headline = blocks[0].tag == "h1"
    shown = " ".join("".join(blocks[0].itertext()).split()) if headline else title
    lines = ["<!DOCTYPE html>", f'<html lang="{escape(lang)}">' if lang else "<html>"]
    lines += ["<head>", '<meta charset="utf-8">', f"<title>{escape(shown, quote=False)}</title>", "</head>"]
    lines += ["<body>", "<article>"]
    if not headline and title:
        lines.append(f"<h1>{escape(title, quote=False)}</h1>")
    lines += _rendered(blocks)
    return "\n".join([*lines, "</article>", "</body>", "</html>", ""])


def _rendered(blocks: Sequence[Any]) -> Iterator[str]:
    opened = None
    for block in blocks:
        holder = block.getparent() if block.tag == "li" else None
        if holder is not opened:
            if opened is not None:
                yield f"</{_list_name(opened)}>"
            if holder is not None:
                yield f"<{_list_name(holder)}>"
            opened = holder
        if block.tag == "table":
            yield from _table(block)
            continue
        figure = next((each for each in block.iterancestors("figure")), None)
        if figure is not None and block.tag == "figcaption":
            images = "".join(map(_start_tag, figure.iter("img")))
            yield f"<figure>{images}<figcaption>{_inner(block)}</figcaption></figure>"
        else:
            name = block.tag if block.tag in (*_HEADINGS, "li", "blockquote", "pre") else "p"
            yield f"<{name}>{_inner(block)}</{name}>"
    if opened is not None:
        yield f"</{_list_name(opened)}>"


def _table(table: Any) -> Iterator[str]:
    yield "<table>"
    for caption in table.iter("caption"):
        yield f"<caption>{_inner(caption)}</caption>"
    for row in table.iter("tr"):
        cells = (f"{_start_tag(cell)}{_cell(cell)}</{cell.tag}>" for cell in row.iter(*_CELLS))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</table>"


def _cell(cell: Any) -> str:
    return "<br>".join(line for line in map(str.strip, _inner(cell).split("<br>")) if line)


def _list_name(element: Any) -> str:
    return "ol" if element.tag == "ol" else "ul"


def _inner(element: Any) -> str:
    """What an element holds as HTML, reduced to inline markup."""
    return "".join(_inline(element)).strip()


def _inline(element: Any) -> Iterator[str]:
    yield escape(element.text or "", quote=False)
    for child in element:
        if child.tag in _KEPT:
            yield _start_tag(child)
            yield from _inline(child)
            yield "" if child.tag in _VOID else f"</{child.tag}>"
        elif child.tag not in _DROPPED:
            edge = "<br>" if child.tag in _BLOCKS and _folded(child) else ""
            yield edge
            yield from _inline(child)
            yield edge
        yield escape(child.tail or "", quote=False)


def _start_tag(element: Any) -> str:
    attributes = [(name, value) for name, value in element.attrib.items() if _is_kept(element, name, value)]
    if "notranslate" in element.get("class", "").split():
        attributes.append(("class", "notranslate"))
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return f"<{element.tag}{written}>"


def _is_kept(element: Any, name: str, value: str) -> bool:
    scheme = _CONTROLS.sub("", value).lower()
    return name == "translate" or (
        name in _ATTRIBUTES[element.tag] and not scheme.startswith(("javascript:", "data:", "vbscript:"))
    )
