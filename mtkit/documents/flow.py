"""From text in blocks to segments and skeleton: the part of reading that all formats share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from unicodedata import is_normalized

from mtkit.documents.note_marks import with_whole_marks
from mtkit.documents.parts import Alternative, Block, Break, DraftPiece, Tag, Text, verbatim
from mtkit.documents.placement import marked_spans
from mtkit.documents.skeleton import Mark, Piece, Skeleton, Slot, Variant
from mtkit.errors import FormatError
from mtkit.text.language import detect_language
from mtkit.text.segmentation import split_sentences
from mtkit.text.unicode import normalize
from mtkit.types import Document, Segment, Span

_DECOMPOSED = re.compile(r".[\u0300-\u036f]+", re.DOTALL)
_TIED_BEFORE = re.compile(r"\s*(?:[.,;:!?)\]»”]+\s+)?")
_NO_BREAK_HYPHEN = "\u2011"
_SAMPLE = 50_000


def assemble(
    draft: Sequence[DraftPiece], *, path: str, format: str, src_lang: str, tgt_lang: str
) -> Document:
    """Split every block into sentences and return the document.

    Segment ids are "LINE" and, for further segments that begin in a block on that line, "LINE.2", "LINE.3"…
    `src_lang` "auto" is decided once, from the text. Raises FormatError where that cannot be.
    """
    blocks = list(_blocks(draft))
    if src_lang == "auto":
        src_lang = _language(blocks, path)
    cutter = _Cutter(src_lang=src_lang, tgt_lang=tgt_lang)
    skeleton = cutter.pieces(draft)
    return Document(path=path, format=format, segments=tuple(cutter.segments), skeleton=skeleton)


def _blocks(draft: Iterable[DraftPiece]) -> Iterator[Block]:
    for piece in draft:
        if isinstance(piece, Alternative):
            yield from _blocks(piece.translated)
        elif isinstance(piece, Block):
            yield piece
            for part in piece.parts:
                if not isinstance(part, Text):
                    yield from _blocks(part.pieces)


def _language(blocks: list[Block], path: str) -> str:
    sample: list[str] = []
    size = 0
    for block in blocks:
        text = "".join(part.text if isinstance(part, Text) else " " for part in block.parts).strip()
        sample.append(text[: _SAMPLE - size])
        size += len(sample[-1])
        if size >= _SAMPLE:
            break
    text = normalize("\n".join(sample))
    if not any(char.isalpha() for char in text):
        return "en"
    language = detect_language(text)
    if language is None:
        raise FormatError(path, "its language cannot be told from its text.", "Pass --from vi or --from en.")
    return language


class _Run:
    """Text and tags between two breaks: one string, taken apart again from left to right."""

    def __init__(self, parts: Sequence[Text | Tag]) -> None:
        self.parts = [atom for part in parts for atom in _composed(part)]
        self.text = "".join(part.text for part in self.parts if isinstance(part, Text))
        self._partners = self._pair()
        self._next = 0
        self._begins = 0
        self._at = 0

    def before(self, start: int, end: int) -> list[tuple[int, str | Tag]]:
        """Raw text and tags up to `start`, where a sentence begins that ends at `end`.

        A tag there that is closed inside the sentence stays for it.
        """
        return self._take(start, lambda index: not start < self._partners.get(index, (0, 0))[1] < end)

    def sentence(self, end: int) -> list[tuple[int, str | Tag]]:
        """Raw text and tags up to `end`, with tags there that close what was opened in the sentence."""
        first = self._next
        return self._take(end, lambda index: first <= self._partners.get(index, (-1, 0))[0] < index)

    def rest(self) -> list[tuple[int, str | Tag]]:
        return self._take(len(self.text), lambda _: True)

    def _pair(self) -> dict[int, tuple[int, int]]:
        """Index of a tag -> index and code point of its partner."""
        partners: dict[int, tuple[int, int]] = {}
        opened: list[tuple[int, int]] = []
        at = 0
        for index, part in enumerate(self.parts):
            if isinstance(part, Text):
                at += len(part.text)
            elif part.role == "open":
                opened.append((index, at))
            elif part.role == "close" and opened:
                partners[index] = opened.pop()
                partners[partners[index][0]] = (index, at)
        return partners

    def _take(self, end: int, takes_tag: Callable[[int], bool]) -> list[tuple[int, str | Tag]]:
        """Everything up to code point `end`, and of the tags at `end` those before the first not wanted."""
        taken: list[tuple[int, str | Tag]] = []
        while self._next < len(self.parts) and self._at <= end:
            part = self.parts[self._next]
            if isinstance(part, Tag):
                if self._at == end and not takes_tag(self._next):
                    break
                taken.append((self._at, part))
            else:
                done = self._at - self._begins
                if self._at == end and part.text:
                    break
                if self._begins + len(part.text) > end and part.text == part.raw:
                    taken.append((self._at, part.raw[done : end - self._begins]))
                    self._at = end
                    break
                taken.append((self._at, part.raw[done:]))
                self._at = self._begins = self._begins + len(part.text)
            self._next += 1
        return taken


def _composed(part: Text | Tag) -> Iterator[Text | Tag]:
    """Decomposed letters (NFD) become atoms of their own, so that spans count composed ones."""
    if isinstance(part, Tag) or is_normalized("NFC", part.text):
        yield part
        return
    if part.text != part.raw:
        yield Text(normalize(part.text), part.raw)
        return
    done = 0
    for match in _DECOMPOSED.finditer(part.text):
        if match.start() > done:
            yield verbatim(part.text[done : match.start()])
        yield Text(normalize(match[0]), match[0])
        done = match.end()
    yield verbatim(part.text[done:])


@dataclass(slots=True)
class _Cutter:
    src_lang: str
    tgt_lang: str
    segments: list[Segment] = field(default_factory=list)
    on_line: Counter[int] = field(default_factory=Counter)

    def pieces(self, draft: Iterable[DraftPiece]) -> Skeleton:
        out: list[Piece] = []
        for piece in draft:
            if isinstance(piece, str):
                out.append(piece)
            elif isinstance(piece, Alternative):
                translated = self.pieces(piece.translated)
                out.append(Variant(raw=piece.raw, translated=translated, whole=piece.whole))
            else:
                out.extend(self._block(piece))
        return _joined(out)

    def _block(self, block: Block) -> Iterator[Piece]:
        run: list[Text | Tag] = []
        for part in with_whole_marks(block.parts):
            if not isinstance(part, Break):
                run.append(part)
                continue
            yield from self._run(run, block)
            yield from self.pieces(part.pieces)
            run = []
        yield from self._run(run, block)

    def _run(self, parts: Sequence[Text | Tag], block: Block) -> Iterator[Piece]:
        for stretch in _links_apart(parts):
            yield from self._sentences_of(_Run(stretch), block)

    def _sentences_of(self, run: _Run, block: Block) -> Iterator[Piece]:
        context: tuple[str, ...] = ()
        for start, end in self._sentences(run.text):
            yield from self._raw(self._marks(run.before(start, end)))
            source = normalize(run.text[start:end]).strip().replace(_NO_BREAK_HYPHEN, "-")
            inside = run.sentence(end)
            offsets = _normalized_offsets(run.text, start, [at for at, _ in inside], len(source))
            marked = marked_spans(
                source, [(offsets[at], Mark(part.role, ())) for at, part in inside if isinstance(part, Tag)]
            )
            segment_id = self._add(source, block, context, marked)
            within = self._marks(inside)
            yield Slot(
                segment_id=segment_id,
                source=source,
                raw=_joined(self._raw(within)),
                escape=block.escape,
                marks=tuple((offsets[at], mark) for at, mark in within if isinstance(mark, Mark)),
            )
            context = (source,)
        yield from self._raw(self._marks(run.rest()))

    def _sentences(self, text: str) -> Iterator[tuple[int, int]]:
        """Sentences without the white space around them, or the marks that end what stands before the text.

        Those without a letter or digit stay as they are.
        """
        if not any(map(str.isalnum, text)):
            return
        for span in split_sentences(text, self.src_lang):
            sentence = span.of(text)
            if any(map(str.isalnum, sentence)):
                yield span.start + len(_TIED_BEFORE.match(sentence)[0]), span.start + len(sentence.rstrip())  # type: ignore[index]

    def _add(self, source: str, block: Block, context: tuple[str, ...], marked: tuple[Span, ...]) -> str:
        self.on_line[block.line] += 1
        number = self.on_line[block.line]
        segment = Segment(
            id=str(block.line) if number == 1 else f"{block.line}.{number}",
            source=source,
            src_lang=self.src_lang,
            tgt_lang=self.tgt_lang,
            tags=block.tags,
            context=context,
            marked=marked,
        )
        self.segments.append(segment)
        return segment.id

    def _marks(self, taken: Sequence[tuple[int, str | Tag]]) -> list[tuple[int, str | Mark]]:
        return [
            (at, part if isinstance(part, str) else Mark(part.role, self.pieces(part.pieces), part.optional))
            for at, part in taken
        ]

    @staticmethod
    def _raw(parts: Iterable[tuple[int, str | Mark]]) -> Iterator[Piece]:
        for _, part in parts:
            if isinstance(part, str):
                yield part
            else:
                yield from part.pieces


def _links_apart(parts: Sequence[Text | Tag]) -> list[Sequence[Text | Tag]]:
    """Text and tags as they are; each link by itself where there are several with no words between them.

    Before the first there may be a label that a colon ends.
    """
    edges, depth = [0], 0
    for index, part in enumerate(parts):
        if isinstance(part, Text) or part.kind != "link":
            continue
        if part.role == "open":
            edges += [] if depth else [index]
            depth += 1
        elif depth:
            depth -= 1
            edges += [] if depth else [index + 1]
    stretches = [parts[start:end] for start, end in pairwise([*edges, len(parts)])]
    texts = ["".join(part.text for part in stretch if isinstance(part, Text)) for stretch in stretches]
    has_words = [any(map(str.isalnum, text)) for text in texts]
    is_list = sum(has_words[1::2]) > 1 and not any(has_words[2::2])
    is_labelled = not has_words[0] or texts[0].rstrip().endswith(":")
    return stretches if is_list and is_labelled else [parts]


def _normalized_offsets(text: str, start: int, offsets: Iterable[int], end: int) -> dict[int, int]:
    """Rising offsets in `text` -> where they lie in its normalized stretch from `start`, of length `end`."""
    found: dict[int, int] = {}
    length = 0
    for at in offsets:
        length += len(normalize(text[start:at]))
        found[at] = min(length, end)
        start = at
    return found


def _joined(pieces: Iterable[Piece]) -> Skeleton:
    """Neighbouring strings as one."""
    out: list[Piece] = []
    for literal, group in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if literal:
            out.append("".join(piece for piece in group if isinstance(piece, str)))
        else:
            out.extend(group)
    return tuple(piece for piece in out if piece != "")
