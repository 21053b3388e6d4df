from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.errors import UnknownNameError
from mtkit.text.segmentation import split_paragraph, split_sentences

# "|" stands where one sentence ends and the next begins.
VIETNAMESE = [
    "UBND TP. Huế họp sáng nay.|Chủ tịch Trần Văn Bình chủ trì.",
    "Đoàn làm việc tại Tp. Vinh và TX. Cửa Lò.|Các xã đã sẵn sàng.",
    "PGS.TS. Lê Thị Mai phát biểu.|GS. Nguyễn Hùng đồng tình.",
    "Th.S Đỗ Văn Nam và ThS. Vũ Lan có mặt.|BS. Hòa vắng mặt.",
    "Gặp TS. Phan Quý tại Q. Bình Thạnh, P. 12.|Ông khỏe.",
    "Tỉnh đã bàn giao cho UBND.|HĐND giám sát.",
    "Hồ sơ lưu tại UBND.|Kết quả có sau 5 ngày.",
    "Trồng ngô, khoai, sắn, v.v. để giữ đất.",
    "Trồng ngô, khoai, sắn, v.v.|Sau đó bà con nuôi cá.",
    "Trồng ngô, khoai, sắn, v.v...|Bà con nuôi cá.",
    "Xem tr. 15 của báo cáo.|Bảng kê ở tr. 16.",
    "Quang cảnh cuộc họp.|Ảnh: Minh Đức",
    "Quang cảnh cuộc họp.|Ảnh: M.Đ.|Nguồn: Báo tỉnh",
    "Ảnh: M.Đ. Hùng chụp tại cảng.",
    "Đối tượng Trần Văn H. bị bắt.|Theo công an, H. đã khai.",
    "Bị cáo là Trần Văn H.|Theo công an, vụ án còn mở rộng.",
    "Thực hiện Nghị quyết 57-NQ/TW.|Nghị định 178/2024/NĐ-CP có hiệu lực.",
    "Họp ngày 18.2.2025.|Thu 15.870 tỷ đồng, tăng 3,14%.|Xong.",
    "Diện tích 1.200.000 m2 và 3.5 ha.|Đất tốt.",
    "Truy cập https://vidu.vn/tin.html?a=1. để biết thêm.",
    "Truy cập https://vidu.vn/tin.|Gửi thư tới hop.thu@vidu.vn.|Mở tệp ke.hoach.docx.",
    "1. Nâng cao chất lượng.|2. Giảm thủ tục.",
    "a) Thu ngân sách tăng.|b) Chi giảm.",
    "Gồm hai việc: 1. Thu ngân sách.|2. Chi đầu tư.",
    "Điều 5. Hiệu lực thi hành.|Nghị định này có hiệu lực.",
    "Chương II. Quy định cụ thể",
    "Anh chờ… rồi đi.|Chị chờ...|Không ai đến.",
    "“Chúng tôi làm được.|Chúng tôi sẽ làm”, ông nói.",
    "“Chúng tôi làm được!”|Cả hội trường vỗ tay.",
    "Ông hỏi: “Sao lại thế?” rồi ngồi xuống.",
    "Vì sao lại thế?!|Không ai biết.",
    "Doanh thu quý I.|Quý II tăng.",
    "Nhiệt độ xuống âm 2 độ C.|Băng giá phủ trắng.",
    "Đội vô địch Đông Nam Á.|Người hâm mộ đổ ra đường.",
    "… và họ đã thắng.|Thật vui.",
    "Ông kể […] nhiều chuyện.|Hết.",
    "Tại Mỹ, Dr. John F. Smith làm ở Acme Inc. từ năm 2001.",
    "Ca sĩ (?) đã đến.|Mọi người (!) vui.",
]
ENGLISH = [
    "Dr. Smith met Mrs. Jones and Ms. Lee.|Prof. Brown was late.",
    "See No. 5 and Nos. 6-8.|No. 9 is missing.",
    "Was it true?|No.|It was not.",
    "Gen. Tran, Lt. Col. Vo and Sen. Hill spoke.|Gov. Dao listened.",
    "He lives in St. Petersburg.|She moved to Mt. Vernon St.|They write.",
    "Acme Inc. signed with Beta Co., Ltd.|The deal is worth $3.5 million.",
    "Acme Inc. President Hill signed.",
    "The U.S. Senate voted.|Relations with the U.S.|The vote was close.",
    "It opens at 9 a.m. and closes at 5 p.m.|Visitors are welcome.",
    "It closes at 5 p.m. Monday.|It opens at 9 a.m. Hanoi time.",
    "Bring pens, paper, etc.|Leave phones outside.",
    "Use a code, e.g. 57-NQ/TW, i.e. a resolution.|Keep it.",
    "It began on Jan. 5 and ended on Dec. 31.|Nobody came.",
    "J. R. R. Tolkien wrote it.|J.R.R. Tolkien wrote it.",
    "It is Ha Noi vs. Hue.|Ha Noi won.",
    "“Why are you late?” she asked.|He smiled.",
    "“I am late.”|He smiled.",
    'He said: "Stop."|Then he left.',
    "Wait... what?|Fine…|Let us go.",
    "The rate is 3.14 per cent.|Version 2.0.1 is out.",
    "Open report.final.docx or visit www.example.com.|Thanks.",
    "Write to john.doe@example.org.|Thanks.",
    "Article 5. Entry into force",
    "Eat more vitamin C.|Oranges help.",
    "(He was late.)|She was not.",
    "She works in Washington (D.C.) and likes it.",
    "The firm (Acme Inc.) President resigned.",
    "“The price is up.”|iPhone sales fell.",
    "Really?!|Yes!!!|Good.",
    "He holds a Ph.D. from Ha Noi.|She has a B.A.|They teach.",
    "- Is that so?|- Yes.",
    "First paragraph without a stop\n\n|Second paragraph.",
    "One line\nbroken in two.|Next.",
]
RUSSIAN = [
    "В 2025 г. Вьетнам принял план.|План утверждён.",
    "Постановление вступило в силу 5 мая 2025 г.|Правительство доложит.",
    "Он уехал в Хюэ, а в мае 2025 г. Ханой принял гостей.",
    "В 1976–1986 гг. Ханой рос.|Это известно.",
    "Он родился в г. Винь.|Живёт на ул. Ленина, д. 5, кв. 12.",
    "Завод им. Кирова и парк им. В. И. Ленина открыты.",
    "Он помогал им.|Они благодарны.",
    "Рис, чай, кофе и т. д.|Экспорт растёт.",
    "Рис, чай, кофе и т. п. вывозят морем.",
    "Присутствовали министры, послы и др.|Встреча прошла успешно.",
    "Это решение, т. е. Резолюция № 57, принято.",
    "Собрали 5 тыс. тонн и 3 млн т.|Урожай хороший.",
    "Площадь 40 кв. м.|Цена 5 тыс. руб.|Продано.",
    "Доклад И. О. Фамилия прочёл.|А. С. Пушкин слушал.",
    "И. о. министра Чан Ван Бинь и и. о. ректора прибыли.",
    "См. рис. 3 на стр. 15, п. 2 ст. 8.|Там всё есть.",
    "См. табл. 4.|Напр. Вьетнам растёт.",
    "«Куда вы?» — спросил он.|Она молчала.",
    "«Мы победим!» — Чан Ван Бинь поднял руку.",
    "«Мы победили».|Зал встал.",
    "«Мы победили!»|Зал встал.",
    "— Куда идёшь?|— Домой.",
    "«Пора, — сказал он.|— Уже поздно».",
    "Что делать?..|Никто не знает.",
    "Он помолчал… и ушёл.|Она осталась…|Стемнело.",
    "Дата 18.02.2025, число 3.14, код 178/2024/NĐ-CP.|Всё.",
    "Сайт https://primer.ru/a.b.|Почта a.b@primer.ru.|Файл otchet.docx.",
    "1. Утвердить план.|2. Доложить.",
    "Статья 5. Вступление в силу",
    "Это XX в.|Тогда было иначе.",
    "До н. э.|Потом настала новая эра.",
    "Общество (ООО «Альфа» и др.) работает.",
    "Фото: Л. А.|Источник: газета",
    "Дистанция 100 м.|Победил Чан.",
    "Жара до 38 °C.|Ночью дождь.",
    "Проф. Иванов и акад. Петров спорят.|Д-р Ли молчит.",
    "Город основан до 1010 г. н. э. и вырос.",
]
CASES = [
    pytest.param(lang, case, id=f"{lang}{number}")
    for lang, cases in (("vi", VIETNAMESE), ("en", ENGLISH), ("ru", RUSSIAN))
    for number, case in enumerate(cases)
]
LANGUAGES = st.sampled_from(("vi", "en", "ru"))
FRAGMENTS = st.sampled_from(
    (
        *(
            "TP.",
            "v.v.",
            "Dr.",
            "No.",
            "U.S.",
            "г.",
            "т.",
            "д.",
            "А.",
            "M.Đ.",
            "1.",
            "a)",
            "Điều",
            "5",
            "2025",
            "5,7",
        ),
        *(
            "Hà",
            "the",
            "The",
            "Это",
            "это",
            "и",
            "…",
            "...",
            "?",
            "!",
            ".",
            "«",
            "»",
            "“",
            "”",
            '"',
            "'",
            "(",
            ")",
            "[",
            "]",
        ),
        *(
            " ",
            " ",
            " ",
            "\n",
            "\n\n",
            "\u00a0",
            "—",
            "-",
            "57-NQ/TW",
            "https://vidu.vn/.",
            "⟦c1⟧",
            "№",
            "%",
            ":",
            "\u2029",
        ),
    )
)
TEXTS = st.lists(FRAGMENTS, max_size=40).map("".join) | st.text(max_size=80)


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_golden_boundaries(lang: str, case: str) -> None:
    parts = case.split("|")
    text = "".join(part if part.endswith("\n") else part + " " for part in parts).rstrip()
    assert [sentence for sentence, _ in split_paragraph(text, lang)] == [part.strip() for part in parts]


@given(TEXTS, LANGUAGES)
def test_spans_tile_the_text(text: str, lang: str) -> None:
    spans = split_sentences(text, lang)
    assert "".join(span.of(text) for span in spans) == text
    assert all(span.start < span.end for span in spans)
    assert [span.start for span in spans[1:]] == [span.end for span in spans[:-1]]
    assert not spans or (spans[0].start, spans[-1].end) == (0, len(text))


@given(TEXTS, LANGUAGES)
def test_boundaries_stand_after_whitespace(text: str, lang: str) -> None:
    for span in split_sentences(text, lang)[:-1]:
        assert text[span.end - 1].isspace()
        assert not text[span.end].isspace()


@given(TEXTS, LANGUAGES)
def test_pairs_rejoin_and_sentences_are_bare(text: str, lang: str) -> None:
    pairs = split_paragraph(text, lang)
    assert "".join(sentence + space for sentence, space in pairs) == text
    assert all(sentence == sentence.strip() and not space.strip() for sentence, space in pairs)
    assert all(sentence for sentence, _ in pairs[1:])


@given(TEXTS, LANGUAGES)
def test_a_sentence_is_one_sentence(text: str, lang: str) -> None:
    for sentence, _ in split_paragraph(text, lang):
        assert len(split_paragraph(sentence, lang)) == (1 if sentence else 0)


def test_empty_and_blank() -> None:
    assert split_sentences("", "vi") == []
    assert split_paragraph("", "vi") == []
    assert split_paragraph(" \n\n ", "vi") == [("", " \n\n ")]
    assert split_paragraph("  Xong. Hết.\n", "vi") == [("", "  "), ("Xong.", " "), ("Hết.", "\n")]


def test_windows_line_ends() -> None:
    assert split_paragraph("One\r\n\r\nTwo.\r\n", "en") == [("One", "\r\n\r\n"), ("Two.", "\r\n")]


def test_unknown_language() -> None:
    with pytest.raises(UnknownNameError, match=r"Unknown language 'fr'.*Known: en, ru, vi"):
        split_sentences("Bonjour.", "fr")


@pytest.mark.parametrize(
    ("unit", "length"),
    [
        ("UBND TP. Huế họp. Xong! ", 1_000_000),
        *((unit, 1_000_000) for unit in (" ", ".", "a.", '."', "\n ", "«")),
        *((unit, 100_000) for unit in (". ", "A. ", "… ", ". - ", ": 1. ")),
    ],
)
def test_a_long_line_takes_linear_time(unit: str, length: int) -> None:
    text = unit * (length // len(unit))
    start = time.process_time()
    spans = split_sentences(text, "vi")
    assert spans[-1].end == len(text)
    assert time.process_time() - start < 30
