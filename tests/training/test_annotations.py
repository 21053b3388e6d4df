from mtkit.termbase.io import load_termbase
from mtkit.training.annotations import annotated
from mtkit.training.corpora import Pair


def annotate(source, target, lang="vi"):
    (pair,) = annotated([Pair(source, target)], lang, load_termbase("bundled"))
    return {source[:end].split()[-1]: lemma for end, lemma in pair.annotations}


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
