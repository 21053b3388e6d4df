"""The contract of glossary formats, over everything registered, and what is special to some of them."""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtkit import registry
from mtkit.errors import ConfigError, MissingExtraError, TermbaseError, UnknownNameError
from mtkit.termbase.formats import KIND, TermbaseFormat, format_of, format_to_write, open_format
from mtkit.termbase.io import load_termbase, read_glossary
from mtkit.types import Concept, Status, Term

NAMES = registry.names(KIND)

COMMITTEE = Concept(
    id="tinh-uy",
    terms=(
        Term(lang="vi", text="Tỉnh ủy"),
        Term(lang="vi", text="TU", status=Status.ADMITTED, condition="before: NAME"),
        Term(lang="en", text="provincial Party Committee", exact=True),
        Term(
            lang="ru",
            text="провинциальный комитет партии",
            head="комитет",
            forms={"gen.sg": "провинциального комитета партии"},
        ),
        Term(lang="ru", text="партком провинции", status=Status.ADMITTED),
        Term(lang="ru", text="губком", status=Status.FORBIDDEN),
        Term(lang="ru", text="обком", status=Status.FORBIDDEN, condition="of a Russian region"),
        Term(lang="ru", text="крайком", status=Status.DEPRECATED),
    ),
    subject="party-organ",
    note="TOP; <b>not</b> & nothing else",
    evidence=("P1", "M2"),
    verified=False,
)
COMMUNE = Concept(
    id="63-xã",
    terms=(
        Term(lang="vi", text="xã"),
        Term(lang="vi", text="xã hội", status=Status.FORBIDDEN),
        Term(lang="en", text="commune"),
        Term(lang="ru", text="община", exact=True),
    ),
)
CONCEPTS = (COMMITTEE, COMMUNE)


@pytest.fixture(params=NAMES)
def form(request: pytest.FixtureRequest) -> TermbaseFormat:
    if request.param == "xlsx":
        pytest.importorskip("openpyxl")
    return open_format(request.param)


def path_for(folder: Path, form: TermbaseFormat) -> Path:
    return folder / f"glossary{form.suffixes[0]}"


def pairs(concepts: tuple[Concept, ...], lang: str) -> set[tuple[str, str]]:
    return {
        (term.text, concept.in_lang("ru")[0].text)
        for concept in concepts
        for term in concept.in_lang(lang, Status.PREFERRED, Status.ADMITTED)
        if not term.condition
    }


def test_has_a_name_and_suffixes(form: TermbaseFormat) -> None:
    assert isinstance(form, TermbaseFormat)
    assert form.title and all(suffix.startswith(".") for suffix in form.suffixes)


@pytest.mark.parametrize("src_lang", ["vi", "en", None])
def test_round_trip(form: TermbaseFormat, tmp_path: Path, src_lang: str | None) -> None:
    raw = form.write(CONCEPTS, src_lang)
    assert raw == form.write(CONCEPTS, src_lang)
    read = form.read(raw, str(path_for(tmp_path, form)), src_lang)
    if form.lossless:
        assert read.concepts == CONCEPTS
        return
    for lang in ("vi", "en") if src_lang is None else (src_lang,):
        assert pairs(CONCEPTS, lang) <= pairs(read.concepts, lang)


def test_is_read_from_a_file_by_what_it_holds(form: TermbaseFormat, tmp_path: Path) -> None:
    path = path_for(tmp_path, form)
    path.write_bytes(form.write(CONCEPTS, "vi"))
    termbase = load_termbase(path)
    assert pairs(termbase.concepts, "vi") == pairs(CONCEPTS, "vi")
    assert set(termbase.places) == {concept.id for concept in termbase.concepts}
    assert all(place.line > 0 for place in termbase.places.values())
    assert read_glossary(path, "vi").understood


def test_the_bundled_termbase_survives(form: TermbaseFormat, tmp_path: Path) -> None:
    bundled = load_termbase("bundled").concepts
    read = form.read(form.write(bundled, None), str(path_for(tmp_path, form)), None)
    if form.lossless:
        assert read.concepts == bundled
    else:
        # One column a language holds the preferred terms only.
        assert len(read.concepts) > 0.6 * len(bundled)


BROKEN = {
    "deepl": (b"cell,\xd1\x8f,en,ru\ncell two,,en,ru\n", 2),
    "google": (b"vi,en,ru\nx\xc3\xa3,commune\n", 2),
    "mtkit": (b"id\tvi\tru\na\txa\t\xd0\xb0\na\txb\t\xd0\xb1\n", 3),
    "omegat": (b"a\t\xd0\xb1\tnote\nb\t\tnote\n", 2),
    "tbx": (b"<tbx><text><body>\n<conceptEntry id='a'>\n</conceptEntry></body></text></tbx>", 2),
    "tbx2": (b"<martif>\n<text>\n<body>\n<termEntry></body></text></martif>", 4),
}


def test_broken_files_name_their_line(form: TermbaseFormat, tmp_path: Path) -> None:
    path = path_for(tmp_path, form)
    if form.name == "xlsx":
        raw, line = spreadsheet([["id", "vi", "ru"], ["a", "xa", "а"], ["b", "xb", None]]), 3
    else:
        raw, line = BROKEN[form.name]
    with pytest.raises(TermbaseError) as caught:
        form.read(raw, str(path), None)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert caught.value.hint


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"<a>", b"\xff\xfe<"])
def test_rubbish_is_refused_in_one_sentence(form: TermbaseFormat, raw: bytes, tmp_path: Path) -> None:
    with pytest.raises(TermbaseError):
        form.read(raw, str(path_for(tmp_path, form)), None)


def test_control_characters_do_no_harm(form: TermbaseFormat, tmp_path: Path) -> None:
    odd = replace(COMMUNE, id="xa", terms=(*COMMUNE.terms[:1], Term(lang="ru", text="об\x0bщина")))
    raw = form.write((odd,), "vi")
    assert len(form.read(raw, str(path_for(tmp_path, form)), "vi").concepts) == 1


def spreadsheet(rows: list[list[object]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ENTITIES = """<?xml version="1.0"?>
<!DOCTYPE martif [<!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;&a;&a;"> <!ENTITY f SYSTEM "FILE">]>
<martif><text><body><termEntry id="x"><langSet xml:lang="vi"><tig><term>&b;</term></tig></langSet>
<langSet xml:lang="ru"><tig><term>&f;</term></tig></langSet></termEntry></body></text></martif>"""


@pytest.mark.parametrize("name", ["tbx", "tbx2"])
def test_entities_are_not_expanded(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("секрет", encoding="utf-8")
    raw = ENTITIES.replace("FILE", secret.as_uri()).encode()
    with pytest.raises(TermbaseError, match="declares entities"):
        open_format(name).read(raw, "g.tbx", None)


def test_spreadsheet_parts_may_not_declare_a_document_type() -> None:
    original = spreadsheet([["id", "vi", "ru"], ["a", "xa", "а"]])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part.startswith("xl/worksheets/"):
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            new.writestr(part, content)
    with pytest.raises(TermbaseError, match="declares a document type"):
        open_format("xlsx").read(stream.getvalue(), "g.xlsx", None)


def test_a_spreadsheet_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"mtkit\[xlsx\]"):
        open_format("xlsx").write(CONCEPTS, None)


def test_a_spreadsheet_does_not_tell_when_it_was_written() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    raw = open_format("xlsx").write(CONCEPTS, None)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2
    assert openpyxl.load_workbook(io.BytesIO(raw)).active["A2"].value == "tinh-uy"


def test_formulas_are_text_in_a_spreadsheet() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    concept = replace(COMMUNE, id="xa", note='=HYPERLINK("x")')
    book = openpyxl.load_workbook(io.BytesIO(open_format("xlsx").write((concept,), None)))
    kinds = {cell.value: cell.data_type for row in book.active.iter_rows() for cell in row if cell.value}
    assert kinds['=HYPERLINK("x")'] == "s"


DCT = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body><conceptEntry id="c1"><min:subjectField>law</min:subjectField>
<descripGrp><basic:definition>a rule</basic:definition></descripGrp>
<langSec xml:lang="en-GB"><termSec><term>decree</term><min:partOfSpeech>noun</min:partOfSpeech></termSec>
<termSec><term>decree of the <hi>Government</hi></term></termSec></langSec>
<langSec xml:lang="ru"><termSec><term>указ</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>постановление</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
</termSec></langSec><langSec xml:lang="fr"><termSec><term>décret</term></termSec></langSec></conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="en"><termSec><term>act</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>acte</term></termSec></langSec></conceptEntry></body></text></tbx>"""


def test_tbx_in_the_other_style_with_what_is_left_out_named(tmp_path: Path) -> None:
    path = tmp_path / "other.tbx"
    path.write_text(DCT, encoding="utf-8")
    glossary = read_glossary(path)
    (concept,) = glossary.concepts
    assert [(t.lang, t.text, t.status.value) for t in concept.terms] == [
        ("en", "decree", "preferred"),
        ("en", "decree of the Government", "admitted"),
        ("ru", "постановление", "preferred"),
        ("ru", "указ", "deprecated"),
        ("fr", "décret", "preferred"),
    ]
    assert (concept.subject, concept.note) == ("law", "definition: a rule")
    assert glossary.places["c1"].line == 5
    assert glossary.left_out == {
        "partOfSpeech": 1,
        "entry without Russian, or without Vietnamese and English": 1,
    }
    assert "TBX-Basic, ISO 30042:2019, languages en, fr, ru" in glossary.understood


def test_tbx_2_with_its_usual_document_type(tmp_path: Path) -> None:
    path = tmp_path / "old.tbx"
    path.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n'
        '<martif type="TBX" xml:lang="en"><text><body><termEntry id="e1">\n'
        '<langSet xml:lang="vi"><ntig><termGrp><term>xã</term>'
        '<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig></langSet>\n'
        '<langSet xml:lang="ru-RU"><tig><term>община</term></tig></langSet>\n'
        "</termEntry></body></text></martif>",
        encoding="utf-8",
    )
    (concept,) = load_termbase(path).concepts
    assert [(t.text, t.status) for t in concept.terms] == [
        ("xã", Status.ADMITTED),
        ("община", Status.PREFERRED),
    ]


def test_a_tbx_of_other_languages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "de.tbx"
    path.write_text(DCT.replace('"ru"', '"de"'), encoding="utf-8")
    with pytest.raises(TermbaseError, match=r"languages: de, en, fr"):
        load_termbase(path)


@pytest.mark.parametrize(
    ("name", "content", "format_name", "terms"),
    [
        ("g.csv", "Party cell,ячейка,EN,RU\ncell,zelle,en,de\n", "deepl", [("en", "Party cell")]),
        ("g.csv", "en-GB,ru,fr,pos\ncell,ячейка,cellule,noun\n", "google", [("en", "cell")]),
        ("g.txt", "cell\tячейка\ta comment\nxã\tобщина\n", "omegat", [("vi", "cell"), ("en", "cell")]),
        ("g.tsv", "chi bộ\tcell\tячейка\n", "mtkit", [("vi", "chi bộ"), ("en", "cell")]),
        ("g.csv", "huyện,уезд\n", "google", [("vi", "huyện")]),
    ],
)
def test_lists_are_told_apart(
    tmp_path: Path, name: str, content: str, format_name: str, terms: list[tuple[str, str]]
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert format_of(path, path.read_bytes()).name == format_name
    first = read_glossary(path).concepts[0]
    assert [(t.lang, t.text) for t in first.terms if t.lang in ("vi", "en")] == terms


def test_a_source_language_that_is_named_is_the_only_one(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("cell,ячейка\n", encoding="utf-8")
    (concept,) = read_glossary(path, "en").concepts
    assert [term.lang for term in concept.terms] == ["en", "ru"]


def test_pairs_of_other_languages_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("cell,ячейка,en,ru\ncell,zelle,en,de\nZelle,ячейка,de,ru\n", encoding="utf-8")
    glossary = read_glossary(path)
    assert len(glossary.concepts) == 1
    assert glossary.left_out == {"pair en-de": 1, "pair de-ru": 1}


def test_the_format_to_write_is_told_by_name_or_suffix() -> None:
    assert format_to_write("x.tbx", None).name == "tbx"
    assert format_to_write("x.tbx", "tbx2").name == "tbx2"
    with pytest.raises(ConfigError, match="does not tell the format"):
        format_to_write("x.csv", None)
    with pytest.raises(UnknownNameError):
        format_to_write("x.csv", "excel")


words = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Nd")), min_size=1, max_size=8)
cell_texts = st.builds(" ".join, st.lists(words, min_size=1, max_size=3))
conditions = st.one_of(st.just(""), cell_texts)


@settings(max_examples=40, deadline=None)
@given(
    source=cell_texts,
    target=cell_texts,
    others=st.lists(st.tuples(cell_texts, st.sampled_from(list(Status)[1:]), conditions), max_size=4),
    note=conditions,
)
def test_lossless_formats_lose_nothing(
    source: str, target: str, others: list[tuple[str, Status, str]], note: str
) -> None:
    import unicodedata

    def nfc(text: str) -> str:
        return unicodedata.normalize("NFC", text)

    ordered = sorted(others, key=lambda other: list(Status).index(other[1]))
    statuses = (Status.ADMITTED, Status.FORBIDDEN, Status.DEPRECATED)
    terms = [Term(lang="ru", text=nfc(target))]
    for status in statuses:
        terms += [
            Term(lang="ru", text=nfc(text), status=status, condition=nfc(condition))
            for text, own, condition in ordered
            if own is status
        ]
    concept = Concept(id="a", terms=(Term(lang="vi", text=nfc(source)), *terms), note=nfc(note))
    for name in ("mtkit", "tbx", "tbx2"):
        form = open_format(name)
        (read,) = form.read(form.write((concept,), None), "g", None).concepts
        key = [(t.lang, t.text, t.status, t.condition) for t in concept.terms]
        assert sorted((t.lang, t.text, t.status, t.condition) for t in read.terms) == sorted(key)
        assert read.note == concept.note


@pytest.mark.parametrize(
    "header",
    [
        "tiếng Việt\tEnglish\tRussian\tghi chú",
        "Vietnamese term\tTIẾNG ANH\tbản dịch tiếng Nga\tNote",
        "Вьетнамский\tанглийский\tперевод\tпримечание",
        "vi-VN\ten_GB\tru\tcomment",
    ],
)
def test_languages_are_known_by_their_usual_names(tmp_path: Path, header: str) -> None:
    path = tmp_path / "g.tsv"
    path.write_text(f"{header}\nxã\tcommune\tобщина\tx\n", encoding="utf-8")
    (concept,) = load_termbase(path).concepts
    assert [(term.lang, term.text) for term in concept.terms] == [
        ("vi", "xã"),
        ("en", "commune"),
        ("ru", "община"),
    ]
    assert concept.note == "x"
