"""The parts of a DOCX that hold text (body, headers, notes) as drafts of blocks, paragraph by paragraph."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mtkit.documents.docx_inline import InlineReader, is_left, without_binding
from mtkit.documents.packages_inline import MARKUP, block_parts, in_form, words_in
from mtkit.documents.parts import Block, DraftPiece
from mtkit.documents.xml_parts import Element, XmlPart


@dataclass(slots=True)
class StoryReader:
    """Reads one part. `number` counts paragraphs over all parts, `roles` map paragraph styles to roles.

    Word writes a text box twice, for programs that know its drawing and for those that do not. A paragraph
    of the second has the negative number of its twin in the first.
    """

    part: XmlPart
    lang: str
    role: str
    roles: Mapping[str, str]
    number: int = 0
    twins: deque[int] = field(default_factory=deque)
    inline: InlineReader = field(init=False)

    def __post_init__(self) -> None:
        self.inline = InlineReader(self.part, self.lang)

    def draft(self) -> Iterator[DraftPiece]:
        """The whole part."""
        yield self.part.raw(0, self.part.root.start)
        yield from self._element(self.part.root, self.role)
        yield self.part.raw(self.part.root.end, len(self.part.content))

    def _element(self, element: Element, role: str) -> Iterator[DraftPiece]:
        """An element as it stands, save the paragraphs in it."""
        done = element.start
        for child in element.elements():
            yield self.part.raw(done, child.start)
            if child.name == "w:sdtPr" and _has_text(element):
                yield without_binding(self.part, child, child.start, child.end)
            else:
                yield from self._child(child, "table" if element.name == "w:tbl" else role)
            done = child.end
        yield self.part.raw(done, element.end)

    def _child(self, child: Element, role: str) -> Iterator[DraftPiece]:
        if is_left(child):
            yield self.part.raw_of(child)
        elif child.name == "w:p":
            yield from self._paragraph(child, role)
        elif child.name == "mc:AlternateContent":
            yield from self._alternate(child, role)
        elif child.name == "w:txbxContent":
            outside, self.inline.fields = self.inline.fields, []
            yield from self._element(child, role)
            self.inline.fields = outside
        else:
            yield from self._element(child, role)

    def _alternate(self, element: Element, role: str) -> Iterator[DraftPiece]:
        """Choice and Fallback, whose paragraphs are twins."""
        in_twin, first = bool(self.twins), True
        done = element.start
        for child in element.elements():
            yield self.part.raw(done, child.start)
            before = self.number
            yield from self._element(child, role)
            if not in_twin:
                self.twins = deque(range(before + 1, self.number + 1) if first else ())
            first = False
            done = child.end
        if not in_twin:
            self.twins.clear()
        yield self.part.raw(done, element.end)

    def _paragraph(self, paragraph: Element, role: str) -> Iterator[DraftPiece]:
        if self.twins:
            number = -self.twins.popleft()
        else:
            self.number += 1
            number = self.number
        contents = [child for child in paragraph.elements() if child.name != "w:pPr"]
        inlines = self.inline.inlines(contents)
        if not any(map(str.isalnum, words_in(inlines))):
            yield from self._element(paragraph, role)
            return
        form, parts = block_parts(inlines, lambda element: self._child(element, role))
        tags = self._role(paragraph, role)
        yield self.part.raw(paragraph.start, contents[0].start) + in_form(form)
        yield Block(parts=parts, line=number, escape="xml", tags=(tags,) if tags else ())
        yield MARKUP + self.part.raw(contents[-1].end, paragraph.end)

    def _role(self, paragraph: Element, role: str) -> str:
        style = paragraph.child("w:pPr", "w:pStyle")
        if style and (own := self.roles.get(style.attributes.get("w:val", ""))):
            return own
        return "list" if paragraph.child("w:pPr", "w:numPr") and not role else role


def _has_text(control: Element) -> bool:
    return any(element.name == "w:t" for element in control.descendants())
