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
