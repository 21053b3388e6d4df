from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from mtkit.documents.tmx import TmxFormat
from mtkit.errors import FormatError, InputError

quick = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def memory(units: str, srclang: str = "en-US") -> str:
    return (
        '<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="x" '
        f'adminlang="en" srclang="{srclang}" datatype="plaintext"/><body>{units}</body></tmx>'
    )


def translate(text: str, src_lang: str = "auto") -> str:
    document = TmxFormat().read(text.encode(), "a.tmx", src_lang, "ru")
    return TmxFormat().write(document, {s.id: s.source.upper() for s in document.segments}).decode()


def tuv(lang: str, text: str) -> str:
    return f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>'


def test_the_target_is_the_last_variant_of_its_unit() -> None:
    text = memory(f"\n <tu>\n  {tuv('en', 'One &amp; <hi>two</hi>.')}\n  {tuv('de', 'Eins')}\n </tu>\n")
    new = '<tuv xml:lang="ru" creationtool="mtkit"><seg>ONE &amp; <hi>TWO</hi>.</seg></tuv>'
    assert translate(text) == text.replace("Eins</seg></tuv>", f"Eins</seg></tuv>\n  {new}")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('A <bpt i="1">{b}</bpt>b<ept i="1">{/b}</ept> c', 'A <bpt i="1">{b}</bpt>B<ept i="1">{/b}</ept> C'),
        ('A <ph x="1">{0}</ph> b', 'A <ph x="1">{0}</ph> B'),
        ('A <it pos="begin">x</it> b', 'A <it pos="begin">x</it> B'),
        ("A <ut>x</ut> b", "A <ut>x</ut> B"),
        ("A <ph><sub>text</sub></ph> b", "A <ph><sub>TEXT</sub></ph> B"),
    ],
)
def test_inline_codes_come_back(source: str, expected: str) -> None:
    assert f"<seg>{expected}</seg>" in translate(memory(f"<tu>{tuv('en', source)}</tu>"))


def test_an_empty_target_is_filled_and_a_full_one_kept() -> None:
    text = memory(
        f"<tu>{tuv('RU-ru', '')}{tuv('en', 'One')}</tu><tu>{tuv('en', 'Two')}{tuv('ru', 'Два')}</tu>"
    )
    assert translate(text) == text.replace("<seg></seg>", "<seg>ONE</seg>")


@pytest.mark.parametrize(
    ("units", "srclang", "src_lang", "sources"),
    [
        (tuv("en", "One") + tuv("vi", "Một"), "en", "auto", ["One"]),
        (tuv("en", "One") + tuv("vi", "Một"), "en", "vi", ["Một"]),
        (tuv("ru", "") + tuv("vi", "Một"), "*all*", "vi", ["Một"]),
        (tuv("fr", "Un"), "en", "auto", []),
    ],
)
def test_which_variant_is_the_source(units: str, srclang: str, src_lang: str, sources: list[str]) -> None:
    document = TmxFormat().read(memory(f"<tu>{units}</tu>", srclang).encode(), "a.tmx", src_lang, "ru")
    assert [segment.source for segment in document.segments] == sources
    if src_lang == "auto" and sources:
        assert document.segments[0].src_lang == "en"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("<tmx>\n<body></tmx>", 2, "not well-formed XML"),
        ("<xliff/>", 1, "its root is 'xliff', not tmx"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', 1, "an entity of its own, a."),
    ],
)
def test_what_cannot_be_read_is_named(text: str, line: int, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        translate(text)
    assert said in str(caught.value)
    assert caught.value.line == line


def test_utf16_as_windows_tools_write_it() -> None:
    raw = ('<?xml version="1.0" encoding="UTF-16"?>\r\n' + memory(f"<tu>{tuv('en', 'One')}</tu>")).encode(
        "utf-16"
    )
    document = TmxFormat().read(raw, "a.tmx", "auto", "ru")
    assert TmxFormat().write(document, {}) == raw
    written = TmxFormat().write(document, {document.segments[0].id: "Раз"})
    assert [seg.text for seg in etree.fromstring(written).iter("seg")] == ["One", "Раз"]


@quick
@given(
    st.lists(
        st.lists(
            st.sampled_from(["word ", "Two. ", "&amp;", "<ph>x</ph>", "<hi>b</hi>", "\n", " ", "é"]),
            max_size=6,
        ).map("".join),
        max_size=4,
    )
)
def test_whatever_stands_in_a_unit_comes_back(texts: list[str]) -> None:
    text = memory("".join(f"<tu>{tuv('en', each)}</tu>" for each in texts))
    document = TmxFormat().read(text.encode(), "a.tmx", "en", "ru")
    assert TmxFormat().write(document, {}).decode() == text
    for unit in etree.fromstring(translate(text, "en").encode()).iter("tu"):
        segs = list(unit.iter("seg"))
        if len(segs) == 2:
            assert [code.tag for code in segs[0].iter()] == [code.tag for code in segs[1].iter()]


@quick
@given(st.text("<>/&;'\"=!tmxuvseg \n", max_size=60), st.binary(max_size=30))
def test_rubbish_is_refused_in_one_sentence(text: str, raw: bytes) -> None:
    for content in (text.encode(), raw, f"<tmx>{text}</tmx>".encode()):
        try:
            TmxFormat().read(content, "a.tmx", "en", "ru")
        except InputError as error:
            assert "\n" not in str(error)
