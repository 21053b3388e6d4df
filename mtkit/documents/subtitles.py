"""SubRip (SRT) and WebVTT: the text of cues is replaced, their numbers, times and settings never are.

The lines of a cue are read as one text, a line of a dialogue ("- …") as a text of its own. A sentence that
goes on in the next cue is translated whole and parted again at the border of the cues: the border is inline
markup of the sentence, so it goes where the alignment, or else the share of words, puts it, and never inside
a word. Targets are wrapped at 42 signs, in lines of about equal length.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from mtkit.documents.cue_lines import SPEAKER, Cue, Lines, chains, find_cues, is_times, rewrap, speakers
from mtkit.documents.files import read_text
from mtkit.documents.flow import assemble
from mtkit.documents.html_tokens import characters
from mtkit.documents.parts import Block, DraftPiece, Part, Tag, Text, verbatim
from mtkit.documents.skeleton import NO_ALIGNMENTS, on_one_line, render, split_lines
from mtkit.errors import FormatError
from mtkit.types import Alignment, Document

_MARK = "\ufeff"
_SRT_CODE = re.compile(r"</?(?:[bius]|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)
_VTT_CODE = re.compile(r"</?[A-Za-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_ALONE = re.compile(r"</?v[\s.>]|<\d|\{")


class SrtFormat:
    """SubRip files, with or without numbers; i, b, u, s, font and {\\an8} are markup."""

    name = "srt"
    suffixes: tuple[str, ...] = (".srt",)
    options_type = None
    is_vtt = False

    def sniff(self, head: bytes) -> bool:
        lines = head.decode("utf-8", "ignore").lstrip("\ufeff \t\r\n").splitlines()[:2]
        return any(map(is_times, lines))

    def read(self, raw: bytes, path: str, src_lang: str, tgt_lang: str) -> Document:
        lines = split_lines(read_text(raw, path))
        self._check(lines, path)
        cues = find_cues(lines, path, is_vtt=self.is_vtt)
        draft: list[DraftPiece] = [_MARK] if raw.startswith(codecs.BOM_UTF8) else []
        draft += _draft(lines, cues, self.name)
        return assemble(draft, path=path, format=self.name, src_lang=src_lang, tgt_lang=tgt_lang)

    def write(
        self,
        document: Document,
        targets: Mapping[str, str],
        alignments: Mapping[str, Alignment] = NO_ALIGNMENTS,
    ) -> bytes:
        text = render(document.skeleton, targets, _escape, alignments)
        if not targets:
            return text.encode()
        mark = _MARK if text.startswith(_MARK) else ""
        original, lines = (
            split_lines(side.removeprefix(mark)) for side in (render(document.skeleton, {}, _escape), text)
        )
        return (mark + rewrap(original, lines, document.path, is_vtt=self.is_vtt)).encode()

    def _check(self, lines: Lines, path: str) -> None:
        pass


class VttFormat(SrtFormat):
    """WebVTT files; notes, styles, regions, identifiers and settings stay as they are."""

    name = "vtt"
    suffixes = (".vtt",)
    is_vtt = True

    def sniff(self, head: bytes) -> bool:
        return head.removeprefix(codecs.BOM_UTF8).startswith(b"WEBVTT")

    def _check(self, lines: Lines, path: str) -> None:
        if any(line.strip() for line, _ in lines) and not lines[0][0].startswith("WEBVTT"):
            raise FormatError(path, "it does not begin with WEBVTT.", "Write WEBVTT on the first line.", 1)


def _draft(lines: Lines, cues: Sequence[Cue], name: str) -> Iterator[DraftPiece]:
    done = 0
    for chain in chains(lines, cues):
        yield "".join(line + end for line, end in lines[done : chain[0].begin])
        texts = [line for line, _ in lines[chain[0].begin : chain[0].end]]
        ranges = list(speakers(texts)) if len(chain) == 1 and texts else []
        if len(ranges) > 1:
            for begin, end in ranges:
                first = chain[0].begin + begin
                last = chain[0].begin + end
                block = Block(parts=list(_parts(lines, first, last, name)), line=first + 1, escape=name)
                yield from (block, lines[last - 1][1])
        elif texts:
            parts: list[Part] = []
            for cue, following in zip(chain, [*chain[1:], None], strict=True):
                parts += _parts(lines, cue.begin, cue.end, name)
                if following is not None:
                    border = "".join(line + end for line, end in lines[cue.end : following.begin])
                    parts += [Text(" ", ""), Tag("alone", (lines[cue.end - 1][1] + border,))]
            yield Block(parts=parts, line=chain[0].begin + 1, escape=name)
            yield lines[chain[-1].end - 1][1]
        done = chain[-1].end
    yield "".join(line + end for line, end in lines[done:])


def _parts(lines: Lines, begin: int, end: int, name: str) -> Iterator[Part]:
    """Lines begin..end as one text, without the last line end."""
    for number in range(begin, end):
        line, line_end = lines[number]
        core = line.strip()
        indent = line[: line.index(core)]
        if indent:
            yield Text("", indent)
        dash = SPEAKER.match(core) if number == begin else None
        if dash:
            yield from _line_parts(dash["codes"], name)
            yield Text("", dash["dash"])
            core = core[dash.end() :]
        yield from _line_parts(core, name)
        if tail := line[len(line.rstrip()) :]:
            yield Text("", tail)
        if number < end - 1:
            yield Text(" ", line_end)


def _line_parts(line: str, name: str) -> Iterator[Part]:
    done = 0
    for match in (_VTT_CODE if name == "vtt" else _SRT_CODE).finditer(line):
        yield from _characters(line[done : match.start()], name)
        role = "alone" if _ALONE.match(match[0]) else "close" if match[0].startswith("</") else "open"
        yield Tag(role, (match[0],))  # type: ignore[arg-type]
        done = match.end()
    yield from _characters(line[done:], name)


def _characters(text: str, name: str) -> Iterator[Text]:
    if name == "srt":
        if text:
            yield verbatim(text)
        return
    for resolved, written in characters(text):
        yield Text(resolved, written)


def _escape(kind: str, text: str, _last: bool) -> str:
    text = on_one_line(text)
    return escape(text, quote=False) if kind == "vtt" else text.replace("-->", "->")
