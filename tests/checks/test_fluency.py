from __future__ import annotations

import pytest

from mtkit.checks.base import CheckContext
from mtkit.checks.fluency import DoubledWordCheck, RepetitionCheck, UntranslatedCheck
from mtkit.checks.length import LengthRatioCheck, LengthRatioOptions, OmissionCheck
from mtkit.checks.letters import (
    ForeignScriptCheck,
    LatinCheck,
    LatinOptions,
    MixedLettersCheck,
    VietnameseLettersCheck,
)
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Finding, Segment, Severity, Span, Term

ARTICLE = "The district opened a new school near the river on Monday morning."


def run(check: object, source: str, target: str, lang: str = "en") -> list[Finding]:
    segment = Segment(id="1", source=source, src_lang=lang, tgt_lang="ru")
    return list(check.run(segment, target, CheckContext()))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "target",
    [
        "",
        "  ",
        ARTICLE,
        "The district school.",
        "Уезд opened a new school в понедельник.",
    ],
)
def test_untranslated(target: str) -> None:
    (found,) = run(UntranslatedCheck(), ARTICLE, target)
    assert found.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (ARTICLE, "В понедельник утром уезд открыл новую школу у реки."),
        ("VNeID", "VNeID"),
        ("57-NQ/TW", "57-NQ/TW"),
        ("", ""),
        ("He read Bank of the West News daily.", "Он ежедневно читал Bank of the West News."),
        ("The film is called To live and let die.", "Фильм называется «To live and let die»."),
    ],
)
def test_translated(source: str, target: str) -> None:
    assert run(UntranslatedCheck(), source, target) == []


@pytest.mark.parametrize(
    ("target", "severity", "span"),
    [
        ("Уезд открыл открыл школу.", Severity.WARNING, "открыл открыл"),
        ("Школа в в уезде.", Severity.WARNING, "в в"),
        ("Уезд уезд уезд открыл школу.", Severity.ERROR, "Уезд уезд уезд"),
        ("Он сказал, что уезд, что уезд, что уезд.", Severity.ERROR, "что уезд, что уезд, что уезд"),
        ("Народный комитет Народный комитет решил.", Severity.ERROR, "Народный комитет Народный комитет"),
    ],
)
def test_repetition(target: str, severity: Severity, span: str) -> None:
    both = [*run(RepetitionCheck(), ARTICLE, target), *run(DoubledWordCheck(), ARTICLE, target)]
    (found,) = both
    assert found.severity is severity
    assert found.tgt_span and found.tgt_span.of(target) == span


@pytest.mark.parametrize(
    "target",
    [
        "Очень, очень большая школа.",
        "Шли долго-долго.",
        "Он сказал, что что-то случилось.",
        "В 2025 году, года Змеи.",
        "С 500 с лишним.",
        "Чан Чан и Ти Ти пришли.",
        "Школа. Школа новая.",
        "Он вышел один на один с рекой.",
        "Это мы, это мы!",
    ],
)
def test_no_repetition(target: str) -> None:
    assert run(RepetitionCheck(), ARTICLE, target) == run(DoubledWordCheck(), ARTICLE, target) == []


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("Ван И и министр провели переговоры.", 0),
        ("Встреча То Лама, Чан То то и дело звонил.", 0),
        ("И и министр провёл переговоры.", 1),
        ("Они были. И и министр провёл переговоры.", 1),
        ("Ван и и министр провели переговоры.", 1),
        ("Встреча в Школе школе.", 1),
    ],
)
def test_a_name_before_a_word_that_is_spelt_as_it(target: str, found: int) -> None:
    assert len(run(DoubledWordCheck(), "Vương Nghị và Bộ trưởng hội đàm.", target, "vi")) == found


def test_a_name_whose_first_syllable_is_doubled_is_an_error() -> None:
    source = "Bà Lê Thị Bích Hạnh phát biểu."
    (found,) = run(DoubledWordCheck(), source, "Выступила Ле Ле Тхи Бить Хань.", "vi")
    assert (found.severity, found.suggestion) == (Severity.ERROR, "Ле")
    assert found.tgt_span == Span(10, 15)
    assert run(DoubledWordCheck(), source, "Выступила Ле Тхи Бить Хань.", "vi") == []
    assert run(DoubledWordCheck(), "Ông Trần Trân Văn họp.", "Провёл встречу Чан Чан Ван.", "vi") == []


def test_a_repetition_of_the_source_is_kept() -> None:
    assert run(RepetitionCheck(), "no no no, he said", "нет нет нет, сказал он") == []


def test_length_ratio() -> None:
    source = ARTICLE * 2
    (short,) = run(LengthRatioCheck(), source, "Уезд открыл школу.")
    (long,) = run(LengthRatioCheck(), ARTICLE, "Уезд открыл новую школу у реки. " * 6)
    assert "short" in short.message and "long" in long.message
    assert short.severity is Severity.WARNING
    assert run(LengthRatioCheck(), ARTICLE, "В понедельник утром уезд открыл новую школу у реки.") == []
    assert run(LengthRatioCheck(), "Yes, of course", "Да") == []


def test_terms_explain_a_length() -> None:
    title = Concept(
        id="1",
        terms=(
            Term(lang="vi", text="Phó Bí thư Tỉnh ủy"),
            Term(lang="ru", text="заместитель секретаря провинциального комитета партии"),
        ),
    )
    context = CheckContext(matchers={"vi": Matcher(Termbase(concepts=(title,)), "vi")})

    def findings(source: str, target: str) -> int:
        segment = Segment(id="1", source=source, src_lang="vi", tgt_lang="ru")
        return len(list(LengthRatioCheck().run(segment, target, context)))

    held = "Заместитель секретаря провинциального комитета партии"
    assert findings("Phó Bí thư Tỉnh ủy Vũ Đại", f"{held} Ву Дай приехал") == 0
    assert (
        findings(
            "Phó Bí thư Tỉnh ủy Vũ Đại",
            "Сегодня утром в уезде прошла торжественная церемония открытия новой школы",
        )
        == 1
    )
    assert findings("Phó Bí thư Tỉnh ủy Vũ Đại", f"{held} Ву Дай. " + "Ему вручили награду. " * 5) == 1
    assert findings("Công an tỉnh", "Управление общественной безопасности провинции") == 0


@pytest.mark.parametrize(
    ("target", "severity", "words"),
    [
        ("Секретарь Tỉnh ủy выступил.", Severity.ERROR, ["ủy"]),
        ("Приехал Nguyễn Văn Hùng.", Severity.ERROR, ["Nguyễn", "Hùng"]),
        ("Делегация 越南 прибыла.", Severity.ERROR, ["越南"]),
        ("Уезд открыл school у реки.", Severity.WARNING, ["school"]),
        ("Уезд открыл шкoлу.", Severity.WARNING, ["шкoлу"]),
    ],
)
def test_foreign_letters(target: str, severity: Severity, words: list[str]) -> None:
    checks = (VietnameseLettersCheck(), ForeignScriptCheck(), LatinCheck(), MixedLettersCheck())
    both = [each for check in checks for each in run(check, ARTICLE, target)]
    found = [each for each in both if each.severity is severity]
    shown = [each.tgt_span.of(target) for each in found if each.tgt_span]
    assert [word for word in shown if word in words] == words


@pytest.mark.parametrize(
    "target",
    [
        "Решение № 749/QĐ-TTg и Резолюция № 57-NQ/TW.",
        "Приложение VNeID, смартфон iPhone и Wi-Fi в уезде.".replace("iPhone", "Samsung Galaxy"),
        "Маркировка Made in Vietnam.",
        "Песня «let it be».",
        "Сайт www.lamson.vn и почта toasoan@lamson.vn.",
        "XIV съезд, пункт a.",
    ],
)
def test_latin_that_may_stay(target: str) -> None:
    assert run(VietnameseLettersCheck(), ARTICLE, target) == run(LatinCheck(), ARTICLE, target) == []


def test_latin_that_the_source_quotes_may_stay() -> None:
    source, target = "They call the plain “vesk” here.", "Равнину здесь зовут vesk."
    assert run(LatinCheck(), source, target) == []
    assert len(run(LatinCheck(), source.replace("“", "").replace("”", ""), target)) == 1


def test_latin_allow_list() -> None:
    target = "Уезд открыл school у реки."
    assert run(LatinCheck(LatinOptions(allow=("School",))), ARTICLE, target) == []


PARAGRAPH = (
    "The district opened a new school near the river on Monday morning. Parents had asked for it for "
    "years, in letters and at meetings, and once in a song. "
    "The old building will become a library."
)


def test_omission_of_a_sentence() -> None:
    target = "В понедельник утром уезд открыл новую школу у реки. Старое здание станет библиотекой."
    (found,) = run(OmissionCheck(), PARAGRAPH, target)
    assert found.severity is Severity.ERROR
    assert found.src_span and found.src_span.of(PARAGRAPH).startswith("Parents had asked")


def test_omission_of_a_clause() -> None:
    source = (
        "The district opened a new school near the river, although parents had asked for a library there."
    )
    (found,) = run(OmissionCheck(), source, "Уезд открыл новую школу у реки.")
    assert "part" in found.message


@pytest.mark.parametrize(
    "target",
    [
        "В понедельник утром уезд открыл новую школу у реки. Родители просили о ней годами, в письмах, "
        "на собраниях и один раз в песне. Старое здание станет библиотекой.",
        "В понедельник утром уезд открыл новую школу у реки: родители просили о ней много лет, в письмах, "
        "на собраниях и один раз в песне, а старое здание теперь станет библиотекой.",
    ],
)
def test_nothing_omitted(target: str) -> None:
    assert run(OmissionCheck(), PARAGRAPH, target) == []


def test_a_sentence_whose_name_is_there_was_joined_to_another() -> None:
    source = "Brisk là một con sông nhỏ ở miền núi phía bắc. Nó chảy qua Tolmin rồi đổ ra biển."
    target = "Бриск — северная река, которая течёт через Толмин."
    assert run(OmissionCheck(), source, target, "vi") == []
    assert len(run(OmissionCheck(), source, target.replace("Бриск —", "Это"), "vi")) == 1


def test_a_name_that_the_source_repeats_counts_once() -> None:
    source = "Từ Friends Strand của Strand và Friends Plomb của Plomb, hội Friends Krost ở Krost đã ra đời."
    target = "После обществ Странда и Пломба появилось и общество в Кросте."
    assert run(OmissionCheck(), source, target, "vi") == run(LengthRatioCheck(), source, target, "vi") == []


def test_length_ratio_options() -> None:
    source = ARTICLE * 2
    tolerant = LengthRatioCheck(LengthRatioOptions(tolerance=4.0))
    assert run(tolerant, source, "Уезд открыл школу.") == []
