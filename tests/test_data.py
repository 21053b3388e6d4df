"""The domain corpus and the recipe of the bundled model."""

import tomllib
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
PARTS = ("train", "dev", "test")


def rows(part):
    return [
        line.split("\t") for line in (DATA / f"corpus/{part}.tsv").read_text(encoding="utf-8").splitlines()
    ]


@pytest.mark.parametrize("part", PARTS)
def test_every_row_has_document_kind_and_three_languages(part):
    for row in rows(part):
        assert len(row) == 5
        assert all(cell.strip() for cell in row)


def test_no_document_lies_in_two_parts():
    documents = [{row[0] for row in rows(part)} for part in PARTS]
    assert sum(map(len, documents)) == len(set().union(*documents))


@pytest.mark.parametrize("column", [2, 3, 4])
def test_no_sentence_of_train_is_held_out(column):
    held_out = {row[column] for part in ("dev", "test") for row in rows(part)}
    assert not held_out & {row[column] for row in rows("train")}


def test_the_recipe_trains_on_nothing_held_out():
    recipe = tomllib.loads((DATA / "bundled-model/recipe.toml").read_text(encoding="utf-8"))
    trained_on = {Path(corpus["path"]).name for corpus in recipe["corpora"]}
    assert not trained_on & {"dev.tsv", "test.tsv"}
    assert not any("testsets" in corpus["path"] for corpus in recipe["corpora"])
    assert all(corpus["licence"] for corpus in recipe["corpora"])
    assert {Path(v["path"]).name for v in recipe["validation"]} == {"dev.tsv"}
