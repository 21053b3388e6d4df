"""Several XML parts of a package as one document, and written back into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mtkit.documents.flow import assemble
from mtkit.documents.foreign import refuse_blank
from mtkit.documents.packages import Package, open_package, with_parts
from mtkit.documents.packages_inline import escape_xml, finish, text_parts
from mtkit.documents.parts import Block, DraftPiece
from mtkit.documents.skeleton import NO_ALIGNMENTS, Piece, Skeleton, Slot, Variant, render
from mtkit.documents.xml_parts import XmlPart, encode_part
from mtkit.types import Alignment, Document

_END_OF_PART = "\0"
"""Between the drafts of parts; XML cannot hold it."""


@dataclass(frozen=True, slots=True)
class PartText:
    """One part: `prefix` is how its main namespace is written, `ids` are the segments it changes for."""

    name: str
    encoding: str
    prefix: str
    skeleton: Skeleton
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class PackageTexts:
    """The skeleton of a package: its bytes, and those parts that hold text."""

    package: bytes
    parts: tuple[PartText, ...]


@dataclass(frozen=True, slots=True)
class PartDraft:
    """A part to be; `with_any` says that it changes where any other part does."""

    part: XmlPart
    prefix: str
    draft: Sequence[DraftPiece]
    with_any: bool = False


def title_draft(part: XmlPart, number: int) -> PartDraft | None:
    """The properties of a document with its title to translate; None where there is no title."""
    title = next((element for element in part.root.descendants() if element.name == "dc:title"), None)
    if title is None or not title.text().strip():
        return None
    block = Block(parts=tuple(text_parts(title.text())), line=number, escape="xml", tags=("headline",))
    rest = part.raw(title.inner_end, len(part.content))
    return PartDraft(part, "", (part.raw(0, title.inner_start), block, rest))


def assemble_package(
    package: bytes, drafts: Sequence[PartDraft], *, path: str, format: str, src_lang: str, tgt_lang: str
) -> Document:
    """Return the segments of all parts, in order; twins (id "-7" beside "7", the same source) once."""
    pieces = [piece for draft in drafts for piece in (*draft.draft, _END_OF_PART)]
    document = assemble(pieces, path=path, format=format, src_lang=src_lang, tgt_lang=tgt_lang)
    sources = {segment.id: segment.source for segment in document.segments}
    segments = tuple(
        segment
        for segment in document.segments
        if sources.get(segment.id.removeprefix("-")) != segment.source or not segment.id.startswith("-")
    )
    every = frozenset(sources)
    parts = tuple(
        PartText(
            draft.part.name,
            draft.part.encoding,
            draft.prefix,
            skeleton,
            every if draft.with_any else frozenset(_ids(skeleton)),
        )
        for draft, skeleton in zip(drafts, _by_part(document.skeleton), strict=True)
    )
    return replace(document, segments=segments, skeleton=PackageTexts(package, parts))


class PackageFormat:
    """Reads the parts of a package; writes it with targets in it, and parts without one as they are."""

    name: str

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        refuse_blank(path, raw)
        drafts = list(self.drafts(open_package(raw, path), tgt_lang))
        return assemble_package(
            raw, drafts, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang
        )

    def write(
        self,
        document: Document,
        targets: Mapping[str, str],
        alignments: Mapping[str, Alignment] = NO_ALIGNMENTS,
    ) -> bytes:
        texts: PackageTexts = document.skeleton
        filled = {segment_id: target for segment_id, target in targets.items() if target.strip()}
        filled = {**{f"-{segment_id}": target for segment_id, target in filled.items()}, **filled}
        aligned = {**{f"-{segment_id}": pairs for segment_id, pairs in alignments.items()}, **alignments}
        changed = {}
        for part in texts.parts:
            if part.ids & filled.keys():
                text = finish(
                    render(part.skeleton, filled, escape_xml, aligned), partial(self.run, part.prefix)
                )
                changed[part.name] = encode_part(text, part.encoding)
        return with_parts(texts.package, changed) if changed else texts.package

    def drafts(self, package: Package, tgt_lang: str) -> Iterator[PartDraft]:
        """The parts that hold text, in reading order. Raises FormatError."""
        raise NotImplementedError

    @staticmethod
    def run(prefix: str, form: str, text: str) -> str:
        """A run of escaped text in a format, in a part that writes its main namespace with `prefix`."""
        raise NotImplementedError


def _by_part(skeleton: Skeleton) -> Iterator[Skeleton]:
    pieces: list[Piece] = []
    for piece in skeleton:
        if not isinstance(piece, str):
            pieces.append(piece)
            continue
        *ends, rest = piece.split(_END_OF_PART)
        for end in ends:
            yield (*pieces, end)
            pieces = []
        pieces.append(rest)


def _ids(skeleton: Sequence[Piece]) -> Iterator[str]:
    """Ids of all segments, those within the markup of others too."""
    for piece in skeleton:
        if isinstance(piece, Slot):
            yield piece.segment_id
            yield from _ids(piece.raw)
        elif isinstance(piece, Variant):
            yield from _ids(piece.translated)
