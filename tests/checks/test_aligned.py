from __future__ import annotations

from mtkit.checks.aligned import aligned_text
from mtkit.checks.base import MISSING, NO_TERMS, CheckContext
from mtkit.checks.places import Place
from mtkit.checks.registered import active_checks
from mtkit.checks.run import CheckedText, run_checks
from mtkit.termbase.match import Matcher
from mtkit.termbase.model import Termbase
from mtkit.types import Concept, Segment, Term

SOURCES = ["Huyện mở trường.", "Đảng ủy họp bàn.", "Dân vui mừng.", "***", "Xã xây cầu."]
MACHINE = ["Уезд открыл школу.", "Партийный комитет совещался.", "Жители рады.", "***", "Община строит мост."]


def segments(texts: list[str], lang: str) -> list[Segment]:
    return [Segment(id=str(n), source=text, src_lang=lang, tgt_lang="ru") for n, text in enumerate(texts, 1)]


def aligned(targets: list[str], earlier: list[str], context: CheckContext = NO_TERMS) -> CheckedText:
    places = [Place(10 * n) for n in range(1, len(targets) + 1)]
    sources = segments(SOURCES, "vi")
    return aligned_text("a.txt", sources, segments(targets, "ru"), places, earlier, context)


def rows(text: CheckedText) -> list[tuple[str, str, str, int]]:
    return [
        (segment.id, segment.source, target, place.line)
        for segment, target, place in zip(text.segments, text.targets, text.places, strict=True)
    ]


def test_what_only_one_side_has_stands_in_its_place() -> None:
    text = aligned([MACHINE[0], "Добавлено от редакции.", MACHINE[2], MACHINE[4]], MACHINE)
    assert [row for row in rows(text) if row[0] != "2"] == [
        ("1", SOURCES[0], MACHINE[0], 10),
        ("3", SOURCES[2], MACHINE[2], 30),
        ("5", SOURCES[4], MACHINE[4], 40),
    ], "the stranger is taken for a rewriting of the second; a line of asterisks is not missed"
    text = aligned([MACHINE[0], MACHINE[1], "Добавлено.", *MACHINE[2:]], MACHINE)
    assert ("+3", "", "Добавлено.", 30) in rows(text)


def test_equal_numbers_of_sentences_are_aligned_too() -> None:
    added = "В сообщении агентства об этом не сказано ни слова, пишет наша редакция."
    text = aligned([*MACHINE[:1], *MACHINE[2:], added], [])
    assert ("+5", "", added, 50) in rows(text)
    assert [segment.id for segment in text.segments if MISSING in segment.tags] == ["2"]


def test_only_the_omission_is_told_of_what_is_missing() -> None:
    text = aligned([MACHINE[0], *MACHINE[2:]], MACHINE)
    assert [segment.id for segment in text.segments if MISSING in segment.tags] == ["2"]
    found = run_checks(text.segments, text.targets, active_checks({}), CheckContext())
    assert [(each.check, each.segment_id, each.message) for each in found if each.segment_id == "2"] == [
        ("omission", "2", f"Missing from line 2 of the source: {SOURCES[1]}")
    ]
    assert text.by_id()["2"] == ("", Place(10))


def test_terms_tell_which_of_like_sentences_is_missing() -> None:
    terms = {"huyện": "уезд", "đảng ủy": "партийный комитет", "dân": "житель", "xã": "община"}
    concepts = tuple(
        Concept(id=vi, terms=(Term(lang="vi", text=vi), Term(lang="ru", text=ru))) for vi, ru in terms.items()
    )
    termbase = Termbase(concepts=concepts)
    context = CheckContext(matchers={"vi": Matcher(termbase, "vi")}, termbase=termbase)
    for lost in (0, 1, 2, 4):
        text = aligned(
            [target for place, target in enumerate(MACHINE) if place not in (lost, 3)], [], context
        )
        missing = [segment.id for segment in text.segments if MISSING in segment.tags]
        assert missing == [str(lost + 1)]
