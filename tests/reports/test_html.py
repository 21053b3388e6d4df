from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.cli.app import run
from mtkit.documents.base import record_path
from mtkit.errors import FormatError, InputError, LengthMismatchError
from mtkit.reports.alignment import align
from mtkit.reports.html import escaped_json, render_html
from mtkit.reports.page_model import PageOptions, page_model
from mtkit.reports.runs import read_run
from mtkit.termbase.io import load_termbase
from mtkit.types import Severity
from tests.reports.run_files import finding, hit, segment, translation, write_run

QUICK = PageOptions(resamples=50)


@pytest.fixture
def translated(tmp_path: Path) -> Path:
    """Two lines, the second of two sentences."""
    return write_run(
        tmp_path / "out" / "news.ru.txt",
        [
            segment("1", "Huyện họp."),
            segment("2", "Tỉnh ủy báo cáo."),
            segment("2.2", "Có 15 xã."),
        ],
        [
            translation("Уезд заседал.", hits=[hit("huyen", (0, 5), (0, 4))]),
            translation("Провинция доложила.", hits=[hit("tinh-uy", (0, 7), None, ok=False)]),
            translation("Есть 14 общин.", findings=[finding("number", src=(3, 5), tgt=(5, 7))]),
        ],
    )


def reference(folder: Path, text: str, name: str = "ref.txt") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_record_is_found_from_itself_its_file_and_its_folder(translated: Path) -> None:
    runs = [read_run([path]) for path in (translated, record_path(translated), translated.parent)]
    assert runs[0].records == runs[1].records == runs[2].records
    assert [run.name for run in runs] == ["news.ru.txt", "news.ru.txt", "out"]
    assert runs[0].records[0].name == "news.ru.txt"


def test_a_record_that_is_named_twice_is_read_once(translated: Path) -> None:
    assert len(read_run([translated, translated.parent]).records) == 1


def test_lines_with_as_many_sentences_as_the_reference_stay_apart(translated: Path, tmp_path: Path) -> None:
    name = reference(tmp_path, "Уезд провёл заседание.\n\nПровинция доложила. Есть 15 общин.\n")
    rows = align([read_run([translated])], [name])
    assert [row.references for row in rows] == [
        ("Уезд провёл заседание.",),
        ("Провинция доложила.",),
        ("Есть 15 общин.",),
    ]


def test_sentences_become_one_row_where_the_reference_is_cut_differently(
    translated: Path, tmp_path: Path
) -> None:
    name = reference(tmp_path, "Уезд провёл заседание.\nПровинция доложила о пятнадцати общинах.\n")
    row = align([read_run([translated])], [name])[1]
    assert row.segment.source == "Tỉnh ủy báo cáo. Có 15 xã."
    (joined,) = row.translations
    assert joined.target == "Провинция доложила. Есть 14 общин."
    (moved,) = joined.findings
    assert moved.src_span and moved.tgt_span
    assert moved.src_span.of(row.segment.source) == "15"
    assert moved.tgt_span.of(joined.target) == "14"
    assert joined.hits[0].src_span.of(row.segment.source) == "Tỉnh ủy"


def test_references_of_a_folder_have_the_names_of_the_translations(translated: Path, tmp_path: Path) -> None:
    reference(tmp_path / "refs", "Один.\nДва.\nТри.\n", "news.ru.txt")
    rows = align([read_run([translated.parent])], [str(tmp_path / "refs")])
    assert [row.references for row in rows] == [("Один.",), ("Два.",), ("Три.",)]
    with pytest.raises(InputError, match=r"no reference for news\.ru\.txt"):
        align([read_run([translated.parent])], [str(tmp_path)])


def test_a_reference_that_is_not_parallel_is_refused(translated: Path, tmp_path: Path) -> None:
    with pytest.raises(LengthMismatchError, match="has 4"):
        align([read_run([translated])], [reference(tmp_path, "1.\n2.\n3.\n4.\n")])


def test_runs_over_other_texts_are_not_compared(translated: Path, tmp_path: Path) -> None:
    other = write_run(tmp_path / "b" / "x.ru.txt", [segment("1", "Khác.")], [translation("Другое.")])
    with pytest.raises(InputError, match="no translation of"):
        align([read_run([translated]), read_run([other])])
    with pytest.raises(InputError, match="has one"):
        align([read_run([translated]), read_run([translated, other])])


def test_a_term_elsewhere_has_its_own_russian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    concept_id = "abroad:thu-tuong-chinh-phu"
    path = write_run(
        tmp_path / "x.ru.txt",
        [segment("1", "Thủ tướng Nga")],
        [translation("Премьер-министр России", hits=[hit(concept_id, (0, 9), (0, 15))])],
    )
    bundled = load_termbase("bundled").concepts
    monkeypatch.setattr("mtkit.reports.page_model._termbase_concepts", lambda runs: bundled)
    concept = page_model([read_run([path])], options=QUICK)["concepts"][concept_id]
    assert concept["ru"] == "премьер-министр"
    assert concept["forbidden"] == ["Премьер-министр Вьетнама"]


def test_model_counts_what_the_run_has(translated: Path, tmp_path: Path) -> None:
    model = page_model([read_run([translated])], [reference(tmp_path, "Уезд заседал.\nДва.\nТри.\n")], QUICK)
    (summary,) = model["runs"]
    assert summary["terms"] == {"held": 1, "failed": 1, "forbidden": 0}
    assert summary["findings"] == [{"check": "number", "severity": "error", "count": 1}]
    assert [score["metric"] for score in summary["scores"]] == ["chrF2++", "BLEU", "TER"]
    low, high = summary["scores"][0]["ci"]
    assert low <= high
    assert model["rows"][0]["hyps"][0]["scores"] == [100.0, 100.0, 0.0]


def test_comparison_says_how_likely_the_difference_is_chance(translated: Path, tmp_path: Path) -> None:
    better = write_run(
        tmp_path / "b" / "news.ru.txt",
        read_run([translated]).records[0].segments,
        [translation("Один."), translation("Два."), translation("Три.")],
    )
    runs = [read_run([translated]), read_run([better])]
    model = page_model(runs, [reference(tmp_path, "Один.\nДва.\nТри.\n")], QUICK)
    assert [each["metric"] for each in model["difference"]] == ["chrF2++", "BLEU", "TER"]
    assert 0 <= model["difference"][0]["p"] <= 1


def test_spans_are_in_utf16_units(tmp_path: Path) -> None:
    path = write_run(
        tmp_path / "a.ru.txt",
        [segment("1", "𝄞 huyện")],
        [translation("𝄞𝄞 уезд", hits=[hit("huyen", (2, 7), (3, 7))])],
    )
    model = page_model([read_run([path])])
    (shown,) = model["rows"][0]["hyps"][0]["hits"]
    assert (shown["src"], shown["tgt"]) == ([3, 8], [5, 9])
    assert "𝄞𝄞 уезд".encode("utf-16-le")[2 * 5 : 2 * 9].decode("utf-16-le") == "уезд"


def test_fingerprint_is_of_the_texts_alone(translated: Path, tmp_path: Path) -> None:
    plain = page_model([read_run([translated])], options=QUICK)
    scored = page_model([read_run([translated])], [reference(tmp_path, "1.\n2.\n3.\n")], QUICK)
    assert plain["fingerprint"] == scored["fingerprint"]


@given(st.text())
def test_json_ends_no_script_and_means_the_same(text: str) -> None:
    escaped = escaped_json({"text": text})
    assert not re.search("[<>&\u2028\u2029]", escaped)
    escaped.encode()
    assert json.loads(escaped) == {"text": text}


@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "]]>", "\u2028", "\ud800", "{{script}}"])
def test_hostile_strings_come_through_json(text: str) -> None:
    escaped = escaped_json([text])
    assert "<" not in escaped
    escaped.encode()
    assert json.loads(escaped) == [text]


def test_policy_allows_the_page_its_own_script_and_style_only(translated: Path) -> None:
    page = render_html(page_model([read_run([translated])], options=QUICK)).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    for element, directive in (("script", "script-src"), ("style", "style-src")):
        (content,) = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none'")
    assert "unsafe" not in policy[1]
    targets = re.findall(r'(?:src|href)="([^"]*)"', page.partition("<script")[0])
    assert set(targets) == {"#segments", "data:,"}


def test_the_page_is_the_same_for_the_same_run(translated: Path) -> None:
    pages = [render_html(page_model([read_run([translated])], options=QUICK)) for _ in range(2)]
    assert pages[0] == pages[1]


def test_title_is_escaped(translated: Path) -> None:
    page = render_html(page_model([read_run([translated])], options=PageOptions(title="<script>x</script>")))
    assert b"<title>&lt;script&gt;x&lt;/script&gt; " in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda record: record.pop("segments"), "the record lacks 'segments'"),
        (lambda record: record["segments"][1].pop("target"), "segment 2 lacks 'target'"),
        (lambda record: record["segments"][0]["hits"][0].update(src=[0, 99]), "segment 1"),
        (lambda record: record["segments"][0].update(origin="magic"), "'magic' is not a valid Origin"),
        (lambda record: record["segments"][0].update(source=7), "segment 1"),
        (lambda record: record.update(engine=[]), "the record"),
    ],
)
def test_a_broken_record_is_told_from_a_good_one(translated: Path, change, said: str) -> None:  # type: ignore[no-untyped-def]
    path = record_path(translated)
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(FormatError, match=re.escape(said)):
        read_run([translated])


def test_what_has_no_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.mtkit.json").write_text("[")
    for name, said in (
        ("a.txt", "there is no run record"),
        ("none.txt", "no such file"),
        ("b.mtkit.json", "not valid JSON"),
    ):
        with pytest.raises(InputError, match=said):
            read_run([tmp_path / name])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no run record"):
        read_run([tmp_path / "empty"])


def test_command_writes_the_page_and_sums_it_up(
    translated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pages" / "r.html"
    assert run(["report", str(translated), "-o", str(out), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["segments"] == 3
    assert summary["runs"][0]["terms"]["failed"] == 1
    assert out.read_bytes().startswith(b"<!DOCTYPE html>")


def test_command_replaces_a_report_and_nothing_else(
    translated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r.html"
    for _ in range(2):
        assert run(["report", str(translated), "-o", str(out)]) == 0
        assert capsys.readouterr().err == f"{out}: 3 segments, 1 document\n"
    before = translated.read_bytes()
    assert run(["report", str(translated), "-o", str(translated)]) == 6
    said = "mtkit did not write it; it is kept. Move it away, or choose another place."
    assert capsys.readouterr().err == f"mtkit: {translated}: {said}\n"
    assert translated.read_bytes() == before


def test_command_says_that_a_translation_was_edited(
    translated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translated.write_text(f"{translated.read_text(encoding='utf-8')}Ещё строка.\n", encoding="utf-8")
    assert run(["report", str(translated), "-o", str(tmp_path / "r.html")]) == 0
    told = capsys.readouterr().err.splitlines()
    assert "news.ru.txt was edited since: the page shows it as it is now, beside what mtkit wrote." in told


def test_command_writes_to_standard_output(
    translated: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["report", str(translated), "-o", "-"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["RUN", "--compare"], 2, "takes two runs, not 1"),
        (["RUN", "--metric", "bleu"], 2, "Give --ref REF"),
        (["RUN", "-o", "-", "--json"], 2, "Name a file"),
        (["RUN", "--ref", "/nowhere.txt"], 3, "/nowhere.txt"),
        (["/nowhere.txt"], 3, "no such file"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    translated: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert run(["report", *(str(translated) if each == "RUN" else each for each in arguments)]) == code
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_severity_and_suggestion_reach_the_page(tmp_path: Path) -> None:
    path = write_run(
        tmp_path / "a.ru.txt",
        [segment("1", "Huyện.")],
        [translation("Район.", findings=[finding("term", Severity.WARNING, suggestion="уезд")])],
    )
    (shown,) = page_model([read_run([path])])["rows"][0]["hyps"][0]["findings"]
    assert (shown["severity"], shown["suggestion"]) == ("warning", "уезд")
