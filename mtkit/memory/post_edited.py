"""Edited translations flow back: their text is paired with the sources that the run record beside them names.

Files that hold sources beside their targets are paired row by row; tables that
were translated in place cell by cell; of all others the sentences are aligned with the machine's (see
mtkit.text.edit_alignment). What is not paired for sure is left out, and said.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from mtkit.documents.base import record_path
from mtkit.documents.edited import EditedUnit, read_edited, stays_in_place
from mtkit.documents.files import read_bytes
from mtkit.documents.languages import primary
from mtkit.errors import FormatError, InputError
from mtkit.memory.entries import Entry, in_sequence, now
from mtkit.text.edit_alignment import Sentence, align
from mtkit.text.unicode import decode
from mtkit.types import Origin

ORIGIN = "post-edited"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text and the id of the segment that it is, or stands in."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEdited:
    """Entries of an edited file; `unpaired` are its sentences, and `lost` the sources, that found no partner.

    `unedited` counts the machine's targets that nobody changed and that are left out for that.
    """

    entries: tuple[Entry, ...]
    unpaired: tuple[LeftOut, ...] = ()
    lost: tuple[LeftOut, ...] = ()
    unedited: int = 0


@dataclass(frozen=True, slots=True)
class _Recorded:
    id: str
    source: str
    target: str
    src_lang: str
    origin: str

    @property
    def unit(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class _Record:
    format: str
    output_sha256: str
    options: Mapping[str, Any]
    segments: Sequence[_Recorded]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Recorded segments from `start` to `end`, and their text now; without segments `sources` are its own."""

    start: int
    end: int
    target: str
    sources: str = ""


_Pairing = tuple[list[_Pair], list[LeftOut]]
"""What belongs together, and the edited sentences that belong to nothing."""


def has_record(path: Path) -> bool:
    return record_path(path).is_file()


def read_post_edited(path: Path, tgt_lang: str = "ru", *, unedited: bool = False) -> PostEdited:
    """Pair an edited translation with its sources.

    What was not changed nobody is known to have read: it is taken only where it is asked for. Raises
    InputError, FormatError.
    """
    record = _read_record(path)
    segments = record.segments
    src_lang = segments[0].src_lang if segments else tgt_lang
    units = read_edited(
        path, format=record.format, options=record.options, src_lang=src_lang, tgt_lang=tgt_lang
    )
    pair_units = _by_source if any(unit.sources for unit in units) else _by_target
    if pair_units is _by_target and stays_in_place(
        record.format, [(s.id, s.target) for s in segments], units
    ):
        pair_units = _by_place
    pairs, unpaired = pair_units(segments, units)
    found = {place for pair in pairs for place in range(pair.start, pair.end)}
    translated = [pair for pair in pairs if not _same(segments, pair) or _translated(segments, pair)]
    taken = [pair for pair in translated if unedited or not _same(segments, pair)]
    return PostEdited(
        entries=tuple(_entries(path.name, segments, taken, src_lang, tgt_lang)),
        unpaired=tuple(unpaired),
        lost=tuple(
            LeftOut(segment.id, segment.source)
            for place, segment in enumerate(segments)
            if place not in found and segment.origin != Origin.COPIED
        ),
        unedited=len(translated) - len(taken),
    )


def is_untouched(path: Path) -> bool:
    """Whether a translated file is as it was written. Raises InputError, FormatError."""
    return hashlib.sha256(read_bytes(path)).hexdigest() == _read_record(path).output_sha256


def machine_targets(path: Path) -> list[str]:
    """What was written into the segments of a translated file, and into its units.

    Raises InputError, FormatError.
    """
    segments = _read_record(path).segments
    units = groupby(segments, key=lambda each: each.unit)
    return [
        *(each.target for each in segments),
        *(" ".join(each.target for each in own) for _, own in units),
    ]


def _by_target(segments: Sequence[_Recorded], units: Sequence[EditedUnit]) -> _Pairing:
    """Pairs of the recorded targets and the sentences that stand in their place now."""
    machine = [
        Sentence(_spaced(each.target), first=each.id == each.unit, source=each.source) for each in segments
    ]
    edited = [(unit.id, text, place == 0) for unit in units for place, text in enumerate(unit.targets)]
    found = align(machine, [Sentence(_spaced(text), first=first) for _, text, first in edited])
    taken = {place for each in found for place in range(*each.edited)}
    return (
        [
            _Pair(*pair.machine, " ".join(text for _, text, _ in edited[slice(*pair.edited)]))
            for pair in found
        ],
        [LeftOut(id, text) for place, (id, text, _) in enumerate(edited) if place not in taken],
    )


def _by_place(segments: Sequence[_Recorded], units: Sequence[EditedUnit]) -> _Pairing:
    """Pairs of each recorded target and the sentence in its very place."""
    now = [text for unit in units for text in unit.targets]
    return [_Pair(place, place + 1, now[place]) for place in range(len(segments))], []


def _by_source(segments: Sequence[_Recorded], units: Sequence[EditedUnit]) -> _Pairing:
    """Pairs of the units with those of the record that have the same sources; a new one pairs with itself.

    One that was translated in place pairs with that of the same id.
    """
    places: dict[tuple[str, ...], dict[str, int]] = {}
    by_id: dict[str, range] = {}
    for id, own in groupby(range(len(segments)), key=lambda place: segments[place].unit):
        first, *others = own
        sources = tuple(_spaced(segments[place].source) for place in (first, *others))
        places.setdefault(sources, {})[id] = first
        by_id[id] = range(first, first + len(sources))
    pairs: list[_Pair] = []
    unpaired: list[LeftOut] = []
    for unit in units:
        known = places.get(tuple(map(_spaced, unit.sources)), {})
        if known:
            start = known.pop(unit.id if unit.id in known else next(iter(known)))
            within, rest = _within(segments, range(start, start + len(unit.sources)), unit)
            if unit.targets and (rest or sum(pair.end - pair.start for pair in within) < len(unit.sources)):
                within = [_Pair(start, start + len(unit.sources), " ".join(unit.targets))]
            pairs += within
        elif not unit.sources:
            within, rest = _within(segments, by_id.get(unit.id, range(0)), unit)
            pairs += within
            unpaired += rest
        elif unit.targets:
            pairs.append(_Pair(0, 0, " ".join(unit.targets), " ".join(unit.sources)))
    return pairs, unpaired


def _within(segments: Sequence[_Recorded], places: range, unit: EditedUnit) -> _Pairing:
    """Pairs of the sentences of one unit and of the segments in some places."""
    pairs, unpaired = _by_target(segments[places.start : places.stop], [unit])
    start = places.start
    return [_Pair(start + pair.start, start + pair.end, pair.target) for pair in pairs], unpaired


def _entries(
    document: str, segments: Sequence[_Recorded], pairs: Sequence[_Pair], src_lang: str, tgt_lang: str
) -> Iterator[Entry]:
    around = [*in_sequence([segment.source for segment in segments]), (0, 0)]
    written = now()
    for pair in pairs:
        own = segments[pair.start : pair.end]
        yield Entry(
            source=pair.sources or " ".join(each.source for each in own),
            target=pair.target,
            src_lang=primary(own[0].src_lang if own else src_lang),
            tgt_lang=tgt_lang,
            before=around[pair.start][0] if own else 0,
            after=around[pair.end - 1][1] if own else 0,
            origin=ORIGIN,
            written=written,
            document=document,
        )


def _same(segments: Sequence[_Recorded], pair: _Pair) -> bool:
    return _spaced(pair.target) == _spaced(" ".join(each.target for each in segments[pair.start : pair.end]))


def _translated(segments: Sequence[_Recorded], pair: _Pair) -> bool:
    return not {Origin.FAILED, Origin.COPIED} & {each.origin for each in segments[pair.start : pair.end]}


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _read_record(path: Path) -> _Record:
    place = record_path(path)
    if not place.is_file():
        raise InputError(
            f"{path}: there is no run record beside it.", f"mtkit translate writes it: {place.name}."
        )
    try:
        record: dict[str, Any] = json.loads(decode(read_bytes(place), place))
        segments = [
            _Recorded(*(str(each[name]) for name in ("id", "source", "target", "src_lang", "origin")))
            for each in record["segments"]
        ]
        return _Record(
            str(record["format"]),
            str(record.get("output_sha256")),
            dict(record.get("format_options") or {}),
            segments,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(place, "not a run record of mtkit.", "Translate the source again.") from error
