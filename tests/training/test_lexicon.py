import pytest

from mtkit.errors import ConfigError, FormatError
from mtkit.models.lexicon import Lexicon, open_lexicon, read_lexicon, render_lexicon
from mtkit.training.corpora import Pair
from mtkit.training.lexicon import build_lexicon
from mtkit.training.recipe import LexiconRecipe
from mtkit.types import Span

VACCINE = Pair("Mua vắc xin", "Закупка вакцины", links=((0, 0), (1, 1), (2, 1)))
LEXICON = Lexicon({"vi": {"vắc xin": "вакцина", "xin": "просить"}, "en": {"vaccine": "вакцина"}})


def test_an_entry_is_made_of_what_is_aligned_often_enough():
    recipe = LexiconRecipe(support=3, share=0.4, rare=10)
    lexicon = build_lexicon([("vi", [VACCINE] * 3)], recipe)
    assert lexicon.entries["vi"] == {"mua": "закупка", "vắc xin": "вакцина"}
    assert build_lexicon([("vi", [VACCINE] * 2)], recipe).entries["vi"] == {}
    assert build_lexicon([("vi", [VACCINE] * 11)], recipe).entries["vi"] == {}


def test_a_rendering_that_seldom_fits_is_left_out():
    elsewhere = Pair("mua sắm", "торговля")
    lexicon = build_lexicon([("vi", [VACCINE] * 3 + [elsewhere] * 6)], LexiconRecipe(rare=100))
    assert lexicon.entries["vi"] == {"vắc xin": "вакцина"}


def test_the_longest_entry_is_found_and_taken_words_are_left():
    source = "Vắc xin và xin"
    assert list(LEXICON.find(source, "vi")) == [(Span(0, 7), "вакцина"), (Span(11, 14), "просить")]
    assert list(LEXICON.find(source, "vi", [Span(0, 3)])) == [
        (Span(4, 7), "просить"),
        (Span(11, 14), "просить"),
    ]
    assert list(LEXICON.find(source, "fr")) == []


def test_months_that_vietnamese_numbers_are_hinted_at_with_the_entries():
    source = "Từ 2/1/2026 tiêm vắc xin"
    hints = [(edit.span.start, edit.text) for edit in LEXICON.hints(source, "vi")]
    assert hints == [(11, " ⟦r0⟧ январь ⟦r1⟧"), (len(source), " ⟦r0⟧ вакцина ⟦r1⟧")]
    assert not LEXICON.hints("Từ 2/1/2026", "vi", [Span(3, 11)])
    assert not Lexicon({"en": {"vaccine": "вакцина"}}).hints("Từ 2/1/2026", "vi")


def test_no_entry_is_hinted_at_within_a_date():
    lexicon = Lexicon({"en": {"first of april": "первый апрель", "april": "апрель"}})
    assert [edit.span.start for edit in lexicon.hints("On the first of April, as in April", "en")] == [34]


def test_no_entry_is_hinted_at_within_a_form_that_models_get_in_place_of_another():
    lexicon = Lexicon({"vi": {"tối": "вечер", "eur": "евро", "ba": "третий"}})
    source = "Lúc 7 giờ tối ngày 3/4 có 5 triệu EUR, buổi tối"
    hints = [(source[: edit.span.start], edit.text) for edit in lexicon.hints(source, "vi")]
    assert hints == [(source[:22], " ⟦r0⟧ апрель ⟦r1⟧"), (source, " ⟦r0⟧ вечер ⟦r1⟧")]
    tuesday = [edit.text for edit in lexicon.hints("Thứ Ba, mồng ba tháng Tư", "vi")]
    assert sorted(tuesday) == [" ⟦r0⟧ апрель ⟦r1⟧", " ⟦r0⟧ вторник ⟦r1⟧"]


def test_a_lexicon_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "lexicon.tsv"
    path.write_bytes(render_lexicon(LEXICON))
    assert read_lexicon(path) == LEXICON


def test_a_broken_line_is_named(tmp_path):
    path = tmp_path / "lexicon.tsv"
    path.write_text("vi\tvắc xin\tвакцина\nvi\tвакцина\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"lexicon\.tsv:2"):
        read_lexicon(path)


def test_a_users_entries_go_before_the_models(tmp_path):
    (tmp_path / "lexicon.tsv").write_bytes(render_lexicon(LEXICON))
    mine = tmp_path / "mine.tsv"
    mine.write_text("vi\txin\tприглашать\n", encoding="utf-8")
    assert open_lexicon(tmp_path, "model") == LEXICON
    assert open_lexicon(tmp_path, "none") == Lexicon()
    extended = open_lexicon(tmp_path, str(mine))
    assert extended.entries["vi"] == {"vắc xin": "вакцина", "xin": "приглашать"}
    assert extended.fingerprint() != LEXICON.fingerprint()


def test_a_model_without_a_lexicon_takes_none(tmp_path):
    assert open_lexicon(tmp_path, "model") == Lexicon()
    with pytest.raises(ConfigError, match="reads no lexicon"):
        open_lexicon(tmp_path, "mine.tsv")
