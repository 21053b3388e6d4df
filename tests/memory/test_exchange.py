from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from mtkit.errors import ConfigError, FormatError, InputError, UnknownNameError
from mtkit.memory.entries import UNREVIEWED, Entry, in_sequence
from mtkit.memory.exchange import read_entries, write_entries
from mtkit.memory.keys import text_key
from tests.memory.samples import entry, store

NASTY = (
    entry(
        "A & B <x> “c” \\ \"d\" 'e'", "А & Б <х> «в»", before=5, after=-7, author="An & Co", document="d.txt"
    ),
    entry("dòng một\nhai\tba \\n", "строка\nдва\tтри", origin="post-edited"),
    entry("]]> &amp; 🦉 e\u0301", "]]> &amp; 🦉"),
    entry('"Họ ""nói"" có"', '"""'),
)


@pytest.mark.parametrize("suffix", [".tmx", ".tsv"])
def test_everything_comes_back(tmp_path: Path, suffix: str) -> None:
    memory = store(tmp_path, *NASTY)
    written = list(memory.entries())
    path = tmp_path / f"out{suffix}"
    assert write_entries(path, written) == len(NASTY)
    assert [replace(each, origin="") for each in read_entries(path)] == [
        replace(each, id=0, origin="") for each in written
    ]
    again = store(tmp_path, *read_entries(path), name="again.db")
    assert len(again) == len(NASTY)


@pytest.mark.parametrize(("name", "format_name"), [("out.xlf", None), ("out.xliff", "xliff2")])
def test_xliff_keeps_texts_and_no_false_neighbours(
    tmp_path: Path, name: str, format_name: str | None
) -> None:
    memory = store(tmp_path, *NASTY)
    write_entries(tmp_path / name, memory.entries(), format_name)
    etree.parse(tmp_path / name)
    read = list(read_entries(tmp_path / name))
    assert [(each.source, each.target) for each in read] == [
        (each.source, each.target) for each in memory.entries()
    ]
    assert {(each.before, each.after) for each in read} == {(0, 0)}
    assert read[0].document == "d.txt"


def test_control_characters_do_not_break_xml(tmp_path: Path) -> None:
    write_entries(tmp_path / "out.tmx", [entry("a\x01b", "в\x0bг")])
    (read,) = read_entries(tmp_path / "out.tmx")
    assert (read.source, read.target) == ("a\ufffdb", "в\ufffdг")


TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="vi"/><body>
<tu creationdate="20240102T030405Z" creationid="Lan">
 <prop type="file">bao.docx</prop><prop type="prev">Trước.</prop><prop type="next">Sau.</prop>
 <tuv xml:lang="VI-VN"><seg>Huyện <bpt i="1">&lt;b&gt;</bpt>mở<ept i="1">&lt;/b&gt;</ept> trường.</seg></tuv>
 <tuv xml:lang="en"><seg>The district opened a school.</seg></tuv>
 <tuv xml:lang="ru-RU"><seg>Уезд открыл <hi>школу</hi>.</seg></tuv>
</tu>
<tu><tuv xml:lang="vi"><seg>Không.</seg></tuv></tu>
<tu><tuv xml:lang="vi"><seg>Có.</seg></tuv><tuv xml:lang="ru"><seg>Да.</seg></tuv>
<tuv xml:lang="RU"><seg>Есть.</seg></tuv></tu>
</body></tmx>"""


def test_tmx_of_others(tmp_path: Path) -> None:
    path = tmp_path / "in.tmx"
    path.write_text(TMX, encoding="utf-8")
    vietnamese, english, *two = read_entries(path)
    assert vietnamese == Entry(
        source="Huyện mở trường.",
        target="Уезд открыл школу.",
        src_lang="vi",
        tgt_lang="ru",
        before=text_key("Trước."),
        after=text_key("Sau."),
        origin="tmx",
        author="Lan",
        written="2024-01-02T03:04:05Z",
        document="bao.docx",
    )
    assert (english.src_lang, english.source) == ("en", "The district opened a school.")
    assert [each.src_lang for each in read_entries(path, "EN-GB")] == ["en"]
    assert [(each.source, each.target) for each in two] == [("Có.", "Да."), ("Có.", "Есть.")]


def test_units_of_several_sentences_are_taken_apart_where_both_sides_have_as_many(tmp_path: Path) -> None:
    whole = entry("Huyện mở trường. Dân vui.", "Уезд открыл школу. Жители рады.", before=5, after=7)
    joined = entry("Huyện mở trường. Dân vui.", "Уезд открыл школу, и жители рады.")
    write_entries(tmp_path / "in.tmx", [whole, joined])
    first, second, third = read_entries(tmp_path / "in.tmx")
    assert (first.source, first.target) == ("Huyện mở trường.", "Уезд открыл школу.")
    assert (first.before, first.after) == (5, text_key("Dân vui."))
    assert (second.source, second.target) == ("Dân vui.", "Жители рады.")
    assert (second.before, second.after) == (text_key("Huyện mở trường."), 7)
    assert third.target == joined.target


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Ông từ chức. Hội đồng họp hôm thứ hai, bầu người đứng đầu mới và thông qua ngân sách.",
            "Он ушёл, а совет в понедельник избрал нового главу и долго спорил. Бюджет был принят.",
        ),
        ("Có 15 người dự. Có 28 người vắng.", "Было 28 человек. Не было 15 человек."),
    ],
)
def test_sentences_that_cannot_belong_together_stay_in_their_unit(
    tmp_path: Path, source: str, target: str
) -> None:
    write_entries(tmp_path / "in.tmx", [entry(source, target)])
    assert [(each.source, each.target) for each in read_entries(tmp_path / "in.tmx")] == [(source, target)]


XLIFF_12 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.docx" source-language="vi" target-language="ru" datatype="x"><body>
<trans-unit id="1"><source>Một.</source><target state="translated">Один.</target></trans-unit>
<trans-unit id="2"><source>Hai <g id="1">ba</g><ph id="2">x</ph>.</source>
 <target>Два <g id="1">три</g><ph id="2">x</ph>.</target></trans-unit>
<trans-unit id="3"><source>Bốn.</source><target state="needs-review-translation">Пять.</target></trans-unit>
<trans-unit id="4"><source>Sáu.</source>
 <target state="translated" state-qualifier="mt-suggestion">Шесть.</target></trans-unit>
<trans-unit id="5" translate="no"><source>ID</source><target>ID</target></trans-unit>
<trans-unit id="6"><source>Bảy.</source></trans-unit>
</body></file></xliff>"""

XLIFF_20 = """<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="vi" trgLang="ru">
<file id="f" original="a.html"><unit id="1">
<segment state="final"><source>Một <pc id="1">hai</pc>.</source>
<target>Один <pc id="1">два</pc>.</target></segment>
<segment state="initial"><source>Ba.</source><target>Три.</target></segment></unit>
<unit id="2" translate="no"><segment><source>X</source><target>X</target></segment></unit>
<unit id="3"><segment><source>Bốn.</source><target>Четыре.</target></segment></unit>
</file></xliff>"""


@pytest.mark.parametrize(
    ("text", "pairs", "unreviewed", "sources"),
    [
        (
            XLIFF_12,
            [("Một.", "Один."), ("Hai ba.", "Два три.")],
            ["Пять.", "Шесть."],
            ["Một.", "Hai ba.", "Bốn."],
        ),
        (XLIFF_20, [("Một hai.", "Один два."), ("Bốn.", "Четыре.")], [], ["Một hai.", "Ba.", "Bốn."]),
    ],
)
def test_xliff_gives_what_was_accepted_with_its_neighbours(
    tmp_path: Path, text: str, pairs: list[tuple[str, str]], unreviewed: list[str], sources: list[str]
) -> None:
    path = tmp_path / "in.xlf"
    path.write_text(text, encoding="utf-8")
    everything = list(read_entries(path))
    read = [each for each in everything if each.origin != UNREVIEWED]
    assert [(each.source, each.target) for each in read] == pairs
    assert [each.target for each in everything if each.origin == UNREVIEWED] == unreviewed
    assert (read[0].before, read[0].after) == in_sequence(sources)[0]
    assert {(each.src_lang, each.document[:2]) for each in read} == {("vi", "a.")}


NOT_TO_TRANSLATE = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="vi" target-language="ru" datatype="x" translate="no"><body>
<trans-unit id="1"><source>Một.</source><target>Один.</target></trans-unit>
<group translate="yes"><trans-unit id="2"><source>Hai.</source><target>Два.</target></trans-unit>
<trans-unit id="3" translate="no"><source>Ba.</source><target>Три.</target></trans-unit></group>
</body></file>
<file original="b" source-language="vi" target-language="ru" datatype="x"><body>
<group translate="no"><trans-unit id="4"><source>Bốn.</source><target>Четыре.</target></trans-unit></group>
<trans-unit id="5"><source>Năm.</source><target>Пять.</target></trans-unit></body></file></xliff>"""


def test_what_is_not_to_be_translated_is_left_out_at_every_level(tmp_path: Path) -> None:
    (tmp_path / "in.xlf").write_text(NOT_TO_TRANSLATE, encoding="utf-8")
    assert [each.target for each in read_entries(tmp_path / "in.xlf")] == ["Два.", "Пять."]


BOMB = '<!DOCTYPE tmx [<!ENTITY a "xxxx"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
PARAMETER = '<!DOCTYPE tmx [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'


@pytest.mark.parametrize("declared", [BOMB, OUTSIDE, PARAMETER])
@pytest.mark.parametrize("suffix", [".tmx", ".xlf"])
def test_entities_are_refused(tmp_path: Path, declared: str, suffix: str) -> None:
    path = tmp_path / f"in{suffix}"
    root = suffix[1:].replace("xlf", "xliff")
    body = f"<{root}><body><tu><tuv xml:lang='vi'><seg>&a;</seg></tuv></tu></body></{root}>"
    path.write_text(declared.replace("tmx", root, 1) + body)
    with pytest.raises(FormatError, match=r"in\.(tmx|xlf)"):
        list(read_entries(path))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.tmx", "<tmx><body><tu>", "a.tmx:1: not well-formed XML"),
        ("a.tmx", "<x/>", "its root is 'x', not tmx"),
        ("a.tmx", "<tmx><body>\n<tu/></body></tmx>", "a.tmx:2: a translation unit is empty"),
        ("a.xlf", "<xliff><file><body/></file></xliff>", "it does not say its source language"),
        ("a.tsv", "x1\tодин\n", "a.tsv:1: its first line does not name the columns"),
        ("a.tsv", "một hai\tmột hai\n", "a.tsv:1: its first line does not name the columns"),
        ("a.tsv", "id\tx\n1\tодин\n", "a.tsv:1: its first line does not name the columns"),
        ("a.tsv", "vi\tru\nmột\n", "a.tsv:2: 1 columns where the header has 2"),
        ("a.tsv", "source\ttarget\nmột\tодин\n", "a.tsv:2: the source has no language"),
        ("a.tsv", "source\ttarget\tsrc_lang\tbefore\na\tб\tvi\tx\n", "a.tsv:2: before is no key: 'x'"),
        ("a.tsv", "\xff", "a.tsv:1: "),
    ],
)
def test_broken_files_are_said(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="latin-1" if text == "\xff" else "utf-8")
    with pytest.raises(FormatError) as error:
        list(read_entries(tmp_path / name))
    assert said in str(error.value)


def test_files_of_other_kinds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a file that a translation memory is made from"):
        read_entries(tmp_path / "a.docx")
    with pytest.raises(InputError, match="there is no such file"):
        read_entries(tmp_path / "a.tmx")
    with pytest.raises(UnknownNameError, match=r"Unknown exchange format '\.docx'"):
        write_entries(tmp_path / "a.docx", [])
    with pytest.raises(ConfigError, match="one language pair"):
        write_entries(tmp_path / "a.xlf", [NASTY[0], replace(NASTY[0], src_lang="en")], "xliff2")
    assert not list(tmp_path.iterdir())


PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ru_RU\\n"

msgid "The district opened a school."
msgstr "Уезд открыл школу."

#, fuzzy
msgid "The people are glad."
msgstr "Жители рады."

msgid "one town"
msgid_plural "%d towns"
msgstr[0] "%d город"
msgstr[1] "%d города"

msgid "The mayor"
msgid_plural "The mayors"
msgstr[0] "Мэр"
msgstr[1] "Мэры"

msgid "Nothing yet."
msgstr ""
"""


def test_po_gives_what_is_translated(tmp_path: Path) -> None:
    path = tmp_path / "in.po"
    path.write_text(PO, encoding="utf-8")
    read = list(read_entries(path))
    assert [(each.source, each.target, each.origin) for each in read] == [
        ("The district opened a school.", "Уезд открыл школу.", "po"),
        ("The people are glad.", "Жители рады.", UNREVIEWED),
        ("121 towns", "121 город", "po"),
        ("123 towns", "123 города", "po"),
        ("The mayor", "Мэр", "po"),
    ]
    assert {each.src_lang for each in read} == {"en"}
    path.write_text(PO.replace("ru_RU", "uk"), encoding="utf-8")
    assert list(read_entries(path)) == []


def test_tsv_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "in.tsv"
    path.write_text('vi\tru\n"Họ nói ""có""."\t"Да"\n"""Có"""\t""\n', encoding="utf-16", newline="\r\n")
    assert [(each.source, each.target) for each in read_entries(path)] == [
        ('Họ nói "có".', '"Да"'),
        ('"Có"', '""'),
    ]


def test_tsv_by_languages(tmp_path: Path) -> None:
    path = tmp_path / "in.tsv"
    path.write_text("vi\ten\tru\tnote\nmột\tone\tодин\tx\n", encoding="utf-8-sig")
    assert [(each.src_lang, each.source, each.target) for each in read_entries(path)] == [
        ("vi", "một", "один"),
        ("en", "one", "один"),
    ]


@pytest.mark.parametrize(
    ("content", "src_lang", "expected"),
    [
        ("Quốc hội họp.\tСобрание.\n", "", [("vi", "Quốc hội họp.", "Собрание.")]),
        ("Собрание.\tQuốc hội họp.\n", "", [("vi", "Quốc hội họp.", "Собрание.")]),
        ("x1\tСобрание.\n", "en", [("en", "x1", "Собрание.")]),
        (
            "Quốc hội họp.\tThe Assembly meets.\tСобрание.\n",
            "",
            [("vi", "Quốc hội họp.", "Собрание."), ("en", "The Assembly meets.", "Собрание.")],
        ),
        ("STT\tTiếng Việt\tBản dịch\n1\tMột.\tРаз.\n", "", [("vi", "Một.", "Раз.")]),
        ("id\tEnglish\tРусский\n1\tOne.\tРаз.\n", "", [("en", "One.", "Раз.")]),
    ],
)
def test_tsv_whose_languages_are_named_otherwise_or_not_at_all(
    tmp_path: Path, content: str, src_lang: str, expected: list[tuple[str, str, str]]
) -> None:
    path = tmp_path / "in.tsv"
    path.write_text(content, encoding="utf-8")
    read = read_entries(path, src_lang)
    assert [(each.src_lang, each.source, each.target) for each in read] == expected


def test_a_tsv_without_a_header_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "in.tsv"
    path.write_text("Quốc hội họp.\tСобрание.\n", encoding="utf-8")
    with caplog.at_level("INFO", "mtkit"):
        assert len(list(read_entries(path))) == 1
    assert "in.tsv: no header; read as: column 1 is Vietnamese, column 2 is Russian." in caplog.text
