"""Checks of markup, layout, letters, amounts and repeated sentences: what they leave alone."""

from __future__ import annotations

import pytest

from mtkit.checks.analysis import has_foreign_letters
from mtkit.checks.base import ANY_DIGIT, FOREIGN_LETTER, CheckContext
from mtkit.checks.registered import active_checks, known_checks
from mtkit.checks.run import run_checks
from mtkit.checks.spelling import SpellingCheck, SpellingOptions
from mtkit.types import Finding, Segment

LEFT_ALONE = [
    ("accelerator", "&Open file", "Открыть &файл"),
    ("accelerator", "_Save as", "Сохранить _как"),
    ("accelerator", "AT&T and Q & A", "«АТ энд Т», вопросы и ответы"),
    ("capitals", "NATO and the UN met.", "НАТО и ООН провели встречу."),
    ("capitals", "READ THIS FIRST", "СНАЧАЛА ПРОЧТИТЕ ЭТО"),
    ("command-option", "Use -v or --help.", "Введите --help или -v."),
    ("command-option", "A well-known e-mail - and more", "Известное электронное письмо — и больше"),
    ("currency", "It costs $5 million.", "Это стоит 5 млн долларов."),
    ("currency", "Fish from the Dong Nai river", "Рыба из реки Донгнай стоит 5 рублей"),
    ("edge-space", "Name: ", "Имя: "),
    ("entity", "Ben &amp; Co", "Бен &amp; Ко"),
    ("entity", "research & development; design", "исследования и разработка"),
    ("escape", "First\\nSecond", "Первое\\nВторое"),
    ("escape", "Open C:\\new\\temp", "Откройте C:\\new\\temp"),
    ("file-path", "See report.docx in /home/lan/notes", "Файл report.docx в /home/lan/notes"),
    ("file-path", "Either and/or both, 12/8, www.lamson.vn/a.html", "И/или оба, 12/8, www.lamson.vn/a.html"),
    ("foreign-script", "The Greek letter is spoken of.", "Иероглиф «工» знают все."),
    ("function-name", "Call print() first", "Сначала вызовите print()"),
    ("handle", "Write to @lamson or a@b.vn", "Пишите на @lamson или a@b.vn"),
    ("invisible-characters", "Soft\u00adhyphen", "Мягкий\u00adперенос"),
    ("latin-name", "Samsung and Viettel", "Samsung и Viettel"),
    ("latin-name", "Vietnam Airlines", "VIETNAM и IKEA"),
    ("line-breaks", "One\nTwo", "Один\nДва"),
    ("list-marker", "- bread", "• хлеб"),
    ("list-marker", "b) bread", "б) хлеб"),
    ("list-marker", '"Go," he said.', "— Идите, — сказал он."),
    ("mixed-letters", "The XXL size and 5G", "Размер XXL и 5G"),
    ("parenthesis", "The club (a small one) met.", "Клуб — он мал — собрался."),
    ("placeholder", "{name}, 5% of %s", "%s — 5%, {name}"),
    ("quotation", 'He said "yes".', "Он сказал: «Да»."),
    ("repeated-punctuation", "Well... he left, etc.", "Что ж... он ушёл и т. д.?.."),
    ("space-after-punctuation", "At 12:30, T.T. said.", "В 12:30 т.е. днём сказал И.И.Иванов."),
    ("spelling", "The members of the club met.", "Члены кружка переизбрали неотложно собранное правление."),
    ("start-capital", "IPhone sales grew.", "iPhone продаётся лучше."),
    ("start-capital", "Plan of cooperation;", "план сотрудничества;"),
    ("unit", "A road of 1,500 m and 20 km", "Дорога в 1,5 км и 20 км"),
    ("unit", "5 miles, 40 km²", "8 км, 40 кв. км"),
]


def findings(check: str, *pairs: tuple[str, str]) -> tuple[Finding, ...]:
    segments = [
        Segment(id=str(number), source=source, src_lang="en", tgt_lang="ru")
        for number, (source, _) in enumerate(pairs)
    ]
    return run_checks(segments, [target for _, target in pairs], active_checks({}, [check]), CheckContext())


@pytest.mark.parametrize(("check", "source", "target"), LEFT_ALONE)
def test_what_is_right_is_left_alone(check: str, source: str, target: str) -> None:
    assert findings(check, (source, target)) == ()


def test_there_are_more_checks_than_in_pofilter() -> None:
    assert len(known_checks()) > 46


def test_a_phrase_of_two_words_may_be_translated_in_two_ways() -> None:
    pairs = ("Read more", "Читать дальше"), ("Read more", "Подробнее")
    assert findings("translation-consistency", *pairs) == ()


def test_capitals_and_marks_are_no_other_translation() -> None:
    pairs = (
        ("The club met today.", "Кружок собрался сегодня."),
        ("The club met today", "Кружок собрался сегодня"),
    )
    assert findings("translation-consistency", *pairs) == ()


def test_sentences_alike_may_have_one_target() -> None:
    pairs = (
        ("The club met today.", "Сегодня собрался кружок."),
        ("Today the club met.", "Сегодня собрался кружок."),
    )
    assert findings("same-target", *pairs) == ()


def test_a_word_in_the_option_is_spelt_right() -> None:
    segment = Segment(id="1", source="", src_lang="", tgt_lang="ru")
    check = SpellingCheck(SpellingOptions(allow=("предлами",)))
    assert list(check.run(segment, "За предлами города", CheckContext())) == []
    assert [each.suggestion for each in SpellingCheck().run(segment, "За предлами", CheckContext())] == [
        "пределами"
    ]


def test_a_check_without_its_signs_has_nothing_to_say() -> None:
    """What `signs` promises: run on everything, the checks say the same."""
    texts = [(source, target) for _, source, target in LEFT_ALONE]
    texts += [(source, target[::-1]) for source, target in texts]
    for each in active_checks({}):
        if each.whole_document or not each.signs:
            continue
        for source, target in texts:
            there = set(source + target) - {ANY_DIGIT, FOREIGN_LETTER}
            there |= {ANY_DIGIT} if any(map(str.isdecimal, source + target)) else set()
            there |= {FOREIGN_LETTER} if has_foreign_letters(target) else set()
            if not each.signs & there:
                segment = Segment(id="1", source=source, src_lang="en", tgt_lang="ru")
                assert not list(each.check.run(segment, target, CheckContext()))  # type: ignore[arg-type]
