import json
from pathlib import Path

import pytest

from mtkit.config import Settings
from mtkit.documents.base import record_path
from mtkit.record import content_hash, render_record, result_key, run_header, run_record
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Document, Finding, Origin, Segment, Severity, Span, TermHit, Translation
from tests.fakes import RuleEngine


def header(**changed):
    return run_header(
        **{"engine": RuleEngine(str), "termbase": None, "settings": Settings(), "format": "text"} | changed
    )


def test_a_record_tells_everything_and_is_plain_json():
    segment = Segment(id="1", source="Tỉnh ủy họp", src_lang="vi", tgt_lang="ru")
    translation = Translation(
        segment_id="1",
        target="Заседание провинциального комитета партии",
        origin=Origin.ENGINE,
        score=-0.123456,
        hits=(TermHit(concept_id="tinh-uy", src_span=Span(0, 7), tgt_span=Span(10, 41), form="f", ok=True),),
        findings=(Finding(check="number", severity=Severity.ERROR, segment_id="1", message="m"),),
    )
    record = run_record(
        Document(path="a.vi.txt", format="text", segments=(segment,)),
        [translation],
        header=header(),
        raw=b"source",
        rendered=b"target",
    )
    assert json.loads(render_record(record)) == record
    (told,) = json.loads(render_record(record))["segments"]
    assert told["origin"] == "engine"
    assert told["score"] == -0.1235
    assert told["hits"][0]["src"] == [0, 7]
    assert told["findings"][0]["severity"] == "error"


def test_the_record_lies_beside_its_article_and_formats_do_not_clash():
    assert record_path(Path("out/a.ru.md")) == Path("out/a.ru.md.mtkit.json")
    assert record_path(Path("out/a.ru.html")) != record_path(Path("out/a.ru.md"))


def key(raw=b"source", **changed):
    return result_key({**header(**changed), "source_sha256": content_hash(raw)})


def test_the_key_of_a_record_is_that_of_its_header():
    document = Document(path="a.txt", format="text", segments=())
    record = run_record(document, [], header=header(), raw=b"source", rendered=b"target")
    assert json.loads(render_record(record)) == record
    assert result_key(json.loads(render_record(record))) == key()
    assert record["output_sha256"] == content_hash(b"target")
    assert (record["tgt_lang"], record["src_lang"], record["format_options"]) == ("ru", "auto", {})


@pytest.mark.parametrize(
    "changed",
    [
        {"raw": b"other"},
        {"settings": Settings(beam=2)},
        {"settings": Settings(typography=False)},
        {"src_lang": "vi"},
        {"format": "markdown"},
        {"format_options": {"field": "body"}},
        {"termbase": Termbase(concepts=(Concept(id="1", terms=()),), fingerprint="1")},
    ],
)
def test_whatever_changes_a_translation_changes_its_key(changed):
    assert key(**changed) != key()


@pytest.mark.parametrize(
    "changed",
    [{"settings": Settings(threads=7)}, {"settings": Settings(model="elsewhere", glossary="elsewhere.tsv")}],
)
def test_places_and_speed_do_not_change_a_key(changed):
    assert key(**changed) == key()


def test_an_empty_termbase_is_not_none():
    empty = Termbase(concepts=(), fingerprint="0", path="empty.tsv")
    assert header(termbase=empty)["termbase"] == {"path": "empty.tsv", "sha256": "0"}
    assert key(termbase=empty) != key()
