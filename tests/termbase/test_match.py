from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtkit.termbase.io import load_termbase
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.termbase.model import Termbase
from mtkit.termbase.name_terms import terms_and_names
from mtkit.types import Concept, Span, Status, Term

BUNDLED = load_termbase("bundled")
MATCHERS = {lang: Matcher(BUNDLED, lang) for lang in ("vi", "en")}


def concept(concept_id: str, *terms: Term, subject: str = "") -> Concept:
    return Concept(id=concept_id, terms=(*terms, Term(lang="ru", text="x")), subject=subject)


def small(*concepts: Concept, lang: str = "en") -> Matcher:
    return Matcher(Termbase(concepts=concepts), lang)


def en(text: str, **options: object) -> Term:
    return Term(lang="en", text=text, **options)  # type: ignore[arg-type]


def vi(text: str, **options: object) -> Term:
    return Term(lang="vi", text=text, **options)  # type: ignore[arg-type]


def found(matcher: Matcher, text: str) -> list[str]:
    return [match.span.of(text) for match in matcher.find(text)]


def ids(lang: str, text: str) -> list[str]:
    return [match.concept.id for match in MATCHERS[lang].find(text)]


def test_longest_and_disjoint_with_spans_of_the_given_text() -> None:
    text = "Ủy viên Ban Thường vụ Tỉnh ủy, Bí thư Đảng ủy xã."
    assert MATCHERS["vi"].find(text)[0].span == Span(0, 29)
    assert ids("vi", text) == ["uy-vien-ban-thuong-vu-tinh-uy", "bi-thu-dang-uy-xa"]


def test_earlier_term_keeps_its_words() -> None:
    assert ids("vi", "UBND tỉnh Tuyên Quang") == ["uy-ban-nhan-dan-tinh", "tuyen-quang"]


def test_tokens_not_substrings() -> None:
    matcher = small(concept("party", en("party")))
    assert found(matcher, "A counterparty met the party.") == ["party"]


@pytest.mark.parametrize("text", ["hòa bình", "hoà bình", "HÒA BÌNH", "Hoà Bình", "hòa-bình"])
def test_tone_position_and_case(text: str) -> None:
    assert found(small(concept("peace", vi("Hòa bình")), lang="vi"), text) == [text]


@pytest.mark.parametrize("text", ["Trần Sỹ Thanh", "Trần Sĩ Thanh"])
def test_lone_y_equals_i(text: str) -> None:
    assert ids("vi", text) == ["tran-sy-thanh"]


@pytest.mark.parametrize(
    "text", ["Ủy ban nhân dân tỉnh", "UBND tỉnh", "Uỷ ban Nhân dân tỉnh", "ỦY BAN NHÂN DÂN TỈNH"]
)
def test_abbreviations_equal_what_they_stand_for(text: str) -> None:
    assert ids("vi", text) == ["uy-ban-nhan-dan-tinh"]
    assert found(MATCHERS["vi"], text) == [text]


@pytest.mark.parametrize("text", ["Ban Tổ chức Trung ương", "Ban Tổ chức TƯ", "Ban Tổ chức T.Ư"])
def test_central_abbreviations(text: str) -> None:
    assert ids("vi", text) == ["ban-to-chuc-trung-uong"]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("HĐND tỉnh", "Hội đồng nhân dân tỉnh"),
        ("UBND xã", "Ủy ban nhân dân xã"),
        ("TAND tối cao", "Tòa án nhân dân tối cao"),
        ("VKSND huyện", "Viện kiểm sát nhân dân huyện"),
        ("MTTQ VN", "Mặt trận Tổ quốc Việt Nam"),
        ("BCH TƯ", "Ban Chấp hành Trung ương"),
        ("BTV Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"),
        ("UBKT T.Ư", "Ủy ban Kiểm tra Trung ương"),
        ("ĐBQH", "đại biểu Quốc hội"),
        ("Công an TP", "Công an thành phố"),
    ],
)
def test_an_abbreviation_is_matched_either_way(short: str, long: str) -> None:
    for entry, text in ((long, short), (short, long), (short, short)):
        assert found(small(concept("a", vi(entry)), lang="vi"), f"Nay {text} họp.") == [text]


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("Tỉnh ủy", "Tỉnh uỷ"),
        ("Thủy lợi", "Thuỷ lợi"),
        ("khóa họp", "khoá họp"),
        ("văn hóa", "văn hoá"),
        ("tòa án", "toà án"),
        ("hòe", "hoè"),
        ("kỹ thuật", "kĩ thuật"),
        ("ủy viên", "u\u1ef7 viên"),
    ],
)
def test_where_the_tone_mark_stands_does_not_matter(new: str, old: str) -> None:
    assert found(small(concept("a", vi(new)), lang="vi"), f"các {old} mới") == [old]
    assert found(small(concept("a", vi(old)), lang="vi"), f"CÁC {new.upper()} MỚI") == [new.upper()]


def test_other_tones_and_letters_are_other_words() -> None:
    matcher = small(concept("a", vi("hòa")), concept("b", vi("bản")), lang="vi")
    assert found(matcher, "hóa, hoa, họa, hỏa; bán, ban, bạn, bẩn, bàn") == []


def test_no_match_begins_inside_an_abbreviation() -> None:
    assert found(small(concept("people", vi("nhân dân")), lang="vi"), "UBND và nhân dân") == ["nhân dân"]


@pytest.mark.parametrize(
    ("text", "plural"),
    [
        ("the provincial Party Committee", False),
        ("Provincial Party Committees", True),
        ("PROVINCIAL PARTY COMMITTEE", False),
        ("provincial Party Committee's", False),
        ("provincial-Party-Committee", False),
    ],
)
def test_english_variants(text: str, plural: bool) -> None:
    (match,) = MATCHERS["en"].find(text)
    assert (match.concept.id, match.plural) == ("tinh-uy", plural)


@pytest.mark.parametrize(
    ("entry", "texts"),
    [
        (
            "organisation commission",
            ["Organization Commission", "ORGANISATION COMMISSION", "organization commissions"],
        ),
        ("labour union", ["labor union", "Labour Unions", "LABOR UNION'S"]),
        ("service centre", ["service center", "Service Centers", "service-centre"]),
        ("programme", ["program", "programs", "Programmes", "programme’s"]),
        ("mobilisation board", ["mobilization board", "Mobilization Boards'"]),
        (
            "vice chairman",
            ["vice-chairman", "Vice Chairwoman", "vice chairmen", "Vice Chairwomen", "vice chairperson"],
        ),
        ("Party cell", ["party cells", "Party-cell", "PARTY CELL", "Party Cell", "Party cell's"]),
        ("deputy secretary", ["deputy secretaries", "Deputy Secretary's", "Deputy  Secretaries"]),
        ("Women's Union", ["Women’s Unions", "WOMEN'S UNION", "Womens Union"]),
        ("science and technology", ["science & technology", "Science, and Technology"]),
        ("Viet Nam", ["Vietnam", "VIETNAM", "VIET NAM", "Viet-Nam", "Vietnam's"]),
    ],
)
def test_spellings_of_one_english_term(entry: str, texts: list[str]) -> None:
    matcher = small(concept("a", en(entry)))
    for text in texts:
        assert len(found(matcher, f"Now the {text} works.")) == 1, text
    for text in (f"x{entry}", f"{entry}x"):
        assert found(matcher, text) == []


@pytest.mark.parametrize(
    ("text", "concept_id"),
    [
        ("Communist Party of Vietnam", "dang-cong-san-viet-nam"),
        ("Ministry of National Defense", "bo-quoc-phong"),
        ("Vice Chairwoman", "pho-chu-tich"),
        ("Ministry of Culture, Sports, and Tourism", "bo-van-hoa-the-thao-va-du-lich"),
        ("People’s Committee of the province", "uy-ban-nhan-dan"),
        ("Hanoi", "ha-noi"),
        ("Secretaries of the Party Central Committee", "bi-thu-trung-uong-dang"),
    ],
)
def test_british_american_and_written_variants(text: str, concept_id: str) -> None:
    assert ids("en", text)[0] == concept_id


def test_vietnamese_plural() -> None:
    assert [match.plural for match in MATCHERS["vi"].find("các Tỉnh ủy và một Tỉnh ủy")] == [True, False]


def test_terms_that_want_their_capitals() -> None:
    matcher = small(concept("state", en("State", exact=True)), concept("most", en("MOST")))
    assert found(matcher, "The State is most state-like; MOST agrees.") == ["State", "MOST"]
    assert found(matcher, "MOST PEOPLE AND THE STATE") == []
    assert found(MATCHERS["vi"], "ngày hòa bình") == []


def test_conditions() -> None:
    resolution = concept(
        "r", en("Conclusion", condition="before: No, NUMBER"), en("End", condition="ambiguous")
    )
    text = "Conclusion No. 5; Conclusion 7; in conclusion, the End"
    assert found(small(resolution), text) == ["Conclusion", "Conclusion"]
    everything = Matcher(Termbase(concepts=(resolution,)), "en", ambiguous=True)
    assert found(everything, "The End")[0] == "End"
    named = concept("major", en("Major", condition="before: NAME"), en("act", condition="after: this"))
    assert found(small(named), "Major Hung is a major figure in this act, not an act") == ["Major", "act"]


def test_look_alikes_yield_nothing() -> None:
    commune = concept("xa", vi("xã"), vi("xã hội", status=Status.FORBIDDEN))
    assert found(small(commune, lang="vi"), "xã hội và xã Hướng Phùng") == ["xã"]


def test_places_inside_names_of_persons() -> None:
    surname = concept("ho", vi("Nguyễn", condition="ambiguous"), subject="surname")
    place = concept("hoa-binh", vi("Hòa Bình", exact=True), subject="province")
    matcher = small(surname, place, lang="vi")
    assert found(matcher, "ông Nguyễn Hòa Bình và ông Nguyễn Văn Hòa Bình") == []
    assert found(matcher, "tỉnh Hòa Bình, Hòa bình") == ["Hòa Bình"]


def test_empty_termbase_and_text() -> None:
    assert Matcher(load_termbase("none"), "vi").find("Tỉnh ủy") == ()
    assert MATCHERS["vi"].find("") == ()


ENGLISH_TERMS = [term.text for concept in BUNDLED.concepts for term in concept.in_lang("en")][:400]
OTHER_WORDS = ["and", "the", ",", ".", "'s", "-", "—", "VND15.87", "Hà Nội", "\N{NO-BREAK SPACE}", "⟦c1⟧"]
SENTENCES = st.lists(st.sampled_from([*ENGLISH_TERMS, *OTHER_WORDS]), max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.one_of(SENTENCES, st.text(max_size=60)))
def test_spans_lie_inside_and_never_overlap(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    for matcher in MATCHERS.values():
        matches: tuple[SourceMatch, ...] = matcher.find(text)
        assert all(0 <= match.span.start < match.span.end <= len(text) for match in matches)
        assert all(a.span.end <= b.span.start for a, b in pairwise(matches))
        assert all(match.span.of(text) == match.span.of(text).strip() for match in matches)


@pytest.mark.parametrize("lang", ["vi", "en"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_quick_look_passes_over_nothing(lang: str, data: st.DataObject) -> None:
    terms = [term.text for concept in BUNDLED.concepts for term in concept.in_lang(lang)]
    words = sorted({word for term in terms for word in term.split()})
    odd = ["the", "'s", "’", "-", ",", "and", "s", "—", "Hanoi", "UBND", "T.Ư", "TP.Huế", "PCC", "_", "5"]
    pieces = st.lists(st.sampled_from(terms) | st.sampled_from(words) | st.sampled_from(odd), max_size=9)
    text = data.draw(st.sampled_from([" ", ""])).join(data.draw(pieces))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Matcher, "_may_match", lambda self, text: True)
        wanted = MATCHERS[lang].find(text)
    assert MATCHERS[lang].find(text) == wanted


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Kế hoạch số 15/KH-UBND", ["Kế hoạch"]),
        ("Số: 1547/QĐ-UBND", []),
        ("UBND-HĐND tỉnh", ["UBND", "HĐND tỉnh"]),
    ],
)
def test_a_part_of_a_code_is_no_term(text: str, terms: list[str]) -> None:
    found = terms_and_names(text, MATCHERS["vi"])
    assert [match.span.of(text) for match in found] == terms
