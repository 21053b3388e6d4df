"""Edited translations on the page for reviewers: as they are now, beside what mtkit wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mtkit.checks.base import CheckContext
from mtkit.checks.registered import active_checks
from mtkit.cli.app import run
from mtkit.documents.base import record_path
from mtkit.reports.alignment import align
from mtkit.reports.page_model import page_model
from mtkit.reports.published import published
from mtkit.reports.runs import Run, read_run
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Term
from tests.reports.run_files import finding, segment, translation, write_run

SOURCES = [
    "Huyện ủy họp sáng ngày 5 tháng 3.",
    "Tỉnh Quảng Trị có 15 xã miền núi.",
    "***",
    "Hội nghị kết thúc lúc 17 giờ 30 phút.",
]
TARGETS = [
    "Уездный комитет заседал утром 5 марта.",
    "В провинции Куангчи 14 горных общин.",
    "***",
    "Конференция закончилась в 17 часов 30 минут.",
]
TERMBASE = Termbase(
    concepts=(
        Concept(
            id="huyen-uy",
            terms=(Term(lang="vi", text="huyện ủy"), Term(lang="ru", text="уездный комитет партии")),
        ),
    )
)
CONTEXT = CheckContext(matchers={"vi": Matcher(TERMBASE, "vi")}, termbase=TERMBASE)


def written(folder: Path) -> Path:
    return write_run(
        folder / "news.ru.txt",
        [segment(str(number), source) for number, source in enumerate(SOURCES, 1)],
        [
            translation(TARGETS[0]),
            translation(TARGETS[1], findings=[finding("number", src=(18, 20), tgt=(20, 22))]),
            *map(translation, TARGETS[2:]),
        ],
    )


def edited(folder: Path, *lines: str) -> Run:
    path = written(folder)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    run = read_run([path])
    (record,) = run.records
    assert record.edited
    return Run(name=run.name, records=(published(record, active_checks({}), CONTEXT),))


def shown(run: Run) -> list[tuple[str, str, str | None]]:
    rows = page_model([run])["rows"]
    return [(row["src"], row["hyps"][0]["text"], row["hyps"][0]["draft"]) for row in rows]


def test_the_edited_text_stands_beside_what_was_written(tmp_path: Path) -> None:
    mended = "В провинции Куангчи 15 горных общин."
    run = edited(tmp_path, TARGETS[0], mended, *TARGETS[2:])
    assert [draft for _, _, draft in shown(run)] == [None, TARGETS[1], None, None]
    assert shown(run)[1] == (SOURCES[1], mended, TARGETS[1])
    assert "number" not in {each.check for each in run.records[0].translations[1].findings}


def test_findings_and_terms_are_fresh(tmp_path: Path) -> None:
    first = "Уездный комитет партии заседал утром 6 марта."
    run = edited(tmp_path, first, *TARGETS[1:])
    translations = run.records[0].translations
    assert {each.check for each in translations[0].findings} & {"date", "number"}
    assert [hit.form for hit in translations[0].hits if hit.concept_id == "huyen-uy"] == [first[:22]]
    assert "14" in str(translations[1].findings), "what is wrong in the rest is still told"


def test_what_was_added_joined_and_removed(tmp_path: Path) -> None:
    added = "Фото сделано нашим корреспондентом 9 июня."
    run = edited(tmp_path, TARGETS[0], added, *TARGETS[2:])
    rows = shown(run)
    assert " ".join(source for source, _, _ in rows if source) == " ".join(SOURCES)
    assert added in {text for _, text, _ in rows}
    gone = edited(tmp_path / "b", TARGETS[0], *TARGETS[2:])
    assert (SOURCES[1], "", TARGETS[1]) in shown(gone)
    assert "omission" in {each.check for each in gone.records[0].translations[1].findings}


def test_an_edited_run_is_compared_with_one_that_is_not(tmp_path: Path) -> None:
    added = "Фото сделано нашим корреспондентом 9 июня в полдень."
    other = read_run([written(tmp_path / "a")])
    run = edited(tmp_path / "b", added, *TARGETS[:2], added, *TARGETS[2:])
    rows = align([other, run])
    assert [row.segment.source for row in rows] == SOURCES
    assert [row.translations[0].target for row in rows] == TARGETS
    assert rows[0].translations[1].target == f"{added} {TARGETS[0]}"
    assert rows[1].drafts == (None, TARGETS[1])
    model = page_model([other, run])
    for row in model["rows"]:
        for hyp in row["hyps"]:
            assert all(hit["src"][1] <= len(row["src"]) for hit in hyp["hits"])
    assert [row["hyps"][0]["draft"] for row in model["rows"]] == [None] * 4


@pytest.mark.parametrize(
    "lines",
    [
        ["Фото сделано нашим корреспондентом 9 июня в полдень.", *TARGETS],
        [*TARGETS[:2], "Фото сделано нашим корреспондентом 9 июня в полдень.", *TARGETS[2:]],
        [TARGETS[0], *TARGETS[2:]],
        [f"{TARGETS[0]} {TARGETS[1]}", *TARGETS[2:]],
    ],
)
def test_a_reference_of_the_unedited_text_is_put_beside_the_edited_one(
    tmp_path: Path, lines: list[str]
) -> None:
    run = edited(tmp_path, *lines)
    (tmp_path / "ref.txt").write_text("\n".join(TARGETS), encoding="utf-8")
    model = page_model([run], [str(tmp_path / "ref.txt")])
    rows = model["rows"]
    assert " ".join(row["refs"][0] for row in rows).split() == " ".join(TARGETS).split()
    added = [row for row in rows if "Фото" in row["hyps"][0]["text"]]
    assert all({row["refs"][0], row["src"]} <= {"", "***"} for row in added)
    last = rows[-1]
    assert last["refs"][0] == last["hyps"][0]["text"] == TARGETS[-1]


def test_the_command_shows_edited_and_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path / "out" / "b")
    path = written(tmp_path / "out" / "a")
    path.write_text("\n".join(["Совсем другой заголовок.", *TARGETS[1:]]), encoding="utf-8")
    record = record_path(path)
    value = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps(value | {"settings": {"glossary": "none"}}), encoding="utf-8")
    page = tmp_path / "r.html"
    assert run(["report", str(tmp_path / "out"), "-o", str(page)]) == 0
    assert capsys.readouterr().err.count("was edited since") == 1
    assert "Совсем другой заголовок." in page.read_text(encoding="utf-8")
