from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtkit.documents.base import create_format, read_document, with_fields
from mtkit.documents.json_format import JsonFormat, JsonOptions
from mtkit.documents.json_strings import is_chosen, json_strings, parse_paths
from mtkit.documents.jsonl import JsonLinesFormat, JsonLinesOptions
from mtkit.documents.tsv import TsvFormat, TsvOptions
from mtkit.errors import ConfigError, FormatError, InputError

DEFAULTS = JsonOptions()
EVERY_STRING = JsonOptions(fields=["**"])
quick = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def translate(text: str, options: JsonOptions = DEFAULTS) -> str:
    document = JsonFormat(options).read(text.encode(), "a.json", "en", "ru")
    return JsonFormat().write(document, {s.id: s.source.upper() for s in document.segments}).decode()


def test_texts_are_translated_and_the_rest_stays_byte_for_byte() -> None:
    text = (
        '{ "id":1.50, "title" : "One \\u00e9\\/", "x": "keep \\u00e9",\r\n '
        '"body": [{"text":"Two. <b>three</b>\\n4"},'
        ' {"text": null}], "caption": ["a", ["b"]], "\\u00e9": {"lead":"5 six"} }\n'
    )
    assert translate(text) == (
        '{ "id":1.50, "title" : "ONE É/", "x": "keep \\u00e9",\r\n "body": [{"text":"TWO. <b>THREE</b>\\n4"},'
        ' {"text": null}], "caption": ["A", ["B"]], "\\u00e9": {"lead":"5 SIX"} }\n'
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (["a"], '{"a":"X","b":{"a":"y","c":["z",{"a":"w"}]}}'),
        (["b.a"], '{"a":"x","b":{"a":"Y","c":["z",{"a":"w"}]}}'),
        (["b.c[]"], '{"a":"x","b":{"a":"y","c":["Z",{"a":"w"}]}}'),
        (["b.c[].a", "a"], '{"a":"X","b":{"a":"y","c":["z",{"a":"W"}]}}'),
        (["*.a"], '{"a":"x","b":{"a":"Y","c":["z",{"a":"w"}]}}'),
        (["**.a"], '{"a":"X","b":{"a":"Y","c":["z",{"a":"W"}]}}'),
        (["**"], '{"a":"X","b":{"a":"Y","c":["Z",{"a":"W"}]}}'),
    ],
)
def test_paths(fields: list[str], expected: str) -> None:
    assert translate('{"a":"x","b":{"a":"y","c":["z",{"a":"w"}]}}', JsonOptions(fields=fields)) == expected


def test_bare_values() -> None:
    assert translate('"one"\n') == '"ONE"\n'
    assert translate('["one", ["two"], 3]', JsonOptions(fields=["[]"])) == '["ONE", ["TWO"], 3]'
    assert translate('[{"text": "one"}]', JsonOptions(fields=["[].text"])) == '[{"text": "ONE"}]'
    for text in ("17", "{}", '{"a": [1, true]}'):
        assert translate(text) == text


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('{"a": 1,\n "b" 2}', 2, "not valid JSON at column 6"),
        ('{"a": "x"} {', 1, "Extra data"),
        ("[" * 100_000, None, "nested too deep"),
        ('{"name": "x", "k": {"v": "y"}}', None, "Its fields: name, k.v; name those to translate"),
        ('{\n"text": "a\\u0000b"}', 2, "NUL"),
        ('{"text": "a\\ud83d"}', 1, "surrogate"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, line: int | None, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        translate(text)
    assert said in str(caught.value)
    assert caught.value.line == line


def test_a_path_that_leads_nowhere_is_named() -> None:
    with pytest.raises(FormatError, match=r"no field titel\. Its fields: title; name those"):
        translate('{"title": "x"}', JsonOptions(fields=["titel"]))


@pytest.mark.parametrize("fields", ["title", [1], [""]])
def test_wrong_options(fields: Any) -> None:
    for name in ("json", "jsonl"):
        with pytest.raises(ConfigError, match=f"fields of format {name} must be a list of names"):
            create_format(name, {"fields": fields})


def test_json_lines_in_place() -> None:
    kind = JsonLinesFormat(JsonLinesOptions(fields=["title", "b.c"]))
    text = '{"title": "One","b": {"c":"two","d":"x"}}\n\n{"title":null}\r\n'
    document = kind.read(text.encode(), "a.jsonl", "en", "ru")
    assert kind.write(document, {}).decode() == text
    written = kind.write(document, {s.id: s.source.upper() for s in document.segments}).decode()
    assert written == '{"title": "ONE","b": {"c":"TWO","d":"x"}}\n\n{"title":null}\r\n'
    with pytest.raises(FormatError, match=r"a\.jsonl:2: no field title, b\.c\. Its fields with text: x"):
        kind.read(b'{"title":"a"}\n{"x":"y"}', "a.jsonl", "en", "ru")


def test_tsv_in_place() -> None:
    for columns, header in ((["body", "1"], "ID\tbody\tx"), ([2, 1], "One\ttwo\tx")):
        kind = TsvFormat(TsvOptions(columns=columns))
        text = f"{header}\r\n\r\nthree\t\tx\n"
        document = kind.read(text.encode(), "a.tsv", "en", "ru")
        assert kind.write(document, {}).decode() == text
        written = kind.write(document, {s.id: s.source.upper() for s in document.segments}).decode()
        first = header if "body" in columns else "ONE\tTWO\tx"
        assert written == f"{first}\r\n\r\nTHREE\t\tx\n"
    with pytest.raises(ConfigError):
        TsvFormat(TsvOptions(columns="body"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"note": "One", "x": "two"}'),
        ("a.jsonl", '{"note": "One", "x": "two"}'),
        ("a.csv", "note,x\nOne,two\n"),
        ("a.tsv", "note\tx\nOne\ttwo\n"),
    ],
)
def test_fields_of_the_command_line_go_to_every_format_that_has_some(name: str, text: str) -> None:
    options = with_fields({"csv": {"delimiter": ","}, "json": {"fields": ["x"]}}, "note")
    assert options["csv"]["delimiter"] == ","
    document = read_document(name, "en", "ru", options=options, raw=text.encode())
    assert [segment.source for segment in document.segments] == ["One"]
    with pytest.raises(ConfigError, match="A field has no name"):
        with_fields({}, "note,")


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc*.[]", max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)


def leaves(value: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str | None]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner, path)]
    return [(path, value)] if value is None or isinstance(value, str) else []


@quick
@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_the_shape_of_a_value_stays(value: Any, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    found = [(string.path, json.loads(text[string.start : string.end])) for string in json_strings(text)]
    assert found == leaves(value)
    document = JsonFormat(EVERY_STRING).read(text.encode(), "a.json", "en", "ru")
    assert JsonFormat().write(document, {}).decode() == text
    after = json.loads(translate(text, EVERY_STRING))
    assert [path for path, _ in leaves(after)] == [path for path, _ in leaves(value)]


@quick
@given(st.lists(st.sampled_from(["a", "b", "*"]), max_size=4).map(tuple))
def test_a_path_chooses_itself(path: tuple[str, ...]) -> None:
    assert is_chosen(path, path)
    assert is_chosen(path, ("**",))
    assert is_chosen((*path, "text"), ("**", "text"))
    assert not is_chosen((*path, "z"), path)
    assert parse_paths([".".join(path) or "[]"], "x") == (path,)


@quick
@given(st.text('{}[]":,ab\\u0 \n', max_size=60))
def test_rubbish_is_refused_in_one_sentence(text: str) -> None:
    try:
        translate(text, EVERY_STRING)
    except InputError as error:
        assert "\n" not in str(error)
