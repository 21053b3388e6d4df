from __future__ import annotations

import pytest

from mtkit.checks.base import CheckContext
from mtkit.checks.placeables import DocumentCodeCheck, NumberCheck, UrlEmailCheck
from mtkit.checks.quantities import find_quantities
from mtkit.checks.registered import active_checks
from mtkit.checks.run import run_checks
from mtkit.types import Finding, Segment, Severity

SAME = [
    ("vi", "15.870 hộ", "15 870 семей"),
    ("vi", "15.870 hộ", "15\u00a0870 семей"),
    ("vi", "1.200 hộ", "1200 семей"),
    ("vi", "41,3% dân số", "41,3% населения"),
    ("vi", "đạt 0,125 ha", "составила 0,125 га"),
    ("vi", "Sáng 12/8", "Утром 12 августа"),
    ("vi", "ngày 2/9/1945", "2 сентября 1945 года"),
    ("vi", "tháng 8/2025", "в августе 2025 года"),
    ("vi", "12/8/2025", "12.08.2025"),
    ("vi", "2,5 tỷ đồng", "2,5 млрд донгов"),
    ("vi", "1.500 tỷ đồng", "1,5 трлн донгов"),
    ("vi", "3 nghìn tỷ đồng", "3 триллиона донгов"),
    ("vi", "2,529 triệu tỷ đồng", "2,529 квадриллиона донгов"),
    ("vi", "2-3 triệu người", "2–3 млн человек"),
    ("vi", "40 nghìn lượt", "40 тысяч посещений"),
    ("vi", "7 tháng đầu năm", "за семь месяцев"),
    ("vi", "14 phường", "четырнадцать кварталов"),
    ("vi", "25 năm", "двадцать пять лет"),
    ("vi", "lần thứ 13", "XIII съезд"),
    ("vi", "lần thứ 14", "четырнадцатый съезд"),
    ("vi", "18 giờ 30", "в 18:30"),
    ("vi", "6 giờ chiều", "в 18 часов"),
    ("vi", "23 giờ", "в одиннадцать часов вечера"),
    ("vi", "24 tháng", "два года"),
    ("vi", "6 tháng", "полгода"),
    ("vi", "4,5 tháng", "четыре с половиной месяца"),
    ("vi", "1,5 lần", "в полтора раза"),
    ("vi", "tăng gấp 3 lần", "вырос втрое"),
    ("vi", "1/3 số dân", "треть населения"),
    ("vi", "lớp 1", "первоклассники"),
    ("vi", "5 tạ gạo", "500 кг риса"),
    ("vi", "trực 24/24 giờ", "круглосуточное дежурство"),
    ("vi", "nghỉ thứ 7", "выходной в субботу"),
    ("vi", "năm 2030 tỷ lệ này", "в 2030 году эта доля"),
    ("vi", "38 triệu năm", "38 млн лет"),
    ("vi", "Nghị quyết 57", "Резолюция № 57-NQ/TW"),
    ("vi", "980 m2", "980 кв. м"),
    ("en", "1,234.5 tonnes", "1234,5 тонны"),
    ("en", "August 12, 2025", "12 августа 2025 года"),
    ("en", "on 3 May", "3 мая"),
    ("en", "$2.5 billion", "2,5 млрд долларов"),
    ("en", "€750m", "750 млн евро"),
    ("en", "VND1.2 trillion", "1,2 трлн донгов"),
    ("en", "from 2 to 3 million", "от 2 до 3 млн"),
    ("en", "200,000 people", "двести тысяч человек"),
    ("en", "the 14th congress", "XIV съезд"),
    ("en", "the 21st century", "XXI век"),
    ("en", "at 6 p.m.", "в 18:00"),
    ("en", "at 8.15am", "в 8:15"),
    ("en", "12.15am", "в 0:15"),
    ("en", "from 4 to 6pm", "с 16 до 18 часов"),
    ("en", "the 1990s", "1990-е годы"),
    ("en", "the 1990s", "90-е годы"),
    ("en", "2026-2027 school year", "2026/27 учебный год"),
    ("en", "a 200-metre wall", "двухсотметровая стена"),
    ("en", "the 20 millionth visitor", "20-миллионный посетитель"),
    ("en", "an 18-year-old", "восемнадцатилетний"),
    ("en", "90 minutes", "полтора часа"),
    ("en", "twenty-five wards", "25 кварталов"),
    ("en", "5 million 300 thousand", "5,3 млн"),
    ("en", "call +84 912 345 678", "звоните +84 91 234 56 78"),
    ("en", "100 per cent of homes", "все дома"),
    ("en", "50 million or more speakers", "50 и более миллионов говорящих"),
    ("en", "120 miles away, 1,000 feet up", "в 190 км, на высоте 300 м"),
    ("en", "a sunny 80 degrees", "солнечно, 27 градусов"),
    ("vi", "cách 10 dặm", "в 16 км"),
    ("en", "call 116 123", "звоните 116 123"),
    ("en", "at 0230 UTC", "в 02:30 по Гринвичу"),
    ("vi", "3136mm2 đất", "3136 кв. мм земли"),
    ("vi", "3 phút 35 giây 08", "3 минуты 35,08 секунды"),
    ("vi", "nửa vạn hộ", "5000 семей"),
]

LIGHTER = [
    ("en", "12,500 readers", "12.500 читателей", "12.500 is not how Russian writes 12,500."),
    ("vi", "12.500 bạn đọc", "12,500 читателей", "12,500 is not how Russian writes 12.500."),
]

ROMAN_SAME = [
    ("vi", "quý I/2026", "в первом квартале 2026 года"),
    ("vi", "quý I/2026", "в I квартале 2026 года"),
    ("vi", "Đại hội XIV", "14-й съезд"),
    ("vi", "Đại hội XIV", "четырнадцатый съезд"),
    ("vi", "hạng Nhất, hạng Ba", "I степени и III степени"),
    ("vi", "hai thế kỷ XVIII-XIX", "XVIII–XIX века"),
    ("en", "the 13th Congress", "XIII съезд"),
    ("en", "the first and second quarters", "I и II кварталы"),
    ("en", "the XIV Party Congress", "XIV съезд партии"),
    ("en", "V. Hoa and I came; I'm glad.", "Мы с В. Хоа пришли; я рад."),
    ("en", "In the long Term I'm sure", "Со временем я уверен"),
    ("en", "an IV drip", "капельница"),
    ("vi", "xăng RON 95-III", "бензин марки 95"),
    ("vi", "đèn 60 V và 5 I", "лампа на 60 В и 5"),
]

ROMAN_DIFFERENT = [
    ("vi", "quý I/2026", "в IV квартале 2026 года", "I", "IV", Severity.ERROR),
    ("vi", "Đại hội XIV", "в XIII съезде", "XIV", "XIII", Severity.ERROR),
    ("vi", "khóa XIV", "15-го созыва", "XIV", "15", Severity.ERROR),
    ("vi", "lần thứ V", "\u0425 съезд", "V", "\u0425", Severity.ERROR),
    ("en", "the fourth quarter of the year", "I квартал года", None, "I", Severity.WARNING),
    ("en", "the III Session", "заседание", "III", None, Severity.WARNING),
    ("en", "the 13th Congress", "XII съезд", "13", "XII", Severity.ERROR),
]

DIFFERENT = [
    ("vi", "15.870 hộ", "15 780 семей", "15.870", "15 780"),
    ("vi", "15.870 hộ", "15.870 семей", "15.870", "15.870"),
    ("vi", "41,3%", "41,8%", "41,3", "41,8"),
    ("vi", "2,5 tỷ đồng", "2,5 млн донгов", "2,5 tỷ", "2,5 млн"),
    ("vi", "1.500 tỷ đồng", "1500 млн донгов", "1.500 tỷ", "1500 млн"),
    ("vi", "ngày 1/7", "в июле", "1", None),
    ("en", "1,200 homes", "12 000 домов", "1,200", "12 000"),
    ("en", "August 12", "август", "12", None),
    ("en", "many homes", "45 домов", None, "45"),
    ("en", "the 14th congress", "XVI съезд", "14", "XVI"),
]


def run(check: object, lang: str, source: str, target: str) -> list[Finding]:
    segment = Segment(id="1", source=source, src_lang=lang, tgt_lang="ru")
    return list(check.run(segment, target, CheckContext()))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("lang", "source", "target"), SAME)
def test_the_same_value_in_another_notation(lang: str, source: str, target: str) -> None:
    assert run(NumberCheck(), lang, source, target) == []


@pytest.mark.parametrize(("lang", "source", "target"), ROMAN_SAME)
def test_the_same_roman_numeral(lang: str, source: str, target: str) -> None:
    assert run(NumberCheck(), lang, source, target) == []


@pytest.mark.parametrize(
    ("lang", "source", "target", "missing", "instead", "severity"),
    ROMAN_DIFFERENT,
)
def test_another_roman_numeral(
    lang: str, source: str, target: str, missing: str | None, instead: str | None, severity: Severity
) -> None:
    (found,) = run(NumberCheck(), lang, source, target)
    assert (found.src_span.of(source) if found.src_span else None) == missing
    assert (found.tgt_span.of(target) if found.tgt_span else None) == instead
    assert found.severity is severity


@pytest.mark.parametrize(("lang", "source", "target", "missing", "instead"), DIFFERENT)
def test_another_value(lang: str, source: str, target: str, missing: str | None, instead: str | None) -> None:
    (found,) = run(NumberCheck(), lang, source, target)
    assert (found.src_span.of(source) if found.src_span else None) == missing
    assert (found.tgt_span.of(target) if found.tgt_span else None) == instead


def test_a_lost_minus_is_an_error() -> None:
    (found,) = run(NumberCheck(), "en", "It fell to -2.5°C.", "Упала до 2,5 °C.")
    assert (found.severity, found.suggestion) == (Severity.ERROR, "−2,5")
    assert found.message == "-2.5 has lost its minus; the target has 2,5."
    assert run(NumberCheck(), "en", "It fell to -2.5°C.", "Упала до −2,5 °C.") == []
    assert run(NumberCheck(), "vi", "Hạ xuống -5 độ C.", "Мороз достиг 5 °C.") == []


@pytest.mark.parametrize(("lang", "source", "target", "said"), LIGHTER)
def test_what_is_a_warning(lang: str, source: str, target: str, said: str) -> None:
    (found,) = run(NumberCheck(), lang, source, target)
    assert (found.severity, found.message) == (Severity.WARNING, said)


@pytest.mark.parametrize(
    ("source", "target"),
    [("On August 12 it rained.", "В августе шёл дождь."), ("45 homes", "дома"), ("7 boats", "лодки")],
)
def test_a_lost_number_is_an_error(source: str, target: str) -> None:
    (found,) = run(NumberCheck(), "en", source, target)
    assert found.severity is Severity.ERROR


def test_a_number_that_is_lost_twice_is_told_once() -> None:
    source = "7 boats came, 12 left, 7 boats stayed."
    found = run(NumberCheck(), "en", source, "Лодки пришли, ушли и остались.")
    assert [each.src_span.of(source) for each in found if each.src_span] == ["7", "12"]


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("15.240 tỷ đồng, 3 triệu", "15,24 трлн донгов, 3 миллиона", []),
        ("58 triệu và 79 triệu", "58 и 79 млн", []),
        ("58 triệu và 79 triệu", "58 тыс. и 79 млн", ["58 triệu is missing; the target has 58 тыс."]),
        ("2 triệu 300 nghìn đồng", "2 млн 300 тыс. донгов", []),
        ("5 tỷ đồng", "5 донгов", ["5 tỷ is missing; the target has 5."]),
    ],
)
def test_multiplied_numbers(source: str, target: str, said: list[str]) -> None:
    assert [each.message.rstrip(".") for each in run(NumberCheck(), "vi", source, target)] == [
        message.rstrip(".") for message in said
    ]


def test_a_company_may_lose_its_domain() -> None:
    assert run(UrlEmailCheck(), "en", "Lamson.com sells tea.", "«Lamson» продаёт чай.") == []
    assert len(run(UrlEmailCheck(), "en", "Lamson.com sells tea.", "Фирма продаёт чай.")) == 1


def test_digits_of_codes_and_addresses_are_not_numbers() -> None:
    text = "Резолюция № 57-NQ/TW, www.ves7.vn/2025, a12@ves.vn"
    assert [quantity.text for quantity in find_quantities(text, "ru") if quantity.digits] == []


def test_quantities_are_in_order_and_inside() -> None:
    text = "В 2025 году двадцать пять уездов, 1,5 трлн донгов и XIV съезд в мае."
    found = find_quantities(text, "ru")
    assert found == sorted(found, key=lambda quantity: quantity.span)
    assert all(quantity.span.of(text) == quantity.text for quantity in found)
    assert {"2025", "двадцать пять", "1,5 трлн", "XIV", "мае"} <= {quantity.text for quantity in found}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Quyết định số 749/QĐ-TTg", "Решение № 749/QĐ-TTg"),
        ("Decision No. 749/QD-TTg", "Решение № 749/QĐ-TTg"),
        ("Nghị quyết 57", "Резолюция № 57-NQ/TW"),
    ],
)
def test_codes_kept(source: str, target: str) -> None:
    assert run(DocumentCodeCheck(), "vi", source, target) == []


def test_a_code_changed() -> None:
    source, target = "Nghị định 178/2024/NĐ-CP", "Постановление № 187/2024/NĐ-CP"
    (found,) = run(DocumentCodeCheck(), "vi", source, target)
    assert found.src_span and found.src_span.of(source) == "178/2024/NĐ-CP"
    assert found.tgt_span and found.tgt_span.of(target) == "187/2024/NĐ-CP"
    assert found.suggestion == "178/2024/NĐ-CP"


def test_a_code_missing_and_a_code_invented() -> None:
    assert len(run(DocumentCodeCheck(), "vi", "theo 12/2025/TT-BNV", "согласно циркуляру")) == 1
    assert len(run(DocumentCodeCheck(), "vi", "theo thông tư", "согласно № 12/2025/TT-BNV")) == 1


def test_urls_and_addresses() -> None:
    source = "Xem https://lamson.vn/tin-tuc hoặc gửi thư đến toasoan@lamson.vn."
    assert (
        run(UrlEmailCheck(), "vi", source, "См. https://lamson.vn/tin-tuc или пишите: toasoan@lamson.vn.")
        == []
    )
    (found,) = run(UrlEmailCheck(), "vi", source, "См. https://lamson.vn/tin-tuc или пишите в редакцию.")
    assert found.suggestion == "toasoan@lamson.vn"


@pytest.mark.parametrize(
    ("sources", "targets", "severities"),
    [
        (
            ("Rain fell all night.", "By noon 412 homes were dry."),
            ("Всю ночь шёл дождь, 412 домов залило.", "К полудню дома высохли."),
            ["warning", "warning"],
        ),
        (
            ("He sold 412 homes.", "All stood empty."),
            ("Он продал дома.", "Все 412 пустовали."),
            ["warning"] * 2,
        ),
        (("It rose by 412.", "It fell by 412."), ("Показатель вырос.", "Он упал на 412."), ["error"]),
        (("It rose by 412.", "It fell."), ("Показатель вырос.", "Он упал."), ["error"]),
    ],
)
def test_a_number_that_a_neighbour_has_is_a_warning(
    sources: tuple[str, ...], targets: tuple[str, ...], severities: list[str]
) -> None:
    segments = [
        Segment(id=str(n), source=source, src_lang="en", tgt_lang="ru") for n, source in enumerate(sources)
    ]
    found = run_checks(segments, targets, active_checks({}, ["number"]), CheckContext())
    assert [each.severity for each in found] == severities
