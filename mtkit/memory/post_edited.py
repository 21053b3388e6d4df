"""Edited translations flow back: their text is paired with the sources that the run record beside them names.

The edited file is split into sentences and aligned with the machine's targets: what is unchanged anchors the
rest, and between anchors the cheapest chain of one to one, one to two, two to one … pairs is taken, by
likeness of letters. What is too unlike everything stays unpaired, and is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtkit.documents.base import RUN_RECORD_SUFFIX, read_document
from mtkit.documents.files import read_bytes
from mtkit.errors import FormatError, InputError
from mtkit.memory.entries import Entry, in_sequence, now, primary_language
from mtkit.memory.keys import text_key
from mtkit.text.unicode import decode
from mtkit.types import Origin

ORIGIN = "post-edited"
_LEAST_ALIKE = 0.4
_SKIPPED = 0.62
"""Cost of a sentence that is left out; a pair less alike than _LEAST_ALIKE costs more than two of them."""
_MERGED = 0.03
_BEADS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
_WIDEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEdited:
    """Entries of an edited file; `unpaired` are its sentences, and `lost` the sources, that found no partner.

    `changed` counts the machine's targets that were edited.
    """

    entries: tuple[Entry, ...]
    unpaired: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    changed: int = 0


@dataclass(frozen=True, slots=True)
class _Recorded:
    source: str
    target: str
    src_lang: str
    origin: str


def has_record(path: Path) -> bool:
    return path.with_name(path.name + RUN_RECORD_SUFFIX).is_file()


def read_post_edited(path: Path, tgt_lang: str = "ru") -> PostEdited:
    """Pair an edited translation with its sources.

    Where nothing was changed nobody is known to have read it: there are no entries then. Raises InputError,
    FormatError.
    """
    record = path.with_name(path.name + RUN_RECORD_SUFFIX)
    if not record.is_file():
        raise InputError(
            f"{path}: there is no run record beside it.", f"mtkit translate writes it: {record.name}."
        )
    recorded = _read_record(record)
    name = recorded[0]
    segments = recorded[1]
    document = read_document(path, tgt_lang, tgt_lang, format=name or None)
    edited = [segment.source.strip() for segment in document.segments if segment.source.strip()]
    machine = [" ".join(segment.target.split()) for segment in segments]
    if [" ".join(text.split()) for text in edited] == [text for text in machine if text]:
        return PostEdited(entries=())
    pairs = align(machine, [" ".join(text.split()) for text in edited])
    return _paired(path, segments, edited, pairs, tgt_lang)


Pair = tuple[tuple[int, int], tuple[int, int]]
"""Half-open ranges: of the machine's targets, of the edited sentences."""


def align(machine: Sequence[str], edited: Sequence[str]) -> list[Pair]:
    """Ranges of two sequences of sentences that belong together, in order; what fits nothing is in none."""
    from rapidfuzz.distance import LCSseq

    pairs: list[Pair] = []
    for block in LCSseq.opcodes(list(machine), list(edited)):
        left, right = (block.src_start, block.src_end), (block.dest_start, block.dest_end)
        if block.tag == "equal":
            pairs += [((i, i + 1), (j, j + 1)) for i, j in zip(range(*left), range(*right), strict=True)]
        else:
            pairs += _gap(pairs, left, right)
    return _aligned_gaps(machine, edited, pairs)


def _gap(pairs: list[Pair], left: tuple[int, int], right: tuple[int, int]) -> list[Pair]:
    """Join a stretch that differs to one right before it (deletions and insertions follow each other)."""
    if pairs and _open(pairs[-1]) and pairs[-1][0][1] == left[0] and pairs[-1][1][1] == right[0]:
        before = pairs.pop()
        return [((before[0][0], left[1]), (before[1][0], right[1]))]
    return [(left, right)]


def _open(pair: Pair) -> bool:
    return (pair[0][1] - pair[0][0], pair[1][1] - pair[1][0]) != (1, 1)


def _aligned_gaps(machine: Sequence[str], edited: Sequence[str], pairs: Sequence[Pair]) -> list[Pair]:
    found: list[Pair] = []
    for (i, i_end), (j, j_end) in pairs:
        if machine[i:i_end] == edited[j:j_end]:
            found.append(((i, i_end), (j, j_end)))
        else:
            found += [
                ((i + a, i + a_end), (j + b, j + b_end))
                for (a, a_end), (b, b_end) in _cheapest(machine[i:i_end], edited[j:j_end])
            ]
    return found


def _cheapest(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """The cheapest chain of beads over a stretch, by dynamic programming."""
    width = max(_WIDEST // max(1, min(len(left), len(right))), 12) + abs(len(left) - len(right))
    costs: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            if abs(i - j) > width or (i, j) == (0, 0):
                continue
            options = [
                (costs[i - 1, j][0] + _SKIPPED, (1, 0)) if (i - 1, j) in costs else None,
                (costs[i, j - 1][0] + _SKIPPED, (0, 1)) if (i, j - 1) in costs else None,
            ]
            for a, b in _BEADS:
                if (i - a, j - b) in costs:
                    cost = _cost(left[i - a : i], right[j - b : j])
                    options.append((costs[i - a, j - b][0] + cost, (a, b)))
            costs[i, j] = min(option for option in options if option is not None)
    chain: list[Pair] = []
    i, j = len(left), len(right)
    while (i, j) != (0, 0):
        a, b = costs[i, j][1]
        if a and b:
            chain.append(((i - a, i), (j - b, j)))
        i, j = i - a, j - b
    return chain[::-1]


def _cost(left: Sequence[str], right: Sequence[str]) -> float:
    """How unlike the sentences of a bead are, weighed by how many they are.

    A bead of several is none where it is better without its first or its last sentence.
    """
    alike = _alike(left, right)
    size = len(left) + len(right)
    fewer = [
        *((left[1:], right), (left[:-1], right)) * (len(left) > 1),
        *((left, right[1:]), (left, right[:-1])) * (len(right) > 1),
    ]
    if alike < _LEAST_ALIKE or any(_alike(*each) >= alike for each in fewer):
        return size * (_SKIPPED + 1)
    return (1 - alike) * size / 2 + _MERGED * (size - 2)


def _alike(left: Sequence[str], right: Sequence[str]) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(" ".join(left), " ".join(right))


def _paired(
    path: Path, segments: Sequence[_Recorded], edited: Sequence[str], pairs: Sequence[Pair], tgt_lang: str
) -> PostEdited:
    around = in_sequence([segment.source for segment in segments])
    written = now()
    entries = []
    changed = 0
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    for (i, i_end), (j, j_end) in pairs:
        taken_left.update(range(i, i_end))
        taken_right.update(range(j, j_end))
        own = segments[i:i_end]
        target = " ".join(edited[j:j_end])
        same = " ".join(target.split()) == " ".join(" ".join(each.target for each in own).split())
        changed += 0 if same else len(own)
        if same and any(each.origin in (Origin.FAILED, Origin.COPIED) for each in own):
            continue
        entries.append(
            Entry(
                source=" ".join(each.source for each in own),
                target=target,
                src_lang=primary_language(own[0].src_lang),
                tgt_lang=tgt_lang,
                before=around[i][0],
                after=text_key(segments[i_end].source) if i_end < len(segments) else text_key(""),
                origin=ORIGIN,
                written=written,
                document=path.name,
            )
        )
    return PostEdited(
        entries=tuple(entries),
        unpaired=tuple(text for j, text in enumerate(edited) if j not in taken_right),
        lost=tuple(_lost(segments, taken_left)),
        changed=changed,
    )


def _lost(segments: Sequence[_Recorded], taken: set[int]) -> Iterator[str]:
    for place, segment in enumerate(segments):
        if place not in taken and segment.origin != Origin.COPIED:
            yield segment.source


def _read_record(path: Path) -> tuple[str, list[_Recorded]]:
    try:
        record: dict[str, Any] = json.loads(decode(read_bytes(path), path))
        segments = [
            _Recorded(
                source=str(each["source"]),
                target=str(each["target"]),
                src_lang=str(each["src_lang"]),
                origin=str(each["origin"]),
            )
            for each in record["segments"]
        ]
        return str(record.get("format", "")), segments
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(path, "not a run record of mtkit.", "Translate the source again.") from error
