from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from mtkit.errors import FormatError, InputError, LengthMismatchError
from mtkit.scoring.inputs import Side, parting, read_parallel, read_parallel_text, read_side

LINES = ["Первая строка.", "Вторая\u2028строка.", "", "Четвёртая."]


def write(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_plain_lines(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / "hyp.txt", ending.join(LINES) + ending)
    assert read_side(path, Side.HYPOTHESIS) == LINES


def test_no_line_end_at_the_end(tmp_path: Path) -> None:
    assert read_side(write(tmp_path / "hyp.txt", "\n".join(LINES)), Side.HYPOTHESIS) == LINES


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(tmp_path: Path, encoding: str) -> None:
    assert read_side(write(tmp_path / "hyp.txt", "Строка.\n".encode(encoding)), Side.HYPOTHESIS) == [
        "Строка."
    ]


def test_gzip(tmp_path: Path) -> None:
    packed = gzip.compress("\n".join(LINES).encode())
    assert read_side(write(tmp_path / "hyp.txt.gz", packed), Side.HYPOTHESIS) == LINES
    with pytest.raises(FormatError, match=r"half\.txt\.gz: not a complete gzip file"):
        read_side(write(tmp_path / "half.txt.gz", packed[:-9]), Side.HYPOTHESIS)


def test_tsv_by_number_name_and_role(tmp_path: Path) -> None:
    path = write(tmp_path / "set.tsv", 'source\treference\nMot\tРаз "и\nHai\tДва\n')
    assert read_side(f"{path}#2", Side.REFERENCE) == ["reference", 'Раз "и', "Два"]
    assert read_side(f"{path}#reference", Side.REFERENCE) == ['Раз "и', "Два"]
    assert read_side(path, Side.REFERENCE) == ['Раз "и', "Два"]
    assert read_side(path, Side.SOURCE) == ["Mot", "Hai"]


def test_json_lines_by_name_and_role(tmp_path: Path) -> None:
    rows = [
        {"text": "Một", "translation": "Раз", "note": 1},
        {"text": "Hai", "translation": "Два", "note": 2},
    ]
    path = write(tmp_path / "out.jsonl", "\n".join(json.dumps(row) for row in rows))
    assert read_side(path, Side.HYPOTHESIS) == ["Раз", "Два"]
    assert read_side(f"{path}#text", Side.REFERENCE) == ["Một", "Hai"]


def test_run_record(tmp_path: Path) -> None:
    record = {
        "mtkit": "0.1.0",
        "segments": [{"source": "Một", "target": "Раз"}, {"source": "Hai", "target": "Два"}],
    }
    path = write(tmp_path / "a.ru.mtkit.json", json.dumps(record))
    assert read_side(path, Side.HYPOTHESIS) == ["Раз", "Два"]
    assert read_side(path, Side.SOURCE) == ["Một", "Hai"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", "", "has no text in it"),
        ("blank.txt", "\n \n", "has no text in it"),
        ("old.txt", "Строка один.\nСтрока два.\n".encode("cp1251"), "old.txt:1: "),
        ("set.tsv", "a\tb\n1\t2\n", "2 columns, and none is named reference or target"),
        ("set.tsv#3", "a\tb\n1\t2\n", "set.tsv:1: no column 3, the row has 2."),
        ("set.tsv#c", "a\tb\n1\t2\n", "no column 'c'. The header has: a, b."),
        ("set.tsv#b", "a\tb\n1\n", "set.tsv:2: no column 2, the row has 1."),
        ("out.jsonl", '{"target": "Раз"}\n{"target": \n', "out.jsonl:2: not valid JSON"),
        ("out.jsonl", '{"x": "Раз"}\n', "no text under 'reference' or 'target'"),
        ("out.jsonl", '["Раз"]\n', "not a JSON object"),
        ("a.mtkit.json", "{}", "not a run record"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    write(tmp_path / name.partition("#")[0], content)
    with pytest.raises(InputError) as caught:
        read_side(str(tmp_path / name), Side.REFERENCE)
    assert said in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path):
        with pytest.raises(InputError, match=str(path)):
            read_side(str(path), Side.HYPOTHESIS)


def test_a_file_whose_name_has_the_mark_is_read_whole(tmp_path: Path) -> None:
    assert read_side(write(tmp_path / "C#1", "Строка.\n"), Side.HYPOTHESIS) == ["Строка."]


def test_sides_must_be_parallel(tmp_path: Path) -> None:
    two = write(tmp_path / "two.txt", "Раз\nДва\n")
    one = write(tmp_path / "one.txt", "Раз\n")
    hyps, refs, sources = read_parallel(two, [two, two], two)
    assert (hyps, refs, sources) == (["Раз", "Два"], [["Раз", "Два"]] * 2, ["Раз", "Два"])
    for arguments in ((two, [two, one], None), (two, [two], one)):
        with pytest.raises(LengthMismatchError, match=f"{two} has 2 segments, {one} has 1"):
            read_parallel(*arguments)


NUMBERS = (12, 450, 1990, 73, 8, 31)
REPORTS = [f"В провинции построили {number} новых школ и больниц." for number in NUMBERS]


@pytest.mark.parametrize("alike", [True, False])
@pytest.mark.parametrize("lost", range(len(REPORTS)))
def test_where_two_sides_part(lost: int, alike: bool) -> None:
    short = [text for place, text in enumerate(REPORTS) if place != lost]
    assert parting(REPORTS, short, alike=alike) == lost + 1
    assert parting(short, REPORTS, alike=alike) == lost + 1
    assert parting(REPORTS[:2], REPORTS, alike=alike) == 3
    assert parting(REPORTS, REPORTS, alike=alike) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.txt", "line by line: mend that line; mtkit check {hyp} --src {src} says what has no partner."),
        ("a.tsv#text", "row by row: mend that row."),
        ("a.jsonl#text", "segment by segment: mend that segment."),
    ],
)
def test_a_refusal_speaks_of_the_format(tmp_path: Path, name: str, said: str) -> None:
    path = name.partition("#")[0]
    texts = {"hyp": REPORTS[:3] + REPORTS[4:], "src": REPORTS}
    named = {}
    for side, lines in texts.items():
        if path.endswith(".jsonl"):
            content = "".join(json.dumps({"text": line}) + "\n" for line in lines)
        else:
            content = "\n".join(["text", *lines] if path.endswith(".tsv") else lines)
        write(tmp_path / f"{side}-{path}", content)
        named[side] = str(tmp_path / f"{side}-{name}")
    with pytest.raises(LengthMismatchError) as caught:
        read_parallel(named["hyp"], [], named["src"])
    assert str(caught.value).endswith(said.format(**named))
    assert f" 4 of {named['hyp']} on." in str(caught.value)


def test_documents_of_the_segments(tmp_path: Path) -> None:
    path = write(tmp_path / "set.tsv", "doc\tsource\ttarget\na\tMột\tРаз\na\tHai\tДва\n")
    text = read_parallel_text(path, [path], path, path)
    assert (text.sources, text.documents) == (["Một", "Hai"], ["a", "a"])
    assert text.hypotheses == text.references[0] == ["Раз", "Два"]


def test_a_line_of_any_length(tmp_path: Path) -> None:
    path = write(tmp_path / "set.tsv", f"source\ttarget\n{'а ' * 200_000}\tб\n")
    assert len(read_side(path, Side.SOURCE)[0]) == 399_999


def test_sentences_of_documents(tmp_path: Path) -> None:
    (tmp_path / "a.ru.md").write_text(
        "# Новая школа\n\nУезд открыл **школу**. Она у реки.\n", encoding="utf-8"
    )
    (tmp_path / "ref.html").write_text(
        "<h1>Школа</h1><p>Уезд построил школу. Она у реки.</p>", encoding="utf-8"
    )
    (tmp_path / "a.en.txt").write_text("A new school\nThe district opened it.\nIt is near.\n")
    hyps, (refs,), sources = read_parallel(
        str(tmp_path / "a.ru.md"), [str(tmp_path / "ref.html")], str(tmp_path / "a.en.txt")
    )
    assert hyps == ["Новая школа", "Уезд открыл школу.", "Она у реки."]
    assert refs[2] == "Она у реки."
    assert sources == ["A new school", "The district opened it.", "It is near."]
    (tmp_path / "ref.html").write_text("<p>Уезд построил школу.</p>", encoding="utf-8")
    with pytest.raises(LengthMismatchError, match=r"a\.ru\.md has 3 segments, .*ref\.html has 1"):
        read_parallel(str(tmp_path / "a.ru.md"), [str(tmp_path / "ref.html")])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "vi,ru\nMột. Mốt.,Раз. Два.\nHai,Три\n"),
        ("a.csv", "id,Tiếng Anh,bản dịch\n1,Một. Mốt.,Раз. Два.\n2,Hai,Три\n"),
        ("a.tsv", "id\tvi\ttranslation\n1\tМ\tРаз. Два.\n2\tHai\tТри\n"),
        ("a.tsv", "Tiếng Việt\tTiếng Nga\nMột. Mốt.\tРаз. Два.\nHai\tТри\n"),
    ],
)
def test_rows_of_the_column_for_targets(tmp_path: Path, name: str, content: str) -> None:
    assert read_side(write(tmp_path / name, content), Side.HYPOTHESIS) == ["Раз. Два.", "Три"]


def test_rows_of_the_column_of_sources(tmp_path: Path) -> None:
    for name, between in (("a.csv", ","), ("a.tsv", "\t")):
        path = write(tmp_path / name, f"id{between}vi\n1{between}Một. Mốt.\n2{between}Hai\n")
        assert read_side(path, Side.SOURCE) == ["Một. Mốt.", "Hai"]


@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_a_run_record_tells_the_columns_of_both_sides(tmp_path: Path, suffix: str) -> None:
    between = "," if suffix == "csv" else "\t"
    source = write(tmp_path / f"a.{suffix}", f"mã{between}bài\n1{between}Một. Mốt.\n2{between}Hai\n")
    output = write(tmp_path / f"a.ru.{suffix}", f"mã{between}bài\n1{between}Раз. Два.\n2{between}Три\n")
    with pytest.raises(FormatError, match=r"Say which one: .*a\.ru\.\wsv#3 or"):
        read_parallel(output, [], source)
    record = {"format": suffix, "format_options": {"columns": ["bài"]}, "segments": []}
    write(tmp_path / f"a.ru.{suffix}.mtkit.json", json.dumps(record))
    assert read_parallel(output, [], source) == (["Раз. Два.", "Три"], [], ["Một. Mốt.", "Hai"])
    assert read_side(f"{source}#bài", Side.SOURCE)[-2:] == ["Một. Mốt.", "Hai"]
