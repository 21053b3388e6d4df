"""Times of day as models know them: 7 p.m., 7 giờ tối and 19h00 as 19:00."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mtkit.text.edits import Edit
from mtkit.text.placeables import NO_BREAK_SPACE
from mtkit.text.spans import SpanSet
from mtkit.text.time_context import LASTING_VI, SENTENCE_ENDS, just_before
from mtkit.text.times import Time, find_times
from mtkit.types import Span

_NIGHT_ENDS = 6 * 60
_NAMED_DAY_VI = re.compile(r" (?:nay|qua|mai|hôm)(?!\w)")
_LETTERED_VI = re.compile(
    r"(?P<h>\d{1,2})[ \u00a0]?(?P<unit>giờ|[hHg])(?:[ \u00a0]?(?P<m>\d{1,2})(?:[ \u00a0]?phút)?)?"
)
_RANGE_LINK_VI = re.compile(r"[ \u00a0](?:đến|tới)[ \u00a0]|[ \u00a0]?[-–—][ \u00a0]?")
_AT_VI = re.compile(r"\b(?:lúc|hồi|vào) $", re.IGNORECASE)
_LONGEST_VI = 12
"""Hours up to here may be a duration where nothing but giờ says otherwise."""
_DAY_AFTER_VI = re.compile(r" \d{1,2}[/-]\d")


def times_in_digits(text: str, lang: str, taken: Sequence[Span]) -> list[Edit]:
    """The edits that write times as models know them, 7 p.m., 7 giờ tối, 19h00 as 19:00; none over `taken`.

    Vietnamese hours of the morning and after midnight that are said to be those, which models know, stay.
    """
    times = find_times(text, lang)
    closed = SpanSet(taken)
    partless = set(_written_with_letters(times, text)) if lang == "vi" else set()
    edits = []
    for time in times:
        if closed.overlaps(time.span):
            continue
        if time in partless:
            written = _LETTERED_VI.fullmatch(time.span.of(text))
            day = " ngày" if _DAY_AFTER_VI.match(text, time.span.end) else ""
            if written:
                clock = f"{int(written['h'])}:{int(written['m'] or 0):02}"
                edits.append(Edit(span=time.span, text=clock + day))
            continue
        if not time.part or not time.russian:
            continue
        if lang == "vi" and (time.part == "morning" or min(time.minutes) < _NIGHT_ENDS):
            continue
        edits.append(Edit(span=time.span, text=time.russian + _rest(time, text, lang)))
    return edits


def _written_with_letters(times: Sequence[Time], text: str) -> Iterator[Time]:
    """Vietnamese times with letters for the colon (9h45, lúc 0 giờ 5 phút), no durations, none with a part of
    the day; of a range with minutes at one end (7h - 9h30) both."""
    plain = [time for time in times if not time.part]
    clear = {time for time in plain if _is_clock_vi(time, text)}
    yield from clear
    for first, last in pairwise(plain):
        if _RANGE_LINK_VI.fullmatch(text, first.span.end, last.span.start) and clear & {first, last}:
            yield from (first, last)


def _is_clock_vi(time: Time, text: str) -> bool:
    written = _LETTERED_VI.fullmatch(time.span.of(text))
    if written is None or not written["m"]:
        return False
    before = just_before(text, time.span.start).replace(NO_BREAK_SPACE, " ")
    if LASTING_VI.search(before):
        return False
    hour = int(written["h"])
    late = hour == 0 or hour > _LONGEST_VI
    known = len(written["m"]) > 1 and hour
    return written["unit"] != "giờ" or (not known and (late or bool(_AT_VI.search(before))))


def _rest(time: Time, text: str, lang: str) -> str:
    """What has to stand after a time in digits for the words around it to read well."""
    end = time.span.end
    if lang == "vi":
        if _NAMED_DAY_VI.match(text, end):
            return " " + time.span.of(text).rpartition(" ")[2]
        return " ngày" if _DAY_AFTER_VI.match(text, end) else ""
    return "." if text[end - 1] == "." and SENTENCE_ENDS.match(text, end) else ""
