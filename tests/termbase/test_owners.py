from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.termbase.abroad import abroad, id_at_home, names_home
from mtkit.termbase.forms import assign
from mtkit.termbase.io import load_termbase
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.termbase.owners import Owners
from mtkit.text.countries import HOME, countries
from mtkit.types import Concept, Span, Status, Term

BUNDLED = load_termbase("bundled")
MATCHERS = {lang: Matcher(BUNDLED, lang) for lang in ("vi", "en")}
PM, PM_HOME = "премьер-министр", "Премьер-министр Вьетнама"
GS, GS_PARTY = "генеральный секретарь", "Генеральный секретарь ЦК"
GS_HOME = "Генеральный секретарь ЦК КПВ"
HEAD_HOME = "Президент Социалистической Республики Вьетнам"
CHINA = "Председатель КНР"


def russian(matcher: Matcher, text: str) -> list[str]:
    """The preferred Russian of the titles and bodies found, in order."""
    return [
        match.concept.in_lang("ru", Status.PREFERRED)[0].text
        for match in matcher.find(text)
        if match.concept.subject.startswith(("party", "state"))
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Thủ tướng Ấn Độ Narendra Modi", [PM]),
        ("Thủ tướng Nga Mikhail Mishustin", [PM]),
        ("Thủ tướng Chính phủ nước Cộng hòa Dân chủ Nhân dân Lào Sonexay Siphandone", [PM]),
        ("Thủ tướng Anh Keir Starmer", [PM]),
        ("tân Thủ tướng Nhật Bản", [PM]),
        ("Thủ tướng nước chủ nhà", [PM]),
        ("Thủ tướng Narendra Modi của Ấn Độ", [PM]),
        ("Thủ tướng Modi", [PM]),
        ("THỦ TƯỚNG ẤN ĐỘ THĂM VIỆT NAM", [PM]),
        ("Thủ tướng Đức Olaf Scholz", ["канцлер ФРГ"]),
        ("Chủ tịch nước Trung Quốc Tập Cận Bình", [CHINA]),
        ("Chủ tịch nước Triều Tiên", ["Президент"]),
        ("Phó Chủ tịch nước Cuba", ["Вице-президент"]),
        ("Tổng Bí thư, Chủ tịch nước Lào Thongloun Sisoulith", [GS, "Президент Лаоса"]),
        ("Tổng Bí thư và Chủ tịch nước Trung Quốc Tập Cận Bình", [GS, CHINA]),
        ("Ủy viên Bộ Chính trị, Thủ tướng Lào", ["член Политбюро", PM]),
        ("Tổng Bí thư Đảng Cộng sản Trung Quốc", [GS_PARTY, "Коммунистическая партия Китая"]),
        (
            "Ban Chấp hành Trung ương Đảng Nhân dân Cách mạng Lào",
            ["Центральный комитет", "Народно-революционная партия Лаоса"],
        ),
        ("Thủ tướng Việt Nam và Thủ tướng Nga", [PM_HOME, PM]),
        ("Thủ tướng và Thủ tướng Nga", [PM_HOME, PM]),
        ("Thủ tướng Phạm Minh Chính, Thủ tướng Lào Sonexay", [PM_HOME, PM]),
        ("Tổng Bí thư Tô Lâm và Chủ tịch nước Trung Quốc", [GS_HOME, CHINA]),
        ("Chủ tịch nước thăm Trung Quốc", [HEAD_HOME]),
        ("Thủ tướng tiếp Đại sứ Nga", [PM_HOME, "посол"]),
        ("Thủ tướng, Đại sứ Nga", [PM_HOME, "посол"]),
        ("Bí thư Trung ương Đảng Hàn Quốc Tuấn", ["секретарь ЦК КПВ"]),
        ("Ủy viên dự khuyết Trung ương Đảng Néang Sâm Bô", ["кандидат в члены ЦК КПВ"]),
    ],
)
def test_vietnamese(text: str, wanted: list[str]) -> None:
    assert russian(MATCHERS["vi"], text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Lao General Secretary and President Thongloun Sisoulith and Prime Minister Sonexay Siphandone",
            [GS, PM],
        ),
        ("Lao Prime Minister Sonexay Siphandone and Prime Minister Pham Minh Chinh", [PM, PM_HOME]),
        ("Lao Prime Minister Sonexay Siphandone met Prime Minister Narendra Modi", [PM, PM_HOME]),
        ("Chinese Premier Li Qiang met Prime Minister Pham Minh Chinh", ["премьер Госсовета КНР", PM_HOME]),
        ("Russian Prime Minister Mikhail Mishustin", [PM]),
        ("Japan's new Prime Minister", [PM]),
        ("The Prime Minister of Japan", [PM]),
        ("Prime Minister Narendra Modi of India", [PM]),
        ("met Singapore Prime Minister Lawrence Wong", [PM]),
        ("Prime Ministers of the two countries", [PM]),
        ("The Politburo of the Communist Party of China", ["Политбюро ЦК", "Коммунистическая партия Китая"]),
        (
            "The General Secretary of the Lao People's Revolutionary Party",
            [GS_PARTY, "Народно-революционная партия Лаоса"],
        ),
        ("General Secretary and President of China Xi Jinping", [GS, CHINA]),
        ("Chinese Party General Secretary and State President", [GS, "Президент"]),
        ("Politburo member and Prime Minister of Laos", ["член Политбюро", PM]),
        ("the Prime Minister visited Japan", [PM_HOME]),
        ("the Prime Minister and the Russian President", [PM_HOME]),
        ("In Japan Prime Minister Pham Minh Chinh said", [PM_HOME]),
        ("a visit to Russia. Prime Minister Pham Minh Chinh", [PM_HOME]),
        ("Prime Minister Pham Minh Chinh of Viet Nam", [PM_HOME]),
        ("Vice President of Laos", []),
    ],
)
def test_english(text: str, wanted: list[str]) -> None:
    assert russian(MATCHERS["en"], text) == wanted


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Prime Ministers of Vietnam and Laos"),
        ("en", "the Vietnamese and Lao Prime Ministers"),
        ("vi", "Thủ tướng Việt Nam và Lào"),
        ("vi", "Thủ tướng hai nước"),
    ],
)
def test_a_title_that_viet_nam_shares_may_name_it(lang: str, text: str) -> None:
    (match,) = MATCHERS[lang].find(text)
    assert match.concept.in_lang("ru", Status.PREFERRED)[0].text == PM
    assert PM_HOME in [term.text for term in match.concept.in_lang("ru", Status.ADMITTED)]


@pytest.mark.parametrize(
    ("lang", "sources", "text", "wanted"),
    [
        ("vi", ["Chủ tịch nước Trung Quốc Tập Cận Bình đến."], "Chủ tịch nước Tập Cận Bình", [CHINA]),
        ("vi", ["Chủ tịch nước Trung Quốc Tập Cận Bình đến."], "Tổng Bí thư Tập Cận Bình", [GS]),
        ("vi", ["Chủ tịch nước Trung Quốc Tập Cận Bình đến."], "Chủ tịch nước Trần Bình", [HEAD_HOME]),
        ("en", ["Indian Prime Minister Narendra Modi came."], "Prime Minister Modi", [PM]),
        ("en", ["Indian Prime Minister Narendra Modi came."], "the Prime Minister", [PM_HOME]),
        ("en", ["He met Indian Prime Minister Modi. The visit ended."], "Prime Minister Modi's", [PM]),
        ("en", ["He met Japan's Prime Minister Shigeru Ishiba."], "Prime Minister Ishiba.", [PM]),
        ("en", ["Indian Prime Minister Visits Hue"], "Prime Minister Visits School", [PM_HOME]),
        ("en", [], "Prime Minister Modi", [PM_HOME]),
    ],
)
def test_a_foreigner_keeps_his_title_in_a_document(
    lang: str, sources: list[str], text: str, wanted: list[str]
) -> None:
    assert russian(MATCHERS[lang].of_document([*sources, text]), text) == wanted
    assert russian(MATCHERS[lang], text)[0] in (wanted[0], HEAD_HOME, GS_HOME, PM_HOME)


@given(st.sampled_from(sorted(set(countries()) - {"", HOME, "Britain", "Austria", "Belgium"})))
def test_every_country_owns_a_title(country: str) -> None:
    vi, en, _ = (words.split("|")[0].rstrip("*") for words in countries()[country])
    assert Owners("vi").find(f"Thủ tướng {vi} đến", [Span(0, 9)])[0] is not None
    assert Owners("en").find(f"Prime Minister of {en} came", [Span(0, 14)])[0] is not None


@pytest.mark.parametrize("concept", [c for c in BUNDLED.concepts if abroad(c)], ids=lambda c: c.id)
def test_nothing_elsewhere_names_viet_nam(concept: Concept) -> None:
    elsewhere = abroad(concept)
    assert elsewhere is not None
    for other in filter(None, (elsewhere.state, elsewhere.party)):
        right = other.in_lang("ru", Status.PREFERRED, Status.ADMITTED)
        assert right[0].status is Status.PREFERRED
        assert not any(names_home(term.text) for term in right)
        assert any(names_home(term.text) for term in other.in_lang("ru", Status.FORBIDDEN))
        assert id_at_home(other.id) == concept.id


def test_a_term_of_which_nothing_is_left_is_not_asked_for() -> None:
    concept = Concept(
        id="x", terms=(Term(lang="vi", text="Hội đồng"), Term(lang="ru", text="Вьетнамский совет"))
    )
    matcher = Matcher(Termbase(concepts=(concept,)), "vi")
    assert len(matcher.find("Hội đồng họp")) == 1
    assert matcher.find("Hội đồng Lào họp") == ()


def test_a_term_that_has_the_country_itself_stays() -> None:
    term = Term(lang="en", text="Russian Embassy in Ha Noi")
    concept = Concept(id="x", terms=(term, Term(lang="ru", text="Посольство России во Вьетнаме")))
    (match,) = Matcher(Termbase(concepts=(concept,)), "en").find("the Russian Embassy in Hanoi")
    assert match.concept is concept


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("Премьер-министр Вьетнама Индии", [None]),
        ("премьер-министр Индии", ["премьер-министр"]),
        ("Премьер-министр Вьетнама принял премьер-министра Индии", ["премьер-министра"]),
    ],
)
def test_a_part_of_viet_nams_title_is_none_of_another_country(target: str, wanted: list[str | None]) -> None:
    concepts = [match.concept for match in MATCHERS["vi"].find("Thủ tướng Ấn Độ")]
    assert [place and place.span.of(target) for place in assign(target, concepts)] == wanted


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        (
            "Генеральный секретарь Си поблагодарил генерального секретаря То Лама",
            ["Генеральный секретарь", "генерального секретаря", "То Лама"],
        ),
        (
            "Генеральный секретарь ЦК КПВ Си поблагодарил генерального секретаря То Лама",
            [None, "генерального секретаря", "То Лама"],
        ),
        (
            "Генеральный секретарь ЦК КПВ Си поблагодарил Генерального секретаря ЦК КПВ То Лама",
            [None, "Генерального секретаря ЦК КПВ", "То Лама"],
        ),
        (
            "Генерального секретаря ЦК КПВ То Лама поблагодарил генеральный секретарь Си",
            ["генеральный секретарь", "Генерального секретаря ЦК КПВ", "То Лама"],
        ),
    ],
)
def test_either_title_has_its_own_place(target: str, wanted: list[str | None]) -> None:
    matches = MATCHERS["vi"].find("Tổng Bí thư Lào cảm ơn Tổng Bí thư Tô Lâm")
    assert [match.abroad for match in matches] == ["Lào", "", ""]
    places = assign(target, [match.concept for match in matches])
    assert [place and place.span.of(target) for place in places] == wanted
