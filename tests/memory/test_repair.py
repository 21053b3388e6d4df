from __future__ import annotations

from collections.abc import Sequence

import pytest

from mtkit.memory.repair import repaired
from mtkit.termbase.io import load_termbase
from mtkit.termbase.match import Matcher, SourceMatch
from mtkit.termbase.name_terms import terms_and_names
from tests.memory.samples import entry

_MATCHERS = {lang: Matcher(load_termbase("bundled"), lang) for lang in ("vi", "en")}


def terms(text: str, lang: str) -> Sequence[SourceMatch]:
    return terms_and_names(text, _MATCHERS[lang])


def repair(source: str, target: str, wanted: str, lang: str = "vi") -> tuple[str, list[str]] | None:
    found = repaired(entry(source, target, src_lang=lang), wanted, terms)
    return None if found is None else (found.target, [str(each) for each in found.repairs])


@pytest.mark.parametrize(
    ("source", "target", "wanted", "expected"),
    [
        # the form of the noun stays: 15 -> 18 people, 21 -> 31
        ("Có 15 người dự.", "Присутствовало 15 человек.", "Có 18 người dự.", "Присутствовало 18 человек."),
        ("Xây 21 trường.", "Построена 21 школа.", "Xây 31 trường.", "Построена 31 школа."),
        # it would not: 15 школ, 2 школы
        ("Xây 15 trường.", "Построено 15 школ.", "Xây 2 trường.", None),
        ("Xây 15 trường.", "Построено 15 школ.", "Xây 21 trường.", None),
        # but nothing hangs on the number of a per cent, a day, a year
        ("Đạt 15% kế hoạch.", "Выполнено 15% плана.", "Đạt 22% kế hoạch.", "Выполнено 22% плана."),
        ("Họp ngày 15 tháng 8.", "Заседание 15 августа.", "Họp ngày 21 tháng 8.", "Заседание 21 августа."),
        ("Họp năm 2024 ở xã.", "Сход в 2024 году.", "Họp năm 2025 ở xã.", "Сход в 2025 году."),
        ("Giá 15 $.", "Цена 15 $.", "Giá 21 $.", "Цена 21 $."),
        # nor where the unit is another
        ("Đạt 15% kế hoạch.", "Выполнено 15% плана.", "Đạt 22 $ kế hoạch.", None),
        # во 2-м, со 2 августа
        ("Họp từ ngày 15 tháng 8.", "С 15 августа.", "Họp từ ngày 2 tháng 8.", None),
        # Russian notation
        (
            "Thu 15.870 tỷ đồng.",
            "Собрано 15 870 млрд донгов.",
            "Thu 20.115,5 tỷ đồng.",
            "Собрано 20 115,5 млрд донгов.",
        ),
        # two numbers at once, also where they change places
        ("Từ 15 đến 18 người.", "От 15 до 18 человек.", "Từ 18 đến 15 người.", "От 18 до 15 человек."),
        # not once on either side
        ("Có 15 nam và 15 nữ.", "15 мужчин и 15 женщин.", "Có 15 nam và 16 nữ.", None),
        ("Có 15 người.", "Присутствовало пятнадцать человек.", "Có 16 người.", None),
        # codes
        (
            "Thi hành Chỉ thị 05-CT/TW.",
            "Выполнение Директивы № 05-CT/TW.",
            "Thi hành Chỉ thị 42-CT/TW.",
            "Выполнение Директивы № 42-CT/TW.",
        ),
        # marks and the first capital
        ("Huyện mở trường.", "Уезд открыл школу.", "Huyện mở trường!", "Уезд открыл школу!"),
        ("Huyện mở trường", "Уезд открыл школу", "huyện mở trường", "уезд открыл школу"),
        # another word
        ("Huyện mở trường.", "Уезд открыл школу.", "Huyện xây trường.", None),
    ],
)
def test_numbers_codes_and_marks(source: str, target: str, wanted: str, expected: str | None) -> None:
    found = repair(source, target, wanted)
    assert (found and found[0].replace("\u00a0", " ")) == expected


def test_numbers_repair_only_into_russian() -> None:
    assert repaired(entry("Có 15 người.", "There are 15.", tgt_lang="en"), "Có 16 người.") is None


@pytest.mark.parametrize(
    ("source", "target", "wanted", "expected"),
    [
        # the same case, gender and number, whoever governs it
        (
            "Ban Tổ chức Trung ương họp.",
            "Заседание Организационной комиссии ЦК КПВ состоялось.",
            "Ban Tuyên giáo Trung ương họp.",
            None,
        ),
        ("Hội nghị ở tỉnh Nghệ An kết thúc.", "Совещание в провинции Нгеан завершилось.",
         "Hội nghị ở tỉnh Quảng Trị kết thúc.", "Совещание в провинции Куангчи завершилось."),
        ("Ông Nguyễn Văn Hùng phát biểu.", "Выступил Нгуен Ван Хунг.",
         "Ông Trần Văn Minh phát biểu.", "Выступил Чан Ван Минь."),
        ("Gặp ông Nguyễn Văn Hùng ở xã.", "Встреча с Нгуен Ван Хунгом в общине.",
         "Gặp ông Trần Văn Minh ở xã.", "Встреча с Чан Ван Минем в общине."),
        ("Gặp Bí thư Tỉnh ủy ở xã.", "Встреча с секретарём провинциального комитета партии в общине.",
         "Gặp Phó Bí thư Tỉnh ủy ở xã.",
         "Встреча с заместителем секретаря провинциального комитета партии в общине."),
        ("Họp ở Hà Nội hôm qua.", "Вчера в Ханое прошло заседание.",
         "Họp ở Đà Nẵng hôm qua.", "Вчера в Дананге прошло заседание."),
        # a woman for a man
        ("Ông Nguyễn Văn Hùng phát biểu.", "Выступил Нгуен Ван Хунг.", "Ông Trần Thị Minh phát biểu.", None),
        # two things differ
        ("Ông Nguyễn Văn Hùng phát biểu.", "Выступил Нгуен Ван Хунг.", "Ông Trần Văn Minh hát.", None),
    ],
)  # fmt: skip
def test_terms_and_names(source: str, target: str, wanted: str, expected: str | None) -> None:
    found = repair(source, target, wanted)
    assert (found and found[0]) == expected


def test_a_number_and_a_name_at_once_are_both_said() -> None:
    found = repair(
        "Hội nghị ở tỉnh Nghệ An có 15 người dự.",
        "На совещании в провинции Нгеан присутствовало 15 человек.",
        "Hội nghị ở tỉnh Quảng Trị có 28 người dự.",
    )
    assert found is not None
    assert found[0] == "На совещании в провинции Куангчи присутствовало 28 человек."
    assert found[1][0] == "number «15» → «28»"
    assert found[1][1].endswith("«провинции Нгеан» → «провинции Куангчи»")
