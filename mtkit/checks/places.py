"""Where targets stand in their file: line and column, the cue of a subtitle; words where no line tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtkit.documents.cue_lines import is_times

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"</?[A-Za-z!][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}|&#?\w{1,10};")
_TELLING = (6, 4, 2)
"""How many of its first words a target is looked for by, one after the other."""
_SKIPPED = 3
"""Words of the file that may stand between two of a target."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a target from `offset` on, and the line and column (from 1) where it begins."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target begins in its file: line and column from 1; line 0 where that is not known.

    `marks` where it is on several lines or has markup inside; `cue` names that of a subtitle. `quoted`: the
    file has no lines that a reader sees, so that words have to say where.
    """

    line: int = 0
    column: int = 1
    marks: tuple[Mark, ...] = ()
    cue: str = ""
    quoted: bool = False

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the target; the line is 0 where it is not known."""
        if not self.marks:
            return self.line, self.column + offset
        mark = next((each for each in reversed(self.marks) if each.offset <= offset), self.marks[0])
        return mark.line, max(mark.column + offset - mark.offset, 1)


def located(ids: Sequence[str], targets: Sequence[str], lines: Sequence[str]) -> tuple[Place, ...]:
    """The places of targets in a file with these lines, none for an office document.

    The ids of segments begin with the line of their source, where most of them stand in the translation, too.
    """
    if not lines:
        return (Place(quoted=True),) * len(targets)
    finder = _Finder(lines, targets)
    return tuple(finder.place(_line(id), target) for id, target in zip(ids, targets, strict=True))


def _line(segment_id: str) -> int:
    number = segment_id.partition(".")[0]
    return int(number) if number.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    line: int
    column: int


class _Finder:
    """Finds targets that mostly follow each other."""

    def __init__(self, lines: Sequence[str], targets: Sequence[str]) -> None:
        self._lines = lines
        self._targets = targets
        self._cues = _cues(lines)
        self._words: list[_Word] = []
        self._numbers: dict[tuple[str, ...], list[int]] = {}
        """The words of the file, by number, that the beginnings of the targets stand at."""
        self._line = self._column = self._number = 0

    def place(self, line: int, target: str) -> Place:
        if not target.strip():
            return Place()
        if 0 < line <= len(self._lines):
            text = self._lines[line - 1]
            column = text.find(target, self._column if line == self._line else 0)
            if column < 0:
                column = text.find(target)
            if column >= 0:
                self._line, self._column = line, column + len(target)
                return Place(line, column + 1, cue=self._cue(line))
        return self._by_words(target)

    def _by_words(self, target: str) -> Place:
        if not self._words:
            self._read()
        wanted = _words(target)
        start = self._start([word for _, word in wanted])
        if start is None:
            return Place(quoted=True)
        marks, at = [], start
        for offset, word in wanted:
            found = next(
                (n for n in range(at, min(at + _SKIPPED, len(self._words))) if self._words[n].text == word),
                None,
            )
            if found is not None:
                marks.append(Mark(offset, self._words[found].line, self._words[found].column))
                at = found + 1
        self._number = at
        first = marks[0]
        column = max(first.column - first.offset, 1)
        return Place(first.line, column, tuple(_fewest(marks)), self._cue(first.line))

    def _start(self, words: Sequence[str]) -> int | None:
        """The number of the word in the file that a target begins at; those after the last one come first."""
        for beginning in _beginnings(words):
            if known := self._numbers.get(beginning):
                after = bisect_left(known, self._number)
                return known[after] if after < len(known) else known[0]
        return None

    def _read(self) -> None:
        for number, line in enumerate(self._lines, 1):
            if self._cues and number not in self._cues:
                continue
            visible = _MARKUP.sub(lambda match: " " * len(match[0]), line)
            self._words += [_Word(word, number, offset + 1) for offset, word in _words(visible)]
        for target in self._targets:
            for beginning in _beginnings([word for _, word in _words(target)]):
                self._numbers[beginning] = []
        words = [word.text for word in self._words]
        for count in {len(beginning) for beginning in self._numbers}:
            for number in range(len(words) - count + 1):
                found = self._numbers.get(tuple(words[number : number + count]))
                if found is not None:
                    found.append(number)

    def _cue(self, line: int) -> str:
        return self._cues.get(line, "")


def _words(text: str) -> list[tuple[int, str]]:
    """The words of a text without regard to case, and where they begin."""
    return [(match.start(), match[0].casefold()) for match in _WORD.finditer(text)]


def _beginnings(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """The first words that a target is looked for by, the most first."""
    return dict.fromkeys(tuple(words[:count]) for count in _TELLING if words)


def _fewest(marks: Sequence[Mark]) -> list[Mark]:
    """Without those that the one before them tells already."""
    kept: list[Mark] = []
    for mark in marks:
        if kept:
            last = kept[-1]
            if (mark.line, mark.column - mark.offset) == (last.line, last.column - last.offset):
                continue
        kept.append(mark)
    return kept


def _cues(lines: Sequence[str]) -> dict[int, str]:
    """The lines of the text of subtitles, from 1, and their cues; none in another file."""
    cues: dict[int, str] = {}
    name, count = "", 0
    for number, line in enumerate(lines, 1):
        if is_times(line):
            count += 1
            before = lines[number - 2].strip() if number > 1 else ""
            name = f"cue {before if before.isdecimal() else count}, {line.split('-->')[0].strip()}"
        elif not line.strip():
            name = ""
        elif name:
            cues[number] = name
    return cues
