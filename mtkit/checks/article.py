"""Find the article in a page that was copied whole: from the headline to the signature.

By shape alone: paragraphs are long lines of Russian that end in a mark, what a page has around them are
short lines without one. Text that has no such lines around it comes out whole, and so does what stands
above or below an article without looking like a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mtkit.text.unicode import has_cyrillic

_PARAGRAPH_LENGTH = 100
_SHORT_LINE = 60
_PAGE_LINES_IN_A_ROW = 3
_LINES_ABOVE = 6
_FEWEST_PARAGRAPHS = 2
_FEWEST_WORDS = 5
"""Of a line that is a sentence of the article, though it is no long paragraph."""
_ENDED = re.compile(r"[.!?…:;,»”\")\]]\s*$")
_LIST_MARKER = re.compile(r"\s*(?:[-–—*•·+]|\d{1,3}[.)])\s")
_AFTER_ARTICLE = re.compile(
    r"\s*(?:источник|комментари[ийя]|читайте также|по теме|та же тема|похожие|теги|метки|поделиться|"
    r"подписывайтесь|рекомендуем|связанные|другие новости|оставить комментарий|bình luận|nguồn)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\s*(?:фото|рис|автор|источник|на фото)\b|.*\bфото\s*:", re.IGNORECASE)


def article_lines(lines: Sequence[str]) -> tuple[int, ...] | None:
    """Numbers of the article's lines, from 0, blank ones left out; None where the whole text is the article.

    A line without Cyrillic letters between the headline and the body (a date, a flag) is no part of it.
    """
    texts = [number for number, line in enumerate(lines) if line.strip()]
    paragraphs = [number for number in texts if _is_paragraph(lines[number])]
    if len(paragraphs) < _FEWEST_PARAGRAPHS:
        return None
    groups = _groups(lines, texts, paragraphs)
    body = max(groups, key=lambda group: sum(len(lines[number]) for number in group))
    start = _lead(lines, texts, body[0])
    first, last = _headline(lines, texts, start), _signature(lines, texts, body[-1])
    above = _of(lines, [number for number in texts if number < first])
    below = _of(lines, [number for number in texts if number > last])
    page_below = len(below) >= _PAGE_LINES_IN_A_ROW or any(map(_ends_article, below))
    shaped = [_is_page_line(line) for line in above]
    page_above = sum(shaped) >= _PAGE_LINES_IN_A_ROW or (page_below and all(shaped))
    if not (page_below or (above and page_above)):
        return None
    return tuple(
        number
        for number in texts
        if (first <= number or not page_above)
        and (number <= last or not page_below)
        and (number >= start or not page_above or has_cyrillic(lines[number]))
    )


def _of(lines: Sequence[str], numbers: Sequence[int]) -> list[str]:
    return [lines[number] for number in numbers]


def _is_paragraph(line: str) -> bool:
    return len(line.strip()) >= _PARAGRAPH_LENGTH and has_cyrillic(line) and bool(_ENDED.search(line))


def _ends_article(line: str) -> bool:
    """Whether a line begins what follows an article; a sentence that begins with the same words does not."""
    mark = _AFTER_ARTICLE.match(line) if len(line) < 3 * _SHORT_LINE else None
    return mark is not None and (line[mark.end() :].lstrip()[:1] == ":" or not _is_sentence(line))


def _is_sentence(line: str) -> bool:
    return (
        has_cyrillic(line)
        and line.rstrip().endswith((".", "!", "?", "…"))
        and len(line.split()) >= _FEWEST_WORDS
    )


def _is_page_line(line: str) -> bool:
    """A short line that nothing ends and nothing marks as an item of a list or a caption."""
    short = len(line.strip()) < _SHORT_LINE
    return short and not (_ENDED.search(line) or _LIST_MARKER.match(line) or _CAPTION.match(line))


def _groups(lines: Sequence[str], texts: Sequence[int], paragraphs: Sequence[int]) -> list[list[int]]:
    """Paragraphs that belong together: no run of page lines and no end mark between them."""
    groups = [[paragraphs[0]]]
    for previous, number in pairwise(paragraphs):
        run = longest = 0
        ended = False
        for between in (each for each in texts if previous < each < number):
            run = run + 1 if _is_page_line(lines[between]) else 0
            longest = max(longest, run)
            ended = ended or _ends_article(lines[between])
        if longest >= _PAGE_LINES_IN_A_ROW or ended:
            groups.append([])
        groups[-1].append(number)
    return groups


def _lead(lines: Sequence[str], texts: Sequence[int], first: int) -> int:
    """Where the sentences begin that stand right above the first long paragraph, if any do."""
    for number in reversed([each for each in texts if each < first]):
        if not _is_sentence(lines[number]) or _ends_article(lines[number]):
            break
        first = number
    return first


def _headline(lines: Sequence[str], texts: Sequence[int], first: int) -> int:
    """The longest Russian line shortly above the body that no full stop ends; the body without one."""
    above = [number for number in texts if number < first][-_LINES_ABOVE:]
    wordy = [
        number
        for number in above
        if has_cyrillic(lines[number])
        and len(lines[number].split()) >= 4
        and not lines[number].rstrip().endswith(".")
    ]
    return max(wordy, key=lambda number: (len(lines[number]), -number)) if wordy else first


def _signature(lines: Sequence[str], texts: Sequence[int], last: int) -> int:
    """The last line that still belongs to the article: items of a list, a caption, a name."""
    end = last
    for number in (each for each in texts if each > last):
        line = lines[number]
        if _ends_article(line) or _is_paragraph(line):
            break
        if _LIST_MARKER.match(line) or _ENDED.search(line) or _CAPTION.match(line):
            end = number
            continue
        if _is_name(line):
            end = number
        break
    return end


def _is_name(line: str) -> bool:
    """Whether a line can be the author's: two to five capitalised words, Russian or initials."""
    words = re.findall(r"[^\W\d_]+\.?", line)
    named = [word for word in words if word[0].isupper()]
    return 2 <= len(words) <= 6 and len(named) == len(words) and has_cyrillic(line)
