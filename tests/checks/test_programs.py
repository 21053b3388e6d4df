"""Checks of markup, layout, letters, amounts and repeated sentences: what they leave alone."""

from __future__ import annotations

import pytest

from mtkit.checks.analysis import has_foreign_letters
from mtkit.checks.base import ANY_DIGIT, FOREIGN_LETTER, CheckContext
from mtkit.checks.registered import active_checks, known_checks
from mtkit.checks.run import run_checks
from mtkit.checks.spelling import SpellingCheck, SpellingOptions
from mtkit.checks.substitutions import CountryCheck, WeekdayCheck
from mtkit.types import Finding, Segment

LEFT_ALONE = [
    ("accelerator", "&Open file", "Открыть &файл"),
    ("accelerator", "_Save as", "Сохранить _как"),
    ("accelerator", "AT&T and Q & A", "«АТ энд Т», вопросы и ответы"),
    ("capitals", "NATO and the UN met.", "НАТО и ООН провели встречу."),
    ("capitals", "READ THIS FIRST", "СНАЧАЛА ПРОЧТИТЕ ЭТО"),
    ("command-option", "Use -v or --help.", "Введите --help или -v."),
    ("command-option", "A well-known e-mail - and more", "Известное электронное письмо — и больше"),
    ("country", "The Russian and US sides met in Moscow.", "Стороны США и России встретились в Москве."),
    ("country", "Ms Nguyen Thi Nga of France", "Нгуен Тхи Нга, гражданка Франции"),
    ("country", "Viet Nam and the South China Sea", "Страна и Южно-Китайское море"),
    ("country", "A whale off Cuba", "Кит у берегов Кубы, на Кубани и в Кореновске"),
    ("country", "Indiana's governor", "Губернатор Индианы, США"),
    ("country", "A road in Lao Cai", "Дорога в Лаокае, Вьетнам"),
    ("country", "US$5 bn for the nation", "5 млрд долларов для Вьетнама"),
    ("country", "The Lao side got $5.", "Пять долларов США получила страна."),
    ("country", "Islands of the Indian Ocean", "Острова у берегов Австралии"),
    ("currency", "It costs $5 million.", "Это стоит 5 млн долларов."),
    ("currency", "Fish from the Dong Nai river", "Рыба из реки Донгнай стоит 5 рублей"),
    ("currency", "It is worth EUR3.5 billion.", "Это стоит 3,5 млрд евро."),
    ("currency", "Between $3 and $5 million", "От 3 до 5 млн долларов"),
    ("currency", "$30 for 5 people", "30 долларов на 5 человек"),
    ("currency", "$30 at Sydney prices", "30 австралийских долларов"),
    ("date", "On 25/12/2025", "25 декабря 2025 года"),
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
    ("latin", "The word lead is short.", "Слово lead короткое."),
    ("latin", "Here lead means metal.", "Здесь lead означает металл."),
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
    ("spelling", "Most of it is wired.", "Бо́льшая часть оплетена́."),
    ("spelling", "The people of Hanoi", "Пожилые ханойцы воспрепятствуют разведчикам."),
    ("spelling", "The members of the club met.", "Члены кружка переизбрали неотложно собранное правление."),
    ("start-capital", "IPhone sales grew.", "iPhone продаётся лучше."),
    ("start-capital", "Plan of cooperation;", "план сотрудничества;"),
    ("start-capital", "Open a school.", "Открыть школу;"),
    ("unit", "5 tunnels of 5 km", "5 тоннелей по 5 км"),
    ("unit", "A road of 1,500 m and 20 km", "Дорога в 1,5 км и 20 км"),
    ("unit", "5 miles, 40 km²", "8 км, 40 кв. км"),
    ("time", "At 7 p.m. and by noon", "В семь вечера и к полудню"),
    ("time", "At 7:30 the 8-hour shift began.", "В 19:30 началась смена в 8 часов."),
    ("time", "At 7 p.m.", "Вечером"),
    ("unit", "30 degrees, 5 nautical miles", "30 °C, 5 миль"),
    ("unit", "5 tonnes per ha", "5 т с гектара"),
    ("unit", "At the 34-km mark", "На 34-м километре"),
    ("weekday", "On Thursday night", "В ночь на пятницу, в четверг"),
    ("weekday", "Every Sunday morning", "Каждое воскресное утро"),
    ("weekday", "On Wednesday the environment was discussed.", "В среду говорили об окружающей среде."),
    ("weekday", "For the third time this Monday", "В третий раз в этот понедельник"),
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


@pytest.mark.parametrize(
    ("check", "source", "target", "message"),
    [
        ("placeholder", "Open {name}.", "Открыть {имя}.", "{name} has become {имя}."),
        ("number", "Road 7A is closed.", "Дорога 7Б закрыта.", "7A has become 7Б."),
        ("unit", "5 litres of milk", "5 кг молока", "5 litres has become 5 кг."),
        ("unit", "A road of 5 km", "Дорога в 5 миль", "5 km has become 5 миль."),
        ("unit", "A road of 5 km", "Дорога в 5 °C", "5 km has become 5 °C."),
        ("unit", "A fever of 39°C", "Температура 39%", "39°C has become 39%."),
        ("unit", "It was 30 degrees Fahrenheit", "30 °C", "30 degrees Fahrenheit has become 30 °C."),
        ("unit", "120 million VND per tael", "120 млн за гектар", "per tael has become за гектар."),
        ("time", "It starts at 7 p.m.", "Начало в 17:00", "7 p.m. has become 17:00 in place of 19:00."),
        ("time", "at 6 a.m.", "в 18:00", "6 a.m. has become 18:00 in place of 6:00."),
        ("time", "It ended at 8:30 p.m. today", "До 22:30", "8:30 p.m. has become 22:30 in place of 20:30."),
        ("currency", "It costs EUR3.5 billion", "3,5 млрд долларов США", "EUR has become долларов."),
        (
            "currency",
            "It costs $30 million.",
            "Это стоит 30 млн.",
            "$30 million has lost its currency; the target has 30 млн in place of 30 млн долларов.",
        ),
        ("currency", "It costs 50 billion kip", "50 млрд донгов", "kip has become донгов."),
        ("currency", "It costs A$5 million", "5 млн долларов", "A$ has become долларов."),
        ("currency", "It costs US$5", "5 австралийских долларов", "US$ has become австралийских долларов."),
        ("currency", "It costs $31.", "31, не больше", "$31 has lost its currency; the target has 31."),
        (
            "date",
            "On 03/04/2025",
            "4 марта 2025 года",
            "03/04/2025 may be day 3 or month 3; it is read with the day first.",
        ),
        ("weekday", "He left on Monday.", "Он уехал вчера.", "Monday is missing, «понедельник»."),
        ("country", "the President of Russia", "президент США", "Russia has become США."),
        ("weekday", "He left on Monday.", "Он уехал во вторник.", "Monday has become вторник."),
        ("spelling", "A free ticket", "Дали безплатный билет", "безплатный is in no dictionary: бесплатный?"),
    ],
)
def test_one_finding_says_what_has_become_what(check: str, source: str, target: str, message: str) -> None:
    assert [each.message for each in findings(check, (source, target))] == [message]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("Bà Lê Thị Nga đi", 0),
        ("Bà Nga đi", 0),
        ("Đến Lào Cai, huyện Đức Thọ và thành phố Mỹ Tho", 0),
        ("Ý kiến về pháp luật", 0),
        ("Sang nước Nga", 1),
        ("Chuyên gia Đức, Mỹ", 1),
    ],
)
def test_a_vietnamese_name_is_no_country(source: str, count: int) -> None:
    segment = Segment(id="1", source=source, src_lang="vi", tgt_lang="ru")
    assert len(list(CountryCheck().run(segment, "Поездка в Лаос", CheckContext()))) == count


@pytest.mark.parametrize("source", ["Lần họp này, lần thứ ba, hôm thứ 2", "Họp lần thứ ba hôm qua"])
def test_a_time_is_no_day_of_the_week(source: str) -> None:
    segment = Segment(id="1", source=source, src_lang="vi", tgt_lang="ru")
    assert list(WeekdayCheck().run(segment, "Третья встреча в понедельник", CheckContext())) == []


@pytest.mark.parametrize(
    ("check", "source", "target", "message"),
    [
        ("time", "Họp lúc 7 giờ tối", "Встреча в 7:00", "7 giờ tối has become 7:00 in place of 19:00."),
        ("date", "đạt tỷ lệ 2/3", "до 2 марта", "2/3 has become 2 марта."),
        ("weekday", "Thứ Hai, ngày 3/11", "3 ноября", "Thứ Hai is missing, «понедельник»."),
        ("weekday", "Sáng thứ Hai", "Утром во вторник", "thứ Hai has become вторник."),
        ("unit", "Đường 5 hải lý", "Дорога в 5 км", "5 hải lý has become 5 км."),
    ],
)
def test_what_vietnamese_has_is_found(check: str, source: str, target: str, message: str) -> None:
    segment = Segment(id="1", source=source, src_lang="vi", tgt_lang="ru")
    found = run_checks([segment], [target], active_checks({}, [check]), CheckContext())
    assert [each.message for each in found] == [message]


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        ("Họp lúc 7 giờ rưỡi tối", "Встреча в 19:30", []),
        ("Họp lúc 1 giờ trưa", "Встреча в 13:00", []),
        ("Họp lúc 7 giờ 30 tối", "Встреча в 9:30", []),
    ],
)
def test_numbers_of_times_are_the_time_checks(source: str, target: str, messages: list[str]) -> None:
    segment = Segment(id="1", source=source, src_lang="vi", tgt_lang="ru")
    found = run_checks([segment], [target], active_checks({}, ["number"]), CheckContext())
    assert [each.message for each in found] == messages


@pytest.mark.parametrize("target", ["Дорога 7А закрыта.", "Дорога 7-A закрыта.", "Дорога закрыта."])
def test_a_letter_after_a_number_may_be_cyrillic(target: str) -> None:
    assert not any("become" in each.message for each in findings("number", ("Road 7A is closed.", target)))


@pytest.mark.parametrize(("latin", "cyrillic"), [("C", "В"), ("D", "Г"), ("E", "Д"), ("F", "Е")])
def test_a_letter_may_be_the_one_in_its_place(latin: str, cyrillic: str) -> None:
    assert findings("number", (f"Flat 5{latin}", f"Квартира 5{cyrillic}")) == ()


def test_the_last_item_of_a_list_may_begin_small() -> None:
    items = ("Build a road;", "построить дорогу;"), ("Open a school.", "открыть школу.")
    assert findings("start-capital", *items) == ()
    assert len(findings("start-capital", *items, ("Go home.", "идите домой."))) == 1


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
