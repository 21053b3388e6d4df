"""Information with a fix: each suggestion, put in its place, is house typography."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtkit.checks.base import CheckContext
from mtkit.checks.fixes import difference, fixed_lines, fixed_targets
from mtkit.checks.registered import active_checks
from mtkit.checks.run import CheckedText, Place, run_checks
from mtkit.checks.typography import DigitGroupsCheck, DigitGroupsOptions, YoCheck, YoOptions
from mtkit.text.typography import russian_typography
from mtkit.types import Segment, Severity

TYPOGRAPHY = ("dash", "digit-groups", "double-space", "number-sign", "quotes", "space-before-punctuation")
INFO = tuple(each.id for each in active_checks({}) if each.check.severity is Severity.INFO)


def text_of(*targets: str) -> CheckedText:
    segments = tuple(
        Segment(id=str(number), source="", src_lang="", tgt_lang="ru") for number, _ in enumerate(targets)
    )
    return CheckedText(path="x", segments=segments, targets=targets, places=(Place(),) * len(targets))


def fix(*targets: str, only: tuple[str, ...] = INFO) -> tuple[str, ...]:
    return fixed_targets(text_of(*targets), active_checks({}, only), CheckContext())[0]


@pytest.mark.parametrize(
    ("check", "wrong", "right"),
    [
        ("quotes", 'Газета "Новый день" вышла.', "Газета «Новый день» вышла."),
        ("quotes", "«Газета «День» вышла»", "«Газета „День“ вышла»"),
        ("dash", "Ханой - столица.", "Ханой\u00a0— столица."),
        ("dash", "Ханой — столица.", "Ханой\u00a0— столица."),
        ("number-sign", "№57 и № 8", "№\u00a057 и №\u00a08"),
        ("double-space", "Два  слова.", "Два слова."),
        ("space-before-punctuation", "Два , три .", "Два, три."),
        ("digit-groups", "Собрано 25 400 тонн.", "Собрано 25\u00a0400 тонн."),
        ("digit-groups", "Собрано 25400 тонн.", "Собрано 25\u00a0400 тонн."),
        ("decimal-comma", "Рост 2.5% и 1.25 млн.", "Рост 2,5% и 1,25 млн."),
        ("hyphen-space", "общественно -политический", "общественно-политический"),
        ("hyphen-space", "научно- технический", "научно-технический"),
        ("yo", "Всё это отчет.", "Всё это отчёт."),
    ],
)
def test_fixes(check: str, wrong: str, right: str) -> None:
    assert fix(wrong, only=(check,)) == (right,)
    assert fix(right, only=(check,)) == (right,)


@pytest.mark.parametrize(
    "target",
    [
        "Версия 2.5 вышла 1.02.2025.",
        "Все и всё: осел, небо.",
        "Подход мало-помалу менялся - общественно - так.",
        "Весь 2024 год, № 57-NQ/TW".replace("№ ", "№\u00a0").replace(" - ", "\u00a0— "),
    ],
)
def test_what_cannot_be_proven_stays(target: str) -> None:
    only = tuple(name for name in INFO if name != "dash")
    assert fix(target, only=only) == (target,)


@given(st.text('абвё «»"„“-–—.,№0123456789  ', max_size=40))
@settings(max_examples=200, deadline=None)
def test_typography_checks_say_all_that_house_typography_changes(target: str) -> None:
    if russian_typography(target) != target:
        segment = Segment(id="1", source="", src_lang="", tgt_lang="ru")
        assert run_checks([segment], [target], active_checks({}, TYPOGRAPHY), CheckContext())


@given(st.text('абвё «»"„“-–—.,№0123456789 \u00a0', max_size=40))
@settings(max_examples=200, deadline=None)
def test_fixing_twice_changes_nothing(target: str) -> None:
    once = fix(target, only=TYPOGRAPHY)
    assert once == (russian_typography(target),)
    assert fix(*once, only=TYPOGRAPHY) == once


def test_digit_groups_from_four_digits() -> None:
    check = DigitGroupsCheck(DigitGroupsOptions(from_digits=4))
    segment = Segment(id="1", source="", src_lang="", tgt_lang="ru")
    target = "В 2024 году собрано 5400 тонн."
    (found,) = check.run(segment, target, CheckContext())
    assert found.suggestion == "5\u00a0400"
    assert list(DigitGroupsCheck().run(segment, target, CheckContext())) == []


def test_yo_policies() -> None:
    text = text_of("Учет и отчет.", "Расчёт.")
    mixed = list(YoCheck().run(text.segments, text.targets, CheckContext()))
    assert [each.suggestion for each in mixed] == ["Учёт", "отчёт"]
    assert list(YoCheck().run(text.segments[:1], text.targets[:1], CheckContext())) == []
    always = YoCheck(YoOptions(policy="always"))
    assert len(list(always.run(text.segments[:1], text.targets[:1], CheckContext()))) == 2
    never = list(YoCheck(YoOptions(policy="never")).run(text.segments, text.targets, CheckContext()))
    assert [each.suggestion for each in never] == ["Расчет"]


def test_fixed_lines_keep_the_rest_of_the_file() -> None:
    content = "Два  слова. \r\nТри.\n"
    assert (
        fixed_lines(content, ["Два  слова.", "Три."], ["Два слова.", "Три."])
        == "Два слова. \r\nТри.\n".encode()
    )


def test_the_difference_shows_no_break_spaces() -> None:
    shown = difference("x", ["№ 5", "Да."], ["№\u00a05", "Да."])
    assert "-№ 5" in shown and "+№⍽5" in shown and "Да" not in shown
