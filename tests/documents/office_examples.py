"""The suite of office documents that tests run over, with the structures that break other programs."""

from __future__ import annotations

from pathlib import Path

from tests.documents.office_packages import docx, field, odt, paragraph, run, text_box

_FILES = Path(__file__).parent / "examples"
LINK = '<w:hyperlink r:id="link" w:history="1">{}</w:hyperlink>'
BOLD = "<w:b/>"

_BODY = "".join(
    (
        paragraph("Hội nghị về kinh tế số", style="u1"),
        paragraph(
            run("The commit"),
            run("tee met", '<w:lang w:val="vi-VN"/>'),
            '<w:proofErr w:type="spellStart"/>',
            run(" in Hanoi.", "<w:noProof/>"),
            run(" It adopted "),
            run("Decision 57-", f'{BOLD}<w:lang w:val="en-GB" w:eastAsia="zh-CN"/>'),
            run("NQ/TW", BOLD),
            run(" at once & went on."),
        ),
        paragraph("Read ", LINK.format(run("the ") + run("full", BOLD) + run(" text")), " on the site."),
        paragraph(
            "A link of old: ",
            field('HYPERLINK "https://example.org/?a=1&b=2"', run("click ") + run("here", BOLD)),
            ", then a date ",
            field("DATE", run("2 May 2026")),
            " and a reference ",
            field(r"REF _Ref1 \h", run("Table ") + run("2")),
            ".",
        ),
        paragraph("Figure ", field("SEQ Figure", run("3")), ": boats on the river", style="c"),
        paragraph(
            "The ",
            '<w:del w:id="1" w:author="a"><w:r><w:delText>old</w:delText></w:r></w:del>',
            '<w:ins w:id="2" w:author="a">' + run("new") + "</w:ins>",
            " plan",
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>',
            " was read",
            '<w:r><w:endnoteReference w:id="2"/></w:r>',
            " aloud.",
        ),
        paragraph(
            '<w:bookmarkStart w:id="5" w:name="a"/>',
            "A bookmark ",
            '<w:commentRangeStart w:id="0"/>',
            "crosses",
            '<w:bookmarkEnd w:id="5"/>',
            " a comment",
            '<w:commentRangeEnd w:id="0"/>',
            '<w:r><w:commentReference w:id="0"/></w:r>',
            " and ",
            '<w:bookmarkStart w:id="6" w:name="b"/>',
            "another does not",
            '<w:bookmarkEnd w:id="6"/>',
            ".",
        ),
        paragraph(
            "Before the box ",
            text_box(paragraph("The box has text."), paragraph("Two lines.")),
            "comes this.",
        ),
        paragraph(text_box(paragraph("A box that stands alone."))),
        paragraph(
            "Water is ",
            run("H"),
            run("2", '<w:vertAlign w:val="subscript"/>'),
            run("O; energy is "),
            "<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>",
            run(" here"),
            '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>',
            run("."),
        ),
        paragraph(run("RESOLUTION"), "<w:r><w:br/></w:r>", run("ON DIGITAL GROWTH")),
        paragraph(
            "<w:r><w:t>A soft line</w:t><w:br/><w:t>goes on here</w:t><w:tab/><w:t>Then a column</w:t></w:r>",
            '<w:r><w:br w:type="page"/></w:r>',
            run("a new page, with a co"),
            "<w:r><w:softHyphen/></w:r>",
            run("operative"),
            "<w:r><w:noBreakHyphen/></w:r>",
            run("like end."),
        ),
        paragraph(
            "Name: ",
            '<w:sdt><w:sdtPr><w:alias w:val="n"/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr>'
            f"<w:sdtContent>{run('Nguyen Van A', BOLD)}</w:sdtContent></w:sdt>",
            ", signed on ",
            "<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>" + run("1 May") + "</w:sdtContent></w:sdt>",
            " by hand.",
        ),
        paragraph(
            '<w:smartTag w:uri="urn:x" w:element="place">'
            f'<w:smartTagPr><w:attr w:name="a" w:val="b"/></w:smartTagPr>{run("Hanoi")}</w:smartTag>',
            " is the capital.",
            run(" Hidden words.", "<w:vanish/>"),
        ),
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
        + paragraph("A cell. Two sentences.")
        + "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
        + paragraph("An inner cell")
        + "</w:tc></w:tr></w:tbl>"
        + paragraph()
        + "</w:tc></w:tr></w:tbl>",
        "<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:hyperlink w:anchor="_Toc1">'
        + run("First chapter")
        + "<w:r><w:tab/></w:r>"
        + field(r"PAGEREF _Toc1 \h", run("3"))
        + "</w:hyperlink></w:p><w:p>"
        + '<w:hyperlink w:anchor="_Toc2">'
        + run("Second chapter")
        + "<w:r><w:tab/></w:r>"
        + field(r"PAGEREF _Toc2 \h", run("9"))
        + '</w:hyperlink></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>',
        paragraph("The last words of the body."),
    )
)
_NOTES = (
    '<w:{0} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'
    '<w:{0} w:id="2"><w:p><w:r><w:{0}Ref/></w:r><w:r><w:t xml:space="preserve"> A {0} says more.</w:t>'
    "</w:r></w:p></w:{0}>"
)
RICH_DOCX = docx(
    _BODY,
    title="A title & more",
    header=paragraph("Report of the committee"),
    footer=paragraph("Page ", field("PAGE", run("3")), " of ", field("NUMPAGES", run("12"))),
    footnotes=_NOTES.format("footnote"),
    endnotes=_NOTES.format("endnote"),
    comments='<w:comment w:id="0" w:author="a">' + paragraph("A remark of the editor.") + "</w:comment>",
)

_ODT_BODY = "".join(
    (
        '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info>'
        "<dc:creator>a</dc:creator><dc:date>2026-01-02T03:04:05</dc:date></office:change-info>"
        "<text:p>deleted words</text:p></text:deletion></text:changed-region></text:tracked-changes>",
        '<text:h text:outline-level="1">Hội nghị về kinh tế số</text:h>',
        '<text:p>The commit<text:span text:style-name="T1">tee met</text:span> in Hanoi. It adopted '
        '<text:span text:style-name="T2">Decision 57-</text:span>'
        '<text:span text:style-name="T3">NQ/TW</text:span>'
        " at once &amp; went on.</text:p>",
        '<text:p>Read <text:a xlink:type="simple" xlink:href="https://example.org/">the '
        '<text:span text:style-name="T2">full</text:span> text</text:a> on the site.</text:p>',
        '<text:p>The plan<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>A footnote says more.</text:p></text:note-body>"
        "</text:note>"
        ' was read <text:change text:change-id="ct1"/>aloud.</text:p>',
        '<text:p>A <text:bookmark-start text:name="a"/>bookmark <office:annotation office:name="0">'
        "<dc:creator>a</dc:creator><text:p>A remark.</text:p></office:annotation>crosses<text:bookmark-end "
        'text:name="a"/> a comment<office:annotation-end office:name="0"/>.</text:p>',
        '<text:p>Figure <text:sequence text:name="Figure" text:formula="ooow:Figure+1">3</text:sequence>: '
        "boats, seen on <text:date>2 May</text:date> there.</text:p>",
        '<text:p>Before the box <draw:frame draw:name="f" text:anchor-type="as-char" svg:width="5cm" '
        'svg:height="2cm"><draw:text-box><text:p>The box has text.</text:p></draw:text-box></draw:frame>'
        "comes this.</text:p>",
        '<text:p>A soft line<text:line-break/>goes on here<text:tab/>Then a column<text:s text:c="3"/>wide'
        "<text:soft-page-break/> and\n   deep.</text:p>",
        '<text:p>Shown<text:span text:style-name="T4"> hidden</text:span> words.</text:p>',
        '<table:table table:name="t"><table:table-column/><table:table-row><table:table-cell>'
        "<text:p>A cell. Two sentences.</text:p></table:table-cell></table:table-row></table:table>",
        "<text:list><text:list-item><text:p>An entry</text:p></text:list-item></text:list>",
    )
)
RICH_ODT = odt(
    _ODT_BODY,
    title="A title & more",
    header='<text:p>Page <text:page-number text:select-page="current">3</text:page-number> of '
    "<text:page-count>12</text:page-count></text:p>",
)
NEWS_DOCX = (_FILES / "news.docx").read_bytes()
REPORT_ODT = (_FILES / "report.odt").read_bytes()
DOCX = {"rich": RICH_DOCX, "news": NEWS_DOCX}
ODT = {"rich": RICH_ODT, "report": REPORT_ODT}
