import gzip
import lzma

import pytest

from mtkit.errors import FormatError
from mtkit.training.corpora import Pair, clean, read_corpus
from mtkit.training.recipe import CorpusRecipe


def corpus(path, **changes):
    values = {"name": "c", "src_lang": "en", "tgt_lang": "ru", "weight": 1.0, "licence": "test"}
    return CorpusRecipe(path=str(path), **{**values, **changes})


ROWS = "Good day.\tДобрый день.\tnews/a\nGood night.\tДоброй ночи.\tdocs/b\n"


@pytest.mark.parametrize(
    ("suffix", "compress"), [("", bytes), (".gz", gzip.compress), (".xz", lzma.compress)]
)
def test_tsv_plain_and_compressed(tmp_path, suffix, compress):
    path = tmp_path / f"pairs.tsv{suffix}"
    path.write_bytes(compress(ROWS.encode()))
    assert read_corpus(corpus(path))[1] == Pair("Good night.", "Доброй ночи.")


def test_keep_selects_rows_by_their_last_column(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text(ROWS, encoding="utf-8")
    assert [pair.source for pair in read_corpus(corpus(path, keep=("docs",)))] == ["Good night."]


def test_decomposed_text_is_composed(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("Tie\u0302\u0301ng\tйод\n", encoding="utf-8")
    assert read_corpus(corpus(path))[0].source == "Tiếng"


def test_a_short_row_is_named_by_its_line(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("a\tб\nalone\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"pairs.tsv:2: 1 columns"):
        read_corpus(corpus(path))


def test_wrong_encoding_is_named_by_its_line(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_bytes(b"a\tb\n" + "да\tнет\n".encode("cp1251"))
    with pytest.raises(FormatError, match=r"pairs.tsv:2: not UTF-8"):
        read_corpus(corpus(path))


def test_a_damaged_archive_is_named(tmp_path):
    path = tmp_path / "pairs.tsv.gz"
    path.write_bytes(gzip.compress(ROWS.encode() * 50)[:-20])
    with pytest.raises(FormatError, match="cannot be read"):
        read_corpus(corpus(path))


TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header/><body>
<tu><tuv xml:lang="en-US"><seg>Good <bpt i="1"/>day<ept i="1"/>.</seg></tuv>
    <tuv xml:lang="ru"><seg>Добрый день.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>No Russian.</seg></tuv></tu>
</body></tmx>"""


def test_tmx(tmp_path):
    path = tmp_path / "memory.tmx"
    path.write_text(TMX, encoding="utf-8")
    assert read_corpus(corpus(path)) == [Pair("Good day.", "Добрый день.")]


def test_broken_tmx(tmp_path):
    path = tmp_path / "memory.tmx"
    path.write_text(TMX.replace("</tu>", "", 1), encoding="utf-8")
    with pytest.raises(FormatError, match="not well-formed"):
        read_corpus(corpus(path))


def test_tmx_reads_no_file_through_an_entity(tmp_path):
    (tmp_path / "secret").write_text("тайна", encoding="utf-8")
    path = tmp_path / "memory.tmx"
    entity = f'<!DOCTYPE tmx [<!ENTITY x SYSTEM "{tmp_path}/secret">]>'
    path.write_text(
        TMX.replace("<tmx", f"{entity}<tmx").replace("Добрый день.", "Добрый &x;день."), encoding="utf-8"
    )
    assert all("тайна" not in pair.target for pair in read_corpus(corpus(path)))


def test_clean_drops_what_teaches_nothing():
    good = Pair("The meeting was held.", "Заседание состоялось.")
    pairs = [
        good,
        good,
        Pair("Windows", "Windows"),
        Pair("One.", "Один " * 40),
        Pair("A name", "Some English"),
    ]
    assert clean(pairs, "ru") == [good]
