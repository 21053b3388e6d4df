from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html

from mtkit.documents.html import HtmlFormat
from mtkit.errors import FormatError
from mtkit.types import Document

KIND = HtmlFormat()


def read(text: str) -> Document:
    return KIND.read(text.encode(), "a.html", "en", "ru")


def translate(text: str, **targets: str) -> str:
    document = read(text)
    chosen = {
        s.id: targets.get(s.source, s.source) if targets else s.source.upper() for s in document.segments
    }
    return KIND.write(document, chosen).decode()


def sources(text: str) -> list[str]:
    return [segment.source for segment in read(text).segments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("just words &lt;3", "JUST WORDS &lt;3"),
        ("<p>One. <b>Two.</b> Three</p>", "<p>ONE. <b>TWO.</b> THREE</p>"),
        ("<p>a<br>b<br/>c</p>", "<p>A<br>B<br/>C</p>"),
        ("<p> a\n  b <i> c</i></p>", "<p> A B <i>C</i></p>"),
        ("<p translate=no>a <b>b</b><p>c", "<p translate=no>a <b>b</b><p>C"),
        ("<ul translate=no>a<p>b<p translate=yes>c</ul>d", "<ul translate=no>a<p>b<p translate=yes>C</ul>D"),
        ("a <span class='x notranslate'>B c</span> d", "A <span class='x notranslate'>B c</span> D"),
        ("<pre>a</pre><code>b</code><kbd>c</kbd>d", "<pre>a</pre><code>b</code><kbd>c</kbd>D"),
        ("<script>a('<p>b')</script><style>c{}</style>d", "<script>a('<p>b')</script><style>c{}</style>D"),
        ("<svg><title>a</title><text>b</text></svg>c", "<svg><title>a</title><text>b</text></svg>C"),
        ("<textarea>a</textarea><!-- b --><!DOCTYPE c>d", "<textarea>a</textarea><!-- b --><!DOCTYPE c>D"),
        ("<img alt='a &amp; b' title=\"c\" src=d>", "<img alt='A &amp; B' title=\"C\" src=d>"),
        ("<img alt=a src=b>", '<img alt="A" src=b>'),
        ("<a href='/x?y=1&copy=2' title='a>b'>c</a>", "<a href='/x?y=1&copy=2' title='A&gt;B'>C</a>"),
        ("<img title='a&copy=1'>", "<img title='A&amp;COPY=1'>"),
        ("<meta name=Description content='a b'>", "<meta name=Description content='A B'>"),
        ("<meta name=x content='a b'>", "<meta name=x content='a b'>"),
        ("<select><option>a<option>b</select>", "<select><option>A<option>B</select>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "<table><tr><td>A<td>B<tr><td>C</table>"),
        ("1 < 2 & at&t &nbsp;", "1 &lt; 2 &amp; AT&amp;T &nbsp;"),
        ("<html lang=vi-VN><p lang='vi'>a<p lang=fr>b", "<html lang=ru><p lang='ru'>A<p lang=fr>B"),
        ("<b>a</i></b></div>b</b>", "<b>A</i></b></div>B</b>"),
    ],
)  # fmt: skip
def test_only_text_changes(text: str, expected: str) -> None:
    assert translate(text) == expected
    assert KIND.write(read(text), {}).decode() == text


def test_structure_is_canonically_equal() -> None:
    """The translated page parses to the same tree, with other text."""
    text = (Path(__file__).parent / "examples/everything.html").read_text(encoding="utf-8")

    def shape(page: str) -> list[tuple[str, list[str]]]:
        tree = lxml_html.document_fromstring(page)
        return [(str(node.tag), sorted(node.attrib)) for node in tree.iter()]

    assert shape(translate(text)) == shape(text)
    assert lxml_html.document_fromstring(translate(text)).text_content().upper() != ""


def test_sentences_go_on_through_inline_elements_and_roles_are_known() -> None:
    text = (
        "<h1>A <em>b</em> c</h1><h2>d</h2><ul><li>e</ul><figure><figcaption>f</figcaption></figure><td>g<p>h"
    )
    assert [(segment.source, segment.tags) for segment in read(text).segments] == [
        ("A b c", ("headline",)),
        ("d", ("heading",)),
        ("e", ("list",)),
        ("f", ("caption",)),
        ("g", ("table",)),
        ("h", ("table",)),
    ]


def test_ids_are_lines() -> None:
    assert [s.id for s in read("<p>\n\n One. Two.\n<p><b title='x'>Three</b>").segments] == [
        "3",
        "3.2",
        "4",
        "4.2",
    ]


def test_markup_goes_around_the_same_words_or_the_same_share() -> None:
    source = '<p>The <a href="/m">Ministry</a> adopted <b>57-NQ/TW</b><sup>1</sup> today.</p>'
    target = "Сегодня министерство приняло «57-NQ/TW» в Ханое."
    assert translate(source, **{"The Ministry adopted 57-NQ/TW today.": target}) == (
        '<p>Сегодня <a href="/m">министерство</a> приняло «<b>57-NQ/TW</b><sup>1</sup>» в Ханое.</p>'
    )


def test_windows_1251_page_that_says_so_becomes_utf8() -> None:
    raw = '<meta charset="windows-1251"><p>Новость дня</p>'.encode("cp1251")
    document = KIND.read(raw, "a.html", "ru", "ru")
    assert KIND.write(document, {}).decode() == '<meta charset="utf-8"><p>Новость дня</p>'


def test_xml_declaration_becomes_utf8() -> None:
    raw = '<?xml version="1.0" encoding="windows-1258"?><p>Đường</p>'.encode("cp1258", "replace")
    assert b'encoding="utf-8"' in KIND.write(KIND.read(raw, "a.xhtml", "en", "ru"), {})


def test_unknown_declared_encoding_is_refused() -> None:
    with pytest.raises(FormatError, match="'klingon'"):
        KIND.read(b"<meta charset=klingon><p>x", "a.html", "en", "ru")


@pytest.mark.parametrize(
    "unit", ["<", "<a ", "<b>", "</i>", "<!--", '<p a="', "<p a='>' ", "&", "<div>x</section>"]
)
def test_hostile_markup_takes_linear_time(unit: str) -> None:
    text = unit * (30_000 // len(unit))
    assert KIND.write(read(text), {}).decode() == text


def test_deep_nesting_is_no_recursion() -> None:
    text = "a <b>" * 3000 + "word" + "</b> c" * 3000
    assert translate(text).count("<b>") == 3000
    assert translate("a</b> " * 3000).count("</b>") == 3000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<nav><a href=1>Home</a><a href=2>News</a> | <a href=3>Us</a></nav>", ["Home", "News", "Us"]),
        ("<ul><li><a href=1>Home</a> · <b><a href=2>News</a></b></ul>", ["Home", "News"]),
        ("<p>Topics: <a href=1>Party</a>, <a href=2>Congress</a>.</p>", ["Topics:", "Party", "Congress"]),
        ("<p><a href=1>Japan</a> and <a href=2>China</a></p>", ["Japan and China"]),
        ("<p>With <a href=1>Japan</a>, <a href=2>China</a></p>", ["With Japan, China"]),
        ("<p>The <a href=1>only</a> link</p>", ["The only link"]),
    ],
)  # fmt: skip
def test_a_list_of_links_is_translated_link_by_link(text: str, found: list[str]) -> None:
    assert sources(text) == found
    assert KIND.write(read(text), {}).decode() == text
    written = translate(text, **dict.fromkeys(found, "Слово"))
    assert written.count("Слово") == len(found)
    if len(found) > 1:
        assert "></a>" not in written


@pytest.mark.parametrize(
    ("text", "source", "target", "expected"),
    [
        ("<p>The minister<sup>2</sup> came", "The minister came", "Министр пришёл",
         "<p>Министр<sup>2</sup> пришёл"),
        ("<p>He came.<sup><a href='#n'>[1]</a></sup> Yes", "He came.", "Он пришёл.",
         "<p>Он пришёл.<sup><a href='#n'>[1]</a></sup> Yes"),
        ("<p>He came.<a href='#n'>1</a>", "He came.", "Он пришёл.", "<p>Он пришёл.<a href='#n'>1</a>"),
        ("<p>A man<sup>* </sup>came", "A man came", "Человек пришёл", "<p>Человек<sup>* </sup> пришёл"),
        ("<p>China's<sup>2</sup> men<sup>3</sup><br>came", "China's men", "Люди Китая",
         "<p>Люди<sup>2</sup> Китая<sup>3</sup><br>came"),
        ("<p>In <a href='y'>2024</a> we met", "In 2024 we met", "В 2024 году",
         "<p>В <a href='y'>2024</a> году"),
        ("<p>Over 5 m<sup>2</sup> of it", "Over 5 m2 of it", "На 5 м2", "<p>На 5 м<sup>2</sup>"),
        ("<p>Over 5 m<sup>2</sup> of it", "Over 5 m2 of it", "На 5 кв. м", "<p>На 5 кв. м"),
        ("<p>Over 5 km<sup>2</sup> of it", "Over 5 km2 of it", "На 52 км", "<p>На 52 км"),
        ("<p>The CO<sub>2</sub> tax", "The CO2 tax", "Налог на CO2", "<p>Налог на CO<sub>2</sub>"),
        ("<p>Some 10<sup>6</sup> men", "Some 106 men", "106 человек", "<p>10<sup>6</sup> человек"),
    ],
)  # fmt: skip
def test_marks_of_notes_travel_whole_and_formulas_stay_text(
    text: str, source: str, target: str, expected: str
) -> None:
    assert source in sources(text)
    assert translate(text, **{source: target}) == expected
    assert KIND.write(read(text), {}).decode() == text
