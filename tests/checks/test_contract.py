"""What every registered check keeps to, whatever text it is given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtkit import registry
from mtkit.checks.base import Check, CheckContext
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
CONTEXT = CheckContext(matchers={lang: Matcher(TERMBASE, lang) for lang in ("vi", "en")})

GOOD = [
    (
        "vi",
        "Sáng 12/8, Tỉnh ủy Lâm Sơn họp về Nghị quyết số 57-NQ/TW; kinh phí 1.500 tỷ đồng, tăng 41,3%.",
        "Утром 12 августа провинциальный комитет партии Ламшона обсудил Резолюцию № 57-NQ/TW; "
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


def test_protocol(check: Check) -> None:
    assert isinstance(check, Check)
    assert isinstance(check.severity, Severity)
    assert check.__doc__


@pytest.mark.parametrize(("lang", "source", "target"), GOOD)
def test_a_good_translation_has_no_findings(check: Check, lang: str, source: str, target: str) -> None:
    assert list(check.run(segment(source, lang), target, CONTEXT)) == []


@given(source=texts, target=texts, lang=st.sampled_from(["vi", "en"]))
@settings(max_examples=60, deadline=None)
def test_findings_lie_inside_the_texts(source: str, target: str, lang: str) -> None:
    gravity = {severity: rank for rank, severity in enumerate(Severity)}
    for name in registry.names("checks"):
        check = registry.load("checks", name)()
        for found in check.run(segment(source, lang), target, CONTEXT):
            assert found.check == name
            assert found.segment_id == "s1"
            assert found.message
            assert gravity[found.severity] >= gravity[check.severity]
            for span, text in ((found.src_span, source), (found.tgt_span, target)):
                assert span is None or 0 <= span.start <= span.end <= len(text)


def test_a_check_says_the_same_twice(check: Check) -> None:
    lang, source, _ = GOOD[0]
    wrong = "Утром 13 августа Lâm Sơn обсудил обсудил."
    runs = [list(check.run(segment(source, lang), wrong, CONTEXT)) for _ in range(2)]
    assert runs[0] == runs[1]
