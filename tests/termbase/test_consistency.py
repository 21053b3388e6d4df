from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.termbase.compile import compile_paradigm
from mtkit.termbase.consistency import consistent, is_short
from mtkit.termbase.forms import russian_terms
from mtkit.termbase.io import load_termbase
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.termbase.model import Termbase
from mtkit.termbase.name_terms import document_names, terms_and_names
from mtkit.text.morphology import CASES
from mtkit.types import Concept, Span, Status, Term


def entry(preferred: str, *admitted: str) -> Concept:
    return Concept(
        id=preferred,
        terms=(
            Term(lang="vi", text="x"),
            Term(lang="ru", text=preferred),
            *(Term(lang="ru", text=text, status=Status.ADMITTED) for text in admitted),
        ),
    )


PARTY = entry("Коммунистическая партия Вьетнама", "КПВ", "Компартия Вьетнама")
POLITBURO = entry("Политбюро ЦК КПВ", "Политбюро")
COMMISSION = entry(
    "Центральная контрольно-ревизионная комиссия КПВ", "Инспекционная комиссия ЦК КПВ", "Ревизионная комиссия"
)


def match(concept: Concept) -> SourceMatch:
    return SourceMatch(concept, concept.terms[0], Span(0, 1))


def run(concept: Concept, *targets: str, headlines: tuple[bool, ...] = ()) -> list[str]:
    return consistent(targets, [(match(concept),)] * len(targets), headlines)


def test_first_mention_in_full_and_later_short() -> None:
    assert run(PARTY, "Съезд КПВ открылся.", "Члены КПВ собрались.") == [
        "Съезд Коммунистической партии Вьетнама открылся.",
        "Члены КПВ собрались.",
    ]


def test_a_single_mention_stays() -> None:
    assert run(PARTY, "Съезд КПВ открылся.", "Погода хорошая.") == ["Съезд КПВ открылся.", "Погода хорошая."]


def test_headlines_stay_and_are_not_the_first_mention() -> None:
    assert run(
        POLITBURO,
        "Решение Политбюро",
        "Политбюро решило.",
        "В Политбюро рады.",
        headlines=(True, False, False),
    ) == [
        "Решение Политбюро",
        "Политбюро ЦК КПВ решило.",
        "В Политбюро рады.",
    ]


def test_other_renderings_give_way_where_they_are_mixed() -> None:
    targets = (
        "Заседала Центральная контрольно-ревизионная комиссия КПВ.",
        "По решению Инспекционной комиссии ЦК КПВ он уволен.",
    )
    assert run(COMMISSION, *targets) == [
        targets[0],
        "По решению Центральной контрольно-ревизионной комиссии КПВ он уволен.",
    ]
    alike = ("Заседала Инспекционная комиссия ЦК КПВ.", "Доклад Инспекционной комиссии ЦК КПВ.")
    assert run(COMMISSION, *alike) == list(alike)


def test_one_short_form_later() -> None:
    concept = entry("Отечественный фронт Вьетнама", "ОФВ", "Отечественный фронт")
    assert run(
        concept, "Отечественный фронт Вьетнама создан.", "В ОФВ рады.", "В Отечественном фронте рады."
    ) == [
        "Отечественный фронт Вьетнама создан.",
        "В ОФВ рады.",
        "В ОФВ рады.",
    ]


def test_nothing_is_said_twice() -> None:
    targets = ("Политбюро Центрального комитета партии решило.", "Политбюро согласно.")
    assert run(entry("Политбюро Центрального комитета", "Политбюро"), *targets) == list(targets)


@pytest.mark.parametrize(
    ("text", "short"),
    [("КПВ", True), ("Компартия Вьетнама", False), ("Политбюро", True), ("Вьетнам", False)],
)
def test_what_is_short(text: str, short: bool) -> None:
    preferred = "Политбюро ЦК КПВ" if text == "Политбюро" else "Коммунистическая партия Вьетнама"
    if text == "Вьетнам":
        preferred = "партийный комитет"
    assert is_short(Term(lang="ru", text=text), Term(lang="ru", text=preferred)) is short


def test_names_are_read_with_the_whole_document_known() -> None:
    sources = ["Chairman Quang spoke.", "Ông Nguyễn Đăng Quang là Chủ tịch.", "Then Nguyen Dang Quang left."]
    matcher = Matcher(Termbase(concepts=()), "en")
    names = document_names(sources, matcher)
    found = [terms_and_names(source, matcher, names) for source in sources]
    assert [m.concept.in_lang("ru")[0].text for own in found for m in own][-1] == "Нгуен Данг Куанг"


BUNDLED = load_termbase("bundled")


def article(lang: str, *segments: tuple[str, str]) -> list[str]:
    """Sources and targets of one article through the bundled termbase."""
    matcher = Matcher(BUNDLED, lang)
    names = document_names([source for source, _ in segments], matcher)
    matches = [terms_and_names(source, matcher, names) for source, _ in segments]
    return consistent([target for _, target in segments], matches)


@pytest.mark.parametrize(
    ("lang", "sources"),
    [
        ("vi", ("Bộ Chính trị họp.", "Kết luận của Bộ Chính trị", "Bộ Chính trị yêu cầu báo cáo.")),
        ("en", ("The Politburo met.", "The Politburo's conclusion", "The Politburo wants reports.")),
    ],
)
def test_first_in_full_and_then_short_over_an_article(lang: str, sources: tuple[str, ...]) -> None:
    targets = ("К Политбюро обратились.", "Вывод Политбюро ЦК КПВ", "Политбюро ждёт докладов.")
    assert article(lang, *zip(sources, targets, strict=True)) == [
        "К Политбюро ЦК КПВ обратились.",
        targets[1],
        targets[2],
    ]


@pytest.mark.parametrize(
    ("lang", "sources"),
    [
        ("vi", ("Đảng Cộng sản Việt Nam", "Đảng CSVN", "Đảng Cộng sản Việt Nam")),
        ("en", ("Communist Party of Viet Nam", "the CPV", "Communist Party of Vietnam")),
    ],
)
def test_one_rendering_over_an_article(lang: str, sources: tuple[str, ...]) -> None:
    targets = ("КПВ растёт.", "Члены КПВ учатся.", "В Компартии Вьетнама учатся.")
    assert article(lang, *zip(sources, targets, strict=True)) == [
        "Коммунистическая партия Вьетнама растёт.",
        "Члены КПВ учатся.",
        "В Коммунистической партии Вьетнама учатся.",
    ]


def test_two_other_renderings_give_way_to_the_preferred_one() -> None:
    concept = entry(
        "Комиссия по идеологии и культуре", "Идейно-культурный отдел", "Комитет идеологии и культуры"
    )
    targets = ("Работал Идейно-культурный отдел.", "Доклад Комитета идеологии и культуры готов.")
    assert run(concept, *targets) == [
        "Работал Комиссия по идеологии и культуре.",
        "Доклад Комиссии по идеологии и культуре готов.",
    ]


@pytest.mark.parametrize(
    ("lang", "source"), [("vi", "Nghị định số 9/2025/NĐ-CP"), ("en", "Decree No. 9/2025/ND-CP")]
)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Есть Постановление № 9.", "Есть Постановление правительства № 9."),
        ("Есть постановление № 9.", "Есть постановление правительства № 9."),
        ("По постановлению № 9.", "По постановлению правительства № 9."),
    ],
)
def test_a_kind_of_document_keeps_the_letter_it_has(lang: str, source: str, before: str, after: str) -> None:
    later = "Согласно постановлению № 9 работы идут."
    assert article(lang, (source, before), (source, later)) == [after, later]


def test_names_of_persons_are_one_over_an_article() -> None:
    sources = ("Mr Dang Quang left.", "Nguyễn Đăng Quang spoke.", "Mr Quang and Nguyen Dang Quang left.")
    matcher = Matcher(BUNDLED, "en")
    names = document_names(sources, matcher)
    found = [terms_and_names(source, matcher, names) for source in sources]
    assert [m.concept.in_lang("ru")[0].text for m in found[-1]] == ["Куанг", "Нгуен Данг Куанг"]


def name(subject: str, preferred: str, *admitted: str) -> Concept:
    return replace(entry(preferred, *admitted), subject=subject)


PRIME_MINISTER = name("person", "Фам Минь Тьинь", "Фам Минь Тинь", "Фам Минь Чинь")
LAI_CHAU = name("province", "провинция Лайтяу", "провинция Лайчау", "Лайтяу", "Лайчау")


@pytest.mark.parametrize(
    ("concept", "target", "respelt"),
    [
        (PRIME_MINISTER, "Фам Минь Тинь прибыл.", "Фам Минь Тьинь прибыл."),
        (PRIME_MINISTER, "встреча с Фам Минь Тинем", "встреча с Фам Минь Тьинем"),
        (PRIME_MINISTER, "речь Фам Минь Чиня", "речь Фам Минь Тьиня"),
        (PRIME_MINISTER, "ФАМ МИНЬ ТИНЬ", "ФАМ МИНЬ ТЬИНЬ"),
        (PRIME_MINISTER, "к Фам Минь Тьиню", "к Фам Минь Тьиню"),
        (LAI_CHAU, "в провинции Лайчау", "в провинции Лайтяу"),
        (LAI_CHAU, "из Лайчау", "из Лайтяу"),
        (name("place", "архипелаг Чыонгша", "архипелаг Спратли"), "на архипелаге Спратли", None),
        (name("person", "Хо Ши Мин", "Хо", "президент Хо Ши Мин"), "Дядюшка Хо", None),
        (name("organisation", "Национальное собрание", "Народное собрание"), "Народное собрание", None),
    ],
)
@pytest.mark.parametrize("headline", [True, False])
def test_a_name_has_one_spelling(concept: Concept, target: str, respelt: str | None, headline: bool) -> None:
    assert run(concept, target, headlines=(headline,)) == [target if respelt is None else respelt]


@given(
    case=st.sampled_from(CASES),
    concept=st.sampled_from([c for c in BUNDLED.concepts if c.subject == "person"]),
)
def test_every_form_of_a_person_is_respelt(case: str, concept: Concept) -> None:
    preferred, *others = russian_terms(concept)
    wanted = compile_paradigm(preferred).form(case)
    assert all(run(concept, compile_paradigm(other).form(case)) == [wanted] for other in others)
