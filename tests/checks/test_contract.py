"""What every registered check keeps to, whatever text it is given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtkit import registry
from mtkit.checks.base import AnyCheck, Check, CheckContext, DocumentCheck
from mtkit.checks.registered import active_checks, known_checks, page
from mtkit.checks.run import run_checks
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Segment, Severity, Term

TERMBASE = Termbase(
    concepts=(
        Concept(
            id="tinh-uy",
            terms=(
                Term(lang="vi", text="Tỉnh ủy"),
                Term(lang="en", text="provincial Party Committee"),
                Term(lang="ru", text="провинциальный комитет партии", head="комитет"),
            ),
        ),
    )
)
CONTEXT = CheckContext(matchers={lang: Matcher(TERMBASE, lang) for lang in ("vi", "en")}, termbase=TERMBASE)
ITS_TYPES = {
    *("terminology", "mistranslation", "omission", "untranslated", "addition", "duplication"),
    *("inconsistency", "grammar", "legal", "register", "locale-specific-content", "locale-violation"),
    *("style", "characters", "misspelling", "typographical", "formatting", "inconsistent-entities"),
    *("numbers", "markup", "pattern-problem", "whitespace", "internationalization", "length"),
    *("non-conformance", "uncategorized", "other"),
}
"""The values of locQualityIssueType (ITS 2.0, § 8.17)."""

GOOD = [
    (
        "vi",
        "Sáng 12/8, Tỉnh ủy Lâm Sơn họp về Nghị quyết số 57-NQ/TW; kinh phí 1.500 tỷ đồng, tăng 41,3%.",
        "Утром 12 августа провинциальный комитет партии Ламшона обсудил Резолюцию №\u00a057-NQ/TW; "
        "средства составят 1,5 трлн донгов, на 41,3% больше.",
    ),
    (
        "en",
        "At 6 p.m. on May 3, the provincial Party Committee met 1,234 readers of www.lamson.vn.",
        "3 мая в 18:00 провинциальный комитет партии встретился с 1234 читателями www.lamson.vn.",
    ),
    ("vi", "57-NQ/TW", "57-NQ/TW"),
    ("en", "VNeID", "VNeID"),
]
texts = st.text("aăệД дё.,:/-–№«»0123456789 \nXVI%⟦", max_size=60)


@pytest.fixture(params=registry.names("checks"))
def check(request: pytest.FixtureRequest) -> Check:
    made: Check = registry.load("checks", request.param)()
    assert made.id == request.param
    return made


def segment(source: str, lang: str) -> Segment:
    return Segment(id="s1", source=source, src_lang=lang, tgt_lang="ru")


@pytest.fixture(params=known_checks())
def any_check(request: pytest.FixtureRequest) -> AnyCheck:
    made: AnyCheck = registry.load(known_checks()[request.param], request.param)()
    assert made.id == request.param
    return made


def test_protocol(any_check: AnyCheck) -> None:
    whole = any_check.id in registry.names("document-checks")
    assert isinstance(any_check, DocumentCheck if whole else Check)
    assert isinstance(any_check.severity, Severity)
    assert isinstance(any_check.needs_source, bool)
    assert any_check.its_type in ITS_TYPES


def test_every_check_has_a_page_with_its_false_alarms(any_check: AnyCheck) -> None:
    text = page(any_check.id)
    assert text.startswith(f"{any_check.id} ({any_check.severity})")
    assert "known false alarms:" in " ".join(text.split()).lower()
    assert f"ITS 2.0 issue type: {any_check.its_type}" in text


@pytest.mark.parametrize(("lang", "source", "target"), GOOD)
def test_a_good_translation_has_no_findings(check: Check, lang: str, source: str, target: str) -> None:
    assert list(check.run(segment(source, lang), target, CONTEXT)) == []


@given(source=texts, target=texts, lang=st.sampled_from(["vi", "en"]))
@settings(max_examples=60, deadline=None)
def test_findings_lie_inside_the_texts(source: str, target: str, lang: str) -> None:
    gravity = {severity: rank for rank, severity in enumerate(Severity)}
    checks = active_checks({})
    gravest = {each.id: each.check.severity for each in checks}
    for found in run_checks([segment(source, lang)], [target], checks, CONTEXT):
        assert found.segment_id == "s1"
        assert found.message
        assert gravity[found.severity] >= gravity[gravest[found.check]]
        for span, text in ((found.src_span, source), (found.tgt_span, target)):
            assert span is None or 0 <= span.start <= span.end <= len(text)


@given(target=texts)
@settings(max_examples=60, deadline=None)
def test_checks_that_need_a_source_are_not_run_without_one(target: str) -> None:
    checks = active_checks({})
    alone = {each.id for each in checks if not each.check.needs_source}
    found = run_checks([segment("", "")], [target], checks, CONTEXT)
    assert {each.check for each in found} <= alone


@pytest.mark.parametrize("number", ["{0}", "0{0}", "1 {0}", "1.{0}", "ngày {0}/{0}", "{0} km", "№ {0}-NQ/TW"])
def test_no_number_is_too_long(number: str) -> None:
    source, target = (number.format(digit * 4500) + " донгов" for digit in "12")
    for lang in ("vi", "en"):
        assert run_checks([segment(source, lang)], [target], active_checks({}), CONTEXT) is not None


def test_a_check_says_the_same_twice(check: Check) -> None:
    lang, source, _ = GOOD[0]
    wrong = "Утром 13 августа Lâm Sơn обсудил обсудил."
    runs = [list(check.run(segment(source, lang), wrong, CONTEXT)) for _ in range(2)]
    assert runs[0] == runs[1]
