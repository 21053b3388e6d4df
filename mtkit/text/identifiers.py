"""Numbers that name and do not count: tax codes, accounts, identity cards, telephones."""

from __future__ import annotations

import re

_LEAST = 5
"""Digits of an identifier; what is shorter looks the same either way."""
_LONG = 9
"""From here on a number without separators is an identifier also where no word says so."""
_REACH = 48
_LABEL = {
    "vi": re.compile(
        r"\b(?:mã (?:số|vạch|bưu|sinh viên|khách hàng|hồ sơ|giao dịch|vận đơn)|mst|tài khoản|stk"
        r"|cccd|cmnd|cmt|căn cước(?: công dân)?|chứng minh(?: nhân dân| thư)?|định danh(?: cá nhân)?|hộ chiếu"
        r"|điện thoại|đt|fax|máy lẻ|di động|đường dây nóng|hotline|zalo|sê-?ri|seri|thẻ|sổ|hóa đơn"
        r"|tổng đài|bảo hiểm(?: xã hội| y tế)?|id)(?: \w+){0,2}:? $",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:tax(?:payer)? (?:code|number|id|identification)|(?:bank )?accounts?|passport|identity|citizen"
        r"|(?:tele)?phone|tel|fax|mobile|hotline|ids?|pin|serial|invoice|registration|reference"
        r"|post(?:al)? ?code|zip|card)(?: (?:card|code|numbers?|no|id|is|was|at|of|on)\b\.?){0,3}"
        r"(?:\.|:|:? №)? $",
        re.IGNORECASE,
    ),
}
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₫₽₩]|\b(?:USD|EUR|VND|VNĐ|JPY|CNY|RMB|GBP|KRW|RUB|LAK|KHR|THB)) ?$")
_COUNTS = re.compile(
    r" ?[%°₫$€£¥₽₩]|đ(?!\w)|[ -](?!(?:tại|ở|của|do|để|và|hoặc|hay|được|bị|cấp|mở|là|theo|trong|vào|cho|ngày"
    r"|có|từ|với|trên|đã|thuộc|mang|at|in|of|for|and|or|to|is|was|are|were|with|from|on|by|as|has|had|opened"
    r"|issued|held|under|which|that|the|will|when|if)(?!\w))[^\W\d_]",
)
"""What follows a number that counts: a unit, a sign of money, a word that is none of grammar alone."""


def is_identifier(text: str, start: int, end: int, lang: str) -> bool:
    """Whether the number at a place names something, as the word before it or its length says.

    It has digits alone, and money, a unit or a noun beside it makes it a sum; so does roundness (2000000000).
    """
    digits = text[start:end]
    if not digits.isdecimal() or len(digits) < _LEAST or lang not in _LABEL:
        return False
    text = text.replace("\u00a0", " ")
    before, counts = text[max(0, start - _REACH) : start], bool(_COUNTS.match(text, end))
    if _LABEL[lang].search(before):
        return len(digits) >= _LONG or not counts
    return len(digits) >= _LONG and not (counts or digits.endswith("00000") or _MONEY_BEFORE.search(before))
