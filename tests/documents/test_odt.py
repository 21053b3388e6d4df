from __future__ import annotations

import pytest

from mtkit.documents.odt import OdtFormat
from mtkit.errors import FormatError
from tests.documents.office_examples import REPORT_ODT, RICH_ODT
from tests.documents.office_packages import Bodies, members, odt, zipped

KIND = OdtFormat()
BODIES = Bodies(KIND, odt, "content.xml", "<office:text>", "</office:text>")
read, sources, translated = BODIES.read, BODIES.sources, BODIES.translated


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:p>a &amp; b</text:p>", "<text:p>A &amp; B</text:p>"),
        (
            '<text:p>a <text:span text:style-name="T1">b</text:span> c</text:p>',
            "<text:p>A B C</text:p>",
        ),
        (
            '<text:p>a <text:span text:style-name="T3">b</text:span>'
            '<text:span text:style-name="T2">c</text:span> d</text:p>',
            '<text:p>A <text:span text:style-name="T2">BC</text:span> D</text:p>',
        ),
        (
            '<text:p>a <text:span text:style-name="T2">b <text:span text:style-name="Named">c</text:span>'
            "</text:span> d</text:p>",
            '<text:p>A <text:span text:style-name="T2">B</text:span> <text:span text:style-name="T2">'
            '<text:span text:style-name="Named">C</text:span></text:span> D</text:p>',
        ),
        (
            '<text:p><text:a xlink:href="u">a b</text:a> c</text:p>',
            '<text:p><text:a xlink:href="u">A B</text:a> C</text:p>',
        ),
        (
            '<text:p>a <text:bookmark-ref text:ref-name="x">b c</text:bookmark-ref> d</text:p>',
            '<text:p>A <text:bookmark-ref text:ref-name="x">B C</text:bookmark-ref> D</text:p>',
        ),
        (
            "<text:p>a <draw:frame/><text:s/>b</text:p>",
            "<text:p>A <draw:frame/> B</text:p>",
        ),
        (
            "<text:p>a <loext:content-control><text:span>b</text:span></loext:content-control> c</text:p>",
            "<text:p>A <loext:content-control>B</loext:content-control> C</text:p>",
        ),
        ("<text:h text:outline-level=\"2\">a</text:h>", "<text:h text:outline-level=\"2\">A</text:h>"),
        ("<text:p>a<text:line-break/>b</text:p>", "<text:p>A<text:line-break/>B</text:p>"),
        ("<text:p>One<text:tab/>Two</text:p>", "<text:p>ONE<text:tab/>TWO</text:p>"),
        (
            "<text:p>page <text:page-number>3</text:page-number> of 9</text:p>",
            "<text:p>PAGE <text:page-number>3</text:page-number> OF 9</text:p>",
        ),
        (
            '<text:p>a <text:span text:style-name="T2"><text:date>May</text:date></text:span> b</text:p>',
            '<text:p>A <text:span text:style-name="T2"><text:date>May</text:date></text:span> B</text:p>',
        ),
    ],
)  # fmt: skip
def test_only_text_changes(body: str, expected: str) -> None:
    assert translated(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>",
        "<text:p><office:annotation><text:p>a remark</text:p></office:annotation></text:p>",
        '<text:p><text:span text:style-name="T4">hidden</text:span></text:p>',
        "<text:p><text:page-number>3</text:page-number></text:p>",
        "<text:p/>",
    ],
)
def test_is_left_alone(body: str) -> None:
    assert sources(body) == []
    assert translated(body + "<text:p>x</text:p>") == body + "<text:p>X</text:p>"


def test_white_space_is_what_a_reader_sees() -> None:
    assert sources('<text:p>\n  One \n two <text:s text:c="2"/>three<text:s/>\n</text:p>') == [
        "One two   three"
    ]
    assert sources('<text:p>a<text:s text:c="99999999999"/>b</text:p>')[0].count(" ") == 1000


def test_notes_are_read_after_their_sentence() -> None:
    segments = read(RICH_ODT).segments
    found = [segment.source for segment in segments]
    assert found.index("A footnote says more.") == found.index("The plan was read aloud.") + 1
    assert {segment.source: segment.tags for segment in segments}["A footnote says more."] == ("footnote",)
    assert "deleted words" not in found
    assert "A remark." not in found


def test_header_title_and_language() -> None:
    document = read(RICH_ODT)
    assert [segment.source for segment in document.segments][-2:] == ["Page 3 of 12", "A title & more"]
    written = members(KIND.write(document, {segment.id: "Перевод" for segment in document.segments}))
    assert 'fo:language="ru" fo:country="RU"' in written["styles.xml"].decode()
    assert "<dc:title>Перевод</dc:title>" in written["meta.xml"].decode()
    assert next(iter(written)) == "mimetype"


def test_spans_of_libreoffice_come_back() -> None:
    document = read(REPORT_ODT)
    assert "The province built three pumping stations last year." in [s.source for s in document.segments]
    target = "Провинция построила три насосные станции в прошлом году."
    segment = next(s for s in document.segments if s.source.startswith("The province"))
    content = members(KIND.write(document, {segment.id: target}))["content.xml"].decode()
    assert content.count("насосные") == 1


def test_kin_of_odt_say_what_to_do() -> None:
    raw = odt("", kind="spreadsheet")
    assert KIND.sniff(raw[:4096])
    with pytest.raises(FormatError, match="OpenDocument spreadsheet"):
        read(raw)
    parts = members(odt(""))
    manifest = parts["META-INF/manifest.xml"].replace(
        b"/>", b"><manifest:encryption-data/></manifest:file-entry>", 1
    )
    with pytest.raises(FormatError, match="encrypted"):
        read(zipped({**parts, "META-INF/manifest.xml": manifest}))


def test_marks_of_notes_travel_whole_and_formulas_stay_text() -> None:
    mark, link = '<text:span text:style-name="T5">2</text:span>', '<text:a xlink:href="u">[1]</text:a>'
    lowered = '<text:span text:style-name="T6">2</text:span>'
    body = f"<text:p>The man{mark} came.{mark} He{link} saw H{lowered}O.</text:p>"
    assert sources(body) == ["The man came.", "He saw H2O."]
    assert translated(body, S1="Человек пришёл.", S2="Он видел H2O.") == (
        f"<text:p>Человек{mark} пришёл.{mark} Он{link} видел H{lowered}O.</text:p>"
    )
