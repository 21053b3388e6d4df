from __future__ import annotations

import re

import pytest

from mtkit.documents.docx import DocxFormat
from mtkit.errors import FormatError
from tests.documents.office_examples import BOLD, LINK, RICH_DOCX
from tests.documents.office_packages import Bodies, W, docx, field, members, paragraph, run, text_box, zipped

KIND = DocxFormat()
BODIES = Bodies(KIND, docx, "word/document.xml", "<w:body>", "<w:sectPr>")
RUSSIAN = '<w:lang w:val="ru-RU"/>'
read, sources = BODIES.read, BODIES.sources


def translated(body: str, **targets: str) -> str:
    """The body with its targets, without language marks."""
    return BODIES.translated(body, **targets).replace(RUSSIAN, "").replace("<w:rPr></w:rPr>", "")


def test_runs_that_look_the_same_are_one() -> None:
    body = paragraph(
        "One ",
        '<w:r w:rsidR="00112233"><w:rPr><w:lang w:val="vi-VN"/></w:rPr><w:t>sen</w:t></w:r>',
        '<w:proofErr w:type="spellStart"/>',
        "<w:r><w:rPr><w:noProof/></w:rPr><w:lastRenderedPageBreak/><w:t>tence</w:t></w:r>",
        run(" here", f"{BOLD}<w:lang w:val='en-GB'/>"),
        run(" there", BOLD),
    )
    assert sources(body) == ["One sentence here there"]
    assert translated(body) == paragraph(run("ONE SENTENCE "), run("HERE THERE", BOLD))


def test_translated_runs_are_russian_and_the_mark_stands_in_its_place() -> None:
    properties = (
        "<w:b/><w:lang w:val='vi-VN' w:eastAsia='zh-CN'/><w:specVanish/><w14:ligatures w14:val='all'/>"
    )
    document = read(docx(paragraph(run("Words", properties))))
    content = members(KIND.write(document, {"1": "Слова"}))["word/document.xml"].decode()
    expected = f"<w:b/>{RUSSIAN}<w:specVanish/><w14:ligatures w14:val='all'/>"
    assert paragraph(run("Слова", expected)) in content


def test_white_space_is_kept_as_word_reads_it() -> None:
    body = paragraph("<w:r><w:t> no </w:t></w:r>", "<w:r><w:t>space</w:t></w:r>", run(" but\nhere "))
    assert sources(body) == ["nospace but here"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph(LINK.format(run("all of it"))), paragraph(LINK.format(run("ALL OF IT")))),
        (
            paragraph("see ", LINK.format(run("this ") + run("page", BOLD)), " now"),
            paragraph("SEE ", LINK.format(run("THIS ") + run("PAGE", BOLD)), " NOW"),
        ),
        (
            paragraph(field('HYPERLINK "u"', run("go")), " there"),
            paragraph(field('HYPERLINK "u"', run("GO")), " THERE"),
        ),
        (
            paragraph('<w:fldSimple w:instr=" HYPERLINK &quot;u&quot; ">' + run("go") + "</w:fldSimple>"),
            paragraph('<w:fldSimple w:instr=" HYPERLINK &quot;u&quot; ">' + run("GO") + "</w:fldSimple>"),
        ),
        (
            paragraph("page ", field("PAGE", run("3")), " of ", field("NUMPAGES", run("12"))),
            paragraph("PAGE ", field("PAGE", run("3")), " OF ", field("NUMPAGES", run("12"))),
        ),
        (
            paragraph("at ", field("TIME", run("ten ") + field("X", run("past"))), " sharp"),
            paragraph("AT ", field("TIME", run("ten ") + field("X", run("past"))), " SHARP"),
        ),
        (
            paragraph("<w:ins w:id='1'>" + run("new") + "</w:ins>", " word"),
            paragraph("<w:ins w:id='1'>" + run("NEW") + "</w:ins>", " WORD"),
        ),
        (
            paragraph("<w:moveTo w:id='1'>" + run("moved") + "</w:moveTo>"),
            paragraph("<w:moveTo w:id='1'>" + run("MOVED") + "</w:moveTo>"),
        ),
        (paragraph(run("alone ", BOLD), run("bold", BOLD)), paragraph(run("ALONE BOLD", BOLD))),
        (
            paragraph("<w:sdt><w:sdtPr/><w:sdtContent>" + run("field") + "</w:sdtContent></w:sdt>"),
            paragraph("<w:sdt><w:sdtPr/><w:sdtContent>" + run("FIELD") + "</w:sdtContent></w:sdt>"),
        ),
        (
            paragraph("before", "<w:r><w:br/></w:r>", "After"),
            paragraph("BEFORE", "<w:r><w:br/></w:r>", "AFTER"),
        ),
        (
            paragraph("a line", "<w:r><w:br/></w:r>", "goes on"),
            paragraph("A LINE", "<w:r><w:br/></w:r>", "GOES ON"),
        ),
    ],
)  # fmt: skip
def test_only_text_changes(body: str, expected: str) -> None:
    assert translated(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        paragraph("<w:del w:id='1'><w:r><w:delText>gone</w:delText></w:r></w:del>"),
        paragraph("<w:moveFrom w:id='1'>" + run("moved away") + "</w:moveFrom>"),
        paragraph(run("unseen", "<w:vanish/>")),
        paragraph(field("DATE", run("Monday"))),
        paragraph(field("PAGE", run("3"))),
        paragraph("<w:fldSimple w:instr='AUTHOR'>" + run("Nguyen") + "</w:fldSimple>"),
        paragraph(
            "<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>" + run("May") + "</w:sdtContent></w:sdt>"
        ),
        paragraph("<m:oMath><m:r><m:t>E</m:t></m:r></m:oMath>", "<w:r><w:drawing/></w:r>"),
        paragraph("… — !"),
        '<w:p><w:pPr><w:pStyle w:val="u1"/></w:pPr></w:p>',
        "<w:p/>",
    ],
)
def test_is_left_alone(body: str) -> None:
    assert sources(body) == []
    assert translated(body + paragraph("x y")) == body + paragraph("X Y")


def test_a_title_over_two_lines_is_one_sentence_and_an_address_is_not() -> None:
    gap = "<w:r><w:br/></w:r>"
    assert sources(paragraph("RESOLUTION", gap, "OF THE BUREAU")) == ["RESOLUTION OF THE BUREAU"]
    assert sources(paragraph("One, ", gap, "two; ", gap, "three")) == ["One, two;", "three"]
    assert sources(paragraph("Ministry of Health", gap, "Hanoi", gap, gap, "Vietnam")) == [
        "Ministry of Health", "Hanoi", "Vietnam"
    ]  # fmt: skip
    tab, page = "<w:r><w:tab/></w:r>", '<w:r><w:br w:type="page"/></w:r>'
    assert sources(paragraph("Name:", tab, "Nguyen", page, "on")) == ["Name:", "Nguyen", "on"]


def test_spaces_next_to_a_line_break_go() -> None:
    body = paragraph("one two", "<w:r><w:br/></w:r>", "three four")
    assert translated(body, S1="раз два три четыре") == paragraph(
        "раз два", "<w:r><w:br/></w:r>", "три четыре"
    )


def test_what_a_field_shows_keeps_the_spaces_around_it() -> None:
    date = field("DATE", run("Monday"))
    body = paragraph("signed on ", date, " by hand")
    assert sources(body) == ["signed on by hand"]
    assert translated(body, S1="подписано вручную") == paragraph("подписано ", date, " вручную")
    assert sources(paragraph("on ", date, ", in ", date, ".")) == ["on, in."]


def test_a_reference_in_words_is_translated_and_one_in_numbers_stays() -> None:
    words, number = field("REF a", run("the ") + run("first part", BOLD)), field("REF b", run("4"))
    body = paragraph("See ", words, " and ", number, ".")
    assert sources(body) == ["See the first part and 4."]
    assert translated(body) == paragraph(
        "SEE ", field("REF a", run("THE") + run(" FIRST PART", BOLD)), " AND ", number, "."
    )
    simple = '<w:fldSimple w:instr="REF a">{}</w:fldSimple>'.format
    assert sources(paragraph("On ", simple(run("page two")), " or ", simple(run("3")))) == ["On page two or"]


def test_a_field_number_is_read_with_its_sentence_and_never_changes() -> None:
    number = field("SEQ Figure", run("3"))
    body = paragraph("Figure ", number, ": boats")
    assert sources(body) == ["Figure 3: boats"]
    assert translated(body, S1="Рисунок 3: лодки") == paragraph("Рисунок ", number, ": лодки")
    assert translated(body, S1="Рисунок третий: лодки") == paragraph("Рисунок ", number, " третий: лодки")


def test_a_text_box_is_translated_once_and_written_twice() -> None:
    body = paragraph("Around ", text_box(paragraph("In the box. Twice.")), "it.")
    document = read(docx(body))
    assert [segment.source for segment in document.segments] == ["Around it.", "In the box.", "Twice."]
    written = translated(body)
    assert written.count("IN THE BOX. TWICE.") == 2
    assert written == paragraph("AROUND ", text_box(paragraph("IN THE BOX. TWICE.")), "IT.")


def test_a_fallback_with_other_words_is_translated_too() -> None:
    box = text_box(paragraph("The same."), paragraph("Here."))
    box = box[: box.rindex("Here.")] + "There." + box[box.rindex("Here.") + 5 :]
    assert sources(paragraph(box)) == ["The same.", "Here.", "There."]
    assert re.findall(r">([A-Z. ]+)</w:t>", translated(paragraph(box))) == [
        "THE SAME.", "HERE.", "THE SAME.", "THERE."
    ]  # fmt: skip


def test_fields_over_several_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))
    for code, expected in (("TOC", ["One", "Two", "after"]), ("BIBLIOGRAPHY", ["after"])):
        start = begin.format(code) + separate
        body = paragraph(start, run("One")) + paragraph("Two") + paragraph(end, run("after"))
        assert sources(body) == expected


@pytest.mark.parametrize("kind", ["begin", "separate", "end", "other"])
def test_half_a_field_swallows_no_text(kind: str) -> None:
    body = paragraph("One ", f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>', "two") + paragraph("Three")
    assert sources(body) == ["One two", "Three"]
    assert "<w:fldChar" in translated(body)


def test_a_field_that_begins_where_no_run_stands() -> None:
    begin, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "end"))
    body = paragraph(f"<w:other>{begin}</w:other>", "One ", f"<w:r>{end}</w:r>", "two")
    assert sources(body) == ["One two"]
    assert begin in translated(body) and end in translated(body)


def test_a_control_that_other_xml_fills_is_filled_no_more() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    binding = '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>'
    assert translated(paragraph(control.format(binding, run("in")), " out")) == paragraph(
        control.format("", run("IN")), " OUT"
    )
    assert translated(control.format(binding, paragraph("block"))) == control.format("", paragraph("BLOCK"))


def test_what_was_deleted_stays_between_its_words() -> None:
    gone = "<w:del w:id='1'><w:r><w:delText>old </w:delText></w:r></w:del>"
    body = paragraph("The ", gone, "<w:ins w:id='2'>" + run("new ") + "</w:ins>", "plan stands.")
    assert sources(body) == ["The new plan stands."]
    assert translated(body) == paragraph(
        "THE ", gone, "<w:ins w:id='2'>" + run("NEW") + "</w:ins>", " PLAN STANDS."
    )


def test_an_insertion_over_the_end_of_a_sentence_takes_no_word_before_it() -> None:
    body = paragraph("Kept", "<w:ins w:id='1'>" + run(". New") + "</w:ins>", " part.")
    assert sources(body) == ["Kept.", "New part."]
    assert translated(body) == paragraph("KEPT", "<w:ins w:id='1'>" + run(". NEW") + "</w:ins>", " PART.")


def test_what_stands_between_two_spaces_keeps_them() -> None:
    picture = '<w:hyperlink r:id="link"><w:r><w:drawing/></w:r></w:hyperlink>'
    body = paragraph("See ", picture, " now")
    assert sources(body) == ["See now"]
    assert translated(body) == paragraph("SEE ", picture, " NOW")
    assert sources(paragraph("See ", picture, run(" now", BOLD), " and then")) == ["See now and then"]


def test_hyphens_that_do_not_break_and_that_do_not_show() -> None:
    body = paragraph(
        "<w:r><w:t>Res</w:t><w:softHyphen/><w:t>olution 57</w:t><w:noBreakHyphen/><w:t>NQ</w:t></w:r>"
    )
    assert sources(body) == sources(paragraph("Res\u00adolution 57\u2011NQ")) == ["Resolution 57-NQ"]


def test_ranges_that_cross_stay_in_order() -> None:
    marks = [f'<w:{name} w:id="{number}"/>' for name, number in (
        ("bookmarkStart", 1), ("commentRangeStart", 1), ("bookmarkEnd", 1), ("commentRangeEnd", 1)
    )]  # fmt: skip
    body = paragraph("a ", marks[0], "b ", marks[1], "c ", marks[2], "d", marks[3], " e")
    written = translated(body, S1="один два три четыре пять")
    assert [mark for mark in re.findall(r"<w:[bc]\w+(?:Start|End) [^>]+>", written)] == marks
    around = paragraph(
        "a ", '<w:bookmarkStart w:id="1"/>', run("57-NQ", BOLD), '<w:bookmarkEnd w:id="1"/>', " b c"
    )
    assert translated(around, S1="в а б 57-NQ") == paragraph(
        "в а б ", '<w:bookmarkStart w:id="1"/>', run("57-NQ", BOLD), '<w:bookmarkEnd w:id="1"/>'
    )


def test_roles_come_from_names_of_styles_and_places() -> None:
    found = {segment.source: segment.tags for segment in read(RICH_DOCX).segments}
    assert found["Hội nghị về kinh tế số"] == ("headline",)
    assert found["Figure 3: boats on the river"] == ("caption",)
    assert found["An inner cell"] == ("table",)
    assert found["Report of the committee"] == ("header",)
    assert found["A footnote says more."] == ("footnote",)
    assert found["A title & more"] == ("headline",)
    assert "A remark of the editor." not in found


def test_strict_documents_and_other_prefixes() -> None:
    parts = members(docx(paragraph("One ", run("two", BOLD))))
    for old, new in (("w:", "x:"), ("w:", "")):
        content = parts["word/document.xml"].decode()
        content = content.replace(
            f'xmlns:w="{W}"', f'xmlns{":x" if new else ""}="http://purl.oclc.org/ooxml/wordprocessingml/main"'
        )
        content = re.sub(rf"(</?){old}", rf"\1{new}", content)
        content = re.sub(rf" {old}", " x:" if new else " ", content)
        raw = zipped({**parts, "word/document.xml": content.encode()})
        document = read(raw)
        assert [segment.source for segment in document.segments] == ["One two"]
        written = members(KIND.write(document, {"1": "Один два"}))["word/document.xml"].decode()
        assert f'<{new}t xml:space="preserve">Один </{new}t>' in written


def test_utf16_parts_stay_utf16() -> None:
    parts = members(docx(paragraph("One")))
    content = parts["word/document.xml"].decode().replace("UTF-8", "UTF-16")
    raw = zipped({**parts, "word/document.xml": content.encode("utf-16")})
    written = members(KIND.write(read(raw), {"1": "Один"}))["word/document.xml"]
    assert "Один" in written.decode("utf-16")


def test_deep_nesting_is_no_recursion_error() -> None:
    depth = 115
    nested = "<w:ins w:id='1'>" * depth + run("deep") + "</w:ins>" * depth
    assert translated(paragraph(nested)).count("<w:ins ") == depth
    box = paragraph("core")
    for _ in range(19):
        box = (
            f"<w:pict><v:shape><v:textbox><w:txbxContent>{box}</w:txbxContent></v:textbox></v:shape></w:pict>"
        )
        box = paragraph("Around ", f"<w:r>{box}</w:r>", "it.")
    assert sources(box) == [*["Around it."] * 19, "core"]
    assert translated(box).count("AROUND") == 19


@pytest.mark.parametrize(
    ("raw", "says", "hint"),
    [
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "old Word document", "save it as .docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted", "without a password"),
        (b"\xd0\xcf\x11\xe0", r"old Office file \(Word, Excel", ".docx or .csv"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "old Excel table", ".csv"),
        (b"\xd0\xcf\x11\xe0" + "PowerPoint Document".encode("utf-16-le"), "old presentation", ".docx"),
        (docx("", main_type="x.macroEnabled.main+xml"), "macros", "save it as .docx"),
        (docx("", main_type="template.main+xml"), "template", "save it as .docx"),
    ],
)  # fmt: skip
def test_kin_of_docx_say_what_to_do(raw: bytes, says: str, hint: str) -> None:
    assert KIND.sniff(raw[:4096])
    with pytest.raises(FormatError, match=says) as caught:
        read(raw)
    assert hint in caught.value.hint


def test_marks_of_notes_travel_whole_and_formulas_stay_text() -> None:
    raised, lowered = (f'<w:vertAlign w:val="{script}script"/>' for script in ("super", "sub"))
    mark, link = run("2", raised), LINK.format(run("[1]", raised))
    body = paragraph("The man", mark, " came.", mark, " He", link, " saw H", run("2", lowered), "O.")
    assert sources(body) == ["The man came.", "He saw H2O."]
    assert translated(body, S1="Человек пришёл.", S2="Он видел H2O.") == paragraph(
        "Человек", mark, " пришёл.", mark, " Он", link, " видел H", run("2", lowered), "O."
    )
