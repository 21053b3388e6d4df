"""What the words beside a number say of it: a time of day, or a duration, the number of a room, a title."""

from __future__ import annotations

import re

SENTENCE_ENDS = re.compile(
    r"\W*$| (?:The|This|That|These|It|He|She|They|We|In|On|At|A|An|After|But|All)(?!\w)"
)
_RANGE = {
    "vi": re.compile(r"\b(?:từ|lúc|hồi|khoảng|vào)(?: khoảng| lúc)? $", re.IGNORECASE),
    "en": re.compile(r"\b(?:from|between|at|about|around)(?: about| around)? $", re.IGNORECASE),
}
"""Before the first hour of a range that has no unit of its own."""
_OPENING = re.compile(r"^$|(?:[:;(«“\"—–]|(?<!\d),) ?$")
"""What separates the first hour of a range from words that it could be the number of."""
_NUMBERED = re.compile(
    r"\b(?:ngày|thứ|mồng|mùng|tháng|năm|kênh|tổ|số|điều|khoản|mục|phòng|lớp|khóa|khoá|quận|phường|nhóm|trang|bài"
    r"|tập|rooms?|articles?|chapters?|sections?|channels?|gates?|groups?|numbers?|nos?\.|pages?|days?|items?"
    r"|levels?|phases?|grades?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?) $",
    re.IGNORECASE,
)
"""Before a number that is no hour."""
_LASTS_VI = "dài|mất|trong|suốt|chờ|đợi|tăng ca|làm thêm"
_DURATION_VI = re.compile(rf"\b(?:{_LASTS_VI})(?P<about> (?:khoảng|gần|hơn))? $", re.IGNORECASE)
LASTING_VI = re.compile(rf"\b(?:{_LASTS_VI}|hết|sau|hơn|gần) $", re.IGNORECASE)
"""Before hours without a part of the day that are a duration (kéo dài 2h30)."""
_LONGEST_BEFORE = 20
_TITLE_EN = re.compile(
    r"PM (?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|Today|Tomorrow|Local|Eastern|Central|Pacific)|[A-Z]\w*(?: [A-Z]\w*){0,3} [Tt]ime(?!\w))"
    r"(?=[A-ZĐ]\w*[^\W\d_A-Z])"
)
"""A Prime Minister after a number that is no hour (the Group of 20 PM Modi met)."""
_MONTH_BEFORE_EN = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? $")
"""Before a day that is no hour (On November 5 PM Chinh left)."""


def just_before(text: str, start: int) -> str:
    """As much of a text as tells what a number at `start` is."""
    return text[max(0, start - _LONGEST_BEFORE) : start]


def is_day(match: re.Match[str]) -> bool:
    """Whether an English hour without a range is the day of a month."""
    lead = match.groupdict().get("lead")
    return not lead and bool(_MONTH_BEFORE_EN.search(just_before(match.string, match.start())))


def is_title(match: re.Match[str]) -> bool:
    """Whether PM after an English number is the title of the name behind it, which opens no sentence."""
    if match.groupdict().get("part") != "PM":
        return False
    start, end = match.span("part")
    return bool(_TITLE_EN.match(match.string, start)) and not SENTENCE_ENDS.match(match.string, end)


def is_duration(match: re.Match[str]) -> bool:
    """Whether Vietnamese hours are a number of them, before a part of the day (chờ 2 giờ chiều nay)."""
    before = _DURATION_VI.search(just_before(match.string, match.start()))
    return before is not None and not (before["about"] and match.groupdict().get("lead"))


def opens_range(match: re.Match[str], lang: str) -> bool:
    """Whether the number before đến, to or a dash is an hour as the one behind it, not a day or a channel."""
    if lang == "ru":
        return True
    groups, before, link = match.groupdict(), just_before(match.string, match.start()), match["link"]
    if _NUMBERED.search(before) or (lang == "vi" and is_duration(match)):
        return False
    if groups.get("lead_unit") or groups.get("lead_m") or _RANGE[lang].search(before):
        return True
    if link.strip().lower() in ("và", "and", "or"):
        return False
    if link.strip() in "-–—" and (link == link.strip() or not groups.get("part")):
        return True
    return bool(_OPENING.search(before))
