import pytest

from mtkit.errors import ConfigError, UnknownNameError
from mtkit.training.recipe import read_recipe

MINIMAL = """
name = "small"
licence = "test"
description = "made in a test"
validation = []

[[corpora]]
name = "pairs"
path = "pairs.tsv"
src_lang = "vi"
tgt_lang = "ru"
weight = 1.0
licence = "test"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pairs.tsv").write_text("xin chào\tпривет\n", encoding="utf-8")
    return tmp_path


def _write(folder, text):
    path = folder / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_paths_relative_to_the_recipe(folder):
    recipe = read_recipe(_write(folder, MINIMAL))
    assert recipe.corpora[0].path == str(folder / "pairs.tsv")
    assert recipe.network.d_model == 256


def test_unknown_key_lists_the_known_ones(folder):
    with pytest.raises(UnknownNameError, match="Did you mean 'weight'"):
        read_recipe(_write(folder, MINIMAL.replace("weight =", "wieght =")))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pairs.tsv", "absent.tsv", "no file"),
        ('licence = "test"\n', "", "licence"),
        ("[[corpora]]", "[[corpora", "not valid TOML"),
        ("validation = []", "validation = 3", "validation is not a list"),
        ("validation = []", "[schedule]\nwarmup = 0\n", "warmup must be above zero"),
    ],
)
def test_broken_recipes_are_refused_by_name(folder, old, new, message):
    with pytest.raises(ConfigError, match=message):
        read_recipe(_write(folder, MINIMAL.replace(old, new)))


def test_unknown_tag_is_refused(folder):
    with pytest.raises(UnknownNameError, match="tag"):
        read_recipe(_write(folder, MINIMAL + 'tag = "novels"\n'))


def test_more_tokens_than_positions_are_refused(folder):
    with pytest.raises(ConfigError, match="512 positions"):
        read_recipe(_write(folder, MINIMAL + "\n[schedule]\nmax_tokens = 600\n"))


def test_a_folder_is_no_recipe(tmp_path):
    with pytest.raises(ConfigError, match="Is a directory"):
        read_recipe(tmp_path)


def test_missing_recipe(tmp_path):
    with pytest.raises(ConfigError, match="no such recipe"):
        read_recipe(tmp_path / "none.toml")
