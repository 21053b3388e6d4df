"""Cues of subtitle files: where their text stands, which of them share a sentence, how they are wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from mtkit.errors import FormatError

Lines = Sequence[tuple[str, str]]
"""(line, line end) pairs."""

LINE_LENGTH = 42
"""Signs on a line, as broadcasters and streaming services ask for Latin and Cyrillic script."""

SPEAKER = re.compile(r"(?P<codes>(?:<[^<>]*>|\{\\[^{}]*\})*)(?P<dash>\s*[-–—‐]\s*)(?=\S)")
"""What a line of a dialogue begins with."""

_TIME = r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_BROKEN_TIMES = re.compile(r"\s*\d+:\d+[^>]*->|\s*-->")
_NUMBER = re.compile(r"\s*\d+\s*")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")
_LEADING_CODES = re.compile(r"(?:<[^<>]*>|\s)*")
_CODES = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_STOP = re.compile(r"[.!?…:;♪)\]\"'”»]\Z")
_GOES_ON = re.compile(r"[\w,%]\Z")
_MOST_CUES = 4
_MOST_SIGNS = 300
_BALANCED_LINES = 4
_SHORT_WORD = 2


@dataclass(frozen=True, slots=True)
class Cue:
    """Text on lines begin..end (from 0, `end` left out), none where they are equal."""

    begin: int
    end: int

    def text(self, lines: Lines) -> str:
        return " ".join(line.strip() for line, _ in lines[self.begin : self.end])


def is_times(line: str) -> bool:
    return _TIMES.fullmatch(line) is not None


def find_cues(lines: Lines, path: str, *, is_vtt: bool) -> list[Cue]:
    """Cues in order; a text with a blank line in it is two of them. Raises FormatError with the line."""
    cues: list[Cue] = []
    at, in_cue = 0, False
    if is_vtt:
        while at < len(lines) and lines[at][0].strip() and not is_times(lines[at][0]):
            at += 1
    while at < len(lines):
        line = lines[at][0]
        is_new = not at or not lines[at - 1][0].strip()
        if is_times(line):
            in_cue = True
            end = _text_end(lines, at + 1, path)
            cues.append(Cue(at + 1, end))
            at = end
        elif not line.strip() or (is_new and _next_is_times(lines, at)) or _is_number(lines, at):
            at += 1
        elif is_vtt and is_new and (_NO_CUE.match(line) or not in_cue):
            at = next((i for i in range(at, len(lines)) if not lines[i][0].strip()), len(lines))
        elif not in_cue or _BROKEN_TIMES.match(line):
            problem = f"not the times of a cue: {line.strip()[:40]!r}."
            raise FormatError(path, problem, "Write 00:00:01,000 --> 00:00:02,000.", at + 1)
        else:
            end = _text_end(lines, at, path)
            cues.append(Cue(at, end))
            at = end
    return cues


def chains(lines: Lines, cues: Sequence[Cue]) -> list[list[Cue]]:
    """Cues in groups through which one sentence may go on, most of them alone."""
    filled = [cue for cue in cues if cue.begin < cue.end]
    stops = sum(_STOP.search(_CODES.sub("", cue.text(lines)).strip()) is not None for cue in filled)
    is_punctuated = 2 * stops >= len(filled)
    groups: list[list[Cue]] = []
    for previous, cue in zip([None, *cues], cues, strict=False):
        if (
            previous is not None
            and len(groups[-1]) < _MOST_CUES
            and sum(len(each.text(lines)) for each in (*groups[-1], cue)) <= _MOST_SIGNS
            and _goes_on(lines, previous, cue, is_punctuated)
        ):
            groups[-1].append(cue)
        else:
            groups.append([cue])
    return groups


def speakers(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Ranges of lines that belong to one speaker: each line that begins with a dash begins one."""
    begin = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or SPEAKER.match(lines[number]):
            yield begin, number
            begin = number


def rewrap(original: Lines, lines: Lines, path: str, *, is_vtt: bool) -> str:
    """The text of `original` with the texts of the cues of `lines`, wrapped anew where they are others.

    Everything between cues is that of `original`. No cue is left without text that had some: words of its
    sentence move over, and "…" stands where they do not suffice. Lines outside of cues that turned into cues
    or out of them leave all as it is.
    """
    old, new = (find_cues(side, path, is_vtt=is_vtt) for side in (original, lines))
    if len(old) != len(new):
        return "".join(line + end for line, end in lines)
    texts_of = dict(zip(old, new, strict=True))
    out: list[str] = []
    done = 0
    for chain in chains(original, old):
        texts = [[line for line, _ in lines[texts_of[cue].begin : texts_of[cue].end]] for cue in chain]
        if len(chain) > 1 and not all(any(_CODES.sub("", line).strip() for line in text) for text in texts):
            texts = _shared(texts, [len(cue.text(original)) for cue in chain])
        for cue, text in zip(chain, texts, strict=True):
            out += ["".join(pair) for pair in original[done : cue.begin]]
            stood = original[cue.begin : cue.end]
            done = cue.end
            if text == [line for line, _ in stood]:
                out += ["".join(pair) for pair in stood]
            elif stood:
                line_end = next((end for _, end in original if end), "\n")
                out.append(line_end.join(line for one in _wrapped(text) for line in one) + stood[-1][1])
    out += ["".join(pair) for pair in original[done:]]
    return "".join(out)


def wrap(text: str) -> list[str]:
    """Lines of at most LINE_LENGTH signs, as few as can be and of about equal length; tags do not count.

    A line does not end with a word of one or two letters (в, на) where the next has room for it.
    """
    words = _words(text)
    sizes = [len(_visible(word)) for word in words]
    fewest = _fill(words, sizes, LINE_LENGTH)
    if 1 < len(fewest) <= _BALANCED_LINES:
        for limit in range(max(sizes), LINE_LENGTH):
            if len(lines := _fill(words, sizes, limit)) == len(fewest):
                return _without_hanging_words(lines)
    return fewest


def _fill(words: Sequence[str], sizes: Sequence[int], limit: int) -> list[str]:
    lines: list[list[str]] = []
    length = limit
    for word, size in zip(words, sizes, strict=True):
        if lines and (length + 1 + size <= limit or not size):
            lines[-1].append(word)
            length += 1 + size
        else:
            lines.append([word])
            length = size
    return [" ".join(line) for line in lines]


def _without_hanging_words(lines: list[str]) -> list[str]:
    out = list(lines)
    for number in range(len(out) - 2, -1, -1):
        kept, _, last = out[number].rpartition(" ")
        moved = f"{last} {out[number + 1]}"
        if kept and len(last) <= _SHORT_WORD and last.isalpha() and len(_visible(moved)) <= LINE_LENGTH:
            out[number : number + 2] = [kept, moved]
    return out


def _visible(text: str) -> str:
    return unescape(_CODES.sub("", text))


def _words(text: str) -> list[str]:
    """Words, with the white space inside a tag kept."""
    hidden = _CODES.sub(lambda match: re.sub(r"\s", "\0", match[0]), text)
    return [word.replace("\0", " ") for word in hidden.split()]


def _wrapped(text: Sequence[str]) -> Iterator[list[str]]:
    for begin, end in speakers(text):
        yield wrap(" ".join(text[begin:end]))


def _shared(texts: Sequence[Sequence[str]], sizes: Sequence[int]) -> list[list[str]]:
    """The words of a chain of cues parted again, at least one for each cue."""
    words = _words(" ".join(" ".join(text) for text in texts))
    words += ["…"] * (len(texts) - len(words))
    parts: list[list[str]] = []
    done = 0
    for number in range(len(texts)):
        share = sum(sizes[: number + 1]) / max(1, sum(sizes))
        end = min(max(round(share * len(words)), done + 1), len(words) - (len(texts) - number - 1))
        parts.append([" ".join(words[done:end])])
        done = end
    return parts


def _text_end(lines: Lines, at: int, path: str) -> int:
    while (
        at < len(lines) and lines[at][0].strip() and not is_times(lines[at][0]) and not _is_number(lines, at)
    ):
        if _BROKEN_TIMES.match(lines[at][0]):
            problem = f"not the times of a cue: {lines[at][0].strip()[:40]!r}."
            raise FormatError(path, problem, "Write 00:00:01,000 --> 00:00:02,000.", at + 1)
        at += 1
    return at


def _next_is_times(lines: Lines, at: int) -> bool:
    return at + 1 < len(lines) and is_times(lines[at + 1][0])


def _is_number(lines: Lines, at: int) -> bool:
    return _NUMBER.fullmatch(lines[at][0]) is not None and _next_is_times(lines, at)


def _goes_on(lines: Lines, cue: Cue, following: Cue, is_punctuated: bool) -> bool:
    """Whether a sentence may go on from one cue into the next."""
    texts = [[line for line, _ in lines[each.begin : each.end]] for each in (cue, following)]
    if not all(texts) or any(SPEAKER.match(line) for text in texts for line in text):
        return False
    if not any(is_times(line) for line, _ in lines[cue.end : following.begin]):
        return False
    ends = _CODES.sub("", texts[0][-1]).rstrip()
    begins = texts[1][0][_LEADING_CODES.match(texts[1][0]).end() :]  # type: ignore[union-attr]
    if not _GOES_ON.search(ends):
        return False
    return begins[:1].islower() or (is_punctuated and begins[:1].isalnum() and not ends.endswith(","))
