import json
from dataclasses import replace
from queue import Queue

import pytest

from mtkit.config import Settings
from mtkit.engines.base import Hypothesis
from mtkit.errors import FormatError, InputError
from mtkit.runners.local import Translator
from mtkit.runners.stream import CHUNK_LINES, translate_lines
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Status, Term
from tests.fakes import RuleEngine

PARTY = Termbase(
    concepts=(
        Concept(
            id="party",
            terms=(
                Term(lang="vi", text="Đảng"),
                Term(lang="ru", text="Коммунистическая партия Вьетнама"),
                Term(lang="ru", text="КПВ", status=Status.ADMITTED),
            ),
        ),
    )
)


def translator(rule=lambda text: f"перевод {text}", termbase=None, src_lang="vi", **options):
    return Translator(
        engine=RuleEngine(rule),
        termbase=termbase,
        settings=Settings(),
        src_lang=src_lang,
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


@pytest.mark.parametrize(
    ("text", "translation"), [("", {"translation": ""}), ("…", {"translation": "…"}), (None, {})]
)
def test_a_json_line_without_words_has_a_translation_too(text, translation):
    lines = [json.dumps(each).encode() + b"\n" for each in ({"text": "Xin"}, {"id": 2, "text": text})]
    assert json.loads(stream(lines)[1]) == {"id": 2, "text": text, **translation}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_broken_json_line_is_a_record_in_its_place(place):
    given = [json.dumps({"text": "Xin"}).encode() + b"\n"] * 2
    given.insert(place, b"{broken\n")
    lines = []
    with pytest.raises(InputError, match="1 of 3 lines are broken"):
        for some in translate_lines(given, translator()):
            lines += map(json.loads, some.splitlines())
    broken = lines.pop(place)
    assert broken["line"] == place + 1
    assert broken["error"].startswith(f"standard input:{place + 1}: not valid JSON")
    assert broken["input"] == "{broken"
    assert [line["translation"] for line in lines] == ["перевод Xin"] * 2


def test_the_record_of_a_line_that_cannot_be_translated_has_its_id():
    lines = []
    with pytest.raises(InputError):
        for some in translate_lines([b'{"id": 7, "txt": "Xin"}\n', b'[{"id": 8}]\n'], translator()):
            lines += map(json.loads, some.splitlines())
    assert [line.get("id") for line in lines] == [7, None]
    assert all("error" in line for line in lines)


def test_another_field_by_the_format_options():
    lines = [json.dumps({"body": "Xin"}).encode() + b"\n"]
    (line,) = translate_lines(lines, translator(format_options={"jsonl": {"field": "body"}}))
    assert json.loads(line)["translation"] == "перевод Xin"


@pytest.mark.parametrize("first", [b"\n", b"\xef\xbb\xbf"])
def test_json_lines_are_told_behind_a_blank_line_or_a_mark(first):
    lines = stream([first + b'{"text": "Xin"}\n'] if first != b"\n" else [first, b'{"text": "Xin"}\n'])
    assert json.loads(lines[-1])["translation"] == "перевод Xin"


def test_an_answer_comes_before_the_next_question():
    answers = Queue()

    def questions():
        for number in range(3):
            yield f"dòng {number}\n".encode()
            assert answers.get(timeout=20) == f"перевод dòng {number}\n".encode()

    for answer in translate_lines(questions(), translator()):
        answers.put(answer)
    assert answers.empty()


def test_what_breaks_in_the_reader_is_raised():
    def broken():
        yield b"Xin\n"
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(translate_lines(broken(), translator()))


def test_other_formats_are_read_whole():
    fence = ["```\n", *[f"code {n}\n" for n in range(2 * CHUNK_LINES)], "```\n", "Xin\n"]
    lines = [line.encode() for line in fence]
    out = b"".join(translate_lines(lines, translator(format="markdown"))).decode().splitlines()
    assert out == [*(line.rstrip() for line in fence[:-1]), "перевод Xin"]


def test_sixteen_bit_text_is_read_whole():
    raw = "".join(f"dòng {n}\n" for n in range(100)).encode("utf-16")
    out = b"".join(translate_lines(raw.splitlines(keepends=True), translator())).decode().splitlines()
    assert out == [f"перевод dòng {n}" for n in range(100)]


def test_plain_text_in_a_wrong_encoding_is_refused():
    with pytest.raises(FormatError):
        stream(["Привет, товарищи\n".encode("cp1251")])


@pytest.mark.parametrize("src_lang", ["vi", "auto"])
@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_the_mark_of_another_encoding_in_mid_stream_is_refused(mark, src_lang):
    lines = [line.encode() for line in ("Hà Nội họp.\n", "Thủ tướng thăm Nga.\n")]
    with pytest.raises(FormatError, match="standard input:2: not UTF-8"):
        list(translate_lines([lines[0], mark + b" bad\xc3\n", lines[1]], translator(src_lang=src_lang)))


class InLanguages(RuleEngine):
    """Answers with the language that it was asked in."""

    def translate(self, requests, options=None):
        return [(Hypothesis(text=f"язык {request.src_lang}", score=0.0),) for request in requests]


MIXED = ["Привет, товарищи.", "Reuters", "Tỉnh ủy họp bàn.", "TTXVN", "57-NQ/TW", "Все уже по-русски."]
MIXED += ["The council met on Monday.", "OK", "Nam Dinh"]
LANGUAGES = ["vi", "vi", "vi", "vi", None, "vi", "en", "en", "en"]


def in_languages(lines):
    stand_in = replace(translator(src_lang="auto"), engine=InLanguages(lambda text: text))
    return b"".join(translate_lines(lines, stand_in)).decode().splitlines()


def test_each_line_has_its_own_language_or_that_of_the_line_before():
    expected = [f"язык {each}" if each else "57-NQ/TW" for each in LANGUAGES]
    assert in_languages([f"{line}\n".encode() for line in MIXED]) == expected
    records = [json.dumps({"text": line}).encode() + b"\n" for line in MIXED]
    assert [json.loads(line)["translation"] for line in in_languages(records)] == expected


def test_the_language_of_a_line_does_not_hang_on_how_fast_lines_come():
    answers = Queue()

    def one_by_one():
        for line in MIXED[2:]:
            yield f"{line}\n".encode()
            answers.get(timeout=20)

    stand_in = replace(translator(src_lang="auto"), engine=InLanguages(lambda text: text))
    found = []
    for answer in translate_lines(one_by_one(), stand_in):
        answers.put(answer)
        found.append(answer)
    assert b"".join(found).decode().splitlines() == in_languages([f"{line}\n".encode() for line in MIXED[2:]])


def test_a_language_that_nothing_tells_is_asked_for_with_its_line():
    with pytest.raises(FormatError, match=r"standard input:2: .*--from") as caught:
        in_languages([b"57\n", b"Reuters\n"])
    assert caught.value.line == 2
    lines = [
        b'{"text": "Reuters"}\n',
        '{"text": "Tỉnh ủy họp."}\n'.encode(),
        b'{"text": "Reuters"}\n',
        b"{\n",
    ]
    with pytest.raises(InputError, match="1 of 4"):
        in_languages(lines)


def abbreviated(lines, **options):
    """Lines through an engine that says КПВ wherever it is asked for the Party."""
    stand_in = translator(lambda text: "Съезд КПВ завтра.", PARTY, **options)
    return b"".join(translate_lines(lines, stand_in)).decode().splitlines()


def test_lines_of_text_stand_alone_however_fast_they_come():
    lines = [f"Đại hội Đảng lần {number}\n".encode() for number in range(4)]
    together = abbreviated(lines)
    assert together == ["Съезд КПВ завтра."] * 4
    assert together == [line for each in lines for line in abbreviated([each])]
    wide = "Đại hội Đảng\nĐảng họp\n".encode("utf-16").splitlines(keepends=True)
    assert abbreviated(wide) == ["Съезд КПВ завтра."] * 2


def test_json_records_stand_alone_and_one_record_is_one_article():
    lines = [json.dumps({"text": text}).encode() + b"\n" for text in ("Đảng họp.", "Đảng họp.\nĐảng họp.")]
    targets = [json.loads(line)["translation"] for line in abbreviated(lines)]
    assert targets == [
        "Съезд КПВ завтра.",
        "Съезд Коммунистической партии Вьетнама завтра.\nСъезд КПВ завтра.",
    ]


def test_a_format_that_is_read_whole_is_one_article():
    (first, _, second) = abbreviated(
        ["Đảng họp.\n".encode(), b"\n", "Đảng họp.\n".encode()], format="markdown"
    )
    assert first == "Съезд Коммунистической партии Вьетнама завтра."
    assert second == "Съезд КПВ завтра."
