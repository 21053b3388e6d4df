from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtkit.documents.csv_cells import csv_rows, find_delimiter
from mtkit.documents.csv_format import CsvFormat, CsvOptions
from mtkit.errors import ConfigError, FormatError, InputError

DEFAULTS = CsvOptions()
quick = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def translate(text: str, options: CsvOptions = DEFAULTS, src_lang: str = "en") -> str:
    document = CsvFormat(options).read(text.encode(), "a.csv", src_lang, "ru")
    return CsvFormat().write(document, {s.id: s.source.upper() for s in document.segments}).decode()


@pytest.mark.parametrize("header", ["Tiêu đề,Nội dung,ru", "title,translation,text"])
def test_one_column_for_several_texts_is_refused(header: str) -> None:
    row = ",".join("" if name in ("ru", "translation") else "Xã xây cầu." for name in header.split(","))
    with pytest.raises(FormatError, match=r"there is one column '\w+' for both") as caught:
        CsvFormat().read(f"{header}\n{row}\n".encode(), "a.csv", "vi", "ru")
    assert "--fields " in caught.value.hint


def test_columns_with_text_are_translated_in_their_place() -> None:
    text = 'id,Title,note,body\r\n1,One,keep,"Two, ""three"". Four."\r\n\r\n2,,keep,five\r\n'
    assert translate(text) == (
        'id,Title,note,body\r\n1,ONE,keep,"TWO, ""THREE"". FOUR."\r\n\r\n2,,keep,FIVE\r\n'
    )


def test_quotes_come_only_where_they_were_or_have_to_be() -> None:
    text = 'text;x\n"One";1\nTwo;2\nThree;3\n'
    document = CsvFormat().read(text.encode(), "a.csv", "en", "ru")
    targets = dict(zip([s.id for s in document.segments], ["Раз", "Два, 2", 'Т; "р"'], strict=True))
    assert CsvFormat().write(document, targets).decode() == 'text;x\n"Раз";1\nДва, 2;2\n"Т; ""р""";3\n'


def test_columns_are_chosen_by_name_or_number() -> None:
    text = "a,b,c\nOne,Two,Three\n"
    assert translate(text, CsvOptions(columns=["c", "a"])) == "a,b,c\nONE,Two,THREE\n"
    assert translate(text, CsvOptions(columns=[2])) == "a,B,c\nOne,TWO,Three\n"
    assert translate(text, CsvOptions(columns=("b", "3"))) == "a,b,c\nOne,TWO,THREE\n"


def test_a_column_for_targets_is_filled_where_it_is_empty() -> None:
    text = 'vi,ru,note\nOne,,x\nTwo,Два,x\nThree,"",x\n'
    assert translate(text) == 'vi,ru,note\nOne,ONE,x\nTwo,Два,x\nThree,"THREE",x\n'
    options = CsvOptions(columns=["note"], target_column="ru")
    assert translate("note,ru\nOne,\n", options) == "note,ru\nOne,ONE\n"
    assert translate("en,vi,target\nOne,Một,\n", src_lang="vi") == "en,vi,target\nOne,Một,MỘT\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tiêu đề,tóm tắt,ngày\nOne,Two,Three\n", "ONE,TWO,Three"),
        ("Tieu_de,Note,Nội dung:\nOne,Two,Three\n", "ONE,Two,THREE"),
        ("Tiếng Việt,Русский,x\nOne,,Three\n", "One,ONE,Three"),
        ("English (source),Russian translation,x\nOne,,Three\n", "One,ONE,Three"),
        ("vi-VN,en-GB,ru-RU\nOne,Two,\n", "One,Two,TWO"),
    ],
)
def test_usual_names_of_columns_are_known(text: str, expected: str) -> None:
    assert translate(text).split("\n")[1] == expected


def test_each_table_of_several_takes_the_columns_that_it_has() -> None:
    options = CsvOptions(columns=["Tóm tắt", "summary"], some=True)
    assert translate("a,tóm tắt\nx,One\n", options) == "a,tóm tắt\nx,ONE\n"
    assert translate("Summary,a\nOne,x\n", options) == "Summary,a\nONE,x\n"
    with pytest.raises(FormatError, match="no column 'summary'"):
        translate("a,tóm tắt\nx,One\n", CsvOptions(columns=["tóm tắt", "summary"]))


def test_lines_and_html_in_a_cell() -> None:
    text = 'body\n"One\n<b>two</b> three.\r\nFour"\n'
    assert translate(text) == 'body\n"ONE\n<b>TWO</b> THREE.\r\nFOUR"\n'


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb\nx, y\tz\n", "\t"),
        ("a|b|c\nx, y|z|1\n", "|"),
        ('a;b\n"x;y";z\n', ";"),
        ("one column\nof text, here\n", ","),
        ("", ","),
    ],
)
def test_the_delimiter_is_the_one_that_fits(text: str, delimiter: str) -> None:
    assert find_delimiter(text, "a.csv") == delimiter


@pytest.mark.parametrize(
    ("text", "options", "line", "said"),
    [
        ("id,name\n1,x\n", DEFAULTS, 1, "does not say which columns to translate. Name them"),
        ("id,name\n1,x\n", CsvOptions(columns=["text"]), 1, "no column 'text'. Its columns: id, name"),
        ("id,name\n1,x\n", CsvOptions(columns=[9]), 1, "no column 9. Its columns: id, name"),
        ("id,name\n1,x\n", CsvOptions(columns=["a", "b"], some=True), 1, "no column 'a'"),
        ("text,x\n\na,b\nc\n", CsvOptions(columns=[2]), 4, "column 2 is missing; the row has 1"),
        ('text\n"a\nb\n', DEFAULTS, 2, "a quotation mark opens a cell and none closes it"),
        ('text\n"a\nb" c\n', DEFAULTS, 3, "text after the quotation mark"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, options: CsvOptions, line: int, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        translate(text, options)
    assert said in str(caught.value)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "options",
    [{"columns": "title"}, {"columns": [0]}, {"columns": [""]}, {"delimiter": "x"}, {"target_column": "ru"}],
)
def test_wrong_options(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        CsvFormat(CsvOptions(**options))  # type: ignore[arg-type]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=12)


@quick
@given(
    st.lists(st.tuples(CELL, CELL), max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_other_cells_stay(rows: list[tuple[str, str]], delimiter: str, end: str, quote_all: bool) -> None:
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(["text", "other"])
    writer.writerows(rows)
    text = stream.getvalue()
    options = CsvOptions(columns=["text"], delimiter=delimiter)
    document = CsvFormat(options).read(text.encode(), "a.csv", "en", "ru")
    assert CsvFormat().write(document, {}).decode() == text
    written = translate(text, options)
    before, after = (
        list(csv.reader(io.StringIO(side, newline=""), delimiter=delimiter)) for side in (text, written)
    )
    assert [row[1:] for row in before] == [row[1:] for row in after]
    assert [len(row) for row in before] == [len(row) for row in after]


@quick
@given(st.text('abc",;\t|\n\r ', max_size=60))
def test_cells_are_those_of_the_standard_library(text: str) -> None:
    try:
        rows = list(csv_rows(text, ",", "a.csv"))
    except InputError as error:
        assert "\n" not in str(error)
        return
    expected = list(csv.reader(io.StringIO(text, newline="")))
    assert [[cell.value for cell in row.cells] for row in rows] == [row or [""] for row in expected]
