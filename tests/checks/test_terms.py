from __future__ import annotations

import pytest

from mtkit.checks.base import CheckContext
from mtkit.checks.terms import AgreementCheck, ForbiddenTermCheck, TermCheck
from mtkit.termbase.io import load_termbase
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Finding, Segment, Severity, Status, Term


def concept(vi: str, ru: str, admitted: str = "", forbidden: str = "", condition: str = "") -> Concept:
    terms = [Term(lang="vi", text=vi), Term(lang="ru", text=ru)]
    if admitted:
        terms.append(Term(lang="ru", text=admitted, status=Status.ADMITTED))
    if forbidden:
        terms.append(Term(lang="ru", text=forbidden, status=Status.FORBIDDEN, condition=condition))
    return Concept(id=vi.replace(" ", "-"), terms=tuple(terms))


TERMBASE = Termbase(
    concepts=(
        concept("Tỉnh ủy", "провинциальный комитет партии", "обком партии", "партийный комитет провинции"),
        concept("HĐND", "Народный совет"),
        concept("UBND", "Народный комитет", forbidden="Народный совет"),
        concept("nghị quyết", "резолюция", forbidden="решение", condition="of the Party"),
        concept("xã", "община", forbidden="деревня"),
        concept("thôn", "деревня"),
        concept("Quốc hội", "Национальное собрание", forbidden="конгресс"),
    )
)
CONTEXT = CheckContext(matchers={"vi": Matcher(TERMBASE, "vi")})


def run(source: str, target: str, context: CheckContext = CONTEXT) -> list[Finding]:
    segment = Segment(id="1", source=source, src_lang="vi", tgt_lang="ru")
    return [
        found
        for check in (TermCheck(), ForbiddenTermCheck())
        for found in check.run(segment, target, context)
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Tỉnh ủy họp.", "Провинциальный комитет партии провёл заседание."),
        ("Tỉnh ủy họp.", "В провинциальном комитете партии прошло заседание."),
        ("Tỉnh ủy họp.", "Обкомом партии принято решение."),
        ("HĐND và UBND họp.", "Прошло заседание Народного совета и Народного комитета."),
        ("thôn Hạ, xã Lâm", "деревня Ха общины Лам"),
        ("xã Lâm họp", "в деревнях общины Лам"),
        ("Mưa lớn.", "Сильный дождь."),
    ],
)
def test_rendered(source: str, target: str) -> None:
    assert run(source, target) == []


def test_a_deputy_is_no_chief() -> None:
    bundled = load_termbase("bundled")
    context = CheckContext(matchers={"vi": Matcher(bundled, "vi")}, termbase=bundled)
    source = "Thủ tướng Phạm Minh Chính đã gặp Phó Thủ tướng Bùi Thanh Sơn."
    for deputy in ("вице-премьером", "заместителем премьер-министра"):
        target = f"Премьер-министр Вьетнама Фам Минь Тинь встретился с {deputy} Буй Тхань Шоном."
        assert run(source, target, context) == []
    found = run(source, "Премьер-министр Вьетнама встретился с Буй Тхань Шоном.", context)
    told = [each.message for each in found if "премьер-министр" in each.message]
    assert told == ["Phó Thủ tướng: «заместитель премьер-министра» is not there in any of its forms."]


def test_missing() -> None:
    source = "Sáng nay Tỉnh ủy họp."
    (found,) = run(source, "Сегодня утром прошло совещание.")
    assert found.severity is Severity.WARNING
    assert found.src_span and found.src_span.of(source) == "Tỉnh ủy"
    assert found.suggestion == "провинциальный комитет партии"


@pytest.mark.parametrize(
    ("source", "target"),
    [("Tỉnh ủy họp.", "Комитет собрался."), ("Nghị quyết mới", "Новый документ")],
)
def test_in_short_or_left_out_is_for_information(source: str, target: str) -> None:
    (found,) = run(source, target)
    assert found.severity is Severity.INFO


def test_forbidden() -> None:
    target = "В партийном комитете провинции прошло заседание."
    (found,) = run("Tỉnh ủy họp.", target)
    assert found.severity is Severity.ERROR
    assert found.tgt_span and found.tgt_span.of(target) == "партийном комитете провинции"
    assert found.suggestion == "провинциальный комитет партии"


def test_forbidden_for_one_concept_is_right_for_another() -> None:
    (found,) = run("UBND họp.", "Народный совет провёл заседание.")
    assert found.severity is Severity.ERROR
    (found,) = run("HĐND và UBND họp.", "Народный совет провёл заседание.")
    assert found.severity is Severity.WARNING


def test_conditional_terms_are_not_taken_literally() -> None:
    (found,) = run("Nghị quyết mới", "Новое решение")
    assert found.severity is Severity.INFO


def test_a_concept_is_told_once() -> None:
    assert len(run("Tỉnh ủy gặp Tỉnh ủy.", "Состоялась встреча.")) == 1


def test_without_a_termbase() -> None:
    assert run("Tỉnh ủy họp.", "Прошло совещание.", CheckContext()) == []


def test_one_common_word_for_another_is_a_warning() -> None:
    (found,) = run("xã Lâm họp", "Деревня Лам провела собрание.")
    assert (found.check, found.severity) == ("forbidden-term", Severity.WARNING)


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("Quốc hội họp.", "Конгресс собрался.", 1),
        ("Quốc hội họp.", "Собрался Национальный конгресс.", 0),
    ],
)
def test_a_word_of_a_longer_name_is_not_forbidden(source: str, target: str, said: int) -> None:
    assert sum(found.check == "forbidden-term" for found in run(source, target)) == said


def agreement(source: str, target: str) -> list[Finding]:
    termbase = TERMBASE if not source else None
    context = CheckContext(matchers=CONTEXT.matchers, termbase=termbase)
    segment = Segment(id="1", source=source, src_lang="vi" if source else "", tgt_lang="ru")
    return list(AgreementCheck().run(segment, target, context))


@pytest.mark.parametrize("source", ["Tỉnh ủy họp.", ""])
def test_agreement_with_a_preposition(source: str) -> None:
    target = "Обращение к провинциального комитета партии."
    (found,) = agreement(source, target)
    assert found.tgt_span and found.tgt_span.of(target) == "провинциального комитета партии"
    assert "«к»" in found.message
    assert agreement(source, "Обращение к провинциальному комитету партии.") == []
    assert agreement(source, "Обращение провинциального комитета партии.") == []


def test_a_title_in_a_may_be_a_woman_s() -> None:
    termbase = Termbase(concepts=(concept("Chánh án", "судья"),))
    context = CheckContext(matchers={"vi": Matcher(termbase, "vi")})

    def said(target: str) -> list[Finding]:
        segment = Segment(id="1", source="Chánh án mới phát biểu.", src_lang="vi", tgt_lang="ru")
        return list(AgreementCheck().run(segment, target, context))

    assert said("Выступила новая судья.") == said("Выступил новый судья.") == said("Речь новой судьи.") == []
    assert len(said("Речь новая судьи.")) == 1
