"""XLIFF, TMX and PO as sides of a test set."""

from __future__ import annotations

import gzip
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.errors import FormatError, InputError
from mtkit.scoring.bilingual_files import read_po
from mtkit.scoring.inputs import Side, read_side

XLIFF_1 = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
 <file original="a" source-language="vi" target-language="ru" datatype="plaintext"><body>
  <trans-unit id="1"><source>Một <bpt id="1">&lt;b&gt;</bpt>hai<ept id="1">&lt;/b&gt;</ept></source>
   <target>Раз <g id="2">два</g><x id="3"/></target></trans-unit>
  <group><trans-unit id="2"><source>Ba</source></trans-unit></group>
 </body></file>
</xliff>"""
XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="vi" trgLang="ru">
 <file id="f"><unit id="u"><segment><source>Một</source><target>Раз, <pc id="1">два</pc></target></segment>
 <ignorable><source> </source></ignorable>
 <segment><source>Ba</source><target>Три</target></segment></unit></file>
</xliff>"""
TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="vi" segtype="sentence" o-tmf="x" adminlang="en" datatype="plaintext"
 creationtool="x" creationtoolversion="1"/><body>
 <tu><tuv xml:lang="ru-RU"><seg>Раз <ph>{0}</ph>два <hi>три</hi></seg></tuv>
  <tuv xml:lang="en"><seg>One</seg></tuv><tuv xml:lang="vi"><seg>Một</seg></tuv></tu>
 <tu><tuv xml:lang="vi"><seg>Hai</seg></tuv><tuv xml:lang="ru"><seg>Два</seg></tuv></tu>
</body></tmx>"""
PO = r"""# note
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

#, fuzzy
msgctxt "menu"
msgid "Một "
"\"hai\""
msgstr "Раз\t"
"«два»"

msgid "Ba"
msgid_plural "Ba cái"
msgstr[0] "Три"
msgstr[1] "Трёх"

#~ msgid "cũ"
#~ msgstr "старое"

msgid "Bốn"
msgstr ""
"""


def write(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def sides(path: str) -> tuple[list[str], list[str]]:
    return read_side(path, Side.SOURCE), read_side(path, Side.HYPOTHESIS)


@pytest.mark.parametrize(
    ("name", "content", "sources", "targets"),
    [
        ("a.xlf", XLIFF_1, ["Một hai", "Ba"], ["Раз два", ""]),
        ("a.xliff", XLIFF_2, ["Một", "Ba"], ["Раз, два", "Три"]),
        ("a.tmx", TMX, ["Một", "Hai"], ["Раз два три", "Два"]),
        ("a.po", PO, ['Một "hai"', "Ba", "Bốn"], ["Раз\t«два»", "Три", ""]),
    ],
)
def test_sources_and_targets(
    tmp_path: Path, name: str, content: str, sources: list[str], targets: list[str]
) -> None:
    assert sides(write(tmp_path / name, content)) == (sources, targets)
    assert sides(write(tmp_path / f"{name}.gz", gzip.compress(content.encode()))) == (sources, targets)


def test_what_is_not_to_be_translated_is_left_out(tmp_path: Path) -> None:
    unit = '<group><unit id="1"><segment><source>Một</source></segment></unit></group>'
    wanted = unit.replace("<unit", '<unit translate="yes"').replace("Một", "Hai")
    text = f'<xliff version="2.1">{unit}<file translate="no">{unit}{wanted}</file></xliff>'
    assert read_side(str(write(tmp_path / "a.xlf", text)) + "#source", Side.HYPOTHESIS) == ["Một", "Hai"]


def test_a_side_can_be_named(tmp_path: Path) -> None:
    xliff = write(tmp_path / "a.xlf", XLIFF_2)
    assert read_side(f"{xliff}#source", Side.HYPOTHESIS) == ["Một", "Ba"]
    tmx = write(tmp_path / "a.tmx", TMX)
    assert read_side(f"{tmx}#ru", Side.REFERENCE) == ["Раз два три", "Два"]
    assert read_side(f"{tmx}#en", Side.SOURCE) == ["One", ""]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlf", "<xliff><file>", "a.xlf:1: not well-formed XML"),
        ("a.xlf", TMX, "its root is 'tmx', not xliff"),
        ("a.tmx", XLIFF_1, "its root is 'xliff', not tmx"),
        ("a.tmx", "<tmx><body><tu/></body></tmx>", "a translation unit is empty"),
        ("a.po", 'msgid "Một"\nmsgstr Раз\n', "a.po:2: not a line of a PO file"),
        ("a.po", '"Một"\n', "a.po:1: not a line of a PO file"),
        ("a.xlf#third", XLIFF_2, "no side 'third'"),
        (
            "a.xlf",
            '<!DOCTYPE x [<!ENTITY e "дождь">]><xliff version="1.2"><trans-unit><target>&e;</target>'
            "</trans-unit></xliff>",
            "it defines an entity of its own",
        ),
        ("a.xlf", "<xliff/>", "has no text in it"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    write(tmp_path / name.partition("#")[0], content)
    with pytest.raises(InputError) as caught:
        read_side(str(tmp_path / name), Side.HYPOTHESIS)
    assert said in str(caught.value)


def test_no_file_is_read_for_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("тайна", encoding="utf-8")
    content = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><xliff version="1.2"><trans-unit>'
        "<target>&e;</target></trans-unit></xliff>"
    )
    with pytest.raises(FormatError) as caught:
        read_side(write(tmp_path / "a.xlf", content), Side.HYPOTHESIS)
    assert "тайна" not in str(caught.value)


po_text = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=30)


def escaped(text: str) -> str:
    table = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(table.get(character, character) for character in text) + '"'


@given(st.lists(st.tuples(po_text, po_text), min_size=1, max_size=4))
def test_po_text_comes_back(pairs: list[tuple[str, str]]) -> None:
    content = "\n\n".join(f"msgid {escaped(source)}\nmsgstr {escaped(target)}" for source, target in pairs)
    expected = [tuple(unicodedata.normalize("NFC", text) for text in pair) for pair in pairs]
    try:
        found = read_po(content.encode(), "a.po")
    except FormatError:
        return  # text that the house's decoder refuses, control characters for one
    assert found == expected
