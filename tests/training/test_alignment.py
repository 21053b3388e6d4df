import pytest

from mtkit.errors import MissingExtraError
from mtkit.training import alignment
from mtkit.training.alignment import align, symmetrised
from mtkit.training.corpora import Pair


def test_links_of_both_directions_are_kept():
    assert symmetrised({(0, 0), (1, 2)}, {(0, 0), (1, 1)}, grown=False) == ((0, 0),)


def test_neighbouring_syllables_join_their_word():
    there, back = {(1, 0), (3, 1)}, {(0, 0), (1, 0), (2, 0), (3, 1), (5, 0)}
    assert symmetrised(there, back, grown=True) == ((0, 0), (1, 0), (2, 0), (3, 1))


def test_a_syllable_that_has_its_own_word_stays_there():
    there, back = {(0, 0), (1, 1)}, {(0, 0), (1, 1), (1, 0)}
    assert symmetrised(there, back, grown=True) == ((0, 0), (1, 1))


def test_kept_links_need_no_aligner(tmp_path, monkeypatch):
    pairs = [Pair("một hai", "раз два"), Pair("ba", "три")]
    monkeypatch.setattr(alignment, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="align"):
        align(pairs, "vi", tmp_path)
    monkeypatch.setattr(
        alignment, "_run_eflomal", lambda pairs, path, grown: path.write_text("0-0 1-1\n\n" if grown else "")
    )
    assert align(pairs, "vi", tmp_path) == [((0, 0), (1, 1)), ()]
    monkeypatch.undo()
    assert align(pairs, "vi", tmp_path) == [((0, 0), (1, 1)), ()]
