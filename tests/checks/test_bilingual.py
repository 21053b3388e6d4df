"""Tags, dates, names, punctuation: what has to be the same on both sides."""

from __future__ import annotations

import pytest

from mtkit.checks.base import CheckContext
from mtkit.checks.dates import DateCheck
from mtkit.checks.markup import InlineTagsCheck
from mtkit.checks.names import NameCheck
from mtkit.checks.placeables import NumberCheck
from mtkit.checks.punctuation import EndPunctuationCheck, PairedMarksCheck
from mtkit.text.dates import find_dates
from mtkit.types import Finding, Segment, Severity


def run(check: object, lang: str, source: str, target: str) -> list[Finding]:
    segment = Segment(id="1", source=source, src_lang=lang, tgt_lang="ru")
    return list(check.run(segment, target, CheckContext()))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("<b>Bold</b> text", "<b>Жирный</b> текст"),
        ('See <a href="/x">here</a>&nbsp;now', 'См. <a  href="/x" >здесь</a>&nbsp;сейчас'),
        ("Hello {name}, %(count)s left", "Осталось %(count)s, {name}"),
        ("5 < 6 and 8 > 7 & so on", "5 < 6 и 8 > 7 и так далее"),
        ("100% of it", "100% этого"),
    ],
)
def test_tags_kept(source: str, target: str) -> None:
    assert run(InlineTagsCheck(), "en", source, target) == []


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("Жирный текст", "<b> is missing."),
        ("<b>Жирный</b></b> текст", "</b> is not in the source."),
        ("</b>Жирный<b> текст", "</b> closes what is not open."),
    ],
)
def test_tags_broken(target: str, said: str) -> None:
    found = run(InlineTagsCheck(), "en", "<b>Bold</b> text", target)
    assert said in [each.message for each in found]


@pytest.mark.parametrize(
    ("lang", "text", "dates"),
    [
        ("vi", "ngày 2/9/1945 và sáng 12/8", [(2, 9, 1945), (12, 8, None)]),
        ("vi", "ngày 5 tháng 4 năm 2024", [(5, 4, 2024)]),
        ("en", "on May 3, 2025, and 12 August", [(3, 5, 2025), (12, 8, None)]),
        ("en", "it may 3 times", []),
        ("ru", "2 сентября 1945 года, 12.08.2025", [(2, 9, 1945), (12, 8, 2025)]),
        ("ru", "в мае 3 человека", []),
        ("vi", "sáng mồng Một tháng Ba năm 2025", [(1, 3, 2025)]),
        ("en", "the twenty-first of July 2024", [(21, 7, 2024)]),
        ("ru", "Двадцать первого июля 2024 года", [(21, 7, 2024)]),
    ],
)
def test_dates_found(lang: str, text: str, dates: list[tuple[int, int, int | None]]) -> None:
    assert [(date.day, date.month, date.year) for date in find_dates(text, lang)] == dates


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("vi", "Sáng 12/8", "Утром 12 августа"),
        ("en", "On May 3 and 4", "3 и 4 мая"),
        ("en", "August 12, 2025", "12.08.2025"),
        ("en", "In August", "В августе"),
        ("vi", "ngày 12/8", "в тот день"),
    ],
)
def test_date_kept(lang: str, source: str, target: str) -> None:
    assert run(DateCheck(), lang, source, target) == []


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("vi", "ngày mồng ba tháng Tư", "третьего апреля"),
        ("vi", "ngày mồng ba tháng Tư", "3 апреля"),
        ("vi", "từ 1 đến 3/4/2025", "с первого по третье апреля 2025 года"),
        ("vi", "ngày hăm ba tháng Mười Một", "23 ноября"),
        ("vi", "đêm 3/4", "в ночь с третьего на четвёртое апреля"),
        ("vi", "ngày 5/6, mồng mười tháng Ba âm lịch", "5 июня, 10-го числа третьего лунного месяца"),
        ("en", "the fourth and fifth of April", "4 и 5 апреля"),
        ("en", "April 21, 2024", "двадцать первого апреля 2024 года"),
    ],
)
def test_date_in_words_kept(lang: str, source: str, target: str) -> None:
    assert run(DateCheck(), lang, source, target) == []
    assert run(NumberCheck(), lang, source, target) == []


@pytest.mark.parametrize(
    ("lang", "source", "target", "wrong"),
    [
        ("vi", "Sáng 12/8", "Утром 12 июля", "12 июля"),
        ("en", "May 3, 2025", "3 мая 2024 года", "3 мая 2024"),
        ("en", "In August", "В июле", "июле"),
        ("vi", "ngày mồng ba tháng Tư", "4 апреля", "4 апреля"),
        ("en", "on the third of April", "тринадцатого апреля", "тринадцатого апреля"),
    ],
)
def test_date_changed(lang: str, source: str, target: str, wrong: str) -> None:
    (found,) = run(DateCheck(), lang, source, target)
    assert found.tgt_span and found.tgt_span.of(target) == wrong
    assert run(NumberCheck(), lang, source, target) == []


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("vi", "Ông Lê Quang Dũng phát biểu", "Выступил Ле Куанг Зунг"),
        ("vi", "Ông Lê Quang Dũng phát biểu", "Слово Ле Куанг Зунга"),
        ("en", "Mr Le Quang Duc spoke", "Выступил Ле Куанг Дук"),
        ("en", "Mr Le Quang Duc spoke", "Выступил Ле Куанг Дык"),
        ("vi", "Ông Lê Quang Dũng phát biểu", "Он выступил"),
    ],
)
def test_name_right_or_left_out(lang: str, source: str, target: str) -> None:
    assert run(NameCheck(), lang, source, target) == []


@pytest.mark.parametrize(
    ("lang", "source", "target", "wrong"),
    [
        ("vi", "Ông Lê Quang Dũng phát biểu", "Выступил Ле Кванг Дунг", "Ле Кванг Дунг"),
        ("en", "Mr Le Quang Duc spoke", "Выступил Le Quang Duc", "Le Quang Duc"),
    ],
)
def test_name_off_the_transcription(lang: str, source: str, target: str, wrong: str) -> None:
    (found,) = run(NameCheck(), lang, source, target)
    assert found.tgt_span and found.tgt_span.of(target) == wrong
    assert found.suggestion and found.suggestion.startswith("Ле Куанг")


@pytest.mark.parametrize("target", ["«Так» (да) [нет].", "а) да; 1) нет", 'Он "так" сказал.', ":-)"])
def test_marks_paired(target: str) -> None:
    assert run(PairedMarksCheck(), "en", "So he said.", target) == []


@pytest.mark.parametrize(("target", "mark"), [("(Да", "("), ("«Так, он сказал.", "«"), ('Он "так.', '"')])
def test_mark_without_a_partner(target: str, mark: str) -> None:
    (found,) = run(PairedMarksCheck(), "en", "So he said.", target)
    assert found.tgt_span and found.tgt_span.of(target) == mark
    assert run(PairedMarksCheck(), "en", "“(So he said.", target) == []


@pytest.mark.parametrize("target", ['"Он сказал "да", — ответила она.', "“Он сказал “да”.", '"Это "Заря".'])
def test_one_mark_may_end_two_quotations(target: str) -> None:
    assert run(PairedMarksCheck(), "en", "So he said.", target) == []
    assert len(run(PairedMarksCheck(), "en", "So he said.", target.replace("—", "кто", 1) + " Нет.")) == 1


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("So he said.", "Так», он сказал.", Severity.WARNING),
        ("So he said.", "Так он сказал».", Severity.INFO),
        ("So he said.", "«Так он сказал.", Severity.INFO),
        ("“So,” he said.", "«Так, он сказал.", Severity.WARNING),
        ("So he said.", "(Так он сказал.", Severity.WARNING),
    ],
)
def test_a_quotation_may_go_on_in_the_next_segment(source: str, target: str, severity: Severity) -> None:
    (found,) = run(PairedMarksCheck(), "en", source, target)
    assert found.severity is severity


def test_a_full_stop_that_the_source_forgot_is_for_information() -> None:
    source = "The district opened a new school at the river"
    (found,) = run(EndPunctuationCheck(), "en", source, "Уезд открыл новую школу у реки.")
    assert found.severity is Severity.INFO


@pytest.mark.parametrize("unit", ["300 000 куб. м", "счёт 3:35"])
def test_what_closes_a_bracket_is_no_enumerator(unit: str) -> None:
    assert run(PairedMarksCheck(), "en", "So it is.", f"Так ({unit}) и есть.") == []


def test_a_night_to_the_next_day() -> None:
    assert run(DateCheck(), "vi", "Đêm 18/3 trời mưa.", "В ночь на 19 марта шёл дождь.") == []


def test_exponents_may_be_words() -> None:
    assert run(InlineTagsCheck(), "vi", "40 km<sup>2</sup>", "40 кв. км") == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("So.", "Так."),
        ("So...", "Так…"),
        ("“So.”", "«Так»."),
        ("So:", "Так"),
        ("So.", "Так?"),
        ("a fragment;", "кусок"),
        ("ABC Inc.", "Компания ABC"),
        ("So", "Так"),
        ("Who asked: why did he go?", "Кто спросил: зачем он ушёл? Неизвестно."),
    ],
)
def test_same_end(source: str, target: str) -> None:
    assert run(EndPunctuationCheck(), "en", source, target) == []


@pytest.mark.parametrize(("source", "target"), [("So it is.", "Так"), ("So it is", "Так."), ("So?", "Так.")])
def test_other_end(source: str, target: str) -> None:
    assert len(run(EndPunctuationCheck(), "en", source, target)) == 1
