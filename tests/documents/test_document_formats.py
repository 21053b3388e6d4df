"""What every document format must keep, whatever is registered."""

from __future__ import annotations

import json
import pickle
import re
from html import escape
from pathlib import Path

import pytest

from mtkit import registry
from mtkit.documents.base import DocumentFormat, create_format
from mtkit.documents.skeleton import on_one_line
from mtkit.errors import FormatError
from mtkit.scoring.bilingual_files import read_bilingual
from mtkit.types import Document

SENTENCES = (
    "The committee met in Hanoi on 23 January. It adopted Decision 57-NQ/TW!",
    "Hội nghị bàn về kinh tế số. Đại biểu đến từ TP. Huế.",
    'He said: "Prices rose 3.5% & fell" <again>',
    "Emoji 👩‍👩‍👧 and flags 🇻🇳 stay in the text",
    "RTL words שלום עולم stand here too",
    "Tabs and [brackets] and * stars * and under_scores and `ticks",
    "It's a 'quoted' back\\slash | pipe # hash ~tilde~ {brace}",
    "Ends with an ampersand &amp; not an entity &",
    "Tie\u0302\u0301ng Vie\u0323\u0302t written in decomposed letters",
)


def xliff(texts: list[str] | tuple[str, ...]) -> str:
    units = "".join(
        f'<trans-unit id="{number}"><source>{escape(text, quote=False)}</source></trans-unit>\n'
        for number, text in enumerate(texts)
    )
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" '
        f'datatype="plaintext"><body>\n{units}</body></file></xliff>\n'
    )


def tmx(texts: list[str] | tuple[str, ...]) -> str:
    units = "".join(f"<tu><tuv><seg>{escape(text, quote=False)}</seg></tuv></tu>\n" for text in texts)
    return f'<tmx version="1.4"><header srclang="*all*"/><body>\n{units}</body></tmx>\n'


def po(texts: list[str] | tuple[str, ...]) -> str:
    written = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "".join(f'msgid "{text}"\nmsgstr ""\n\n' for text in written)


def cues(texts: list[str] | tuple[str, ...]) -> str:
    return "".join(
        f"{number}\n00:{number:02}:00,000 --> 00:{number:02}:59,000\n{text}\n\n"
        for number, text in enumerate(texts, 1)
    )


def csv(texts: list[str] | tuple[str, ...]) -> str:
    quoted = (text.replace('"', '""') for text in texts)
    return "id,text\n" + "".join(f'7,"{text}"\n' for text in quoted)


WRITERS = {
    "text": lambda texts: "\n".join(texts) + "\n",
    "jsonl": lambda texts: "".join(json.dumps({"id": 1, "text": text}) + "\n" for text in texts),
    "tsv": lambda texts: "text\tid\n" + "".join(f"{text}\t7\n" for text in texts),
    "markdown": lambda texts: "".join(f"{text}\n\n" for text in texts),
    "html": lambda texts: (
        "<html lang='en'><body>\n" + "".join(f"<p>{text}</p>\n" for text in texts) + "</body></html>\n"
    ),
    "xliff": xliff,
    "tmx": tmx,
    "po": po,
    "srt": cues,
    "vtt": lambda texts: "WEBVTT\n\n" + cues([escape(text, quote=False) for text in texts]),
    "csv": csv,
    "json": lambda texts: json.dumps(
        {"items": [{"id": 1.0, "text": text} for text in texts]}, ensure_ascii=False, indent=1
    ),
}

FILES = Path(__file__).parent / "examples"
EXAMPLES = {
    "text": [
        "A headline\r\n\r\n  Indented line. Two sentences.  \r\n\r\n- first\r\n12. second\r\nlast, no end",
        "old Mac\rline ends\r\r",
        "one\u2028line\x0band\x85more\n",
        "no letters: 👍 …\n***\n",
    ],
    "jsonl": [
        '{"id": 1.50, "text": "One.  Two.\\nThree", "k": [1, {"a": null}]}\r\n\n"bare \\u00e9"\n',
        '{ "text" : "x" , "translation" : {"old": 1} , "z":0 }\n{"text":""}\n{"text":null}',
    ],
    "tsv": ['One. Two.\tb\r\n\r\n\t1 empty first\nlast of three "quoted\t\tx'],
    "markdown": [
        (FILES / "everything.md").read_text(encoding="utf-8"),
        '+++\ntitle = "TOML title"\n+++\ntext\r\nin CRLF\r\n\r\n* * *\r\n',
        "a\rb\r\r# c\r",
        "no end",
    ],
    "html": [
        (FILES / "everything.html").read_text(encoding="utf-8"),
        "fragment only &lt;b&gt; text",
        "<p>Broken <b>bold <i>both</b> after</i> <a href='x>y' text",
        "1 < 2 and a <b",
        "</div></p>x<",
        "<p>unclosed <!-- comment",
    ],
    "xliff": [
        (FILES / "everything.xlf").read_text(encoding="utf-8"),
        (FILES / "everything2.xlf").read_text(encoding="utf-8"),
    ],
    "tmx": [(FILES / "everything.tmx").read_text(encoding="utf-8")],
    "po": [(FILES / "everything.po").read_text(encoding="utf-8"), 'msgid "no line end"\nmsgstr ""'],
    "srt": [
        (FILES / "everything.srt").read_text(encoding="utf-8"),
        "00:01.0-->00:02.0\nno number\n\n\nwith a blank line",
    ],
    "vtt": [(FILES / "everything.vtt").read_text(encoding="utf-8"), "WEBVTT", "WEBVTT\n\n\n"],
    "csv": [
        'id;title;body\r\n1;"One; ""two"". Three.";plain\r\n\r\n2;;"a\r\nb"',
        'text\n"one"\n\ntwo\n',
        "body\tid\nOne\t1\nTwo\t2\n",
    ],
    "json": [
        '{ "title" : "One.  Two.\\nThree \\u00e9\\/", '
        '"z":[1.50, {"text":null,"TEXT":"no"}],\r\n"text":["a",[]]}',
        '"bare \\u00e9"\n',
        '[ "one", 2, ["three"] ]',
        '{"text": "\\ud83d\\udc4d one"}',
    ],
}
IN_PLACE = {"text", "markdown", "html", "srt", "vtt", "csv", "json"}
"""Formats whose targets take the place of their sources; elsewhere they stand beside them."""
KEEPS_THE_MARK = {"csv", "srt", "vtt", "xliff", "tmx"}
"""Formats whose programs tell the encoding by a byte order mark, or that are kept to the byte."""
PACKAGES = {"docx", "odt"}
"""ZIP archives; what they must keep is tested with them."""

FORMATS = [name for name in registry.names("formats") if name not in PACKAGES]


@pytest.fixture(params=FORMATS)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def read(name: str, text: str, src_lang: str = "en") -> tuple[DocumentFormat, Document]:
    kind = create_format(name)
    return kind, kind.read(text.encode(), f"article{kind.suffixes[0]}", src_lang, "ru")


def inputs(name: str) -> list[str]:
    return [*EXAMPLES[name], WRITERS[name](SENTENCES), *(WRITERS[name]([text]) for text in SENTENCES)]


def upper(document: Document) -> dict[str, str]:
    return {segment.id: segment.source.upper() for segment in document.segments}


def test_follows_the_protocol(name: str) -> None:
    kind = create_format(name)
    assert isinstance(kind, DocumentFormat)
    assert kind.name == name
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in kind.suffixes)


def test_without_targets_every_byte_comes_back(name: str) -> None:
    for text in inputs(name):
        kind, document = read(name, text)
        assert kind.write(document, {}).decode() == text


def test_crlf_comes_back(name: str) -> None:
    text = WRITERS[name](SENTENCES).replace("\n", "\r\n")
    kind, document = read(name, text)
    assert kind.write(document, {}).decode() == text


def test_a_byte_order_mark_stays_where_programs_need_it(name: str) -> None:
    text = WRITERS[name](SENTENCES)
    kind = create_format(name)
    document = kind.read(b"\xef\xbb\xbf" + text.encode(), "article", "en", "ru")
    mark = "\ufeff" if name in KEEPS_THE_MARK else ""
    assert kind.write(document, {}).decode() == mark + text
    assert kind.write(document, upper(document)).decode().startswith("\ufeff") == bool(mark)


def test_utf16_comes_back_in_utf8(name: str) -> None:
    text = WRITERS[name](SENTENCES[:-1])
    kind = create_format(name)
    document = kind.read(text.encode("utf-16"), "article", "en", "ru")
    assert kind.write(document, {}).decode() == text


def test_segments_are_unique_composed_and_trimmed(name: str) -> None:
    for text in inputs(name):
        _, document = read(name, text)
        ids = [segment.id for segment in document.segments]
        assert len(set(ids)) == len(ids)
        for segment in document.segments:
            assert segment.source == segment.source.strip()
            assert any(map(str.isalnum, segment.source))
            assert "\n" not in segment.source
            assert (segment.src_lang, segment.tgt_lang) == ("en", "ru")
    _, document = read(name, WRITERS[name](SENTENCES))
    assert "Tiếng Việt written in decomposed letters" in [segment.source for segment in document.segments]


def test_every_sentence_is_a_segment(name: str) -> None:
    _, document = read(name, WRITERS[name](SENTENCES[:2]))
    assert [segment.source for segment in document.segments] == [
        "The committee met in Hanoi on 23 January.",
        "It adopted Decision 57-NQ/TW!",
        "Hội nghị bàn về kinh tế số.",
        "Đại biểu đến từ TP. Huế.",
    ]
    assert document.segments[1].context == (document.segments[0].source,)
    assert document.segments[0].context == ()


def test_targets_stand_where_their_sources_stood(name: str) -> None:
    """Reading the translated file again finds the targets, in order, and none of them twice."""
    for text in inputs(name):
        kind, document = read(name, text)
        targets = upper(document)
        written = kind.write(document, targets).decode()
        if name not in IN_PLACE:
            continue
        _, again = read(name, written)
        assert [segment.source for segment in again.segments] == [
            on_one_line(targets[segment.id]) for segment in document.segments
        ], text
        assert kind.write(again, upper(again)).decode() == written


@pytest.mark.parametrize("name", ["xliff", "tmx", "po"])
def test_targets_stand_beside_their_sources(name: str) -> None:
    """Nothing is left to translate, the sources stay, and other readers find the targets."""
    for text in inputs(name):
        kind, document = read(name, text)
        targets = upper(document)
        written = kind.write(document, targets)
        again = kind.read(written, "article", "en", "ru")
        assert again.segments == ()
        assert kind.write(again, {}) == written
        suffix = kind.suffixes[0]
        column = "ru" if name == "tmx" else "target"
        found = " ".join(read_bilingual(written, "article", suffix, column, "target"))
        for target in targets.values():
            words = [word for word in re.findall(r"\w+", target) if word not in ("B", "I", "A", "PICTURE")]
            assert set(words) <= set(re.findall(r"\w+", found)) | {"121", "123", "125", "NEW", "FILES"}
        sources = read_bilingual(written, "article", suffix, "en" if name == "tmx" else "source", "source")
        assert sources == read_bilingual(
            text.encode(), "article", suffix, sources and ("en" if name == "tmx" else "source"), "source"
        )


def test_one_target_changes_one_sentence(name: str) -> None:
    texts = [f"Sentence number {word} stands here." for word in ("one", "two", "three")]
    kind, document = read(name, WRITERS[name](texts))
    written = kind.write(document, {document.segments[1].id: "Второе предложение."}).decode()
    assert "Второе предложение." in written
    assert written.count("number one") >= 1
    assert written.count("number three") >= 1


def test_a_blank_target_never_deletes_a_sentence(name: str) -> None:
    text = WRITERS[name](SENTENCES)
    kind, document = read(name, text)
    written = kind.write(document, dict.fromkeys(upper(document), " ")).decode()
    for segment in document.segments:
        kind = create_format(name, {"column": 1} if name == "tsv" else None)
        again = kind.read(written.encode(), f"article{kind.suffixes[0]}", "en", "ru")
        assert segment.source in [other.source for other in again.segments]


def test_nasty_targets_are_text_and_not_markup(name: str) -> None:
    nasty = "<b>&amp; \"q\" 'a' | # *x* _y_ [l](u) `c` \\ ~~s~~ 1. <!-- --> ![i](j)"
    for target in (nasty, f"# {nasty}", f"- {nasty}", f"1. {nasty}", f"> {nasty}", f"{nasty}!"):
        kind, document = read(name, WRITERS[name](["Plain words here", "More words there"]))
        targets = {segment.id: target for segment in document.segments}
        _, again = read(name, kind.write(document, targets).decode())
        text = "\n".join(segment.source for segment in again.segments)
        if name in ("text", "markdown", "html"):
            assert text.count("[l](u)") == 2
            assert text.count("<b>&amp;") == 2


def test_line_breaks_in_a_target_do_not_add_lines(name: str) -> None:
    kind, document = read(name, WRITERS[name](["Plain words here", "More words there"]))
    written = kind.write(document, {segment.id: "a\r\nb\u2028c\n\nd" for segment in document.segments})
    if name not in ("html", "po"):
        assert written.count(b"\n") == WRITERS[name](["a", "b"]).count("\n")


@pytest.mark.parametrize("text", ["", "\n", "  \n\n"])
def test_an_empty_file_is_an_empty_document(name: str, text: str) -> None:
    kind, document = read(name, text, src_lang="auto")
    assert document.segments == ()
    assert kind.write(document, {}).decode() == text


def test_nul_is_refused(name: str) -> None:
    with pytest.raises(FormatError, match="NUL"):
        read(name, WRITERS[name](["first", "with \0 inside"]))


def test_windows_1251_is_refused_with_its_line(name: str) -> None:
    kind = create_format(name)
    raw = (
        WRITERS[name](["Plain words", "Съезд открылся в среду"]).encode("cp1251")
        if name != "jsonl"
        else ('"Plain words"\n"Съезд открылся в среду"\n'.encode("cp1251"))
    )
    with pytest.raises(FormatError, match="UTF-8") as caught:
        kind.read(raw, "article", "en", "ru")
    assert caught.value.line is not None


@pytest.mark.parametrize(("name", "size"), [("text", 5_000_000), *((name, 500_000) for name in FORMATS)])
def test_one_very_long_line(name: str, size: int) -> None:
    sentence = "The committee met in Hanoi on Monday and adopted a plan for the next five years. "
    count = size // len(sentence)
    text = WRITERS[name]([sentence * count])
    kind, document = read(name, text)
    assert len(document.segments) == count
    assert kind.write(document, {}).decode() == text
    translated = kind.write(document, {segment.id: "Перевод." for segment in document.segments}).decode()
    assert translated.count("Перевод.") == count


def test_documents_travel_between_processes(name: str) -> None:
    kind, document = read(name, EXAMPLES[name][0])
    again = pickle.loads(pickle.dumps(document))
    assert kind.write(again, upper(again)) == kind.write(document, upper(document))


def test_the_language_is_decided_once(name: str) -> None:
    vietnamese = "Hội nghị Trung ương đã thông qua nghị quyết về phát triển kinh tế của đất nước."
    _, document = read(name, WRITERS[name]([vietnamese, "Hello"]), src_lang="auto")
    assert {segment.src_lang for segment in document.segments} == {"vi"}


def test_an_undecidable_language_asks_for_from(name: str) -> None:
    with pytest.raises(FormatError, match="--from"):
        read(name, WRITERS[name](["Ω" * 40]), src_lang="auto")
