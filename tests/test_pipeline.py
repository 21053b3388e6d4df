import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtkit.checks.registered import active_checks
from mtkit.errors import EngineError, UnsupportedPairError
from mtkit.pipeline import Pipeline
from mtkit.termbase.io import load_termbase
from mtkit.types import Origin, Segment, Severity
from tests.fakes import RuleEngine

CODES = ("57-NQ/TW", "749/QĐ-TTg", "178/2024/NĐ-CP", "12/2025/TT-BNV", "tuyengiao@quangtri.gov.vn")


def segments(*sources, lang="vi"):
    return [
        Segment(id=str(number), source=source, src_lang=lang, tgt_lang="ru")
        for number, source in enumerate(sources, 1)
    ]


def targets(engine, *sources, lang="vi", **options):
    return [t.target for t in Pipeline(engine, **options).translate(segments(*sources, lang=lang))]


def test_order_is_kept_and_duplicates_are_decoded_once():
    engine = RuleEngine(lambda text: f"перевод {text}")
    assert targets(engine, "hai", "một", "hai") == ["перевод hai", "перевод một", "перевод hai"]
    assert [request.text for request in engine.asked] == ["hai", "một"]


def test_a_source_of_codes_and_digits_is_copied():
    engine = RuleEngine(lambda text: "никогда")
    (translation,) = Pipeline(engine).translate(segments("57-NQ/TW, 12/8/2025"))
    assert (translation.target, translation.origin) == ("57-NQ/TW, 12/8/2025", Origin.COPIED)
    assert engine.asked == []


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("en", "15,320", "15\u00a0320"),
        ("en", "12.5%", "12,5%"),
        ("vi", "1.250,75", "1250,75"),
        ("vi", "– 12,5", "– 12,5"),
        ("en", "-0.3%", "-0,3%"),
        ("en", "-1,234.5", "-1234,5"),
        ("en", "2025", "2025"),
        ("en", "0233852123", "0233852123"),
        ("en", "10234", "10234"),
        ("vi", "14h00 - 14h30", "14:00–14:30"),
        ("vi", "7h-9h30", "7:00–9:30"),
        ("vi", "24h", "24h"),
        ("en", "14:00 - 14:30", "14:00–14:30"),
    ],
)
def test_a_number_alone_is_written_as_russian_writes_it(lang: str, source: str, target: str) -> None:
    (translation,) = Pipeline(RuleEngine(str.upper)).translate(segments(source, lang=lang))
    assert (translation.target, translation.origin) == (target, Origin.COPIED)


def test_a_date_is_mended_after_its_source():
    engine = RuleEngine(lambda text: "Утром 2 ноября дорогу открыли.")
    assert targets(engine, "Sáng 2/1, đường được thông xe.") == ["Утром 2 января дорогу открыли."]


def test_a_date_in_words_is_asked_for_in_digits_and_mended_after_its_source():
    engine = RuleEngine(lambda text: "4 апреля 2025 года секретарь выступил.")
    found = targets(engine, "Ngày mồng ba tháng Tư năm 2025, Bí thư phát biểu.", typography=False)
    assert [request.text for request in engine.asked] == ["Ngày 3/4/2025, Bí thư phát biểu."]
    assert found == ["3 апреля 2025 года секретарь выступил."]


def test_what_models_know_better_in_another_form_is_asked_for_in_it_and_mended():
    engine = RuleEngine(lambda text: "В 17:00 выделили 5 млн.")
    found = targets(engine, "At 7 p.m. they gave €5 million.", lang="en", typography=False)
    assert [request.text for request in engine.asked] == ["At 19:00 they gave 5 million euros."]
    assert found == ["В 19:00 выделили 5 млн евро."]


def test_a_range_of_dates_in_brackets_goes_past_the_model():
    engine = RuleEngine(lambda text: "75-летие (⟦c1⟧)" if "(⟦c1⟧)" in text else "нет", placeables=True)
    (target,) = targets(engine, "Kỷ niệm 75 năm (30/01/1950 - 30/01/2025)")
    assert target.replace("\u00a0", " ") == "75-летие (30 января 1950 — 30 января 2025 года)"


def test_a_long_number_that_names_something_keeps_its_form():
    engine = RuleEngine(lambda text: text, placeables=True)
    assert targets(engine, "Mã số thuế: 5300233245.") == ["Mã số thuế: 5300233245."]


def test_an_empty_target_is_a_failure_that_keeps_the_source():
    (translation,) = Pipeline(RuleEngine(lambda text: " ")).translate(segments("Xin chào"))
    assert (translation.target, translation.origin) == ("Xin chào", Origin.FAILED)
    assert [finding.check for finding in translation.findings] == ["empty"]


def test_checks_are_those_that_were_asked_for():
    def found(**options):
        engine = RuleEngine(lambda text: "Река  высока." if "cao" in text else "Река Хюэ. Река Хюе.")
        translations = Pipeline(engine, **options).translate(segments("Nước sông cao.", "Sông Huế."))
        return {(f.check, f.severity) for t in translations for f in t.findings}

    assert ("double-space", Severity.INFO) in found(typography=False)
    assert found(typography=False, checks=()) == set()
    settings = {"double-space": {"severity": "error"}}
    assert found(typography=False, checks=active_checks(settings, ["double-space"])) == {
        ("double-space", Severity.ERROR)
    }


def test_document_checks_see_the_whole_article():
    targets_by_source = {"một": "Дорога Нгуен Куанг.", "hai": "Дорога Нгуен Кванг."}
    engine = RuleEngine(lambda text: targets_by_source[text])
    one, two = Pipeline(engine, checks=active_checks({}, ["name-consistency"])).translate(
        segments("một", "hai")
    )
    assert [[f.check for f in each.findings] for each in (one, two)] == [[], ["name-consistency"]]
    apart = Pipeline(engine, checks=active_checks({}, ["name-consistency"])).translate_documents(
        [segments("một"), segments("hai")]
    )
    assert all(not t.findings for document in apart for t in document)


def test_an_unknown_pair_is_refused_before_any_work():
    engine = RuleEngine(lambda text: text)
    with pytest.raises(UnsupportedPairError, match="en-ru, vi-ru"):
        Pipeline(engine).translate([Segment(id="1", source="x", src_lang="de", tgt_lang="ru")])
    assert engine.asked == []


def test_a_model_with_placeables_gets_tokens_and_its_tag():
    engine = RuleEngine(lambda text: "Резолюция № ⟦c1⟧: ⟦many1⟧ млрд", placeables=True, tags=["dom"])
    (target,) = targets(engine, "Nghị quyết 57-NQ/TW: 15.870 tỷ")
    assert engine.asked[0].text == "⟦dom⟧ Nghị quyết ⟦c1⟧: ⟦many1⟧ tỷ"
    assert target == "Резолюция №\u00a057-NQ/TW: 15\u00a0870 млрд"


def test_an_opaque_model_gets_the_text_as_it_is():
    engine = RuleEngine(lambda text: "Резолюция № 57-NQ/TW")
    targets(engine, "Nghị quyết 57-NQ/TW")
    assert engine.asked[0].text == "Nghị quyết 57-NQ/TW"


def test_a_garbled_code_is_mended_in_place():
    engine = RuleEngine(lambda text: "Резолюция № 57-НЦ/ТВ принята")
    assert "57-NQ/TW принята" in targets(engine, "Nghị quyết 57-NQ/TW được thông qua")[0]
    assert len(engine.asked) == 1


def test_a_wrong_token_stands_for_the_lost_one():
    engine = RuleEngine(lambda text: "Резолюция № ⟦c3⟧", placeables=True)
    assert targets(engine, "Nghị quyết 57-NQ/TW")[0].endswith("57-NQ/TW")


def test_another_hypothesis_that_has_the_code_is_taken():
    engine = RuleEngine(lambda text: ["Резолюция принята", "Резолюция 57-NQ/TW принята"])
    assert "57-NQ/TW" in targets(engine, "Nghị quyết 57-NQ/TW được thông qua")[0]
    assert len(engine.asked) == 1


def test_a_source_is_cut_at_a_code_that_nothing_brings_back():
    engine = RuleEngine(lambda text: {"Nghị quyết": "Резолюция", "được thông qua": "принята"}.get(text, "?"))
    assert targets(engine, "Nghị quyết 57-NQ/TW được thông qua") == ["Резолюция 57-NQ/TW принята"]


@pytest.mark.parametrize("placeables", [True, False])
@pytest.mark.parametrize("habit", ["deaf", "cyrillic", "stutter", "reverse"])
def test_codes_survive_whatever_the_model_does(placeables, habit):
    rules = {
        "deaf": lambda text: "Совсем другое",
        "cyrillic": lambda text: text.translate(str.maketrans("NQTWĐ", "НКТВД")),
        "stutter": lambda text: f"{text} {text}",
        "reverse": lambda text: text[::-1],
    }
    source = " và ".join(f"văn bản {code}" for code in CODES)
    (target,) = targets(RuleEngine(rules[habit], placeables=placeables), source)
    for code in CODES:
        assert code in target


@given(
    st.lists(
        st.one_of(st.sampled_from(CODES), st.text("abcđê ô", min_size=1, max_size=12)), min_size=1, max_size=8
    )
)
def test_every_code_is_in_the_target_of_a_deaf_model(parts):
    source = " ".join(parts)
    (target,) = targets(RuleEngine(lambda text: "да", placeables=True), source)
    for code in CODES:
        assert len(re.findall(re.escape(code), target)) >= len(re.findall(re.escape(code), source))


def test_codes_beyond_the_tokens_are_carried_too():
    codes = [f"{number}-NQ/TW" for number in range(11, 23)]

    def forgetful(text):
        return " ".join(["Акты", *re.findall("⟦c.⟧", text)])

    (target,) = targets(RuleEngine(forgetful, placeables=True), "Văn bản " + ", ".join(codes))
    for code in codes:
        assert code in target


def test_the_marks_around_a_cut_stay():
    engine = RuleEngine(lambda text: "нет" if "57" in text else {"theo": "по", "họp": "он"}.get(text, text))
    assert targets(engine, "theo (57-NQ/TW), họp") == ["по (57-NQ/TW), он"]


def test_a_piece_that_comes_back_empty_keeps_its_source_and_its_spacing():
    engine = RuleEngine(lambda text: "" if "⟦" not in text else "нет")
    assert targets(engine, "Nghị quyết (57-NQ/TW) được", typography=False) == ["Nghị quyết (57-NQ/TW) được"]


def test_a_number_may_be_part_of_a_word():
    engine = RuleEngine(
        lambda text: "К 135-й годовщине" if "⟦" not in text else "К ⟦many1⟧-й годовщине", placeables=True
    )
    assert targets(engine, "Nhân kỷ niệm 135 năm") == ["К 135-й годовщине"]
    assert len(engine.asked) == 1


@pytest.mark.parametrize(
    ("piece", "target"),
    [
        ("День рождения Президента.", "По случаю 135 день рождения Президента"),
        ("Хо Ши Мин родился", "По случаю 135 Хо Ши Мин родился"),
        ("В провинции отмечено", "По случаю 135 в провинции отмечено"),
    ],
)
def test_pieces_make_one_sentence(piece, target):
    rules = {"Nhân kỷ niệm": "По случаю.", "năm sinh": piece}
    engine = RuleEngine(lambda text: rules.get(text, "нет"), placeables=True)
    assert targets(engine, "Nhân kỷ niệm 135 năm sinh") == [target]


def test_terms_are_found_held_and_reported():
    termbase = load_termbase("bundled")
    engine = RuleEngine(lambda text: "Заседание провёл секретарь провинциального комитета партии.")
    source = "Bí thư Tỉnh ủy chủ trì cuộc họp."
    (translation,) = Pipeline(engine, termbase).translate(segments(source))
    (hit,) = translation.hits
    assert hit.ok
    assert hit.src_span.of(source) == "Bí thư Tỉnh ủy"
    assert hit.tgt_span.of(translation.target) == hit.form == "секретарь провинциального комитета партии"


def test_a_term_that_cannot_be_had_is_a_finding():
    engine = RuleEngine(lambda text: "Сегодня хорошая погода.")
    (translation,) = Pipeline(engine, load_termbase("bundled")).translate(
        segments("Bí thư Tỉnh ủy phát biểu.")
    )
    assert not translation.hits[0].ok
    assert "term" in {finding.check for finding in translation.findings}


def test_a_segment_too_long_to_enforce_spoils_no_other():
    class Short(RuleEngine):
        """Scores and continues short sources only."""

        def score(self, pairs):
            if any(len(request.text) > 100 for request, _ in pairs):
                raise EngineError("Too long.")
            return super().score(pairs)

    engine = Short(lambda text: "Выступил секретарь партии.")
    engine.capabilities = replace(engine.capabilities, prefix=True, scores=True)
    sources = ["Bí thư Tỉnh ủy phát biểu.", "Bí thư Tỉnh ủy phát biểu " + "rất dài " * 20]
    translations = Pipeline(engine, load_termbase("bundled")).translate(segments(*sources))
    assert [t.origin for t in translations] == [Origin.ENGINE, Origin.ENGINE]
    assert translations[1].target == "Выступил секретарь партии."
    assert not translations[1].hits[0].ok


def test_annotated_requests_carry_the_dictionary_form():
    engine = RuleEngine(lambda text: "Секретарь провинциального комитета партии выступил.", annotations=True)
    Pipeline(engine, load_termbase("bundled")).translate(segments("Bí thư Tỉnh ủy phát biểu."))
    assert (
        engine.asked[0].text == "Bí thư Tỉnh ủy ⟦t⟧ секретарь провинциального комитета партии ⟦/t⟧ phát biểu."
    )


def test_terms_are_annotated_where_they_stand_after_a_date_in_words():
    engine = RuleEngine(lambda text: "3 апреля выступил секретарь.", annotations=True)
    source = "Ngày mồng ba tháng Tư, Bí thư Tỉnh ủy phát biểu."
    Pipeline(engine, load_termbase("bundled")).translate(segments(source))
    assert engine.asked[0].text.startswith("Ngày 3/4, Bí thư Tỉnh ủy ⟦t⟧ секретарь")


def test_a_headline_that_fails_stays_as_it_was_written():
    (translation,) = Pipeline(RuleEngine(lambda text: " ")).translate(segments("HỘI NGHỊ TỈNH ỦY"))
    assert (translation.origin, translation.target) == (Origin.FAILED, "HỘI NGHỊ TỈNH ỦY")


def test_no_break_spaces_are_plain_for_the_engine():
    engine = RuleEngine(str)
    targets(engine, "Đường dài 5\u00a0km, nặng 300\u202fkg")
    assert [request.text for request in engine.asked] == ["Đường dài 5 km, nặng 300 kg"]


def test_a_headline_in_capitals_is_asked_for_as_a_sentence_and_comes_out_in_capitals():
    termbase = load_termbase("bundled")
    engine = RuleEngine(lambda text: "Провинциальный комитет партии принял Нгуен Ван Хунга № 57-NQ/TW")
    sources = ["TỈNH ỦY TIẾP ÔNG NGUYỄN VĂN HÙNG, 57-NQ/TW", "Tỉnh ủy tiếp ông Nguyễn Văn Hùng."]
    headline, _ = Pipeline(engine, termbase).translate(segments(*sources))
    assert engine.asked[0].text == "Tỉnh ủy tiếp ông Nguyễn Văn Hùng, 57-NQ/TW"
    assert headline.target == "ПРОВИНЦИАЛЬНЫЙ КОМИТЕТ ПАРТИИ ПРИНЯЛ НГУЕН ВАН ХУНГА №\u00a057-NQ/TW"
    assert [hit.form for hit in headline.hits] == ["ПРОВИНЦИАЛЬНЫЙ КОМИТЕТ ПАРТИИ", "НГУЕН ВАН ХУНГА"]
    assert all(hit.ok and hit.tgt_span.of(headline.target) == hit.form for hit in headline.hits)


@pytest.mark.parametrize(
    ("lang", "source", "raw", "target"),
    [
        (
            "vi",
            "Ông gặp Thủ tướng Phạm Minh Chính.",
            "Он встретился с Премьер-министром Вьетнама Фам Минь Тинь.",
            "Он встретился с Премьер-министром Вьетнама Фам Минь Тьинем.",
        ),
        (
            "en",
            "He met with the Russian ambassador Gennady Bezdetko.",
            "Он встретился с послом России Геннадий Бесдетко.",
            "Он встретился с послом России Геннадием Бесдетко.",
        ),
        (
            "vi",
            "Ông gặp bà Lê Minh Lâm, Giám đốc.",
            "Он встретился с директором Ле Минь Лам.",
            "Он встретился с директором Ле Минь Лам.",
        ),
    ],
)
def test_a_name_stands_in_the_case_of_its_title_and_in_one_spelling(
    lang: str, source: str, raw: str, target: str
) -> None:
    engine = RuleEngine(lambda text: raw)
    assert targets(engine, source, lang=lang, termbase=load_termbase("bundled")) == [target]


def test_a_foreigner_of_the_document_has_no_vietnamese_title():
    engine = RuleEngine(lambda text: "Премьер-министр Моди выступил.", annotations=True)
    sources = [
        "Indian Prime Minister Narendra Modi came.",
        "Prime Minister Modi spoke.",
        "The Prime Minister left.",
    ]
    translations = Pipeline(engine, load_termbase("bundled")).translate(segments(*sources, lang="en"))
    asked = [re.search("⟦t⟧ (.*?) ⟦/t⟧", request.text)[1] for request in engine.asked]
    assert asked == ["премьер-министр", "премьер-министр", "Премьер-министр Вьетнама"]
    assert [t.hits[0].concept_id.startswith("abroad:") for t in translations] == [True, True, False]


def test_a_title_that_the_model_gives_to_viet_nam_is_taken_back():
    engine = RuleEngine(lambda text: "Премьер-министр Вьетнама Индии прибыл.")
    (translation,) = Pipeline(engine, load_termbase("bundled")).translate(segments("Thủ tướng Ấn Độ đến."))
    assert translation.target == "Премьер-министр Индии прибыл."
    assert translation.hits[0].ok and not translation.findings
