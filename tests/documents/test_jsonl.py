from __future__ import annotations

import json

import pytest

from mtkit.documents.jsonl import JsonLinesFormat, JsonLinesOptions
from mtkit.errors import FormatError

DEFAULTS = JsonLinesOptions()


def translate(text: str, options: JsonLinesOptions = DEFAULTS) -> str:
    kind = JsonLinesFormat(options)
    document = kind.read(text.encode(), "a.jsonl", "en", "ru")
    return kind.write(document, {s.id: f"⟨{s.source}⟩" for s in document.segments}).decode()


def test_adds_a_translation_and_keeps_the_rest_byte_for_byte() -> None:
    line = '{ "id":1.50, "text": "One. Two.\\nThree \\u00e9", "é":"\\u00e9"  }\r\n'
    assert translate(line) == (
        '{ "id":1.50, "text": "One. Two.\\nThree \\u00e9", "é":"\\u00e9", "translation": '
        '"⟨One.⟩ ⟨Two.⟩\\n⟨Three é⟩"}\r\n'
    )


def test_replaces_an_old_translation_where_it_stands() -> None:
    line = '{"translation": {"x": [1, "}"]} , "text": "One"}'
    assert translate(line) == '{"translation": "⟨One⟩" , "text": "One"}'


def test_a_bare_string_is_replaced() -> None:
    assert translate('"One \\"two\\""\n') == '"⟨One \\"two\\"⟩"\n'


def test_field_names_are_options() -> None:
    options = JsonLinesOptions(field="body", target_field="ru")
    assert translate('{"body": "One"}', options) == '{"body": "One", "ru": "⟨One⟩"}'


def test_every_object_with_a_text_gets_the_field() -> None:
    lines = translate('{"text": "One"}\n{"text": ""}\n{"text": null}\n\n{"text": "👍"}').split("\n")
    assert [json.loads(line).get("translation", "none") for line in lines if line] == [
        "⟨One⟩",
        "",
        "none",
        "👍",
    ]
    assert lines[3] == ""


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"text": "a"}\n{"text": "b"\n', 2, r"not valid JSON at column \d+"),
        ('"a"\n"b" "c"\n', 2, "Extra data"),
        ('"a"\nnot json\n', 2, "not valid JSON at column 1"),
        ('{"text": "a"}\n\n{"title": "b", "x": 1}\n', 3, "no field 'text'. Its fields: title, x"),
        ('{"text": 5}', 1, "not a string but 5"),
        ("[1, 2]", 1, "a JSON list"),
        ("17", 1, "a JSON int"),
        ('"a\\u0000b"', 1, "NUL"),
        ('"a\\ud83d"', 1, "surrogate"),
        ("[" * 100_000, 1, "nested too deep"),
    ],
)
def test_broken_lines_are_named(text: str, line: int, message: str) -> None:
    with pytest.raises(FormatError, match=message) as caught:
        translate(text)
    assert caught.value.line == line
    assert f"a.jsonl:{line}: " in str(caught.value)
