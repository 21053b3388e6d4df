from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from mtkit.documents.base import render_translations
from mtkit.documents.xliff import XliffFormat
from mtkit.errors import FormatError, InputError
from mtkit.types import Document, MemoryEntry, Origin, Segment, Translation

EXAMPLES = Path(__file__).parent / "examples"
HEAD = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">'
    '<file original="a" source-language="en" datatype="plaintext"><body>'
)
TAIL = "</body></file></xliff>"
HEAD_2 = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en"><file id="f">'
TAIL_2 = "</file></xliff>"
quick = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def read(text: str | bytes, src_lang: str = "auto") -> Document:
    return XliffFormat().read(text.encode() if isinstance(text, str) else text, "a.xlf", src_lang, "ru")


def translate(text: str) -> str:
    document = read(text)
    targets = {segment.id: segment.source.upper() for segment in document.segments}
    return XliffFormat().write(document, targets).decode()


def unit(inner: str, attributes: str = "") -> str:
    return f'{HEAD}<trans-unit id="1"{attributes}>{inner}</trans-unit>{TAIL}'


def target(text: str) -> str:
    """The first target element of a translated file as it is written."""
    written = translate(text)
    begin = written.index("<target")
    return written[begin : written.index("</target>", begin) + len("</target>")]


def texts(document: Document) -> list[str]:
    return [segment.source for segment in document.segments]


MT = '<target state="needs-review-translation" state-qualifier="mt-suggestion">'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One &amp; two &lt;3", "ONE &amp; TWO &lt;3"),
        ('Press <g id="1">the button</g> now', 'PRESS <g id="1">THE BUTTON</g> NOW'),
        ('<g id="1">All of it</g>', '<g id="1">ALL OF IT</g>'),
        ('A <x id="1"/> b', 'A <x id="1"/> B'),
        ('A <bx id="1"/>b<ex id="1"/> c', 'A <bx id="1"/>B<ex id="1"/> C'),
        (
            'A <bpt id="1">&lt;b&gt;</bpt>b<ept id="1">&lt;/b&gt;</ept> c',
            'A <bpt id="1">&lt;b&gt;</bpt>B<ept id="1">&lt;/b&gt;</ept> C',
        ),
        ('A <it id="1" pos="open">[b]</it> b', 'A <it id="1" pos="open">[b]</it> B'),
        ('A <ph id="1">[<sub>text</sub>]</ph> b', 'A <ph id="1">[<sub>TEXT</sub>]</ph> B'),
        ('A <mrk mtype="term">b</mrk> c', 'A <mrk mtype="term">B</mrk> C'),
        ('A <mrk mtype="protected">b</mrk> c', 'A <mrk mtype="protected">b</mrk> C'),
        ("A &lt;b&gt;bold&lt;/b&gt; word", "A &lt;b&gt;BOLD&lt;/b&gt; WORD"),
        ("<![CDATA[A <b>bold</b> & word]]>", "A &lt;b&gt;BOLD&lt;/b&gt; &amp; WORD"),
        ("One. Two.", "ONE. TWO."),
        ("<!-- c -->One", "ONE"),
    ],
)
def test_inline_codes_come_back(source: str, expected: str) -> None:
    assert target(unit(f"<source>{source}</source>")) == f"{MT}{expected}</target>"


@pytest.mark.parametrize(
    "code",
    [
        '<x id="1" ctype="lb"/>',
        '<x id="1" ctype="x-tab"/>',
        '<x id="1" equiv-text="&lt;br/&gt;"/>',
        '<ph id="1">&lt;br&gt;</ph>',
        '<ph id="1" type="fmt" subType="xlf:lb"/>',
    ],
)
@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("click here{}and wait", ["click here and wait"]),
        ("click here {}and wait", ["click here and wait"]),
        ("Hanoi{}Our man reports", ["Hanoi", "Our man reports"]),
        ("<mrk>One.{}two</mrk>", ["One.", "two"]),
    ],
)
def test_a_code_that_shows_as_white_space_parts_words(code: str, text: str, sources: list[str]) -> None:
    written = unit(f"<source>{text.format(code)}</source>")
    document = read(written)
    assert [segment.source for segment in document.segments] == sources
    assert XliffFormat().write(document, {}).decode() == written
    assert target(written).count(code) == 1


def test_any_other_code_parts_no_words() -> None:
    (segment,) = read(unit('<source>foot<x id="1" ctype="image"/>ball</source>')).segments
    assert segment.source == "football"


@pytest.mark.parametrize(
    ("inner", "attributes"),
    [
        ("<source>One</source><target>Раз</target>", ""),
        ("<source>One</source>", ' translate="no"'),
        ("<source>One</source>", ' approved="yes"'),
        *(
            (f'<source>One</source><target state="{state}">One</target>', "")
            for state in ("translated", "needs-review-translation", "final", "signed-off")
        ),
        ("<source/>", ""),
        ("<note>nothing</note>", ""),
    ],
)
def test_what_is_done_or_not_for_translation_stays(inner: str, attributes: str) -> None:
    text = unit(inner, attributes)
    assert read(text).segments == ()
    assert XliffFormat().write(read(text), {"x": "y"}).decode() == text.replace(
        'datatype="plaintext"', 'datatype="plaintext" target-language="ru"'
    )


@pytest.mark.parametrize(
    "old",
    [
        "",
        "<target/>",
        "<target></target>",
        "<target> </target>",
        "<target>One</target>",
        '<target state="new">Другое</target>',
        '<target state="needs-translation">One</target>',
    ],
)
def test_a_waiting_unit_gets_its_target(old: str) -> None:
    written = translate(unit(f"<source>One</source>{old}<note>n</note>"))
    assert f"<source>One</source>{target(unit(f'<source>One</source>{old}'))}<note>n</note>" in written
    assert 'state="needs-review-translation"' in written
    assert 'state-qualifier="mt-suggestion"' in written
    assert ">ONE</target>" in written


def test_attributes_of_a_target_stay_with_their_quotes() -> None:
    old = "<target xml:lang='ru' state='new' resname=\"a &amp; b\">One</target>"
    assert target(unit(f"<source>One</source>{old}")) == (
        "<target xml:lang='ru' state='needs-review-translation' resname=\"a &amp; b\""
        ' state-qualifier="mt-suggestion">ONE</target>'
    )


def test_a_target_gets_the_indentation_of_its_source() -> None:
    text = f'{HEAD}\r\n  <trans-unit id="1">\r\n    <source>One</source>\r\n  </trans-unit>\r\n{TAIL}'
    assert f"<source>One</source>\r\n    {MT}ONE</target>\r\n  </trans-unit>" in translate(text)


def test_segments_of_a_cat_tool() -> None:
    cut = '<mrk mtype="seg" mid="1">One one.</mrk> <mrk mtype="seg" mid="2">Two <g id="5">two</g>.</mrk>'
    source = f"<source>One one. Two two.</source><seg-source>{cut}</seg-source>"
    expected = '<mrk mtype="seg" mid="1">ONE ONE.</mrk> <mrk mtype="seg" mid="2">TWO <g id="5">TWO</g>.</mrk>'
    assert target(unit(source)) == f"{MT}{expected}</target>"
    half = '<target><mrk mtype="seg" mid="1">Раз <x id="9"/>раз.</mrk> <mrk mtype="seg" mid="2"/></target>'
    assert target(unit(source + half)) == (
        f'{MT}<mrk mtype="seg" mid="1">Раз <x id="9"/>раз.</mrk> '
        '<mrk mtype="seg" mid="2">TWO <g id="5">TWO</g>.</mrk></target>'
    )
    done = half.replace('mid="2"/>', 'mid="2">Два.</mrk>')
    assert read(unit(source + done)).segments == ()


def test_prefixes_and_foreign_elements() -> None:
    text = unit(
        '<source>One <sdl:x a="1">code</sdl:x> two</source><mq:ch xmlns:mq="m"><source>No</source></mq:ch>'
    )
    text = text.replace("<xliff ", '<xliff xmlns:sdl="s" ')
    assert target(text) == f'{MT}ONE <sdl:x a="1">code</sdl:x> TWO</target>'
    prefixed = (
        '<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><x:file original="a" '
        'source-language="en" datatype="x"><x:body><x:trans-unit id="1">'
        '<x:source>A <x:g id="1">b</x:g></x:source>'
        "</x:trans-unit></x:body></x:file></x:xliff>"
    )
    assert f'<x:{MT[1:]}A <x:g id="1">B</x:g></x:target>' in translate(prefixed)


def test_white_space() -> None:
    folded = unit("<source>\n  One\n  two  three\n</source>")
    assert texts(read(folded)) == ["One two three"]
    kept = unit("<source>One line\nanother line</source>", ' xml:space="preserve"')
    assert texts(read(kept)) == ["One line", "another line"]
    assert target(kept) == f"{MT}ONE LINE\nANOTHER LINE</target>"
    marked = unit('<source xml:space="preserve">One  two</source>')
    assert target(marked).startswith('<target xml:space="preserve" state=')


def test_version_2_states_and_scopes() -> None:
    text = (
        f'{HEAD_2}<unit id="u"><segment id="s"><source>One <pc id="1">two</pc> <ph id="2"/> three '
        '<sc id="3"/>four<ec startRef="3"/>.</source></segment><ignorable><source> </source></ignorable>'
        '<segment state="initial" subState="a:b"><source>Five</source><target>Было</target></segment>'
        "<segment><source>Six</source><target>Шесть</target></segment>"
        '<segment state="translated"><source>Seven</source><target>Seven</target></segment></unit>'
        '<group id="g" translate="no"><unit id="n"><segment><source>No</source></segment></unit>'
        '<unit id="y" translate="yes"><segment><source>Yes <mrk id="m" translate="no">x</mrk> yes</source>'
        f"</segment></unit></group>{TAIL_2}"
    )
    assert texts(read(text)) == ["One two three four.", "Five", "Yes yes"]
    written = translate(text)
    assert 'srcLang="en" trgLang="ru">' in written
    assert (
        '<segment id="s" state="translated" subState="mtkit:mt-suggestion"><source>One <pc id="1">two</pc> '
        '<ph id="2"/> three <sc id="3"/>four<ec startRef="3"/>.</source><target>ONE <pc id="1">TWO</pc> '
        '<ph id="2"/> THREE <sc id="3"/>FOUR<ec startRef="3"/>.</target></segment>'
    ) in written
    assert 'subState="mtkit:mt-suggestion"><source>Five</source><target>FIVE</target>' in written
    assert "<source>Six</source><target>Шесть</target>" in written
    assert '<segment state="translated"><source>Seven</source><target>Seven</target>' in written
    assert '<target>YES <mrk id="m" translate="no">x</mrk> YES</target>' in written
    assert "NO" not in written.replace("NOW", "")


@pytest.mark.parametrize("outer", ["file", "group", "unit", "segment"])
def test_what_translate_no_covers_stays(outer: str) -> None:
    text = '<group id="g"><unit id="u"><segment id="s"><source>One</source></segment></unit></group>'
    whole = f"{HEAD_2}{text}{TAIL_2}"
    left = whole.replace(f"<{outer} ", f'<{outer} translate="no" ')
    assert read(left).segments == ()
    assert XliffFormat().write(read(left), {"1": "x"}).decode() == left.replace(
        'srcLang="en"', 'srcLang="en" trgLang="ru"'
    )
    if outer in ("file", "group"):
        assert texts(read(left.replace("<unit ", '<unit translate="yes" '))) == ["One"]


def from_memory(segment: Segment, similarity: int) -> Translation:
    entry = MemoryEntry(
        source="An <old> one", target="Старое & «1»", similarity=similarity, document='a "b".tmx'
    )
    origin = Origin.TM_EXACT if similarity == 100 else Origin.TM_FUZZY
    return Translation(segment_id=segment.id, target=segment.source.upper(), origin=origin, entry=entry)


def by_engine(segment: Segment) -> Translation:
    return Translation(segment_id=segment.id, target=segment.source.upper(), origin=Origin.ENGINE)


def test_a_match_of_a_memory_stands_beside_its_target() -> None:
    text = unit('\n <source>One. Two <g id="1">b</g>.</source>\n <note>n</note>\n')
    document = read(text)
    first, second = document.segments
    alternative = (
        '\n <alt-trans match-quality="{}%" origin="a &quot;b&quot;.tmx"><source>An &lt;old&gt; one</source>'
        "<target>Старое &amp; «1»</target></alt-trans>"
    )
    for translations, qualifier, found in (
        ([from_memory(first, 100), from_memory(second, 100)], "exact-match", [100, 100]),
        ([from_memory(first, 100), from_memory(second, 87)], "fuzzy-match", [100, 87]),
        ([by_engine(first), from_memory(second, 87)], "mt-suggestion", [87]),
    ):
        written = render_translations(document, translations).decode()
        alternatives = "".join(alternative.format(similarity) for similarity in found)
        assert (
            f'state-qualifier="{qualifier}">ONE. TWO <g id="1">B</g>.</target>{alternatives}\n <note>'
            in written
        )
    assert render_translations(document, [from_memory(first, 100)]).decode().count("<target") == 0


def test_a_match_of_a_memory_points_to_its_segment() -> None:
    text = (
        f'{HEAD_2}<unit id="u"><notes><note id="s2">n</note></notes><segment><source>One.</source></segment>'
        '<segment id="x"><source>Two.</source></segment><segment><source>Three.</source></segment></unit>'
        '<unit id="v"><m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"><m:match ref="#y">'
        "<source>a</source><target>b</target></m:match></m:matches>"
        '<segment id="y"><source>Four.</source></segment></unit>'
        f'<unit id="w"><segment><source>Five.</source></segment></unit>{TAIL_2}'
    )
    document = read(text)
    one, two, three, four, five = document.segments
    translations = [
        from_memory(one, 100),
        from_memory(two, 87),
        by_engine(three),
        from_memory(four, 99),
        by_engine(five),
    ]
    root = etree.fromstring(render_translations(document, translations))
    units = root.findall(".//{*}unit")
    assert [len(each.findall("{*}matches")) for each in units] == [1, 1, 0]
    assert [each[0].tag.rpartition("}")[2] for each in units] == ["matches", "matches", "segment"]
    matches = root.findall(".//{*}match")
    assert [each.get("ref") for each in matches] == ["#s2_", "#x", "#y", "#y"]
    assert [each.get("matchQuality") for each in matches] == ["100", "87", None, "99"]
    assert [side.text for side in matches[0]] == ["An <old> one", "Старое & «1»"]
    segments = root.findall(".//{*}segment")
    assert [each.get("id") for each in segments] == ["s2_", "x", None, "y", None]
    kinds = ["tm", "tm", "mt", "tm", "mt"]
    assert [each.get("subState") for each in segments] == [f"mtkit:{kind}-suggestion" for kind in kinds]


@pytest.mark.parametrize("begins", ["<matches xmlns=", "<m:matches xmlns:m="])
@pytest.mark.parametrize("ends", ["/>", "><!-- none --></{}>"])
def test_matches_are_added_to_those_of_a_unit(begins: str, ends: str) -> None:
    name = begins[1:].partition(" ")[0]
    held = f'{begins}"urn:oasis:names:tc:xliff:matches:2.0"{ends.format(name)}'
    text = f'{HEAD_2}<unit id="u">{held}<segment id="s"><source>One.</source></segment></unit>{TAIL_2}'
    document = read(text)
    (segment,) = document.segments
    for translation, count in ((from_memory(segment, 100), 1), (by_engine(segment), 0)):
        root = etree.fromstring(render_translations(document, [translation]))
        (matches,) = root.findall(".//{urn:oasis:names:tc:xliff:matches:2.0}matches")
        assert len(matches.findall("{urn:oasis:names:tc:xliff:matches:2.0}match")) == count
        assert root.find(".//{*}segment/{*}target").text == "ONE."


@pytest.mark.parametrize("name", ["everything.xlf", "everything2.xlf"])
def test_targets_follow_sources_as_the_schemas_ask(name: str) -> None:
    raw = (EXAMPLES / name).read_bytes()
    document = read(raw)
    written = XliffFormat().write(document, {s.id: s.source.upper() for s in document.segments})
    before, after = etree.fromstring(raw), etree.fromstring(written)
    tags = {"g", "x", "bpt", "ept", "ph", "pc", "sc", "ec", "mrk"}
    for element in after.iter("{*}target"):
        parent = element.getparent()
        if parent.tag.endswith("alt-trans"):
            continue
        previous = element.getprevious()
        assert previous.tag.rpartition("}")[2] in ("source", "seg-source")
        if "mt-suggestion" in (element.get("state-qualifier") or parent.get("subState") or ""):
            codes = [
                sorted(
                    (e.tag, *e.attrib.values()) for e in side.iter() if str(e.tag).rpartition("}")[2] in tags
                )
                for side in (previous, element)
            ]
            assert codes[0] == codes[1]
    kept = [[element.text for element in side.iter("{*}source")] for side in (before, after)]
    assert kept[0] == kept[1]


def test_a_unit_with_a_failed_sentence_stays_as_it_was() -> None:
    document = read(unit("<source>One. Two.</source>"))
    first, _second = document.segments
    assert b"<target" not in XliffFormat().write(document, {first.id: "Раз."})


def test_languages() -> None:
    assert {s.src_lang for s in read(unit("<source>Một</source>").replace('"en"', '"vi-VN"')).segments} == {
        "vi"
    }
    assert {s.src_lang for s in read(unit("<source>Một</source>"), "vi").segments} == {"vi"}
    declared = unit("<source>One</source>").replace("datatype", 'target-language="ru-RU" datatype')
    assert translate(declared).count("target-language") == 1
    with pytest.raises(FormatError, match="its target language is 'fr', not ru"):
        read(unit("<source>One</source>").replace("datatype", 'target-language="fr" datatype'))


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1", "UTF-16", "utf-8"])
def test_the_encoding_that_a_file_declares_is_kept(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n' + unit("<source>Café déjà</source>")
    raw = text.encode(encoding)
    document = read(raw)
    assert texts(document) == ["Café déjà"]
    assert XliffFormat().write(document, {}) == raw
    written = XliffFormat().write(document, {document.segments[0].id: "Кафе"})
    assert etree.fromstring(written).find(".//{*}target").text == "Кафе"


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><xliff version="1.2"><file><body>'
    '<trans-unit id="1"><source>&b;</source></trans-unit></body></file></xliff>'
)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"{HEAD}\n<trans-unit>", 2, "not well-formed XML at column 13: no element found"),
        (f"{HEAD}\n\n<trans-unit id=1/>{TAIL}", 3, "not well-formed"),
        ("<tmx/>", 1, "its root is 'tmx', not xliff"),
        ('<xliff version="3.0"/>', 1, "XLIFF 3.0 is not known"),
        (BOMB, 1, "it defines an entity of its own, a."),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff/>', 1, "an entity of its own, a."),
        ('<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1/x">]><xliff/>', 1, "an entity of its own, a."),
        ('<!DOCTYPE x SYSTEM "x.dtd"><xliff version="1.2">&foo;</xliff>', 1, "an entity of its own, foo."),
        ('<?xml version="1.0" encoding="klingon"?><xliff/>', 1, "'klingon', which is not known"),
        ("plain text", 1, "not well-formed"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, line: int, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(text)
    assert said in str(caught.value)
    assert caught.value.line == line


def test_deep_and_wide_files_take_linear_time() -> None:
    deep = "<g id='1'>" * 3000 + "word" + "</g>" * 3000
    assert len(read(unit(f"<source>{deep} and more</source>")).segments) == 1
    wide = "".join(f'<trans-unit id="{n}"><source>Word {n}</source></trans-unit>' for n in range(5000))
    assert len(read(f"{HEAD}{wide}{TAIL}").segments) == 5000


PIECES = st.sampled_from(
    [
        "word ", "Two. ", "&amp;", "&lt;b&gt;", "&lt;/b&gt;", "\n", "  ", "e\u0301", "<x id='1'/>",
        "<!-- c -->", "<![CDATA[<i>]]>", "<ph id='2'>c<sub>sub text</sub></ph>", "&#x1F44D;",
        "%s", "<?pi x?>", "\r\n",
    ]
)  # fmt: skip


def nested(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inner = st.lists(children, max_size=5).map("".join)
    return st.one_of(
        inner.map(lambda text: f"<g id='3'>{text}</g>"),
        inner.map(lambda text: f'<mrk mtype="x-a">{text}</mrk>'),
        inner.map(lambda text: f'<mrk mtype="protected">{text}</mrk>'),
    )


SOURCE = st.lists(st.recursive(PIECES, nested, max_leaves=8), max_size=8).map("".join)


@quick
@given(st.lists(SOURCE, max_size=3), st.booleans())
def test_whatever_stands_in_a_source_comes_back(sources: list[str], preserve: bool) -> None:
    space = ' xml:space="preserve"' if preserve else ""
    units = "".join(f'<trans-unit id="1"{space}><source>{text}</source></trans-unit>' for text in sources)
    text = f"{HEAD}{units}{TAIL}"
    document = read(text)
    assert XliffFormat().write(document, {}).decode() == text
    plain = etree.XMLParser(remove_comments=True, remove_pis=True)
    root = etree.fromstring(translate(text).encode(), plain)
    for element in root.iter("{*}target"):
        source = element.getprevious()
        if source.tag.endswith("source") and element.getparent().tag.endswith("trans-unit"):
            names = [sorted(str(code.tag) for code in side.iterdescendants()) for side in (source, element)]
            assert names[0] == names[1]
            upper = [
                sorted("".join(normalize("NFC", "".join(side.itertext())).upper().split()))
                for side in (source, element)
            ]
            assert upper[0] == upper[1]


@quick
@given(st.text("<>/&;'\"=!-[]?xliffg source\n", max_size=60), st.binary(max_size=30))
def test_rubbish_is_refused_in_one_sentence(text: str, raw: bytes) -> None:
    for content in (text.encode(), HEAD.encode() + raw, f"<xliff>{text}</xliff>".encode(), raw):
        try:
            XliffFormat().read(content, "a.xlf", "en", "ru")
        except InputError as error:
            assert "\n" not in str(error)
