from __future__ import annotations

import pytest

from mtkit.documents.tsv import TsvFormat, TsvOptions
from mtkit.errors import FormatError

DEFAULTS = TsvOptions()


def translate(text: str, options: TsvOptions = DEFAULTS) -> str:
    kind = TsvFormat(options)
    document = kind.read(text.encode(), "a.tsv", "en", "ru")
    return kind.write(document, {s.id: f"⟨{s.source}⟩" for s in document.segments}).decode()


def test_the_target_is_a_new_last_cell() -> None:
    assert translate("One. Two.\tx\r\n\r\n\ty\r\n\t\r\nLast") == (
        "One. Two.\tx\t⟨One.⟩ ⟨Two.⟩\r\n\r\n\ty\t\r\n\t\t\r\nLast\t⟨Last⟩"
    )


def test_another_column() -> None:
    assert translate('7\t"quoted" text\n', TsvOptions(column=2)) == '7\t"quoted" text\t⟨"quoted" text⟩\n'


def test_a_named_column_makes_the_first_row_a_header() -> None:
    options = TsvOptions(column="body", target_column="ru")
    assert translate("id\tbody\n7\tOne\n", options) == "id\tbody\tru\n7\tOne\t⟨One⟩\n"


def test_tabs_and_line_breaks_in_a_target_become_spaces() -> None:
    kind = TsvFormat()
    document = kind.read(b"One\n", "a.tsv", "en", "ru")
    assert kind.write(document, {"1": "a\tb\nc"}).decode() == "One\ta b c\n"


def test_a_missing_column_is_named_with_its_line() -> None:
    with pytest.raises(FormatError, match=r"a\.tsv:2: column 2 is missing; the row has 1") as caught:
        translate("a\tb\nonly one\n", TsvOptions(column=2))
    assert caught.value.line == 2


def test_an_unknown_column_lists_those_there_are() -> None:
    with pytest.raises(FormatError, match=r"no column 'body'\. Its columns: id, text"):
        translate("id\ttext\n", TsvOptions(column="body"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id\tvi\n1\tOne.\n", "id\tvi\ttranslation\n1\tOne.\t⟨One.⟩\n"),
        ("vi\tru\nOne.\t\nTwo.\tДва.\n", "vi\tru\nOne.\t⟨One.⟩\nTwo.\tДва.\n"),
        ("vi\tru\nOne.\n", "vi\tru\nOne.\t⟨One.⟩\n"),
        ("ru\tvi\tnote\n\tOne.\tx\n", "ru\tvi\tnote\n⟨One.⟩\tOne.\tx\n"),
        ("name\tvi\nNguyễn Văn A\tOne.\n", "name\tvi\ttranslation\nNguyễn Văn A\tOne.\t⟨One.⟩\n"),
        ("STT\tTiếng Việt\tBản dịch\n1\tOne.\t\n", "STT\tTiếng Việt\tBản dịch\n1\tOne.\t⟨One.⟩\n"),
        ("Vietnamese text\tRussian\nOne.\t \n", "Vietnamese text\tRussian\nOne.\t⟨One.⟩\n"),
        ("vi\ten\tru\nMột.\tOne.\t\n", "vi\ten\tru\nMột.\tOne.\t⟨One.⟩\n"),
        ("source\ttarget\nOne.\t\n", "source\ttarget\nOne.\t⟨One.⟩\n"),
        ("\nid\ttext\n7\n", None),
        ("id\ttext\tx\n7\tOne.\n", "id\ttext\tx\ttranslation\n7\tOne.\t\t⟨One.⟩\n"),
        ("tiêu đề\tnội_dung\tid\nOne.\tTwo.\t1\n", "tiêu đề\tnội_dung\tid\n⟨One.⟩\t⟨Two.⟩\t1\n"),
        ("Nội dung\nOne.\n", "Nội dung\ttranslation\nOne.\t⟨One.⟩\n"),
        ("7\tQuốc hội họp\n8\tHọp báo\n", "7\tQuốc hội họp\t⟨Quốc hội họp⟩\n8\tHọp báo\t⟨Họp báo⟩\n"),
        ("news\tThe road is open.\n", "news\tThe road is open.\t⟨The road is open.⟩\n"),
        ("Đường đã mở.\tThe road is open.\n", "Đường đã mở.\tThe road is open.\t⟨The road is open.⟩\n"),
        ("Дорога открыта.\tRoad.\n", "Дорога открыта.\tRoad.\t⟨Road.⟩\n"),
    ],
)  # fmt: skip
def test_header_or_content_tells_the_column(text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(FormatError, match=r"a\.tsv:3: column 2 is missing"):
            translate(text)
    else:
        assert translate(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id\tname\n1\tOne\n", r"does not say which columns to translate\. Name them.*--fields.*id, name"),
        ("mục\tbài\n1\tThe road is open.\n2\t\n", r"does not say which.*Columns: mục, bài"),
        ("The road is open.\tPrices rose again.\n", r"several columns hold text.*--fields 1,3"),
        ("word\tother\n", r"several columns hold text"),
    ],
)
def test_what_is_not_clear_is_refused(text: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        translate(text)


@pytest.mark.parametrize(
    "text",
    ["id\ten\n1\tOne.\n", "en\tru\tx\nOne.\t\t1\n", "ru\ten\n\tOne.\n", "7\tOne.\n", "en\tru\nOne.\n"],
)
def test_both_sides_of_an_output_are_found_as_they_were_written(text: str) -> None:
    ((source, target),) = TsvFormat().sides(translate(text).encode(), "a.tsv", "en")
    assert source is not None
    assert [part.text for part in (*source.parts, *target.parts)] == ["One.", "⟨One.⟩"]  # type: ignore[union-attr]


def test_a_table_may_lack_some_of_the_columns_but_not_all() -> None:
    options = TsvOptions(columns=("Title", "body"), some=True)
    assert translate("id\ttitle\n1\tOne\n", options) == "id\ttitle\n1\t⟨One⟩\n"
    with pytest.raises(FormatError, match="no column 'Title'"):
        translate("id\tx\n1\tOne\n", options)
    with pytest.raises(FormatError, match=r"a\.tsv:1: no column 9\. Its columns: id, x"):
        translate("id\tx\n", TsvOptions(columns=(9,)))


def test_a_cell_for_a_target_stays_empty_where_there_is_none() -> None:
    document = TsvFormat().read(b"en\tru\nOne.\nTwo.\t\nThree.\t\n", "a.tsv", "en", "ru")
    assert TsvFormat().write(document, {"4": "Три."}).decode() == "en\tru\nOne.\nTwo.\t\nThree.\tТри.\n"
