from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from mtkit.errors import TermbaseError
from mtkit.termbase.formats import open_format
from mtkit.termbase.io import COLUMNS, load_termbase
from mtkit.types import Concept, Status, Term


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def row(**cells: str) -> str:
    return "\t".join(cells.get(column, "") for column in COLUMNS)


HEADER = "\t".join(COLUMNS)
PARTY_CELL = row(id="chi-bo", subject="party-organ", vi="chi bộ", en="Party cell", ru="партийная ячейка")


def texts(concept: Concept, lang: str, *statuses: Status) -> list[str]:
    return [term.text for term in concept.in_lang(lang, *statuses)]


def test_own_format(tmp_path: Path) -> None:
    path = write(
        tmp_path / "party.tsv",
        HEADER,
        "# a comment",
        row(
            id="nghi-dinh",
            subject="document-kind",
            vi="Nghị định",
            vi_variants="Nghị định của Chính phủ | NĐ (before: số)",
            vi_not="nghị định thư",
            en="Decree",
            ru="постановление правительства",
            ru_admitted="постановление",
            ru_forbidden="указ | решение (of a ministry)",
            head="постановление",
            forms="gen.sg=постановления правительства",
            flags="case:en",
            note="TOP",
            evidence="P1 M2",
            verified="no",
        ),
    )
    termbase = load_termbase(path)
    concept = termbase.concept("nghi-dinh")
    assert texts(concept, "vi", Status.ADMITTED) == ["Nghị định của Chính phủ", "NĐ"]
    assert concept.in_lang("vi")[2].condition == "before: số"
    assert texts(concept, "vi", Status.FORBIDDEN) == ["nghị định thư"]
    assert concept.in_lang("en")[0].exact and not concept.in_lang("vi")[0].exact
    preferred = concept.in_lang("ru", Status.PREFERRED)[0]
    assert (preferred.head, preferred.forms["gen.sg"]) == ("постановление", "постановления правительства")
    assert [(t.text, t.condition) for t in concept.in_lang("ru", Status.FORBIDDEN)] == [
        ("указ", ""),
        ("решение", "of a ministry"),
    ]
    assert (concept.subject, concept.note, concept.evidence, concept.verified) == (
        "document-kind",
        "TOP",
        ("P1", "M2"),
        False,
    )
    assert termbase.places["nghi-dinh"].line == 3


def test_ambiguous_flag_becomes_a_condition(tmp_path: Path) -> None:
    cells = {"id": "ban", "vi": "bản", "en": "village", "ru": "горная деревня", "flags": "ambiguous:vi"}
    concept = load_termbase(write(tmp_path / "g.tsv", HEADER, row(**cells))).concepts[0]
    assert [term.condition for term in concept.terms] == ["ambiguous", "", ""]


def test_folder_and_fingerprint(tmp_path: Path) -> None:
    write(tmp_path / "a.tsv", HEADER, PARTY_CELL)
    write(tmp_path / "b.tsv", HEADER, row(id="xa", vi="xã", en="commune", ru="община"))
    (tmp_path / "README.md").write_text("not a glossary", encoding="utf-8")
    first = load_termbase(tmp_path)
    assert [concept.id for concept in first.concepts] == ["chi-bo", "xa"]
    write(tmp_path / "b.tsv", HEADER, row(id="xa", vi="xã", en="commune", ru="коммуна"))
    assert load_termbase(tmp_path).fingerprint != first.fingerprint


def test_a_folder_is_read_in_every_format(tmp_path: Path) -> None:
    write(tmp_path / "a.tsv", HEADER, PARTY_CELL)
    write(tmp_path / "b.csv", "vi,ru", "xã,община")
    write(tmp_path / "c.txt", "huyện\tуезд")
    concepts = load_termbase(tmp_path / "a.tsv").concepts
    other = replace(concepts[0], id="khac", terms=(Term(lang="vi", text="thôn"), *concepts[0].terms[2:]))
    for name in ("tbx", "tbx2"):
        own = replace(other, id=name, terms=(Term(lang="vi", text=f"thôn {name}"), *other.terms[1:]))
        suffix = ".tbx" if name == "tbx" else ".xml"
        (tmp_path / f"d{suffix}").write_bytes(open_format(name).write((own,), None))
    (tmp_path / "e.xlsx").write_bytes(open_format("xlsx").write((other,), None))
    for name, content in [
        ("README.txt", "Terms, of all kinds.\n"),
        ("page.xml", "<html>no glossary</html>"),
        ("notes.md", "# no glossary"),
        (".hidden.tsv", "broken"),
        ("~$e.xlsx", "a lock"),
    ]:
        write(tmp_path / name, content)
    (tmp_path / "below.tsv").mkdir()
    ids = [concept.id for concept in load_termbase(tmp_path).concepts]
    assert ids == ["chi-bo", "b-2", "c-1", "tbx", "tbx2", "khac"]


def test_a_list_without_a_header_says_how_it_was_understood(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "mtkit")
    path = write(tmp_path / "g.csv", "xã,община", "huyện,уезд")
    load_termbase(path)
    assert caplog.messages == [
        f"{path}: comma-separated, columns without a header: source (Vietnamese or English, as it is spelt), "
        "Russian; 2 concepts."
    ]
    caplog.clear()
    load_termbase(write(tmp_path / "h.csv", "vi,ru", "xã,община"))
    load_termbase("bundled")
    assert not caplog.messages
    load_termbase(write(path, "xã,община,vi,ru", "Zelle,Zelle,de,de"))
    assert caplog.messages[0].endswith("1 concept; left out: pair de-de (1).")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("община,xã", "уезд,huyện"), ":1: column 2 should be Russian, but 'xã' is not."),
        (("commune,xã", "уезд,huyện"), ":1: column 2 should be Russian, but 'xã' is not."),
        (("commune,xã,община", "district,huyện,уезд"), ":2: column 2 should be English, but 'huyện' is "),
        (("xã,община,commune", "huyện,уезд,district"), None),
        (("xã,commune,община", "VTV,VTV,VTV"), None),
    ],
)
def test_columns_in_another_order_are_refused(
    tmp_path: Path, lines: tuple[str, ...], message: str | None
) -> None:
    path = write(tmp_path / "g.csv", *lines)
    if message is None:
        assert len(load_termbase(path)) == 2
        return
    with pytest.raises(TermbaseError) as caught:
        load_termbase(path)
    assert str(caught.value).startswith(f"{path}{message}")
    assert "vi, en, ru" in caught.value.hint


def test_every_broken_row_is_told(tmp_path: Path) -> None:
    write(tmp_path / "a.tsv", "vi\tru", "xã", "huyện\tуезд", "thôn\t")
    write(tmp_path / "b.tsv", "vi\tru", "\tобщина")
    with pytest.raises(TermbaseError) as caught:
        load_termbase(tmp_path)
    told = [caught.value, *caught.value.further]
    assert [(Path(each.path).name, each.line) for each in told] == [
        ("a.tsv", 2),
        ("a.tsv", 4),
        ("b.tsv", 2),
    ]


@pytest.mark.parametrize(
    ("raw", "sources"),
    [
        (b"\xef\xbb\xbfvi\tru\r\nx\xc3\xa3\t\xd0\xb0\r\n", ["xã"]),
        ("vi\tru\rxã\tа\rhuyện\tб".encode(), ["xã", "huyện"]),
        ('vi\tru\n"xã, huyện"\t"а"\n"so ""A"""\tб\n'.encode(), ["xã, huyện", 'so "A"']),
        ('vi,ru\n"xã\thuyện",а\n"thôn\nbản",б\nấp,в\n'.encode(), ["xã huyện", "thôn bản", "ấp"]),
        ("vi;ru\nxã, huyện;а\n".encode(), ["xã, huyện"]),
        ("vi\tru\nxa\u0303\tа\nTi\u0309nh u\u0309y\tб\n".encode(), ["xã", "Tỉnh ủy"]),
        ("vi\tru\nTỉnh\u00a0ủy\tа\nthôn\u200b\tб\n".encode(), ["Tỉnh ủy", "thôn"]),
        ("vi\tru\n\n# remark\nxã\tа\n\t\n".encode(), ["xã"]),
    ],
)
def test_nasty_bytes_are_read_as_the_terms_they_mean(tmp_path: Path, raw: bytes, sources: list[str]) -> None:
    path = tmp_path / "g.csv"
    path.write_bytes(raw)
    read = load_termbase(path)
    assert [concept.in_lang("vi")[0].text for concept in read.concepts] == sources


def test_a_cell_over_two_lines_does_not_shift_the_line_numbers(tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", "vi,ru", '"xã', 'huyện",а', "thôn,б")
    assert [place.line for place in load_termbase(path).places.values()] == [2, 4]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("g.tsv", "chi bộ\tпартийная ячейка\n", [("vi", "chi bộ"), ("ru", "партийная ячейка")]),
        ("g.csv", "Party cell,ячейка\n", [("vi", "Party cell"), ("en", "Party cell"), ("ru", "ячейка")]),
        ("g.csv", "source;target\ncell;ячейка\n", [("vi", "cell"), ("en", "cell"), ("ru", "ячейка")]),
        ("g.csv", 'en,ru\n"cell, Party",ячейка\n', [("en", "cell, Party"), ("ru", "ячейка")]),
        ("g.csv", "en-US,ru-RU\ncell,ячейка\n", [("en", "cell"), ("ru", "ячейка")]),
        ("g.txt", "chi bộ\tcell\tячейка\n", [("vi", "chi bộ"), ("en", "cell"), ("ru", "ячейка")]),
        ("g.tsv", "vi\ten\tru\r\nchi bộ\t\tячейка\r\n", [("vi", "chi bộ"), ("ru", "ячейка")]),
        ("g.tsv", "Order (of merit)\tорден\n", [("vi", "Order (of merit)"), ("en", "Order (of merit)")]),
    ],
)
def test_lists_of_two_and_three_columns(
    tmp_path: Path, name: str, content: str, expected: list[tuple[str, str]]
) -> None:
    (tmp_path / name).write_bytes(content.encode())
    terms = load_termbase(tmp_path / name).concepts[0].terms
    assert [(term.lang, term.text) for term in terms][: len(expected)] == expected
    assert not any(term.condition for term in terms)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_normalisation(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("Nghi\u0323 quye\u0302\u0301t\tрезолюция\n", encoding=encoding)
    assert load_termbase(path).concepts[0].terms[0] == Term(lang="vi", text="Nghị quyết")


@pytest.mark.parametrize(
    ("lines", "where", "message"),
    [
        ((HEADER, PARTY_CELL + "\textra"), ":2:", "18 columns where 17 are wanted"),
        (("vi\ten\tru", "chi bộ\tcell"), ":2:", "2 columns where 3 are wanted"),
        (("chi bộ\tячейка", "xã"), ":2:", "1 columns where 2 are wanted"),
        (("xã\tcommune\tобщина\tx",), ":1:", "2 columns (source, target) or 3"),
        ((HEADER, row(id="xa", vi="xã", en="commune")), ":2:", "the target is empty"),
        ((HEADER, row(id="xa", ru="община")), ":2:", "the source is empty"),
        (("vi\tru\tsize", "xã\tобщина\tx"), ":1:", "unknown column 'size'. Rename or remove it; languages"),
        (("vi\tru\tvi_variant", "xã\tобщина\tx"), ":1:", "Did you mean vi_variants? Known: id, subject, vi"),
        ((HEADER, PARTY_CELL, PARTY_CELL), ":3:", "the id 'chi-bo' is taken by"),
        (("xã\tобщина", "Xã\tкоммуна"), ":2:", "'Xã' already means 'община'"),
        ((HEADER, row(id="a", vi="xã", ru="община | коммуна")), ":2:", "more than one preferred term"),
        ((HEADER, row(id="a", vi="xã", ru="община", flags="vague")), ":2:", "unknown flag 'vague'"),
        ((HEADER, row(id="a", vi="xã", ru="община", forms="gen=общины")), ":2:", "cannot read the form"),
        (("ru\tnote", "община\tx"), ":1:", "needs ru and one of vi, en, source"),
        (("# nothing",), "", "the glossary is empty"),
    ],
)
def test_broken_rows_name_their_line(
    tmp_path: Path, lines: tuple[str, ...], where: str, message: str
) -> None:
    path = write(tmp_path / "g.tsv", *lines)
    with pytest.raises(TermbaseError) as caught:
        load_termbase(path)
    assert str(caught.value).startswith(f"{path}{where}")
    assert message in str(caught.value)
    assert caught.value.hint


def test_broken_files(tmp_path: Path) -> None:
    (tmp_path / "cp1251.tsv").write_bytes("xa\tобщина\nhuyen\tуезд\n".encode("cp1251"))
    (tmp_path / "quotes.csv").write_text('a,"b\n', encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for name, message in [
        ("cp1251.tsv", "not UTF-8"),
        ("quotes.csv", "broken CSV"),
        ("empty", "no glossary in it"),
        ("missing.tsv", "there is no such glossary"),
        ("missing", "there is no such glossary"),
    ]:
        with pytest.raises(TermbaseError, match=message):
            load_termbase(tmp_path / name)


def test_none_is_empty() -> None:
    assert len(load_termbase("none")) == 0


def test_the_bundled_termbase() -> None:
    started = time.process_time()
    termbase = load_termbase("bundled")
    assert time.process_time() - started < 1
    assert len(termbase) >= 569
    resolution = termbase.concept("nghi-quyet")
    assert texts(resolution, "ru", Status.PREFERRED) == ["резолюция"]
    committee = termbase.concept("tinh-uy")
    assert texts(committee, "ru", Status.PREFERRED) == ["провинциальный комитет партии"]
    assert all(len(concept.in_lang("ru", Status.PREFERRED)) == 1 for concept in termbase.concepts)
    keys = Path(termbase.path, "evidence", "sources.tsv").read_text(encoding="utf-8").splitlines()
    known = {line.split("\t")[0] for line in keys}
    assert {key for concept in termbase.concepts for key in concept.evidence} <= known
    assert any(not concept.verified for concept in termbase.concepts)


def test_the_first_of_joined_termbases_counts_where_both_have_a_term(tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text("vi\ten\tru\nTỉnh ủy\t\tобком\nphường văn hóa\t\tкультурный квартал\n", encoding="utf-8")
    bundled, own = load_termbase("bundled"), load_termbase(mine)
    both = load_termbase(f"{mine}+bundled")
    renderings = [texts(c, "ru")[0] for c in both.concepts if "Tỉnh ủy" in texts(c, "vi")]
    assert renderings == ["обком"]
    assert both.concepts[: len(own)] == own.concepts
    assert len(both) > len(bundled)
    english = [{text for c in termbase.concepts for text in texts(c, "en")} for termbase in (bundled, both)]
    assert english[0] == english[1]
    assert both.fingerprint not in (own.fingerprint, bundled.fingerprint)
    assert load_termbase(both.path) == both
    assert all(both.concept(c.id) is c and both.places[c.id] for c in both.concepts)


def test_equal_ids_of_joined_termbases_stay_apart(tmp_path: Path) -> None:
    paths = [tmp_path / "a.tsv", tmp_path / "b.tsv"]
    for path, word in zip(paths, ("cầu", "sông"), strict=True):
        path.write_text(f"id\tvi\tru\n1\t{word}\t{'мост' if word == 'cầu' else 'река'}\n", encoding="utf-8")
    both = load_termbase("+".join(map(str, paths)))
    assert [c.in_lang("ru")[0].text for c in both.concepts] == ["мост", "река"]
    assert len({c.id for c in both.concepts}) == 2


def test_a_plus_in_a_name_is_no_joint(tmp_path: Path) -> None:
    path = tmp_path / "a+b.tsv"
    path.write_text("vi\tru\ncầu\tмост\n", encoding="utf-8")
    assert len(load_termbase(path)) == 1


def test_a_part_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(TermbaseError, match=r"none\.tsv"):
        load_termbase(f"{tmp_path}/none.tsv+bundled")
