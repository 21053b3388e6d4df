"""One thing, one name through a document; documents by their code."""

from __future__ import annotations

import pytest

from mtkit.checks.base import CheckContext, DocumentCheck
from mtkit.checks.consistency import CapitalConsistencyCheck, TermConsistencyCheck, WordingConsistencyCheck
from mtkit.checks.documents import DocumentKindCheck
from mtkit.checks.names import NameConsistencyCheck
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Finding, Segment, Status, Term


def kind(identifier: str, vi: str, ru: str) -> Concept:
    terms = (Term(lang="vi", text=vi), Term(lang="ru", text=ru))
    return Concept(id=identifier, terms=terms, subject="document-kind")


TERMBASE = Termbase(
    concepts=(
        kind("nghi-quyet", "Nghị quyết", "резолюция"),
        kind("nghi-dinh", "Nghị định", "постановление"),
        Concept(
            id="code-nq-tw",
            terms=(
                Term(lang="vi", text="-NQ/TW", condition="code suffix"),
                Term(lang="ru", text="Резолюция ЦК КПВ"),
            ),
            subject="document-code",
        ),
        Concept(
            id="thuong-truc",
            terms=(
                Term(lang="vi", text="Thường trực Tỉnh ủy"),
                Term(lang="ru", text="Постоянная коллегия провинциального комитета партии"),
                Term(lang="ru", text="Постоянная коллегия", status=Status.ADMITTED),
                Term(lang="ru", text="президиум обкома", status=Status.ADMITTED),
            ),
        ),
    )
)
CONTEXT = CheckContext(matchers={"vi": Matcher(TERMBASE, "vi")}, termbase=TERMBASE)


def run(check: DocumentCheck, *targets: str, source: str = "") -> list[Finding]:
    segments = [
        Segment(id=str(number), source=source, src_lang="vi" if source else "", tgt_lang="ru")
        for number, _ in enumerate(targets, 1)
    ]
    return list(check.run(segments, targets, CONTEXT))


@pytest.mark.parametrize("source", ["Thường trực Tỉnh ủy họp.", ""])
def test_one_term_in_two_renderings(source: str) -> None:
    usual = "Собралась Постоянная коллегия провинциального комитета партии."
    (found,) = run(TermConsistencyCheck(), usual, usual, "Собрался президиум обкома.", source=source)
    assert (found.segment_id, found.suggestion) == (
        "3",
        "Постоянная коллегия провинциального комитета партии",
    )
    assert run(TermConsistencyCheck(), usual, "Постоянная коллегия решила.", source=source) == []


def test_capitals() -> None:
    texts = ("Работает новый Центральный Комитет.", "Решение принял Центральный комитет.")
    (found,) = run(CapitalConsistencyCheck(), *texts, texts[1])
    assert found.segment_id == "1"
    assert "«Центральный Комитет» (1)" in found.message and "«Центральный комитет» (2)" in found.message
    assert len(run(CapitalConsistencyCheck(), "Ждут XIV Съезда.", "До XIV съезда далеко.")) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("Новый завод открыт.", "Здесь открыт новый завод."),
        ("Работают народные комитеты уездов.", "Решил Народный комитет."),
        ("Газета «Новая жизнь» вышла.", "Началась новая жизнь."),
        ("Города юго-восточной Азии.", "Города Восточной Азии."),
    ],
)
def test_capitals_that_may_differ(texts: tuple[str, ...]) -> None:
    assert run(CapitalConsistencyCheck(), *texts) == []


def test_an_organ_goes_on_in_two_ways() -> None:
    usual = "Работает Комиссия по культуре и спорту."
    (found,) = run(WordingConsistencyCheck(), usual, "Решение Комиссии по культуре и туризму.", usual)
    assert "«Комиссии по культуре и туризму» (1) is «Комиссия по культуре и спорту» (2)" in found.message


def test_an_adjective_in_several_wordings() -> None:
    found = run(
        WordingConsistencyCheck(),
        "Речь о научной и просветительской работе.",
        "Успехи в научной и массовой просветительской работе.",
        "Планы по научной и массово-просветительской работе.",
        "Планы по научной и воспитательной работе.",
    )
    assert [each.segment_id for each in found] == ["2", "3"]


def test_names_spelt_in_two_ways() -> None:
    (found,) = run(
        NameConsistencyCheck(), "Выступил Ле Куанг Зунг.", "Слово Ле Кванг Зунга.", "О Ле Куанг Зунге."
    )
    assert (found.segment_id, found.suggestion) == ("2", "Ле Куанг Зунг")


def test_two_persons() -> None:
    assert run(NameConsistencyCheck(), "Ле Ван Тан и Ле Ван Тханг.", "Ле Ван Тама и Ле Ван Тана.") == []


def test_kind_of_document() -> None:
    target = "Выполнение Постановления Политбюро № 57-NQ/TW."
    (found,) = run(DocumentKindCheck(), target, "Эта резолюция важна.")
    assert found.tgt_span and found.tgt_span.of(target) == "Постановления"
    assert found.suggestion == "Резолюции"
    assert "so called 1 times" in found.message
    assert run(DocumentKindCheck(), "Выполнение Резолюции № 57-NQ/TW и постановления № 7/2024/NĐ-CP.") == []
