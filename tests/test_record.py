import json
from pathlib import Path

from mtkit.config import Settings
from mtkit.record import record_path, render_record, run_record
from mtkit.types import Document, Finding, Origin, Segment, Severity, Span, TermHit, Translation
from tests.fakes import RuleEngine


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
        engine=RuleEngine(str),
        termbase=None,
        settings=Settings(),
    )
    (told,) = json.loads(render_record(record))["segments"]
    assert told["origin"] == "engine"
    assert told["score"] == -0.1235
    assert told["hits"][0]["src"] == [0, 7]
    assert told["findings"][0]["severity"] == "error"


def test_the_record_lies_beside_its_article_and_formats_do_not_clash():
    assert record_path(Path("out/a.ru.md")) == Path("out/a.ru.md.mtkit.json")
    assert record_path(Path("out/a.ru.html")) != record_path(Path("out/a.ru.md"))
