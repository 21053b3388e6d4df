import json

import pytest

from mtkit.config import Settings
from mtkit.errors import FormatError, InputError
from mtkit.runners.local import Translator
from mtkit.runners.stream import CHUNK_LINES, translate_lines
from tests.fakes import RuleEngine


def translator(**options):
    return Translator(
        engine=RuleEngine(lambda text: f"перевод {text}"),
        termbase=None,
        settings=Settings(),
        src_lang="vi",
        tgt_lang="ru",
        **options,
    )


def stream(lines):
    return b"".join(translate_lines(lines, translator())).decode().splitlines()


def test_plain_lines_one_for_one():
    assert stream([b"Xin\n", b"\n", "Tạm biệt".encode()]) == ["перевод Xin", "", "перевод Tạm biệt"]


def test_more_lines_than_a_chunk_stay_in_order():
    count = 3 * CHUNK_LINES + 7
    lines = [f"dòng {number}\n".encode() for number in range(count)]
    assert stream(lines) == [f"перевод dòng {number}" for number in range(count)]


def test_json_lines_keep_their_fields():
    (line,) = stream([json.dumps({"id": 7, "text": "Xin"}).encode() + b"\n"])
    assert json.loads(line) == {"id": 7, "text": "Xin", "translation": "перевод Xin"}


def test_a_broken_json_line_is_a_record_in_its_place():
    good = json.dumps({"text": "Xin"}).encode() + b"\n"
    lines = []
    with pytest.raises(InputError, match="1 of 3 lines are broken"):
        for line in translate_lines([good, b"{broken\n", good], translator()):
            lines.append(json.loads(line))
    assert len(lines) == 3
    assert lines[1]["line"] == 2
    assert lines[1]["error"].startswith("standard input:2: not valid JSON")
    assert lines[1]["input"] == "{broken"
    assert lines[2]["translation"] == "перевод Xin"


def test_a_line_without_text_comes_back_as_it_is():
    (line,) = stream([json.dumps({"id": 1, "text": ""}).encode() + b"\n"])
    assert json.loads(line) == {"id": 1, "text": ""}


def test_another_field_by_the_format_options():
    lines = [json.dumps({"body": "Xin"}).encode() + b"\n"]
    (line,) = translate_lines(lines, translator(format_options={"jsonl": {"field": "body"}}))
    assert json.loads(line)["translation"] == "перевод Xin"


def test_plain_text_in_a_wrong_encoding_is_refused():
    with pytest.raises(FormatError):
        stream(["Привет, товарищи\n".encode("cp1251")])
