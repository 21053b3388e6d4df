"""What stands in a paragraph of a DOCX: its runs, fields, links and revisions as inlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mtkit.documents.packages_inline import Edge, Gap, Inline, Number, Pair, Point, Words
from mtkit.documents.parts import TagKind
from mtkit.documents.xml_parts import Element, XmlPart

_CONTAINERS = frozenset(
    (
        "w:hyperlink",
        "w:ins",
        "w:moveTo",
        "w:smartTag",
        "w:customXml",
        "w:dir",
        "w:bdo",
        "w:fldSimple",
        "w:sdt",
    )
)
_PROPERTIES = frozenset(("w:smartTagPr", "w:customXmlPr", "w:rPr", "w:pPr"))
_RANGE = re.compile(r"w:(\w+?)(?:Range)?(Start|End)")
_DROPPED = frozenset(("w:proofErr", "w:lastRenderedPageBreak", "w:rPr"))
_GAPS = {"w:tab": "tab", "w:ptab": "tab", "w:br": "line", "w:cr": "line"}
_SHOWN = frozenset(("m:oMath", "w:fldSimple", "w:sdt", "w:sym"))
_LEFT_CONTROLS = frozenset(
    ("w:date", "w:comboBox", "w:dropDownList", "w:picture", "w14:checkbox", "w:citation", "w:equation")
)
_TRANSLATED_FIELDS = frozenset(("HYPERLINK", "TOC", "FORMTEXT"))
_CITING_FIELDS = frozenset(("REF", "STYLEREF"))
"""Fields that show what stands elsewhere in the document: translated where that is words."""
_NOT_IN_FORM = frozenset(("w:lang", "w:noProof"))
_AFTER_LANG = frozenset(("w:eastAsianLayout", "w:specVanish", "w:oMath", "w:rPrChange"))
_DELETED = frozenset(("w:del", "w:moveFrom"))
_SCRIPTS: dict[str, TagKind] = {"superscript": "super", "subscript": "sub"}
_OFF = frozenset(("0", "false", "off"))


def is_on(element: Element | None) -> bool:
    """Whether a switch like <w:vanish/> is there and on."""
    return element is not None and element.attributes.get("w:val") not in _OFF


def is_left(element: Element) -> bool:
    """Whether an element stays as it is: deleted text, controls and fields that Word fills."""
    if element.name == "w:fldSimple":
        shown = "".join(each.text() for each in element.descendants() if each.name == "w:t")
        return not _is_translated(element.attributes.get("w:instr", ""), shown)
    if element.name == "w:sdt":
        properties = element.child("w:sdtPr")
        return properties is not None and any(each.name in _LEFT_CONTROLS for each in properties.elements())
    return element.name in _DELETED


@dataclass(slots=True)
class _Field:
    """A complex field that has begun; `shown` is what it shows, "-" where that is not one number."""

    key: str
    code: str = ""
    in_result: bool = False
    translated: bool = False
    shown: str = ""


@dataclass(slots=True)
class InlineReader:
    """Reads the paragraphs of one part in order; fields may go on over several."""

    part: XmlPart
    lang: str
    fields: list[_Field] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)
    lone_marks: frozenset[int] = frozenset()
    shown: dict[int, str] = field(default_factory=dict)
    _held: list[str | Element] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self.lone_marks = frozenset(_lone_marks(self.part.root, self.shown))

    def inlines(self, elements: Sequence[Element]) -> list[Inline]:
        """Inlines of the children of a paragraph, or of what stands around some of them."""
        outer, self._held = self._held, []
        found: list[Inline] = []
        for element in elements:
            if element.name == "w:r":
                self._run(element, found)
            elif element.name in _CONTAINERS and not is_left(element):
                self._release(found)
                found += self._container(element)
            elif self._swallowing():
                self._held.append(self.part.raw_of(element))
            elif element.name not in _DROPPED and element.name != "w:pPr":
                found.append(self._other(element))
        self._release(found)
        self._held = outer
        return found

    def _release(self, found: list[Inline]) -> None:
        if self._held:
            found.append(Point(tuple(self._held)))
            self._held = []
        for one in self.fields:
            one.shown = "-"

    def _swallowing(self) -> bool:
        return any(not (one.in_result and one.translated) for one in self.fields)

    def _container(self, element: Element) -> list[Inline]:
        content = element
        if element.name == "w:sdt":
            found = element.child("w:sdtContent")
            if found is None:
                return [Point((element,))]
            content = found
        children = [child for child in content.elements() if child.name not in _PROPERTIES]
        if not children:
            return [Point((element,))]
        first, last = children[0].start, children[-1].end
        opening = without_binding(self.part, element.child("w:sdtPr"), element.start, first)
        closing = (self.part.raw(last, element.end),)
        kind: TagKind = "link" if element.name == "w:hyperlink" else ""
        return [Pair((opening,), tuple(self.inlines(children)), closing, kind)]

    def _other(self, element: Element) -> Inline:
        match = _RANGE.fullmatch(element.name)
        if match and "w:id" in element.attributes:
            key = f"{match[1]} {element.attributes['w:id']}"
            return Edge(key, "start" if match[2] == "Start" else "end", (self.part.raw_of(element),))
        return Point((element,), shown=element.name in _SHOWN)

    def _run(self, run: Element, found: list[Inline]) -> None:
        properties = run.child("w:rPr")
        contents = [child for child in run.elements() if child.name not in _DROPPED]
        form = self.form(properties)
        raised = properties.child("w:vertAlign") if properties else None
        kind = _SCRIPTS.get(raised.attributes.get("w:val", ""), "") if raised else ""
        hidden = properties is not None and is_on(properties.child("w:vanish"))
        for content in contents:
            whole = self._whole(run, properties, content, alone=len(contents) == 1)
            if content.name in ("w:fldChar", "w:instrText"):
                self._field(content, whole, found)
            elif self._swallowing():
                self._held += whole
                if content.name == "w:t":
                    self.fields[-1].shown += content.text()
            elif hidden:
                found.append(Point(whole))
            elif content.name != "w:t" or content.text():
                found.append(self._content(content, form, whole, kind))

    def _whole(
        self, run: Element, properties: Element | None, content: Element, *, alone: bool
    ) -> tuple[str | Element, ...]:
        """A run with nothing but this in it."""
        if alone:
            return (self.part.raw(run.start, content.start), content, self.part.raw(content.end, run.end))
        prefix = self.part.prefixes["w"]
        written = self.part.raw_of(properties) if properties else ""
        return (f"<{prefix}r>{written}", content, f"</{prefix}r>")

    def _content(
        self, content: Element, form: str, whole: tuple[str | Element, ...], kind: TagKind
    ) -> Inline:
        name = content.name
        if name == "w:t":
            text = content.text()
            if content.attributes.get("xml:space") != "preserve":
                text = text.strip(" \t\r\n")
            return Words(text, form, kind=kind)
        if name in _GAPS:
            breaks_page = content.attributes.get("w:type") in ("page", "column")
            return Gap("stop" if breaks_page else _GAPS[name], self._plain(whole))  # type: ignore[arg-type]
        if name == "w:noBreakHyphen":
            return Words("-", form, self._plain(whole))
        if name == "w:softHyphen":
            return Words("\u00ad", form, self._plain(whole))
        return Point(whole, shown=name in _SHOWN)

    def _plain(self, markup: tuple[str | Element, ...]) -> str:
        return "".join(each if isinstance(each, str) else self.part.raw_of(each) for each in markup)

    def _field(self, content: Element, whole: tuple[str | Element, ...], found: list[Inline]) -> None:
        kind = content.attributes.get("w:fldCharType", "")
        is_lone = content.start in self.lone_marks or (kind != "begin" and not self.fields)
        if content.name == "w:instrText" or is_lone:
            if self.fields and content.name == "w:instrText":
                self.fields[-1].code += content.text()
            if self._swallowing():
                self._held += whole
            else:
                found.append(Point(whole))
            return
        if kind == "begin":
            if not self._swallowing():
                self._release(found)
            self._count += 1
            self.fields.append(_Field(f"field {self._count}"))
            self._held += whole
        elif kind == "separate":
            self._held += whole
            current = self.fields[-1]
            current.in_result = True
            current.translated = _is_translated(current.code, self.shown.get(content.start, ""))
            if not self._swallowing():
                found.append(Edge(current.key, "start", tuple(self._held)))
                self._held = []
        else:
            self._end_field(whole, found)

    def _end_field(self, whole: tuple[str | Element, ...], found: list[Inline]) -> None:
        current = self.fields[-1]
        swallowed = self._swallowing()
        self.fields.pop()
        if not swallowed:
            found.append(Edge(current.key, "end", whole))
            return
        self._held += whole
        if self._swallowing():
            self.fields[-1].shown += "-"
            return
        if re.fullmatch(r"\d{1,6}", current.shown.strip()):
            found.append(Number(current.shown.strip(), self._plain(tuple(self._held))))
        else:
            found.append(Point(tuple(self._held), shown=bool(current.shown.strip())))
        self._held = []

    def form(self, properties: Element | None) -> str:
        """Character properties in the target language, without what makes no difference to a reader."""
        raw = self.part.raw_of(properties) if properties else ""
        if raw not in self.forms:
            self.forms[raw] = self._form(properties)
        return self.forms[raw]

    def _form(self, properties: Element | None) -> str:
        prefix = self.part.prefixes["w"]
        children = properties.elements() if properties else []
        kept = [child for child in children if child.name not in _NOT_IN_FORM]
        after = next(
            (
                n
                for n, child in enumerate(kept)
                if child.name in _AFTER_LANG or not child.name.startswith("w:")
            ),
            len(kept),
        )
        written = [self.part.raw_of(child) for child in kept]
        if prefix:
            written.insert(after, f'<{prefix}lang {prefix}val="{self.lang}"/>')
        return f"<{prefix}rPr>{''.join(written)}</{prefix}rPr>" if written else ""


def without_binding(part: XmlPart, properties: Element | None, start: int, end: int) -> str:
    """Markup from `start` to `end` without what would replace the text of a content control in it.

    Word fills a bound control from the XML that it is bound to, which stays as it was.
    """
    binding = properties.child("w:dataBinding") if properties else None
    if binding is None:
        return part.raw(start, end)
    return part.raw(start, binding.start) + part.raw(binding.end, end)


def _is_translated(code: str, shown: str) -> bool:
    kind = (code.split() or [""])[0].upper()
    return kind in _TRANSLATED_FIELDS or (kind in _CITING_FIELDS and any(map(str.isalpha, shown)))


def _lone_marks(element: Element, shown: dict[int, str]) -> list[int]:
    """Where fldChar elements stand that are not of a whole field: begin, perhaps separate, end.

    `shown` gets the text that follows each separate one in its field.
    """
    lone: list[int] = []
    opened: list[list[int]] = []

    def look(inside: Element) -> None:
        for child in inside.elements():
            if child.name == "w:txbxContent":
                lone.extend(_lone_marks(child, shown))
            elif child.name == "w:fldChar":
                match child.attributes.get("w:fldCharType"):
                    case "begin":
                        opened.append([child.start])
                    case "separate" if opened and len(opened[-1]) == 1:
                        opened[-1].append(child.start)
                    case "end" if opened:
                        opened.pop()
                    case _:
                        lone.append(child.start)
            elif child.name == "w:t" and opened and len(opened[-1]) == 2:
                shown[opened[-1][1]] = shown.get(opened[-1][1], "") + child.text()
            elif not is_left(child):
                look(child)

    look(element)
    return [*lone, *(start for starts in opened for start in starts)]
