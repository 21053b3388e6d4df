from mtkit.termbase.io import load_termbase
from mtkit.training.annotations import aligned_words, with_terms
from mtkit.training.corpora import Pair


def annotate(source, target, lang="vi"):
    (pair,) = with_terms([Pair(source, target)], lang, load_termbase("bundled"))
    return {each.src_span.of(source).split()[-1]: each.term.text for each in pair.terms}


def test_an_inflected_rendering_is_remembered_by_its_dictionary_form():
    found = annotate("Bí thư Tỉnh ủy phát biểu.", "Слово взяли у секретаря провинциального комитета партии.")
    assert found == {"ủy": "секретарь провинциального комитета партии"}


def test_the_rendering_that_the_target_chose_is_the_one_remembered():
    found = annotate("Bộ Chính trị họp.", "Политбюро провело заседание.")
    assert found == {"trị": "Политбюро"}


def test_a_name_is_remembered_by_its_transcription():
    found = annotate("Ông Nguyễn Đăng Quang phát biểu.", "Выступление Нгуен Данг Куанга.")
    assert found == {"Quang": "Нгуен Данг Куанг"}


def test_a_term_that_the_target_says_otherwise_is_left_alone():
    assert annotate("Bí thư Tỉnh ủy phát biểu.", "Он выступил.") == {}


def aligned(source, target, links):
    pair = Pair(source, target, links=links)
    return {each.span.of(source): each.lemma for each in aligned_words(pair)}


def test_aligned_words_carry_their_dictionary_forms():
    links = ((0, 0), (1, 1), (2, 3))
    assert aligned("We sell bread", "Мы продаём вам хлеб", links) == {"sell": "продавать", "bread": "хлеб"}


def test_a_noun_takes_the_adjectives_that_agree_with_it():
    assert aligned("For economic growth", "Для экономического роста", ((1, 1), (2, 2))) == {
        "economic growth": "экономический рост"
    }


def test_a_word_linked_to_two_is_left_alone():
    assert aligned("growth", "рост экономики", ((0, 0), (0, 1))) == {}
