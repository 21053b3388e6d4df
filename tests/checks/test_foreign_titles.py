from __future__ import annotations

import pytest

from mtkit.checks.base import CheckContext
from mtkit.checks.registered import active_checks
from mtkit.checks.run import run_checks
from mtkit.termbase.io import load_termbase
from mtkit.termbase.match import Matcher
from mtkit.types import Segment, Severity

BUNDLED = load_termbase("bundled")
CONTEXT = CheckContext(matchers={lang: Matcher(BUNDLED, lang) for lang in ("vi", "en")}, termbase=BUNDLED)
CHECKS = active_checks({}, ["foreign-title", "forbidden-term", "term"])
HOME = "Премьер-министр Вьетнама"


def findings(lang: str, *pairs: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Segment, check and message of what is worse than information, in a document of (source, target)."""
    segments = [
        Segment(id=str(number), source=source, src_lang=lang, tgt_lang="ru")
        for number, (source, _) in enumerate(pairs)
    ]
    found = run_checks(segments, [target for _, target in pairs], CHECKS, CONTEXT)
    return [
        (each.segment_id, each.check, each.message) for each in found if each.severity is not Severity.INFO
    ]


@pytest.mark.parametrize(
    ("lang", "source", "target", "message"),
    [
        (
            "vi",
            "Thủ tướng Ấn Độ Narendra Modi",
            f"{HOME} Индии Нарендра Моди",
            f"Thủ tướng (Ấn Độ) is not Viet Nam's: for «{HOME}» write «премьер-министр».",
        ),
        (
            "en",
            "The Prime Minister of Japan left.",
            f"{HOME} уехал.",
            f"Prime Minister (Japan) is not Viet Nam's: for «{HOME}» write «премьер-министр».",
        ),
        (
            "en",
            "The Politburo of the Communist Party of China",
            "Политбюро ЦК КПВ Коммунистической партии Китая",
            "Politburo (China) is not Viet Nam's: for «Политбюро ЦК КПВ» write «Политбюро ЦК».",
        ),
        (
            "vi",
            "Chủ tịch nước Trung Quốc Tập Cận Bình",
            "Президент Социалистической Республики Вьетнам Си Цзиньпин",
            "Chủ tịch nước Trung Quốc: «Президент Социалистической Республики Вьетнам» is forbidden, "
            "write «Председатель КНР».",
        ),
    ],
)
def test_a_foreign_title_given_to_viet_nam(lang: str, source: str, target: str, message: str) -> None:
    assert findings(lang, (source, target)) == [("0", "forbidden-term", message)]


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("vi", "Thủ tướng Ấn Độ Narendra Modi", "Премьер-министр Индии Нарендра Моди"),
        ("vi", "Thủ tướng Pháp đến", "Прибыл глава правительства Франции"),
        ("vi", "Thủ tướng Việt Nam và Thủ tướng Nga", f"{HOME} и премьер-министр России"),
        ("vi", "Thủ tướng hai nước Việt Nam và Lào", "Премьер-министры Вьетнама и Лаоса"),
        ("vi", "Thủ tướng thăm Ấn Độ", f"{HOME} посетил Индию"),
        ("vi", "Chủ tịch nước Lào", "Президент ЛНДР"),
        (
            "en",
            "Indian Prime Minister Modi was received by Pham Minh Chinh.",
            "Премьер-министра Индии Моди принял премьер-министр Вьетнама Фам Минь Тьинь.",
        ),
    ],
)
def test_a_right_title(lang: str, source: str, target: str) -> None:
    assert findings(lang, (source, target)) == []


@pytest.mark.parametrize(
    ("target", "country"),
    [
        (f"{HOME} Индии Нарендра Моди", "Индии"),
        ("Встреча с премьер-министром Вьетнама Российской Федерации", "Российской"),
        ("Политбюро ЦК КПВ Коммунистической партии Китая", "Китая"),
        (f"{HOME} посетил Индию", ""),
        (f"{HOME} и Индии", ""),
        (f"{HOME}. Индии предложено", ""),
        (f"Если {HOME} Россия", ""),
        ("Отношения Вьетнама Индия ценит", ""),
    ],
)
def test_another_country_behind_a_title_of_viet_nam(target: str, country: str) -> None:
    found = findings("vi", ("", target))
    assert [check for _, check, _ in found] == ["foreign-title"] * bool(country)
    assert all(f"«{country}» stands behind it" in message for _, _, message in found)


def test_a_foreigner_named_elsewhere_in_the_document() -> None:
    first = ("Chủ tịch nước Trung Quốc Tập Cận Bình đến.", "Прибыл Председатель КНР Си Цзиньпин.")
    later = ("Chủ tịch nước Tập Cận Bình nói.", "Президент Вьетнама Си Цзиньпин сказал.")
    ((segment, check, message),) = findings("vi", first, later)
    assert (segment, check) == ("1", "forbidden-term")
    assert message == (
        "Chủ tịch nước (Tập Cận Bình) is not Viet Nam's: for «Президент Вьетнама» write «Председатель КНР»."
    )
    assert findings("vi", first, (later[0], "Председатель КНР Си Цзиньпин сказал.")) == []
