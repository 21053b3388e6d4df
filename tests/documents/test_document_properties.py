"""Properties that hold for any text, found or refuted by hypothesis."""

from __future__ import annotations

import json
from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtkit.documents.base import create_format
from mtkit.documents.html_tokens import tokenize
from mtkit.documents.placement import place
from mtkit.documents.skeleton import Mark, on_one_line, split_lines
from mtkit.types import Document

quick = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=200)
WORDY = st.lists(
    st.sampled_from(
        ["word ", "Two. ", "Ảnh: ", "e\u0301", "\t", "\n", "\r\n", "\r", "…", "- ", "1. ", "3,5 ", "“q” "]
    )
).map("".join)
MARKDOWN_PIECES = (
    "a", "word", "Two.", "*", "**", "_", "`", "[", "]", "(", ")", "![", "<b>", "</b>", "<br>",
    "<code>", "</code>", "<!--c-->", ">", "-", "1.", "#", "|", "\\|", "[r]", "[^1]", "[^1]:",
    "<http://a.b>", "&amp;", "&", "\\*", "\\", "~~", "===", "---", "```\n", "<div>", "</div>", "!",
    ":", "é", "e\u0301", "[x](/u)", "![i](/u)",
)  # fmt: skip
HTML_PIECES = (
    "a", "word ", "Two. ", "<b>", "</b>", "<p>", "</p>", "<div translate=no>", "</div>", "<br>",
    "<code>", "</code>", "<!-- c -->", "<!--", "-->", "<a href='x>y' title=\"T t\">", "</a>",
    "<img alt=pic>", "&amp;", "&", "&copy", "<", "< ", ">", "\n", "  ", "\xa0", "<script>", "</script>",
    "<title>", "</title>", "<td>", "<li>", "</", "<a b=", "\"", "'", "=", "/", "e\u0301",
    "<span class=notranslate>", "</span>", "<html lang=vi>", "<textarea>", "<?x?>",
)  # fmt: skip
MARKDOWN = st.lists(
    st.sampled_from(
        [*MARKDOWN_PIECES, " ", " ", "\n", "\n\n", "  \n", "\r\n", "    ", "| a | b |\n|--|--|\n"]
    )
).map("".join)
SPECIAL = st.text("b1*_`[]()<>&;!#\\|~-+=.\"'/:", max_size=8)
MARKED_UP = st.builds(
    lambda start, words: start + " ".join(f"a{word}" for word in words),
    st.sampled_from(["", "# ", "- ", "* ", "1. ", "> ", "=== ", "```", "<b>", "[x]: "]),
    st.lists(SPECIAL, min_size=1, max_size=6),
)
HTML = st.lists(st.sampled_from(HTML_PIECES)).map("".join)


def read(name: str, text: str) -> Document:
    return create_format(name).read(text.encode(), "article", "en", "ru")


def written(document: Document, targets: dict[str, str]) -> str:
    return create_format(document.format).write(document, targets).decode()


def upper(document: Document) -> dict[str, str]:
    return {segment.id: segment.source.upper() for segment in document.segments}


def characters(texts: Iterable[str]) -> list[str]:
    return sorted("".join("".join(texts).split()))


def letters(texts: Iterable[str]) -> list[str]:
    return [char for char in characters(texts) if char.isalnum()]


@quick
@given(ANY_TEXT | WORDY)
def test_plain_text_keeps_its_lines(text: str) -> None:
    document = read("text", text)
    assert written(document, {}) == text
    translated = written(document, {segment.id: f"Перевод\n{segment.id}" for segment in document.segments})
    assert [end for _, end in split_lines(translated)] == [end for _, end in split_lines(text)]
    for segment in document.segments:
        assert f"Перевод {segment.id}" in translated


@quick
@given(st.lists(ANY_TEXT | WORDY, max_size=5), st.booleans())
def test_json_lines_keep_their_objects(texts: list[str], ascii_only: bool) -> None:
    records = [{"id": number, "text": text, "z": None} for number, text in enumerate(texts)]
    source = "".join(json.dumps(record, ensure_ascii=ascii_only) + "\n" for record in records)
    document = read("jsonl", source)
    assert written(document, {}) == source
    lines = written(document, upper(document)).split("\n")[:-1]
    assert len(lines) == len(records)
    for record, line in zip(records, lines, strict=True):
        after = json.loads(line)
        translation = after.pop("translation", record["text"])
        assert after == record
        assert isinstance(translation, str)
        assert translation.count("\n") == str(record["text"]).count("\n")


@quick
@given(st.lists(st.tuples(ANY_TEXT | WORDY, ANY_TEXT), max_size=5))
def test_tsv_keeps_its_cells(pairs: list[tuple[str, str]]) -> None:
    rows = [[on_one_line(cell).replace("\t", " ") for cell in pair] for pair in pairs]
    source = "".join("\t".join(row) + "\n" for row in rows)
    document = create_format("tsv", {"column": 1}).read(source.encode(), "article", "en", "ru")
    assert written(document, {}) == source
    if document.segments:
        lines = written(document, upper(document)).split("\n")[:-1]
        assert [line.split("\t")[:2] for line in lines] == rows
        assert {line.count("\t") for line in lines} == {2}


@quick
@given(MARKDOWN)
def test_markdown_survives_whatever_stands_in_it(text: str) -> None:
    document = read("markdown", text)
    assert written(document, {}) == text
    targets = upper(document)
    again = read("markdown", written(document, targets))
    assert letters([segment.source for segment in again.segments]) == letters(list(targets.values()))


@quick
@given(HTML)
def test_html_survives_whatever_stands_in_it(text: str) -> None:
    assert "".join(token.raw for token in tokenize(text)) == text
    document = read("html", text)
    assert written(document, {}) == text
    targets = upper(document)
    again = read("html", written(document, targets))
    assert characters([segment.source for segment in again.segments]) == characters(list(targets.values()))


@quick
@given(MARKED_UP)
def test_markup_in_a_target_is_escaped(target: str) -> None:
    for name, source in (
        ("markdown", "Plain **bold** [link](/u) words\n"),
        ("markdown", "| Plain *words* | x |\n|---|---|\n| y | z |\n"),
        ("html", "<p title='Plain'>Plain <b>bold</b> words</p>"),
    ):
        document = read(name, source)
        targets = {segment.id: target for segment in document.segments}
        again = read(name, written(document, targets))
        assert characters([s.source for s in again.segments]) == characters(list(targets.values())), written(
            document, targets
        )


@quick
@given(st.lists(st.sampled_from(["a ", "bc ", "d, ", "<", "/", "!"])), st.text("абв .,«»", max_size=30))
def test_placed_marks_keep_their_order(pieces: list[str], target: str) -> None:
    roles = {"<": "open", "/": "close", "!": "alone"}
    source = ""
    marks: list[tuple[int, Mark]] = []
    for number, piece in enumerate(pieces):
        if piece in roles:
            marks.append((len(source), Mark(roles[piece], (str(number),))))  # type: ignore[arg-type]
        else:
            source += piece
    placed = place(source, marks, target)
    assert [mark for _, mark in placed] == [mark for _, mark in marks]
    offsets = [offset for offset, _ in placed]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(target) for offset in offsets)
