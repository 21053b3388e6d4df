"""The sample articles: parallel, held to the termbase, and not taken from the corpus."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from mtkit.termbase.forms import find_concept
from mtkit.termbase.io import load_termbase
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase

DATA = Path(__file__).parents[1] / "data"
LANGUAGES = ("vi", "en", "ru")
CODES = ("57-NQ/TW", "18-NQ/TW", "178/2024/NĐ-CP", "12/2025/TT-BNV", "749/QĐ-TTg")
COPIED = ("https://dongthap.example/tin-tuc/57-nqtw", "toasoan@dongthap.example", "VNeID", *CODES)


def article(lang: str) -> list[str]:
    return (DATA / f"articles/working-session.{lang}.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def termbase() -> Termbase:
    return load_termbase("bundled")


def test_articles_are_parallel_and_of_the_promised_length() -> None:
    lengths = {lang: len(article(lang)) for lang in LANGUAGES}
    assert len(set(lengths.values())) == 1, lengths
    assert 15 <= lengths["vi"] <= 25


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_is_one_clean_nfc_segment(lang: str) -> None:
    for segment in article(lang):
        assert segment == segment.strip() != ""
        assert unicodedata.is_normalized("NFC", segment)
        assert "  " not in segment


@pytest.mark.parametrize("copied", COPIED)
def test_what_is_copied_stands_in_the_same_segment_of_all_three(copied: str) -> None:
    segments_with_it = {
        lang: [n for n, segment in enumerate(article(lang)) if copied in segment] for lang in LANGUAGES
    }
    assert segments_with_it["vi"] == segments_with_it["en"] == segments_with_it["ru"] != []


def test_reference_keeps_to_russian_typography() -> None:
    for segment in article("ru"):
        assert not set(segment) & set('“”"…')
        assert segment.count("«") == segment.count("»")
        assert " - " not in segment
        assert " %" not in segment


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_reference_has_every_concept_of_its_source(lang: str, termbase: Termbase) -> None:
    matcher = Matcher(termbase, lang)
    found = missing = 0
    complaints = []
    for number, (source, reference) in enumerate(zip(article(lang), article("ru"), strict=True), 1):
        for match in matcher.find(source):
            found += 1
            if not find_concept(reference, match.concept):
                missing += 1
                complaints.append(f"line {number}: {match.span.of(source)!r} ({match.concept.id})")
    assert not missing, complaints
    assert found >= 40


@pytest.mark.parametrize("column, lang", [(2, "vi"), (3, "en"), (4, "ru")])
def test_no_sentence_stands_in_the_corpus(column: int, lang: str) -> None:
    corpus = {
        line.split("\t")[column]
        for path in sorted((DATA / "corpus").glob("*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    assert len(corpus) > 1000
    assert not corpus & set(article(lang))
