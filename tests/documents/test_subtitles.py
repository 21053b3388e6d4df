from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtkit.documents.base import create_format
from mtkit.documents.cue_lines import LINE_LENGTH, wrap
from mtkit.errors import FormatError, InputError
from mtkit.types import Document, Span

quick = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ONE, TWO, THREE = (f"00:00:0{n},000 --> 00:00:0{n},900" for n in (1, 2, 3))


def read(text: str, name: str = "srt") -> Document:
    return create_format(name).read(text.encode(), f"a.{name}", "en", "ru")


def sources(text: str, name: str = "srt") -> list[str]:
    return [segment.source for segment in read(text, name).segments]


def translate(text: str, *targets: str, name: str = "srt") -> str:
    """The file with these targets in order, or with sources in capitals."""
    document = read(text, name)
    texts = targets or tuple(segment.source.upper() for segment in document.segments)
    by_id = {s.id: text for s, text in zip(document.segments, texts, strict=True)}
    return create_format(name).write(document, by_id).decode()


def test_the_lines_of_a_cue_are_one_text() -> None:
    text = f"1\n{ONE}\nThe plan\nis ready.\n\n2\n{TWO}\nIt begins. Now.\n"
    assert sources(text) == ["The plan is ready.", "It begins.", "Now."]
    assert translate(text) == f"1\n{ONE}\nTHE PLAN IS READY.\n\n2\n{TWO}\nIT BEGINS. NOW.\n"


def test_long_targets_are_wrapped_in_lines_of_about_equal_length() -> None:
    target = "Комитет собрался в Ханое в понедельник и принял план на пять лет"
    written = translate(f"1\n{ONE}\nShort.\n", target)
    assert written == f"1\n{ONE}\nКомитет собрался в Ханое\nв понедельник и принял план на пять лет\n"


def test_a_line_of_a_dialogue_stays_a_line() -> None:
    text = f"1\n{ONE}\n- Is it done?\n<i>– Not yet,\nI think.</i>\n"
    assert sources(text) == ["Is it done?", "Not yet, I think."]
    assert translate(text) == f"1\n{ONE}\n- IS IT DONE?\n<i>– NOT YET, I THINK.</i>\n"


def test_a_sentence_over_cues_is_one_and_is_parted_again() -> None:
    text = (
        f"1\n{ONE}\nThe committee met\n\n2\n{TWO} X1:40\nin the capital\n\n3\n{THREE}\nyesterday. It ended.\n"
    )
    assert sources(text) == ["The committee met in the capital yesterday.", "It ended."]
    written = translate(text, "Комитет собрался в столице вчера.", "Он завершился.")
    assert written == (
        f"1\n{ONE}\nКомитет собрался\n\n2\n{TWO} X1:40\nв столице\n\n3\n{THREE}\nвчера. Он завершился.\n"
    )


def test_an_alignment_does_not_move_times() -> None:
    text = f"1\n{ONE}\none two\n\n2\n{TWO}\nthree four\n\n3\n{THREE}\nfive six.\n"
    document = read(text)
    (segment,) = document.segments
    assert segment.source == "one two three four five six."
    crossed = ((Span(8, 13), Span(19, 22)), (Span(19, 23), Span(0, 4)))
    target = "пять шесть раз два три четыре."
    written = create_format("srt").write(document, {segment.id: target}, {segment.id: crossed}).decode()
    assert re.findall(r"\d+\n.*-->.*\n", written) == [
        f"{n}\n{t}\n" for n, t in enumerate((ONE, TWO, THREE), 1)
    ]
    assert " ".join(re.sub(r"\d+\n.*-->.*\n", "", written).split()) == target


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("The committee met", "in Hanoi.", True),
        ("He came,", "and he saw.", True),
        ("We met President", "Ho Chi Minh.", True),
        ("The end.", "in Hanoi.", False),
        ("He came,", "Anna saw.", False),
        ("Is it", "- no", False),
        ("(applause)", "in Hanoi.", False),
        ("He said…", "nothing.", False),
    ],
)
def test_which_cues_share_a_sentence(first: str, second: str, joined: bool) -> None:
    other = f"3\n{THREE}\nAnother one.\n"
    found = sources(f"1\n{ONE}\n{first}\n\n2\n{TWO}\n{second}\n\n{other}")
    assert (f"{first} {second}" in found) == joined


def test_cues_without_any_punctuation_are_joined_in_lower_case_only_and_not_without_end() -> None:
    times = [f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n" for n in range(1, 10)]
    assert len(sources("\n".join(f"{time}Line Of A Song\n" for time in times))) == 9
    assert len(sources("\n".join(f"{time}words go on\n" for time in times))) == 3


def test_no_cue_is_left_empty() -> None:
    text = f"1\n{ONE}\nThe committee met\n\n2\n{TWO}\nin Hanoi\n\n3\n{THREE}\nyesterday.\n"
    assert translate(text, "Раз два") == f"1\n{ONE}\nРаз\n\n2\n{TWO}\nдва\n\n3\n{THREE}\n…\n"


def test_codes() -> None:
    text = f'1\n{ONE}\n{{\\an8}}<i>One <font color="red">two</font></i> <3\n'
    assert sources(text) == ["One two <3"]
    assert translate(text) == f'1\n{ONE}\n{{\\an8}}<i>ONE <font color="red">TWO</font></i> <3\n'
    assert "--> x" not in translate(f"1\n{ONE}\nOne\n", "a --> x")


def test_webvtt() -> None:
    text = (
        "WEBVTT\nKind: captions\n\nNOTE\nOne.\n\nSTYLE\n::cue {}\n\nan id\n00:01.000 --> 00:02.000 line:0\n"
        "<v Anna>One &amp; <c.x>two</c> <00:01.500>three &lt;\n\nREGION\nid:x\n"
    )
    assert sources(text, "vtt") == ["One & two three <"]
    assert translate(text, "раз & два три <", name="vtt") == text.replace(
        "<v Anna>One &amp; <c.x>two</c> <00:01.500>three &lt;",
        "<v Anna>раз &amp; <c.x>два</c> <00:01.500>три &lt;",
    )


def test_loose_files() -> None:
    without_numbers = f"{ONE}\nOne.\n{TWO}\nTwo.\n"
    assert translate(without_numbers) == f"{ONE}\nONE.\n{TWO}\nTWO.\n"
    blank_inside = f"1\r\n{ONE}\r\nOne.\r\n\r\nTwo.\r\n\r\n2\r\n{TWO}\r\n12\r\n"
    assert sources(blank_inside) == ["One.", "Two.", "12"]
    assert translate(blank_inside) == blank_inside.replace("One", "ONE").replace("Two", "TWO")
    untouched = f"1\n{ONE}\n  odd   layout \n kept\n"
    assert create_format("srt").write(read(untouched), {"9": "x"}).decode() == untouched


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("srt", "Hello\n", 1),
        ("srt", f"1\n{ONE}\nOne\n\n2\n00:00:02,000 -> 00:00:03,000\nTwo\n", 6),
        ("srt", f"1\n{ONE}\nOne\n00:2 --> 00:3\n", 4),
        ("vtt", f"1\n{ONE}\nOne\n", 1),
    ],
)
def test_what_cannot_be_read_is_named(name: str, text: str, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        read(text, name)
    assert caught.value.line == line


@quick
@given(st.lists(st.text("абв<>/i -", min_size=1, max_size=60), max_size=12).map(" ".join))
def test_wrapping_keeps_the_words(text: str) -> None:
    lines = wrap(text)
    assert " ".join(lines).split() == text.split()
    for line in lines:
        visible = re.sub(r"<[^<>]*>", "", line)
        assert len(visible) <= LINE_LENGTH or len(visible.split()) == 1 or "<" in line


CUE_TEXT = st.lists(
    st.sampled_from(
        ["word ", "goes on ", "End. ", "\n", "- ", "<i>", "</i>", "{\\an8}", "é", "12", ", ", "♪"]
    ),
    max_size=8,
).map("".join)


@quick
@given(st.lists(CUE_TEXT, max_size=6), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["srt", "vtt"]))
def test_times_and_words_stay(texts: list[str], end: str, name: str) -> None:
    head = "WEBVTT\n\n" if name == "vtt" else ""
    cues = "\n".join(
        f"{n}\n00:00:{n:02}.000 --> 00:00:{n:02}.900\n{text}\n" for n, text in enumerate(texts, 1)
    )
    text = (head + cues).replace("\n", end)
    document = read(text, name)
    assert create_format(name).write(document, {}).decode() == text
    written = translate(text, name=name)
    assert [line for line in written.split(end) if "-->" in line] == [
        line for line in text.split(end) if "-->" in line
    ]
    letters = [sorted(re.sub(r"\s", "", each.upper().replace("WEBVTT", ""))) for each in (text, written)]
    assert letters[0] == letters[1]


@quick
@given(st.text("0123:,.-> \nWEBVTTab<>{}\\", max_size=80))
def test_rubbish_is_refused_in_one_sentence(text: str) -> None:
    for name in ("srt", "vtt"):
        for content in (text, f"WEBVTT\n\n{ONE}\n{text}"):
            try:
                translate(content, name=name)
            except InputError as error:
                assert "\n" not in str(error)
