"""The memory in the pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtkit.config import Settings
from mtkit.errors import ConfigError
from mtkit.memory.folders import Member, MemorySet
from mtkit.memory.recall import Recall, open_recall
from mtkit.pipeline import Pipeline
from mtkit.termbase.io import load_termbase
from mtkit.types import MemoryEntry, Origin, Severity, Translation
from tests.fakes import RuleEngine
from tests.memory.samples import entry, memory, segments, store


def translate(
    recall: Recall | None, *sources: str, glossary: Path | None = None
) -> tuple[list[Translation], list[str]]:
    engine = RuleEngine(lambda text: "Перевод движка.")
    termbase = load_termbase(str(glossary)) if glossary else None
    translations = Pipeline(engine, termbase, memory=recall).translate(segments(*sources))
    return translations, [request.text for request in engine.asked]


def memory_findings(translation: Translation) -> list[tuple[Severity, str]]:
    return [(each.severity, each.message) for each in translation.findings if each.check == "memory"]


def test_what_is_known_is_not_decoded(tmp_path: Path) -> None:
    known = memory(
        tmp_path,
        entry("Huyện mở trường.", 'Уезд открыл "школу" -- да.'),
        entry("Có 15 người dự.", "Присутствовало 15 человек.", document="a.txt"),
    )
    translations, asked = translate(
        Recall(known), "Huyện mở trường.", "Có 18 người dự.", "Xã xây cầu.", "Huyện xây trường.", "57-NQ/TW"
    )
    assert asked == ["Xã xây cầu.", "Huyện xây trường."]
    assert [each.origin for each in translations] == [
        *(Origin.TM_EXACT, Origin.TM_FUZZY, Origin.ENGINE, Origin.ENGINE, Origin.COPIED)
    ]
    assert [each.segment_id for each in translations] == ["1", "2", "3", "4", "5"]
    assert translations[0].target == 'Уезд открыл "школу" -- да.'
    assert memory_findings(translations[0]) == []
    assert any(each.check != "memory" for each in translations[0].findings)
    assert translations[1].target == "Присутствовало 18 человек."
    assert memory_findings(translations[1]) == [
        (Severity.INFO, "A 75% match of a.txt, repaired: number «15» → «18».")
    ]
    assert translations[1].entry == MemoryEntry(
        source="Có 15 người dự.", target="Присутствовало 15 человек.", similarity=75, document="a.txt"
    )
    assert translations[2].entry is None


def test_an_exact_match_wins_over_copying(tmp_path: Path) -> None:
    known = memory(tmp_path, entry("01/02/1980", "01.02.1980"), entry("1,250", "1\u00a0250"))
    translations, asked = translate(Recall(known), "01/02/1980", "03/04/1981", "1.250", "1,250")
    assert not asked
    assert [(each.target, each.origin) for each in translations] == [
        ("01.02.1980", Origin.TM_EXACT),
        ("03/04/1981", Origin.COPIED),
        ("1250", Origin.COPIED),
        ("1\u00a0250", Origin.TM_EXACT),
    ]


def test_a_lower_threshold_takes_more_and_says_so(tmp_path: Path) -> None:
    known = memory(tmp_path, entry("Huyện mở trường mới.", "Уезд открыл новую школу."))
    (translation,), asked = translate(Recall(known, 75), "Huyện xây trường mới.")
    assert not asked
    assert translation.origin is Origin.TM_FUZZY
    assert memory_findings(translation) == [
        (Severity.WARNING, "A 75% match was taken as it is; its source is: Huyện mở trường mới.")
    ]


def test_an_enforced_match_is_taken_at_any_threshold(tmp_path: Path) -> None:
    house = store(tmp_path, entry("Huyện mở trường.", "Так."))
    known = MemorySet([Member("enforce/a", house, enforce=True, penalty=5)])
    assert translate(Recall(known, 100), "Huyện mở trường.")[0][0].target == "Так."
    plain = MemorySet([Member("penalty-05/a", house, penalty=5)])
    assert translate(Recall(plain, 100), "Huyện mở trường.")[0][0].origin is Origin.ENGINE


def test_a_match_that_breaks_the_termbase_gets_a_finding(tmp_path: Path) -> None:
    glossary = tmp_path / "terms.tsv"
    glossary.write_text("vi\ten\tru\nhuyện\trural district\tуезд\n", encoding="utf-8")
    known = memory(
        tmp_path,
        entry("Huyện mở trường.", "Район открыл школу.", document="old.tmx"),
        entry("Xã ở huyện này.", "Община в этом уезде."),
    )
    (broken, held), _ = translate(Recall(known), "Huyện mở trường.", "Xã ở huyện này.", glossary=glossary)
    assert memory_findings(broken) == [
        (Severity.WARNING, "The tm-exact target of old.tmx has not the termbase's rendering of Huyện.")
    ]
    assert [hit.ok for hit in broken.hits] == [False]
    assert [(hit.ok, hit.form, hit.strategy) for hit in held.hits] == [(True, "уезде", "memory")]
    assert memory_findings(held) == []


def test_a_term_is_repaired_with_the_termbase(tmp_path: Path) -> None:
    glossary = tmp_path / "terms.tsv"
    glossary.write_text(
        "vi\ten\tru\nhội nông dân\tfarmers\tсоюз крестьян\nhội nhà văn\twriters\tсоюз писателей\n",
        encoding="utf-8",
    )
    known = memory(tmp_path, entry("Gặp hội nông dân ở xã.", "Встреча с союзом крестьян в общине."))
    (translation,), asked = translate(Recall(known), "Gặp hội nhà văn ở xã.", glossary=glossary)
    assert (translation.target, asked) == ("Встреча с союзом писателей в общине.", [])
    assert [hit.ok for hit in translation.hits] == [True]


def test_a_memory_is_open_for_the_run(tmp_path: Path) -> None:
    with open_recall(Settings()) as recall:
        assert recall.memory is None
        assert recall.labels.fingerprint
    with open_recall(Settings(labels="none")) as recall:
        assert recall.taken(segments("Kết luận")) == {}
    with (
        pytest.raises(ConfigError, match="memory_threshold goes from 0 to 100"),
        open_recall(Settings(memory_threshold=101)),
    ):
        pass
    with store(tmp_path, entry("Huyện mở trường.", "Уезд открыл школу.")) as written:
        place = written.path
    with open_recall(Settings(memory=str(place))) as recall:
        assert recall.taken(segments("Huyện mở trường."))[0].target == "Уезд открыл школу."
    assert not Path(f"{place}-wal").exists()


def test_a_match_for_a_headline_in_capitals_keeps_its_own(tmp_path: Path) -> None:
    known = memory(tmp_path, entry("THÔNG BÁO TUYỂN SINH", "Приём (IELTS): 5 кг"))
    (translation,), asked = translate(Recall(known), "THÔNG BÁO TUYỂN SINH")
    assert not asked
    assert translation.target == "Приём (IELTS): 5 кг"
